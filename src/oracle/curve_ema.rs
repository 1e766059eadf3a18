//! Curve's exponential average of a price, written at every moment of a series.

use crate::error::{Error, Result};
use crate::fixed::U256;
use crate::lending::EmaPrice;

/// Shortest and longest time constant that the contract is deployed with, seconds.
const PERIODS: core::ops::RangeInclusive<u64> = 30..=31_536_000;

/// The average of `prices` at `times`, as Curve's price oracle keeps it when it is written at
/// each of them, with the time constant `ma_exp_time_secs`.
///
/// w = e^(−Δt/T); price · (1 − w) + average · w, each rounded as the contract does; the first
/// price starts it.
///
/// Prices and averages in 18 decimals, times in seconds since 1970. [`EmaPrice`] is one step.
///
/// # Errors
/// `Invalid` on `ma_exp_time_secs` outside 30 seconds to 365 days, on `times` at a row that is
/// before the one above it, on `prices` if they are not as many; `Arithmetic` where the contract
/// reverts.
///
/// ```
/// use llamath::{U256, oracle::curve_ema};
/// let prices = [100, 200].map(|price| U256::from(price * 10_u128.pow(18)));
/// let average = curve_ema(600, &[0, 600], &prices)?;
/// assert_eq!(average[1].to_string(), "163212055882970057600");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn curve_ema(ma_exp_time_secs: u64, times: &[u64], prices: &[U256]) -> Result<Vec<U256>> {
    if !PERIODS.contains(&ma_exp_time_secs) {
        return Err(Error::invalid(&"ma_exp_time_secs", &"from 30 to 31536000"));
    }
    if times.len() != prices.len() {
        return Err(Error::invalid(&"prices", &"as many as times"));
    }
    let mut stored: Option<EmaPrice> = None;
    let write = |(row, (time, price)): (usize, (&u64, &U256))| {
        let written = match stored {
            Some(oracle) if *time < oracle.last_time_secs => {
                Err(Error::invalid(&"times", &"not before the one above").at(row))
            }
            Some(oracle) => oracle.written(*time, *price),
            None => Ok(EmaPrice { ma_exp_time_secs, last_price: *price, last_time_secs: *time }),
        }?;
        stored = Some(written);
        Ok(written.last_price)
    };
    times.iter().zip(prices).enumerate().map(write).collect()
}
