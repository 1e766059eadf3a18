//! Inside one band: its curve, the trade along it, and what it brings in the end.
//!
//! The run that is written to be read and the engine of the sweeps share these lines, so that
//! they round alike.

use super::order::larger;

/// The oracle price and what is made of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Oracle {
    pub price: f64,
    pub inverse: f64,
    pub square: f64,
    pub cube: f64,
}

impl Oracle {
    pub(super) fn new(price: f64) -> Self {
        let square = price * price;
        Self { price, inverse: 1.0 / price, square, cube: square * price }
    }
}

/// One band: (f + x)·(g + y) = invariant, where the price is (f + x)/(g + y).
#[derive(Debug, Clone, Copy)]
pub(super) struct Curve {
    pub x: f64,
    pub y: f64,
    pub f: f64,
    pub g: f64,
    /// po·A²·y0²
    pub invariant: f64,
}

/// What a band holds after a trade, and whether the trade ends in it.
pub(super) struct Traded {
    pub x: f64,
    pub y: f64,
    pub ends: bool,
}

impl Curve {
    /// The curve through (x, y) of a band with this upper edge.
    ///
    /// y0 is the positive root of po·A·y0² − y0·(top/po·(A−1)·x + po²/top·A·y) − x·y = 0.
    #[inline(always)]
    pub(super) fn new(oracle: &Oracle, a: f64, top: f64, x: f64, y: f64) -> Self {
        let left = top * oracle.inverse * (a - 1.0);
        let right = oracle.square / top * a;
        let b = left * x + right * y;
        let root = (b * b + 4.0 * a * oracle.price * x * y).sqrt();
        let y0 = (b + root) * (0.5 / a) * oracle.inverse;
        Self { x, y, f: y0 * right, g: y0 * left, invariant: oracle.price * a * a * y0 * y0 }
    }

    #[inline(always)]
    pub(super) fn price(&self) -> f64 {
        (self.f + self.x) / (self.g + self.y)
    }

    /// Buys collateral up to `price`, or all of it; the fee is paid in borrowed coins.
    #[inline(always)]
    pub(super) fn up(&self, price: f64, fee: f64) -> Traded {
        let y = (self.invariant / price).sqrt() - self.g;
        let left = larger(y, 0.0);
        let x = self.invariant / (self.g + left) - self.f;
        Traded { x: x + fee * (x - self.x), y: left, ends: y >= 0.0 }
    }

    /// Sells collateral down to `price`, or until no borrowed coins are left; the fee is paid
    /// in collateral.
    #[inline(always)]
    pub(super) fn down(&self, price: f64, fee: f64) -> Traded {
        let x = (self.invariant * price).sqrt() - self.f;
        let left = larger(x, 0.0);
        let y = self.invariant / (self.f + left) - self.g;
        Traded { x: left, y: y + fee * (y - self.y), ends: x >= 0.0 }
    }
}

/// What a band brings where the price falls slowly through all of it.
pub(super) fn x_down(oracle: &Oracle, a: f64, top: f64, x: f64, y: f64) -> f64 {
    let k = (a - 1.0) / a;
    let po = oracle.price;
    let bottom = top * k;
    if x == 0.0 && y == 0.0 {
        return 0.0;
    }
    if x == 0.0 || y == 0.0 {
        let middle = oracle.cube / (bottom * bottom) * k;
        if po > top {
            let y = if y == 0.0 { x / middle } else { y };
            return y * top / (a / (a - 1.0)).sqrt();
        }
        if po < bottom {
            return if x == 0.0 { y * middle } else { x };
        }
    }
    let Curve { f, g, invariant, .. } = Curve::new(oracle, a, top, x, y);
    if po > top {
        return (invariant / f - g) * top * k.sqrt();
    }
    if po < bottom {
        return invariant / g - f;
    }
    // A·y0·(1 − bottom/po)
    let y = f * top / oracle.square * (1.0 - bottom / po);
    let x = (invariant / (g + y)).max(f) - f;
    x + y * (bottom * po).sqrt()
}
