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
mod reader;
mod refusal;

use serde::de::{Deserialize, Visitor};
use wasm_bindgen::prelude::*;

use crate::fixed::U256;
use reader::Reader;
use refusal::Refusal;

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// What the core answered to `input`; its error as a refusal.
fn answer<R>(input: &JsValue, found: crate::Result<R>) -> Result<R, JsValue> {
    found.map_err(|error| Refusal::of_core(error, input).into())
}

/// Reads `input` and calls the core with it; either's error is a refusal.
fn call<T, R>(
    input: &JsValue,
    read: impl FnOnce(Reader) -> Result<T, Refusal>,
    compute: impl FnOnce(T) -> crate::Result<R>,
) -> Result<R, JsValue> {
    answer(input, compute(read(Reader::new(input.clone()))?))
}

/// `call` for an input that is a struct of this folder.
fn call_with<'de, T: Deserialize<'de>, R>(
    input: &JsValue,
    compute: impl FnOnce(T) -> crate::Result<R>,
) -> Result<R, JsValue> {
    call(input, T::deserialize, compute)
}

/// 256-bit integers as BigInt, for `#[serde(with = "uint256")]`.
mod uint256 {
    use super::*;

    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = U256;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a bigint")
        }

        fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<U256, E> {
            U256::try_from_le_slice(bytes).ok_or_else(|| E::custom("not 32 bytes"))
        }
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<U256, D::Error> {
        from.deserialize_bytes(Bytes)
    }
}

/// An optional 256-bit integer, absent if the field is.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Uint256(#[serde(with = "uint256")] U256);

/// A 256-bit integer as a BigInt.
#[expect(clippy::arithmetic_side_effects, reason = "a BigInt has as many bits as it needs")]
fn bigint(value: U256) -> JsValue {
    let half = |bits: U256| js_sys::BigInt::from(u128::try_from(bits).unwrap_or_default());
    let low = half(value & U256::from(u128::MAX));
    let high = half(value.wrapping_shr(128));
    ((high << &js_sys::BigInt::from(128)) | &low).into()
}
