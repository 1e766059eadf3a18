//! A loan along a path of prices.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::state::StateField;
use crate::llamma::{self, Direction, Trade};
use crate::wasm::change;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::writer::outputs;

inputs! {
    /// A loan and a series of prices.
    PricePathInput for PricePathInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Whose loan.
        user: String,
        /// Oracle prices one after another, 18 decimals.
        #[tsify(type = "bigint[]")]
        prices: Vec<bigint>,
        /// Seconds from one to the next.
        secs: u64,
    }
}

outputs! {
    /// A loan after one price of a series.
    PathStep for llamma::PathStep {
        /// The oracle price, 18 decimals.
        price: bigint,
        /// The price inside the AMM after the trade, 18 decimals.
        p_amm: bigint,
        /// The band in which the AMM trades.
        active_band: f64,
        /// The coin that the arbitrageur sold; absent if there was nothing to trade.
        #[tsify(optional, type = "Sell")]
        direction: Option<Direction>,
        /// What went in, and came out.
        #[tsify(type = "TradeMade")]
        trade: Trade,
        /// Collateral of the loan, in its own decimals.
        collateral: bigint,
        /// Borrowed coins in the loan's bands, in their own decimals.
        borrowed: bigint,
        /// Value of both at the oracle price, in the borrowed token's own decimals.
        value: bigint,
        /// What is owed.
        debt: bigint,
        /// 18 decimals.
        health: bigint,
        /// 18 decimals.
        health_full: bigint,
    }

    /// What a trade took and gave.
    TradeMade for Trade {
        /// What went in.
        amount_in: bigint,
        /// What came out.
        amount_out: bigint,
        /// What of the amount in is fee: it stays in the bands, but for the admin's share.
        fee: bigint,
    }

    /// A loan along a series of prices.
    PricePath {
        /// The market after the last price.
        #[tsify(type = "State")]
        state: StateField,
        /// One for each price.
        #[tsify(type = "PathStep[]")]
        steps: Vec<llamma::PathStep>,
        /// The index of the first price at which anybody may liquidate; absent if there is none.
        #[tsify(optional)]
        first_liquidatable: Option<u32>,
    }
}

/// Takes a loan through a series of oracle prices with an arbitrageur at each: bands, losses,
/// health, and when liquidation becomes possible.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// const prices = [1800n * 10n ** 18n, 1700n * 10n ** 18n, 1500n * 10n ** 18n];
/// llamma.pricePath({ state, user: "me", prices, secs: 600 }).firstLiquidatable // 1
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = pricePath, unchecked_return_type = "PricePath")]
pub fn price_path(
    #[wasm_bindgen(unchecked_param_type = "PricePathInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change(input, |next, i: PricePathInput| {
        let steps = next.price_path(&i.user, &i.prices, i.secs)?;
        let first = steps.iter().position(|step| step.health_full.is_negative());
        let first_liquidatable = first.and_then(|index| u32::try_from(index).ok());
        Ok(PricePath { state: StateField, steps, first_liquidatable })
    })
}
