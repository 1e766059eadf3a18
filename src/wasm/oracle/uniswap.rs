//! Uniswap v3 from an observation to a quote.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::{placed, same_length};
use crate::error::Result;
use crate::fixed::U256;
use crate::oracle::{self, Grid, PoolHistory};
use crate::wasm::column::{Column, Rows};
use crate::wasm::reader::{Int64, bigint, inputs};
use crate::wasm::stored::stored;
use crate::wasm::writer::outputs;
use crate::wasm::{call, call_with_columns};

stored! {
    /// Observations of a Uniswap v3 pool, the oldest to the newest: three columns of one length.
    Observations for ObservationColumns {
        /// When each was made, seconds since 1970 modulo 2 ** 32.
        #[tsify(type = "Float64Array")]
        timestamps: Vec<u32> = Rows,
        /// Σ tick · seconds.
        #[tsify(type = "bigint[]")]
        tick_cumulatives: Vec<Int64>,
        /// Σ seconds / liquidity, in units of 2^-128.
        #[tsify(type = "bigint[]")]
        seconds_per_liquidity_x128: Vec<bigint>,
    }
}

/// Observations, column by column.
pub(super) struct ObservationColumns {
    timestamps: Vec<u32>,
    tick_cumulatives: Vec<Int64>,
    seconds_per_liquidity_x128: Vec<U256>,
}

impl ObservationColumns {
    pub(super) fn of(observations: Vec<oracle::Observation>) -> Self {
        let entries = || observations.iter();
        Self {
            timestamps: entries().map(|entry| entry.timestamp).collect(),
            tick_cumulatives: entries().map(|entry| Int64(entry.tick_cumulative)).collect(),
            seconds_per_liquidity_x128: entries()
                .map(|entry| entry.seconds_per_liquidity_x128)
                .collect(),
        }
    }

    /// As the core has them.
    fn observations(self) -> Result<Vec<oracle::Observation>> {
        let columns = [
            (&"tick_cumulatives", self.tick_cumulatives.len()),
            (&"seconds_per_liquidity_x128", self.seconds_per_liquidity_x128.len()),
        ];
        same_length(&"observations", columns, self.timestamps.len())?;
        let rows = self.timestamps.into_iter().zip(self.tick_cumulatives);
        let rows = rows.zip(self.seconds_per_liquidity_x128);
        let entry = |((timestamp, Int64(tick_cumulative)), seconds_per_liquidity_x128)| {
            oracle::Observation { timestamp, tick_cumulative, seconds_per_liquidity_x128 }
        };
        Ok(rows.map(entry).collect())
    }
}

inputs! {
    /// A tick.
    TickInput for TickInput {
        /// From -887272 to 887272.
        tick: i32,
    }

    /// A price's root.
    SqrtRatioInput for SqrtRatioInput {
        /// The root, in units of 2^-96.
        sqrt_ratio: bigint,
    }

    /// An amount at a tick.
    QuoteInput for QuoteInput {
        /// From -887272 to 887272.
        tick: i32,
        /// How much of the base token, in its smallest unit, below 2 ** 128.
        #[tsify(type = "bigint")]
        base_amount: u128,
        /// Whether the base is the pool's token0, the one of the lower address.
        base_is_token0: bool,
    }

    /// Two tokens.
    PairInput for PairInput {
        /// Address of the base token: `0x` and 40 hexadecimal digits.
        base: String,
        /// Address of the quote token.
        quote: String,
    }

    /// A product and what it is divided by.
    MulDivInput for MulDivInput {
        /// A factor.
        a: bigint,
        /// The other one.
        b: bigint,
        /// Above 0.
        divisor: bigint,
    }

    /// A pool's observations, and what it is at since the newest of them.
    PoolInput for PoolInput {
        /// From the oldest to the newest.
        #[tsify(type = "Observations")]
        observations: ObservationColumns,
        /// The present, seconds since 1970 modulo 2 ** 32.
        now: u32,
        /// The pool's tick.
        tick: i32,
        /// Its liquidity in range, below 2 ** 128.
        #[tsify(type = "bigint")]
        liquidity: u128,
    }

    /// How long ago.
    Ago for Ago {
        /// Seconds before the present.
        seconds_ago: u32,
    }

    /// A tick's sums at two moments.
    MeanTickInput for MeanTickInput {
        /// Seconds from the first to the second, above 0.
        seconds_ago: u32,
        /// The cumulated ticks, then and now.
        #[tsify(type = "bigint[]")]
        tick_cumulatives: [Int64; 2],
    }

    /// Sums of seconds per liquidity at two moments.
    MeanLiquidityInput for MeanLiquidityInput {
        /// Seconds from the first to the second, above 0.
        seconds_ago: u32,
        /// The cumulated seconds per liquidity, then and now, below 2 ** 160.
        #[tsify(type = "bigint[]")]
        seconds_per_liquidity_x128: [bigint; 2],
    }

    /// Stretches of time that end at the moments of a grid.
    Stretches for Stretches {
        /// The moments, at most the pool's present.
        #[tsify(type = "Grid")]
        grid: Grid,
        /// Length of the stretch before each of them in seconds, above 0; half an hour is usual, 1800.
        seconds_ago: u32,
    }

    /// How a tick becomes a price: of one whole base token, in whole quote tokens.
    TwapQuote for oracle::TwapQuote {
        /// Whether the base is the pool's token0, the one of the lower address.
        base_is_token0: bool,
        /// Decimals of the base token, at most 38.
        base_decimals: u32,
        /// Decimals of the quote token, at most 77.
        quote_decimals: u32,
    }

    /// A quote at the mean tick of two moments.
    PrecisionInput for PrecisionInput {
        /// Seconds from the first moment to the second, above 0.
        seconds_ago: u32,
        /// The cumulated ticks, then and now.
        #[tsify(type = "bigint[]")]
        tick_cumulatives: [Int64; 2],
        /// How much of the base token, in its smallest unit, above 0, below 2 ** 128.
        #[tsify(type = "bigint")]
        base_amount: u128,
        /// Whether the base is the pool's token0, the one of the lower address.
        base_is_token0: bool,
    }
}

outputs! {
    /// The sums of a pool at one moment.
    Observation for oracle::Observation {
        /// The moment, seconds since 1970 modulo 2 ** 32.
        timestamp: u32,
        /// Σ tick · seconds.
        #[tsify(type = "bigint")]
        tick_cumulative: i64 = big,
        /// Σ seconds / liquidity, in units of 2^-128.
        seconds_per_liquidity_x128: bigint,
    }

    /// The relative errors of one quote; above 0, the quote is too high.
    Precision for oracle::Precision {
        /// The mean tick as the contract rounds it, toward minus infinity.
        tick: i32,
        /// The mean tick before that.
        exact_tick: f64,
        /// The exact price of one smallest unit of the base, in smallest units of the quote.
        exact_price: f64,
        /// What rounding the tick does: down to -1 basis point, or up to 1 if the base is token1.
        tick_error: f64,
        /// What rounding the root of the price does to that root.
        sqrt_error: f64,
        /// What multiplying, dividing and rounding to a unit does: down to -1, the whole amount.
        mul_div_error: f64,
        /// The three together: quote / (base · exact price) - 1.
        total_error: f64,
    }

    /// How large a relative error is over a series.
    ErrorSize for oracle::ErrorSize {
        /// The largest distance from 0.
        largest: f64,
        /// The mean, with its sign.
        mean: f64,
    }

    /// The errors of a series of quotes.
    PrecisionReport for oracle::PrecisionReport {
        /// Quotes in the series.
        count: usize,
        /// Of rounding the tick.
        tick: ErrorSize,
        /// Of rounding the root of the price.
        sqrt: ErrorSize,
        /// Of multiplying, dividing and rounding to a unit.
        mul_div: ErrorSize,
        /// Of all together.
        total: ErrorSize,
    }
}

const fn big(number: &i64) -> Int64 {
    Int64(*number)
}

/// √(1.0001^tick) in units of 2^-96, as Uniswap v3 rounds it: up.
///
/// ```js
/// oracle.sqrtRatioAtTick({ tick: 0 }) // 79228162514264337593543950336n
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = sqrtRatioAtTick, unchecked_return_type = "bigint")]
pub fn sqrt_ratio_at_tick(
    #[wasm_bindgen(unchecked_param_type = "TickInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |TickInput { tick }| oracle::sqrt_ratio_at_tick(tick))
}

/// The highest tick whose root of the price is at most `sqrtRatio`.
///
/// From 4295128739n up to and without 1461446703485210103287273052203988822378723970342n.
///
/// ```js
/// oracle.tickAtSqrtRatio({ sqrtRatio: 2n ** 96n - 1n }) // -1
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = tickAtSqrtRatio, unchecked_return_type = "number")]
pub fn tick_at_sqrt_ratio(
    #[wasm_bindgen(unchecked_param_type = "SqrtRatioInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |SqrtRatioInput { sqrt_ratio }| oracle::tick_at_sqrt_ratio(sqrt_ratio))
}

/// What an amount of one token is worth in the other at a tick, both in their smallest units.
///
/// ⌊ratio·base⌋ if the base is token0, ⌊base/ratio⌋ if it is token1, with the ratio rounded
/// as the contract rounds it.
///
/// ```js
/// // One WETH at a tick of USDC/WETH: 1848.124377 USDC.
/// oracle.quoteAtTick({ tick: 201101, baseAmount: 10n ** 18n, baseIsToken0: false }) // 1848124377n
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = quoteAtTick, unchecked_return_type = "bigint")]
pub fn quote_at_tick(
    #[wasm_bindgen(unchecked_param_type = "QuoteInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |QuoteInput { tick, base_amount, base_is_token0 }| {
        oracle::quote_at_tick(tick, base_amount, base_is_token0)
    })
}

/// Whether the base is the pool's token0: the token of the lower address.
///
/// ```js
/// const weth = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";
/// const usdc = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
/// oracle.baseIsToken0({ base: weth, quote: usdc }) // false
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = baseIsToken0, unchecked_return_type = "boolean")]
pub fn base_is_token0(
    #[wasm_bindgen(unchecked_param_type = "PairInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |PairInput { base, quote }| oracle::base_is_token0(&base, &quote))
}

/// ⌊a · b / divisor⌋, the product in full; refused where the quotient leaves 256 bits.
///
/// ```js
/// oracle.mulDiv({ a: 2n ** 255n, b: 6n, divisor: 2n ** 254n }) // 12n
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = mulDiv, unchecked_return_type = "bigint")]
pub fn mul_div(
    #[wasm_bindgen(unchecked_param_type = "MulDivInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |MulDivInput { a, b, divisor }| oracle::mul_div(a, b, divisor))
}

/// The sums of a pool as they were some seconds ago.
///
/// After the newest observation the pool's tick and liquidity go on; between two the sums go
/// straight, with a whole number of ticks a second. Refused beyond the oldest observation, where
/// the contract says "OLD".
///
/// ```js
/// const observations = {
///   timestamps: Float64Array.of(0, 10), tickCumulatives: [0n, 55n], secondsPerLiquidityX128: [0n, 0n],
/// };
/// // Between the two 5.5 ticks a second, of which the contract keeps 5.
/// oracle.observe({ observations, now: 12, tick: 100, liquidity: 1n, secondsAgo: 8 }).tickCumulative // 20n
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Observation")]
pub fn observe(
    #[wasm_bindgen(unchecked_param_type = "PoolInput & Ago")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |(pool, Ago { seconds_ago }): (PoolInput, _)| {
        pool.with_history(|history| history.observe(seconds_ago))
    })
}

impl PoolInput {
    /// What is asked of the pool's history.
    fn with_history<T>(self, ask: impl FnOnce(&PoolHistory<'_>) -> Result<T>) -> Result<T> {
        let observations = self.observations.observations()?;
        PoolHistory::new(&observations, self.now, self.tick, self.liquidity)
            .and_then(|history| ask(&history))
            .map_err(placed)
    }
}

/// The arithmetic mean of the tick over some seconds, rounded toward minus infinity.
///
/// ⌊(now − then) / seconds⌋ of the cumulated ticks, whose difference wraps at 56 bits as the
/// contract's does.
///
/// ```js
/// oracle.meanTick({ secondsAgo: 4, tickCumulatives: [-10n, -12n] }) // -1
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = meanTick, unchecked_return_type = "number")]
pub fn mean_tick(
    #[wasm_bindgen(unchecked_param_type = "MeanTickInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |MeanTickInput { seconds_ago, tick_cumulatives }| {
        oracle::mean_tick(seconds_ago, tick_cumulatives.map(|Int64(sum)| sum))
    })
}

/// The harmonic mean of the liquidity in range over some seconds.
///
/// ⌊seconds·(2^160 − 1) / (Δ·2^32)⌋ with the difference Δ of the cumulated seconds per liquidity.
/// The difference wraps at 160 bits and the mean is cut to 128, as the contract does.
///
/// ```js
/// oracle.harmonicMeanLiquidity({ secondsAgo: 1, secondsPerLiquidityX128: [0n, 2n ** 100n] }) // 268435455n
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = harmonicMeanLiquidity, unchecked_return_type = "bigint")]
pub fn harmonic_mean_liquidity(
    #[wasm_bindgen(unchecked_param_type = "MeanLiquidityInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: MeanLiquidityInput| {
        oracle::harmonic_mean_liquidity(i.seconds_ago, i.seconds_per_liquidity_x128)
    })
}

/// The mean tick over the stretch before each moment of a grid; NaN where it begins before the
/// oldest observation.
///
/// ```js
/// const observations = {
///   timestamps: Float64Array.of(0, 600), tickCumulatives: [0n, 6000n], secondsPerLiquidityX128: [0n, 0n],
/// };
/// const pool = { observations, now: 900, tick: 4, liquidity: 1n };
/// const grid = { startSecs: 600, stepSecs: 300, count: 2 };
/// Array.from(oracle.twapTicks({ ...pool, grid, secondsAgo: 600 })) // [10,7]
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = twapTicks, unchecked_return_type = "Float64Array")]
pub fn twap_ticks(
    #[wasm_bindgen(unchecked_param_type = "PoolInput & Stretches")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |(pool, stretches): (PoolInput, Stretches)| {
        let Stretches { grid, seconds_ago } = stretches;
        pool.with_history(|history| {
            let ticks = oracle::twap_ticks(history, &grid, seconds_ago)?;
            let tick = |tick: Option<i32>| tick.map(f64::from);
            Ok(Column(ticks.into_iter().map(tick).collect()))
        })
    })
}

/// The time-weighted average price over the stretch before each moment of a grid, in whole quote
/// tokens for one base token, rounded as the contract rounds it; NaN where the stretch begins
/// before the oldest observation.
///
/// ```js
/// const observations = {
///   timestamps: Float64Array.of(0), tickCumulatives: [0n], secondsPerLiquidityX128: [0n],
/// };
/// const pool = { observations, now: 3600, tick: 201101, liquidity: 1n };
/// const quote = { baseIsToken0: false, baseDecimals: 18, quoteDecimals: 6 };
/// const grid = { startSecs: 1800, stepSecs: 60, count: 2 };
/// oracle.twap({ ...pool, grid, secondsAgo: 1800, ...quote })[1] // 1848.124377
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Float64Array")]
pub fn twap(
    #[wasm_bindgen(unchecked_param_type = "PoolInput & Stretches & TwapQuote")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    type Input = (PoolInput, (Stretches, oracle::TwapQuote));
    call_with_columns(input, columns, |(pool, (stretches, quote)): Input| {
        let Stretches { grid, seconds_ago } = stretches;
        pool.with_history(|history| oracle::twap(history, &grid, seconds_ago, &quote)).map(Column)
    })
}

/// The errors of the quote of an amount at the mean tick of two sums: of the whole tick, of the
/// root's integer, of the amount's integer; worked out from integers of 512 bits, not claimed.
///
/// ```js
/// // One ARB of 18 decimals at about 1 USDC of 6: a unit is a millionth of it.
/// const found = oracle.precision({
///   secondsAgo: 1800, tickCumulatives: [0n, -497347199n], baseAmount: 10n ** 18n, baseIsToken0: true,
/// });
/// found.tick // -276304
/// found.mulDivError > -1.05e-6 && found.mulDivError < -1e-9 // true
/// ```
#[wasm_bindgen(js_namespace = oracle, unchecked_return_type = "Precision")]
pub fn precision(
    #[wasm_bindgen(unchecked_param_type = "PrecisionInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: PrecisionInput| {
        let sums = i.tick_cumulatives.map(|Int64(sum)| sum);
        oracle::precision(i.seconds_ago, sums, i.base_amount, i.base_is_token0)
    })
}

/// The errors of the average price of one whole base token at every moment of a grid, over those
/// at which the pool answers.
///
/// ```js
/// const observations = {
///   timestamps: Float64Array.of(0, 7200), tickCumulatives: [0n, 7200n * 201101n + 3600n],
///   secondsPerLiquidityX128: [0n, 0n],
/// };
/// const pool = { observations, now: 7200, tick: 201101, liquidity: 1n };
/// const quote = { baseIsToken0: false, baseDecimals: 18, quoteDecimals: 6 };
/// const grid = { startSecs: 3600, stepSecs: 60, count: 61 };
/// const report = oracle.precisionOver({ ...pool, grid, secondsAgo: 1800, ...quote });
/// report.count // 61
/// report.tick.largest <= 1e-4 && report.mulDiv.largest < 6.5e-10 // true
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = precisionOver, unchecked_return_type = "PrecisionReport")]
pub fn precision_over(
    #[wasm_bindgen(unchecked_param_type = "PoolInput & Stretches & TwapQuote")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    type Input = (PoolInput, (Stretches, oracle::TwapQuote));
    call_with_columns(input, columns, |(pool, (stretches, quote)): Input| {
        let Stretches { grid, seconds_ago } = stretches;
        pool.with_history(|history| oracle::precision_over(history, &grid, seconds_ago, &quote))
    })
}
