//! Where the core's names of inputs lie in the objects of JavaScript.

use crate::error::{Error, Name};

/// A name of the core; the object in which JavaScript has it, and the field there.
pub(super) type Place = (&'static str, Name, Name);

/// An error of the core by the names of JavaScript's fields.
pub(super) fn placed(error: Error, places: &[Place]) -> Error {
    match error {
        Error::Invalid { within: None, field, index, expected } => {
            match places.iter().find(|(name, ..)| name == field) {
                Some((_, outer, inner)) => {
                    Error::Invalid { within: Some(outer), field: inner, index, expected }
                }
                None => error,
            }
        }
        other => other,
    }
}
