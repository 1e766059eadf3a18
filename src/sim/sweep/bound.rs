//! An upper bound on the loss of a window, in guarded trading, for a hundredth of the work.
//!
//! # One band
//! A band with upper edge P and oracle price po = q·P holds x and y; its composition s, from 0
//! (all collateral) to 1 (all sold), follows from y = (y0/q)·(1 − s), x = y0·P·q²·s/(1 − s/A).
//! The composition in balance with the oracle, where the AMM's price is po, is
//! u = A·(1 − q), cut to 0..1. With L = ln po and σ(s) = s·(A − s)/(A − s²), which grows from
//! σ(0) = 0 to σ(1) = 1 at a rate of at most 1/k, the derivative of the defining quadratic is
//! d ln y0/dL = 1 − 3·σ(s) at fixed x and y. Let W = y0·P·h(q) with d ln h/dL = 3·σ(u) − 1 and
//! h = √k/q for q ≥ 1, that is h = √k·(1 − u²/A)^1.5/q for k ≤ q ≤ 1 and q²/k below. Then
//!
//! d ln W/dL = −3·(σ(s) − σ(u)) while the oracle moves, and W does not change in a trade without
//! fee, since y0 and po do not. The fee of a guarded trade adds to x or y, so W only grows.
//! The value of a band is W outside of it; inside it is not less than W (by at most 0.08/A²,
//! computed on a fine grid for A from 2 to 10 000; this one step is not derived).
//!
//! # All bands
//! At the start values are in proportion to the edges, wₙ = Pₙ/ΣP. By Jensen's inequality
//! ln(value at the end / value at the start) ≥ Σ wₙ·ln(Wₙ at the end / Wₙ at the start)
//! = 3·Ψ(end) − 3·∫ Σ wₙ·σ(sₙ) dL, where Ψ, the integral of Σ wₙ·σ(uₙ), is known: per band
//! −½·ln(A/(A − u²)) inside, −½·ln(1/k) − ln(bottom/po) below, 0 above ([`Bound::balance`]).
//!
//! The bands above the active one are all sold, those below are all collateral. So the
//! composition is one number Q: the oracle price at which it would be in balance. And because
//! of the weights, Σ wₙ·sₙ = T(Q) = (P_top − Q)/(P_top − P_bottom), Q cut to that range: exactly
//! a straight line, through all bands. While po moves by dL, s moves by at most ¾·|dL| and
//! against it, so T at the start of each move is on the safe side. σ(s) ≤ s, and
//! s − σ(s) ≤ 4/27/(A − 1) in the one band that is partly sold, which matters where the oracle
//! falls (`bend`).
//!
//! # Where the composition is
//! At AMM price p, Q = po·√(po/p). A minute's trade up leaves Q as it is or brings it down to
//! po·√(po/stop); what the fee adds moves it at most d/(A − 1) further. A trade down brings it
//! up in the same way. So with the tolls of [`super::toll`] every minute is
//! Q ← max(min(Q, bought), sold), where bought and sold depend on the candle, the oracle and the
//! fee only: not on the window. These maps are monotone, so an interval that holds Q goes to
//! one that holds it, and cutting to the position's range commutes with them. One path of
//! intervals, from 0..∞ at the start of the series, holds the composition of every window from
//! the minute on at which the window's own interval is inside it ([`Path::is_within`]).
//!
//! Version 1's memory takes 1 to N updates in a minute, by where the price is among the bands;
//! an update goes towards moved·(delay − 1), so after one and after N it is at its ends.
//!
//! # Two bounds
//! [`Bound::fine`] follows a window's interval until it is inside the common path, and sums
//! T·dL with the worse end of the interval. [`Bound::rough`] adds up, by differences of sums
//! over all minutes, at most 3·|dL|·min(1, |po − Q|/(k·(P_top − P_bottom))) for each move: with
//! the common path from where both of its ends forgot the past, with all that a minute allows
//! before. It holds for a group of windows at once, with the rows and the sums of those that cost
//! most, so most windows are never looked at one by one. The memory of the start (the oracle
//! starts a band above, so 1 − r³ is about 3/A) widens that by what is left of it, until that is
//! below a millionth.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "rows of columns that were made for the windows' rows; checked access costs time here"
)]

use super::engine::Minute;
use super::memory::{Memories, Memory, Updates};
use super::toll::{FEE_OF_TOLL, TOO_HIGH, Tolls};
use crate::sim::fee::moved;
use crate::sim::order::{larger, smaller};
use crate::sim::settings::{FeeModel, Settings, Trading};

/// One minute as the bound sees it, the same for every A.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flow {
    /// The oracle price, and 1 over it.
    price: f64,
    inverse: f64,
    /// po·√(po/high) and po·√(po/low): where buyers at the high and sellers at the low push the
    /// composition, but for the fees.
    rich: f64,
    poor: f64,
    /// ln(high/po) and ln(low/po).
    high: f64,
    low: f64,
    /// What the oracle's move from the minute before adds to version 1's memory.
    pub moved: f64,
    /// The logarithm of the oracle's move from the minute before, of all moves so far, and, as a
    /// positive number, of those of them that were falls.
    pub step: f64,
    log: f64,
    falls: f64,
}

/// Windows that begin one soon after the other, or one alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    /// The first and the last of their first rows.
    pub starts: (usize, usize),
    /// The last of their rows.
    pub last: usize,
    /// The least and the largest of their first prices over the oracle's.
    pub openings: (f64, f64),
}

/// Rows from one start to another from which on a common bound says nothing.
const FARTHEST: usize = 4096;

impl Group {
    /// The window of rows `start` up to `end` that opens at this price.
    pub(super) fn one((start, end): (usize, usize), open: f64, flows: &[Flow]) -> Self {
        let opening = open * flows[start].inverse;
        Self { starts: (start, start), last: end - 1, openings: (opening, opening) }
    }

    /// These windows and the others.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            starts: (self.starts.0.min(other.starts.0), self.starts.1.max(other.starts.1)),
            last: self.last.max(other.last),
            openings: (
                smaller(self.openings.0, other.openings.0),
                larger(self.openings.1, other.openings.1),
            ),
        }
    }
}

/// The minutes as the bound sees them.
pub(super) fn flows(minutes: &[Minute]) -> Vec<Flow> {
    let mut last = minutes.first().map_or(1.0, |minute| minute.oracle.price);
    let (mut log, mut falls) = (0.0, 0.0);
    let flow = |minute: &Minute| {
        let price = minute.oracle.price;
        let step = libm::log(price / last);
        last = price;
        log += step;
        falls -= smaller(step, 0.0);
        Flow {
            price,
            inverse: minute.oracle.inverse,
            rich: price * (price / minute.high).sqrt(),
            poor: price * (price / minute.low).sqrt(),
            high: libm::log(minute.high / price),
            low: libm::log(minute.low / price),
            moved: minute.moved,
            step,
            log,
            falls,
        }
    };
    minutes.iter().map(flow).collect()
}

/// Whether all prices are so far from the range of a double that nothing which is made of them
/// leaves it: a bound would be no number, a loss be refused.
pub(super) fn are_usual(flows: &[Flow]) -> bool {
    let is_near = |log: f64| log.abs() < 70.0;
    flows.iter().all(|f| is_usual(f.price) && is_near(f.high) && is_near(f.low))
}

/// Whether a price, or a part of one, is in the range where that holds.
pub(super) fn is_usual(price: f64) -> bool {
    (1e-30..1e30).contains(&price)
}

/// Whether no window of at most so many rows can leave version 2's ±500 bands: prices stay
/// within fewer bands of each other over two windows.
pub(super) fn stays(settings: &Settings, flows: &[Flow], rows: usize) -> bool {
    if settings.fee_model == FeeModel::V1 {
        return true;
    }
    let bands = 499.0 * libm::log(1.0 / (1.0 - 1.0 / f64::from(settings.A)));
    let far = flows.iter().fold(0.0, |far: f64, flow| far.max(flow.high.abs()).max(flow.low.abs()));
    let lead = libm::log(settings.lead()).abs() + settings.external_fee;
    let range = |part: &[Flow]| {
        part.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), flow| {
            (low.min(flow.log), high.max(flow.log))
        })
    };
    let ranges: Vec<_> = flows.chunks(rows.max(1)).map(range).collect();
    let mut pairs = ranges.iter().zip(ranges.iter().skip(1).chain(ranges.last()));
    pairs.all(|(a, b)| a.1.max(b.1) - a.0.min(b.0) + 2.0 * far + lead < bands)
}

/// The constants of a bound at one A.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    a: f64,
    k: f64,
    bands: u32,
    tolls: Tolls,
    lead: f64,
    /// (P_top − P_bottom)/P_top = 1 − kᴺ.
    width: f64,
    /// 1/(k·width): at most how much of the position's value is in a relative gap of 1.
    per_gap: f64,
    /// Minutes after which less than a millionth is left of the start's memory.
    warm_up: usize,
    /// 3·w_max·max(s − σ(s)): see the argument.
    bend: f64,
    /// 1/(A − 1)
    per_a: f64,
    updates: Updates,
}

/// Where the composition of any window is after a minute: the oracle price at which it would
/// be in balance.
#[derive(Debug, Clone, Copy)]
struct Path {
    low: f64,
    high: f64,
}

/// e^x from below and above, for x from 0 to 1.
#[inline(always)]
fn raised(x: f64) -> (f64, f64) {
    let low = 1.0 + x + 0.5 * x * x;
    (low, low + 0.25 * x * x * x)
}

/// At least 1/6: a division would take a tenth of the bound's time.
const SIXTH: f64 = 0.166_666_666_7;

/// e^(−x) from below and above, for x from 0 to 1.
#[inline(always)]
fn lowered(x: f64) -> (f64, f64) {
    let high = 1.0 - x + 0.5 * x * x;
    (high - x * x * x * SIXTH, high)
}

impl Bound {
    /// The bound for checked settings, if there is one.
    pub(super) fn new(settings: &Settings) -> Option<Self> {
        let a = f64::from(settings.A);
        let k = (a - 1.0) / a;
        let width = 1.0 - libm::pow(k, f64::from(settings.bands));
        let heaviest = (1.0 - k) / width;
        let updates = Updates::new(settings);
        let tolls = Tolls::new(settings, k).filter(|_| settings.trading == Trading::Guarded)?;
        Some(Self {
            a,
            k,
            bands: settings.bands,
            tolls,
            lead: settings.lead(),
            width,
            per_gap: 1.0 / (k * width),
            warm_up: updates.warm_up(),
            bend: 3.0 * heaviest * (4.0 / 27.0) / (a - 1.0),
            per_a: 1.0 / (a - 1.0),
            updates,
        })
    }

    /// One minute: the oracle moves by `step`, then arbitrageurs trade, with this memory of it.
    #[inline(always)]
    fn advance(&self, path: &mut Path, memory: Memory, flow: &Flow, step: f64) -> Zone {
        let (up, down) = self.tolls.of(flow.high, flow.low, (memory.low, memory.high));
        // The amounts stay while the oracle moves; the composition they are does not quite.
        let drift = 0.75 * step * self.per_a;
        path.high *= 1.0 + larger(drift, 0.0);
        path.low *= 1.0 + smaller(drift, 0.0);
        let is_small = up.high < TOO_HIGH && down.high < TOO_HIGH && memory.high < 0.5;
        // What the fee adds moves the composition within its band.
        let (up_fee, down_fee) = (FEE_OF_TOLL * up.high, FEE_OF_TOLL * down.high);
        let (up_more, down_more) = (up_fee * self.per_a, down_fee * self.per_a);
        let (up_least, up_most) = (raised(0.5 * up.low).0, raised(0.5 * up.high).1);
        let (down_least, down_most) = (lowered(0.5 * down.high).0, lowered(0.5 * down.low).1);
        let bought = flow.rich * if is_small { up_most } else { f64::INFINITY };
        let bought_least = flow.rich * up_least * (1.0 - up_more);
        let sold = flow.poor * if is_small { down_least } else { 0.0 };
        let sold_most = flow.poor * down_most * (1.0 + down_more);
        let resets_high = bought <= path.high;
        path.high = smaller(path.high, bought);
        path.low = smaller(path.low, bought_least);
        let resets_low = sold >= path.low;
        path.high = larger(path.high, sold_most);
        path.low = larger(path.low, sold);
        if memory.high > 0.9 {
            // With a fee above 1 anything may happen.
            (path.low, path.high) = (0.0, f64::INFINITY);
        }
        Zone { low: sold, high: larger(bought, sold_most), resets_high, resets_low }
    }

    /// Σ wₙ·Ψₙ: the logarithm of what balanced bands would have lost and gained.
    fn balance(&self, base: f64, price: f64) -> f64 {
        let (mut top, mut weight) = (base * self.k, (1.0 - self.k) / self.width);
        let mut sum = 0.0;
        // ln(bottom/po), where the bottom is that of the band.
        let mut below = libm::log(top * self.k / price);
        for _ in 0..self.bands {
            if price >= top {
                break;
            }
            let bottom = top * self.k;
            sum -= weight
                * if price > bottom {
                    let u = self.a * (1.0 - price / top);
                    0.5 * libm::log(self.a / (self.a - u * u))
                } else {
                    0.25 * self.tolls.band + below
                };
            top = bottom;
            weight *= self.k;
            below -= 0.5 * self.tolls.band;
        }
        sum
    }

    /// Fills the columns for the minutes of a stretch of the series.
    pub(super) fn fill(&self, columns: &mut Columns, flows: &[Flow]) {
        let rows = flows.len();
        columns.resize(rows);
        let (paths, select) = (&mut columns.paths[..rows], &mut columns.select[..rows]);
        let (steps, resets) = (&mut columns.steps[..rows], &mut columns.resets[..rows]);
        let settled_costs = &mut columns.settled_costs[1..=rows];
        let zone_costs = &mut columns.zone_costs[1..=rows];
        let mut path = Path { low: 0.0, high: f64::INFINITY };
        let (mut settled, mut zoned) = (0.0, 0.0);
        for (row, flow) in flows.iter().enumerate() {
            let zone = self.advance(&mut path, columns.memories.at(row), flow, flow.step);
            resets[row] = (zone.resets_high, zone.resets_low);
            let next = flows.get(row + 1).unwrap_or(flow);
            let step = if row + 1 < rows { next.step } else { 0.0 };
            settled += self.cost(flow, next, step, path.low, path.high);
            zoned += self.cost(flow, next, step, zone.low, zone.high);
            paths[row] = path;
            select[row] = if step > 0.0 { path.low } else { path.high };
            steps[row] = step;
            settled_costs[row] = settled;
            zone_costs[row] = zoned;
        }
        let settled = &mut columns.settled[..rows];
        let (mut high, mut low) = (rows, rows);
        for row in (0..rows).rev() {
            let (resets_high, resets_low) = resets[row];
            high = if resets_high { row } else { high };
            low = if resets_low { row } else { low };
            settled[row] = u32::try_from(high.max(low)).unwrap_or(u32::MAX);
        }
    }

    /// At most what the oracle's move `step` from `from` to `to` costs any position, with its
    /// composition within `low` and `high`.
    #[inline(always)]
    fn cost(&self, from: &Flow, to: &Flow, step: f64, low: f64, high: f64) -> f64 {
        // The part of the position between the composition and the oracle; x/(1 − x) ≤ x + 2·x².
        let gap = |flow: &Flow| match step > 0.0 {
            true => {
                let x = (flow.price - low) * flow.inverse;
                if x < 0.5 { larger(x, 0.0) * (1.0 + 2.0 * x) } else { f64::INFINITY }
            }
            false => larger((high - flow.price) * flow.inverse, 0.0),
        };
        let mean = 0.5 * (gap(from) + gap(to)) + 0.25 * step * step;
        3.0 * step.abs() * smaller(mean * self.per_gap, 1.0)
    }

    /// An upper bound on −ln(1 − loss) of any window of a group, from sums over the minutes; but
    /// for roundings, see [`cost`].
    #[inline(always)]
    pub(super) fn rough(&self, columns: &Columns, group: &Group) -> f64 {
        let Group { starts: (first, last_start), last, openings } = *group;
        let far = last_start - first > FARTHEST;
        let first_of = |opening: f64| moved(opening * self.lead, 1.0);
        let memory = |opening| self.updates.between(Memory::default(), first_of(opening)).high;
        let mut memory = larger(memory(openings.0), memory(openings.1));
        if far || memory > 0.4 {
            return f64::INFINITY;
        }
        let mut residue = 0.0;
        if self.updates.remember() {
            for row in first..=last_start {
                memory = larger(memory, columns.memories.at(row).low);
                residue = larger(residue, columns.memories.residue(row));
            }
        }
        // Minutes cost more before it: of a group it is the last window's.
        let warm = (last_start + self.warm_up).min(last);
        let settled = usize::try_from(columns.settled[warm]).unwrap_or(last).min(last);
        let zoned = columns.zone_costs[settled] - columns.zone_costs[first];
        let after = columns.settled_costs[last] - columns.settled_costs[settled];
        let start_fee = 6.0 * self.per_gap * memory * residue;
        // The move from the base to the first oracle price: ∫ min(1, x/width) dx.
        let x = larger(openings.1 * self.lead * self.k - 1.0, 0.0);
        let begin = 3.0 * x * smaller(0.5 * x * self.per_gap, 1.0);
        begin + zoned + after + start_fee
    }

    /// An upper bound on the loss that follows the composition, for rows `start` up to `end`.
    pub(super) fn fine(
        &self,
        flows: &[Flow],
        columns: &Columns,
        window: (usize, usize),
        open: f64,
    ) -> f64 {
        let (start, end) = window;
        let last = end - 1;
        let base = open * self.lead;
        let top = base * self.k;
        let bottom = top * (1.0 - self.width);
        let mut path = Path { low: top, high: top };
        let first = moved(base, flows[start].price);
        let mut memory = self.updates.between(Memory::default(), first);
        self.advance(&mut path, memory, &flows[start], 0.0);
        let mut sum = 0.0;
        let mut row = start;
        while row < last
            && !(path.is_within(&columns.paths[row]) && memory.is_within(&columns.memories.at(row)))
        {
            row += 1;
            let next = &flows[row];
            let q = if next.step > 0.0 { path.low } else { path.high };
            sum += smaller(larger(q, bottom), top) * next.step;
            memory = self.updates.between(memory, next.moved);
            self.advance(&mut path, memory, next, next.step);
        }
        sum += clamped_sum(&columns.select[row..last], &columns.steps[row..last], bottom, top);
        let log = flows[last].log - flows[start].log;
        let falls = flows[last].falls - flows[start].falls;
        let kept = 3.0 * self.balance(base, flows[last].price)
            - 3.0 * (top * log - sum) / (top - bottom)
            - self.bend * falls;
        1.0 - libm::exp(kept) + SLACK
    }
}

/// Σ clamp(q)·step, in lanes.
fn clamped_sum(select: &[f64], steps: &[f64], bottom: f64, top: f64) -> f64 {
    let mut lanes = [0.0; 4];
    let (select, select_rest) = select.as_chunks::<4>();
    let (steps, steps_rest) = steps.as_chunks::<4>();
    for (q, step) in select.iter().zip(steps) {
        for lane in 0..4 {
            lanes[lane] += smaller(larger(q[lane], bottom), top) * step[lane];
        }
    }
    let rest =
        select_rest.iter().zip(steps_rest).map(|(q, step)| smaller(larger(*q, bottom), top) * step);
    lanes.iter().sum::<f64>() + rest.sum::<f64>()
}

/// What the roundings of a bound are well below.
const SLACK: f64 = 1e-9;

/// What rough bounds are compared with: −ln(1 − loss), less what roundings are below. Of a loss
/// near 1 its own last digit is a lot.
pub(super) fn cost(loss: f64) -> f64 {
    -libm::log1p(SLACK - loss)
}

/// Where any composition at all is after a minute, and whether the minute forgot the past.
#[derive(Debug, Clone, Copy, Default)]
struct Zone {
    low: f64,
    high: f64,
    resets_high: bool,
    resets_low: bool,
}

impl Path {
    fn is_within(&self, common: &Self) -> bool {
        self.low >= common.low && self.high <= common.high
    }
}

/// What all windows share at one A, by row. Sums are of the rows before.
#[derive(Debug, Default)]
pub(super) struct Columns {
    paths: Vec<Path>,
    /// The end of the path that makes the next move of the oracle cost more.
    select: Vec<f64>,
    /// The oracle's next move.
    steps: Vec<f64>,
    settled_costs: Vec<f64>,
    zone_costs: Vec<f64>,
    /// The row from which on the path holds for any window that began here.
    settled: Vec<u32>,
    /// Whether the row forgot what is above the path, and what is below.
    resets: Vec<(bool, bool)>,
    /// The same for all settings that are updated alike.
    memories: Memories,
}

impl Columns {
    /// What follows is of settings with these updates.
    pub(super) fn remember(&mut self, updates: Updates, flows: &[Flow]) {
        self.memories = Memories::new(updates, flows);
    }

    /// Room for so many rows; the sums begin with 0.
    fn resize(&mut self, rows: usize) {
        let Self { paths, select, steps, settled, resets, .. } = self;
        paths.resize(rows, Path { low: 0.0, high: 0.0 });
        resets.resize(rows, (false, false));
        settled.resize(rows, 0);
        for column in [select, steps] {
            column.resize(rows, 0.0);
        }
        for sums in [&mut self.settled_costs, &mut self.zone_costs] {
            sums.resize(rows + 1, 0.0);
        }
    }
}
