//! Enums that are words in JavaScript.

/// Declares the words of an enum's variants, which are read and written; the TypeScript lists
/// them in a type of its own.
macro_rules! words {
    ($(#[$attribute:meta])* $constant:ident $type:ty { $( $word:literal = $variant:expr, )* }) => {
        $(#[$attribute])*
        const $constant: &[(&str, $type)] = &[$( ($word, $variant), )*];

        impl $crate::wasm::reader::FromWords for $type {
            fn take(words: &mut $crate::wasm::reader::Words) -> Option<Self> {
                $crate::wasm::reader::choice(words, $constant)
            }
        }

        impl $crate::wasm::writer::ToWords for $type {
            fn put(&self, out: &mut Vec<u64>) {
                let found = $constant.iter().find(|(_, variant)| variant == self);
                found.map(|(word, _)| *word).unwrap_or_default().put(out);
            }
        }
    };
}
pub(super) use words;
