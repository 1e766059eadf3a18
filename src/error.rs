//! Why a computation is refused: one flat, `Copy` type, and the guards that raise it.
//!
//! Every refusal names the input at fault. Nothing in this crate returns NaN, an
//! infinity, or a number that stands for an error.

use core::fmt;

/// A refused computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// An input is outside what the function is defined for.
    Invalid {
        /// The input it lies in, where a function takes several of one kind.
        within: Option<&'static str>,
        /// The input, by the name of its struct field.
        field: &'static str,
        /// The row at fault, where the input is a column or a list.
        index: Option<usize>,
        /// What is allowed, as it reads after "must be".
        expected: &'static str,
    },
    /// The inputs are valid, but their result cannot be represented: it leaves 256
    /// bits, where a contract would revert, or the range of a double.
    Arithmetic {
        /// The result that cannot be represented.
        result: &'static str,
    },
}

/// The result of every fallible function of this crate.
pub type Result<T> = core::result::Result<T, Error>;

impl Error {
    /// An invalid scalar input.
    pub(crate) const fn invalid(field: &'static str, expected: &'static str) -> Self {
        Self::Invalid { within: None, field, index: None, expected }
    }

    /// The same error, at row `index` of a column or a list.
    pub(crate) const fn at(self, index: usize) -> Self {
        match self {
            Self::Invalid { within, field, expected, .. } => {
                Self::Invalid { within, field, index: Some(index), expected }
            }
            Self::Arithmetic { .. } => self,
        }
    }

    /// The same error, where its rows come after `count` others: for columns that are
    /// computed piece by piece.
    #[must_use]
    pub const fn after(self, count: usize) -> Self {
        match self {
            Self::Invalid { within, field, index: Some(index), expected } => {
                Self::Invalid { within, field, index: Some(index.saturating_add(count)), expected }
            }
            other => other,
        }
    }

    /// The same error, in the input called `name`.
    pub(crate) const fn within(self, name: &'static str) -> Self {
        match self {
            Self::Invalid { field, index, expected, .. } => {
                Self::Invalid { within: Some(name), field, index, expected }
            }
            Self::Arithmetic { .. } => self,
        }
    }

    /// The stable code that programs match on: `"invalid"` or `"arithmetic"`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid { .. } => "invalid",
            Self::Arithmetic { .. } => "arithmetic",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { within, field, index, expected } => {
                if let Some(outer) = within {
                    write!(f, "{outer}.")?;
                }
                write!(f, "{field}")?;
                if let Some(index) = index {
                    write!(f, " (entry {index})")?;
                }
                write!(f, " must be {expected}.")
            }
            Self::Arithmetic { result } => {
                write!(f, "{result} cannot be represented for these inputs.")
            }
        }
    }
}

impl core::error::Error for Error {}

/// Passes a finite number above 0.
pub(crate) fn positive(field: &'static str, value: f64) -> Result<f64> {
    check(field, value, value > 0.0, "a finite number above 0")
}

/// Passes a finite number of at least 0.
pub(crate) fn non_negative(field: &'static str, value: f64) -> Result<f64> {
    check(field, value, value >= 0.0, "a finite number of at least 0")
}

/// Passes a number from 0 to 1.
pub(crate) fn fraction(field: &'static str, value: f64) -> Result<f64> {
    check(field, value, (0.0..=1.0).contains(&value), "a fraction from 0 to 1")
}

/// Passes a finite number above −1, the least that a yield can be.
pub(crate) fn above_minus_one(field: &'static str, value: f64) -> Result<f64> {
    check(field, value, value > -1.0, "a finite number above -1")
}

#[inline(never)]
fn check(field: &'static str, value: f64, holds: bool, expected: &'static str) -> Result<f64> {
    if holds && value.is_finite() { Ok(value) } else { Err(Error::invalid(field, expected)) }
}

/// Passes a computed number unless it left the range of a double.
#[inline(never)]
pub(crate) fn finite(result: &'static str, value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(Error::Arithmetic { result }) }
}

/// Passes a computed number in the range of a double that is 0 exactly where `is_zero`
/// says so: not where it only became too small.
#[inline(never)]
pub(crate) fn representable(result: &'static str, value: f64, is_zero: bool) -> Result<f64> {
    match value.is_finite() && (value == 0.0) == is_zero {
        true => Ok(value),
        false => Err(Error::Arithmetic { result }),
    }
}
