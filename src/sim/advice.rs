//! From a loss to the parameters of a market.

use crate::error::{Error, Result};

/// What a position in `bands` bands brings, where the price falls slowly through all of them,
/// over what its collateral is worth at their upper edge.
///
/// mean over k < N of ((A − 1)/A)^(k + ½)
///
/// # Errors
/// `Invalid` on an `A` below 2 or no bands.
///
/// ```
/// assert!((llamath::sim::band_coefficient(100, 4)? - 0.9801619).abs() < 1e-7);
/// # Ok::<(), llamath::Error>(())
/// ```
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
pub fn band_coefficient(A: u32, bands: u32) -> Result<f64> {
    if A < 2 {
        return Err(Error::invalid(&"A", &"at least 2"));
    }
    if bands == 0 {
        return Err(Error::invalid(&"bands", &"at least 1"));
    }
    let (a, n) = (f64::from(A), f64::from(bands));
    let ratio = (a - 1.0) / a;
    // The sum of the geometric series.
    Ok(ratio.sqrt() * (1.0 - libm::pow(ratio, n)) * a / n)
}

/// The discount that covers a loss in soft-liquidation and the width of the bands: the
/// simulators' `Liq_discount`.
///
/// 1 − (1 − loss)·[`band_coefficient`]
///
/// # Errors
/// `Invalid` on a `loss` that is not a number below 1, an `A` below 2, no bands.
///
/// ```
/// let discount = llamath::sim::required_discount(0.0921, 100, 4)?;
/// assert_eq!(format!("{discount:.4}"), "0.1101");
/// # Ok::<(), llamath::Error>(())
/// ```
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
pub fn required_discount(loss: f64, A: u32, bands: u32) -> Result<f64> {
    match loss.is_finite() && loss < 1.0 {
        true => Ok(1.0 - (1.0 - loss) * band_coefficient(A, bands)?),
        false => Err(Error::invalid(&"loss", &"a finite number below 1")),
    }
}

/// The discounts of a market.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discounts {
    /// How far below the value of the collateral a debt is liquidated: the loss.
    pub liquidation_discount: f64,
    /// How far below it a new debt must stay: the margin more.
    pub loan_discount: f64,
    /// What covers the loss and the width of the bands: [`required_discount`].
    pub required_discount: f64,
}

/// The discounts that a loss asks for, as Curve's markets were given them with a `margin` of
/// 0.03: liquidation_discount = loss, loan_discount = loss + margin.
///
/// # Errors
/// `Invalid` as [`required_discount`]; on a `loss` below 0, a gain, which asks for no
/// discount; on a `margin` that is not above 0 or leaves no loan possible.
///
/// ```
/// let discounts = llamath::sim::discounts(0.0625, 100, 4, 0.03)?;
/// assert_eq!(discounts.liquidation_discount, 0.0625);
/// assert_eq!(discounts.loan_discount, 0.0925);
/// # Ok::<(), llamath::Error>(())
/// ```
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
pub fn discounts(loss: f64, A: u32, bands: u32, margin: f64) -> Result<Discounts> {
    let required_discount = required_discount(loss, A, bands)?;
    let liquidation_discount = loss.max(0.0);
    let loan_discount = liquidation_discount + margin;
    match margin > 0.0 && loan_discount < 1.0 {
        true => Ok(Discounts { liquidation_discount, loan_discount, required_discount }),
        false => Err(Error::invalid(&"margin", &"above 0, and below 1 together with the loss")),
    }
}
