//! `lending` for JavaScript.

mod policy;
mod vault;

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::call;
use super::reader::{bigint, inputs};
use crate::lending;

inputs! {
    /// A rate of a Curve market.
    RateInput for RateInput {
        /// Interest per second, scaled by 10^18.
        rate: bigint,
    }

    /// A Curve lending market.
    LendAprInput for LendAprInput {
        /// Interest per second, scaled by 10^18.
        rate: bigint,
        /// What is owed.
        debt: bigint,
        /// What the lenders own, in the unit of `debt`.
        total_assets: bigint,
        /// LlamaLend v2's fee on the interest, scaled by 10^18; absent for v1.
        #[tsify(optional)]
        admin_fee: Option<bigint>,
    }

    /// A Curve lending market.
    LendApyInput for LendApyInput {
        /// Interest per second, scaled by 10^18.
        rate: bigint,
        /// What is owed.
        debt: bigint,
        /// What the lenders own, in the unit of `debt`.
        total_assets: bigint,
    }

    /// A wanted annual yield.
    BaseRateInput for BaseRateInput {
        /// The yield of a year as a fraction, 0 to 1e18.
        apy: f64,
    }

    /// An Aave index and what has happened to it since.
    AaveIndexInput for AaveIndexInput {
        /// The index at its last update, scaled by 10^27.
        index: bigint,
        /// The annual rate since, scaled by 10^27.
        rate: bigint,
        /// Seconds since.
        dt_secs: bigint,
    }

    /// An Aave rate over some time.
    AaveSdkInput for AaveSdkInput {
        /// The annual rate, scaled by 10^27.
        rate: bigint,
        /// Seconds.
        dt_secs: bigint,
    }

    /// Two numbers scaled by 10^27.
    RayInput for RayInput {
        /// The first.
        a: bigint,
        /// The second.
        b: bigint,
    }

    /// A rate of a Compound v2 market.
    CompoundInput for CompoundInput {
        /// Interest per block, scaled by 10^18.
        rate_per_block: bigint,
        /// Blocks of a day, above 0: 86400 over the block time.
        blocks_per_day: f64,
    }
}

/// What borrowers of a Curve market pay a year, scaled by 10^18.
///
/// apr = rate · 31 536 000
///
/// ```js
/// lending.borrowApr({ rate: 317097919n }) // 9999999973584000n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = borrowApr, unchecked_return_type = "bigint")]
pub fn borrow_apr(
    #[wasm_bindgen(unchecked_param_type = "RateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: RateInput| lending::borrow_apr(i.rate))
}

/// What borrowers of a Curve market pay a year, compounded all the time, as a fraction.
///
/// apy = e^(rate · 31 536 000 / 10^18) − 1
///
/// ```js
/// lending.borrowApy({ rate: 3593629043n }).toFixed(6) // "0.120000"
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = borrowApy, unchecked_return_type = "number")]
pub fn borrow_apy(
    #[wasm_bindgen(unchecked_param_type = "RateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: RateInput| lending::borrow_apy(i.rate))
}

/// What borrowers of a Curve market pay a year, compounded every second, as a fraction.
///
/// apy = (1 + rate / 10^18)^31 536 000 − 1
///
/// ```js
/// lending.borrowApyPerSecond({ rate: 3593629043n }).toFixed(6) // "0.120000"
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = borrowApyPerSecond, unchecked_return_type = "number")]
pub fn borrow_apy_per_second(
    #[wasm_bindgen(unchecked_param_type = "RateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: RateInput| lending::borrow_apy_per_second(i.rate))
}

/// What lenders to a Curve market earn a year, scaled by 10^18.
///
/// apr = ⌊rate · 31 536 000 · debt / totalAssets⌋, 0 without debt; with an admin fee then
/// ⌊apr · (10^18 − adminFee) / 10^18⌋
///
/// ```js
/// lending.lendApr({ rate: 3593629043n, debt: 600n, totalAssets: 1000n }) // 67997211300028800n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = lendApr, unchecked_return_type = "bigint")]
pub fn lend_apr(
    #[wasm_bindgen(unchecked_param_type = "LendAprInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: LendAprInput| lending::lend_apr(i.rate, i.debt, i.total_assets, i.admin_fee))
}

/// What lenders to a Curve market earn a year if all is compounded, as a fraction.
///
/// apy = (e^(borrow APR) − 1) · debt / totalAssets; no admin fee
///
/// ```js
/// lending.lendApy({ rate: 3593629043n, debt: 600n, totalAssets: 1000n }).toFixed(6) // "0.072000"
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = lendApy, unchecked_return_type = "number")]
pub fn lend_apy(
    #[wasm_bindgen(unchecked_param_type = "LendApyInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: LendApyInput| lending::lend_apy(i.rate, i.debt, i.total_assets))
}

/// The highest rate per second, scaled by 10^18, that yields at most `apy` in a year.
///
/// rate = ⌊10^18 · ((1 + apy)^(1/31 536 000) − 1)⌋, exact for the number given
///
/// ```js
/// lending.baseRate({ apy: 0.12 }) // 3593629043n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = baseRate, unchecked_return_type = "bigint")]
pub fn base_rate(
    #[wasm_bindgen(unchecked_param_type = "BaseRateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: BaseRateInput| lending::base_rate(i.apy))
}

/// The rate per second that a deployment script in doubles gets for `apy`; not exact.
///
/// ```js
/// lending.baseRateAsDeployed({ apy: 0.12 }) // 3593628949n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = baseRateAsDeployed, unchecked_return_type = "bigint")]
pub fn base_rate_as_deployed(
    #[wasm_bindgen(unchecked_param_type = "BaseRateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: BaseRateInput| lending::base_rate_as_deployed(i.apy))
}

/// An Aave v3 supply index after some seconds, as the contract rounds.
///
/// index' = rayMul(ray + ⌊rate·dt / 31 536 000⌋, index)
///
/// ```js
/// const ray = 10n ** 27n;
/// lending.aaveLinearIndex({ index: ray, rate: ray / 20n, dtSecs: 31536000n }) // 1050000000000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = aaveLinearIndex, unchecked_return_type = "bigint")]
pub fn aave_linear_index(
    #[wasm_bindgen(unchecked_param_type = "AaveIndexInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AaveIndexInput| lending::aave_linear_index(i.index, i.rate, i.dt_secs))
}

/// An Aave v3 variable-borrow index after some seconds, as the contract rounds.
///
/// index' = rayMul(ray + ⌊r·e/Y⌋ + ⌊e(e−1)·p2/2⌋ + ⌊e(e−1)(e−2)·p3/6⌋, index)
///
/// ```js
/// const ray = 10n ** 27n;
/// lending.aaveCompoundedIndex({ index: ray, rate: ray / 20n, dtSecs: 31536000n }) // 1051265681539063650421944000n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = aaveCompoundedIndex, unchecked_return_type = "bigint")]
pub fn aave_compounded_index(
    #[wasm_bindgen(unchecked_param_type = "AaveIndexInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AaveIndexInput| lending::aave_compounded_index(i.index, i.rate, i.dt_secs))
}

/// A supply growth factor as Aave's JavaScript SDK rounds it, which is not how the
/// contract does.
///
/// ```js
/// lending.aaveSdkLinear({ rate: 41392198291873578n, dtSecs: 8670528n }) // 1000000000011380397459133753n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = aaveSdkLinear, unchecked_return_type = "bigint")]
pub fn aave_sdk_linear(
    #[wasm_bindgen(unchecked_param_type = "AaveSdkInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AaveSdkInput| lending::aave_sdk_linear(i.rate, i.dt_secs))
}

/// A borrow growth factor as Aave's JavaScript SDK rounds it, which is not how the
/// contract does.
///
/// ```js
/// lending.aaveSdkCompounded({ rate: 41392198291873578n, dtSecs: 8670528n }) // 1000000000011380397454052416n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = aaveSdkCompounded, unchecked_return_type = "bigint")]
pub fn aave_sdk_compounded(
    #[wasm_bindgen(unchecked_param_type = "AaveSdkInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AaveSdkInput| lending::aave_sdk_compounded(i.rate, i.dt_secs))
}

/// The rate that compounds an annual rate every second for `dtSecs`, as the SDK has it.
///
/// ```js
/// lending.aaveSdkCompoundedRate({ rate: 2400567955443400523362285n, dtSecs: 1n }) // 76121510510001284n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = aaveSdkCompoundedRate, unchecked_return_type = "bigint")]
pub fn aave_sdk_compounded_rate(
    #[wasm_bindgen(unchecked_param_type = "AaveSdkInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AaveSdkInput| lending::aave_sdk_compounded_rate(i.rate, i.dt_secs))
}

/// The product of two rays, ⌊(a·b + ½ray) / ray⌋.
///
/// ```js
/// lending.rayMul({ a: 2n * 10n ** 27n, b: 3n * 10n ** 27n }) // 6000000000000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = rayMul, unchecked_return_type = "bigint")]
pub fn ray_mul(#[wasm_bindgen(unchecked_param_type = "RayInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: RayInput| lending::ray_mul(i.a, i.b))
}

/// The quotient of two rays, ⌊(a·ray + ⌊b/2⌋) / b⌋.
///
/// ```js
/// lending.rayDiv({ a: 6n * 10n ** 27n, b: 3n * 10n ** 27n }) // 2000000000000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = rayDiv, unchecked_return_type = "bigint")]
pub fn ray_div(#[wasm_bindgen(unchecked_param_type = "RayInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: RayInput| lending::ray_div(i.a, i.b))
}

/// The yield that Compound v2's front ends show for a rate per block.
///
/// apy = (ratePerBlock / 10^18 · blocksPerDay + 1)^365 − 1
///
/// ```js
/// lending.compoundV2Apy({ ratePerBlock: 10000000000n, blocksPerDay: 7200 }).toFixed(6) // "0.026627"
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = compoundV2Apy, unchecked_return_type = "number")]
pub fn compound_v2_apy(
    #[wasm_bindgen(unchecked_param_type = "CompoundInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: CompoundInput| lending::compound_v2_apy(i.rate_per_block, i.blocks_per_day))
}
