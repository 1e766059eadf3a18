//! 256-bit integers that refuse where the EVM reverts.
//!
//! [`U256`] stands in signatures. Inside one expression, [`Uint`] carries either a
//! value or "refused", so a formula reads line by line like its specification; its
//! operators refuse on overflow, underflow and division by zero, and
//! [`Uint::get`] ends the expression. Division rounds down.

use core::ops::{Add, Div, Mul, Sub};

pub use ruint::aliases::U256;

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
    ($($operator:ident $method:ident $checked:ident)*) => {$(
        impl<T: Into<Uint>> $operator<T> for Uint {
            type Output = Self;

            fn $method(self, other: T) -> Self {
                match (self.0, other.into().0) {
                    (Some(a), Some(b)) => Self(a.$checked(b)),
                    _ => Self(None),
                }
            }
        }
    )*};
}

refusing! {
    Add add checked_add
    Sub sub checked_sub
    Mul mul checked_mul
    Div div checked_div
}
