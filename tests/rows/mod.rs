//! Runs the rows of one reference file against the core: used natively and in the browser.

mod llamma;
mod rates;
mod risk;

use llamath::decimal::{U256, to_f64, to_raw};
use llamath::llamma::Generation;
use llamath::{farm, lending};
use serde_json::Value;

/// What one file's rows came to.
pub struct Outcome {
    pub rows: usize,
    pub mismatches: Vec<String>,
}

/// The rows of the file called `name`, or `None` if it is of no schema of ours.
pub fn run(name: &str, file: &Value) -> Option<Outcome> {
    let mut check = Check { rows: 0, mismatches: Vec::new(), row: String::new() };
    match name {
        "apr_il" => apr_il(file, &mut check),
        "apy_fee_pancake" => apy_fee_pancake(file, &mut check),
        "aave_math_utils" => aave_math_utils(file, &mut check),
        "aave_v3_real_indices" => aave_v3_real_indices(file, &mut check),
        "farm_goldens" => farm_goldens(file, &mut check),
        "rate_mul" => rates::rate_mul(file, &mut check),
        "ema_price_oracle" => rates::ema_price_oracle(file, &mut check),
        "vault" => rates::vault(file, &mut check),
        "util_monetary_policies_v1" | "util_monetary_policies_v2" => {
            rates::policies(file, &mut check)
        }
        "agg_monetary_policy" => rates::agg_monetary_policy(file, &mut check),
        "uniswap_v3_math" => risk::uniswap_v3_math(file, &mut check),
        "curve_ema" => risk::curve_ema(file, &mut check),
        "chainlink_ema" => risk::chainlink_ema(file, &mut check),
        "oracle_metrics" => risk::oracle_metrics(file, &mut check),
        "ewm_debt_ceiling" => risk::ewm_debt_ceiling(file, &mut check),
        "constants" => llamma::constants(file, &mut check),
        "prices_v1" => llamma::prices(file, Generation::V1, &mut check),
        "prices_v2" => llamma::prices(file, Generation::V2, &mut check),
        "limit_p_o" => llamma::limit_p_o(file, &mut check),
        "internals" => llamma::inner(file, &mut check),
        "exp_ln" => llamma::exp_ln(file, &mut check),
        "extra_health" => llamma::controller(file, &mut check),
        "reverts" => llamma::reverts(file, &mut check),
        "explainer_deviation" => llamma::explainer_deviation(file, &mut check),
        name if name.starts_with("controller_") => llamma::controller(file, &mut check),
        name if name.starts_with("amm_states_") => llamma::amm_states(file, &mut check),
        _ => return None,
    }
    Some(Outcome { rows: check.rows, mismatches: check.mismatches })
}

struct Check {
    rows: usize,
    mismatches: Vec<String>,
    row: String,
}

impl Check {
    fn each<'a>(
        &mut self,
        file: &'a Value,
        list: &str,
        mut body: impl FnMut(&mut Self, &'a Value),
    ) {
        let rows = file[list].as_array().unwrap_or_else(|| panic!("no list {list}"));
        assert!(!rows.is_empty(), "{list} is empty");
        for (index, row) in rows.iter().enumerate() {
            self.rows += 1;
            self.row = format!("{list}[{index}]");
            body(self, row);
        }
    }

    fn exact(&mut self, what: &str, expected: &Value, got: llamath::Result<U256>) {
        if got != Ok(int(expected)) {
            self.mismatches.push(format!("{} {what}: expected {expected}, got {got:?}", self.row));
        }
    }

    fn close(&mut self, what: &str, expected: f64, got: llamath::Result<f64>, rel: f64, abs: f64) {
        let near =
            got.clone().is_ok_and(|got| (got - expected).abs() <= (rel * expected.abs()).max(abs));
        if !near {
            self.mismatches
                .push(format!("{} {what}: expected {expected:?}, got {got:?}", self.row));
        }
    }

    fn near(&mut self, what: &str, expected: &Value, got: llamath::Result<f64>) {
        self.close(what, num(expected), got, 1e-13, 0.0);
    }
}

fn int(value: &Value) -> U256 {
    value.as_str().expect("a decimal string").parse().expect("an integer")
}

/// A number, or a decimal string for one.
fn num(value: &Value) -> f64 {
    match value.as_str() {
        Some(text) => text.parse().expect("a decimal"),
        None => value.as_f64().expect("a number"),
    }
}

fn apr_il(file: &Value, check: &mut Check) {
    check.each(file, "curveRates", |check, row| {
        let [rate, debt, assets, admin] =
            ["rate", "totalDebt", "totalAssets", "adminPctWad"].map(|name| int(&row[name]));
        check.exact("borrowAprWad", &row["borrowAprWad"], lending::borrow_apr(rate));
        check.exact(
            "lendAprWad_v1",
            &row["lendAprWad_v1"],
            lending::lend_apr(rate, debt, assets, None),
        );
        check.exact(
            "lendAprWad_v2",
            &row["lendAprWad_v2"],
            lending::lend_apr(rate, debt, assets, Some(admin)),
        );
        check.near("borrowApy_cont", &row["borrowApy_cont"], lending::borrow_apy(rate));
        check.near(
            "borrowApy_perSecond",
            &row["borrowApy_perSecond"],
            lending::borrow_apy_per_second(rate),
        );
        check.near("lendApy_cont", &row["lendApy_cont"], lending::lend_apy(rate, debt, assets));
    });
    check.each(file, "aprToApy", |check, row| {
        let apr = num(&row["apr"]);
        for (name, periods) in [
            ("yearly", 1.0),
            ("monthly", 12.0),
            ("weekly", 52.0),
            ("daily", 365.0),
            ("hourly", 8_760.0),
            ("per3s", 10_512_000.0),
            ("perSecond", 31_536_000.0),
        ] {
            check.near(name, &row[name], farm::apy(apr, periods));
        }
        check.near("continuous", &row["continuous"], farm::apy_continuous(apr));
    });
    check.each(file, "apyToApr", |check, row| {
        let apy = num(&row["apy"]);
        check.near("aprDaily", &row["aprDaily"], farm::apr_from_apy(apy, 365.0));
        check.near("aprContinuous", &row["aprContinuous"], farm::apr_from_apy_continuous(apy));
        check.exact(
            "ratePerSecondExactWad",
            &row["ratePerSecondExactWad"],
            lending::base_rate(apy),
        );
        check.exact(
            "ratePerSecond_dfmFloatScript",
            &row["ratePerSecond_dfmFloatScript"],
            lending::base_rate_as_deployed(apy),
        );
    });
    check.each(file, "compoundWithFee", |check, row| {
        let share = num(&row["shareAfterFee"]);
        let got = farm::yield_after_fees(
            &farm::Deposit {
                apr: num(&row["apr"]) * share,
                periods_per_year: num(&row["n"]),
                year_secs: farm::YEAR_SECS,
                deposit_fee: 0.0,
                performance_fee: 0.0,
                performance_fee_on: None,
            },
            num(&row["t"]) * 365.0,
        );
        check.near("apy", &row["apy"], got);
        let got = farm::yield_after_fees(
            &farm::Deposit {
                apr: num(&row["apr"]),
                periods_per_year: num(&row["n"]),
                year_secs: farm::YEAR_SECS,
                deposit_fee: 0.0,
                performance_fee: 1.0 - share,
                performance_fee_on: Some(farm::PerformanceFeeOn::EachCompounding),
            },
            num(&row["t"]) * 365.0,
        );
        // 1 − (1 − share) is not always share: one rounding more.
        check.close("apy, as a fee", num(&row["apy"]), got, 1e-12, 0.0);
    });
    check.each(file, "farmApr", |check, row| {
        let got = farm::apr(&farm::AprInput {
            alloc_point: num(&row["allocPoint"]),
            total_alloc_point: num(&row["totalAllocPoint"]),
            emission: num(&row["tokenPerBlock"]),
            emission_secs: num(&row["blockTimeSeconds"]),
            token_price_usd: num(&row["tokenPriceUsd"]),
            staked_usd: num(&row["lpTotalValueUsd"]),
            year_secs: farm::YEAR_SECS,
        });
        check.near(
            "blocksPerYear",
            &row["blocksPerYear"],
            got.clone().map(|apr| apr.emissions_per_year),
        );
        check.near("poolWeight", &row["poolWeight"], got.clone().map(|apr| apr.weight));
        check.near(
            "poolTokenPerBlock",
            &row["poolTokenPerBlock"],
            got.clone().map(|apr| apr.pool_emission),
        );
        check.near("apr", &row["apr"], got.clone().map(|apr| apr.apr));
    });
    check.each(file, "impermanentLoss", |check, row| {
        let k = num(&row["priceRatio"]);
        check.near("il50_50", &row["il50_50"], farm::impermanent_loss(k));
        let weighted = farm::impermanent_loss_weighted(k, num(&row["weight"]));
        check.near("ilWeighted", &row["ilWeighted"], weighted);
        let range = farm::impermanent_loss_range(k, num(&row["paRel"]), num(&row["pbRel"]));
        check.near("ilConcentrated", &row["ilConcentrated"], range);
    });
    check.each(file, "stakedLpValue", |check, row| {
        let decimals =
            |name: &str| row[name].as_u64().and_then(|d| u32::try_from(d).ok()).expect("decimals");
        let got = farm::lp_value(&farm::LpInput {
            reserve0_raw: int(&row["reserve0"]),
            reserve1_raw: int(&row["reserve1"]),
            decimals0: decimals("dec0"),
            decimals1: decimals("dec1"),
            price0_usd: num(&row["price0"]),
            price1_usd: num(&row["price1"]),
            total_supply_raw: int(&row["lpTotalSupply"]),
            staked_raw: int(&row["lpStaked"]),
        });
        check.near("tvlPool", &row["tvlPool"], got.clone().map(|lp| lp.pool_usd));
        check.near(
            "stakedValue_reserves",
            &row["stakedValue_reserves"],
            got.clone().map(|lp| lp.staked_usd),
        );
        check.near(
            "stakedValue_token0x2",
            &row["stakedValue_token0x2"],
            got.clone().map(|lp| lp.staked_twice0_usd),
        );
        check.near(
            "stakedValue_fairSqrtK",
            &row["stakedValue_fairSqrtK"],
            got.clone().map(|lp| lp.fair_staked_usd),
        );
    });
}

/// PancakeSwap's form: percentages, and 0 compoundings for a simple rate.
fn pancake(row: [&Value; 4]) -> llamath::Result<f64> {
    let [apr_pct, per_day, fee_pct, days] = row.map(num);
    farm::yield_after_fees(
        &farm::Deposit {
            apr: apr_pct / 100.0,
            periods_per_year: 365.0 * per_day,
            year_secs: farm::YEAR_SECS,
            deposit_fee: 0.0,
            performance_fee: fee_pct / 100.0,
            performance_fee_on: Some(farm::PerformanceFeeOn::FinalYield),
        },
        days,
    )
}

fn apy_fee_pancake(file: &Value, check: &mut Check) {
    check.each(file, "cases", |check, row| {
        let got = pancake([&row["aprPct"], &row["compoundsPerDay"], &row["feePct"], &row["days"]]);
        check.close("apy", num(&row["apy"]), got, 1e-8, 1e-12);
    });
}

fn aave_math_utils(file: &Value, check: &mut Check) {
    let dt = |row: &Value, name: &str| U256::from(row[name].as_u64().expect("seconds"));
    check.each(file, "calculateCompoundedInterest", |check, row| {
        let got = lending::aave_sdk_compounded(int(&row["rate"]), dt(row, "dt"));
        check.exact("compounded", &row["compounded"], got);
    });
    check.each(file, "calculateLinearInterest", |check, row| {
        check.exact(
            "linear",
            &row["linear"],
            lending::aave_sdk_linear(int(&row["rate"]), dt(row, "dt")),
        );
    });
    check.each(file, "rayMulDiv", |check, row| {
        let (a, b) = (int(&row["a"]), int(&row["b"]));
        check.exact("rayMul", &row["rayMul"], lending::ray_mul(a, b));
        check.exact("rayDiv", &row["rayDiv"], lending::ray_div(a, b));
    });
    check.each(file, "calculateCompoundedRate", |check, row| {
        let got = lending::aave_sdk_compounded_rate(int(&row["rate"]), dt(row, "duration"));
        check.exact("compoundedRate", &row["compoundedRate"], got);
    });
}

fn aave_v3_real_indices(file: &Value, check: &mut Check) {
    check.each(file, "updates", |check, row| {
        let dt = U256::from(row["dt"].as_u64().expect("seconds"));
        let supply = lending::aave_linear_index(
            int(&row["liquidityIndex0"]),
            int(&row["liquidityRate"]),
            dt,
        );
        check.exact("liquidityIndex1", &row["liquidityIndex1"], supply);
        let borrow = lending::aave_compounded_index(
            int(&row["variableBorrowIndex0"]),
            int(&row["variableBorrowRate"]),
            dt,
        );
        check.exact("variableBorrowIndex1", &row["variableBorrowIndex1"], borrow);
    });
}

/// Published figures; each is compared to as many digits as its source prints.
fn farm_goldens(file: &Value, check: &mut Check) {
    let fact = |id: &str| {
        let facts = file.as_array().expect("a list of facts");
        facts.iter().find(|fact| fact["id"] == id).unwrap_or_else(|| panic!("no fact {id}"))
    };
    let start = |check: &mut Check, id: &str| {
        check.rows += 1;
        check.row = id.into();
    };

    start(check, "pickle-polyjar7a");
    let pickle = fact("pickle-polyjar7a");
    let emission = to_f64(U256::from(7_692_307_690_000_000_u64), 18).expect("18 decimals");
    let input = farm::AprInput {
        alloc_point: num(&pickle["alloc"]),
        total_alloc_point: num(&pickle["total"]),
        emission,
        emission_secs: 1.0,
        token_price_usd: num(&pickle["token_price"]),
        staked_usd: num(&pickle["tvl_usd"]),
        year_secs: num(&pickle["year_seconds"]),
    };
    let verified = farm::verify_apr(&input, "178%");
    let apr = farm::apr(&input).map(|apr| apr.apr);
    check.close("apr", num(&pickle["expected_apr_fraction"]), apr, 0.0, 5e-11);
    let k = verified.map(|found| found.k_mid.expect("it pays"));
    check.close("K", num(&pickle["K"]), k, 0.0, 5e-8);

    start(check, "llamaswap-lama-pool");
    let lama = fact("llamaswap-lama-pool");
    let got = farm::apr(&farm::AprInput {
        alloc_point: num(&lama["alloc"]),
        total_alloc_point: num(&lama["total"]),
        emission: 0.5,
        emission_secs: 3.0,
        token_price_usd: 1.0,
        staked_usd: 1.0,
        year_secs: farm::YEAR_SECS,
    });
    check.close("weight", num(&lama["weight"]), got.clone().map(|apr| apr.weight), 0.0, 1e-9);
    check.close(
        "share",
        num(&lama["per_block_share"]),
        got.clone().map(|apr| apr.pool_emission),
        0.0,
        1e-9,
    );
    check.near("blocks", &lama["blocks_per_year"], got.clone().map(|apr| apr.emissions_per_year));

    // Multipliers of 40, 11 and 0.5 among 89.5.
    for id in ["pancake-CAKE-WBNB-pid251", "pancake-BUSD-WBNB-pid252", "pancake-ADA-WBNB-pid253"] {
        start(check, id);
        let pool = fact(id);
        let weight = farm::weight(num(&pool["multiplier"]), 89.5);
        check.near("pool_weight", &pool["pool_weight"], weight);
    }
    // The reserves of one of them are published: as raw integers of 20 and 18 decimals.
    let pool = fact("pancake-CAKE-WBNB-pid251");
    let raw = |name: &str, decimals| {
        to_raw(pool[name].as_str().expect("a decimal"), decimals).expect("an amount")
    };
    let value = farm::lp_value(&farm::LpInput {
        reserve0_raw: raw("token_amount_total", 20),
        reserve1_raw: raw("quote_amount_total", 18),
        decimals0: 20,
        decimals1: 18,
        price0_usd: num(&pool["cake_usd_expected"]),
        price1_usd: num(&pool["bnb_usd_expected"]),
        total_supply_raw: int(&pool["lp_total_supply_wei"]),
        staked_raw: U256::ZERO,
    });
    check.near("lp_price_expected", &pool["lp_price_expected"], value.map(|lp| lp.lp_price_usd));

    start(check, "pancake-getPoolApr");
    let pool = fact("pancake-getPoolApr");
    for (block_secs, percent) in
        pool["expected_pct_by_block_time"].as_object().expect("by block time")
    {
        let got = farm::apr(&farm::AprInput {
            alloc_point: 1.0,
            total_alloc_point: 1.0,
            emission: num(&pool["per_block"]),
            emission_secs: block_secs.parse().expect("seconds"),
            token_price_usd: num(&pool["reward_price"]),
            staked_usd: num(&pool["total_staked"]) * num(&pool["staking_price"]),
            year_secs: farm::YEAR_SECS,
        });
        check.close(block_secs, num(percent), got.clone().map(|apr| apr.apr * 100.0), 1e-13, 0.0);
    }

    start(check, "pancake-getFarmApr");
    let refused = farm::weight(num(&fact("pancake-getFarmApr")["pool_weight"]), 1.0);
    if refused.is_ok() {
        check.mismatches.push("a pool weight of 10 is accepted".into());
    }

    start(check, "1hive-unipool");
    let unipool = fact("1hive-unipool");
    let got = farm::apr(&farm::AprInput {
        alloc_point: 1.0,
        total_alloc_point: 1.0,
        emission: num(&unipool["reward_30d"]),
        emission_secs: 30.0 * 86_400.0,
        token_price_usd: 1.0,
        staked_usd: num(&unipool["wrapped_supply"]),
        year_secs: 360.0 * 86_400.0,
    });
    check.close(
        "12x",
        num(&unipool["expected_12x_pct"]),
        got.clone().map(|apr| apr.apr * 100.0),
        0.0,
        5e-3,
    );

    start(check, "hyperdrive-dsr");
    let dsr = fact("hyperdrive-dsr");
    let apy = farm::apy(num(&dsr["apr"]), 365.0);
    check.close("daily", num(&dsr["daily_compounded_expected"]), apy, 0.0, 5e-4);

    start(check, "anchor-per-block");
    let anchor = fact("anchor-per-block");
    let apy = farm::apy(num(&anchor["apr"]), 4_656_810.0);
    check.close("per block", num(&anchor["per_block_compounded_expected"]), apy, 0.0, 5e-4);

    start(check, "pancake-compound-table");
    for row in fact("pancake-compound-table")["rows"].as_array().expect("rows") {
        let got = pancake([&row["apr_pct"], &row["per_day"], &row["fee_pct"], &row["days"]]);
        check.close("apy", num(&row["apy"]), got, 0.0, 5e-5);
    }

    start(check, "beefy-style-total-apy");
    let rule = fact("beefy-style-total-apy");
    let (farm_apr, fee, trading, other) = (0.31, 0.045, 0.07, 0.01);
    let n = num(&rule["n"]);
    let naive = (1.0 + libm::pow(1.0 + farm_apr * (1.0 - fee) / n, n) - 1.0) * (1.0 + trading)
        - 1.0
        + other;
    let got = farm::aggregator_apy(&farm::AggregatorInput {
        farm_apr,
        periods_per_year: n,
        compounded_share: 1.0,
        performance_fee: fee,
        trading_apr: trading,
        not_compounded_apr: other,
    });
    check.close("total", naive, got.clone().map(|vault| vault.total_apy), 1e-10, 0.0);

    let facts = file.as_array().map(Vec::len);
    assert_eq!(Some(check.rows), facts, "every fact is checked");
}
