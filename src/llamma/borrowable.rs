//! How much a collateral can borrow, and how little is needed for a debt.

use super::controller::Controller;
use super::funds::Funds;
use crate::error::{Result, Revert};
use crate::fixed::{U256, Uint};

impl Controller {
    /// The largest debt that `collateral` covers and the market can lend.
    ///
    /// First version: in all, for a loan that owes `current_debt`. Second version: in
    /// addition to what `user` owes, with the user's own bands and collateral.
    pub fn max_borrowable(
        &self,
        collateral: U256,
        bands: u32,
        current_debt: U256,
        user: Option<&str>,
    ) -> Result<U256> {
        self.max_borrowable_at(self.amm.max_p_base(), collateral, bands, current_debt, user)
    }

    /// The same where [`Amm::max_p_base`] is known.
    pub(super) fn max_borrowable_at(
        &self,
        p_base: Result<U256>,
        collateral: U256,
        bands: u32,
        current_debt: U256,
        user: Option<&str>,
    ) -> Result<U256> {
        let loan = self.loan(user.unwrap_or_default());
        let discount = self.discount_of(&loan);
        if let Funds::Ceiling(ceiling) = self.funds {
            return self.max_borrowable_below(ceiling, collateral, bands);
        }
        if !self.amm.constants.rules.ends_healthy {
            self.check_view_bands(bands)?;
            let cap = Uint::from(self.borrowable_cap()?) + current_debt;
            let most = self.amm.max_debt(p_base?, collateral, bands, discount);
            return most.min(cap).get(&"max_borrowable");
        }
        let debt = self.debt_of(&loan)?;
        let held = self.amm.sum_xy(&loan.position)?;
        let bands = if debt.is_zero() { bands } else { loan.position.count() };
        self.check_view_bands(bands)?;
        if !held.x.is_zero() {
            return Ok(U256::ZERO);
        }
        let collateral = (Uint::from(collateral) + held.y).get(&"collateral")?;
        let cap = Uint::from(self.borrowable_cap()?) + debt;
        let most = self.amm.max_debt(p_base?, collateral, bands, discount).min(cap);
        most.minus_or_zero(debt).get(&"max_borrowable")
    }

    /// The least collateral that covers `debt`.
    pub fn min_collateral(&self, debt: U256, bands: u32, user: Option<&str>) -> Result<U256> {
        self.min_collateral_at(self.amm.max_p_base(), debt, bands, user)
    }

    /// The same where [`Amm::max_p_base`] is known.
    pub(super) fn min_collateral_at(
        &self,
        p_base: Result<U256>,
        debt: U256,
        bands: u32,
        user: Option<&str>,
    ) -> Result<U256> {
        self.check_view_bands(bands)?;
        let loan = self.loan(user.unwrap_or_default());
        self.amm.min_collateral(p_base?, debt, bands, self.discount_of(&loan))
    }

    /// The first band of a loan.
    pub fn debt_n1(
        &self,
        collateral: U256,
        debt: U256,
        bands: u32,
        user: Option<&str>,
    ) -> Result<i64> {
        let loan = self.loan(user.unwrap_or_default());
        self.amm.debt_n1(collateral, debt, bands, self.discount_of(&loan))
    }

    /// Second version: what must be paid so that a loan can leave the bands that have sold.
    pub fn tokens_to_shrink(&self, user: &str, less_collateral: U256) -> Result<U256> {
        let amm = &self.amm;
        let loan = self.loan(user);
        let position = &loan.position;
        let lowest = amm.active_band_with_skip();
        if position.n1 > lowest {
            return Ok(U256::ZERO);
        }
        if position.n2 < lowest.saturating_add(4) {
            return Err(Revert::CannotShrink.into());
        }
        let held = amm.sum_xy(position)?;
        if less_collateral >= held.y {
            return Err(Revert::RemovesTooMuch.into());
        }
        let bands = u32::try_from(position.n2.saturating_sub(lowest)).unwrap_or_default();
        let collateral = (Uint::from(held.y) - less_collateral).get(&"collateral")?;
        let most = amm.max_debt(amm.max_p_base()?, collateral, bands, self.discount_of(&loan));
        let debt = Uint::from(self.debt_of(&loan)?);
        debt.minus_or_zero(most + held.x).get(&"tokens_to_shrink")
    }
}
