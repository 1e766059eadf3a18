//! Weight, APR and reward of a pool, and the block times and years that they count in.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::farm;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::writer::outputs;
use crate::wasm::{answer, call};

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
