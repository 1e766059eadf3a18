//! The moments at which feeds are compared.

use crate::error::{Error, Result};

/// The usual step of a grid.
pub const MINUTE_SECS: u64 = 60;

/// Most moments of a grid, 2^24: 31 years of minutes, and no more than memory holds.
const MOST_MOMENTS: u64 = 16_777_216;

/// Moments at equal distances: start, start + step, …, `count` of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// The first moment, seconds since 1970.
    pub start_secs: u64,
    /// Seconds from one to the next, above 0.
    pub step_secs: u64,
    /// How many; at most 2^24.
    pub count: usize,
}

impl Grid {
    /// The moments, multiples of the step, at which all of several series are under way.
    ///
    /// start = ⌈latest first / step⌉·step; the last one is at most the earliest last.
    /// `spans` holds the first and the last time of each series, seconds since 1970.
    ///
    /// # Errors
    /// `Invalid` on `step_secs` of 0, on `spans` if there is none or they have no moment of
    /// the grid in common; on `count` if they have more than 2^24.
    ///
    /// ```
    /// use llamath::oracle::Grid;
    /// let grid = Grid::common(&[(61, 1_000), (0, 359)], 60)?;
    /// assert_eq!((grid.start_secs, grid.count), (120, 4));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn common(spans: &[(u64, u64)], step_secs: u64) -> Result<Self> {
        if step_secs == 0 {
            return Err(Error::invalid(&"step_secs", &"above 0"));
        }
        let apart = || Error::invalid(&"spans", &"series that have a moment of the grid in common");
        let first = spans.iter().map(|(first, _)| *first).max().ok_or_else(apart)?;
        let last = spans.iter().map(|(_, last)| *last).min().ok_or_else(apart)?;
        let start_secs = first.div_ceil(step_secs).checked_mul(step_secs).ok_or_else(apart)?;
        let steps = last.checked_sub(start_secs).ok_or_else(apart)?.div_euclid(step_secs);
        let count = usize::try_from(steps.saturating_add(1)).map_err(|_| too_many())?;
        let grid = Self { start_secs, step_secs, count };
        grid.moments().map(|_| grid)
    }

    /// Its moments, first to last.
    ///
    /// # Errors
    /// `Invalid` on `step_secs` of 0, on `count` above 2^24 or if the last one is beyond 64 bits.
    ///
    /// ```
    /// use llamath::oracle::Grid;
    /// let grid = Grid { start_secs: 120, step_secs: 60, count: 3 };
    /// assert_eq!(grid.moments()?.collect::<Vec<_>>(), [120, 180, 240]);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn moments(&self) -> Result<impl Iterator<Item = u64> + Clone + use<>> {
        let Self { start_secs, step_secs, count } = *self;
        if step_secs == 0 {
            return Err(Error::invalid(&"step_secs", &"above 0"));
        }
        let steps = u64::try_from(count).map_err(|_| too_many())?;
        let last = steps.checked_mul(step_secs).and_then(|span| span.checked_add(start_secs));
        if steps > MOST_MOMENTS || last.is_none() {
            return Err(too_many());
        }
        Ok((0..steps).map(move |index| start_secs.saturating_add(index.saturating_mul(step_secs))))
    }
}

fn too_many() -> Error {
    Error::invalid(&"count", &"at most 16777216, the last moment below 2^64")
}
