//! Price oracles: what each would have said, and how far that was from the market.
//!
//! Exact, as the contracts compute it: [`ChainlinkEma`] (the average of Chainlink rounds as
//! defi.money deployed it), [`EmaPrice`] and [`curve_ema`] (Curve's average of a price), and
//! Uniswap v3 from an observation to a quote ([`PoolHistory`], [`mean_tick`],
//! [`quote_at_tick`]). Estimates in doubles: series on a grid of minutes ([`Grid`],
//! [`carry_forward`]) and what is measured on them. A missing value is `None`; it is never
//! carried further than the caller allows.
//!
//! Nothing here names a best oracle: a [`Ranking`] says by which measure, over which minutes.

mod carry;
mod chainlink_ema;
mod compare;
mod curve_ema;
mod gaps;
mod grid;
mod lag;
mod metrics;
mod read;
mod readings;
mod rounds;
mod sums;
mod uniswap;

pub use crate::lending::EmaPrice;
pub use carry::{Carried, Carry, carry_forward};
pub use chainlink_ema::{ChainlinkEma, StoredEma};
pub use compare::{CompareInput, Comparison, Feed, FeedReport, Measure, Ranking, compare};
pub use curve_ema::curve_ema;
pub use gaps::{Percentiles, Runs, quantile, round_gaps, runs};
pub use grid::{Grid, MINUTE_SECS};
pub use lag::{Lag, best_lag, lags};
pub use metrics::{Divisor, Metrics, log_volatility, metrics};
pub use read::{Prices, RoundFile, read_observations, read_prices, read_rounds};
pub use readings::{Reading, ten_minute_averages};
pub use rounds::{Round, RoundHistory};
pub use uniswap::{
    ErrorSize, MAX_SQRT_RATIO, MAX_TICK, MIN_SQRT_RATIO, MIN_TICK, Observation, PoolHistory,
    Precision, PrecisionReport, TwapQuote, base_is_token0, harmonic_mean_liquidity, mean_tick,
    mul_div, precision, precision_over, quote_at_tick, sqrt_ratio_at_tick, tick_at_sqrt_ratio,
    twap, twap_ticks,
};
