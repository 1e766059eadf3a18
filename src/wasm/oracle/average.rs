//! Exponential averages, exact and in doubles.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::{RoundColumns, placed};
use crate::oracle::{self, ChainlinkEma, Grid, RoundHistory};
use crate::wasm::call_with_columns;
use crate::wasm::column::{Column, Rows};
use crate::wasm::ema;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::stored::stored;
use crate::wasm::writer::outputs;

stored! {
    /// What the contract of an average has stored.
    StoredEma for oracle::StoredEma {
        /// The time of the last observation, a multiple of the interval, seconds since 1970.
        observed_at_secs: u64,
        /// The average at it, 18 decimals.
        price: bigint,
    }
}

inputs! {
    /// A feed, and how its average is deployed.
    ChainlinkEmaInput for ChainlinkEmaInput {
        /// The rounds, without a gap in their ids.
        #[tsify(type = "Rounds")]
        rounds: RoundColumns,
        /// Decimals of the answers, at most 18.
        decimals: u32,
        /// Observations of the window, 1 to 1000; 20 if absent, as defi.money deploys it.
        #[tsify(optional)]
        observations: u32 = ChainlinkEma::DEFI_MONEY.observations,
        /// Seconds between two observations, above 0; 30 if absent.
        #[tsify(optional)]
        interval_secs: u64 = ChainlinkEma::DEFI_MONEY.interval_secs,
    }

    /// A moment.
    At for At {
        /// What was stored at the last write; absent if nothing was.
        #[tsify(optional, type = "StoredEma")]
        stored: Option<oracle::StoredEma>,
        /// The moment, seconds since 1970; later rounds do not exist yet.
        now: u64,
    }

    /// Moments.
    Along for Along {
        /// The moments; there is a write at each.
        #[tsify(type = "Grid")]
        grid: Grid,
    }

    /// Prices that Curve's oracle averages.
    CurveEmaInput for CurveEmaInput {
        /// Time constant of the average in seconds, 30 to 31536000.
        ma_exp_time_secs: u64,
        /// Seconds since 1970, in order; there is a write at each.
        #[tsify(type = "Float64Array")]
        times: Column<u64>,
        /// The price at each time, 18 decimals.
        #[tsify(type = "bigint[]")]
        prices: Vec<bigint>,
    }

    /// A feed, read in four ways.
    TenMinutesInput for TenMinutesInput {
        /// The rounds, without a gap in their ids.
        #[tsify(type = "Rounds")]
        rounds: RoundColumns,
        /// Decimals of the answers, at most 18.
        decimals: u32,
        /// The moments; `stepSecs` is 60.
        #[tsify(type = "Grid")]
        grid: Grid,
    }

    /// A series that is to be averaged.
    EmaInput for EmaInput {
        /// Which average.
        #[tsify(type = "Ema")]
        ema: ema::StoredEma,
        /// Seconds since 1970, each after the one before.
        #[tsify(type = "Float64Array")]
        times: Column<u64>,
        /// The value at each time, in any one unit; NaN for none.
        #[tsify(type = "Float64Array")]
        values: Column<Option<f64>>,
    }
}

outputs! {
    /// One reading of an average, on a grid.
    Reading for oracle::Reading {
        /// What it is.
        name: &'static str,
        /// The seconds in which it forgets all but 1/e.
        time_constant_secs: f64,
        /// Its value at each moment; NaN before the first round.
        #[tsify(type = "Float64Array")]
        values: Vec<Option<f64>> = Rows,
    }
}

impl ChainlinkEmaInput {
    const fn ema(&self) -> ChainlinkEma {
        ChainlinkEma {
            observations: self.observations,
            interval_secs: self.interval_secs,
            decimals: self.decimals,
        }
    }
}

/// The average of a Chainlink feed at one moment, as defi.money deploys it, to the wei.
///
/// e ← ⌊(p·s + e·(10^18 − s))/10^18⌋ with s = ⌊2·10^18/(N + 1)⌋ at every multiple of the
/// interval since the last write. A round is seen from the second after its own. Without a write
/// in the last 2N intervals, or without any, the average starts from what was seen 2N − 1
/// intervals ago, or by the first observation of the feed's phase. The answer is what a write
/// would store. Refused: an answer that is not above 0; a moment before the first round or the
/// last write; rounds that do not reach back to where the average starts.
///
/// ```js
/// const rounds = {
///   ids: [18446744073709551617n, 18446744073709551618n],
///   answers: [10000000000n, 20000000000n], updatedAtSecs: Float64Array.of(1000, 2000),
/// };
/// const stored = oracle.chainlinkEma.at({ rounds, decimals: 8, now: 1999 });
/// stored.price // 100000000000000000000n
/// oracle.chainlinkEma.at({ rounds, decimals: 8, stored, now: 2010 }).price // 109523809523809523800n
/// ```
#[wasm_bindgen(js_namespace = ["oracle", "chainlinkEma"], js_name = at, unchecked_return_type = "StoredEma")]
pub fn chainlink_ema_at(
    #[wasm_bindgen(unchecked_param_type = "ChainlinkEmaInput & At")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |(i, At { stored, now }): (ChainlinkEmaInput, _)| {
        let ema = i.ema();
        let rounds = i.rounds.rounds()?;
        let feed = RoundHistory::new(&rounds).map_err(placed)?;
        ema.at(&feed, stored.as_ref(), now).map_err(placed)
    })
}

/// The same at every moment of a grid, written at each of them; the first one starts it. 18
/// decimals.
///
/// ```js
/// const rounds = { ids: [18446744073709551617n], answers: [250000000n], updatedAtSecs: Float64Array.of(5) };
/// const grid = { startSecs: 60, stepSecs: 60, count: 2 };
/// oracle.chainlinkEma.series({ rounds, decimals: 8, grid })[1] // 2500000000000000000n
/// ```
#[wasm_bindgen(js_namespace = ["oracle", "chainlinkEma"], js_name = series, unchecked_return_type = "bigint[]")]
pub fn chainlink_ema_series(
    #[wasm_bindgen(unchecked_param_type = "ChainlinkEmaInput & Along")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |(i, Along { grid }): (ChainlinkEmaInput, _)| {
        let ema = i.ema();
        let rounds = i.rounds.rounds()?;
        let feed = RoundHistory::new(&rounds).map_err(placed)?;
        ema.series(&feed, &grid).map_err(placed)
    })
}

/// The average of prices as Curve's oracle keeps it when it is written at each of their times.
///
/// w = e^(−Δt/T); price · (1 − w) + average · w, each rounded as the contract does; the first
/// price starts it. Exact, 18 decimals.
///
/// ```js
/// const prices = [100n * 10n ** 18n, 200n * 10n ** 18n];
/// oracle.curveEma({ maExpTimeSecs: 600, times: Float64Array.of(0, 600), prices })[1] // 163212055882970057600n
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = curveEma, unchecked_return_type = "bigint[]")]
pub fn curve_ema(
    #[wasm_bindgen(unchecked_param_type = "CurveEmaInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |CurveEmaInput { ma_exp_time_secs, times, prices }| {
        oracle::curve_ema(ma_exp_time_secs, &times.0, &prices)
    })
}

/// The four readings of "a 10-minute average" of a feed on a grid of minutes: as defi.money
/// deployed it, a span of 10 minutes, a time constant of 600 s, a half-life of 600 s.
///
/// The first is exact and forgets as fast as the second; the others take two and three times as
/// long. In whole units.
///
/// ```js
/// const rounds = { ids: [18446744073709551617n], answers: [250000000n], updatedAtSecs: Float64Array.of(5) };
/// const grid = { startSecs: 60, stepSecs: 60, count: 2 };
/// const readings = oracle.tenMinuteAverages({ rounds, decimals: 8, grid });
/// readings.map(({ timeConstantSecs }) => Math.round(timeConstantSecs)) // [300,299,600,866]
/// readings[0].values[1] // 2.5
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = tenMinuteAverages, unchecked_return_type = "Reading[]")]
pub fn ten_minute_averages(
    #[wasm_bindgen(unchecked_param_type = "TenMinutesInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |TenMinutesInput { rounds, decimals, grid }| {
        let rounds = rounds.rounds()?;
        let feed = RoundHistory::new(&rounds).map_err(placed)?;
        oracle::ten_minute_averages(&feed, decimals, &grid).map_err(placed)
    })
}

/// An exponential average of a series after every row; NaN before the first value and during the
/// warm-up. A row without a value repeats it.
///
/// With the weight w of what is past, 1 after the first value: w ← w·(1 − α) at every row; at a
/// value x, e ← e + (x − e)·b/(w + b). Adjusted, b = 1 and w ← w + b; if not, b = α and w ← 1. By
/// seconds 1 − α is the decay over Δt, and b = 1 − w if not adjusted.
///
/// ```js
/// const ema = { memory: "span", value: 3, adjust: true };
/// oracle.ema({ ema, times: Float64Array.of(0, 1, 2), values: Float64Array.of(1, NaN, 2) })[2] // 1.8
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Float64Array")]
pub fn ema(
    #[wasm_bindgen(unchecked_param_type = "EmaInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |EmaInput { ema, times, values }| {
        Ok(Column(ema.ema().series(&times.0, &values.0).map_err(placed)?))
    })
}
