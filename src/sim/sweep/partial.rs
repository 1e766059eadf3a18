//! What the losses of some windows come to, in a form that adds up: windows are split over
//! workers in any way, and merged in any order, to the same bits.

use core::cmp::Ordering;

/// The loss of one window, and when that was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worst {
    /// The loss, as a fraction.
    pub loss: f64,
    /// When the window's first candle began, in seconds since 1970.
    pub start_secs: f64,
    /// When its last candle began, in seconds since 1970.
    pub end_secs: f64,
}

impl Worst {
    /// The larger loss first; of equal ones the earlier.
    fn order(&self, other: &Self) -> Ordering {
        other.loss.total_cmp(&self.loss).then(self.start_secs.total_cmp(&other.start_secs))
    }
}

/// How much work some windows were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Minutes that were simulated.
    pub minutes: u64,
    /// Minutes of all windows.
    pub minutes_in_all: u64,
    /// Windows whose loss was above its bound: all were simulated then.
    pub violations: u64,
}

/// The losses of some windows: how many, their sum, and the worst of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial {
    /// How many of the worst windows are kept.
    pub kept: usize,
    /// How many windows these are.
    pub windows: u64,
    /// The sum of their losses in units of 2⁻⁶⁴, none where not every loss was computed.
    ///
    /// An integer, since sums of doubles depend on their order.
    pub sum: Option<i128>,
    /// The worst of them, the largest loss first.
    pub worst: Vec<Worst>,
    /// How much work it was.
    pub effort: Effort,
}

/// 2⁶⁴.
const UNIT: f64 = 18_446_744_073_709_551_616.0;

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a loss is far from 2^63, and its digits beyond 2^-64 do not matter"
)]
fn units(loss: f64) -> i128 {
    (loss * UNIT) as i128
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "rounds to the nearest")]
fn from_units(sum: i128) -> f64 {
    sum as f64 / UNIT
}

impl Partial {
    /// No window yet.
    pub(super) fn new(kept: usize) -> Self {
        Self { kept, windows: 0, sum: Some(0), worst: Vec::new(), effort: Effort::default() }
    }

    /// Adds a window.
    pub(super) fn add(&mut self, window: Worst) {
        self.windows = self.windows.saturating_add(1);
        self.sum = self.sum.map(|sum| sum.saturating_add(units(window.loss)));
        self.keep(window);
    }

    /// Keeps a window if it is among the worst; now and then it says what is the least of them.
    pub(super) fn keep(&mut self, window: Worst) -> Option<f64> {
        self.worst.push(window);
        // Sorting out now and then costs less than keeping the order.
        let is_full = self.worst.len() >= self.kept.saturating_add(self.kept / 8).saturating_add(8);
        is_full.then(|| self.least())
    }

    /// Drops what is not among the worst; the last one left is the least of them.
    fn cut(&mut self) {
        if let Some(last) = self.kept.checked_sub(1)
            && self.worst.len() > self.kept
        {
            self.worst.select_nth_unstable_by(last, Worst::order);
        }
        self.worst.truncate(self.kept);
    }

    /// A loss below which no window is among the worst any more.
    pub(super) fn least(&mut self) -> f64 {
        self.cut();
        match self.worst.len() == self.kept {
            true => self.worst.iter().map(|window| window.loss).fold(f64::INFINITY, f64::min),
            false => f64::NEG_INFINITY,
        }
    }

    /// Puts the worst windows in order.
    pub(super) fn finish(mut self) -> Self {
        self.cut();
        self.worst.sort_unstable_by(Worst::order);
        self
    }

    /// These windows and the others: the same whatever the order of merging.
    ///
    /// ```
    /// use llamath::sim::{Candle, Search, Settings, Window, loss_tails};
    /// let at = |time_secs, p| Candle { time_secs, open: p, high: p, low: p, close: p };
    /// let candles = [at(0.0, 100.0), at(60.0, 97.0), at(120.0, 93.0), at(180.0, 98.0)];
    /// let oracle = [100.0, 99.0, 96.0, 97.0];
    /// let windows = [0_u32, 1, 2].map(|start| Window { start, end: start + 2 });
    /// let grid = [Settings::v1(100, 4, 0.006)];
    /// let tail = |w: &[Window]| loss_tails(&candles, &oracle, w, &grid, 2, Search::Every);
    /// let (first, rest) = windows.split_at(1);
    /// assert_eq!(tail(rest)?[0].clone().merge(&tail(first)?[0]), tail(&windows)?[0]);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    #[must_use]
    pub fn merge(mut self, other: &Self) -> Self {
        self.kept = self.kept.max(other.kept);
        self.windows = self.windows.saturating_add(other.windows);
        self.sum = self.sum.zip(other.sum).map(|(a, b)| a.saturating_add(b));
        self.worst.extend_from_slice(&other.worst);
        let (effort, more) = (&mut self.effort, &other.effort);
        effort.minutes = effort.minutes.saturating_add(more.minutes);
        effort.minutes_in_all = effort.minutes_in_all.saturating_add(more.minutes_in_all);
        effort.violations = effort.violations.saturating_add(more.violations);
        self.finish()
    }

    /// The mean loss over all windows; none where not every loss was computed.
    ///
    /// ```
    /// use llamath::sim::{Effort, Partial};
    /// let effort = Effort::default();
    /// let half = 1_i128 << 63;
    /// let tail = Partial { kept: 0, windows: 4, sum: Some(half), worst: Vec::new(), effort };
    /// assert_eq!(tail.mean(), Some(0.125));
    /// ```
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let windows = u32::try_from(self.windows).ok().filter(|windows| *windows > 0)?;
        Some(from_units(self.sum?) / f64::from(windows))
    }
}
