//! Real loans against the core: what the chain said of them, and what we say.
//!
//! `LLAMATH_DATA=DIR cargo test --test reality` runs on a folder with other people's data; it is
//! skipped, and says so, where none is named.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected must fail"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use llamath::decimal::{to_f64, to_raw};
use llamath::fixed::WAD;
use llamath::lending::Interest;
use llamath::llamma::{
    Amounts, Balance, Controller, Debt, Funds, Generation, Limiter, Loan, Market, Position,
    Snapshot, StoredBand,
};
use llamath::{I256, U256};
use serde_json::Value;

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("LLAMATH_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: LLAMATH_DATA names no folder with real loans");
    }
    folder
}

fn unzipped(path: &Path) -> String {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzip");
    text
}

fn wad(text: &str) -> U256 {
    to_raw(text, 18).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

fn signed(number: I256) -> f64 {
    let magnitude = to_f64(number.magnitude(), 18).expect("18 decimals");
    if number.is_negative() { -magnitude } else { magnitude }
}

fn mint_market(base_price: U256, collateral_decimals: u32) -> Market {
    Market {
        generation: Generation::M2023,
        A: 100,
        base_price,
        fee: wad("0.006"),
        admin_fee: U256::ZERO,
        loan_discount: wad("0.09"),
        liquidation_discount: wad("0.06"),
        collateral_decimals,
        borrowed_decimals: 18,
    }
}

/// The market of a file with one user's loan alone, spread evenly over its bands.
fn with_loan(file: &Value, user: &Value) -> Controller {
    let params = &file["llamma_params"];
    let now = text(&file["timestamp"]).parse().expect("seconds");
    let number = |name: &str| user[name].as_i64().expect("a band");
    let (n1, n2) = (number("n1"), number("n2"));
    let bands = U256::from(u64::try_from(n2 - n1 + 1).expect("a band"));
    let per_band = wad(text(&user["collateral"])) / bands;
    let rate_mul = text(&params["rate_mul"]).parse().expect("an integer");
    Snapshot {
        market: mint_market(wad(text(&params["BASE_PRICE"])), 18),
        now,
        oracle_price: wad(text(&params["oracle_price"])),
        limiter: Limiter { old_p_o: WAD, old_dfee: U256::ZERO, prev_p_o_time: 0 },
        interest: Interest { rate: U256::ZERO, rate_time_secs: now, rate_mul },
        active_band: text(&params["active_band"]).parse().expect("a band"),
        min_band: n1,
        max_band: n2,
        bands: (n1..=n2)
            .map(|n| StoredBand {
                n,
                x: U256::ZERO,
                y: per_band,
                shares: per_band * U256::from(1000_u64),
            })
            .collect(),
        admin_fees: Amounts::default(),
        loans: vec![Loan {
            user: "user".into(),
            position: Position {
                n1,
                n2,
                shares: (n1..=n2).map(|_| per_band * U256::from(1000_u64)).collect(),
            },
            debt: Debt { initial: wad(text(&user["debt"])), rate_mul },
            liquidation_discount: wad("0.06"),
            ..Loan::default()
        }],
        loan_count: 1,
        total_debt: Debt { initial: wad(text(&user["debt"])), rate_mul },
        funds: Funds::Balance(Balance::new(WAD)),
        policy_rate: U256::ZERO,
    }
    .open()
    .expect("a market")
}

#[test]
fn health_of_the_loans_of_a_day() {
    let Some(data) = data() else { return };
    let mut loans = 0;
    for name in ["WBTC", "WETH", "sfrxETH", "tBTC", "wstETH"] {
        let path = data.join(format!("crvusd_snapshot_19122585/{name}.json.gz"));
        let file: Value = serde_json::from_str(&unzipped(&path)).expect("JSON");
        let users = file["users"].as_array().expect("users");
        loans += users.len();
        let untouched = users.iter().filter(|user| text(&user["stablecoin"]) == "0");
        let mut errors: Vec<f64> = untouched
            .map(|user| {
                let health = with_loan(&file, user).health("user").expect("health");
                (signed(health) - text(&user["health_not_full"]).parse::<f64>().expect("health"))
                    .abs()
            })
            .collect();
        errors.sort_by(f64::total_cmp);
        let median = errors[errors.len() / 2];
        println!("{name}: {} loans, median error of health {median:.1e}", errors.len());
        // The healths are from 3 hours 17 minutes before the rest: that much interest.
        assert!(median <= 5e-5, "{name}: median error {median}");
    }
    assert_eq!(loans, 773, "loans in the snapshot");
}

/// One loan as it was made.
struct Made {
    secs: f64,
    n1: i64,
    bands: u32,
    collateral: U256,
    debt: U256,
}

/// The first band of a loan in a market that is otherwise empty, far below the oracle price.
fn first_band(made: &Made, base_price: U256, decimals: u32) -> Option<i64> {
    let funds = Funds::Balance(Balance::new(WAD));
    let mut market = Controller::new(mint_market(base_price, decimals), 1000, funds, U256::ZERO)
        .expect("a market");
    market.set_price(base_price * U256::from(1_000_000_u64), 3600);
    market.debt_n1(made.collateral, made.debt, made.bands, None).ok()
}

/// How many of a window's loans come out in their first band with the base price, and the interest
/// by which it grows, that most of them agree on.
fn agreement(window: &[Made], decimals: u32) -> usize {
    const YEAR_SECS: f64 = 365.0 * 86_400.0;
    // From which base price on a loan gets its first band: up to the next power of A/(A − 1).
    let one = WAD * U256::from(1000_u64);
    let ratio = 100.0_f64 / 99.0;
    let mut lows = Vec::new();
    for made in window {
        let Some(at_one) = first_band(made, one, decimals) else { continue };
        let exact = |base: f64| {
            first_band(made, wad(&format!("{base:.18}")), decimals).is_some_and(|n1| n1 >= made.n1)
        };
        // About where it is, then the lower edge to the last digits.
        let steps = i32::try_from(made.n1 - at_one).expect("near");
        let guess = 1000.0 * ratio.powi(steps);
        let (mut low, mut high) = (guess / ratio / ratio, guess * ratio);
        for _ in 0..40 {
            let middle = (low + high) / 2.0;
            if exact(middle) { high = middle } else { low = middle }
        }
        lows.push((made.secs, high));
    }
    let grown = |secs: f64, rate: f64| (rate * (secs - window[0].secs) / YEAR_SECS).exp();
    let (mut best, mut base, mut interest) = (0, 0.0, 0.0);
    for quarter_percents in 0..=200 {
        let rate = f64::from(quarter_percents) / 400.0;
        let mut edges = Vec::new();
        for (secs, low) in &lows {
            let at_start = low / grown(*secs, rate);
            edges.extend([(at_start, 1), (at_start * ratio, -1)]);
        }
        edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut depth = 0;
        for pair in edges.windows(2) {
            depth += pair[0].1;
            if depth > best {
                (best, base, interest) = (depth, (pair[0].0 + pair[1].0) / 2.0, rate);
            }
        }
    }
    let is_right = |made: &&Made| {
        let base = base * grown(made.secs, interest);
        first_band(made, wad(&format!("{base:.18}")), decimals) == Some(made.n1)
    };
    window.iter().filter(is_right).count()
}

#[test]
fn first_bands_of_the_loans_of_years() {
    /// Longer, and interest is not one: loans of a month agree on a base price less often.
    const WINDOW_SECS: u64 = 14 * 86_400;
    /// In fewer, a base price and an interest fit too easily.
    const FEWEST: usize = 10;
    let Some(data) = data() else { return };
    let csv = unzipped(&data.join("crvusd_user_loan_details.csv.gz"));
    let mut lines = csv.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 12_385, "loan states in the file");
    let column = |name: &str| names.iter().position(|own| *own == name).expect("a column");
    let [n1, n2, user, market] = ["n1", "n2", "user", "market"].map(column);
    let [collateral, debt] = ["collateral_deposited", "initial_debt"].map(column);
    let [start, start_block, end_block] =
        ["loan_start_time", "loan_start_block", "loan_end_block"].map(column);
    // A state that takes the place of another has bands of that one, or coins that no column tells.
    let ends: BTreeSet<_> =
        rows.iter().map(|row| (row[market], row[user], row[end_block])).collect();
    let mut markets: BTreeMap<&str, BTreeMap<u64, Vec<Made>>> = BTreeMap::new();
    for row in &rows {
        let (first, last): (i64, i64) =
            (row[n1].parse().expect("n1"), row[n2].parse().expect("n2"));
        let amount = |at: usize| row[at].parse::<f64>().expect("an amount");
        let is_new = !ends.contains(&(row[market], row[user], row[start_block]));
        // Closed and odd states are no loans as they were made.
        let is_loan = amount(collateral) > 0.0
            && amount(debt) > 0.0
            && (4..=50).contains(&(last - first + 1));
        if !is_new || !is_loan {
            continue;
        }
        let decimals = decimals(row[market]);
        let places = usize::try_from(decimals).expect("few");
        let raw = |at: usize, places: usize, decimals| {
            to_raw(&format!("{:.places$}", amount(at)), decimals).expect("an amount")
        };
        let secs: u64 = row[start].parse().expect("seconds");
        let windows = markets.entry(row[market]).or_default();
        windows.entry(secs / WINDOW_SECS).or_default().push(Made {
            secs: secs as f64,
            n1: first,
            bands: u32::try_from(last - first + 1).expect("few"),
            collateral: raw(collateral, places, decimals),
            debt: raw(debt, 18, 18),
        });
    }
    assert_eq!(markets.len(), 6);
    for (market, windows) in &markets {
        let windows = windows.values().filter(|made| made.len() >= FEWEST);
        let (all, right) = windows.fold((0, 0), |(all, right), made| {
            (all + made.len(), right + agreement(made, decimals(market)))
        });
        let share = right as f64 / all as f64;
        println!("{market}: {right} of {all} loans in their first band, {:.1} %", share * 100.0);
        assert!(all >= 20 && share >= 0.94, "{market}: {right} of {all}");
    }
}

/// Decimals of the collateral of a controller: 8 of WBTC's, 18 of the others'.
fn decimals(controller: &str) -> u32 {
    if controller.starts_with("0x4e5954") { 8 } else { 18 }
}
