//! What is particular to the curves of the second version.

use crate::error::{Result, Revert};
use crate::fixed::{U256, Uint, WAD};

/// The least target rate: 1 % a year, per second.
const MIN_TARGET_RATE: u128 = 317_097_920;
/// The largest one that a calculator may give: 150 % a year.
const MAX_TARGET_RATE: u128 = 47_564_687_975;

/// above·10^18/(above − below); refused unless the curve rises and is finite when all is lent.
pub(super) fn asymptote(above: Uint, below: Uint) -> Result<Uint> {
    let distance = (above.get(&"u_inf")?).checked_sub(below.get(&"u_inf")?);
    let distance = distance.filter(|distance| *distance >= WAD).ok_or(Revert::InvalidCurve)?;
    let u_inf = above * WAD / distance;
    match u_inf.get(&"u_inf")? > WAD {
        true => Ok(u_inf),
        false => Err(Revert::InvalidCurve.into()),
    }
}

/// A target rate that is fixed: the contract refuses a low one.
pub(super) fn fixed_target(rate: U256) -> Result<U256> {
    match rate {
        rate if rate < U256::from(MIN_TARGET_RATE) => Err(Revert::TargetRateTooLow.into()),
        rate => Ok(rate),
    }
}

/// A rate that a calculator gives, within bounds: those of the first version's average too.
pub(super) fn bounded_target(rate: U256) -> U256 {
    rate.clamp(U256::from(MIN_TARGET_RATE), U256::from(MAX_TARGET_RATE))
}
