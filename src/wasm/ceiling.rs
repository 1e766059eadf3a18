//! `ceiling` for JavaScript.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::column::{Column, Rows, Text};
use super::ema::{self, StoredEma};
use super::places::{self, Place};
use super::reader::inputs;
use super::stored::stored;
use super::writer::outputs;
use super::{call, call_with_columns};
use crate::ceiling::{self, CeilingInput, LiquidityUnit};
use crate::error::{Error, Result};

stored! {
    /// The liquidity of pools over time: three columns of one length.
    LiquidityRows for Liquidity {
        /// The pool of each row, by a number from 0 on.
        #[tsify(type = "Float64Array")]
        pools: Vec<usize> = Rows,
        /// Seconds since 1970, in order for each pool; of rows with equal times the last one counts.
        #[tsify(type = "Float64Array")]
        times: Vec<u64> = Rows,
        /// What the collateral can be swapped for in the pool: in USD, or in tokens throughout. NaN
        /// is a row without a figure: `ceiling.quality` reports it, `ceiling.dailyLiquidity` refuses it.
        #[tsify(type = "Float64Array")]
        values: Vec<Option<f64>> = Rows,
    }

    /// A debt ceiling, and what it came from.
    DebtCeiling for ceiling::DebtCeiling {
        /// The name of the average.
        convention: String,
        /// The average after each row, in the unit of the liquidity; NaN for gaps at the start and
        /// the warm-up.
        #[tsify(type = "Float64Array")]
        ema: Vec<Option<f64>> = Rows,
        /// The least average, in the unit of the liquidity.
        minimum: f64,
        /// Its first row.
        minimum_row: usize,
        /// Its time, seconds since 1970.
        minimum_at_secs: u64,
        /// Its UTC date.
        minimum_date: String,
        /// share · minimum, in the unit of the liquidity.
        ceiling: f64,
        /// The same in USD.
        ceiling_usd: f64,
        /// The same, rounded down to so many digits.
        rounded_usd: f64,
    }
}

/// Liquidity, column by column.
struct Liquidity {
    pools: Vec<usize>,
    times: Vec<u64>,
    values: Vec<Option<f64>>,
}

impl Liquidity {
    /// What is asked of the rows as the core has them.
    fn with_rows<T>(self, ask: impl FnOnce(&ceiling::LiquidityRows<'_>) -> Result<T>) -> Result<T> {
        const PLACES: &[Place] = &[
            ("pools", &"rows", &"pools"),
            ("times", &"rows", &"times"),
            ("values", &"rows", &"values"),
        ];
        let values: Vec<_> = self.values.iter().map(|value| value.unwrap_or(f64::NAN)).collect();
        let rows =
            ceiling::LiquidityRows { pools: &self.pools, times: &self.times, values: &values };
        ask(&rows).map_err(|error| places::placed(error, PLACES))
    }
}

inputs! {
    /// A file with liquidity.
    LiquidityFileInput for LiquidityFileInput {
        /// Its bytes, decompressed (`unzip`): text in UTF-8, at most 200 MB.
        #[tsify(type = "Uint8Array")]
        text: Text,
    }

    /// Liquidity.
    QualityInput for QualityInput {
        /// Its rows.
        #[tsify(type = "LiquidityRows")]
        rows: Liquidity,
    }

    /// Liquidity, and how it is carried forward.
    DailyInput for DailyInput {
        /// Its rows.
        #[tsify(type = "LiquidityRows")]
        rows: Liquidity,
        /// Days for which the last value of a pool stands in for a missing one; 0 for none.
        max_carry_days: u64,
    }

    /// What "an EMA of so many days" may mean.
    ConventionsInput for ConventionsInput {
        /// Days, above 1.
        days: f64,
        /// Rows that must have had a value before an average has one: its warm-up; none if absent.
        #[tsify(optional)]
        min_periods: usize = 0,
    }

    /// What a debt ceiling is estimated from.
    EstimateInput for EstimateInput {
        /// Seconds since 1970, each after the one before.
        #[tsify(type = "Float64Array")]
        times: Column<u64>,
        /// Liquidity at each time; NaN for a gap.
        #[tsify(type = "Float64Array")]
        liquidity: Column<Option<f64>>,
        /// Which average; `ceiling.conventions` lists the usual ones.
        #[tsify(type = "Ema")]
        ema: StoredEma,
        /// The part of the least average that may be lent, 0 to 1: 0.2 is usual.
        share: f64,
        /// Significant digits that are kept of the ceiling, 1 to 15.
        digits: u32,
        /// Price of a token in USD, above 0, if liquidity is counted in tokens: the average is then
        /// free of the token's price. Absent if it is counted in USD.
        #[tsify(optional)]
        price_usd: Option<f64>,
    }
}

outputs! {
    /// The liquidity of a file.
    LiquidityFile {
        /// The names of the pools, in the order in which they come up; one without a name where the
        /// file has no column for them.
        #[tsify(type = "string[]")]
        names: Vec<String>,
        /// Its rows; the pool is its place among the names.
        #[tsify(type = "LiquidityRows")]
        rows: Liquidity,
    }

    /// The liquidity of all pools on each day from the first to the last.
    DailyLiquidity for ceiling::DailyLiquidity {
        /// The beginning of each UTC day, seconds since 1970.
        #[tsify(type = "Float64Array")]
        times: Vec<u64> = Rows,
        /// The sum over the pools; NaN where one of them has no figure, since the sum of the rest
        /// would look like a fall.
        #[tsify(type = "Float64Array")]
        totals: Vec<Option<f64>> = Rows,
        /// Figures of a pool for a day that were carried forward from a day before.
        carried: usize,
        /// Figures that are missing: of a pool before its first row or beyond what is carried.
        missing: usize,
    }

    /// Days without a value between two that have one.
    Gap for ceiling::Gap {
        /// The pool.
        pool: usize,
        /// The beginning of the first of them, seconds since 1970.
        from_secs: u64,
        /// How many.
        days: u64,
    }

    /// Days that leap away by more than a factor of 3 and come back within a week.
    Outlier for ceiling::Outlier {
        /// The pool.
        pool: usize,
        /// The beginning of the first of them, seconds since 1970.
        from_secs: u64,
        /// How many days until it is back.
        days: u64,
        /// The first of them over the day before.
        factor: f64,
    }

    /// What is odd about the liquidity of pools. Rows count from 0.
    Quality for ceiling::Quality {
        /// Rows in all.
        rows: usize,
        /// Days that have a value, of all pools together.
        days: usize,
        /// Rows without a figure of at least 0, or whose time is after the year 9999.
        #[tsify(type = "Float64Array")]
        invalid: Vec<usize> = Rows,
        /// Rows with the pool and time of an earlier row.
        #[tsify(type = "Float64Array")]
        duplicates: Vec<usize> = Rows,
        /// Rows that are before the latest one above them of their pool.
        #[tsify(type = "Float64Array")]
        disorder: Vec<usize> = Rows,
        /// Days that a pool is missing.
        #[tsify(type = "Gap[]")]
        gaps: Vec<Gap>,
        /// Days that stick out.
        #[tsify(type = "Outlier[]")]
        outliers: Vec<Outlier>,
    }

    /// An average by its name.
    Convention {
        /// Such as `"span 7, adjusted"`.
        name: String,
        /// The average.
        #[tsify(type = "Ema")]
        ema: StoredEma,
    }
}

/// The liquidity of a file: CSV, or JSON as services write tables.
///
/// Columns `date` (or `timestamp`, `time`, `t`: seconds since 1970 or a UTC date), `pool` and `usd`
/// (or `liquidity`, `tvl`, `value`); in a table without names in that order, or time and value
/// alone. Without a column for pools all rows are of one. An error names the column and the row,
/// which counts from 0 below the header.
///
/// ```js
/// const text = new TextEncoder().encode("date,pool,usd\n2024-02-29,A,1e6\n2024-02-29,B,2e6\n2024-03-01,A,3e6");
/// const { names, rows } = ceiling.readLiquidity({ text });
/// names // ["A","B"]
/// rows.values[2] // 3000000
/// ```
#[wasm_bindgen(js_namespace = ceiling, js_name = readLiquidity, unchecked_return_type = "LiquidityFile")]
pub fn read_liquidity(
    #[wasm_bindgen(unchecked_param_type = "LiquidityFileInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |LiquidityFileInput { text }| {
        let file = ceiling::read_liquidity(&text.0)?;
        let values = file.values.into_iter().map(Some).collect();
        let rows = Liquidity { pools: file.pools, times: file.times, values };
        Ok(LiquidityFile { names: file.names, rows })
    })
}

/// The liquidity of all pools by UTC day: of each the last value of the day, carried forward for at
/// most `maxCarryDays` days. Where a pool has no figure the day is a gap, NaN.
///
/// ```js
/// const day = 86400;
/// const rows = {
///   pools: Float64Array.of(0, 1, 0, 0, 1), times: Float64Array.of(0, 60, day, day + 9, 2 * day),
///   values: Float64Array.of(1, 10, 2, 3, 20),
/// };
/// const daily = ceiling.dailyLiquidity({ rows, maxCarryDays: 1 });
/// Array.from(daily.totals) // [11,13,23]
/// daily.carried // 2
/// ```
#[wasm_bindgen(js_namespace = ceiling, js_name = dailyLiquidity, unchecked_return_type = "DailyLiquidity")]
pub fn daily_liquidity(
    #[wasm_bindgen(unchecked_param_type = "DailyInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |DailyInput { rows, max_carry_days }| {
        rows.with_rows(|rows| ceiling::daily_liquidity(rows, max_carry_days))
    })
}

/// What is odd about the liquidity of pools: rows that are invalid, doubled or out of order, days
/// that are missing, days that stick out. Nothing is corrected.
///
/// Gaps and outliers are those of the valid rows of a pool in the order of time.
///
/// ```js
/// const times = Float64Array.of(0, 1, 2, 4).map((day) => day * 86400);
/// const rows = { pools: new Float64Array(4), times, values: Float64Array.of(100, 10, 100, 90) };
/// const { gaps, outliers } = ceiling.quality({ rows });
/// gaps[0].days // 1
/// outliers[0].factor // 0.1
/// ```
#[wasm_bindgen(js_namespace = ceiling, unchecked_return_type = "Quality")]
pub fn quality(
    #[wasm_bindgen(unchecked_param_type = "QualityInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |QualityInput { rows }| rows.with_rows(ceiling::quality))
}

/// The averages that "an EMA of so many days" is read as, for a series with a row a day: span
/// (adjusted, and from the first value), alpha = 1/days, half-life (adjusted), time constant and
/// half-life by time. None of them is a default.
///
/// ```js
/// ceiling.conventions({ days: 7, minPeriods: 7 })[0].name // "span 7, adjusted, warm-up 7"
/// ```
#[wasm_bindgen(js_namespace = ceiling, unchecked_return_type = "Convention[]")]
pub fn conventions(
    #[wasm_bindgen(unchecked_param_type = "ConventionsInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |ConventionsInput { days, min_periods }| {
        // As the least span of the first two has it.
        if days.is_nan() || days < 1.0 {
            return Err(Error::invalid(&"days", &"a number of at least 1"));
        }
        let named =
            |ema: &_| Convention { name: crate::ema::Ema::name(ema), ema: StoredEma::of(ema) };
        Ok(ceiling::conventions(days, min_periods).each_ref().map(named))
    })
}

/// The debt ceiling for a series of liquidity: share · least average, in USD rounded down to a few
/// digits.
///
/// The answer names the average, since readings of "a 7-day EMA" differ by 2 to 8 % on ordinary
/// data and by far more on a glitch.
///
/// ```js
/// const found = ceiling.estimate({
///   times: Float64Array.of(0, 86400, 172800), liquidity: Float64Array.of(5e6, 1e6, 9e6),
///   ema: { memory: "span", value: 7, adjust: false }, share: 0.2, digits: 2,
/// });
/// found.convention // "span 7, from the first value"
/// found.minimumDate // "1970-01-02"
/// found.roundedUsd // 800000
/// ```
#[wasm_bindgen(js_namespace = ceiling, unchecked_return_type = "DebtCeiling")]
pub fn estimate(
    #[wasm_bindgen(unchecked_param_type = "EstimateInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: EstimateInput| {
        let in_tokens = |price_usd| LiquidityUnit::Tokens { price_usd };
        ceiling::debt_ceiling(&CeilingInput {
            times: &i.times.0,
            liquidity: &i.liquidity.0,
            ema: i.ema.ema(),
            share: i.share,
            digits: i.digits,
            unit: i.price_usd.map_or(LiquidityUnit::Usd, in_tokens),
        })
        .map_err(|error| places::placed(error, &[ema::PLACE]))
    })
}
