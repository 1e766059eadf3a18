//! What a deposit returns after fees, over any time, and the deposit for a target.

use libm::expm1;

use super::compounding::log_growth;
use crate::error::{Error, Name, Result, finite, fraction, non_negative, positive, representable};

/// Where a performance fee is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PerformanceFeeOn {
    /// From the reward each time that it is reinvested: the rate becomes apr · (1 − fee).
    EachCompounding,
    /// From the whole yield, once, at the end.
    FinalYield,
}

/// A deposit, without its amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deposit {
    /// Simple annual rate, a fraction of at least 0.
    pub apr: f64,
    /// Reinvestments a year; 0 if the reward is never reinvested.
    pub periods_per_year: f64,
    /// Seconds of the year that `apr` is per.
    pub year_secs: f64,
    /// Fraction of the principal taken once, at the start.
    pub deposit_fee: f64,
    /// Fraction of the reward taken, where `performance_fee_on` says.
    pub performance_fee: f64,
    /// Where the performance fee is taken; needed unless the fee is 0.
    pub performance_fee_on: Option<PerformanceFeeOn>,
}

/// What a deposit is worth after some days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReturnRow {
    /// Days since the deposit.
    pub days: f64,
    /// Gain as a fraction of the principal.
    pub yield_: f64,
    /// Gain in USD; negative while the deposit fee is not yet earned back.
    pub gain_usd: f64,
    /// Value in USD.
    pub value_usd: f64,
}

/// The gain on a deposit, as a fraction of the principal, after all fees.
///
/// growth = (1 + apr/n)^(n·t) − 1, t = days · 86400 / year_secs, or apr · t if n = 0;
/// yield = (1 − deposit_fee) · (1 + growth after the performance fee) − 1.
///
/// # Errors
/// `Invalid` on the field outside its range, on `performance_fee_on` if there is a
/// performance fee and it is not said where; `Arithmetic` if the result exceeds the
/// range of a double.
///
/// ```
/// use llamath::farm::{Deposit, PerformanceFeeOn, YEAR_SECS, yield_after_fees};
/// let deposit = Deposit {
///     apr: 0.6843,
///     periods_per_year: 365.0,
///     year_secs: YEAR_SECS,
///     deposit_fee: 0.0,
///     performance_fee: 0.02,
///     performance_fee_on: Some(PerformanceFeeOn::FinalYield),
/// };
/// assert_eq!(format!("{:.4}", yield_after_fees(&deposit, 365.0)?), "0.9615");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn yield_after_fees(deposit: &Deposit, days: f64) -> Result<f64> {
    let apr = non_negative(&"apr", deposit.apr)?;
    let n = non_negative(&"periods_per_year", deposit.periods_per_year)?;
    let days = non_negative(&"days", days)?;
    let year_secs = positive(&"year_secs", deposit.year_secs)?;
    let deposit_fee = fraction(&"deposit_fee", deposit.deposit_fee)?;
    let fee = fraction(&"performance_fee", deposit.performance_fee)?;
    let (at_each, at_end) = match (fee > 0.0, deposit.performance_fee_on) {
        (false, _) => (0.0, 0.0),
        (true, Some(PerformanceFeeOn::EachCompounding)) => (fee, 0.0),
        (true, Some(PerformanceFeeOn::FinalYield)) => (0.0, fee),
        (true, None) => {
            let expected: Name =
                &"given with a performance_fee: on each compounding or on the final yield";
            return Err(Error::invalid(&"performance_fee_on", expected));
        }
    };
    let years = days * 86_400.0 / year_secs;
    let rate = apr * (1.0 - at_each);
    let growth = if n > 0.0 { expm1(log_growth(rate, n, years)) } else { rate * years };
    let growth = representable(&"yield", growth, rate == 0.0 || days == 0.0)?;
    let grown = growth * (1.0 - at_end);
    // (1 − d)(1 + g) − 1, without the cancellation of its naive form.
    finite(&"yield", grown - deposit_fee * (1.0 + grown))
}

/// What `principal_usd` is worth after each number of `days`.
///
/// # Errors
/// As [`yield_after_fees`]; `Invalid` on `principal_usd` unless above 0; errors on
/// `days` bear the index.
///
/// ```
/// use llamath::farm::{Deposit, YEAR_SECS, returns};
/// let deposit = Deposit {
///     apr: 0.2,
///     periods_per_year: 365.0,
///     year_secs: YEAR_SECS,
///     deposit_fee: 0.0,
///     performance_fee: 0.0,
///     performance_fee_on: None,
/// };
/// let rows = returns(&deposit, 1_000.0, &[30.0, 365.0])?;
/// assert_eq!(format!("{:.2}", rows[1].value_usd), "1221.34");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn returns(deposit: &Deposit, principal_usd: f64, days: &[f64]) -> Result<Vec<ReturnRow>> {
    positive(&"principal_usd", principal_usd)?;
    let mut rows = Vec::new();
    for (index, &days) in days.iter().enumerate() {
        non_negative(&"days", days).map_err(|error| error.at(index))?;
        let yield_ = yield_after_fees(deposit, days)?;
        let gain_usd = representable(&"gain_usd", principal_usd * yield_, yield_ == 0.0)?;
        let value_usd = finite(&"value_usd", principal_usd + gain_usd)?;
        rows.push(ReturnRow { days, yield_, gain_usd, value_usd });
    }
    Ok(rows)
}

/// The principal that gains `target_gain_usd` in `days`.
///
/// principal = target / yield
///
/// # Errors
/// As [`yield_after_fees`]; `Invalid` on `target_gain_usd` unless above 0, on `days` if
/// nothing is gained by then.
///
/// ```
/// use llamath::farm::{Deposit, YEAR_SECS, principal_for};
/// let deposit = Deposit {
///     apr: 0.2,
///     periods_per_year: 0.0,
///     year_secs: YEAR_SECS,
///     deposit_fee: 0.0,
///     performance_fee: 0.0,
///     performance_fee_on: None,
/// };
/// assert_eq!(principal_for(&deposit, 365.0, 200.0)?, 1_000.0);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn principal_for(deposit: &Deposit, days: f64, target_gain_usd: f64) -> Result<f64> {
    positive(&"target_gain_usd", target_gain_usd)?;
    let gain = yield_after_fees(deposit, days)?;
    if gain <= 0.0 {
        return Err(Error::invalid(&"days", &"long enough for a gain after all fees"));
    }
    representable(&"principal_usd", target_gain_usd / gain, false)
}
