#![doc = include_str!("../README.md")]

pub mod decimal;
mod error;
pub mod farm;
pub mod fixed;
pub mod lending;
#[cfg(feature = "wasm")]
mod wasm;

pub use error::{Error, Result};
