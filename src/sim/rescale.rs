//! Version 2's rescaling: a window's fall is stretched to the largest fall of the series.

use super::candle::{Candle, check};
use super::run::loss;
use super::settings::Settings;
use crate::error::{Error, Result, fraction};

/// The largest fall within `rows` candles, as a fraction of the highest price there.
///
/// max over all windows of (max high − min low)/max high
///
/// # Errors
/// `Invalid` on candles that are no prices or out of order, or where they are fewer than
/// `rows`, or `rows` is 0.
///
/// ```
/// use llamath::sim::{Candle, largest_fall};
/// let at = |time_secs, high, low| Candle { time_secs, open: high, high, low, close: low };
/// assert_eq!(largest_fall(&[at(0.0, 10.0, 9.0), at(60.0, 9.0, 5.0), at(120.0, 6.0, 6.0)], 2)?, 0.5);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn largest_fall(candles: &[Candle], rows: usize) -> Result<f64> {
    check(candles)?;
    if rows == 0 || candles.len() < rows {
        return Err(Error::invalid(&"rows", &"from 1 to the number of candles"));
    }
    Ok(candles.windows(rows).map(|window| Range::of(window).fall()).fold(0.0, f64::max))
}

/// What a position loses in version 2 where its window's fall is stretched to `fall`.
///
/// Every price p of the window becomes hi − (hi − p)·fall/own fall; the oracle stays that of
/// the true prices. The loss is 0 unless the high comes before the low and the window starts
/// within a tenth of its range below the high.
///
/// # Errors
/// As [`loss`], and `Invalid` on a `fall` outside 0..1.
///
/// ```
/// use llamath::sim::{Candle, Settings, loss_at_volatility};
/// let at = |time_secs, high, low| Candle { time_secs, open: low, high, low, close: high };
/// let rising = [at(0.0, 101.0, 100.0), at(60.0, 102.0, 101.0)];
/// assert_eq!(loss_at_volatility(&rising, &[100.5, 101.5], &Settings::v2(100, 4, 0.006), 0.5)?, 0.0);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn loss_at_volatility(
    candles: &[Candle],
    oracle: &[f64],
    settings: &Settings,
    fall: f64,
) -> Result<f64> {
    fraction(&"fall", fall)?;
    let first = candles.first().ok_or(Error::invalid(&"window", &"at least one candle"))?;
    let range = Range::of(candles);
    let starts_high = range.high - first.open <= 0.1 * (range.high - range.low);
    if !(range.falls && starts_high) {
        return Ok(0.0);
    }
    let stretch = fall / range.fall();
    let scaled = |price: f64| range.high - (range.high - price) * stretch;
    let scaled = |candle: &Candle| Candle {
        time_secs: candle.time_secs,
        open: scaled(candle.open),
        high: scaled(candle.high),
        low: scaled(candle.low),
        close: scaled(candle.close),
    };
    let candles: Vec<_> = candles.iter().map(scaled).collect();
    loss(&candles, oracle, settings)
}

/// The range of the prices in a window.
struct Range {
    high: f64,
    low: f64,
    /// Whether the first candle with the high is before the first with the low.
    falls: bool,
}

impl Range {
    fn of(window: &[Candle]) -> Self {
        let high = window.iter().map(|candle| candle.high).fold(f64::NEG_INFINITY, f64::max);
        let low = window.iter().map(|candle| candle.low).fold(f64::INFINITY, f64::min);
        let first_high = window.iter().position(|candle| candle.high == high);
        let first_low = window.iter().position(|candle| candle.low == low);
        Self { high, low, falls: first_high < first_low }
    }

    fn fall(&self) -> f64 {
        (self.high - self.low) / self.high
    }
}
