//! Builds one of the package's WebAssembly modules and its JavaScript glue:
//! `cargo xtask calculator|risk DIR`.
//!
//! wasm-bindgen is used as a library, so its version is always the one in
//! `Cargo.lock` and nothing has to be installed.

use std::{env, error::Error, process::Command};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// SIMD, and no path of the building machine in the result; small without being slow: a function
/// is copied into its callers only where that makes them hardly larger (the hot loops ask for it
/// themselves), a comparison of texts stays a call, and copies that are not needed are looked
/// for further than usual.
fn rustflags() -> String {
    let home = env::var("HOME").unwrap_or_default();
    let cargo_home = env::var("CARGO_HOME").unwrap_or(format!("{home}/.cargo"));
    let flags = [
        "-Ctarget-feature=+simd128",
        "-Cllvm-args=-inline-threshold=12",
        "-Cllvm-args=-max-loads-per-memcmp=0",
        "-Cllvm-args=-memssa-check-limit=2000",
    ];
    format!("{}\x1f--remap-path-prefix={cargo_home}=", flags.join("\x1f"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let (Some(module), Some(out)) = (args.next(), args.next()) else {
        return Err("which module, and where to?".into());
    };
    let cargo = env::var("CARGO").unwrap_or("cargo".into());
    let target = env::var("CARGO_TARGET_DIR").unwrap_or("target".into());
    let built = Command::new(cargo)
        .args(["build", "--locked", "--release", "--lib", "--target", TARGET])
        .args(["--features", &module])
        .env("CARGO_ENCODED_RUSTFLAGS", rustflags())
        .status()?;
    if !built.success() {
        return Err("the WebAssembly did not compile".into());
    }
    Bindgen::new()
        .input_path(format!("{target}/{TARGET}/release/llamath.wasm"))
        .out_name(&module)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .reset_state_function(true)
        .generate(&out)?;
    Ok(())
}
