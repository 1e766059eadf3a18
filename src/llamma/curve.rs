//! Inside one band: the curve on which its two coins are traded.
//!
//! A band with x borrowed coins and y collateral keeps (f + x)·(g + y) constant while the
//! oracle price stands still; f and g, its virtual amounts, grow with y0, the collateral
//! that the band would hold if it were all collateral at the oracle price.

use super::band::current_edge;
use super::market::Constants;
use crate::fixed::{Operand, U256, Uint, WAD};

/// What a band holds, in 18 decimals whatever its tokens have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amounts {
    /// Borrowed coins.
    pub x: U256,
    /// Collateral.
    pub y: U256,
}

impl Amounts {
    pub(super) fn is_empty(&self) -> bool {
        self.x.is_zero() && self.y.is_zero()
    }
}

/// The invariant curve of one band at an oracle price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve {
    pub(super) y0: Uint,
    pub(super) f: Uint,
    pub(super) g: Uint,
    pub(super) invariant: Uint,
}

impl Curve {
    /// The curve of a band with x and y whose upper edge is `up`, at the oracle price `p`.
    ///
    /// f = A·y0·p²/up, g = (A − 1)·y0·up/p, invariant = (f + x)·(g + y)
    pub(super) fn new(c: &Constants, [x, y]: [&U256; 2], p: &U256, up: &U256) -> Self {
        let y0 = y0(c, [x, y], p, up);
        let f = (y0 * c.a).mul_div(p, up).mul_div(p, &WAD);
        let g = (y0 * c.a_minus_1).mul_div(up, p);
        Self { y0, f, g, invariant: (f + x) * (g + y) }
    }

    /// The borrowed coins at which the band would hold `y` collateral.
    pub(super) fn x_at(&self, y: Uint) -> Uint {
        (self.invariant / (self.g + y)).minus_or_zero(self.f)
    }

    /// The collateral at which the band would hold `x` borrowed coins.
    pub(super) fn y_at(&self, x: Uint) -> Uint {
        (self.invariant / (self.f + x)).minus_or_zero(self.g)
    }
}

/// The collateral that a band would hold if it were all collateral at the oracle price: the
/// root of p·A·y0² − b·y0 − x·y = 0 with b = up·(A − 1)·x/p + A·p²·y/up.
pub(super) fn y0(c: &Constants, [x, y]: [&U256; 2], p: &U256, up: &U256) -> Uint {
    let p_a = c.a.times(p);
    let mut b = Uint::ZERO;
    if !x.is_zero() {
        b = up.times(&c.a_minus_1).mul_div(x, p);
    }
    if !y.is_zero() {
        b += &p_a.mul_div(p, up).mul_div(y, &WAD);
    }
    if x.is_zero() || y.is_zero() {
        return b.mul_div(&WAD, &p_a);
    }
    let discriminant = (p_a * 4_u128).mul_div(y, &WAD) * *x + b * b;
    (discriminant.sqrt() + b).mul_div(&WAD, &(p_a * 2_u128))
}

/// The price inside a band.
///
/// (f + x)/(g + y); at an edge of the band where it holds one coin only.
pub(super) fn price(c: &Constants, amounts: &Amounts, p: &U256, up: &U256) -> Uint {
    let Amounts { x, y } = amounts;
    match (x.is_zero(), y.is_zero()) {
        (true, true) => current_edge(p, up) * c.a / c.a_minus_1,
        (true, false) => current_edge(p, up),
        (false, true) => {
            let mut down = *up;
            c.lower(&mut down);
            current_edge(p, &down)
        }
        (false, false) => {
            let y0 = y0(c, [x, y], p, up);
            let f = (y0 * c.a).mul_div(p, up) * *p;
            let g = (y0 * c.a_minus_1).mul_div(up, p);
            (Uint::from(*x) * WAD + f) / (g + *y)
        }
    }
}
