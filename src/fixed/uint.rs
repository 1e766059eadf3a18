//! Unsigned arithmetic that refuses.
//!
//! Operands are handed on by reference to one function for each operation: a formula then
//! compiles to little more than its calls.

use core::ops::{Add, AddAssign, Div, Mul, Sub, SubAssign};

use super::U256;

use super::{digits, limbs, root};
use crate::error::{Error, Name, Result};

/// A 256-bit unsigned integer, or the mark that an operation was refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Uint(Option<U256>);

impl Uint {
    pub(crate) const REFUSED: Self = Self(None);
    pub(crate) const ZERO: Self = Self(Some(U256::ZERO));

    /// The value; refused if any operation on the way was.
    #[inline(never)]
    pub(crate) fn get(self, result: Name) -> Result<U256> {
        self.0.ok_or_else(|| Error::arithmetic(result))
    }

    /// The same without a copy.
    pub(crate) fn get_ref(&self, result: Name) -> Result<&U256> {
        self.0.as_ref().ok_or_else(|| Error::arithmetic(result))
    }

    /// The value, or `None` if any operation on the way was refused.
    pub(crate) const fn value(self) -> Option<U256> {
        self.0
    }

    /// ⌊√self⌋
    #[inline(never)]
    pub(crate) fn sqrt(self) -> Self {
        Self(self.0.map(root::isqrt))
    }
}

impl From<U256> for Uint {
    #[inline(never)]
    fn from(value: U256) -> Self {
        Self(Some(value))
    }
}

impl From<u128> for Uint {
    fn from(value: u128) -> Self {
        Self(Some(U256::from(value)))
    }
}

/// What an operation takes: a value, or the result of another operation.
pub(crate) trait Operand {
    /// The value, unless it was refused.
    fn known(&self) -> Option<&U256>;

    /// The same as a result.
    #[inline(always)]
    fn to_uint(&self) -> Uint {
        Uint(self.known().copied())
    }

    /// self · factor / divisor in one step, of which the bands' formulas mostly consist.
    #[inline(always)]
    fn mul_div(&self, factor: &impl Operand, divisor: &impl Operand) -> Uint {
        match (self.known(), factor.known(), divisor.known()) {
            (Some(one), Some(factor), Some(divisor)) => mul_div(one, factor, divisor),
            _ => Uint::REFUSED,
        }
    }
}

#[inline(never)]
fn mul_div(one: &U256, factor: &U256, divisor: &U256) -> Uint {
    match limbs::short_product_over(one, factor, divisor) {
        Some(short) => Uint(Some(short)),
        None => long::mul_div(one, factor, divisor),
    }
}

/// What a formula does with values; a result may be refused.
impl U256 {
    /// self + other
    #[inline(never)]
    pub(crate) fn plus(&self, other: &Self) -> Uint {
        Uint(limbs::sum(self, other))
    }

    /// self · other
    #[inline(never)]
    pub(crate) fn times(&self, other: &Self) -> Uint {
        match limbs::short_product(self, other) {
            Some(short) => Uint(Some(short)),
            None => long::product(self, other),
        }
    }

    /// ⌊self / other⌋
    #[inline(never)]
    pub(crate) fn over(&self, other: &Self) -> Uint {
        match limbs::short_quotient(self, other) {
            Some(short) => Uint(Some(short)),
            None => long::quotient(self, other),
        }
    }
}

/// The operations on numbers of any length. Each is called where its result is wanted: copying
/// a result that has just been written would take as long as the operation.
mod long {
    use super::{U256, Uint, digits, limbs};

    #[inline(never)]
    pub(super) fn product(a: &U256, b: &U256) -> Uint {
        Uint(limbs::product(a, b))
    }

    #[inline(never)]
    pub(super) fn quotient(a: &U256, b: &U256) -> Uint {
        Uint(digits::quotient(a, b))
    }

    #[inline(never)]
    pub(super) fn mul_div(one: &U256, factor: &U256, divisor: &U256) -> Uint {
        Uint::from(*one) * factor / divisor
    }
}

impl Operand for U256 {
    #[inline(always)]
    fn known(&self) -> Option<&U256> {
        Some(self)
    }
}

impl Operand for Uint {
    #[inline(always)]
    fn known(&self) -> Option<&U256> {
        self.0.as_ref()
    }
}

impl<T: Operand> AddAssign<&T> for Uint {
    #[inline(always)]
    fn add_assign(&mut self, other: &T) {
        add(self, other.known());
    }
}

#[inline(never)]
fn add(sum: &mut Uint, other: Option<&U256>) {
    sum.0 = match (&sum.0, other) {
        (Some(sum), Some(other)) => limbs::sum(sum, other),
        _ => None,
    };
}

impl<T: Operand> SubAssign<&T> for Uint {
    #[inline(always)]
    fn sub_assign(&mut self, other: &T) {
        subtract(self, other.known());
    }
}

#[inline(never)]
fn subtract(difference: &mut Uint, other: Option<&U256>) {
    difference.0 = match (&difference.0, other) {
        (Some(difference), Some(other)) => difference.checked_sub(*other),
        _ => None,
    };
}

/// Declares operations: the function that does one, its method for each kind of operand.
macro_rules! operations {
    ($( $(#[$doc:meta])* $name:ident ($trait:ident $method:ident) $operation:expr; )*) => {$(
        operations!(@function $name $operation);

        impl $trait<U256> for Uint {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: U256) -> Self {
                $name::by_value(&self, &other)
            }
        }

        impl $trait<u128> for Uint {
            type Output = Self;
            #[inline(never)]
            fn $method(self, other: u128) -> Self {
                $name::by_value(&self, &U256::from(other))
            }
        }

        impl $trait for Uint {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                $name::by_result(&self, &other)
            }
        }

        impl $trait<&Self> for Uint {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: &Self) -> Self {
                $name::by_result(&self, other)
            }
        }

        impl $trait<&U256> for Uint {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: &U256) -> Self {
                $name::by_value(&self, other)
            }
        }
    )*};
    ($( $(#[$doc:meta])* $name:ident $operation:expr; )*) => {$(
        operations!(@function $name $operation);

        impl Uint {
            $(#[$doc])*
            #[inline(always)]
            pub(crate) fn $name(self, other: impl Into<Self>) -> Self {
                $name::by_result(&self, &other.into())
            }
        }
    )*};
    (@function $name:ident $operation:expr) => {
        mod $name {
            use super::*;

            #[inline(never)]
            pub(super) fn by_value(one: &Uint, other: &U256) -> Uint {
                let operate: fn(&U256, &U256) -> Uint = $operation;
                match &one.0 {
                    Some(one) => operate(one, other),
                    None => Uint::REFUSED,
                }
            }

            #[inline(never)]
            pub(super) fn by_result(one: &Uint, other: &Uint) -> Uint {
                match &other.0 {
                    Some(other) => by_value(one, other),
                    None => Uint::REFUSED,
                }
            }
        }
    };
}

operations! {
    plus (Add add) |a, b| a.plus(b);
    minus (Sub sub) |a, b| Uint(a.checked_sub(*b));
    times (Mul mul) |a, b| a.times(b);
    over (Div div) |a, b| a.over(b);
}

operations! {
    /// The smaller of two.
    min |a, b| Uint(Some(*a.min(b)));
    /// The larger of two.
    max |a, b| Uint(Some(*a.max(b)));
    /// self − other, or 0 where that is negative.
    minus_or_zero |a, b| Uint(Some(a.saturating_sub(*b)));
    /// ⌈self / other⌉
    div_up |a, b| {
        let quotient = Uint(Some(*a)) / b;
        match (quotient * b).0 == Some(*a) {
            true => quotient,
            false => quotient + U256::ONE,
        }
    };
}
