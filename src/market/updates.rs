//! How often a feed changes, as it stands in a report.

use crate::oracle::Percentiles;

/// What the percentiles are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GapsOf {
    /// The runs of equal values, in steps of the grid.
    Runs,
    /// The time: the run that one meets at a moment taken at random, in steps of the grid.
    Time,
    /// The rounds of the feed itself, in seconds from one to the next.
    Rounds,
}

impl GapsOf {
    /// Its name, as in JSON, and what it counts in.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Runs => ("runs", "steps"),
            Self::Time => ("time", "steps"),
            Self::Rounds => ("rounds", "seconds"),
        }
    }
}

/// How long a feed stands still: as [`crate::oracle::runs`] and [`crate::oracle::round_gaps`] find it.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateGaps {
    /// What the feed is.
    pub feed: String,
    /// What the percentiles are of.
    pub of: GapsOf,
    /// The percentiles.
    pub lengths: Percentiles,
}
