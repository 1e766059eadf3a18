//! The rows of the LLAMMA files: what the contracts answered, in an EVM.

use llamath::decimal::{to_f64, to_raw};
use llamath::lending::Interest;
use llamath::llamma::{
    Amm, Amounts, Answer, Balance, Ceiling, Controller, Funds, Generation, Grid, Limiter, Market,
    Vault, internals, ltv_estimate, market_constants,
};
use llamath::{Error, ErrorKind, I256, Result, U256};
use serde_json::Value;

use super::Check;

fn expected(value: &Value) -> Answer {
    match value {
        Value::Null => Answer::Nothing,
        Value::Bool(truth) => Answer::Truth(*truth),
        Value::String(text) => Answer::Number(text.clone()),
        Value::Number(number) => Answer::Number(number.to_string()),
        Value::Array(list) => Answer::List(list.iter().map(expected).collect()),
        Value::Object(_) => panic!("an object where an answer should be: {value}"),
    }
}

impl Check {
    /// Compares an answer, or a refusal with the contract's words.
    pub(super) fn same<T: Into<Answer>>(&mut self, what: &str, want: &Value, got: Result<T>) {
        let got = got.map(Into::into);
        let right = match want.get("revert").and_then(Value::as_str) {
            Some(words) => match (words, got.as_ref().map_err(Error::kind)) {
                ("revert" | "math: wad_exp overflow" | "exp overflow", Err(_)) => true,
                (words, Err(ErrorKind::Revert(revert))) => {
                    let words = words
                        .split_once(' ')
                        .filter(|_| words.starts_with("DFM:"))
                        .map_or(words, |(_, rest)| rest);
                    revert.words() == words
                }
                _ => false,
            },
            None => got.as_ref().is_ok_and(|got| *got == expected(want)),
        };
        if !right {
            self.mismatches.push(format!("{} {what}: expected {want}, got {got:?}", self.row));
        }
    }
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}

pub(super) fn int(value: &Value) -> U256 {
    text(value).parse().unwrap_or_else(|_| panic!("not an unsigned integer: {value}"))
}

pub(super) fn signed(value: &Value) -> I256 {
    let text = text(value);
    let magnitude = text.trim_start_matches('-').parse().expect("an integer");
    I256::new(text.starts_with('-'), magnitude).expect("in range")
}

pub(super) fn small<T: std::str::FromStr>(value: &Value) -> T {
    text(value).parse().unwrap_or_else(|_| panic!("not a small integer: {value}"))
}

fn generation(name: &str) -> Generation {
    match name {
        "m2023" => Generation::M2023,
        "l2024" => Generation::L2024,
        "v1" => Generation::V1,
        "v1mint" => Generation::V1Mint,
        "v2" => Generation::V2,
        "dfm" => Generation::Dfm,
        other => panic!("unknown generation {other}"),
    }
}

fn market(params: &Value) -> Market {
    Market {
        generation: generation(text(&params["gen"])),
        A: small(&params["A"]),
        base_price: int(&params["base_price0"]),
        fee: int(&params["fee"]),
        admin_fee: int(&params["admin_fee"]),
        loan_discount: int(&params["loan_discount"]),
        liquidation_discount: int(&params["liquidation_discount"]),
        collateral_decimals: small(&params["collateral_decimals"]),
        borrowed_decimals: small(&params["borrowed_decimals"]),
    }
}

/// The contracts' "no cap".
const NO_CAP: &str =
    "57896044618658097711785492504343953926634992332820282019728792003956564819967";

fn funds(params: &Value) -> Funds {
    match generation(text(&params["gen"])) {
        Generation::V2 => Funds::Vault(Vault {
            borrow_cap: NO_CAP.parse().expect("an integer"),
            available_balance: int(&params["liquidity"]),
            admin_percentage: U256::ZERO,
            admin_fees: U256::ZERO,
        }),
        Generation::Dfm => Funds::Ceiling(Ceiling {
            debt_ceiling: int(&params["debt_ceiling"]),
            global_debt_ceiling: int(&params["global_debt_ceiling"]),
            global_debt: U256::ZERO,
            minted: U256::ZERO,
            redeemed: U256::ZERO,
        }),
        _ => Funds::Balance(Balance::new(int(&params["liquidity"]))),
    }
}

const START: u64 = 1_700_000_000;

pub fn constants(file: &Value, check: &mut Check) {
    check.each(file, "rows", |check, row| {
        let a = small(&row["A"]);
        for (generation, amm, controller) in [
            (Generation::V1, "v1_amm", "v1_controller"),
            (Generation::V2, "v2_amm", "v2_controller"),
        ] {
            let (amm, controller) = (&row[amm], &row[controller]);
            let got = market_constants(generation, a);
            let of = |field: fn(llamath::llamma::MarketConstants) -> Answer| got.clone().map(field);
            check.same("sqrt", &amm["SQRT_BAND_RATIO"], of(|c| c.sqrt_band_ratio.into()));
            check.same("log", &amm["LOG_A_RATIO"], of(|c| c.log_a_ratio.into()));
            check.same("fall", &amm["MAX_ORACLE_DN_POW"], of(|c| c.max_oracle_dn_pow.into()));
            check.same(
                "controller sqrt",
                &controller["SQRT_BAND_RATIO"],
                of(|c| c.controller_sqrt_band_ratio.into()),
            );
            check.same(
                "controller log",
                &controller["LOGN_A_RATIO"],
                of(|c| c.controller_log_a_ratio.into()),
            );
        }
    });
}

/// An empty AMM with only what the prices of its bands depend on.
fn bare_amm(row: &Value, generation: Generation) -> Result<Controller> {
    let market = Market {
        generation,
        A: small(&row["A"]),
        base_price: int(&row["base_price0"]),
        fee: U256::ZERO,
        admin_fee: U256::ZERO,
        loan_discount: U256::ZERO,
        liquidation_discount: U256::ZERO,
        collateral_decimals: 18,
        borrowed_decimals: 18,
    };
    let mut state =
        Controller::new(market, START, Funds::Balance(Balance::new(U256::ZERO)), U256::ZERO)?
            .snapshot();
    state.interest =
        Interest { rate: U256::ZERO, rate_time_secs: START, rate_mul: int(&row["rate_mul"]) };
    state.oracle_price = int(&row["oracle_price"]);
    state.limiter.prev_p_o_time = START - 1000;
    state.open()
}

pub fn prices(file: &Value, generation: Generation, check: &mut Check) {
    check.each(file, "rows", |check, row| {
        let n: i64 = small(&row["n"]);
        let market = bare_amm(row, generation).expect("a market");
        let amm = market.amm();
        let p = amm.price_oracle();
        check.same("price_oracle", &row["price_oracle"], p.clone());
        check.same("base_price", &row["base_price"], amm.grid().map(|grid| grid.base_price));
        let edge = |of: fn(&Grid<'_>, i64, U256) -> Result<U256>| of(&amm.grid()?, n, p.clone()?);
        check.same("p_oracle_up", &row["p_oracle_up"], edge(|grid, n, _| grid.p_oracle_up(n)));
        check.same(
            "p_oracle_down",
            &row["p_oracle_down"],
            edge(|grid, n, _| grid.p_oracle_down(n)),
        );
        check.same(
            "p_current_up",
            &row["p_current_up"],
            edge(|grid, n, p| grid.p_current_up(n, p)),
        );
        check.same(
            "p_current_down",
            &row["p_current_down"],
            edge(|grid, n, p| grid.p_current_down(n, p)),
        );
        if let Some(want) = row.get("get_p_empty_band0") {
            check.same("p_amm", want, amm.p_amm());
        }
    });
}

pub fn limit_p_o(file: &Value, check: &mut Check) {
    check.each(file, "rows", |check, row| {
        let age: u64 = small(&row["age_s"]);
        let limiter = Limiter {
            old_p_o: int(&row["old_p_o"]),
            old_dfee: int(&row["old_dfee"]),
            prev_p_o_time: START - age,
        };
        let name = row["gen"].as_str().unwrap_or("v1");
        let got = internals::limit_price(generation(name), limiter, int(&row["p"]), START);
        check.same("price_oracle", &row["price_oracle"], got.clone().map(|limited| limited.price));
        check.same("fee", &row["fee"], got.map(|limited| limited.fee));
    });
}

pub fn inner(file: &Value, check: &mut Check) {
    check.each(file, "rows", |check, row| {
        let generation = generation(text(&row["gen"]));
        let a = || small(&row["A"]);
        let number = |name: &str| int(&row[name]);
        let got = match text(&row["fn"]) {
            "get_y0" => {
                let amounts = Amounts { x: number("x"), y: number("y") };
                internals::y0(generation, a(), amounts, number("p_o"), number("p_o_up"))
            }
            "get_dynamic_fee" => {
                internals::band_fee(generation, a(), number("p_o"), number("p_o_up"))
            }
            "get_y_effective" => internals::y_effective(
                generation,
                a(),
                number("collateral18"),
                small(&row["N"]),
                number("discount"),
            ),
            "get_f_remove" => internals::fraction_removed(number("frac"), number("health_limit")),
            other => panic!("unknown function {other}"),
        };
        check.same(text(&row["fn"]), &row["out"], got);
    });
}

pub fn exp_ln(file: &Value, check: &mut Check) {
    check.each(file, "rows", |check, row| match text(&row["fn"]) {
        "exp" => {
            let x = signed(&row["x"]);
            // The first version's policies stop at 1000 where the exponential ends.
            let most = "1000000000000000000000".parse().expect("an integer");
            let truncating = internals::exp_truncating(x);
            check.same("truncating", &row["ema_exp_v1"], truncating.clone());
            let capped = truncating.or(Ok(most));
            check.same("capped", &row["semilog_exp_v1"], capped);
            check.same("flooring", &row["snekmate_wad_exp"], internals::exp_flooring(x));
        }
        "ln" => {
            let x = int(&row["x"]);
            let one: U256 = "1000000000000000000".parse().expect("an integer");
            check.same("rational", &row["wad_ln_v1_controller"], internals::wad_ln(x));
            if !row["snekmate_wad_ln"].is_null() && !x.is_zero() {
                check.same("flooring", &row["snekmate_wad_ln"], internals::wad_ln(x));
            }
            check.same("bisecting", &row["ln_int_semilog"], internals::ln_bisecting(x));
            if x >= one {
                check.same("factory", &row["ln_int_factory"], internals::ln_bisecting(x));
            }
        }
        other => panic!("unknown function {other}"),
    });
}

/// One row of the controller files: an empty market, one loan.
pub fn controller(file: &Value, check: &mut Check) {
    check.each(file, "rows", |check, row| {
        let mut state = Controller::new(market(row), START, funds(row), U256::ZERO)
            .expect("a market")
            .snapshot();
        state.interest =
            Interest { rate: U256::ZERO, rate_time_secs: START, rate_mul: int(&row["rate_mul"]) };
        state.oracle_price = int(&row["oracle_price"]);
        if let Some(age) = row.get("now_minus_prev_po") {
            state.limiter = Limiter {
                old_p_o: int(&row["old_p_o"]),
                old_dfee: int(&row["old_dfee"]),
                prev_p_o_time: START - small::<u64>(age),
            };
        } else {
            state.limiter.prev_p_o_time = START - 1000;
        }
        let user = "user1";
        if let Some(extra) = row.get("extra_health") {
            let loan = llamath::llamma::Loan {
                user: user.into(),
                extra_health: int(extra),
                ..Default::default()
            };
            state.loans.push(loan);
        }
        let market = state.open().expect("a market");
        let amm = market.amm();
        let v2 = text(&row["gen"]) == "v2";
        let bands: u32 = small(&row["N"]);
        let (collateral, debt) = (int(&row["collateral"]), int(&row["debt"]));

        check.same("price_oracle", &row["price_oracle"], amm.price_oracle());
        check.same("rate_mul", &row["rate_mul"], amm.rate_mul());
        check.same("borrowable_cap", &row["borrowable_cap"], market.borrowable_cap());
        if let Some(base_price) = row.get("base_price") {
            check.same("base_price", base_price, amm.grid().map(|grid| grid.base_price));
            let skip = amm.active_band_with_skip();
            check.same("active_band_with_skip", &row["active_band_with_skip"], Ok(skip));
        }
        let most = market.max_borrowable(collateral, bands, U256::ZERO, Some(user));
        check.same("max_borrowable", &row["max_borrowable"], most);
        let least = market.min_collateral(debt, bands, Some(user));
        check.same("min_collateral", &row["min_collateral"], least);
        check.same("n1", &row["n1"], market.debt_n1(collateral, debt, bands, Some(user)));
        for (name, full) in [("health_preview", false), ("health_preview_full", true)] {
            let Some(want) = row.get(name) else { continue };
            let change = |amount| I256::new(false, amount).expect("in range");
            let got = match v2 {
                true => market.health_created(user, collateral, debt, bands, full),
                false => market.health_after(user, change(collateral), change(debt), full, bands),
            };
            check.same(name, want, got);
        }
        if let Some(want) = row.get("max_borrowable_market") {
            let args = [&row["collateral"], &row["N"]];
            check.same("market's own", want, market.view("max_borrowable_market", &texts(args)));
        }
        if let Some(want) = row.get("pending_account_state") {
            let args = texts([&Value::from(user), &row["collateral"], &row["debt"], &row["N"]]);
            check.same("pending", want, market.view("pending_account_state_calculator", &args));
        }
        let Some(want) = row.get("create_loan") else { return };
        let mut market = market.clone();
        let created = market.create_loan(user, user, collateral, debt, bands);
        if want.get("revert").is_some() {
            check.same("create_loan", want, created);
            return;
        }
        check.same("create_loan", &Value::Null, created);
        created_loan(check, want, &market, user);
    });
}

fn created_loan(check: &mut Check, want: &Value, market: &Controller, user: &str) {
    let amm = market.amm();
    let loan = market.loan(user);
    let position = &loan.position;
    let state = market.snapshot();
    check.same("n1", &want["n1"], Ok(position.n1));
    check.same("n2", &want["n2"], Ok(position.n2));
    let all: Vec<U256> = state.bands.iter().map(|band| band.y).collect();
    let shares: Vec<U256> = state.bands.iter().map(|band| band.shares).collect();
    let ends = |list: &[U256]| vec![list[0], list[list.len() - 1]];
    let whole = want["bands_y"].as_array().expect("a list").len() == all.len();
    check.same("bands_y", &want["bands_y"], Ok(if whole { all } else { ends(&all) }));
    check.same("shares", &want["total_shares_first_last"], Ok(ends(&shares)));
    check.same("active_band", &want["active_band"], Ok(state.active_band));
    check.same("user_prices", &want["user_prices"], market.user_prices(user));
    check.same("user_state", &want["user_state"], market.view("user_state", &[user.into()]));
    check.same("health", &want["health"], market.health(user));
    check.same("health_full", &want["health_full"], market.health_full(user));
    check.same("x_down", &want["x_down"], amm.x_down(position));
    check.same("y_up", &want["y_up"], amm.y_up(position));
    check.same("sum_xy", &want["sum_xy"], amm.sum_xy(position).map(|held| [held.x, held.y]));
    check.same("price_oracle", &want["price_oracle"], amm.price_oracle());
    let up = amm.grid().and_then(|grid| grid.p_oracle_up(position.n1));
    check.same("p_oracle_up_n1", &want["p_oracle_up_n1"], up);
    check.same("get_p", &want["get_p"], amm.p_amm());
    let whole = "1000000000000000000".parse().expect("an integer");
    let to_liquidate = market.tokens_to_liquidate(user, "stranger", whole);
    check.same("tokens_to_liquidate", &want["tokens_to_liquidate"], to_liquidate);
    check.same("debt", &want["debt"], market.debt_of(&loan));
    check.same("total_debt", &want["total_debt"], market.total_debt_now());
    if let Some(age) = want.get("prev_p_o_age") {
        check.same("old_p_o", &want["old_p_o"], Ok(state.limiter.old_p_o));
        check.same("old_dfee", &want["old_dfee"], Ok(state.limiter.old_dfee));
        check.same("prev_p_o_age", age, Ok(state.now - state.limiter.prev_p_o_time));
    }
}

/// A history of one market, step by step, with questions asked on the way.
pub fn amm_states(file: &Value, check: &mut Check) {
    let scenarios = file["rows"].as_array().expect("rows");
    for (index, scenario) in scenarios.iter().enumerate() {
        let params = &scenario["params"];
        let rate0 = int(&scenario["rate0"]);
        let mut market =
            Controller::new(market(params), START, funds(params), rate0).expect("a market");
        if ["v1", "v2", "dfm"].contains(&text(&params["gen"])) {
            market.save_rate().expect("a rate");
        }
        for (number, step) in scenario["steps"].as_array().expect("steps").iter().enumerate() {
            check.rows += 1;
            check.row = format!("scenario {index} step {number} {} {}", step["op"], step["args"]);
            let known = check.mismatches.len();
            if step["out"].get("cause").is_none() {
                apply(check, &mut market, step);
            }
            compare_state(check, &market, &step["state"]);
            for quote in step["quotes"].as_array().expect("quotes") {
                let what = format!("{} {}", quote["fn"], quote["args"]);
                let got = ask(&market, quote);
                check.same(&what, &quote["out"], got);
            }
            if check.mismatches.len() > known + 3 {
                // All that follows would differ for the same reason.
                break;
            }
        }
    }
}

/// Arguments as the contracts' functions take them.
fn texts<'a>(args: impl IntoIterator<Item = &'a Value>) -> Vec<String> {
    let text = |arg: &Value| arg.as_str().map_or_else(|| arg.to_string(), str::to_owned);
    args.into_iter().map(text).collect()
}

/// The changes of collateral and debt that an operation of defi.money stands for.
fn adjustment(op: &str, args: &[Value]) -> Vec<String> {
    let amount = |index: usize| text(&args[index]).to_owned();
    let less = |index: usize| format!("-{}", text(&args[index]));
    let user = amount(0);
    match op {
        "repay" => vec!["0".into(), less(1), user],
        "add_collateral" => vec![amount(1), "0".into(), user],
        "remove_collateral" => vec![less(1), "0".into(), user],
        "borrow_more" => vec![amount(1), amount(2), user],
        _ => {
            [vec![amount(1), amount(2), user], args.get(3).map(|_| amount(3)).into_iter().collect()]
                .concat()
        }
    }
}

fn apply(check: &mut Check, market: &mut Controller, step: &Value) {
    let args = step["args"].as_array().expect("arguments");
    let op = text(&step["op"]);
    let caller = |index: usize| args.get(index).map_or(text(&args[0]), text);
    let dfm = market.snapshot().market.generation == Generation::Dfm;
    let got = match op {
        "set_price" => {
            market.set_price(int(&args[0]), small(&args[1]));
            return;
        }
        "repay" | "add_collateral" | "remove_collateral" | "borrow_more" | "adjust_loan" if dfm => {
            market.act_as(text(&args[0]), "adjust_loan", &adjustment(op, args))
        }
        "close_loan" => market.act_as(text(&args[0]), op, &[]),
        "create_loan" => {
            market.act_as(caller(4), op, &texts([&args[1], &args[2], &args[3], &args[0]]))
        }
        "borrow_more" => market.act_as(caller(3), op, &texts([&args[1], &args[2], &args[0]])),
        "add_collateral" | "remove_collateral" | "repay" | "repay_shrink" => {
            market.act_as(caller(2), op, &texts([&args[1], &args[0]]))
        }
        "liquidate" => {
            let caller = if text(&args[1]) == "self" { text(&args[0]) } else { text(&args[1]) };
            market.act_as(caller, op, &texts([&args[0], &args[2], &args[3]]))
        }
        "approve" | "set_extra_health" => market.act_as(text(&args[0]), op, &texts(&args[1..])),
        _ => market.act_as("somebody", op, &texts(args)),
    };
    check.same(op, &step["out"], got);
}

fn ask(market: &Controller, quote: &Value) -> Result<Answer> {
    let mut args = texts(quote["args"].as_array().expect("arguments"));
    let name = text(&quote["fn"]);
    // The caller of these two, where it is the user.
    let caller = match name {
        "tokens_to_liquidate" => 2,
        "liquidate_health_preview" => 1,
        _ => usize::MAX,
    };
    if args.get(caller).is_some_and(|caller| caller == "self") {
        args[caller] = args[0].clone();
    }
    market.view(name, &args)
}

fn compare_state(check: &mut Check, market: &Controller, want: &Value) {
    let state = market.snapshot();
    let amm = market.amm();
    let fields: [(&str, Result<Answer>); 23] = [
        ("now", Ok(state.now.into())),
        ("oracle_price", Ok(state.oracle_price.into())),
        ("price_oracle", amm.price_oracle().map(Into::into)),
        ("old_p_o", Ok(state.limiter.old_p_o.into())),
        ("old_dfee", Ok(state.limiter.old_dfee.into())),
        ("prev_p_o_time", Ok(state.limiter.prev_p_o_time.into())),
        ("rate", Ok(state.interest.rate.into())),
        ("rate_time", Ok(state.interest.rate_time_secs.into())),
        ("rate_mul_stored", Ok(state.interest.rate_mul.into())),
        ("rate_mul", amm.rate_mul().map(Into::into)),
        ("base_price", amm.grid().map(|grid| grid.base_price.into())),
        ("active_band", Ok(state.active_band.into())),
        ("min_band", Ok(state.min_band.into())),
        ("max_band", Ok(state.max_band.into())),
        ("active_band_with_skip", Ok(amm.active_band_with_skip().into())),
        ("get_p", amm.p_amm().map(Into::into)),
        ("total_debt", market.total_debt_now().map(Into::into)),
        ("n_loans", Ok(state.loan_count.into())),
        ("controller_borrowed_balance", controller_balance(market)),
        ("dynamic_fee", amm.dynamic_fee().map(Into::into)),
        ("admin_fees", Ok([state.admin_fees.x, state.admin_fees.y].into())),
        ("loan_discount", Ok(state.market.loan_discount.into())),
        ("liquidation_discount", Ok(state.market.liquidation_discount.into())),
    ];
    for (name, got) in fields {
        if let Some(want) = want.get(name) {
            check.same(name, want, got);
        }
    }
    if let Some(want) = want.get("fee") {
        check.same("fee", want, Ok(state.market.fee));
    }
    if let Some(want) = want.get("total_debt_loan") {
        let debt = state.total_debt;
        check.same("total_debt_loan", want, Ok([debt.initial, debt.rate_mul]));
    }
    if let (Funds::Ceiling(ceiling), Some(main)) = (state.funds, want.get("main")) {
        for (name, own, got) in [
            ("total_debt", &main["total_debt"], ceiling.global_debt),
            ("minted", &main["minted"], ceiling.minted),
            ("redeemed", &main["redeemed"], ceiling.redeemed),
            ("debt_ceiling", &want["debt_ceiling"], ceiling.debt_ceiling),
            ("global_debt_ceiling", &want["global_debt_ceiling"], ceiling.global_debt_ceiling),
        ] {
            check.same(&format!("main {name}"), own, Ok(got));
        }
    }
    if let Funds::Vault(vault) = state.funds {
        for (name, got) in [
            ("borrow_cap", Ok(vault.borrow_cap)),
            ("available_balance", Ok(vault.available_balance)),
            ("admin_percentage", Ok(vault.admin_percentage)),
            ("stored_admin_fees", Ok(vault.admin_fees)),
            ("admin_fees_controller", market.admin_fees()),
        ] {
            if let Some(want) = want.get(name) {
                check.same(name, want, got);
            }
        }
    }
    let bands: Vec<Answer> = state
        .bands
        .iter()
        .map(|band| {
            let numbers = [band.x, band.y, band.shares].map(Into::into);
            let mut row = vec![band.n.into()];
            row.extend(numbers);
            Answer::List(row)
        })
        .collect();
    check.same("bands", &want["bands"], Ok(Answer::List(bands)));
    for user in want["users"].as_array().expect("users") {
        compare_user(check, market, user);
    }
}

fn controller_balance(market: &Controller) -> Result<Answer> {
    match market.snapshot().funds {
        Funds::Balance(balance) => Ok(balance.tokens.into()),
        Funds::Vault(vault) => Ok(vault.available_balance.into()),
        Funds::Ceiling(_) => market.borrowable_cap().map(Into::into),
    }
}

fn compare_user(check: &mut Check, market: &Controller, want: &Value) {
    let user = format!("user{}", text(&want["id"]));
    let amm: &Amm = market.amm();
    let loan = market.loan(&user);
    let position = &loan.position;
    let whole = "1000000000000000000".parse().expect("an integer");
    let fields: [(&str, Result<Answer>); 15] = [
        ("n1", Ok(position.n1.into())),
        ("n2", Ok(position.n2.into())),
        ("ticks", Ok(position.shares.clone().into())),
        ("loan", Ok([loan.debt.initial, loan.debt.rate_mul].into())),
        ("liq_discount", Ok(loan.liquidation_discount.into())),
        ("debt", market.debt_of(&loan).map(Into::into)),
        ("sum_xy", amm.sum_xy(position).map(|held| [held.x, held.y].into())),
        ("x_down", amm.x_down(position).map(Into::into)),
        ("y_up", amm.y_up(position).map(Into::into)),
        ("health", market.health(&user).map(Into::into)),
        ("health_full", market.health_full(&user).map(Into::into)),
        (
            "tokens_to_liquidate",
            market.tokens_to_liquidate(&user, "stranger", whole).map(Into::into),
        ),
        ("user_state", market.view("user_state", std::slice::from_ref(&user))),
        ("user_prices", market.user_prices(&user).map(Into::into)),
        ("loan_exists", Ok((!loan.debt.initial.is_zero()).into())),
    ];
    for (name, got) in fields {
        if let Some(want) = want.get(name) {
            check.same(&format!("{user} {name}"), want, got);
        }
    }
}

/// Refusals one after another on one market, and its deployment limits. A new block of rows
/// begins at each "N out of range" row of a loan without bands.
pub fn reverts(file: &Value, check: &mut Check) {
    let mut market: Option<Controller> = None;
    check.each(file, "rows", |check, row| {
        let gen_name = text(&row["gen"]);
        check.row = format!("{} {gen_name} {}", check.row, row["desc"]);
        let args = row["args"].as_array().expect("arguments");
        let function = text(&row["fn"]);
        if function == "deploy" {
            let got = deployed(generation(gen_name), &row["params"]);
            match row["out"].as_str() {
                Some("ok") => check.same("deploy", &Value::Null, got.map(|_| ())),
                _ => check.same("deploy", &row["out"], got.map(|_| ())),
            }
            return;
        }
        if text(&row["desc"]) == "N out of range" && text(&args[2]) == "0" {
            let new = Controller::new(
                self::market(&row["params"]),
                START,
                funds(&row["params"]),
                U256::ZERO,
            );
            market = Some(new.expect("a market"));
        }
        let market = market.as_mut().expect("a block begins with a market");
        if text(&row["desc"]).starts_with("after 50% crash") {
            let halved = market.snapshot().oracle_price / U256::from(2_u64);
            market.set_price(halved, 130);
        }
        if let Some(got) = call(market, function, args, row["sender"].as_str().unwrap_or("any")) {
            check.same(function, &row["out"], got);
        }
    });
}

/// A market with the deployment limits checked; what is not named is harmless.
fn deployed(generation: Generation, params: &Value) -> Result<Controller> {
    let or = |name: &str, harmless: &str| int(params.get(name).unwrap_or(&harmless.into()));
    let new = Market {
        generation,
        A: params.get("A").map_or(100, |a| text(a).parse().unwrap_or(u32::MAX)),
        base_price: or("price", "1000000000000000000"),
        fee: or("fee", "6000000000000000"),
        admin_fee: U256::ZERO,
        loan_discount: or("ld", "90000000000000000"),
        liquidation_discount: or("liq", "60000000000000000"),
        collateral_decimals: 18,
        borrowed_decimals: 18,
    };
    new.check_deployment()?;
    Controller::new(new, START, Funds::Balance(Balance::new(U256::ZERO)), U256::ZERO)
}

/// A call of the contracts; none for one that only concerns who may call.
fn call(
    market: &mut Controller,
    function: &str,
    args: &[Value],
    sender: &str,
) -> Option<Result<Answer>> {
    let mut args = texts(args);
    match function {
        // No caller here is another contract.
        "deposit_range" | "withdraw" => None,
        "tokens_to_liquidate" => {
            args.resize(2, "1000000000000000000".into());
            args.push(sender.into());
            Some(market.view(function, &args))
        }
        "create_loan" | "repay" | "add_collateral" | "remove_collateral" | "borrow_more"
        | "liquidate" | "set_extra_health" | "exchange" | "exchange_dy" => {
            Some(market.act_as(sender, function, &args))
        }
        _ => Some(market.view(function, &args)),
    }
}

/// The explainer's formula, and the exact LTV between its bounds over all alignments of the
/// oracle price inside a band.
pub fn explainer_deviation(file: &Value, check: &mut Check) {
    let rows = serde_json::json!({ "rows": file });
    check.each(&rows, "rows", |check, row| {
        let number = |name: &str| row[name].as_f64().expect("a number");
        let whole =
            |name: &str| row[name].as_u64().and_then(|n| u32::try_from(n).ok()).expect("whole");
        let (a, bands) = (whole("A"), whole("N"));
        let loan_discount = number("loan_discount");
        let estimate = ltv_estimate(a, bands, loan_discount);
        check.close("approx_LTV", number("approx_LTV"), Ok(estimate), 1e-13, 1e-15);
        let wad = |text: &str| to_raw(text, 18).expect("an amount");
        let market = Market {
            generation: generation(text(&row["gen"])),
            A: a,
            base_price: wad("3000"),
            fee: wad("0.006"),
            admin_fee: U256::ZERO,
            loan_discount: wad(&loan_discount.to_string()),
            liquidation_discount: wad("0.01"),
            collateral_decimals: 18,
            borrowed_decimals: 18,
        };
        let funds = Funds::Balance(Balance::new(U256::MAX >> 1));
        let mut state =
            Controller::new(market, START, funds, U256::ZERO).expect("a market").snapshot();
        state.limiter.prev_p_o_time = 0;
        let (least, most) = (number("exact_LTV_min"), number("exact_LTV_max"));
        // The bounds come from 24 alignments: others lie a little outside.
        let slack = (most - least) / 12.0;
        for part in 0..24_u32 {
            let below = f64::from(part) / 24.0 / f64::from(a);
            state.oracle_price = wad(&(3000.0 * (1.0 - below)).to_string());
            let got = state.clone().open().and_then(|market| market.max_ltv(wad("1000"), bands));
            let exact = got.clone().and_then(|ltv| to_f64(ltv.ltv, 18));
            let inside =
                exact.clone().is_ok_and(|ltv| (least - slack..=most + slack).contains(&ltv));
            if !inside {
                check
                    .mismatches
                    .push(format!("{} LTV {exact:?} outside {least}..{most}", check.row));
            }
            let error = got.map(|ltv| ltv.closed_form_error);
            check.close("closed form", 0.0, error, 0.0, 1e-9);
        }
    });
}
