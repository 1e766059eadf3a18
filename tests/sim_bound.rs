//! The search for the worst windows against simulating every window.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected must fail"
)]

mod synthetic;

use std::time::Instant;

use synthetic::Random;

use llamath::ErrorKind;
use llamath::sim::{
    Candle, FeeModel, Partial, Search, Settings, Trading, Window, close_prices, ema_half_life,
    loss_tails, middle_prices, windows_by_rows,
};

fn one_tail(
    candles: &[Candle],
    oracle: &[f64],
    windows: &[Window],
    settings: &Settings,
    kept: usize,
    search: Search,
) -> llamath::Result<Partial> {
    let mut tails = loss_tails(candles, oracle, windows, &[*settings], kept, search)?;
    Ok(tails.remove(0))
}

/// Settings of all kinds: both models, guarded or not, one band to many, narrow to wide.
fn any_settings(random: &mut Random, trading: Trading) -> (Settings, f64, usize) {
    let usual = random.between(10.0, 500.0);
    let any = random.between(2.0, 2000.0);
    let a = random.one_of(&[usual, usual, any]) as u32;
    let bands = random.one_of(&[1, 2, 4, 4, 4, 7, 10, 20]);
    let fee = random.between(0.0002, 0.02);
    let model = random.one_of(&[Settings::v1, Settings::v2]);
    let settings = model(a, bands, fee);
    let multiplier = match settings.fee_model {
        FeeModel::V1 => random.one_of(&[0.0, 0.0, 0.25]),
        FeeModel::V2 => random.one_of(&[0.0, 0.1, 0.25, 0.25]),
    };
    let settings = Settings {
        dynamic_fee_multiplier: multiplier,
        po_fee_delay: random.one_of(&[1, 2, 2, 2, 3, 5]),
        external_fee: random.one_of(&[0.0, 5e-4, 2e-3]),
        position_shift: random.one_of(&[0.0, 0.0, 0.01, -0.005]),
        trading,
        ..settings
    };
    let half_life = random.one_of(&[120.0, 600.0, 600.0, 866.0, 3000.0]);
    (settings, half_life, random.one_of(&[30, 60, 216, 480, 1440]))
}

/// No window loses more than its bounds say, whatever the settings.
///
/// `LLAMATH_ROUNDS=500 cargo test --release --test sim_bound` is the long run.
#[test]
fn no_loss_is_above_its_bound() {
    let mut random = Random(11);
    let rounds =
        std::env::var("LLAMATH_ROUNDS").map_or(40, |rounds| rounds.parse().expect("a number"));
    for round in 0..rounds {
        let candles = synthetic::candles(round, 6000);
        let trading = random.one_of(&[Trading::Guarded, Trading::Guarded, Trading::Parity]);
        let (settings, half_life, length) = any_settings(&mut random, trading);
        let oracle =
            ema_half_life(&candles, &middle_prices(&candles), half_life).expect("an oracle");
        let windows = windows_by_rows(candles.len(), length).expect("windows");
        let tail =
            |search| one_tail(&candles, &oracle, &windows, &settings, 60, search).expect("a tail");
        let (checked, pruned) = (tail(Search::Checked), tail(Search::Pruned));
        println!(
            "{} violations, {:.4} simulated, worst {:.5}..{:.5}, {length} min, half-life {half_life}: {settings:?}",
            checked.effort.violations,
            pruned.effort.minutes as f64 / checked.effort.minutes as f64,
            checked.worst[0].loss,
            checked.worst[59].loss,
        );
        assert_eq!(checked.effort.violations, 0, "{settings:?}, {length} minutes");
        assert_eq!(checked.worst, pruned.worst, "{settings:?}, {length} minutes");
    }
}

/// The search is worth it: of the usual settings it simulates next to nothing.
#[test]
fn next_to_nothing_is_simulated() {
    let candles = synthetic::candles(3, 60_000);
    let oracle = ema_half_life(&candles, &middle_prices(&candles), 600.0).expect("an oracle");
    let windows = windows_by_rows(candles.len(), 216).expect("windows");
    for (settings, most) in [
        (Settings::v1(10, 4, 0.002), 0.005),
        (Settings::v1(100, 4, 0.002), 0.005),
        (Settings::v1(499, 4, 0.002), 0.005),
        (Settings::v2(100, 4, 0.002), 0.05),
    ] {
        let tail = one_tail(&candles, &oracle, &windows, &settings, 6, Search::Pruned);
        let tail = tail.expect("a tail");
        let part = tail.effort.minutes as f64 / tail.effort.minutes_in_all as f64;
        println!("{:?} A {}: {part:.5}", settings.fee_model, settings.A);
        assert!(part < most, "{part} of the minutes at {settings:?}");
        assert_eq!((tail.windows, tail.sum), (windows.len() as u64, None));
    }
}

/// Version 2 refuses a window that leaves 500 bands, also where it would not be simulated.
#[test]
fn the_search_refuses_what_is_refused() {
    let mut candles = synthetic::candles(3, 3000);
    for candle in &mut candles[2000..] {
        for price in [&mut candle.open, &mut candle.high, &mut candle.low, &mut candle.close] {
            *price *= 0.6;
        }
    }
    let oracle = close_prices(&candles);
    let windows = windows_by_rows(candles.len(), 60).expect("windows");
    let settings = Settings::v2(2000, 4, 0.006);
    let tail = |search| one_tail(&candles, &oracle, &windows, &settings, 5, search);
    let error = tail(Search::Every).expect_err("a fall of 40 % is a thousand bands");
    assert!(matches!(error.kind(), ErrorKind::Invalid { field: &"active_band", .. }), "{error}");
    assert_eq!(tail(Search::Pruned), Err(error));
    let wide = Settings { A: 200, ..settings };
    let tail = |search| one_tail(&candles, &oracle, &windows, &wide, 5, search);
    assert_eq!(
        tail(Search::Every).expect("losses").worst,
        tail(Search::Pruned).expect("losses").worst
    );
}

/// How long the engine takes per simulated minute: prints, asserts nothing on time.
///
/// `cargo test --release --test sim_bound -- --ignored --nocapture engine_speed`
#[test]
#[ignore = "prints times"]
fn engine_speed() {
    let candles = synthetic::candles(7, 150_000);
    let oracle = ema_half_life(&candles, &middle_prices(&candles), 600.0).expect("an oracle");
    let windows = windows_by_rows(candles.len(), 216).expect("windows");
    for settings in [Settings::v1, Settings::v2].map(|model| move |a| model(a, 4, 0.002)) {
        for a in [10, 100, 499] {
            let settings = settings(a);
            let start = Instant::now();
            let tail = one_tail(&candles, &oracle, &windows, &settings, 63, Search::Every)
                .expect("a tail");
            let minutes = windows.len() as f64 * 216.0;
            let ns = start.elapsed().as_secs_f64() * 1e9 / minutes;
            let worst = tail.worst.iter().map(|w| w.loss).sum::<f64>() / 63.0;
            println!("{:?} A {a}: {ns:.1} ns per minute; worst {worst:.5}", settings.fee_model);
            assert_eq!(tail.worst.len(), 63);
        }
    }
}

/// Makes settings of A, the bands and the fee.
type Model = fn(u32, u32, f64) -> Settings;

/// The search over two years of minutes and 30 values of A, and how much faster than
/// simulating every window it is.
#[test]
#[ignore = "prints times"]
fn search_speed() {
    let candles = synthetic::candles(7, 1_051_200);
    let oracle = ema_half_life(&candles, &middle_prices(&candles), 600.0).expect("an oracle");
    let windows = windows_by_rows(candles.len(), 216).expect("windows");
    let part = &windows[..50_000];
    let (v1, v2): (Model, Model) = (Settings::v1, Settings::v2);
    for (model, kept) in [(v1, 105), (v1, 10_510), (v2, 105)] {
        let a = |i: i32| (10.0 * libm::pow(49.9, f64::from(i) / 29.0)).floor() as u32;
        let grid: Vec<_> = (0..30).map(|i| model(a(i), 4, 0.002)).collect();
        let start = Instant::now();
        let tails = loss_tails(&candles, &oracle, &windows, &grid, kept, Search::Pruned);
        let tails = tails.expect("tails");
        let fast = start.elapsed().as_secs_f64();
        let start = Instant::now();
        loss_tails(&candles, &oracle, part, &grid, kept, Search::Every).expect("tails");
        let slow = start.elapsed().as_secs_f64() * windows.len() as f64 / part.len() as f64;
        for (settings, tail) in grid.iter().zip(&tails) {
            let minutes = tail.effort.minutes as f64 / tail.effort.minutes_in_all as f64;
            println!(
                "A {}: {:.3} %, {} violations",
                settings.A,
                minutes * 100.0,
                tail.effort.violations
            );
        }
        let model = grid[0].fee_model;
        println!("{model:?}, the worst {kept}: {fast:.2} s, and {slow:.1} s for every window");
        assert!(tails.iter().all(|tail| tail.effort.violations == 0));
    }
}
