//! Trades through the bands: soft-liquidation and back.
//!
//! A trade walks from the active band, upwards in number for a pump (borrowed coins in,
//! collateral out) and downwards for a dump, and in each band along that band's own curve,
//! for that band's own fee, until its amount is used up or the bands end.

use super::amm::{Amm, Band};
use super::band::current_edge;
use super::curve::{Amounts, Curve};
use super::market::{Constants, MAX_BANDS, MAX_SKIP};
use super::oracle::{LimitedPrice, band_fee};
use super::position::MIDDLE_FITS;
use crate::error::{Error, Result, Revert};
use crate::fixed::{Operand, U256, Uint, WAD};

/// Which way a trade goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Borrowed coins in, collateral out: the price inside the AMM rises.
    Pump,
    /// Collateral in, borrowed coins out: it falls.
    Dump,
}

/// Which amount of a trade is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exact {
    /// What goes in.
    In,
    /// What comes out.
    Out,
}

/// What a trade takes and gives, in the tokens' own decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trade {
    /// What goes in, the fee included; less than was offered if the bands run out.
    pub amount_in: U256,
    /// What comes out; less than was asked for if the bands run out.
    pub amount_out: U256,
    /// What of the amount in is fee: it stays in the bands, but for the admin's share.
    pub fee: U256,
}

/// A trade worked out, and what it makes of the bands.
#[derive(Debug, Clone)]
struct Outcome {
    trade: Trade,
    /// The first band that held anything.
    n1: i64,
    /// The band where the trade ends.
    n2: i64,
    /// The incoming coin in each band from n1 on.
    incoming: Vec<U256>,
    /// The outgoing coin that is left in band n2.
    last_outgoing: U256,
    /// The admin's share of the fees, in the incoming token's own decimals.
    admin_fee: U256,
}

impl Direction {
    /// The way from coin i to coin j, where 0 is the borrowed coin and 1 the collateral.
    pub fn of(i: u32, j: u32) -> Result<Self> {
        match (i, j) {
            (0, 1) => Ok(Self::Pump),
            (1, 0) => Ok(Self::Dump),
            _ => Err(Revert::WrongIndex.into()),
        }
    }

    /// What belongs to x and to y as (incoming, outgoing).
    const fn sides<T>(self, [x, y]: [&T; 2]) -> (&T, &T) {
        match self {
            Self::Pump => (x, y),
            Self::Dump => (y, x),
        }
    }

    fn amounts(self, incoming: U256, outgoing: U256) -> Amounts {
        match self {
            Self::Pump => Amounts { x: incoming, y: outgoing },
            Self::Dump => Amounts { x: outgoing, y: incoming },
        }
    }

    /// The scales to 18 decimals of (incoming, outgoing).
    fn scales(self, c: &Constants) -> (U256, U256) {
        match self {
            Self::Pump => (c.borrowed_scale, c.collateral_scale),
            Self::Dump => (c.collateral_scale, c.borrowed_scale),
        }
    }

    /// The band that a trade goes on to.
    const fn next(self, n: i64) -> i64 {
        match self {
            Self::Pump => n.saturating_add(1),
            Self::Dump => n.saturating_sub(1),
        }
    }
}

/// A walk through the bands in the direction of a trade.
struct Walk<'a> {
    amm: &'a Amm,
    direction: Direction,
    limited: LimitedPrice,
    n: i64,
    /// Upper edge of band n.
    up: U256,
    /// What `up` over the oracle price may fall to, 18 decimals.
    least_ratio: U256,
    /// Bands since the first that held anything, that one included.
    started: u32,
    steps: i64,
}

impl<'a> Walk<'a> {
    fn new(amm: &'a Amm, direction: Direction) -> Result<Self> {
        let n = amm.active_band;
        let up = amm.grid()?.p_oracle_up(n)?;
        let least_ratio = WAD.mul_div(&WAD, &amm.constants.max_oracle_fall);
        Ok(Self {
            amm,
            direction,
            limited: amm.limited_price()?,
            n,
            up,
            least_ratio: least_ratio.get(&"price_oracle")?,
            started: 0,
            steps: 0,
        })
    }

    /// Goes to the next band; false at the last one that a trade may reach.
    fn step(&mut self) -> Result<bool> {
        let c = &self.amm.constants;
        if self.steps >= LAST_STEP || self.started == MAX_BANDS {
            return Ok(false);
        }
        let p = &self.limited.price;
        let (last, on_this_side) = match self.direction {
            Direction::Pump => (self.amm.max_band, self.up >= *p),
            Direction::Dump => (self.amm.min_band, self.up <= *p && *p < MIDDLE_FITS),
        };
        // Only on the other side of the price can an edge be too far from it.
        if !on_this_side || p.is_zero() {
            let ratio = self.up.mul_div(&WAD, p);
            let ratio = ratio.get_ref(&"price_oracle")?;
            if *ratio < self.least_ratio && self.direction == Direction::Pump
                || *ratio > c.max_oracle_fall && self.direction == Direction::Dump
            {
                return Ok(false);
            }
        }
        if self.n == last {
            return Ok(false);
        }
        self.n = self.direction.next(self.n);
        match self.direction {
            Direction::Pump => c.lower(&mut self.up),
            Direction::Dump => self.up = c.higher(&self.up).get(&"p_oracle_up")?,
        }
        self.steps = self.steps.saturating_add(1);
        if self.started > 0 {
            self.started = self.started.saturating_add(1);
        }
        Ok(true)
    }

    /// What one coin after the fee costs before it, 18 decimals, in this band.
    fn antifee(&self) -> Uint {
        let base = self.amm.market.fee.max(self.limited.fee);
        let c = &self.amm.constants;
        match c.rules.band_fee {
            true => antifee(&band_fee(c, &self.limited.price, &self.up).max(base)),
            false => antifee(&base),
        }
    }
}

/// Steps of a walk: as many bands as a trade may touch and as it may pass over.
const LAST_STEP: i64 = MAX_SKIP + 49;

/// 1 / (1 − fee). A fee of 100 % and more, which the first generation allows for a moment
/// after an oracle jump, makes it 0 there as in the contract, whose subtraction wraps.
fn antifee(fee: &impl Operand) -> Uint {
    match fee.known().map(|fee| WAD.saturating_sub(*fee)) {
        Some(rest) if rest.is_zero() => Uint::ZERO,
        Some(rest) => WAD.mul_div(&WAD, &rest),
        None => Uint::REFUSED,
    }
}

impl Amm {
    /// Works out a trade of `amount` (18 decimals) without making it.
    fn work_out(&self, direction: Direction, exact: Exact, amount: U256) -> Result<Outcome> {
        let c = &self.constants;
        let mut walk = Walk::new(self, direction)?;
        let (in_scale, out_scale) = direction.scales(c);
        let Amounts { x, y } = &self.bands.get(walk.n).amounts;
        let mut amounts = [x, y];
        let mut left = Uint::from(amount);
        let (mut total_in, mut total_out) = (Uint::ZERO, Uint::ZERO);
        let (mut fee, mut admin_fee) = (Uint::ZERO, Uint::ZERO);
        let mut incoming = Vec::new();
        let mut n1 = walk.n;
        let mut last_outgoing = U256::ZERO;
        loop {
            let (a, out) = direction.sides(amounts);
            if walk.started == 0 && !(a.is_zero() && out.is_zero()) {
                n1 = walk.n;
                walk.started = 1;
            }
            let mut incoming_now = a.to_uint();
            let mut finished = false;
            if !out.is_zero() {
                let curve = Curve::new(c, amounts, &walk.limited.price, &walk.up);
                let (fa, gc) = direction.sides([&curve.f, &curve.g]);
                if !gc.get_ref(&"amount")?.is_zero() {
                    let invariant = curve.invariant;
                    let antifee = walk.antifee();
                    // What it takes to empty the band, before and after the fee.
                    let mut net = invariant / gc - fa - a;
                    let mut gross = net.mul_div(&antifee, &WAD);
                    match exact {
                        Exact::In if gross.get_ref(&"amount_in")? >= left.get_ref(&"amount")? => {
                            gross = left;
                            net = gross.mul_div(&WAD, &antifee);
                            let stays = invariant / (*fa + a + net) - gc + U256::ONE;
                            last_outgoing = stays.min(*out).get(&"amount_out")?;
                            total_in = amount.into();
                            total_out = total_out + out - last_outgoing;
                            finished = true;
                        }
                        Exact::Out if out >= left.get_ref(&"amount")? => {
                            last_outgoing = (out.to_uint() - left).get(&"amount_out")?;
                            net = invariant / (*gc + last_outgoing) - fa - a;
                            gross = net.mul_div(&antifee, &WAD);
                            total_in += &gross;
                            total_out = amount.into();
                            finished = true;
                        }
                        _ => {
                            if gross.known().is_some_and(U256::is_zero) {
                                gross = U256::ONE.into();
                            }
                            match exact {
                                Exact::In => left -= &gross,
                                Exact::Out => left -= out,
                            }
                            total_in += &gross;
                            total_out += out;
                        }
                    }
                    fee += &gross.minus_or_zero(net);
                    incoming_now += &gross;
                    if c.rules.admin_fee && !self.market.admin_fee.is_zero() {
                        let admin = (gross - net).mul_div(&self.market.admin_fee, &WAD);
                        admin_fee += &admin;
                        incoming_now -= &admin;
                    }
                }
            }
            if walk.started > 0 {
                incoming.push(incoming_now.get(&"amount_in")?);
            }
            if finished || !walk.step()? {
                break;
            }
            let Amounts { x, y } = &self.bands.get(walk.n).amounts;
            // Behind the active band there is only the coin that the trade takes.
            amounts = match direction {
                Direction::Pump => [&U256::ZERO, y],
                Direction::Dump => [x, &U256::ZERO],
            };
        }
        let trade = Trade {
            amount_in: total_in.div_up(in_scale).get(&"amount_in")?,
            amount_out: (total_out / out_scale).get(&"amount_out")?,
            fee: (fee / in_scale).get(&"fee")?,
        };
        let admin_fee = (admin_fee / in_scale).get(&"admin_fee")?;
        Ok(Outcome { trade, n1, n2: walk.n, incoming, last_outgoing, admin_fee })
    }

    /// What `amount` (in its token's own decimals) of the exact side trades for.
    ///
    /// # Errors
    /// `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// # market.create_loan("me", "me", WAD, WAD * U256::from(2400_u64), 4)?;
    /// use llamath::llamma::{Direction, Exact};
    /// let trade = market.amm().quote(Direction::Pump, Exact::In, WAD * U256::from(100_u64))?;
    /// assert!(!trade.amount_out.is_zero());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn quote(&self, direction: Direction, exact: Exact, amount: U256) -> Result<Trade> {
        Ok(self.work_out_raw(direction, exact, amount)?.trade)
    }

    /// What must go in to get `amount_out`, all of it.
    pub fn amount_in(&self, direction: Direction, amount_out: U256) -> Result<U256> {
        let trade = self.quote(direction, Exact::Out, amount_out)?;
        if self.constants.rules.exact_out_in_full && trade.amount_out != amount_out {
            return Err(Error::invalid(&"amount_out", &"at most what the bands hold"));
        }
        Ok(trade.amount_in)
    }

    /// The least fee of a trade now.
    pub fn dynamic_fee(&self) -> Result<U256> {
        Ok(self.market.fee.max(self.limited_price()?.fee))
    }

    fn work_out_raw(&self, direction: Direction, exact: Exact, amount: U256) -> Result<Outcome> {
        let (in_scale, out_scale) = direction.scales(&self.constants);
        let scale = if exact == Exact::In { in_scale } else { out_scale };
        self.work_out(direction, exact, (Uint::from(amount) * scale).get(&"amount")?)
    }

    /// Makes a trade; `limit` is the least amount out, or the most in, that is accepted.
    ///
    /// An exact amount out of 2^256 − 1 stands for all that there is.
    pub fn exchange(
        &mut self,
        direction: Direction,
        exact: Exact,
        amount: U256,
        limit: U256,
    ) -> Result<Trade> {
        if amount.is_zero() {
            self.remember_price()?;
            return Ok(Trade::default());
        }
        // A refusal leaves the state as it was: it is worked out before anything is stored.
        let everything =
            exact == Exact::Out && amount == U256::MAX && self.constants.rules.exact_out_in_full;
        let outcome = match everything {
            true => self.work_out(direction, exact, amount)?,
            false => self.work_out_raw(direction, exact, amount)?,
        };
        let Trade { amount_in, amount_out, .. } = outcome.trade;
        let accepted = match exact {
            Exact::In => amount_out >= limit,
            Exact::Out => amount_in <= limit,
        };
        if !accepted {
            return Err(Revert::Slippage.into());
        }
        let partial = exact == Exact::Out && amount_out != amount && !everything;
        if partial && self.constants.rules.exact_out_in_full {
            return Err(Revert::Slippage.into());
        }
        self.remember_price()?;
        if amount_in.is_zero() || amount_out.is_zero() {
            return Ok(Trade::default());
        }
        self.settle(direction, &outcome)?;
        Ok(outcome.trade)
    }

    /// Writes a trade into the bands.
    fn settle(&mut self, direction: Direction, outcome: &Outcome) -> Result<()> {
        let mut n = outcome.n1;
        for incoming in &outcome.incoming {
            let outgoing = if n == outcome.n2 { outcome.last_outgoing } else { U256::ZERO };
            let shares = self.bands.get(n).shares;
            self.bands.set(n, Band { amounts: direction.amounts(*incoming, outgoing), shares });
            n = direction.next(n);
        }
        self.active_band = outcome.n2;
        let fee = Uint::from(outcome.admin_fee);
        match direction {
            Direction::Pump => self.add_admin_fees(fee, Uint::ZERO),
            Direction::Dump => self.add_admin_fees(Uint::ZERO, fee),
        }
    }

    /// What to trade so that the price inside the AMM becomes `target`, and which way; in
    /// the incoming token's own decimals.
    pub fn amount_for_price(&self, target: U256) -> Result<(U256, Direction)> {
        let c = &self.constants;
        let direction = match target >= self.p_amm()? {
            true => Direction::Pump,
            false => Direction::Dump,
        };
        let mut walk = Walk::new(self, direction)?;
        let p = walk.limited.price;
        // (A/(A − 1))², by which the AMM's price edges differ from band to band.
        let (a2, b2) = (Uint::from(c.a) * c.a, Uint::from(c.a_minus_1) * c.a_minus_1);
        let mut down = current_edge(&p, &walk.up);
        let mut upper = down * a2 / b2;
        let mut total = Uint::ZERO;
        loop {
            let amounts = &self.bands.get(walk.n).amounts;
            if !amounts.is_empty() && walk.started == 0 {
                walk.started = 1;
            }
            let inside = (down.get(&"p")?..=upper.get(&"p")?).contains(&target);
            if !amounts.is_empty() {
                let curve = Curve::new(c, [&amounts.x, &amounts.y], &p, &walk.up);
                let invariant = curve.invariant;
                let added = if inside {
                    // Both are worked out, as in the contracts: a band of dust refuses.
                    let y = (invariant * WAD / target).sqrt().minus_or_zero(curve.g);
                    let x = curve.x_at(y).get(&"amount")?;
                    match direction {
                        Direction::Pump => Uint::from(x).minus_or_zero(amounts.x),
                        Direction::Dump => y.minus_or_zero(amounts.y),
                    }
                } else {
                    match direction {
                        Direction::Pump => invariant / curve.g - curve.f - amounts.x,
                        Direction::Dump => invariant / curve.f - curve.g - amounts.y,
                    }
                };
                total = total + self.with_band_fee(added, &walk);
            }
            if inside || !walk.step()? {
                break;
            }
            match direction {
                Direction::Pump => (down, upper) = (upper, upper * a2 / b2),
                Direction::Dump => (down, upper) = (down * b2 / a2, down),
            }
        }
        let (scale, _) = direction.scales(c);
        let total = self.with_final_fee(total, &walk);
        Ok((total.div_up(scale).get(&"amount")?, direction))
    }

    fn with_band_fee(&self, amount: Uint, walk: &Walk<'_>) -> Uint {
        match self.constants.rules.band_fee {
            true => amount.mul_div(&walk.antifee(), &WAD),
            false => amount,
        }
    }

    /// The first generation adds one fee at the end; above 100 % it wraps in the contract,
    /// and nothing is left.
    fn with_final_fee(&self, amount: Uint, walk: &Walk<'_>) -> Uint {
        if self.constants.rules.band_fee {
            return amount;
        }
        match WAD.checked_sub(self.market.fee.max(walk.limited.fee)) {
            Some(rest) if !rest.is_zero() => amount * WAD / rest,
            _ => Uint::ZERO,
        }
    }
}
