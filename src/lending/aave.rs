//! Aave's interest indices in rays (10^27): as the v3 contracts round, and as its
//! JavaScript SDK rounds, which is not the same.

use super::YEAR_SECS;
use crate::error::{Error, Result};
use crate::fixed::{U256, Uint};

const RAY: u128 = 1_000_000_000_000_000_000_000_000_000;
const HALF_RAY: u128 = RAY / 2;

/// The product of two rays, rounded half up.
///
/// ⌊(a·b + ½ray) / ray⌋
///
/// # Errors
/// `Arithmetic` if a product leaves 256 bits.
///
/// ```
/// use llamath::{fixed::U256, lending::ray_mul};
/// let ray = U256::from(10_u128.pow(27));
/// assert_eq!(ray_mul(ray, ray)?, ray);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn ray_mul(a: U256, b: U256) -> Result<U256> {
    rounded_mul(a, b).get(&"ray_mul")
}

/// The quotient of two rays, rounded half up.
///
/// ⌊(a·ray + ⌊b/2⌋) / b⌋
///
/// # Errors
/// `Invalid` on `b` if it is 0; `Arithmetic` if a product leaves 256 bits.
///
/// ```
/// use llamath::{fixed::U256, lending::ray_div};
/// let ray = U256::from(10_u128.pow(27));
/// assert_eq!(ray_div(ray, ray)?, ray);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn ray_div(a: U256, b: U256) -> Result<U256> {
    if b.is_zero() {
        return Err(Error::invalid(&"b", &"above 0"));
    }
    ((Uint::from(a) * RAY + Uint::from(b) / 2) / b).get(&"ray_div")
}

/// A supply index after `dt_secs` at `rate`: interest is linear between updates.
///
/// index' = ray_mul(ray + ⌊rate·dt / 31 536 000⌋, index)
///
/// # Errors
/// `Arithmetic` where the contract would revert.
///
/// ```
/// use llamath::{fixed::U256, lending::aave_linear_index};
/// let ray = U256::from(10_u128.pow(27));
/// let year = U256::from(31_536_000_u64);
/// let five_percent = ray / U256::from(20_u64);
/// assert_eq!(aave_linear_index(ray, five_percent, year)?, ray + five_percent);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn aave_linear_index(index: U256, rate: U256, dt_secs: U256) -> Result<U256> {
    let factor = Uint::from(RAY) + Uint::from(rate) * dt_secs / YEAR_SECS;
    rounded_mul(factor, index).get(&"aave_linear_index")
}

/// A variable-borrow index after `dt_secs` at `rate`: three terms of the binomial series.
///
/// index' = ray_mul(ray + ⌊r·e/Y⌋ + ⌊e(e−1)·p2/2⌋ + ⌊e(e−1)(e−2)·p3/6⌋, index),
/// p2 = ⌊ray_mul(r, r)/Y²⌋, p3 = ⌊ray_mul(p2, r)/Y⌋
///
/// # Errors
/// `Arithmetic` where the contract would revert.
///
/// ```
/// use llamath::{fixed::U256, lending::aave_compounded_index};
/// let ray = U256::from(10_u128.pow(27));
/// let year = U256::from(31_536_000_u64);
/// let index = aave_compounded_index(ray, ray / U256::from(20_u64), year)?;
/// assert_eq!(index.to_string(), "1051265681539063650421944000");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn aave_compounded_index(index: U256, rate: U256, dt_secs: U256) -> Result<U256> {
    let r = Uint::from(rate);
    let second = rounded_mul(r, r) / YEAR_SECS / YEAR_SECS;
    let third = rounded_mul(second, r) / YEAR_SECS;
    let linear = r * dt_secs / YEAR_SECS;
    rounded_mul(compounded(linear, second, third, dt_secs), index).get(&"aave_compounded_index")
}

/// The growth factor of a supply index as the JavaScript SDK computes it.
///
/// ray + ray_mul(rate, ray_div(dt·10^9, Y·10^9))
///
/// # Errors
/// `Arithmetic` if a product leaves 256 bits.
///
/// ```
/// use llamath::{fixed::U256, lending::aave_sdk_linear};
/// let rate = U256::from(41_392_198_291_873_578_u64);
/// let factor = aave_sdk_linear(rate, U256::from(8_670_528_u64))?;
/// assert_eq!(factor.to_string(), "1000000000011380397459133753");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn aave_sdk_linear(rate: U256, dt_secs: U256) -> Result<U256> {
    const NANO: u128 = 1_000_000_000;
    let year = Uint::from(YEAR_SECS) * NANO;
    let years = (Uint::from(dt_secs) * NANO * RAY + year / 2) / year;
    (Uint::from(RAY) + rounded_mul(rate, years)).get(&"aave_sdk_linear")
}

/// The growth factor of a borrow index as the JavaScript SDK computes it: it divides the
/// rate by the year first.
///
/// s = ⌊rate/Y⌋, p2 = ray_mul(s, s), p3 = ray_mul(p2, s);
/// ray + s·e + ⌊e(e−1)·p2/2⌋ + ⌊e(e−1)(e−2)·p3/6⌋
///
/// # Errors
/// `Arithmetic` if a product leaves 256 bits.
///
/// ```
/// use llamath::{fixed::U256, lending::aave_sdk_compounded};
/// let rate = U256::from(41_392_198_291_873_578_u64);
/// let factor = aave_sdk_compounded(rate, U256::from(8_670_528_u64))?;
/// assert_eq!(factor.to_string(), "1000000000011380397454052416");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn aave_sdk_compounded(rate: U256, dt_secs: U256) -> Result<U256> {
    let per_second = Uint::from(rate) / YEAR_SECS;
    let second = rounded_mul(per_second, per_second);
    let third = rounded_mul(second, per_second);
    compounded(per_second * dt_secs, second, third, dt_secs).get(&"aave_sdk_compounded")
}

/// The rate per `duration_secs` that compounds `rate` every second, as the SDK has it.
///
/// ray_pow(⌊rate/Y⌋ + ray, duration) − ray, by squaring with `ray_mul`
///
/// # Errors
/// `Arithmetic` if a product leaves 256 bits.
///
/// ```
/// use llamath::{fixed::U256, lending::aave_sdk_compounded_rate};
/// let rate = U256::from(2_400_567_955_443_400_523_362_285_u128);
/// let compounded = aave_sdk_compounded_rate(rate, U256::from(1_u64))?;
/// assert_eq!(compounded.to_string(), "76121510510001284");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn aave_sdk_compounded_rate(rate: U256, duration_secs: U256) -> Result<U256> {
    let mut base = Uint::from(rate) / YEAR_SECS + RAY;
    let mut power = if duration_secs.bit(0) { base } else { Uint::from(RAY) };
    for bit in 1..duration_secs.bit_len() {
        base = rounded_mul(base, base);
        if duration_secs.bit(bit) {
            power = rounded_mul(power, base);
        }
    }
    (power - RAY).get(&"aave_sdk_compounded_rate")
}

fn rounded_mul(a: impl Into<Uint>, b: impl Into<Uint>) -> Uint {
    (a.into() * b.into() + HALF_RAY) / RAY
}

/// ray + the first three terms of compound interest over `dt_secs`.
fn compounded(linear: Uint, second: Uint, third: Uint, dt_secs: U256) -> Uint {
    if dt_secs.is_zero() {
        return Uint::from(RAY);
    }
    let pairs = Uint::from(dt_secs) * (Uint::from(dt_secs) - 1);
    // In the first two seconds there is no third term.
    let triples = pairs * dt_secs.saturating_sub(U256::from(2_u64));
    Uint::from(RAY) + linear + pairs * second / 2 + triples * third / 6
}
