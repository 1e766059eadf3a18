//! Runs `tests/web.rs` in Node or, with `WASM_BINDGEN_USE_BROWSER`, in headless Chromium.
//!
//! wasm-bindgen's own test runner, as a library: its version is always the one in
//! `Cargo.lock` and nothing has to be installed.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
