//! Oracles where the reference files do not reach, and on other people's data.
//!
//! `LLAMATH_VECTORS=DIR LLAMATH_DATA=DIR cargo test --test oracle` also runs what rests on other
//! people's data; it is skipped, and says so, where they are not named.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected must fail"
)]

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use llamath::decimal::to_f64;
use llamath::ema::{Ema, Memory};
use llamath::oracle::{
    Carry, ChainlinkEma, CompareInput, Divisor, Feed, Grid, Measure, Metrics, Observation,
    Percentiles, PoolHistory, Round, RoundHistory, StoredEma, TwapQuote, base_is_token0, best_lag,
    carry_forward, compare, curve_ema, harmonic_mean_liquidity, lags, log_volatility, mean_tick,
    metrics, precision, precision_over, quantile, quote_at_tick, read_observations, read_prices,
    read_rounds, round_gaps, runs, sqrt_ratio_at_tick, ten_minute_averages, tick_at_sqrt_ratio,
    twap, twap_ticks,
};
use llamath::{Error, ErrorKind, I256, U256};
use serde_json::Value;

/// The folder that an environment variable names.
fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: {variable} names no folder");
    }
    folder
}

/// A reference file that rests on other people's data.
fn reference(name: &str) -> Option<Value> {
    let folder = folder("LLAMATH_VECTORS")?;
    let path = [folder.join(name), folder.join("risk").join(name)].into_iter().find(|p| p.exists());
    let bytes = fs::read(path.unwrap_or_else(|| panic!("no {name} there"))).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzip");
    Some(serde_json::from_str(&text).expect("JSON"))
}

/// The file with the base name of `path`, in the folder of other people's data.
fn data(path: &str) -> Option<String> {
    let name = Path::new(path).file_name().unwrap();
    let path = folder("LLAMATH_DATA")?.join("risk").join(name);
    Some(fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

fn is_invalid<T>(result: Result<T, Error>, name: &str, row: Option<usize>) -> bool {
    matches!(result.as_ref().map_err(Error::kind), Err(ErrorKind::Invalid { field, index, .. }) if *field == name && index == row)
}

#[test]
fn ticks_and_roots_are_inverse_everywhere() {
    for tick in (-887_272..887_272).step_by(1_777).chain([887_271, -1, 0, 1]) {
        let root = sqrt_ratio_at_tick(tick).unwrap();
        assert_eq!(tick_at_sqrt_ratio(root), Ok(tick));
        let below = tick_at_sqrt_ratio(root - U256::from(1_u64)).ok();
        assert_eq!(below, (tick > -887_272).then_some(tick - 1));
        assert!(root < sqrt_ratio_at_tick(tick + 1).unwrap());
    }
}

#[test]
fn means_wrap_as_the_contract_does() {
    let top = 2_i64.pow(55) - 1;
    assert_eq!(mean_tick(10, [top - 4, -top + 4]), Ok(1), "from 2^55 on the sums are negative");
    assert_eq!(mean_tick(3, [0, -1]), Ok(-1), "toward minus infinity");
    assert_eq!(mean_tick(3, [0, 1]), Ok(0));
    assert!(is_invalid(mean_tick(0, [0, 1]), "seconds_ago", None));
    assert!(is_invalid(mean_tick(1, [0, 887_273]), "tick_cumulatives", None));

    let liquidity = |ago, then, now| harmonic_mean_liquidity(ago, [then, now]);
    let (one, all) = (U256::from(1_u64), (U256::from(1_u64) << 160) - U256::from(1_u64));
    assert_eq!(liquidity(1, all, U256::ZERO), liquidity(1, U256::ZERO, one), "a sum that wrapped");
    assert_eq!(liquidity(1, one, U256::ZERO), Ok(0), "a fall of 1 is a rise of 2^160 − 1");
    // 2·(2^160 − 1)/2^32 = 2^129 − 1 and a bit: without its highest bit.
    assert_eq!(liquidity(2, U256::ZERO, one), Ok(u128::MAX));
    // 3·(2^160 − 1)/2^33 = 3·2^127 − 1 and a bit.
    assert_eq!(liquidity(3, U256::ZERO, one + one), Ok((1 << 127) - 1));
    assert!(liquidity(1, one, one).is_err());
    assert!(is_invalid(liquidity(0, one, all), "seconds_ago", None));
    assert!(is_invalid(liquidity(1, one, all + one), "seconds_per_liquidity_x128", None));
}

#[test]
fn the_least_quotes_are_zero() {
    assert_eq!(quote_at_tick(-887_272, u128::MAX, true), Ok(U256::from(1_u64)));
    assert_eq!(quote_at_tick(0, 0, true), Ok(U256::ZERO));
    assert!(is_invalid(quote_at_tick(887_273, 1, true), "tick", None));
    let [low, high] = [
        "0xABCDEFabcdefABCDEFabcdefABCDEFabcdefAB00",
        "0xbbcdefabcdefabcdefabcdefabcdefabcdefab00",
    ];
    assert_eq!((base_is_token0(low, high), base_is_token0(high, low)), (Ok(true), Ok(false)));
    assert!(is_invalid(base_is_token0(low, &low.to_lowercase()), "quote", None));
    assert!(is_invalid(base_is_token0("0x12", high), "base", None));
}

/// Errors of every size, each against the plain quotient in doubles.
#[test]
fn a_quotes_errors_are_those_that_it_has() {
    for tick in (-887_272..=887_272).step_by(7_919) {
        for (base, is_token0) in [(10_u128.pow(18), true), (10_u128.pow(18), false), (1, true)] {
            let sums = [17, 17 + 1_800 * tick + 700];
            let Ok(found) = precision(1_800, sums, base, is_token0) else {
                panic!("{tick}");
            };
            assert_eq!(i64::from(found.tick), tick);
            assert!((found.exact_tick - tick as f64 - 7.0 / 18.0).abs() < 1e-9);
            let quote = quote_at_tick(found.tick, base, is_token0).unwrap();
            let plain = to_f64(quote, 0).unwrap() / (base as f64 * found.exact_price) - 1.0;
            let size = 1.0 + plain.abs();
            assert!(
                (plain - found.total_error).abs() < 1e-9 * size,
                "{tick} {base}: {plain} {found:?}"
            );
            // 7/18 of a tick, downward for token0.
            let part = if is_token0 { -3.888_62e-5 } else { 3.888_77e-5 };
            assert!((found.tick_error - part).abs() < 1e-10, "{found:?}");
            assert!(found.mul_div_error <= 0.0, "a quote is rounded down");
        }
    }
    // A tiny amount of a cheap token is worth nothing.
    let nothing = precision(1, [0, -276_304], 1, true).unwrap();
    assert_eq!((nothing.mul_div_error, nothing.total_error), (-1.0, -1.0));
    assert!(is_invalid(precision(1, [0, 0], 0, true), "base_amount", None));
    assert!(is_invalid(precision(0, [0, 0], 1, true), "seconds_ago", None));
}

fn seen(timestamp: u32, tick_cumulative: i64) -> Observation {
    Observation { timestamp, tick_cumulative, seconds_per_liquidity_x128: U256::ZERO }
}

#[test]
fn time_wraps_around() {
    let ring = [seen(u32::MAX - 9, 100), seen(10, 300)];
    let history = PoolHistory::new(&ring, 20, 5, 0).unwrap();
    for (ago, sum) in [(30, 100), (25, 150), (20, 200), (10, 300), (5, 325), (0, 350)] {
        assert_eq!(history.observe(ago).unwrap().tick_cumulative, sum, "{ago} s ago");
    }
    assert!(is_invalid(history.observe(31), "seconds_ago", None));
    // Without liquidity the sum of seconds per liquidity rises as with a liquidity of 1.
    let sum = history.observe(0).unwrap().seconds_per_liquidity_x128;
    assert_eq!(sum, U256::from(10_u64) << 128);
}

#[test]
fn a_history_in_disorder_is_refused() {
    for (ring, row) in [
        (vec![seen(5, 0), seen(5, 0)], 1),
        (vec![seen(5, 0), seen(6, 0), seen(4, 0)], 2),
        (vec![seen(5, 0), seen(11, 0)], 1),
    ] {
        assert!(is_invalid(PoolHistory::new(&ring, 10, 0, 1), "timestamp", Some(row)));
    }
    let wide = [seen(1, 0), seen(2, 1 << 55)];
    assert!(is_invalid(PoolHistory::new(&wide, 10, 0, 1), "tick_cumulative", Some(1)));
    let wide = [Observation { seconds_per_liquidity_x128: U256::MAX, ..seen(1, 0) }];
    let field = "seconds_per_liquidity_x128";
    assert!(is_invalid(PoolHistory::new(&wide, 10, 0, 1), field, Some(0)));
    assert!(is_invalid(PoolHistory::new(&[], 10, 0, 1), "observations", None));
    assert!(is_invalid(PoolHistory::new(&[seen(1, 0)], 10, 887_273, 1), "tick", None));
}

#[test]
fn a_grid_that_leaves_the_history_is_refused() {
    let ring = [seen(0, 0)];
    let history = PoolHistory::new(&ring, 100, 0, 1).unwrap();
    let grid = |start_secs, step_secs, count| Grid { start_secs, step_secs, count };
    assert!(is_invalid(twap_ticks(&history, &grid(90, 5, 4), 10), "grid", None));
    assert!(is_invalid(twap_ticks(&history, &grid(0, 5, 1), 0), "seconds_ago", None));
    assert!(is_invalid(twap_ticks(&history, &grid(0, 0, 1), 10), "step_secs", None));
    assert!(is_invalid(twap_ticks(&history, &grid(u64::MAX, 1, 2), 10), "count", None));
    assert!(is_invalid(twap_ticks(&history, &grid(0, 1, usize::MAX), 1), "count", None));
    assert!(is_invalid(Grid::common(&[(0, 1 << 24)], 1), "count", None), "one too many");
    assert!(Grid::common(&[(1, 1 << 24)], 1).is_ok());
    assert!(is_invalid(Grid::common(&[(u64::MAX, u64::MAX)], 60), "spans", None));
    assert!(is_invalid(Grid::common(&[], 60), "spans", None));
    assert!(is_invalid(Grid::common(&[(0, 59), (60, 80)], 60), "spans", None));
    assert!(is_invalid(Grid::common(&[(61, 119)], 60), "spans", None));
    assert!(is_invalid(Grid::common(&[(0, 59)], 0), "step_secs", None));
}

fn round(id: u128, answer: i64, updated_at_secs: u64) -> Round {
    Round { id: 7 << 64 | id, answer: I256::from(answer), updated_at_secs }
}

#[test]
fn rounds_in_disorder_are_refused() {
    let next_phase = Round { id: 8 << 64 | 1, ..round(0, 1, 10) };
    for (rounds, field, row) in [
        (vec![round(1, 1, 10), round(3, 1, 10)], "id", Some(1)),
        (vec![round(4, 1, 10), round(5, 1, 10), round(5, 1, 10)], "id", Some(2)),
        (vec![next_phase, round(1, 1, 10)], "id", Some(1)),
        (vec![round(1, 1, 10), Round { id: 9 << 64 | 1, ..next_phase }], "id", Some(1)),
        (vec![round(1, 1, 10), round(2, 1, 9)], "updated_at_secs", Some(1)),
        (vec![], "rounds", None),
    ] {
        assert!(is_invalid(RoundHistory::new(&rounds), field, row), "{rounds:?}");
    }
    assert!(RoundHistory::new(&[round(9, 1, 10), next_phase]).is_ok());
}

#[test]
fn an_average_of_rounds_knows_what_it_cannot_know() {
    let ema = ChainlinkEma { observations: 2, interval_secs: 10, decimals: 0 };
    // A phase that began before these rounds: they must reach back 2N − 1 intervals.
    let rounds = [round(5, 100, 100), round(6, 400, 131)];
    let feed = RoundHistory::new(&rounds).unwrap();
    assert!(is_invalid(ema.at(&feed, None, 139), "rounds", None), "100 s is seen after 100 s");
    assert!(ema.at(&feed, None, 140).is_ok());
    assert!(is_invalid(ema.at(&feed, None, 99), "rounds", None), "before all rounds");
    // 2/3 of 400 and 1/3 of 100, rounded down twice.
    let two_thirds = ema.at(&feed, None, 149).unwrap();
    assert_eq!(two_thirds.price.to_string(), "299999999999999999800");
    assert_eq!(two_thirds.observed_at_secs, 140);
    assert!(is_invalid(ema.at(&feed, Some(&two_thirds), 139), "now", None));
    // 2N intervals without a write: as if never written.
    let forgotten = StoredEma { observed_at_secs: 160, price: U256::from(1_u64) };
    assert_eq!(ema.at(&feed, Some(&forgotten), 200), ema.at(&feed, None, 200));
    assert_ne!(ema.at(&feed, Some(&forgotten), 199), ema.at(&feed, None, 199));

    let off_beat = StoredEma { observed_at_secs: 161, ..forgotten };
    assert!(is_invalid(ema.at(&feed, Some(&off_beat), 170), "observed_at_secs", None));

    for refused in [0, -5] {
        let rounds = [round(1, 1, 10), round(2, refused, 20)];
        let feed = RoundHistory::new(&rounds).unwrap();
        assert!(ema.at(&feed, None, 29).is_ok(), "not seen yet");
        assert!(is_invalid(ema.at(&feed, None, 30), "answer", Some(1)));
    }
    for (wrong, field) in [
        (ChainlinkEma { observations: 0, ..ema }, "observations"),
        (ChainlinkEma { observations: 1001, ..ema }, "observations"),
        (ChainlinkEma { interval_secs: 0, ..ema }, "interval_secs"),
        (ChainlinkEma { decimals: 19, ..ema }, "decimals"),
    ] {
        assert!(is_invalid(wrong.at(&feed, None, 200), field, None));
    }
}

#[test]
fn curves_average_is_deployed_within_bounds() {
    let price = [U256::from(1_u64); 2];
    for period in [0, 29, 31_536_001] {
        assert!(is_invalid(curve_ema(period, &[0, 1], &price), "ma_exp_time_secs", None));
    }
    assert!(is_invalid(curve_ema(30, &[5, 4], &price), "times", Some(1)));
    assert!(is_invalid(curve_ema(30, &[5], &price), "prices", None));
    assert_eq!(curve_ema(31_536_000, &[4, 4], &price).unwrap(), price);
}

fn flat(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn metrics_refuse_what_they_cannot_measure() {
    let one = flat(&[1.0, 2.0]);
    let measured = |feed: &[Option<f64>], reference: &[Option<f64>]| {
        metrics(feed, reference, Divisor::CountLessOne)
    };
    assert!(is_invalid(measured(&one, &one[..1]), "reference", None));
    assert!(is_invalid(measured(&flat(&[1.0, f64::NAN]), &one), "feed", Some(1)));
    assert!(is_invalid(measured(&one, &flat(&[f64::INFINITY, 1.0])), "reference", Some(0)));
    let apart = measured(&[Some(1.0), None], &[None, Some(1.0)]);
    assert!(is_invalid(apart, "reference", None), "no moment in common");
    assert!(is_invalid(measured(&[], &[]), "reference", None));
    let (top, bottom) = (flat(&[1.7e308; 2]), flat(&[-1.7e308; 2]));
    assert_eq!(
        measured(&top, &bottom).map_err(|e| e.kind()),
        Err(ErrorKind::Arithmetic { result: &"worst" })
    );
    let wide = flat(&[-1.7e308, 1.7e308]);
    assert_eq!(
        measured(&wide, &wide).map_err(|e| e.kind()),
        Err(ErrorKind::Arithmetic { result: &"volatility" })
    );
    let far = flat(&[0.0, 1e200]);
    let squares = measured(&far, &flat(&[0.0, 0.0]));
    assert_eq!(
        squares.map_err(|e| e.kind()),
        Err(ErrorKind::Arithmetic { result: &"variance_difference" })
    );

    // The first of equal differences, whatever their sign.
    let found = measured(&flat(&[1.0, 3.0, 5.0]), &flat(&[1.0, 5.0, 3.0])).unwrap();
    assert_eq!((found.worst, found.worst_row), (2.0, 1));
    let alone = measured(&[Some(2.0)], &[Some(1.5)]).unwrap();
    let Metrics { variance_difference, volatility, correlation, .. } = alone;
    assert_eq!((variance_difference, volatility, correlation), (None, None, None));
}

#[test]
fn returns_need_prices_next_to_each_other() {
    let yearly = |feed: &[Option<f64>]| log_volatility(feed, 60, 31_536_000.0);
    assert_eq!(yearly(&[Some(1.0), None, Some(2.0), None, Some(3.0)]), Ok(None));
    assert_eq!(yearly(&flat(&[1.0, 2.0])), Ok(None), "one return has no deviation");
    assert_eq!(yearly(&flat(&[1.0, 2.0, 4.0])), Ok(Some(0.0)));
    assert_eq!(yearly(&[]), Ok(None));
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(is_invalid(yearly(&flat(&[1.0, wrong])), "feed", Some(1)), "{wrong}");
    }
    assert!(is_invalid(log_volatility(&flat(&[1.0]), 0, 1.0), "step_secs", None));
    assert!(is_invalid(log_volatility(&flat(&[1.0]), 60, 0.0), "year_secs", None));
}

/// A walk without a pattern that a shift could be mistaken for.
fn walk(length: u32) -> Vec<f64> {
    let mut state = 12_345_u32;
    let mut level = 1e3;
    let step = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        level += f64::from(state >> 8) / f64::from(1 << 24) - 0.5;
        level
    };
    (0..length).map(step).collect()
}

#[test]
fn a_lag_without_an_outlier_is_that_of_the_rows_it_has() {
    // The first row is far away; most shifts leave it out, and what is left of it must not show.
    let mut spot: Vec<_> = walk(200).iter().map(|price| 1e9 + price).collect();
    let feed = flat(&[&[spot[0]], &spot[..199]].concat());
    for outlier in [0.0, 1e9, 1.1e9, 1e12, 1e15] {
        spot[0] = outlier;
        let spot = flat(&spot);
        let found = lags(&feed, &spot, 20).unwrap();
        for lag in &found {
            let shifted: Vec<_> = (0..200_i64)
                .map(|row| usize::try_from(row - lag.steps).ok())
                .map(|row| row.and_then(|row| *spot.get(row)?))
                .collect();
            let plain = metrics(&feed, &shifted, Divisor::Count).unwrap().correlation.unwrap();
            assert!((plain - lag.correlation.unwrap()).abs() < 1e-12, "{outlier}: {lag:?}");
        }
    }
}

#[test]
fn a_shift_is_found_and_gaps_do_not_move_it() {
    let walk = walk(500);
    for shift in [0_usize, 1, 7, 30] {
        let behind: Vec<_> = (0..500).map(|row| walk[row.max(shift) - shift]).collect();
        let (mut feed, mut spot) = (flat(&behind), flat(&walk));
        for gaps in [false, true] {
            if gaps {
                (0..500).step_by(11).for_each(|row| feed[row] = None);
                (40..90).for_each(|row| spot[row] = None);
            }
            let found = lags(&feed, &spot, 30).unwrap();
            assert_eq!((found.len(), found[0].steps), (61, -30));
            let best = best_lag(&found).unwrap();
            assert_eq!(best.steps, shift as i64, "gaps: {gaps}");
            assert!(best.correlation.unwrap() > 1.0 - 1e-9);
            let swapped = best_lag(&lags(&spot, &feed, 30).unwrap()).unwrap();
            assert_eq!(swapped.steps, -(shift as i64), "ahead, seen from the other side");
            // Each against the plain definition over the pairs that are there.
            for lag in found.iter().step_by(9) {
                let shifted: Vec<_> = (0..500_i64)
                    .map(|row| usize::try_from(row - lag.steps).ok())
                    .map(|row| row.and_then(|row| *spot.get(row)?))
                    .collect();
                let plain = metrics(&feed, &shifted, Divisor::Count).unwrap().correlation.unwrap();
                assert!((plain - lag.correlation.unwrap()).abs() < 1e-12);
            }
        }
    }
    let (constant, walk) = (flat(&[3.0; 500]), flat(&walk));
    let undefined = lags(&constant, &walk, 2).unwrap();
    assert!(undefined.iter().all(|lag| lag.correlation.is_none()));
    assert_eq!(best_lag(&undefined), None);
    // A part of the shift alone is constant: undefined there, not noise.
    let mut late = vec![0.1; 20];
    late[19] = 0.7;
    let found = lags(&flat(&late), &walk[..20], 1).unwrap();
    assert!(found[0].correlation.is_none() && found[1].correlation.is_some());
    assert!(is_invalid(lags(&walk, &walk[1..], 2), "reference", None));
    assert!(is_invalid(lags(&walk, &walk, 500), "max_steps", None));
    assert!(is_invalid(lags(&flat(&[1.0, f64::NAN]), &walk[..2], 1), "feed", Some(1)));
}

#[test]
fn runs_and_gaps_of_what_there_is() {
    let found = runs(&[None, Some(1.0), Some(1.0), None, Some(1.0), Some(2.0), None]).unwrap();
    assert_eq!(found.lengths, [2, 1, 1], "a missing value ends a run");
    assert!(is_invalid(runs(&[None, None]), "feed", None));
    assert!(is_invalid(runs(&[]), "feed", None));
    assert!(is_invalid(runs(&[None, Some(f64::NAN)]), "feed", Some(1)));
    // Half of the time the run is the long one, though it is one of three.
    let halves = runs(&flat(&[1.0, 1.0, 2.0, 3.0])).unwrap();
    assert_eq!((halves.per_run.p75, halves.time_weighted.p75), (1.5, 2.0));
    assert_eq!((halves.per_run.max, halves.time_weighted.p50), (2.0, 1.0));
    assert!(is_invalid(round_gaps(&[5]), "times", None));
    assert!(is_invalid(round_gaps(&[5, 6, 4]), "times", Some(2)));
    assert!(is_invalid(quantile(&[], 0.5), "values", None));
    assert!(is_invalid(quantile(&[1.0, f64::NAN], 0.5), "values", Some(1)));
    assert!(is_invalid(quantile(&[1.0], 1.1), "part", None));
}

#[test]
fn what_is_too_old_or_not_yet_known_does_not_count() {
    let grid = Grid { start_secs: 60, step_secs: 60, count: 5 };
    let carried = |carry| carry_forward(&[60, 61, 60 * 4], &[1.0, 2.0, 3.0], &grid, carry).unwrap();
    let forever = carried(Carry::default());
    assert_eq!(forever.values, flat(&[1.0, 2.0, 2.0, 3.0, 3.0]));
    let limited = carried(Carry { max_staleness_secs: Some(59), ..Carry::default() });
    assert_eq!(limited.values, [Some(1.0), Some(2.0), None, Some(3.0), None]);
    assert_eq!(limited.staleness_secs, forever.staleness_secs, "it says why");
    assert_eq!(limited.staleness_secs, [0, 59, 119, 0, 60].map(Some));
    // A candle is known when it closes, and a minute later there is the next.
    let closes = carried(Carry::MINUTE_CLOSE);
    assert_eq!(closes.values, [None, Some(1.0), None, None, Some(3.0)]);
    let series =
        |times: &[u64], values: &[f64]| carry_forward(times, values, &grid, Carry::default());
    assert!(is_invalid(series(&[1], &[]), "values", None));
    assert!(is_invalid(series(&[2, 1], &[1.0; 2]), "times", Some(1)));
    assert!(is_invalid(series(&[1, 2], &[1.0, f64::NAN]), "values", Some(1)));
    assert_eq!(series(&[], &[]).unwrap().values, [None; 5]);
}

#[test]
fn feeds_are_ranked_over_the_same_moments() {
    let spot = flat(&[10.0, 20.0, 30.0, 40.0]);
    // By itself the first would look best: it is missing where it would be far off.
    let lucky = [Some(10.0), Some(21.0), None, None];
    let steady = flat(&[10.5, 20.5, 30.5, 99.0]);
    let same = flat(&[10.5, 20.5, 0.0, 0.0]);
    let stuck = flat(&[7.0; 4]);
    let feeds = [("lucky", &lucky[..]), ("steady", &steady), ("same", &same), ("stuck", &stuck)]
        .map(|(name, values)| Feed { name, values });
    let grid = Grid { start_secs: 600, step_secs: 60, count: 4 };
    let reference = Feed { name: "spot", values: &spot };
    let input =
        CompareInput { grid, reference, feeds: &feeds, divisor: Divisor::Count, max_lag_steps: 1 };
    let found = compare(&input).unwrap();
    assert_eq!((found.compared, found.left_out), (2, 2));
    assert_eq!((found.from_secs, found.to_secs, found.step_secs), (600, 660, 60));
    assert_eq!(found.feeds[1].metrics.worst, 0.5);
    assert_eq!(found.feeds[0].worst_at_secs, 660);
    let places = |measure| {
        let ranking = found.rankings.iter().find(|ranking| ranking.measure == measure).unwrap();
        ranking.places.clone()
    };
    assert_eq!(places(Measure::Rmse), [Some(3), Some(1), Some(1), Some(4)]);
    assert_eq!(places(Measure::Mae), [Some(1), Some(1), Some(1), Some(4)]);
    assert_eq!(places(Measure::Correlation)[3], None, "a constant has none");
    assert_eq!(found.rankings.len(), Measure::ALL.len());

    let short = [Feed { name: "short", values: &spot[1..] }];
    assert!(is_invalid(compare(&CompareInput { feeds: &short, ..input }), "feeds", None));
    assert!(is_invalid(compare(&CompareInput { feeds: &[], ..input }), "feeds", None));
    let never = [Feed { name: "never", values: &[None; 4] }];
    assert!(is_invalid(compare(&CompareInput { feeds: &never, ..input }), "feeds", None));
    assert!(is_invalid(compare(&CompareInput { max_lag_steps: 4, ..input }), "max_steps", None));
    let rounds = [round(1, 5, 5)];
    let feed = RoundHistory::new(&rounds).unwrap();
    let hours = Grid { step_secs: 3_600, ..grid };
    assert!(is_invalid(ten_minute_averages(&feed, 8, &hours), "step_secs", None));
}

/// Real observations of DAI/WETH, and what the contract said of them.
#[test]
fn a_real_pool_as_observed() {
    let Some(file) = reference("uniswap_v3_observe.json.gz") else { return };
    let Some(text) = data(file["observationsFile"].as_str().unwrap()) else { return };
    let rows = [0, 1].map(|at| file["rowSlice"][at].as_u64().unwrap() as usize);
    let ring = &read_observations(&text).unwrap()[rows[0]..rows[1]];
    let number = |name: &str| file[name].as_u64().unwrap();
    let tick = i32::try_from(file["slot0Tick"].as_i64().unwrap()).unwrap();
    let liquidity = file["liquidity"].as_str().unwrap().parse().unwrap();
    let now = u32::try_from(number("now")).unwrap();
    let history = PoolHistory::new(ring, now, tick, liquidity).unwrap();
    let observed = file["observe"].as_array().unwrap();
    for row in observed {
        let ago = u32::try_from(row["secondsAgo"].as_u64().unwrap()).unwrap();
        let got = history.observe(ago).unwrap();
        assert_eq!(got.tick_cumulative.to_string(), row["tickCumulative"]);
        let name = "secondsPerLiquidityCumulativeX128";
        assert_eq!(got.seconds_per_liquidity_x128.to_string(), row[name]);
    }
    let oldest = now - ring[0].timestamp;
    assert!(history.observe(oldest).is_ok() && history.observe(oldest + 1).is_err());

    let half_hours = &file["twap30m"];
    let at = |name: &str| half_hours[name].as_u64().unwrap();
    let grid = Grid { start_secs: at("t0"), step_secs: at("step"), count: at("n") as usize };
    let ticks = twap_ticks(&history, &grid, 1_800).unwrap();
    let expected = half_hours["arithmeticMeanTick"].as_array().unwrap();
    let quotes = half_hours["quoteToken1toToken0_1e18"].as_array().unwrap();
    assert_eq!((ticks.len(), quotes.len()), (expected.len(), expected.len()));
    for ((tick, expected), quote) in ticks.into_iter().zip(expected).zip(quotes) {
        let tick = tick.expect("within the history");
        assert_eq!(i64::from(tick), *expected);
        assert_eq!(quote_at_tick(tick, 10_u128.pow(18), false).unwrap().to_string(), *quote);
    }
    println!("{} observed, {} means and quotes: equal", observed.len(), expected.len());

    let dai_for_weth = TwapQuote { base_is_token0: false, base_decimals: 18, quote_decimals: 18 };
    let prices = twap(&history, &grid, 1_800, &dai_for_weth).unwrap();
    let at = |row: usize| quotes[row].as_str().unwrap().parse().unwrap();
    assert!((0..prices.len()).all(|row| prices[row] == Some(to_f64(at(row), 18).unwrap())));
    let report = precision_over(&history, &grid, 1_800, &dai_for_weth).unwrap();
    assert_eq!(report.count, grid.count);
    // The tick costs half a basis point on average; the rest is nothing beside it.
    assert!((4e-5..6e-5).contains(&report.tick.mean) && report.tick.largest < 1.0001e-4);
    assert!(report.sqrt.largest < 4.5e-25 && report.mul_div.largest < 1e-21);
    println!("{report:?}");
}

/// What Uniswap's own tests state, and two pools' observations as a whole.
#[test]
fn facts_of_others() {
    let Some(text) = data("uniswap_tickmath_upstream_tests.json") else { return };
    let facts: Value = serde_json::from_str(&text).expect("JSON");
    let tick = |row: &Value, name: &str| i32::try_from(row[name].as_i64().unwrap()).unwrap();
    let whole = |value: &Value| value.as_str().unwrap().parse::<U256>().unwrap();
    let roots = facts["getSqrtRatioAtTick"].as_array().unwrap();
    for row in roots {
        assert_eq!(sqrt_ratio_at_tick(tick(row, "tick")), Ok(whole(&row["sqrtPriceX96"])));
    }
    let ticks = facts["getTickAtSqrtRatio"].as_array().unwrap();
    for row in ticks {
        assert_eq!(tick_at_sqrt_ratio(whole(&row["sqrtPriceX96"])), Ok(tick(row, "tick")));
    }
    let text = data("uniswap_oraclelibrary_upstream_tests.json").unwrap();
    let facts: Value = serde_json::from_str(&text).expect("JSON");
    let consulted = facts["consult"].as_array().unwrap();
    for row in consulted {
        let ago = u32::try_from(row["period"].as_u64().unwrap()).unwrap();
        let sums = [0, 1].map(|at| row["tickCumulatives"][at].as_i64().unwrap());
        assert_eq!(mean_tick(ago, sums), Ok(tick(row, "arithmeticMeanTick")));
        let sums = [0, 1].map(|at| U256::from(row["secondsPerLiq"][at].as_u64().unwrap()));
        let liquidity = harmonic_mean_liquidity(ago, sums).unwrap().to_string();
        assert!(
            row["harmonicMeanLiquidity"].is_null() || row["harmonicMeanLiquidity"] == *liquidity
        );
    }
    for row in facts["getQuoteAtTick"].as_array().unwrap() {
        let base = row["baseAmount"].as_str().unwrap().parse().unwrap();
        let is_token0 = row["baseIsToken0"].as_bool().unwrap();
        let quote = quote_at_tick(tick(row, "tick"), base, is_token0);
        assert_eq!(quote, Ok(whole(&row["quote"])));
    }
    for (pool, count) in [("dai_weth", 7_300), ("axs_weth", 10_700)] {
        let ring = read_observations(&data(&format!("univ3_observations_{pool}.csv")).unwrap());
        let ring = ring.unwrap();
        let now = ring.last().unwrap().timestamp;
        assert_eq!(ring.len(), count);
        assert!(PoolHistory::new(&ring, now, 0, 1).is_ok());
        // Between two observations a pool stays at one tick: a whole number.
        let stays = |pair: &[Observation]| {
            let ticks = pair[1].tick_cumulative - pair[0].tick_cumulative;
            ticks % i64::from(pair[1].timestamp - pair[0].timestamp) == 0
        };
        assert!(ring.windows(2).all(stays), "{pool}");
    }
    println!("{} roots, {} ticks, {} means", roots.len(), ticks.len(), consulted.len());
}

/// Ten months of Chainlink's rounds on Ethereum, with the ids of their proxy.
#[test]
fn real_rounds_by_their_ids() {
    let Some(folder) = folder("LLAMATH_DATA") else { return };
    for (feed, count, equal_times, gaps) in [
        ("ETH-USD", 11_106, 5, [876.0, 3_024.0, 3_600.0, 3_612.0, 3_720.0]),
        ("BTC-USD", 10_691, 7, [984.0, 3_300.0, 3_600.0, 3_612.0, 3_720.0]),
    ] {
        let bytes = fs::read(folder.join(format!("chainlink_rounds/{feed}_ethereum.csv.gz")));
        let mut text = String::new();
        flate2::read::GzDecoder::new(&bytes.unwrap()[..]).read_to_string(&mut text).expect("gzip");
        let text = text.replace("answer_1e8", "answer");
        let file = read_rounds(&text, 8).unwrap();
        let history = RoundHistory::new(&file.rounds).unwrap();
        let times = history.times();
        assert_eq!((times.len(), file.numbered), (count, false));
        assert_eq!(times.windows(2).filter(|pair| pair[0] == pair[1]).count(), equal_times);
        let Percentiles { p25, p50, p75, p90, max } = round_gaps(&times).unwrap();
        assert_eq!([p25, p50, p75, p90, max], gaps, "{feed}");
        // An average of a single day, begun in the middle of the phase.
        let start_secs = times[count / 2].div_ceil(60) * 60;
        let grid = Grid { start_secs, step_secs: 60, count: 1_440 };
        let prices = ChainlinkEma::DEFI_MONEY.series(&history, &grid).unwrap();
        let answers = history.answers(8).unwrap();
        let (least, most) = answers.iter().fold((f64::INFINITY, 0.0), |(least, most), answer| {
            (f64::min(least, *answer), f64::max(most, *answer))
        });
        let within = |price: &U256| (least..=most).contains(&to_f64(*price, 18).unwrap());
        assert!(prices.iter().all(within), "an average stays within its values");
        println!("{feed}: {count} rounds, gaps {gaps:?}");
    }
}

/// ETH in January 2025: Chainlink's rounds against Binance's minutes, from files to figures.
#[test]
fn a_real_month_end_to_end() {
    let Some(file) = reference("real_oracle_ETH.json.gz") else { return };
    let Some(rounds) = data(file["roundsFile"].as_str().unwrap()) else { return };
    let Some(spot) = data(file["spotFile"].as_str().unwrap()) else { return };

    let rounds = read_rounds(&rounds, 8).unwrap();
    assert!(rounds.numbered, "a file without ids");
    let feed = RoundHistory::new(&rounds.rounds).unwrap();
    let (times, answers) = (feed.times(), feed.answers(8).unwrap());
    let (spot_times, closes) = read_prices(&spot).unwrap();

    let ends = |times: &[u64], known_after: u64| {
        (times[0] + known_after, times[times.len() - 1] + known_after)
    };
    let grid = Grid::common(&[ends(&times, 0), ends(&spot_times, 60)], 60).unwrap();
    let expected = &file["grid"];
    assert_eq!(
        (grid.start_secs, grid.count as u64),
        (expected["t0"].as_u64().unwrap(), expected["n"].as_u64().unwrap(),)
    );

    let carried = |times: &[u64], values: &[f64], carry| {
        carry_forward(times, values, &grid, carry).unwrap().values
    };
    let chainlink = carried(&times, &answers, Carry::default());
    let exact = ChainlinkEma::DEFI_MONEY.series(&feed, &grid).unwrap();
    let readings = ten_minute_averages(&feed, 8, &grid).unwrap();
    let [deployed, span, tau, half_life] = &readings[..] else { panic!("four readings") };
    let moments: Vec<u64> = grid.moments().unwrap().collect();
    let adjusted =
        Ema { memory: Memory::Span(10.0), adjust: true, ignore_gaps: false, min_periods: 0 };
    let feeds = [
        ("chainlink", chainlink.clone()),
        ("ema_dfm_20x30s", deployed.values.clone()),
        ("ema_pandas_span10_adjust", adjusted.series(&moments, &chainlink).unwrap()),
        ("ema_pandas_span10_noadjust", span.values.clone()),
        ("ema_exp_T600", tau.values.clone()),
        ("ema_exp_T866_halflife600", half_life.values.clone()),
    ];
    let known = feeds.each_ref().map(|(name, values)| Feed { name, values });
    let open_label = Carry { known_after_secs: 0, ..Carry::MINUTE_CLOSE };
    let mut figures = 0;
    for (name, carry) in
        [("vs_spot_aligned", Carry::MINUTE_CLOSE), ("vs_spot_open_label", open_label)]
    {
        let spot = carried(&spot_times, &closes, carry);
        let [sample, all] = [Divisor::CountLessOne, Divisor::Count].map(|divisor| {
            let reference = Feed { name: "spot", values: &spot };
            let input = CompareInput { grid, reference, feeds: &known, divisor, max_lag_steps: 0 };
            compare(&input).unwrap()
        });
        assert_eq!((sample.compared, sample.left_out), (grid.count, 0));
        for (index, (feed, _)) in feeds.iter().enumerate() {
            let expected = &file["metrics"][*feed][name];
            let (sample, all) = (sample.feeds[index].metrics, all.feeds[index].metrics);
            for (what, got) in [
                ("n", Some(sample.count as f64)),
                ("meanDiff", Some(sample.mean_difference)),
                ("varDiff_ddof0", all.variance_difference),
                ("varDiff_ddof1", sample.variance_difference),
                ("volatility_std_ddof1", sample.volatility),
                ("volatility_std_ddof0", all.volatility),
                ("pearson", sample.correlation),
                ("rmse", Some(sample.rmse)),
                ("mae", Some(sample.mae)),
                ("maxAbs", Some(sample.worst)),
            ] {
                let expected =
                    expected[what].as_f64().unwrap_or_else(|| panic!("no {feed} {what}"));
                let near = got.is_some_and(|got| (got - expected).abs() <= 1e-9 * expected.abs());
                assert!(near, "{feed} {name} {what}: expected {expected}, got {got:?}");
                figures += 1;
            }
        }
        // What the seed found best is not: the raw feed is nearer to the spot than any average.
        let by_rmse = sample.rankings.iter().find(|found| found.measure == Measure::Rmse).unwrap();
        assert_eq!(by_rmse.places[0], Some(1));
        assert_eq!(by_rmse.places[4..], [Some(5), Some(6)]);
    }
    assert_eq!(file["metrics"].as_object().unwrap().len(), feeds.len(), "every feed");

    let stood = runs(&chainlink).unwrap();
    assert_eq!(stood.lengths.len() as u64, file["nRuns"]);
    for (name, found) in [
        ("constantRunMinutesPercentiles", stood.per_run),
        ("roundGapSecondsPercentiles", round_gaps(&times).unwrap()),
    ] {
        let Percentiles { p25, p50, p75, p90, max } = found;
        for (what, got) in [("25", p25), ("50", p50), ("75", p75), ("90", p90), ("max", max)] {
            let expected = file[name][what].as_f64().unwrap();
            assert!((got - expected).abs() <= 1e-9 * expected, "{name} {what}: {got}");
        }
    }
    let sample = &file["sample"];
    for (place, row) in sample["idx"].as_array().unwrap().iter().enumerate() {
        let row = row.as_u64().unwrap() as usize;
        assert_eq!(exact[row].to_string(), sample["ema_dfm_wad"][place]);
        assert_eq!(chainlink[row], sample["chainlinkLocf"][place].as_f64());
    }
    assert_eq!(exact.last().unwrap().to_string(), file["ema_dfm_wad_last"]);
    println!("{figures} figures of {} feeds within 1e-9, the exact average equal", feeds.len());
}
