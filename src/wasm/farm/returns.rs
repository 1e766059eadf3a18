//! Compounding, fees, and what is earned.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::farm;
use crate::wasm::call;
use crate::wasm::reader::inputs;
use crate::wasm::words::words;
use crate::wasm::writer::outputs;

inputs! {
    /// A simple rate and how often it is reinvested.
    ApyInput for ApyInput {
        /// Simple annual rate as a fraction, above -1.
        apr: f64,
        /// Reinvestments a year, above 0.
        periods_per_year: f64,
    }

    /// A simple rate.
    ApyContinuousInput for ApyContinuousInput {
        /// Simple annual rate as a fraction, above -1.
        apr: f64,
    }

    /// An annual yield and how often it was reinvested.
    AprFromApyInput for AprFromApyInput {
        /// Annual yield as a fraction, above -1.
        apy: f64,
        /// Reinvestments a year, above 0.
        periods_per_year: f64,
    }

    /// An annual yield.
    AprFromApyContinuousInput for AprFromApyContinuousInput {
        /// Annual yield as a fraction, above -1.
        apy: f64,
    }

    /// A deposit, without its amount.
    Deposit for farm::Deposit {
        /// Simple annual rate as a fraction, at least 0.
        apr: f64,
        /// Reinvestments a year; 0 if the reward is never reinvested.
        periods_per_year: f64,
        /// Seconds of the year that `apr` is per; 31536000 (365 days) if absent.
        #[tsify(optional)]
        year_secs: f64 = farm::YEAR_SECS,
        /// Fraction of the principal taken once, at the start; none if absent.
        #[tsify(optional)]
        deposit_fee: f64 = 0.0,
        /// Fraction of the reward taken; none if absent.
        #[tsify(optional)]
        performance_fee: f64 = 0.0,
        /// Where the performance fee is taken; needed if there is one.
        #[tsify(optional, type = "PerformanceFeeOn")]
        performance_fee_on: Option<farm::PerformanceFeeOn>,
    }

    /// How long a deposit stays.
    Days for Days {
        /// Days, at least 0.
        days: f64,
    }

    /// An amount and the days after which its value is wanted.
    ReturnsOf for ReturnsOf {
        /// The deposit in USD, above 0.
        principal_usd: f64,
        /// Days after which its value is wanted, each at least 0.
        days: Vec<f64>,
    }

    /// A gain and when it is wanted.
    Target for Target {
        /// The wanted gain in USD, above 0.
        target_gain_usd: f64,
        /// Days until then.
        days: f64,
    }

    /// A deposit whose reward can be reinvested at a cost.
    BestCompoundingInput for farm::BestCompoundingInput {
        /// Simple annual rate as a fraction, above 0.
        apr: f64,
        /// The deposit in USD, above 0.
        principal_usd: f64,
        /// Cost of one reinvestment in USD, above 0.
        cost_usd: f64,
        /// The horizon in days, above 0.
        days: f64,
        /// Seconds of the year that `apr` is per; 31536000 (365 days) if absent.
        #[tsify(optional)]
        year_secs: f64 = farm::YEAR_SECS,
    }

    /// The rates that an aggregator's vault combines.
    AggregatorInput for farm::AggregatorInput {
        /// Simple annual rate of the farm's reward, at least 0.
        farm_apr: f64,
        /// Times a year that the vault reinvests, above 0.
        periods_per_year: f64,
        /// Fraction of the reward that is reinvested; the rest is paid out, simple.
        compounded_share: f64,
        /// Fraction of the reward that the vault keeps, at each harvest.
        performance_fee: f64,
        /// Annual rate of the trading fees that accrue inside the LP token, at least 0.
        trading_apr: f64,
        /// Any other simple rate, paid out and not reinvested, at least 0.
        not_compounded_apr: f64,
    }
}

/// Where a performance fee is taken: from the reward each time that it is reinvested, or
/// from the whole yield at the end.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its TypeScript is used: the words are read below")]
pub enum PerformanceFeeOn {
    EachCompounding,
    FinalYield,
}

words! {
    farm::PerformanceFeeOn { "eachCompounding" EachCompounding "finalYield" FinalYield }
}

outputs! {
    /// What a deposit is worth after some days.
    ReturnRow for farm::ReturnRow {
        /// Days since the deposit.
        days: f64,
        /// Gain as a fraction of the principal.
        #[serde(rename = "yield")]
        yield_: f64,
        /// Gain in USD; negative while the deposit fee is not yet earned back.
        gain_usd: f64,
        /// Value in USD.
        value_usd: f64,
    }

    /// The best number of reinvestments and what it brings.
    BestCompounding for farm::BestCompounding {
        /// Reinvestments over the horizon; 0 if none pays.
        compoundings: f64,
        /// Seconds between two of them (the whole horizon if there is none).
        interval_secs: f64,
        /// Value at the end in USD, all costs paid.
        final_usd: f64,
        /// Gain in USD, all costs paid.
        gain_usd: f64,
        /// What the reinvestments cost together in USD.
        cost_usd: f64,
        /// The gain as a simple annual rate.
        net_apr: f64,
        /// Value at the end without any reinvestment.
        simple_final_usd: f64,
    }

    /// What the vault yields in a year.
    Aggregator for farm::Aggregator {
        /// Yield of the reinvested reward alone.
        compounded_apy: f64,
        /// Yield of everything together.
        total_apy: f64,
    }
}

/// The annual yield of a simple rate that is reinvested some times a year.
///
/// apy = (1 + apr/n)^n − 1
///
/// ```js
/// farm.apy({ apr: 0.6843, periodsPerYear: 365 }).toFixed(4) // "0.9811"
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "number")]
pub fn apy(#[wasm_bindgen(unchecked_param_type = "ApyInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: ApyInput| farm::apy(i.apr, i.periods_per_year))
}

/// The annual yield of a simple rate that is reinvested all the time.
///
/// apy = e^apr − 1
///
/// ```js
/// farm.apyContinuous({ apr: 0.05 }).toFixed(6) // "0.051271"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = apyContinuous, unchecked_return_type = "number")]
pub fn apy_continuous(
    #[wasm_bindgen(unchecked_param_type = "ApyContinuousInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: ApyContinuousInput| farm::apy_continuous(i.apr))
}

/// The simple rate that yields `apy` when reinvested some times a year.
///
/// apr = n · ((1 + apy)^(1/n) − 1)
///
/// ```js
/// farm.aprFromApy({ apy: 0.08, periodsPerYear: 365 }).toFixed(4) // "0.0770"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = aprFromApy, unchecked_return_type = "number")]
pub fn apr_from_apy(
    #[wasm_bindgen(unchecked_param_type = "AprFromApyInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AprFromApyInput| farm::apr_from_apy(i.apy, i.periods_per_year))
}

/// The simple rate that yields `apy` when reinvested all the time.
///
/// apr = ln(1 + apy)
///
/// ```js
/// farm.aprFromApyContinuous({ apy: 0.05 }).toFixed(6) // "0.048790"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = aprFromApyContinuous, unchecked_return_type = "number")]
pub fn apr_from_apy_continuous(
    #[wasm_bindgen(unchecked_param_type = "AprFromApyContinuousInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: AprFromApyContinuousInput| farm::apr_from_apy_continuous(i.apy))
}

/// The gain on a deposit after some days, as a fraction of the principal, after all fees.
///
/// growth = (1 + apr/n)^(n·t) − 1, or apr·t if n = 0; the deposit fee is taken from the
/// principal, the performance fee where `performanceFeeOn` says.
///
/// ```js
/// farm.yieldAfterFees({
///   apr: 0.6843, periodsPerYear: 365, days: 365,
///   performanceFee: 0.02, performanceFeeOn: "finalYield",
/// }).toFixed(4) // "0.9615"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = yieldAfterFees, unchecked_return_type = "number")]
pub fn yield_after_fees(
    #[wasm_bindgen(unchecked_param_type = "Deposit & Days")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(deposit, Days { days })| farm::yield_after_fees(&deposit, days))
}

/// What a deposit is worth after each of some numbers of days.
///
/// ```js
/// farm.returns({ apr: 0.2, periodsPerYear: 365, principalUsd: 1000, days: [30, 365] })[1]
///   .valueUsd.toFixed(2) // "1221.34"
/// ```
#[wasm_bindgen(js_namespace = farm, unchecked_return_type = "ReturnRow[]")]
pub fn returns(
    #[wasm_bindgen(unchecked_param_type = "Deposit & ReturnsOf")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(deposit, of): (_, ReturnsOf)| farm::returns(&deposit, of.principal_usd, &of.days))
}

/// The principal that gains `targetGainUsd` in some days, after all fees.
///
/// ```js
/// farm.principalFor({ apr: 0.2, periodsPerYear: 0, days: 365, targetGainUsd: 200 }) // 1000
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = principalFor, unchecked_return_type = "number")]
pub fn principal_for(
    #[wasm_bindgen(unchecked_param_type = "Deposit & Target")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(deposit, of): (_, Target)| {
        farm::principal_for(&deposit, of.days, of.target_gain_usd)
    })
}

/// How often to reinvest when each time costs something: the exact best number.
///
/// k reinvestments split the horizon into k + 1 equal spans; with x = apr · years and
/// q = 1 + x/(k + 1), the end value is P·q^(k+1) − c·q·(q^k − 1)/(q − 1).
///
/// ```js
/// farm.bestCompounding({ apr: 0.5, principalUsd: 1000, costUsd: 1, days: 365 }).compoundings // 11
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = bestCompounding, unchecked_return_type = "BestCompounding")]
pub fn best_compounding(
    #[wasm_bindgen(unchecked_param_type = "BestCompoundingInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i| farm::best_compounding(&i))
}

/// The yield of an aggregator's vault: compounded rewards on top of trading fees.
///
/// total = (1 + compounded)·(1 + tradingApr) − 1 + what is not compounded
///
/// ```js
/// farm.aggregatorApy({
///   farmApr: 0.3, periodsPerYear: 2190, compoundedShare: 1, performanceFee: 0.095,
///   tradingApr: 0.05, notCompoundedApr: 0,
/// }).totalApy.toFixed(4) // "0.3775"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = aggregatorApy, unchecked_return_type = "Aggregator")]
pub fn aggregator_apy(
    #[wasm_bindgen(unchecked_param_type = "AggregatorInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i| farm::aggregator_apy(&i))
}
