//! What the losses advise.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::Float64Array;
use super::run::{SettingsInput, settings};
use super::sweep::LossTailColumns;
use crate::sim::{self, Curve, Objective, Partial, Statistic};
use crate::wasm::column::Column;
use crate::wasm::reader::{FromWords, Words, inputs};
use crate::wasm::words::words;
use crate::wasm::writer::outputs;
use crate::wasm::{call, call_with_columns};

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** How many losses make one figure: all; the mean of so many of the largest; expected shortfall, the
 * mean of the worst 1 - level of all. */
export type Statistic = { of: "mean" } | { of: "worst"; count: number } | { of: "shortfall"; level: number };

/** What a setting is to be good for: the least loss, or the least discount that covers it. */
export type Objective = "loss" | "requiredDiscount";
"#;

words! {
    Objective { "loss" Loss "requiredDiscount" RequiredDiscount }
}

/// Its kind, then the field of that kind.
impl FromWords for Statistic {
    fn take(words: &mut Words) -> Self {
        match words.count() {
            0 => Self::Mean,
            1 => Self::Worst(usize::take(words)),
            _ => {
                let level = f64::take(words);
                if !(0.0..1.0).contains(&level) {
                    words.refuse(1, "a fraction below 1");
                }
                Self::Shortfall(level)
            }
        }
    }
}

inputs! {
    /// A figure over a grid.
    CurveInput for CurveInput {
        /// The settings.
        #[tsify(type = "Settings[]")]
        grid: Vec<SettingsInput>,
        /// What a sweep gave for each.
        #[tsify(type = "LossTail[]")]
        tails: Vec<LossTailColumns>,
        /// How many losses make the figure.
        #[tsify(type = "Statistic")]
        statistic: Statistic,
        /// What a setting is to be good for.
        #[tsify(type = "Objective")]
        objective: Objective,
        /// What a value may be above the least one to count as good as it.
        difference: f64,
        /// The parameter's value at each point of the grid.
        #[tsify(type = "number[]")]
        values: Vec<f64>,
    }

    /// A loss in some bands.
    LossOfA for LossOfA {
        /// The loss, a fraction below 1.
        loss: f64,
        /// Amplification.
        #[serde(rename = "A")]
        A: u32,
        /// Bands of the position.
        bands: u32,
    }

    /// What the loan discount has above the liquidation discount.
    Margin for Margin {
        /// A fraction; Curve's markets were given 0.03, which it is if absent.
        #[tsify(optional)]
        margin: f64 = 0.03,
    }

    /// A figure to be read off a sweep.
    KeptInput for KeptInput {
        /// How many losses make the figure.
        #[tsify(type = "Statistic")]
        statistic: Statistic,
        /// Windows of the sweep.
        windows: usize,
        /// Rows of the longest of them.
        rows: usize,
    }

    /// Bands of an amplification.
    BandsOfA for BandsOfA {
        /// Amplification, at least 2.
        #[serde(rename = "A")]
        A: u32,
        /// Bands of the position, at least 1.
        bands: u32,
    }
}

outputs! {
    /// A crash: worst windows that overlap in time.
    CrashEvent for sim::Event {
        /// When the first of its windows began, in seconds since 1970.
        start_secs: f64,
        /// When the last candle of its windows began.
        end_secs: f64,
        /// How many of the worst windows it has.
        #[tsify(type = "number")]
        windows: usize,
        /// The largest loss among them.
        loss: f64,
    }

    /// What an event does to a result.
    EventEffect for sim::EventEffect {
        /// The event.
        #[tsify(type = "CrashEvent")]
        event: sim::Event,
        /// The loss at the best point without its windows; absent where that was not kept.
        #[tsify(optional)]
        loss_without: Option<f64>,
        /// The index of the best point without them; absent where that was not kept.
        #[tsify(optional)]
        best_without: Option<f64>,
    }

    /// The value of a parameter to choose, and how sure that is.
    Recommended for sim::Recommendation {
        /// The value at the best point.
        value: f64,
        /// The least value that is as good, within the difference stated.
        flat_low: f64,
        /// The largest value that is as good.
        flat_high: f64,
        /// The least of the best values with and without each event; absent where an event could
        /// not be left out for want of kept windows.
        #[tsify(optional)]
        event_low: Option<f64>,
        /// The largest of them.
        #[tsify(optional)]
        event_high: Option<f64>,
    }

    /// Where a figure may be that comes from a few events: what it is without one at a time.
    Jackknife for sim::Jackknife {
        /// The standard error.
        error: f64,
        /// The lower end of the 95 % interval, by Student's distribution.
        low: f64,
        /// Its upper end.
        high: f64,
    }

    /// One figure for each point of a grid.
    LossCurve {
        /// The loss at each point.
        losses: Float64Array,
        /// What is to be small at each point.
        values: Float64Array,
        /// The index of the point with the least value.
        #[tsify(type = "number")]
        best: usize,
        /// The indices of all points within the stated difference of it.
        flat: Float64Array,
        /// Where the loss at the best point may be, over its events; absent where there is one event
        /// only, or what is left without one was not kept.
        #[tsify(optional, type = "Jackknife")]
        jackknife: Option<sim::Jackknife>,
        /// How many of the worst windows must be kept, at least, to leave each event out; absent
        /// where enough were.
        #[tsify(optional, type = "number")]
        kept_needed: Option<usize>,
        /// The events behind the loss at the best point, that with the largest loss first.
        #[tsify(type = "EventEffect[]")]
        events: Vec<sim::EventEffect>,
        /// The parameter's value to choose.
        #[tsify(type = "Recommended")]
        recommended: sim::Recommendation,
    }

    /// The discounts of a market.
    Discounts for sim::Discounts {
        /// How far below the value of the collateral a debt is liquidated: the loss.
        liquidation_discount: f64,
        /// How far below it a new debt must stay: the margin more.
        loan_discount: f64,
        /// What covers the loss and the width of the bands.
        required_discount: f64,
    }
}

/// How many of the worst windows to keep for a figure so that, as a rule, any event can be left
/// out: twice those of the figure, and four windows' rows; all windows if these are fewer.
///
/// ```js
/// sim.kept({ statistic: { of: "worst", count: 50 }, windows: 1_050_000, rows: 216 }) // 964
/// ```
#[wasm_bindgen(js_namespace = sim, unchecked_return_type = "number")]
pub fn kept(#[wasm_bindgen(unchecked_param_type = "KeptInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: KeptInput| Ok(i.statistic.kept(i.windows, i.rows)))
}

/// A figure over the points of a grid: where it is best, how flat it is there, and what of it
/// hangs on a single event.
///
/// ```js
/// const tail = (loss) => ({
///   kept: 1, windows: 10, effort: { minutes: 0, minutesInAll: 0, violations: 0 },
///   worst: { loss: Float64Array.of(loss), startSecs: Float64Array.of(0), endSecs: Float64Array.of(60) },
/// });
/// const grid = [20, 50, 100].map((A) => ({ A, bands: 4, fee: 0.006, feeModel: "v1" }));
/// const { recommended } = sim.curve({
///   grid, tails: [0.06, 0.08, 0.1].map(tail), statistic: { of: "worst", count: 1 },
///   objective: "requiredDiscount", difference: 0.005, values: [20, 50, 100],
/// });
/// recommended.value // 50
/// ```
#[wasm_bindgen(js_namespace = sim, unchecked_return_type = "LossCurve")]
pub fn curve(
    #[wasm_bindgen(unchecked_param_type = "CurveInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: CurveInput| {
        let tails: Vec<Partial> = i.tails.into_iter().map(Into::into).collect();
        let grid = settings(i.grid)?;
        let curve = Curve::new(&grid, &tails, i.statistic, i.objective, i.difference)?;
        let recommended = curve.recommend(&i.values)?;
        let index = |index: &usize| f64::from(u32::try_from(*index).unwrap_or(u32::MAX));
        Ok(LossCurve {
            losses: Column(curve.losses),
            values: Column(curve.values),
            best: curve.best,
            flat: Column(curve.flat.iter().map(index).collect()),
            jackknife: curve.jackknife,
            kept_needed: curve.kept_needed,
            events: curve.events,
            recommended,
        })
    })
}

/// What a position in `bands` bands brings where the price falls slowly through all of them, over
/// what its collateral is worth at their upper edge: the mean of ((A − 1)/A)^(k + ½), k < bands.
///
/// ```js
/// sim.bandCoefficient({ A: 100, bands: 4 }).toFixed(7) // "0.9801619"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = bandCoefficient, unchecked_return_type = "number")]
pub fn band_coefficient(
    #[wasm_bindgen(unchecked_param_type = "BandsOfA")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: BandsOfA| sim::band_coefficient(i.A, i.bands))
}

/// The discount that covers a loss in soft-liquidation and the width of the bands:
/// 1 − (1 − loss)·bandCoefficient.
///
/// ```js
/// sim.requiredDiscount({ loss: 0.0921, A: 100, bands: 4 }).toFixed(4) // "0.1101"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = requiredDiscount, unchecked_return_type = "number")]
pub fn required_discount(
    #[wasm_bindgen(unchecked_param_type = "LossOfA")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: LossOfA| sim::required_discount(i.loss, i.A, i.bands))
}

/// The discounts that a loss asks for: liquidation at the loss, loans the margin above it.
///
/// ```js
/// sim.discounts({ loss: 0.0625, A: 100, bands: 4 }).loanDiscount // 0.0925
/// ```
#[wasm_bindgen(js_namespace = sim, unchecked_return_type = "Discounts")]
pub fn discounts(
    #[wasm_bindgen(unchecked_param_type = "LossOfA & Margin")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |(i, Margin { margin }): (LossOfA, _)| sim::discounts(i.loss, i.A, i.bands, margin))
}
