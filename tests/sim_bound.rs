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

use llamath::sim::{Search, Settings, ema_half_life, loss_tail, middle_prices, windows_by_rows};

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
            let tail = loss_tail(&candles, &oracle, &windows, &settings, 63, Search::Every)
                .expect("a tail");
            let minutes = windows.len() as f64 * 216.0;
            let ns = start.elapsed().as_secs_f64() * 1e9 / minutes;
            let worst = tail.worst.iter().map(|w| w.loss).sum::<f64>() / 63.0;
            println!("{:?} A {a}: {ns:.1} ns per minute; worst {worst:.5}", settings.fee_model);
            assert_eq!(tail.worst.len(), 63);
        }
    }
}
