//! e^x in 18 decimals, as the contracts compute it: two roundings of one rational
//! approximation.

use core::cmp::Ordering;
use core::num::Wrapping;

use super::x96::{BITS, Rounding, X96, divided, horner, product, signed, times};
use super::{I256, Int, U256, Uint};

/// e^x, each step rounded toward zero; refused from e^135.3 on, 0 below e^−41.4.
pub(crate) fn exp_truncating(x: Int) -> Uint {
    exp(x, 41_446_531_673_892_821_376, Rounding::Zero)
}

/// e^x, each step rounded down; refused from e^135.3 on, 0 below e^−41.4.
pub(crate) fn exp_flooring(x: Int) -> Uint {
    exp(x, 41_446_531_673_892_822_313, Rounding::Down)
}

/// From this on, e^x needs more than 255 bits.
const TOO_LARGE: u128 = 135_305_999_368_893_231_589;

/// ln 2
const LN_2: i128 = 54_916_777_467_707_473_351_141_471_128;

/// e^x = 2^k · e^(x − k·ln 2); 0 from −`zero` downwards.
fn exp(x: Int, zero: u128, rounding: Rounding) -> Uint {
    let Ok(x) = x.get(&"") else { return Uint::REFUSED };
    match (x.is_negative(), x.magnitude()) {
        (true, magnitude) if magnitude >= U256::from(zero) => Uint::ZERO,
        (false, magnitude) if magnitude >= U256::from(TOO_LARGE) => Uint::REFUSED,
        _ => {
            let x = in_binary(x);
            let k = halvings(x, rounding);
            let small = small_exp(x - Wrapping(LN_2) * k, rounding);
            let shift = usize::try_from((Wrapping(UNIT_BITS) - k).0).unwrap_or_default();
            Uint::from(small.wrapping_shr(shift))
        }
    }
}

/// A decimal number of 18 digits behind the point in units of 2⁻⁹⁶.
fn in_binary(x: I256) -> X96 {
    // 2^96/10^18 = 2^78/5^18
    const FIVE_POWER: u128 = 3_814_697_265_625;
    let magnitude = divided(x.magnitude().wrapping_shl(78), FIVE_POWER);
    signed(x.is_negative(), magnitude)
}

/// A whole number next to x / ln 2: the nearest, or, for x below 0 and truncated, the one above.
fn halvings(x: X96, rounding: Rounding) -> X96 {
    let whole = signed(false, divided(U256::from(x.0.unsigned_abs()), LN_2.unsigned_abs()));
    let twice_rest = (Wrapping(x.0.abs()) - Wrapping(LN_2) * whole) * Wrapping(2);
    let one = Wrapping(1);
    match (x.0 < 0, twice_rest.0.cmp(&LN_2)) {
        (false, Ordering::Less) => whole,
        (false, _) => whole + one,
        (true, Ordering::Less) if rounding == Rounding::Zero => -(whole - one).max(Wrapping(0)),
        (true, Ordering::Greater) if rounding == Rounding::Down => -whole - one,
        (true, _) => -whole,
    }
}

/// Bits behind the binary point of [`small_exp`].
const UNIT_BITS: i128 = 195;

/// e^x for x from −1.5·ln 2 to ½·ln 2, in units of 2⁻¹⁹⁵·10^-18: a quotient of polynomials p/q of degrees 5 and 6.
fn small_exp(x: X96, rounding: Rounding) -> U256 {
    let y = x + Wrapping(1_346_386_616_545_796_478_920_950_773_328);
    let y = times(y, x, rounding) + Wrapping(57_155_421_227_552_351_082_224_309_758_442);
    let p = y + x - Wrapping(94_201_549_194_550_492_254_356_042_504_812);
    let p = times(p, y, rounding) + Wrapping(28_719_021_644_029_726_153_956_944_680_412_240);
    let constant = U256::from(4_385_272_521_454_847_904_659_076_985_693_276_u128);
    let (negative, product) = product(p, x);
    let constant = constant.wrapping_shl(BITS);
    let p = match negative {
        true => constant.wrapping_sub(product),
        false => constant.wrapping_add(product),
    };
    let q = horner(
        x - Wrapping(2_855_989_394_907_223_263_936_484_059_900),
        &[
            50_020_603_652_535_783_019_961_831_881_945,
            -533_845_033_583_426_703_283_633_433_725_380,
            3_604_857_256_930_695_427_073_651_918_091_429,
            -14_423_608_567_350_463_180_887_372_962_807_573,
            26_449_188_498_355_588_339_934_803_723_976_023,
        ],
        x,
        rounding,
    );
    divided(p, q.0.unsigned_abs()).wrapping_mul(SCALE)
}

/// What makes units of 2⁻¹⁹⁵·10⁻¹⁸ of p/q.
const SCALE: U256 = U256::from_limbs([0xee70ef65f9978af3, 0x63c32e5c2f6dc192, 0x29d9dc385, 0x0]);
