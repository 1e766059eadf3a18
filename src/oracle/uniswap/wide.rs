//! A product and a quotient with 512 bits in between.

use ruint::Uint as Bits;

use crate::error::{Error, Result};
use crate::fixed::U256;

/// What a product of two 256-bit integers fits into.
pub(super) type U512 = Bits<512, 8>;

/// ⌊a · b / divisor⌋, the product in full.
///
/// # Errors
/// `Arithmetic` where the contract reverts: a divisor of 0, a quotient of 2^256 or more.
///
/// ```
/// use llamath::{U256, oracle::mul_div};
/// assert_eq!(mul_div(U256::MAX, U256::MAX, U256::MAX)?, U256::MAX);
/// assert!(mul_div(U256::MAX, U256::from(2), U256::from(1)).is_err());
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn mul_div(a: U256, b: U256, divisor: U256) -> Result<U256> {
    let product: U512 = a.widening_mul(b);
    product
        .checked_div(U512::from(divisor))
        .and_then(|quotient| U256::checked_from_limbs_slice(quotient.as_limbs()))
        .ok_or_else(|| Error::arithmetic(&"quotient"))
}
