//! A loan and its health.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::OfUser;
use super::state::StateField;
use crate::llamma::{self, Condition};
use crate::wasm::ask;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::words::words;
use crate::wasm::writer::outputs;

#[wasm_bindgen(typescript_custom_section)]
const CONDITION: &str = r#"
/** The condition of a loan: above its bands, among them, below them, or open to liquidation. */
export type Condition = "healthy" | "softLiquidation" | "converted" | "liquidatable";
"#;

inputs! {
    /// A loan and prices.
    HealthAlongInput for HealthAlongInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Whose loan.
        user: String,
        /// Oracle prices, 18 decimals.
        #[tsify(type = "bigint[]")]
        prices: Vec<bigint>,
    }
}

words! {
    Condition {
        "healthy" Healthy "softLiquidation" SoftLiquidation
        "converted" Converted "liquidatable" Liquidatable
    }
}

outputs! {
    /// Everything about one loan.
    LoanReport for llamma::LoanReport {
        /// What is owed, in the borrowed token's own decimals.
        debt: bigint,
        /// Collateral in its bands, in its own decimals.
        collateral: bigint,
        /// Borrowed coins in its bands, in their own decimals.
        borrowed: bigint,
        /// The band of the highest price.
        n1: f64,
        /// The band of the lowest price.
        n2: f64,
        /// Oracle price at which soft-liquidation begins, 18 decimals.
        upper: bigint,
        /// Oracle price at which all collateral is sold, 18 decimals.
        lower: bigint,
        /// Borrowed coins that it ends with when the price falls through its bands.
        x_down: bigint,
        /// Collateral that it ends with when the price rises through its bands.
        y_up: bigint,
        /// xDown · (1 − liquidationDiscount) / debt − 1, 18 decimals.
        health: bigint,
        /// The same with what the price is above the bands, 18 decimals: below 0, anybody may liquidate.
        health_full: bigint,
        /// priceOracle / upper − 1, 18 decimals: how far the price is above the range.
        cushion: bigint,
        /// health / (loanDiscount − liquidationDiscount), 18 decimals.
        buffer: bigint,
        /// debt / (value of both coins), 18 decimals.
        ltv: bigint,
        /// The condition of the loan.
        #[tsify(type = "Condition")]
        condition: &'static str,
        /// What a stranger must bring to liquidate all of it.
        tokens_to_liquidate: bigint,
    }

    /// Health at one oracle price.
    HealthAt for llamma::HealthAt {
        /// The oracle price, 18 decimals.
        price: bigint,
        /// 18 decimals.
        health: bigint,
        /// 18 decimals.
        health_full: bigint,
    }
}

/// Everything about one loan.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// llamma.loan({ state, user: "me" }).ltv // 845790789504615070n
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "LoanReport")]
pub fn loan(#[wasm_bindgen(unchecked_param_type = "OfUser")] input: Box<[u64]>) -> Box<[u64]> {
    ask(input, |market, i: OfUser| market.report(&i.user))
}

/// Health of a loan by what its bands would bring.
///
/// health = xDown · (1 − liquidationDiscount) / debt − 1, 18 decimals
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// llamma.health({ state, user: "me" }) // 36316000107626776n
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "bigint")]
pub fn health(#[wasm_bindgen(unchecked_param_type = "OfUser")] input: Box<[u64]>) -> Box<[u64]> {
    ask(input, |market, i: OfUser| market.health(&i.user))
}

/// Health of a loan with what the price is above its bands: below 0, anybody may liquidate.
///
/// healthFull = health + (priceOracle − upper) · collateral / debt, 18 decimals
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// llamma.healthFull({ state, user: "me" }) // 59844277131848729n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = healthFull, unchecked_return_type = "bigint")]
pub fn health_full(
    #[wasm_bindgen(unchecked_param_type = "OfUser")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: OfUser| market.health_full(&i.user))
}

/// Health of a loan at each of some oracle prices, without trades and as if each price had
/// stood for two minutes.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// llamma.healthAlong({ state, user: "me", prices: [1700n * 10n ** 18n] })[0].health // -72852044339347198n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = healthAlong, unchecked_return_type = "HealthAt[]")]
pub fn health_along(
    #[wasm_bindgen(unchecked_param_type = "HealthAlongInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: HealthAlongInput| market.health_along(&i.user, &i.prices))
}
