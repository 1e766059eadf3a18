//! The time-weighted average price over a grid of moments.

use super::consult::mean_tick;
use super::observe::PoolHistory;
use super::quote::quote_at_tick;
use crate::decimal::to_f64;
use crate::error::{Error, Result};
use crate::oracle::Grid;

/// How a tick becomes a price: of one whole base token, in whole quote tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwapQuote {
    /// Whether the base is the token of the lower address.
    pub base_is_token0: bool,
    /// Decimals of the base token, at most 38.
    pub base_decimals: u32,
    /// Decimals of the quote token, at most 77.
    pub quote_decimals: u32,
}

impl TwapQuote {
    /// One whole base token in raw units.
    pub(super) fn one_base(&self) -> Result<u128> {
        10_u128
            .checked_pow(self.base_decimals)
            .ok_or(Error::invalid(&"base_decimals", &"a whole number from 0 to 38"))
    }

    /// The price at a tick, as the contract rounds it: in whole raw units of the quote.
    ///
    /// # Errors
    /// `Invalid` on `tick` outside ±887272 and on decimals out of range.
    ///
    /// ```
    /// use llamath::oracle::TwapQuote;
    /// let usdc_for_weth = TwapQuote { base_is_token0: false, base_decimals: 18, quote_decimals: 6 };
    /// assert_eq!(usdc_for_weth.price(201_101)?, 1848.124377);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn price(&self, tick: i32) -> Result<f64> {
        to_f64(quote_at_tick(tick, self.one_base()?, self.base_is_token0)?, self.quote_decimals)
            .map_err(|_| Error::invalid(&"quote_decimals", &"a whole number from 0 to 77"))
    }
}

/// The mean tick over the `seconds_ago` before each moment of a grid; none where they begin
/// before the oldest observation, where the contract says "OLD".
///
/// # Errors
/// `Invalid` on `grid` if a moment is after the history's now, on `seconds_ago` of 0.
///
/// ```
/// use llamath::{U256, oracle::{Grid, Observation, PoolHistory, twap_ticks}};
/// let seconds_per_liquidity_x128 = U256::ZERO;
/// let [first, last] = [(0, 0), (600, 6_000)].map(|(timestamp, tick_cumulative)| {
///     Observation { timestamp, tick_cumulative, seconds_per_liquidity_x128 }
/// });
/// let ring = [first, last];
/// let history = PoolHistory::new(&ring, 900, 4, 1)?;
/// let grid = Grid { start_secs: 300, step_secs: 300, count: 3 };
/// assert_eq!(twap_ticks(&history, &grid, 600)?, [None, Some(10), Some(7)]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn twap_ticks(
    history: &PoolHistory<'_>,
    grid: &Grid,
    seconds_ago: u32,
) -> Result<Vec<Option<i32>>> {
    let mean = |sums: Option<[i64; 2]>| sums.map(|sums| mean_tick(seconds_ago, sums)).transpose();
    history.sums_over(grid, seconds_ago)?.into_iter().map(mean).collect()
}

impl PoolHistory<'_> {
    /// The cumulated ticks `seconds_ago` before each moment of a grid and at it; none where the
    /// contract says "OLD".
    pub(super) fn sums_over(&self, grid: &Grid, seconds_ago: u32) -> Result<Vec<Option<[i64; 2]>>> {
        // Refused also where no moment is within the history.
        mean_tick(seconds_ago, [0, 0])?;
        let expected = &"moments up to the history's now, within 2^32 seconds of it";
        let sums = |moment| {
            let age = self.seconds_since(moment).ok_or(Error::invalid(&"grid", expected))?;
            let sum = |age| Some(self.observe(age).ok()?.tick_cumulative);
            let then = age.checked_add(seconds_ago).and_then(sum);
            Ok(then.and_then(|then| Some([then, sum(age)?])))
        };
        grid.moments()?.map(sums).collect()
    }
}

/// The time-weighted average price over the `seconds_ago` before each moment of a grid, in
/// whole quote tokens for one base token, rounded as the contract rounds it.
///
/// Half an hour is the usual stretch: 1800 seconds.
///
/// # Errors
/// As for [`twap_ticks`] and [`TwapQuote::price`].
///
/// ```
/// use llamath::{U256, oracle::{Grid, Observation, PoolHistory, TwapQuote, twap}};
/// let start = Observation {
///     timestamp: 0,
///     tick_cumulative: 0,
///     seconds_per_liquidity_x128: U256::ZERO,
/// };
/// let ring = [start];
/// let history = PoolHistory::new(&ring, 3_600, 201_101, 1)?;
/// let grid = Grid { start_secs: 1_800, step_secs: 60, count: 2 };
/// let usdc_for_weth = TwapQuote { base_is_token0: false, base_decimals: 18, quote_decimals: 6 };
/// assert_eq!(twap(&history, &grid, 1_800, &usdc_for_weth)?, [Some(1848.124377); 2]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn twap(
    history: &PoolHistory<'_>,
    grid: &Grid,
    seconds_ago: u32,
    quote: &TwapQuote,
) -> Result<Vec<Option<f64>>> {
    // Neighbouring moments mostly share their tick.
    let mut known: Option<(i32, f64)> = None;
    let mut price = |tick: i32| match known {
        Some((same, price)) if same == tick => Ok(price),
        _ => quote.price(tick).inspect(|price| known = Some((tick, *price))),
    };
    let ticks = twap_ticks(history, grid, seconds_ago)?;
    ticks.into_iter().map(|tick| tick.map(&mut price).transpose()).collect()
}
