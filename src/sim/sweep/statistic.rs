//! What the losses of all windows are summed up to.

use super::partial::Partial;
use crate::error::{Error, Result, finite};
use crate::sim::window::{real, whole};

/// How many losses make one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    /// The mean of all losses.
    Mean,
    /// The mean of so many of the largest losses, as the simulators publish it (50 of 500 000).
    Worst(usize),
    /// Expected shortfall: the mean of the worst 1 − level of all losses, level 0.99 or so.
    Shortfall(f64),
}

impl Statistic {
    /// How many of the worst windows must be kept for it out of `windows`.
    ///
    /// ```
    /// use llamath::sim::Statistic;
    /// assert_eq!(Statistic::Shortfall(0.99).depth(1_050_000), 10_500);
    /// assert_eq!(Statistic::Worst(50).depth(1_050_000), 50);
    /// ```
    #[must_use]
    pub fn depth(self, windows: usize) -> usize {
        match self {
            Self::Mean => 0,
            Self::Worst(count) => count,
            Self::Shortfall(level) => {
                let tail = tail(level, real(windows));
                // A tail of 10 500.000 000 001 windows is one of 10 500.
                whole(tail - 1e-6).saturating_add(1)
            }
        }
    }

    /// How many of the worst windows, of `rows` each, are as a rule enough to leave any event out:
    /// twice the depth, since one event may have all of it, and what else overlaps that event.
    ///
    /// A result says where they were not: [`super::Curve::kept_needed`].
    ///
    /// ```
    /// use llamath::sim::Statistic;
    /// assert_eq!(Statistic::Worst(50).kept(1_050_000, 216), 100 + 4 * 216);
    /// assert_eq!(Statistic::Worst(50).kept(400, 216), 400);
    /// ```
    #[must_use]
    pub fn kept(self, windows: usize, rows: usize) -> usize {
        let (twice, overlapping) = (self.depth(windows).saturating_mul(2), rows.saturating_mul(4));
        twice.saturating_add(overlapping).min(windows)
    }
}

/// The windows in the tail beyond `level`, not a whole number.
fn tail(level: f64, windows: f64) -> f64 {
    (1.0 - level) * windows
}

impl Partial {
    /// A figure of the losses.
    ///
    /// The shortfall is exact for a tail that is not a whole number of windows: the last one
    /// counts in part.
    ///
    /// # Errors
    /// `Invalid` on `kept` where more of the worst must be kept, [`Statistic::depth`] of the
    /// windows; on `statistic` where there is no such figure: of a count of 0 or more than there
    /// are windows, a level outside 0..1, a mean where not every loss was computed.
    ///
    /// ```
    /// use llamath::sim::{Effort, Partial, Statistic, Worst};
    /// let worst = [0.3, 0.2, 0.1].map(|loss| Worst { loss, start_secs: 0.0, end_secs: 1.0 });
    /// let effort = Effort::default();
    /// let tail = Partial { kept: 3, windows: 100, sum: None, worst: worst.to_vec(), effort };
    /// assert_eq!(tail.statistic(Statistic::Worst(2))?, 0.25);
    /// assert!((tail.statistic(Statistic::Shortfall(0.985))? - 0.4 / 1.5).abs() < 1e-12);
    /// assert!(tail.statistic(Statistic::Mean).is_err());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn statistic(&self, statistic: Statistic) -> Result<f64> {
        let unknown = Error::invalid(&"statistic", &"one that the windows' losses have");
        let all = real(usize::try_from(self.windows).unwrap_or(usize::MAX));
        let tail = match statistic {
            Statistic::Mean => return self.mean().ok_or(unknown),
            Statistic::Worst(count) => real(count),
            Statistic::Shortfall(level) => tail(level, all),
        };
        let has = real(self.worst.len());
        if !(tail > 0.0 && tail <= all + 1e-6) {
            return Err(unknown);
        }
        if tail > has + 1e-6 {
            return Err(Error::invalid(
                &"kept",
                &"at least the windows that the statistic is made of",
            ));
        }
        let mut left = tail.min(has);
        let mut sum = 0.0;
        for window in &self.worst {
            let part = left.min(1.0);
            sum += part * window.loss;
            left -= part;
        }
        finite(&"statistic", sum / tail.min(has))
    }
}
