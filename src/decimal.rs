//! `"1.5"` ⇄ `1500000000000000000`: the bridge between exact integers and estimates.
//!
//! A token amount on chain is an integer, "raw", of 10^−decimals of a token. Text
//! with more decimals than the token has is refused: rounding it or cutting it off
//! would change the amount silently.

use crate::error::{Error, Result};
pub use crate::fixed::U256;

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
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || text.ends_with('.') || !all_digits(whole) || !all_digits(fraction) {
        return Err(Error::invalid("text", "digits with at most one decimal point, such as 1.5"));
    }
    if fraction.len() > decimals {
        return Err(Error::invalid(
            "text",
            "a number with at most `decimals` digits after the point",
        ));
    }
    let digits = format!("{whole}{fraction:0<decimals$}");
    U256::from_str_radix(&digits, 10)
        .map_err(|_| Error::invalid("text", "an amount below 2^256 units of 10^-decimals"))
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
    let decimals = check_decimals(decimals)?;
    let digits = raw.to_string();
    // One digit more than the decimals, so that the whole part is never empty.
    let padded = format!("{digits:0>width$}", width = decimals.saturating_add(1));
    let (whole, fraction) = padded.split_at(padded.len().saturating_sub(decimals));
    let fraction = fraction.trim_end_matches('0');
    Ok(if fraction.is_empty() { whole.into() } else { format!("{whole}.{fraction}") })
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
    // Reading a decimal text is correctly rounded on every platform.
    from_raw(raw, decimals)?.parse().map_err(|_| Error::Arithmetic { result: "the amount" })
}

fn check_decimals(decimals: u32) -> Result<usize> {
    match usize::try_from(decimals) {
        Ok(count) if decimals <= MAX_DECIMALS => Ok(count),
        _ => Err(Error::invalid("decimals", "a whole number from 0 to 77")),
    }
}
