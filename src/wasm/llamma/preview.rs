//! Loans that are not made yet: their limits and what they would be.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::state::StateField;
use crate::fixed::U256;
use crate::llamma::{self};
use crate::wasm::ask;
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::writer::outputs;

inputs! {
    /// Collateral and its bands.
    MaxLtvInput for MaxLtvInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Collateral, in its own decimals.
        collateral: bigint,
        /// Number of bands, 4 to 50.
        bands: u32,
    }

    /// A loan that is not made yet.
    LoanInput for LoanInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Collateral, in its own decimals.
        collateral: bigint,
        /// Debt, in the borrowed token's own decimals.
        debt: bigint,
        /// Number of bands, 4 to 50.
        bands: u32,
    }

    /// A loan that is not made yet, in any number of bands.
    LoanPreviewsInput for LoanPreviewsInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Collateral, in its own decimals.
        collateral: bigint,
        /// Debt, in the borrowed token's own decimals.
        debt: bigint,
    }

    /// Collateral that is to be borrowed on.
    MaxBorrowableInput for MaxBorrowableInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Collateral, in its own decimals; in v2 in addition to that of `user`.
        collateral: bigint,
        /// Number of bands, 4 to 50.
        bands: u32,
        /// First version: what the loan owes already; 0n if absent.
        #[tsify(optional)]
        current_debt: bigint = U256::ZERO,
        /// Whose loan it is; nobody's if absent.
        #[tsify(optional, type = "string")]
        user: Option<String>,
    }

    /// A debt that is to be covered.
    MinCollateralInput for MinCollateralInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Debt, in the borrowed token's own decimals.
        debt: bigint,
        /// Number of bands, 4 to 50.
        bands: u32,
        /// Whose loan it is; nobody's if absent.
        #[tsify(optional, type = "string")]
        user: Option<String>,
    }
}

outputs! {
    /// The largest LTV: exact, and by two formulas.
    MaxLtv for llamma::MaxLtv {
        /// The largest debt, in the borrowed token's own decimals.
        max_debt: bigint,
        /// maxDebt / (collateral · oracle price), 18 decimals.
        ltv: bigint,
        /// By the explainer: 1 − loanDiscount − N/(2A).
        estimate: f64,
        /// Exact − estimate.
        estimate_error: f64,
        /// By the closed form, which leaves out only the contract's roundings.
        closed_form: f64,
        /// Exact − closed form.
        closed_form_error: f64,
    }

    /// Where soft-liquidation begins and ends.
    LiquidationRange for llamma::LiquidationRange {
        /// The band of the highest price.
        n1: f64,
        /// The band of the lowest price.
        n2: f64,
        /// Oracle price at which it begins, 18 decimals.
        upper: bigint,
        /// Oracle price at which all collateral is sold, 18 decimals.
        lower: bigint,
        /// The upper price by the explainer: debt / (collateral · LTV); absent where its LTV is not above 0.
        #[tsify(optional)]
        start_estimate: Option<f64>,
        /// upper / estimate − 1
        #[tsify(optional)]
        start_estimate_error: Option<f64>,
    }

    /// The largest debt.
    MaxBorrowable for llamma::MaxBorrowable {
        /// What the contract's own view says: a bit smaller, to be sure.
        contract: bigint,
        /// The largest debt for which the first band, worked out again, is still allowed.
        largest: bigint,
    }

    /// A loan that is not made yet.
    LoanPreview for llamma::LoanPreview {
        /// Number of bands.
        bands: u32,
        /// The band of the highest price.
        n1: f64,
        /// The band of the lowest price.
        n2: f64,
        /// Oracle price at which soft-liquidation begins, 18 decimals.
        upper: bigint,
        /// Oracle price at which all collateral is sold, 18 decimals.
        lower: bigint,
        /// 18 decimals.
        health: bigint,
        /// 18 decimals.
        health_full: bigint,
        /// The largest debt that the contract offers, in the borrowed token's own decimals.
        max_borrowable: bigint,
        /// The least collateral for the debt, in its own decimals.
        min_collateral: bigint,
        /// debt / (collateral · oracle price), 18 decimals.
        ltv: bigint,
        /// The same for the largest debt.
        max_ltv: bigint,
        /// priceOracle / upper − 1, 18 decimals.
        cushion: bigint,
        /// health / (loanDiscount − liquidationDiscount), 18 decimals.
        buffer: bigint,
    }

    /// What a number of bands allows.
    BandChoice {
        /// Number of bands.
        bands: u32,
        /// The largest debt that the contract offers, in the borrowed token's own decimals.
        max_borrowable: bigint,
        /// The same as a part of the collateral's value, 18 decimals.
        max_ltv: bigint,
        /// The loan in that number of bands; absent where the contract refuses it.
        #[tsify(optional, type = "LoanPreview")]
        loan: Option<llamma::LoanPreview>,
        /// Why it refuses, in its words.
        #[tsify(optional)]
        refused: Option<String>,
    }
}

/// The largest LTV of collateral in some bands: exact, by the explainer's formula and by a
/// closed form, with the error of each.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const state = llamma.createMarket({ ...weth, now: 1700000000 });
/// llamma.maxLtv({ state, collateral: 10n ** 18n, bands: 10 }).ltv // 857018244467644079n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = maxLtv, unchecked_return_type = "MaxLtv")]
pub fn max_ltv(
    #[wasm_bindgen(unchecked_param_type = "MaxLtvInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: MaxLtvInput| market.max_ltv(i.collateral, i.bands))
}

/// Where soft-liquidation of a loan would begin and end.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const state = llamma.createMarket({ ...weth, now: 1700000000 });
/// llamma.liquidationRange({ state, collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 }).upper // 1854075522527835875042n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = liquidationRange, unchecked_return_type = "LiquidationRange")]
pub fn liquidation_range(
    #[wasm_bindgen(unchecked_param_type = "LoanInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: LoanInput| market.liquidation_range(i.collateral, i.debt, i.bands))
}

/// The largest debt for collateral: what the contract offers, and what still passes.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const state = llamma.createMarket({ ...weth, now: 1700000000 });
/// llamma.maxBorrowable({ state, collateral: 10n ** 18n, bands: 10 }).largest // 1621401349873613499764n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = maxBorrowable, unchecked_return_type = "MaxBorrowable")]
pub fn max_borrowable(
    #[wasm_bindgen(unchecked_param_type = "MaxBorrowableInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: MaxBorrowableInput| {
        let user = i.user.as_deref();
        market.max_borrowable_largest(i.collateral, i.bands, i.current_debt, user)
    })
}

/// The least collateral that covers a debt, in its own decimals.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const state = llamma.createMarket({ ...weth, now: 1700000000 });
/// llamma.minCollateral({ state, debt: 1600n * 10n ** 18n, bands: 10 }) // 986899397958574422n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = minCollateral, unchecked_return_type = "bigint")]
pub fn min_collateral(
    #[wasm_bindgen(unchecked_param_type = "MinCollateralInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: MinCollateralInput| {
        market.min_collateral(i.debt, i.bands, i.user.as_deref())
    })
}

/// A loan before it is made: its range, its health, how much more is possible.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const state = llamma.createMarket({ ...weth, now: 1700000000 });
/// llamma.loanPreview({ state, collateral: 10n ** 18n, debt: 1600n * 10n ** 18n, bands: 10 }).health // 36316000107626776n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = loanPreview, unchecked_return_type = "LoanPreview")]
pub fn loan_preview(
    #[wasm_bindgen(unchecked_param_type = "LoanInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: LoanInput| market.loan_preview(i.collateral, i.debt, i.bands))
}

/// The same loan in every number of bands from 4 to 50.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const state = llamma.createMarket({ ...weth, now: 1700000000 });
/// const choices = llamma.loanPreviews({ state, collateral: 10n ** 18n, debt: 1600n * 10n ** 18n });
/// choices.filter((choice) => choice.loan).at(-1).bands // 12
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = loanPreviews, unchecked_return_type = "BandChoice[]")]
pub fn loan_previews(
    #[wasm_bindgen(unchecked_param_type = "LoanPreviewsInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: LoanPreviewsInput| {
        let choices = market.loan_previews(i.collateral, i.debt)?;
        let mut views = Vec::new();
        for llamma::BandChoice { bands, max_borrowable, max_ltv, loan } in choices {
            let (loan, refused) = match loan {
                Ok(loan) => (Some(loan), None),
                Err(error) => (None, Some(error.to_string())),
            };
            views.push(BandChoice { bands, max_borrowable, max_ltv, loan, refused });
        }
        Ok(views)
    })
}
