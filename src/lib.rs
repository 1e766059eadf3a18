//! DeFi numbers, computed, explained and checked where the user can trust them.

pub mod decimal;
mod error;
pub mod farm;
pub mod fixed;
pub mod lending;
#[cfg(feature = "wasm")]
mod wasm;

pub use error::{Error, Result};
