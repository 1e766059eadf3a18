//! Borrow and lend rates of Curve's lending markets.

use libm::{expm1, log1p};

use super::{WAD, YEAR_SECS};
use crate::decimal::to_f64;
use crate::error::{Error, Result, finite};
use crate::fixed::{U256, Uint};

/// What borrowers pay a year, scaled by 10^18.
///
/// apr = rate · 31 536 000
///
/// # Errors
/// `Arithmetic` if it leaves 256 bits.
///
/// ```
/// use llamath::{fixed::U256, lending::borrow_apr};
/// assert_eq!(borrow_apr(U256::from(317_097_919_u64))?, U256::from(9_999_999_973_584_000_u64));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn borrow_apr(rate: U256) -> Result<U256> {
    (Uint::from(rate) * YEAR_SECS).get(&"borrow_apr")
}

/// What borrowers pay a year, compounded all the time, as a fraction.
///
/// apy = e^(rate · 31 536 000 / 10^18) − 1
///
/// # Errors
/// `Arithmetic` beyond the range of a double.
///
/// ```
/// use llamath::{fixed::U256, lending::borrow_apy};
/// let apy = borrow_apy(U256::from(3_593_629_043_u64))?;
/// assert_eq!(format!("{apy:.6}"), "0.120000");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn borrow_apy(rate: U256) -> Result<f64> {
    finite(&"borrow_apy", expm1(to_f64(borrow_apr(rate)?, 18)?))
}

/// What borrowers pay a year, compounded every second, as a fraction.
///
/// apy = (1 + rate / 10^18)^31 536 000 − 1
///
/// # Errors
/// `Arithmetic` beyond the range of a double.
///
/// ```
/// use llamath::{fixed::U256, lending::borrow_apy_per_second};
/// let apy = borrow_apy_per_second(U256::from(3_593_629_043_u64))?;
/// assert_eq!(format!("{apy:.6}"), "0.120000");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn borrow_apy_per_second(rate: U256) -> Result<f64> {
    finite(&"borrow_apy", expm1(31_536_000.0 * log1p(to_f64(rate, 18)?)))
}

/// What lenders earn a year, scaled by 10^18.
///
/// apr = ⌊rate · 31 536 000 · debt / total_assets⌋, 0 without debt;
/// with an admin fee (LlamaLend v2, scaled by 10^18) then ⌊apr · (10^18 − fee) / 10^18⌋.
///
/// # Errors
/// `Invalid` on `total_assets` if it is 0 while there is debt, on `admin_fee` above 10^18;
/// `Arithmetic` where the contract would revert: a product of 2^256 or more.
///
/// ```
/// use llamath::{fixed::U256, lending::lend_apr};
/// let [rate, debt, assets] = [3_593_629_043_u64, 600, 1_000].map(U256::from);
/// assert_eq!(lend_apr(rate, debt, assets, None)?, U256::from(67_997_211_300_028_800_u64));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn lend_apr(
    rate: U256,
    debt: U256,
    total_assets: U256,
    admin_fee: Option<U256>,
) -> Result<U256> {
    let gross = match (debt.is_zero(), total_assets.is_zero()) {
        (true, _) => Uint::from(0),
        (false, true) => return Err(Error::invalid(&"total_assets", &"above 0")),
        (false, false) => Uint::from(rate) * YEAR_SECS * debt / total_assets,
    };
    let net = match admin_fee {
        Some(fee) if fee > U256::from(WAD) => {
            return Err(Error::invalid(&"admin_fee", &"at most 10^18"));
        }
        Some(fee) => gross * (Uint::from(WAD) - fee) / WAD,
        None => gross,
    };
    net.get(&"lend_apr")
}

/// What lenders earn a year if all is compounded all the time, as a fraction.
///
/// apy = (e^(borrow APR) − 1) · debt / total_assets; no admin fee
///
/// # Errors
/// `Invalid` on `total_assets` if it is 0; `Arithmetic` beyond the range of a double.
///
/// ```
/// use llamath::{fixed::U256, lending::lend_apy};
/// let apy = lend_apy(U256::from(3_593_629_043_u64), U256::from(600_u64), U256::from(1_000_u64))?;
/// assert_eq!(format!("{apy:.6}"), "0.072000");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn lend_apy(rate: U256, debt: U256, total_assets: U256) -> Result<f64> {
    if total_assets.is_zero() {
        return Err(Error::invalid(&"total_assets", &"above 0"));
    }
    let utilisation = to_f64(debt, 18)? / to_f64(total_assets, 18)?;
    finite(&"lend_apy", borrow_apy(rate)? * utilisation)
}
