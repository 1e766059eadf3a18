//! Losses over many windows, for many settings.

mod bound;
mod engine;
mod partial;
mod pruned;
mod windows;

pub use partial::{Effort, Partial, Worst};
pub use windows::{Window, windows_by_rows, windows_by_time, windows_sampled};

use crate::error::Result;
use crate::sim::candle::{Candle, check};
use crate::sim::oracle::check_prices;
use crate::sim::settings::Settings;
use bound::{Bound, Flow};
use engine::{Engine, Minute, minutes};
use pruned::Bounds;

/// How the worst windows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Every window is simulated.
    Every,
    /// Only windows that may be among the worst are simulated; the worst are the same.
    Pruned,
    /// Every window is simulated and held against its bounds: a check of `Pruned`.
    Checked,
}

/// The `kept` worst losses over the windows of a series.
///
/// `windows` may be a part of those of a sweep: the parts of all workers are merged by
/// [`Partial::merge`]. Each loss agrees with [`super::loss`] within 1e-12.
///
/// # Errors
/// `Invalid` as [`super::loss`]; on `windows` with the index of one that is not in the candles;
/// on `active_band` with the index of the window where version 2 leaves ±500 bands.
///
/// ```
/// use llamath::sim::{Candle, Search, Settings, Window, loss, loss_tail};
/// let at = |time_secs, p| Candle { time_secs, open: p, high: p, low: p, close: p };
/// let candles = [at(0.0, 100.0), at(60.0, 97.0), at(120.0, 93.0)];
/// let oracle = [100.0, 99.0, 96.0];
/// let settings = Settings::v1(100, 4, 0.006);
/// let windows = [Window { start: 0, end: 3 }];
/// let tail = loss_tail(&candles, &oracle, &windows, &settings, 1, Search::Every)?;
/// assert!((tail.worst[0].loss - loss(&candles, &oracle, &settings)?).abs() < 1e-12);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn loss_tail(
    candles: &[Candle],
    oracle: &[f64],
    windows: &[Window],
    settings: &Settings,
    kept: usize,
    search: Search,
) -> Result<Partial> {
    settings.check()?;
    check(candles)?;
    check_prices(candles, &"oracle", oracle)?;
    let minutes = minutes(candles, oracle, settings.external_fee);
    let flows = if search == Search::Every { Vec::new() } else { bound::flows(&minutes) };
    let series = Series { candles, minutes: &minutes, flows: &flows };
    let engine = Engine::new(settings);
    let bound = if search == Search::Every { None } else { Bound::new(settings) };
    let bounds = match &bound {
        Some(bound) => Some(Bounds::new(&series, windows, bound)?),
        None => None,
    };
    let mut partial = match (&bounds, search) {
        (Some(bounds), Search::Pruned) => pruned::worst(&series, bounds, &engine, kept)?,
        _ => every(&series, windows, &engine, kept)?,
    };
    if let (Some(bounds), Search::Checked) = (&bounds, search) {
        partial.effort.violations = pruned::violations(&series, bounds, &engine)?;
    }
    if search == Search::Pruned && partial.effort.violations > 0 {
        let violations = partial.effort.violations;
        partial = every(&series, windows, &engine, kept)?;
        partial.effort.violations = violations;
    }
    Ok(partial.finish())
}

/// Simulates every window.
fn every(series: &Series, windows: &[Window], engine: &Engine, kept: usize) -> Result<Partial> {
    let mut partial = Partial::new(kept);
    for index in 0..windows.len() {
        let window = series.simulate(engine, windows, index, &mut partial)?;
        partial.add(window);
    }
    Ok(partial)
}

/// A series with what all of its windows share.
struct Series<'a> {
    candles: &'a [Candle],
    minutes: &'a [Minute],
    flows: &'a [Flow],
}

impl Series<'_> {
    /// The window of this index, in the series.
    fn window(&self, windows: &[Window], index: usize) -> Result<Window> {
        let window = windows.get(index).copied().unwrap_or(Window { start: 0, end: 0 });
        window.of(self.candles).map_err(|e| e.at(index)).map(|_| window)
    }

    /// Simulates the window of this index.
    fn simulate(
        &self,
        engine: &Engine,
        windows: &[Window],
        index: usize,
        partial: &mut Partial,
    ) -> Result<Worst> {
        let window = self.window(windows, index)?;
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
