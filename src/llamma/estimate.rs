//! The explainer's formulas in doubles, and a better closed form: quick to compute by hand,
//! and how far off they are. The exact answers are those of `loan`.
//!
//! Doubles throughout: fractions and prices as they are, not in 18 decimals.

/// The largest LTV by the explainer: 1 − loan_discount − N/(2A).
///
/// Good to 1 % for N up to 10 and A from 70; not meant for N close to A.
///
/// ```
/// assert_eq!(llamath::llamma::ltv_estimate(100, 4, 0.09), 0.89);
/// assert_eq!(llamath::llamma::ltv_estimate(100, 50, 0.09), 0.66);
/// ```
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
#[must_use]
pub fn ltv_estimate(A: u32, bands: u32, loan_discount: f64) -> f64 {
    1.0 - loan_discount - f64::from(bands) / (2.0 * f64::from(A))
}

/// The upper price of the liquidation range by the explainer: debt / (collateral · LTV), in
/// whole tokens; none where the estimate of the LTV is not above 0.
#[must_use]
pub fn range_start_estimate(debt: f64, collateral: f64, ltv_estimate: f64) -> Option<f64> {
    let start = debt / (collateral * ltv_estimate);
    (ltv_estimate > 0.0 && start.is_finite()).then_some(start)
}

/// The largest LTV in closed form.
///
/// With r = (A − 1)/A: (1 − loan_discount)·√r·(A/N)·(1 − rᴺ)·(1 − 10⁻⁴)·p_base/p, where p_base
/// is the upper edge of the first band that a loan may use, from r·p up to p.
///
/// Exact but for the roundings of the contract and the dead shares of dust.
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
#[must_use]
pub fn ltv_closed_form(A: u32, bands: u32, loan_discount: f64, p_base_to_p: f64) -> f64 {
    let (a, n) = (f64::from(A), f64::from(bands));
    let ratio = (a - 1.0) / a;
    (1.0 - loan_discount)
        * ratio.sqrt()
        * (a / n)
        * (1.0 - libm::pow(ratio, n))
        * (1.0 - 1e-4)
        * p_base_to_p
}
