//! `market` for JavaScript.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::ceiling::DebtCeiling;
use super::column::Bytes;
use super::oracle::compare::Comparison;
use super::oracle::measure::Percentiles;
use super::reader::{bigint, inputs};
use super::stored::stored;
use super::words::words;
use super::writer::outputs;
use super::{call, call_with_columns};
use crate::llamma::Generation;
use crate::market::{self, GapsOf, MARGIN, MarketInput, Scanned};

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** A parameter of a market that is scanned over simulated candles. */
export type Scanned = "A" | "fee";
/** What percentiles are of: runs of equal values, the time, or a feed's own rounds. */
export type GapsOf = "runs" | "time" | "rounds";
"#;

words! {
    GapsOf { "runs" Runs "time" Time "rounds" Rounds }
    Scanned { "A" A "fee" Fee }
}

stored! {
    /// How a parameter was found: what `sim.curve` recommends, and the `error` of its jackknife.
    /// The market may choose another value, such as a rounder one that is as good.
    MarketScan for market::Scan {
        /// What was scanned.
        #[tsify(type = "Scanned")]
        parameter: Scanned,
        /// The value at the best point; the fee as a fraction.
        value: f64,
        /// The least value that is as good.
        flat_low: f64,
        /// The largest value that is as good.
        flat_high: f64,
        /// The least of the best values with and without each event.
        event_low: f64,
        /// The largest of them.
        event_high: f64,
        /// The standard error of the loss at the best point, as a fraction; absent where it is
        /// not known.
        #[tsify(optional)]
        error: Option<f64>,
    }

    /// A file that figures rest on, so that anybody can tell whether they have the same one.
    Provenance for market::Provenance {
        /// What it was used for, such as `"candles"`.
        role: String,
        /// Its name.
        file: String,
        /// SHA-256 of its bytes, in hexadecimal.
        sha256: String,
        /// Rows that were used.
        rows: usize,
        /// The first time used, seconds since 1970.
        from_secs: u64,
        /// The last time used, seconds since 1970.
        to_secs: u64,
        /// What it was computed with, in words.
        options: String,
        /// What is wrong with it, in words; absent where that was not looked at.
        #[tsify(optional)]
        quality: Option<String>,
    }

    /// How long a feed stands still, as `oracle.runs` and `oracle.roundGaps` find it.
    UpdateGaps for market::UpdateGaps {
        /// What the feed is.
        feed: String,
        /// What the percentiles are of.
        #[tsify(type = "GapsOf")]
        of: GapsOf,
        /// The percentiles; of runs and of time in steps of the grid, of rounds in seconds.
        lengths: Percentiles,
    }
}

inputs! {
    /// What a recommendation is made of.
    RecommendInput for RecommendInput {
        /// The collateral, such as `"WETH"`.
        collateral: String,
        /// The chain, such as `"Optimism"`.
        chain: String,
        /// The generation of contracts that it would be deployed with.
        #[tsify(type = "Generation")]
        generation: Generation,
        /// The chosen amplification, 2 to 10000.
        #[serde(rename = "A")]
        A: u32,
        /// The chosen fee, as a fraction.
        fee: f64,
        /// The worst-case loss of a position at that A, as a fraction.
        loss: f64,
        /// What the loan discount is above the liquidation discount, as a fraction; 0.03 if absent,
        /// LlamaRisk's.
        #[tsify(optional)]
        margin: f64 = MARGIN,
        /// The oracle's price of the collateral in the borrowed token, at which the LTV is told.
        price: f64,
        /// Decimals of the collateral token, 0 to 18.
        collateral_decimals: u32,
        /// Decimals of the borrowed token, 0 to 18.
        borrowed_decimals: u32,
        /// How A and the fee were found; none if absent.
        #[tsify(optional, type = "MarketScan[]")]
        scans: Vec<market::Scan> = Vec::new(),
        /// The debt ceiling, as `ceiling.estimate` answers it; absent if none was estimated.
        #[tsify(optional, type = "DebtCeiling")]
        ceiling: Option<crate::ceiling::DebtCeiling>,
        /// The comparison of oracles, as `oracle.compare` answers it; absent if none was made.
        #[tsify(optional, type = "Comparison")]
        oracles: Option<crate::oracle::Comparison>,
        /// How often the feeds change; nothing of it if absent.
        #[tsify(optional, type = "UpdateGaps[]")]
        updates: Vec<market::UpdateGaps> = Vec::new(),
        /// The files behind all of it; none if absent.
        #[tsify(optional, type = "Provenance[]")]
        sources: Vec<market::Provenance> = Vec::new(),
    }

    /// A loss.
    LossInput for LossInput {
        /// The worst-case loss of a position, as a fraction, 0 to 1.
        loss: f64,
    }

    /// A file, and what it was used for.
    ProvenanceInput for ProvenanceInput {
        /// What it was used for, such as `"candles"`.
        role: String,
        /// Its name.
        file: String,
        /// Its bytes as they are, at most 200 MB.
        #[tsify(type = "Uint8Array")]
        bytes: Bytes,
        /// Rows that were used, above 0.
        rows: usize,
        /// The first time used, seconds since 1970.
        from_secs: u64,
        /// The last time used, seconds since 1970.
        to_secs: u64,
        /// What it was computed with, in words.
        options: String,
        /// What is wrong with it, in words; absent where that was not looked at.
        #[tsify(optional)]
        quality: Option<String>,
    }
}

outputs! {
    /// The largest LTV with a number of bands.
    LtvOfBands for market::LtvOfBands {
        /// Number of bands.
        bands: u32,
        /// What the contract would offer, as a part of the collateral's value, 18 decimals.
        exact: bigint,
        /// The same as a fraction.
        ltv: f64,
        /// By the formula 1 − loanDiscount − N/(2A).
        estimate: f64,
    }

    /// A recommended market.
    Recommendation for market::Recommendation {
        /// The collateral.
        collateral: String,
        /// The chain.
        chain: String,
        /// The generation of contracts.
        #[tsify(type = "Generation")]
        generation: Generation,
        /// Amplification.
        #[serde(rename = "A")]
        A: u32,
        /// Fee, as a fraction.
        fee: f64,
        /// The worst-case loss that the discounts rest on, as a fraction.
        loss: f64,
        /// The margin between the discounts, as a fraction.
        margin: f64,
        /// The loss, rounded up to a whole percent, as a fraction.
        liquidation_discount: f64,
        /// Liquidation discount + margin, as a fraction.
        loan_discount: f64,
        /// The price at which the LTVs are told.
        price: f64,
        /// The largest LTV with 4, 10 and 50 bands, just after deployment at that price: the first
        /// band of a loan then lies a whole band below the price. Elsewhere within a band the LTV
        /// is higher, by 1/A of itself at most.
        #[tsify(type = "LtvOfBands[]")]
        max_ltv: Vec<LtvOfBands>,
        /// How A and the fee were found.
        #[tsify(type = "MarketScan[]")]
        scans: Vec<market::Scan>,
        /// The debt ceiling; absent if none was given.
        #[tsify(optional, type = "DebtCeiling")]
        ceiling: Option<DebtCeiling>,
        /// The comparison of oracles; absent if none was given.
        #[tsify(optional, type = "Comparison")]
        oracles: Option<Comparison>,
        /// How often the feeds change.
        #[tsify(type = "UpdateGaps[]")]
        updates: Vec<market::UpdateGaps>,
        /// The files behind all of it.
        #[tsify(type = "Provenance[]")]
        sources: Vec<Provenance>,
    }

    /// The same for people and for records.
    Pages {
        /// As a page of Markdown.
        markdown: String,
        /// As canonical JSON (RFC 8785), exact integers as texts of digits: the same record is the
        /// same text everywhere.
        json: String,
    }
}

/// The market that an analysis recommends.
///
/// liquidationDiscount = loss, rounded up to a whole percent; loanDiscount = that + margin; the
/// largest LTVs exactly, of one collateral token, in a market whose bands begin at the price.
/// Refused is also what the contracts refuse to be deployed with, in their words.
///
/// ```js
/// // LlamaRisk's figures for WBTC.
/// const wbtc = market.recommend({
///   collateral: "WBTC", chain: "Optimism", generation: "dfm", A: 89, fee: 0.002, loss: 0.030971,
///   price: 67000, collateralDecimals: 8, borrowedDecimals: 18,
/// });
/// wbtc.liquidationDiscount // 0.04
/// wbtc.loanDiscount // 0.07
/// wbtc.markdown.split("\n")[0] // "# WBTC on Optimism"
/// JSON.parse(wbtc.json).A // 89
/// ```
#[wasm_bindgen(js_namespace = market, unchecked_return_type = "Recommendation & Pages")]
pub fn recommend(
    #[wasm_bindgen(unchecked_param_type = "RecommendInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: RecommendInput| {
        let found = market::recommend(&MarketInput {
            collateral: &i.collateral,
            chain: &i.chain,
            generation: i.generation,
            A: i.A,
            fee: i.fee,
            loss: i.loss,
            margin: i.margin,
            price: i.price,
            collateral_decimals: i.collateral_decimals,
            borrowed_decimals: i.borrowed_decimals,
            scans: &i.scans,
            ceiling: i.ceiling.as_ref(),
            oracles: i.oracles.as_ref(),
            updates: &i.updates,
            sources: &i.sources,
        })?;
        let pages = Pages { markdown: market::markdown(&found)?, json: market::json(&found) };
        Ok((found, pages))
    })
}

/// The liquidation discount for a worst-case loss: rounded up to a whole percent.
///
/// ```js
/// market.liquidationDiscount({ loss: 0.030971 }) // 0.04
/// market.liquidationDiscount({ loss: 0.07 }) // 0.07
/// ```
#[wasm_bindgen(js_namespace = market, js_name = liquidationDiscount, unchecked_return_type = "number")]
pub fn liquidation_discount(
    #[wasm_bindgen(unchecked_param_type = "LossInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |LossInput { loss }| market::liquidation_discount(loss))
}

/// The provenance of a file: its hash, and what is told of it.
///
/// ```js
/// const bytes = new TextEncoder().encode("abc");
/// const file = market.provenance({
///   role: "spot", file: "eth.csv", bytes, rows: 2, fromSecs: 0, toSecs: 60, options: "close at its end",
/// });
/// file.sha256.slice(0, 8) // "ba7816bf"
/// ```
#[wasm_bindgen(js_namespace = market, unchecked_return_type = "Provenance")]
pub fn provenance(
    #[wasm_bindgen(unchecked_param_type = "ProvenanceInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: ProvenanceInput| {
        let period = (i.from_secs, i.to_secs);
        market::Provenance::of(
            &i.role,
            &i.file,
            &i.bytes.0,
            i.rows,
            period,
            &i.options,
            i.quality.as_deref(),
        )
    })
}
