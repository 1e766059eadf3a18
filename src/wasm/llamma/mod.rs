//! `llamma` for JavaScript.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

mod internals;
mod state;

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::reader::{bigint, inputs};
use super::words::words;
use super::writer::outputs;
use super::{answer, ask, call, change};
use crate::fixed::{I256, U256, WAD};
use crate::llamma::{
    self, Arbitrage, Balance, Ceiling, Condition, Controller, Direction, Exact, Funds, Generation,
    Market, Trade, Vault,
};
pub(super) use state::Made;
use state::StateField;

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** The coin that a trade takes in. */
export type Sell = "borrowed" | "collateral";

/** The condition of a loan: above its bands, among them, below them, or open to liquidation. */
export type Condition = "healthy" | "softLiquidation" | "converted" | "liquidatable";
"#;

inputs! {
    /// What a market is made with.
    NewMarket for NewMarket {
        /// The generation of its contracts.
        #[tsify(type = "Generation")]
        generation: Generation,
        /// Amplification: a band is 1/A of its price wide, 2 to 10000.
        #[serde(rename = "A")]
        A: u32,
        /// Price of band 0's upper edge, 18 decimals.
        base_price: bigint,
        /// Fee of a trade, 18 decimals.
        fee: bigint,
        /// The admin's share of the fees, 18 decimals; none if absent.
        #[tsify(optional)]
        admin_fee: bigint = U256::ZERO,
        /// How far below the value of the collateral a new debt must stay, 18 decimals.
        loan_discount: bigint,
        /// How far below it a debt is liquidated, 18 decimals.
        liquidation_discount: bigint,
        /// Decimals of the collateral token, 0 to 18.
        collateral_decimals: u32,
        /// Decimals of the borrowed token, 0 to 18.
        borrowed_decimals: u32,
        /// Seconds since 1970.
        now: u64,
        /// What the oracle says, 18 decimals; `basePrice` if absent.
        #[tsify(optional, type = "bigint")]
        oracle_price: Option<bigint>,
        /// What can be lent, in the borrowed token's own decimals; without limit if absent.
        #[tsify(optional, type = "bigint")]
        available: Option<bigint>,
        /// What the monetary policy answers, per second, 18 decimals; 0n if absent.
        #[tsify(optional)]
        policy_rate: bigint = U256::ZERO,
    }

    /// A market.
    OfState for OfState {
        /// Its state.
        #[tsify(type = "State")]
        state: StateField,
    }

    /// A market and one of its users.
    OfUser for OfUser {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// The user.
        user: String,
    }

    /// A market and, perhaps, one of its users.
    BandsInput for BandsInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// The user whose part of the bands is meant; all of each band if absent.
        #[tsify(optional, type = "string")]
        user: Option<String>,
    }

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

    /// A new oracle price.
    SetPriceInput for SetPriceInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// The price, 18 decimals.
        price: bigint,
        /// Seconds that pass after it.
        secs: u64,
    }

    /// A new rate of the monetary policy.
    SetRateInput for SetRateInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// Interest per second, 18 decimals.
        rate: bigint,
    }

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

words! {
    Direction { "borrowed" Pump "collateral" Dump }
    Condition {
        "healthy" Healthy "softLiquidation" SoftLiquidation
        "converted" Converted "liquidatable" Liquidatable
    }
}

outputs! {
    /// A market now.
    Overview {
        /// The oracle price after the limiter, 18 decimals.
        price_oracle: bigint,
        /// The price inside the AMM, 18 decimals.
        p_amm: bigint,
        /// Upper edge of band 0 now, 18 decimals.
        base_price: bigint,
        /// 1 plus all interest so far, 18 decimals.
        rate_mul: bigint,
        /// The band in which the AMM trades.
        #[tsify(type = "number")]
        active_band: i64,
        /// The least fee of a trade now, 18 decimals.
        dynamic_fee: bigint,
        /// What all loans owe, in the borrowed token's own decimals.
        total_debt: bigint,
        /// What can be lent, in the borrowed token's own decimals.
        available: bigint,
    }

    /// A band and what it holds.
    BandView {
        /// Its number.
        #[tsify(type = "number")]
        n: i64,
        /// Oracle price at which it begins to sell its collateral, 18 decimals.
        p_oracle_up: bigint,
        /// Oracle price at which all is sold, 18 decimals.
        p_oracle_down: bigint,
        /// Price inside the AMM at its upper edge, 18 decimals.
        p_current_up: bigint,
        /// Price inside the AMM at its lower edge, 18 decimals.
        p_current_down: bigint,
        /// Borrowed coins, in their own decimals.
        x: bigint,
        /// Collateral, in its own decimals.
        y: bigint,
        /// What it holds: an untouched band, a sold one, the one in between.
        #[tsify(type = "\"collateral\" | \"borrowed\" | \"both\" | \"nothing\"")]
        holds: &'static str,
        /// Whether it is the one in which the AMM trades.
        active: bool,
    }

    /// The bands of a market or of a user.
    Composition {
        /// The band in which the AMM trades.
        #[tsify(type = "number")]
        active_band: i64,
        /// By rising number, that is by falling price.
        #[tsify(type = "BandView[]")]
        bands: Vec<BandView>,
    }

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

    /// Parameters of a real market, with their date and source.
    Preset for llamma::Preset {
        /// The chain that the market is on.
        chain: &'static str,
        /// Its collateral, with the borrowed token where that is not the protocol's own.
        name: &'static str,
        /// Where the parameters come from.
        #[tsify(type = "{ protocol: string; source: string; date: string }")]
        source: llamma::Source,
        /// The generation of its contracts.
        #[tsify(type = "Generation")]
        generation: Generation,
        /// Amplification.
        #[serde(rename = "A")]
        A: u32,
        /// Fee, 18 decimals.
        fee: bigint,
        /// The admin's share of the fee, 18 decimals.
        admin_fee: bigint,
        /// 18 decimals.
        loan_discount: bigint,
        /// 18 decimals.
        liquidation_discount: bigint,
        /// Decimals of the collateral token.
        collateral_decimals: u32,
        /// Decimals of the borrowed token.
        borrowed_decimals: u32,
        /// Upper edge of band 0 at the start, 18 decimals; absent where it is not known.
        #[tsify(optional, type = "bigint")]
        base_price: Option<bigint>,
        /// Address of the controller; absent where it is not known.
        #[tsify(optional)]
        controller: Option<&'static str>,
    }

    /// Where parameters come from.
    Source for llamma::Source {
        /// Whose market it is.
        protocol: &'static str,
        /// Where the parameters were published or read.
        source: &'static str,
        /// When that was.
        date: &'static str,
    }
}

/// An empty market.
///
/// ```js
/// const state = llamma.createMarket({
///   generation: "v1", A: 100, basePrice: 3000n * 10n ** 18n, fee: 6n * 10n ** 15n,
///   loanDiscount: 9n * 10n ** 16n, liquidationDiscount: 6n * 10n ** 16n,
///   collateralDecimals: 18, borrowedDecimals: 18, now: 1700000000,
/// });
/// state.oraclePrice // "3000000000000000000000"
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = createMarket, unchecked_return_type = "State")]
pub fn create_market(
    #[wasm_bindgen(unchecked_param_type = "NewMarket")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: NewMarket| {
        let market = Market {
            generation: i.generation,
            A: i.A,
            base_price: i.base_price,
            fee: i.fee,
            admin_fee: i.admin_fee,
            loan_discount: i.loan_discount,
            liquidation_discount: i.liquidation_discount,
            collateral_decimals: i.collateral_decimals,
            borrowed_decimals: i.borrowed_decimals,
        };
        market.check_deployment()?;
        let plenty = U256::MAX.wrapping_shr(1);
        let available = i.available.unwrap_or(plenty);
        let funds = match i.generation {
            Generation::V2 => Funds::Vault(Vault {
                borrow_cap: plenty,
                available_balance: available,
                admin_percentage: U256::ZERO,
                admin_fees: U256::ZERO,
            }),
            Generation::Dfm => Funds::Ceiling(Ceiling {
                debt_ceiling: available,
                global_debt_ceiling: plenty,
                global_debt: U256::ZERO,
                minted: U256::ZERO,
                redeemed: U256::ZERO,
            }),
            _ => Funds::Balance(Balance::new(available)),
        };
        let mut new = Controller::new(market, i.now, funds, i.policy_rate)?;
        new.save_rate()?;
        if let Some(price) = i.oracle_price {
            new.set_price(price, 0);
        }
        Ok(Made::new(new))
    })
}

/// Parameters of real markets: crvUSD, LlamaLend, defi.money.
///
/// ```js
/// llamma.presets().find((preset) => preset.name === "WETH").A // 100
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "Preset[]")]
pub fn presets() -> Box<[u64]> {
    answer(llamma::PRESETS)
}

/// A market now: prices, interest, debt.
///
/// ```js
/// const { basePrice, ...weth } = llamma.presets().find((preset) => preset.name === "WETH");
/// const { source, chain, name, controller, ...parameters } = weth;
/// const state = llamma.createMarket({ ...parameters, basePrice, now: 1700000000 });
/// llamma.overview({ state }).pAmm // 1910829056329889898989n
/// ```
#[wasm_bindgen(js_namespace = llamma, unchecked_return_type = "Overview")]
pub fn overview(#[wasm_bindgen(unchecked_param_type = "OfState")] input: Box<[u64]>) -> Box<[u64]> {
    ask(input, |market, _: OfState| {
        let amm = market.amm();
        Ok(Overview {
            price_oracle: amm.price_oracle()?,
            p_amm: amm.p_amm()?,
            base_price: amm.grid()?.base_price,
            rate_mul: amm.rate_mul()?,
            active_band: amm.active_band(),
            dynamic_fee: amm.dynamic_fee()?,
            total_debt: market.total_debt_now()?,
            available: market.borrowable_cap()?,
        })
    })
}

/// What each band of a market, or of one user, holds: only collateral, only borrowed coins,
/// or both, and which band is active.
///
/// ```js
/// const market = llamma.createMarket({
///   generation: "v1", A: 100, basePrice: 3000n * 10n ** 18n, fee: 6n * 10n ** 15n,
///   loanDiscount: 9n * 10n ** 16n, liquidationDiscount: 6n * 10n ** 16n,
///   collateralDecimals: 18, borrowedDecimals: 18, now: 1700000000,
/// });
/// const state = llamma.createLoan({
///   state: market, user: "me", collateral: 10n ** 18n, debt: 2400n * 10n ** 18n, bands: 4,
/// });
/// llamma.bandComposition({ state, user: "me" }).bands.map((band) => band.holds).join() // "collateral,collateral,collateral,collateral"
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = bandComposition, unchecked_return_type = "Composition")]
pub fn band_composition(
    #[wasm_bindgen(unchecked_param_type = "BandsInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    ask(input, |market, i: BandsInput| {
        let amm = market.amm();
        let grid = amm.grid()?;
        let p = amm.price_oracle()?;
        let held = match &i.user {
            Some(user) => {
                let position = market.loan(user).position;
                (position.n1..).zip(amm.composition(&position)?).collect()
            }
            None => amm.contents()?,
        };
        let mut bands = Vec::new();
        for (n, held) in held {
            bands.push(BandView {
                n,
                p_oracle_up: grid.p_oracle_up(n)?,
                p_oracle_down: grid.p_oracle_down(n)?,
                p_current_up: grid.p_current_up(n, p)?,
                p_current_down: grid.p_current_down(n, p)?,
                x: held.x,
                y: held.y,
                holds: match (held.x.is_zero(), held.y.is_zero()) {
                    (true, true) => "nothing",
                    (true, false) => "collateral",
                    (false, true) => "borrowed",
                    (false, false) => "both",
                },
                active: n == amm.active_band(),
            });
        }
        Ok(Composition { active_band: amm.active_band(), bands })
    })
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

/// Moves the oracle, then lets time pass.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const state = llamma.createMarket({ ...weth, now: 1700000000 });
/// const later = llamma.setPrice({ state, price: 1800n * 10n ** 18n, secs: 600 });
/// llamma.overview({ state: later }).priceOracle // 1800000000000000000000n
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = setPrice, unchecked_return_type = "State")]
pub fn set_price(
    #[wasm_bindgen(unchecked_param_type = "SetPriceInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change(input, |next, i: SetPriceInput| {
        next.set_price(i.price, i.secs);
        Ok(())
    })
}

/// Sets what the monetary policy answers from now on, and stores it.
///
/// ```js
/// const { chain, name, source, controller, ...weth } = llamma.presets().find((p) => p.name === "WETH");
/// const state = llamma.createMarket({ ...weth, now: 1700000000 });
/// llamma.setRate({ state, rate: 3593629043n }).interest.rate // "3593629043"
/// ```
#[wasm_bindgen(js_namespace = llamma, js_name = setRate, unchecked_return_type = "State")]
pub fn set_rate(
    #[wasm_bindgen(unchecked_param_type = "SetRateInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    change(input, |next, i: SetRateInput| next.set_rate(i.rate))
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
