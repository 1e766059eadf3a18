//! Trades in the AMM.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::state::StateField;
use crate::fixed::{I256, U256};
use crate::llamma::{Arbitrage, Direction, Exact, Trade};
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::words::words;
use crate::wasm::writer::outputs;
use crate::wasm::{ask, change};

#[wasm_bindgen(typescript_custom_section)]
const SELL: &str = r#"
/** The coin that a trade takes in. */
export type Sell = "borrowed" | "collateral";
"#;

inputs! {
    /// A trade: one of `amountIn` and `amountOut` is fixed.
    TradeInput for TradeInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// The coin that goes in.
        #[tsify(type = "Sell")]
        sell: Direction,
        /// What goes in, in the token's own decimals.
        #[tsify(optional, type = "bigint")]
        amount_in: Option<bigint>,
        /// What is to come out, in the token's own decimals.
        #[tsify(optional, type = "bigint")]
        amount_out: Option<bigint>,
    }

    /// What a trade must keep to.
    LimitInput for LimitInput {
        /// The least amount out, or the most in, that is accepted; any if absent.
        #[tsify(optional, type = "bigint")]
        limit: Option<bigint>,
    }

    /// A wanted price inside the AMM.
    AmountForPriceInput for AmountForPriceInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// The price, 18 decimals.
        price: bigint,
    }

    /// A market and an outside price.
    ArbitrageInput for ArbitrageInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Price of the collateral elsewhere, 18 decimals; the oracle's if absent.
        #[tsify(optional, type = "bigint")]
        market_price: Option<bigint>,
    }
}

words! {
    Direction { "borrowed" Pump "collateral" Dump }
}

outputs! {
    /// What a trade takes and gives.
    Quote {
        /// What goes in, in the token's own decimals, the fee included.
        amount_in: bigint,
        /// What comes out, in the token's own decimals.
        amount_out: bigint,
        /// What of the amount in is fee: it stays in the bands, but for the admin's share.
        fee: bigint,
        /// Whether the bands hold enough for all of it.
        complete: bool,
    }

    /// A trade made.
    Swapped {
        /// The market after it.
        #[tsify(type = "State")]
        state: StateField,
        /// What went in, in the token's own decimals.
        amount_in: bigint,
        /// What came out, in the token's own decimals.
        amount_out: bigint,
        /// What of the amount in is fee: it stays in the bands, but for the admin's share.
        fee: bigint,
    }

    /// A trade that would bring the AMM to a price.
    AmountForPrice {
        /// The coin that goes in.
        #[tsify(type = "Sell")]
        sell: Direction,
        /// How much of it, in its own decimals.
        amount: bigint,
    }

    /// An arbitrage made.
    Arbitraged {
        /// The market after it.
        #[tsify(type = "State")]
        state: StateField,
        /// The coin that went in.
        #[tsify(type = "Sell")]
        sell: Direction,
        /// What went in, in the token's own decimals.
        amount_in: bigint,
        /// What came out, in the token's own decimals.
        amount_out: bigint,
        /// What of the amount in is fee: it stays in the bands, but for the admin's share.
        fee: bigint,
        /// What it earned at the outside price, in the borrowed token's own decimals.
        #[tsify(type = "bigint")]
        profit: I256,
    }
}

impl TradeInput {
    /// Which amount is fixed, and it.
    fn exact(&self) -> crate::Result<(Exact, U256)> {
        match (self.amount_in, self.amount_out) {
            (Some(amount), None) => Ok((Exact::In, amount)),
            (None, Some(amount)) => Ok((Exact::Out, amount)),
            _ => Err(crate::Error::invalid(
                &"amount_in",
                &"given without amount_out, or absent with it",
            )),
        }
    }
}

/// What a trade would take and give.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// llamma.quote({ state, sell: "borrowed", amountIn: 100n * 10n ** 18n }).amountOut // 50220794042718617n
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "Quote")]
pub fn quote(#[wasm_bindgen(unchecked_param_type = "TradeInput")] input: Box<[u64]>) -> Box<[u64]> {
    ask(input, |market, i: TradeInput| {
        let (exact, amount) = i.exact()?;
        let Trade { amount_in, amount_out, fee } = market.amm().quote(i.sell, exact, amount)?;
        let made = if exact == Exact::In { amount_in } else { amount_out };
        Ok(Quote { amount_in, amount_out, fee, complete: made == amount })
    })
}

/// Makes a trade.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// llamma.swap({ state, sell: "borrowed", amountIn: 100n * 10n ** 18n }).amountOut // 50220794042718617n
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "Swapped")]
pub fn swap(
    #[wasm_bindgen(unchecked_param_type = "TradeInput & LimitInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change(input, |next, (i, LimitInput { limit }): (TradeInput, _)| {
        let (exact, amount) = i.exact()?;
        let any = if exact == Exact::In { U256::ZERO } else { U256::MAX };
        let trade = next.exchange(i.sell, exact, amount, limit.unwrap_or(any))?;
        let Trade { amount_in, amount_out, fee } = trade;
        Ok(Swapped { state: StateField, amount_in, amount_out, fee })
    })
}

/// What to trade so that the price inside the AMM becomes a given one.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// llamma.amountForPrice({ state, price: 2100n * 10n ** 18n }).amount // 654209753030861164370n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = amountForPrice, unchecked_return_type = "AmountForPrice")]
pub fn amount_for_price(
    #[wasm_bindgen(unchecked_param_type = "AmountForPriceInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: AmountForPriceInput| {
        let (amount, sell) = market.amm().amount_for_price(i.price)?;
        Ok(AmountForPrice { sell, amount })
    })
}

/// Makes the trade that brings the AMM's price to the oracle's.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// const fallen = llamma.setPrice({ state, price: 1800n * 10n ** 18n, secs: 600 });
/// llamma.arbitrage({ state: fallen }).profit // 12287803787385681234n
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "Arbitraged")]
pub fn arbitrage(
    #[wasm_bindgen(unchecked_param_type = "ArbitrageInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change(input, |next, i: ArbitrageInput| {
        let price = match i.market_price {
            Some(price) => price,
            None => next.amm().price_oracle()?,
        };
        let Arbitrage { direction, trade, profit } = next.arbitrage(price)?;
        let Trade { amount_in, amount_out, fee } = trade;
        Ok(Arbitraged { state: StateField, sell: direction, amount_in, amount_out, fee, profit })
    })
}
