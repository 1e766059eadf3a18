//! The losses of many settings over many windows.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::Float64Array;
use super::candles::Series;
use super::run::{SettingsInput, settings};
use super::windows::WindowColumns;
use crate::error::Error;
use crate::fixed::{I256, U256};
use crate::sim::{self, Parameter, Partial, Progress, Search, Worst};
use crate::wasm::column::Column;
use crate::wasm::reader::inputs;
use crate::wasm::words::words;
use crate::wasm::writer::ToWords;
use crate::wasm::{answer, call, call_with_columns};

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** How the worst windows are found: all are simulated; only those that may be among the worst, with
 * the same result; all, and each is held against its bound. */
export type Search = "every" | "pruned" | "checked";

/** What a scan varies. */
export type Parameter = "A" | "fee" | "bands" | "dynamicFeeMultiplier" | "halfLifeSecs" | "emaTimeSecs";
"#;

words! {
    Search { "every" Every "pruned" Pruned "checked" Checked }
    Parameter {
        "A" A "fee" Fee "bands" Bands "dynamicFeeMultiplier" DynamicFeeMultiplier
        "halfLifeSecs" HalfLifeSecs "emaTimeSecs" EmaTimeSecs
    }
}

impl ToWords for i128 {
    fn put(&self, out: &mut Vec<u64>) {
        let magnitude = U256::from(self.unsigned_abs());
        I256::new(*self < 0, magnitude).unwrap_or(I256::ZERO).put(out);
    }
}

inputs! {
    /// A sweep, or a part of one.
    LossTailsInput for LossTailsInput {
        /// The candles of the whole series.
        #[tsify(type = "Candles")]
        candles: Series,
        /// The oracle price during each of them; where settings say by what time it averages, what
        /// it averages over the whole series.
        oracle: Float64Array,
        /// The windows.
        #[tsify(type = "Windows")]
        windows: WindowColumns,
        /// The settings.
        #[tsify(type = "Settings[]")]
        grid: Vec<SettingsInput>,
        /// How many of the worst windows are kept.
        kept: usize,
        /// How they are found.
        #[tsify(type = "Search")]
        search: Search,
    }

    /// The worst windows, the largest loss first.
    WorstWindows for WorstColumns {
        /// Their losses.
        loss: Float64Array,
        /// When the first candle of each began, in seconds since 1970.
        start_secs: Float64Array,
        /// When the last candle of each began.
        end_secs: Float64Array,
    }

    /// How much work some windows were.
    Effort for sim::Effort {
        /// Minutes that were simulated.
        #[tsify(type = "number")]
        minutes: u64,
        /// Minutes of all windows.
        #[tsify(type = "number")]
        minutes_in_all: u64,
        /// Windows whose loss was above its bound: all were simulated then.
        #[tsify(type = "number")]
        violations: u64,
    }

    /// The losses of some windows: how many, their sum, and the worst of them.
    LossTail for LossTailColumns {
        /// How many of the worst windows are kept.
        #[tsify(type = "number")]
        kept: usize,
        /// How many windows these are.
        #[tsify(type = "number")]
        windows: u64,
        /// The sum of their losses in units of 2^-64, absent where not every loss was computed. An
        /// integer, since sums of doubles depend on their order.
        #[tsify(optional, type = "bigint")]
        sum: Option<i128>,
        /// The worst of them.
        #[tsify(type = "WorstWindows")]
        worst: WorstColumns,
        /// How much work it was.
        #[tsify(type = "Effort")]
        effort: sim::Effort,
    }

    /// Parts of one sweep.
    MergeInput for MergeInput {
        /// The parts, in any order.
        #[tsify(type = "LossTail[]")]
        tails: Vec<LossTailColumns>,
    }

    /// The settings to vary.
    ScanInput for ScanInput {
        /// The settings; scans of scans are grids in two.
        #[tsify(type = "Settings[]")]
        of: Vec<SettingsInput>,
        /// What is varied.
        #[tsify(type = "Parameter")]
        parameter: Parameter,
        /// Its values: at most 10 000 settings come of them.
        values: Vec<f64>,
    }
}

struct WorstColumns {
    loss: Column<f64>,
    start_secs: Column<f64>,
    end_secs: Column<f64>,
}

impl ToWords for WorstColumns {
    fn put(&self, out: &mut Vec<u64>) {
        self.loss.put(out);
        self.start_secs.put(out);
        self.end_secs.put(out);
    }
}

pub(super) struct LossTailColumns {
    kept: usize,
    windows: u64,
    sum: Option<i128>,
    worst: WorstColumns,
    effort: sim::Effort,
}

impl From<LossTailColumns> for Partial {
    fn from(tail: LossTailColumns) -> Self {
        let WorstColumns { loss, start_secs, end_secs } = tail.worst;
        let times = start_secs.0.into_iter().zip(end_secs.0);
        let worst = loss.0.into_iter().zip(times);
        Self {
            kept: tail.kept,
            windows: tail.windows,
            sum: tail.sum,
            worst: worst
                .map(|(loss, (start_secs, end_secs))| Worst { loss, start_secs, end_secs })
                .collect(),
            effort: tail.effort,
        }
    }
}

/// In the order of `LossTail` in TypeScript.
impl ToWords for Partial {
    fn put(&self, out: &mut Vec<u64>) {
        let column = |field: fn(&Worst) -> f64| Column(self.worst.iter().map(field).collect());
        self.kept.put(out);
        self.windows.put(out);
        self.sum.put(out);
        column(|worst| worst.loss).put(out);
        column(|worst| worst.start_secs).put(out);
        column(|worst| worst.end_secs).put(out);
        self.effort.minutes.put(out);
        self.effort.minutes_in_all.put(out);
        self.effort.violations.put(out);
    }
}

/// The settings with each of the values of a parameter.
///
/// ```js
/// const settings = { A: 100, bands: 4, fee: 0.006, feeModel: "v1" };
/// sim.scan({ of: [settings], parameter: "A", values: [50, 100] })[0].A // 50
/// ```
#[wasm_bindgen(js_namespace = sim, unchecked_return_type = "Settings[]")]
pub fn scan(#[wasm_bindgen(unchecked_param_type = "ScanInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: ScanInput| {
        // As many as a list that comes in may have: they could not be given on.
        if i.of.len().saturating_mul(i.values.len()) > 10_000 {
            return Err(Error::invalid(&"values", &"few enough to make 10000 settings at most"));
        }
        sim::scan(&settings(i.of)?, i.parameter, &i.values)
    })
}

/// The worst losses over some windows, for each of the settings, on this thread; `sweep` of
/// "llamath/risk/sweep" splits them over workers.
///
/// ```js
/// const lines = [100, 98, 95, 90, 95, 98, 100].map((p, i) => [60 * i, p, p * 1.001, p * 0.999, p].join()).join("\n");
/// const { candles } = sim.readCandles({ text: new TextEncoder().encode(lines) });
/// const grid = [{ A: 100, bands: 4, fee: 0.006, feeModel: "v1" }];
/// const windows = sim.windowsByRows({ rows: 7, length: 5 });
/// sim.lossTails({ candles, oracle: candles.close, windows, grid, kept: 1, search: "every" })[0].windows // 3
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = lossTails, unchecked_return_type = "LossTail[]")]
pub fn loss_tails(
    #[wasm_bindgen(unchecked_param_type = "LossTailsInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: LossTailsInput| {
        let windows = i.windows.windows();
        let grid = settings(i.grid)?;
        sim::loss_tails(&i.candles.0, &i.oracle.0, &windows, &grid, i.kept, i.search)
    })
}

/// `lossTails` for the workers of `sweep`: `report` is called with the share of a setting that is
/// done, and with the answer for each, so that all of them share one copy of the series.
#[wasm_bindgen(js_name = lossTailsWith, skip_typescript)]
pub fn loss_tails_with(
    input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
    report: &js_sys::Function,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: LossTailsInput| {
        let windows = i.windows.windows();
        let grid = settings(i.grid)?;
        let mut say = |progress| {
            let said = match progress {
                Progress::Share(share) => JsValue::from(share),
                Progress::Tail(tail) => js_sys::BigUint64Array::from(&answer(tail)[..]).into(),
            };
            // What it throws would be its own defect: the result does not depend on it.
            let _ = report.call1(&JsValue::UNDEFINED, &said);
        };
        let (candles, oracle) = (&i.candles.0, &i.oracle.0);
        sim::loss_tails_with(candles, oracle, &windows, &grid, i.kept, i.search, &mut say)?;
        // All was said.
        Ok(Vec::<Partial>::new())
    })
}

/// Parts of one sweep as a whole: the same for any split and any order.
///
/// ```js
/// const worst = { loss: Float64Array.of(0.2), startSecs: Float64Array.of(0), endSecs: Float64Array.of(60) };
/// const tail = { kept: 1, windows: 10, worst, effort: { minutes: 0, minutesInAll: 0, violations: 0 } };
/// sim.mergeTails({ tails: [tail, tail] }).windows // 20
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = mergeTails, unchecked_return_type = "LossTail")]
pub fn merge_tails(
    #[wasm_bindgen(unchecked_param_type = "MergeInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: MergeInput| {
        let merged = i.tails.into_iter().map(Partial::from).reduce(|a, b| a.merge(&b));
        merged.ok_or(Error::invalid(&"tails", &"at least one"))
    })
}
