//! `"1.5"` ⇄ `1500000000000000000`: the bridge between exact integers and estimates.
//!
//! A token amount on chain is an integer, "raw", of 10^−decimals of a token. Text
//! with more decimals than the token has is refused: rounding it or cutting it off
//! would change the amount silently.

use core::iter::repeat;

use crate::error::{Error, Result};
pub use crate::fixed::U256;
use crate::fixed::{Uint, power_of_10};

/// Decimals above which even one unit of a 256-bit integer has no whole part.
pub const MAX_DECIMALS: u32 = 77;

/// The raw integer that `text` stands for: text · 10^decimals, exactly.
///
/// `text` is digits with at most one decimal point, such as `"1.5"`, `"0.05"` or `"7"`;
/// no sign, exponent, blank or separator.
///
/// # Errors
/// `Invalid` on `text` if it is not such a number, has more decimals than `decimals`
/// or does not fit in 256 bits; on `decimals` above 77.
///
/// ```
/// use llamath::decimal::{to_raw, U256};
/// assert_eq!(to_raw("1.5", 18)?, U256::from(1_500_000_000_000_000_000_u64));
/// assert!(to_raw("0.1234567", 6).is_err());
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn to_raw(text: &str, decimals: u32) -> Result<U256> {
    let decimals = check_decimals(decimals)?;
    let (whole, fraction) = split_at_point(text);
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || text.ends_with('.') || !all_digits(whole) || !all_digits(fraction) {
        return Err(Error::invalid(&"text", &"digits with at most one decimal point, such as 1.5"));
    }
    if fraction.len() > decimals {
        return Err(Error::invalid(
            &"text",
            &"a number with no more digits after its point than decimals",
        ));
    }
    let places = fraction.bytes().chain(repeat(b'0')).take(decimals);
    let mut raw = Uint::from(0);
    for digit in whole.bytes().chain(places) {
        raw = raw * 10 + u128::from(digit.saturating_sub(b'0'));
    }
    raw.get(&"text")
        .map_err(|_| Error::invalid(&"text", &"an amount below 2^256 units of 10^-decimals"))
}

/// What is before the first decimal point and what is behind it.
pub(crate) fn split_at_point(text: &str) -> (&str, &str) {
    let point = text.bytes().position(|byte| byte == b'.');
    let parts = point.and_then(|at| Some((text.get(..at)?, text.get(at.saturating_add(1)..)?)));
    parts.unwrap_or((text, ""))
}

/// The shortest text that stands for exactly `raw` · 10^−decimals.
///
/// # Errors
/// `Invalid` on `decimals` above 77.
///
/// ```
/// use llamath::decimal::{from_raw, U256};
/// assert_eq!(from_raw(U256::from(1_500_000_u64), 6)?, "1.5");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn from_raw(raw: U256, decimals: u32) -> Result<String> {
    Ok(text(raw, check_decimals(decimals)?))
}

/// The decimal digits of a whole number.
pub(crate) fn whole_text(number: U256) -> String {
    text(number, 0)
}

#[inline(never)]
fn text(raw: U256, decimals: usize) -> String {
    let mut text = String::new();
    for (place, digit) in digits(raw).into_iter().enumerate().rev() {
        let leading_zero = digit == 0 && text.is_empty() && place > decimals;
        if !leading_zero {
            text.push(char::from(digit.saturating_add(b'0')));
        }
        if place == decimals && decimals > 0 {
            text.push('.');
        }
    }
    if decimals > 0 {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    text
}

/// The decimal digits of `raw`, lowest first: doubled once for each of its bits.
fn digits(raw: U256) -> [u8; 78] {
    let mut digits = [0_u8; 78];
    for position in (0..raw.bit_len()).rev() {
        let mut carry = u8::from(raw.bit(position));
        for digit in &mut digits {
            let doubled = digit.saturating_mul(2).saturating_add(carry);
            carry = u8::from(doubled >= 10);
            *digit = if doubled >= 10 { doubled.saturating_sub(10) } else { doubled };
        }
    }
    digits
}

/// The double nearest to `raw` · 10^−decimals (ties to even).
///
/// # Errors
/// `Invalid` on `decimals` above 77.
///
/// ```
/// use llamath::decimal::{to_f64, U256};
/// assert_eq!(to_f64(U256::from(1_500_000_u64), 6)?, 1.5);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn to_f64(raw: U256, decimals: u32) -> Result<f64> {
    check_decimals(decimals)?;
    if raw.is_zero() {
        return Ok(0.0);
    }
    let divisor = power_of_10(decimals);
    // Long division in base 2: the bits of the whole part, then as many behind the point
    // as it takes to know 64 significant ones; `rest` stays below the divisor.
    let (mut kept, mut exponent, mut inexact, mut rest) = (0_u64, 0_i32, false, U256::ZERO);
    let mut whole_bits = (0..raw.bit_len()).rev().map(|position| raw.bit(position));
    loop {
        let full = kept.leading_zeros() == 0;
        let (bit, step) = match whole_bits.next() {
            Some(bit) => (bit, if full { 1 } else { 0 }),
            None if full => break,
            None => (false, -1),
        };
        exponent = exponent.saturating_add(step);
        let fits = divide_step(&mut rest, bit, divisor);
        match full {
            true => inexact |= fits,
            false => kept = kept << 1 | u64::from(fits),
        }
    }
    // Whatever lies below the 64 bits turns an even last one odd, so that rounding them
    // to 53 sees that the number is not a tie.
    kept |= u64::from(inexact || !rest.is_zero());
    #[expect(clippy::as_conversions, reason = "rounds to the nearest, ties to even")]
    Ok(libm::ldexp(kept as f64, exponent))
}

fn check_decimals(decimals: u32) -> Result<usize> {
    match usize::try_from(decimals) {
        Ok(count) if decimals <= MAX_DECIMALS => Ok(count),
        _ => Err(Error::invalid(&"decimals", &"a whole number from 0 to 77")),
    }
}

/// One step of a long division: takes the next bit of the number down to `rest`, which is
/// below the divisor before and after, and gives the next bit of the quotient.
fn divide_step(rest: &mut U256, bit: bool, divisor: U256) -> bool {
    let bit = U256::from(bit);
    // 2·rest + bit against the divisor, without leaving 256 bits.
    let missing = divisor.saturating_sub(*rest).saturating_sub(bit);
    let fits = *rest >= missing;
    *rest = match fits {
        true => rest.saturating_sub(missing),
        false => rest.saturating_add(*rest).saturating_add(bit),
    };
    fits
}
