//! The inner functions of the contracts, one by one: for whoever checks another
//! implementation against this one.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use super::curve::{self, Amounts};
use super::generation::Generation;
use super::health;
use super::loan;
use super::market::Constants;
use super::oracle::{self, LimitedPrice, Limiter};
use crate::error::Result;
use crate::fixed::{self, I256, Int, U256, Uint};

/// e^x in 18 decimals as the first version has it: each step rounded toward zero.
pub fn exp_truncating(x: I256) -> Result<U256> {
    fixed::exp_truncating(Int::from(x)).get(&"exp")
}

/// e^x in 18 decimals as the second version has it: each step rounded down.
pub fn exp_flooring(x: I256) -> Result<U256> {
    fixed::exp_flooring(Int::from(x)).get(&"exp")
}

/// ln x in 18 decimals by a rational approximation.
pub fn wad_ln(x: U256) -> Result<I256> {
    fixed::wad_ln(Uint::from(x)).get(&"ln")
}

/// ln x in 18 decimals by bisections, as factories, vaults and the semilogarithmic policy
/// have it.
pub fn ln_bisecting(x: U256) -> Result<I256> {
    fixed::ln_bisecting(Uint::from(x)).get(&"ln")
}

/// The collateral that a band would hold if it were all collateral at the oracle price.
pub fn y0(generation: Generation, A: u32, amounts: Amounts, p: U256, up: U256) -> Result<U256> {
    curve::y0(&Constants::of_a(generation, A)?, [&amounts.x, &amounts.y], &p, &up).get(&"y0")
}

/// The fee that a band asks for by its distance from the oracle price.
pub fn band_fee(generation: Generation, A: u32, p: U256, up: U256) -> Result<U256> {
    oracle::band_fee(&Constants::of_a(generation, A)?, &p, &up).get(&"band_fee")
}

/// What the limiter makes of an oracle price at the time `now`.
pub fn limit_price(
    generation: Generation,
    limiter: Limiter,
    price: U256,
    now: u64,
) -> Result<LimitedPrice> {
    limiter.limit(&Constants::of_a(generation, 100)?, price, now)
}

/// Collateral (18 decimals) with all discounts taken off, as if it lay at one band's edge.
pub fn y_effective(
    generation: Generation,
    A: u32,
    collateral: U256,
    bands: u32,
    discount: U256,
) -> Result<U256> {
    loan::y_effective(&Constants::of_a(generation, A)?, collateral, bands, discount)
        .get(&"y_effective")
}

/// The part of a position that a liquidation of `fraction` of the debt takes.
pub fn fraction_removed(fraction: U256, discount: U256) -> Result<U256> {
    health::fraction_removed(fraction, discount).get(&"fraction")
}
