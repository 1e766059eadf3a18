//! A recommendation as Markdown.

use super::provenance::Provenance;
use super::recommend::Recommendation;
use super::scan::{Scan, Scanned};
use super::updates::UpdateGaps;
use crate::ceiling::DebtCeiling;
use crate::date::date;
use crate::decimal::from_raw;
use crate::error::Result;
use crate::oracle::{Comparison, FeedReport, Ranking};

/// The recommendation as a page of Markdown: parameters, LTVs, ceiling, oracles, sources.
///
/// # Errors
/// `Invalid` on `times` that are no dates.
///
/// ```
/// use llamath::{llamma::Generation, market::{MARGIN, MarketInput, markdown, recommend}};
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
/// let page = markdown(&weth)?;
/// assert!(page.starts_with("# WETH on Arbitrum\n"));
/// assert!(page.contains("| loan discount | 7 % |"));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn markdown(market: &Recommendation) -> Result<String> {
    let mut page = vec![format!("# {} on {}\n", inline(&market.collateral), inline(&market.chain))];
    page.push(parameters(market));
    if !market.scans.is_empty() {
        page.push(scans(&market.scans));
    }
    page.push(ltvs(market)?);
    page.extend(market.ceiling.as_ref().map(ceiling));
    if let Some(comparison) = &market.oracles {
        page.push(oracles(comparison)?);
    }
    if !market.updates.is_empty() {
        page.push(updates(&market.updates));
    }
    page.push(sources(&market.sources)?);
    Ok(page.join("\n"))
}

fn parameters(market: &Recommendation) -> String {
    let rows = [
        ("A", market.A.to_string()),
        ("fee", percent(market.fee)),
        ("worst-case loss", percent(market.loss)),
        ("liquidation discount", percent(market.liquidation_discount)),
        ("loan discount", percent(market.loan_discount)),
    ];
    let rows = rows.map(|(name, value)| [name.into(), value]);
    table(["parameter", "value"], rows)
}

fn scans(scans: &[Scan]) -> String {
    let rows = scans.iter().map(|scan| {
        let of = |value| match scan.parameter {
            Scanned::A => figure(Some(value)),
            Scanned::Fee => percent(value),
        };
        let range = |low, high| format!("{} to {}", of(low), of(high));
        let error = scan.error.map(percent);
        [
            scan.parameter.name().into(),
            of(scan.value),
            range(scan.flat_low, scan.flat_high),
            range(scan.event_low, scan.event_high),
            error.unwrap_or_else(|| "–".into()),
        ]
    });
    let header =
        ["parameter", "best", "as good", "without one event each", "standard error of its loss"];
    format!("## A and fee as simulated\n\n{}", table(header, rows))
}

fn ltvs(market: &Recommendation) -> Result<String> {
    let rows = market.max_ltv.iter().map(|row| {
        let exact = from_raw(row.exact, 18)?;
        Ok([row.bands.to_string(), percent(row.ltv), exact, percent(row.estimate)])
    });
    let table = table(
        ["bands N", "largest LTV", "exactly", "1 − loan discount − N/(2A)"],
        rows.collect::<Result<Vec<_>>>()?,
    );
    Ok(format!("## Largest LTV at a price of {}\n\n{table}", market.price))
}

fn ceiling(found: &DebtCeiling) -> String {
    let rows = [
        ["debt ceiling", &format!("{} USD", amount(found.rounded_usd))],
        ["before rounding down", &format!("{} USD", amount(found.ceiling_usd))],
        ["least average liquidity", &amount(found.minimum)],
        ["on", &found.minimum_date],
        ["average", &found.convention],
    ];
    let rows = rows.map(|[name, value]| [name.into(), inline(value)]);
    format!("## Debt ceiling\n\n{}", table(["figure", "value"], rows))
}

fn oracles(comparison: &Comparison) -> Result<String> {
    let Comparison { compared, left_out, step_secs, .. } = comparison;
    let window = format!(
        "Against {}, {} to {}, every {step_secs} s: {compared} moments compared, {left_out} left out.",
        inline(&comparison.reference),
        date(comparison.from_secs)?,
        date(comparison.to_secs)?,
    );
    let feeds = comparison.feeds.iter().map(|feed| {
        let found = &feed.metrics;
        let lag = feed.lag.map(|lag| format!("{} steps", lag.steps));
        Ok([
            inline(&feed.name),
            figure(Some(found.mean_difference)),
            figure(found.variance_difference),
            figure(found.volatility),
            figure(found.correlation),
            figure(Some(found.rmse)),
            figure(Some(found.mae)),
            format!("{} on {}", figure(Some(found.worst)), date(feed.worst_at_secs)?),
            lag.unwrap_or_else(|| "–".into()),
        ])
    });
    let header = [
        "feed",
        "mean d",
        "variance of d",
        "volatility",
        "correlation",
        "RMSE",
        "MAE",
        "worst",
        "lag",
    ];
    let feeds = table(header, feeds.collect::<Result<Vec<_>>>()?);
    let places = comparison
        .rankings
        .iter()
        .map(|ranking| [ranking.measure.name().into(), in_order(ranking, &comparison.feeds)]);
    let places = table(["by", "order"], places);
    Ok(format!("## Oracles\n\n{window}\n\n{feeds}\n{places}"))
}

/// The feeds by their places, such as `1. A, 2. B, 2. C`.
fn in_order(ranking: &Ranking, feeds: &[FeedReport]) -> String {
    let named = ranking.places.iter().zip(feeds);
    let mut placed: Vec<_> = named.filter_map(|(place, feed)| Some(((*place)?, feed))).collect();
    placed.sort_by_key(|(place, _)| *place);
    let text = |(place, feed): &(usize, &FeedReport)| format!("{place}. {}", inline(&feed.name));
    placed.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn updates(updates: &[UpdateGaps]) -> String {
    let rows = updates.iter().map(|UpdateGaps { feed, of, lengths }| {
        let (name, unit) = of.names();
        let percentiles = [lengths.p25, lengths.p50, lengths.p75, lengths.p90, lengths.max];
        let [p25, p50, p75, p90, most] = percentiles.map(|length| figure(Some(length)));
        [inline(feed), format!("{name}, in {unit}"), p25, p50, p75, p90, most]
    });
    let header = ["feed", "of its", "25 %", "50 %", "75 %", "90 %", "most"];
    format!("## How often feeds change\n\n{}", table(header, rows))
}

fn sources(sources: &[Provenance]) -> Result<String> {
    if sources.is_empty() {
        return Ok("## Sources\n\nNone named.\n".into());
    }
    let rows = sources.iter().map(|source| {
        Ok([
            inline(&source.role),
            inline(&source.file),
            source.rows.to_string(),
            format!("{} to {}", date(source.from_secs)?, date(source.to_secs)?),
            inline(&source.options),
            inline(source.quality.as_deref().unwrap_or("–")),
            format!("`{}`", source.sha256),
        ])
    });
    let header = ["for", "file", "rows", "period", "computed with", "quality", "SHA-256"];
    Ok(format!("## Sources\n\n{}", table(header, rows.collect::<Result<Vec<_>>>()?)))
}

fn table<const N: usize>(header: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
    let body = rows.into_iter().map(|row| line(&row.each_ref().map(String::as_str)));
    let body: String = body.collect();
    format!("{}{}{body}", line(&header), line(&["---"; N]))
}

/// A text that stays within its cell.
fn inline(text: &str) -> String {
    let escape = |letter: char| match letter {
        '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' => vec!['\\', letter],
        control if control.is_control() => vec![' '],
        other => vec![other],
    };
    text.chars().flat_map(escape).collect()
}

/// A fraction in percent, to four digits behind the point at most.
fn percent(fraction: f64) -> String {
    format!("{} %", trimmed(format!("{:.4}", fraction * 100.0)))
}

/// An amount to whole units.
fn amount(value: f64) -> String {
    format!("{value:.0}")
}

/// A figure to six significant digits.
fn figure(value: Option<f64>) -> String {
    let Some(value) = value else { return "–".into() };
    let six = format!("{value:.5e}");
    match six.parse::<f64>() {
        // Without the sign of a zero.
        Ok(0.0) => "0".into(),
        Ok(rounded) if (1e-4..1e15).contains(&rounded.abs()) => rounded.to_string(),
        _ => six,
    }
}

/// A decimal without the zeros at its end.
fn trimmed(decimal: String) -> String {
    match decimal.contains('.') {
        true => decimal.trim_end_matches('0').trim_end_matches('.').into(),
        false => decimal,
    }
}
