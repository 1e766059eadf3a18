//! The state of a market in JavaScript: plain JSON, frozen when it comes from here.
//!
//! The last few states that were written are remembered in their working form, so that a
//! state is not read again at each call; they are frozen, so what is remembered is what they
//! say. Nothing is lost with the memory: any state can be read again.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use std::cell::RefCell;
use std::rc::Rc;

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::fixed::U256;
use crate::lending::Interest;
use crate::llamma::{
    Amounts, Balance, Ceiling, Controller, Debt, Funds, Limiter, Loan, Market, Position, Snapshot,
    StoredBand, Vault,
};
use crate::wasm::reader::{FromWords, Words};
use crate::wasm::refusal::Refusal;
use crate::wasm::stored::{Digits, stored};
use crate::wasm::writer::ToWords;

#[wasm_bindgen(typescript_custom_section)]
const FUNDS_TYPE: &str = r#"
/** What limits new debts: the controller's own tokens, a vault's under a cap (v2),
 * or debt ceilings (defi.money). */
export type FundsState =
    | { kind: "balance"; tokens: Digits; minted: Digits; redeemed: Digits }
    | { kind: "vault"; borrowCap: Digits; availableBalance: Digits; adminPercentage: Digits; adminFees: Digits }
    | { kind: "ceiling"; debtCeiling: Digits; globalDebtCeiling: Digits; globalDebt: Digits; minted: Digits; redeemed: Digits };
"#;

stored! {
    /// Parameters of a market, as a state keeps them.
    MarketState for Market {
        #[tsify(type = "Generation")]
        generation: String,
        #[serde(rename = "A")]
        A: u32,
        base_price: Digits,
        fee: Digits,
        admin_fee: Digits,
        loan_discount: Digits,
        liquidation_discount: Digits,
        collateral_decimals: u32,
        borrowed_decimals: u32,
    }

    /// The oracle price at the last trade.
    LimiterState for Limiter {
        /// The limited price then, 18 decimals.
        old_p_o: Digits,
        /// The fee that came of it, 18 decimals.
        old_dfee: Digits,
        /// When that was, seconds since 1970.
        prev_p_o_time: f64,
    }

    /// The interest so far.
    InterestState for Interest {
        /// Rate in force, per second, 18 decimals.
        rate: Digits,
        /// When it was saved, seconds since 1970.
        rate_time_secs: f64,
        /// 1 plus all interest up to then, 18 decimals.
        rate_mul: Digits,
    }

    /// Two amounts, in the tokens' own decimals.
    AmountsState for Amounts {
        /// Borrowed coins.
        x: Digits,
        /// Collateral.
        y: Digits,
    }

    /// A band that holds something or has shares.
    BandState for StoredBand {
        /// Its number.
        n: f64,
        /// Borrowed coins, in 18 decimals.
        x: Digits,
        /// Collateral, in 18 decimals.
        y: Digits,
        /// Shares given out.
        shares: Digits,
    }

    /// A user's bands.
    PositionState for Position {
        /// The band of the highest price.
        n1: f64,
        /// The band of the lowest price.
        n2: f64,
        /// Shares of each band from n1 on; none of a user who never had any.
        #[tsify(type = "Digits[]")]
        shares: Vec<Digits>,
    }

    /// A debt as it is stored.
    DebtState for Debt {
        /// The amount at the last change, in the borrowed token's own decimals.
        initial: Digits,
        /// 1 plus all interest of the market then, 18 decimals.
        rate_mul: Digits,
    }

    /// One user's loan.
    LoanState for Loan {
        /// Who owes it.
        user: String,
        /// The collateral behind it.
        #[tsify(type = "PositionState")]
        position: JsValue,
        /// What is owed.
        #[tsify(type = "DebtState")]
        debt: JsValue,
        /// The liquidation discount that was agreed on, 18 decimals.
        liquidation_discount: Digits,
        /// What the user asked to stay further from liquidation, 18 decimals.
        extra_health: Digits,
        /// Who else may act for the user.
        #[tsify(type = "string[]")]
        approved: Vec<String>,
    }

    /// The whole state of a market as plain JSON; big integers are texts of digits.
    State for Snapshot {
        /// What the market is made with, as it is in force.
        #[tsify(type = "MarketState")]
        market: JsValue,
        /// Seconds since 1970.
        now: f64,
        /// What the oracle says, 18 decimals.
        oracle_price: Digits,
        /// The oracle price at the last trade.
        #[tsify(type = "LimiterState")]
        limiter: JsValue,
        /// The interest so far.
        #[tsify(type = "InterestState")]
        interest: JsValue,
        /// The band in which the AMM trades.
        active_band: f64,
        /// The lowest band that was used.
        min_band: f64,
        /// The highest band that was used.
        max_band: f64,
        /// The bands that hold something, by rising number.
        #[tsify(type = "BandState[]")]
        bands: JsValue,
        /// The admin's part of the fees so far.
        #[tsify(type = "AmountsState")]
        admin_fees: JsValue,
        /// All that ever had a loan.
        #[tsify(type = "LoanState[]")]
        loans: JsValue,
        /// How many of them have one.
        loan_count: f64,
        /// What all owe.
        #[tsify(type = "DebtState")]
        total_debt: JsValue,
        /// What limits new debts.
        #[tsify(type = "FundsState")]
        funds: JsValue,
        /// What the monetary policy answers, per second, 18 decimals.
        policy_rate: Digits,
    }
}

/// Its kind, then the fields of that kind.
impl FromWords for Funds {
    fn take(words: &mut Words) -> Self {
        let kind = words.count();
        let mut amount = || U256::take(words);
        match kind {
            0 => Self::Balance(Balance { tokens: amount(), minted: amount(), redeemed: amount() }),
            1 => Self::Vault(Vault {
                borrow_cap: amount(),
                available_balance: amount(),
                admin_percentage: amount(),
                admin_fees: amount(),
            }),
            _ => Self::Ceiling(Ceiling {
                debt_ceiling: amount(),
                global_debt_ceiling: amount(),
                global_debt: amount(),
                minted: amount(),
                redeemed: amount(),
            }),
        }
    }
}

impl ToWords for Funds {
    fn put(&self, out: &mut Vec<u64>) {
        let mut all = |kind: &str, amounts: &[U256]| {
            kind.put(out);
            amounts.iter().for_each(|amount| amount.put(out));
        };
        match self {
            Self::Balance(b) => all("balance", &[b.tokens, b.minted, b.redeemed]),
            Self::Vault(v) => {
                all("vault", &[v.borrow_cap, v.available_balance, v.admin_percentage, v.admin_fees])
            }
            Self::Ceiling(c) => all(
                "ceiling",
                &[c.debt_ceiling, c.global_debt_ceiling, c.global_debt, c.minted, c.redeemed],
            ),
        }
    }
}

/// States whose working form is remembered.
const REMEMBERED: usize = 8;

/// The last states that were written, newest first, by the numbers they were given.
struct Recent {
    states: Vec<(u64, Rc<Controller>)>,
    last: u64,
}

thread_local! {
    static RECENT: RefCell<Recent> = const {
        RefCell::new(Recent { states: Vec::new(), last: 0 })
    };
}

/// The field `state` of an input or of an answer: read, it becomes the words' market; an
/// answer has written its state before its other fields.
pub(super) struct StateField;

/// The number of a state that was written lately; or 0 and the state.
impl FromWords for StateField {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        let number = words.word();
        if number == 0 {
            match Snapshot::take(words).open() {
                Ok(market) => words.market = Some(Rc::new(market)),
                Err(error) => {
                    words.refused.get_or_insert(Refusal::State(error));
                }
            }
        } else {
            words.market = RECENT.with_borrow(|recent| {
                let found = recent.states.iter().find(|(known, _)| *known == number);
                found.map(|(_, market)| market.clone())
            });
            if words.market.is_none() {
                words.refused = Some(Refusal::Forgotten);
            }
        }
        Self
    }
}

impl ToWords for StateField {
    fn put(&self, _: &mut Vec<u64>) {}
}

/// A new state.
pub(in crate::wasm) struct Made(Rc<Controller>);

impl Made {
    pub(in crate::wasm) fn new(market: Controller) -> Self {
        Self(Rc::new(market))
    }
}

/// The number by which it can be named, then the state.
impl ToWords for Made {
    #[inline(never)]
    fn put(&self, out: &mut Vec<u64>) {
        RECENT.with_borrow_mut(|recent| {
            recent.last = recent.last.saturating_add(1);
            let last = recent.last;
            recent.states.truncate(REMEMBERED.saturating_sub(1));
            recent.states.insert(0, (last, self.0.clone()));
            out.push(last);
        });
        self.0.snapshot().put(out);
    }
}
