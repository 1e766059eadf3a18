//! What "a 10-minute average of Chainlink" can mean.

use super::carry::{Carry, carry_forward};
use super::chainlink_ema::ChainlinkEma;
use super::grid::{Grid, MINUTE_SECS};
use super::rounds::RoundHistory;
use crate::decimal::to_f64;
use crate::ema::{Ema, Memory};
use crate::error::{Error, Result};

/// One reading of an average, on a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What it is.
    pub name: &'static str,
    /// The seconds in which it forgets all but 1/e.
    pub time_constant_secs: f64,
    /// Its value at each moment; none before the first round.
    pub values: Vec<Option<f64>>,
}

/// The four readings of "10 minutes" on a grid of minutes: as defi.money deployed it (20
/// observations, 30 seconds apart, written every minute), pandas' span of 10 minutes, Curve's
/// time constant of 600 seconds, and a half-life of 600 seconds.
///
/// The first is exact and forgets as fast as the second; the others take two and three times
/// as long. `decimals` are those of the feed's answers.
///
/// # Errors
/// `Invalid` on `step_secs` of the grid that is not 60, and on what [`ChainlinkEma::series`] and
/// [`RoundHistory::answers`] refuse.
///
/// ```
/// use llamath::{I256, oracle::{Grid, Round, RoundHistory, ten_minute_averages}};
/// let rounds = [Round { id: 1 << 64 | 1, answer: I256::from(250_000_000), updated_at_secs: 5 }];
/// let grid = Grid { start_secs: 60, step_secs: 60, count: 2 };
/// let readings = ten_minute_averages(&RoundHistory::new(&rounds)?, 8, &grid)?;
/// let constants = readings.iter().map(|reading| reading.time_constant_secs.round());
/// assert_eq!(constants.collect::<Vec<_>>(), [300.0, 299.0, 600.0, 866.0]);
/// assert!(readings.iter().all(|reading| reading.values == [Some(2.5); 2]));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn ten_minute_averages(
    feed: &RoundHistory<'_>,
    decimals: u32,
    grid: &Grid,
) -> Result<Vec<Reading>> {
    if grid.step_secs != MINUTE_SECS {
        return Err(Error::invalid(&"step_secs", &"60: some readings count minutes"));
    }
    let deployed = ChainlinkEma { decimals, ..ChainlinkEma::DEFI_MONEY }.series(feed, grid)?;
    let exact = deployed.into_iter().map(|price| to_f64(price, 18).map(Some));
    let mut readings = vec![Reading {
        name: "20 observations, 30 s apart, as deployed",
        time_constant_secs: -30.0 / libm::log1p(-2.0 / 21.0),
        values: exact.collect::<Result<_>>()?,
    }];
    let moments: Vec<u64> = grid.moments()?.collect();
    let answers = carry_forward(&feed.times(), &feed.answers(decimals)?, grid, Carry::default())?;
    for (name, memory, time_constant_secs) in [
        ("span of 10 minutes", Memory::Span(10.0), -60.0 / libm::log1p(-2.0 / 11.0)),
        ("time constant of 600 s", Memory::TauSecs(600.0), 600.0),
        ("half-life of 600 s", Memory::HalfLifeSecs(600.0), 600.0 / core::f64::consts::LN_2),
    ] {
        let ema = Ema { memory, adjust: false, ignore_gaps: false, min_periods: 0 };
        let values = ema.series(&moments, &answers.values)?;
        readings.push(Reading { name, time_constant_secs, values });
    }
    Ok(readings)
}
