//! How often to reinvest when each reinvestment costs a fixed amount.
//!
//! k reinvestments split the horizon into k + 1 equal spans. After each of the first k
//! spans the reward, less the cost, is staked; the reward of the last span is counted
//! as it is. With x = apr · years and q = 1 + x/(k + 1), the end value is
//!
//! F(k) = P·q^(k+1) − c·q·(q^k − 1)/(q − 1)
//!
//! which rises to one maximum and falls: the growth gained by one more span shrinks
//! while its cost does not.

use libm::{expm1, log1p};

use crate::error::{Error, Result, finite, positive, representable};

/// A deposit whose reward can be reinvested at a cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestCompoundingInput {
    /// Simple annual rate, above 0.
    pub apr: f64,
    /// The deposit in USD.
    pub principal_usd: f64,
    /// Cost of one reinvestment in USD, above 0.
    pub cost_usd: f64,
    /// The horizon in days.
    pub days: f64,
    /// Seconds of the year that `apr` is per.
    pub year_secs: f64,
}

/// The best number of reinvestments and what it brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BestCompounding {
    /// Reinvestments over the horizon; 0 if none pays.
    pub compoundings: f64,
    /// Seconds between two of them (the whole horizon if there is none).
    pub interval_secs: f64,
    /// Value at the end in USD, all costs paid.
    pub final_usd: f64,
    /// Gain in USD, all costs paid.
    pub gain_usd: f64,
    /// What the reinvestments cost together in USD.
    pub cost_usd: f64,
    /// The gain as a simple annual rate.
    pub net_apr: f64,
    /// Value at the end without any reinvestment.
    pub simple_final_usd: f64,
}

/// The number of reinvestments with the highest end value; one of the highest where
/// doubles cannot tell them apart.
///
/// See the module's text for the model and its formula.
///
/// # Errors
/// `Invalid` on any field unless above 0, on `cost_usd` if it is so low that
/// reinvesting more than once a second would be best; `Arithmetic` beyond the range of
/// a double or 2^52 reinvestments.
///
/// ```
/// use llamath::farm::{BestCompoundingInput, YEAR_SECS, best_compounding};
/// let best = best_compounding(&BestCompoundingInput {
///     apr: 0.5,
///     principal_usd: 1_000.0,
///     cost_usd: 1.0,
///     days: 365.0,
///     year_secs: YEAR_SECS,
/// })?;
/// assert_eq!(best.compoundings, 11.0);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn best_compounding(input: &BestCompoundingInput) -> Result<BestCompounding> {
    let apr = positive(&"apr", input.apr)?;
    let principal = positive(&"principal_usd", input.principal_usd)?;
    let cost = positive(&"cost_usd", input.cost_usd)?;
    let horizon_secs = positive(&"days", input.days)? * 86_400.0;
    let years = horizon_secs / positive(&"year_secs", input.year_secs)?;
    let growth = apr * years;
    let gain = |k: f64| gain(principal, cost, growth, k);
    finite(&"final_usd", principal + gain(0.0))?;

    // Double until it no longer pays, then narrow the bracket around the maximum.
    let most = libm::floor(horizon_secs);
    let too_often = || Error::invalid(&"cost_usd", &"high enough that once a second is too often");
    let (mut low, mut high) = (0.0, 1.0);
    while finite(&"final_usd", gain(high))? > gain(libm::floor(high / 2.0)) {
        if high > most {
            return Err(too_often());
        }
        if high > MOST {
            return Err(Error::arithmetic(&"compoundings"));
        }
        low = libm::floor(high / 2.0);
        high *= 2.0;
    }
    while high - low > 2.0 {
        let third = libm::floor((high - low) / 3.0).max(1.0);
        let (left, right) = (low + third, high - third);
        if gain(left) < gain(right) { low = left } else { high = right }
    }
    // The end of the bracket is never better than what lies before it.
    let compoundings = if gain(low + 1.0) > gain(low) { low + 1.0 } else { low };
    if compoundings > most {
        return Err(too_often());
    }

    let gain_usd = gain(compoundings);
    Ok(BestCompounding {
        compoundings,
        interval_secs: horizon_secs / (compoundings + 1.0),
        final_usd: finite(&"final_usd", principal + gain_usd)?,
        gain_usd,
        cost_usd: cost * compoundings,
        net_apr: representable(&"net_apr", gain_usd / principal / years, gain_usd == 0.0)?,
        simple_final_usd: principal + gain(0.0),
    })
}

/// Half of the numbers up to which doubles count one by one: the search doubles once more.
const MOST: f64 = 4_503_599_627_370_496.0;

/// F(k) − P.
#[inline(never)]
fn gain(principal: f64, cost: f64, growth: f64, k: f64) -> f64 {
    let per_span = growth / (k + 1.0);
    let log_q = log1p(per_span);
    let grown = principal * expm1((k + 1.0) * log_q);
    let costs = cost * (1.0 + per_span) * expm1(k * log_q) / per_span;
    grown - costs
}
