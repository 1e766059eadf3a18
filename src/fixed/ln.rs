//! Logarithms in 18 decimals, as the contracts compute them.

use core::num::Wrapping;

use super::x96::{BITS, Rounding, X96, divided, horner, product};
use super::{I256, Int, U256, Uint, WAD};

/// ln x by a rational approximation; refused for 0 and from 2^255 on.
///
/// With x = 2^k · v and v from 1 up to 2: ln x = k·ln 2 + ln v.
pub(crate) fn wad_ln(x: Uint) -> Int {
    let Some(x) = x.value().filter(|x| (1..=255).contains(&x.bit_len())) else {
        return Int::REFUSED;
    };
    // v in units of 2⁻⁹⁶: the highest bit of x becomes bit 96.
    let bits = x.bit_len();
    let v = match bits.checked_sub(BITS.wrapping_add(1)) {
        Some(surplus) => x.wrapping_shr(surplus),
        None => x.wrapping_shl(BITS.wrapping_add(1).wrapping_sub(bits)),
    };
    let v = Wrapping(i128::try_from(v).unwrap_or_default());
    let k = i64::try_from(bits).unwrap_or_default().wrapping_sub(97);
    let sum = Int::from(ln_mantissa(v)) * SCALE + Int::from(k) * LN_2 + OFFSET;
    let Ok(sum) = sum.get(&"") else { return Int::REFUSED };
    let magnitude = sum.magnitude().wrapping_shr(UNIT_BITS);
    let exact = sum.magnitude().trailing_zeros() >= UNIT_BITS;
    let away = u8::from(sum.is_negative() && !exact);
    match I256::new(sum.is_negative(), magnitude.wrapping_add(U256::from(away))) {
        Some(ln) => ln.into(),
        None => Int::REFUSED,
    }
}

/// Bits behind the binary point of the sum that a logarithm is rounded from.
const UNIT_BITS: usize = 174;
/// What makes such units of p/q, and those of ln 2, and what is added in the end.
const SCALE: U256 = U256::from_limbs([0x5cef59f0815a5506, 0xdaa0d5f769dba191, 0x1340, 0x0]);
const LN_2: U256 =
    U256::from_limbs([0xd803ae7b6687f2b3, 0x7614a3f75373f047, 0xb3975ab3ee5b203a, 0x267a36c0c95]);
const OFFSET: U256 =
    U256::from_limbs([0xe8028c72b8864284, 0x356a1b7863008a5a, 0x7177eebf7cd370a3, 0x57115e47018c]);

/// ln v for v from 1 up to 2, but for scale and offset: a quotient of polynomials p/q.
fn ln_mantissa(v: X96) -> I256 {
    let p = horner(
        v + Wrapping(3_273_285_459_638_523_848_632_254_066_296),
        &[
            24_828_157_081_833_163_892_658_089_445_524,
            43_456_485_725_739_037_958_740_375_743_393,
            -11_111_509_109_440_967_052_023_855_526_967,
            -45_023_709_667_254_063_763_336_534_515_857,
            -14_706_773_417_378_608_786_704_636_184_526,
        ],
        v,
        Rounding::Down,
    );
    let (negative, product) = product(p, v);
    let constant = U256::from(795_164_235_651_350_426_258_249_787_498_u128).wrapping_shl(BITS);
    let (negative, p) = match negative {
        true => (true, product.wrapping_add(constant)),
        false if product < constant => (true, constant.wrapping_sub(product)),
        false => (false, product.wrapping_sub(constant)),
    };
    let q = horner(
        v + Wrapping(5_573_035_233_440_673_466_300_451_813_936),
        &[
            71_694_874_799_317_883_764_090_561_454_958,
            283_447_036_172_924_575_727_196_451_306_956,
            401_686_690_394_027_663_651_624_208_769_553,
            204_048_457_590_392_012_362_485_061_816_622,
            31_853_899_698_501_571_402_653_359_427_138,
            909_429_971_244_387_300_277_376_558_375,
        ],
        v,
        Rounding::Down,
    );
    let quotient = divided(p, q.0.unsigned_abs());
    I256::new(negative, quotient).unwrap_or(I256::ZERO)
}

/// ln x by 59 bisections of log2, for x of at least 1; below, −ln(1/x); refused for 0.
pub(crate) fn ln_bisecting(x: Uint) -> Int {
    /// log2 e
    const LOG2_E: u128 = 1_442_695_040_888_963_328;
    with_sign(x, |x| log2(x, 59) * WAD / LOG2_E)
}

/// log2 x by 34 bisections, for x of at least 1; below, −log2(1/x); refused for 0.
pub(crate) fn log2_bisecting(x: Uint) -> Int {
    with_sign(x, |x| log2(x, 34))
}

/// A logarithm of x, of 1/x below 1.
fn with_sign(x: Uint, log: impl Fn(U256) -> Uint) -> Int {
    match x.value() {
        Some(x) if x >= WAD => log(x).into(),
        Some(x) => match (Uint::from(WAD) * WAD / x).value() {
            Some(inverse) => -Int::from(log(inverse)),
            None => Int::REFUSED,
        },
        None => Int::REFUSED,
    }
}

/// log2 x for x of at least 1: its whole part, then `steps` bits behind the point.
fn log2(mut x: U256, steps: u32) -> Uint {
    let mut whole = 0_u32;
    for power in [128, 64, 32, 16, 8, 4, 2, 1] {
        if x.wrapping_shr(usize::try_from(power).unwrap_or_default()) >= WAD {
            x = x.wrapping_shr(usize::try_from(power).unwrap_or_default());
            whole = whole.wrapping_add(power);
        }
    }
    const ONE: u128 = 1_000_000_000_000_000_000;
    let mut mantissa = u128::try_from(x).unwrap_or_default();
    let (mut digit, mut sum) = (ONE, ONE.wrapping_mul(u128::from(whole)));
    for _ in 0..steps {
        if mantissa >= ONE << 1 {
            sum = sum.wrapping_add(digit);
            mantissa >>= 1;
        }
        // Below 4·10^36 before the division: x is below 2.
        mantissa = mantissa.wrapping_mul(mantissa).wrapping_div(ONE);
        digit >>= 1;
    }
    sum.into()
}
