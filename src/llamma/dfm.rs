//! What defi.money does in its own way: loans move the limiter, one action changes a loan,
//! debts stay below ceilings.
//!
//! After an oracle jump, a loan whose health is still positive can be liquidated: the
//! liquidation moves the limiter on before it looks.

use super::controller::{Controller, Loan};
use super::curve::Amounts;
use super::funds::{Ceiling, Funds};
use super::health::fraction_removed;
use super::loan::{Debt, apply, check_bands};
use crate::error::{Error, Result, Revert};
use crate::fixed::{I256, Int, U256, Uint, WAD};

/// A loan after a change, as the contract shows it beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PendingState {
    /// What would be owed.
    pub debt: U256,
    /// What its bands would hold.
    pub held: Amounts,
    /// Its health, with what the price is above its bands.
    pub health: I256,
    /// Its first and last band.
    pub bands: [i64; 2],
}

impl Controller {
    /// Changes the collateral and the debt of a loan, each up or down; `max_active_band`
    /// refuses if the AMM has moved above it.
    pub fn adjust_loan(
        &mut self,
        user: &str,
        collateral_change: I256,
        debt_change: I256,
        max_active_band: Option<i64>,
    ) -> Result<()> {
        if collateral_change == I256::ZERO && debt_change == I256::ZERO {
            return Err(Revert::NoChange.into());
        }
        self.act(&mut |next| {
            let mut loan = next.loan(user);
            let p = next.price_for_loan()?;
            let debt = next.debt_of(&loan)?;
            if debt.is_zero() {
                return Err(Revert::LoanDoesNotExist.into());
            }
            let bare = || Error::invalid(&"debt_change", &"at most the debt");
            let debt = apply(debt, debt_change).ok_or_else(bare)?;
            if debt.is_zero() {
                return Err(Revert::NoRemainingDebt.into());
            }
            let lowest = next.amm.active_band_with_skip();
            if max_active_band.is_some_and(|most| lowest > most) {
                return Err(Revert::ActiveBandTooHigh.into());
            }
            if loan.position.n1 > lowest {
                let bands = loan.position.count();
                let held = next.amm.withdraw(&mut loan.position, WAD)?;
                let bare = || Error::invalid(&"collateral_change", &"at most the collateral");
                let collateral = apply(held.y, collateral_change).ok_or_else(bare)?;
                let n1 = next.debt_n1_for(&loan, p, collateral, debt, bands)?;
                next.deposit(&mut loan, collateral, n1, bands)?;
                loan.liquidation_discount = next.amm.market.liquidation_discount;
            } else if !debt_change.is_negative() || collateral_change != I256::ZERO {
                return Err(Revert::RepayOnly.into());
            }
            loan.debt = Debt { initial: debt, rate_mul: next.amm.rate_mul()? };
            match debt_change.is_negative() {
                true => next.take_back(debt_change.magnitude())?,
                false => {
                    next.check_ceiling(debt_change.magnitude())?;
                    next.lend(debt_change.magnitude())?;
                }
            }
            next.store(loan);
            next.save_rate()
        })
    }

    /// Pays a whole debt and takes everything out; returns what the payer gets of borrowed
    /// coins (negative: must bring) and of collateral.
    pub fn close_loan(&mut self, user: &str) -> Result<(I256, U256)> {
        let mut out = (I256::ZERO, U256::ZERO);
        self.act(&mut |next| {
            let mut loan = next.loan(user);
            let debt = next.debt_of(&loan)?;
            if debt.is_zero() {
                return Err(Revert::LoanDoesNotExist.into());
            }
            let held = next.amm.withdraw(&mut loan.position, WAD)?;
            out = ((Int::from(held.x) - debt).get(&"debt")?, held.y);
            next.settle(loan, U256::ZERO, debt)?;
            let forgotten = Loan { debt: Debt::default(), ..next.loan(user) };
            next.store(forgotten);
            Ok(())
        })?;
        Ok(out)
    }

    /// What [`Controller::close_loan`] would give.
    pub fn close_loan_amounts(&self, user: &str) -> Result<(I256, U256)> {
        let loan = self.loan(user);
        let held = self.amm.sum_xy(&loan.position)?;
        let change = Int::from(held.x) - self.debt_of(&loan)?;
        Ok((change.get(&"debt")?, held.y))
    }

    /// A loan after a change, before it is made.
    pub fn pending_state(
        &self,
        user: &str,
        collateral_change: I256,
        debt_change: I256,
        bands: u32,
    ) -> Result<PendingState> {
        let loan = self.loan(user);
        let old_debt = self.debt_of(&loan)?;
        let position = &loan.position;
        if old_debt.is_zero() {
            check_bands(bands, false).map_err(|_| Revert::InvalidBands)?;
        }
        let debt = apply(old_debt, debt_change).filter(|debt| !debt.is_zero());
        let debt = debt.ok_or(Revert::NonPositiveDebt)?;
        let held = self.amm.sum_xy(position)?;
        let bands = if old_debt.is_zero() { bands } else { position.count() };
        let (mut held, mut n1) = (held, position.n1);
        if old_debt.is_zero() || n1 > self.amm.active_band_with_skip() {
            let bare = || Error::invalid(&"collateral_change", &"at most the collateral");
            held.y = apply(held.y, collateral_change).ok_or_else(bare)?;
            n1 = self.amm.debt_n1(held.y, debt, bands, self.discount_of(&loan))?;
        } else if collateral_change != I256::ZERO
            || !(debt_change.is_negative() || debt_change == I256::ZERO)
        {
            return Err(Revert::RepayOnly.into());
        }
        Ok(PendingState {
            debt,
            held,
            health: self.health_after(user, collateral_change, debt_change, true, bands)?,
            bands: [n1, n1.saturating_add(i64::from(bands)).saturating_sub(1)],
        })
    }

    /// Liquidates a part of a loan. The oracle price moves on first, as far as the limiter
    /// lets it; then what the bands bring is counted at a price that is limited once more.
    pub(super) fn liquidate_jumped(
        &mut self,
        user: &str,
        caller: &str,
        min_x: U256,
        fraction: U256,
    ) -> Result<Amounts> {
        if fraction > WAD {
            return Err(Revert::FractionTooHigh.into());
        }
        let mut loan = self.loan(user);
        let limit = if caller == user { U256::ZERO } else { loan.liquidation_discount };
        let p = self.price_for_loan()?;
        let debt = self.debt_of(&loan)?;
        if !limit.is_zero() && !self.health_at(&loan, p)?.is_negative() {
            return Err(Revert::NotEnoughRekt.into());
        }
        let part = (Uint::from(debt) * fraction / WAD).get(&"debt")?;
        if part.is_zero() {
            return Err(Revert::NoDebt.into());
        }
        let removed = fraction_removed(fraction, limit).get(&"fraction")?;
        let out = self.take_out(&mut loan, removed, min_x)?;
        let left = (Uint::from(debt) - part).get(&"debt")?;
        self.settle(loan, left, part)?;
        Ok(out)
    }

    /// Health with what the price `p` is above the bands.
    fn health_at(&self, loan: &Loan, p: U256) -> Result<I256> {
        let debt = self.debt_of(loan)?;
        if debt.is_zero() {
            return Err(Revert::LoanDoesNotExist.into());
        }
        let position = &loan.position;
        let health = self.amm.health(position, debt, loan.liquidation_discount, false)?;
        if position.n1 <= self.amm.active_band {
            return Ok(health);
        }
        let collateral = self.amm.sum_xy(position)?.y;
        let above = self.amm.above_bands_at(p, position.n1, collateral, debt)?;
        (Int::from(health) + above).get(&"health")
    }

    /// Refuses a new debt above the market's ceiling.
    pub(super) fn check_ceiling(&self, debt: U256) -> Result<()> {
        let Funds::Ceiling(ceiling) = self.funds else { return Ok(()) };
        let total = Uint::from(self.total_debt_now()?) + debt;
        match !debt.is_zero() && total.get(&"debt")? > ceiling.debt_ceiling {
            true => Err(Revert::ExceedsDebtCeiling.into()),
            false => Ok(()),
        }
    }

    /// Interest of the market since its last change.
    fn pending_debt(&self) -> Result<Uint> {
        Ok(Uint::from(self.total_debt_now()?) - self.total_debt.initial)
    }

    /// Pays a new debt out.
    pub(super) fn lend_below(&mut self, ceiling: Ceiling, debt: U256) -> Result<()> {
        let global = self.pending_debt()? + ceiling.global_debt + debt;
        let global_debt = global.get(&"debt")?;
        if !debt.is_zero() && global_debt > ceiling.global_debt_ceiling {
            return Err(Revert::GlobalDebtCeiling.into());
        }
        let minted = (Uint::from(ceiling.minted) + debt).get(&"minted")?;
        let total = (Uint::from(self.total_debt_now()?) + debt).get(&"debt")?;
        self.funds = Funds::Ceiling(Ceiling { global_debt, minted, ..ceiling });
        self.total_debt = Debt { initial: total, rate_mul: self.amm.rate_mul()? };
        Ok(())
    }

    /// Books a repayment; with the last loan, the total debt is gone.
    pub(super) fn take_back_below(&mut self, ceiling: Ceiling, paid: U256) -> Result<()> {
        let last = self.loan_count == 0;
        let total = self.total_debt_now()?;
        let left = if last { U256::ZERO } else { total.saturating_sub(paid) };
        let global = Uint::from(ceiling.global_debt) + left;
        let global = global.minus_or_zero(self.total_debt.initial);
        self.funds = Funds::Ceiling(Ceiling {
            global_debt: global.get(&"debt")?,
            redeemed: (Uint::from(ceiling.redeemed) + paid).get(&"redeemed")?,
            ..ceiling
        });
        self.total_debt = Debt { initial: left, rate_mul: self.amm.rate_mul()? };
        Ok(())
    }

    /// What can be lent below both ceilings.
    pub(super) fn room_below(&self, ceiling: Ceiling) -> Result<U256> {
        let market = ceiling.debt_ceiling.saturating_sub(self.total_debt_now()?);
        let global = (self.pending_debt()? + ceiling.global_debt).get(&"debt")?;
        Ok(market.min(ceiling.global_debt_ceiling.saturating_sub(global)))
    }

    /// The largest debt below both ceilings.
    pub(super) fn max_borrowable_below(
        &self,
        ceiling: Ceiling,
        collateral: U256,
        bands: u32,
    ) -> Result<U256> {
        let global = (self.pending_debt()? + ceiling.global_debt).get(&"debt")?;
        let room = ceiling.global_debt_ceiling.saturating_sub(global);
        if room.is_zero() {
            return Ok(U256::ZERO);
        }
        Ok(room.min(self.max_borrowable_market(collateral, bands)?))
    }

    /// The largest debt below the market's own ceiling.
    pub fn max_borrowable_market(&self, collateral: U256, bands: u32) -> Result<U256> {
        let Funds::Ceiling(ceiling) = self.funds else {
            return Err(Error::invalid(&"funds", &"those of defi.money"));
        };
        check_bands(bands, true)?;
        let room = ceiling.debt_ceiling.saturating_sub(self.total_debt_now()?);
        if room.is_zero() {
            return Ok(U256::ZERO);
        }
        let discount = self.amm.market.loan_discount;
        let p_base = self.amm.max_p_base()?;
        self.amm.max_debt(p_base, collateral, bands, discount).min(room).get(&"max_borrowable")
    }

    /// Books the interest so far, and pays out what is owed or paid beyond what was lent.
    pub(super) fn collect_below(&mut self, ceiling: Ceiling) -> Result<U256> {
        self.amm.admin_fees = Amounts::default();
        let global = (self.pending_debt()? + ceiling.global_debt).get(&"debt")?;
        let fees = (Uint::from(global) + ceiling.redeemed).minus_or_zero(ceiling.minted);
        let fees = fees.get(&"fees")?;
        let minted = (Uint::from(ceiling.minted) + fees).get(&"minted")?;
        self.funds = Funds::Ceiling(Ceiling { global_debt: global, minted, ..ceiling });
        Ok(fees)
    }
}
