//! Where the core's names of inputs lie in the objects of JavaScript.

use crate::error::{Error, ErrorKind, Name};

/// A name of the core; the object in which JavaScript has it, and the field there.
pub(super) type Place = (&'static str, Name, Name);

/// An error of the core by the names of JavaScript's fields.
pub(super) fn placed(error: Error, places: &[Place]) -> Error {
    let ErrorKind::Invalid { within: None, field, index, expected } = error.kind() else {
        return error;
    };
    match places.iter().find(|(name, ..)| name == field) {
        Some((_, outer, inner)) => {
            let placed = Error::invalid(inner, expected).within(outer);
            match index {
                Some(index) => placed.at(index),
                None => placed,
            }
        }
        None => error,
    }
}
