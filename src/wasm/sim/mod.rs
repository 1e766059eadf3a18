//! `sim` for JavaScript.

mod advice;
mod candles;
mod run;
mod sweep;
mod windows;

use super::column::Column;

/// The name that a column has in TypeScript.
type Float64Array = Column<f64>;
