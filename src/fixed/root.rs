//! The integer square root.

use super::U256;

/// ⌊√number⌋
///
/// Newton's method from the root of the number as a double, which is right in its first 50
/// bits: each step doubles them, and two make 128 and more.
pub(super) fn isqrt(number: U256) -> U256 {
    if number.is_zero() {
        return U256::ZERO;
    }
    // The number as m · 4^shift with an m that a double holds nearly whole.
    let shift = number.bit_len().saturating_sub(62).div_ceil(2);
    let leading = u64::try_from(number.wrapping_shr(shift.saturating_mul(2))).unwrap_or_default();
    #[expect(clippy::as_conversions, reason = "a start for Newton's method, rounded anyhow")]
    let start = (leading as f64).sqrt() as u64;
    let mut root = U256::from(start).wrapping_shl(shift).max(U256::ONE);
    // From above the true root on, the sequence falls until it is there.
    root = newton(&number, root);
    loop {
        let next = newton(&number, root);
        if next >= root {
            return root;
        }
        root = next;
    }
}

/// (root + number/root)/2, which is never below ⌊√number⌋.
#[inline(always)]
fn newton(number: &U256, root: U256) -> U256 {
    let other = number.over(&root).value().unwrap_or_default();
    root.saturating_add(other).wrapping_shr(1)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, reason = "a test that overflows must fail")]
mod tests {
    use proptest::prelude::*;

    use super::{U256, isqrt};

    fn is_root(number: U256) -> bool {
        let root = isqrt(number);
        let next = root + U256::from(1_u64);
        root * root <= number && next.checked_mul(next).is_none_or(|square| square > number)
    }

    #[test]
    fn at_the_ends() {
        for number in
            [U256::ZERO, U256::from(1_u64), U256::from(2_u64), U256::from(3_u64), U256::MAX]
        {
            assert!(is_root(number), "{number}");
        }
    }

    proptest! {
        #[test]
        fn is_the_largest_whose_square_fits(limbs: [u64; 4], shift in 0..256_usize) {
            prop_assert!(is_root(U256::from_limbs(limbs) >> shift));
        }

        #[test]
        fn of_squares_and_their_neighbours(root: u128) {
            let square = U256::from(root) * U256::from(root);
            prop_assert!(is_root(square));
            prop_assert!(is_root(square.saturating_sub(U256::from(1_u64))));
            prop_assert!(is_root(square + U256::from(1_u64)));
        }
    }
}
