//! The contracts' own functions by their own names, with arguments as texts: for whoever
//! checks another implementation, or a contract itself, against this one.

use core::cell::Cell;

use super::controller::Controller;
use super::curve::Amounts;
use super::health::Adjustment;
use super::swap::{Direction, Exact, Trade};
use crate::decimal::{to_raw, whole_text};
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
        U256::from(number).into()
    }
}

impl From<U256> for Answer {
    fn from(number: U256) -> Self {
        Self::Number(whole_text(number))
    }
}

impl From<I256> for Answer {
    #[inline(never)]
    fn from(number: I256) -> Self {
        let mut text = whole_text(number.magnitude());
        if number.is_negative() {
            text.insert(0, '-');
        }
        Self::Number(text)
    }
}

impl From<i64> for Answer {
    fn from(number: i64) -> Self {
        I256::from(number).into()
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

/// The arguments of a call; the first that is not what a function takes is remembered, and
/// stands for nothing until it is asked for.
struct Arguments<'a> {
    texts: &'a [String],
    wrong: Cell<Option<Error>>,
}

impl<'a> Arguments<'a> {
    const fn new(texts: &'a [String]) -> Self {
        Self { texts, wrong: Cell::new(None) }
    }

    /// Passes an answer unless an argument was wrong.
    fn pass<T>(&self, found: Result<T>) -> Result<T> {
        match self.wrong.take() {
            Some(error) => Err(error),
            None => found,
        }
    }

    #[inline(never)]
    fn refuse<T>(&self, index: usize, expected: Name, nothing: T) -> T {
        let error = Error::invalid(&"args", expected).at(index);
        self.wrong.set(self.wrong.take().or(Some(error)));
        nothing
    }

    #[inline(never)]
    fn text(&self, index: usize) -> &'a str {
        match self.texts.get(index) {
            Some(text) => text,
            None => {
                let error = Error::invalid(&"args", &"as many as the function takes");
                self.wrong.set(self.wrong.take().or(Some(error)));
                ""
            }
        }
    }

    fn has(&self, index: usize) -> bool {
        self.texts.len() > index
    }

    #[inline(never)]
    fn number(&self, index: usize) -> U256 {
        let number = to_raw(self.text(index), 0);
        number.unwrap_or_else(|_| self.refuse(index, &"an integer from 0 to 2^256 - 1", U256::ZERO))
    }

    fn number_or(&self, index: usize, other: U256) -> U256 {
        if self.has(index) { self.number(index) } else { other }
    }

    #[inline(never)]
    fn integer(&self, index: usize) -> Option<I256> {
        let text = self.text(index);
        let magnitude = to_raw(text.strip_prefix('-').unwrap_or(text), 0).ok()?;
        I256::new(text.starts_with('-'), magnitude)
    }

    #[inline(never)]
    fn signed(&self, index: usize) -> I256 {
        let number = self.integer(index);
        let expected = &"an integer from -2^255 to 2^255 - 1";
        number.unwrap_or_else(|| self.refuse(index, expected, I256::ZERO))
    }

    #[inline(never)]
    fn band(&self, index: usize) -> i64 {
        let number = self.integer(index).and_then(|number| number.to_i64());
        number.unwrap_or_else(|| self.refuse(index, &"the number of a band", 0))
    }

    /// A number of bands; more than fit are as wrong as the most that do.
    #[inline(never)]
    fn bands(&self, index: usize) -> u32 {
        u32::try_from(self.number(index)).unwrap_or(u32::MAX)
    }

    #[inline(never)]
    fn truth(&self, index: usize) -> bool {
        let truth = self.text(index).parse();
        truth.unwrap_or_else(|_| self.refuse(index, &"true or false", false))
    }

    fn user(&self, index: usize) -> Option<&'a str> {
        self.texts.get(index).map(String::as_str)
    }

    #[inline(never)]
    fn direction(&self) -> Result<Direction> {
        Direction::of(self.bands(0), self.bands(1))
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
    /// let market = PRESETS[0].market(WAD * U256::from(3000_u64));
    /// let market = Controller::new(market, 0, Funds::Balance(Balance::new(WAD)), U256::ZERO)?;
    /// assert_eq!(market.view("p_oracle_up", &["1".into()])?, Answer::Number("2970000000000000030000".into()));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn view(&self, name: &str, args: &[String]) -> Result<Answer> {
        let a = Arguments::new(args);
        let found = if let Some(number) = self.unsigned_view(name, &a) {
            number.map(Answer::from)
        } else if let Some(number) = self.signed_view(name, &a) {
            number.map(Answer::from)
        } else if let Some(two) = self.two_views(name, &a) {
            two.map(Answer::from)
        } else {
            self.other_view(name, &a)
        };
        a.pass(found)
    }

    fn position(&self, a: &Arguments<'_>) -> super::amm::Position {
        self.loan(a.text(0)).position
    }

    /// Questions that one unsigned integer answers.
    fn unsigned_view(&self, name: &str, a: &Arguments<'_>) -> Option<Result<U256>> {
        let amm = &self.amm;
        Some(match name {
            "get_dy" => self.quoted(a, Exact::In).map(|trade| trade.amount_out),
            "get_dx" => a.direction().and_then(|way| amm.amount_in(way, a.number(2))),
            "get_p" => amm.p_amm(),
            "price_oracle" => amm.price_oracle(),
            "dynamic_fee" => amm.dynamic_fee(),
            "get_base_price" => amm.grid().map(|grid| grid.base_price),
            "get_rate_mul" => amm.rate_mul(),
            "p_oracle_up" => amm.grid().and_then(|grid| grid.p_oracle_up(a.band(0))),
            "p_oracle_down" => amm.grid().and_then(|grid| grid.p_oracle_down(a.band(0))),
            "p_current_up" => {
                let p = amm.price_oracle();
                p.and_then(|p| amm.grid()?.p_current_up(a.band(0), p))
            }
            "p_current_down" => {
                let p = amm.price_oracle();
                p.and_then(|p| amm.grid()?.p_current_down(a.band(0), p))
            }
            "get_x_down" => amm.x_down(&self.position(a)),
            "get_y_up" => amm.y_up(&self.position(a)),
            "debt" => self.debt_of(&self.loan(a.text(0))),
            "total_debt" => self.total_debt_now(),
            "admin_fees" => self.admin_fees(),
            "borrowable_cap" => self.borrowable_cap(),
            "max_borrowable" if amm.constants.rules.ends_healthy => {
                self.max_borrowable(a.number(0), a.bands(1), U256::ZERO, a.user(2))
            }
            "max_borrowable" => {
                let current_debt = a.number_or(2, U256::ZERO);
                self.max_borrowable(a.number(0), a.bands(1), current_debt, a.user(3))
            }
            "min_collateral" => self.min_collateral(a.number(0), a.bands(1), a.user(2)),
            "tokens_to_liquidate" => {
                let caller = a.user(2).unwrap_or_default();
                self.tokens_to_liquidate(a.text(0), caller, a.number_or(1, WAD))
            }
            "max_borrowable_market" => self.max_borrowable_market(a.number(0), a.bands(1)),
            "tokens_to_shrink" => self.tokens_to_shrink(a.text(0), a.number_or(1, U256::ZERO)),
            _ => return None,
        })
    }

    /// Questions that one signed integer answers.
    fn signed_view(&self, name: &str, a: &Arguments<'_>) -> Option<Result<I256>> {
        Some(match name {
            "health" if a.has(1) && a.truth(1) => self.health_full(a.text(0)),
            "health" => self.health(a.text(0)),
            "health_calculator" => {
                self.health_after(a.text(0), a.signed(1), a.signed(2), a.truth(3), a.bands(4))
            }
            "create_loan_health_preview" => {
                self.health_created(a.text(3), a.number(0), a.number(1), a.bands(2), a.truth(4))
            }
            "add_collateral_health_preview" => {
                self.health_adjusted(a.text(1), Adjustment::Add(a.number(0)), a.truth(2))
            }
            "remove_collateral_health_preview" => {
                self.health_adjusted(a.text(1), Adjustment::Remove(a.number(0)), a.truth(2))
            }
            "borrow_more_health_preview" => {
                let change = Adjustment::Borrow { collateral: a.number(0), debt: a.number(1) };
                self.health_adjusted(a.text(2), change, a.truth(3))
            }
            "repay_health_preview" => {
                self.health_repaid(a.text(2), a.number(0), a.number(1), a.truth(3), a.truth(4))
            }
            "liquidate_health_preview" => {
                self.health_liquidated(a.text(0), a.text(1), a.number(2), a.truth(3))
            }
            _ => return None,
        })
    }

    /// Questions that two unsigned integers answer.
    fn two_views(&self, name: &str, a: &Arguments<'_>) -> Option<Result<[U256; 2]>> {
        Some(match name {
            "get_dxdy" => self.quoted(a, Exact::In).map(|made| [made.amount_in, made.amount_out]),
            "get_dydx" => self.quoted(a, Exact::Out).map(|made| [made.amount_out, made.amount_in]),
            "get_sum_xy" => self.amm.sum_xy(&self.position(a)).map(|held| [held.x, held.y]),
            "user_prices" => self.user_prices(a.text(0)),
            _ => return None,
        })
    }

    fn other_view(&self, name: &str, a: &Arguments<'_>) -> Result<Answer> {
        let amm = &self.amm;
        Ok(match name {
            "get_amount_for_price" => {
                let (amount, direction) = amm.amount_for_price(a.number(0))?;
                Answer::List(vec![amount.into(), (direction == Direction::Pump).into()])
            }
            "active_band_with_skip" => amm.active_band_with_skip().into(),
            "can_skip_bands" => amm.can_skip_bands(a.band(0))?.into(),
            "get_xy" => {
                let held = amm.composition(&self.position(a))?;
                let (x, y): (Vec<_>, Vec<_>) = held.iter().map(|held| (held.x, held.y)).unzip();
                [x, y].into()
            }
            "user_state" => {
                let loan = self.loan(a.text(0));
                let Amounts { x, y } = amm.sum_xy(&loan.position)?;
                let bands = U256::from(self.user_bands(&loan.user));
                [y, x, self.debt_of(&loan)?, bands].into()
            }
            "calculate_debt_n1" => {
                self.debt_n1(a.number(0), a.number(1), a.bands(2), a.user(3))?.into()
            }
            "get_close_loan_amounts" => {
                let (borrowed, collateral) = self.close_loan_amounts(a.text(0))?;
                Answer::List(vec![borrowed.into(), collateral.into()])
            }
            "pending_account_state_calculator" => {
                let state = self.pending_state(a.text(0), a.signed(1), a.signed(2), a.bands(3))?;
                Answer::List(vec![
                    state.debt.into(),
                    [state.held.x, state.held.y].into(),
                    state.health.into(),
                    state.bands.into(),
                ])
            }
            _ => return Err(Error::invalid(&"name", &"a function that the contracts answer with")),
        })
    }

    fn quoted(&self, a: &Arguments<'_>, exact: Exact) -> Result<Trade> {
        self.amm.quote(a.direction()?, exact, a.number(2))
    }

    /// Does what a function of the contracts does, called by `caller`.
    ///
    /// # Errors
    /// What the contract refuses; `Invalid` on a function that is not here, and on arguments.
    pub fn act_as(&mut self, caller: &str, name: &str, args: &[String]) -> Result<Answer> {
        let a = Arguments::new(args);
        let mut next = self.clone();
        let found = next.act_by_name(caller, name, &a);
        let answer = a.pass(found)?;
        *self = next;
        Ok(answer)
    }

    fn act_by_name(&mut self, caller: &str, name: &str, a: &Arguments<'_>) -> Result<Answer> {
        let user = |index| a.user(index).unwrap_or(caller);
        match name {
            "exchange" => return self.exchanged(a, Exact::In),
            "exchange_dy" => return self.exchanged(a, Exact::Out),
            "liquidate" => {
                let fraction = a.number_or(2, WAD);
                let debt = self.debt_of(&self.loan(a.text(0)))?;
                let out = self.liquidate(a.text(0), caller, a.number(1), fraction)?;
                if self.amm.constants.rules.loans_move_limiter {
                    let part = Uint::from(debt) * fraction / WAD;
                    let change = (Int::from(out.x) - Int::from(part)).get(&"debt")?;
                    return Ok(Answer::List(vec![change.into(), out.y.into()]));
                }
                Ok(())
            }
            "adjust_loan" => {
                let max_active_band = a.has(3).then(|| a.band(3));
                self.adjust_loan(user(2), a.signed(0), a.signed(1), max_active_band).map(|_| ())
            }
            "close_loan" => {
                let (borrowed, collateral) = self.close_loan(user(0))?;
                return Ok(Answer::List(vec![borrowed.into(), collateral.into()]));
            }
            "price_oracle_w" => return Ok(self.amm.remember_price()?.price.into()),
            "collect_fees" => return self.collect_fees().map(Into::into),
            "create_loan" => {
                self.create_loan(user(3), caller, a.number(0), a.number(1), a.bands(2))
            }
            "add_collateral" => self.add_collateral(user(1), caller, a.number(0)),
            "remove_collateral" => self.remove_collateral(user(1), caller, a.number(0)),
            "borrow_more" => self.borrow_more(user(2), caller, a.number(0), a.number(1)),
            "repay" => self.repay(user(1), caller, a.number(0)),
            "repay_shrink" => self.repay_and_shrink(user(1), caller, a.number(0)),
            "approve" => {
                self.approve(caller, a.text(0), a.truth(1));
                Ok(())
            }
            "set_extra_health" => self.set_extra_health(caller, a.number(0)),
            "set_discounts" => self.set_discounts(a.number(0), a.number(1)),
            "set_fee" => self.set_fee(a.number(0)),
            "set_borrow_cap" => self.set_borrow_cap(a.number(0)),
            "set_admin_percentage" => self.set_admin_percentage(a.number(0)),
            "set_rate" => self.set_rate(a.number(0)),
            "save_rate" => self.save_rate(),
            _ => Err(Error::invalid(&"name", &"a function that changes the contracts")),
        }
        .map(|()| Answer::Nothing)
    }

    fn exchanged(&mut self, a: &Arguments<'_>, exact: Exact) -> Result<Answer> {
        let trade = self.exchange(a.direction()?, exact, a.number(2), a.number(3))?;
        Ok([trade.amount_in, trade.amount_out].into())
    }
}
