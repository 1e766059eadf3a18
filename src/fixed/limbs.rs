//! Product and quotient of 256-bit integers by limbs of 64 bits.
//!
//! WebAssembly has neither a product of 128 bits nor a division of 128 by 64. The product is
//! made of products of halves. The quotient is guessed by doubles, 48 bits at a time, and the
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

/// a · b, or `None` if it needs more than 256 bits.
#[inline(always)]
pub(super) fn product(a: &U256, b: &U256) -> Option<U256> {
    match short_product(a, b) {
        Some(product) => Some(U256::from_limbs(product)),
        None => long_product(a.as_limbs(), b.as_limbs()),
    }
}

/// ⌊dividend / divisor⌋, or `None` for a divisor of 0.
#[inline(always)]
pub(super) fn quotient(dividend: &U256, divisor: &U256) -> Option<U256> {
    short_quotient(dividend.as_limbs(), divisor).or_else(|| digits::quotient(dividend, divisor))
}

/// ⌊a · b / divisor⌋, or `None` if the product needs more than 256 bits or the divisor is 0.
#[inline(never)]
pub(super) fn product_over(a: &U256, b: &U256, divisor: &U256) -> Option<U256> {
    // Nothing of it leaves the registers.
    let short = short_product(a, b).and_then(|product| short_quotient(&product, divisor));
    short.or_else(|| digits::quotient(&long_product(a.as_limbs(), b.as_limbs())?, divisor))
}

/// a · b, or `None` if one of them needs more than 96 bits.
#[inline(always)]
fn short_product(a: &U256, b: &U256) -> Option<[u64; 4]> {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (*a.as_limbs(), *b.as_limbs());
    if (a1 | b1) >> HALF | a2 | a3 | b2 | b3 != 0 {
        return None;
    }
    let (r0, carry) = wide(a0, b0);
    let (x1, x2) = half_wide(a1, b0);
    let (y1, y2) = half_wide(b1, a0);
    let (r1, more) = carry.overflowing_add(x1);
    let (r1, again) = r1.overflowing_add(y1);
    let carry = x2 + y2 + more as u64 + again as u64;
    let (r2, r3) = a1.wrapping_mul(b1).overflowing_add(carry);
    Some([r0, r1, r2, r3 as u64])
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

/// ⌊n / divisor⌋ for numbers of about the size that the formulas hold, or `None`.
#[inline(always)]
fn short_quotient(&[n0, n1, n2, n3]: &[u64; 4], divisor: &U256) -> Option<U256> {
    let [d0, d1, d2, d3] = *divisor.as_limbs();
    let n = [n0, n1, n2];
    let (q0, q1) = if n3 | n2 >> 47 | d3 | d2 | d1 >> 62 != 0 {
        return None;
    } else if d1 | d0 >> 62 != 0 {
        guessed::<false>(n, [d0, d1])?
    } else if d0 >> HALF == 0 {
        by_half(n, d0)?
    } else if n1 | n2 == 0 {
        (n0 / d0, 0)
    } else {
        guessed::<true>(n, [d0, 0])?
    };
    Some(U256::from_limbs([q0, q1, 0, 0]))
}

/// Makes a number ⌊number · (parts − 1) / parts⌋: with m = number − 1, that is m − ⌊m / parts⌋.
pub(crate) fn take_part(number: &mut U256, parts: &U256) {
    let m = number.saturating_sub(U256::ONE);
    let [m0, m1, m2, _] = *m.as_limbs();
    let part = match *parts.as_limbs() {
        [d @ ..=MASK, 0, 0, 0] => by_half([m0, m1, m2], d),
        _ => None,
    };
    *number = match part {
        Some((q0, q1)) => m.wrapping_sub(U256::from_limbs([q0, q1, 0, 0])),
        None => m.wrapping_sub(digits::quotient(&m, parts).unwrap_or_default()),
    };
}

/// (q0, q1) = ⌊n / d⌋ for an n of two limbs and a d of half a limb; `None` for others.
#[inline(always)]
const fn by_half([n0, n1, n2]: [u64; 3], d: u64) -> Option<(u64, u64)> {
    if n2 != 0 || d == 0 {
        return None;
    }
    let (top, rest) = if n1 < d { (0, n1) } else { (n1 / d, n1 % d) };
    let next = rest << HALF | n0 >> HALF;
    let last = (next % d) << HALF | n0 & MASK;
    let (high, low) = (next / d, last / d);
    Some((high << HALF | low, top))
}

/// Bits of a quotient that a guess gets right.
const STEP: u32 = 48;
const TWO_32: f64 = 4_294_967_296.0;
const TWO_48: f64 = 65_536.0 * TWO_32;
const TWO_64: f64 = TWO_32 * TWO_32;
/// Added to a double below 2^51, this leaves the nearest whole number in its last bits.
const WHOLES: f64 = 1.5 * 16.0 * TWO_48;
/// The same for multiples of 2^48.
const MULTIPLES: f64 = WHOLES * TWO_48;

/// The double next to n1·2^64 + n0, for n1 below 2^63.
#[inline(always)]
fn double(n0: u64, n1: u64) -> f64 {
    // As signed numbers, which are converted in one instruction: n0 may be 2^64 too small.
    n1.wrapping_add(n0 >> 63) as i64 as f64 * TWO_64 + n0 as i64 as f64
}

/// The double next to n, for n2 below 2^63, but for the last 32 bits of n.
#[inline(always)]
fn double_of_three([n0, n1, n2]: [u64; 3]) -> f64 {
    double(n1, n2) * TWO_64 + (n0 >> HALF) as u32 as f64 * TWO_32
}

/// (q0, q1) = ⌊n / d⌋ for n below 2^175 and d from 2^32 to 2^126, below 2^62 if `ONE`;
/// `None` for a quotient from 2^96 on.
#[inline(always)]
fn guessed<const ONE: bool>(n: [u64; 3], d: [u64; 2]) -> Option<(u64, u64)> {
    let inverse = 1.0 / if ONE { d[0] as i64 as f64 } else { double(d[0], d[1]) };
    let guess = double_of_three(n) * inverse;
    let (mut rest, mut multiple) = (n, 0);
    if guess >= TWO_48 {
        if guess >= TWO_48 * TWO_48 {
            return None;
        }
        // The next multiple of 2^48 but one below: what is left is from 0.5 to 1.5 · 2^48 · d.
        multiple = (guess + MULTIPLES).to_bits().wrapping_sub(MULTIPLES.to_bits() + 1);
        rest = minus_shifted(n, d, multiple);
    }
    let left = if ONE { double(rest[0], rest[1]) } else { double_of_three(rest) };
    // Off by less than 1: half by rounding, a third by seven doubles of 53 bits.
    let whole = (left * inverse + WHOLES).to_bits().wrapping_sub(WHOLES.to_bits());
    // So what is left is between −d and d, and its sign tells which whole number it was.
    let over = if ONE {
        rest[0].wrapping_sub(whole.wrapping_mul(d[0])) >> 63
    } else {
        let (p0, p1) = wide(whole, d[0]);
        let p1 = p1.wrapping_add(whole.wrapping_mul(d[1]));
        let borrow = (rest[0] < p0) as u64;
        rest[1].wrapping_sub(p1).wrapping_sub(borrow) >> 63
    };
    let (q0, carry) = (multiple << STEP).overflowing_add(whole.wrapping_sub(over));
    Some((q0, (multiple >> (64 - STEP)) + carry as u64))
}

/// n − d · m · 2^48 for a d · m below 2^128.
#[inline(always)]
fn minus_shifted([n0, n1, n2]: [u64; 3], [d0, d1]: [u64; 2], m: u64) -> [u64; 3] {
    let (p0, p1) = if m >> HALF == 0 { half_wide(m, d0) } else { wide(m, d0) };
    let p1 = p1.wrapping_add(m.wrapping_mul(d1));
    let (r0, borrow) = n0.overflowing_sub(p0 << STEP);
    let (r1, more) = n1.overflowing_sub(p1 << STEP | p0 >> (64 - STEP));
    let (r1, again) = r1.overflowing_sub(borrow as u64);
    let r2 = n2.wrapping_sub(p1 >> (64 - STEP)).wrapping_sub((more | again) as u64);
    [r0, r1, r2]
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
