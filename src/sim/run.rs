//! One simulation: a position through the candles of one window.

use super::amm::Amm;
use super::candle::{Candle, check};
use super::oracle::check_prices;
use super::settings::Settings;
use crate::error::{Error, Result, finite};

/// Every minute of a simulation, as columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// When each candle began, in seconds since 1970.
    pub time_secs: Vec<f64>,
    /// The AMM's price after the minute's trades.
    pub price: Vec<f64>,
    /// The oracle price during the minute.
    pub oracle: Vec<f64>,
    /// The active band after the minute's trades.
    pub active_band: Vec<i32>,
    /// Borrowed coins per band: bands 1..N of the first minute, of the second, ….
    pub x: Vec<f64>,
    /// Collateral per band, in the same order.
    pub y: Vec<f64>,
    /// What was lost so far, as a fraction; negative: gained.
    pub loss: Vec<f64>,
    /// Edges of the bands: the upper ones of bands 1..N, and the lower one of band N.
    pub edges: Vec<f64>,
}

/// What a position loses over the candles: 1 − value at the end / value at the start, where
/// the value is what its bands bring if the price falls slowly through all of them.
///
/// Negative where it gains. `candles` and `oracle` are those of the window; the oracle comes
/// from the whole series ([`super::ema_half_life`]).
///
/// # Errors
/// `Invalid` on settings that [`Settings`] does not allow, or that average; no candles
/// (`window`), candles that are no prices or out of order, an `oracle` of another length; on
/// `active_band`, with the row, where version 2 leaves ±500 bands.
///
/// ```
/// use llamath::sim::{Candle, Settings, loss};
/// let at = |time_secs, price| {
///     Candle { time_secs, open: price, high: price * 1.001, low: price * 0.999, close: price }
/// };
/// // The price falls by 10 % and comes back; the oracle follows at once.
/// let prices = [100.0, 98.0, 95.0, 90.0, 95.0, 98.0, 100.0];
/// let candles: Vec<_> = (0_u8..).zip(prices).map(|(i, p)| at(60.0 * f64::from(i), p)).collect();
/// let lost = loss(&candles, &prices, &Settings::v1(100, 4, 0.006))?;
/// assert!(0.0 < lost && lost < 0.1);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn loss(candles: &[Candle], oracle: &[f64], settings: &Settings) -> Result<f64> {
    let mut amm = start(candles, oracle, settings)?;
    let initial = amm.value();
    for (row, (candle, oracle)) in candles.iter().zip(oracle).enumerate() {
        amm.step(*oracle, candle.high, candle.low).map_err(|e| e.at(row))?;
    }
    finite(&"loss", 1.0 - amm.value() / initial)
}

/// The same simulation, with a record of every minute.
///
/// # Errors
/// As [`loss`].
///
/// ```
/// use llamath::sim::{Candle, Settings, run};
/// let candle = Candle { time_secs: 0.0, open: 100.0, high: 100.0, low: 99.0, close: 99.0 };
/// let record = run(&[candle], &[99.5], &Settings::v1(100, 4, 0.006))?;
/// assert_eq!((record.loss.len(), record.x.len(), record.edges.len()), (1, 4, 5));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn run(candles: &[Candle], oracle: &[f64], settings: &Settings) -> Result<Record> {
    let mut amm = start(candles, oracle, settings)?;
    let initial = amm.value();
    let bands = i32::try_from(settings.bands).unwrap_or(i32::MAX);
    let mut record = Record {
        time_secs: candles.iter().map(|candle| candle.time_secs).collect(),
        price: Vec::new(),
        oracle: oracle.to_vec(),
        active_band: Vec::new(),
        x: Vec::new(),
        y: Vec::new(),
        loss: Vec::new(),
        edges: (1..=bands.saturating_add(1)).map(|n| amm.top(n)).collect(),
    };
    for (row, (candle, oracle)) in candles.iter().zip(oracle).enumerate() {
        amm.step(*oracle, candle.high, candle.low).map_err(|e| e.at(row))?;
        record.price.push(amm.price());
        record.active_band.push(amm.active);
        record.x.extend_from_slice(&amm.x);
        record.y.extend_from_slice(&amm.y);
        record.loss.push(finite(&"loss", 1.0 - amm.value() / initial)?);
    }
    Ok(record)
}

fn start<'a>(candles: &[Candle], oracle: &[f64], settings: &'a Settings) -> Result<Amm<'a>> {
    settings.check()?;
    settings.check_given()?;
    check(candles)?;
    check_prices(candles, &"oracle", oracle)?;
    let first = candles.first().ok_or(Error::invalid(&"window", &"at least one candle"))?;
    Ok(Amm::new(settings, first.open))
}
