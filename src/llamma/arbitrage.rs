//! Arbitrage: what brings the AMM's price to the oracle's, what it earns, and what a loan
//! goes through when it happens at every price of a series.

use super::amm::Amm;
use super::controller::Controller;
use super::swap::{Direction, Exact, Trade};
use crate::error::{Error, Result};
use crate::fixed::{I256, Int, U256, Uint, WAD};

/// The trade of an arbitrageur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arbitrage {
    /// Which way it goes.
    pub direction: Direction,
    /// What it takes and gives; 0 and 0 if there is nothing to trade.
    pub trade: Trade,
    /// What it earns where the collateral has the outside price, in the borrowed token's own
    /// decimals.
    pub profit: I256,
}

/// A loan after one price of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathStep {
    /// The oracle price, 18 decimals.
    pub price: U256,
    /// The price inside the AMM after the trade, 18 decimals.
    pub p_amm: U256,
    /// The band in which the AMM trades.
    pub active_band: i64,
    /// The arbitrageur's trade.
    pub trade: Trade,
    /// Which way it went; none if there was none.
    pub direction: Option<Direction>,
    /// Collateral of the loan, in its own decimals.
    pub collateral: U256,
    /// Borrowed coins in the loan's bands, in their own decimals.
    pub borrowed: U256,
    /// Value of both at the oracle price, in the borrowed token's own decimals.
    pub value: U256,
    /// What is owed.
    pub debt: U256,
    /// 18 decimals.
    pub health: I256,
    /// 18 decimals.
    pub health_full: I256,
}

impl Amm {
    /// The value of `collateral` at `price`, in the borrowed token's own decimals.
    pub(super) fn value(&self, collateral: U256, price: U256) -> Uint {
        let c = &self.constants;
        Uint::from(collateral) * c.collateral_scale * price / WAD / c.borrowed_scale
    }

    /// Trades until the price inside is `target`.
    fn trade_to(&mut self, target: U256) -> Result<(Direction, Trade)> {
        let (amount, direction) = self.amount_for_price(target)?;
        Ok((direction, self.exchange(direction, Exact::In, amount, U256::ZERO)?))
    }

    fn profit(&self, direction: Direction, trade: Trade, price: U256) -> Result<I256> {
        let (out, back) = match direction {
            Direction::Pump => (self.value(trade.amount_out, price), trade.amount_in.into()),
            Direction::Dump => (trade.amount_out.into(), self.value(trade.amount_in, price)),
        };
        (Int::from(out) - Int::from(back)).get(&"profit")
    }
}

impl Controller {
    /// Makes the trade that brings the AMM's price to the oracle's; its profit is counted at
    /// the outside price `market_price`.
    ///
    /// # Errors
    /// What the AMM refuses.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// # market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// market.set_price(WAD * U256::from(2700_u64), 3600);
    /// let made = market.arbitrage(WAD * U256::from(2700_u64))?;
    /// assert_eq!(made.direction, llamath::llamma::Direction::Pump);
    /// assert!(market.amm().p_amm()? > WAD * U256::from(2690_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn arbitrage(&mut self, market_price: U256) -> Result<Arbitrage> {
        let mut amm = self.amm.clone();
        let (direction, trade) = amm.trade_to(amm.price_oracle()?)?;
        let profit = amm.profit(direction, trade, market_price)?;
        self.amm = amm;
        Ok(Arbitrage { direction, trade, profit })
    }

    /// Takes a loan through a series of oracle prices, `secs` apart: after each, somebody
    /// trades as long as the AMM's price, fee included, is better than the oracle's.
    ///
    /// # Errors
    /// `Invalid` on a price of 0; what the AMM refuses. `index` names the price.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// # market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// let prices = [2900_u64, 2700, 2600].map(|price| WAD * U256::from(price));
    /// let steps = market.price_path("me", &prices, 600)?;
    /// assert!(steps[0].borrowed.is_zero() && !steps[1].borrowed.is_zero());
    /// assert!(steps[2].health_full.is_negative());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn price_path(&mut self, user: &str, prices: &[U256], secs: u64) -> Result<Vec<PathStep>> {
        let mut next = self.clone();
        let mut steps = Vec::new();
        for (index, price) in prices.iter().enumerate() {
            let step = next.path_step(user, *price, secs);
            steps.push(step.map_err(|error| error.at(index))?);
        }
        *self = next;
        Ok(steps)
    }

    fn path_step(&mut self, user: &str, price: U256, secs: u64) -> Result<PathStep> {
        if price.is_zero() {
            return Err(Error::invalid(&"prices", &"above 0"));
        }
        self.set_price(price, secs);
        let (direction, trade) = self.trade_within_fee()?;
        let traded = trade != Trade::default();
        let loan = self.loan(user);
        let held = self.amm.sum_xy(&loan.position)?;
        let value = self.amm.value(held.y, price) + held.x;
        Ok(PathStep {
            price,
            p_amm: self.amm.p_amm()?,
            active_band: self.amm.active_band,
            trade,
            direction: direction.filter(|_| traded),
            collateral: held.y,
            borrowed: held.x,
            value: value.get(&"value")?,
            debt: self.debt_of(&loan)?,
            health: self.loan_health(&loan, false)?,
            health_full: self.loan_health(&loan, true)?,
        })
    }

    /// Trades as long as the AMM's price is off the oracle's by more than the fee.
    fn trade_within_fee(&mut self) -> Result<(Option<Direction>, Trade)> {
        let p = self.amm.price_oracle()?;
        let inside = self.amm.p_amm()?;
        let kept = Uint::from(WAD) - self.amm.dynamic_fee()?;
        let buys_up_to = (Uint::from(p) * kept / WAD).get(&"price_oracle")?;
        let sells_down_to = (Uint::from(p) * WAD / kept).get(&"price_oracle")?;
        let target = if inside < buys_up_to {
            buys_up_to
        } else if inside > sells_down_to {
            sells_down_to
        } else {
            return Ok((None, Trade::default()));
        };
        let (direction, trade) = self.amm.trade_to(target)?;
        Ok((Some(direction), trade))
    }
}
