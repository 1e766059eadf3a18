#![doc = include_str!("../README.md")]

pub mod decimal;
mod error;
pub mod farm;
pub mod fixed;
pub mod lending;
pub mod llamma;
pub mod sim;
#[cfg(feature = "wasm")]
mod wasm;

pub use error::{Error, Name, Result, Revert};
pub use fixed::{I256, U256};
