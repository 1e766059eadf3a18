//! The AMM with one position, in doubles, written to be read: the fast ones are held to it.

use super::curve::{Curve, Oracle, x_down};
use super::fee::{aim_down, aim_up, fee, moved};
use super::settings::{FeeModel, Settings, Trading};
use crate::error::{Error, Result};

/// Farther than this from the start the active band never gets in version 2.
const MOST_ACTIVE: i32 = 500;

/// One unit of collateral in bands 1..N, the oracle price, and where trading stands.
pub(super) struct Amm<'a> {
    settings: &'a Settings,
    a: f64,
    /// k = (A − 1)/A, the ratio of a band's lower edge to its upper one.
    k: f64,
    /// Upper edge of band 0.
    p_base: f64,
    oracle: Oracle,
    /// Version 1: what the oracle's moves add to the fee.
    memory: f64,
    /// The band that trades.
    pub active: i32,
    /// Borrowed coins in bands 1..N.
    pub x: Vec<f64>,
    /// Collateral in bands 1..N.
    pub y: Vec<f64>,
}

impl<'a> Amm<'a> {
    /// A position below `price`, with the oracle at the upper edge of band 0.
    pub(super) fn new(settings: &'a Settings, price: f64) -> Self {
        let a = f64::from(settings.A);
        let bands = f64::from(settings.bands);
        let p_base = price * settings.lead();
        let each = |amount: f64| (0..settings.bands).map(|_| amount).collect();
        Self {
            settings,
            a,
            k: (a - 1.0) / a,
            p_base,
            oracle: Oracle::new(p_base),
            memory: 0.0,
            active: 0,
            x: each(0.0),
            y: each(1.0 / bands),
        }
    }

    fn bands(&self) -> i32 {
        i32::try_from(self.settings.bands).unwrap_or(i32::MAX)
    }

    /// The upper edge of band n: p_base·kⁿ.
    pub(super) fn top(&self, n: i32) -> f64 {
        self.p_base * libm::pow(self.k, f64::from(n))
    }

    /// The AMM's price where band n is all collateral: po³/top².
    fn p_down(&self, n: i32) -> f64 {
        let power = libm::pow(self.k, f64::from(n));
        self.oracle.cube * (1.0 / (self.p_base * self.p_base) * (1.0 / (power * power)))
    }

    /// The AMM's price where band n is all borrowed coins: p_down/k².
    fn p_up(&self, n: i32) -> f64 {
        self.p_down(n) * (1.0 / (self.k * self.k))
    }

    fn place(n: i32) -> usize {
        // Band 1 is the first; what is no place is beyond every list.
        usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX)
    }

    /// The curve of band n, if there is anything in it.
    fn curve(&self, n: i32) -> Option<Curve> {
        let (x, y) = (*self.x.get(Self::place(n))?, *self.y.get(Self::place(n))?);
        let is_empty = x == 0.0 && y == 0.0;
        (!is_empty).then(|| Curve::new(&self.oracle, self.a, self.top(n), x, y))
    }

    fn put(&mut self, n: i32, x: f64, y: f64) {
        if let Some(amount) = self.x.get_mut(Self::place(n)) {
            *amount = x;
        }
        if let Some(amount) = self.y.get_mut(Self::place(n)) {
            *amount = y;
        }
    }

    /// The price in the active band.
    pub(super) fn price(&self) -> f64 {
        let of_empty = || (self.p_up(self.active) * self.p_down(self.active)).sqrt();
        self.curve(self.active).map_or_else(of_empty, |curve| curve.price())
    }

    /// Lets arbitrageurs trade at the `high` and then at the `low` of a minute.
    pub(super) fn step(&mut self, oracle: f64, high: f64, low: f64) -> Result<()> {
        let moved = moved(self.oracle.price, oracle);
        self.oracle = Oracle::new(oracle);
        let up = self.target_up(moved, high * (1.0 - self.settings.external_fee));
        let down = self.target_down(low * (1.0 + self.settings.external_fee));
        if up > self.price() {
            self.trade_up(up)?;
        }
        if down < self.price() {
            self.trade_down(down)?;
        }
        Ok(())
    }

    /// The fee in band n.
    fn fee(&self, n: i32) -> f64 {
        fee(self.settings, &self.oracle, self.memory, self.p_up(n), self.p_down(n))
    }

    /// What arbitrageurs push the price up to where others pay `price`.
    ///
    /// Version 1 adds the oracle's move to its memory, and forgets a part of the sum, at every
    /// band that it looks at.
    fn target_up(&mut self, moved: f64, price: f64) -> f64 {
        for n in (1..=self.bands()).rev() {
            if self.settings.fee_model == FeeModel::V1 {
                self.memory = (self.memory + moved) * self.settings.kept();
            }
            let fee = self.fee(n);
            if price > self.p_down(n) * (1.0 + fee) {
                return aim_up(self.settings.fee_model, price, fee);
            }
        }
        price * (1.0 - self.fee(1))
    }

    /// What arbitrageurs push the price down to where others ask for `price`.
    fn target_down(&self, price: f64) -> f64 {
        for n in 1..=self.bands() {
            let fee = self.fee(n);
            if price < self.p_up(n) * (1.0 - fee) {
                return aim_down(self.settings.fee_model, price, fee);
            }
        }
        price * (1.0 + self.fee(self.bands()))
    }

    fn is_guarded(&self) -> bool {
        self.settings.trading == Trading::Guarded
    }

    /// Buys collateral from the bands until their price is `target`, less the fee.
    fn trade_up(&mut self, target: f64) -> Result<()> {
        loop {
            let n = self.active;
            if let Some(curve) = self.curve(n) {
                let fee = self.fee(n);
                let price = target * (1.0 - fee);
                if price < self.p_down(n) || (self.is_guarded() && price <= curve.price()) {
                    return Ok(());
                }
                let traded = curve.up(price, fee);
                self.put(n, traded.x, traded.y);
                if traded.ends {
                    return Ok(());
                }
            } else if target < self.p_up(n) {
                return Ok(());
            }
            self.activate(n.saturating_add(1))?;
        }
    }

    /// Sells collateral to the bands until their price is `target`, and the fee more.
    fn trade_down(&mut self, target: f64) -> Result<()> {
        loop {
            let n = self.active;
            if let Some(curve) = self.curve(n) {
                let fee = self.fee(n);
                let price = target * (1.0 + fee);
                if price > self.p_up(n) || (self.is_guarded() && price >= curve.price()) {
                    return Ok(());
                }
                let traded = curve.down(price, fee);
                self.put(n, traded.x, traded.y);
                if traded.ends {
                    return Ok(());
                }
            } else if target > self.p_down(n) {
                return Ok(());
            }
            self.activate(n.saturating_sub(1))?;
        }
    }

    fn activate(&mut self, n: i32) -> Result<()> {
        self.active = n;
        let limited = self.settings.fee_model == FeeModel::V2;
        if limited && n.saturating_abs() >= MOST_ACTIVE {
            return Err(Error::invalid(&"active_band", &"between -500 and 500, exclusive"));
        }
        Ok(())
    }

    /// What the bands bring where the price falls slowly through all of them.
    pub(super) fn value(&self) -> f64 {
        let bands = (1..=self.bands()).zip(self.x.iter().zip(&self.y));
        bands.map(|(n, (x, y))| x_down(&self.oracle, self.a, self.top(n), *x, *y)).sum()
    }
}
