//! Builds the WebAssembly and its JavaScript glue: `cargo xtask [--out DIR]`.
//!
//! wasm-bindgen is used as a library, so its version is always the one in
//! `Cargo.lock` and nothing has to be installed.

use std::{env, error::Error, path::PathBuf, process::Command};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// What makes the result small without making it slow: a function is copied into its callers
/// only where that makes them smaller (the hot loops ask for it themselves), a comparison of
/// texts stays a call, and copies that are not needed are looked for further than usual. And no
/// path of the building machine in the result.
fn rustflags() -> String {
    let home = env::var("HOME").unwrap_or_default();
    let cargo_home = env::var("CARGO_HOME").unwrap_or(format!("{home}/.cargo"));
    let flags = [
        "-Ctarget-feature=+simd128",
        "-Cllvm-args=-inline-threshold=0",
        "-Cllvm-args=-max-loads-per-memcmp=0",
        "-Cllvm-args=-memssa-check-limit=2000",
    ];
    format!("{}\x1f--remap-path-prefix={cargo_home}=", flags.join("\x1f"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::args().nth(1).map_or("target/glue".into(), PathBuf::from);
    let cargo = env::var("CARGO").unwrap_or("cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--locked", "--release", "--lib", "--features", "wasm", "--target", TARGET])
        .env("CARGO_ENCODED_RUSTFLAGS", rustflags())
        .status()?;
    if !built.success() {
        return Err("the WebAssembly did not compile".into());
    }
    let target = env::var("CARGO_TARGET_DIR").unwrap_or("target".into());
    Bindgen::new()
        .input_path(format!("{target}/{TARGET}/release/llamath.wasm"))
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .reset_state_function(true)
        .generate(&out)?;
    Ok(())
}
