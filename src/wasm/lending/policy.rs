//! The interest, the monetary policies and the averages of `lending` for JavaScript.
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::fixed::{I256, U256};
use crate::lending::{self, AggregatorVersion, CurveKind};
use crate::wasm::call;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::words::words;
use crate::wasm::writer::outputs;

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** Policies whose rate is a multiple of a reference rate by utilization: of a fixed rate, of
 * another market's rate, of the average of a calculator's rate (LlamaLend v1); of a fixed rate,
 * of a calculator's rate (LlamaLend v2). */
export type CurveKind = "kinked" | "secondary" | "ema" | "hyperbolic" | "hyperbolicDynamic";

/** Policies of the mint markets, by version: price and peg keepers alone; with ceilings; with the
 * least debts of half-days; with a constant; with an average of what the peg keepers owe. */
export type AggregatorVersion = "agg1" | "agg2" | "agg3" | "agg3c" | "agg4";
"#;

inputs! {
    /// The interest of a market as it is stored, and the time.
    RateMulInput for RateMulInput {
        /// Rate in force, per second, 18 decimals.
        rate: bigint,
        /// When it was saved, seconds since 1970.
        rate_time_secs: u64,
        /// 1 plus all interest up to then, 18 decimals.
        rate_mul: bigint,
        /// Seconds since 1970.
        now: u64,
    }

    /// What the lenders of a market own and what of it is lent, all in one unit.
    ReservesInput for lending::Reserves {
        /// What is owed.
        debt: bigint,
        /// What is not lent out.
        balance: bigint,
        /// The admin's part of it; none if absent, as in v1.
        #[tsify(optional)]
        admin_fees: bigint = U256::ZERO,
        /// What is brought (or taken, below 0) before the rate is asked for; nothing if absent.
        #[tsify(optional, type = "bigint")]
        d_reserves: I256 = I256::ZERO,
        /// What is borrowed (or repaid, below 0) before the rate is asked for; nothing if absent.
        #[tsify(optional, type = "bigint")]
        d_debt: I256 = I256::ZERO,
    }

    /// A semilogarithmic policy.
    SemilogInput for SemilogInput {
        /// The rate while nothing is lent, per second, 18 decimals: from 31709791n.
        min_rate: bigint,
        /// The rate when all is lent, per second, 18 decimals: to 317097919837n.
        max_rate: bigint,
    }

    /// A policy whose rate is a multiple of a reference rate.
    CurveInput for lending::CurvePolicy {
        /// Which one.
        #[tsify(type = "CurveKind")]
        kind: CurveKind,
        /// The utilization at which the rate is the reference rate, 18 decimals.
        target_utilization: bigint,
        /// The multiple without debt, 18 decimals.
        low_ratio: bigint,
        /// The multiple when all is lent, 18 decimals.
        high_ratio: bigint,
        /// What the rate is a multiple of, per second, 18 decimals.
        reference_rate: bigint,
        /// What is added to the rate, per second, 18 decimals; nothing if absent.
        #[tsify(optional)]
        rate_shift: bigint = U256::ZERO,
    }

    /// The average of a calculator's rate as it is stored, and the time.
    AverageRateInput for AverageRateInput {
        /// The calculator's rate at the last write, per second, 18 decimals.
        prev_rate: bigint,
        /// The average at the last write, per second, 18 decimals.
        prev_ma_rate: bigint,
        /// When that was, seconds since 1970.
        last_time_secs: u64,
        /// Seconds since 1970.
        now: u64,
        /// The calculator's rate now, which a write goes by; a mere look if absent.
        #[tsify(optional)]
        calculator_rate: Option<bigint>,
    }

    /// The parameters of a mint market's policy.
    AggregatorPolicyInput for lending::Aggregator {
        /// Its version.
        #[tsify(type = "AggregatorVersion")]
        version: AggregatorVersion,
        /// The rate at a price of 1 without peg keepers' debt, per second, 18 decimals.
        rate0: bigint,
        /// How far the price falls until the rate is e times as high, 18 decimals.
        sigma: bigint,
        /// The part of all debt that makes the rate e times as low if the peg keepers owe it,
        /// 18 decimals.
        target_debt_fraction: bigint,
        /// What is added to the rate from `"agg3c"` on, per second, 18 decimals; nothing if
        /// absent.
        #[tsify(optional)]
        extra_const: bigint = U256::ZERO,
    }

    /// What the mint markets say; debts in 18 decimals.
    AggregatorMarketInput for lending::AggregatorMarket {
        /// The price of the stablecoin, 18 decimals.
        price: bigint,
        /// What each peg keeper owes.
        #[tsify(type = "bigint[]")]
        peg_keeper_debts: Vec<U256>,
        /// What the borrowers of each controller owe.
        #[tsify(type = "bigint[]")]
        controller_debts: Vec<U256>,
        /// How many of the controllers an earlier write has met: to read a rate, `"agg2"` to
        /// `"agg3c"` count only those; all if absent.
        #[tsify(optional)]
        cached_controllers: u32 = u32::MAX,
        /// The controller whose rate is asked for, counted from 0.
        controller: u32,
        /// The most that its borrowers may owe; 0n for none.
        ceiling: bigint,
        /// Seconds since 1970.
        now: u64,
    }

    /// The least debts of two half-days.
    CandleInput for lending::Candle {
        /// The least of the half-day before.
        previous: bigint,
        /// The least of the half-day in which it was last written.
        current: bigint,
        /// When that was, seconds since 1970; 0 if never.
        time_secs: u64,
    }

    /// The averaged ratio of the peg keepers' debt to all debt.
    PegRatioInput for lending::PegRatio {
        /// The time constant of the average, seconds.
        ema_time_secs: u64,
        /// The average at the last write, 18 decimals.
        prev_value: bigint,
        /// When that was, seconds since 1970.
        prev_time_secs: u64,
        /// The ratio that was seen then, 18 decimals: it counts from then on.
        queued: bigint,
    }

    /// What a mint market's policy remembers.
    AggregatorMemoryInput for lending::AggregatorMemory {
        /// The least debts of all controllers, from `"agg3"` on; never written if absent.
        #[tsify(optional, type = "CandleInput")]
        total: lending::Candle = lending::Candle::default(),
        /// The least debts of the controller that is asked for, from `"agg3"` on; never written
        /// if absent.
        #[tsify(optional, type = "CandleInput")]
        controller: lending::Candle = lending::Candle::default(),
        /// What the peg keepers owe, for `"agg4"`.
        #[tsify(optional, type = "PegRatioInput")]
        peg_ratio: lending::PegRatio = lending::PegRatio::default(),
    }

    /// A mint market's policy and what it goes by.
    AggregatorRateInput for AggregatorRateInput {
        /// The policy.
        #[tsify(type = "AggregatorPolicyInput")]
        policy: lending::Aggregator,
        /// What the markets say.
        #[tsify(type = "AggregatorMarketInput")]
        market: lending::AggregatorMarket,
        /// What the policy remembers; nothing if absent.
        #[tsify(optional, type = "AggregatorMemoryInput")]
        memory: lending::AggregatorMemory = lending::AggregatorMemory::default(),
    }

    /// An averaging price oracle as it is stored, the time, and what its source says.
    EmaPriceInput for EmaPriceInput {
        /// The time constant of the average, seconds.
        ma_exp_time_secs: u64,
        /// The average at the last write, 18 decimals.
        last_price: bigint,
        /// When that was, seconds since 1970.
        last_time_secs: u64,
        /// Seconds since 1970.
        now: u64,
        /// What the source says now, 18 decimals.
        current: bigint,
    }
}

outputs! {
    /// The least debts of two half-days.
    Candle for lending::Candle {
        /// The least of the half-day before.
        previous: bigint,
        /// The least of the half-day in which it was last written.
        current: bigint,
        /// When that was, seconds since 1970; 0 if never.
        time_secs: f64,
    }

    /// The averaged ratio of the peg keepers' debt to all debt.
    PegRatio for lending::PegRatio {
        /// The time constant of the average, seconds.
        ema_time_secs: f64,
        /// The average at the last write, 18 decimals.
        prev_value: bigint,
        /// When that was, seconds since 1970.
        prev_time_secs: f64,
        /// The ratio that was seen then, 18 decimals: it counts from then on.
        queued: bigint,
    }

    /// What a policy remembers.
    AggregatorMemory for lending::AggregatorMemory {
        /// The least debts of all controllers.
        #[tsify(type = "Candle")]
        total: lending::Candle,
        /// The least debts of the controller that was asked for.
        #[tsify(type = "Candle")]
        controller: lending::Candle,
        /// What the peg keepers owe.
        #[tsify(type = "PegRatio")]
        peg_ratio: lending::PegRatio,
    }

    /// A rate that was set.
    AggregatorWritten {
        /// The rate, per second, 18 decimals.
        rate: bigint,
        /// What the policy remembers from now on.
        #[tsify(type = "AggregatorMemory")]
        memory: lending::AggregatorMemory,
    }
}

words! {
    CurveKind {
        "kinked" Kinked "secondary" Secondary "ema" Ema
        "hyperbolic" Hyperbolic "hyperbolicDynamic" HyperbolicDynamic
    }
    AggregatorVersion { "agg1" Agg1 "agg2" Agg2 "agg3" Agg3 "agg3c" Agg3c "agg4" Agg4 }
}

/// 1 plus all interest of a market up to now: linear between saved rates, compounded at each.
///
/// rateMul · (1 + rate · seconds). Saving a rate stores this with the time, and a rate of at
/// most 43959106799n.
///
/// ```js
/// lending.rateMul({
///   rate: 41914003988n, rateTimeSecs: 1700000000, rateMul: 10n ** 18n, now: 1700000012,
/// }) // 1000000502968047856n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = rateMul, unchecked_return_type = "bigint")]
pub fn rate_mul(
    #[wasm_bindgen(unchecked_param_type = "RateMulInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |RateMulInput { rate, rate_time_secs, rate_mul, now }| {
        lending::Interest { rate, rate_time_secs, rate_mul }.rate_mul_at(now)
    })
}

/// The rate of LlamaLend's semilogarithmic policy.
///
/// min · (max/min)^utilization, by logarithms; min without debt
///
/// ```js
/// lending.semilogRate({
///   minRate: 721194610n, maxRate: 15854895991n,
///   debt: 61246868163306730387668992n, balance: 6805207573700749729726464n,
/// }) // 11639981896n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = semilogRate, unchecked_return_type = "bigint")]
pub fn semilog_rate(
    #[wasm_bindgen(unchecked_param_type = "SemilogInput & ReservesInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(rates, reserves): (SemilogInput, _)| {
        lending::Semilog::new(rates.min_rate, rates.max_rate)?.rate(&reserves)
    })
}

/// The rate of a policy that is a multiple of a reference rate.
///
/// referenceRate · (r + A/(u − utilization)) + rateShift: a hyperbola through `lowRatio` without
/// debt, 1 at the target and `highRatio` when all is lent. `"hyperbolicDynamic"` keeps the
/// reference between 1 % and 150 % a year.
///
/// ```js
/// lending.curveRate({
///   kind: "kinked", targetUtilization: 85n * 10n ** 16n, lowRatio: 5n * 10n ** 17n,
///   highRatio: 3n * 10n ** 18n, referenceRate: 3351233249n, debt: 0n, balance: 0n,
/// }) // 1675616624n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = curveRate, unchecked_return_type = "bigint")]
pub fn curve_rate(
    #[wasm_bindgen(unchecked_param_type = "CurveInput & ReservesInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(policy, reserves): (lending::CurvePolicy, _)| policy.rate(&reserves))
}

/// The average of a calculator's rate, the reference of the `"ema"` policy.
///
/// w = e^(−seconds/40000); prevRate·(1 − w) + prevMaRate·w, from 1 % to 150 % a year. A write
/// counts the calculator's rate as `prevRate` at once, and stores both rates with the time; in
/// the second of the last write it stores nothing and goes by `prevMaRate`.
///
/// ```js
/// lending.averageRate({
///   prevRate: 4391281959n, prevMaRate: 13003806521n, lastTimeSecs: 0, now: 54357,
/// }) // 6604156766n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = averageRate, unchecked_return_type = "bigint")]
pub fn average_rate(
    #[wasm_bindgen(unchecked_param_type = "AverageRateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(
        input,
        |AverageRateInput { prev_rate, prev_ma_rate, last_time_secs, now, calculator_rate }| {
            let stored = lending::AverageRate { prev_rate, prev_ma_rate, last_time_secs };
            match calculator_rate {
                Some(calculator_rate) => stored.rate_written(calculator_rate, now),
                None => stored.rate_at(now),
            }
        },
    )
}

/// The rate of a mint market.
///
/// rate0 · min(e^((1 − price)/sigma − (peg keepers' debt/all debt)/target), 1000), plus the
/// constant; times 0.9 + 0.1/(1 − debt/ceiling), at most 43959106799
///
/// ```js
/// lending.aggregatorRate({
///   policy: {
///     version: "agg1", rate0: 3488077118n, sigma: 7n * 10n ** 15n,
///     targetDebtFraction: 157354478837876896n,
///   },
///   market: {
///     price: 10n ** 18n, pegKeeperDebts: [995743683132286188912640n],
///     controllerDebts: [8114919756765530987429888n], controller: 0, ceiling: 0n, now: 1739183442,
///   },
/// }) // 1599272497n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = aggregatorRate, unchecked_return_type = "bigint")]
pub fn aggregator_rate(
    #[wasm_bindgen(unchecked_param_type = "AggregatorRateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |AggregatorRateInput { policy, market, memory }| policy.rate(&market, &memory))
}

/// The rate that a write sets for a mint market, and what its policy remembers from then on.
///
/// As `aggregatorRate`, but all controllers are met, and what is seen now counts in the
/// half-days' least debts.
///
/// ```js
/// lending.aggregatorRateWritten({
///   policy: {
///     version: "agg3", rate0: 10n ** 9n, sigma: 7n * 10n ** 15n, targetDebtFraction: 10n ** 17n,
///   },
///   market: {
///     price: 998n * 10n ** 15n, pegKeeperDebts: [], controllerDebts: [328728721656501501952n, 0n],
///     controller: 0, ceiling: 10n ** 26n, now: 1700702706,
///   },
/// }).memory.total.current // 328728721656501501952n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = aggregatorRateWritten, unchecked_return_type = "AggregatorWritten")]
pub fn aggregator_rate_written(
    #[wasm_bindgen(unchecked_param_type = "AggregatorRateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |AggregatorRateInput { policy, market, memory }| {
        let (rate, memory) = policy.written(&market, &memory)?;
        Ok(AggregatorWritten { rate, memory })
    })
}

/// The average of a price, as an averaging oracle has it now; a write stores it with the time.
///
/// w = e^(−seconds/maExpTimeSecs); current·(1 − w) + lastPrice·w
///
/// ```js
/// lending.emaPrice({
///   maExpTimeSecs: 3600, lastPrice: 26056527962359189504n, lastTimeSecs: 1700000000,
///   now: 1700000012, current: 45554118770139529216n,
/// }) // 26121411732024794591n
/// ```
#[wasm_bindgen(js_namespace = lending, js_name = emaPrice, unchecked_return_type = "bigint")]
pub fn ema_price(
    #[wasm_bindgen(unchecked_param_type = "EmaPriceInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |EmaPriceInput { ma_exp_time_secs, last_price, last_time_secs, now, current }| {
        lending::EmaPrice { ma_exp_time_secs, last_price, last_time_secs }.price_at(now, current)
    })
}
