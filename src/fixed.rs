//! 256-bit integers that refuse where the EVM reverts.
//!
//! [`U256`] stands in signatures. Inside one expression, [`Uint`] carries either a
//! value or "refused", so a formula reads line by line like its specification; its
//! operators refuse on overflow, underflow and division by zero, and
//! [`Uint::get`] ends the expression. Division rounds down.

use core::ops::{Add, Div, Mul, Sub};

pub use ruint::aliases::U256;
use ruint::aliases::U512;

use crate::error::{Error, Result};

/// A 256-bit unsigned integer, or the mark that an operation was refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Uint(Option<U256>);

impl Uint {
    /// The value; refused if any operation on the way was.
    pub(crate) fn get(self, result: &'static str) -> Result<U256> {
        self.0.ok_or(Error::Arithmetic { result })
    }
}

impl From<U256> for Uint {
    fn from(value: U256) -> Self {
        Self(Some(value))
    }
}

impl From<u128> for Uint {
    fn from(value: u128) -> Self {
        Self(Some(U256::from(value)))
    }
}

macro_rules! refusing {
    ($($operator:ident $method:ident $checked:expr;)*) => {$(
        impl<T: Into<Uint>> $operator<T> for Uint {
            type Output = Self;

            fn $method(self, other: T) -> Self {
                self.combine(other.into(), $checked)
            }
        }
    )*};
}

refusing! {
    Add add U256::checked_add;
    Sub sub U256::checked_sub;
    Mul mul checked_mul;
    Div div checked_div;
}

impl Uint {
    #[inline(never)]
    fn combine(self, other: Self, operate: fn(U256, U256) -> Option<U256>) -> Self {
        match (self.0, other.0) {
            (Some(a), Some(b)) => Self(operate(a, b)),
            _ => Self(None),
        }
    }
}

/// The product of two numbers, in full.
#[inline(never)]
pub(crate) fn full_product(a: U256, b: U256) -> U512 {
    a.widening_mul(b)
}

fn checked_mul(a: U256, b: U256) -> Option<U256> {
    narrow(full_product(a, b))
}

/// The same number in 256 bits; none if it needs more.
pub(crate) fn narrow(wide: U512) -> Option<U256> {
    U256::checked_from_limbs_slice(wide.as_limbs())
}

/// ⌊number / divisor⌋, by long division in base 2: the shortest code for numbers that are
/// divided a few times a call.
fn checked_div(number: U256, divisor: U256) -> Option<U256> {
    if divisor.is_zero() {
        return None;
    }
    let (mut quotient, mut rest) = (U256::ZERO, U256::ZERO);
    for position in (0..number.bit_len()).rev() {
        quotient.set_bit(position, divide_step(&mut rest, number.bit(position), divisor));
    }
    Some(quotient)
}

/// One step of a long division: takes the next bit of the number down to `rest`, which is
/// below the divisor before and after, and gives the next bit of the quotient.
#[inline(never)]
pub(crate) fn divide_step(rest: &mut U256, bit: bool, divisor: U256) -> bool {
    let bit = U256::from(bit);
    // 2·rest + bit against the divisor, without leaving 256 bits.
    let missing = divisor.saturating_sub(*rest).saturating_sub(bit);
    let fits = *rest >= missing;
    *rest = match fits {
        true => rest.saturating_sub(missing),
        false => rest.saturating_add(*rest).saturating_add(bit),
    };
    fits
}
