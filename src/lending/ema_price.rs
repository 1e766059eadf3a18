//! An exponential moving average of a price, as an oracle contract keeps it.

use crate::error::Result;
use crate::fixed::{Int, U256, Uint, WAD, exp_truncating};

/// An exponential average that was `past` when `elapsed` seconds began, and has tended to
/// `new` with the time constant `period` since.
///
/// w = e^(−elapsed/period); past · w + new · (1 − w); refused where `elapsed` is
#[inline(never)]
pub(super) fn averaged(
    past: U256,
    new: U256,
    elapsed: Uint,
    period: u64,
    exp: fn(Int) -> Uint,
) -> Uint {
    let weight = exp(-Int::from(elapsed * WAD / u128::from(period)));
    ((Uint::from(WAD) - weight) * new + weight * past) / WAD
}

/// The seconds from one time to another; refused if it is earlier.
pub(super) fn elapsed(from: u64, to: u64) -> Uint {
    Uint::from(u128::from(to)) - u128::from(from)
}

/// A price oracle that averages exponentially, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmaPrice {
    /// The time constant of the average, seconds.
    pub ma_exp_time_secs: u64,
    /// The average at the last write, 18 decimals.
    pub last_price: U256,
    /// When that was, seconds since 1970.
    pub last_time_secs: u64,
}

impl EmaPrice {
    /// The average at `now`, while the source says `current`.
    ///
    /// w = e^(−(now − last time) / time constant); (current · (1 − w) + last price · w);
    /// the last price in the second of the last write
    ///
    /// 18 decimals; `now` in seconds since 1970.
    ///
    /// # Errors
    /// `Arithmetic` where the contract would revert: a time constant of 0, a time before the
    /// last write, a product of 2^256 or more.
    ///
    /// ```
    /// use llamath::{U256, lending::EmaPrice};
    /// let oracle = EmaPrice {
    ///     ma_exp_time_secs: 3_600,
    ///     last_price: U256::from(26_056_527_962_359_189_504_u128),
    ///     last_time_secs: 1_700_000_000,
    /// };
    /// let price = oracle.price_at(1_700_000_012, U256::from(45_554_118_770_139_529_216_u128))?;
    /// assert_eq!(price.to_string(), "26121411732024794591");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn price_at(&self, now: u64, current: U256) -> Result<U256> {
        if now == self.last_time_secs {
            return Ok(self.last_price);
        }
        let elapsed = elapsed(self.last_time_secs, now);
        averaged(self.last_price, current, elapsed, self.ma_exp_time_secs, exp_truncating)
            .get(&"price")
    }

    /// The oracle after a write at `now`.
    ///
    /// # Errors
    /// `Arithmetic` where the contract would revert, as for [`EmaPrice::price_at`].
    ///
    /// ```
    /// use llamath::{U256, lending::EmaPrice};
    /// let wad = U256::from(10_u64.pow(18));
    /// let oracle = EmaPrice { ma_exp_time_secs: 600, last_price: wad, last_time_secs: 0 };
    /// let written = oracle.written(1_000_000, wad + wad)?;
    /// assert_eq!((written.last_price, written.last_time_secs), (wad + wad, 1_000_000));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn written(&self, now: u64, current: U256) -> Result<Self> {
        Ok(Self { last_price: self.price_at(now, current)?, last_time_secs: now, ..*self })
    }
}
