//! Feeds against one reference.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::measure::{Lag, Metrics};
use super::placed;
use crate::oracle::{self, Divisor, Grid, Measure};
use crate::wasm::call_with_columns;
use crate::wasm::column::{Column, Rows};
use crate::wasm::reader::inputs;
use crate::wasm::stored::stored;
use crate::wasm::words::words;

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** By what feeds are ranked: the least is the best, of the correlation the highest. */
export type Measure = "meanDifference" | "varianceDifference" | "correlation" | "rmse" | "mae" | "worst";
"#;

words! {
    Measure {
        "meanDifference" MeanDifference "varianceDifference" VarianceDifference
        "correlation" Correlation "rmse" Rmse "mae" Mae "worst" Worst
    }
}

inputs! {
    /// A feed on a grid.
    Feed for Feed {
        /// What it is, such as `"Chainlink, 10-minute EMA as deployed"`.
        name: String,
        /// Its value at each moment; NaN where it has none.
        #[tsify(type = "Float64Array")]
        values: Column<Option<f64>>,
    }

    /// What is compared, and how.
    CompareInput for CompareInput {
        /// The moments.
        #[tsify(type = "Grid")]
        grid: Grid,
        /// What the feeds are held against.
        reference: Feed,
        /// The feeds, at least one.
        #[tsify(type = "Feed[]")]
        feeds: Vec<Feed>,
        /// What sums of squared deviations are divided by; `"countLessOne"` if absent.
        #[tsify(optional, type = "Divisor")]
        divisor: Divisor = Divisor::CountLessOne,
        /// How many steps a lag is searched for, in both directions; for none if absent.
        #[tsify(optional)]
        max_lag_steps: usize = 0,
    }
}

stored! {
    /// What a feed came to.
    FeedReport for oracle::FeedReport {
        /// What it is.
        name: String,
        /// Over the moments that all feeds and the reference share.
        metrics: Metrics,
        /// The time of the worst difference, seconds since 1970.
        worst_at_secs: u64,
        /// The shift at which it correlates best, over all moments that it shares with the
        /// reference; absent where it was not searched for or is undefined.
        #[tsify(optional, type = "Lag")]
        lag: Option<Lag>,
    }

    /// The order of the feeds by one measure.
    Ranking for oracle::Ranking {
        /// By what.
        #[tsify(type = "Measure")]
        measure: Measure,
        /// The place of each feed, from 1 on, equal ones sharing it; NaN where the measure is
        /// undefined.
        #[tsify(type = "Float64Array")]
        places: Vec<Option<usize>> = Rows,
    }

    /// A comparison, and over what it was made.
    Comparison for oracle::Comparison {
        /// What the feeds are held against.
        reference: String,
        /// The first moment compared, seconds since 1970.
        from_secs: u64,
        /// The last moment compared.
        to_secs: u64,
        /// Seconds between moments.
        step_secs: u64,
        /// Moments compared: the reference and every feed have a value.
        compared: usize,
        /// Moments of the grid that were left out.
        left_out: usize,
        /// What sums of squared deviations were divided by.
        #[tsify(type = "Divisor")]
        divisor: Divisor,
        /// One for each feed, in their order.
        #[tsify(type = "FeedReport[]")]
        feeds: Vec<oracle::FeedReport>,
        /// One for each measure. None of them is a verdict.
        #[tsify(type = "Ranking[]")]
        rankings: Vec<oracle::Ranking>,
    }
}

/// Holds feeds against a reference over the moments at which all of them have a value: a ranking
/// over different moments would be none. It ranks by each measure and names no winner.
///
/// ```js
/// const grid = { startSecs: 60, stepSecs: 60, count: 3 };
/// const found = oracle.compare({
///   grid, reference: { name: "spot", values: Float64Array.of(100, 101, 102) },
///   feeds: [
///     { name: "far", values: Float64Array.of(90, 90, 90) },
///     { name: "near", values: Float64Array.of(100, 101, 103) },
///   ],
/// });
/// Array.from(found.rankings.find(({ measure }) => measure === "rmse").places) // [2,1]
/// found.feeds[1].worstAtSecs // 180
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Comparison")]
pub fn compare(
    #[wasm_bindgen(unchecked_param_type = "CompareInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: CompareInput| {
        let feeds: Vec<_> = i.feeds.iter().map(Feed::borrowed).collect();
        oracle::compare(&oracle::CompareInput {
            grid: i.grid,
            reference: i.reference.borrowed(),
            feeds: &feeds,
            divisor: i.divisor,
            max_lag_steps: i.max_lag_steps,
        })
        .map_err(|error| match error.kind() {
            // A lag is searched for under the name that it has by itself.
            crate::ErrorKind::Invalid { field: &"max_steps", .. } => {
                crate::Error::invalid(&"max_lag_steps", &"below the number of moments")
            }
            _ => placed(error),
        })
    })
}

impl Feed {
    fn borrowed(&self) -> oracle::Feed<'_> {
        oracle::Feed { name: &self.name, values: &self.values.0 }
    }
}
