//! The reader: how an input becomes a value of Rust.
//!
//! The package's JavaScript has checked an object against its TypeScript (plain, own fields
//! only, exact types, nothing unknown) and laid its fields out as 64-bit words, in their
//! order. What no TypeScript says is checked here: whole numbers, signs, widths. An input is
//! declared once, with [`inputs!`]: that gives its fields, their types, the reading and the
//! TypeScript.

use std::rc::Rc;

use js_sys::Float64Array;

use super::refusal::Refusal;
use crate::fixed::{I256, U256};
use crate::llamma::Controller;

/// The name that a 256-bit integer has in TypeScript.
#[expect(non_camel_case_types, reason = "it is printed into the .d.ts as it stands")]
pub(super) type bigint = U256;

/// The words of an input, read one after the other.
///
/// | value | words |
/// |---|---|
/// | number | its bits |
/// | truth value, count | 0 or 1; itself |
/// | bigint | count of limbs (its upper half: 1 if negative), limbs |
/// | text | count of bytes, the bytes in UTF-8 |
/// | one of some words | its place among them; in an answer the text |
/// | list | count, its entries |
/// | bytes of a file | count, place of the column that begins with them |
/// | what may be absent | 0; or 1 and itself |
/// | object | its fields |
/// | column that comes in | its place among the columns |
/// | column that goes out | count, the bits of its numbers |
pub(super) struct Words {
    words: Box<[u64]>,
    at: usize,
    columns: Vec<Float64Array>,
    /// The market whose state was among them.
    pub(super) market: Option<Rc<Controller>>,
    pub(super) refused: Option<Refusal>,
}

/// A value that is read from words.
pub(super) trait FromWords {
    fn take(words: &mut Words) -> Self;
}

/// Declares inputs: a mirror for the TypeScript (its docs are for JavaScript readers) and
/// the reading of the struct that it mirrors. A field with a default may be absent.
macro_rules! inputs {
    (@take $words:ident) => {
        $crate::wasm::reader::FromWords::take($words)
    };
    (@take $words:ident $default:expr) => {
        $crate::wasm::reader::take_or($words, $default)
    };
    ($(
        $(#[$attribute:meta])*
        $mirror:ident for $input:ty {
            $( $(#[$field_attribute:meta])* $field:ident: $type:ty $(= $default:expr)?, )*
        }
    )*) => {$(
        $(#[$attribute])*
        #[derive(Tsify)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "some mirrors are read into a struct of the core")]
        pub struct $mirror {
            $( $(#[$field_attribute])* $field: $type, )*
        }

        impl $crate::wasm::reader::FromWords for $input {
            fn take(words: &mut $crate::wasm::reader::Words) -> Self {
                Self { $( $field: inputs!(@take words $($default)?), )* }
            }
        }
    )*};
}
pub(super) use inputs;

impl Words {
    pub(super) fn new(words: Box<[u64]>, columns: Vec<Float64Array>) -> Self {
        Self { words, at: 0, columns, market: None, refused: None }
    }

    #[inline(never)]
    pub(super) fn word(&mut self) -> u64 {
        let word = self.words.get(self.at).copied().unwrap_or_default();
        self.at = self.at.saturating_add(1);
        word
    }

    #[inline(never)]
    pub(super) fn flag(&mut self) -> bool {
        self.word() != 0
    }

    /// A count, or the place of a word among those that are allowed. Never more than there are
    /// words, each entry of a list having one at least.
    #[inline(never)]
    pub(super) fn count(&mut self) -> usize {
        usize::try_from(self.word()).unwrap_or_default().min(self.words.len().saturating_mul(8))
    }

    /// The market, unless something was refused.
    #[inline(never)]
    pub(super) fn asked(&self) -> Option<&Controller> {
        self.market.as_deref().filter(|_| self.refused.is_none())
    }

    /// The next column.
    pub(super) fn column(&mut self) -> Option<Float64Array> {
        let place = self.count();
        self.columns.get(place).cloned()
    }

    /// Refuses the value that was read last, which began `back` words ago.
    #[cold]
    #[inline(never)]
    pub(super) fn refuse(&mut self, back: usize, expected: &'static str) {
        let at = self.at.saturating_sub(back);
        self.refused.get_or_insert(Refusal::Word { at, row: None, expected });
    }

    /// Refuses a row of it.
    #[cold]
    #[inline(never)]
    pub(super) fn refuse_row(&mut self, back: usize, row: usize, expected: &'static str) {
        let at = self.at.saturating_sub(back);
        self.refused.get_or_insert(Refusal::Word { at, row: Some(row), expected });
    }

    /// The number that was read last if `holds`, else 0 and a refusal.
    fn checked(&mut self, number: f64, holds: bool, expected: &'static str) -> f64 {
        if holds && libm::floor(number) == number {
            return number;
        }
        self.refuse(1, expected);
        0.0
    }

    /// Sign and magnitude of a bigint that `new` allows, else 0 and a refusal.
    pub(super) fn integer<T>(
        &mut self,
        new: fn(bool, U256) -> Option<T>,
        zero: T,
        expected: &'static str,
    ) -> T {
        let header = self.word();
        let count = usize::try_from(header & 7).unwrap_or_default();
        let mut limbs = [0; U256::LIMBS];
        for limb in limbs.iter_mut().take(count) {
            *limb = self.word();
        }
        let found = new(header > u64::from(u32::MAX), U256::from_limbs(limbs));
        match found.filter(|_| count <= U256::LIMBS) {
            Some(number) => number,
            None => {
                self.refuse(count.min(U256::LIMBS).saturating_add(1), expected);
                zero
            }
        }
    }
}

/// What may be absent, or `default`.
pub(super) fn take_or<T: FromWords>(words: &mut Words, default: T) -> T {
    if words.flag() { T::take(words) } else { default }
}

impl FromWords for f64 {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        // Adding +0 turns −0 into 0 and changes nothing else.
        Self::from_bits(words.word()) + 0.0
    }
}

impl FromWords for u32 {
    #[inline(never)]
    #[expect(clippy::as_conversions, reason = "exact: every such number is one of a u32")]
    fn take(words: &mut Words) -> Self {
        let number = f64::take(words);
        let holds = (0.0..=f64::from(Self::MAX)).contains(&number);
        words.checked(number, holds, "a whole number from 0 to 4294967295") as Self
    }
}

/// Whole numbers that a double holds exactly, and next to which it holds no other.
pub(super) const MAX_WHOLE: f64 = 9_007_199_254_740_991.0;

impl FromWords for i64 {
    #[inline(never)]
    #[expect(clippy::as_conversions, reason = "exact: every such number is one of an i64")]
    fn take(words: &mut Words) -> Self {
        let number = f64::take(words);
        let holds = (-MAX_WHOLE..=MAX_WHOLE).contains(&number);
        words.checked(number, holds, "a whole number up to 2 ** 53 - 1") as Self
    }
}

impl FromWords for u64 {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        let number = i64::take(words);
        Self::try_from(number).unwrap_or_else(|_| {
            words.refuse(1, "a whole number of at least 0");
            0
        })
    }
}

impl FromWords for i32 {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        let number = i64::take(words);
        Self::try_from(number).unwrap_or_else(|_| {
            words.refuse(1, "a whole number from -2147483648 to 2147483647");
            0
        })
    }
}

impl FromWords for usize {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        Self::try_from(u32::take(words)).unwrap_or_default()
    }
}

impl FromWords for bool {
    fn take(words: &mut Words) -> Self {
        words.flag()
    }
}

impl FromWords for U256 {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        let new = |negative: bool, magnitude| (!negative).then_some(magnitude);
        words.integer(new, Self::ZERO, "a bigint from 0n to 2n ** 256n - 1n")
    }
}

impl FromWords for I256 {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        words.integer(Self::new, Self::ZERO, "a bigint from -2n ** 255n to 2n ** 255n - 1n")
    }
}

impl FromWords for u128 {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        let new = |negative: bool, all: U256| Self::try_from(all).ok().filter(|_| !negative);
        words.integer(new, 0, "a bigint from 0n to 2n ** 128n - 1n")
    }
}

/// A sum as it was written.
impl FromWords for i128 {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        words.integer(signed, 0, "a bigint of less than 128 bits")
    }
}

/// An integer of 64 bits that is a bigint in JavaScript.
pub(super) struct Int64(pub(super) i64);

impl FromWords for Int64 {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        let new = |negative, all| signed(negative, all).and_then(|all| i64::try_from(all).ok());
        Self(words.integer(new, 0, "a bigint from -2n ** 63n to 2n ** 63n - 1n"))
    }
}

fn signed(negative: bool, magnitude: U256) -> Option<i128> {
    let magnitude = i128::try_from(magnitude).ok()?;
    Some(if negative { magnitude.wrapping_neg() } else { magnitude })
}

impl FromWords for String {
    #[inline(never)]
    fn take(words: &mut Words) -> Self {
        let count = words.count();
        let mut bytes = Vec::new();
        while bytes.len() < count {
            bytes.extend(words.word().to_le_bytes());
        }
        bytes.truncate(count);
        Self::from_utf8(bytes).unwrap_or_default()
    }
}

impl<T: FromWords> FromWords for Option<T> {
    fn take(words: &mut Words) -> Self {
        words.flag().then(|| T::take(words))
    }
}

impl<T: FromWords> FromWords for Vec<T> {
    fn take(words: &mut Words) -> Self {
        let count = words.count();
        let mut list = Self::new();
        while list.len() < count {
            list.push(T::take(words));
        }
        list
    }
}

impl<T: FromWords> FromWords for [T; 2] {
    fn take(words: &mut Words) -> Self {
        if words.count() != 2 {
            words.refuse(1, "a list of two entries");
        }
        [T::take(words), T::take(words)]
    }
}

/// Two inputs that share an object's fields out.
impl<A: FromWords, B: FromWords> FromWords for (A, B) {
    fn take(words: &mut Words) -> Self {
        (A::take(words), B::take(words))
    }
}
