//! Grids, and series on them.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::read::Prices;
use super::{RoundColumns, placed};
use crate::oracle::{self, Carry, Grid, RoundHistory};
use crate::wasm::column::{Column, Rows};
use crate::wasm::reader::inputs;
use crate::wasm::writer::outputs;
use crate::wasm::{call, call_with_columns};

inputs! {
    /// From when to when a series is known.
    Span for Span {
        /// Its first time, seconds since 1970.
        first_secs: u64,
        /// Its last time, seconds since 1970.
        last_secs: u64,
    }

    /// Series that are to share a grid.
    CommonGridInput for CommonGridInput {
        /// When each of them is known, at least one.
        #[tsify(type = "Span[]")]
        spans: Vec<Span>,
        /// Seconds from one moment to the next, above 0; 60 if absent.
        #[tsify(optional)]
        step_secs: u64 = oracle::MINUTE_SECS,
    }

    /// A grid.
    OnGrid for OnGrid {
        /// The moments.
        #[tsify(type = "Grid")]
        grid: Grid,
    }

    /// Rounds as prices.
    AnswersInput for AnswersInput {
        /// The rounds, without a gap in their ids.
        #[tsify(type = "Rounds")]
        rounds: RoundColumns,
        /// Decimals of the answers, 0 to 77.
        decimals: u32,
    }

    /// A series that is to be carried forward.
    CarryInput for CarryInput {
        /// Seconds since 1970, in order; of equal ones the last counts.
        #[tsify(type = "Float64Array")]
        times: Column<u64>,
        /// The value at each time.
        #[tsify(type = "Float64Array")]
        values: Column<f64>,
        /// The moments at which it is wanted.
        #[tsify(type = "Grid")]
        grid: Grid,
        /// Seconds from a value's time until it is known; 0 if absent. The close of a candle that
        /// is stamped with its opening is known at its end: 60 for minutes.
        #[tsify(optional)]
        known_after_secs: u64 = 0,
        /// Seconds after which a known value is too old to count; never if absent.
        #[tsify(optional, type = "number")]
        max_staleness_secs: Option<u64>,
    }
}

outputs! {
    /// A series on a grid.
    Carried for oracle::Carried {
        /// The value at each moment; NaN before the first and where it is too old.
        #[tsify(type = "Float64Array")]
        values: Vec<Option<f64>> = Rows,
        /// Seconds since the last value was known, also where it is too old; NaN before the first.
        #[tsify(type = "Float64Array")]
        staleness_secs: Vec<Option<u64>> = Rows,
    }
}

/// The moments, whole multiples of the step, at which all of several series are under way.
///
/// start = ⌈latest first / step⌉ · step; the last one is at most the earliest last. Refused
/// where they have no moment in common, or more than 2 ** 24.
///
/// ```js
/// const grid = oracle.commonGrid({ spans: [{ firstSecs: 61, lastSecs: 1000 }, { firstSecs: 0, lastSecs: 359 }] });
/// grid.startSecs // 120
/// grid.count // 4
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = commonGrid, unchecked_return_type = "Grid")]
pub fn common_grid(
    #[wasm_bindgen(unchecked_param_type = "CommonGridInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |CommonGridInput { spans, step_secs }| {
        let spans: Vec<_> = spans.iter().map(|span| (span.first_secs, span.last_secs)).collect();
        Grid::common(&spans, step_secs)
    })
}

/// The moments of a grid, first to last, seconds since 1970.
///
/// ```js
/// oracle.moments({ grid: { startSecs: 120, stepSecs: 60, count: 3 } })[2] // 240
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Float64Array")]
pub fn moments(#[wasm_bindgen(unchecked_param_type = "OnGrid")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |OnGrid { grid }| Ok(Column(grid.moments().map_err(placed)?.collect())))
}

/// The answers of rounds as prices in doubles.
///
/// Refused where an answer is not above 0, where ids leave a gap or times run backwards.
///
/// ```js
/// const rounds = { ids: [1n], answers: [150000000n], updatedAtSecs: Float64Array.of(60) };
/// oracle.answers({ rounds, decimals: 8 }).values[0] // 1.5
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Prices")]
pub fn answers(
    #[wasm_bindgen(unchecked_param_type = "AnswersInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |AnswersInput { rounds, decimals }| {
        let rounds = rounds.rounds()?;
        let feed = RoundHistory::new(&rounds).map_err(placed)?;
        let answers = feed.answers(decimals).map_err(placed)?;
        Ok(Prices::of((feed.times(), answers)))
    })
}

/// The last value known at each moment of a grid.
///
/// The value at t is that of the last row with time + knownAfterSecs ≤ t. Nothing is carried
/// backwards: before the first row there is none, NaN.
///
/// ```js
/// const carried = oracle.carryForward({
///   times: Float64Array.of(60, 90), values: Float64Array.of(1.5, 1.6),
///   grid: { startSecs: 60, stepSecs: 60, count: 2 },
/// });
/// carried.values[1] // 1.6
/// carried.stalenessSecs[1] // 30
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = carryForward, unchecked_return_type = "Carried")]
pub fn carry_forward(
    #[wasm_bindgen(unchecked_param_type = "CarryInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: CarryInput| {
        let carry = Carry {
            known_after_secs: i.known_after_secs,
            max_staleness_secs: i.max_staleness_secs,
        };
        oracle::carry_forward(&i.times.0, &i.values.0, &i.grid, carry).map_err(placed)
    })
}
