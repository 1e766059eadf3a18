//! Builds the WebAssembly and its JavaScript glue: `cargo xtask [--out DIR]`.
//!
//! wasm-bindgen is used as a library, so its version is always the one in
//! `Cargo.lock` and nothing has to be installed.

use std::{env, error::Error, path::PathBuf, process::Command};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// SIMD, and no path of the building machine in the result.
fn rustflags() -> String {
    let home = env::var("HOME").unwrap_or_default();
    let cargo_home = env::var("CARGO_HOME").unwrap_or(format!("{home}/.cargo"));
    ["-Ctarget-feature=+simd128".into(), format!("--remap-path-prefix={cargo_home}=")].join("\x1f")
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
        .remove_name_section(true)
        .generate(&out)?;
    Ok(())
}
