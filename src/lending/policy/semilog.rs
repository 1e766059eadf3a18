//! The rate grows exponentially with utilization: from a least to a largest rate.

use super::Reserves;
use crate::error::{Result, Revert};
use crate::fixed::{Int, U256, Uint, exp_truncating, ln_bisecting};

/// 0.1 % a year, per second.
const LEAST_RATE: u128 = 31_709_791;
/// 1000 % a year, per second.
const LARGEST_RATE: u128 = 317_097_919_837;

/// A semilogarithmic policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Semilog {
    /// The rate while nothing is lent.
    min_rate: U256,
    /// Minus the logarithm of that rate, 18 decimals.
    log_min_rate: U256,
    /// Minus the logarithm of the rate when all is lent, 18 decimals.
    log_max_rate: U256,
}

impl Semilog {
    /// The policy between two rates.
    ///
    /// # Errors
    /// `Revert(WrongRates)` unless 31 709 791 ≤ min_rate ≤ max_rate ≤ 317 097 919 837, which
    /// is 0.1 % to 1000 % a year.
    ///
    /// ```
    /// use llamath::{U256, lending::Semilog};
    /// let policy = Semilog::new(U256::from(721_194_610_u64), U256::from(15_854_895_991_u64))?;
    /// let [least, largest] = policy.logs();
    /// assert_eq!(least.to_string(), "21050112098282334461");
    /// assert_eq!(largest.to_string(), "17959787488990232781");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn new(min_rate: U256, max_rate: U256) -> Result<Self> {
        let ordered = min_rate <= max_rate;
        if !ordered || min_rate < U256::from(LEAST_RATE) || max_rate > U256::from(LARGEST_RATE) {
            return Err(Revert::WrongRates.into());
        }
        let [log_min_rate, log_max_rate] = [min_rate, max_rate].map(fall);
        Ok(Self { min_rate, log_min_rate, log_max_rate })
    }

    /// Minus the logarithms of both rates, 18 decimals.
    #[must_use]
    pub const fn logs(&self) -> [U256; 2] {
        [self.log_min_rate, self.log_max_rate]
    }

    /// The rate of a market.
    ///
    /// e^(debt/reserves · (ln max − ln min) + ln min): min · (max/min)^utilization;
    /// min without debt
    ///
    /// # Errors
    /// `Revert(NegativeDebt)`, `Revert(ReservesTooSmall)` if all cannot be lent that is to be;
    /// `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// use llamath::lending::{Reserves, Semilog};
    /// use llamath::{I256, U256};
    /// let policy = Semilog::new(U256::from(721_194_610_u64), U256::from(15_854_895_991_u64))?;
    /// let reserves = Reserves {
    ///     debt: U256::from(61_246_868_163_306_730_387_668_992_u128),
    ///     balance: U256::from(6_805_207_573_700_749_729_726_464_u128),
    ///     admin_fees: U256::ZERO,
    ///     d_reserves: I256::ZERO,
    ///     d_debt: I256::ZERO,
    /// };
    /// assert_eq!(policy.rate(&reserves)?, U256::from(11_639_981_896_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn rate(&self, reserves: &Reserves) -> Result<U256> {
        let range = self.log_min_rate.saturating_sub(self.log_max_rate);
        match reserves.lent(range)? {
            None => Ok(self.min_rate),
            Some(rise) => {
                exp_truncating(-Int::from(Uint::from(self.log_min_rate) - rise)).get(&"rate")
            }
        }
    }
}

/// −ln of a rate, which is below 1.
fn fall(rate: U256) -> U256 {
    ln_bisecting(Uint::from(rate)).value().map_or(U256::ZERO, |log| log.magnitude())
}
