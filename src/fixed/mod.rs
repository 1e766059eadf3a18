//! 256-bit integers that refuse where the EVM reverts.
//!
//! [`U256`] and [`I256`] stand in signatures. Inside one expression, `Uint` and `Int` carry
//! either a value or "refused", so a formula reads line by line like its specification;
//! their operators refuse on overflow, underflow and division by zero, and `get` ends the
//! expression. Division of `Uint` rounds down, of `Int` toward zero, as in the EVM.

mod digits;
mod exp;
mod int;
mod limbs;
mod ln;
mod root;
mod u256;
mod uint;
mod x96;

pub(crate) use digits::product_above;
pub(crate) use exp::{exp_flooring, exp_truncating};
pub use int::I256;
pub(crate) use int::Int;
pub(crate) use limbs::take_part;
pub(crate) use ln::{ln_bisecting, log2_bisecting, wad_ln};
pub use u256::U256;
pub(crate) use uint::{Operand, Uint};

/// 10^exponent, for exponents up to 77.
pub(crate) fn power_of_10(exponent: u32) -> U256 {
    let power = (0..exponent).fold(Uint::from(1_u128), |power, _| power * 10_u128);
    power.value().unwrap_or(U256::MAX)
}

/// The number that stands for 1 in fixed-point arithmetic of 18 decimals: 10^18.
pub const WAD: U256 = U256::from_limbs([1_000_000_000_000_000_000, 0, 0, 0]);
