//! Product and quotient of 256-bit integers by limbs of 64 bits.
//!
//! WebAssembly has neither a product of 128 bits nor a division of 128 by 64: the first is made
//! of four products of halves, the second of products with a reciprocal, which is worked out
//! once for each divisor (Möller and Granlund, "Improved division by invariant integers", 2011).
//! What most formulas hold, numbers of one and two limbs, takes short ways.
#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "what is cut off is the other half of a product, and every index is below the \
              length that its loop is bounded by; the properties below check it all against \
              another implementation"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "halves of limbs, whose products and sums fit a limb; what may wrap is spelt out"
)]

use super::U256;

use super::digits;

/// Bits of half a limb.
const HALF: u32 = 32;
const MASK: u64 = 0xffff_ffff;

/// a · b as (low, high).
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
const fn wide(a: u64, b: u64) -> (u64, u64) {
    let product = a as u128 * b as u128;
    (product as u64, (product >> 64) as u64)
}

/// a · b as (low, high).
#[cfg(target_arch = "wasm32")]
#[inline(always)]
const fn wide(a: u64, b: u64) -> (u64, u64) {
    wide_by_halves(a, b)
}

#[cfg(any(test, target_arch = "wasm32"))]
#[inline(always)]
const fn wide_by_halves(a: u64, b: u64) -> (u64, u64) {
    let (a0, a1, b0, b1) = (a & MASK, a >> HALF, b & MASK, b >> HALF);
    let low = a0.wrapping_mul(b0);
    let middle = a1.wrapping_mul(b0).wrapping_add(low >> HALF);
    let other = a0.wrapping_mul(b1).wrapping_add(middle & MASK);
    let high = a1.wrapping_mul(b1).wrapping_add(middle >> HALF).wrapping_add(other >> HALF);
    (other << HALF | low & MASK, high)
}

/// a · b + c + d as (low, high), which never overflows.
#[inline(always)]
const fn wide_add(a: u64, b: u64, c: u64, d: u64) -> (u64, u64) {
    let (low, high) = wide(a, b);
    let (low, carry) = low.overflowing_add(c);
    let (low, more) = low.overflowing_add(d);
    (low, high.wrapping_add(carry as u64).wrapping_add(more as u64))
}

/// (a1, a0) − (b1, b0), modulo 2^128.
#[inline(always)]
const fn minus(a: (u64, u64), b: (u64, u64)) -> (u64, u64) {
    let (low, borrow) = a.1.overflowing_sub(b.1);
    (a.0.wrapping_sub(b.0).wrapping_sub(borrow as u64), low)
}

/// (a1, a0) + (b1, b0), modulo 2^128.
#[inline(always)]
const fn plus(a: (u64, u64), b: (u64, u64)) -> (u64, u64) {
    let (low, carry) = a.1.overflowing_add(b.1);
    (a.0.wrapping_add(b.0).wrapping_add(carry as u64), low)
}

/// How many limbs are left without the leading zeros.
#[inline(always)]
const fn length(limbs: &[u64; 4]) -> usize {
    match limbs {
        [_, 0, 0, 0] => (limbs[0] != 0) as usize,
        [_, _, 0, 0] => 2,
        [_, _, _, 0] => 3,
        _ => 4,
    }
}

/// a · b, or `None` if it needs more than 256 bits.
#[inline(always)]
pub(super) fn product(a: &U256, b: &U256) -> Option<U256> {
    let (a, b) = (a.as_limbs(), b.as_limbs());
    if a[2] | a[3] | b[2] | b[3] != 0 {
        return long_product(a, b);
    }
    let (r0, carry) = wide(a[0], b[0]);
    if a[1] | b[1] == 0 {
        return Some(U256::from_limbs([r0, carry, 0, 0]));
    }
    let (r1, r2) = wide_add(a[1], b[0], carry, 0);
    let (r1, carry) = wide_add(a[0], b[1], r1, 0);
    let (r2, r3) = wide_add(a[1], b[1], r2, carry);
    Some(U256::from_limbs([r0, r1, r2, r3]))
}

#[inline(never)]
fn long_product(a: &[u64; 4], b: &[u64; 4]) -> Option<U256> {
    let (long, short) = (length(a), length(b));
    let mut product = [0; 8];
    for place in 0..long {
        let mut carry = 0;
        for other in 0..short {
            let sum = product[place + other];
            (product[place + other], carry) = wide_add(a[place], b[other], sum, carry);
        }
        product[place + short] = carry;
    }
    let [r0, r1, r2, r3, over @ ..] = product;
    (over == [0; 4]).then(|| U256::from_limbs([r0, r1, r2, r3]))
}

/// ⌊dividend / divisor⌋, or `None` for a divisor of 0.
#[inline(always)]
pub(super) fn quotient(dividend: &U256, divisor: &U256) -> Option<U256> {
    let (n, d) = (dividend.as_limbs(), divisor.as_limbs());
    match length(d) {
        0 => None,
        1 if n[1] | n[2] | n[3] == 0 => Some(U256::from_limbs([n[0] / d[0], 0, 0, 0])),
        1 => Some(by_one(n, d[0])),
        2 => Some(by_two(n, (d[1], d[0]))),
        _ => digits::quotient(dividend, divisor),
    }
}

/// The divisor of most formulas, 10^18, shifted so that its highest bit is set.
const WAD: u64 = 1_000_000_000_000_000_000 << 4;
const WAD_RECIPROCAL: u64 = (u128::MAX / WAD as u128) as u64;

/// ⌊(2^128 − 1) / d⌋ − 2^64 for a d whose highest bit is set.
#[inline(always)]
fn reciprocal(d: u64) -> u64 {
    if d == WAD {
        return WAD_RECIPROCAL;
    }
    // (!d, 2^64 − 1) / d, by halves: each guess is at most 2 too large.
    let (d1, d0) = (d >> HALF, d & MASK);
    let half = |high: u64, next: u64| {
        let mut guess = high / d1;
        let mut rest = high - guess * d1;
        while guess > MASK || guess * d0 > (rest << HALF | next) {
            guess -= 1;
            rest += d1;
            if rest > MASK {
                break;
            }
        }
        guess
    };
    let q1 = half(!d, MASK);
    let rest = (!d << HALF | MASK).wrapping_sub(q1.wrapping_mul(d));
    let q0 = half(rest, MASK);
    q1 << HALF | q0
}

/// The limbs shifted to the left by less than 64, and what is shifted out.
#[inline(always)]
fn shifted(n: &[u64; 4], shift: u32) -> [u64; 5] {
    // Shifting by 64 is not defined: in two steps it is.
    let over = |low: u64| (low >> 1) >> (63 - shift);
    [
        n[0] << shift,
        n[1] << shift | over(n[0]),
        n[2] << shift | over(n[1]),
        n[3] << shift | over(n[2]),
        over(n[3]),
    ]
}

/// ⌊n / d⌋ for a divisor of one limb.
#[inline(never)]
fn by_one(n: &[u64; 4], d: u64) -> U256 {
    let shift = d.leading_zeros();
    let d = d << shift;
    let v = reciprocal(d);
    let u = shifted(n, shift);
    let count = length(n);
    let mut q = [0; 4];
    let mut rest = u[count];
    for place in (0..count).rev() {
        // (q1, q0) = v·rest + (rest, next) + (1, 0): q1 is the quotient or 1 off.
        let next = u[place];
        let (q0, q1) = wide_add(v, rest, next, 0);
        let mut guess = q1.wrapping_add(rest).wrapping_add(1);
        rest = next.wrapping_sub(guess.wrapping_mul(d));
        if rest > q0 {
            guess = guess.wrapping_sub(1);
            rest = rest.wrapping_add(d);
        }
        if rest >= d {
            guess = guess.wrapping_add(1);
            rest = rest.wrapping_sub(d);
        }
        q[place] = guess;
    }
    U256::from_limbs(q)
}

/// ⌊(2^192 − 1) / d⌋ − 2^64 for a divisor of two limbs whose highest bit is set.
#[inline(always)]
fn reciprocal_of_two(d: (u64, u64)) -> u64 {
    let (d1, d0) = d;
    let mut v = reciprocal(d1);
    let (mut p, over) = d1.wrapping_mul(v).overflowing_add(d0);
    if over {
        v = v.wrapping_sub(1);
        if p >= d1 {
            v = v.wrapping_sub(1);
            p = p.wrapping_sub(d1);
        }
        p = p.wrapping_sub(d1);
    }
    let (t0, t1) = wide(v, d0);
    let (p, over) = p.overflowing_add(t1);
    if over {
        v = v.wrapping_sub(1);
        if (p, t0) >= d {
            v = v.wrapping_sub(1);
        }
    }
    v
}

/// ⌊n / d⌋ for a divisor of two limbs (high, low), the high one not 0.
#[inline(never)]
fn by_two(n: &[u64; 4], d: (u64, u64)) -> U256 {
    let count = length(n);
    if count < 2 {
        return U256::ZERO;
    }
    let shift = d.0.leading_zeros();
    let [d0, d1, ..] = shifted(&[d.1, d.0, 0, 0], shift);
    let d = (d1, d0);
    let v = reciprocal_of_two(d);
    let u = shifted(n, shift);
    let mut q = [0; 4];
    let mut rest = (u[count], u[count - 1]);
    for place in (0..count - 1).rev() {
        let (q0, q1) = wide_add(v, rest.0, rest.1, 0);
        let mut guess = q1.wrapping_add(rest.0);
        let high = rest.1.wrapping_sub(guess.wrapping_mul(d.0));
        let (t0, t1) = wide(d.1, guess);
        rest = minus(minus((high, u[place]), (t1, t0)), d);
        guess = guess.wrapping_add(1);
        if rest.0 >= q0 {
            guess = guess.wrapping_sub(1);
            rest = plus(rest, d);
        }
        if rest >= d {
            guess = guess.wrapping_add(1);
            rest = minus(rest, d);
        }
        q[place] = guess;
    }
    U256::from_limbs(q)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{U256, product, quotient, wide, wide_by_halves};

    fn limb() -> impl Strategy<Value = u64> {
        prop_oneof![
            Just(0),
            Just(1),
            Just(u64::MAX),
            Just(1 << 63),
            Just(1_000_000_000_000_000_000),
            any::<u64>(),
        ]
    }

    /// Numbers of all lengths, with runs of zeros and ones.
    fn numbers() -> impl Strategy<Value = U256> {
        (proptest::array::uniform4(limb()), 0..256_usize)
            .prop_map(|(limbs, shift)| U256::from_limbs(limbs) >> shift)
    }

    proptest! {
        #[test]
        fn are_those_of_another_implementation(a in numbers(), b in numbers()) {
            prop_assert_eq!(quotient(&a, &b), a.checked_div(b));
            prop_assert_eq!(product(&a, &b), a.checked_mul(b));
        }

        /// Where a guess is most easily wrong: next to multiples of the divisor.
        #[test]
        fn next_to_multiples(d in numbers(), q in numbers(), off in 0..3_u64) {
            if let Some(multiple) = d.checked_mul(q) {
                for n in [multiple.saturating_sub(U256::from(off)), multiple.saturating_add(U256::from(off))] {
                    prop_assert_eq!(quotient(&n, &d), n.checked_div(d));
                }
            }
        }

        #[test]
        fn the_two_products_of_limbs_are_one(a in limb(), b in limb()) {
            prop_assert_eq!(wide(a, b), wide_by_halves(a, b));
        }
    }
}
