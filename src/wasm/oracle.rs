//! `oracle` for JavaScript.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::call;
use super::reader::inputs;
use crate::oracle;

inputs! {
    /// A tick of a Uniswap pool.
    TickInput for TickInput {
        /// From -887272 to 887272.
        #[tsify(type = "number")]
        tick: i64,
    }
}

/// √(1.0001^tick) · 2^96, as Uniswap v3 rounds it.
///
/// ```js
/// oracle.sqrtRatioAtTick({ tick: 0 }) // 79228162514264337593543950336n
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = sqrtRatioAtTick, unchecked_return_type = "bigint")]
pub fn sqrt_ratio_at_tick(
    #[wasm_bindgen(unchecked_param_type = "TickInput")] input: Vec<u64>,
) -> Vec<u64> {
    call(input, |i: TickInput| {
        let tick = i32::try_from(i.tick).unwrap_or(i32::MAX);
        oracle::sqrt_ratio_at_tick(tick)
    })
}
