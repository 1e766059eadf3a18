//! What a MasterChef contract pays, in its own integers.

use crate::error::{Error, Result};
use crate::fixed::{U256, Uint};

/// A stretch of blocks of a MasterChef farm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RewardInput {
    /// Blocks (or seconds, for a per-second farm) that the stretch lasts.
    pub blocks: U256,
    /// Tokens per block for all pools, in the token's smallest unit.
    pub per_block_raw: U256,
    /// Allocation points of the pool.
    pub alloc_point: U256,
    /// Allocation points of all pools.
    pub total_alloc_point: U256,
}

/// The pool's reward over some blocks, to the last unit, as the contract computes it.
///
/// reward = ⌊blocks · per_block_raw · alloc_point / total_alloc_point⌋
///
/// # Errors
/// `Invalid` on `total_alloc_point` if it is 0, on `alloc_point` if it exceeds the total;
/// `Arithmetic` where the contract would revert: a product of 2^256 or more.
///
/// ```
/// use llamath::farm::{RewardInput, reward};
/// use llamath::fixed::U256;
/// let hour = RewardInput {
///     blocks: U256::from(1_200_u64),
///     per_block_raw: U256::from(500_000_000_000_000_000_u64),
///     alloc_point: U256::from(10_u64),
///     total_alloc_point: U256::from(92_u64),
/// };
/// assert_eq!(reward(&hour)?.to_string(), "65217391304347826086");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn reward(input: &RewardInput) -> Result<U256> {
    if input.total_alloc_point.is_zero() {
        return Err(Error::invalid(&"total_alloc_point", &"above 0"));
    }
    if input.alloc_point > input.total_alloc_point {
        return Err(Error::invalid(&"alloc_point", &"at most total_alloc_point"));
    }
    let emitted = Uint::from(input.blocks) * input.per_block_raw;
    (emitted * input.alloc_point / input.total_alloc_point).get(&"reward")
}
