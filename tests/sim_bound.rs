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
        (Settings::v2(10, 4, 0.002), 0.02),
        (Settings::v2(100, 4, 0.002), 0.005),
        (Settings::v2(499, 4, 0.002), 0.005),
    ] {
        let tail = one_tail(&candles, &oracle, &windows, &settings, 6, Search::Pruned);
        let tail = tail.expect("a tail");
        let part = tail.effort.minutes as f64 / tail.effort.minutes_in_all as f64;
        println!("{:?} A {}: {part:.5}", settings.fee_model, settings.A);
        assert!(part < most, "{part} of the minutes at {settings:?}");
        assert_eq!((tail.windows, tail.sum), (windows.len() as u64, None));
    }
}

/// The bounds are as near at the end of a long series as at its start, in both models.
#[test]
fn a_long_series_does_not_wear_the_bounds_out() {
    let days = synthetic::candles(3, 6000);
    let again = |times: u32| {
        let later = f64::from(times) * 6000.0 * 60.0;
        days.iter().map(move |c| Candle { time_secs: c.time_secs + later, ..*c })
    };
    let candles: Vec<_> = (0..160).flat_map(again).collect();
    let oracle = ema_half_life(&candles, &middle_prices(&candles), 600.0).expect("an oracle");
    let all = windows_by_rows(candles.len(), 216).expect("windows");
    let late = &all[all.len() - 5000..];
    // With a window at the start of the series, the bounds begin there.
    let from_start: Vec<_> = all.iter().take(1).chain(late).copied().collect();
    for settings in [Settings::v1(50, 4, 0.002), Settings::v2(50, 4, 0.002)] {
        let minutes = |windows: &[Window]| {
            let tail = one_tail(&candles, &oracle, windows, &settings, 6, Search::Pruned);
            tail.expect("a tail").effort.minutes
        };
        let (late, from_start) = (minutes(late), minutes(&from_start));
        println!("{:?}: {late} minutes, {from_start} from the start", settings.fee_model);
        assert!(from_start <= late + 216, "{late} and {from_start} minutes at {settings:?}");
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

/// Prices at the ends of what a double holds: the search finds, or refuses, what every window
/// tells, whatever became of its bounds.
#[test]
fn prices_beyond_all_measure_leave_the_search_right() {
    let v1 = Settings { po_fee_delay: 100, position_shift: 0.01, ..Settings::v1(100, 10, 0.002) };
    let v2 = Settings { dynamic_fee_multiplier: 0.39, ..Settings::v2(10, 4, 0.002) };
    let steep = Settings { position_shift: 0.5, ..Settings::v1(2, 4, 0.2) };
    for factor in [1e300, 1e-300, 1e308, 1e-320, 1e20, 1e-20] {
        for (rows, length) in [(6..11, 30), (44..49, 5), (44..45, 10), (0..60, 5)] {
            for settings in [v1, v2, steep] {
                for is_oracle_alone in [true, false] {
                    let mut candles = synthetic::candles(3, 60);
                    let mut oracle = close_prices(&candles);
                    for row in rows.clone() {
                        oracle[row] = (oracle[row] * factor).min(1e308);
                        let c = &mut candles[row];
                        for price in [&mut c.open, &mut c.high, &mut c.low, &mut c.close] {
                            *price *= if is_oracle_alone { 1.0 } else { factor.min(1e300) };
                        }
                    }
                    let windows = windows_by_rows(60, length).expect("windows");
                    let worst = |search| {
                        one_tail(&candles, &oracle, &windows, &settings, 3, search)
                            .map(|tail| tail.worst)
                    };
                    let every = worst(Search::Every);
                    assert_eq!(worst(Search::Pruned), every, "{factor}, {rows:?}, {settings:?}");
                }
            }
        }
    }
}
