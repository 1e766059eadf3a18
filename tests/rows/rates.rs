//! The rows of the policies, vaults and averages: what the contracts answered, in an EVM.

use llamath::lending::{
    Aggregator, AggregatorMarket, AggregatorMemory, AggregatorVersion, AverageRate, Candle,
    CurveKind, CurvePolicy, EmaPrice, Interest, PegRatio, Reserves, Semilog, Vault, VaultAction,
    borrow_apr, lend_apr,
};
use llamath::{I256, Result, U256};
use serde_json::Value;

use super::Check;
use super::llamma::{int, signed, small, text};

pub fn rate_mul(file: &Value, check: &mut Check) {
    check.each(file, "rows", |check, row| {
        let stored = Interest {
            rate: int(&row["rate"]),
            rate_time_secs: small(&row["rate_time"]),
            rate_mul: int(&row["rate_mul_stored"]),
        };
        let now = small(&row["now"]);
        check.same("rate_mul", &row["get_rate_mul"], stored.rate_mul_at(now));
        let base_price = stored.base_price_at(int(&row["base_price0"]), now);
        check.same("base_price", &row["get_base_price"], base_price);
        let saved = stored.saved(int(&row["policy_rate"]), now);
        check.same("rate after", &row["rate_after_save"], saved.clone().map(|saved| saved.rate));
        check.same(
            "rate_mul after",
            &row["rate_mul_after_save"],
            saved.clone().map(|saved| saved.rate_mul),
        );
    });
}

pub fn ema_price_oracle(file: &Value, check: &mut Check) {
    check.each(file, "rows", |check, row| {
        let oracle = EmaPrice {
            ma_exp_time_secs: small(&row["ma_exp_time"]),
            last_price: int(&row["last_price"]),
            last_time_secs: small(&row["last_timestamp"]),
        };
        let (now, current) = (small(&row["now"]), int(&row["current_price"]));
        check.same("price", &row["price"], oracle.price_at(now, current));
        if row.get("price_w").is_some() {
            let written = oracle.written(now, current);
            check.same("price_w", &row["price_w"], written.clone().map(|oracle| oracle.last_price));
            check.same(
                "last",
                &row["last_price_after"],
                written.clone().map(|oracle| oracle.last_price),
            );
            let time = written.clone().map(|oracle| U256::from(oracle.last_time_secs));
            check.same("time", &row["last_timestamp_after"], time);
        }
    });
}

fn lenders(row: &Value) -> Vault {
    Vault {
        borrowed_decimals: small(&row["borrowed_decimals"]),
        balance: int(row.get("available_balance").unwrap_or(&row["balance_of_controller"])),
        total_debt: int(&row["total_debt"]),
        total_supply: int(&row["total_supply"]),
        admin_fees: row.get("admin_fees").map(int),
    }
}

pub fn vault(file: &Value, check: &mut Check) {
    let mut before: Option<&Value> = None;
    check.each(file, "rows", |check, row| {
        let vault = lenders(row);
        let rate = int(&row["amm_rate"]);
        check.same("total_assets", &row["total_assets"], vault.total_assets());
        check.same("borrow_apr", &row["borrow_apr"], borrow_apr(rate));
        let admin = row.get("admin_percentage").map(int);
        let lend = lend_apr(rate, vault.total_debt, int(&row["total_assets"]), admin);
        check.same("lend_apr", &row["lend_apr"], lend);
        let price = vault.price_per_share();
        check.same("price_per_share", &row["price_per_share"], price.clone().map(|[down, _]| down));
        check.same(
            "price_per_share_ceil",
            &row["price_per_share_ceil"],
            price.clone().map(|[_, up]| up),
        );
        let (assets, shares) = (int(&row["assets_in"]), int(&row["shares_in"]));
        check.same("shares", &row["convert_to_shares"], vault.convert_to_shares(assets));
        check.same("assets", &row["convert_to_assets"], vault.convert_to_assets(shares));
        for (name, action, amount) in [
            ("preview_deposit", VaultAction::Deposit, assets),
            ("preview_mint", VaultAction::Mint, shares),
            ("preview_withdraw", VaultAction::Withdraw, assets),
            ("preview_redeem", VaultAction::Redeem, shares),
        ] {
            check.same(name, &row[name], vault.preview(action, amount));
        }
        let limits = vault.limits(int(&row["lp_shares"]));
        check.same("max_withdraw", &row["max_withdraw"], limits.clone().map(|[assets, _]| assets));
        check.same("max_redeem", &row["max_redeem"], limits.clone().map(|[_, shares]| shares));
        if row.get("policy_rate_now").is_some() {
            let reserves = reserves(row, &row["balance_of_controller"], false);
            let policy = Semilog::new(int(&row["min_rate"]), int(&row["max_rate"]));
            let rate = policy.and_then(|policy| policy.rate(&reserves));
            check.same("policy_rate_now", &row["policy_rate_now"], rate);
        }
        let action = match text(&row["op"]) {
            "deposit" => Some(VaultAction::Deposit),
            "mint" => Some(VaultAction::Mint),
            "withdraw" => Some(VaultAction::Withdraw),
            "redeem" => Some(VaultAction::Redeem),
            _ => None,
        };
        // The row before says what the vault was: no time passes within an action.
        let start = before.replace(row).filter(|before| before["scenario"] == row["scenario"]);
        let owned = start.map(|start| int(&start["lp_shares"]));
        if let (Some(action), Some(start)) = (action, start) {
            let (start, amount) = (lenders(start), int(&row["arg"]));
            let settled = start.settle(action, amount, owned.unwrap_or_default());
            check.same("out", &row["out"], settled.clone());
            let after = settled.map_or(Ok(start), |other| start.after(action, amount, other));
            let after = after.expect("the vault after it");
            // The debt is rounded anew when the rate is saved.
            let after =
                Vault { total_debt: vault.total_debt, admin_fees: vault.admin_fees, ..after };
            if after != vault {
                check.mismatches.push(format!("{}: {after:?} after, not {vault:?}", check.row));
            }
        }
    });
}

fn reserves(row: &Value, balance: &Value, changed: bool) -> Reserves {
    let change = |name: &str| if changed { signed(&row[name]) } else { I256::ZERO };
    Reserves {
        debt: int(&row["total_debt"]),
        balance: int(balance),
        admin_fees: row.get("admin_fees").map(int).unwrap_or_default(),
        d_reserves: change("d_reserves"),
        d_debt: change("d_debt"),
    }
}

/// Compares the rate now and the rate with a change.
fn both_rates(check: &mut Check, row: &Value, rate: impl Fn(&Reserves) -> Result<U256>) {
    let balance = row.get("available_balance").unwrap_or(&row["balance"]);
    check.same("rate", &row["rate"], rate(&reserves(row, balance, false)));
    check.same("future_rate", &row["future_rate"], rate(&reserves(row, balance, true)));
}

fn semilog(row: &Value, check: &mut Check) {
    let policy = Semilog::new(int(&row["min_rate"]), int(&row["max_rate"]));
    if row.get("out").is_some() {
        check.same("deploy", &row["out"], policy.clone().map(|_| U256::ZERO));
        return;
    }
    for (index, name) in ["log_min_rate", "log_max_rate"].into_iter().enumerate() {
        let log =
            policy.clone().map(|policy| I256::new(true, policy.logs()[index]).expect("in range"));
        check.same(name, &row[name], log);
    }
    both_rates(check, row, |reserves| policy.clone()?.rate(reserves));
}

pub fn policies(file: &Value, check: &mut Check) {
    check.each(file, "rows", |check, row| {
        let name = text(&row["mp"]).trim_end_matches(".deploy");
        let kind = match name {
            "Semilog" => return semilog(row, check),
            "Kinked" => CurveKind::Kinked,
            "Secondary" => CurveKind::Secondary,
            "EMA" => CurveKind::Ema,
            "HyperbolicMP" => CurveKind::Hyperbolic,
            "HyperbolicDynamicMP" => CurveKind::HyperbolicDynamic,
            other => panic!("unknown policy {other}"),
        };
        let average = row.get("prev_rate").map(|prev_rate| AverageRate {
            prev_rate: int(prev_rate),
            prev_ma_rate: int(&row["prev_ma_rate"]),
            last_time_secs: 0,
        });
        let year = U256::from(31_536_000_u64);
        let reference_rate = match kind {
            CurveKind::Kinked => row.get("base_rate").map(|rate| int(rate) / year),
            CurveKind::Secondary => row.get("amm_rate").map(int),
            CurveKind::Ema => row.get("ma_rate").map(int),
            CurveKind::Hyperbolic => row.get("target_rate").map(int),
            CurveKind::HyperbolicDynamic => row.get("calc_rate").map(int),
        };
        let policy = CurvePolicy {
            kind,
            target_utilization: int(&row["target_utilization"]),
            low_ratio: int(&row["low_ratio"]),
            high_ratio: int(&row["high_ratio"]),
            reference_rate: reference_rate.unwrap_or_default(),
            rate_shift: match kind {
                CurveKind::Kinked => U256::ZERO,
                _ => int(&row["rate_shift"]),
            },
        };
        if row.get("out").is_some() {
            let nothing = U256::ZERO;
            let reserves = Reserves {
                debt: nothing,
                balance: nothing,
                admin_fees: nothing,
                d_reserves: I256::ZERO,
                d_debt: I256::ZERO,
            };
            check.same("deploy", &row["out"], policy.rate(&reserves));
            return;
        }
        let curve = policy.curve();
        let parameters = &row["parameters"];
        check.same("u_inf", &parameters[0], curve.clone().map(|curve| curve.u_inf));
        check.same("A", &parameters[1], curve.clone().map(|curve| curve.A));
        check.same("r_minf", &parameters[2], curve.clone().map(|curve| curve.r_minf));
        both_rates(check, row, |reserves| policy.rate(reserves));
        if let Some(average) = average {
            let now = small(&row["sec_since_update"]);
            check.same("ma_rate", &row["ma_rate"], average.rate_at(now));
            if row.get("rate_write").is_some() {
                let calculator_rate = int(&row["calc_rate"]);
                let (now, reserves) = (now, reserves(row, &row["balance"], false));
                let rate = average.rate_written(calculator_rate, now).and_then(|reference_rate| {
                    CurvePolicy { reference_rate, ..policy }.rate(&reserves)
                });
                check.same("rate_write", &row["rate_write"], rate);
                let after = average.written(calculator_rate, now);
                check.same(
                    "prev_rate",
                    &row["prev_rate_after"],
                    after.clone().map(|a| a.prev_rate),
                );
                let ma_rate = after.clone().map(|a| a.prev_ma_rate);
                check.same("prev_ma_rate", &row["prev_ma_rate_after"], ma_rate);
            }
        }
        if kind == CurveKind::HyperbolicDynamic {
            let bounded = CurvePolicy { reference_rate: int(&row["target_rate"]), ..policy };
            both_rates(check, row, |reserves| bounded.rate(reserves));
        }
    });
}

fn candle(value: Option<&Value>) -> Candle {
    value.map_or_else(Candle::default, |value| Candle {
        previous: int(&value[0]),
        current: int(&value[1]),
        time_secs: small(&value[2]),
    })
}

fn peg_ratio(value: Option<&Value>) -> PegRatio {
    value.map_or_else(PegRatio::default, |value| PegRatio {
        ema_time_secs: small(&value[0]),
        prev_value: int(&value[1]),
        prev_time_secs: small(&value[2]),
        queued: int(&value[3]),
    })
}

pub fn agg_monetary_policy(file: &Value, check: &mut Check) {
    let list = |value: &Value| value.as_array().expect("a list").iter().map(int).collect();
    check.each(file, "rows", |check, row| {
        let policy = Aggregator {
            version: match text(&row["gen"]) {
                "Agg1" => AggregatorVersion::Agg1,
                "Agg2" => AggregatorVersion::Agg2,
                "Agg3" => AggregatorVersion::Agg3,
                "Agg3c" => AggregatorVersion::Agg3c,
                "Agg4" => AggregatorVersion::Agg4,
                other => panic!("unknown version {other}"),
            },
            rate0: int(&row["rate0"]),
            sigma: int(&row["sigma"]),
            target_debt_fraction: int(&row["target_debt_fraction"]),
            extra_const: row.get("extra_const").map(int).unwrap_or_default(),
        };
        let market = AggregatorMarket {
            price: int(&row["price"]),
            peg_keeper_debts: list(&row["pk_debts"]),
            controller_debts: list(&row["controller_debts"]),
            cached_controllers: row.get("n_controllers_cached").map(small).unwrap_or_default(),
            controller: small(&row["for"]),
            ceiling: int(&row["ceiling_for"]),
            now: small(&row["now"]),
        };
        let memory = AggregatorMemory {
            total: candle(row.get("candle_total")),
            controller: candle(row.get("candle_for")),
            peg_ratio: peg_ratio(row.get("ema")),
        };
        check.same("rate", &row["rate"], policy.rate(&market, &memory));
        let Some(write) = row.get("rate_write") else { return };
        let written = policy.written(&market, &memory);
        check.same("rate_write", write, written.clone().map(|(rate, _)| rate));
        let want = AggregatorMemory {
            total: candle(row.get("candle_total_after")),
            controller: candle(row.get("candle_for_after")),
            peg_ratio: peg_ratio(row.get("ema_after")),
        };
        if written.clone().is_ok_and(|(_, after)| after != want) {
            check.mismatches.push(format!("{}: {written:?}, not {want:?}", check.row));
        }
    });
}
