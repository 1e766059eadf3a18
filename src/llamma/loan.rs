//! What collateral can borrow: y_effective, the band that a debt begins at, the largest
//! debt and the least collateral.

use super::amm::Amm;
use super::band::Grid;
use super::generation::{DebtRounding, Logarithm};
use super::market::{Constants, MAX_BANDS, MAX_SKIP, MIN_BANDS};
use crate::error::{Error, Result, Revert};
use crate::fixed::{I256, Int, U256, Uint, WAD, log2_bisecting, wad_ln};

/// Bands above the oracle price where the search for the largest band price begins.
const BASE_BANDS: i64 = 5;
/// 1 − 10⁻⁴: what is offered as the largest debt is a bit smaller, to be sure to pass.
const A_BIT_SMALLER: u128 = 999_900_000_000_000_000;

/// A debt as it is stored: what it was when interest had grown to `rate_mul`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Debt {
    /// The amount then, in the borrowed token's own decimals.
    pub initial: U256,
    /// 1 plus all interest of the market then, 18 decimals.
    pub rate_mul: U256,
}

impl Debt {
    /// What is owed when interest has grown to `rate_mul`.
    ///
    /// initial · rate_mul / rate_mul then
    pub(super) fn grown(&self, rate_mul: U256, round_up: bool) -> Result<U256> {
        if self.initial.is_zero() {
            return Ok(U256::ZERO);
        }
        let grown = Uint::from(self.initial) * rate_mul;
        let grown = if round_up { grown.div_up(self.rate_mul) } else { grown / self.rate_mul };
        grown.get(&"debt")
    }
}

impl DebtRounding {
    pub(super) const fn is_up(self, loans: u64) -> bool {
        match self {
            Self::Down => false,
            Self::UpAmongSeveral => loans > 1,
            Self::Up => true,
        }
    }
}

/// Refuses a number of bands outside 4 to 50, in the generation's words.
pub(super) fn check_bands(bands: u32, in_words: bool) -> Result<()> {
    match bands {
        MIN_BANDS..=MAX_BANDS => Ok(()),
        _ if !in_words => Err(Error::invalid(&"bands", &"a whole number from 4 to 50")),
        _ if bands < MIN_BANDS => Err(Revert::NeedMoreTicks.into()),
        _ => Err(Revert::NeedLessTicks.into()),
    }
}

/// The collateral of a loan with all its discounts taken off, weighted by band, as if it all
/// lay at the upper edge of its first band.
///
/// With d = collateral·(1 − discount)/(√(A/(A − 1))·N): Σ d·((A − 1)/A)^k for k < N
pub(super) fn y_effective(
    c: &Constants,
    collateral: impl Into<Uint>,
    bands: u32,
    discount: U256,
) -> Uint {
    if bands == 0 && c.rules.no_bands_are_nothing {
        return Uint::ZERO;
    }
    let collateral = collateral.into();
    let count = U256::from(bands);
    let thousand = Uint::from(1000_u128);
    // The dead shares of a band take a part that only dust feels.
    let per_band = (collateral / count).max(thousand);
    let discount = (thousand * WAD / per_band + discount).min(WAD);
    let part = collateral * (Uint::from(WAD) - discount) / (Uint::from(c.loan_sqrt_ratio) * count);
    let Some(mut part) = part.value() else { return Uint::REFUSED };
    let mut sum = Uint::ZERO;
    for _ in 0..bands.min(MAX_BANDS) {
        sum += &part;
        c.lower(&mut part);
    }
    sum
}

/// The logarithm of `ratio` in bands.
fn in_bands(c: &Constants, ratio: Uint, round_down: bool) -> Result<i64> {
    let log = match c.rules.loan_log {
        Logarithm::Log2 => log2_bisecting(ratio),
        Logarithm::Rational | Logarithm::Bisecting => wad_ln(ratio),
    };
    let mut log = log.get(&"n1")?;
    if round_down && log.is_negative() {
        log = (Int::from(log) - (Int::from(c.loan_log_ratio) - Int::from(1))).get(&"n1")?;
    }
    (Int::from(log) / c.loan_log_ratio).get(&"n1")?.to_i64().ok_or_else(|| Error::arithmetic(&"n1"))
}

impl Amm {
    /// The first band of a loan: the one furthest from the price that still covers the debt.
    pub(super) fn debt_n1(
        &self,
        collateral: U256,
        debt: U256,
        bands: u32,
        discount: U256,
    ) -> Result<i64> {
        self.debt_n1_at(self.price_oracle()?, collateral, debt, bands, discount)
    }

    /// The same while the oracle price is `p`.
    pub(super) fn debt_n1_at(
        &self,
        p: U256,
        collateral: U256,
        debt: U256,
        bands: u32,
        discount: U256,
    ) -> Result<i64> {
        let c = &self.constants;
        let worded = c.rules.loan_refusals_in_words;
        if !worded {
            check_bands(bands, false)?;
        }
        if debt.is_zero() {
            return Err(match worded {
                true => Revert::NoLoan.into(),
                false => Error::invalid(&"debt", &"above 0"),
            });
        }
        let grid = self.grid()?;
        let collateral = Uint::from(collateral) * c.collateral_scale;
        let up = grid.p_oracle_up(self.active_band)?;
        let value = y_effective(c, collateral, bands, discount) * up;
        let ratio = value / (Uint::from(debt) * c.borrowed_scale + U256::ONE);
        if ratio.get(&"n1")?.is_zero() {
            return Err(match worded {
                true => Revert::AmountTooLow.into(),
                false => Error::invalid(&"collateral", &"large enough for the debt"),
            });
        }
        let most = MAX_SKIP.saturating_sub(i64::from(bands));
        let n1 = in_bands(c, ratio, true)?.min(most).saturating_add(self.active_band);
        if n1 <= self.active_band && !self.can_skip_bands(n1.saturating_sub(1))? {
            return Err(Revert::DebtTooHigh.into());
        }
        let up = grid.p_oracle_up(n1)?;
        let allowed = if c.rules.oracle_band_allowed { up <= p } else { up < p };
        if allowed { Ok(n1) } else { Err(Revert::DebtTooHigh.into()) }
    }

    /// The upper edge of the highest band that a loan can begin at.
    pub(super) fn max_p_base(&self) -> Result<U256> {
        let c = &self.constants;
        let p = self.price_oracle()?;
        let grid = self.grid()?;
        let lowest = self.active_band_with_skip();
        let ratio = Uint::from(grid.base_price) * WAD / p;
        let above_active = c.rules.base_price_above_active;
        let mut n = in_bands(c, ratio, above_active)?.saturating_add(BASE_BANDS);
        if above_active {
            n = n.max(lowest.saturating_add(1));
        }
        let mut price = grid.p_oracle_up(n)?;
        for _ in 0..=MAX_SKIP {
            n = n.saturating_sub(1);
            if n <= lowest {
                break;
            }
            let higher = match c.rules.base_price_by_steps {
                true => c.higher(&price).get(&"p_base")?,
                false => grid.p_oracle_up(n)?,
            };
            if higher > p {
                break;
            }
            price = higher;
        }
        Ok(price)
    }

    /// The largest debt that `collateral` covers, before any cap, by [`Amm::max_p_base`].
    pub(super) fn max_debt(
        &self,
        p_base: U256,
        collateral: U256,
        bands: u32,
        discount: U256,
    ) -> Uint {
        let c = &self.constants;
        let collateral = Uint::from(collateral) * c.collateral_scale;
        let value = y_effective(c, collateral, bands, discount) * p_base / WAD;
        let value = value.max(U256::ONE) - U256::ONE;
        value * A_BIT_SMALLER / (Uint::from(WAD) * c.borrowed_scale)
    }

    /// The least collateral that covers `debt`, by [`Amm::max_p_base`].
    pub(super) fn min_collateral(
        &self,
        p_base: U256,
        debt: U256,
        bands: u32,
        discount: U256,
    ) -> Result<U256> {
        let c = &self.constants;
        let unit = y_effective(c, WAD, bands, discount);
        let count = U256::from(bands);
        let at_edge = Uint::from(debt) * WAD * c.borrowed_scale / p_base;
        let dust = Uint::from(count) * (Uint::from(count) + U256::from(2000_u64));
        let mut collateral = at_edge * WAD / unit + dust;
        if c.rules.min_collateral_rounded_up {
            collateral = collateral + c.collateral_scale - U256::ONE;
        }
        (collateral / c.collateral_scale * WAD / A_BIT_SMALLER).get(&"min_collateral")
    }
}

impl Grid<'_> {
    /// The prices between which a loan in the bands n1 to n2 is liquidated softly.
    pub(super) fn range(&self, n1: i64, n2: i64) -> Result<[U256; 2]> {
        Ok([self.p_oracle_up(n1)?, self.p_oracle_down(n2)?])
    }
}

/// `None` of a signed amount below 0.
pub(super) fn apply(amount: U256, change: I256) -> Option<U256> {
    match change.is_negative() {
        true => amount.checked_sub(change.magnitude()),
        false => amount.checked_add(change.magnitude()),
    }
}
