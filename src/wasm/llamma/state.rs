//! The state of a market in JavaScript: plain JSON, frozen when it comes from here.
//!
//! The last few states that were written are remembered in their working form, so that a
//! state is not read again at each call; they are frozen, so what is remembered is what they
//! say. Nothing is lost with the memory: any state can be read again.

use std::cell::RefCell;
use std::rc::Rc;

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::lending::Interest;
use crate::llamma::{
    Amounts, Balance, Ceiling, Controller, Debt, Funds, Generation, Limiter, Loan, Market,
    Position, Snapshot, StoredBand, Vault,
};
use crate::wasm::reader::{FromJs, Own, word};
use crate::wasm::refusal::Refusal;
use crate::wasm::stored::{Stored, field, stored};
use crate::wasm::writer::{Answer, ToJs};

#[wasm_bindgen(typescript_custom_section)]
const FUNDS_TYPE: &str = r#"
/** A generation of the contracts: crvUSD mint markets of May 2023, LlamaLend of 2024, the last
 * first version (and its mint markets), LlamaLend v2, defi.money. */
export type Generation = "m2023" | "l2024" | "v1" | "v1mint" | "v2" | "dfm";

/** What limits new debts: the controller's own tokens, a vault's under a cap (v2),
 * or debt ceilings (defi.money). */
export type FundsState =
    | { kind: "balance"; tokens: string; minted: string; redeemed: string }
    | { kind: "vault"; borrowCap: string; availableBalance: string; adminPercentage: string; adminFees: string }
    | { kind: "ceiling"; debtCeiling: string; globalDebtCeiling: string; globalDebt: string; minted: string; redeemed: string };
"#;

stored! {
    /// Parameters of a market, as a state keeps them.
    MarketState for Market {
        #[tsify(type = "Generation")]
        generation: String,
        #[serde(rename = "A")]
        A: u32,
        base_price: String,
        fee: String,
        admin_fee: String,
        loan_discount: String,
        liquidation_discount: String,
        collateral_decimals: u32,
        borrowed_decimals: u32,
    }

    /// The oracle price at the last trade.
    LimiterState for Limiter {
        /// The limited price then, 18 decimals.
        old_p_o: String,
        /// The fee that came of it, 18 decimals.
        old_dfee: String,
        /// When that was, seconds since 1970.
        prev_p_o_time: f64,
    }

    /// The interest so far.
    InterestState for Interest {
        /// Rate in force, per second, 18 decimals.
        rate: String,
        /// When it was saved, seconds since 1970.
        rate_time_secs: f64,
        /// 1 plus all interest up to then, 18 decimals.
        rate_mul: String,
    }

    /// Two amounts, in the tokens' own decimals.
    AmountsState for Amounts {
        /// Borrowed coins.
        x: String,
        /// Collateral.
        y: String,
    }

    /// A band that holds something or has shares.
    BandState for StoredBand {
        /// Its number.
        n: f64,
        /// Borrowed coins, in 18 decimals.
        x: String,
        /// Collateral, in 18 decimals.
        y: String,
        /// Shares given out.
        shares: String,
    }

    /// A user's bands.
    PositionState for Position {
        /// The band of the highest price.
        n1: f64,
        /// The band of the lowest price.
        n2: f64,
        /// Shares of each band from n1 on; none of a user who never had any.
        #[tsify(type = "string[]")]
        shares: Vec<String>,
    }

    /// A debt as it is stored.
    DebtState for Debt {
        /// The amount at the last change, in the borrowed token's own decimals.
        initial: String,
        /// 1 plus all interest of the market then, 18 decimals.
        rate_mul: String,
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
        liquidation_discount: String,
        /// What the user asked to stay further from liquidation, 18 decimals.
        extra_health: String,
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
        oracle_price: String,
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
        policy_rate: String,
    }
}

const GENERATIONS: [(&str, Generation); 6] = [
    ("m2023", Generation::M2023),
    ("l2024", Generation::L2024),
    ("v1", Generation::V1),
    ("v1mint", Generation::V1Mint),
    ("v2", Generation::V2),
    ("dfm", Generation::Dfm),
];

impl FromJs for Generation {
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        let expected = "one of \"m2023\", \"l2024\", \"v1\", \"v1mint\", \"v2\", \"dfm\"";
        word(value, expected, &GENERATIONS)
    }
}

impl ToJs for Generation {
    fn to_js(&self) -> JsValue {
        let found = GENERATIONS.iter().find(|(_, generation)| generation == self);
        found.map(|(name, _)| *name).unwrap_or_default().into()
    }
}

impl Stored for Generation {
    fn load(value: &JsValue) -> Result<Self, Refusal> {
        Self::from_js(value)
    }

    fn store(&self) -> JsValue {
        self.to_js()
    }
}

/// The kinds of funds and their amounts.
const KINDS: [(&str, &[&str]); 3] = [
    ("balance", &["kind", "tokens", "minted", "redeemed"]),
    ("vault", &["kind", "borrow_cap", "available_balance", "admin_percentage", "admin_fees"]),
    (
        "ceiling",
        &["kind", "debt_ceiling", "global_debt_ceiling", "global_debt", "minted", "redeemed"],
    ),
];

impl Stored for Funds {
    fn load(value: &JsValue) -> Result<Self, Refusal> {
        const ALL: &[&str] = &[
            "kind",
            "tokens",
            "minted",
            "redeemed",
            "borrow_cap",
            "available_balance",
            "admin_percentage",
            "admin_fees",
            "debt_ceiling",
            "global_debt_ceiling",
            "global_debt",
        ];
        let own = Own::fields(value, &[ALL])?;
        let kind = own.get("kind").ok_or_else(|| Refusal::missing("kind"))?;
        let expected = "one of \"balance\", \"vault\", \"ceiling\"";
        let fields = word(kind, expected, &KINDS).map_err(|refusal| refusal.within("kind"))?;
        own.only(fields)?;
        let amount = |name| field(&own, name);
        Ok(if fields.contains(&"tokens") {
            Self::Balance(Balance {
                tokens: amount("tokens")?,
                minted: amount("minted")?,
                redeemed: amount("redeemed")?,
            })
        } else if fields.contains(&"borrow_cap") {
            Self::Vault(Vault {
                borrow_cap: amount("borrow_cap")?,
                available_balance: amount("available_balance")?,
                admin_percentage: amount("admin_percentage")?,
                admin_fees: amount("admin_fees")?,
            })
        } else {
            Self::Ceiling(Ceiling {
                debt_ceiling: amount("debt_ceiling")?,
                global_debt_ceiling: amount("global_debt_ceiling")?,
                global_debt: amount("global_debt")?,
                minted: amount("minted")?,
                redeemed: amount("redeemed")?,
            })
        })
    }

    fn store(&self) -> JsValue {
        let [balance, vault, ceiling] = KINDS;
        let ((kind, fields), amounts) = match self {
            Self::Balance(b) => (balance, vec![b.tokens, b.minted, b.redeemed]),
            Self::Vault(v) => {
                (vault, vec![v.borrow_cap, v.available_balance, v.admin_percentage, v.admin_fees])
            }
            Self::Ceiling(c) => (
                ceiling,
                vec![c.debt_ceiling, c.global_debt_ceiling, c.global_debt, c.minted, c.redeemed],
            ),
        };
        let mut answer = Answer::new(fields);
        answer.put(&kind.into());
        for amount in amounts {
            answer.put(&amount.store());
        }
        answer.frozen()
    }
}

/// A market in its working form.
#[derive(Clone)]
pub(super) struct Held(pub(super) Rc<Controller>);

/// States whose working form is remembered.
const REMEMBERED: usize = 8;

thread_local! {
    static RECENT: RefCell<Vec<(JsValue, Held)>> = const { RefCell::new(Vec::new()) };
}

impl Held {
    pub(super) fn new(market: Controller) -> Self {
        Self(Rc::new(market))
    }

    /// A copy to be changed.
    pub(super) fn changeable(&self) -> Controller {
        (*self.0).clone()
    }
}

impl FromJs for Held {
    fn from_js(value: &JsValue) -> Result<Self, Refusal> {
        let known = RECENT.with_borrow(|recent| {
            recent.iter().find(|(state, _)| state == value).map(|(_, held)| held.clone())
        });
        if let Some(held) = known {
            return Ok(held);
        }
        Ok(Self::new(Snapshot::load(value)?.open()?))
    }
}

impl ToJs for Held {
    fn to_js(&self) -> JsValue {
        let state = self.0.snapshot().store();
        RECENT.with_borrow_mut(|recent| {
            recent.insert(0, (state.clone(), self.clone()));
            recent.truncate(REMEMBERED);
        });
        state
    }
}
