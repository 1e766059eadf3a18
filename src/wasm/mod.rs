//! The border to JavaScript, and the only folder that knows it.
//!
//! Every exported function is decode → call → encode: one object with named fields, checked
//! by the package's JavaScript against the TypeScript that is declared here, comes in as
//! words; the reader makes a core struct of them, the core computes, and the answer goes out
//! as words, of which JavaScript makes plain values by the same TypeScript. The structs here
//! mirror those of the core field by field (the compiler holds them together); their docs are
//! written for JavaScript readers and become the `.d.ts`.

mod decimal;
mod farm;
mod lending;
mod llamma;
mod reader;
mod refusal;
mod stored;
mod writer;

use js_sys::Float64Array;
use wasm_bindgen::prelude::*;

use crate::llamma::Controller;
use llamma::Made;
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

/// Reads an input and computes with it.
fn call<I: FromWords, O: ToWords>(
    input: Box<[u64]>,
    compute: impl Fn(I) -> crate::Result<O>,
) -> Box<[u64]> {
    run(input, &|words, out| {
        let input = I::take(words);
        if words.refused.is_none() {
            compute(input)?.put(out);
        }
        Ok(())
    })
}

/// Reads an input and asks its market.
fn ask<I: FromWords, O: ToWords>(
    input: Box<[u64]>,
    question: impl Fn(&Controller, I) -> crate::Result<O>,
) -> Box<[u64]> {
    run(input, &|words, out| {
        let input = I::take(words);
        if let Some(market) = words.asked() {
            question(market, input)?.put(out);
        }
        Ok(())
    })
}

/// Reads an input and changes a copy of its market: what is written is the new state and
/// whatever else `act` answers.
fn change<I: FromWords, O: ToWords>(
    input: Box<[u64]>,
    act: impl Fn(&mut Controller, I) -> crate::Result<O>,
) -> Box<[u64]> {
    run(input, &|words, out| {
        let input = I::take(words);
        if let Some(market) = words.asked() {
            let mut next = market.clone();
            let rest = act(&mut next, input)?;
            Made::new(next).put(out);
            rest.put(out);
        }
        Ok(())
    })
}

/// What `act` writes after reading its input, or why there is nothing.
#[inline(never)]
fn run(
    input: Box<[u64]>,
    act: &dyn Fn(&mut Words, &mut Vec<u64>) -> crate::Result<()>,
) -> Box<[u64]> {
    let mut words = Words::new(input, Vec::new());
    let mut out = vec![ANSWERED];
    let done = act(&mut words, &mut out);
    match words.refused.or(done.err().map(Refusal::Core)) {
        Some(refusal) => refusal.words(),
        None => out.into(),
    }
}

/// An answer that takes no input.
fn answer<O: ToWords>(found: O) -> Box<[u64]> {
    let mut out = vec![ANSWERED];
    found.put(&mut out);
    out.into()
}

/// Reads an input from its words and columns.
fn read<I: FromWords>(input: Box<[u64]>, columns: Vec<Float64Array>) -> Result<I, Box<[u64]>> {
    let mut words = Words::new(input, columns);
    let input = I::take(&mut words);
    words.refused.map_or(Ok(input), |refusal| Err(refusal.words()))
}
