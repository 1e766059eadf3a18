//! `decimal` for JavaScript.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::call;
use super::reader::{bigint, inputs};
use crate::decimal;

inputs! {
    /// A text and the decimals of the token that it is an amount of.
    ToRawInput for ToRawInput {
        /// Digits with at most one decimal point, such as `"1.5"`.
        text: String,
        /// Decimals of the token, 0 to 77.
        decimals: u32,
    }

    /// An amount in the token's smallest unit and the token's decimals.
    FromRawInput for FromRawInput {
        /// The amount in the token's smallest unit.
        raw: bigint,
        /// Decimals of the token, 0 to 77.
        decimals: u32,
    }
}

/// The amount in the token's smallest unit that a text stands for, exactly.
///
/// text · 10^decimals; more digits after the point than `decimals` are refused.
///
/// ```js
/// decimal.toRaw({ text: "1.5", decimals: 18 }) // 1500000000000000000n
/// ```
#[wasm_bindgen(js_namespace = decimal, js_name = toRaw, unchecked_return_type = "bigint")]
pub fn to_raw(
    #[wasm_bindgen(unchecked_param_type = "ToRawInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: ToRawInput| decimal::to_raw(&i.text, i.decimals))
}

/// The shortest text for an amount in the token's smallest unit, exactly.
///
/// ```js
/// decimal.fromRaw({ raw: 1500000n, decimals: 6 }) // "1.5"
/// ```
#[wasm_bindgen(js_namespace = decimal, js_name = fromRaw, unchecked_return_type = "string")]
pub fn from_raw(
    #[wasm_bindgen(unchecked_param_type = "FromRawInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: FromRawInput| decimal::from_raw(i.raw, i.decimals))
}
