//! The simulator against the published ones, run for run.
//!
//! `LLAMATH_VECTORS=DIR cargo test --test sim` reads the same files from another folder.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected must fail"
)]

use std::io::Read;
use std::path::{Path, PathBuf};

use llamath::ErrorKind;
use llamath::sim::{
    Candle, Curve, Effort, FeeModel, Format, Gap, LeftOut, Objective, Parameter, Partial, Reason,
    Search, Settings, Statistic, TimeUnit, Trading, Window, Worst, add_reverse, close_prices,
    discounts, ema_exponential, ema_half_life, events, largest_fall, loss, loss_at_volatility,
    loss_tails, middle_prices, read_candles, required_discount, run, scan, window_by_rows,
    windows_by_rows, windows_by_time, windows_sampled,
};
use serde_json::Value;

/// The published simulators' own figures hold to this, absolute.
const TOLERANCE: f64 = 1e-9;

fn folder() -> PathBuf {
    match std::env::var_os("LLAMATH_VECTORS") {
        Some(folder) => Path::new(&folder).join("sim"),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/sim"),
    }
}

fn file(name: &str) -> Value {
    let path = folder().join(format!("{name}.json.gz"));
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzip");
    serde_json::from_str(&text).expect("JSON")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("not a number: {value}"))
}

fn whole(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap_or_else(|| panic!("not a count: {value}"))).expect("small")
}

/// The candles of the vectors; version 2 is fed whole seconds, and so is version 1 here.
fn candles() -> Vec<Candle> {
    let rows = file("short18k");
    let candle = |row: &Value| Candle {
        time_secs: number(&row[0]) / 1000.0,
        open: number(&row[1]),
        high: number(&row[2]),
        low: number(&row[3]),
        close: number(&row[4]),
    };
    rows.as_array().expect("rows").iter().map(candle).collect()
}

/// The series of the vectors, forward and with its reverse, each with its oracle.
struct Series {
    candles: Vec<Candle>,
    model: FeeModel,
    t_exp: f64,
    oracle: Vec<f64>,
}

impl Series {
    fn new(candles: Vec<Candle>, model: FeeModel) -> Self {
        Self { candles, model, t_exp: 0.0, oracle: Vec::new() }
    }

    fn oracle(&mut self, t_exp: f64) {
        if self.t_exp != t_exp {
            let prices = match self.model {
                FeeModel::V1 => middle_prices(&self.candles),
                FeeModel::V2 => close_prices(&self.candles),
            };
            self.oracle = ema_half_life(&self.candles, &prices, t_exp).expect("an oracle");
            self.t_exp = t_exp;
        }
    }
}

/// The rows of a file in the order of their oracles, each with its series.
fn each_row(rows: &Value, model: FeeModel, mut body: impl FnMut(&Value, &Series)) {
    let t_exp = |row: &Value| number(row.get("Texp").or(row.get("t_exp")).expect("a time"));
    let mut rows: Vec<_> = rows.as_array().expect("rows").iter().collect();
    rows.sort_by(|a, b| t_exp(a).total_cmp(&t_exp(b)));
    let candles = candles();
    let mut reversed = Series::new(add_reverse(&candles), model);
    let mut forward = Series::new(candles, model);
    for row in rows {
        let series =
            if row["add_reverse"] == Value::Bool(true) { &mut reversed } else { &mut forward };
        series.oracle(t_exp(row));
        body(row, series);
    }
}

fn v1_settings(row: &Value, other: &Value) -> Settings {
    let with_memory = number(&other["use_po_fee"]) != 0.0;
    Settings {
        dynamic_fee_multiplier: number(&other["dynamic_fee_multiplier"]),
        po_fee_delay: if with_memory { whole(&other["po_fee_delay"]) } else { 1 },
        external_fee: number(&row["ext_fee"]),
        position_shift: row["p_shift"].as_f64().unwrap_or(0.0),
        trading: Trading::Parity,
        ..Settings::v1(whole(&row["A"]), whole(&row["range_size"]), number(&row["fee"]))
    }
}

fn v2_settings(row: &Value) -> Settings {
    // The default of the two methods differs.
    let default = if row["method"] == "single_run_v2" { 1.0 } else { 0.25 };
    let bands = whole(&row["initial_liquidity_range"]);
    Settings {
        dynamic_fee_multiplier: row["dynamic_fee_multiplier"].as_f64().unwrap_or(default),
        external_fee: number(&row["external_fee"]),
        position_shift: row["position_shift"].as_f64().unwrap_or(0.0),
        trading: Trading::Parity,
        ..Settings::v2(whole(&row["A"]), bands, number(&row["fee"]))
    }
}

/// Counts rows, and those that are off; keeps the largest difference.
#[derive(Default)]
struct Tally {
    rows: usize,
    off: Vec<String>,
    largest: f64,
}

impl Tally {
    fn compare(&mut self, row: &Value, ours: f64, theirs: f64) {
        let difference = (ours - theirs).abs();
        self.rows += 1;
        self.largest = self.largest.max(difference);
        if difference.is_nan() || difference > TOLERANCE {
            self.off.push(format!("{ours} and not {theirs} in {row}"));
        }
    }

    fn finish(self, name: &str, rows: usize) {
        println!("{name}: {} rows, largest difference {:.1e}", self.rows, self.largest);
        assert!(self.off.is_empty(), "{} rows off:\n{}", self.off.len(), self.off.join("\n"));
        assert_eq!(self.rows, rows, "rows of {name}");
    }
}

#[test]
fn v1_runs() {
    let mut tally = Tally::default();
    each_row(&file("v1_single_runs")["rows"], FeeModel::V1, |row, series| {
        let window =
            window_by_rows(series.candles.len(), number(&row["position"]), number(&row["size"]));
        // Version 1 takes any failure for a loss of 0; an empty window is the only one there is.
        let ours = window.map_or(0.0, |window| {
            let settings = v1_settings(row, &row["other"]);
            loss(&series.candles[window.clone()], &series.oracle[window], &settings)
                .unwrap_or_else(|e| panic!("{e}: {row}"))
        });
        tally.compare(row, ours, number(&row["loss"]));
    });
    tally.finish("v1", 2000);
}

#[test]
fn v2_runs() {
    let falls = file("v2_max_drawdown");
    let mut tally = Tally::default();
    each_row(&file("v2_single_runs")["rows"], FeeModel::V2, |row, series| {
        let (start, size) = (number(&row["position_start"]), number(&row["position_period"]));
        let window = window_by_rows(series.candles.len(), start, size).expect("a window");
        let (candles, oracle) = (&series.candles[window.clone()], &series.oracle[window]);
        let settings = v2_settings(row);
        let ours = match row["method"].as_str() {
            Some("single_run") => loss(candles, oracle, &settings),
            _ => {
                let fall = number(&falls[&row["volatility_period"].to_string()]);
                loss_at_volatility(candles, oracle, &settings, fall)
            }
        };
        match row.get("error") {
            Some(_) => {
                let error = ours.expect_err("version 2 gives up");
                let ErrorKind::Invalid { field, index: Some(_), .. } = error.kind() else {
                    panic!("{error}")
                };
                assert_eq!(*field, "active_band");
            }
            None => {
                let ours = ours.unwrap_or_else(|e| panic!("{e}: {row}"));
                tally.compare(row, ours, number(&row["loss"]));
            }
        }
    });
    // One row is the refusal.
    tally.finish("v2", 1999);
}

/// The engine of the sweeps on one window.
fn swept(candles: &[Candle], oracle: &[f64], settings: &Settings) -> llamath::Result<f64> {
    let window = Window { start: 0, end: u32::try_from(candles.len()).expect("few") };
    loss_tails(candles, oracle, &[window], &[*settings], 1, Search::Every)
        .map(|tails| tails[0].worst[0].loss)
}

/// The sweeps compute every run of both models as the single run does, guarded or not.
#[test]
fn the_fast_engine_is_the_run() {
    let mut largest = 0.0_f64;
    let mut check = |candles: &[Candle], oracle: &[f64], settings: &Settings| {
        for trading in [Trading::Parity, Trading::Guarded] {
            let settings = Settings { trading, ..*settings };
            let slow = loss(candles, oracle, &settings);
            match (swept(candles, oracle, &settings), slow) {
                (Ok(fast), Ok(slow)) => {
                    largest = largest.max((fast - slow).abs());
                    assert!((fast - slow).abs() < 1e-12, "{fast} and not {slow}: {settings:?}");
                }
                (Err(_), Err(_)) => {}
                (fast, slow) => panic!("{fast:?} and not {slow:?}: {settings:?}"),
            }
        }
    };
    each_row(&file("v1_single_runs")["rows"], FeeModel::V1, |row, series| {
        let (start, size) = (number(&row["position"]), number(&row["size"]));
        if let Ok(window) = window_by_rows(series.candles.len(), start, size) {
            let settings = v1_settings(row, &row["other"]);
            check(&series.candles[window.clone()], &series.oracle[window], &settings);
        }
    });
    each_row(&file("v2_single_runs")["rows"], FeeModel::V2, |row, series| {
        let (start, size) = (number(&row["position_start"]), number(&row["position_period"]));
        let window = window_by_rows(series.candles.len(), start, size).expect("a window");
        check(&series.candles[window.clone()], &series.oracle[window], &v2_settings(row));
    });
    println!("largest difference {largest:.1e}");
}

#[test]
fn v2_largest_falls() {
    let candles = candles();
    for (days, fall) in file("v2_max_drawdown").as_object().expect("falls") {
        let rows = (days.parse::<f64>().expect("days") * 1440.0) as usize;
        let ours = largest_fall(&candles, rows).expect("a fall");
        assert!((ours - number(fall)).abs() < 1e-15, "{days}: {ours} and not {fall}");
    }
}

#[test]
fn curves() {
    let mut tally = Tally::default();
    let points = file("curves")["points"].clone();
    for model in [FeeModel::V1, FeeModel::V2] {
        let name = if model == FeeModel::V1 { "v1" } else { "v2" };
        let ours = |point: &&Value| point["model"] == name;
        let rows = points.as_array().expect("points").iter().filter(ours).cloned().collect();
        each_row(&Value::Array(rows), model, |point, series| {
            let (settings, size) = match model {
                FeeModel::V1 => (v1_settings(point, point), &point["size"]),
                FeeModel::V2 => (v2_settings(point), &point["position_period"]),
            };
            let size = number(size);
            let window = |i: u32| {
                let rows = series.candles.len();
                let start = (f64::from(i) + 0.5) / 2000.0;
                let window = window_by_rows(rows, start, size).expect("a window");
                Window { start: window.start as u32, end: window.end as u32 }
            };
            let windows: Vec<_> = (0..2000).map(window).collect();
            let (candles, oracle) = (&series.candles, &series.oracle);
            let tails = loss_tails(candles, oracle, &windows, &[settings], 50, Search::Every);
            let ours = tails.expect("a tail")[0].statistic(Statistic::Worst(50)).expect("a mean");
            let discount = required_discount(ours, settings.A, settings.bands).expect("a discount");
            assert!((discount - number(&point["liq_discount"])).abs() < TOLERANCE);
            tally.compare(point, ours, number(&point["loss"]));
        });
    }
    tally.finish("curves", 24);
}

/// However the windows are split, and in whatever order the parts come, the bits are the same.
#[test]
fn parts_merge_to_the_whole() {
    let candles = &candles()[..4000];
    let oracle = ema_half_life(candles, &middle_prices(candles), 600.0).expect("an oracle");
    let windows = windows_by_rows(candles.len(), 216).expect("windows");
    let grid = [Settings::v1(50, 4, 0.002), Settings::v2(200, 4, 0.006)];
    for search in [Search::Every, Search::Pruned] {
        let tails =
            |w: &[Window]| loss_tails(candles, &oracle, w, &grid, 40, search).expect("tails");
        let whole = tails(&windows);
        for size in [1000, 777, 3000] {
            let parts: Vec<_> = windows.chunks(size).map(tails).collect();
            for (point, whole) in whole.iter().enumerate() {
                let first = parts[0][point].clone();
                let forward = parts[1..].iter().fold(first, |sum, part| sum.merge(&part[point]));
                let last = parts[parts.len() - 1][point].clone();
                let others = parts[..parts.len() - 1].iter().rev();
                let backward = others.fold(last, |sum, part| sum.merge(&part[point]));
                assert_eq!(forward, backward);
                assert_eq!((&forward.worst, forward.sum), (&whole.worst, whole.sum));
                assert_eq!((forward.windows, forward.kept), (whole.windows, whole.kept));
            }
        }
    }
}

#[test]
fn the_two_averages_are_one_at_another_time() {
    let candles = &candles()[..3000];
    let closes = close_prices(candles);
    let half = ema_half_life(candles, &closes, 866.0 * 2.0_f64.ln()).expect("an oracle");
    let exponential = ema_exponential(candles, &closes, 866.0).expect("an oracle");
    for (a, b) in half.iter().zip(&exponential) {
        assert!((a / b - 1.0).abs() < 1e-13, "{a} and {b}");
    }
}

#[test]
fn sampled_starts_are_all_over_the_series() {
    let windows = windows_sampled(10_000, 0.01, 40_000, 5).expect("windows");
    let mut tenths = [0; 10];
    for window in &windows {
        assert!(
            window.end - window.start <= 101 && window.end <= 10_000 && window.start < window.end
        );
        tenths[window.start as usize / 1000] += 1;
    }
    assert!(tenths.iter().all(|count| (3700..4300).contains(count)), "{tenths:?}");
}

/// Three points of a grid whose worst windows come from two crashes a day apart.
#[test]
fn a_curve_says_what_hangs_on_an_event() {
    let worst = |loss, day: f64, minute: f64| Worst {
        loss,
        start_secs: day * 86_400.0 + minute * 60.0,
        end_secs: day * 86_400.0 + minute * 60.0 + 12_900.0,
    };
    // The first crash is worse for large A, the second one for small A.
    let tail = |first: f64, second: f64| {
        let mut worst = vec![
            worst(first, 1.0, 0.0),
            worst(first - 0.001, 1.0, 5.0),
            worst(second, 2.0, 0.0),
            worst(second - 0.001, 2.0, 7.0),
            worst(0.01, 9.0, 0.0),
            worst(0.009, 12.0, 0.0),
        ];
        worst.sort_by(|a, b| b.loss.total_cmp(&a.loss));
        Partial { kept: 6, windows: 1000, sum: None, worst, effort: Effort::default() }
    };
    let tails = [tail(0.04, 0.10), tail(0.08, 0.085), tail(0.11, 0.03)];
    let a = [50.0, 100.0, 200.0];
    let grid = scan(&[Settings::v1(100, 4, 0.006)], Parameter::A, &a).expect("a grid");
    let curve =
        Curve::new(&grid, &tails, Statistic::Worst(4), Objective::Loss, 0.005).expect("a curve");
    let means = [0.0695, 0.082, 0.0695];
    for (loss, mean) in curve.losses.iter().zip(means) {
        assert!((loss - mean).abs() < 1e-12, "{loss}");
    }
    assert_eq!((curve.best, &curve.flat[..]), (0, &[0, 2][..]));
    // Without a crash its two windows go, and the next two worst come in.
    let effects: Vec<_> = curve.events.iter().map(|e| (e.event.windows, e.best_without)).collect();
    assert_eq!(effects, [(2, Some(0)), (2, Some(2))]);
    let without: Vec<_> = curve.events.iter().map(|e| e.loss_without.expect("kept")).collect();
    let expected = [(0.04 + 0.039 + 0.01 + 0.009) / 4.0, (0.1 + 0.099 + 0.01 + 0.009) / 4.0];
    for (ours, expected) in without.iter().zip(expected) {
        assert!((ours - expected).abs() < 1e-12);
    }
    // √(½·2·(half of the difference)²)
    let error = (expected[1] - expected[0]) / 2.0;
    let jackknife = curve.jackknife.expect("two events");
    assert!((jackknife.error - error).abs() < 1e-12);
    // Student's t of one degree of freedom: tan(0.475·π).
    let reach = (0.475 * std::f64::consts::PI).tan() * error;
    assert!((jackknife.low - (0.0695 - reach)).abs() < 1e-3 * reach);
    assert!((jackknife.high - (0.0695 + reach)).abs() < 1e-3 * reach);
    let advice = curve.recommend(&a).expect("advice");
    assert_eq!((advice.value, advice.flat_low, advice.flat_high), (50.0, 50.0, 200.0));
    assert_eq!((advice.event_low, advice.event_high), (Some(50.0), Some(200.0)));
    assert_eq!(curve.kept_needed, None);
    // Kept to a depth of four, nothing is known of what comes in, and six are asked for.
    let shallow = tails.map(|tail| Partial { kept: 4, worst: tail.worst[..4].to_vec(), ..tail });
    let curve =
        Curve::new(&grid, &shallow, Statistic::Worst(4), Objective::Loss, 0.0).expect("a curve");
    assert_eq!((curve.jackknife, curve.events[0].best_without), (None, None));
    assert_eq!(curve.kept_needed, Some(6));
    let advice = curve.recommend(&a).expect("advice");
    assert_eq!((advice.event_low, advice.event_high), (None, None));
    // The figure itself needs what is kept; what the losses do not have is no matter of keeping.
    for (statistic, name) in [
        (Statistic::Worst(5), "kept"),
        (Statistic::Shortfall(0.99), "kept"),
        (Statistic::Worst(1001), "statistic"),
        (Statistic::Worst(0), "statistic"),
        (Statistic::Shortfall(1.0), "statistic"),
        (Statistic::Mean, "statistic"),
    ] {
        let refused = Curve::new(&grid, &shallow, statistic, Objective::Loss, 0.0);
        match refused.map_err(|e| e.kind()) {
            Err(ErrorKind::Invalid { field, index, .. }) => {
                assert_eq!((*field, index), (name, Some(0)), "{statistic:?}");
            }
            other => panic!("{statistic:?}: {other:?}"),
        }
    }
}

/// What is kept beyond what is needed changes nothing of a curve; with less, it says what is.
#[test]
fn a_curve_does_not_depend_on_how_many_windows_are_kept() {
    let candles = candles();
    let oracle = ema_half_life(&candles, &middle_prices(&candles), 600.0).expect("an oracle");
    let windows = windows_by_rows(candles.len(), 216).expect("windows");
    let grid = scan(&[Settings::v1(100, 4, 0.002)], Parameter::A, &[20.0, 50.0, 100.0, 200.0]);
    let grid = grid.expect("a grid");
    for statistic in [Statistic::Shortfall(0.99), Statistic::Worst(50)] {
        let curve = |kept| {
            let tails = loss_tails(&candles, &oracle, &windows, &grid, kept, Search::Pruned);
            let tails = tails.expect("tails");
            Curve::new(&grid, &tails, statistic, Objective::RequiredDiscount, 0.002)
        };
        let all = curve(windows.len()).expect("a curve");
        assert!(all.events.len() > 1 && all.jackknife.is_some() && all.kept_needed.is_none());
        let enough = statistic.kept(windows.len(), 216);
        assert_eq!(curve(enough).expect("a curve"), all);
        assert_eq!(curve(enough + 777).expect("a curve"), all);
        // Asking again for what is needed comes to the same in a few steps.
        let mut kept = statistic.depth(windows.len());
        let mut found = curve(kept).expect("a curve");
        assert!(found.kept_needed.is_some() && found.jackknife.is_none());
        assert_eq!((&found.losses, found.best), (&all.losses, all.best));
        while let Some(needed) = found.kept_needed {
            assert!(needed > kept && needed <= windows.len());
            kept = needed;
            found = curve(kept).expect("a curve");
        }
        assert_eq!(found, all);
    }
}

/// A sweep that averages by itself is one over the series that was averaged before, to the bit.
#[test]
fn the_time_of_the_oracle_is_a_parameter() {
    let candles = candles();
    let prices = middle_prices(&candles);
    let windows = windows_by_rows(candles.len(), 216).expect("windows");
    let settings = Settings::v1(100, 4, 0.002);
    let times = [60.0, 600.0, 3600.0];
    let tails = |oracle: &[f64], grid: &[Settings]| {
        loss_tails(&candles, oracle, &windows, grid, 60, Search::Pruned).expect("tails")
    };
    type Average = fn(&[Candle], &[f64], f64) -> llamath::Result<Vec<f64>>;
    for (parameter, average) in [
        (Parameter::HalfLifeSecs, ema_half_life as Average),
        (Parameter::EmaTimeSecs, ema_exponential as Average),
    ] {
        let grid = scan(&[settings], parameter, &times).expect("a grid");
        let found = tails(&prices, &grid);
        for (tail, secs) in found.iter().zip(times) {
            let oracle = average(&candles, &prices, secs).expect("an oracle");
            assert_eq!(tail.worst, tails(&oracle, &[settings])[0].worst);
        }
        assert_ne!(found[0].worst, found[2].worst);
        // The loss of a window alone needs the oracle's part of the series.
        let refused = loss(&candles, &prices, &grid[0]).map_err(|e| e.to_string());
        assert!(refused.is_err_and(|says| says.contains("_secs must be absent")));
        let refused = scan(&[settings], parameter, &[600.0, 0.0]).map_err(|e| e.kind());
        assert!(matches!(refused, Err(ErrorKind::Invalid { index: Some(1), .. })));
    }
}

/// What Curve's governance decided by, where a relation of it is computed here. The rows are
/// other people's: they are read where they are, and never copied.
#[test]
fn governance_decided_by_these_relations() {
    let Some(folder) = std::env::var_os("LLAMATH_DATA").map(PathBuf::from) else {
        println!("skipped: LLAMATH_DATA names no folder with facts/governance_params.json");
        return;
    };
    let text = std::fs::read_to_string(folder.join("facts/governance_params.json")).expect("facts");
    let facts: Value = serde_json::from_str(&text).expect("JSON");
    let facts = facts.as_array().expect("rows");
    let near = |ours: f64, theirs: &Value, half_digit: f64| {
        let theirs = number(theirs);
        assert!((ours - theirs).abs() <= half_digit + 1e-12, "{ours} and not {theirs}");
    };
    let mut tested = 0;
    for fact in facts {
        if fact["identity"].is_string() {
            // The coefficient of four bands, and the discounts from the expected shortfall.
            let (loss, a, bands) =
                (number(&fact["ES99_loss"]), whole(&fact["A"]), whole(&fact["N"]));
            let margin = number(&fact["uplift_pp"]) / 100.0;
            near(
                required_discount(loss, a, bands).expect("a discount"),
                &fact["required_discount"],
                5e-5,
            );
            let found = discounts(loss, a, bands, margin).expect("discounts");
            near(found.liquidation_discount, &fact["liquidation_discount"][1], 5e-5);
            near(found.loan_discount, &fact["loan_discount"][1], 5e-5);
            tested += 1;
        }
        for (name, a) in [("crv_A22", 22), ("arb_A30", 30)] {
            let row = &fact[name];
            if row.is_object() {
                // Decided on in whole percent, rounded up.
                let found = discounts(number(&row["ES1"]), a, 4, number(&row["uplift"]));
                let found = found.expect("discounts");
                near((found.liquidation_discount * 100.0).ceil() / 100.0, &row["liq"], 0.0);
                near((found.loan_discount * 100.0).ceil() / 100.0, &row["loan"], 0.0);
                tested += 1;
            }
        }
        if fact["leverage"].is_number() {
            // Three points between the discounts, and what can be borrowed at most in four bands.
            let (loss, a) = (number(&fact["loss"]), whole(&fact["A"]));
            let found = discounts(loss, a, 4, 0.03).expect("discounts");
            near(found.liquidation_discount, &fact["liquidation_discount"], 0.0);
            near(found.loan_discount, &fact["loan_discount"], 0.0);
            let most = 1.0 - required_discount(found.loan_discount, a, 4).expect("a discount");
            near(most, &fact["ltv_max"], 5e-3);
            near(1.0 / (1.0 - number(&fact["ltv_max"])), &fact["leverage"], 5e-2);
            tested += 1;
        }
    }
    println!("governance: {tested} relations");
    assert_eq!(tested, 4, "rows with a relation");
}

#[test]
fn windows_by_time_leave_out_what_has_a_gap() {
    // Minutes 0..10, nothing for half an hour, minutes 40..50.
    let times = (0..10).chain(40..50).map(|minute| 60.0 * f64::from(minute));
    let at = |time_secs| Candle { time_secs, open: 1.0, high: 1.0, low: 1.0, close: 1.0 };
    let candles: Vec<_> = times.map(at).collect();
    let starts = |longest_gap_secs| {
        let windows = windows_by_time(&candles, 300.0, longest_gap_secs).expect("windows");
        windows.iter().map(|window| (window.start, window.end)).collect::<Vec<_>>()
    };
    let connected: Vec<_> = (0..=5).chain(10..=15).map(|start| (start, start + 5)).collect();
    assert_eq!(starts(60.0), connected);
    // Where the gap is allowed, windows before it are short of candles but not of time.
    let across = starts(3600.0);
    assert_eq!(across.len(), 16);
    assert_eq!((across[5], across[6], across[9]), ((5, 10), (6, 10), (9, 10)));
}

#[test]
fn the_record_is_the_run() {
    let candles = candles();
    let oracle = ema_half_life(&candles, &middle_prices(&candles), 600.0).expect("an oracle");
    let settings = Settings::v1(50, 6, 0.002);
    for start in (0..17_000).step_by(1700) {
        let window = start..start + 216;
        let (candles, oracle) = (&candles[window.clone()], &oracle[window]);
        let record = run(candles, oracle, &settings).expect("a record");
        assert_eq!(record.loss.len(), 216);
        assert_eq!((record.x.len(), record.y.len()), (216 * 6, 216 * 6));
        for minute in [0, 100, 215] {
            let lost = loss(&candles[..=minute], &oracle[..=minute], &settings);
            assert_eq!(lost, Ok(record.loss[minute]), "minute {minute} from {start}");
        }
    }
}

#[test]
fn what_cannot_be_simulated_is_refused() {
    let settings = Settings::v1(50, 6, 0.002);
    let field = |result: llamath::Result<f64>| match result.map_err(|e| e.kind()) {
        Err(ErrorKind::Invalid { field, index, .. }) => (*field, index),
        other => panic!("{other:?}"),
    };
    let candle = Candle { time_secs: 0.0, open: 1.0, high: 1.0, low: 1.0, close: 1.0 };
    assert_eq!(field(loss(&[], &[], &settings)), ("window", None));
    assert_eq!(field(loss(&[candle], &[], &settings)), ("oracle", None));
    assert_eq!(field(loss(&[candle], &[0.0], &settings)), ("oracle", Some(0)));
    let bad = Candle { low: f64::NAN, ..candle };
    assert_eq!(field(loss(&[candle, bad], &[1.0; 2], &settings)), ("low", Some(1)));
    let early = Candle { time_secs: -1.0, ..candle };
    assert_eq!(field(loss(&[candle, early], &[1.0; 2], &settings)), ("time_secs", Some(1)));
    for (settings, name) in [
        (Settings { A: 1, ..settings }, "A"),
        (Settings { bands: 0, ..settings }, "bands"),
        (Settings { fee: 1.0, ..settings }, "fee"),
        (Settings { external_fee: -0.1, ..settings }, "external_fee"),
        (Settings { po_fee_delay: 0, ..settings }, "po_fee_delay"),
        (Settings { dynamic_fee_multiplier: -1.0, ..settings }, "dynamic_fee_multiplier"),
        (Settings { position_shift: 1.0, ..settings }, "position_shift"),
    ] {
        assert_eq!(field(loss(&[candle], &[1.0], &settings)), (name, None));
    }
}

/// Where candles come from decides only how they are written.
#[test]
fn candles_are_the_same_however_they_are_written() {
    let numbers = "[[1640995200000,2.5,3,1,2,7],\n [1640995260000, 2, 3.5, 1, 2, 7]]";
    let strings = r#"[["1640995200000","2.5","3","1","2","7",1640995259999,"0",1,"0","0","0"],
        ["1640995260000","2","3.5","1","2","7"]]"#;
    let csv = "1640995200,2.5,3,1,2\r\n1640995260,2,3.5,1,2\r\n";
    let header =
        "symbol;close;low;high;open;unix\nETH;2;1;3;2.5;1640995200\nETH;2;1;3.5;2;1640995260";
    let microseconds = "\u{feff}1640995200000000,2.5,3,1,2,7\n1640995260000000,2,3.5,1,2,7";
    let expected = [(1_640_995_200.0, 2.5, 3.0), (1_640_995_260.0, 2.0, 3.5)]
        .map(|(time_secs, open, high)| Candle { time_secs, open, high, low: 1.0, close: 2.0 });
    for (text, format, unit) in [
        (numbers, Format::Json, TimeUnit::Milliseconds),
        (strings, Format::Json, TimeUnit::Milliseconds),
        (csv, Format::Csv, TimeUnit::Seconds),
        (header, Format::CsvWithHeader, TimeUnit::Seconds),
        (microseconds, Format::Csv, TimeUnit::Microseconds),
    ] {
        let reading = read_candles(text).expect(text);
        assert_eq!(reading.candles, expected, "{text}");
        assert_eq!((reading.quality.format, reading.quality.unit), (format, unit));
        assert_eq!((reading.quality.rows, reading.quality.step_secs), (2, 60.0));
    }
}

#[test]
fn every_row_is_kept_or_listed() {
    let text = "t,o,h,l,c\n0,10,10,10,10\n60,10,10,10,10\n60,10,11,10,10\n30,10,10,10,10\n\
        120,10\n180,10,nan,10,10\n240,10,10,0,10\n240,10,9,8,10\n1640995200000,10,10,10,10\n\
        600,10,10,8,10\n660,10,10,10,10\n";
    let reading = read_candles(text).expect("candles");
    let quality = reading.quality;
    assert_eq!(reading.candles.len() + quality.left_out.len(), quality.rows);
    assert_eq!(quality.rows, 11);
    let reasons = [
        (5, Reason::Order),
        (6, Reason::Fields),
        (7, Reason::Number),
        (8, Reason::Price),
        (9, Reason::Range),
        (10, Reason::Unit),
    ];
    assert_eq!(quality.left_out, reasons.map(|(row, reason)| LeftOut { row, reason }));
    assert_eq!(quality.duplicates, [4]);
    assert_eq!(quality.gaps, [Gap { index: 3, from_secs: 60.0, length_secs: 540.0 }]);
    let outliers: Vec<_> = quality.outliers.iter().map(|o| (o.index, o.ratio)).collect();
    assert_eq!(outliers, [(3, 0.8)]);
    assert_eq!((quality.first_secs, quality.last_secs, quality.step_secs), (0.0, 660.0, 60.0));
}

#[test]
fn what_is_no_text_of_candles_is_refused() {
    for (text, row) in [
        ("", None),
        ("time,open,high,low\n", None),
        ("x,1,2,3,4", None),
        ("[]", None),
        ("[[1,2,3,1,2], 5]", Some(1)),
        ("[[1,2,3,1,2]", Some(0)),
        ("[[1,2,3", Some(0)),
        ("[{}]", Some(0)),
    ] {
        match read_candles(text).map_err(|e| e.kind()) {
            Err(ErrorKind::Invalid { field, index, .. }) => {
                assert_eq!((*field, index), ("text", row), "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

/// Loss and required discount of BTC and ETH on real candles: every start, files apart, the
/// worst 63 windows of 216 minutes; A, then both figures as published and guarded.
const REAL: [(u32, [[&str; 4]; 2]); 7] = [
    (10, [[".01592", ".19735", ".01478", ".19642"], [".02756", ".20685", ".02656", ".20603"]]),
    (30, [[".04372", ".10577", ".04089", ".10312"], [".07449", ".13454", ".07279", ".13295"]]),
    (50, [[".06098", ".09794", ".05769", ".09478"], [".09818", ".13367", ".09654", ".13210"]]),
    (100, [[".06488", ".08343", ".06186", ".08047"], [".10757", ".12528", ".10648", ".12421"]]),
    (200, [[".06732", ".07661", ".06609", ".07539"], [".11098", ".11983", ".11085", ".11971"]]),
    (300, [[".07046", ".07664", ".07006", ".07624"], [".11489", ".12078", ".11515", ".12104"]]),
    (500, [[".07530", ".07899", ".07496", ".07866"], [".11914", ".12266", ".11958", ".12309"]]),
];

/// The worst windows of all files of an asset, for each A.
fn real_tails(folder: &Path, asset: &str, trading: Trading, search: Search) -> Vec<Partial> {
    let grid = REAL.map(|(a, _)| Settings { trading, ..Settings::v1(a, 4, 0.002) });
    let entries = std::fs::read_dir(folder.join("ohlc_1m")).expect("a folder of candles");
    let files: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(asset)))
        .collect();
    assert_eq!(files.len(), 11, "files of {asset}");
    let of_file = |path: &PathBuf| {
        let mut text = String::new();
        let bytes = std::fs::read(path).expect("readable");
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzip");
        let candles = read_candles(&text).expect("candles").candles;
        let oracle = ema_half_life(&candles, &middle_prices(&candles), 600.0).expect("an oracle");
        let windows = windows_by_rows(candles.len(), 216).expect("windows");
        loss_tails(&candles, &oracle, &windows, &grid, 63, search).expect("tails")
    };
    let parts = files.iter().map(of_file);
    let merge = |sum: Vec<Partial>, part: Vec<Partial>| {
        sum.into_iter().zip(&part).map(|(sum, part)| sum.merge(part)).collect()
    };
    parts.reduce(merge).expect("a file")
}

/// `LLAMATH_DATA=DIR cargo test --release --test sim real` runs on a folder with other
/// people's candles.
#[test]
fn real_candles_give_the_table() {
    let Some(folder) = std::env::var_os("LLAMATH_DATA").map(PathBuf::from) else {
        println!("skipped: LLAMATH_DATA names no folder with real candles");
        return;
    };
    for (asset, name) in ["BTC", "ETH"].into_iter().enumerate() {
        for (kind, trading, search) in
            [(0, Trading::Parity, Search::Every), (2, Trading::Guarded, Search::Checked)]
        {
            let tails = real_tails(&folder, name, trading, search);
            if trading == Trading::Guarded {
                let pruned = real_tails(&folder, name, trading, Search::Pruned);
                for (tail, pruned) in tails.iter().zip(&pruned) {
                    assert_eq!(tail.effort.violations, 0, "losses above their bounds");
                    assert_eq!(tail.worst, pruned.worst, "the search finds the same");
                }
            }
            for ((a, expected), tail) in REAL.iter().zip(&tails) {
                let expected = &expected[asset];
                assert_eq!(tail.windows, 625_478, "windows of {name}");
                let loss = tail.statistic(Statistic::Worst(63)).expect("a loss");
                let discount = required_discount(loss, *a, 4).expect("a discount");
                let dates = events(&tail.worst).len();
                println!("{name} A {a} {trading:?}: {loss:.5} {discount:.5}, {dates} events");
                for (ours, theirs) in [(loss, expected[kind]), (discount, expected[kind + 1])] {
                    let theirs: f64 = theirs.parse().expect("a number");
                    // The table is rounded, and its discounts are of rounded losses.
                    assert!((ours - theirs).abs() < 1e-5, "{name} A {a}: {ours} and not {theirs}");
                }
            }
        }
    }
}
