//! Means over a stretch of time, from the sums at its ends.

use super::observe::{MASK_160, wrapped_56};
use super::tick::check_tick;
use crate::error::{Error, Result};
use crate::fixed::{U256, Uint};

/// The arithmetic mean of the tick over the last `seconds_ago` seconds, rounded toward −∞.
///
/// ⌊(now − then) / seconds⌋ of the cumulated ticks `[then, now]`, whose difference wraps at
/// 56 bits as the contract's does.
///
/// # Errors
/// `Invalid` on `seconds_ago` of 0 and on `tick_cumulatives` whose mean no pool can have.
///
/// ```
/// assert_eq!(llamath::oracle::mean_tick(4, [-10, -12])?, -1);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn mean_tick(seconds_ago: u32, tick_cumulatives: [i64; 2]) -> Result<i32> {
    check_seconds_ago(seconds_ago)?;
    let [then, now] = tick_cumulatives;
    let difference = wrapped_56(now.wrapping_sub(then));
    // For a divisor above 0 Euclid's quotient is the one rounded toward −∞.
    let mean = difference.checked_div_euclid(i64::from(seconds_ago)).unwrap_or_default();
    i32::try_from(mean)
        .ok()
        .and_then(|mean| check_tick(mean).ok())
        .ok_or(Error::invalid(&"tick_cumulatives", &"sums whose mean is a tick within ±887272"))
}

/// The harmonic mean of the liquidity in range over the last `seconds_ago` seconds.
///
/// ⌊seconds·(2^160 − 1) / (Δ·2^32)⌋ with the difference Δ of the cumulated seconds per
/// liquidity `[then, now]`, in units of 2⁻¹²⁸. The difference wraps at 160 bits and the
/// mean is cut to 128, as the contract does.
///
/// # Errors
/// `Invalid` on `seconds_ago` of 0 and on a sum of 2^160 or more; `Arithmetic` where the sums
/// are equal.
///
/// ```
/// use llamath::{U256, oracle::harmonic_mean_liquidity};
/// let liquidity = harmonic_mean_liquidity(1, [U256::from(10_u64), U256::from(11_u64)])?;
/// assert_eq!(liquidity, u128::MAX);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn harmonic_mean_liquidity(
    seconds_ago: u32,
    seconds_per_liquidity_x128: [U256; 2],
) -> Result<u128> {
    check_seconds_ago(seconds_ago)?;
    if seconds_per_liquidity_x128.iter().any(|sum| *sum > MASK_160) {
        return Err(Error::invalid(&"seconds_per_liquidity_x128", &"below 2^160"));
    }
    let [then, now] = seconds_per_liquidity_x128;
    let difference = now.wrapping_sub(then) & MASK_160;
    let mean = Uint::from(MASK_160) * u128::from(seconds_ago) / difference.wrapping_shl(32);
    let mean = mean.get(&"harmonic_mean_liquidity")?;
    let [low, high, ..] = *mean.as_limbs();
    Ok(u128::from(high) << 64 | u128::from(low))
}

fn check_seconds_ago(seconds_ago: u32) -> Result<()> {
    match seconds_ago {
        0 => Err(Error::invalid(&"seconds_ago", &"above 0")),
        _ => Ok(()),
    }
}
