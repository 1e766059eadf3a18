//! A recommendation as canonical JSON.

use super::provenance::Provenance;
use super::recommend::{LtvOfBands, Recommendation};
use super::scan::Scan;
use super::updates::UpdateGaps;
use crate::ceiling::DebtCeiling;
use crate::json::Json;
use crate::llamma::Generation;
use crate::oracle::{Comparison, Divisor, FeedReport, Lag, Measure, Metrics, Percentiles, Ranking};

/// The recommendation as canonical JSON (RFC 8785): the same record is the same text everywhere.
///
/// All that it holds, under the names that its fields have in JavaScript; what is undefined is
/// left out, or `null` in a series. Exact integers are texts of digits.
///
/// ```
/// use llamath::{llamma::Generation, market::{MARGIN, MarketInput, json, recommend}};
/// let weth = recommend(&MarketInput {
///     collateral: "WETH",
///     chain: "Arbitrum",
///     generation: Generation::Dfm,
///     A: 72,
///     fee: 0.002,
///     loss: 0.0371,
///     margin: MARGIN,
///     price: 3_000.0,
///     collateral_decimals: 18,
///     borrowed_decimals: 18,
///     scans: &[],
///     ceiling: None,
///     oracles: None,
///     updates: &[],
///     sources: &[],
/// })?;
/// let record = json(&weth);
/// assert!(record.starts_with(r#"{"A":72,"chain":"Arbitrum","collateral":"WETH","fee":0.002,"#));
/// assert!(record.contains(r#""liquidationDiscount":0.04,"loanDiscount":0.07,"#));
/// # Ok::<(), llamath::Error>(())
/// ```
#[must_use]
pub fn json(market: &Recommendation) -> String {
    let mut out = Json::new();
    out.open('{').name("A").number(whole(market.A));
    if let Some(found) = &market.ceiling {
        ceiling(out.name("ceiling"), found);
    }
    out.name("chain").text(&market.chain);
    out.name("collateral").text(&market.collateral);
    out.name("fee").number(market.fee);
    out.name("generation").text(generation(market.generation));
    out.name("liquidationDiscount").number(market.liquidation_discount);
    out.name("loanDiscount").number(market.loan_discount);
    out.name("loss").number(market.loss);
    out.name("margin").number(market.margin);
    list(out.name("maxLtv"), &market.max_ltv, max_ltv);
    if let Some(found) = &market.oracles {
        comparison(out.name("oracles"), found);
    }
    out.name("price").number(market.price);
    list(out.name("scans"), &market.scans, scan);
    list(out.name("sources"), &market.sources, source);
    list(out.name("updates"), &market.updates, update);
    out.close('}');
    out.finished()
}

fn max_ltv(out: &mut Json, row: &LtvOfBands) {
    out.open('{').name("bands").number(whole(row.bands));
    out.name("estimate").number(row.estimate);
    out.name("exact").text(&row.exact.to_string());
    out.name("ltv").number(row.ltv).close('}');
}

fn ceiling(out: &mut Json, found: &DebtCeiling) {
    out.open('{').name("ceiling").number(found.ceiling);
    out.name("ceilingUsd").number(found.ceiling_usd);
    out.name("convention").text(&found.convention);
    list(out.name("ema"), &found.ema, |out, value| number_or_null(out, *value));
    out.name("minimum").number(found.minimum);
    out.name("minimumAtSecs").number(whole(found.minimum_at_secs));
    out.name("minimumDate").text(&found.minimum_date);
    out.name("minimumRow").number(count(found.minimum_row));
    out.name("roundedUsd").number(found.rounded_usd).close('}');
}

fn comparison(out: &mut Json, found: &Comparison) {
    let divisor = match found.divisor {
        Divisor::CountLessOne => "countLessOne",
        Divisor::Count => "count",
    };
    out.open('{').name("compared").number(count(found.compared));
    out.name("divisor").text(divisor);
    list(out.name("feeds"), &found.feeds, feed);
    out.name("fromSecs").number(whole(found.from_secs));
    out.name("leftOut").number(count(found.left_out));
    list(out.name("rankings"), &found.rankings, ranking);
    out.name("reference").text(&found.reference);
    out.name("stepSecs").number(whole(found.step_secs));
    out.name("toSecs").number(whole(found.to_secs)).close('}');
}

fn feed(out: &mut Json, found: &FeedReport) {
    out.open('{');
    if let Some(found) = &found.lag {
        lag(out.name("lag"), found);
    }
    metrics(out.name("metrics"), &found.metrics);
    out.name("name").text(&found.name);
    out.name("worstAtSecs").number(whole(found.worst_at_secs)).close('}');
}

fn metrics(out: &mut Json, found: &Metrics) {
    out.open('{');
    if_defined(out, "correlation", found.correlation);
    out.name("count").number(count(found.count));
    out.name("mae").number(found.mae);
    out.name("meanDifference").number(found.mean_difference);
    out.name("rmse").number(found.rmse);
    if_defined(out, "varianceDifference", found.variance_difference);
    if_defined(out, "volatility", found.volatility);
    out.name("worst").number(found.worst);
    out.name("worstRow").number(count(found.worst_row)).close('}');
}

#[expect(clippy::as_conversions, reason = "steps are fewer than rows in memory")]
fn lag(out: &mut Json, found: &Lag) {
    out.open('{');
    if_defined(out, "correlation", found.correlation);
    out.name("steps").number(found.steps as f64).close('}');
}

fn ranking(out: &mut Json, found: &Ranking) {
    let measure = match found.measure {
        Measure::MeanDifference => "meanDifference",
        Measure::VarianceDifference => "varianceDifference",
        Measure::Correlation => "correlation",
        Measure::Rmse => "rmse",
        Measure::Mae => "mae",
        Measure::Worst => "worst",
    };
    out.open('{').name("measure").text(measure);
    list(out.name("places"), &found.places, |out, place| number_or_null(out, place.map(count)));
    out.close('}');
}

fn scan(out: &mut Json, found: &Scan) {
    out.open('{');
    if_defined(out, "error", found.error);
    out.name("eventHigh").number(found.event_high);
    out.name("eventLow").number(found.event_low);
    out.name("flatHigh").number(found.flat_high);
    out.name("flatLow").number(found.flat_low);
    out.name("parameter").text(found.parameter.name());
    out.name("value").number(found.value).close('}');
}

fn source(out: &mut Json, found: &Provenance) {
    out.open('{').name("file").text(&found.file);
    out.name("fromSecs").number(whole(found.from_secs));
    out.name("options").text(&found.options);
    if let Some(quality) = &found.quality {
        out.name("quality").text(quality);
    }
    out.name("role").text(&found.role);
    out.name("rows").number(count(found.rows));
    out.name("sha256").text(&found.sha256);
    out.name("toSecs").number(whole(found.to_secs)).close('}');
}

fn update(out: &mut Json, found: &UpdateGaps) {
    let Percentiles { p25, p50, p75, p90, max } = found.lengths;
    out.open('{').name("feed").text(&found.feed);
    out.name("lengths").open('{').name("max").number(max);
    out.name("p25").number(p25).name("p50").number(p50);
    out.name("p75").number(p75).name("p90").number(p90).close('}');
    out.name("of").text(found.of.names().0).close('}');
}

const fn generation(generation: Generation) -> &'static str {
    match generation {
        Generation::M2023 => "m2023",
        Generation::L2024 => "l2024",
        Generation::V1 => "v1",
        Generation::V1Mint => "v1mint",
        Generation::V2 => "v2",
        Generation::Dfm => "dfm",
    }
}

fn list<T>(out: &mut Json, items: &[T], each: impl Fn(&mut Json, &T)) {
    out.open('[');
    for item in items {
        each(out, item);
    }
    out.close(']');
}

fn if_defined(out: &mut Json, name: &str, value: Option<f64>) {
    if let Some(value) = value {
        out.name(name).number(value);
    }
}

fn number_or_null(out: &mut Json, value: Option<f64>) {
    match value {
        Some(value) => out.number(value),
        None => out.null(),
    };
}

/// A whole number of seconds or tokens, below 2^53 wherever it means something.
#[expect(clippy::as_conversions, reason = "rounded above 2^53")]
fn whole(number: impl Into<u64>) -> f64 {
    number.into() as f64
}

#[expect(clippy::as_conversions, reason = "what is counted is in memory")]
const fn count(number: usize) -> f64 {
    number as f64
}
