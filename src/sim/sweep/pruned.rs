//! The worst windows without simulating all of them.
//!
//! Windows are looked at in batches, those with the largest bounds first, and simulated while
//! their bound is above the least of the worst losses so far. A loss above its bound would
//! show that the bound is wrong: then every window is simulated, and the result says so.

use core::cmp::Ordering;

use super::Series;
use super::bound::{Bound, Columns, Flow};
use super::engine::Engine;
use super::partial::Partial;
use super::windows::Window;
use crate::error::Result;

/// Windows that are looked at together.
const BATCH: usize = 4096;

/// A window, and a bound on its loss.
#[derive(Clone, Copy)]
struct Candidate {
    index: usize,
    bound: f64,
}

/// The bounds of some windows.
pub(super) struct Bounds<'a> {
    series: &'a Series<'a>,
    bound: &'a Bound,
    /// The first row of all windows; the columns start there.
    first: u32,
    flows: &'a [Flow],
    columns: &'a Columns,
}

impl<'a> Bounds<'a> {
    pub(super) fn new(
        series: &'a Series<'a>,
        bound: &'a Bound,
        columns: &'a mut Columns,
    ) -> Result<Self> {
        let first = series.windows.iter().map(|window| window.start).min().unwrap_or(0);
        let end = series.windows.iter().map(|window| window.end).max().unwrap_or(0);
        let flows = Window { start: first, end }.of(series.flows)?;
        bound.fill(columns, flows);
        Ok(Self { series, bound, first, flows, columns })
    }

    /// The rows of a window among those of the columns, and its first price.
    fn place(&self, index: usize) -> Result<((usize, usize), f64)> {
        let window = self.series.window(index);
        let row = |row: u32| usize::try_from(row.saturating_sub(self.first)).unwrap_or(usize::MAX);
        let open = window.of(self.series.candles)?.first().map_or(1.0, |candle| candle.open);
        Ok(((row(window.start), row(window.end)), open))
    }

    fn rough(&self, index: usize) -> Result<Candidate> {
        let (rows, open) = self.place(index)?;
        Ok(Candidate { index, bound: self.bound.rough(self.flows, self.columns, rows, open) })
    }

    fn fine(&self, index: usize) -> Result<Candidate> {
        let (rows, open) = self.place(index)?;
        Ok(Candidate { index, bound: self.bound.fine(self.flows, self.columns, rows, open) })
    }

    /// The `kept` worst windows, if no loss is above its bound: `effort` says so.
    pub(super) fn worst(&self, engine: &Engine, kept: usize) -> Result<Partial> {
        let windows = self.series.windows.len();
        let mut partial = Partial::new(kept);
        partial.sum = None;
        partial.windows = u64::try_from(windows).unwrap_or(u64::MAX);
        let rough = (0..windows).map(|index| self.rough(index));
        let mut candidates = rough.collect::<Result<Vec<_>>>()?;
        let mut size = BATCH.max(kept.saturating_mul(4));
        let mut rest = candidates.as_mut_slice();
        while !rest.is_empty() {
            if rest.len() > size {
                rest.select_nth_unstable_by(size, by_bound);
            }
            let (batch, others) = rest.split_at_mut(size.min(rest.len()));
            let mut least = partial.least();
            let mut fine = Vec::new();
            let rough = cost(least);
            for candidate in batch.iter().filter(|candidate| candidate.bound >= rough) {
                let candidate = self.fine(candidate.index)?;
                if candidate.bound >= least {
                    fine.push(candidate);
                }
            }
            fine.sort_unstable_by(by_bound);
            for candidate in fine {
                if candidate.bound < least {
                    break;
                }
                let window = self.series.simulate(engine, candidate.index, &mut partial)?;
                let is_above = u64::from(window.loss > candidate.bound);
                partial.effort.violations = partial.effort.violations.saturating_add(is_above);
                least = partial.keep(window).unwrap_or(least);
            }
            least = partial.least();
            // What the first batch leaves is few: all at once.
            size = usize::MAX;
            rest = others;
            let mut left = 0;
            let rough = cost(least);
            for index in 0..rest.len() {
                if rest.get(index).is_some_and(|candidate| candidate.bound >= rough) {
                    rest.swap(left, index);
                    left = left.saturating_add(1);
                }
            }
            rest = rest.get_mut(..left).unwrap_or_default();
        }
        Ok(partial)
    }

    /// How many windows lose more than one of their bounds.
    pub(super) fn violations(&self, engine: &Engine) -> Result<u64> {
        let mut count = 0_u64;
        let mut ignored = Partial::new(0);
        for index in 0..self.series.windows.len() {
            let loss = self.series.simulate(engine, index, &mut ignored)?.loss;
            let (fine, rough) = (self.fine(index)?, self.rough(index)?);
            let is_above = loss > fine.bound || cost(loss) > rough.bound;
            count = count.saturating_add(u64::from(is_above));
        }
        Ok(count)
    }
}

/// What rough bounds are compared with: −ln(1 − loss).
fn cost(loss: f64) -> f64 {
    -libm::log1p(-loss)
}

/// The larger bound first.
fn by_bound(a: &Candidate, b: &Candidate) -> Ordering {
    b.bound.total_cmp(&a.bound)
}
