//! The writer: how an answer of the core becomes words for the package's JavaScript.
//!
//! The words are those of the reader. An answer is declared once, with [`outputs!`]: that
//! gives its fields, their types, the writing and the TypeScript, by which JavaScript builds
//! the object. Snake-case names become camelCase; an absent value becomes an absent field.

use super::reader::Int64;
use crate::fixed::{I256, U256};

/// A value that is written as words.
pub(super) trait ToWords {
    fn put(&self, out: &mut Vec<u64>);
}

/// Declares answers: a mirror for the TypeScript (its docs are for JavaScript readers) and
/// the writing of the struct that it mirrors. A field may name the function that writes it.
macro_rules! outputs {
    (@type $mirror:ident) => { $mirror };
    (@type $mirror:ident $output:ty) => { $output };
    (@value $answer:ident $field:ident) => {
        $answer.$field
    };
    (@value $answer:ident $field:ident $write:path) => {
        $write(&$answer.$field)
    };
    ($(
        $(#[$attribute:meta])*
        $mirror:ident $(for $output:ty)? {
            $( $(#[$field_attribute:meta])* $field:ident: $type:ty $(= $write:path)?, )*
        }
    )*) => {$(
        $(#[$attribute])*
        #[derive(Tsify)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "of most only the TypeScript is used: the core's is written")]
        pub struct $mirror {
            $( $(#[$field_attribute])* $field: $type, )*
        }

        impl $crate::wasm::writer::ToWords for outputs!(@type $mirror $($output)?) {
            fn put(&self, out: &mut Vec<u64>) {
                $( $crate::wasm::writer::ToWords::put(&outputs!(@value self $field $($write)?), out); )*
            }
        }
    )*};
}
pub(super) use outputs;

/// `staked_usd` as JavaScript has it: `stakedUsd`.
pub(super) fn camel_case(snake: &str) -> String {
    let mut camel = String::new();
    let mut starts_word = false;
    for letter in snake.chars() {
        if letter != '_' {
            camel.push(if starts_word { letter.to_ascii_uppercase() } else { letter });
        }
        starts_word = letter == '_';
    }
    camel
}

/// Appends a count.
#[inline(never)]
pub(super) fn put_count(count: usize, out: &mut Vec<u64>) {
    out.push(u64::try_from(count).unwrap_or_default());
}

#[inline(never)]
fn put_integer(negative: bool, magnitude: &U256, out: &mut Vec<u64>) {
    let limbs = magnitude.as_limbs();
    let zeros = limbs.iter().rev().take_while(|limb| **limb == 0).count();
    let count = limbs.len().saturating_sub(zeros);
    let sign = u64::from(negative).wrapping_shl(u32::BITS);
    out.push(sign | u64::try_from(count).unwrap_or_default());
    out.extend(limbs.iter().take(count));
}

/// Nothing beside what is written already.
impl ToWords for () {
    fn put(&self, _: &mut Vec<u64>) {}
}

impl ToWords for f64 {
    #[inline(never)]
    fn put(&self, out: &mut Vec<u64>) {
        out.push(self.to_bits());
    }
}

impl ToWords for u32 {
    fn put(&self, out: &mut Vec<u64>) {
        f64::from(*self).put(out);
    }
}

/// A whole number that came from a double, as a double.
impl ToWords for i64 {
    #[expect(clippy::as_conversions, reason = "what is stored was read from a double")]
    fn put(&self, out: &mut Vec<u64>) {
        (*self as f64).put(out);
    }
}

/// A whole number that came from a double, as a double.
impl ToWords for u64 {
    #[expect(clippy::as_conversions, reason = "what is stored was read from a double")]
    fn put(&self, out: &mut Vec<u64>) {
        (*self as f64).put(out);
    }
}

impl ToWords for i32 {
    fn put(&self, out: &mut Vec<u64>) {
        f64::from(*self).put(out);
    }
}

/// A count, which is far below 2^53.
impl ToWords for usize {
    #[expect(clippy::as_conversions, reason = "what is counted is in memory")]
    fn put(&self, out: &mut Vec<u64>) {
        (*self as f64).put(out);
    }
}

impl ToWords for bool {
    fn put(&self, out: &mut Vec<u64>) {
        out.push(u64::from(*self));
    }
}

impl ToWords for U256 {
    fn put(&self, out: &mut Vec<u64>) {
        put_integer(false, self, out);
    }
}

impl ToWords for I256 {
    fn put(&self, out: &mut Vec<u64>) {
        put_integer(self.is_negative(), &self.magnitude(), out);
    }
}

/// An integer of 64 bits as a bigint.
impl ToWords for Int64 {
    fn put(&self, out: &mut Vec<u64>) {
        put_integer(self.0 < 0, &U256::from(self.0.unsigned_abs()), out);
    }
}

impl ToWords for u128 {
    fn put(&self, out: &mut Vec<u64>) {
        put_integer(false, &U256::from(*self), out);
    }
}

impl ToWords for &str {
    #[inline(never)]
    fn put(&self, out: &mut Vec<u64>) {
        put_count(self.len(), out);
        for eight in self.as_bytes().chunks(8) {
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(eight).for_each(|(to, from)| *to = *from);
            out.push(u64::from_le_bytes(bytes));
        }
    }
}

impl ToWords for String {
    fn put(&self, out: &mut Vec<u64>) {
        self.as_str().put(out);
    }
}

/// Two answers that share an object's fields out.
impl<A: ToWords, B: ToWords> ToWords for (A, B) {
    fn put(&self, out: &mut Vec<u64>) {
        self.0.put(out);
        self.1.put(out);
    }
}

impl<T: ToWords> ToWords for Option<T> {
    fn put(&self, out: &mut Vec<u64>) {
        out.push(u64::from(self.is_some()));
        if let Some(value) = self {
            value.put(out);
        }
    }
}

impl<T: ToWords> ToWords for [T] {
    fn put(&self, out: &mut Vec<u64>) {
        put_count(self.len(), out);
        for item in self {
            item.put(out);
        }
    }
}

impl<T: ToWords> ToWords for Vec<T> {
    fn put(&self, out: &mut Vec<u64>) {
        self.as_slice().put(out);
    }
}

impl<T: ToWords, const N: usize> ToWords for [T; N] {
    fn put(&self, out: &mut Vec<u64>) {
        self.as_slice().put(out);
    }
}
