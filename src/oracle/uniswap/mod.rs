//! Uniswap v3's price oracle, to the last unit: a pool stores sums of its tick over time; a
//! difference of two sums over the time between them is a mean tick, and a tick is a price.
//!
//! Tick t stands for the price 1.0001^t of token0 in token1, in raw units of both.

mod consult;
mod observe;
mod precision;
mod quote;
mod tick;
mod twap;
mod wide;

pub use consult::{harmonic_mean_liquidity, mean_tick};
pub use observe::{Observation, PoolHistory};
pub use precision::{ErrorSize, Precision, PrecisionReport, precision, precision_over};
pub use quote::{base_is_token0, quote_at_tick};
pub use tick::{
    MAX_SQRT_RATIO, MAX_TICK, MIN_SQRT_RATIO, MIN_TICK, sqrt_ratio_at_tick, tick_at_sqrt_ratio,
};
pub use twap::{TwapQuote, twap, twap_ticks};
pub use wide::mul_div;
