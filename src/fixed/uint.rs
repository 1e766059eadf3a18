//! Unsigned arithmetic that refuses.

use core::ops::{Add, Div, Mul, Sub};

use ruint::aliases::{U256, U512};

use crate::error::{Error, Result};

/// A 256-bit unsigned integer, or the mark that an operation was refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Uint(Option<U256>);

impl Uint {
    pub(crate) const REFUSED: Self = Self(None);
    pub(crate) const ZERO: Self = Self(Some(U256::ZERO));

    /// The value; refused if any operation on the way was.
    pub(crate) fn get(self, result: &'static str) -> Result<U256> {
        self.0.ok_or(Error::Arithmetic { result })
    }

    /// The value, or `None` if any operation on the way was refused.
    pub(crate) fn value(self) -> Option<U256> {
        self.0
    }

    /// The smaller of two.
    pub(crate) fn min(self, other: impl Into<Self>) -> Self {
        self.combine(other.into(), |a, b| Some(a.min(b)))
    }

    /// The larger of two.
    pub(crate) fn max(self, other: impl Into<Self>) -> Self {
        self.combine(other.into(), |a, b| Some(a.max(b)))
    }

    /// self − other, or 0 where that is negative.
    pub(crate) fn minus_or_zero(self, other: impl Into<Self>) -> Self {
        self.combine(other.into(), |a, b| Some(a.saturating_sub(b)))
    }

    /// ⌈self / other⌉
    pub(crate) fn div_up(self, other: impl Into<Self>) -> Self {
        self.combine(other.into(), |a, b| {
            let quotient = checked_div(a, b)?;
            let exact = checked_mul(quotient, b)? == a;
            if exact { Some(quotient) } else { quotient.checked_add(U256::ONE) }
        })
    }

    /// ⌊√self⌋
    pub(crate) fn sqrt(self) -> Self {
        Self(self.0.map(isqrt))
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

/// ⌊number / divisor⌋
fn checked_div(number: U256, divisor: U256) -> Option<U256> {
    number.checked_div(divisor)
}

/// ⌊√number⌋
fn isqrt(number: U256) -> U256 {
    number.root(2)
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
