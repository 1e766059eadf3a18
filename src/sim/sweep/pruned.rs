//! The worst windows without simulating all of them.
//!
//! Groups of neighbouring windows are looked at, those with the largest bounds first; then the
//! windows in them one by one; and simulated are those whose bound is above the least of the
//! worst losses so far. A loss above its bound would show that the bound is wrong: then every
//! window is simulated, and the result says so.

use core::cmp::Ordering;

use super::Series;
use super::bound::{Bound, Columns, Flow, Group, cost};
use super::engine::Engine;
use super::partial::Partial;
use super::windows::Window;
use crate::error::Result;
use crate::sim::candle::Candle;

/// Windows that are looked at before all others.
const FIRST: usize = 4096;

/// Windows of a group.
const GROUP: usize = 16;

/// A window or a group of them, and a bound on what it loses.
#[derive(Clone, Copy)]
struct Candidate {
    index: usize,
    bound: f64,
}

/// The windows of a series in groups; rows are counted from the first one of all windows.
pub(super) struct Groups<'a> {
    windows: &'a [Window],
    candles: &'a [Candle],
    first: u32,
    pub(super) flows: &'a [Flow],
    groups: Vec<Group>,
}

impl<'a> Groups<'a> {
    pub(super) fn new(
        windows: &'a [Window],
        candles: &'a [Candle],
        flows: &'a [Flow],
    ) -> Result<Self> {
        let first = windows.iter().map(|window| window.start).min().unwrap_or(0);
        let end = windows.iter().map(|window| window.end).max().unwrap_or(0);
        let flows =
            if windows.is_empty() { flows } else { Window { start: first, end }.of(flows)? };
        let mut all = Self { windows, candles, first, flows, groups: Vec::new() };
        for first in (0..windows.len()).step_by(GROUP) {
            let mut group = all.alone(first)?;
            for index in first.saturating_add(1)..first.saturating_add(GROUP).min(windows.len()) {
                group = group.and(all.alone(index)?);
            }
            all.groups.push(group);
        }
        Ok(all)
    }

    /// The rows of a window, and its first price.
    fn place(&self, index: usize) -> Result<((usize, usize), f64)> {
        let window = self.windows.get(index).copied().unwrap_or(Window { start: 0, end: 0 });
        let row = |row: u32| usize::try_from(row.saturating_sub(self.first)).unwrap_or(usize::MAX);
        let open = window.of(self.candles)?.first().map_or(1.0, |candle| candle.open);
        Ok(((row(window.start), row(window.end)), open))
    }

    /// The group of one window.
    fn alone(&self, index: usize) -> Result<Group> {
        let (rows, open) = self.place(index)?;
        Ok(Group::one(rows, open, self.flows))
    }
}

/// The bounds of some windows.
pub(super) struct Bounds<'a> {
    series: &'a Series<'a>,
    bound: &'a Bound,
    columns: &'a Columns,
}

impl<'a> Bounds<'a> {
    pub(super) fn new(series: &'a Series<'a>, bound: &'a Bound, columns: &'a mut Columns) -> Self {
        bound.fill(columns, series.groups.flows);
        Self { series, bound, columns }
    }

    fn rough(&self, index: usize) -> Result<f64> {
        Ok(self.bound.rough(self.columns, &self.series.groups.alone(index)?))
    }

    fn fine(&self, index: usize) -> Result<f64> {
        let (rows, open) = self.series.groups.place(index)?;
        Ok(self.bound.fine(self.series.groups.flows, self.columns, rows, open))
    }

    /// The bounds of all groups.
    fn of_groups(&self) -> Vec<Candidate> {
        let bound =
            |(index, group)| Candidate { index, bound: self.bound.rough(self.columns, group) };
        self.series.groups.groups.iter().enumerate().map(bound).collect()
    }

    /// The `kept` worst windows, if no loss is above its bound: `effort` says so.
    pub(super) fn worst(&self, engine: &Engine, kept: usize) -> Result<Partial> {
        let mut partial = Partial::new(kept);
        partial.sum = None;
        partial.windows = u64::try_from(self.series.windows.len()).unwrap_or(u64::MAX);
        let mut groups = self.of_groups();
        let size = FIRST.max(kept.saturating_mul(4)).div_ceil(GROUP).min(groups.len());
        if size < groups.len() {
            groups.select_nth_unstable_by(size, by_bound);
        }
        let (first, rest) = groups.split_at(size);
        self.look(engine, first, &mut partial)?;
        self.look(engine, rest, &mut partial)?;
        Ok(partial)
    }

    /// Simulates the windows of some groups that may be among the worst.
    fn look(&self, engine: &Engine, groups: &[Candidate], partial: &mut Partial) -> Result<()> {
        let mut least = partial.least();
        let rough = cost(least);
        let mut fine = Vec::new();
        for group in groups.iter().filter(|group| group.bound >= rough) {
            let start = group.index.saturating_mul(GROUP);
            for index in start..start.saturating_add(GROUP).min(self.series.windows.len()) {
                if self.rough(index)? >= rough {
                    let bound = self.fine(index)?;
                    if bound >= least {
                        fine.push(Candidate { index, bound });
                    }
                }
            }
        }
        fine.sort_unstable_by(by_bound);
        for candidate in fine {
            if candidate.bound < least {
                break;
            }
            let window = self.series.simulate(engine, candidate.index, partial)?;
            let is_above = u64::from(window.loss > candidate.bound);
            partial.effort.violations = partial.effort.violations.saturating_add(is_above);
            least = partial.keep(window).unwrap_or(least);
        }
        Ok(())
    }

    /// How many windows lose more than one of their bounds.
    pub(super) fn violations(&self, engine: &Engine) -> Result<u64> {
        let mut count = 0_u64;
        let mut ignored = Partial::new(0);
        let groups = self.of_groups();
        for index in 0..self.series.windows.len() {
            let loss = self.series.simulate(engine, index, &mut ignored)?.loss;
            let of_group = groups.get(index.div_euclid(GROUP)).map_or(0.0, |group| group.bound);
            let rough = self.rough(index)?.min(of_group);
            let is_above = loss > self.fine(index)? || cost(loss) > rough;
            count = count.saturating_add(u64::from(is_above));
        }
        Ok(count)
    }
}

/// The larger bound first.
fn by_bound(a: &Candidate, b: &Candidate) -> Ordering {
    b.bound.total_cmp(&a.bound)
}
