//! What changes loans: making one, adding, taking out, repaying, liquidating.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::state::StateField;
use crate::fixed::{U256, WAD};
use crate::llamma::Controller;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::writer::outputs;
use crate::wasm::{ask, change};

inputs! {
    /// A new loan.
    CreateLoanInput for CreateLoanInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Who borrows.
        user: String,
        /// Collateral, in its own decimals.
        collateral: bigint,
        /// Debt, in the borrowed token's own decimals.
        debt: bigint,
        /// Number of bands, 4 to 50.
        bands: u32,
        /// Who calls the contract; the user if absent.
        #[tsify(optional, type = "string")]
        caller: Option<String>,
    }

    /// A change of a loan by one amount.
    ChangeInput for ChangeInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Whose loan.
        user: String,
        /// The amount, in the token's own decimals.
        amount: bigint,
        /// Who calls the contract; the user if absent.
        #[tsify(optional, type = "string")]
        caller: Option<String>,
    }

    /// More debt.
    BorrowMoreInput for BorrowMoreInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Whose loan.
        user: String,
        /// Collateral that is added, in its own decimals.
        collateral: bigint,
        /// Debt that is added, in the borrowed token's own decimals.
        debt: bigint,
        /// Who calls the contract; the user if absent.
        #[tsify(optional, type = "string")]
        caller: Option<String>,
    }

    /// A liquidation.
    LiquidateInput for LiquidateInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Whose loan.
        user: String,
        /// Who liquidates.
        caller: String,
        /// The least borrowed coins that must come out; 0n if absent.
        #[tsify(optional)]
        min_x: bigint = U256::ZERO,
        /// The part of the debt, 18 decimals; all of it if absent.
        #[tsify(optional)]
        fraction: bigint = WAD,
    }

    /// A liquidation to be paid for.
    TokensToLiquidateInput for TokensToLiquidateInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Whose loan.
        user: String,
        /// Who liquidates; a stranger if absent.
        #[tsify(optional)]
        caller: String = String::new(),
        /// The part of the debt, 18 decimals; all of it if absent.
        #[tsify(optional)]
        fraction: bigint = WAD,
    }
}

outputs! {
    /// A liquidation made.
    Liquidated {
        /// The market after it.
        #[tsify(type = "State")]
        state: StateField,
        /// Borrowed coins that came out, in their own decimals.
        x: bigint,
        /// Collateral that came out, in its own decimals.
        y: bigint,
    }
}

/// Makes a loan.
#[wasm_bindgen(js_namespace = llamma, js_name = createLoan, unchecked_return_type = "State")]
pub fn create_loan(
    #[wasm_bindgen(unchecked_param_type = "CreateLoanInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change(input, |next, i: CreateLoanInput| {
        let caller = i.caller.as_ref().unwrap_or(&i.user);
        next.create_loan(&i.user, caller, i.collateral, i.debt, i.bands)
    })
}

/// Reads a change of one amount and makes it.
fn change_amount(
    input: Box<[u64]>,
    act: fn(&mut Controller, &str, &str, U256) -> crate::Result<()>,
) -> Box<[u64]> {
    change(input, |next, i: ChangeInput| {
        let caller = i.caller.as_ref().unwrap_or(&i.user);
        act(next, &i.user, caller, i.amount)
    })
}

/// Adds collateral to a loan.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// const safer = llamma.addCollateral({ state, user: "me", amount: 10n ** 17n });
/// llamma.health({ state: safer, user: "me" }) // 41361793935733387n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = addCollateral, unchecked_return_type = "State")]
pub fn add_collateral(
    #[wasm_bindgen(unchecked_param_type = "ChangeInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change_amount(input, Controller::add_collateral)
}

/// Takes collateral out of a loan.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// const riskier = llamma.removeCollateral({ state, user: "me", amount: 10n ** 16n });
/// llamma.loan({ state: riskier, user: "me" }).upper // 1872803558108925108917n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = removeCollateral, unchecked_return_type = "State")]
pub fn remove_collateral(
    #[wasm_bindgen(unchecked_param_type = "ChangeInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change_amount(input, Controller::remove_collateral)
}

/// Pays some of a debt back; more than is owed pays it all.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// const safer = llamma.repay({ state, user: "me", amount: 100n * 10n ** 18n });
/// llamma.health({ state: safer, user: "me" }) // 40715672115173599n
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "State")]
pub fn repay(
    #[wasm_bindgen(unchecked_param_type = "ChangeInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change_amount(input, Controller::repay)
}

/// Borrows more, with more collateral.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// const more = llamma.borrowMore({ state, user: "me", collateral: 0n, debt: 10n ** 18n });
/// llamma.loan({ state: more, user: "me" }).debt // 1601000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = borrowMore, unchecked_return_type = "State")]
pub fn borrow_more(
    #[wasm_bindgen(unchecked_param_type = "BorrowMoreInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change(input, |next, i: BorrowMoreInput| {
        let caller = i.caller.as_ref().unwrap_or(&i.user);
        next.borrow_more(&i.user, caller, i.collateral, i.debt)
    })
}

/// Liquidates a loan, or a part of it.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// const fallen = llamma.setPrice({ state, price: 1500n * 10n ** 18n, secs: 600 });
/// llamma.liquidate({ state: fallen, user: "me", caller: "them" }).y // 1000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "Liquidated")]
pub fn liquidate(
    #[wasm_bindgen(unchecked_param_type = "LiquidateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change(input, |next, i: LiquidateInput| {
        let out = next.liquidate(&i.user, &i.caller, i.min_x, i.fraction)?;
        Ok(Liquidated { state: StateField, x: out.x, y: out.y })
    })
}

/// What a liquidator must bring beside what comes out of the bands, in the borrowed token's
/// own decimals.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const market = llamma.createMarket({ ...weth, now: 1700000000 });
/// const loan = { user: "me", collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 };
/// const state = llamma.createLoan({ state: market, ...loan });
/// llamma.tokensToLiquidate({ state, user: "me" }) // 1600000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = tokensToLiquidate, unchecked_return_type = "bigint")]
pub fn tokens_to_liquidate(
    #[wasm_bindgen(unchecked_param_type = "TokensToLiquidateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: TokensToLiquidateInput| {
        market.tokens_to_liquidate(&i.user, &i.caller, i.fraction)
    })
}
