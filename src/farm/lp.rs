//! Value of the LP tokens staked in a farm.

use crate::decimal::to_f64;
use crate::error::{Error, Result, finite, positive, representable};
use crate::fixed::U256;

/// A two-coin pool and the part of its LP tokens that the farm holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LpInput {
    /// Reserve of coin 0 in its smallest unit.
    pub reserve0_raw: U256,
    /// Reserve of coin 1 in its smallest unit.
    pub reserve1_raw: U256,
    /// Decimals of coin 0.
    pub decimals0: u32,
    /// Decimals of coin 1.
    pub decimals1: u32,
    /// Price of coin 0 in USD.
    pub price0_usd: f64,
    /// Price of coin 1 in USD.
    pub price1_usd: f64,
    /// LP tokens in existence, in their smallest unit.
    pub total_supply_raw: U256,
    /// LP tokens that the farm holds, in their smallest unit.
    pub staked_raw: U256,
}

/// What the pool and the farm's part of it are worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LpValue {
    /// Value of the whole pool in USD.
    pub pool_usd: f64,
    /// Fraction of the LP tokens that the farm holds.
    pub staked_share: f64,
    /// Value of the farm's part in USD: the value to compute an APR with.
    pub staked_usd: f64,
    /// The same as twice the coin-0 side: right only if the pool is balanced.
    pub staked_twice0_usd: f64,
    /// The same from 2√(R0·R1·p0·p1), which a swap within one block cannot move.
    pub fair_staked_usd: f64,
    /// Value of 10^18 of the LP token's smallest unit in USD.
    pub lp_price_usd: f64,
}

/// The value of the LP tokens that a farm holds.
///
/// staked = staked_raw / total_supply_raw · (R0·p0 + R1·p1)
///
/// Only the LP tokens held by the farm count, not the whole pool.
///
/// # Errors
/// `Invalid` on a price or on `total_supply_raw` unless above 0, on `staked_raw` if it
/// exceeds the supply, on decimals above 77; `Arithmetic` beyond the range of a double.
///
/// ```
/// use llamath::farm::{LpInput, lp_value};
/// use llamath::fixed::U256;
/// let wei = U256::from(10_u64.pow(18));
/// let value = lp_value(&LpInput {
///     reserve0_raw: U256::from(1_000_u64) * wei,
///     reserve1_raw: U256::from(2_000_000_000_u64),
///     decimals0: 18,
///     decimals1: 6,
///     price0_usd: 2.0,
///     price1_usd: 1.0,
///     total_supply_raw: U256::from(100_u64) * wei,
///     staked_raw: U256::from(25_u64) * wei,
/// })?;
/// assert_eq!((value.pool_usd, value.staked_usd), (4_000.0, 1_000.0));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn lp_value(input: &LpInput) -> Result<LpValue> {
    let price0 = positive(&"price0_usd", input.price0_usd)?;
    let price1 = positive(&"price1_usd", input.price1_usd)?;
    if input.total_supply_raw.is_zero() {
        return Err(Error::invalid(&"total_supply_raw", &"above 0"));
    }
    if input.staked_raw > input.total_supply_raw {
        return Err(Error::invalid(&"staked_raw", &"at most total_supply_raw"));
    }
    let reserve = |raw, decimals, field| {
        to_f64(raw, decimals).map_err(|_| Error::invalid(field, &"a whole number from 0 to 77"))
    };
    let reserve0 = reserve(input.reserve0_raw, input.decimals0, &"decimals0")?;
    let reserve1 = reserve(input.reserve1_raw, input.decimals1, &"decimals1")?;
    let supply = to_f64(input.total_supply_raw, 18)?;

    let side0 = representable(&"pool_usd", reserve0 * price0, reserve0 == 0.0)?;
    let side1 = representable(&"pool_usd", reserve1 * price1, reserve1 == 0.0)?;
    let staked_share = to_f64(input.staked_raw, 18)? / supply;
    let pool_usd = side0 + side1;
    Ok(LpValue {
        pool_usd: finite(&"pool_usd", pool_usd)?,
        staked_share,
        staked_usd: representable(
            &"staked_usd",
            staked_share * pool_usd,
            staked_share == 0.0 || pool_usd == 0.0,
        )?,
        staked_twice0_usd: finite(&"staked_twice0_usd", 2.0 * side0 * staked_share)?,
        // Two roots instead of one of the product, which may leave the range.
        fair_staked_usd: finite(
            &"fair_staked_usd",
            2.0 * side0.sqrt() * side1.sqrt() * staked_share,
        )?,
        lp_price_usd: finite(&"lp_price_usd", pool_usd / supply)?,
    })
}
