//! The same simulation as `amm`, for the many windows of a sweep.
//!
//! What all windows and all A's share is computed once per minute, what all windows share once
//! per A. Above and below the position nothing is walked: the active band is 0 or N + 1 there,
//! and a minute that cannot reach the position costs one comparison. Within it, a band's price
//! is known well enough without its curve to see that most minutes bring no trade. What is left
//! is computed by the lines of `amm` in their order: losses are the same bits, but for N updates
//! of version 1's memory at once, which may round differently in their last digit.
#![expect(
    clippy::indexing_slicing,
    reason = "bands are counted from 1 to N ≤ 50 within arrays of 52; checked access costs a tenth"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "band numbers stay from 0 to N + 1; checked steps in the innermost loop cost time"
)]

use super::memory::Updates;
use crate::error::{Error, Result, finite};
use crate::sim::candle::Candle;
use crate::sim::curve::{Curve, Oracle, x_down};
use crate::sim::fee::{aim_down, aim_up, fee, moved};
use crate::sim::order::{larger, smaller};
use crate::sim::settings::{FeeModel, Settings, Trading};

/// Bands 0 to N + 1.
type PerBand = [f64; 52];

/// One minute as every window sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Minute {
    pub oracle: Oracle,
    /// The high less the external fee.
    pub high: f64,
    /// The low and the external fee.
    pub low: f64,
    /// What the oracle's move adds to version 1's memory.
    pub moved: f64,
    /// The larger of the oracle's last two prices over the other, less 1.
    travel: f64,
}

/// The minutes of a series; the first one's move is never used.
pub(super) fn minutes(candles: &[Candle], oracle: &[f64], external_fee: f64) -> Vec<Minute> {
    let mut last = oracle.first().copied().unwrap_or(1.0);
    let minute = |(candle, oracle): (&Candle, &f64)| {
        let minute = Minute {
            oracle: Oracle::new(*oracle),
            high: candle.high * (1.0 - external_fee),
            low: candle.low * (1.0 + external_fee),
            moved: moved(last, *oracle),
            travel: larger(last, *oracle) / smaller(last, *oracle) - 1.0,
        };
        last = *oracle;
        minute
    };
    candles.iter().zip(oracle).map(minute).collect()
}

/// What all windows share at one A.
#[derive(Debug, Clone)]
pub(super) struct Engine {
    settings: Settings,
    bands: usize,
    a: f64,
    /// 1/k²: the AMM's price at the upper edge of a band over that at the lower one.
    widening: f64,
    /// kⁿ.
    powers: PerBand,
    /// k⁻²ⁿ.
    inverse_squares: PerBand,
    /// p_base over the price that the position starts at.
    lead: f64,
    /// How much a band's price over po³ may change per travel of the oracle.
    drift: f64,
    guarded: bool,
    updates: Updates,
    /// k^998 and k^−1000, where version 2 gives up: p_down(−499)·base²/po³ and p_up(499)·base²/po³.
    limits: (f64, f64),
}

/// Roundings of a band's price are far below it.
const ROUNDING: f64 = 1e-12;

/// What the price is to be pushed up to, not yet divided.
struct Aim {
    model: FeeModel,
    price: f64,
    fee: f64,
}

impl Aim {
    fn target(&self) -> f64 {
        aim_up(self.model, self.price, self.fee)
    }
}

/// The state of one window.
struct Position<'a> {
    engine: &'a Engine,
    tops: PerBand,
    /// 1/base².
    per_square: f64,
    /// 1/top².
    steepness: PerBand,
    x: PerBand,
    y: PerBand,
    active: usize,
    memory: f64,
    /// The active band's price over po³ when it was last computed, and how far it may be off.
    slope: f64,
    margin: f64,
    /// Whether version 2's active band left ±500.
    too_far: bool,
}

impl Engine {
    /// The engine for checked settings.
    pub(super) fn new(settings: &Settings) -> Self {
        let a = f64::from(settings.A);
        let k = (a - 1.0) / a;
        let mut powers = [0.0; 52];
        let mut inverse_squares = [0.0; 52];
        for (n, (power, inverse)) in (0_u8..).zip(powers.iter_mut().zip(inverse_squares.iter_mut()))
        {
            *power = libm::pow(k, f64::from(n));
            *inverse = 1.0 / (*power * *power);
        }
        // Only version 2 gives up.
        let limits = match settings.fee_model {
            FeeModel::V1 => (0.0, f64::INFINITY),
            FeeModel::V2 => (libm::pow(k, 998.0), libm::pow(k, -1000.0)),
        };
        Self {
            settings: *settings,
            bands: usize::try_from(settings.bands).unwrap_or(usize::MAX).min(50),
            a,
            widening: 1.0 / (k * k),
            powers,
            inverse_squares,
            lead: settings.lead(),
            drift: 1.6 / (a - 1.0),
            guarded: settings.trading == Trading::Guarded,
            updates: Updates::new(settings),
            limits,
        }
    }

    /// The loss over `minutes` of a position that starts at `open`.
    pub(super) fn loss(&self, minutes: &[Minute], open: f64) -> Result<f64> {
        let base = open * self.lead;
        let mut position = Position::new(self, base);
        let initial = position.value(&Oracle::new(base));
        let Some((first, rest)) = minutes.split_first() else {
            return Err(Error::invalid(&"window", &"at least one candle"));
        };
        position.step(&Minute { moved: moved(base, first.oracle.price), ..*first });
        for minute in rest {
            position.step(minute);
        }
        if position.too_far {
            return Err(Error::invalid(&"active_band", &"between -500 and 500, exclusive"));
        }
        let last = rest.last().unwrap_or(first);
        finite(&"loss", 1.0 - position.value(&last.oracle) / initial)
    }
}

impl<'a> Position<'a> {
    fn new(engine: &'a Engine, base: f64) -> Self {
        let each = 1.0 / f64::from(engine.settings.bands);
        let per_square = 1.0 / (base * base);
        Self {
            engine,
            per_square,
            tops: engine.powers.map(|power| base * power),
            steepness: engine.inverse_squares.map(|inverse| per_square * inverse),
            x: [0.0; 52],
            y: [each; 52],
            active: 0,
            memory: 0.0,
            slope: 1.0,
            margin: f64::INFINITY,
            too_far: false,
        }
    }

    fn p_down(&self, minute: &Minute, n: usize) -> f64 {
        minute.oracle.cube * self.steepness[n]
    }

    fn p_up(&self, minute: &Minute, n: usize) -> f64 {
        self.p_down(minute, n) * self.engine.widening
    }

    #[inline(always)]
    fn step(&mut self, minute: &Minute) {
        let engine = self.engine;
        if self.active == 0 {
            // No band can match where the high is below the lowest edge and the least of the
            // fees: the memory goes one way through its N updates, so an end is its least.
            let first = engine.updates.one(self.memory, minute.moved);
            let last = engine.updates.all(self.memory, minute.moved);
            let least = larger(engine.settings.fee, smaller(first, last));
            if minute.high <= self.p_down(minute, 1) * (1.0 + least) {
                self.memory = last;
                self.too_far |= self.is_too_high(minute);
                return;
            }
        }
        self.step_within_reach(minute);
    }

    fn step_within_reach(&mut self, minute: &Minute) {
        let bands = self.engine.bands;
        let up = self.aim_up(minute);
        if self.active == 0 {
            if up.target() >= self.p_down(minute, 1) {
                (self.active, self.margin) = (1, f64::INFINITY);
                self.trade_up(minute, up.target());
            }
        } else if self.active <= bands {
            self.margin += self.engine.drift * minute.travel;
            let gain = 1.0 - up.fee + up.fee * up.fee;
            if up.price * gain * (1.0 - self.toll()) > self.least(minute) {
                self.trade_up(minute, up.target());
            }
        }
        self.too_far |= self.is_too_low(minute, &up) || self.is_too_high(minute);
        if self.active == 0 {
            return;
        }
        if self.active > bands {
            let edge = self.p_up(minute, bands);
            if minute.low >= edge {
                return;
            }
            let down = self.target_down(minute);
            if down <= edge {
                (self.active, self.margin) = (bands, f64::INFINITY);
                self.trade_down(minute, down);
            }
        } else {
            let base = larger(self.engine.settings.fee, self.memory);
            if minute.low * (1.0 + base) * (1.0 + self.toll()) < self.most(minute) {
                let down = self.target_down(minute);
                self.trade_down(minute, down);
            }
        }
    }

    /// What arbitrageurs lose at least between their target and where they stop; they do not
    /// care where trading is not guarded.
    #[inline(always)]
    fn toll(&self) -> f64 {
        let guarded = larger(self.engine.settings.fee, self.memory);
        if self.engine.guarded { guarded } else { 0.0 }
    }

    /// The active band's price from below, without its curve: while nobody trades, the
    /// composition hardly moves, and the price is nearly po³ over its square.
    #[inline(always)]
    fn least(&self, minute: &Minute) -> f64 {
        self.slope * minute.oracle.cube * (1.0 - self.margin)
    }

    /// The same from above.
    #[inline(always)]
    fn most(&self, minute: &Minute) -> f64 {
        self.slope * minute.oracle.cube * (1.0 + self.margin)
    }

    /// Whether the active band passes 499 bands above the start.
    fn is_too_high(&self, minute: &Minute) -> bool {
        let edge = minute.oracle.cube * self.per_square * self.engine.limits.0;
        minute.low <= edge && self.target_down(minute) <= edge
    }

    /// Whether the active band passes 499 bands below it.
    fn is_too_low(&self, minute: &Minute, up: &Aim) -> bool {
        let edge = minute.oracle.cube * self.per_square * self.engine.limits.1;
        up.price >= edge && up.target() >= edge
    }

    #[inline(always)]
    fn fee(&self, minute: &Minute, n: usize) -> f64 {
        let (up, down) = (self.p_up(minute, n), self.p_down(minute, n));
        fee(&self.engine.settings, &minute.oracle, self.memory, up, down)
    }

    #[inline(always)]
    fn aim_up(&mut self, minute: &Minute) -> Aim {
        let (model, price) = (self.engine.settings.fee_model, minute.high);
        for n in (1..=self.engine.bands).rev() {
            self.memory = self.engine.updates.one(self.memory, minute.moved);
            let fee = self.fee(minute, n);
            if price > self.p_down(minute, n) * (1.0 + fee) {
                return Aim { model, price, fee };
            }
        }
        // As version 2 aims anyhow.
        Aim { model: FeeModel::V2, price, fee: self.fee(minute, 1) }
    }

    #[inline(always)]
    fn target_down(&self, minute: &Minute) -> f64 {
        let price = minute.low;
        for n in 1..=self.engine.bands {
            let fee = self.fee(minute, n);
            if price < self.p_up(minute, n) * (1.0 - fee) {
                return aim_down(self.engine.settings.fee_model, price, fee);
            }
        }
        price * (1.0 + self.fee(minute, self.engine.bands))
    }

    /// The curve of the active band.
    #[inline(always)]
    fn curve(&self, minute: &Minute) -> Curve {
        let n = self.active;
        Curve::new(&minute.oracle, self.engine.a, self.tops[n], self.x[n], self.y[n])
    }

    fn trade_up(&mut self, minute: &Minute, target: f64) {
        let mut is_first = true;
        while self.active <= self.engine.bands {
            let n = self.active;
            let curve = self.curve(minute);
            let fee = self.fee(minute, n);
            let stop = target * (1.0 - fee);
            let price = curve.price();
            // Whether to trade is decided once, before the fee.
            let is_up = !is_first || target > price;
            if !is_up || stop < self.p_down(minute, n) || (self.engine.guarded && stop <= price) {
                (self.slope, self.margin) = (price / minute.oracle.cube, ROUNDING);
                return;
            }
            let traded = curve.up(stop, fee);
            (self.x[n], self.y[n]) = (traded.x, traded.y);
            if traded.ends {
                self.stopped(minute, stop, fee);
                return;
            }
            (self.active, is_first) = (n + 1, false);
        }
    }

    fn trade_down(&mut self, minute: &Minute, target: f64) {
        let mut is_first = true;
        while self.active > 0 {
            let n = self.active;
            let curve = self.curve(minute);
            let fee = self.fee(minute, n);
            let stop = target * (1.0 + fee);
            let price = curve.price();
            let is_down = !is_first || target < price;
            if !is_down || stop > self.p_up(minute, n) || (self.engine.guarded && stop >= price) {
                (self.slope, self.margin) = (price / minute.oracle.cube, ROUNDING);
                return;
            }
            let traded = curve.down(stop, fee);
            (self.x[n], self.y[n]) = (traded.x, traded.y);
            if traded.ends {
                self.stopped(minute, stop, fee);
                return;
            }
            (self.active, is_first) = (n - 1, false);
        }
    }

    /// A trade stopped at this price, and its fee moved that at most by the fee of a whole band.
    #[inline(always)]
    fn stopped(&mut self, minute: &Minute, price: f64, fee: f64) {
        self.slope = price / minute.oracle.cube;
        self.margin = 3.0 * fee / (self.engine.a - 1.0) + ROUNDING;
    }

    fn value(&self, oracle: &Oracle) -> f64 {
        let of = |n: usize| x_down(oracle, self.engine.a, self.tops[n], self.x[n], self.y[n]);
        (1..=self.engine.bands).map(of).sum()
    }
}
