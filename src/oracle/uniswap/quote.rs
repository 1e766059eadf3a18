//! What an amount of one token is worth in the other at a tick.

use super::tick::sqrt_ratio_at_tick;
use super::wide::mul_div;
use crate::error::{Error, Name, Result};
use crate::fixed::{U256, product_above};

/// The square of the price's root, and of its unit 2⁻⁹⁶, as the contract squares them: in
/// full below 2^128, without its lowest 64 bits above.
pub(super) fn ratio_and_unit(tick: i32) -> Result<(U256, U256)> {
    let root = sqrt_ratio_at_tick(tick)?;
    let dropped = if root.bit_len() <= 128 { 0 } else { 64 };
    let ratio = product_above(&root, &root, dropped / 32);
    let ratio = ratio.ok_or_else(|| Error::arithmetic(&"ratio"))?;
    Ok((ratio, U256::ONE.wrapping_shl(192_usize.saturating_sub(dropped))))
}

/// The amount of the other token that `base_amount` is worth at `tick`, both in raw units.
///
/// ⌊ratio·base⌋ if the base is token0, ⌊base/ratio⌋ if it is token1, with the ratio
/// rounded as the contract rounds it.
///
/// # Errors
/// `Invalid` on `tick` outside ±887272.
///
/// ```
/// use llamath::oracle::quote_at_tick;
/// // One WETH (token1) at a tick of USDC/WETH: 1848.12 USDC.
/// let usdc = quote_at_tick(201_101, 1_000_000_000_000_000_000, false)?;
/// assert_eq!(usdc.to_string(), "1848124377");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn quote_at_tick(tick: i32, base_amount: u128, base_is_token0: bool) -> Result<U256> {
    let (ratio, unit) = ratio_and_unit(tick)?;
    let base = U256::from(base_amount);
    match base_is_token0 {
        true => mul_div(ratio, base, unit),
        false => mul_div(unit, base, ratio),
    }
}

/// Whether the base is the pool's token0: the token of the lower address.
///
/// Addresses are `0x` and 40 hexadecimal digits of either case.
///
/// # Errors
/// `Invalid` on an address that is none, and on `quote` if it is the base's.
///
/// ```
/// let weth = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2";
/// let usdc = "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
/// assert!(!llamath::oracle::base_is_token0(weth, usdc)?);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn base_is_token0(base: &str, quote: &str) -> Result<bool> {
    let address = |field: Name, text: &str| {
        let digits = text.strip_prefix("0x").filter(|digits| digits.len() == 40);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        digits
            .map(str::to_ascii_lowercase)
            .ok_or(Error::invalid(field, &"an address: 0x and 40 hexadecimal digits"))
    };
    let (base, quote) = (address(&"base", base)?, address(&"quote", quote)?);
    match base == quote {
        true => Err(Error::invalid(&"quote", &"another token than the base")),
        false => Ok(base < quote),
    }
}
