//! Inside one band: the curve on which its two coins are traded.
//!
//! A band with x borrowed coins and y collateral keeps (f + x)·(g + y) constant while the
//! oracle price stands still; f and g, its virtual amounts, grow with y0, the collateral
//! that the band would hold if it were all collateral at the oracle price.

use super::band::current_edge;
use super::market::Constants;
use crate::error::Result;
use crate::fixed::{U256, Uint, WAD};

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
    pub(super) y0: U256,
    pub(super) f: U256,
    pub(super) g: U256,
    pub(super) invariant: U256,
}

impl Curve {
    /// The curve of a band with `amounts` whose upper edge is `up`, at the oracle price `p`.
    ///
    /// f = A·y0·p²/up, g = (A − 1)·y0·up/p, invariant = (f + x)·(g + y)
    pub(super) fn new(c: &Constants, amounts: Amounts, p: U256, up: U256) -> Result<Self> {
        let y0 = y0(c, amounts, p, up)?;
        let f = (Uint::from(c.a) * y0 * p / up * p / WAD).get("f")?;
        let g = (Uint::from(c.a_minus_1) * y0 * up / p).get("g")?;
        let invariant =
            ((Uint::from(f) + amounts.x) * (Uint::from(g) + amounts.y)).get("invariant")?;
        Ok(Self { y0, f, g, invariant })
    }

    /// The borrowed coins at which the band would hold `y` collateral.
    pub(super) fn x_at(&self, y: impl Into<Uint>) -> Uint {
        (Uint::from(self.invariant) / (Uint::from(self.g) + y)).minus_or_zero(self.f)
    }

    /// The collateral at which the band would hold `x` borrowed coins.
    pub(super) fn y_at(&self, x: impl Into<Uint>) -> Uint {
        (Uint::from(self.invariant) / (Uint::from(self.f) + x)).minus_or_zero(self.g)
    }
}

/// The collateral that a band would hold if it were all collateral at the oracle price: the
/// root of p·A·y0² − b·y0 − x·y = 0 with b = up·(A − 1)·x/p + A·p²·y/up.
pub(super) fn y0(c: &Constants, amounts: Amounts, p: U256, up: U256) -> Result<U256> {
    let Amounts { x, y } = amounts;
    let p_a = Uint::from(c.a) * p;
    let mut b = Uint::ZERO;
    if !x.is_zero() {
        b = Uint::from(up) * c.a_minus_1 * x / p;
    }
    if !y.is_zero() {
        b = b + p_a * p / up * y / WAD;
    }
    let y0 = if x.is_zero() || y.is_zero() {
        b * WAD / p_a
    } else {
        let discriminant = b * b + p_a * U256::from(4) * y / WAD * x;
        (b + discriminant.sqrt()) * WAD / (p_a * U256::from(2))
    };
    y0.get("y0")
}

/// The price inside a band.
///
/// (f + x)/(g + y); at an edge of the band where it holds one coin only.
pub(super) fn price(c: &Constants, amounts: Amounts, p: U256, up: U256) -> Result<U256> {
    let Amounts { x, y } = amounts;
    let price = match (x.is_zero(), y.is_zero()) {
        (true, true) => {
            let p = Uint::from(p);
            p * p / up * p / up * c.a / c.a_minus_1
        }
        (true, false) => current_edge(p, up),
        (false, true) => current_edge(p, (Uint::from(up) * c.a_minus_1 / c.a).get("p")?),
        (false, false) => {
            let y0 = y0(c, amounts, p, up)?;
            let f = Uint::from(c.a) * y0 * p / up * p;
            let g = Uint::from(c.a_minus_1) * y0 * up / p;
            (f + Uint::from(x) * WAD) / (g + y)
        }
    };
    price.get("p")
}
