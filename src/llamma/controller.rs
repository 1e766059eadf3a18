//! A market's loans: who owes what, and each action on a loan.
//!
//! The whole state of a market is one [`Controller`]; it holds its [`Amm`]. An action that
//! is refused changes nothing.

use super::amm::{Amm, Position};
use super::funds::Funds;
use super::generation::Generation;
use super::loan::{Debt, check_bands};
use super::market::Market;
use super::swap::{Direction, Exact, Trade};
use crate::error::{Error, Result, Revert};
use crate::fixed::{I256, U256, Uint, WAD};

/// One user's loan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loan {
    /// Who owes it.
    pub user: String,
    /// The collateral behind it, in bands.
    pub position: Position,
    /// What is owed.
    pub debt: Debt,
    /// The liquidation discount that was agreed on, 18 decimals.
    pub liquidation_discount: U256,
    /// What the user asked to stay further from liquidation, 18 decimals.
    pub extra_health: U256,
    /// Who else may act for the user.
    pub approved: Vec<String>,
}

impl Loan {
    /// Whether `caller` may act for the user.
    pub(super) fn admits(&self, caller: &str) -> bool {
        caller == self.user || self.approved.iter().any(|approved| approved == caller)
    }
}

/// A market with its loans at one moment.
#[derive(Debug, Clone)]
pub struct Controller {
    pub(super) amm: Amm,
    /// All that ever had a loan.
    pub(super) loans: Vec<Loan>,
    pub(super) loan_count: u64,
    pub(super) total_debt: Debt,
    pub(super) funds: Funds,
    /// What the monetary policy answers, per second, 18 decimals.
    pub(super) policy_rate: U256,
}

impl Controller {
    /// A market without loans.
    ///
    /// # Errors
    /// `Invalid` on a parameter of the market outside its range.
    pub fn new(market: Market, now: u64, funds: Funds, policy_rate: U256) -> Result<Self> {
        Ok(Self {
            amm: Amm::new(market, now)?,
            loans: Vec::new(),
            loan_count: 0,
            total_debt: Debt { initial: U256::ZERO, rate_mul: WAD },
            funds,
            policy_rate,
        })
    }

    /// Its AMM.
    #[must_use]
    pub const fn amm(&self) -> &Amm {
        &self.amm
    }

    /// Makes a trade; see [`Amm::exchange`].
    pub fn exchange(
        &mut self,
        direction: Direction,
        exact: Exact,
        amount: U256,
        limit: U256,
    ) -> Result<Trade> {
        self.amm.exchange(direction, exact, amount, limit)
    }

    /// A user's loan; an empty one if there never was any.
    pub fn loan(&self, user: &str) -> Loan {
        let found = self.stored(user);
        found.cloned().unwrap_or_else(|| Loan { user: user.into(), ..Loan::default() })
    }

    fn stored(&self, user: &str) -> Option<&Loan> {
        self.loans.iter().find(|loan| loan.user == user)
    }

    /// Health of a user's loan, or of an empty one.
    pub(super) fn health_of(&self, user: &str, full: bool) -> Result<I256> {
        match self.stored(user) {
            Some(loan) => self.loan_health(loan, full),
            None => self.loan_health(&Loan::default(), full),
        }
    }

    pub(super) fn store(&mut self, loan: Loan) {
        match self.loans.iter_mut().find(|old| old.user == loan.user) {
            Some(old) => *old = loan,
            None => self.loans.push(loan),
        }
    }

    /// What a loan owes now.
    pub fn debt_of(&self, loan: &Loan) -> Result<U256> {
        let rounding = self.amm.constants.rules.debt;
        loan.debt.grown(self.amm.rate_mul()?, rounding.is_up(self.loan_count))
    }

    /// What all loans owe now.
    pub fn total_debt_now(&self) -> Result<U256> {
        self.total_debt.grown(self.amm.rate_mul()?, false)
    }

    /// The discount that decides how much a user can borrow.
    pub(super) fn discount_of(&self, loan: &Loan) -> U256 {
        self.amm.market.loan_discount.saturating_add(loan.extra_health)
    }

    /// Runs an action; a refusal leaves everything as it was.
    pub(super) fn act(&mut self, action: &mut dyn FnMut(&mut Self) -> Result<()>) -> Result<()> {
        let mut next = self.clone();
        action(&mut next)?;
        *self = next;
        Ok(())
    }

    /// Stores what the monetary policy answers now.
    pub fn save_rate(&mut self) -> Result<()> {
        self.amm.interest = self.amm.interest.saved(self.policy_rate, self.amm.now)?;
        Ok(())
    }

    /// Sets what the monetary policy answers from now on, and stores it: by collecting the
    /// fees in the first generation, which has no other way.
    pub fn set_rate(&mut self, policy_rate: U256) -> Result<()> {
        self.act(&mut |next| {
            next.policy_rate = policy_rate;
            match next.amm.market.generation {
                Generation::M2023 => next.collect_fees().map(|_| ()),
                _ => next.save_rate(),
            }
        })
    }

    /// Moves the oracle, then lets time pass.
    pub fn set_price(&mut self, price: U256, secs: u64) {
        self.amm.oracle_price = price;
        self.amm.now = self.amm.now.saturating_add(secs);
    }

    /// Makes a loan of `debt` for `collateral` in `bands` bands.
    ///
    /// # Errors
    /// What the contract refuses: `DebtTooHigh`, `AmountTooLow`, `LoanAlreadyCreated`, bands
    /// outside 4 to 50, more than can be lent. A refused action changes nothing.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// assert_eq!(market.user_prices("me")?[0].to_string(), "2713146225026413746000");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn create_loan(
        &mut self,
        user: &str,
        caller: &str,
        collateral: U256,
        debt: U256,
        bands: u32,
    ) -> Result<()> {
        self.act(&mut |next| {
            let mut loan = next.loan(user);
            let own_limiter = next.amm.constants.rules.loans_move_limiter;
            if own_limiter && (collateral.is_zero() || debt.is_zero()) {
                return Err(Revert::NothingGiven.into());
            }
            next.require_approval(&loan, caller)?;
            if !loan.debt.initial.is_zero() {
                return Err(match own_limiter {
                    true => Revert::LoanAlreadyExists,
                    false => Revert::LoanAlreadyCreated,
                }
                .into());
            }
            check_bands(bands, next.amm.constants.rules.loan_refusals_in_words)?;
            if loan.position.has_shares() {
                return Err(Error::invalid(&"user", &"without a position of a former loan"));
            }
            let p = next.price_for_loan()?;
            let n1 = next.debt_n1_for(&loan, p, collateral, debt, bands)?;
            next.check_ceiling(debt)?;
            next.deposit(&mut loan, collateral, n1, bands)?;
            loan.debt = Debt { initial: debt, rate_mul: next.amm.rate_mul()? };
            loan.liquidation_discount = next.amm.market.liquidation_discount;
            next.loan_count = next.loan_count.saturating_add(1);
            next.lend(debt)?;
            next.require_health(&loan, debt)?;
            next.store(loan);
            next.save_rate()
        })
    }

    /// Adds collateral to a loan.
    pub fn add_collateral(&mut self, user: &str, caller: &str, amount: U256) -> Result<()> {
        if amount.is_zero() {
            return Ok(());
        }
        self.act(&mut |next| {
            let loan = next.loan(user);
            let anybody = next.amm.constants.rules.strangers_may_help;
            if !anybody {
                next.require_approval(&loan, caller)?;
            }
            next.adjust(loan, caller, |held| held.checked_add(amount), U256::ZERO)?;
            if anybody { next.require_worth_adding(caller, user, amount) } else { Ok(()) }
        })
    }

    /// Takes collateral out of a loan.
    pub fn remove_collateral(&mut self, user: &str, caller: &str, amount: U256) -> Result<()> {
        if amount.is_zero() {
            return Ok(());
        }
        self.act(&mut |next| {
            let loan = next.loan(user);
            next.require_approval(&loan, caller)?;
            next.adjust(loan, caller, |held| held.checked_sub(amount), U256::ZERO)
        })
    }

    /// Borrows more, with more collateral.
    pub fn borrow_more(
        &mut self,
        user: &str,
        caller: &str,
        collateral: U256,
        debt: U256,
    ) -> Result<()> {
        if debt.is_zero() {
            return Ok(());
        }
        self.act(&mut |next| {
            let loan = next.loan(user);
            next.require_approval(&loan, caller)?;
            next.adjust(loan, caller, |held| held.checked_add(collateral), debt)
        })
    }

    /// Deposits a loan anew with other collateral and more debt.
    fn adjust(
        &mut self,
        mut loan: Loan,
        caller: &str,
        change: impl FnOnce(U256) -> Option<U256>,
        more_debt: U256,
    ) -> Result<()> {
        let debt = self.debt_of(&loan)?;
        if debt.is_zero() {
            return Err(Revert::LoanDoesNotExist.into());
        }
        let debt = (Uint::from(debt) + more_debt).get(&"debt")?;
        let bands = loan.position.count();
        let held = self.amm.withdraw(&mut loan.position, WAD)?;
        if !held.x.is_zero() {
            return Err(match self.amm.constants.rules.ends_healthy {
                true => Revert::Underwater,
                false => Revert::AlreadyUnderwater,
            }
            .into());
        }
        let bare = || Error::invalid(&"amount", &"at most the collateral of the loan");
        let collateral = change(held.y).ok_or_else(bare)?;
        let p = self.amm.price_oracle()?;
        let n1 = self.debt_n1_for(&loan, p, collateral, debt, bands)?;
        self.deposit(&mut loan, collateral, n1, bands)?;
        loan.debt = Debt { initial: debt, rate_mul: self.amm.rate_mul()? };
        if caller == loan.user || self.amm.constants.rules.ends_healthy {
            loan.liquidation_discount = self.amm.market.liquidation_discount;
        }
        self.require_health(&loan, debt)?;
        if !more_debt.is_zero() {
            self.lend(more_debt)?;
        }
        self.store(loan);
        self.save_rate()
    }

    /// The first band of a loan at the oracle price `p`.
    pub(super) fn debt_n1_for(
        &self,
        loan: &Loan,
        p: U256,
        collateral: U256,
        debt: U256,
        bands: u32,
    ) -> Result<i64> {
        self.amm.debt_n1_at(p, collateral, debt, bands, self.discount_of(loan))
    }

    /// Puts the collateral of a loan into its bands.
    pub(super) fn deposit(
        &mut self,
        loan: &mut Loan,
        collateral: U256,
        n1: i64,
        bands: u32,
    ) -> Result<()> {
        let n2 = n1.saturating_add(i64::from(bands)).saturating_sub(1);
        loan.position = self.amm.deposit(collateral, n1, n2)?;
        Ok(())
    }

    /// The oracle price that decides about a loan; asking for it moves the limiter where the
    /// generation's loans do.
    pub(super) fn price_for_loan(&mut self) -> Result<U256> {
        match self.amm.constants.rules.loans_move_limiter {
            true => Ok(self.amm.remember_price()?.price),
            false => self.amm.price_oracle(),
        }
    }

    /// Pays some of a debt back; more than is owed pays it all.
    ///
    /// # Errors
    /// What the contract refuses: `LoanDoesNotExist`, `DebtTooHigh` where the oracle is too low
    /// for the remaining debt.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// # market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// market.repay("me", "me", WAD * U256::from(400_u64))?;
    /// assert_eq!(market.total_debt_now()?, WAD * U256::from(2000_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn repay(&mut self, user: &str, caller: &str, amount: U256) -> Result<()> {
        if amount.is_zero() && !self.amm.constants.rules.ends_healthy {
            return Ok(());
        }
        self.act(&mut |next| next.repay_or_shrink(user, caller, amount, false))
    }

    /// Second version: pays with what the loan's bands have sold, and leaves them.
    pub fn repay_and_shrink(&mut self, user: &str, caller: &str, amount: U256) -> Result<()> {
        self.act(&mut |next| next.repay_or_shrink(user, caller, amount, true))
    }

    fn repay_or_shrink(
        &mut self,
        user: &str,
        caller: &str,
        amount: U256,
        shrink: bool,
    ) -> Result<()> {
        let rules = self.amm.constants.rules;
        let mut loan = self.loan(user);
        if !rules.strangers_may_help {
            self.require_approval(&loan, caller)?;
        }
        let admitted = loan.admits(caller);
        let debt = self.debt_of(&loan)?;
        if debt.is_zero() {
            return Err(Revert::LoanDoesNotExist.into());
        }
        // The second version counts what the bands have sold toward a full repayment.
        let own = match rules.ends_healthy {
            true => self.amm.sum_xy(&loan.position)?.x,
            false => U256::ZERO,
        };
        if amount.is_zero() && own.is_zero() {
            return Err(Error::invalid(&"amount", &"above 0 where the bands sold nothing"));
        }
        if amount >= debt.saturating_sub(own) {
            let held = self.amm.withdraw(&mut loan.position, WAD)?;
            if !admitted && !held.x.is_zero() {
                return Err(Error::invalid(&"caller", &"the user while the loan is converted"));
            }
            return self.settle(loan, U256::ZERO, debt);
        }
        let mut paid = amount;
        if loan.position.n1 > self.amm.active_band_with_skip() || shrink {
            let bands = match shrink {
                true => self.shrunk_bands(&loan)?,
                false => loan.position.count(),
            };
            let held = self.amm.withdraw(&mut loan.position, WAD)?;
            if shrink {
                paid = (Uint::from(amount) + held.x).get(&"debt")?;
            }
            let left = (Uint::from(debt) - paid).get(&"debt")?;
            let n1 = self.debt_n1_for(&loan, self.amm.price_oracle()?, held.y, left, bands)?;
            self.deposit(&mut loan, held.y, n1, bands)?;
            if admitted {
                loan.liquidation_discount = self.amm.market.liquidation_discount;
            }
        } else if rules.ends_healthy {
            loan.liquidation_discount = self.amm.market.liquidation_discount;
        }
        let left = (Uint::from(debt) - paid).get(&"debt")?;
        if !admitted {
            let health = self.amm.health(&loan.position, left, loan.liquidation_discount, false)?;
            if health.is_negative() || health.magnitude().is_zero() {
                return Err(Error::invalid(&"amount", &"enough to leave the loan healthy"));
            }
        }
        self.require_health(&loan, left)?;
        self.settle(loan, left, paid)
    }

    /// Stores a loan that `paid` was paid of; it ends where nothing is `left` to be paid.
    pub(super) fn settle(&mut self, mut loan: Loan, left: U256, paid: U256) -> Result<()> {
        loan.debt = Debt { initial: left, rate_mul: self.amm.rate_mul()? };
        if left.is_zero() {
            self.loan_count = self.loan_count.saturating_sub(1);
        }
        self.take_back(paid)?;
        self.store(loan);
        self.save_rate()
    }

    /// The prices between which a loan is liquidated softly: upper and lower edge.
    pub fn user_prices(&self, user: &str) -> Result<[U256; 2]> {
        let position = self.loan(user).position;
        match position.has_shares() {
            true => self.amm.grid()?.range(position.n1, position.n2),
            false if self.amm.constants.rules.loans_move_limiter => Ok([U256::ZERO; 2]),
            false => Err(Error::invalid(&"user", &"someone with a position")),
        }
    }

    /// The number of bands of a user, as the contract tells it: in the first version also
    /// of a position that is closed.
    #[must_use]
    pub fn user_bands(&self, user: &str) -> u32 {
        let loan = self.loan(user);
        match self.amm.constants.rules.ends_healthy && loan.debt.initial.is_zero() {
            true => 0,
            false => loan.position.count(),
        }
    }

    /// Lets somebody else act for a user, or no longer.
    pub fn approve(&mut self, user: &str, other: &str, allowed: bool) {
        let mut loan = self.loan(user);
        loan.approved.retain(|approved| approved != other);
        if allowed {
            loan.approved.push(other.into());
        }
        self.store(loan);
    }

    /// Keeps a user further from liquidation than the market asks for.
    pub fn set_extra_health(&mut self, user: &str, extra_health: U256) -> Result<()> {
        if self.amm.constants.rules.ends_healthy && extra_health >= WAD {
            return Err(Revert::ExtraHealthTooHigh.into());
        }
        let mut loan = self.loan(user);
        loan.extra_health = extra_health;
        self.store(loan);
        Ok(())
    }

    /// Changes the discounts of new loans.
    pub fn set_discounts(&mut self, loan: U256, liquidation: U256) -> Result<()> {
        let market =
            Market { loan_discount: loan, liquidation_discount: liquidation, ..self.amm.market };
        market.check_discounts(false)?;
        self.amm.market = market;
        Ok(())
    }

    /// Changes the fee.
    pub fn set_fee(&mut self, fee: U256) -> Result<()> {
        let market = Market { fee, ..self.amm.market };
        market.check_fee()?;
        self.amm.market = market;
        Ok(())
    }

    fn require_approval(&self, loan: &Loan, caller: &str) -> Result<()> {
        match loan.admits(caller) {
            true => Ok(()),
            false => Err(Error::invalid(&"caller", &"the user or someone approved")),
        }
    }

    /// First version: what somebody else adds must be worth more than 2 borrowed coins.
    fn require_worth_adding(&self, caller: &str, user: &str, amount: U256) -> Result<()> {
        if caller == user {
            return Ok(());
        }
        let c = &self.amm.constants;
        let worth = Uint::from(amount) * self.amm.price_oracle()?;
        let two = Uint::from(WAD) * U256::from(2_u64) * c.borrowed_scale / c.collateral_scale;
        match worth.get(&"amount")? > two.get(&"amount")? {
            true => Ok(()),
            false => Err(Error::invalid(&"amount", &"worth more than 2 borrowed coins")),
        }
    }

    /// Second version: an action must leave a loan healthy.
    pub(super) fn require_health(&self, loan: &Loan, debt: U256) -> Result<()> {
        if !self.amm.constants.rules.ends_healthy {
            return Ok(());
        }
        let discount = self.amm.market.liquidation_discount;
        match self.amm.health(&loan.position, debt, discount, false)?.is_negative() {
            true => Err(Revert::EndsUnhealthy.into()),
            false => Ok(()),
        }
    }
}
