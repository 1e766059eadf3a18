//! LLAMMA, Curve's lending AMM, wei for wei with the deployed contracts.
//!
//! A loan's collateral lies in bands. While the oracle price falls through a band, the AMM
//! sells the band's collateral for borrowed coins (soft-liquidation), and buys it back when
//! the price rises (de-liquidation). Only when what a loan's bands would bring no longer
//! covers the debt may anybody liquidate it.

mod amm;
mod arbitrage;
mod band;
mod borrowable;
mod condition;
mod contract;
mod controller;
mod curve;
mod dfm;
mod estimate;
mod funds;
mod generation;
mod health;
pub mod internals;
mod liquidation;
mod loan;
mod market;
mod oracle;
mod position;
mod presets;
mod preview;
mod snapshot;
mod swap;

pub use amm::{Amm, Band, Position};
pub use arbitrage::{Arbitrage, PathStep};
pub use band::Grid;
pub use condition::{Condition, HealthAt, LoanReport};
pub use contract::Answer;
pub use controller::{Controller, Loan};
pub use curve::Amounts;
pub use dfm::PendingState;
pub use estimate::{ltv_closed_form, ltv_estimate, range_start_estimate};
pub use funds::{Balance, Ceiling, Funds, Vault};
pub use generation::Generation;
pub use health::Adjustment;
pub use loan::Debt;
pub use market::{MAX_BANDS, MIN_BANDS, Market, MarketConstants, market_constants};
pub use oracle::{LimitedPrice, Limiter};
pub use presets::{PRESETS, Preset, Source};
pub use preview::{BandChoice, LiquidationRange, LoanPreview, MaxBorrowable, MaxLtv};
pub use snapshot::{Snapshot, StoredBand};
pub use swap::{Direction, Exact, Trade};
