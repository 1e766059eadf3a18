//! How often a feed changes.

use super::carry::check_order;
use super::metrics::check_finite;
use super::sums::{count_f64, secs_f64};
use crate::error::{Error, Result, fraction};

/// Percentiles of some lengths.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Percentiles {
    /// A quarter of them is at most this.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// Three quarters of them are at most this.
    pub p75: f64,
    /// Nine tenths of them are at most this.
    pub p90: f64,
    /// The longest.
    pub max: f64,
}

impl Percentiles {
    fn by(at: impl Fn(f64) -> Option<f64>) -> Option<Self> {
        Some(Self { p25: at(0.25)?, p50: at(0.5)?, p75: at(0.75)?, p90: at(0.9)?, max: at(1.0)? })
    }
}

/// How long a feed stands still on a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Runs {
    /// Lengths of the runs of equal values, in steps of the grid, first to last.
    pub lengths: Vec<usize>,
    /// Over the runs: what a tenth of them exceeds.
    pub per_run: Percentiles,
    /// Over the time: how long the run is that one meets at a moment taken at random.
    pub time_weighted: Percentiles,
}

/// The runs of equal values of a feed on a grid.
///
/// A moment without a value ends a run and belongs to none. Percentiles of runs are R-7
/// ([`quantile`]); of time, the length L such that runs of up to L make up the part q of it
/// or more. "A quarter of the time the price stood still for up to L" is the latter.
///
/// # Errors
/// `Invalid` on `feed` at a value that is not finite, and where it has no value.
///
/// ```
/// let runs = llamath::oracle::runs(&[1.0, 1.0, 1.0, 2.0, 3.0].map(Some))?;
/// assert_eq!(runs.lengths, [3, 1, 1]);
/// assert_eq!((runs.per_run.p50, runs.time_weighted.p50), (1.0, 3.0));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn runs(feed: &[Option<f64>]) -> Result<Runs> {
    check_finite(&"feed", feed)?;
    let same = |before: &Option<f64>, after: &Option<f64>| before == after;
    let with_value = feed.chunk_by(same).filter(|run| run.iter().any(Option::is_some));
    let lengths: Vec<usize> = with_value.map(<[_]>::len).collect();
    let mut sorted = lengths.clone();
    sorted.sort_unstable();
    let total: usize = sorted.iter().sum();
    let as_numbers: Vec<f64> = sorted.iter().map(|length| count_f64(*length)).collect();
    let at_time = |part: f64| {
        let mut so_far = 0_usize;
        let reached = |length: &&usize| {
            so_far = so_far.saturating_add(**length);
            count_f64(so_far) >= part * count_f64(total)
        };
        sorted.iter().find(reached).map(|length| count_f64(*length))
    };
    let nothing = || Error::invalid(&"feed", &"known at one moment at least");
    Ok(Runs {
        lengths,
        per_run: Percentiles::by(|part| quantile_of_sorted(&as_numbers, part))
            .ok_or_else(nothing)?,
        time_weighted: Percentiles::by(at_time).ok_or_else(nothing)?,
    })
}

/// The seconds between the rounds of a feed, R-7.
///
/// `times` in seconds since 1970, in order.
///
/// # Errors
/// `Invalid` on `times` at a row that is before the one above, and on fewer than two.
///
/// ```
/// let gaps = llamath::oracle::round_gaps(&[0, 10, 40])?;
/// assert_eq!((gaps.p50, gaps.max), (20.0, 30.0));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn round_gaps(times: &[u64]) -> Result<Percentiles> {
    check_order(times)?;
    let pairs = times.iter().zip(times.iter().skip(1));
    let mut gaps: Vec<f64> =
        pairs.map(|(above, time)| secs_f64(time.saturating_sub(*above))).collect();
    gaps.sort_by(f64::total_cmp);
    Percentiles::by(|part| quantile_of_sorted(&gaps, part))
        .ok_or(Error::invalid(&"times", &"at least two"))
}

/// The quantile R-7 of some numbers: between the two neighbours of place (n − 1)·part, in a
/// straight line.
///
/// # Errors
/// `Invalid` on `values` that are not finite or none at all, on `part` outside 0 to 1.
///
/// ```
/// assert_eq!(llamath::oracle::quantile(&[4.0, 1.0, 2.0, 3.0], 0.5)?, 2.5);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn quantile(values: &[f64], part: f64) -> Result<f64> {
    fraction(&"part", part)?;
    if let Some(row) = values.iter().position(|value| !value.is_finite()) {
        return Err(Error::invalid(&"values", &"finite numbers").at(row));
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, part).ok_or(Error::invalid(&"values", &"at least one"))
}

fn quantile_of_sorted(sorted: &[f64], part: f64) -> Option<f64> {
    let place = count_f64(sorted.len().checked_sub(1)?) * part;
    #[expect(clippy::as_conversions, reason = "from 0 to the last index")]
    let below = place.floor() as usize;
    let low = *sorted.get(below)?;
    let high = *sorted.get(below.saturating_add(1)).unwrap_or(&low);
    Some(low + (high - low) * (place - place.floor()))
}
