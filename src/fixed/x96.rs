//! Signed numbers in units of 2⁻⁹⁶, in which the rational approximations of e^x and ln x
//! are evaluated.
//!
//! Every number that they meet on the way is below 2¹²⁷, whatever their argument; products
//! are kept in full.

use core::num::Wrapping;

use super::U256;

use super::limbs::full_product;

/// A number in units of 2⁻⁹⁶. Its operators never wrap on the numbers met here.
pub(super) type X96 = Wrapping<i128>;

/// Bits behind the binary point.
pub(super) const BITS: usize = 96;

/// Which way a product loses the bits that do not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    Zero,
    Down,
}

/// The number of this sign and magnitude.
pub(super) fn signed(negative: bool, magnitude: U256) -> X96 {
    let magnitude = Wrapping(i128::try_from(magnitude).unwrap_or_default());
    if negative { -magnitude } else { magnitude }
}

/// ⌊number / divisor⌋ for a divisor that is never 0.
pub(super) fn divided(number: U256, divisor: u128) -> U256 {
    number.over(&U256::from(divisor)).value().unwrap_or_default()
}

/// a · b in units of 2⁻¹⁹²: whether it is negative, and its magnitude.
#[inline(never)]
pub(super) fn product(a: X96, b: X96) -> (bool, U256) {
    let magnitude = full_product(a.0.unsigned_abs(), b.0.unsigned_abs());
    (a.0.is_negative() != b.0.is_negative(), magnitude)
}

/// a · b
#[inline(never)]
pub(super) fn times(a: X96, b: X96, rounding: Rounding) -> X96 {
    let (negative, magnitude) = product(a, b);
    let [r0, r1, r2, r3] = *magnitude.as_limbs();
    let exact = r0 == 0 && r1 << 32 == 0;
    let away = u128::from(negative && rounding == Rounding::Down && !exact);
    let kept = u128::from(r3) << 96 | u128::from(r2) << 32 | u128::from(r1 >> 32);
    let kept = Wrapping(kept.wrapping_add(away).cast_signed());
    if negative { -kept } else { kept }
}

/// ((first·x + c₁)·x + c₂)·x + …, each product rounded.
pub(super) fn horner(first: X96, coefficients: &[i128], x: X96, rounding: Rounding) -> X96 {
    coefficients.iter().fold(first, |sum, &next| times(sum, x, rounding) + Wrapping(next))
}
