//! Losses over many windows, for many settings.

mod bound;
mod curve;
mod engine;
mod events;
mod jackknife;
mod memory;
mod partial;
mod pruned;
mod scan;
mod statistic;
mod toll;
mod windows;

pub use curve::{Curve, EventEffect, Objective, Recommendation};
pub use events::{Event, events};
pub use jackknife::Jackknife;
pub use partial::{Effort, Partial, Worst};
pub use scan::{Parameter, scan};
pub use statistic::Statistic;
pub use windows::{Window, windows_by_rows, windows_by_time, windows_sampled};

use crate::error::Result;
use crate::sim::candle::{Candle, check};
use crate::sim::oracle::check_prices;
use crate::sim::settings::{Averaging, Settings};
use crate::sim::window::real;
use bound::{Bound, Columns, Flow, flows};
use engine::{Engine, Minute, minutes};
use memory::Updates;
use pruned::{Bounds, Groups};

/// How the worst windows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Every window is simulated.
    Every,
    /// Only windows that may be among the worst are simulated; the worst are the same. Where no
    /// bound is known every window is simulated: where trading is not guarded, with a multiplier
    /// of the dynamic fee from 0.4 or a fee from 0.3 on, or with prices beyond 10^±30.
    Pruned,
    /// Every window is simulated and held against its bounds: a check of `Pruned`.
    Checked,
}

/// How far a computation of [`loss_tails_with`] is.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// The next of the settings is simulated, this part of its windows is done.
    Share(f64),
    /// The result for the next of the settings.
    Tail(Partial),
}

/// Minutes that are simulated between two words on how far it is: some hundredths of a second.
const MINUTES_A_WORD: u64 = 2_000_000;

/// The `kept` worst losses over the windows of a series, for each of the settings.
///
/// `oracle` is the oracle's price during each candle, or, for settings that say by what time
/// ([`Averaging`]), what it averages over the whole series.
///
/// `windows` may be a part of those of a sweep: the parts of all workers are merged by
/// [`Partial::merge`]. Each loss is that of [`super::loss`], bit for bit but for what N updates
/// of version 1's memory at once round differently.
///
/// # Errors
/// `Invalid` as [`super::loss`]; on `windows` with the index of one that is not in the candles;
/// on `active_band` with the index of the window where version 2 leaves ±500 bands.
///
/// ```
/// use llamath::sim::{Candle, Search, Settings, Window, loss, loss_tails};
/// let at = |time_secs, p| Candle { time_secs, open: p, high: p, low: p, close: p };
/// let candles = [at(0.0, 100.0), at(60.0, 97.0), at(120.0, 93.0)];
/// let oracle = [100.0, 99.0, 96.0];
/// let grid = [50, 100].map(|a| Settings::v1(a, 4, 0.006));
/// let windows = [Window { start: 0, end: 3 }];
/// let tails = loss_tails(&candles, &oracle, &windows, &grid, 1, Search::Every)?;
/// assert!((tails[0].worst[0].loss - loss(&candles, &oracle, &grid[0])?).abs() < 1e-12);
/// assert_eq!(tails.len(), 2);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn loss_tails(
    candles: &[Candle],
    oracle: &[f64],
    windows: &[Window],
    grid: &[Settings],
    kept: usize,
    search: Search,
) -> Result<Vec<Partial>> {
    let mut tails = Vec::with_capacity(grid.len());
    let mut keep = |progress| {
        if let Progress::Tail(tail) = progress {
            tails.push(tail);
        }
    };
    loss_tails_with(candles, oracle, windows, grid, kept, search, &mut keep)?;
    Ok(tails)
}

/// The same, handed over as it comes: the settings' results in their order.
///
/// # Errors
/// As [`loss_tails`]; what was handed over before is right.
///
/// ```
/// use llamath::sim::{Candle, Progress, Search, Settings, Window, loss_tails_with};
/// let candle = Candle { time_secs: 0.0, open: 9.0, high: 9.0, low: 8.0, close: 8.0 };
/// let (windows, grid) = ([Window { start: 0, end: 1 }], [Settings::v1(100, 4, 0.006); 2]);
/// let mut done = 0;
/// loss_tails_with(&[candle], &[8.5], &windows, &grid, 1, Search::Pruned, &mut |progress| {
///     done += usize::from(matches!(progress, Progress::Tail(_)));
/// })?;
/// assert_eq!(done, 2);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn loss_tails_with(
    candles: &[Candle],
    oracle: &[f64],
    windows: &[Window],
    grid: &[Settings],
    kept: usize,
    search: Search,
    report: &mut dyn FnMut(Progress),
) -> Result<()> {
    for (index, settings) in grid.iter().enumerate() {
        settings.check().map_err(|e| e.at(index))?;
    }
    check(candles)?;
    check_prices(candles, &"oracle", oracle)?;
    for (index, window) in windows.iter().enumerate() {
        window.of(candles).map_err(|e| e.at(index))?;
    }
    let rows = |window: &Window| u64::from(window.end.saturating_sub(window.start));
    let minutes_in_all = windows.iter().map(rows).sum();
    let mut columns = Columns::default();
    // What the settings share is computed once.
    let shares = |s: &Settings| (s.averaging, s.external_fee);
    for alike in grid.chunk_by(|a, b| shares(a) == shares(b)) {
        let (averaging, external_fee) = alike.first().map_or((Averaging::Given, 0.0), shares);
        let oracle = averaging.oracle(candles, oracle)?;
        let minutes = minutes(candles, &oracle, external_fee);
        let flows = if search == Search::Every { Vec::new() } else { flows(&minutes) };
        let some = if flows.is_empty() { &[][..] } else { windows };
        let groups = Groups::new(some, candles, &flows)?;
        let is_usual = bound::are_usual(&flows);
        let (minutes, flows, groups) = (&minutes, &flows, &groups);
        let series = Series { candles, minutes, flows, is_usual, windows, groups };
        for remembering in alike.chunk_by(|a, b| Updates::new(a) == Updates::new(b)) {
            if let Some(settings) = remembering.first() {
                columns.remember(Updates::new(settings), groups.flows);
            }
            for settings in remembering {
                let mut tail = series.tail(settings, kept, search, &mut columns, report)?;
                tail.effort.minutes_in_all = minutes_in_all;
                report(Progress::Tail(tail.finish()));
            }
        }
    }
    Ok(())
}

/// A series with what all of its windows share.
struct Series<'a> {
    candles: &'a [Candle],
    minutes: &'a [Minute],
    flows: &'a [Flow],
    /// Whether there may be bounds on them.
    is_usual: bool,
    windows: &'a [Window],
    groups: &'a Groups<'a>,
}

impl Series<'_> {
    fn tail(
        &self,
        settings: &Settings,
        kept: usize,
        search: Search,
        columns: &mut Columns,
        report: &mut dyn FnMut(Progress),
    ) -> Result<Partial> {
        let engine = Engine::new(settings);
        // Where a window may be refused, every window is looked at.
        let is_bounded = search != Search::Every
            && self.is_usual
            && bound::is_usual(settings.lead())
            && bound::stays(settings, self.flows, self.rows());
        let bound = if is_bounded { Bound::new(settings) } else { None };
        let Some(bound) = bound else { return self.every(&engine, kept, report) };
        let bounds = Bounds::new(self, &bound, columns);
        if search == Search::Checked {
            let violations = bounds.violations(&engine)?;
            let mut partial = self.every(&engine, kept, report)?;
            partial.effort.violations = violations;
            return Ok(partial);
        }
        let pruned = bounds.worst(&engine, kept)?;
        match pruned.effort.violations {
            0 => Ok(pruned),
            violations => {
                let mut partial = self.every(&engine, kept, report)?;
                partial.effort.violations = violations;
                Ok(partial)
            }
        }
    }

    /// The rows of the longest window.
    fn rows(&self) -> usize {
        let rows = |window: &Window| window.of(self.candles).map_or(0, <[_]>::len);
        self.windows.iter().map(rows).max().unwrap_or(0)
    }

    /// Simulates every window.
    fn every(
        &self,
        engine: &Engine,
        kept: usize,
        report: &mut dyn FnMut(Progress),
    ) -> Result<Partial> {
        let mut partial = Partial::new(kept);
        let mut said = 0;
        for index in 0..self.windows.len() {
            let window = self.simulate(engine, index, &mut partial)?;
            partial.add(window);
            if partial.effort.minutes.saturating_sub(said) >= MINUTES_A_WORD {
                said = partial.effort.minutes;
                report(Progress::Share(real(index) / real(self.windows.len())));
            }
        }
        Ok(partial)
    }

    /// The window of this index; they were checked.
    fn window(&self, index: usize) -> Window {
        self.windows.get(index).copied().unwrap_or(Window { start: 0, end: 0 })
    }

    /// Simulates the window of this index.
    fn simulate(&self, engine: &Engine, index: usize, partial: &mut Partial) -> Result<Worst> {
        let window = self.window(index);
        let candles = window.of(self.candles)?;
        let minutes = window.of(self.minutes)?;
        let time = |candle: Option<&Candle>| candle.map_or(0.0, |candle| candle.time_secs);
        let open = candles.first().map_or(1.0, |candle| candle.open);
        let loss = engine.loss(minutes, open).map_err(|e| e.at(index))?;
        let rows = u64::try_from(minutes.len()).unwrap_or(u64::MAX);
        partial.effort.minutes = partial.effort.minutes.saturating_add(rows);
        Ok(Worst { loss, start_secs: time(candles.first()), end_secs: time(candles.last()) })
    }
}
