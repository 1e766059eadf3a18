//! What the pool's integers cost: a quote against the exact price of the same sums.
//!
//! On the way from the sums to a quote there are three roundings: the mean tick to a whole one,
//! the square root of its price to units of 2⁻⁹⁶, and the amount to whole raw units. Each is
//! worked out from integers of 512 bits, not claimed.

use super::consult::mean_tick;
use super::observe::{PoolHistory, wrapped_56};
use super::quote::quote_at_tick;
use super::tick::{check_tick, sqrt_ratio_at_tick};
use super::twap::TwapQuote;
use super::wide::{U512, wide};
use crate::error::{Error, Result, finite};
use crate::fixed::U256;
use crate::oracle::Grid;
use crate::oracle::sums::{Sum, count_f64};

/// The relative errors of one quote; above 0, the quote is too high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// The mean tick as the contract rounds it, toward −∞.
    pub tick: i32,
    /// The mean tick before that.
    pub exact_tick: f64,
    /// The exact price of one raw unit of the base, in raw units of the quote.
    pub exact_price: f64,
    /// What rounding the tick does: down to −1 basis point, or up to 1 if the base is token1.
    pub tick_error: f64,
    /// What rounding the square root of the price does to that root.
    pub sqrt_error: f64,
    /// What multiplying, dividing and rounding to a raw unit does: down to −1, the whole amount.
    pub mul_div_error: f64,
    /// The three together: quote / (base · exact price) − 1.
    pub total_error: f64,
}

/// The errors of a series of quotes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrecisionReport {
    /// Quotes in the series.
    pub count: usize,
    /// The largest |error| of the tick, and its mean.
    pub tick: ErrorSize,
    /// The same of the square root.
    pub sqrt: ErrorSize,
    /// The same of multiplying and dividing.
    pub mul_div: ErrorSize,
    /// The same of all together.
    pub total: ErrorSize,
}

/// How large a relative error is over a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErrorSize {
    /// The largest distance from 0.
    pub largest: f64,
    /// The mean, with its sign.
    pub mean: f64,
}

/// The errors of the quote of `base_amount` raw units at the mean tick of two sums.
///
/// exact tick = (now − then)/seconds of the cumulated ticks `[then, now]`; exact price =
/// 1.0001^±tick; each error by itself, and all together.
///
/// # Errors
/// `Invalid` on `base_amount` of 0, on what [`mean_tick`] refuses.
///
/// ```
/// // One ARB of 18 decimals at about 1 USDC of 6: a raw unit is a millionth of it.
/// let found = llamath::oracle::precision(1_800, [0, -497_347_199], 10_u128.pow(18), true)?;
/// assert_eq!(found.tick, -276_304);
/// assert!(found.mul_div_error.abs() < 1.05e-6 && found.mul_div_error < -1e-9);
/// assert!(found.tick_error > -1e-4 && found.sqrt_error.abs() < 1e-19);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn precision(
    seconds_ago: u32,
    tick_cumulatives: [i64; 2],
    base_amount: u128,
    base_is_token0: bool,
) -> Result<Precision> {
    if base_amount == 0 {
        return Err(Error::invalid(&"base_amount", &"above 0"));
    }
    let tick = mean_tick(seconds_ago, tick_cumulatives)?;
    let [then, now] = tick_cumulatives;
    let difference = wrapped_56(now.wrapping_sub(then));
    let rest = difference.checked_rem_euclid(i64::from(seconds_ago)).unwrap_or_default();
    #[expect(clippy::as_conversions, reason = "below 2^32: exact")]
    let part = rest as f64 / f64::from(seconds_ago);
    let ln_tick = libm::log1p(1e-4);
    let sign = if base_is_token0 { 1.0 } else { -1.0 };
    let exact_tick = f64::from(tick) + part;
    let tick_error = libm::expm1(-sign * part * ln_tick);
    let sqrt_error = sqrt_error(tick)?;
    let mul_div_error = mul_div_error(tick, base_amount, base_is_token0)?;
    let logarithm =
        libm::log1p(tick_error) + sign * 2.0 * libm::log1p(sqrt_error) + libm::log1p(mul_div_error);
    Ok(Precision {
        tick,
        exact_tick,
        exact_price: finite(&"exact_price", libm::exp(sign * exact_tick * ln_tick))?,
        tick_error,
        sqrt_error,
        mul_div_error,
        total_error: libm::expm1(logarithm),
    })
}

/// The errors of the average price of one whole base token at every moment of a grid, over
/// those at which the pool answers.
///
/// # Errors
/// As for [`super::twap`]; `Invalid` on `grid` if the pool answers at none of its moments.
///
/// ```
/// use llamath::{U256, oracle::{Grid, Observation, PoolHistory, TwapQuote, precision_over}};
/// let ring = [(0, 0), (7_200, 7_200 * 201_101 + 3_600)].map(|(timestamp, tick_cumulative)| {
///     Observation { timestamp, tick_cumulative, seconds_per_liquidity_x128: U256::ZERO }
/// });
/// let history = PoolHistory::new(&ring, 7_200, 201_101, 1)?;
/// let grid = Grid { start_secs: 3_600, step_secs: 60, count: 61 };
/// let usdc_for_weth = TwapQuote { base_is_token0: false, base_decimals: 18, quote_decimals: 6 };
/// let report = precision_over(&history, &grid, 1_800, &usdc_for_weth)?;
/// assert!(report.tick.largest <= 1e-4 && report.mul_div.largest < 6.5e-10);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn precision_over(
    history: &PoolHistory<'_>,
    grid: &Grid,
    seconds_ago: u32,
    quote: &TwapQuote,
) -> Result<PrecisionReport> {
    let base = quote.one_base()?;
    let means = history.sums_over(grid, seconds_ago)?.into_iter().flatten();
    let found = means.map(|sums| precision(seconds_ago, sums, base, quote.base_is_token0));
    let found = found.collect::<Result<Vec<_>>>()?;
    if found.is_empty() {
        return Err(Error::invalid(&"grid", &"moments at which the pool answers"));
    }
    let size = |part: fn(&Precision) -> f64| {
        let mut sum = Sum::default();
        found.iter().for_each(|found| sum.add(part(found)));
        let largest = found.iter().fold(0.0, |most, found| f64::max(most, part(found).abs()));
        ErrorSize { largest, mean: sum.get() / count_f64(found.len()) }
    };
    Ok(PrecisionReport {
        count: found.len(),
        tick: size(|found| found.tick_error),
        sqrt: size(|found| found.sqrt_error),
        mul_div: size(|found| found.mul_div_error),
        total: size(|found| found.total_error),
    })
}

/// 1.0001^(−2^i/2) in units of 2⁻²⁵⁶, rounded to the nearest, for the bits i of a tick: lowest
/// limb first.
const FACTORS: [U256; 20] = [
    U256::from_limbs([
        0x570e09e3edc8f841,
        0x733071ca63262237,
        0xaa2d162d1a594001,
        0xfffcb933bd6fad37,
    ]),
    U256::from_limbs([
        0xc221885b89548c60,
        0xb8e3eb6b6eb57c60,
        0x59a46990580e2139,
        0xfff97272373d4132,
    ]),
    U256::from_limbs([
        0xbeae7803446f0f10,
        0x98a5078da53efa26,
        0xef12357cf3c7fdcb,
        0xfff2e50f5f656932,
    ]),
    U256::from_limbs([
        0xf9bc0aa90ef37334,
        0xf04a8a212009f027,
        0x1c3624eaa0941ccf,
        0xffe5caca7e10e4e6,
    ]),
    U256::from_limbs([
        0x3542ca2e646b1ab8,
        0xad7c09ed8821ecfd,
        0xc9db58835c926643,
        0xffcb9843d60f6159,
    ]),
    U256::from_limbs([
        0x81e42e93fd42ce87,
        0x81ef047c569db3b2,
        0x472e6896dfb254bf,
        0xff973b41fa98c081,
    ]),
    U256::from_limbs([
        0x6ae79a3971d4b9fb,
        0x97e9315c35bffb5c,
        0x43ec78b326b52860,
        0xff2ea16466c96a38,
    ]),
    U256::from_limbs([
        0x79853b3caf63cfc3,
        0xf544235f4d64fdc8,
        0x11c461f1969c3052,
        0xfe5dee046a99a2a8,
    ]),
    U256::from_limbs([
        0x0cf26b8025674fd5,
        0xdc268667328f4b9a,
        0xdcffc83b479aa3a3,
        0xfcbe86c7900a88ae,
    ]),
    U256::from_limbs([
        0x4404323cf11ce810,
        0xfacbf1906fa65ab8,
        0x6f2b074cf7815e53,
        0xf987a7253ac41317,
    ]),
    U256::from_limbs([
        0x9c54537e8f677257,
        0xca02c578b1d42159,
        0x940c7a398e4b70f2,
        0xf3392b0822b70005,
    ]),
    U256::from_limbs([
        0x83b9d1cf5c6ce2db,
        0x9a78853263da3b31,
        0x43b29c7fa6e889d8,
        0xe7159475a2c29b74,
    ]),
    U256::from_limbs([
        0xc2a4a16fd5e01f2b,
        0x6a3df3fc12a5c155,
        0x845ad8f792aa5825,
        0xd097f3bdfd2022b8,
    ]),
    U256::from_limbs([
        0x6c57f61fb9cdb256,
        0xfa160424952d52a6,
        0x8a65dc1f90e061e4,
        0xa9f746462d870fdf,
    ]),
    U256::from_limbs([
        0x44efb8f73f24f4ed,
        0xc49744d5020b5c91,
        0x90bb3df62baf32f6,
        0x70d869a156d2a1b8,
    ]),
    U256::from_limbs([
        0xaaaecca63fbacc40,
        0x86c1e84cfea4ad05,
        0x81231505542fcfa5,
        0x31be135f97d08fd9,
    ]),
    U256::from_limbs([
        0xae1e60fc495508de,
        0xfdac1d580d2ea031,
        0xc677de54f3e99bc8,
        0x09aa508b5b7a84e1,
    ]),
    U256::from_limbs([
        0x8e3ab8d4dc789df1,
        0x4e0e6dc91bb2843f,
        0x6699c329225ee604,
        0x005d6af8dedb8119,
    ]),
    U256::from_limbs([
        0xf9edb4e1a5f570e4,
        0xb74dcb4ff36b9c96,
        0x1ea926041bedfe97,
        0x00002216e584f5fa,
    ]),
    U256::from_limbs([
        0x4878020479cec6fe,
        0x3b8ad7d66987e9cb,
        0x91f7dc42444e8fa2,
        0x00000000048a1703,
    ]),
];

/// The relative error of the contract's square root at a tick.
fn sqrt_error(tick: i32) -> Result<f64> {
    let distance = check_tick(tick)?.unsigned_abs();
    let root = wide(sqrt_ratio_at_tick(tick)?);
    // √(1.0001^−|tick|) in units of 2⁻²⁵⁶: right in more than 180 bits.
    let downward = (FACTORS.iter().enumerate())
        .filter(|(bit, _)| distance >> bit & 1 == 1)
        .map(|(_, factor)| wide(*factor))
        .fold(U512::ONE.wrapping_shl(256), |ratio, factor| {
            ratio.wrapping_mul(factor).wrapping_shr(256)
        });
    Ok(match tick > 0 {
        true => relative(root.wrapping_mul(downward), U512::ONE.wrapping_shl(96 + 256)),
        false => relative(root.wrapping_shl(256 - 96), downward),
    })
}

/// The relative error of a quote against its amount at the contract's square root.
fn mul_div_error(tick: i32, base_amount: u128, base_is_token0: bool) -> Result<f64> {
    let quote = wide(quote_at_tick(tick, base_amount, base_is_token0)?);
    let root = wide(sqrt_ratio_at_tick(tick)?);
    let (square, base) = (root.wrapping_mul(root), U512::from(base_amount));
    // At most 448 bits: the root has 160, its square 320, the base 128, the quote 256.
    Ok(match base_is_token0 {
        true => relative(quote.wrapping_shl(192), base.wrapping_mul(square)),
        false => relative(quote.wrapping_mul(square), base.wrapping_shl(192)),
    })
}

/// got/exact − 1
fn relative(got: U512, exact: U512) -> f64 {
    let size = f64::from(got.abs_diff(exact)) / f64::from(exact);
    if got < exact { -size } else { size }
}
