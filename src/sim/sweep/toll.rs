//! How far from the market's price arbitrageurs stop: the toll of the fees.
//!
//! A trade up to the market's price p aims at p/(1 + d) or p·(1 − d) and stops at (1 − d′) of
//! that; d is the fee of the band that the price falls into, d′ that of the band in which the
//! trade stops. The toll is ℓ = ln(p/stop); for a trade down ℓ = ln(stop/p). Where neither
//! depends on a band, both fees are one, and version 1's toll is ln((1 + d)/(1 − d)).
//!
//! # The distance of a band
//! Let w = 2·ln(po/bottom) of a band: ln(p_up/po), and ln(p_down/po) = w − β, β = 2·ln(1/k).
//! With m the multiplier, version 2's fee is m·(1 − e^−|w|); version 1's is ½·m·(1 − e^−|w|)
//! for w < 0, ½·m·(e^(w − β) − 1) for w > β, and 0 between. Let z = ln(p/po), and let v be
//! where the trade stops, v = z − ℓ up, v = z + ℓ down.
//!
//! Up: the composition lies in band n, so v is in [w_n − β, w_n]. The band m that the price
//! falls into has w_m < z + β, and it is not above n: w_m ≥ w_n ≥ v; where no band matches, or
//! only the last, the same holds of the one that is taken. So both w are in [z − ℓ, z + β].
//! - Version 2: −ln(1 − m·(1 − e^−w)) ≤ m·w, so ℓ ≤ 2·m·max(|z| + β, ℓ − z). For z ≥ 0 the
//!   second cannot hold as m < ½, for z < 0 it gives ℓ ≤ 2·m·|z|/(1 − 2·m). From below: both
//!   |w| are at least z − ℓ for z ≥ 0, and |z| − β for z < 0; the left side is at least
//!   m·w − ½·m·(1 − m)·w².
//! - Version 1: the same with half of m where w < 0; where w > β, w − β ≤ z.
//!
//! Down: both w are in [z, z + ℓ + β] or no farther from 0 than |z| and β, by the same steps.
//! - Version 2: ln(1 + m·(1 − e^−w)) is at most m·w, at least m·w − ½·m·(1 + m)·w².
//! - Version 1: where w > β, w − β ≤ z + ℓ, e^y − 1 ≤ 1.3·y for y ≤ ½, and
//!   ln((1 + d)/(1 − d)) ≤ 2.1·d for d ≤ 0.3: ℓ ≤ 1.365·m·(z + ℓ).
//!
//! A lower end that was derived with a too small ℓ is still below it: it is below the upper
//! end that it was derived with.

use crate::sim::order::{larger, smaller};
use crate::sim::settings::{FeeModel, Settings};

/// A toll, from `low` to `high`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Toll {
    pub low: f64,
    pub high: f64,
}

/// A toll from which on nothing is known of where trading stops.
pub(super) const TOO_HIGH: f64 = 2.0;

/// Each fee of a toll is at most this part of it: d ≤ 1.4·ln(1 + d) for d ≤ 0.8.
pub(super) const FEE_OF_TOLL: f64 = 0.7;

impl Toll {
    const fn exactly(toll: f64) -> Self {
        Self { low: toll, high: toll }
    }

    /// The toll where a fee is the larger of two.
    #[inline(always)]
    fn or(self, other: Self) -> Self {
        Self { low: larger(self.low, other.low), high: larger(self.high, other.high) }
    }
}

/// The number, or 0 or `most` where it is beyond these.
#[inline(always)]
fn within(number: f64, most: f64) -> f64 {
    smaller(larger(number, 0.0), most)
}

/// ln((1 + d)/(1 − d)) from above, or that nothing is known of it.
#[inline(always)]
fn both_ways(d: f64) -> f64 {
    if d < 0.5 { 2.0 * d + d * d * d } else { TOO_HIGH }
}

/// What tolls at one A and fee are made of.
#[derive(Debug, Clone)]
pub(super) struct Tolls {
    model: FeeModel,
    /// The tolls of the fee alone.
    up: Toll,
    down: Toll,
    multiplier: f64,
    /// β = 2·ln(1/k).
    pub band: f64,
    remembers: bool,
}

impl Tolls {
    /// The tolls of checked settings, if there are bounds on them.
    pub(super) fn new(settings: &Settings, k: f64) -> Option<Self> {
        let fee = settings.fee;
        let (more, less) = (libm::log1p(fee), -libm::log1p(-fee));
        let (up, down) = match settings.fee_model {
            FeeModel::V1 => (more + less, more + less),
            FeeModel::V2 => (2.0 * less, 2.0 * more),
        };
        let is_known = settings.dynamic_fee_multiplier < 0.4 && fee < 0.3;
        is_known.then_some(Self {
            model: settings.fee_model,
            up: Toll::exactly(up),
            down: Toll::exactly(down),
            multiplier: settings.dynamic_fee_multiplier,
            band: -2.0 * libm::log(k),
            remembers: settings.fee_model == FeeModel::V1 && settings.po_fee_delay > 1,
        })
    }

    /// The tolls up and down of a minute, with z of its high and of its low, and a memory in
    /// this range.
    #[inline(always)]
    pub(super) fn of(&self, high: f64, low: f64, memory: (f64, f64)) -> (Toll, Toll) {
        let (mut up, mut down) = (self.up, self.down);
        if self.remembers {
            let toll = Toll { low: 2.0 * memory.0, high: both_ways(memory.1) };
            (up, down) = (up.or(toll), down.or(toll));
        }
        if self.multiplier > 0.0 {
            (up, down) = (up.or(self.of_bands_up(high)), down.or(self.of_bands_down(low)));
        }
        (up, down)
    }

    #[inline(always)]
    fn of_bands_up(&self, z: f64) -> Toll {
        let (m, band, far) = (self.multiplier, self.band, z.abs());
        match self.model {
            FeeModel::V1 if z < 0.0 => {
                let near = within(far - band, 1.0);
                let high = larger(m * (far + band), m * far / (1.0 - m));
                Toll { low: m * (near - 0.5 * near * near), high }
            }
            FeeModel::V1 => {
                // e^z − 1 ≤ z + z²
                let high = both_ways(0.5 * m * (z + z * z));
                let low = m * larger(z - band - high, 0.0);
                Toll { low, high: if z < 0.5 { high } else { TOO_HIGH } }
            }
            FeeModel::V2 => {
                let least = |w: f64| {
                    let w = within(w, 1.0);
                    2.0 * m * (w - 0.5 * (1.0 - m) * w * w)
                };
                if z < 0.0 {
                    let high = 2.0 * larger(m * (far + band), m * far / (1.0 - 2.0 * m));
                    return Toll { low: least(far - band), high };
                }
                // ℓ ≤ 2·m·(z − ℓ) from both sides in turn.
                let low = least(z - 2.0 * m * (z - least(z - 2.0 * m * z)));
                Toll { low, high: 2.0 * m * (z + band) }
            }
        }
    }

    #[inline(always)]
    fn of_bands_down(&self, z: f64) -> Toll {
        let (m, band, far) = (self.multiplier, self.band, z.abs());
        match self.model {
            FeeModel::V1 if z < 0.0 => {
                let near = within(far - band - m * far, 1.0);
                Toll { low: m * (near - 0.5 * near * near), high: m * far }
            }
            FeeModel::V1 => {
                let growth = 1.365 * m;
                let high = growth * z / (1.0 - growth);
                let low = m * larger(z - band, 0.0);
                Toll { low, high: if z + high < 0.5 { high } else { TOO_HIGH } }
            }
            FeeModel::V2 => {
                let least = |w: f64| {
                    let w = within(w, 0.5);
                    2.0 * m * (w - 0.5 * (1.0 + m) * w * w)
                };
                let near = far - band;
                let low = match z < 0.0 {
                    true => least(near - 2.0 * m * (near - least(near - 2.0 * m * near))),
                    false => least(z),
                };
                let high = larger(far, (larger(z, 0.0) + band) / (1.0 - 2.0 * m));
                Toll { low, high: 2.0 * m * high }
            }
        }
    }
}
