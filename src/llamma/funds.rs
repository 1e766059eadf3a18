//! What a market can lend, and the books of it.

use super::controller::Controller;
use super::curve::Amounts;
use super::loan::Debt;
use crate::error::{Error, Result, Revert};
use crate::fixed::{U256, Uint, WAD};

/// What limits new debts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Funds {
    /// The borrowed tokens that the controller holds.
    Balance(Balance),
    /// A vault's tokens under a cap (second version).
    Vault(Vault),
    /// Debt ceilings (defi.money).
    Ceiling(Ceiling),
}

/// The tokens of a controller, and what it has paid out and taken back so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Borrowed tokens that it holds.
    pub tokens: U256,
    /// All that it ever lent, and collected as interest.
    pub minted: U256,
    /// All that was ever paid back.
    pub redeemed: U256,
}

/// Debt ceilings, and the books of all markets together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ceiling {
    /// The largest total debt of the market.
    pub debt_ceiling: U256,
    /// The largest total debt of all markets.
    pub global_debt_ceiling: U256,
    /// What all markets owe, without the interest since their last change.
    pub global_debt: U256,
    /// All that was ever lent, and collected as interest.
    pub minted: U256,
    /// All that was ever paid back.
    pub redeemed: U256,
}

impl Balance {
    /// A controller that has lent nothing yet.
    #[must_use]
    pub const fn new(tokens: U256) -> Self {
        Self { tokens, minted: U256::ZERO, redeemed: U256::ZERO }
    }
}

/// A vault's tokens under a cap, and the admin's part of the interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vault {
    /// The largest total debt.
    pub borrow_cap: U256,
    /// Tokens that can be lent.
    pub available_balance: U256,
    /// The admin's part of the interest, 18 decimals.
    pub admin_percentage: U256,
    /// The admin's part so far, up to the last change of the total debt.
    pub admin_fees: U256,
}

impl Controller {
    /// Second version: changes the largest total debt.
    pub fn set_borrow_cap(&mut self, borrow_cap: U256) -> Result<()> {
        let vault = self.vault()?;
        self.funds = Funds::Vault(Vault { borrow_cap, ..vault });
        Ok(())
    }

    /// Second version: changes the admin's part of the interest from now on.
    pub fn set_admin_percentage(&mut self, admin_percentage: U256) -> Result<()> {
        if admin_percentage > WAD {
            return Err(Revert::AdminPercentageAboveWhole.into());
        }
        let admin_fees = self.admin_fees()?;
        let total = self.total_debt_now()?;
        let vault = self.vault()?;
        self.funds = Funds::Vault(Vault { admin_percentage, admin_fees, ..vault });
        self.total_debt = Debt { initial: total, rate_mul: self.amm.rate_mul()? };
        Ok(())
    }

    /// Pays the admin's part of the interest out: all of it in the first version, which
    /// takes what it counts as owed or paid beyond what it lent.
    pub fn collect_fees(&mut self) -> Result<U256> {
        let mut fees = U256::ZERO;
        self.act(&mut |next| {
            let total = next.total_debt_now()?;
            match next.funds {
                Funds::Balance(balance) => {
                    next.amm.admin_fees = Amounts::default();
                    let due = Uint::from(total) + balance.redeemed;
                    fees = due.minus_or_zero(balance.minted).get(&"fees")?;
                    let tokens = (Uint::from(balance.tokens) - fees).get(&"balance")?;
                    let minted = (Uint::from(balance.minted) + fees).get(&"minted")?;
                    next.funds = Funds::Balance(Balance { tokens, minted, ..balance });
                }
                Funds::Ceiling(ceiling) => fees = next.collect_below(ceiling)?,
                Funds::Vault(vault) => {
                    fees = next.admin_fees()?;
                    let available = Uint::from(vault.available_balance) - fees;
                    next.funds = Funds::Vault(Vault {
                        admin_fees: U256::ZERO,
                        available_balance: available.get(&"fees")?,
                        ..vault
                    });
                }
            }
            next.save_rate()?;
            next.total_debt = Debt { initial: total, rate_mul: next.amm.rate_mul()? };
            Ok(())
        })?;
        Ok(fees)
    }

    fn vault(&self) -> Result<Vault> {
        match self.funds {
            Funds::Vault(vault) => Ok(vault),
            Funds::Balance(_) | Funds::Ceiling(_) => Err(Error::invalid(&"funds", &"a vault's")),
        }
    }

    /// Pays a new debt out.
    pub(super) fn lend(&mut self, debt: U256) -> Result<()> {
        let available = self.available()?;
        match self.funds {
            Funds::Balance(balance) => {
                let rest = balance.tokens.checked_sub(debt);
                let bare = || Error::invalid(&"debt", &"at most the controller's balance");
                let minted = (Uint::from(balance.minted) + debt).get(&"minted")?;
                let tokens = rest.ok_or_else(bare)?;
                self.funds = Funds::Balance(Balance { tokens, minted, ..balance });
            }
            Funds::Vault(vault) => {
                if debt > available {
                    return Err(Revert::AvailableBalanceExceeded.into());
                }
                self.accrue_admin_fees()?;
                if let Funds::Vault(vault) = &mut self.funds {
                    vault.available_balance = vault.available_balance.saturating_sub(debt);
                }
                let total = Uint::from(self.total_debt_now()?) + debt;
                if total.get(&"debt")? > vault.borrow_cap {
                    return Err(Revert::BorrowCapExceeded.into());
                }
            }
            Funds::Ceiling(ceiling) => return self.lend_below(ceiling, debt),
        }
        let total = Uint::from(self.total_debt_now()?) + debt;
        self.total_debt = Debt { initial: total.get(&"debt")?, rate_mul: self.amm.rate_mul()? };
        Ok(())
    }

    /// Books a repayment.
    pub(super) fn take_back(&mut self, paid: U256) -> Result<()> {
        if let Funds::Ceiling(ceiling) = self.funds {
            return self.take_back_below(ceiling, paid);
        }
        self.accrue_admin_fees()?;
        match &mut self.funds {
            Funds::Ceiling(_) => {}
            Funds::Balance(balance) => {
                balance.tokens = (Uint::from(balance.tokens) + paid).get(&"balance")?;
                balance.redeemed = (Uint::from(balance.redeemed) + paid).get(&"redeemed")?;
            }
            Funds::Vault(vault) => {
                let balance = Uint::from(vault.available_balance) + paid;
                vault.available_balance = balance.get(&"balance")?;
            }
        }
        let total = self.total_debt_now()?.saturating_sub(paid);
        self.total_debt = Debt { initial: total, rate_mul: self.amm.rate_mul()? };
        Ok(())
    }

    /// The admin's part of the interest, up to now (second version).
    pub fn admin_fees(&self) -> Result<U256> {
        match self.funds {
            Funds::Balance(_) | Funds::Ceiling(_) => Ok(U256::ZERO),
            Funds::Vault(vault) => {
                let interest = Uint::from(self.total_debt_now()?) - self.total_debt.initial;
                (interest * vault.admin_percentage / WAD + vault.admin_fees).get(&"admin_fees")
            }
        }
    }

    /// Stores the admin's part of the interest before the total debt changes.
    fn accrue_admin_fees(&mut self) -> Result<()> {
        let accrued = self.admin_fees()?;
        if let Funds::Vault(vault) = &mut self.funds {
            vault.admin_fees = accrued;
        }
        Ok(())
    }

    /// What can be lent now.
    pub(super) fn available(&self) -> Result<U256> {
        match self.funds {
            Funds::Balance(balance) => Ok(balance.tokens),
            Funds::Vault(vault) => Ok(vault.available_balance.saturating_sub(self.admin_fees()?)),
            Funds::Ceiling(ceiling) => self.room_below(ceiling),
        }
    }

    /// What can be lent now under every cap.
    pub fn borrowable_cap(&self) -> Result<U256> {
        match self.funds {
            Funds::Balance(balance) => Ok(balance.tokens),
            Funds::Vault(vault) => {
                let room = vault.borrow_cap.saturating_sub(self.total_debt_now()?);
                Ok(room.min(self.available()?))
            }
            Funds::Ceiling(ceiling) => self.room_below(ceiling),
        }
    }
}
