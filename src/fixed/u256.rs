//! The 256-bit unsigned integer of all signatures.

use core::cmp::Ordering;
use core::fmt;
use core::ops::{Add, BitAnd, BitOr, Div, Mul, Rem, Shl, Shr, Sub};
use core::str::FromStr;

use ruint::aliases::U256 as Limbs;
use ruint::{FromUintError, ParseError};

/// A 256-bit unsigned integer: 0 to 2²⁵⁶ − 1.
///
/// Its comparisons are calls, where those of the type inside would be copied to each place:
/// formulas compare a lot. Its operators wrap around; `Uint`, which refuses, is for formulas.
#[derive(Clone, Copy, Default)]
#[repr(transparent)]
pub struct U256(Limbs);

impl U256 {
    /// How many 64-bit limbs it has.
    pub const LIMBS: usize = Limbs::LIMBS;
    /// 0
    pub const ZERO: Self = Self(Limbs::ZERO);
    /// 1
    pub const ONE: Self = Self(Limbs::ONE);
    /// 2²⁵⁶ − 1
    pub const MAX: Self = Self(Limbs::MAX);

    /// The number of these limbs, lowest first.
    #[must_use]
    pub const fn from_limbs(limbs: [u64; Self::LIMBS]) -> Self {
        Self(Limbs::from_limbs(limbs))
    }

    /// Its limbs, lowest first.
    #[must_use]
    pub const fn as_limbs(&self) -> &[u64; Self::LIMBS] {
        self.0.as_limbs()
    }

    /// Whether it is 0.
    #[inline(always)]
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        let [a, b, c, d] = self.as_limbs();
        *a | *b | *c | *d == 0
    }

    /// How many bits it needs.
    #[must_use]
    pub const fn bit_len(&self) -> usize {
        self.0.bit_len()
    }

    /// How many of its lowest bits are 0: 256 of 0.
    #[must_use]
    pub const fn trailing_zeros(&self) -> usize {
        self.0.trailing_zeros()
    }

    /// The bit of this place.
    #[must_use]
    pub const fn bit(&self, place: usize) -> bool {
        self.0.bit(place)
    }

    /// The distance between two.
    #[inline(never)]
    #[must_use]
    pub fn abs_diff(self, other: Self) -> Self {
        Self(self.0.abs_diff(other.0))
    }
}

/// Declares what is that of the type inside: operations modulo 2²⁵⁶, at the bound that is
/// passed, and those that tell.
macro_rules! operations {
    (
        operators { $($trait:ident $operator:ident)* }
        wrapping { $($wrapping:ident)* }
        checked { $($checked:ident)* }
        shifts { $($shift_trait:ident $shift_operator:ident $shift:ident)* }
    ) => {
        $(impl $trait for U256 {
            type Output = Self;
            fn $operator(self, other: Self) -> Self {
                Self(self.0.$operator(other.0))
            }
        })*

        $(impl $shift_trait<usize> for U256 {
            type Output = Self;
            fn $shift_operator(self, bits: usize) -> Self {
                self.$shift(bits)
            }
        })*

        impl U256 {
            $(#[doc = concat!("`", stringify!($wrapping), "` as the integers of Rust have it.")]
            #[must_use]
            pub fn $wrapping(self, other: Self) -> Self {
                Self(self.0.$wrapping(other.0))
            })*

            $(#[doc = concat!("`", stringify!($checked), "` as the integers of Rust have it.")]
            #[must_use]
            pub fn $checked(self, other: Self) -> Option<Self> {
                self.0.$checked(other.0).map(Self)
            })*

            $(#[doc = concat!("`", stringify!($shift), "` by any number of bits: 0 from 256 on.")]
            #[inline(never)]
            #[must_use]
            pub fn $shift(self, bits: usize) -> Self {
                Self(self.0.$shift(bits))
            })*
        }
    };
}

operations! {
    operators { Add add Sub sub Mul mul Div div Rem rem BitAnd bitand BitOr bitor }
    wrapping { wrapping_add wrapping_sub wrapping_mul saturating_add saturating_sub saturating_mul }
    checked { checked_add checked_sub checked_mul checked_div }
    shifts { Shl shl wrapping_shl Shr shr wrapping_shr }
}

impl PartialEq for U256 {
    #[inline(never)]
    fn eq(&self, other: &Self) -> bool {
        let pairs = self.as_limbs().iter().zip(other.as_limbs());
        pairs.fold(0, |differences, (a, b)| differences | a ^ b) == 0
    }
}

impl Eq for U256 {}

impl PartialOrd for U256 {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    #[inline(never)]
    fn lt(&self, other: &Self) -> bool {
        // Below if a difference borrows from above.
        let pairs = self.as_limbs().iter().zip(other.as_limbs());
        pairs.fold(false, |borrow, (a, b)| a.borrowing_sub(*b, borrow).1)
    }

    #[inline(always)]
    fn gt(&self, other: &Self) -> bool {
        other.lt(self)
    }

    #[inline(always)]
    fn le(&self, other: &Self) -> bool {
        !other.lt(self)
    }

    #[inline(always)]
    fn ge(&self, other: &Self) -> bool {
        !self.lt(other)
    }
}

impl Ord for U256 {
    #[inline(never)]
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// Declares the integers that one can be made of, and those that can be made of one.
macro_rules! conversions {
    (from { $($from:ty)* } into { $($into:ty)* }) => {
        $(impl From<$from> for U256 {
            #[inline(always)]
            fn from(value: $from) -> Self {
                Self(Limbs::from(value))
            }
        })*

        $(impl TryFrom<U256> for $into {
            type Error = FromUintError<Self>;
            fn try_from(value: U256) -> Result<Self, Self::Error> {
                value.0.try_into()
            }
        })*
    };
}

conversions! {
    from { bool u8 u16 u32 u64 u128 usize }
    into { u8 u16 u32 u64 u128 usize i32 i64 i128 }
}

impl fmt::Display for U256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for U256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for U256 {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        text.parse().map(Self)
    }
}
