//! Enums that are words in JavaScript.

/// Declares the words of an enum's variants, which are read and written, in the order in which
/// the TypeScript lists them in a type of its own.
macro_rules! words {
    ($(#[$attribute:meta])* $constant:ident $type:ty {
        $first_word:literal = $first:expr, $( $word:literal = $variant:expr, )*
    }) => {
        $(#[$attribute])*
        const $constant: &[(&str, $type)] = &[($first_word, $first), $( ($word, $variant), )*];

        impl $crate::wasm::reader::FromWords for $type {
            fn take(words: &mut $crate::wasm::reader::Words) -> Self {
                $constant.get(words.count()).map_or($first, |(_, variant)| *variant)
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
