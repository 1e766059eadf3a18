//! `farm` for JavaScript.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::reader::{FromWords, Words, bigint, inputs, take_or};
use super::refusal::Refusal;
use super::words::words;
use super::writer::{ToWords, camel_case, outputs};
use super::{answer, call, read};
use crate::farm;

/// The same for many pools: a number where it is the same for all, a column where not.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its TypeScript is used: columns are read in blocks")]
pub struct AprColumns {
    /// Allocation points of each pool, 0 to `totalAllocPoint`.
    #[tsify(type = "number | Float64Array")]
    alloc_point: JsValue,
    /// Allocation points of all pools of the farm, above 0.
    #[tsify(type = "number | Float64Array")]
    total_alloc_point: JsValue,
    /// Tokens emitted for all pools together every `emissionSecs`, at least 0.
    #[tsify(type = "number | Float64Array")]
    emission: JsValue,
    /// Seconds per emission, above 0.
    #[tsify(type = "number | Float64Array")]
    emission_secs: JsValue,
    /// Price of the emitted token in USD, above 0.
    #[tsify(type = "number | Float64Array")]
    token_price_usd: JsValue,
    /// Value of all that is staked in the pool in USD, above 0.
    #[tsify(type = "number | Float64Array")]
    staked_usd: JsValue,
    /// Seconds of a year, above 0; 31536000 (365 days) if absent.
    #[tsify(optional, type = "number | Float64Array")]
    year_secs: JsValue,
}

inputs! {
    /// What decides the APR of a pool.
    AprInput for farm::AprInput {
        /// Allocation points of the pool (its "multiplier"), 0 to `totalAllocPoint`.
        alloc_point: f64,
        /// Allocation points of all pools of the farm, above 0.
        total_alloc_point: f64,
        /// Tokens that the farm emits for all pools together every `emissionSecs`, at least 0.
        emission: f64,
        /// Seconds per emission, above 0: the block time if it is per block, 1 if per second.
        emission_secs: f64,
        /// Price of the emitted token in USD, above 0.
        token_price_usd: f64,
        /// Value of all that is staked in the pool in USD, above 0.
        staked_usd: f64,
        /// Seconds of a year, above 0; 31536000 (365 days) if absent.
        #[tsify(optional)]
        year_secs: f64 = farm::YEAR_SECS,
    }

    /// Allocation points.
    WeightInput for WeightInput {
        /// Allocation points of the pool, 0 to `totalAllocPoint`.
        alloc_point: f64,
        /// Allocation points of all pools of the farm, above 0.
        total_alloc_point: f64,
    }

    /// A stretch of blocks of a MasterChef farm.
    RewardInput for farm::RewardInput {
        /// Blocks (or seconds, for a per-second farm) that the stretch lasts.
        blocks: bigint,
        /// Tokens per block for all pools, in the token's smallest unit.
        per_block_raw: bigint,
        /// Allocation points of the pool.
        alloc_point: bigint,
        /// Allocation points of all pools.
        total_alloc_point: bigint,
    }

    /// A simple rate and how often it is reinvested.
    ApyInput for ApyInput {
        /// Simple annual rate as a fraction, above -1.
        apr: f64,
        /// Reinvestments a year, above 0.
        periods_per_year: f64,
    }

    /// A simple rate.
    ApyContinuousInput for ApyContinuousInput {
        /// Simple annual rate as a fraction, above -1.
        apr: f64,
    }

    /// An annual yield and how often it was reinvested.
    AprFromApyInput for AprFromApyInput {
        /// Annual yield as a fraction, above -1.
        apy: f64,
        /// Reinvestments a year, above 0.
        periods_per_year: f64,
    }

    /// An annual yield.
    AprFromApyContinuousInput for AprFromApyContinuousInput {
        /// Annual yield as a fraction, above -1.
        apy: f64,
    }

    /// A deposit, without its amount.
    Deposit for farm::Deposit {
        /// Simple annual rate as a fraction, at least 0.
        apr: f64,
        /// Reinvestments a year; 0 if the reward is never reinvested.
        periods_per_year: f64,
        /// Seconds of the year that `apr` is per; 31536000 (365 days) if absent.
        #[tsify(optional)]
        year_secs: f64 = farm::YEAR_SECS,
        /// Fraction of the principal taken once, at the start; none if absent.
        #[tsify(optional)]
        deposit_fee: f64 = 0.0,
        /// Fraction of the reward taken; none if absent.
        #[tsify(optional)]
        performance_fee: f64 = 0.0,
        /// Where the performance fee is taken; needed if there is one.
        #[tsify(optional, type = "PerformanceFeeOn")]
        performance_fee_on: Option<farm::PerformanceFeeOn>,
    }

    /// How long a deposit stays.
    Days for Days {
        /// Days, at least 0.
        days: f64,
    }

    /// An amount and the days after which its value is wanted.
    ReturnsOf for ReturnsOf {
        /// The deposit in USD, above 0.
        principal_usd: f64,
        /// Days after which its value is wanted, each at least 0.
        days: Vec<f64>,
    }

    /// A gain and when it is wanted.
    Target for Target {
        /// The wanted gain in USD, above 0.
        target_gain_usd: f64,
        /// Days until then.
        days: f64,
    }

    /// A deposit whose reward can be reinvested at a cost.
    BestCompoundingInput for farm::BestCompoundingInput {
        /// Simple annual rate as a fraction, above 0.
        apr: f64,
        /// The deposit in USD, above 0.
        principal_usd: f64,
        /// Cost of one reinvestment in USD, above 0.
        cost_usd: f64,
        /// The horizon in days, above 0.
        days: f64,
        /// Seconds of the year that `apr` is per; 31536000 (365 days) if absent.
        #[tsify(optional)]
        year_secs: f64 = farm::YEAR_SECS,
    }

    /// The rates that an aggregator's vault combines.
    AggregatorInput for farm::AggregatorInput {
        /// Simple annual rate of the farm's reward, at least 0.
        farm_apr: f64,
        /// Times a year that the vault reinvests, above 0.
        periods_per_year: f64,
        /// Fraction of the reward that is reinvested; the rest is paid out, simple.
        compounded_share: f64,
        /// Fraction of the reward that the vault keeps, at each harvest.
        performance_fee: f64,
        /// Annual rate of the trading fees that accrue inside the LP token, at least 0.
        trading_apr: f64,
        /// Any other simple rate, paid out and not reinvested, at least 0.
        not_compounded_apr: f64,
    }

    /// A two-coin pool and the part of its LP tokens that the farm holds.
    LpInput for farm::LpInput {
        /// Reserve of coin 0 in its smallest unit.
        reserve0_raw: bigint,
        /// Reserve of coin 1 in its smallest unit.
        reserve1_raw: bigint,
        /// Decimals of coin 0, 0 to 77.
        decimals0: u32,
        /// Decimals of coin 1, 0 to 77.
        decimals1: u32,
        /// Price of coin 0 in USD, above 0.
        price0_usd: f64,
        /// Price of coin 1 in USD, above 0.
        price1_usd: f64,
        /// LP tokens in existence, in their smallest unit, above 0.
        total_supply_raw: bigint,
        /// LP tokens that the farm holds, at most `totalSupplyRaw`.
        staked_raw: bigint,
    }

    /// A price move.
    ImpermanentLossInput for ImpermanentLossInput {
        /// New relative price over the old one, above 0.
        price_ratio: f64,
    }

    /// A price move in a weighted pool.
    ImpermanentLossWeightedInput for ImpermanentLossWeightedInput {
        /// New relative price over the old one, above 0.
        price_ratio: f64,
        /// Weight of the coin whose price moved, between 0 and 1.
        weight: f64,
    }

    /// A price move across a concentrated position.
    ImpermanentLossRangeInput for ImpermanentLossRangeInput {
        /// New relative price over the one at entry, above 0.
        price_ratio: f64,
        /// Lower end of the range, over the price at entry, above 0.
        lower: f64,
        /// Upper end of the range, over the price at entry, above `lower`.
        upper: f64,
    }

    /// A figure as it was seen.
    Shown for Shown {
        /// The displayed figure as text: `"178%"`, `"1,234.5 %"`; without a percent sign it is
        /// a fraction, `"1.78"`. Its last digit gives its precision.
        displayed: String,
    }

    /// Two sets of inputs.
    CompareInput for CompareInput {
        /// The inputs on my side.
        #[tsify(type = "AprInput")]
        mine: farm::AprInput,
        /// The inputs on the other side.
        #[tsify(type = "AprInput")]
        theirs: farm::AprInput,
    }

    /// Where the value of an input came from.
    Origin for farm::Origin {
        /// The input, such as `stakedUsd`.
        #[tsify(type = "keyof AprInput")]
        field: String,
        /// Where its value came from, in words.
        origin: String,
        /// When it was read.
        #[tsify(optional)]
        date: Option<String>,
    }

    /// What goes into a proof beside the inputs of the APR.
    ProofOf for ProofOf {
        /// A displayed figure, to put the check of it into the record too.
        #[tsify(optional)]
        displayed: Option<String>,
        /// Where the inputs came from; at most one entry a field.
        #[tsify(optional, type = "Origin[]")]
        origins: Vec<farm::Origin> = Vec::new(),
    }
}

/// Where a performance fee is taken: from the reward each time that it is reinvested, or
/// from the whole yield at the end.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its TypeScript is used: the words are read below")]
pub enum PerformanceFeeOn {
    EachCompounding,
    FinalYield,
}

words! {
    farm::PerformanceFeeOn { "eachCompounding" EachCompounding "finalYield" FinalYield }
}

/// What a check found: the figure matches; it does not but a known mistake gives it; no
/// known mistake gives it; the true APR is 0.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its TypeScript is used: the core has the words")]
pub enum Verdict {
    Matches,
    Explained,
    NotExplained,
    PaysNothing,
}

impl ToWords for farm::Verdict {
    fn put(&self, out: &mut Vec<u64>) {
        self.word().put(out);
    }
}

outputs! {
    /// What a pool pays.
    Apr for farm::Apr {
        /// Fraction of the emission that goes to the pool.
        weight: f64,
        /// Emissions in a year: the "blocks per year" of a per-block emission.
        emissions_per_year: f64,
        /// Tokens for the pool per emission.
        pool_emission: f64,
        /// Tokens for the pool per second.
        tokens_per_second: f64,
        /// Tokens for the pool per day.
        tokens_per_day: f64,
        /// Tokens for the pool per year.
        tokens_per_year: f64,
        /// Value of the tokens for the pool per year, in USD.
        usd_per_year: f64,
        /// Simple annual rate, a fraction: 0.25 is 25 %.
        apr: f64,
        /// Seconds of the year that the rates above are per.
        year_secs: f64,
    }

    /// A block time of a chain, and when it held.
    BlockTime for farm::BlockTime {
        /// The chain.
        chain: &'static str,
        /// The upgrade that brought it, or how it came into use.
        name: &'static str,
        /// Seconds per block.
        block_secs: f64,
        /// First day, ISO 8601; absent if from the first block on.
        #[tsify(optional)]
        from: Option<&'static str>,
        /// Day from which it no longer held; absent if it still holds.
        #[tsify(optional)]
        until: Option<&'static str>,
        /// Where the figure stands.
        source: &'static str,
    }

    /// A length of the year that displayed APRs are per.
    YearBasis for farm::YearBasis {
        /// Its name.
        name: &'static str,
        /// Its seconds.
        year_secs: f64,
        /// Who uses it.
        used_by: &'static str,
    }

    /// What a deposit is worth after some days.
    ReturnRow for farm::ReturnRow {
        /// Days since the deposit.
        days: f64,
        /// Gain as a fraction of the principal.
        #[serde(rename = "yield")]
        yield_: f64,
        /// Gain in USD; negative while the deposit fee is not yet earned back.
        gain_usd: f64,
        /// Value in USD.
        value_usd: f64,
    }

    /// The best number of reinvestments and what it brings.
    BestCompounding for farm::BestCompounding {
        /// Reinvestments over the horizon; 0 if none pays.
        compoundings: f64,
        /// Seconds between two of them (the whole horizon if there is none).
        interval_secs: f64,
        /// Value at the end in USD, all costs paid.
        final_usd: f64,
        /// Gain in USD, all costs paid.
        gain_usd: f64,
        /// What the reinvestments cost together in USD.
        cost_usd: f64,
        /// The gain as a simple annual rate.
        net_apr: f64,
        /// Value at the end without any reinvestment.
        simple_final_usd: f64,
    }

    /// What the vault yields in a year.
    Aggregator for farm::Aggregator {
        /// Yield of the reinvested reward alone.
        compounded_apy: f64,
        /// Yield of everything together.
        total_apy: f64,
    }

    /// What the pool and the farm's part of it are worth.
    LpValue for farm::LpValue {
        /// Value of the whole pool in USD.
        pool_usd: f64,
        /// Fraction of the LP tokens that the farm holds.
        staked_share: f64,
        /// Value of the farm's part in USD: the value to compute an APR with.
        staked_usd: f64,
        /// The same as twice the coin-0 side: right only if the pool is balanced.
        staked_twice0_usd: f64,
        /// The same from 2√(R0·R1·p0·p1), which a swap within one block cannot move.
        fair_staked_usd: f64,
        /// Value of 10^18 of the LP token's smallest unit in USD.
        lp_price_usd: f64,
    }

    /// The numbers from `low` up to, but without, `high`.
    Interval for farm::Interval {
        /// The least number in it.
        low: f64,
        /// The least number above it.
        high: f64,
    }

    /// A mistake, or two together, that would give the displayed figure.
    Cause for farm::Cause {
        /// The names of one or two mistakes.
        #[tsify(type = "string[]")]
        names: Vec<&'static str>,
        /// What happened, in a sentence each.
        says: String,
        /// Displayed over true under this cause.
        factor: f64,
    }

    /// A displayed figure held against the computed one.
    Verification for farm::Verification {
        /// What the check found.
        #[tsify(type = "Verdict")]
        verdict: farm::Verdict,
        /// The displayed figure as a fraction.
        #[tsify(type = "Interval")]
        displayed: farm::Interval,
        /// The computed rates.
        #[tsify(type = "Apr")]
        computed: farm::Apr,
        /// displayed / computed; absent where the computed APR is 0.
        #[tsify(optional, type = "Interval")]
        k: Option<farm::Interval>,
        /// The displayed figure itself over the computed one; absent where that is 0.
        #[tsify(optional)]
        k_mid: Option<f64>,
        /// What would explain the displayed figure, simplest first.
        #[tsify(type = "Cause[]")]
        causes: Vec<farm::Cause>,
    }

    /// One input that differs, and what it does to the APR.
    Part for farm::Part {
        /// The input.
        #[tsify(type = "keyof AprInput")]
        field: &'static str = camel_case,
        /// Its value on my side.
        mine: f64,
        /// Its value on the other side.
        theirs: f64,
        /// What it multiplies the APR by, from mine to theirs.
        factor: f64,
        /// ln(factor): its part of the log of the ratio.
        log: f64,
    }

    /// Two APRs and the parts of their difference.
    Comparison for farm::Comparison {
        /// The rates on my side.
        #[tsify(type = "Apr")]
        mine: farm::Apr,
        /// The rates on the other side.
        #[tsify(type = "Apr")]
        theirs: farm::Apr,
        /// theirs.apr / mine.apr
        ratio: f64,
        /// ln(ratio), as the sum of the parts in their order: they add up bit for bit.
        log_ratio: f64,
        /// The inputs that differ.
        #[tsify(type = "Part[]")]
        parts: Vec<farm::Part>,
    }

    /// One step of the computation.
    ProofStep for farm::ProofStep {
        /// What is computed.
        name: &'static str,
        /// The formula in names.
        formula: &'static str,
        /// The formula in numbers.
        substituted: String,
        /// The value.
        value: f64,
        /// Its unit.
        unit: &'static str,
    }

    /// A record and its name.
    Proof for farm::Proof {
        /// The record as canonical JSON (RFC 8785).
        json: String,
        /// SHA-256 of the record's UTF-8 bytes, in hexadecimal.
        sha256: String,
        /// The steps of the computation.
        #[tsify(type = "ProofStep[]")]
        steps: Vec<farm::ProofStep>,
    }
}

/// The fraction of a farm's emission that goes to a pool.
///
/// weight = allocPoint / totalAllocPoint
///
/// ```js
/// farm.weight({ allocPoint: 10, totalAllocPoint: 92 }).toFixed(6) // "0.108696"
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "number")]
pub fn weight(
    #[wasm_bindgen(unchecked_param_type = "WeightInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: WeightInput| farm::weight(i.alloc_point, i.total_alloc_point))
}

/// The APR of a pool and the rates that it is made of.
///
/// apr = weight · emission · (yearSecs / emissionSecs) · tokenPriceUsd / stakedUsd
///
/// ```js
/// farm.apr({
///   allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 3,
///   tokenPriceUsd: 0.25, stakedUsd: 500000,
/// }).apr.toFixed(4) // "0.2857"
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "Apr")]
pub fn apr(#[wasm_bindgen(unchecked_param_type = "AprInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i| farm::apr(&i))
}

/// The APR of many pools at once: `result[i]` is what `farm.apr` gives for row i.
///
/// Each field is a number, the same for all pools, or a `Float64Array` with one value a
/// pool; at least one of them is a column, and all columns have one length, at most
/// 10 000 000. An error bears the `index` of the first bad row.
///
/// ```js
/// farm.aprColumns({
///   allocPoint: Float64Array.of(10, 60), totalAllocPoint: 92, emission: 0.5, emissionSecs: 3,
///   tokenPriceUsd: 0.25, stakedUsd: Float64Array.of(500000, 1000000),
/// })[1].toFixed(4) // "0.8570"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = aprColumns, unchecked_return_type = "Float64Array")]
pub fn apr_columns(
    #[wasm_bindgen(unchecked_param_type = "AprColumns")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Result<Float64Array, Box<[u64]>> {
    /// Rows copied at a time: what fits the second-level cache, and no power of two, because
    /// columns that lie one apart compete for the same places in a cache.
    const BLOCK: u32 = 12_544;
    /// Rows in a page of memory.
    const PAGE: usize = 512;
    // JavaScript has checked that there is a column, and that all have its length.
    let length = columns.first().map(Float64Array::length).unwrap_or_default();
    let Columns(columns) = read(input, columns)?;
    let out = Float64Array::new_with_length(length);
    let mut buffers: [Vec<f64>; 7] = std::array::from_fn(|_| Vec::new());
    let mut aprs = Vec::new();
    let mut start = 0;
    while start < length {
        let end = length.min(start.saturating_add(BLOCK));
        let rows = usize::try_from(end.saturating_sub(start)).unwrap_or_default();
        for (source, buffer) in columns.iter().zip(&mut buffers) {
            if let Source::Each(column) = source {
                buffer.resize(rows, 0.0);
                column.subarray(start, end).copy_to(buffer);
            }
        }
        aprs.resize(rows, 0.0);
        compute_block(&columns, &buffers, &mut aprs).map_err(|error| {
            Refusal::Core(error.after(usize::try_from(start).unwrap_or_default())).words()
        })?;
        // A fresh page is mapped when first written, which costs more amid a bulk copy.
        (start..end).step_by(PAGE).for_each(|row| out.set_index(row, 0.0));
        out.subarray(start, end).copy_from(&aprs);
        start = end;
    }
    Ok(out)
}

/// A field of `AprColumns`.
enum Source {
    All(f64),
    Each(Float64Array),
}

/// 0 and the number, or 1 and the place of the column.
impl FromWords for Source {
    fn take(words: &mut Words) -> Self {
        match words.flag() {
            // JavaScript has made sure that it is there.
            true => words.column().map_or(Self::All(0.0), Self::Each),
            false => Self::All(f64::take(words)),
        }
    }
}

/// The fields of `AprColumns`, in its order.
struct Columns([Source; 7]);

impl FromWords for Columns {
    fn take(words: &mut Words) -> Self {
        let mut each = || Source::take(words);
        let [alloc_point, total_alloc_point] = [each(), each()];
        let [emission, emission_secs, price, staked] = [each(), each(), each(), each()];
        let year_secs = take_or(words, Source::All(farm::YEAR_SECS));
        Self([alloc_point, total_alloc_point, emission, emission_secs, price, staked, year_secs])
    }
}

fn compute_block(
    columns: &[Source],
    buffers: &[Vec<f64>; 7],
    out: &mut [f64],
) -> crate::Result<()> {
    let mut all = columns.iter().zip(buffers).map(|(source, buffer)| match source {
        Source::All(number) => farm::Column::All(*number),
        Source::Each(_) => farm::Column::Each(buffer),
    });
    // One column for each field, in its order.
    let mut next = || all.next().unwrap_or(farm::Column::All(f64::NAN));
    farm::apr_columns(
        &farm::AprColumns {
            alloc_point: next(),
            total_alloc_point: next(),
            emission: next(),
            emission_secs: next(),
            token_price_usd: next(),
            staked_usd: next(),
            year_secs: next(),
        },
        out,
    )
}

/// What a MasterChef contract pays a pool over some blocks, to the last unit.
///
/// reward = ⌊blocks · perBlockRaw · allocPoint / totalAllocPoint⌋ in 256-bit integers
///
/// ```js
/// farm.reward({
///   blocks: 1200n, perBlockRaw: 500000000000000000n, allocPoint: 10n, totalAllocPoint: 92n,
/// }) // 65217391304347826086n
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "bigint")]
pub fn reward(
    #[wasm_bindgen(unchecked_param_type = "RewardInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i| farm::reward(&i))
}

/// Block times of chains with the dates between which each held, newest first.
///
/// ```js
/// farm.blockTimes()[0].blockSecs // 0.45
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = blockTimes, unchecked_return_type = "BlockTime[]")]
pub fn block_times() -> Box<[u64]> {
    answer(farm::BLOCK_TIMES)
}

/// Lengths of the year that displayed APRs are per.
///
/// ```js
/// farm.yearBases()[0].yearSecs // 31536000
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = yearBases, unchecked_return_type = "YearBasis[]")]
pub fn year_bases() -> Box<[u64]> {
    answer(farm::YEAR_BASES)
}

/// The annual yield of a simple rate that is reinvested some times a year.
///
/// apy = (1 + apr/n)^n − 1
///
/// ```js
/// farm.apy({ apr: 0.6843, periodsPerYear: 365 }).toFixed(4) // "0.9811"
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "number")]
pub fn apy(#[wasm_bindgen(unchecked_param_type = "ApyInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: ApyInput| farm::apy(i.apr, i.periods_per_year))
}

/// The annual yield of a simple rate that is reinvested all the time.
///
/// apy = e^apr − 1
///
/// ```js
/// farm.apyContinuous({ apr: 0.05 }).toFixed(6) // "0.051271"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = apyContinuous, unchecked_return_type = "number")]
pub fn apy_continuous(
    #[wasm_bindgen(unchecked_param_type = "ApyContinuousInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: ApyContinuousInput| farm::apy_continuous(i.apr))
}

/// The simple rate that yields `apy` when reinvested some times a year.
///
/// apr = n · ((1 + apy)^(1/n) − 1)
///
/// ```js
/// farm.aprFromApy({ apy: 0.08, periodsPerYear: 365 }).toFixed(4) // "0.0770"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = aprFromApy, unchecked_return_type = "number")]
pub fn apr_from_apy(
    #[wasm_bindgen(unchecked_param_type = "AprFromApyInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AprFromApyInput| farm::apr_from_apy(i.apy, i.periods_per_year))
}

/// The simple rate that yields `apy` when reinvested all the time.
///
/// apr = ln(1 + apy)
///
/// ```js
/// farm.aprFromApyContinuous({ apy: 0.05 }).toFixed(6) // "0.048790"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = aprFromApyContinuous, unchecked_return_type = "number")]
pub fn apr_from_apy_continuous(
    #[wasm_bindgen(unchecked_param_type = "AprFromApyContinuousInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AprFromApyContinuousInput| farm::apr_from_apy_continuous(i.apy))
}

/// The gain on a deposit after some days, as a fraction of the principal, after all fees.
///
/// growth = (1 + apr/n)^(n·t) − 1, or apr·t if n = 0; the deposit fee is taken from the
/// principal, the performance fee where `performanceFeeOn` says.
///
/// ```js
/// farm.yieldAfterFees({
///   apr: 0.6843, periodsPerYear: 365, days: 365,
///   performanceFee: 0.02, performanceFeeOn: "finalYield",
/// }).toFixed(4) // "0.9615"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = yieldAfterFees, unchecked_return_type = "number")]
pub fn yield_after_fees(
    #[wasm_bindgen(unchecked_param_type = "Deposit & Days")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(deposit, Days { days })| farm::yield_after_fees(&deposit, days))
}

/// What a deposit is worth after each of some numbers of days.
///
/// ```js
/// farm.returns({ apr: 0.2, periodsPerYear: 365, principalUsd: 1000, days: [30, 365] })[1]
///   .valueUsd.toFixed(2) // "1221.34"
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "ReturnRow[]")]
pub fn returns(
    #[wasm_bindgen(unchecked_param_type = "Deposit & ReturnsOf")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(deposit, of): (_, ReturnsOf)| farm::returns(&deposit, of.principal_usd, &of.days))
}

/// The principal that gains `targetGainUsd` in some days, after all fees.
///
/// ```js
/// farm.principalFor({ apr: 0.2, periodsPerYear: 0, days: 365, targetGainUsd: 200 }) // 1000
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = principalFor, unchecked_return_type = "number")]
pub fn principal_for(
    #[wasm_bindgen(unchecked_param_type = "Deposit & Target")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(deposit, of): (_, Target)| {
        farm::principal_for(&deposit, of.days, of.target_gain_usd)
    })
}

/// How often to reinvest when each time costs something: the exact best number.
///
/// k reinvestments split the horizon into k + 1 equal spans; with x = apr · years and
/// q = 1 + x/(k + 1), the end value is P·q^(k+1) − c·q·(q^k − 1)/(q − 1).
///
/// ```js
/// farm.bestCompounding({ apr: 0.5, principalUsd: 1000, costUsd: 1, days: 365 }).compoundings // 11
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = bestCompounding, unchecked_return_type = "BestCompounding")]
pub fn best_compounding(
    #[wasm_bindgen(unchecked_param_type = "BestCompoundingInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i| farm::best_compounding(&i))
}

/// The yield of an aggregator's vault: compounded rewards on top of trading fees.
///
/// total = (1 + compounded)·(1 + tradingApr) − 1 + what is not compounded
///
/// ```js
/// farm.aggregatorApy({
///   farmApr: 0.3, periodsPerYear: 2190, compoundedShare: 1, performanceFee: 0.095,
///   tradingApr: 0.05, notCompoundedApr: 0,
/// }).totalApy.toFixed(4) // "0.3775"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = aggregatorApy, unchecked_return_type = "Aggregator")]
pub fn aggregator_apy(
    #[wasm_bindgen(unchecked_param_type = "AggregatorInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i| farm::aggregator_apy(&i))
}

/// The value of the LP tokens that a farm holds.
///
/// staked = stakedRaw / totalSupplyRaw · (R0·p0 + R1·p1)
///
/// ```js
/// farm.lpValue({
///   reserve0Raw: 1000000000000000000000n, reserve1Raw: 2000000000n, decimals0: 18, decimals1: 6,
///   price0Usd: 2, price1Usd: 1, totalSupplyRaw: 100n, stakedRaw: 25n,
/// }).stakedUsd // 1000
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = lpValue, unchecked_return_type = "LpValue")]
pub fn lp_value(#[wasm_bindgen(unchecked_param_type = "LpInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i| farm::lp_value(&i))
}

/// Impermanent loss of a 50/50 pool: value against holding, −1 to 0.
///
/// loss = 2√k / (1 + k) − 1
///
/// ```js
/// farm.impermanentLoss({ priceRatio: 4 }).toFixed(6) // "-0.200000"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = impermanentLoss, unchecked_return_type = "number")]
pub fn impermanent_loss(
    #[wasm_bindgen(unchecked_param_type = "ImpermanentLossInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: ImpermanentLossInput| farm::impermanent_loss(i.price_ratio))
}

/// Impermanent loss of a weighted pool.
///
/// loss = k^w / (w·k + 1 − w) − 1
///
/// ```js
/// farm.impermanentLossWeighted({ priceRatio: 4, weight: 0.8 }).toFixed(6) // "-0.108402"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = impermanentLossWeighted, unchecked_return_type = "number")]
pub fn impermanent_loss_weighted(
    #[wasm_bindgen(unchecked_param_type = "ImpermanentLossWeightedInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: ImpermanentLossWeightedInput| {
        farm::impermanent_loss_weighted(i.price_ratio, i.weight)
    })
}

/// Impermanent loss of a position between two prices, entered at price 1.
///
/// ```js
/// farm.impermanentLossRange({ priceRatio: 1.21, lower: 0.64, upper: 1.44 }).toFixed(6) // "-0.024896"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = impermanentLossRange, unchecked_return_type = "number")]
pub fn impermanent_loss_range(
    #[wasm_bindgen(unchecked_param_type = "ImpermanentLossRangeInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: ImpermanentLossRangeInput| {
        farm::impermanent_loss_range(i.price_ratio, i.lower, i.upper)
    })
}

/// Holds a displayed APR against the computed one.
///
/// The displayed figure is an interval by its last digit, and so is K = displayed /
/// computed. If 1 is not in K, known mistakes are tried one by one, then in pairs.
///
/// ```js
/// farm.verifyApr({
///   allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 0.45,
///   tokenPriceUsd: 0.25, stakedUsd: 500000, displayed: "28.57%",
/// }).causes[0].says // "It counts blocks of 3 s, but they take 0.45 s."
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = verifyApr, unchecked_return_type = "Verification")]
pub fn verify_apr(
    #[wasm_bindgen(unchecked_param_type = "AprInput & Shown")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(apr, Shown { displayed })| farm::verify_apr(&apr, &displayed))
}

/// Why two APRs of one pool differ: ln(theirs / mine) split over the inputs.
///
/// The parts add up to `logRatio` bit for bit. An APR of 0 has no ratio and is refused.
///
/// ```js
/// const mine = {
///   allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 0.45,
///   tokenPriceUsd: 0.25, stakedUsd: 500000,
/// };
/// farm.compareApr({ mine, theirs: { ...mine, emissionSecs: 3 } }).parts[0].field // "emissionSecs"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = compareApr, unchecked_return_type = "Comparison")]
pub fn compare_apr(
    #[wasm_bindgen(unchecked_param_type = "CompareInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: CompareInput| farm::compare_apr(&i.mine, &i.theirs))
}

/// The record behind an APR: inputs with unit, origin and date, each step with its formula
/// and value, the result. Same inputs, same bytes, on every platform.
///
/// ```js
/// farm.proof({
///   allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 3,
///   tokenPriceUsd: 0.25, stakedUsd: 500000,
/// }).steps[0].substituted // "10 / 92"
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "Proof")]
pub fn proof(
    #[wasm_bindgen(unchecked_param_type = "AprInput & ProofOf")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(apr, of): (_, ProofOf)| {
        farm::proof(&farm::ProofInput { apr, displayed: of.displayed, origins: of.origins })
    })
}
