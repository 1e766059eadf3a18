//! A recommended market: what the parts of an analysis come to, on one page and as a record.
//!
//! It joins figures that were computed elsewhere (scans of A and the fee over candles, the loss of
//! the worst case there, a debt ceiling, a comparison of oracles) with the exact largest LTV of such a market, and
//! says of every figure what file it came from. It chooses nothing: A, the fee and the
//! oracle are the caller's.

mod json;
mod markdown;
mod provenance;
mod recommend;
mod scan;
mod updates;

pub use json::json;
pub use markdown::markdown;
pub use provenance::Provenance;
pub use recommend::{
    LTV_BANDS, LtvOfBands, MARGIN, MarketInput, Recommendation, liquidation_discount, recommend,
};
pub use scan::{Scan, Scanned};
pub use updates::{GapsOf, UpdateGaps};
