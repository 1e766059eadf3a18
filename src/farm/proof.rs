//! The record behind an APR, for others to check.
//!
//! Same inputs, same bytes, on every platform: estimates use the same arithmetic
//! everywhere, the JSON is canonical, and its SHA-256 names it.

use sha2::{Digest, Sha256};

use super::{Apr, AprInput, Interval, Verification, apr, verify_apr};
use crate::error::{Error, Result};
use crate::json::{Json, hex_digit, number_text};

/// Where the value of an input came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The input, by its camelCase name, such as `stakedUsd`.
    pub field: String,
    /// Where its value came from, in words.
    pub origin: String,
    /// When it was read.
    pub date: Option<String>,
}

/// What a proof is of.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofInput {
    /// The inputs of the APR.
    pub apr: AprInput,
    /// A displayed figure, to put the check of it into the record too.
    pub displayed: Option<String>,
    /// Where the inputs came from; at most one entry a field.
    pub origins: Vec<Origin>,
}

/// One step of the computation.
#[derive(Debug, Clone, PartialEq)]
pub struct ProofStep {
    /// What is computed.
    pub name: &'static str,
    /// The formula in names.
    pub formula: &'static str,
    /// The formula in numbers.
    pub substituted: String,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
}

/// A record and its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The record as canonical JSON (RFC 8785).
    pub json: String,
    /// SHA-256 of the record's UTF-8 bytes, in hexadecimal.
    pub sha256: String,
    /// The steps of the computation.
    pub steps: Vec<ProofStep>,
}

/// The record behind an APR: inputs with unit, origin and date; each step with its
/// formula and value; the result; the version of this engine.
///
/// # Errors
/// As [`apr`] and, with `displayed`, [`verify_apr`]; `Invalid` on `origins`, with the
/// index, if an entry names no input or one that has an entry already.
///
/// ```
/// use llamath::farm::{AprInput, ProofInput, YEAR_SECS, proof};
/// let record = proof(&ProofInput {
///     apr: AprInput {
///         alloc_point: 10.0,
///         total_alloc_point: 92.0,
///         emission: 0.5,
///         emission_secs: 3.0,
///         token_price_usd: 0.25,
///         staked_usd: 500_000.0,
///         year_secs: YEAR_SECS,
///     },
///     displayed: None,
///     origins: vec![],
/// })?;
/// assert_eq!(record.steps[0].substituted, "10 / 92");
/// assert_eq!(record.sha256.len(), 64);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn proof(input: &ProofInput) -> Result<Proof> {
    let rates = apr(&input.apr)?;
    let steps = steps(&input.apr, &rates);
    let mut json = Json::new();
    json.open('{');
    if let Some(displayed) = &input.displayed {
        json.name("check");
        write_check(displayed, &verify_apr(&input.apr, displayed)?, &mut json);
    }
    json.name("inputs");
    write_inputs(input, &mut json)?;
    json.name("kind").text("llamath farm APR");
    json.name("result").open('{').name("apr").number(rates.apr).close('}');
    json.name("steps").open('[');
    for step in &steps {
        json.open('{').name("formula").text(step.formula).name("name").text(step.name);
        json.name("substituted").text(&step.substituted);
        json.name("unit").text(step.unit).name("value").number(step.value).close('}');
    }
    json.close(']').name("version").text(env!("CARGO_PKG_VERSION")).close('}');
    let json = json.finished();
    let mut sha256 = String::new();
    for byte in Sha256::digest(json.as_bytes()) {
        sha256.extend([hex_digit(byte >> 4), hex_digit(byte & 15)]);
    }
    Ok(Proof { json, sha256, steps })
}

/// Names and units of the inputs.
const INPUTS: [(&str, &str); 7] = [
    ("allocPoint", "points"),
    ("totalAllocPoint", "points"),
    ("emission", "tokens per emission"),
    ("emissionSecs", "seconds"),
    ("tokenPriceUsd", "USD"),
    ("stakedUsd", "USD"),
    ("yearSecs", "seconds"),
];

fn write_inputs(input: &ProofInput, json: &mut Json) -> Result<()> {
    let origin_of = |field: &str| input.origins.iter().position(|origin| origin.field == field);
    for (index, origin) in input.origins.iter().enumerate() {
        let known = INPUTS.iter().any(|(name, _)| *name == origin.field);
        if !known || origin_of(&origin.field) != Some(index) {
            let expected = &"entries whose field names an input of the APR, each at most once";
            return Err(Error::invalid(&"origins", expected).at(index));
        }
    }
    let AprInput {
        alloc_point,
        total_alloc_point,
        emission,
        emission_secs,
        token_price_usd,
        staked_usd,
        year_secs,
    } = input.apr;
    let values = [
        alloc_point,
        total_alloc_point,
        emission,
        emission_secs,
        token_price_usd,
        staked_usd,
        year_secs,
    ];
    json.open('[');
    for ((name, unit), value) in INPUTS.iter().zip(values) {
        let origin = origin_of(name).and_then(|index| input.origins.get(index));
        json.open('{');
        if let Some(date) = origin.and_then(|origin| origin.date.as_deref()) {
            json.name("date").text(date);
        }
        json.name("name").text(name);
        if let Some(origin) = origin {
            json.name("origin").text(&origin.origin);
        }
        json.name("unit").text(unit).name("value").number(value).close('}');
    }
    json.close(']');
    Ok(())
}

/// Name, formula, sign and unit of each step.
const STEPS: [(&str, &str, &str, &str); 6] = [
    ("weight", "allocPoint / totalAllocPoint", " / ", "fraction"),
    ("poolEmission", "weight · emission", " · ", "tokens per emission"),
    ("emissionsPerYear", "yearSecs / emissionSecs", " / ", "emissions per year"),
    ("tokensPerYear", "poolEmission · emissionsPerYear", " · ", "tokens per year"),
    ("usdPerYear", "tokensPerYear · tokenPriceUsd", " · ", "USD per year"),
    ("apr", "usdPerYear / stakedUsd", " / ", "fraction per year"),
];

fn steps(input: &AprInput, rates: &Apr) -> Vec<ProofStep> {
    let numbers = [
        [input.alloc_point, input.total_alloc_point, rates.weight],
        [rates.weight, input.emission, rates.pool_emission],
        [input.year_secs, input.emission_secs, rates.emissions_per_year],
        [rates.pool_emission, rates.emissions_per_year, rates.tokens_per_year],
        [rates.tokens_per_year, input.token_price_usd, rates.usd_per_year],
        [rates.usd_per_year, input.staked_usd, rates.apr],
    ];
    let mut steps = Vec::new();
    for (&(name, formula, sign, unit), [left, right, value]) in STEPS.iter().zip(numbers) {
        let substituted = [&number_text(left), sign, &number_text(right)].concat();
        steps.push(ProofStep { name, formula, substituted, value, unit });
    }
    steps
}

fn write_check(displayed: &str, check: &Verification, json: &mut Json) {
    json.open('{').name("causes").open('[');
    for cause in &check.causes {
        json.open('{').name("factor").number(cause.factor).name("names").open('[');
        for name in &cause.names {
            json.text(name);
        }
        json.close(']').name("says").text(&cause.says).close('}');
    }
    json.close(']').name("displayed");
    write_interval(check.displayed, json);
    if let Some(k) = check.k {
        json.name("k");
        write_interval(k, json);
    }
    json.name("text").text(displayed).name("verdict").text(check.verdict.word()).close('}');
}

fn write_interval(interval: Interval, json: &mut Json) {
    json.open('{').name("high").number(interval.high).name("low").number(interval.low).close('}');
}
