#![doc = include_str!("../README.md")]

pub mod ceiling;
pub mod date;
pub mod decimal;
pub mod ema;
mod error;
pub mod farm;
pub mod fixed;
mod json;
pub mod lending;
pub mod llamma;
pub mod market;
pub mod oracle;
pub mod sim;
pub mod table;
#[cfg(feature = "wasm")]
mod wasm;

pub use error::{Error, ErrorKind, Name, Result, Revert};
pub use fixed::{I256, U256};
