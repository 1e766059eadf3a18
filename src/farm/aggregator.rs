//! What a yield aggregator displays: compounded farm rewards on top of trading fees.

use super::apy;
use crate::error::{Result, finite, fraction, non_negative};

/// The rates that an aggregator's vault combines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AggregatorInput {
    /// Simple annual rate of the farm's reward.
    pub farm_apr: f64,
    /// Times a year that the vault reinvests.
    pub periods_per_year: f64,
    /// Fraction of the reward that is reinvested; the rest is paid out, simple.
    pub compounded_share: f64,
    /// Fraction of the reward that the vault keeps, at each harvest.
    pub performance_fee: f64,
    /// Annual rate of the trading fees that accrue inside the LP token.
    pub trading_apr: f64,
    /// Any other simple rate, paid out and not reinvested.
    pub not_compounded_apr: f64,
}

/// What the vault yields in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aggregator {
    /// Yield of the reinvested reward alone.
    pub compounded_apy: f64,
    /// Yield of everything together.
    pub total_apy: f64,
}

/// The yield of an aggregator's vault.
///
/// compounded = (1 + farm_apr·share·(1 − fee)/n)^n − 1;
/// total = (1 + compounded)·(1 + trading_apr) − 1 + farm_apr·(1 − share)·(1 − fee) + not_compounded_apr
///
/// # Errors
/// `Invalid` on the field outside its range; `Arithmetic` beyond the range of a double.
///
/// ```
/// use llamath::farm::{AggregatorInput, aggregator_apy};
/// let vault = aggregator_apy(&AggregatorInput {
///     farm_apr: 0.30,
///     periods_per_year: 2190.0,
///     compounded_share: 1.0,
///     performance_fee: 0.095,
///     trading_apr: 0.05,
///     not_compounded_apr: 0.0,
/// })?;
/// assert_eq!(format!("{:.4}", vault.total_apy), "0.3775");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn aggregator_apy(input: &AggregatorInput) -> Result<Aggregator> {
    let farm_apr = non_negative(&"farm_apr", input.farm_apr)?;
    let share = fraction(&"compounded_share", input.compounded_share)?;
    let kept = 1.0 - fraction(&"performance_fee", input.performance_fee)?;
    let trading = non_negative(&"trading_apr", input.trading_apr)?;
    let other = non_negative(&"not_compounded_apr", input.not_compounded_apr)?;
    let compounded_apy = apy(farm_apr * share * kept, input.periods_per_year)?;
    let paid_out = farm_apr * (1.0 - share) * kept;
    // (1 + c)(1 + t) − 1 without the cancellation of its naive form.
    let total_apy = compounded_apy + trading * (1.0 + compounded_apy) + paid_out + other;
    Ok(Aggregator { compounded_apy, total_apy: finite(&"total_apy", total_apy)? })
}
