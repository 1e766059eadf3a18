//! Values that JavaScript keeps for us: plain JSON, written and read back.
//!
//! Big integers are decimal strings there, so that `JSON.stringify` and `JSON.parse` keep
//! all of them; JavaScript turns them into the words of a bigint, and back. A stored type is
//! declared once, with [`stored!`]: that gives its fields, the writing, the reading and the
//! TypeScript.

use wasm_bindgen::prelude::wasm_bindgen;

/// The name that a stored big integer has in TypeScript.
pub(super) type Digits = crate::fixed::U256;

#[wasm_bindgen(typescript_custom_section)]
const DIGITS: &str = r#"
/** An integer from 0 to 2^256 - 1 in decimal digits: as text, since JSON has no bigint. */
export type Digits = string;
"#;

/// Declares stored types.
macro_rules! stored {
    ($(
        $(#[$attribute:meta])*
        $mirror:ident for $stored:ty {
            $( $(#[$field_attribute:meta])* $field:ident: $type:ty, )*
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
                Self { $( $field: $crate::wasm::reader::FromWords::take(words), )* }
            }
        }

        impl $crate::wasm::writer::ToWords for $stored {
            fn put(&self, out: &mut Vec<u64>) {
                $( $crate::wasm::writer::ToWords::put(&self.$field, out); )*
            }
        }
    )*};
}
pub(super) use stored;
