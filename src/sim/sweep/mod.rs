//! Losses over many windows, for many settings.

mod engine;
mod partial;
mod windows;

pub use partial::{Effort, Partial, Worst};
pub use windows::{Window, windows_by_rows, windows_by_time, windows_sampled};

use crate::error::{Error, Result};
use crate::sim::candle::{Candle, check};
use crate::sim::oracle::check_prices;
use crate::sim::settings::Settings;
use engine::{Engine, minutes};

/// How the worst windows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// Every window is simulated.
    Every,
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
    let engine = Engine::new(settings);
    let mut partial = Partial::new(kept);
    match search {
        Search::Every => {
            for (index, window) in windows.iter().enumerate() {
                let of_window = |error: Error| error.at(index);
                let candles = window.of(candles).map_err(of_window)?;
                let minutes = window.of(&minutes).map_err(of_window)?;
                let (Some(first), Some(last)) = (candles.first(), candles.last()) else { continue };
                let loss = engine.loss(minutes, first.open).map_err(of_window)?;
                partial.add(Worst { loss, start_secs: first.time_secs, end_secs: last.time_secs });
            }
        }
    }
    Ok(partial.finish())
}
