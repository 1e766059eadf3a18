//! A loan as it stands: everything about it at once, and what condition it is in.

use super::controller::{Controller, Loan};
use crate::error::{Result, Revert};
use crate::fixed::{I256, U256, WAD};

/// The condition of a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The price is above its bands: all collateral.
    Healthy,
    /// The price is among its bands: both coins.
    SoftLiquidation,
    /// The price is below its bands: all borrowed coins.
    Converted,
    /// Anybody may liquidate it.
    Liquidatable,
}

/// Everything about one loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanReport {
    /// What is owed, in the borrowed token's own decimals.
    pub debt: U256,
    /// Collateral in its bands, in its own decimals.
    pub collateral: U256,
    /// Borrowed coins in its bands, in their own decimals.
    pub borrowed: U256,
    /// The band of the highest price.
    pub n1: i64,
    /// The band of the lowest price.
    pub n2: i64,
    /// Oracle price at which soft-liquidation begins, 18 decimals.
    pub upper: U256,
    /// Oracle price at which all collateral is sold, 18 decimals.
    pub lower: U256,
    /// Borrowed coins that the bands end with when the price falls through them.
    pub x_down: U256,
    /// Collateral that they end with when it rises through them.
    pub y_up: U256,
    /// 18 decimals.
    pub health: I256,
    /// 18 decimals.
    pub health_full: I256,
    /// oracle price / upper − 1, 18 decimals.
    pub cushion: I256,
    /// health / (loan_discount − liquidation_discount), 18 decimals.
    pub buffer: I256,
    /// debt / (value of both coins), 18 decimals.
    pub ltv: U256,
    /// What condition it is in.
    pub condition: Condition,
    /// What a stranger must bring to liquidate all of it.
    pub tokens_to_liquidate: U256,
}

/// Health at one oracle price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthAt {
    /// The oracle price, 18 decimals.
    pub price: U256,
    /// 18 decimals.
    pub health: I256,
    /// 18 decimals.
    pub health_full: I256,
}

impl Controller {
    /// Everything about the loan of `user`.
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
    /// let loan = market.report("me")?;
    /// assert_eq!(loan.condition, llamath::llamma::Condition::Healthy);
    /// assert_eq!(loan.health_full.to_string(), "161090382489626396");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn report(&self, user: &str) -> Result<LoanReport> {
        let loan = self.loan(user);
        let debt = self.debt_of(&loan)?;
        if debt.is_zero() {
            return Err(Revert::LoanDoesNotExist.into());
        }
        let amm = &self.amm;
        let position = &loan.position;
        let held = amm.sum_xy(position)?;
        let [upper, lower] = amm.grid()?.range(position.n1, position.n2)?;
        let health = self.loan_health(&loan, false)?;
        let health_full = self.loan_health(&loan, true)?;
        Ok(LoanReport {
            debt,
            collateral: held.y,
            borrowed: held.x,
            n1: position.n1,
            n2: position.n2,
            upper,
            lower,
            x_down: amm.x_down(position)?,
            y_up: amm.y_up(position)?,
            health,
            health_full,
            cushion: self.cushion(upper)?,
            buffer: self.buffer(health)?,
            ltv: self.ltv(debt, held.y, held.x)?,
            condition: self.condition(&loan, health_full)?,
            tokens_to_liquidate: self.tokens_to_liquidate(user, "", WAD)?,
        })
    }

    fn condition(&self, loan: &Loan, health_full: I256) -> Result<Condition> {
        let held = self.amm.sum_xy(&loan.position)?;
        Ok(match (health_full.is_negative(), held.x.is_zero(), held.y.is_zero()) {
            (true, _, _) => Condition::Liquidatable,
            (false, true, _) => Condition::Healthy,
            (false, false, true) => Condition::Converted,
            (false, false, false) => Condition::SoftLiquidation,
        })
    }

    /// Health of a loan at each of some oracle prices, without trades and as if each price
    /// had stood for two minutes.
    ///
    /// # Errors
    /// As [`Controller::health`]; `index` names the price.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// # market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// let along = market.health_along("me", &[WAD * U256::from(3000_u64), WAD * U256::from(2500_u64)])?;
    /// assert!(along[1].health_full < along[0].health_full);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn health_along(&self, user: &str, prices: &[U256]) -> Result<Vec<HealthAt>> {
        let loan = self.loan(user);
        let mut there = self.clone();
        there.amm.limiter.prev_p_o_time = 0;
        let mut along = Vec::new();
        for (index, price) in prices.iter().enumerate() {
            there.amm.oracle_price = *price;
            along.push(HealthAt {
                price: *price,
                health: there.loan_health(&loan, false).map_err(|error| error.at(index))?,
                health_full: there.loan_health(&loan, true).map_err(|error| error.at(index))?,
            });
        }
        Ok(along)
    }
}
