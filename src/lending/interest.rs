//! Interest of a market: linear between two saved rates, compounded at each.

use crate::error::Result;
use crate::fixed::{U256, Uint, WAD};

/// The largest rate that a market takes from its monetary policy, per second.
const MAX_RATE: u128 = 43_959_106_799;

/// The interest of a market since its start, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interest {
    /// Rate in force, per second, 18 decimals.
    pub rate: U256,
    /// When it was saved, seconds since 1970.
    pub rate_time_secs: u64,
    /// 1 plus all interest up to then, 18 decimals.
    pub rate_mul: U256,
}

impl Interest {
    /// 1 plus all interest up to `now`.
    ///
    /// rate_mul · (1 + rate · seconds)
    pub fn rate_mul_at(&self, now: u64) -> Result<U256> {
        let secs = U256::from(now.saturating_sub(self.rate_time_secs));
        (Uint::from(self.rate_mul) * (Uint::from(self.rate) * secs + WAD) / WAD).get("rate_mul")
    }

    /// The interest after a new rate is saved at `now`.
    pub fn saved(&self, policy_rate: U256, now: u64) -> Result<Self> {
        let rate = policy_rate.min(U256::from(MAX_RATE));
        Ok(Self { rate, rate_time_secs: now, rate_mul: self.rate_mul_at(now)? })
    }
}
