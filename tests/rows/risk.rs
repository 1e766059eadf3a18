//! Oracles and debt ceilings.

use llamath::oracle;
use serde_json::Value;

use super::{Check, int};

fn int64(value: &Value) -> i64 {
    value.as_str().expect("a decimal string").parse().expect("64 bits")
}

fn tick(value: &Value) -> i32 {
    value.as_i64().and_then(|tick| i32::try_from(tick).ok()).expect("a tick")
}

fn seconds(value: &Value) -> u32 {
    value.as_u64().and_then(|seconds| u32::try_from(seconds).ok()).expect("seconds")
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
        let ago = seconds(&row["secondsAgo"]);
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
            "consult" => oracle::mean_tick(seconds(&row["secondsAgo"]), [0, 0]).is_err(),
            other => panic!("no function {other}"),
        };
        check.equal("is refused", true, refused);
    });
}
