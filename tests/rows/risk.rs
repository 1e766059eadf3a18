//! Oracles and debt ceilings.

use llamath::ceiling::{CeilingInput, LiquidityUnit, debt_ceiling};
use llamath::ema::{Ema, Memory};
use llamath::oracle::{
    self, Carry, ChainlinkEma, Divisor, EmaPrice, Grid, Metrics, Round, RoundHistory, StoredEma,
};
use llamath::{I256, llamma};
use serde_json::Value;

use super::llamma::signed;
use super::{Check, int};

fn int64(value: &Value) -> i64 {
    value.as_str().expect("a decimal string").parse().expect("64 bits")
}

fn tick(value: &Value) -> i32 {
    value.as_i64().and_then(|tick| i32::try_from(tick).ok()).expect("a tick")
}

/// A whole number of whatever width.
fn small<T: TryFrom<u64>>(value: &Value) -> T {
    let whole = value.as_u64().and_then(|whole| T::try_from(whole).ok());
    whole.unwrap_or_else(|| panic!("not a small integer: {value}"))
}

impl Check {
    fn equal<T: PartialEq + core::fmt::Debug>(&mut self, what: &str, expected: T, got: T) {
        if expected != got {
            self.mismatches
                .push(format!("{} {what}: expected {expected:?}, got {got:?}", self.row));
        }
    }
}

pub fn uniswap_v3_math(file: &Value, check: &mut Check) {
    check.each(file, "getSqrtRatioAtTick", |check, row| {
        let got = oracle::sqrt_ratio_at_tick(tick(&row["tick"]));
        check.exact("sqrtPriceX96", &row["sqrtPriceX96"], got);
    });
    check.each(file, "getTickAtSqrtRatio", |check, row| {
        let got = oracle::tick_at_sqrt_ratio(int(&row["sqrtPriceX96"]));
        check.equal("tick", Ok(tick(&row["tick"])), got);
    });
    check.each(file, "getQuoteAtTick", |check, row| {
        let base = row["baseAmount"].as_str().expect("an integer").parse().expect("128 bits");
        let is_token0 = row["baseIsToken0"].as_bool().expect("a boolean");
        let got = oracle::quote_at_tick(tick(&row["tick"]), base, is_token0);
        check.exact("quoteAmount", &row["quoteAmount"], got);
    });
    check.each(file, "mulDiv", |check, row| {
        let got = oracle::mul_div(int(&row["a"]), int(&row["b"]), int(&row["d"]));
        let expected = row["r"].as_str().map(|text| text.parse().expect("an integer"));
        check.equal("r", expected, got.ok());
    });
    check.each(file, "consult", |check, row| {
        let ago = small(&row["secondsAgo"]);
        let pair = |name: &str| [&row[name][0], &row[name][1]];
        let got = oracle::mean_tick(ago, pair("tickCumulatives").map(int64));
        check.equal("arithmeticMeanTick", Ok(tick(&row["arithmeticMeanTick"])), got);
        let sums = pair("secondsPerLiquidityCumulativeX128s").map(int);
        let liquidity = row["harmonicMeanLiquidity"].as_str().expect("an integer");
        let got = oracle::harmonic_mean_liquidity(ago, sums);
        check.equal("harmonicMeanLiquidity", Ok(liquidity.parse().expect("128 bits")), got);
    });
    check.each(file, "errors", |check, row| {
        let refused = match row["fn"].as_str().expect("a name") {
            "getSqrtRatioAtTick" => oracle::sqrt_ratio_at_tick(tick(&row["tick"])).is_err(),
            "getTickAtSqrtRatio" => oracle::tick_at_sqrt_ratio(int(&row["sqrtPriceX96"])).is_err(),
            "consult" => oracle::mean_tick(small(&row["secondsAgo"]), [0, 0]).is_err(),
            other => panic!("no function {other}"),
        };
        check.equal("is refused", true, refused);
    });
}

pub fn curve_ema(file: &Value, check: &mut Check) {
    let exp = |x: &Value| llamma::internals::exp_truncating(signed(x));
    check.each(file, "exp", |check, row| check.exact("y", &row["y"], exp(&row["x"])));
    check.equal("overflows", true, exp(&file["expOverflowFrom"]).is_err());
    check.equal("vanishes", Ok(llamath::U256::ZERO), exp(&file["expZeroAtOrBelow"]));
    check.each(file, "sequences", |check, sequence| {
        let mut oracle = EmaPrice {
            ma_exp_time_secs: small(&sequence["maExpTime"]),
            last_price: int(&sequence["p0"]),
            last_time_secs: small(&sequence["t0"]),
        };
        let mut now = oracle.last_time_secs;
        for (index, step) in sequence["steps"].as_array().expect("steps").iter().enumerate() {
            now += small::<u64>(&step["dt"]);
            let source = int(&step["source"]);
            let what = format!("step {index}");
            check.exact(&what, &step["price"], oracle.price_at(now, source));
            if step["write"] == true {
                oracle = oracle.written(now, source).expect("it has a price");
            }
        }
    });
}

pub fn chainlink_ema(file: &Value, check: &mut Check) {
    let rounds = |list: &Value| -> Vec<Round> {
        let rows = list.as_array().expect("a list of rounds").iter();
        rows.map(|row| Round {
            id: row[0].as_str().expect("an id").parse().expect("128 bits"),
            answer: I256::new(false, int(&row[1])).expect("255 bits"),
            updated_at_secs: small(&row[2]),
        })
        .collect()
    };
    check.each(file, "cases", |check, case| {
        let ema = ChainlinkEma {
            observations: small(&case["observations"]),
            interval_secs: small(&case["interval"]),
            decimals: small(&case["decimals"]),
        };
        let mut known = rounds(&case["initialRounds"]);
        let at = |known: &[Round], stored: Option<StoredEma>, now| {
            ema.at(&RoundHistory::new(known).expect("a history"), stored.as_ref(), now)
        };
        let first = at(&known, None, small(&case["deployAt"]));
        check.exact("initialPrice", &case["initialPrice"], first.clone().map(|ema| ema.price));
        let mut stored = first.expect("it has a price");
        for (index, step) in case["steps"].as_array().expect("steps").iter().enumerate() {
            known.extend(rounds(&step["newRounds"]));
            let got = at(&known, Some(stored), small(&step["now"]));
            check.exact(&format!("step {index}"), &step["price"], got.clone().map(|ema| ema.price));
            if step["write"] == true {
                stored = got.expect("it has a price");
            }
        }
    });
}

/// A list of numbers and gaps.
fn series(value: &Value) -> Vec<Option<f64>> {
    value.as_array().expect("a list").iter().map(Value::as_f64).collect()
}

impl Check {
    /// 1e-12 relative; undefined where the row says so.
    fn tight(&mut self, what: &str, expected: &Value, got: Option<f64>) {
        match (expected.as_f64(), got) {
            (Some(expected), Some(got)) => self.close(what, expected, Ok(got), 1e-12, 0.0),
            (expected, got) => self.equal(what, expected, got),
        }
    }
}

pub fn oracle_metrics(file: &Value, check: &mut Check) {
    check.each(file, "metrics", |check, row| {
        let (x, reference, exact) = (series(&row["x"]), series(&row["ref"]), &row["exact"]);
        let [sample, all] = [Divisor::CountLessOne, Divisor::Count]
            .map(|divisor| oracle::metrics(&x, &reference, divisor).ok());
        let count = all.map_or(0, |metrics| metrics.count);
        check.equal("n", small(&exact["n"]), count);
        type Part = fn(Metrics) -> Option<f64>;
        let of_all: [(&str, Part); 7] = [
            ("meanDiff", |metrics| Some(metrics.mean_difference)),
            ("varDiff_ddof0", |metrics| metrics.variance_difference),
            ("std_ddof0", |metrics| metrics.volatility),
            ("pearson", |metrics| metrics.correlation),
            ("rmse", |metrics| Some(metrics.rmse)),
            ("mae", |metrics| Some(metrics.mae)),
            ("maxAbs", |metrics| Some(metrics.worst)),
        ];
        for (name, part) in of_all {
            check.tight(name, &exact[name], all.and_then(part));
        }
        let variance = sample.and_then(|metrics| metrics.variance_difference);
        check.tight("varDiff_ddof1", &exact["varDiff_ddof1"], variance);
        let volatility = sample.and_then(|metrics| metrics.volatility);
        check.tight("std_ddof1", &exact["std_ddof1"], volatility);
    });
    check.each(file, "percentiles", |check, row| {
        let runs = oracle::runs(&series(&row["v"])).expect("it has values");
        let lengths: Vec<usize> = row["runs"].as_array().expect("runs").iter().map(small).collect();
        check.equal("runs", &lengths, &runs.lengths);
        let lengths: Vec<f64> = series(&row["runs"]).into_iter().flatten().collect();
        for (percent, expected) in row["linear"].as_object().expect("percentiles") {
            let part = percent.parse::<f64>().expect("a number") / 100.0;
            check.tight(percent, expected, oracle::quantile(&lengths, part).ok());
        }
        for (name, found) in [("linear", runs.per_run), ("timeWeighted", runs.time_weighted)] {
            let found =
                [("25", found.p25), ("50", found.p50), ("75", found.p75), ("90", found.p90)];
            for (percent, found) in found {
                check.tight(&format!("{name} {percent}"), &row[name][percent], Some(found));
            }
        }
    });
    check.each(file, "locf", |check, row| {
        let times: Vec<u64> = row["ts"].as_array().expect("times").iter().map(small).collect();
        let values: Vec<f64> = series(&row["v"]).into_iter().flatten().collect();
        let [start_secs, step_secs] = [0, 1].map(|index| small(&row["grid"][index]));
        let grid = Grid { start_secs, step_secs, count: small(&row["grid"][2]) };
        let carried = |known_after_secs| {
            let carry = Carry { known_after_secs, max_staleness_secs: None };
            oracle::carry_forward(&times, &values, &grid, carry).expect("in order")
        };
        let inclusive = carried(0);
        check.equal("≤", series(&row["locf_inclusive_lastDuplicateWins"]), inclusive.values);
        check.equal("<", series(&row["locf_strict"]), carried(1).values);
        let ages = row["stalenessSeconds"].as_array().expect("ages").iter();
        check.equal("age", ages.map(Value::as_u64).collect(), inclusive.staleness_secs);
    });
}

pub fn ewm_debt_ceiling(file: &Value, check: &mut Check) {
    let ema =
        |memory, adjust, ignore_gaps, min_periods| Ema { memory, adjust, ignore_gaps, min_periods };
    let week_secs = 7.0 * 86_400.0;
    let conventions = [
        ("span7_adjust", ema(Memory::Span(7.0), true, false, 0)),
        ("span7_noadjust", ema(Memory::Span(7.0), false, false, 0)),
        ("span7_adjust_ignore_na", ema(Memory::Span(7.0), true, true, 0)),
        ("span7_noadjust_ignore_na", ema(Memory::Span(7.0), false, true, 0)),
        ("span7_adjust_minperiods7", ema(Memory::Span(7.0), true, false, 7)),
        ("alpha_1_7_noadjust", ema(Memory::Alpha(1.0 / 7.0), false, false, 0)),
        ("halflife7_adjust", ema(Memory::HalfLife(7.0), true, false, 0)),
        ("halflife7d_times_adjust", ema(Memory::HalfLifeSecs(week_secs), true, false, 0)),
        ("time_tau7d_seed_first", ema(Memory::TauSecs(week_secs), false, false, 0)),
        ("time_halflife7d_seed_first", ema(Memory::HalfLifeSecs(week_secs), false, false, 0)),
    ];
    check.each(file, "cases", |check, case| {
        let times: Vec<u64> = case["t"].as_array().expect("times").iter().map(small).collect();
        let liquidity = series(&case["v"]);
        let (series, ceilings) = (case["ewm"].as_object(), &case["ceiling"]);
        for (name, expected) in series.expect("averages") {
            let known = conventions.iter().find(|(known, _)| known == name);
            let ema = known.unwrap_or_else(|| panic!("no convention {name}")).1;
            let input = CeilingInput {
                times: &times,
                liquidity: &liquidity,
                ema,
                share: 0.2,
                digits: 1,
                unit: LiquidityUnit::Usd,
            };
            let average = ema.series(&times, &liquidity).expect("an average");
            let rows = expected.as_array().expect("a list");
            check.equal("length", rows.len(), average.len());
            for (row, (expected, got)) in rows.iter().zip(average).enumerate() {
                check.tight(&format!("{name} {row}"), expected, got);
            }
            let (expected, got) = (&ceilings[name], debt_ceiling(&input).ok());
            let part = |part: fn(&llamath::ceiling::DebtCeiling) -> f64| got.as_ref().map(part);
            check.tight(name, &expected["min"], part(|found| found.minimum));
            check.tight(name, &expected["ceiling20"], part(|found| found.ceiling));
            let row = expected["argmin"].as_u64().and_then(|row| usize::try_from(row).ok());
            check.equal(name, row, got.as_ref().map(|found| found.minimum_row));
        }
    });
}
