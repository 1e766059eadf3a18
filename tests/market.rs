//! Recommended markets: LlamaRisk's own figures, its slips, and the page that comes of it.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

use llamath::ceiling::{CeilingInput, LiquidityUnit, conventions, debt_ceiling};
use llamath::llamma::{Generation, PRESETS, ltv_closed_form, ltv_estimate};
use llamath::market::{
    GapsOf, LTV_BANDS, MARGIN, MarketInput, Provenance, Recommendation, Scan, Scanned, UpdateGaps,
    json, liquidation_discount, markdown, recommend,
};
use llamath::oracle::{CompareInput, Divisor, Feed, Grid, Percentiles, compare};
use llamath::{Error, ErrorKind};

const WETH: MarketInput<'_> = MarketInput {
    collateral: "WETH",
    chain: "Optimism",
    generation: Generation::Dfm,
    A: 72,
    fee: 0.002,
    loss: 0.04,
    margin: MARGIN,
    price: 3_500.0,
    collateral_decimals: 18,
    borrowed_decimals: 18,
    scans: &[],
    ceiling: None,
    oracles: None,
    updates: &[],
    sources: &[],
};

fn is_invalid(result: Result<Recommendation, Error>, name: &str) -> bool {
    matches!(result.as_ref().map_err(Error::kind), Err(ErrorKind::Invalid { field, .. }) if *field == name)
}

fn parsed(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// LlamaRisk's report for defi.money: worst-case losses and what was made of them.
#[test]
fn the_reports_own_figures() {
    for (collateral, amplification, fee, loss, liquidation, loan) in [
        // 4 % and 7 % are stated without the loss that they come from.
        ("WETH", 72, 0.002, 0.04, 0.04, 0.07),
        ("WBTC", 89, 0.002, 0.030971, 0.04, 0.07),
        // The report says 0.84; with its own margin and sum, 0.114, it is 0.084.
        ("ARB", 30, 0.0015, 0.084, 0.09, 0.12),
        ("GMX", 29, 0.005, 0.10389, 0.11, 0.14),
        // The report calls these two losses the loan discount.
        ("OP", 35, 0.005, 0.104906, 0.11, 0.14),
        ("PENDLE", 60, 0.005, 0.09828, 0.1, 0.13),
        ("VELO", 41, 0.0015, 0.128581, 0.13, 0.16),
    ] {
        let input = MarketInput { collateral, A: amplification, fee, loss, ..WETH };
        let found = recommend(&input).unwrap();
        assert_eq!((found.liquidation_discount, found.loan_discount), (liquidation, loan));
        assert_eq!(found.max_ltv.iter().map(|row| row.bands).collect::<Vec<_>>(), LTV_BANDS);
        for row in &found.max_ltv {
            let band = 1.0 - 1.0 / f64::from(amplification);
            let closed = ltv_closed_form(amplification, row.bands, loan, band);
            assert!((row.ltv / closed - 1.0).abs() < 1e-9, "{collateral}: {row:?}, {closed}");
            let estimate = ltv_estimate(amplification, row.bands, loan);
            assert_eq!(row.estimate, estimate);
        }
    }
    // Taken at its word, the slip is no market that a contract would accept.
    let slip = recommend(&MarketInput { loss: 0.84, ..WETH });
    assert!(matches!(slip.as_ref().map_err(Error::kind), Err(ErrorKind::Revert(_))), "{slip:?}");
    // The sums before rounding, as printed.
    assert!((0.084 + MARGIN - 0.114_f64).abs() < 1e-15);
    assert!((0.030971 + MARGIN - 0.060971_f64).abs() < 1e-15);
}

#[test]
fn what_was_deployed_is_what_was_recommended() {
    let losses = [("WETH", 0.04), ("wBTC", 0.030971), ("ARB", 0.084)];
    let mut compared = 0;
    for preset in PRESETS.iter().filter(|preset| preset.source.protocol == "defi.money") {
        let Some((_, loss)) = losses.iter().find(|(name, _)| *name == preset.name) else {
            continue;
        };
        let market = preset.market(llamath::fixed::WAD);
        let found = recommend(&MarketInput {
            A: market.A,
            fee: llamath::decimal::to_f64(market.fee, 18).unwrap(),
            loss: *loss,
            ..WETH
        })
        .unwrap();
        let discounts = [market.liquidation_discount, market.loan_discount]
            .map(|discount| llamath::decimal::to_f64(discount, 18).unwrap());
        assert_eq!([found.liquidation_discount, found.loan_discount], discounts, "{}", preset.name);
        compared += 1;
    }
    assert_eq!(compared, 5, "WETH and wBTC on two chains, ARB on one");
}

#[test]
fn a_whole_percent_stays_what_it_is() {
    for percent in 0..=100 {
        let exact = f64::from(percent) / 100.0;
        assert_eq!(liquidation_discount(exact), Ok(exact), "{percent} %");
        if percent < 100 {
            let next = f64::from(percent + 1) / 100.0;
            assert_eq!(liquidation_discount(exact.next_up()), Ok(next), "a bit above {percent} %");
        }
    }
}

#[test]
fn inputs_out_of_range_are_named() {
    for (input, field) in [
        (MarketInput { loss: f64::NAN, ..WETH }, "loss"),
        (MarketInput { loss: 1.01, ..WETH }, "loss"),
        (MarketInput { margin: -0.01, ..WETH }, "margin"),
        (MarketInput { fee: 1.5, ..WETH }, "fee"),
        (MarketInput { price: 0.0, ..WETH }, "price"),
        (MarketInput { price: 1e70, ..WETH }, "price"),
        (MarketInput { margin: 1e-20, ..WETH }, "margin"),
    ] {
        assert!(is_invalid(recommend(&input), field), "{field}: {:?}", recommend(&input));
    }
    for refused in [
        MarketInput { A: 1, ..WETH },
        MarketInput { A: 10_001, ..WETH },
        MarketInput { fee: 0.11, ..WETH },
        MarketInput { loss: 0.0, ..WETH },
        MarketInput { loss: 0.475, ..WETH },
        MarketInput { margin: 0.0, ..WETH },
        MarketInput { collateral_decimals: 19, ..WETH },
        MarketInput { borrowed_decimals: 19, ..WETH },
    ] {
        assert!(recommend(&refused).is_err(), "{refused:?}");
    }
    let of = |rows, period| Provenance::of("a", "b", b"", rows, period, "", None);
    assert!(of(0, (0, 0)).is_err() && of(1, (1, 0)).is_err() && of(1, (0, 1 << 60)).is_err());
}

#[test]
fn the_page_says_what_was_found_and_from_what() {
    let times = [0, 86_400, 172_800];
    let ceiling = debt_ceiling(&CeilingInput {
        times: &times,
        liquidity: &[Some(5e6), Some(1e6), Some(9e6)],
        ema: conventions(7.0, 0)[1],
        share: 0.2,
        digits: 1,
        unit: LiquidityUnit::Usd,
    })
    .unwrap();
    let spot = [100.0, 101.0, 103.0].map(Some);
    let (good, bad) = ([100.0, 101.5, 103.0].map(Some), [99.0, 99.0, 99.0].map(Some));
    let oracles = compare(&CompareInput {
        grid: Grid { start_secs: 1_736_009_280, step_secs: 60, count: 3 },
        reference: Feed { name: "spot", values: &spot },
        feeds: &[
            Feed { name: "stuck", values: &bad },
            Feed { name: "EMA | *10 min*", values: &good },
        ],
        divisor: Divisor::CountLessOne,
        max_lag_steps: 0,
    })
    .unwrap();
    let lengths = Percentiles { p25: 1.0, p50: 2.0, p75: 3.0, p90: 3.5, max: 1_000.0 };
    let source =
        Provenance::of("spot", "eth_1m.csv", b"abc", 3, (0, 172_800), "close", Some("1 gap"))
            .unwrap();
    let found = recommend(&MarketInput {
        ceiling: Some(&ceiling),
        oracles: Some(&oracles),
        updates: &[UpdateGaps { feed: "stuck".into(), of: GapsOf::Time, lengths }],
        sources: &[source],
        ..WETH
    })
    .unwrap();
    let page = markdown(&found).unwrap();
    for line in [
        "# WETH on Optimism",
        "| stuck | time, in steps | 1 | 2 | 3 | 3.5 | 1000 |",
        "| A | 72 |",
        "| fee | 0.2 % |",
        "| liquidation discount | 4 % |",
        "| loan discount | 7 % |",
        "## Largest LTV at a price of 3500",
        "| debt ceiling | 800000 USD |",
        "| on | 1970-01-02 |",
        "| average | span 7, from the first value |",
        "Against spot, 2025-01-04 to 2025-01-04, every 60 s: 3 moments compared, 0 left out.",
        "| RMSE | 1. EMA \\| \\*10 min\\*, 2. stuck |",
        "| correlation | 1. EMA \\| \\*10 min\\* |",
        "| EMA \\| \\*10 min\\* | 0.166667 | 0.0833333 | 1.5 | 0.981981 | 0.288675 | 0.166667 | 0.5 on \
         2025-01-04 | – |",
        "| spot | eth\\_1m.csv | 3 | 1970-01-01 to 1970-01-03 | close | 1 gap | \
         `ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad` |",
    ] {
        assert!(page.lines().any(|found| found == line), "no line {line}\n{page}");
    }
    // Every row of a table has as many cells as its header.
    for block in page.split("\n\n") {
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        let counts: Vec<_> = block.lines().filter(|l| l.starts_with('|')).map(bars).collect();
        let same = counts.windows(2).all(|pair| pair.first() == pair.last());
        assert!(same, "{block}");
    }
    let record = parsed(&json(&found));
    assert!(json(&found).contains(r#""minimum":4000000,"minimumAtSecs":86400,"#));
    assert_eq!(record["ceiling"]["ema"], parsed("[5000000,4000000,5250000]"));
    assert_eq!(record["ceiling"]["minimumDate"], "1970-01-02");
    assert_eq!(record["oracles"]["feeds"][0]["metrics"].get("correlation"), None);
    assert_eq!(record["oracles"]["rankings"][2]["places"], parsed("[null,1]"));
    assert_eq!(record["updates"][0]["lengths"]["p90"], 3.5);
    assert_eq!(record["sources"][0]["quality"], "1 gap");
    assert_eq!(record["sources"][0]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(record["maxLtv"][0]["exact"], found.max_ltv.first().unwrap().exact.to_string());
    assert_eq!(record.as_object().map(serde_json::Map::len), Some(16), "{record}");
    let bare = markdown(&recommend(&WETH).unwrap()).unwrap();
    assert!(bare.contains("None named.") && !bare.contains("Oracles") && !bare.contains("ceiling"));
}

/// What a scan says goes into both pages beside the value that was chosen; a range that does not
/// hold its value is none.
#[test]
fn scans_beside_the_choice() {
    let fee = Scan {
        parameter: Scanned::Fee,
        value: 0.001318,
        flat_low: 0.001,
        flat_high: 0.002,
        event_low: 0.001318,
        event_high: 0.003,
        error: None,
    };
    let a = Scan {
        parameter: Scanned::A,
        value: 72.0,
        flat_low: 60.0,
        flat_high: 85.0,
        event_low: 50.0,
        event_high: 72.0,
        error: Some(0.0012),
    };
    let found = recommend(&MarketInput { scans: &[fee, a], ..WETH }).unwrap();
    let page = markdown(&found).unwrap();
    assert!(page.contains("| fee | 0.1318 % | 0.1 % to 0.2 % | 0.1318 % to 0.3 % | – |"), "{page}");
    assert!(page.contains("| A | 72 | 60 to 85 | 50 to 72 | 0.12 % |"), "{page}");
    assert_eq!(parsed(&json(&found))["scans"][1]["flatHigh"], 85.0);
    for wrong in [
        Scan { value: 90.0, ..a },
        Scan { event_high: f64::INFINITY, ..a },
        Scan { flat_low: 0.0, ..a },
        Scan { error: Some(f64::NAN), ..a },
    ] {
        assert!(is_invalid(recommend(&MarketInput { scans: &[wrong], ..WETH }), "scans"));
    }
}
