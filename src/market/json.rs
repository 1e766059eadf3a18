//! A recommendation as canonical JSON.

use super::provenance::Provenance;
use super::recommend::{LtvOfBands, Recommendation};
use crate::ceiling::DebtCeiling;
use crate::json::Json;
use crate::llamma::Generation;
use crate::oracle::{Comparison, Divisor, FeedReport, Lag, Measure, Metrics, Ranking};

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
///     ceiling: None,
///     oracles: None,
///     sources: &[],
/// })?;
/// let record = json(&weth);
/// assert!(record.starts_with(r#"{"A":72,"chain":"Arbitrum","collateral":"WETH","fee":0.002,"#));
/// assert!(record.contains(r#""liquidationDiscount":0.04,"loanDiscount":0.07,"#));
/// # Ok::<(), llamath::Error>(())
/// ```
#[must_use]
pub fn json(market: &Recommendation) -> String {
    let mut record = vec![
        ("A", whole(market.A)),
        ("chain", Json::text(&market.chain)),
        ("collateral", Json::text(&market.collateral)),
        ("fee", Json::Number(market.fee)),
        ("generation", Json::text(generation(market.generation))),
        ("liquidationDiscount", Json::Number(market.liquidation_discount)),
        ("loanDiscount", Json::Number(market.loan_discount)),
        ("loss", Json::Number(market.loss)),
        ("margin", Json::Number(market.margin)),
        ("maxLtv", list(&market.max_ltv, max_ltv)),
        ("price", Json::Number(market.price)),
        ("sources", list(&market.sources, source)),
    ];
    record.extend(market.ceiling.as_ref().map(|found| ("ceiling", ceiling(found))));
    record.extend(market.oracles.as_ref().map(|found| ("oracles", comparison(found))));
    Json::Object(record).canonical()
}

fn max_ltv(row: &LtvOfBands) -> Json {
    Json::Object(vec![
        ("bands", whole(row.bands)),
        ("estimate", Json::Number(row.estimate)),
        ("exact", Json::text(&row.exact.to_string())),
        ("ltv", Json::Number(row.ltv)),
    ])
}

fn ceiling(found: &DebtCeiling) -> Json {
    Json::Object(vec![
        ("ceiling", Json::Number(found.ceiling)),
        ("ceilingUsd", Json::Number(found.ceiling_usd)),
        ("convention", Json::text(&found.convention)),
        ("ema", list(&found.ema, |value| value.map_or(Json::Null, Json::Number))),
        ("minimum", Json::Number(found.minimum)),
        ("minimumAtSecs", whole(found.minimum_at_secs)),
        ("minimumDate", Json::text(&found.minimum_date)),
        ("minimumRow", count(found.minimum_row)),
        ("roundedUsd", Json::Number(found.rounded_usd)),
    ])
}

fn comparison(found: &Comparison) -> Json {
    let divisor = match found.divisor {
        Divisor::CountLessOne => "countLessOne",
        Divisor::Count => "count",
    };
    Json::Object(vec![
        ("compared", count(found.compared)),
        ("divisor", Json::text(divisor)),
        ("feeds", list(&found.feeds, feed)),
        ("fromSecs", whole(found.from_secs)),
        ("leftOut", count(found.left_out)),
        ("rankings", list(&found.rankings, ranking)),
        ("reference", Json::text(&found.reference)),
        ("stepSecs", whole(found.step_secs)),
        ("toSecs", whole(found.to_secs)),
    ])
}

fn feed(found: &FeedReport) -> Json {
    let mut record = vec![
        ("metrics", metrics(&found.metrics)),
        ("name", Json::text(&found.name)),
        ("worstAtSecs", whole(found.worst_at_secs)),
    ];
    record.extend(found.lag.map(|found| ("lag", lag(&found))));
    Json::Object(record)
}

fn metrics(found: &Metrics) -> Json {
    let mut record = vec![
        ("count", count(found.count)),
        ("mae", Json::Number(found.mae)),
        ("meanDifference", Json::Number(found.mean_difference)),
        ("rmse", Json::Number(found.rmse)),
        ("worst", Json::Number(found.worst)),
        ("worstRow", count(found.worst_row)),
    ];
    let undefined_at_times = [
        ("correlation", found.correlation),
        ("varianceDifference", found.variance_difference),
        ("volatility", found.volatility),
    ];
    let defined = undefined_at_times.into_iter().filter_map(|(name, value)| Some((name, value?)));
    record.extend(defined.map(|(name, value)| (name, Json::Number(value))));
    Json::Object(record)
}

fn lag(found: &Lag) -> Json {
    #[expect(clippy::as_conversions, reason = "steps are fewer than rows in memory")]
    let mut record = vec![("steps", Json::Number(found.steps as f64))];
    record.extend(found.correlation.map(|found| ("correlation", Json::Number(found))));
    Json::Object(record)
}

fn ranking(found: &Ranking) -> Json {
    let measure = match found.measure {
        Measure::MeanDifference => "meanDifference",
        Measure::VarianceDifference => "varianceDifference",
        Measure::Correlation => "correlation",
        Measure::Rmse => "rmse",
        Measure::Mae => "mae",
        Measure::Worst => "worst",
    };
    Json::Object(vec![
        ("measure", Json::text(measure)),
        ("places", list(&found.places, |place| place.map_or(Json::Null, count))),
    ])
}

fn source(found: &Provenance) -> Json {
    Json::Object(vec![
        ("file", Json::text(&found.file)),
        ("fromSecs", whole(found.from_secs)),
        ("options", Json::text(&found.options)),
        ("role", Json::text(&found.role)),
        ("rows", count(found.rows)),
        ("sha256", Json::text(&found.sha256)),
        ("toSecs", whole(found.to_secs)),
    ])
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

fn list<T>(items: &[T], each: impl Fn(&T) -> Json) -> Json {
    Json::List(items.iter().map(each).collect())
}

/// A whole number of seconds or tokens, below 2^53 wherever it means something.
#[expect(clippy::as_conversions, reason = "rounded above 2^53")]
fn whole(number: impl Into<u64>) -> Json {
    Json::Number(number.into() as f64)
}

#[expect(clippy::as_conversions, reason = "what is counted is in memory")]
fn count(number: usize) -> Json {
    Json::Number(number as f64)
}
