//! UTC days and dates.

use crate::error::{Error, Result};

/// Seconds of a UTC day.
pub const DAY_SECS: u64 = 86_400;

/// The last second of the year 9999; times in milliseconds lie beyond.
const END_SECS: u64 = 253_402_300_799;

/// The day of a time in seconds since 1970, counted from 1970-01-01.
pub(crate) fn day_of(time_secs: u64) -> Result<u64> {
    match time_secs <= END_SECS {
        true => Ok(time_secs.div_euclid(DAY_SECS)),
        false => Err(Error::invalid(&"times", &"seconds since 1970, before the year 10000")),
    }
}

const fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

const fn year_days(year: u64) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn month_days(year: u64) -> [u64; 12] {
    [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

/// The UTC date of a time in seconds since 1970, such as `"2024-02-29"`.
///
/// # Errors
/// `Invalid` on `times` from the year 10000 on.
///
/// ```
/// assert_eq!(llamath::date::date(1_709_164_800)?, "2024-02-29");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn date(time_secs: u64) -> Result<String> {
    let mut days = day_of(time_secs)?;
    // At most 8030 years and 12 months to count off.
    let mut take = |length: u64| days.checked_sub(length).map(|rest| days = rest).is_some();
    let year = (1970..).find(|year| !take(year_days(*year))).unwrap_or_default();
    let month = month_days(year).into_iter().take_while(|length| take(*length)).count();
    Ok(format!("{year:04}-{:02}-{:02}", month.saturating_add(1), days.saturating_add(1)))
}

/// The seconds since 1970 of a UTC time written as `2024-02-29`, `2024-02-29 13:45` or
/// `2024-02-29T13:45:30Z`; none if it is written otherwise or does not exist.
///
/// ```
/// use llamath::date::time_of;
/// assert_eq!(time_of("2024-02-29T00:00:30Z"), Some(1_709_164_830));
/// assert_eq!(time_of("2023-02-29"), None);
/// ```
#[must_use]
pub fn time_of(text: &str) -> Option<u64> {
    let (day, clock) = match text.split_once(['T', ' ']) {
        Some((day, clock)) => (day, clock.strip_suffix('Z').unwrap_or(clock)),
        None => (text, "00:00"),
    };
    let [year, month, day_of_month] = digits(day, '-', [4, 2, 2])?;
    let [hours, minutes, seconds] = match clock.len() {
        5 => {
            let [hours, minutes] = digits(clock, ':', [2, 2])?;
            [hours, minutes, 0]
        }
        _ => digits(clock, ':', [2, 2, 2])?,
    };
    let months = month_days(year);
    let before = usize::try_from(month.checked_sub(1)?).ok()?;
    let in_range = (1..=*months.get(before)?).contains(&day_of_month)
        && year >= 1970
        && (hours, minutes, seconds) < (24, 0, 0)
        && minutes < 60
        && seconds < 60;
    let years: u64 = (1970..year).map(year_days).sum();
    let days = months.iter().take(before).sum::<u64>().saturating_add(day_of_month.checked_sub(1)?);
    let days = days.saturating_add(years);
    let minutes = hours.saturating_mul(60).saturating_add(minutes);
    let seconds = minutes.saturating_mul(60).saturating_add(seconds);
    in_range.then(|| days.saturating_mul(DAY_SECS).saturating_add(seconds))
}

/// Numbers of so many digits each, separated.
fn digits<const N: usize>(text: &str, separator: char, lengths: [usize; N]) -> Option<[u64; N]> {
    let mut parts = text.split(separator);
    let number = |length: usize| {
        let part = parts.next().filter(|part| part.len() == length)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let numbers = lengths.map(number);
    let all = numbers.iter().all(Option::is_some) && text.split(separator).count() == N;
    all.then(|| numbers.map(Option::unwrap_or_default))
}
