//! The average of a calculator's rate, as a policy keeps it.

use super::hyperbolic::bounded_target;
use crate::error::Result;
use crate::fixed::{U256, exp_truncating};
use crate::lending::ema_price::{averaged, elapsed};

/// The time constant of the average, seconds.
const PERIOD_SECS: u64 = 40_000;

/// An exponentially averaged rate, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AverageRate {
    /// The calculator's rate at the last write, per second, 18 decimals.
    pub prev_rate: U256,
    /// The average at the last write, per second, 18 decimals.
    pub prev_ma_rate: U256,
    /// When that was, seconds since 1970.
    pub last_time_secs: u64,
}

impl AverageRate {
    /// The average at `now`.
    ///
    /// w = e^(−seconds/40 000); prev_rate·(1 − w) + prev_ma_rate·w, from 317 097 920 to
    /// 47 564 687 975 (1 % to 150 % a year)
    ///
    /// Per second, 18 decimals; `now` in seconds since 1970.
    ///
    /// # Errors
    /// `Arithmetic` where the contract would revert: a time before the last write, a product
    /// of 2^256 or more.
    ///
    /// ```
    /// use llamath::{U256, lending::AverageRate};
    /// let average = AverageRate {
    ///     prev_rate: U256::from(4_391_281_959_u64),
    ///     prev_ma_rate: U256::from(13_003_806_521_u64),
    ///     last_time_secs: 0,
    /// };
    /// assert_eq!(average.rate_at(54_357)?, U256::from(6_604_156_766_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn rate_at(&self, now: u64) -> Result<U256> {
        let elapsed = elapsed(self.last_time_secs, now);
        averaged(self.prev_ma_rate, self.prev_rate, elapsed, PERIOD_SECS, exp_truncating)
            .get(&"ma_rate")
            .map(bounded_target)
    }

    /// The rate that a write at `now` goes by.
    ///
    /// The calculator's rate counts at once. In the second of the last write it does not, and
    /// the stored average is the rate, whatever its bounds.
    ///
    /// Per second, 18 decimals; `now` in seconds since 1970.
    ///
    /// # Errors
    /// `Arithmetic` where the contract would revert, as for [`AverageRate::rate_at`].
    ///
    /// ```
    /// use llamath::{U256, lending::AverageRate};
    /// let average = AverageRate {
    ///     prev_rate: U256::from(4_391_281_959_u64),
    ///     prev_ma_rate: U256::from(13_003_806_521_u64),
    ///     last_time_secs: 0,
    /// };
    /// let rate = average.rate_written(U256::from(40_283_035_719_u64), 54_357)?;
    /// assert_eq!(rate, U256::from(33_273_996_890_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn rate_written(&self, calculator_rate: U256, now: u64) -> Result<U256> {
        match now == self.last_time_secs {
            true => Ok(self.prev_ma_rate),
            false => Self { prev_rate: calculator_rate, ..*self }.rate_at(now),
        }
    }

    /// The average after a write at `now`; the same in the second of the last one.
    ///
    /// # Errors
    /// `Arithmetic` where the contract would revert, as for [`AverageRate::rate_at`].
    ///
    /// ```
    /// use llamath::{U256, lending::AverageRate};
    /// let average = AverageRate {
    ///     prev_rate: U256::from(4_391_281_959_u64),
    ///     prev_ma_rate: U256::from(13_003_806_521_u64),
    ///     last_time_secs: 0,
    /// };
    /// let after = average.written(U256::from(40_283_035_719_u64), 54_357)?;
    /// assert_eq!(after.prev_ma_rate, U256::from(33_273_996_890_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn written(&self, calculator_rate: U256, now: u64) -> Result<Self> {
        if now == self.last_time_secs {
            return Ok(*self);
        }
        let prev_ma_rate = self.rate_written(calculator_rate, now)?;
        Ok(Self { prev_rate: calculator_rate, prev_ma_rate, last_time_secs: now })
    }
}
