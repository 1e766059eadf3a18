//! Windows: which candles one simulation runs over.

use core::ops::Range;

use super::candle::Candle;
use crate::error::{Error, Result, fraction, non_negative, positive};

/// The whole number of rows in `count`, as Python's `int` cuts it.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cuts towards zero, and a float is cast into the nearest number there is"
)]
pub(super) fn whole(count: f64) -> usize {
    count as usize
}

/// A count of rows as a double.
#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "rows are below 2^53")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}

/// The window that the published simulators take: fractions of the number of rows.
///
/// Rows ⌊position·L⌋ up to ⌊(position + size)·L⌋, cut short by the end of the series. It counts
/// rows, so a gap in them makes it last longer; [`window_by_time`] goes by time.
///
/// # Errors
/// `Invalid` on a `position` outside 0..1, a negative `size`, or a window without a row.
///
/// ```
/// assert_eq!(llamath::sim::window_by_rows(1000, 0.25, 0.1)?, 250..350);
/// assert_eq!(llamath::sim::window_by_rows(1000, 0.95, 0.1)?, 950..1000);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn window_by_rows(rows: usize, position: f64, size: f64) -> Result<Range<usize>> {
    fraction(&"position", position)?;
    non_negative(&"size", size)?;
    let start = whole(position * real(rows));
    let end = whole((position + size) * real(rows)).min(rows);
    non_empty(start..end)
}

/// The window that starts at row `start` and lasts `duration_secs`, whatever is missing in it.
///
/// # Errors
/// `Invalid` on a `start` beyond the candles or a duration that is not above 0.
///
/// ```
/// use llamath::sim::{Candle, window_by_time};
/// let at = |time_secs| Candle { time_secs, open: 1.0, high: 1.0, low: 1.0, close: 1.0 };
/// let gap = [at(0.0), at(60.0), at(3600.0), at(3660.0)];
/// assert_eq!(window_by_time(&gap, 0, 180.0)?, 0..2);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn window_by_time(
    candles: &[Candle],
    start: usize,
    duration_secs: f64,
) -> Result<Range<usize>> {
    positive(&"duration_secs", duration_secs)?;
    let first = candles.get(start).ok_or(Error::invalid(&"start", &"a row of the candles"))?;
    let stop = first.time_secs + duration_secs;
    non_empty(start..candles.partition_point(|candle| candle.time_secs < stop))
}

/// The part of the series that `days` are, as the published simulators count: days over the
/// time from the first candle to the last.
///
/// size = days·86 400/(t_last − t_first)
///
/// # Errors
/// `Invalid` on a number of days that is not above 0, or candles without a time between.
///
/// ```
/// use llamath::sim::{Candle, size_of_days};
/// let at = |time_secs| Candle { time_secs, open: 1.0, high: 1.0, low: 1.0, close: 1.0 };
/// assert_eq!(size_of_days(&[at(0.0), at(172_800.0)], 0.5)?, 0.25);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn size_of_days(candles: &[Candle], days: f64) -> Result<f64> {
    positive(&"days", days)?;
    let time = |candle: Option<&Candle>| candle.map_or(0.0, |candle| candle.time_secs);
    let span = time(candles.last()) - time(candles.first());
    match span > 0.0 {
        true => Ok(days * 86_400.0 / span),
        false => Err(Error::invalid(&"candles", &"at least two, at different times")),
    }
}

fn non_empty(window: Range<usize>) -> Result<Range<usize>> {
    match window.is_empty() {
        true => Err(Error::invalid(&"window", &"a window with at least one candle")),
        false => Ok(window),
    }
}
