//! The limiter between the price oracle and the AMM, and the fee that a jump costs.
//!
//! Within two minutes of a trade the AMM follows the oracle by a factor of at most 1.25,
//! and asks a fee that makes the jump useless to whoever knew of it.

use super::band::current_edge;
use super::market::Constants;
use crate::error::Result;
use crate::fixed::{Operand, U256, Uint, WAD};

/// Seconds over which the memory of the last trade's price fades.
const DELAY_SECS: u64 = 120;
/// Largest factor between two prices of one moment.
const MAX_CHANGE: u128 = 1_250_000_000_000_000_000;
/// 1 / 1.25
const MIN_RATIO: u128 = 800_000_000_000_000_000;

/// The oracle price at the last trade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limiter {
    /// The limited price then.
    pub old_p_o: U256,
    /// The fee that came of it.
    pub old_dfee: U256,
    /// When that was, seconds.
    pub prev_p_o_time: u64,
}

/// A limited oracle price and the fee that its jump asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitedPrice {
    /// The price that the AMM uses.
    pub price: U256,
    /// The least fee of a trade at it.
    pub fee: U256,
}

impl Limiter {
    /// What the AMM makes of the oracle's `price` at the time `now`.
    ///
    /// With r = the smaller of new/old and old/new, at least 0.8:
    /// fee = (1 + old_dfee − r³)·(120 − age)/120
    pub(super) fn limit(&self, c: &Constants, price: U256, now: u64) -> Result<LimitedPrice> {
        let (price, ratio) = self.jump(price, now)?;
        Ok(LimitedPrice { price, fee: self.fee(c, ratio, now)? })
    }

    /// The price alone.
    pub(super) fn limit_price(&self, c: &Constants, price: U256, now: u64) -> Result<U256> {
        let (price, ratio) = self.jump(price, now)?;
        // Its fee is worked out where it can refuse: of a memory that no trade has left.
        if self.old_dfee > WAD {
            self.fee(c, ratio, now)?;
        }
        Ok(price)
    }

    /// Seconds until the last trade's price is forgotten.
    fn secs_left(&self, now: u64) -> u64 {
        DELAY_SECS.saturating_sub(now.saturating_sub(self.prev_p_o_time))
    }

    /// The limited price, and the ratio of its jump, 18 decimals.
    fn jump(&self, price: U256, now: u64) -> Result<(U256, U256)> {
        if self.secs_left(now) == 0 {
            return Ok((price, WAD));
        }
        let old = self.old_p_o;
        let rises = price > old;
        let ratio = match rises {
            true => Uint::from(old) * WAD / price,
            false => Uint::from(price) * WAD / old,
        };
        let mut ratio = ratio.get(&"price_oracle")?;
        let mut limited = price;
        if ratio < U256::from(MIN_RATIO) {
            limited = match rises {
                true => Uint::from(old) * MAX_CHANGE / WAD,
                false => Uint::from(old) * WAD / MAX_CHANGE,
            }
            .get(&"price_oracle")?;
            ratio = U256::from(MIN_RATIO);
        }
        Ok((limited, ratio))
    }

    fn fee(&self, c: &Constants, ratio: U256, now: u64) -> Result<U256> {
        let rest = self.secs_left(now);
        if rest == 0 {
            return Ok(U256::ZERO);
        }
        let cube = Uint::from(ratio) * ratio * ratio / WAD / WAD;
        let fee = Uint::from(WAD) + self.old_dfee - cube;
        let fee = fee * U256::from(rest) / U256::from(DELAY_SECS);
        let fee = match c.rules.limiter_fee_capped {
            true => fee.min(Uint::from(WAD) - U256::ONE),
            false => fee,
        };
        fee.get(&"fee")
    }
}

/// The fee that a band asks for by its distance from the oracle price: a quarter of it.
pub(super) fn band_fee(c: &Constants, p: &U256, up: &U256) -> Uint {
    const QUARTER: U256 = U256::from_limbs([250_000_000_000_000_000, 0, 0, 0]);
    let down = current_edge(p, up);
    let upper = c.higher(&c.higher(&down));
    match (down.known(), upper.known()) {
        (Some(edge), _) if p < edge => (down - *p).mul_div(&QUARTER, edge),
        (_, Some(edge)) if p > edge => (Uint::from(*p) - upper).mul_div(&QUARTER, p),
        (Some(_), Some(_)) => Uint::ZERO,
        _ => Uint::REFUSED,
    }
}
