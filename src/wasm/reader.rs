//! The reader: how an input becomes a value of Rust.
//!
//! The package's JavaScript has checked an object against its TypeScript (plain, own fields
//! only, exact types, nothing unknown) and laid its fields out as 64-bit words, in their
//! order. What no TypeScript says is checked here: whole numbers, signs, widths. An input is
//! declared once, with [`inputs!`]: that gives its fields, their types, the reading and the
//! TypeScript.

use js_sys::Float64Array;

use super::refusal::Refusal;
use crate::fixed::{I256, U256};

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
/// | list | count, its entries |
/// | bytes of a file | count, place of the column that begins with them |
/// | what may be absent | 0; or 1 and itself |
/// | object | its fields |
/// | column that comes in | its place among the columns |
/// | column that goes out | count, the bits of its numbers |
pub(super) struct Words {
    words: Vec<u64>,
    at: usize,
    columns: Vec<Float64Array>,
    pub(super) refused: Option<Refusal>,
}

/// A value that is read from words; `None` if it was refused.
pub(super) trait FromWords: Sized {
    fn take(words: &mut Words) -> Option<Self>;
}

/// Declares inputs: a mirror for the TypeScript (its docs are for JavaScript readers) and
/// the reading of the struct that it mirrors. A field with a default may be absent.
macro_rules! inputs {
    (@take $words:ident) => {
        $crate::wasm::reader::FromWords::take($words)?
    };
    (@take $words:ident $default:expr) => {
        <Option<_> as $crate::wasm::reader::FromWords>::take($words)?.unwrap_or($default)
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
            fn take(words: &mut $crate::wasm::reader::Words) -> Option<Self> {
                Some(Self { $( $field: inputs!(@take words $($default)?), )* })
            }
        }
    )*};
}
pub(super) use inputs;

impl Words {
    pub(super) fn new(words: Vec<u64>, columns: Vec<Float64Array>) -> Self {
        Self { words, at: 0, columns, refused: None }
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

    #[inline(never)]
    pub(super) fn count(&mut self) -> usize {
        usize::try_from(self.word() & u64::from(u32::MAX)).unwrap_or_default()
    }

    /// The next column.
    pub(super) fn column(&mut self) -> Option<Float64Array> {
        let place = self.count();
        self.columns.get(place).cloned()
    }

    /// Refuses the value that was read last, which began `back` words ago.
    #[cold]
    #[inline(never)]
    pub(super) fn refuse<T>(&mut self, back: usize, expected: &'static str) -> Option<T> {
        self.refused =
            Some(Refusal::Word { at: self.at.saturating_sub(back), row: None, expected });
        None
    }

    /// Refuses a row of it.
    #[cold]
    #[inline(never)]
    pub(super) fn refuse_row<T>(
        &mut self,
        back: usize,
        row: usize,
        expected: &'static str,
    ) -> Option<T> {
        let at = self.at.saturating_sub(back);
        self.refused = Some(Refusal::Word { at, row: Some(row), expected });
        None
    }
}

impl FromWords for f64 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        // Adding +0 turns −0 into 0 and changes nothing else.
        Some(Self::from_bits(words.word()) + 0.0)
    }
}

impl FromWords for u32 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        let number = f64::take(words)?;
        // Every whole number of this range is one of a u32, without rounding.
        if (0.0..=f64::from(Self::MAX)).contains(&number) && libm::floor(number) == number {
            #[expect(clippy::as_conversions, reason = "exact: the line above has checked it")]
            return Some(number as Self);
        }
        words.refuse(1, "a whole number from 0 to 4294967295")
    }
}

/// Whole numbers that a double holds exactly, and next to which it holds no other.
const MAX_WHOLE: f64 = 9_007_199_254_740_991.0;

impl FromWords for i64 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        let number = f64::take(words)?;
        if (-MAX_WHOLE..=MAX_WHOLE).contains(&number) && libm::floor(number) == number {
            #[expect(clippy::as_conversions, reason = "exact: the line above has checked it")]
            return Some(number as Self);
        }
        words.refuse(1, "a whole number up to 2 ** 53 - 1")
    }
}

impl FromWords for u64 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        let number = i64::take(words)?;
        Self::try_from(number).ok().or_else(|| words.refuse(1, "a whole number of at least 0"))
    }
}

impl FromWords for i32 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        let expected = "a whole number from -2147483648 to 2147483647";
        let number = i64::take(words)?;
        Self::try_from(number).ok().or_else(|| words.refuse(1, expected))
    }
}

impl FromWords for usize {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        u32::take(words).and_then(|number| Self::try_from(number).ok())
    }
}

impl FromWords for bool {
    fn take(words: &mut Words) -> Option<Self> {
        Some(words.flag())
    }
}

/// Sign and magnitude of a bigint, unless that is too large; and how many words it took.
#[inline(never)]
fn integer(words: &mut Words) -> (bool, Option<U256>, usize) {
    let header = words.word();
    let count = usize::try_from(header & 7).unwrap_or_default();
    let mut limbs = [0; U256::LIMBS];
    for limb in limbs.iter_mut().take(count) {
        *limb = words.word();
    }
    let fits = count <= U256::LIMBS;
    let taken = if fits { count.saturating_add(1) } else { U256::LIMBS.saturating_add(1) };
    (header > u64::from(u32::MAX), fits.then(|| U256::from_limbs(limbs)), taken)
}

impl FromWords for U256 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        match integer(words) {
            (false, Some(magnitude), _) => Some(magnitude),
            (_, _, taken) => words.refuse(taken, "a bigint from 0n to 2n ** 256n - 1n"),
        }
    }
}

impl FromWords for I256 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        let (negative, magnitude, taken) = integer(words);
        let signed = magnitude.and_then(|magnitude| Self::new(negative, magnitude));
        let expected = "a bigint from -2n ** 255n to 2n ** 255n - 1n";
        signed.or_else(|| words.refuse(taken, expected))
    }
}

impl FromWords for u128 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        let (negative, magnitude, taken) = integer(words);
        let narrow = magnitude.filter(|_| !negative).and_then(|all| Self::try_from(all).ok());
        narrow.or_else(|| words.refuse(taken, "a bigint from 0n to 2n ** 128n - 1n"))
    }
}

/// An integer of 64 bits that is a bigint in JavaScript.
pub(super) struct Int64(pub(super) i64);

impl FromWords for Int64 {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        let (negative, magnitude, taken) = integer(words);
        let magnitude = magnitude.and_then(|all| i128::try_from(all).ok());
        let signed = magnitude.map(|all| if negative { all.saturating_neg() } else { all });
        let narrow = signed.and_then(|all| i64::try_from(all).ok());
        let expected = "a bigint from -2n ** 63n to 2n ** 63n - 1n";
        narrow.map(Self).or_else(|| words.refuse(taken, expected))
    }
}

impl FromWords for String {
    #[inline(never)]
    fn take(words: &mut Words) -> Option<Self> {
        let count = words.count();
        let mut bytes = Vec::new();
        while bytes.len() < count {
            bytes.extend(words.word().to_le_bytes());
        }
        bytes.truncate(count);
        Self::from_utf8(bytes).ok()
    }
}

impl<T: FromWords> FromWords for Option<T> {
    fn take(words: &mut Words) -> Option<Self> {
        if words.flag() { T::take(words).map(Some) } else { Some(None) }
    }
}

impl<T: FromWords> FromWords for Vec<T> {
    fn take(words: &mut Words) -> Option<Self> {
        let count = words.count();
        let mut list = Self::new();
        while list.len() < count {
            list.push(T::take(words)?);
        }
        Some(list)
    }
}

impl<T: FromWords> FromWords for [T; 2] {
    fn take(words: &mut Words) -> Option<Self> {
        match words.count() {
            2 => Some([T::take(words)?, T::take(words)?]),
            _ => words.refuse(1, "a list of two entries"),
        }
    }
}

/// Two inputs that share an object's fields out.
impl<A: FromWords, B: FromWords> FromWords for (A, B) {
    fn take(words: &mut Words) -> Option<Self> {
        Some((A::take(words)?, B::take(words)?))
    }
}

/// One of some words: JavaScript has checked that it is.
pub(super) fn choice<T: Copy>(words: &mut Words, meanings: &[(&str, T)]) -> Option<T> {
    let text = String::take(words)?;
    let found = meanings.iter().find(|(word, _)| *word == text);
    found.map(|(_, meaning)| *meaning)
}
