//! What a user holds: the composition of each band, and what the whole would become.
//!
//! `x_down` is what a position ends with in borrowed coins when the oracle price falls
//! through all of its bands, sold at the prices of the AMM; `y_up` what it ends with in
//! collateral when the price rises through them. Health rests on `x_down`.

use super::amm::{Amm, Position};
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
        let mut down = self.grid()?.p_oracle_up(position.n1)?;
        let mut total = Uint::ZERO;
        let price_fits = *p < MIDDLE_FITS;
        for (n, share) in position.bands() {
            let up = down;
            c.lower(&mut down);
            let band = self.bands.get(n);
            // Behind the active band there is one coin only.
            let x = Some(&band.amounts.x).filter(|x| n <= self.active_band && !x.is_zero());
            let y = Some(&band.amounts.y).filter(|y| n >= self.active_band && !y.is_zero());
            let holds = x.is_some() || y.is_some();
            if holds && !band.shares.is_zero() && !share.is_zero() {
                let edges = [&up, &down];
                // The contracts work the middle out for every band, which refuses where an edge is
                // 0 or the oracle price too high: p³·A then needs more than 256 bits.
                let fits = price_fits && !down.is_zero();
                if !fits && self.middle(p, edges).value().is_none() {
                    total = Uint::REFUSED;
                    break;
                }
                let turned = self.band_turned_into(coin, [x, y], p, edges);
                total += &turned.mul_div(share, &band.all_shares());
            }
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

    /// A whole band turned into one coin, of the coins that it holds.
    ///
    /// First the price inside the AMM comes to the oracle's; then both leave the band together,
    /// at the geometric mean of its edges.
    #[inline(always)]
    fn band_turned_into(
        &self,
        coin: Coin,
        held: [Option<&U256>; 2],
        p: &U256,
        [up, down]: [&U256; 2],
    ) -> Uint {
        let middle = || self.middle(p, [up, down]);
        match held {
            [None, Some(y)] if p > up => self.turned_above(coin, y, up),
            [Some(x), None] if p > up => self.turned_above(coin, &x.mul_div(&WAD, &middle()), up),
            [Some(x), None] if p < down => self.turned_below(coin, x, up),
            [None, Some(y)] if p < down => self.turned_below(coin, &y.mul_div(&middle(), &WAD), up),
            _ => {
                let amounts = held.map(|amount| amount.unwrap_or(&U256::ZERO));
                self.mixed_turned_into(coin, amounts, p, [up, down])
            }
        }
    }

    /// A band of both coins, or in which the oracle price is, turned into one.
    fn mixed_turned_into(
        &self,
        coin: Coin,
        amounts: [&U256; 2],
        p: &U256,
        [up, down]: [&U256; 2],
    ) -> Uint {
        let c = &self.constants;
        let curve = Curve::new(c, amounts, p, up);
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
            Coin::Collateral => x * WAD / up.times(p).sqrt() + y,
            Coin::Borrowed => y * down.times(p).sqrt() / WAD + x,
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
    fn middle(&self, p: &U256, [up, down]: [&U256; 2]) -> Uint {
        let c = &self.constants;
        let at_down = p.mul_div(p, down);
        match c.rules.early_position_value {
            true => at_down.mul_div(p, down).mul_div(&c.a_minus_1, &c.a),
            false => at_down.mul_div(p, up),
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
        let band = self.bands.get(n);
        let all = band.all_shares();
        let part = |amount: &U256| (Uint::from(*amount) + U256::ONE).mul_div(share, &all);
        [part(&band.amounts.x), part(&band.amounts.y)]
    }
}
