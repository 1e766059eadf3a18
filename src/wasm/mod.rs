//! The border to JavaScript, and the only folder that knows it.
//!
//! Every exported function is decode → call → encode: one object with named fields goes
//! through the checked reader into a core struct, the core computes, and the answer is
//! encoded as plain JavaScript (bigints as BigInt). The structs here mirror those of the
//! core field by field (the compiler holds them together); their docs are written for
//! JavaScript readers and become the `.d.ts`.

mod decimal;
mod farm;
mod lending;
mod llamma;
mod reader;
mod refusal;
mod stored;
mod writer;

use wasm_bindgen::prelude::*;

use crate::fixed::U256;
use reader::Input;
use refusal::Refusal;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// What the core answered; its error as a refusal.
fn answer<R>(found: crate::Result<R>) -> Result<R, JsValue> {
    found.map_err(|error| Refusal::from(error).into())
}

/// Reads `input` and calls the core with it; either's error is a refusal.
fn call<T: Input, R>(
    input: &JsValue,
    compute: impl FnOnce(T) -> crate::Result<R>,
) -> Result<R, JsValue> {
    answer(compute(reader::read(input)?))
}

/// A 256-bit integer as a BigInt.
#[inline(never)]
#[expect(clippy::arithmetic_side_effects, reason = "a BigInt has as many bits as it needs")]
fn to_bigint(value: U256) -> JsValue {
    if let Ok(short) = u64::try_from(value) {
        return short.into();
    }
    let half = |bits: U256| js_sys::BigInt::from(u128::try_from(bits).unwrap_or_default());
    let low = half(value & U256::from(u128::MAX));
    if value.bit_len() <= 128 {
        return low.into();
    }
    let high = half(value.wrapping_shr(128));
    ((high << &js_sys::BigInt::from(128)) | &low).into()
}
