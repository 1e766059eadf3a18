//! The border to JavaScript, and the only folder that knows it.
//!
//! Every exported function is decode → call → encode: one object with named fields, checked
//! by the package's JavaScript against the TypeScript that is declared here, comes in as
//! words; the reader makes a core struct of them, the core computes, and the answer goes out
//! as words, of which JavaScript makes plain values by the same TypeScript. The structs here
//! mirror those of the core field by field (the compiler holds them together); their docs are
//! written for JavaScript readers and become the `.d.ts`.
//!
//! There are two modules: the calculator, and for those who judge markets the risk module.
#![cfg_attr(
    not(all(feature = "calculator", feature = "risk")),
    allow(dead_code, unused_imports, reason = "the other module uses it")
)]

#[cfg(feature = "risk")]
mod ceiling;
mod column;
#[cfg(feature = "calculator")]
mod decimal;
#[cfg(feature = "risk")]
mod ema;
#[cfg(feature = "calculator")]
mod farm;
mod generation;
#[cfg(feature = "calculator")]
mod lending;
#[cfg(feature = "calculator")]
mod llamma;
#[cfg(feature = "risk")]
mod market;
#[cfg(feature = "risk")]
mod oracle;
#[cfg(feature = "risk")]
mod places;
mod reader;
mod refusal;
#[cfg(feature = "risk")]
mod sim;
mod stored;
mod words;
mod writer;

use js_sys::Float64Array;
use wasm_bindgen::prelude::*;

use reader::{FromWords, Words};
use refusal::{ANSWERED, Refusal};
use writer::ToWords;

/// A fifth of the size of the default one.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Reads an input and calls the core with it.
fn call<I: FromWords, O: ToWords>(
    input: Vec<u64>,
    compute: impl FnOnce(I) -> crate::Result<O>,
) -> Vec<u64> {
    call_with_columns(input, Vec::new(), compute)
}

/// The same for an input that has columns.
fn call_with_columns<I: FromWords, O: ToWords>(
    input: Vec<u64>,
    columns: Vec<Float64Array>,
    compute: impl FnOnce(I) -> crate::Result<O>,
) -> Vec<u64> {
    let mut compute = Some(compute);
    run(Words::new(input, columns), &mut |words, out| match (I::take(words), compute.take()) {
        (Some(input), Some(compute)) => compute(input).map(|found| found.put(out)),
        // What was refused is with the words.
        _ => Ok(()),
    })
}

/// What `act` writes after reading its input, or why there is nothing.
#[inline(never)]
fn run(
    mut words: Words,
    act: &mut dyn FnMut(&mut Words, &mut Vec<u64>) -> crate::Result<()>,
) -> Vec<u64> {
    let mut out = vec![ANSWERED];
    match act(&mut words, &mut out) {
        Err(error) => Refusal::Core(error).words(),
        Ok(()) => match words.refused {
            Some(refusal) => refusal.words(),
            // Every answer has at least one word.
            None if out.len() == 1 => Refusal::Forgotten.words(),
            None => out,
        },
    }
}

/// An answer that takes no input.
fn answer<O: ToWords>(found: O) -> Vec<u64> {
    let mut out = vec![ANSWERED];
    found.put(&mut out);
    out
}

/// Reads an input from its words and columns.
fn read<I: FromWords>(input: Vec<u64>, columns: Vec<Float64Array>) -> Result<I, Vec<u64>> {
    let mut words = Words::new(input, columns);
    I::take(&mut words).ok_or_else(|| words.refused.unwrap_or(Refusal::Forgotten).words())
}
