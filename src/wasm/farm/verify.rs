//! The check of a displayed APR, the comparison of two, and the proof of one.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::farm;
use crate::wasm::call;
use crate::wasm::reader::inputs;
use crate::wasm::writer::{ToWords, camel_case, outputs};

inputs! {
    /// A figure as it was seen.
    Shown for Shown {
        /// The displayed figure as text: `"178%"`, `"1,234.5 %"`; without a percent sign it is
        /// a fraction, `"1.78"`. Its last digit gives its precision.
        displayed: String,
    }

    /// Two sets of inputs.
    CompareInput for CompareInput {
        /// The inputs on my side.
        #[tsify(type = "AprInput")]
        mine: farm::AprInput,
        /// The inputs on the other side.
        #[tsify(type = "AprInput")]
        theirs: farm::AprInput,
    }

    /// Where the value of an input came from.
    Origin for farm::Origin {
        /// The input, such as `stakedUsd`.
        #[tsify(type = "keyof AprInput")]
        field: String,
        /// Where its value came from, in words.
        origin: String,
        /// When it was read.
        #[tsify(optional)]
        date: Option<String>,
    }

    /// What goes into a proof beside the inputs of the APR.
    ProofOf for ProofOf {
        /// A displayed figure, to put the check of it into the record too.
        #[tsify(optional)]
        displayed: Option<String>,
        /// Where the inputs came from; at most one entry a field.
        #[tsify(optional, type = "Origin[]")]
        origins: Vec<farm::Origin> = Vec::new(),
    }
}

/// What a check found: the figure matches; it does not but a known mistake gives it; no
/// known mistake gives it; the true APR is 0.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its TypeScript is used: the core has the words")]
pub enum Verdict {
    Matches,
    Explained,
    NotExplained,
    PaysNothing,
}

impl ToWords for farm::Verdict {
    fn put(&self, out: &mut Vec<u64>) {
        self.word().put(out);
    }
}

outputs! {
    /// The numbers from `low` up to, but without, `high`.
    Interval for farm::Interval {
        /// The least number in it.
        low: f64,
        /// The least number above it.
        high: f64,
    }

    /// A mistake, or two together, that would give the displayed figure.
    Cause for farm::Cause {
        /// The names of one or two mistakes.
        #[tsify(type = "string[]")]
        names: Vec<&'static str>,
        /// What happened, in a sentence each.
        says: String,
        /// Displayed over true under this cause.
        factor: f64,
    }

    /// A displayed figure held against the computed one.
    Verification for farm::Verification {
        /// What the check found.
        #[tsify(type = "Verdict")]
        verdict: farm::Verdict,
        /// The displayed figure as a fraction.
        #[tsify(type = "Interval")]
        displayed: farm::Interval,
        /// The computed rates.
        #[tsify(type = "Apr")]
        computed: farm::Apr,
        /// displayed / computed; absent where the computed APR is 0.
        #[tsify(optional, type = "Interval")]
        k: Option<farm::Interval>,
        /// The displayed figure itself over the computed one; absent where that is 0.
        #[tsify(optional)]
        k_mid: Option<f64>,
        /// What would explain the displayed figure, simplest first.
        #[tsify(type = "Cause[]")]
        causes: Vec<farm::Cause>,
    }

    /// One input that differs, and what it does to the APR.
    Part for farm::Part {
        /// The input.
        #[tsify(type = "keyof AprInput")]
        field: &'static str = camel_case,
        /// Its value on my side.
        mine: f64,
        /// Its value on the other side.
        theirs: f64,
        /// What it multiplies the APR by, from mine to theirs.
        factor: f64,
        /// ln(factor): its part of the log of the ratio.
        log: f64,
    }

    /// Two APRs and the parts of their difference.
    Comparison for farm::Comparison {
        /// The rates on my side.
        #[tsify(type = "Apr")]
        mine: farm::Apr,
        /// The rates on the other side.
        #[tsify(type = "Apr")]
        theirs: farm::Apr,
        /// theirs.apr / mine.apr
        ratio: f64,
        /// ln(ratio), as the sum of the parts in their order: they add up bit for bit.
        log_ratio: f64,
        /// The inputs that differ.
        #[tsify(type = "Part[]")]
        parts: Vec<farm::Part>,
    }

    /// One step of the computation.
    ProofStep for farm::ProofStep {
        /// What is computed.
        name: &'static str,
        /// The formula in names.
        formula: &'static str,
        /// The formula in numbers.
        substituted: String,
        /// The value.
        value: f64,
        /// Its unit.
        unit: &'static str,
    }

    /// A record and its name.
    Proof for farm::Proof {
        /// The record as canonical JSON (RFC 8785).
        json: String,
        /// SHA-256 of the record's UTF-8 bytes, in hexadecimal.
        sha256: String,
        /// The steps of the computation.
        #[tsify(type = "ProofStep[]")]
        steps: Vec<farm::ProofStep>,
    }
}

/// Holds a displayed APR against the computed one.
///
/// The displayed figure is an interval by its last digit, and so is K = displayed /
/// computed. If 1 is not in K, known mistakes are tried one by one, then in pairs.
///
/// ```js
/// farm.verifyApr({
///   allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 0.45,
///   tokenPriceUsd: 0.25, stakedUsd: 500000, displayed: "28.57%",
/// }).causes[0].says // "It counts blocks of 3 s, but they take 0.45 s."
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = verifyApr, unchecked_return_type = "Verification")]
pub fn verify_apr(
    #[wasm_bindgen(unchecked_param_type = "AprInput & Shown")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(apr, Shown { displayed })| farm::verify_apr(&apr, &displayed))
}

/// Why two APRs of one pool differ: ln(theirs / mine) split over the inputs.
///
/// The parts add up to `logRatio` bit for bit. An APR of 0 has no ratio and is refused.
///
/// ```js
/// const mine = {
///   allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 0.45,
///   tokenPriceUsd: 0.25, stakedUsd: 500000,
/// };
/// farm.compareApr({ mine, theirs: { ...mine, emissionSecs: 3 } }).parts[0].field // "emissionSecs"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = compareApr, unchecked_return_type = "Comparison")]
pub fn compare_apr(
    #[wasm_bindgen(unchecked_param_type = "CompareInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: CompareInput| farm::compare_apr(&i.mine, &i.theirs))
}

/// The record behind an APR: inputs with unit, origin and date, each step with its formula
/// and value, the result. Same inputs, same bytes, on every platform.
///
/// ```js
/// farm.proof({
///   allocPoint: 10, totalAllocPoint: 92, emission: 0.5, emissionSecs: 3,
///   tokenPriceUsd: 0.25, stakedUsd: 500000,
/// }).steps[0].substituted // "10 / 92"
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "Proof")]
pub fn proof(
    #[wasm_bindgen(unchecked_param_type = "AprInput & ProofOf")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(apr, of): (_, ProofOf)| {
        farm::proof(&farm::ProofInput { apr, displayed: of.displayed, origins: of.origins })
    })
}
