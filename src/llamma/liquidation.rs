//! Liquidation: who pays the debt of a loan takes what its bands hold.

use super::controller::{Controller, Loan};
use super::curve::Amounts;
use super::health::fraction_removed;
use crate::error::{Error, Result, Revert};
use crate::fixed::{U256, Uint, WAD};

impl Controller {
    /// Liquidates `fraction` (18 decimals) of a loan: the caller pays that part of the debt
    /// and gets what is taken out, at least `min_x` borrowed coins of it.
    ///
    /// # Errors
    /// What the contract refuses: `NotEnoughRekt` of a healthy loan, `Slippage`.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// # market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// market.set_price(WAD * U256::from(2500_u64), 3600);
    /// let out = market.liquidate("me", "somebody", U256::ZERO, WAD)?;
    /// assert_eq!(out.y, WAD);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn liquidate(
        &mut self,
        user: &str,
        caller: &str,
        min_x: U256,
        fraction: U256,
    ) -> Result<Amounts> {
        let mut out = Amounts::default();
        self.act(&mut |next| {
            out = match next.amm.constants.rules.loans_move_limiter {
                true => next.liquidate_jumped(user, caller, min_x, fraction)?,
                false => next.liquidate_part(user, caller, min_x, fraction)?,
            };
            Ok(())
        })?;
        Ok(out)
    }

    fn liquidate_part(
        &mut self,
        user: &str,
        caller: &str,
        min_x: U256,
        fraction: U256,
    ) -> Result<Amounts> {
        let rules = self.amm.constants.rules;
        let mut loan = self.loan(user);
        let debt = self.debt_of(&loan)?;
        if debt.is_zero() {
            return Err(match rules.ends_healthy {
                true => Revert::LoanDoesNotExist.into(),
                false => Error::invalid(&"user", &"someone with a loan"),
            });
        }
        let admitted = loan.admits(caller);
        let healthy = !self.loan_health(&loan, true)?.is_negative();
        if healthy && !admitted {
            return Err(Revert::NotEnoughRekt.into());
        }
        if rules.ends_healthy && fraction > WAD {
            return Err(Revert::FractionAboveWhole.into());
        }
        let fraction = fraction.min(WAD);
        let part = Uint::from(debt) * fraction;
        let part = match rules.repaid_share_rounded_up {
            true => part.div_up(WAD),
            false => part / WAD,
        };
        let part = part.get(&"debt")?;
        if part.is_zero() {
            return Err(Error::invalid(&"fraction", &"enough to repay something"));
        }
        let limit = if admitted { U256::ZERO } else { loan.liquidation_discount };
        let mut removed = fraction_removed(fraction, limit).get(&"fraction")?;
        if rules.ends_healthy && part == debt {
            removed = WAD;
        }
        let out = self.take_out(&mut loan, removed, min_x)?;
        let left = (Uint::from(debt) - part).get(&"debt")?;
        if rules.ends_healthy && !left.is_zero() {
            if healthy {
                self.require_health(&loan, left)?;
            }
            if admitted {
                loan.liquidation_discount = self.amm.market.liquidation_discount;
            }
        }
        self.settle(loan, left, part)?;
        Ok(out)
    }

    /// Takes `removed` (18 decimals) of what a loan's bands hold, at least `min_x` borrowed coins.
    pub(super) fn take_out(
        &mut self,
        loan: &mut Loan,
        removed: U256,
        min_x: U256,
    ) -> Result<Amounts> {
        let out = self.amm.withdraw(&mut loan.position, removed)?;
        if out.x < min_x { Err(Revert::Slippage.into()) } else { Ok(out) }
    }

    /// What a liquidator must bring for `fraction` of a loan, beside what it gets out.
    pub fn tokens_to_liquidate(&self, user: &str, caller: &str, fraction: U256) -> Result<U256> {
        let rules = self.amm.constants.rules;
        let loan = self.loan(user);
        if rules.ends_healthy && fraction > WAD {
            return Err(Revert::FractionAboveWhole.into());
        }
        let limit = if loan.admits(caller) { U256::ZERO } else { loan.liquidation_discount };
        let sold = Uint::from(self.amm.sum_xy(&loan.position)?.x);
        let sold = sold * fraction_removed(fraction, limit) / WAD;
        let part = Uint::from(self.debt_of(&loan)?) * fraction;
        let part = if rules.ends_healthy { part.div_up(WAD) } else { part / WAD };
        part.minus_or_zero(sold).get(&"tokens_to_liquidate")
    }
}
