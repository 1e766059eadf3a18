//! The generations of LLAMMA for JavaScript.

use wasm_bindgen::prelude::*;

use super::words::words;
use crate::llamma::Generation;

#[wasm_bindgen(typescript_custom_section)]
const GENERATION: &str = r#"
/** A generation of the contracts: crvUSD mint markets of May 2023, LlamaLend of 2024, the last
 * first version (and its mint markets), LlamaLend v2, defi.money. */
export type Generation = "m2023" | "l2024" | "v1" | "v1mint" | "v2" | "dfm";
"#;

words! {
    Generation { "m2023" M2023 "l2024" L2024 "v1" V1 "v1mint" V1Mint "v2" V2 "dfm" Dfm }
}
