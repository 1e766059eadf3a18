//! Interest of a market: linear between two saved rates, compounded at each.

use super::ema_price::elapsed;
use crate::error::Result;
use crate::fixed::{U256, Uint, WAD};

/// The largest rate that a market takes from its monetary policy, per second.
pub(super) const MAX_RATE: u128 = 43_959_106_799;

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
    ///
    /// 18 decimals; `now` in seconds since 1970.
    ///
    /// # Errors
    /// `Arithmetic` if `now` is before the rate was saved, or a product leaves 256 bits.
    ///
    /// ```
    /// use llamath::lending::Interest;
    /// use llamath::{U256, fixed::WAD};
    /// let rate = U256::from(41_914_003_988_u64);
    /// let stored = Interest { rate, rate_time_secs: 1_700_000_000, rate_mul: WAD };
    /// assert_eq!(stored.rate_mul_at(1_700_000_012)?.to_string(), "1000000502968047856");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn rate_mul_at(&self, now: u64) -> Result<U256> {
        let secs = elapsed(self.rate_time_secs, now);
        (Uint::from(self.rate_mul) * (Uint::from(self.rate) * secs + WAD) / WAD).get(&"rate_mul")
    }

    /// The price of band 0's upper edge at `now`: it rises with the interest.
    ///
    /// base_price · rate_mul
    ///
    /// 18 decimals; `now` in seconds since 1970.
    ///
    /// # Errors
    /// `Arithmetic` if a product leaves 256 bits.
    ///
    /// ```
    /// use llamath::lending::Interest;
    /// use llamath::{U256, fixed::WAD};
    /// let rate = U256::from(41_914_003_988_u64);
    /// let stored = Interest { rate, rate_time_secs: 1_700_000_000, rate_mul: WAD };
    /// let price = stored.base_price_at(WAD * U256::from(3000_u64), 1_700_000_012)?;
    /// assert_eq!(price.to_string(), "3000001508904143568000");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn base_price_at(&self, base_price: U256, now: u64) -> Result<U256> {
        (Uint::from(base_price) * self.rate_mul_at(now)? / WAD).get(&"base_price")
    }

    /// The interest after a new rate is saved at `now`.
    ///
    /// rate = min(policy_rate, 43 959 106 799), about 300 % a year; rate_mul as of `now`
    ///
    /// `policy_rate` per second, 18 decimals; `now` in seconds since 1970.
    ///
    /// # Errors
    /// `Arithmetic` if a product leaves 256 bits.
    ///
    /// ```
    /// use llamath::lending::Interest;
    /// use llamath::{U256, fixed::WAD};
    /// let rate = U256::from(41_914_003_988_u64);
    /// let stored = Interest { rate, rate_time_secs: 1_700_000_000, rate_mul: WAD };
    /// let saved = stored.saved(U256::from(6_273_118_667_u64), 1_700_000_012)?;
    /// assert_eq!(saved.rate, U256::from(6_273_118_667_u64));
    /// assert_eq!(saved.rate_mul.to_string(), "1000000502968047856");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn saved(&self, policy_rate: U256, now: u64) -> Result<Self> {
        let rate = policy_rate.min(U256::from(MAX_RATE));
        Ok(Self { rate, rate_time_secs: now, rate_mul: self.rate_mul_at(now)? })
    }
}
