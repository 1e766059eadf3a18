//! e^x in 18 decimals, as the contracts compute it: two roundings of one rational
//! approximation.

use core::num::Wrapping;

use ruint::uint;

use super::x96::{BITS, Rounding, X96, horner, product, times};
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
const LN_2: X96 = Wrapping(54_916_777_467_707_473_351_141_471_128);

/// e^x = 2^k · e^(x − k·ln 2), with k such that the second factor is near 1; 0 from
/// −`zero` downwards.
fn exp(x: Int, zero: u128, rounding: Rounding) -> Uint {
    let Ok(x) = x.get("exp") else { return Uint::REFUSED };
    let magnitude = u128::try_from(x.magnitude()).unwrap_or(u128::MAX);
    match x.is_negative() {
        true if magnitude >= zero => return Uint::ZERO,
        false if magnitude >= TOO_LARGE => return Uint::REFUSED,
        _ => {}
    }
    let x = from_wad(x);
    let k = doublings(x, rounding);
    let scaled = small_exp(x - k * LN_2, rounding);
    // The factor 10^18, and what the approximation is short of e^x, are within SCALE.
    let shift = usize::try_from(195 - k.0).unwrap_or(0);
    Uint::from(scaled.wrapping_shr(shift))
}

/// The number of 18 decimals in units of 2⁻⁹⁶, rounded toward zero.
fn from_wad(x: I256) -> X96 {
    let magnitude = x.magnitude().wrapping_shl(BITS) / super::WAD;
    let magnitude = Wrapping(i128::try_from(magnitude).unwrap_or(0));
    if x.is_negative() { -magnitude } else { magnitude }
}

/// x / ln 2 to the nearest integer; if `rounding` is toward zero, a negative x gives one
/// that is up to 1 above.
fn doublings(x: X96, rounding: Rounding) -> X96 {
    let half = LN_2 / Wrapping(2);
    match x.0 < 0 {
        false => (x + half) / LN_2,
        true if rounding == Rounding::Down => -((-x + half - Wrapping(1)) / LN_2),
        true => -((-x - half) / LN_2),
    }
}

/// e^x · 2^195 · 10^18 for x near 0.
fn small_exp(x: X96, rounding: Rounding) -> U256 {
    let y = x + Wrapping(1_346_386_616_545_796_478_920_950_773_328);
    let y = times(y, x, rounding) + Wrapping(57_155_421_227_552_351_082_224_309_758_442);
    let p = y + x - Wrapping(94_201_549_194_550_492_254_356_042_504_812);
    let p = times(p, y, rounding) + Wrapping(28_719_021_644_029_726_153_956_944_680_412_240);
    let constant =
        U256::from(4_385_272_521_454_847_904_659_076_985_693_276_u128).wrapping_shl(BITS);
    let p = match product(p, x) {
        (true, magnitude) => constant.wrapping_sub(magnitude),
        (false, magnitude) => constant.wrapping_add(magnitude),
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
    const SCALE: U256 = uint!(3822833074963236453042738258902158003155416615667_U256);
    (p / U256::from(q.0.unsigned_abs())).wrapping_mul(SCALE)
}
