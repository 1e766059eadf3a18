//! Logarithms in 18 decimals, as the contracts compute them.

use core::num::Wrapping;

use ruint::uint;

use super::x96::{BITS, Rounding, horner, product};
use super::{I256, Int, U256, Uint, WAD};

/// ln x by a rational approximation; refused for 0 and from 2^255 on.
pub(crate) fn wad_ln(x: Uint) -> Int {
    match x.value() {
        Some(x) if !x.is_zero() && x.bit_len() < 256 => rational_ln(x),
        _ => Int::REFUSED,
    }
}
