//! Health: how far a loan is from liquidation, now and after a step.
//!
//! health = x_down·(1 − liquidation_discount)/debt − 1 counts what the collateral brings
//! when the price falls through the bands; `health_full` adds what the price is above them.
//! Below 0, anybody may liquidate.

use super::amm::{Amm, Position};
use super::controller::{Controller, Loan};
use super::loan::{apply, check_bands, y_effective};
use crate::error::{Error, Result, Revert};
use crate::fixed::{I256, Int, U256, Uint, WAD};

/// A change that deposits a loan anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// More collateral.
    Add(U256),
    /// Less collateral.
    Remove(U256),
    /// More debt, with more collateral.
    Borrow {
        /// The collateral that is added.
        collateral: U256,
        /// The debt that is added.
        debt: U256,
    },
}

/// x·(1 − discount)/debt − 1
fn health_of(x: impl Into<Int>, discount: U256, debt: U256) -> Int {
    let kept = Int::from(Uint::from(WAD) - discount);
    let x: Int = x.into();
    x * kept / debt - WAD
}

impl Amm {
    /// What the oracle price is above the band n1 is worth, per debt: 0 in the band.
    pub(super) fn above_bands(&self, n1: i64, collateral: U256, debt: U256) -> Result<Int> {
        self.above_bands_at(self.price_oracle()?, n1, collateral, debt)
    }

    /// The same while the oracle price is `p`.
    pub(super) fn above_bands_at(
        &self,
        p: U256,
        n1: i64,
        collateral: U256,
        debt: U256,
    ) -> Result<Int> {
        let up = self.grid()?.p_oracle_up(n1)?;
        let worth = Uint::from(p).minus_or_zero(up) * collateral * self.constants.collateral_scale;
        Ok(Int::from(worth / (Uint::from(debt) * self.constants.borrowed_scale)))
    }

    /// Health of a position as it stands, for some debt and discount.
    pub(super) fn health(
        &self,
        position: &Position,
        debt: U256,
        discount: U256,
        full: bool,
    ) -> Result<I256> {
        self.health_by(self.x_down(position)?, position, debt, discount, full)
    }

    /// The same where what the position brings is known.
    pub(super) fn health_by(
        &self,
        x_down: U256,
        position: &Position,
        debt: U256,
        discount: U256,
        full: bool,
    ) -> Result<I256> {
        let mut health = health_of(x_down, discount, debt);
        if full && position.n1 > self.active_band {
            let collateral = self.sum_xy(position)?.y;
            health = health + self.above_bands(position.n1, collateral, debt)?;
        }
        health.get(&"health")
    }
}

impl Controller {
    /// Health of a loan by what its bands would bring.
    ///
    /// health = x_down · (1 − liquidation_discount) / debt − 1, 18 decimals
    ///
    /// # Errors
    /// `LoanDoesNotExist` if there is none.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// # market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// assert_eq!(market.health("me")?.to_string(), "41567976250632124");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn health(&self, user: &str) -> Result<I256> {
        self.health_of(user, false)
    }

    /// Health of a loan with what the price is above its bands: the one that decides.
    ///
    /// health_full = health + (price − upper edge) · collateral / debt, 18 decimals
    ///
    /// # Errors
    /// `LoanDoesNotExist` if there is none.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// # market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// assert_eq!(market.health_full("me")?.to_string(), "161090382489626396");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn health_full(&self, user: &str) -> Result<I256> {
        self.health_of(user, true)
    }

    pub(super) fn loan_health(&self, loan: &Loan, full: bool) -> Result<I256> {
        let debt = self.debt_of(loan)?;
        if debt.is_zero() {
            return Err(Revert::LoanDoesNotExist.into());
        }
        self.amm.health(&loan.position, debt, loan.liquidation_discount, full)
    }

    /// First-version preview: the health after a change of collateral and debt.
    ///
    /// A loan above the active band is deposited anew; one in soft-liquidation keeps its
    /// bands, and only its debt may change.
    pub fn health_after(
        &self,
        user: &str,
        collateral_change: I256,
        debt_change: I256,
        full: bool,
        bands: u32,
    ) -> Result<I256> {
        let amm = &self.amm;
        let c = &amm.constants;
        let loan = self.loan(user);
        let old_debt = self.debt_of(&loan)?;
        let debt = apply(old_debt, debt_change).filter(|debt| !debt.is_zero());
        let debt = debt.ok_or(Revert::NonPositiveDebt)?;
        let exists = !old_debt.is_zero();
        let discount = match exists {
            true => loan.liquidation_discount,
            false => amm.market.liquidation_discount,
        };
        let bands = if exists { loan.position.count() } else { bands };
        let lowest = amm.active_band_with_skip();
        let above = !exists || loan.position.n1 > lowest;
        let scaled = Int::from(Uint::from(debt) * c.borrowed_scale);
        let early = c.rules.early_health_preview;
        let changed = collateral_change != I256::ZERO || debt_change != I256::ZERO;
        let health_of_value = |value: Int| {
            let ratio = value / scaled;
            ratio - ratio * Int::from(discount) / WAD - WAD
        };
        if !above {
            let x = Uint::from(amm.x_down(&loan.position)?) * WAD * c.borrowed_scale;
            return health_of_value(x.into()).get(&"health");
        }
        let mut collateral = U256::ZERO;
        let mut n1 = loan.position.n1;
        if changed || !early {
            let held = Uint::from(amm.sum_xy(&loan.position)?.y);
            // The first generation scales what is held here, and all of it again below.
            let held = if early { held * c.collateral_scale } else { held };
            let bare = || Error::invalid(&"collateral_change", &"at most what the loan holds");
            collateral = apply(held.get(&"collateral")?, collateral_change).ok_or_else(bare)?;
            n1 = amm.debt_n1(collateral, debt, bands, self.discount_of(&loan))?;
        }
        let scale = if early { U256::ONE } else { c.collateral_scale };
        let scaled_collateral = Uint::from(collateral) * scale;
        let up = amm.grid()?.p_oracle_up(n1)?;
        let value = y_effective(c, scaled_collateral, bands, U256::ZERO) * up;
        let mut health = health_of_value(value.into());
        if full && n1 > lowest {
            let worth = Uint::from(amm.price_oracle()?).minus_or_zero(up) * scaled_collateral;
            health = health + Int::from(worth) / scaled;
        }
        health.get(&"health")
    }

    /// Second-version preview: the health of a loan deposited anew.
    fn health_deposited(
        &self,
        loan: &Loan,
        collateral: U256,
        debt: U256,
        bands: u32,
        full: bool,
    ) -> Result<I256> {
        let amm = &self.amm;
        let c = &amm.constants;
        let n1 = amm.debt_n1(collateral, debt, bands, self.discount_of(loan))?;
        let up = amm.grid()?.p_oracle_up(n1)?;
        let scaled = Uint::from(collateral) * c.collateral_scale;
        let x = y_effective(c, scaled, bands, U256::ZERO) * up / c.borrowed_scale / WAD;
        let mut health = health_of(x, amm.market.liquidation_discount, debt);
        if full {
            health = health + amm.above_bands(n1, collateral, debt)?;
        }
        health.get(&"health")
    }

    /// Second-version preview: the health of a new loan.
    pub fn health_created(
        &self,
        user: &str,
        collateral: U256,
        debt: U256,
        bands: u32,
        full: bool,
    ) -> Result<I256> {
        if debt.is_zero() {
            return Err(Revert::DebtIsZero.into());
        }
        self.health_deposited(&self.loan(user), collateral, debt, bands, full)
    }

    /// Second-version preview: the health after a change of the collateral or more debt.
    pub fn health_adjusted(&self, user: &str, change: Adjustment, full: bool) -> Result<I256> {
        let loan = self.loan(user);
        let (more_collateral, less_collateral, more_debt) = match change {
            Adjustment::Add(amount) => (amount, U256::ZERO, U256::ZERO),
            Adjustment::Remove(amount) => (U256::ZERO, amount, U256::ZERO),
            Adjustment::Borrow { collateral, debt } => (collateral, U256::ZERO, debt),
        };
        let changes = match change {
            Adjustment::Add(amount) | Adjustment::Remove(amount) => !amount.is_zero(),
            Adjustment::Borrow { debt, .. } => !debt.is_zero(),
        };
        if !changes {
            return self.loan_health(&loan, full);
        }
        let debt = self.debt_of(&loan)?;
        if debt.is_zero() {
            return Err(Revert::DebtIsZero.into());
        }
        let held = self.amm.sum_xy(&loan.position)?;
        if !held.x.is_zero() {
            return Err(Revert::Underwater.into());
        }
        if !less_collateral.is_zero() && less_collateral >= held.y {
            return Err(Revert::RemovesTooMuch.into());
        }
        let collateral = Uint::from(held.y) + more_collateral - less_collateral;
        let collateral = collateral.get(&"collateral")?;
        let debt = (Uint::from(debt) + more_debt).get(&"debt")?;
        self.health_deposited(&loan, collateral, debt, loan.position.count(), full)
    }

    /// Second-version preview: the health after repaying some of the debt, with some of the
    /// collateral sold for it, and with the bands shrunk if `shrink`.
    pub fn health_repaid(
        &self,
        user: &str,
        less_collateral: U256,
        less_debt: U256,
        shrink: bool,
        full: bool,
    ) -> Result<I256> {
        let loan = self.loan(user);
        let debt = self.debt_of(&loan)?;
        if debt.is_zero() {
            return Err(Revert::LoanDoesNotExist.into());
        }
        let position = &loan.position;
        let lowest = self.amm.active_band_with_skip();
        let deposited_anew = position.n1 > lowest || shrink;
        let held = self.amm.sum_xy(position)?;
        let own = if deposited_anew { held.x } else { U256::ZERO };
        let paid = (Uint::from(less_debt) + own).get(&"debt")?;
        if paid.is_zero() {
            return Err(Revert::NoCoinsToRepay.into());
        }
        if debt <= paid {
            return Err(Revert::RepaysTooMuch.into());
        }
        let debt = (Uint::from(debt) - paid).get(&"debt")?;
        if !deposited_anew {
            let discount = self.amm.market.liquidation_discount;
            return self.amm.health(position, debt, discount, full);
        }
        if less_collateral >= held.y {
            return Err(Revert::RemovesTooMuch.into());
        }
        let bands = self.shrunk_bands(&loan)?;
        let collateral = (Uint::from(held.y) - less_collateral).get(&"collateral")?;
        self.health_deposited(&loan, collateral, debt, bands, full)
    }

    /// The bands of a loan that are still all collateral.
    pub(super) fn shrunk_bands(&self, loan: &Loan) -> Result<u32> {
        let position = &loan.position;
        let lowest = self.amm.active_band_with_skip();
        if position.n1 > lowest {
            return Ok(position.count());
        }
        if position.n2 < lowest.saturating_add(4) {
            return Err(Revert::CannotShrink.into());
        }
        Ok(u32::try_from(position.n2.saturating_sub(lowest)).unwrap_or_default())
    }

    /// Second-version preview: the health after a part of the loan is liquidated.
    pub fn health_liquidated(
        &self,
        user: &str,
        caller: &str,
        fraction: U256,
        full: bool,
    ) -> Result<I256> {
        let loan = self.loan(user);
        let debt = self.debt_of(&loan)?;
        if fraction >= WAD {
            return Err(Revert::FractionIsWhole.into());
        }
        let (discount, removed) = if loan.admits(caller) {
            (self.amm.market.liquidation_discount, fraction)
        } else {
            let stored = loan.liquidation_discount;
            if !self.loan_health(&loan, true)?.is_negative() {
                return Err(Revert::NotEnoughRekt.into());
            }
            (stored, fraction_removed(fraction, stored).get(&"fraction")?)
        };
        let left = (Uint::from(WAD) - removed).get(&"fraction")?;
        let x = Uint::from(self.amm.x_down(&loan.position)?) * left / WAD;
        let debt = (Uint::from(debt) * (Uint::from(WAD) - fraction) / WAD).get(&"debt")?;
        if debt.is_zero() {
            return Err(Revert::DebtNoLongerThere.into());
        }
        let mut health = health_of(x, discount, debt).get(&"health")?;
        if full && loan.position.n1 > self.amm.active_band {
            let held = self.amm.sum_xy(&loan.position)?.y;
            let collateral = (Uint::from(held) * left / WAD).get(&"collateral")?;
            let above = self.amm.above_bands(loan.position.n1, collateral, debt)?;
            health = (Int::from(health) + above).get(&"health")?;
        }
        Ok(health)
    }

    /// Refuses a number of bands as the views of this generation do.
    pub(super) fn check_view_bands(&self, bands: u32) -> Result<()> {
        match self.amm.constants.rules.views_check_bands {
            true => check_bands(bands, false),
            false => Ok(()),
        }
    }
}

/// The part of a position that a liquidation of `fraction` of the debt takes: a little less
/// than the fraction, so that what is left is healthier.
///
/// ((1 + h/2)·(1 − fraction)/(1 + h) + fraction)·fraction
pub(super) fn fraction_removed(fraction: U256, h: U256) -> Uint {
    if fraction >= WAD {
        return WAD.into();
    }
    let half = Uint::from(h) / 2_u128;
    let rest = (half + WAD) * (Uint::from(WAD) - fraction) / (Uint::from(h) + WAD);
    (rest + fraction) * fraction / WAD
}
