//! Compound v2: a rate per block, compounded daily.

use libm::{expm1, log1p};

use crate::decimal::to_f64;
use crate::error::{Result, positive, representable};
use crate::fixed::U256;

/// The yield that Compound v2's front ends show for a rate per block.
///
/// apy = (rate_per_block / 10^18 · blocks_per_day + 1)^365 − 1
///
/// The blocks per day are an input: the constant once used (6570) is long stale.
///
/// # Errors
/// `Invalid` on `blocks_per_day` unless above 0; `Arithmetic` beyond the range of a
/// double.
///
/// ```
/// use llamath::{fixed::U256, lending::compound_v2_apy};
/// let apy = compound_v2_apy(U256::from(10_000_000_000_u64), 7_200.0)?;
/// assert_eq!(format!("{apy:.6}"), "0.026627");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn compound_v2_apy(rate_per_block: U256, blocks_per_day: f64) -> Result<f64> {
    positive(&"blocks_per_day", blocks_per_day)?;
    let per_day = to_f64(rate_per_block, 18)? * blocks_per_day;
    representable(&"compound_v2_apy", expm1(365.0 * log1p(per_day)), rate_per_block.is_zero())
}
