//! Product and quotient of 256-bit integers by limbs of 64 bits.
//!
//! WebAssembly has neither a product of 128 bits nor a division of 128 by 64. The product is
//! made of products of halves. The quotient is guessed by doubles, 46 bits at a time, and the
//! remainder, which is exact, tells what the guess has missed. What the formulas hold, numbers
//! of one to three limbs, takes these short ways; the rest goes by `digits`.
#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "what is cut off is the other half of a product, what is rounded is a guess, and \
              every index is below the length that its loop is bounded by; the properties below \
              check it all against another implementation"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "doubles, shifts and numbers far from their limits; what may wrap is spelt out"
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

/// a + b, or `None` if it needs more than 256 bits.
#[inline(always)]
pub(super) fn sum(a: &U256, b: &U256) -> Option<U256> {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (*a.as_limbs(), *b.as_limbs());
    let (r0, carry) = a0.carrying_add(b0, false);
    let (r1, carry) = a1.carrying_add(b1, carry);
    let (r2, carry) = a2.carrying_add(b2, carry);
    let (r3, carry) = a3.carrying_add(b3, carry);
    (!carry).then(|| U256::from_limbs([r0, r1, r2, r3]))
}

/// ⌊a · b / divisor⌋ for numbers of about the size that the formulas hold, or `None`.
///
/// The product is not worked out in full: its double tells the quotient but for its last bits,
/// and those follow from the last two limbs.
#[inline(always)]
pub(super) fn short_product_over(a: &U256, b: &U256, divisor: &U256) -> Option<U256> {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (*a.as_limbs(), *b.as_limbs());
    let [d0, d1, d2, d3] = *divisor.as_limbs();
    if (a1 | b1) >> HALF | a2 | a3 | b2 | b3 | d1 >> 34 | d2 | d3 != 0 || d0 | d1 == 0 {
        return None;
    }
    let inverse = 1.0 / double(d0, d1);
    let guess = scaled(a0, a1, double(b0, b1) * inverse);
    let (n0, carry) = wide(a0, b0);
    let n1 = carry.wrapping_add(a1.wrapping_mul(b0)).wrapping_add(b1.wrapping_mul(a0));
    let (q0, q1) = guessed([n0, n1], guess, [d0, d1], inverse)?;
    Some(U256::from_limbs([q0, q1, 0, 0]))
}

/// a · b, or `None` if one of them needs more than 96 bits.
#[inline(always)]
pub(super) fn short_product(a: &U256, b: &U256) -> Option<U256> {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (*a.as_limbs(), *b.as_limbs());
    if (a1 | b1) >> HALF | a2 | a3 | b2 | b3 != 0 {
        return None;
    }
    let (r0, carry) = wide(a0, b0);
    let (x1, x2) = half_wide(a1, b0);
    let (y1, y2) = half_wide(b1, a0);
    let (r1, more) = carry.overflowing_add(x1);
    let (r1, again) = r1.overflowing_add(y1);
    let carry = x2.wrapping_add(y2).wrapping_add(more as u64).wrapping_add(again as u64);
    let (r2, r3) = a1.wrapping_mul(b1).overflowing_add(carry);
    Some(U256::from_limbs([r0, r1, r2, r3 as u64]))
}

/// a · b
#[inline(never)]
pub(super) fn full_product(a: u128, b: u128) -> U256 {
    let (a0, a1, b0, b1) = (a as u64, (a >> 64) as u64, b as u64, (b >> 64) as u64);
    let (r0, carry) = wide(a0, b0);
    let (r1, r2) = wide_add(a1, b0, carry, 0);
    let (r1, carry) = wide_add(a0, b1, r1, 0);
    let (r2, r3) = wide_add(a1, b1, r2, carry);
    U256::from_limbs([r0, r1, r2, r3])
}

/// a · b, or `None` if it needs more than 256 bits.
#[inline(always)]
pub(super) fn product(a: &U256, b: &U256) -> Option<U256> {
    let (a, b) = (a.as_limbs(), b.as_limbs());
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

/// ⌊dividend / divisor⌋ for numbers of about the size that the formulas hold, or `None`.
#[inline(always)]
pub(super) fn short_quotient(dividend: &U256, divisor: &U256) -> Option<U256> {
    let ([n0, n1, n2, n3], [d0, d1, d2, d3]) = (*dividend.as_limbs(), *divisor.as_limbs());
    let (q0, q1) = if n3 | n2 >> 62 | d3 | d2 | d1 >> 34 != 0 {
        return None;
    } else if d1 | d0 >> HALF == 0 {
        if n2 != 0 || d0 == 0 {
            return None;
        }
        by_half([n0, n1], d0)
    } else if n1 | n2 | d1 == 0 {
        (n0 / d0, 0)
    } else {
        let inverse = 1.0 / double(d0, d1);
        guessed([n0, n1], scaled(n1, n2, inverse * TWO_64), [d0, d1], inverse)?
    };
    Some(U256::from_limbs([q0, q1, 0, 0]))
}

/// Makes a number ⌊number · (parts − 1) / parts⌋: with m = number − 1, that is m − ⌊m / parts⌋.
pub(crate) fn take_part(number: &mut U256, parts: &U256) {
    if let ([n0, n1, 0, 0], [d @ 1..=MASK, 0, 0, 0]) = (*number.as_limbs(), *parts.as_limbs())
        && n0 | n1 != 0
    {
        let (m0, borrow) = n0.overflowing_sub(1);
        let m1 = n1.wrapping_sub(borrow as u64);
        let (q0, q1) = by_half([m0, m1], d);
        let (m0, borrow) = m0.overflowing_sub(q0);
        let m1 = m1.wrapping_sub(q1).wrapping_sub(borrow as u64);
        *number = U256::from_limbs([m0, m1, 0, 0]);
    } else {
        let m = number.saturating_sub(U256::ONE);
        *number = m.wrapping_sub(digits::quotient(&m, parts).unwrap_or_default());
    }
}

/// (q0, q1) = ⌊n / d⌋ for a d of half a limb that is not 0.
#[inline(always)]
const fn by_half([n0, n1]: [u64; 2], d: u64) -> (u64, u64) {
    let top = if n1 < d { 0 } else { n1 / d };
    // A rest by its quotient: that is faster than another division.
    let next = n1.wrapping_sub(top.wrapping_mul(d)) << HALF | n0 >> HALF;
    let high = next / d;
    let last = next.wrapping_sub(high.wrapping_mul(d)) << HALF | n0 & MASK;
    let low = last / d;
    (high << HALF | low, top)
}

const TWO_28: f64 = 268_435_456.0;
const TWO_46: f64 = 70_368_744_177_664.0;
const TWO_64: f64 = 262_144.0 * TWO_46;
/// Added to a double below 2^51, this leaves the nearest whole number in its last bits.
const WHOLES: f64 = 1.5 * 64.0 * TWO_46;

/// The double next to n1·2^64 + n0, for n1 below 2^63.
#[inline(always)]
fn double(n0: u64, n1: u64) -> f64 {
    scaled(n0, n1, 1.0)
}

/// The double next to (n1·2^64 + n0) · scale, for n1 below 2^63: n is the last to arrive.
#[inline(always)]
fn scaled(n0: u64, n1: u64, scale: f64) -> f64 {
    // As signed numbers, which are converted in one instruction: n0 may be 2^64 too small.
    n1.wrapping_add(n0 >> 63) as i64 as f64 * (scale * TWO_64) + n0 as i64 as f64 * scale
}

/// (q0, q1) = ⌊n / d⌋ for an n modulo 2^128 and a d below 2^98, if n/d is about `guess`, off
/// by less than 2^-48 of itself and 2^32; `None` for quotients from 2^92 on (from 2^74 on if d
/// is above 2^80).
#[inline(always)]
fn guessed(n: [u64; 2], guess: f64, [d0, d1]: [u64; 2], inverse: f64) -> Option<(u64, u64)> {
    // So that what is left fits two limbs.
    let (step, unit) = if d1 >> 16 == 0 { (46, TWO_46) } else { (28, TWO_28) };
    let ([mut r0, mut r1], mut units) = (n, 0);
    if guess >= unit {
        if guess >= unit * TWO_46 {
            return None;
        }
        // One unit less than the nearest: 0.5 to 1.5 · unit · d is left.
        units = (guess + WHOLES * unit).to_bits().wrapping_sub((WHOLES * unit).to_bits() + 1);
        let (p0, p1) = if units >> HALF == 0 { half_wide(units, d0) } else { wide(units, d0) };
        let p1 = p1.wrapping_add(units.wrapping_mul(d1));
        let borrow;
        (r0, borrow) = r0.overflowing_sub(p0 << step);
        r1 = r1.wrapping_sub(p1 << step | p0 >> (64 - step)).wrapping_sub(borrow as u64);
    }
    // Off by less than 1: half by rounding, the rest by a few times 2^-53 of 1.5 · 2^46.
    let whole = (scaled(r0, r1, inverse) + WHOLES).to_bits().wrapping_sub(WHOLES.to_bits());
    // So what is left is between −d and d, and its sign tells which whole number it was.
    let over = if d1 | d0 >> 62 == 0 {
        r0.wrapping_sub(whole.wrapping_mul(d0)) >> 63
    } else {
        let (p0, p1) = wide(whole, d0);
        let p1 = p1.wrapping_add(whole.wrapping_mul(d1));
        let borrow = (r0 < p0) as u64;
        r1.wrapping_sub(p1).wrapping_sub(borrow) >> 63
    };
    let (q0, carry) = (units << step).overflowing_add(whole.wrapping_sub(over));
    Some((q0, (units >> (64 - step)).wrapping_add(carry as u64)))
}

/// a · b as (low, high) for an a below 2^32.
#[inline(always)]
const fn half_wide(a: u64, b: u64) -> (u64, u64) {
    let high = a.wrapping_mul(b >> HALF).wrapping_add(a.wrapping_mul(b & MASK) >> HALF);
    (a.wrapping_mul(b), high >> HALF)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        U256, full_product, product, short_product, short_product_over, short_quotient, sum,
        take_part, wide, wide_by_halves,
    };

    /// The lower half of a number.
    fn low(number: &U256) -> u128 {
        let [low, high, ..] = *number.as_limbs();
        u128::from(high) << 64 | u128::from(low)
    }

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
            prop_assert_eq!(product(&a, &b), a.checked_mul(b));
            for (short, long) in [
                (short_product(&a, &b), a.checked_mul(b)),
                (short_quotient(&a, &b), a.checked_div(b)),
            ] {
                prop_assert!(short.is_none() || short == long);
            }
        }

        /// Where a guess is most easily wrong: next to multiples of the divisor.
        #[test]
        fn next_to_multiples(d in numbers(), q in numbers(), off in 0..3_u64) {
            if let Some(multiple) = d.checked_mul(q) {
                for n in [multiple.saturating_sub(U256::from(off)), multiple.saturating_add(U256::from(off))] {
                    let short = short_quotient(&n, &d);
                    prop_assert!(short.is_none() || short == n.checked_div(d));
                }
            }
        }

        #[test]
        fn a_sum_that_fits(a in numbers(), b in numbers()) {
            prop_assert_eq!(sum(&a, &b), a.checked_add(b));
            prop_assert_eq!(full_product(low(&a), low(&b)), U256::from(low(&a)) * U256::from(low(&b)));
        }

        /// ⌊number·(parts − 1)/parts⌋, in more bits than it needs.
        #[test]
        fn all_but_a_part(number in numbers(), parts in numbers(), bits in 1..=256_usize) {
            let parts = (parts >> (256 - bits)).max(U256::ONE);
            let mut rest = number;
            take_part(&mut rest, &parts);
            let wide = |number: U256| ruint::Uint::<512, 8>::from_limbs_slice(number.as_limbs());
            let less = parts - U256::ONE;
            prop_assert_eq!(wide(rest), wide(number) * wide(less) / wide(parts));
        }

        /// In one step as in two; next to multiples of the divisor, too.
        #[test]
        fn a_product_and_its_quotient(
            x in numbers(), b in numbers(), d in numbers(), off in 0..3_u64, bits in 0..=96_usize
        ) {
            let short = |number: U256, bits: usize| number & ((U256::ONE << bits) - U256::ONE);
            let (b, d) = (short(b, 96), short(d, bits));
            for a in [short(x, 96), short(d * short(x, 96 - bits) + U256::from(off), 96)] {
                let quotient = (a * b).checked_div(d);
                let found = short_product_over(&a, &b, &d);
                // It may only leave out quotients that are too long.
                let most = if d.bit_len() > 80 { 74 } else { 92 };
                let is_short = quotient.is_some_and(|quotient| quotient.bit_len() < most);
                prop_assert!(found == quotient || (found.is_none() && !is_short));
            }
        }

        #[test]
        fn the_two_products_of_limbs_are_one(a in limb(), b in limb()) {
            prop_assert_eq!(wide(a, b), wide_by_halves(a, b));
        }
    }
}
