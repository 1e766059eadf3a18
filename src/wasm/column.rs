//! Columns: a `Float64Array` in JavaScript, a list of numbers in Rust; and the bytes of a file.

use js_sys::Uint8Array;

use super::reader::{FromWords, MAX_WHOLE, Words};
use super::writer::{ToWords, put_count};

/// What a row of a column can be.
pub trait Cell: Copy {
    /// What is allowed.
    const EXPECTED: &'static str;
    /// What is allowed where there may be none.
    const OR_NONE: &'static str;
    /// The row that a number stands for.
    fn of(number: f64) -> Option<Self>;
    /// The number that stands for it.
    fn number(self) -> f64;
}

impl Cell for f64 {
    const EXPECTED: &'static str = "a finite number";
    const OR_NONE: &'static str = "a finite number, or NaN for none";

    fn of(number: f64) -> Option<Self> {
        // Adding +0 turns −0 into 0 and changes nothing else.
        number.is_finite().then_some(number + 0.0)
    }

    fn number(self) -> f64 {
        self
    }
}

impl Cell for u64 {
    const EXPECTED: &'static str = "a whole number of at least 0, up to 2 ** 53 - 1";
    const OR_NONE: &'static str = "a whole number of at least 0, or NaN for none";

    #[expect(clippy::as_conversions, reason = "exact: it is whole and in range")]
    fn of(number: f64) -> Option<Self> {
        let in_range = (0.0..=MAX_WHOLE).contains(&number) && libm::floor(number) == number;
        in_range.then_some(number as Self)
    }

    #[expect(clippy::as_conversions, reason = "what is stored was read from a double")]
    fn number(self) -> f64 {
        self as f64
    }
}

/// Whole numbers of another width.
macro_rules! narrower {
    ($type:ty, $expected:literal) => {
        impl Cell for $type {
            const EXPECTED: &'static str = $expected;
            const OR_NONE: &'static str = u64::OR_NONE;

            fn of(number: f64) -> Option<Self> {
                u64::of(number).and_then(|number| Self::try_from(number).ok())
            }

            fn number(self) -> f64 {
                u64::try_from(self).unwrap_or(u64::MAX).number()
            }
        }
    };
}
narrower!(usize, "a whole number from 0 to 4294967295");
narrower!(u32, "a whole number from 0 to 4294967295");

/// What may be missing: NaN.
impl<T: Cell> Cell for Option<T> {
    const EXPECTED: &'static str = T::OR_NONE;
    const OR_NONE: &'static str = T::OR_NONE;

    fn of(number: f64) -> Option<Self> {
        if number.is_nan() { Some(None) } else { T::of(number).map(Some) }
    }

    fn number(self) -> f64 {
        self.map_or(f64::NAN, T::number)
    }
}

/// A column that came in or goes out.
pub(super) struct Column<T>(pub(super) Vec<T>);

impl<T: Cell> FromWords for Column<T> {
    fn take(words: &mut Words) -> Self {
        let numbers = words.column().map(|column| column.to_vec()).unwrap_or_default();
        let mut refused = None;
        let cell = |(row, number)| {
            let cell = T::of(number);
            refused = refused.or(cell.is_none().then_some(row));
            cell
        };
        let rows = numbers.into_iter().enumerate().map_while(cell).collect();
        if let Some(row) = refused {
            words.refuse_row(1, row, T::EXPECTED);
        }
        Self(rows)
    }
}

impl<T: Cell> ToWords for Column<T> {
    fn put(&self, out: &mut Vec<u64>) {
        Rows(&self.0).put(out);
    }
}

/// A list of the core that goes out as a column.
pub(super) struct Rows<'a, T>(pub(super) &'a [T]);

impl<T: Cell> ToWords for Rows<'_, T> {
    fn put(&self, out: &mut Vec<u64>) {
        put_count(self.0.len(), out);
        out.extend(self.0.iter().map(|row| row.number().to_bits()));
    }
}

/// The bytes of a file.
pub(super) struct Bytes(pub(super) Vec<u8>);

impl FromWords for Bytes {
    fn take(words: &mut Words) -> Self {
        let count = u32::try_from(words.word()).unwrap_or_default();
        let Some(column) = words.column() else { return Self(Vec::new()) };
        // They are the first of the column's bytes; the last of its numbers is filled up.
        let (buffer, start) = (column.buffer(), column.byte_offset());
        Self(Uint8Array::new_with_byte_offset_and_length(&buffer, start, count).to_vec())
    }
}

/// The text of a file.
pub(super) struct Text(pub(super) String);

impl FromWords for Text {
    fn take(words: &mut Words) -> Self {
        let Bytes(bytes) = Bytes::take(words);
        Self(String::from_utf8(bytes).unwrap_or_else(|error| {
            words.refuse_row(2, error.utf8_error().valid_up_to(), "a text in UTF-8");
            String::new()
        }))
    }
}
