//! Monetary policies: what the rate of a market is made of.
//!
//! A rate is per second, 18 decimals. Each policy is a function of its parameters, of what
//! the market says now, and of what the policy remembers; a write gives back the new memory.

mod aggregator;
mod average;
mod candle;
mod curve;
mod hyperbolic;
mod kinked;
mod semilog;

pub use aggregator::{Aggregator, AggregatorMarket, AggregatorMemory, AggregatorVersion, PegRatio};
pub use average::AverageRate;
pub use candle::Candle;
pub use curve::{CurveKind, CurvePolicy, RateCurve};
pub use semilog::Semilog;

use crate::error::{Result, Revert};
use crate::fixed::{I256, U256, Uint, WAD};

/// What the lenders of a market own and what of it is lent: now, and with a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserves {
    /// What is owed.
    pub debt: U256,
    /// What is not lent out, in the unit of `debt`.
    pub balance: U256,
    /// The admin's part of it: 0 in the first version.
    pub admin_fees: U256,
    /// What is brought (or taken, below 0) before the rate is asked for.
    pub d_reserves: I256,
    /// What is borrowed (or repaid, below 0) before the rate is asked for.
    pub d_debt: I256,
}

impl Reserves {
    /// What of the whole is lent, after the change; none if there are no debt or no reserves.
    ///
    /// whole · (debt + d_debt)/(balance + debt − admin fees + d_reserves)
    #[inline(never)]
    fn lent(&self, whole: U256) -> Result<Option<Uint>> {
        let (repaid, borrowed) = parts(self.d_debt);
        let (taken, brought) = parts(self.d_reserves);
        let debt = (Uint::from(self.debt) + borrowed).get(&"debt")?;
        let Some(debt) = debt.checked_sub(repaid) else {
            return Err(Revert::NegativeDebt.into());
        };
        let plus = (Uint::from(self.balance) + self.debt + brought).get(&"reserves")?;
        let minus = Uint::from(self.admin_fees) + taken;
        let grows_scarcer = !taken.is_zero() || !borrowed.is_zero();
        if grows_scarcer && plus < (minus + debt).get(&"reserves")? {
            return Err(Revert::ReservesTooSmall.into());
        }
        let reserves = Uint::from(plus) - minus;
        if debt.is_zero() || reserves.value() == Some(U256::ZERO) {
            return Ok(None);
        }
        Ok(Some(Uint::from(whole) * debt / reserves))
    }

    /// The part of the reserves that is lent, at most 1.
    fn utilization(&self) -> Result<Uint> {
        Ok(self.lent(WAD)?.map_or(Uint::ZERO, |lent| lent.min(WAD)))
    }
}

/// A number as the difference of two, one of which is 0: what is taken, what is added.
fn parts(number: I256) -> (U256, U256) {
    match number.is_negative() {
        true => (number.magnitude(), U256::ZERO),
        false => (U256::ZERO, number.magnitude()),
    }
}
