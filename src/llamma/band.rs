//! Band n ⇄ its price edges.
//!
//! Band n spans the prices from `p_oracle_down(n)` to `p_oracle_up(n)`, each (A − 1)/A of
//! the one above. Its collateral is sold over that span as the oracle price falls through
//! it. Inside the AMM, the price runs ahead of the oracle: from `p_current_down(n)` to
//! `p_current_up(n)`, which depend on the oracle price.

use super::generation::Exponential;
use super::market::Constants;
use crate::error::Result;
use crate::fixed::{Int, Operand, U256, Uint, WAD, exp_flooring, exp_truncating, take_part};

/// The price edges of all bands at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Grid<'a> {
    pub(super) constants: &'a Constants,
    /// Upper edge of band 0, which grows with the interest.
    pub base_price: U256,
}

/// Below this multiplier of the base price, in wei, a band is refused.
const TINY: u128 = 1000;

impl Grid<'_> {
    /// Oracle price at which band `n` begins to sell its collateral.
    ///
    /// base_price · ((A − 1)/A)^n
    pub fn p_oracle_up(&self, n: i64) -> Result<U256> {
        self.edge(n).get(&"p_oracle_up")
    }

    /// Oracle price at which band `n` has sold all its collateral.
    pub fn p_oracle_down(&self, n: i64) -> Result<U256> {
        self.p_oracle_up(n.saturating_add(1))
    }

    /// Price inside the AMM at the lower edge of band `n` while the oracle says `p`.
    pub fn p_current_down(&self, n: i64, p: U256) -> Result<U256> {
        current_edge(&p, &self.edge(n)).get(&"p_current_down")
    }

    /// Price inside the AMM at the upper edge of band `n` while the oracle says `p`.
    pub fn p_current_up(&self, n: i64, p: U256) -> Result<U256> {
        current_edge(&p, &self.edge(n.saturating_add(1))).get(&"p_current_up")
    }

    /// The upper edge of band `n`.
    fn edge(&self, n: i64) -> Uint {
        let rules = self.constants.rules;
        let exponent = -(Int::from(n) * self.constants.log_ratio);
        let Some(exponent) = exponent.value() else { return Uint::REFUSED };
        if exponent.is_negative() && exponent.magnitude() >= U256::from(rules.furthest_fall) {
            return Uint::REFUSED;
        }
        let multiplier = match rules.exponential {
            Exponential::Truncating => exp_truncating(exponent.into()),
            Exponential::Flooring => exp_flooring(exponent.into()),
        };
        match multiplier.value() {
            Some(tiny) if rules.refuses_tiny_bands && tiny <= U256::from(TINY) => Uint::REFUSED,
            _ => multiplier * self.base_price / WAD,
        }
    }
}

/// p³ / edge²: where the oracle price meets the edge, so does the AMM's; elsewhere the AMM's
/// price moves three times as far.
pub(super) fn current_edge(p: &U256, edge: &impl Operand) -> Uint {
    p.mul_div(p, edge).mul_div(p, edge)
}

impl Constants {
    /// Goes down to the upper edge of the band below: edge · (A − 1)/A.
    ///
    /// It never refuses: an edge is a product of 256 bits divided by 10^18, A at most 10^4.
    #[inline(always)]
    pub(super) fn lower(&self, edge: &mut U256) {
        take_part(edge, &self.a);
    }

    /// The upper edge of the band above: price · A/(A − 1).
    pub(super) fn higher(&self, price: &impl Operand) -> Uint {
        price.mul_div(&self.a, &self.a_minus_1)
    }
}
