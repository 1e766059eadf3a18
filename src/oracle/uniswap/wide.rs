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
/// assert!(mul_div(U256::MAX, U256::from(2_u64), U256::from(1_u64)).is_err());
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn mul_div(a: U256, b: U256, divisor: U256) -> Result<U256> {
    // Below 2^512.
    let product = wide(a).wrapping_mul(wide(b));
    product
        .checked_div(wide(divisor))
        .and_then(|quotient| match *quotient.as_limbs() {
            [a, b, c, d, 0, 0, 0, 0] => Some(U256::from_limbs([a, b, c, d])),
            _ => None,
        })
        .ok_or_else(|| Error::arithmetic(&"quotient"))
}

/// The same number with more room.
pub(super) fn wide(number: U256) -> U512 {
    let [a, b, c, d] = *number.as_limbs();
    U512::from_limbs([a, b, c, d, 0, 0, 0, 0])
}
