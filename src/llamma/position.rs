//! What a user holds: the composition of each band, and what the whole would become.
//!
//! `x_down` is what a position ends with in borrowed coins when the oracle price falls
//! through all of its bands, sold at the prices of the AMM; `y_up` what it ends with in
//! collateral when the price rises through them. Health rests on `x_down`.

use super::amm::{Amm, Band, DEAD_SHARES, Position};
use super::curve::{Amounts, Curve};
use crate::error::Result;
use crate::fixed::{Operand, U256, Uint, WAD};

/// The coin that a position is turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coin {
    Borrowed,
    Collateral,
}

/// 2^80: below it, the cube of a price, times A (at most 10 000), fits 256 bits.
pub(super) const MIDDLE_FITS: U256 = U256::from_limbs([0, 1 << 16, 0, 0]);

impl Amm {
    /// Borrowed coins that a position ends with when the price falls through its bands.
    pub fn x_down(&self, position: &Position) -> Result<U256> {
        self.turned_into(Coin::Borrowed, position)
    }

    /// Collateral that a position ends with when the price rises through its bands.
    pub fn y_up(&self, position: &Position) -> Result<U256> {
        self.turned_into(Coin::Collateral, position)
    }

    fn turned_into(&self, coin: Coin, position: &Position) -> Result<U256> {
        if !position.has_shares() {
            return Ok(U256::ZERO);
        }
        let c = &self.constants;
        let p = &self.price_oracle()?;
        let mut up = self.grid()?.p_oracle_up(position.n1)?;
        let mut down = up;
        let mut total = Uint::ZERO;
        for (n, share) in position.bands() {
            c.lower(&mut down);
            let Band { amounts: Amounts { x, y }, shares } = self.bands.get(n);
            // Behind the active band there is one coin only.
            let x = if n > self.active_band { &U256::ZERO } else { x };
            let y = if n < self.active_band { &U256::ZERO } else { y };
            let holds = !x.is_zero() || !y.is_zero();
            if holds && !shares.is_zero() && !share.is_zero() {
                let all = Uint::from(*shares) + DEAD_SHARES;
                total += &self.band_turned_into(coin, [x, y], p, [&up, &down]).mul_div(share, &all);
            }
            up = down;
        }
        let scale = match coin {
            Coin::Borrowed => c.borrowed_scale,
            Coin::Collateral => c.collateral_scale,
        };
        (total / scale).get(match coin {
            Coin::Borrowed => &"x_down",
            Coin::Collateral => &"y_up",
        })
    }

    /// A whole band turned into one coin.
    fn band_turned_into(
        &self,
        coin: Coin,
        [x, y]: [&U256; 2],
        p: &U256,
        [up, down]: [&U256; 2],
    ) -> Uint {
        let c = &self.constants;
        let one_coin = x.is_zero() || y.is_zero();
        let middle = || self.middle(*p, *up, *down);
        // The contracts work it out for every band, which refuses where an edge is 0 or the
        // oracle price too high: p³·A then needs more than 256 bits.
        let fits = *p < MIDDLE_FITS && !down.is_zero();
        if !fits && middle().value().is_none() {
            return Uint::REFUSED;
        }
        // First the price inside the AMM comes to the oracle's; then both leave the band
        // together, at the geometric mean of its edges.
        if one_coin && p > up {
            return match y.is_zero() {
                true => self.turned_above(coin, &x.mul_div(&WAD, &middle()), up),
                false => self.turned_above(coin, y, up),
            };
        }
        if one_coin && p < down {
            return match x.is_zero() {
                true => self.turned_below(coin, &y.mul_div(&middle(), &WAD), up),
                false => self.turned_below(coin, x, up),
            };
        }
        let curve = Curve::new(c, [x, y], p, up);
        if p > up {
            return self.turned_above(coin, &curve.y_at(Uint::ZERO), up);
        }
        if p < down {
            return self.turned_below(coin, &curve.x_at(Uint::ZERO), up);
        }
        let y = match c.rules.early_position_value {
            true => (curve.invariant * WAD / *p).sqrt().minus_or_zero(curve.g),
            false => curve.y0 * c.a * (Uint::from(*p) - *down) / *p,
        };
        let x = curve.x_at(y);
        match coin {
            Coin::Collateral => x * WAD / (Uint::from(*up) * *p).sqrt() + y,
            Coin::Borrowed => y * (Uint::from(*down) * *p).sqrt() / WAD + x,
        }
    }

    /// A band of `y` collateral below the price.
    #[inline(always)]
    fn turned_above(&self, coin: Coin, y: &impl Operand, up: &U256) -> Uint {
        match coin {
            Coin::Collateral => y.to_uint(),
            Coin::Borrowed => y.mul_div(up, &self.constants.sqrt_ratio),
        }
    }

    /// A band of `x` borrowed coins above the price.
    #[inline(always)]
    fn turned_below(&self, coin: Coin, x: &impl Operand, up: &U256) -> Uint {
        match coin {
            Coin::Collateral => x.mul_div(&self.constants.sqrt_ratio, up),
            Coin::Borrowed => x.to_uint(),
        }
    }

    /// The price at which a whole band is traded: the mean of the AMM's price at its edges.
    fn middle(&self, p: U256, up: U256, down: U256) -> Uint {
        let c = &self.constants;
        let at_down = Uint::from(p) * p / down * p;
        match c.rules.early_position_value {
            true => at_down / down * c.a_minus_1 / c.a,
            false => at_down / up,
        }
    }

    /// What a user's shares of each band stand for, in the tokens' own decimals.
    pub fn composition(&self, position: &Position) -> Result<Vec<Amounts>> {
        let mut parts = Vec::new();
        if position.has_shares() {
            for (n, share) in position.bands() {
                let [x, y] = self.part_of_band(n, share);
                parts.push(self.raw_amounts(x, y)?);
            }
        }
        Ok(parts)
    }

    /// What a user's shares stand for in all, in the tokens' own decimals.
    pub fn sum_xy(&self, position: &Position) -> Result<Amounts> {
        let (mut sum_x, mut sum_y) = (Uint::ZERO, Uint::ZERO);
        if position.has_shares() {
            for (n, share) in position.bands() {
                let [x, y] = self.part_of_band(n, share);
                sum_x += &x;
                sum_y += &y;
            }
        }
        self.raw_amounts(sum_x, sum_y)
    }

    /// What `share` stands for in band n, in 18 decimals: (amount + 1)·share/(shares + 1000)
    #[inline(always)]
    fn part_of_band(&self, n: i64, share: &U256) -> [Uint; 2] {
        let Band { amounts: Amounts { x, y }, shares } = self.bands.get(n);
        let all = Uint::from(*shares) + DEAD_SHARES;
        let part = |amount: &U256| (Uint::from(*amount) + U256::ONE).mul_div(share, &all);
        [part(x), part(y)]
    }
}
