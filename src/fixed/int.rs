//! Signed arithmetic that refuses.

use core::cmp::Ordering;
use core::fmt;
use core::ops::{Add, Div, Mul, Neg, Sub};

use super::U256;

use super::Uint;
use crate::error::{Error, Name, Result};

/// A signed 256-bit integer: −2²⁵⁵ to 2²⁵⁵ − 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct I256 {
    /// Never true for 0.
    negative: bool,
    magnitude: U256,
}

/// The sign bit of the highest limb, as the contracts store a number.
const HIGHEST_BIT: u64 = 1 << 63;

impl I256 {
    /// 0
    pub const ZERO: Self = Self { negative: false, magnitude: U256::ZERO };

    /// The number of this sign and magnitude; none if it is outside the range.
    #[must_use]
    pub fn new(negative: bool, magnitude: U256) -> Option<Self> {
        let negative = negative && !magnitude.is_zero();
        let [a, b, c, d] = *magnitude.as_limbs();
        let fits = d < HIGHEST_BIT || negative && d == HIGHEST_BIT && a | b | c == 0;
        fits.then_some(Self { negative, magnitude })
    }

    /// Whether it is below 0.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.negative
    }

    /// The same number in 64 bits; none if it needs more.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        let magnitude = i64::try_from(self.magnitude).ok()?;
        Some(if self.negative { magnitude.wrapping_neg() } else { magnitude })
    }

    /// Its distance from 0.
    #[must_use]
    pub const fn magnitude(&self) -> U256 {
        self.magnitude
    }
}

impl From<i64> for I256 {
    fn from(value: i64) -> Self {
        Self { negative: value < 0, magnitude: U256::from(value.unsigned_abs()) }
    }
}

impl Ord for I256 {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude.cmp(&other.magnitude),
            (true, true) => other.magnitude.cmp(&self.magnitude),
            (mine, theirs) => theirs.cmp(&mine),
        }
    }
}

impl PartialOrd for I256 {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for I256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        write!(f, "{sign}{}", self.magnitude)
    }
}

/// A signed 256-bit integer, or the mark that an operation was refused.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Int(Option<I256>);

impl Int {
    pub(crate) const REFUSED: Self = Self(None);

    /// The value; refused if any operation on the way was.
    pub(crate) fn get(self, result: Name) -> Result<I256> {
        self.0.ok_or_else(|| Error::arithmetic(result))
    }

    /// The value, or `None` if any operation on the way was refused.
    pub(crate) const fn value(self) -> Option<I256> {
        self.0
    }

    fn of(negative: bool, magnitude: Uint) -> Self {
        Self(magnitude.value().and_then(|magnitude| I256::new(negative, magnitude)))
    }
}

impl From<I256> for Int {
    fn from(value: I256) -> Self {
        Self(Some(value))
    }
}

impl From<i64> for Int {
    fn from(value: i64) -> Self {
        Self(Some(value.into()))
    }
}

impl From<U256> for Int {
    fn from(value: U256) -> Self {
        Self(I256::new(false, value))
    }
}

impl From<Uint> for Int {
    fn from(value: Uint) -> Self {
        Self::of(false, value)
    }
}

impl Neg for Int {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.and_then(|I256 { negative, magnitude }| I256::new(!negative, magnitude)))
    }
}

impl<T: Into<Self>> Add<T> for Int {
    type Output = Self;

    fn add(self, other: T) -> Self {
        match (&self.0, &other.into().0) {
            (Some(a), Some(b)) if a.negative == b.negative => {
                Self::of(a.negative, a.magnitude.plus(&b.magnitude))
            }
            (Some(a), Some(b)) if a.magnitude >= b.magnitude => {
                Self(I256::new(a.negative, a.magnitude.wrapping_sub(b.magnitude)))
            }
            (Some(a), Some(b)) => {
                Self(I256::new(b.negative, b.magnitude.wrapping_sub(a.magnitude)))
            }
            _ => Self::REFUSED,
        }
    }
}

impl<T: Into<Self>> Sub<T> for Int {
    type Output = Self;

    fn sub(self, other: T) -> Self {
        self + -other.into()
    }
}

impl<T: Into<Self>> Mul<T> for Int {
    type Output = Self;

    fn mul(self, other: T) -> Self {
        match (&self.0, &other.into().0) {
            (Some(a), Some(b)) => {
                Self::of(a.negative != b.negative, a.magnitude.times(&b.magnitude))
            }
            _ => Self::REFUSED,
        }
    }
}

impl<T: Into<Self>> Div<T> for Int {
    type Output = Self;

    /// Rounds toward zero.
    fn div(self, other: T) -> Self {
        match (&self.0, &other.into().0) {
            (Some(a), Some(b)) => {
                Self::of(a.negative != b.negative, a.magnitude.over(&b.magnitude))
            }
            _ => Self::REFUSED,
        }
    }
}
