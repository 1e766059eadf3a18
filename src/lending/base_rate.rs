//! The rate per second for a wanted annual yield, exactly.

use libm::{expm1, floor, log1p, pow};

use super::{WAD, YEAR_SECS};
use crate::error::{Error, Result, non_negative};
use crate::fixed::{U256, Uint, product_above};

/// The highest rate per second, scaled by 10^18, that yields at most `apy` in a year.
///
/// rate = ⌊10^18 · ((1 + apy)^(1/31 536 000) − 1)⌋
///
/// Exact for the double `apy`: a guess in doubles is corrected until (1 + rate/10^18)
/// to the power of 31 536 000, enclosed between two integers, is at most 1 + apy while
/// that of the next rate is above it.
///
/// # Errors
/// `Invalid` on `apy` unless it is from 0 to 10^18; `Arithmetic` if the enclosure is too
/// wide to decide, which no double is known to reach.
///
/// ```
/// use llamath::{fixed::U256, lending::base_rate};
/// assert_eq!(base_rate(0.12)?, U256::from(3_593_629_043_u64));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn base_rate(apy: f64) -> Result<U256> {
    let guess = floor(1e18 * expm1(log1p(checked(apy)?) / 31_536_000.0));
    let mut rate = whole(guess);
    let one = U256::from(1_u64);
    while !yields_at_most(rate, apy)? {
        rate = rate.saturating_sub(one);
    }
    while yields_at_most(rate.saturating_add(one), apy)? {
        rate = rate.saturating_add(one);
    }
    Ok(rate)
}

/// The rate per second that a script in doubles deploys for `apy`: its naive formula
/// loses digits, and the markets deployed with it bear that figure.
///
/// rate = ⌊((1 + apy)^(1/31 536 000) − 1) · 10^18⌋, each operation rounded to a double
///
/// # Errors
/// `Invalid` on `apy` unless it is from 0 to 10^18.
///
/// ```
/// use llamath::{fixed::U256, lending::base_rate_as_deployed};
/// assert_eq!(base_rate_as_deployed(0.12)?, U256::from(3_593_628_949_u64));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn base_rate_as_deployed(apy: f64) -> Result<U256> {
    Ok(whole(floor((pow(1.0 + checked(apy)?, 1.0 / 31_536_000.0) - 1.0) * 1e18)))
}

fn checked(apy: f64) -> Result<f64> {
    match non_negative(&"apy", apy)? {
        apy if apy <= 1e18 => Ok(apy),
        _ => Err(Error::invalid(&"apy", &"a fraction from 0 to 1e18")),
    }
}

/// A whole, non-negative double below 2^256 as an integer.
fn whole(number: f64) -> U256 {
    scaled(number, 0)
}

/// ⌊number · 2^bits⌋ for a double from 0 to 2^(256 − bits).
#[inline(never)]
fn scaled(number: f64, bits: i32) -> U256 {
    let pattern = number.to_bits();
    let fraction = pattern & 0x000f_ffff_ffff_ffff;
    // number = mantissa · 2^exponent
    let (mantissa, exponent) = match i32::try_from((pattern >> 52) & 0x7ff).unwrap_or(0) {
        0 => (fraction, -1074),
        biased => (fraction | 0x0010_0000_0000_0000, biased.saturating_sub(1075)),
    };
    let shift = exponent.saturating_add(bits);
    let distance = usize::try_from(shift.unsigned_abs()).unwrap_or(usize::MAX);
    let mantissa = U256::from(mantissa);
    if shift >= 0 { mantissa.wrapping_shl(distance) } else { mantissa.wrapping_shr(distance) }
}

/// Bits behind the binary point of the enclosure below; 64 are left for the whole part.
const FRACTION_BITS: i32 = 192;
/// The same in digits of 32 bits.
const FRACTION_DIGITS: usize = 6;

/// Whether (1 + rate/10^18)^31 536 000 ≤ 1 + apy.
///
/// The power lies between one that rounds each product down and one that rounds it up.
/// Of an apy below 2^−140, whose last bits are cut off here, the answer depends only on
/// whether the rate is 0.
fn yields_at_most(rate: U256, apy: f64) -> Result<bool> {
    let undecided = || Error::arithmetic(&"base_rate");
    let one = scaled(1.0, FRACTION_BITS);
    let target = scaled(apy, FRACTION_BITS).checked_add(one).ok_or_else(undecided)?;
    let growth = Uint::from(rate) * one / WAD;
    let low = (growth + one).get(&"base_rate")?;
    let high = if rate.is_zero() { low } else { low.saturating_add(U256::from(1_u64)) };
    match (power(low, U256::ZERO), power(high, U256::from(!rate.is_zero()))) {
        (_, Some(high)) if high <= target => Ok(true),
        (Some(low), _) if low > target => Ok(false),
        // The lower bound left 256 bits: far above any target.
        (None, _) => Ok(false),
        _ => Err(undecided()),
    }
}

/// base^31 536 000 in the scale of the enclosure; each product is rounded down, then
/// raised by `up`. None if it leaves 256 bits.
fn power(base: U256, up: U256) -> Option<U256> {
    let product = |a: U256, b: U256| product_above(&a, &b, FRACTION_DIGITS)?.checked_add(up);
    let mut power = None;
    let mut square = base;
    let mut rest = YEAR_SECS;
    loop {
        if rest & 1 == 1 {
            power = Some(match power {
                Some(power) => product(power, square)?,
                None => square,
            });
        }
        rest >>= 1;
        if rest == 0 {
            return power;
        }
        square = product(square, square)?;
    }
}
