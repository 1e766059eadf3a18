//! APR ⇄ APY: what reinvesting does to a simple rate.
//!
//! (1 + apr/n)^n − 1 in its naive form loses all its digits for large n, so it is
//! computed as expm1(n · log1p(apr/n)).

use libm::{expm1, log1p};

use crate::error::{Error, Result, above_minus_one, finite, positive};

/// The annual yield of `apr` reinvested `periods_per_year` times a year.
///
/// apy = (1 + apr/n)^n − 1
///
/// # Errors
/// `Invalid` on `periods_per_year` unless above 0, on `apr` unless above −1 and above
/// −n; `Arithmetic` if the yield exceeds the range of a double.
///
/// ```
/// assert_eq!(format!("{:.4}", llamath::farm::apy(0.6843, 365.0)?), "0.9811");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn apy(apr: f64, periods_per_year: f64) -> Result<f64> {
    above_minus_one("apr", apr)?;
    positive("periods_per_year", periods_per_year)?;
    let per_period = apr / periods_per_year;
    if per_period <= -1.0 {
        return Err(Error::invalid("apr", "above -periods_per_year"));
    }
    finite("apy", expm1(periods_per_year * log1p(per_period)))
}

/// The annual yield of `apr` reinvested all the time.
///
/// apy = e^apr − 1
///
/// # Errors
/// `Invalid` on `apr` unless above −1; `Arithmetic` if the yield exceeds the range of a
/// double.
///
/// ```
/// assert_eq!(format!("{:.6}", llamath::farm::apy_continuous(0.05)?), "0.051271");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn apy_continuous(apr: f64) -> Result<f64> {
    above_minus_one("apr", apr)?;
    finite("apy", expm1(apr))
}

/// The simple rate that yields `apy` when reinvested `periods_per_year` times a year.
///
/// apr = n · ((1 + apy)^(1/n) − 1)
///
/// # Errors
/// `Invalid` on `periods_per_year` unless above 0, on `apy` unless above −1;
/// `Arithmetic` if the rate exceeds the range of a double.
///
/// ```
/// let apr = llamath::farm::apr_from_apy(0.08, 365.0)?;
/// assert_eq!(format!("{apr:.4}"), "0.0770");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn apr_from_apy(apy: f64, periods_per_year: f64) -> Result<f64> {
    above_minus_one("apy", apy)?;
    positive("periods_per_year", periods_per_year)?;
    finite("apr", periods_per_year * expm1(log1p(apy) / periods_per_year))
}

/// The simple rate that yields `apy` when reinvested all the time.
///
/// apr = ln(1 + apy)
///
/// # Errors
/// `Invalid` on `apy` unless above −1.
///
/// ```
/// let apr = llamath::farm::apr_from_apy_continuous(0.05)?;
/// assert_eq!(format!("{apr:.6}"), "0.048790");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn apr_from_apy_continuous(apy: f64) -> Result<f64> {
    finite("apr", log1p(above_minus_one("apy", apy)?))
}
