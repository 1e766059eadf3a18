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

#[cfg(feature = "calculator")]
use crate::llamma::Controller;
#[cfg(feature = "calculator")]
use llamma::Made;
use reader::{FromWords, Words};
use refusal::{ANSWERED, Refusal};
use writer::ToWords;

/// A fifth of the size of the default one.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Says what went wrong in a panic. The calculator does without: none of its code can reach one
/// (the lints keep that), and the words alone would weigh a hundredth of it.
#[cfg(feature = "risk")]
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Reads an input and computes with it.
fn call<I: FromWords, O: ToWords>(
    input: Box<[u64]>,
    compute: impl Fn(I) -> crate::Result<O>,
) -> Box<[u64]> {
    call_with_columns(input, Vec::new(), compute)
}

/// The same for an input that has columns.
fn call_with_columns<I: FromWords, O: ToWords>(
    input: Box<[u64]>,
    columns: Vec<Float64Array>,
    compute: impl Fn(I) -> crate::Result<O>,
) -> Box<[u64]> {
    run(Words::new(input, columns), &|words, out| {
        let input = I::take(words);
        if words.refused.is_none() {
            compute(input)?.put(out);
        }
        Ok(())
    })
}

/// Reads an input and asks its market.
#[cfg(feature = "calculator")]
fn ask<I: FromWords, O: ToWords>(
    input: Box<[u64]>,
    question: impl Fn(&Controller, I) -> crate::Result<O>,
) -> Box<[u64]> {
    run(Words::new(input, Vec::new()), &|words, out| {
        let input = I::take(words);
        if let Some(market) = words.asked() {
            question(market, input)?.put(out);
        }
        Ok(())
    })
}

/// Reads an input and changes a copy of its market: what is written is the new state and
/// whatever else `act` answers.
#[cfg(feature = "calculator")]
fn change<I: FromWords, O: ToWords>(
    input: Box<[u64]>,
    act: impl Fn(&mut Controller, I) -> crate::Result<O>,
) -> Box<[u64]> {
    run(Words::new(input, Vec::new()), &|words, out| {
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
    mut words: Words,
    act: &dyn Fn(&mut Words, &mut Vec<u64>) -> crate::Result<()>,
) -> Box<[u64]> {
    // Most answers are short, and each growth takes as long as a formula.
    let mut out = Vec::with_capacity(16);
    out.push(ANSWERED);
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
