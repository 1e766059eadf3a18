//! The contracts' own functions by their own names, with arguments as texts: for whoever
//! checks another implementation, or a contract itself, against this one.

use core::str::FromStr;

use super::controller::Controller;
use super::curve::Amounts;
use super::health::Adjustment;
use super::swap::{Direction, Exact, Trade};
use crate::error::{Error, Name, Result};
use crate::fixed::{I256, Int, U256, Uint, WAD};

/// What a function of a contract answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    Nothing,
    /// A truth value.
    Truth(bool),
    /// An integer, in decimal digits.
    Number(String),
    /// Several answers.
    List(Vec<Answer>),
}

impl From<()> for Answer {
    fn from((): ()) -> Self {
        Self::Nothing
    }
}

impl From<u64> for Answer {
    fn from(number: u64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<U256> for Answer {
    fn from(number: U256) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<I256> for Answer {
    fn from(number: I256) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<i64> for Answer {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl From<bool> for Answer {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for Answer {
    fn from(list: [T; N]) -> Self {
        Self::List(list.map(Into::into).into())
    }
}

impl<T: Into<Self>> From<Vec<T>> for Answer {
    fn from(list: Vec<T>) -> Self {
        Self::List(list.into_iter().map(Into::into).collect())
    }
}

/// The arguments of a call.
struct Arguments<'a>(&'a [String]);

impl Arguments<'_> {
    fn text(&self, index: usize) -> Result<&str> {
        let expected: Name = &"as many as the function takes";
        self.0.get(index).map(String::as_str).ok_or(Error::invalid(&"args", expected))
    }

    fn has(&self, index: usize) -> bool {
        self.0.len() > index
    }

    fn read<T: FromStr>(&self, index: usize, expected: Name) -> Result<T> {
        let bad = Error::invalid(&"args", expected).at(index);
        self.text(index)?.parse().map_err(|_| bad)
    }

    fn number(&self, index: usize) -> Result<U256> {
        self.read(index, &"an integer from 0 to 2^256 - 1")
    }

    fn number_or(&self, index: usize, other: U256) -> Result<U256> {
        if self.has(index) { self.number(index) } else { Ok(other) }
    }

    fn signed(&self, index: usize) -> Result<I256> {
        let text = self.text(index)?;
        let magnitude = text.strip_prefix('-').unwrap_or(text).parse().ok();
        magnitude
            .and_then(|magnitude| I256::new(text.starts_with('-'), magnitude))
            .ok_or(Error::invalid(&"args", &"an integer from -2^255 to 2^255 - 1").at(index))
    }

    /// A number of bands; more than fit are as wrong as the most that do.
    fn bands(&self, index: usize) -> Result<u32> {
        Ok(u32::try_from(self.number(index)?).unwrap_or(u32::MAX))
    }

    fn truth(&self, index: usize) -> Result<bool> {
        self.read(index, &"true or false")
    }

    fn user(&self, index: usize) -> Option<&str> {
        self.0.get(index).map(String::as_str)
    }

    fn direction(&self) -> Result<Direction> {
        let coin = |index| self.number(index).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        Direction::of(coin(0)?, coin(1)?)
    }
}

impl Controller {
    /// What the contracts answer to a question, by the name of the function that answers it.
    ///
    /// # Errors
    /// What the contract refuses; `Invalid` on a function that is not here, and on arguments.
    ///
    /// ```
    /// use llamath::llamma::{Answer, Balance, Controller, Funds, PRESETS};
    /// use llamath::{U256, fixed::WAD};
    /// let market = PRESETS[0].market(WAD * U256::from(3000));
    /// let market = Controller::new(market, 0, Funds::Balance(Balance::new(WAD)), U256::ZERO)?;
    /// assert_eq!(market.view("p_oracle_up", &["1".into()])?, Answer::Number("2970000000000000030000".into()));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn view(&self, name: &str, args: &[String]) -> Result<Answer> {
        let a = Arguments(args);
        let amm = &self.amm;
        let position = |index| a.text(index).map(|user| self.loan(user).position);
        let trade = |exact| amm.quote(a.direction()?, exact, a.number(2)?);
        Ok(match name {
            "get_dy" => trade(Exact::In)?.amount_out.into(),
            "get_dxdy" => {
                let Trade { amount_in, amount_out } = trade(Exact::In)?;
                [amount_in, amount_out].into()
            }
            "get_dydx" => {
                let Trade { amount_in, amount_out } = trade(Exact::Out)?;
                [amount_out, amount_in].into()
            }
            "get_dx" => amm.amount_in(a.direction()?, a.number(2)?)?.into(),
            "get_amount_for_price" => {
                let (amount, direction) = amm.amount_for_price(a.number(0)?)?;
                Answer::List(vec![amount.into(), (direction == Direction::Pump).into()])
            }
            "get_p" => amm.p_amm()?.into(),
            "price_oracle" => amm.price_oracle()?.into(),
            "dynamic_fee" => amm.dynamic_fee()?.into(),
            "get_base_price" => amm.grid()?.base_price.into(),
            "get_rate_mul" => amm.rate_mul()?.into(),
            "active_band_with_skip" => amm.active_band_with_skip().into(),
            "can_skip_bands" => amm.can_skip_bands(a.read(0, BAND)?)?.into(),
            "p_oracle_up" => amm.grid()?.p_oracle_up(a.read(0, BAND)?)?.into(),
            "p_oracle_down" => amm.grid()?.p_oracle_down(a.read(0, BAND)?)?.into(),
            "p_current_up" => {
                amm.grid()?.p_current_up(a.read(0, BAND)?, amm.price_oracle()?)?.into()
            }
            "p_current_down" => {
                amm.grid()?.p_current_down(a.read(0, BAND)?, amm.price_oracle()?)?.into()
            }
            "get_xy" => {
                let held = amm.composition(&position(0)?)?;
                let (x, y): (Vec<_>, Vec<_>) = held.iter().map(|held| (held.x, held.y)).unzip();
                [x, y].into()
            }
            "get_sum_xy" => {
                let Amounts { x, y } = amm.sum_xy(&position(0)?)?;
                [x, y].into()
            }
            "get_x_down" => amm.x_down(&position(0)?)?.into(),
            "get_y_up" => amm.y_up(&position(0)?)?.into(),
            "debt" => self.debt_of(&self.loan(a.text(0)?))?.into(),
            "total_debt" => self.total_debt_now()?.into(),
            "admin_fees" => self.admin_fees()?.into(),
            "borrowable_cap" => self.borrowable_cap()?.into(),
            "user_prices" => self.user_prices(a.text(0)?)?.into(),
            "user_state" => {
                let loan = self.loan(a.text(0)?);
                let Amounts { x, y } = amm.sum_xy(&loan.position)?;
                let bands = U256::from(self.user_bands(&loan.user));
                [y, x, self.debt_of(&loan)?, bands].into()
            }
            "health" if a.has(1) && a.truth(1)? => self.health_full(a.text(0)?)?.into(),
            "health" => self.health(a.text(0)?)?.into(),
            "max_borrowable" if self.amm.constants.rules.ends_healthy => {
                self.max_borrowable(a.number(0)?, a.bands(1)?, U256::ZERO, a.user(2))?.into()
            }
            "max_borrowable" => {
                let current_debt = a.number_or(2, U256::ZERO)?;
                self.max_borrowable(a.number(0)?, a.bands(1)?, current_debt, a.user(3))?.into()
            }
            "min_collateral" => self.min_collateral(a.number(0)?, a.bands(1)?, a.user(2))?.into(),
            "calculate_debt_n1" => {
                self.debt_n1(a.number(0)?, a.number(1)?, a.bands(2)?, a.user(3))?.into()
            }
            "health_calculator" => self
                .health_after(a.text(0)?, a.signed(1)?, a.signed(2)?, a.truth(3)?, a.bands(4)?)?
                .into(),
            "create_loan_health_preview" => self
                .health_created(a.text(3)?, a.number(0)?, a.number(1)?, a.bands(2)?, a.truth(4)?)?
                .into(),
            "add_collateral_health_preview" => {
                let change = Adjustment::Add(a.number(0)?);
                self.health_adjusted(a.text(1)?, change, a.truth(2)?)?.into()
            }
            "remove_collateral_health_preview" => {
                let change = Adjustment::Remove(a.number(0)?);
                self.health_adjusted(a.text(1)?, change, a.truth(2)?)?.into()
            }
            "borrow_more_health_preview" => {
                let change = Adjustment::Borrow { collateral: a.number(0)?, debt: a.number(1)? };
                self.health_adjusted(a.text(2)?, change, a.truth(3)?)?.into()
            }
            "repay_health_preview" => self
                .health_repaid(a.text(2)?, a.number(0)?, a.number(1)?, a.truth(3)?, a.truth(4)?)?
                .into(),
            "liquidate_health_preview" => {
                self.health_liquidated(a.text(0)?, a.text(1)?, a.number(2)?, a.truth(3)?)?.into()
            }
            "tokens_to_liquidate" => {
                let caller = a.user(2).unwrap_or_default();
                self.tokens_to_liquidate(a.text(0)?, caller, a.number_or(1, WAD)?)?.into()
            }
            "max_borrowable_market" => {
                self.max_borrowable_market(a.number(0)?, a.bands(1)?)?.into()
            }
            "pending_account_state_calculator" => {
                let state =
                    self.pending_state(a.text(0)?, a.signed(1)?, a.signed(2)?, a.bands(3)?)?;
                Answer::List(vec![
                    state.debt.into(),
                    [state.held.x, state.held.y].into(),
                    state.health.into(),
                    state.bands.into(),
                ])
            }
            "get_close_loan_amounts" => {
                let (borrowed, collateral) = self.close_loan_amounts(a.text(0)?)?;
                Answer::List(vec![borrowed.into(), collateral.into()])
            }
            "tokens_to_shrink" => {
                self.tokens_to_shrink(a.text(0)?, a.number_or(1, U256::ZERO)?)?.into()
            }
            _ => return Err(Error::invalid(&"name", &"a function that the contracts answer with")),
        })
    }

    /// Does what a function of the contracts does, called by `caller`.
    ///
    /// # Errors
    /// What the contract refuses; `Invalid` on a function that is not here, and on arguments.
    pub fn act_as(&mut self, caller: &str, name: &str, args: &[String]) -> Result<Answer> {
        let a = Arguments(args);
        let user = |index| a.user(index).unwrap_or(caller);
        let trade = |Trade { amount_in, amount_out }| [amount_in, amount_out].into();
        match name {
            "exchange" => {
                let limit = a.number(3)?;
                return self.exchange(a.direction()?, Exact::In, a.number(2)?, limit).map(trade);
            }
            "exchange_dy" => {
                let limit = a.number(3)?;
                return self.exchange(a.direction()?, Exact::Out, a.number(2)?, limit).map(trade);
            }
            "liquidate" => {
                let fraction = a.number_or(2, WAD)?;
                let debt = self.debt_of(&self.loan(a.text(0)?))?;
                let out = self.liquidate(a.text(0)?, caller, a.number(1)?, fraction)?;
                if self.amm.constants.rules.loans_move_limiter {
                    let part = Uint::from(debt) * fraction / WAD;
                    let change = (Int::from(out.x) - Int::from(part)).get(&"debt")?;
                    return Ok(Answer::List(vec![change.into(), out.y.into()]));
                }
            }
            "adjust_loan" => {
                let max_active_band = if a.has(3) { Some(a.read(3, BAND)?) } else { None };
                self.adjust_loan(user(2), a.signed(0)?, a.signed(1)?, max_active_band)?;
            }
            "close_loan" => {
                let (borrowed, collateral) = self.close_loan(user(0))?;
                return Ok(Answer::List(vec![borrowed.into(), collateral.into()]));
            }
            "price_oracle_w" => return Ok(self.amm.remember_price()?.price.into()),
            "collect_fees" => return self.collect_fees().map(Into::into),
            "create_loan" => {
                self.create_loan(user(3), caller, a.number(0)?, a.number(1)?, a.bands(2)?)?
            }
            "add_collateral" => self.add_collateral(user(1), caller, a.number(0)?)?,
            "remove_collateral" => self.remove_collateral(user(1), caller, a.number(0)?)?,
            "borrow_more" => {
                self.borrow_more(user(2), caller, a.number(0)?, a.number(1)?)?;
            }
            "repay" => self.repay(user(1), caller, a.number(0)?)?,
            "repay_shrink" => self.repay_and_shrink(user(1), caller, a.number(0)?)?,
            "approve" => self.approve(caller, a.text(0)?, a.truth(1)?),
            "set_extra_health" => self.set_extra_health(caller, a.number(0)?)?,
            "set_discounts" => self.set_discounts(a.number(0)?, a.number(1)?)?,
            "set_fee" => self.set_fee(a.number(0)?)?,
            "set_borrow_cap" => self.set_borrow_cap(a.number(0)?)?,
            "set_admin_percentage" => self.set_admin_percentage(a.number(0)?)?,
            "set_rate" => self.set_rate(a.number(0)?)?,
            "save_rate" => self.save_rate()?,
            _ => return Err(Error::invalid(&"name", &"a function that changes the contracts")),
        }
        Ok(Answer::Nothing)
    }
}

const BAND: Name = &"the number of a band";
