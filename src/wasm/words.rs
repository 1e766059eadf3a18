//! Enums that are words in JavaScript.

/// The words of enums' variants, in the order in which the TypeScript lists them: read as their
/// place there, written as texts.
macro_rules! words {
    ($($type:ty { $first_word:literal $first:ident $($word:literal $variant:ident)* })*) => {$(
        impl $crate::wasm::reader::FromWords for $type {
            fn take(words: &mut $crate::wasm::reader::Words) -> Self {
                let all = [Self::$first, $(Self::$variant),*];
                all.get(words.count()).copied().unwrap_or(Self::$first)
            }
        }

        impl $crate::wasm::writer::ToWords for $type {
            fn put(&self, out: &mut Vec<u64>) {
                match self { Self::$first => $first_word, $(Self::$variant => $word),* }.put(out);
            }
        }
    )*};
}
pub(super) use words;
