//! UTC days.

use crate::error::{Error, Result};

/// Seconds of a UTC day.
pub const DAY_SECS: u64 = 86_400;

/// The last second of the year 9999; times in milliseconds lie beyond.
const END_SECS: u64 = 253_402_300_799;

/// The day of a time in seconds since 1970, counted from 1970-01-01.
pub(super) fn day_of(time_secs: u64) -> Result<u64> {
    match time_secs <= END_SECS {
        true => Ok(time_secs.div_euclid(DAY_SECS)),
        false => Err(Error::invalid(&"times", &"seconds since 1970, before the year 10000")),
    }
}

/// The UTC date of a time in seconds since 1970, such as `"2024-02-29"`.
///
/// # Errors
/// `Invalid` on `times` from the year 10000 on.
///
/// ```
/// assert_eq!(llamath::ceiling::date(1_709_164_800)?, "2024-02-29");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn date(time_secs: u64) -> Result<String> {
    let mut days = day_of(time_secs)?;
    let leap =
        |year: u64| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    // At most 8030 years and 12 months to count off: a date is asked for once a series.
    let mut take = |length: u64| days.checked_sub(length).map(|rest| days = rest).is_some();
    let year = (1970..).find(|year| !take(if leap(*year) { 366 } else { 365 })).unwrap_or(1970);
    let february = if leap(year) { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let month = months.into_iter().take_while(|length| take(*length)).count();
    let count = |before: u64| before.saturating_add(1);
    let month = u64::try_from(month).unwrap_or_default();
    Ok(format!("{year:04}-{:02}-{:02}", count(month), count(days)))
}
