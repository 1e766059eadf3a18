//! A candle, and a series of them.

use crate::error::{Error, Result, positive};

/// What the price did in one step of time, usually a minute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candle {
    /// When it began, in seconds since 1970.
    pub time_secs: f64,
    /// The first price.
    pub open: f64,
    /// The highest price.
    pub high: f64,
    /// The lowest price.
    pub low: f64,
    /// The last price.
    pub close: f64,
}

/// The candles, and after them the same in reverse order: the price goes back the way it came.
///
/// t′ = 2·t_last − t; the prices of a candle are not swapped, and the last candle is there
/// twice with no time between.
///
/// ```
/// use llamath::sim::{Candle, add_reverse};
/// let at = |time_secs| Candle { time_secs, open: 2.0, high: 4.0, low: 1.0, close: 3.0 };
/// let both = add_reverse(&[at(0.0), at(60.0)]);
/// assert_eq!(both, [at(0.0), at(60.0), at(60.0), at(120.0)]);
/// ```
#[must_use]
pub fn add_reverse(candles: &[Candle]) -> Vec<Candle> {
    let end = candles.last().map_or(0.0, |last| last.time_secs);
    let back = |candle: &Candle| Candle { time_secs: 2.0 * end - candle.time_secs, ..*candle };
    candles.iter().copied().chain(candles.iter().rev().map(back)).collect()
}

/// Refuses candles that are no prices, or that go back in time.
pub(super) fn check(candles: &[Candle]) -> Result<()> {
    let mut last = f64::NEG_INFINITY;
    for (row, candle) in candles.iter().enumerate() {
        let prices = [
            (&"open", candle.open),
            (&"high", candle.high),
            (&"low", candle.low),
            (&"close", candle.close),
        ];
        for (field, price) in prices {
            positive(field, price).map_err(|e| e.at(row))?;
        }
        if !candle.time_secs.is_finite() || candle.time_secs < last {
            let expected = &"a finite time, not before that of the candle before";
            return Err(Error::invalid(&"time_secs", expected).at(row));
        }
        last = candle.time_secs;
    }
    Ok(())
}
