//! Tick ⇄ square root of its price, in units of 2⁻⁹⁶.

use crate::error::{Error, Result};
use crate::fixed::{U256, Uint, product_above};

/// The lowest tick of a pool.
pub const MIN_TICK: i32 = -887_272;
/// The highest tick of a pool.
pub const MAX_TICK: i32 = 887_272;
/// The square root of the lowest tick's price, in units of 2⁻⁹⁶.
pub const MIN_SQRT_RATIO: U256 = U256::from_limbs([4_295_128_739, 0, 0, 0]);
/// The square root of the highest tick's price, in units of 2⁻⁹⁶.
pub const MAX_SQRT_RATIO: U256 =
    U256::from_limbs([0x5d951d5263988d26, 0xefd1fc6a50648849, 0xfffd8963, 0]);

/// 1.0001^(−2^i/2) in units of 2⁻¹²⁸, rounded to the nearest, for the bits i of a tick.
const FACTORS: [u128; 20] = [
    0xfffcb933bd6fad37aa2d162d1a594001,
    0xfff97272373d413259a46990580e213a,
    0xfff2e50f5f656932ef12357cf3c7fdcc,
    0xffe5caca7e10e4e61c3624eaa0941cd0,
    0xffcb9843d60f6159c9db58835c926644,
    0xff973b41fa98c081472e6896dfb254c0,
    0xff2ea16466c96a3843ec78b326b52861,
    0xfe5dee046a99a2a811c461f1969c3053,
    0xfcbe86c7900a88aedcffc83b479aa3a4,
    0xf987a7253ac413176f2b074cf7815e54,
    0xf3392b0822b70005940c7a398e4b70f3,
    0xe7159475a2c29b7443b29c7fa6e889d9,
    0xd097f3bdfd2022b8845ad8f792aa5825,
    0xa9f746462d870fdf8a65dc1f90e061e5,
    0x70d869a156d2a1b890bb3df62baf32f7,
    0x31be135f97d08fd981231505542fcfa6,
    0x09aa508b5b7a84e1c677de54f3e99bc9,
    0x005d6af8dedb81196699c329225ee604,
    0x00002216e584f5fa1ea926041bedfe98,
    0x00000000048a170391f7dc42444e8fa2,
];

/// Passes a tick that a pool can have.
pub(super) fn check_tick(tick: i32) -> Result<i32> {
    match (MIN_TICK..=MAX_TICK).contains(&tick) {
        true => Ok(tick),
        false => Err(Error::invalid(&"tick", &"a whole number from -887272 to 887272")),
    }
}

/// √(1.0001^tick) in units of 2⁻⁹⁶, rounded up.
///
/// # Errors
/// `Invalid` on `tick` outside ±887272.
///
/// ```
/// use llamath::{U256, oracle::sqrt_ratio_at_tick};
/// assert_eq!(sqrt_ratio_at_tick(0)?, U256::from(1_u128 << 96));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn sqrt_ratio_at_tick(tick: i32) -> Result<U256> {
    let distance = check_tick(tick)?.unsigned_abs();
    let downward = (FACTORS.iter().enumerate())
        .filter(|(bit, _)| distance >> bit & 1 == 1)
        .map(|(_, factor)| U256::from(*factor))
        // Factors are below 1: a product in units of 2⁻¹²⁸ never outgrows its operands.
        .fold(U256::ONE.wrapping_shl(128), |ratio, factor| {
            product_above(&ratio, &factor, 4).unwrap_or_default()
        });
    let ratio = match tick > 0 {
        true => Uint::from(U256::MAX) / downward,
        false => downward.into(),
    };
    ratio.div_up(1_u128 << 32).get(&"sqrt_ratio")
}

/// The highest tick whose square root of the price is at most `sqrt_ratio`, which is in
/// units of 2⁻⁹⁶.
///
/// # Errors
/// `Invalid` on `sqrt_ratio` below [`MIN_SQRT_RATIO`] or from [`MAX_SQRT_RATIO`] on.
///
/// ```
/// use llamath::{U256, oracle::tick_at_sqrt_ratio};
/// assert_eq!(tick_at_sqrt_ratio(U256::from(1_u128 << 96))?, 0);
/// assert_eq!(tick_at_sqrt_ratio(U256::from((1_u128 << 96) - 1))?, -1);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn tick_at_sqrt_ratio(sqrt_ratio: U256) -> Result<i32> {
    if sqrt_ratio < MIN_SQRT_RATIO || sqrt_ratio >= MAX_SQRT_RATIO {
        return Err(Error::invalid(
            &"sqrt_ratio",
            &"from 4295128739 to 1461446703485210103287273052203988822378723970341",
        ));
    }
    // The tick lies from `low` on and below `high`.
    let (mut low, mut high) = (MIN_TICK, MAX_TICK);
    while high.saturating_sub(low) > 1 {
        let middle = low.midpoint(high);
        match sqrt_ratio_at_tick(middle)? <= sqrt_ratio {
            true => low = middle,
            false => high = middle,
        }
    }
    Ok(low)
}
