//! The record behind an APR, for others to check.
//!
//! Same inputs, same bytes, on every platform: estimates use the same arithmetic
//! everywhere, the JSON is canonical, and its SHA-256 names it.

use sha2::{Digest, Sha256};

use super::{Apr, AprInput, Interval, Verification, apr, verify_apr};
use crate::error::{Error, Result};
use crate::json::{Json, number_text};

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
    let mut record = vec![
        ("kind", Json::text("llamath farm APR")),
        ("version", Json::text(env!("CARGO_PKG_VERSION"))),
        ("inputs", Json::List(inputs(input)?)),
        ("steps", Json::List(steps.iter().map(step_json).collect())),
        ("result", Json::Object(vec![("apr", Json::Number(rates.apr))])),
    ];
    if let Some(displayed) = &input.displayed {
        let check = verify_apr(&input.apr, displayed)?;
        record.push(("check", check_json(displayed, &check)));
    }
    let json = Json::Object(record).canonical();
    let sha256 = Sha256::digest(json.as_bytes())
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect();
    Ok(Proof { json, sha256, steps })
}

fn inputs(input: &ProofInput) -> Result<Vec<Json>> {
    let AprInput {
        alloc_point,
        total_alloc_point,
        emission,
        emission_secs,
        token_price_usd,
        staked_usd,
        year_secs,
    } = input.apr;
    let fields = [
        ("allocPoint", alloc_point, "points"),
        ("totalAllocPoint", total_alloc_point, "points"),
        ("emission", emission, "tokens per emission"),
        ("emissionSecs", emission_secs, "seconds"),
        ("tokenPriceUsd", token_price_usd, "USD"),
        ("stakedUsd", staked_usd, "USD"),
        ("yearSecs", year_secs, "seconds"),
    ];
    for (index, origin) in input.origins.iter().enumerate() {
        let known = fields.iter().any(|(name, ..)| *name == origin.field);
        let first =
            input.origins.iter().position(|other| other.field == origin.field) == Some(index);
        if !(known && first) {
            let expected = &"entries whose field names an input of the APR, each at most once";
            return Err(Error::invalid(&"origins", expected).at(index));
        }
    }
    let record = |(name, value, unit): (&'static str, f64, &'static str)| {
        let mut fields = vec![
            ("name", Json::text(name)),
            ("value", Json::Number(value)),
            ("unit", Json::text(unit)),
        ];
        if let Some(origin) = input.origins.iter().find(|origin| origin.field == name) {
            fields.push(("origin", Json::text(&origin.origin)));
            if let Some(date) = &origin.date {
                fields.push(("date", Json::text(date)));
            }
        }
        Json::Object(fields)
    };
    Ok(fields.into_iter().map(record).collect())
}

fn steps(input: &AprInput, rates: &Apr) -> Vec<ProofStep> {
    let step = |name, formula, left: f64, sign, right: f64, value, unit| {
        let substituted = [number_text(left).as_str(), sign, &number_text(right)].concat();
        ProofStep { name, formula, substituted, value, unit }
    };
    vec![
        step(
            "weight",
            "allocPoint / totalAllocPoint",
            input.alloc_point,
            " / ",
            input.total_alloc_point,
            rates.weight,
            "fraction",
        ),
        step(
            "poolEmission",
            "weight · emission",
            rates.weight,
            " · ",
            input.emission,
            rates.pool_emission,
            "tokens per emission",
        ),
        step(
            "emissionsPerYear",
            "yearSecs / emissionSecs",
            input.year_secs,
            " / ",
            input.emission_secs,
            rates.emissions_per_year,
            "emissions per year",
        ),
        step(
            "tokensPerYear",
            "poolEmission · emissionsPerYear",
            rates.pool_emission,
            " · ",
            rates.emissions_per_year,
            rates.tokens_per_year,
            "tokens per year",
        ),
        step(
            "usdPerYear",
            "tokensPerYear · tokenPriceUsd",
            rates.tokens_per_year,
            " · ",
            input.token_price_usd,
            rates.usd_per_year,
            "USD per year",
        ),
        step(
            "apr",
            "usdPerYear / stakedUsd",
            rates.usd_per_year,
            " / ",
            input.staked_usd,
            rates.apr,
            "fraction per year",
        ),
    ]
}

fn step_json(step: &ProofStep) -> Json {
    Json::Object(vec![
        ("name", Json::text(step.name)),
        ("formula", Json::text(step.formula)),
        ("substituted", Json::text(&step.substituted)),
        ("value", Json::Number(step.value)),
        ("unit", Json::text(step.unit)),
    ])
}

fn check_json(displayed: &str, check: &Verification) -> Json {
    let interval = |interval: Interval| {
        Json::Object(vec![
            ("low", Json::Number(interval.low)),
            ("high", Json::Number(interval.high)),
        ])
    };
    let causes = check.causes.iter().map(|cause| {
        Json::Object(vec![
            ("names", Json::List(cause.names.iter().map(|name| Json::text(name)).collect())),
            ("says", Json::text(&cause.says)),
            ("factor", Json::Number(cause.factor)),
        ])
    });
    let mut fields = vec![
        ("text", Json::text(displayed)),
        ("displayed", interval(check.displayed)),
        ("verdict", Json::text(check.verdict.word())),
        ("causes", Json::List(causes.collect())),
    ];
    if let Some(k) = check.k {
        fields.push(("k", interval(k)));
    }
    Json::Object(fields)
}
