//! What is measured on series.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::farm::YEAR_SECS;
use crate::oracle::{self, Divisor};
use crate::wasm::call_with_columns;
use crate::wasm::column::{Column, Rows};
use crate::wasm::reader::inputs;
use crate::wasm::stored::stored;
use crate::wasm::words::words;
use crate::wasm::writer::outputs;

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** What a sum of squared deviations is divided by: the count less one, as of a sample, or the count. */
export type Divisor = "countLessOne" | "count";
"#;

words! {
    Divisor { "countLessOne" CountLessOne "count" Count }
}

inputs! {
    /// A feed and a reference: two columns of one length.
    MetricsInput for MetricsInput {
        /// The feed; NaN where it has no value.
        #[tsify(type = "Float64Array")]
        feed: Column<Option<f64>>,
        /// What it is held against; NaN where it has no value.
        #[tsify(type = "Float64Array")]
        reference: Column<Option<f64>>,
        /// What sums of squared deviations are divided by; `"countLessOne"` if absent.
        #[tsify(optional, type = "Divisor")]
        divisor: Divisor = Divisor::CountLessOne,
    }

    /// A feed and a reference: two columns of one length.
    LagsInput for LagsInput {
        /// The feed; NaN where it has no value.
        #[tsify(type = "Float64Array")]
        feed: Column<Option<f64>>,
        /// What it is held against; NaN where it has no value.
        #[tsify(type = "Float64Array")]
        reference: Column<Option<f64>>,
        /// The furthest shift in steps, in both directions; below the length of the feed.
        max_steps: usize,
    }

    /// A feed on a grid.
    LogVolatilityInput for LogVolatilityInput {
        /// The feed, above 0; NaN where it has no value.
        #[tsify(type = "Float64Array")]
        feed: Column<Option<f64>>,
        /// Seconds of a step of the grid, above 0.
        step_secs: u64,
        /// Seconds of a year, above 0; 31536000 (365 days) if absent.
        #[tsify(optional)]
        year_secs: f64 = YEAR_SECS,
    }

    /// A feed on a grid.
    RunsInput for RunsInput {
        /// The feed; NaN where it has no value.
        #[tsify(type = "Float64Array")]
        feed: Column<Option<f64>>,
    }

    /// Times of rounds.
    RoundGapsInput for RoundGapsInput {
        /// Seconds since 1970, in order, at least two.
        #[tsify(type = "Float64Array")]
        times: Column<u64>,
    }

    /// Some numbers and a part of them.
    QuantileInput for QuantileInput {
        /// The numbers, in any order.
        #[tsify(type = "Float64Array")]
        values: Column<f64>,
        /// The part, 0 to 1.
        part: f64,
    }
}

stored! {
    /// Percentiles of some lengths.
    Percentiles for oracle::Percentiles {
        /// A quarter of them is at most this.
        p25: f64,
        /// The median.
        p50: f64,
        /// Three quarters of them are at most this.
        p75: f64,
        /// Nine tenths of them are at most this.
        p90: f64,
        /// The longest.
        max: f64,
    }

    /// A feed against a reference; d = feed − reference at a moment.
    Metrics for oracle::Metrics {
        /// Moments at which both have a value.
        count: usize,
        /// Mean of d, in the unit of the feed.
        mean_difference: f64,
        /// Variance of d, in the square of the unit; absent where it is undefined.
        #[tsify(optional)]
        variance_difference: Option<f64>,
        /// Standard deviation of the feed itself, in its unit; absent where it is undefined.
        #[tsify(optional)]
        volatility: Option<f64>,
        /// Pearson's correlation of feed and reference; absent where either is constant.
        #[tsify(optional)]
        correlation: Option<f64>,
        /// √(mean of d²), in the unit of the feed.
        rmse: f64,
        /// Mean of |d|, in the unit of the feed.
        mae: f64,
        /// The largest |d|, in the unit of the feed.
        worst: f64,
        /// The first row with it.
        worst_row: usize,
    }

    /// A feed's correlation with the reference of some steps before.
    Lag for oracle::Lag {
        /// How many steps before: above 0, the feed is behind.
        #[tsify(type = "number")]
        steps: i64,
        /// Pearson's correlation at this shift; absent where either part is constant.
        #[tsify(optional)]
        correlation: Option<f64>,
    }
}

outputs! {
    /// The correlations of a feed at every shift.
    Lags {
        /// From the most negative shift to the most positive.
        #[tsify(type = "Lag[]")]
        lags: Vec<oracle::Lag>,
        /// The shift of the highest correlation, the nearest to 0 of equal ones; absent where all
        /// are undefined.
        #[tsify(optional, type = "Lag")]
        best: Option<oracle::Lag>,
    }

    /// How much a feed moves.
    LogVolatility {
        /// The standard deviation of ln(xₜ/xₜ₋₁), times √(year/step); absent for fewer than two returns.
        #[tsify(optional)]
        yearly: Option<f64>,
    }

    /// How long a feed stands still on a grid.
    Runs for oracle::Runs {
        /// Lengths of the runs of equal values, in steps of the grid, first to last.
        #[tsify(type = "Float64Array")]
        lengths: Vec<usize> = Rows,
        /// Over the runs: what a tenth of them exceeds.
        per_run: Percentiles,
        /// Over the time: how long the run is that one meets at a moment taken at random.
        time_weighted: Percentiles,
    }
}

/// Measures a feed against a reference over the rows at which both have a value.
///
/// Means are summed without loss and deviations taken from them, in a scale in which no square
/// vanishes: a spread of 10⁻³ around 10⁹ keeps its digits. Refused where no row is shared.
///
/// ```js
/// const found = oracle.metrics({
///   feed: Float64Array.of(3, NaN, 5, 10), reference: Float64Array.of(2, 7, 4, 12), divisor: "count",
/// });
/// found.count // 3
/// found.varianceDifference // 2
/// found.worstRow // 3
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Metrics")]
pub fn metrics(
    #[wasm_bindgen(unchecked_param_type = "MetricsInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |MetricsInput { feed, reference, divisor }| {
        oracle::metrics(&feed.0, &reference.0, divisor)
    })
}

/// The correlations of a feed with the reference shifted by up to `maxSteps` rows in both
/// directions, and the best of them: how far the feed runs behind.
///
/// ```js
/// const reference = Float64Array.of(1, 2, 4, 3, 7, 5);
/// const feed = Float64Array.of(9, 1, 2, 4, 3, 7);
/// oracle.lags({ feed, reference, maxSteps: 2 }).best.steps // 1
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Lags")]
pub fn lags(
    #[wasm_bindgen(unchecked_param_type = "LagsInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |LagsInput { feed, reference, max_steps }| {
        let lags = oracle::lags(&feed.0, &reference.0, max_steps)?;
        Ok(Lags { best: oracle::best_lag(&lags), lags })
    })
}

/// The volatility of a feed's returns, a year's worth, over neighbouring rows that both have a
/// value.
///
/// ```js
/// const feed = Float64Array.of(1, 2, 1, 2, 1);
/// oracle.logVolatility({ feed, stepSecs: 60, yearSecs: 60 }).yearly.toFixed(4) // "0.8004"
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = logVolatility, unchecked_return_type = "LogVolatility")]
pub fn log_volatility(
    #[wasm_bindgen(unchecked_param_type = "LogVolatilityInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |LogVolatilityInput { feed, step_secs, year_secs }| {
        Ok(LogVolatility { yearly: oracle::log_volatility(&feed.0, step_secs, year_secs)? })
    })
}

/// The runs of equal values of a feed on a grid: how long it stands still.
///
/// A row without a value ends a run and belongs to none. Percentiles of runs are R-7
/// (`oracle.quantile`); of time, the length L such that runs of up to L make up the part q of it or
/// more. "A quarter of the time the price stood still for up to L" is the latter.
///
/// ```js
/// const { lengths, perRun, timeWeighted } = oracle.runs({ feed: Float64Array.of(1, 1, 1, 2, 3) });
/// Array.from(lengths) // [3,1,1]
/// perRun.p50 // 1
/// timeWeighted.p50 // 3
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Runs")]
pub fn runs(
    #[wasm_bindgen(unchecked_param_type = "RunsInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |RunsInput { feed }| oracle::runs(&feed.0))
}

/// Percentiles of the seconds between the rounds of a feed, R-7.
///
/// ```js
/// oracle.roundGaps({ times: Float64Array.of(0, 10, 40) }).p50 // 20
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = roundGaps, unchecked_return_type = "Percentiles")]
pub fn round_gaps(
    #[wasm_bindgen(unchecked_param_type = "RoundGapsInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |RoundGapsInput { times }| oracle::round_gaps(&times.0))
}

/// The quantile R-7 of some numbers: between the two neighbours of place (n − 1)·part, in a
/// straight line.
///
/// ```js
/// oracle.quantile({ values: Float64Array.of(4, 1, 2, 3), part: 0.5 }) // 2.5
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "number")]
pub fn quantile(
    #[wasm_bindgen(unchecked_param_type = "QuantileInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |QuantileInput { values, part }| {
        oracle::quantile(&values.0, part)
    })
}
