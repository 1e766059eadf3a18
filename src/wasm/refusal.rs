//! A refused call, on its way to JavaScript: words, of which the package makes its
//! `LlamathError` with a full sentence and the fields' JavaScript names.

use super::writer::{ToWords, put_count};
use crate::ErrorKind;

/// Why a call was refused.
pub(super) enum Refusal {
    /// The value that begins at this word of the input, or a row of it, is not what is allowed.
    Word { at: usize, row: Option<usize>, expected: &'static str },
    /// A state that JavaScript named instead of giving it is no longer remembered.
    Forgotten,
    /// The core refused.
    Core(crate::Error),
    /// The core refused the field `state`.
    State(crate::Error),
}

/// What the first word of an answer says: it follows, or why there is none.
pub(super) const ANSWERED: u64 = 0;
const WORD: u64 = 1;
const FORGOTTEN: u64 = 2;
const CORE: u64 = 3;

impl Refusal {
    #[cold]
    #[inline(never)]
    pub(super) fn words(self) -> Box<[u64]> {
        let mut out = Vec::new();
        let (outer, error) = match self {
            Self::Core(error) => (None, error),
            Self::State(error) => (Some("state"), error),
            Self::Word { at, row, expected } => {
                out.push(WORD);
                put_count(at, &mut out);
                put_count(row.iter().len(), &mut out);
                row.into_iter().for_each(|row| put_count(row, &mut out));
                expected.put(&mut out);
                return out.into();
            }
            Self::Forgotten => return [FORGOTTEN].into(),
        };
        let (code, names, index, expected) = match error.kind() {
            ErrorKind::Invalid { within, field, index, expected } => {
                ("invalid", [within.copied(), Some(*field)], index, *expected)
            }
            ErrorKind::Arithmetic { result } => ("arithmetic", [None, Some(*result)], None, ""),
            ErrorKind::Revert(revert) => {
                ("revert", [None, Some(revert.code())], None, revert.words())
            }
        };
        out.push(CORE);
        code.put(&mut out);
        let path: Vec<_> = outer.into_iter().chain(names.into_iter().flatten()).collect();
        path.put(&mut out);
        index.and_then(|index| u32::try_from(index).ok()).put(&mut out);
        expected.put(&mut out);
        out.into()
    }
}
