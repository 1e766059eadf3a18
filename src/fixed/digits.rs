//! Products and quotients in digits of 32 bits, which WebAssembly multiplies and divides in
//! one instruction: the school's multiplication, and Knuth's algorithm D.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "digits are below 2^32 in words of 64 bits, and every index is below the length \
              that its loop is bounded by; the properties below check it all against another \
              implementation"
)]

use super::U256;

/// Bits of a digit.
const BITS: u32 = 32;
const MASK: u64 = 0xffff_ffff;

/// The digits of a number, lowest first, and one more above them.
type Digits = [u64; 9];

#[inline(always)]
fn digits(number: &U256) -> Digits {
    let mut digits = [0; 9];
    for (index, limb) in number.as_limbs().iter().enumerate() {
        digits[2 * index] = limb & MASK;
        digits[2 * index + 1] = limb >> BITS;
    }
    digits
}

#[inline(always)]
fn number(digits: &Digits) -> U256 {
    U256::from_limbs(core::array::from_fn(|index| {
        digits[2 * index] | digits[2 * index + 1] << BITS
    }))
}

/// How many digits are left without the leading zeros.
#[inline(always)]
fn length(digits: &Digits) -> usize {
    digits.iter().rposition(|digit| *digit != 0).map_or(0, |index| index + 1)
}

/// ⌊a · b / 2^(32·dropped)⌋ for up to 8 dropped digits, or `None` if it needs more than 256
/// bits.
#[inline(never)]
pub(crate) fn product_above(a: &U256, b: &U256, dropped: usize) -> Option<U256> {
    let (a, b) = (digits(a), digits(b));
    let (long, short) = (length(&a), length(&b));
    let mut product = [0; 17];
    for place in 0..long {
        let mut carry = 0;
        for (digit, by) in product[place..].iter_mut().zip(&b[..short]) {
            let sum = *digit + a[place].wrapping_mul(*by) + carry;
            (*digit, carry) = (sum & MASK, sum >> BITS);
        }
        product[place + short] = carry;
    }
    let mut kept = [0; 9];
    kept.copy_from_slice(&product[dropped..dropped + 9]);
    (kept[8] == 0 && long + short <= dropped + 9).then(|| number(&kept))
}

/// ⌊dividend / divisor⌋, or `None` for a divisor of 0.
#[inline(never)]
pub(super) fn quotient(dividend: &U256, divisor: &U256) -> Option<U256> {
    let (mut rest, mut by) = (digits(dividend), digits(divisor));
    let (long, short) = (length(&rest), length(&by));
    match short {
        0 => return None,
        _ if long < short => return Some(U256::ZERO),
        1 => return Some(by_one_digit(rest, long, by[0])),
        _ => {}
    }
    // So that the highest bit of the divisor is set: then no guess is off by more than 2.
    let shift = (by[short - 1] as u32).leading_zeros();
    shift_left(&mut by, short, shift);
    shift_left(&mut rest, long + 1, shift);
    let (first, second) = (by[short - 1], by[short - 2]);
    let mut quotient = [0; 9];
    for place in (0..=long - short).rev() {
        let leading = rest[place + short] << BITS | rest[place + short - 1];
        let mut guess = leading / first;
        let mut over = leading % first;
        while guess > MASK || guess.wrapping_mul(second) > (over << BITS | rest[place + short - 2])
        {
            guess -= 1;
            over += first;
            if over > MASK {
                break;
            }
        }
        if subtract(&mut rest, &by, place, short, guess) {
            guess -= 1;
            add_back(&mut rest, &by, place, short);
        }
        quotient[place] = guess;
    }
    Some(number(&quotient))
}

#[inline(always)]
fn by_one_digit(mut digits: Digits, long: usize, divisor: u64) -> U256 {
    let mut rest = 0;
    for digit in digits[..long].iter_mut().rev() {
        let number = rest << BITS | *digit;
        (*digit, rest) = (number / divisor, number % divisor);
    }
    number(&digits)
}

#[inline(always)]
fn shift_left(digits: &mut Digits, count: usize, shift: u32) {
    let mut carry = 0;
    for digit in &mut digits[..count] {
        let shifted = *digit << shift | carry;
        (*digit, carry) = (shifted & MASK, shifted >> BITS);
    }
}

/// rest − guess · by, from `place` on; true if that fell below 0.
#[inline(always)]
fn subtract(rest: &mut Digits, by: &Digits, place: usize, short: usize, guess: u64) -> bool {
    let (mut carry, mut borrow) = (0, 0);
    for (digit, by) in rest[place..=place + short].iter_mut().zip(by) {
        let product = guess.wrapping_mul(*by) + carry;
        carry = product >> BITS;
        let difference = digit.wrapping_sub((product & MASK) + borrow);
        *digit = difference & MASK;
        borrow = difference >> 63;
    }
    borrow != 0
}

#[inline(always)]
fn add_back(rest: &mut Digits, by: &Digits, place: usize, short: usize) {
    let mut carry = 0;
    for (digit, by) in rest[place..=place + short].iter_mut().zip(by) {
        let sum = *digit + by + carry;
        (*digit, carry) = (sum & MASK, sum >> BITS);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{U256, product_above, quotient};

    /// Numbers of all lengths, with runs of zeros and ones.
    fn numbers() -> impl Strategy<Value = U256> {
        let limb = prop_oneof![Just(0), Just(1), Just(u64::MAX), Just(1 << 63), any::<u64>()];
        (proptest::array::uniform4(limb), 0..256_usize)
            .prop_map(|(limbs, shift)| U256::from_limbs(limbs) >> shift)
    }

    proptest! {
        #[test]
        fn are_those_of_another_implementation(a in numbers(), b in numbers()) {
            prop_assert_eq!(quotient(&a, &b), a.checked_div(b));
            prop_assert_eq!(product_above(&a, &b, 0), a.checked_mul(b));
        }
    }
}
