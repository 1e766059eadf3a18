//! An upper bound on the loss of a window, a hundred times cheaper than the loss.
//!
//! TODO argument
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "rows of columns that were made for the windows' rows; checked access costs time here"
)]

use super::engine::Minute;
use crate::sim::fee::moved;
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
    moved: f64,
    /// The logarithm of the oracle's move from the minute before, and of all moves so far.
    step: f64,
    log: f64,
}

/// The minutes as the bound sees them.
pub(super) fn flows(minutes: &[Minute]) -> Vec<Flow> {
    let mut last = minutes.first().map_or(1.0, |minute| minute.oracle.price);
    let mut log = 0.0;
    let flow = |minute: &Minute| {
        let price = minute.oracle.price;
        let step = libm::log(price / last);
        last = price;
        log += step;
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
        }
    };
    minutes.iter().map(flow).collect()
}

/// What is between the composition that arbitrageurs aim at and the one they stop at.
///
/// ℓ: the logarithm of the market's price over the AMM's after the trade, from `low` to `high`.
#[derive(Debug, Clone, Copy)]
struct Toll {
    low: f64,
    high: f64,
}

impl Toll {
    fn or(self, other: Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.max(other.high) }
    }
}

/// Minutes after which less than `TOLERANCE` is left of a memory below 1.
fn warm_up(kept: f64) -> usize {
    let mut left = 1.0;
    (0..10_000)
        .take_while(|_| {
            left *= kept;
            left > TOLERANCE
        })
        .count()
        + 1
}

/// A toll from which on nothing is known of where trading stops.
const TOO_HIGH: f64 = 2.0;
/// A fee is at most this part of a toll that it is half of: d ≤ 1.4·ln(1 + d) for d ≤ 1.
const FEE_OF_TOLL: f64 = 0.7;

/// ln((1 + d)/(1 − d)) from above, or that nothing is known of it.
fn both_ways(d: f64) -> f64 {
    if d < 0.5 { 2.0 * d + d * d * d } else { TOO_HIGH }
}

/// The constants of a bound at one A.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    a: f64,
    k: f64,
    bands: u32,
    model: FeeModel,
    lead: f64,
    /// (P_top − P_bottom)/P_top = 1 − kᴺ.
    width: f64,
    /// 1/(k·width): at most how much of the position's value is in a relative gap of 1.
    per_gap: f64,
    /// Minutes after which less than `TOLERANCE` is left of the start's memory.
    warm_up: usize,
    /// 3·w_max·max(s − σ(s)): see the argument.
    bend: f64,
    /// The tolls of the fee alone.
    up: Toll,
    down: Toll,
    multiplier: f64,
    /// 2·ln(1/k): the width of a band in logarithms of the AMM's price.
    band: f64,
    kept: f64,
    kept_all: f64,
    gained_all: f64,
}

/// Where the composition of any window is after a minute: the oracle price at which it would
/// be in balance, from `low` to `high`; and the memory of version 1.
#[derive(Debug, Clone, Copy)]
struct Path {
    low: f64,
    high: f64,
    memory_low: f64,
    memory_high: f64,
}

/// e^x from below and above, for x from 0 to 1.
fn raised(x: f64) -> (f64, f64) {
    let low = 1.0 + x + 0.5 * x * x;
    (low, low + 0.25 * x * x * x)
}

/// e^(−x) from below and above, for x from 0 to 1.
fn lowered(x: f64) -> (f64, f64) {
    let high = 1.0 - x + 0.5 * x * x;
    (high - x * x * x / 6.0, high)
}

impl Bound {
    /// The bound for checked settings, if there is one.
    pub(super) fn new(settings: &Settings) -> Option<Self> {
        let a = f64::from(settings.A);
        let k = (a - 1.0) / a;
        let fee = settings.fee;
        let width = 1.0 - libm::pow(k, f64::from(settings.bands));
        let heaviest = (1.0 - k) / width;
        let kept = if settings.fee_model == FeeModel::V1 { settings.kept() } else { 0.0 };
        let kept_all = libm::pow(kept, f64::from(settings.bands));
        let (more, less) = (libm::log1p(fee), -libm::log1p(-fee));
        let exactly = |toll: f64| Toll { low: toll, high: toll };
        let (up, down) = match settings.fee_model {
            FeeModel::V1 => (exactly(more + less), exactly(more + less)),
            FeeModel::V2 => (exactly(2.0 * less), exactly(2.0 * more)),
        };
        let is_provable = settings.trading == Trading::Guarded
            && settings.dynamic_fee_multiplier < 0.4
            && fee < 0.3;
        is_provable.then_some(Self {
            a,
            k,
            bands: settings.bands,
            model: settings.fee_model,
            lead: settings.lead(),
            width,
            per_gap: 1.0 / (k * width),
            warm_up: warm_up(kept),
            bend: 3.0 * heaviest * (4.0 / 27.0) / (a - 1.0),
            up,
            down,
            multiplier: settings.dynamic_fee_multiplier,
            band: -2.0 * libm::log(k),
            kept,
            kept_all,
            gained_all: kept / (1.0 - kept) * (1.0 - kept_all),
        })
    }

    /// The tolls up and down of a minute.
    #[inline(always)]
    fn tolls(&self, flow: &Flow, path: &Path) -> (Toll, Toll) {
        let (mut up, mut down) = (self.up, self.down);
        if self.kept > 0.0 {
            let (low, high) = (path.memory_low, path.memory_high);
            // 2·artanh(d)
            let toll = Toll { low: 2.0 * low, high: both_ways(high) };
            (up, down) = (up.or(toll), down.or(toll));
        }
        if self.multiplier > 0.0 {
            up = up.or(self.band_toll_up(flow.high));
            down = down.or(self.band_toll_down(flow.low));
        }
        (up, down)
    }

    /// The toll that the distance of the oracle from the bands adds, where z = ln(high/po).
    fn band_toll_up(&self, z: f64) -> Toll {
        let (m, band) = (self.multiplier, self.band);
        let far = z.abs();
        match self.model {
            FeeModel::V1 => {
                let half = 0.5 * m;
                if z < 0.0 {
                    let near = (far - band).clamp(0.0, 1.0);
                    let low = m * (near - 0.5 * near * near);
                    return Toll { low, high: (m * (far + band)).max(m * far / (1.0 - m)) };
                }
                let high = both_ways(half * (z + z * z));
                let low = m * (z - band - high).max(0.0);
                Toll { low, high: if z < 0.5 { high } else { TOO_HIGH } }
            }
            FeeModel::V2 => {
                let least = |w: f64| 2.0 * (m * w - 0.5 * m * (1.0 - m) * w * w);
                if z < 0.0 {
                    let low = least((far - band).clamp(0.0, 1.0));
                    let high = (m * (far + band)).max(m * far / (1.0 - 2.0 * m));
                    return Toll { low, high: 2.0 * high };
                }
                let low = least((z - 2.0 * m * z).min(1.0));
                let low = least((z - 2.0 * m * (z - low).max(0.0)).clamp(0.0, 1.0));
                Toll { low, high: 2.0 * m * (z + band) }
            }
        }
    }

    /// The same where z = ln(low/po).
    fn band_toll_down(&self, z: f64) -> Toll {
        let (m, band) = (self.multiplier, self.band);
        let far = z.abs();
        match self.model {
            FeeModel::V1 => {
                if z < 0.0 {
                    let near = (far - band - m * far).clamp(0.0, 1.0);
                    return Toll { low: m * (near - 0.5 * near * near), high: m * far };
                }
                let growth = 1.365 * m;
                let high = growth * z / (1.0 - growth);
                let low = m * (z - band).max(0.0);
                Toll { low, high: if z + high < 0.5 { high } else { TOO_HIGH } }
            }
            FeeModel::V2 => {
                let least = |w: f64| 2.0 * (m * w - 0.5 * m * (1.0 + m) * w * w);
                let low = if z < 0.0 {
                    let near = (far - band).max(0.0);
                    let low = least((near - 2.0 * m * near).min(0.5));
                    least((near - 2.0 * m * (near - low).max(0.0)).clamp(0.0, 0.5))
                } else {
                    least(z.min(0.5))
                };
                let high = far.max((z.max(0.0) + band) / (1.0 - 2.0 * m));
                Toll { low, high: 2.0 * m * high }
            }
        }
    }

    /// One minute: the oracle moves by `step`, then arbitrageurs trade.
    #[inline(always)]
    fn advance(&self, path: &mut Path, flow: &Flow, moved: f64, step: f64) -> Zone {
        if self.kept > 0.0 {
            let (low, high) = (path.memory_low, path.memory_high);
            let all = moved * self.gained_all;
            path.memory_low = ((low + moved) * self.kept).min(low * self.kept_all + all);
            path.memory_high = ((high + moved) * self.kept).max(high * self.kept_all + all);
        }
        let (up, down) = self.tolls(flow, path);
        // The amounts stay while the oracle moves; the composition they are does not quite.
        let drift = 0.75 * step / (self.a - 1.0);
        path.high *= 1.0 + drift.max(0.0);
        path.low *= 1.0 + drift.min(0.0);
        let is_small = up.high < TOO_HIGH && down.high < TOO_HIGH && path.memory_high < 0.5;
        // What the fee adds moves the composition within its band.
        let (up_fee, down_fee) = (FEE_OF_TOLL * up.high, FEE_OF_TOLL * down.high);
        let (up_more, down_more) = (up_fee / (self.a - 1.0), down_fee / (self.a - 1.0));
        let (up_least, up_most) = (raised(0.5 * up.low).0, raised(0.5 * up.high).1);
        let (down_least, down_most) = (lowered(0.5 * down.high).0, lowered(0.5 * down.low).1);
        let bought = flow.rich * if is_small { up_most } else { f64::INFINITY };
        let bought_least = flow.rich * up_least * (1.0 - up_more);
        let sold = flow.poor * if is_small { down_least } else { 0.0 };
        let sold_most = flow.poor * down_most * (1.0 + down_more);
        let resets_high = bought <= path.high;
        path.high = path.high.min(bought);
        path.low = path.low.min(bought_least);
        let resets_low = sold >= path.low;
        path.high = path.high.max(sold_most);
        path.low = path.low.max(sold);
        Zone { low: sold, high: bought.max(sold_most), resets_high, resets_low }
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
                    0.25 * self.band + below
                };
            top = bottom;
            weight *= self.k;
            below -= 0.5 * self.band;
        }
        sum
    }

    /// Fills the columns for the minutes of a stretch of the series.
    pub(super) fn fill(&self, columns: &mut Columns, flows: &[Flow]) {
        columns.clear();
        let rows = flows.len();
        let mut path = Path { low: 0.0, high: f64::INFINITY, memory_low: 0.0, memory_high: 0.0 };
        let (mut settled, mut zoned, mut falls) = (0.0, 0.0, 0.0);
        for (row, flow) in flows.iter().enumerate() {
            let zone = self.advance(&mut path, flow, flow.moved, flow.step);
            columns.resets.push((zone.resets_high, zone.resets_low));
            path.memory_low = (path.memory_low - TOLERANCE).max(0.0);
            path.memory_high += TOLERANCE;
            let next = flows.get(row + 1).copied().unwrap_or(Flow { step: 0.0, ..*flow });
            settled += self.cost(flow, &next, path.low, path.high);
            zoned += self.cost(flow, &next, zone.low, zone.high);
            falls -= next.step.min(0.0);
            columns.paths.push(path);
            columns.select.push(if next.step > 0.0 { path.low } else { path.high });
            columns.steps.push(next.step);
            columns.settled_costs.push(settled);
            columns.zone_costs.push(zoned);
            columns.falls.push(falls);
        }
        columns.settled.resize(rows, 0);
        columns.residues.resize(rows + 1, 0.0);
        let (mut high, mut low) = (rows, rows);
        for row in (0..rows).rev() {
            let (resets_high, resets_low) = columns.resets[row];
            high = if resets_high { row } else { high };
            low = if resets_low { row } else { low };
            columns.settled[row] = u32::try_from(high.max(low)).unwrap_or(u32::MAX);
            columns.residues[row] =
                columns.steps[row].abs() + self.kept * columns.residues[row + 1];
        }
    }

    /// At most what the oracle's move from `from` to `to` costs any position, with its
    /// composition within `low` and `high`.
    #[inline(always)]
    fn cost(&self, from: &Flow, to: &Flow, low: f64, high: f64) -> f64 {
        let step = to.step;
        // The part of the position between the composition and the oracle; x/(1 − x) ≤ x + 2·x².
        let gap = |flow: &Flow| match step > 0.0 {
            true => {
                let x = (flow.price - low) * flow.inverse;
                if x < 0.5 { x.max(0.0) * (1.0 + 2.0 * x) } else { f64::INFINITY }
            }
            false => ((high - flow.price) * flow.inverse).max(0.0),
        };
        let mean = 0.5 * (gap(from) + gap(to)) + 0.25 * step * step;
        3.0 * step.abs() * (mean * self.per_gap).min(1.0)
    }

    /// An upper bound on −ln(1 − loss) from sums over the minutes, for rows `start` up to `end`.
    pub(super) fn rough(
        &self,
        flows: &[Flow],
        columns: &Columns,
        window: (usize, usize),
        open: f64,
    ) -> f64 {
        let (start, end) = window;
        let last = end - 1;
        let base = open * self.lead;
        let first = moved(base, flows[start].price);
        let memory = (first * self.kept).max(first * self.gained_all);
        if memory > 0.4 {
            return f64::INFINITY;
        }
        let memory = memory.max(columns.paths[start].memory_low);
        let warm = (start + self.warm_up).min(last);
        let settled = usize::try_from(columns.settled[warm]).unwrap_or(last).min(last);
        let zoned = columns.zone_costs[settled] - columns.zone_costs[start];
        let after = columns.settled_costs[last] - columns.settled_costs[settled];
        let start_fee = 6.0 * self.per_gap * memory * columns.residues[start];
        // The move from the base to the first oracle price: ∫ min(1, x/width) dx.
        let x = (base * self.k / flows[start].price - 1.0).max(0.0);
        let begin = 3.0 * x * (0.5 * x * self.per_gap).min(1.0);
        begin + zoned + after + start_fee + SLACK
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
        let mut path = Path { low: top, high: top, memory_low: 0.0, memory_high: 0.0 };
        self.advance(&mut path, &flows[start], moved(base, flows[start].price), 0.0);
        let mut sum = 0.0;
        let mut row = start;
        while row < last && !path.is_within(&columns.paths[row]) {
            row += 1;
            let next = &flows[row];
            let q = if next.step > 0.0 { path.low } else { path.high };
            sum += q.max(bottom).min(top) * next.step;
            self.advance(&mut path, next, next.moved, next.step);
        }
        sum += clamped_sum(&columns.select[row..last], &columns.steps[row..last], bottom, top);
        let log = flows[last].log - flows[start].log;
        let falls = columns.falls[last] - columns.falls[start];
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
            lanes[lane] += q[lane].max(bottom).min(top) * step[lane];
        }
    }
    let rest = select_rest.iter().zip(steps_rest).map(|(q, step)| q.max(bottom).min(top) * step);
    lanes.iter().sum::<f64>() + rest.sum::<f64>()
}

/// What the roundings of a bound are well below.
const SLACK: f64 = 1e-9;
/// How much of the start's memory may be left where the common columns take over.
const TOLERANCE: f64 = 1e-6;

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
        self.low >= common.low
            && self.high <= common.high
            && self.memory_low >= common.memory_low
            && self.memory_high <= common.memory_high
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
    falls: Vec<f64>,
    /// The row from which on the path holds for any window that began here.
    settled: Vec<u32>,
    /// Σ |step|·keptʲ over the rows from here.
    residues: Vec<f64>,
    /// Whether the row forgot what is above the path, and what is below.
    resets: Vec<(bool, bool)>,
}

impl Columns {
    fn clear(&mut self) {
        self.paths.clear();
        self.select.clear();
        self.steps.clear();
        self.settled.clear();
        self.residues.clear();
        self.resets.clear();
        for sums in [&mut self.settled_costs, &mut self.zone_costs, &mut self.falls] {
            sums.clear();
            sums.push(0.0);
        }
    }
}
