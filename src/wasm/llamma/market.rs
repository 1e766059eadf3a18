//! Markets: how they are made, what they are now, what their bands hold.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::OfState;
use super::state::{Made, StateField};
use crate::fixed::U256;
use crate::llamma::{self, Balance, Ceiling, Controller, Funds, Generation, Market, Vault};
use crate::wasm::reader::{bigint, inputs};
use crate::wasm::writer::outputs;
use crate::wasm::{answer, ask, call, change};

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

    /// A market and, perhaps, one of its users.
    BandsInput for BandsInput {
        /// The market.
        #[tsify(type = "State")]
        state: StateField,
        /// The user whose part of the bands is meant; all of each band if absent.
        #[tsify(optional, type = "string")]
        user: Option<String>,
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
