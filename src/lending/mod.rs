//! Lend and borrow rates as the contracts compute them, and as yields.
//!
//! A Curve `rate` is per second and scaled by 10^18; an Aave rate is per year and
//! scaled by 10^27 (a ray); a Compound rate is per block and scaled by 10^18.
//! Integers are the contracts' own, to the last unit; yields are estimates in doubles.

mod aave;
mod base_rate;
mod compound;
mod curve;
mod ema_price;
mod interest;
mod policy;
mod vault;

pub use aave::{
    aave_compounded_index, aave_linear_index, aave_sdk_compounded, aave_sdk_compounded_rate,
    aave_sdk_linear, ray_div, ray_mul,
};
pub use base_rate::{base_rate, base_rate_as_deployed};
pub use compound::compound_v2_apy;
pub use curve::{borrow_apr, borrow_apy, borrow_apy_per_second, lend_apr, lend_apy};
pub use ema_price::EmaPrice;
pub use interest::Interest;
pub use policy::{
    Aggregator, AggregatorMarket, AggregatorMemory, AggregatorVersion, AverageRate, Candle,
    CurveKind, CurvePolicy, PegRatio, RateCurve, Reserves, Semilog,
};
pub use vault::{Vault, VaultAction};

/// Seconds of the year of every contract here.
pub(crate) const YEAR_SECS: u128 = 31_536_000;
/// 10^18, the scale of Curve's and Compound's rates.
pub(crate) const WAD: u128 = 1_000_000_000_000_000_000;
