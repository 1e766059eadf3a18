//! Values that go both ways: JavaScript keeps what was written, as plain data, and gives it back.
//!
//! A stored type is declared once, with [`stored!`]: that gives its fields, the writing, the
//! reading and the TypeScript. In the states of markets big integers are decimal strings, so
//! that `JSON.stringify` and `JSON.parse` keep all of them; JavaScript turns them into the words
//! of a bigint, and back.

#[cfg(feature = "calculator")]
use wasm_bindgen::prelude::wasm_bindgen;

/// The name that a stored big integer has in TypeScript.
#[cfg(feature = "calculator")]
pub(super) type Digits = crate::fixed::U256;

#[cfg(feature = "calculator")]
#[wasm_bindgen(typescript_custom_section)]
const DIGITS: &str = r#"
/** An integer from 0 to 2^256 - 1 in decimal digits: as text, since JSON has no bigint. */
export type Digits = string;
"#;

/// Declares stored types. A list that is a column in JavaScript is so marked: `= Rows`.
macro_rules! stored {
    (@take $words:ident) => {
        $crate::wasm::reader::FromWords::take($words)
    };
    (@take $words:ident $rows:path) => {
        <$crate::wasm::column::Column<_> as $crate::wasm::reader::FromWords>::take($words).0
    };
    (@put $stored:ident $field:ident $out:ident) => {
        $crate::wasm::writer::ToWords::put(&$stored.$field, $out)
    };
    (@put $stored:ident $field:ident $out:ident $rows:path) => {
        $crate::wasm::writer::ToWords::put(&$rows(&$stored.$field), $out)
    };
    ($(
        $(#[$attribute:meta])*
        $mirror:ident for $stored:ty {
            $( $(#[$field_attribute:meta])* $field:ident: $type:ty $(= $rows:path)?, )*
        }
    )*) => {$(
        $(#[$attribute])*
        #[derive(Tsify)]
        #[serde(rename_all = "camelCase")]
        #[expect(dead_code, reason = "only its TypeScript is used")]
        pub struct $mirror {
            $( $(#[$field_attribute])* $field: $type, )*
        }

        impl $crate::wasm::reader::FromWords for $stored {
            fn take(words: &mut $crate::wasm::reader::Words) -> Self {
                Self { $( $field: stored!(@take words $($rows)?), )* }
            }
        }

        impl $crate::wasm::writer::ToWords for $stored {
            fn put(&self, out: &mut Vec<u64>) {
                $( stored!(@put self $field out $($rows)?); )*
            }
        }
    )*};
}
pub(super) use stored;
