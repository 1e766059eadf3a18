//! What a loan in soft-liquidation loses: LLAMMA simulated on minute candles.
//!
//! A position of one unit of collateral is opened in bands 1..N below the price, arbitrageurs
//! trade against it while the price moves, and what the bands would bring at the end is
//! compared with what they would have brought at the start. The losses over all starts of a
//! long series of candles are what A, the fee and the discounts of a market are chosen by.
//!
//! The model is that of Curve's two published simulators, version 1 and version 2
//! ([`FeeModel`]), as they are ([`Trading::Parity`]) or without their reverse pseudo-trade
//! ([`Trading::Guarded`]).
//!
//! Doubles throughout: prices as they are, fractions, never percent. Band n reaches from
//! `p_base·k^(n+1)` up to `p_base·k^n`, k = (A − 1)/A: a larger n is a lower price.

mod advice;
mod amm;
mod candle;
mod candles;
mod curve;
mod fee;
mod oracle;
mod order;
mod rescale;
mod run;
mod settings;
mod sweep;
mod window;

pub use advice::{Discounts, band_coefficient, discounts, required_discount};
pub use candle::{Candle, add_reverse};
pub use candles::{
    Format, Gap, LeftOut, Outlier, Quality, Reading, Reason, TimeUnit, read_candles,
};
pub use oracle::{close_prices, ema_exponential, ema_half_life, middle_prices, threshold_prices};
pub use rescale::{largest_fall, loss_at_volatility};
pub use run::{Record, loss, run};
pub use settings::{Averaging, FeeModel, Settings, Trading};
pub use sweep::{
    Curve, Effort, Event, EventEffect, Jackknife, Objective, Parameter, Partial, Progress,
    Recommendation, Search, Statistic, Window, Worst, events, loss_tails, loss_tails_with, scan,
    windows_by_rows, windows_by_time, windows_sampled,
};
pub use window::{size_of_days, window_by_rows, window_by_time};
