//! The value of LP tokens, and impermanent loss.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::farm;
use crate::wasm::call;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::writer::outputs;

inputs! {
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
}

outputs! {
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
