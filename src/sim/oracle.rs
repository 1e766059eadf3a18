//! The oracle price of each candle: what the AMM believes while arbitrageurs see the candle.
//!
//! A series of observed prices (middle or close of each candle, or what an oracle that only
//! speaks up now and then says), and a moving average of it. An oracle of one's own is a
//! series like any other. The candle's own price is in the average before it is traded.

use std::borrow::Cow;

use super::candle::{Candle, check};
use super::settings::Averaging;
use crate::error::{Error, Result, non_negative, positive};

/// The middle of each candle, (low + high)/2: what version 1 of the simulators averages.
///
/// ```
/// use llamath::sim::{Candle, middle_prices};
/// let candle = Candle { time_secs: 0.0, open: 2.0, high: 4.0, low: 1.0, close: 3.0 };
/// assert_eq!(middle_prices(&[candle]), [2.5]);
/// ```
#[must_use]
pub fn middle_prices(candles: &[Candle]) -> Vec<f64> {
    candles.iter().map(|candle| (candle.low + candle.high) / 2.0).collect()
}

/// The close of each candle: what version 2 of the simulators averages.
///
/// ```
/// use llamath::sim::{Candle, close_prices};
/// let candle = Candle { time_secs: 0.0, open: 2.0, high: 4.0, low: 1.0, close: 3.0 };
/// assert_eq!(close_prices(&[candle]), [3.0]);
/// ```
#[must_use]
pub fn close_prices(candles: &[Candle]) -> Vec<f64> {
    candles.iter().map(|candle| candle.close).collect()
}

/// What an oracle says that is updated only where the price moved away from its answer by
/// `deviation`, or `heartbeat_secs` passed since its last update, as Chainlink's are.
///
/// The first answer is the first open; later ones are closes. An update where
/// |close/answer − 1| ≥ deviation, or t − t_updated ≥ heartbeat.
///
/// # Errors
/// `Invalid` on candles that are no prices or out of order, a negative `deviation`, a
/// `heartbeat_secs` that is not above 0.
///
/// ```
/// use llamath::sim::{Candle, threshold_prices};
/// let at = |time_secs, close| Candle { time_secs, open: 100.0, high: 110.0, low: 90.0, close };
/// let candles = [at(0.0, 100.4), at(60.0, 101.0), at(120.0, 101.2), at(3660.0, 101.3)];
/// let answers = threshold_prices(&candles, 0.005, 3600.0)?;
/// assert_eq!(answers, [100.0, 101.0, 101.0, 101.3]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn threshold_prices(
    candles: &[Candle],
    deviation: f64,
    heartbeat_secs: f64,
) -> Result<Vec<f64>> {
    check(candles)?;
    non_negative(&"deviation", deviation)?;
    positive(&"heartbeat_secs", heartbeat_secs)?;
    let Some(first) = candles.first() else { return Ok(Vec::new()) };
    let (mut answer, mut updated) = (first.open, first.time_secs);
    let next = |candle: &Candle| {
        let moved = (candle.close / answer - 1.0).abs() >= deviation;
        if moved || candle.time_secs - updated >= heartbeat_secs {
            (answer, updated) = (candle.close, candle.time_secs);
        }
        answer
    };
    Ok(candles.iter().map(next).collect())
}

/// The moving average that both simulators use, where `half_life_secs` is the time in which
/// half of a difference is forgotten.
///
/// ema ← price·(1 − w) + ema·w, w = 2^(−dt/half_life), from the first candle's open.
///
/// On chain w is e^(−dt/T): [`ema_exponential`]. A half-life of 600 s is a T of 866 s.
///
/// # Errors
/// `Invalid` on candles that are no prices or out of order, `prices` of another length or not
/// above 0, a `half_life_secs` that is not above 0.
///
/// ```
/// use llamath::sim::{Candle, ema_half_life};
/// let at = |time_secs| Candle { time_secs, open: 1.0, high: 3.0, low: 1.0, close: 3.0 };
/// assert_eq!(ema_half_life(&[at(0.0), at(600.0)], &[3.0, 3.0], 600.0)?, [1.0, 2.0]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn ema_half_life(candles: &[Candle], prices: &[f64], half_life_secs: f64) -> Result<Vec<f64>> {
    positive(&"half_life_secs", half_life_secs)?;
    ema(candles, prices, |dt| libm::exp2(-dt / half_life_secs))
}

/// The moving average of the contracts' oracles, where `ema_time_secs` is their `ma_time`.
///
/// ema ← price·(1 − w) + ema·w, w = e^(−dt/T), from the first candle's open. The same as
/// [`ema_half_life`] at T·ln 2.
///
/// # Errors
/// As [`ema_half_life`].
///
/// ```
/// use llamath::sim::{Candle, ema_exponential};
/// let at = |time_secs| Candle { time_secs, open: 1.0, high: 3.0, low: 1.0, close: 3.0 };
/// let oracle = ema_exponential(&[at(0.0), at(866.0)], &[3.0, 3.0], 866.0)?;
/// assert_eq!(oracle, [1.0, 3.0 - 2.0 * (-1.0_f64).exp()]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn ema_exponential(candles: &[Candle], prices: &[f64], ema_time_secs: f64) -> Result<Vec<f64>> {
    positive(&"ema_time_secs", ema_time_secs)?;
    ema(candles, prices, |dt| libm::exp(-dt / ema_time_secs))
}

impl Averaging {
    /// The oracle price during each candle.
    pub(super) fn oracle<'a>(
        self,
        candles: &[Candle],
        prices: &'a [f64],
    ) -> Result<Cow<'a, [f64]>> {
        Ok(match self {
            Self::Given => Cow::Borrowed(prices),
            Self::HalfLife(secs) => Cow::Owned(ema_half_life(candles, prices, secs)?),
            Self::EmaTime(secs) => Cow::Owned(ema_exponential(candles, prices, secs)?),
        })
    }
}

fn ema(candles: &[Candle], prices: &[f64], weight: impl Fn(f64) -> f64) -> Result<Vec<f64>> {
    check(candles)?;
    check_prices(candles, &"prices", prices)?;
    let Some(first) = candles.first() else { return Ok(Vec::new()) };
    let (mut average, mut last) = (first.open, first.time_secs);
    let next = |(candle, price): (&Candle, &f64)| {
        let w = weight(candle.time_secs - last);
        average = price * (1.0 - w) + average * w;
        last = candle.time_secs;
        average
    };
    Ok(candles.iter().zip(prices).map(next).collect())
}

/// Refuses a series that is not one price for each candle.
pub(super) fn check_prices(
    candles: &[Candle],
    field: crate::error::Name,
    prices: &[f64],
) -> Result<()> {
    if prices.len() != candles.len() {
        return Err(Error::invalid(field, &"as long as the candles"));
    }
    let mut prices = prices.iter().enumerate();
    prices.try_for_each(|(row, price)| positive(field, *price).map(|_| ()).map_err(|e| e.at(row)))
}
