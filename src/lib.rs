#![doc = include_str!("../README.md")]

pub mod decimal;
mod error;
pub mod farm;
pub mod fixed;
pub mod lending;
pub mod llamma;
#[cfg(feature = "wasm")]
mod wasm;

pub use error::{Error, ErrorKind, Name, Result, Revert};
pub use fixed::{I256, U256};
