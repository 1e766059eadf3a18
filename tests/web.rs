//! The reference files of the repository against the core, compiled to WebAssembly: the
//! same rows as `tests/vectors.rs`, in Node and in a real browser.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected must fail"
)]
#![cfg(target_arch = "wasm32")]

mod rows;

use std::io::Read;

use wasm_bindgen_test::wasm_bindgen_test;

fn run(name: &str, json: &[u8], least: usize) {
    let file = serde_json::from_slice(json).expect("JSON");
    let outcome = rows::run(name, &file).expect("a schema of ours");
    assert!(outcome.rows >= least, "{name}: only {} rows", outcome.rows);
    assert!(outcome.mismatches.is_empty(), "{name}:\n{}", outcome.mismatches.join("\n"));
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut json = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut json).expect("gzip");
    json
}

#[wasm_bindgen_test]
fn apr_il() {
    run("apr_il", &unzipped(include_bytes!("vectors/risk/apr_il.json.gz")), 420);
}

#[wasm_bindgen_test]
fn apy_fee_pancake() {
    run("apy_fee_pancake", &unzipped(include_bytes!("vectors/risk/apy_fee_pancake.json.gz")), 60);
}

#[wasm_bindgen_test]
fn aave_math_utils() {
    run("aave_math_utils", &unzipped(include_bytes!("vectors/risk/aave_math_utils.json.gz")), 600);
}

#[wasm_bindgen_test]
fn farm_goldens() {
    run("farm_goldens", include_bytes!("vectors/farm/farm_goldens.json"), 9);
}

/// The files of a folder, one test each.
macro_rules! folder {
    ($folder:literal $($name:ident $least:literal;)*) => {$(
        #[wasm_bindgen_test]
        fn $name() {
            let bytes =
                include_bytes!(concat!("vectors/", $folder, "/", stringify!($name), ".json.gz"));
            run(stringify!($name), &unzipped(bytes), $least);
        }
    )*};
}

folder! {
    "risk"
    chainlink_ema 24;
    curve_ema 412;
    ewm_debt_ceiling 17;
    oracle_metrics 63;
    uniswap_v3_math 2011;
}

folder! {
    "llamma"
    agg_monetary_policy 1900;
    amm_states_dfm_a 190;
    amm_states_l2024_a 150;
    amm_states_m2023_a 150;
    amm_states_v1_e 150;
    amm_states_v1mint_a 150;
    amm_states_v2_e 150;
    constants 155;
    controller_dfm 230;
    controller_v1 550;
    controller_v2 550;
    ema_price_oracle 420;
    exp_ln 1481;
    internals 2800;
    limit_p_o 1400;
    rate_mul 480;
    reverts 2188;
    util_monetary_policies_v1 1601;
    util_monetary_policies_v2 1039;
    vault 960;
}
