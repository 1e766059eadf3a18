//! The AMM with one position, in doubles, written to be read: the fast ones are held to it.

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
    oracle: f64,
    last_oracle: f64,
    /// Version 1: what the oracle's moves add to the fee.
    memory: f64,
    /// The band that trades.
    pub active: i32,
    /// Borrowed coins in bands 1..N.
    pub x: Vec<f64>,
    /// Collateral in bands 1..N.
    pub y: Vec<f64>,
}

/// One band as its invariant sees it: (f + x)·(g + y) = invariant.
struct Band {
    x: f64,
    y: f64,
    y0: f64,
    f: f64,
    g: f64,
    invariant: f64,
}

impl Band {
    fn is_empty(&self) -> bool {
        self.x == 0.0 && self.y == 0.0
    }

    fn price(&self) -> f64 {
        (self.f + self.x) / (self.g + self.y)
    }
}

impl<'a> Amm<'a> {
    /// A position below `price`, with the oracle at the upper edge of band 0.
    pub(super) fn new(settings: &'a Settings, price: f64) -> Self {
        let a = f64::from(settings.A);
        let bands = f64::from(settings.bands);
        let p_base = price * (1.0 - settings.position_shift) * (a / (a - 1.0) + 1e-4);
        let each = |amount: f64| (0..settings.bands).map(|_| amount).collect();
        Self {
            settings,
            a,
            k: (a - 1.0) / a,
            p_base,
            oracle: p_base,
            last_oracle: p_base,
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
        let top = self.top(n);
        self.oracle * self.oracle * self.oracle / (top * top)
    }

    /// The AMM's price where band n is all borrowed coins: p_down/k².
    fn p_up(&self, n: i32) -> f64 {
        self.p_down(n) / (self.k * self.k)
    }

    fn place(n: i32) -> usize {
        // Band 1 is the first; what is no place is beyond every list.
        usize::try_from(n.saturating_sub(1)).unwrap_or(usize::MAX)
    }

    fn band(&self, n: i32) -> Band {
        let amount = |list: &[f64]| list.get(Self::place(n)).copied().unwrap_or(0.0);
        let (x, y) = (amount(&self.x), amount(&self.y));
        let (a, po, top) = (self.a, self.oracle, self.top(n));
        let b = top / po * (a - 1.0) * x + po * po / top * a * y;
        let y0 = (b + (b * b + 4.0 * po * a * x * y).sqrt()) / (2.0 * po * a);
        let f = y0 * po * po / top * a;
        let g = y0 * top / po * (a - 1.0);
        Band { x, y, y0, f, g, invariant: po * a * a * y0 * y0 }
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
        let band = self.band(self.active);
        match band.is_empty() {
            true => (self.p_up(self.active) * self.p_down(self.active)).sqrt(),
            false => band.price(),
        }
    }

    /// Lets arbitrageurs trade at the `high` and then at the `low` of a minute.
    pub(super) fn step(&mut self, oracle: f64, high: f64, low: f64) -> Result<()> {
        (self.last_oracle, self.oracle) = (self.oracle, oracle);
        let up = self.target_up(high * (1.0 - self.settings.external_fee));
        let down = self.target_down(low * (1.0 + self.settings.external_fee));
        if up > self.price() {
            self.trade_up(up)?;
        }
        if down < self.price() {
            self.trade_down(down)?;
        }
        Ok(())
    }

    /// Adds the oracle's move to the memory, which forgets a part of the sum.
    fn remember(&mut self) {
        let (last, now) = (self.last_oracle, self.oracle);
        let ratio = last.min(now) / last.max(now);
        self.memory = (self.memory + 1.0 - ratio * ratio * ratio) * self.settings.kept();
    }

    /// The fee in band n.
    fn fee(&self, n: i32) -> f64 {
        let (po, up, down) = (self.oracle, self.p_up(n), self.p_down(n));
        let multiplier = self.settings.dynamic_fee_multiplier;
        let fee = self.settings.fee;
        match self.settings.fee_model {
            FeeModel::V1 => {
                let outside = po > up || po < down;
                let distance = (up - po).abs().min((po - down).abs()) / (2.0 * po);
                fee.max(self.memory).max(if outside { distance * multiplier } else { 0.0 })
            }
            FeeModel::V2 => {
                let distance = if po > up { (po - up) / po } else { (up - po) / up };
                fee.max(distance * multiplier)
            }
        }
    }

    /// What arbitrageurs push the price up to where others pay `price`.
    fn target_up(&mut self, price: f64) -> f64 {
        for n in (1..=self.bands()).rev() {
            if self.settings.fee_model == FeeModel::V1 {
                self.remember();
            }
            let fee = self.fee(n);
            if price > self.p_down(n) * (1.0 + fee) {
                return match self.settings.fee_model {
                    FeeModel::V1 => price / (1.0 + fee),
                    FeeModel::V2 => price * (1.0 - fee),
                };
            }
        }
        price * (1.0 - self.fee(1))
    }

    /// What arbitrageurs push the price down to where others ask for `price`.
    fn target_down(&self, price: f64) -> f64 {
        for n in 1..=self.bands() {
            let fee = self.fee(n);
            if price < self.p_up(n) * (1.0 - fee) {
                return match self.settings.fee_model {
                    FeeModel::V1 => price / (1.0 - fee),
                    FeeModel::V2 => price * (1.0 + fee),
                };
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
            let band = self.band(n);
            if band.is_empty() {
                if target < self.p_up(n) {
                    return Ok(());
                }
            } else {
                let fee = self.fee(n);
                let price = target * (1.0 - fee);
                if price < self.p_down(n) || (self.is_guarded() && price <= band.price()) {
                    return Ok(());
                }
                let y = (band.invariant / price).sqrt() - band.g;
                let left = y.max(0.0);
                let x = band.invariant / (band.g + left) - band.f;
                self.put(n, x + fee * (x - band.x), left);
                if y >= 0.0 {
                    return Ok(());
                }
            }
            self.activate(n.saturating_add(1))?;
        }
    }

    /// Sells collateral to the bands until their price is `target`, and the fee more.
    fn trade_down(&mut self, target: f64) -> Result<()> {
        loop {
            let n = self.active;
            let band = self.band(n);
            if band.is_empty() {
                if target > self.p_down(n) {
                    return Ok(());
                }
            } else {
                let fee = self.fee(n);
                let price = target * (1.0 + fee);
                if price > self.p_up(n) || (self.is_guarded() && price >= band.price()) {
                    return Ok(());
                }
                let x = (band.invariant * price).sqrt() - band.f;
                let left = x.max(0.0);
                let y = band.invariant / (band.f + left) - band.g;
                self.put(n, left, y + fee * (y - band.y));
                if x >= 0.0 {
                    return Ok(());
                }
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
        (1..=self.bands()).map(|n| self.x_down(n)).sum()
    }

    fn x_down(&self, n: i32) -> f64 {
        let (po, top) = (self.oracle, self.top(n));
        let bottom = top * self.k;
        let Band { x, y, y0, f, g, invariant } = self.band(n);
        if x == 0.0 && y == 0.0 {
            return 0.0;
        }
        if x == 0.0 || y == 0.0 {
            let middle = po * po * po / (bottom * bottom) * self.k;
            if po > top {
                let y = if y == 0.0 { x / middle } else { y };
                return y * top / (self.a / (self.a - 1.0)).sqrt();
            }
            if po < bottom {
                return if x == 0.0 { y * middle } else { x };
            }
        }
        if po > top {
            return (invariant / f - g) * top * self.k.sqrt();
        }
        if po < bottom {
            return invariant / g - f;
        }
        let y = self.a * y0 * (1.0 - bottom / po);
        let x = (invariant / (g + y)).max(f) - f;
        x + y * (bottom * po).sqrt()
    }
}
