//! A market's debt ceiling from the liquidity of its collateral: a share of the least that an
//! exponential average of it fell to.
//!
//! Estimates in doubles. Liquidity is what one can swap the collateral for, in USD, summed over
//! pools by UTC day; nothing is guessed where a pool has no figure: the day is a gap. Which
//! average is meant is always said, since readings of "a 7-day EMA" differ by 2 to 8 % on
//! ordinary data and by far more on a glitch.

mod daily;
mod estimate;
mod quality;
mod read;

pub use daily::{DailyLiquidity, LiquidityRows, daily_liquidity};
pub use estimate::{
    CeilingInput, DebtCeiling, LiquidityUnit, conventions, debt_ceiling, floor_to_digits,
};
pub use quality::{Gap, Outlier, Quality, quality};
pub use read::{LiquidityFile, read_liquidity};
