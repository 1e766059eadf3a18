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
    above_minus_one(&"apr", apr)?;
    positive(&"periods_per_year", periods_per_year)?;
    if apr <= -periods_per_year {
        return Err(Error::invalid(&"apr", &"above -periods_per_year"));
    }
    finite(&"apy", expm1(log_growth(apr, periods_per_year, 1.0)))
}

/// ln((1 + apr/n)^(n·years))
pub(super) fn log_growth(apr: f64, periods_per_year: f64, years: f64) -> f64 {
    let per_period = apr / periods_per_year;
    // Below the precision of a double ln(1 + x) is x, and apr/n may be too small to be one.
    match per_period.abs() < f64::EPSILON / 2.0 {
        true => apr * years,
        false => periods_per_year * years * log1p(per_period),
    }
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
    above_minus_one(&"apr", apr)?;
    finite(&"apy", expm1(apr))
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
    above_minus_one(&"apy", apy)?;
    positive(&"periods_per_year", periods_per_year)?;
    let log = log1p(apy);
    // Below the precision of a double e^x − 1 is x, and log/n may be too small to be one.
    let apr = match (log / periods_per_year).abs() < f64::EPSILON / 2.0 {
        true => log,
        false => periods_per_year * expm1(log / periods_per_year),
    };
    finite(&"apr", apr)
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
    finite(&"apr", log1p(above_minus_one(&"apy", apy)?))
}
