//! The larger and the smaller of two numbers that are none of them NaN.
//!
//! `f64::max` has to skip NaN: in WebAssembly that is a call, this is two instructions.

/// The larger one; the second where the first is NaN.
#[inline(always)]
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller one; the second where the first is NaN.
#[inline(always)]
pub(super) fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}
