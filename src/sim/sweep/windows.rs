//! The windows of a sweep: every start there is, or random ones as published.

use crate::error::{Error, Result, positive};
use crate::sim::candle::{Candle, check};
use crate::sim::window::{real, window_by_rows};

/// One window of a series: rows `start` up to, and without, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first row.
    pub start: u32,
    /// The row after its last.
    pub end: u32,
}

impl Window {
    fn new(start: usize, end: usize) -> Result<Self> {
        let row = |row: usize| {
            u32::try_from(row).map_err(|_| Error::invalid(&"candles", &"fewer than 2^32"))
        };
        Ok(Self { start: row(start)?, end: row(end)? })
    }

    /// The window's part of a column.
    pub(super) fn of<T>(self, column: &[T]) -> Result<&[T]> {
        let row = |row: u32| usize::try_from(row).unwrap_or(usize::MAX);
        let rows = column.get(row(self.start)..row(self.end)).filter(|rows| !rows.is_empty());
        // Asked for every window: an error is made only where there is one.
        rows.ok_or_else(|| Error::invalid(&"windows", &"rows of the candles, at least one"))
    }
}

/// Every window of `length` rows in a series of `rows`, whatever time is missing in it.
///
/// # Errors
/// `Invalid` on a `length` from which no window comes.
///
/// ```
/// use llamath::sim::{Window, windows_by_rows};
/// let windows = windows_by_rows(4, 3)?;
/// assert_eq!(windows, [Window { start: 0, end: 3 }, Window { start: 1, end: 4 }]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn windows_by_rows(rows: usize, length: usize) -> Result<Vec<Window>> {
    let last = rows.checked_sub(length).filter(|_| length > 0);
    let last = last.ok_or(Error::invalid(&"length", &"from 1 to the number of rows"))?;
    (0..=last).map(|start| Window::new(start, start.saturating_add(length))).collect()
}

/// Every window of `duration_secs` that the series covers and in which nothing longer than
/// `longest_gap_secs` is missing.
///
/// # Errors
/// `Invalid` on candles out of order, times that are not above 0, or where there is no such
/// window.
///
/// ```
/// use llamath::sim::{Candle, Window, windows_by_time};
/// let at = |time_secs| Candle { time_secs, open: 1.0, high: 1.0, low: 1.0, close: 1.0 };
/// let gap = [0.0, 60.0, 120.0, 3600.0, 3660.0].map(at);
/// let windows = windows_by_time(&gap, 120.0, 300.0)?;
/// assert_eq!(windows, [0..2, 1..3, 3..5].map(|w| Window { start: w.start, end: w.end }));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn windows_by_time(
    candles: &[Candle],
    duration_secs: f64,
    longest_gap_secs: f64,
) -> Result<Vec<Window>> {
    check(candles)?;
    positive(&"duration_secs", duration_secs)?;
    positive(&"longest_gap_secs", longest_gap_secs)?;
    let mut windows = Vec::new();
    let mut first = 0_usize;
    let is_connected = |a: &Candle, b: &Candle| b.time_secs - a.time_secs <= longest_gap_secs;
    for stretch in candles.chunk_by(is_connected) {
        // A candle lasts until the next: the last one as long as the one before it.
        let mut backwards = stretch.iter().rev().map(|candle| candle.time_secs);
        let (last, before) = (backwards.next(), backwards.next());
        let covered = match (last, before) {
            (Some(last), Some(before)) => 2.0 * last - before,
            _ => f64::NEG_INFINITY,
        };
        let mut end = 0_usize;
        for (start, candle) in stretch.iter().enumerate() {
            let stop = candle.time_secs + duration_secs;
            if stop > covered {
                break;
            }
            while stretch.get(end).is_some_and(|candle| candle.time_secs < stop) {
                end = end.saturating_add(1);
            }
            windows.push(Window::new(first.saturating_add(start), first.saturating_add(end))?);
        }
        first = first.saturating_add(stretch.len());
    }
    match windows.is_empty() {
        true => Err(Error::invalid(&"candles", &"a series that covers the duration")),
        false => Ok(windows),
    }
}

/// Random windows as published: `count` starts evenly distributed over the series, each
/// `size` of its rows long and cut short by its end.
///
/// The same seed gives the same windows, on every platform, so that all points of a sweep see
/// the same ones.
///
/// # Errors
/// `Invalid` on no rows, or a `size` that gives no row.
///
/// ```
/// use llamath::sim::windows_sampled;
/// let windows = windows_sampled(1000, 0.1, 500, 1)?;
/// assert_eq!(windows, windows_sampled(1000, 0.1, 500, 1)?);
/// assert_ne!(windows, windows_sampled(1000, 0.1, 500, 2)?);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn windows_sampled(rows: usize, size: f64, count: usize, seed: u64) -> Result<Vec<Window>> {
    positive(&"size", size)?;
    if size * real(rows) < 1.0 {
        return Err(Error::invalid(&"size", &"at least one row of the candles"));
    }
    let mut random = Random(seed);
    let window = |()| {
        let window = window_by_rows(rows, random.fraction(), size)?;
        Window::new(window.start, window.end)
    };
    core::iter::repeat_n((), count).map(window).collect()
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough to choose starts by.
struct Random(u64);

impl Random {
    /// The next number in 0..1.
    fn fraction(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        // 53 bits: every one of them is a double.
        let bits = (mixed ^ (mixed >> 31)) >> 11;
        let high = u32::try_from(bits >> 32).unwrap_or(u32::MAX);
        let low = u32::try_from(bits & 0xFFFF_FFFF).unwrap_or(u32::MAX);
        (f64::from(high) * 4_294_967_296.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }
}
