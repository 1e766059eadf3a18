//! `sim` for JavaScript.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::column::{Column, Text};
use super::reader::{FromWords, Words, inputs};
use super::writer::{ToWords, outputs};
use super::{call, call_with_columns};
use crate::sim::{
    self, Candle, Curve, FeeModel, Objective, Parameter, Partial, Search, Statistic, Trading,
    Window, Worst,
};

/// The name that a column has in TypeScript.
type Float64Array = Column<f64>;

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** Which of Curve's two published simulators the fees are those of. */
export type FeeModel = "v1" | "v2";

/** Whether arbitrageurs also trade where they lose, as the published simulators have it (a
 * defect of theirs), or not. */
export type Trading = "parity" | "guarded";

/** How the worst windows are found: all are simulated; only those that may be among the worst, with
 * the same result; all, and each is held against its bound. */
export type Search = "every" | "pruned" | "checked";

/** What a scan varies. */
export type Parameter = "A" | "fee" | "bands" | "dynamicFeeMultiplier";

/** How many losses make one figure: all; the mean of so many of the largest; expected shortfall, the
 * mean of the worst 1 - level of all. */
export type Statistic = { of: "mean" } | { of: "worst"; count: number } | { of: "shortfall"; level: number };

/** What a setting is to be good for: the least loss, or the least discount that covers it. */
export type Objective = "loss" | "requiredDiscount";

/** How a text of candles is written. */
export type CandleFormat = "json" | "csv" | "csvWithHeader";

/** What the times of a text count. */
export type TimeUnit = "seconds" | "milliseconds" | "microseconds";

/** Why a row is not among the candles: too few fields; one that is no finite number; a price that is
 * not above 0; a high or low that is not one; another unit of time; a time before the last. */
export type LeftOutReason = "fields" | "number" | "price" | "range" | "unit" | "order";
"#;

/// Reads one of some words, in the order of the TypeScript, and writes it.
macro_rules! words {
    ($($type:ty { $first_word:literal $first:ident $($word:literal $variant:ident)* })*) => {$(
        impl FromWords for $type {
            fn take(words: &mut Words) -> Self {
                let all = [Self::$first, $(Self::$variant),*];
                all.get(words.count()).copied().unwrap_or(Self::$first)
            }
        }

        impl ToWords for $type {
            fn put(&self, out: &mut Vec<u64>) {
                match self { Self::$first => $first_word, $(Self::$variant => $word),* }.put(out);
            }
        }
    )*};
}

words! {
    FeeModel { "v1" V1 "v2" V2 }
    Trading { "parity" Parity "guarded" Guarded }
    Search { "every" Every "pruned" Pruned "checked" Checked }
    Parameter { "A" A "fee" Fee "bands" Bands "dynamicFeeMultiplier" DynamicFeeMultiplier }
    Objective { "loss" Loss "requiredDiscount" RequiredDiscount }
    sim::Format { "json" Json "csv" Csv "csvWithHeader" CsvWithHeader }
    sim::TimeUnit { "seconds" Seconds "milliseconds" Milliseconds "microseconds" Microseconds }
    sim::Reason { "fields" Fields "number" Number "price" Price "range" Range "unit" Unit "order" Order }
}

/// Its kind, then the field of that kind.
impl FromWords for Statistic {
    fn take(words: &mut Words) -> Self {
        match words.count() {
            0 => Self::Mean,
            1 => Self::Worst(usize::take(words)),
            _ => Self::Shortfall(f64::take(words)),
        }
    }
}

impl ToWords for i128 {
    fn put(&self, out: &mut Vec<u64>) {
        let magnitude = crate::fixed::U256::from(self.unsigned_abs());
        crate::fixed::I256::new(*self < 0, magnitude).unwrap_or(crate::fixed::I256::ZERO).put(out);
    }
}

inputs! {
    /// Candles as columns.
    Candles for CandleColumns {
        /// When each began, in seconds since 1970; rising.
        time_secs: Float64Array,
        /// First prices.
        open: Float64Array,
        /// Highest prices.
        high: Float64Array,
        /// Lowest prices.
        low: Float64Array,
        /// Last prices.
        close: Float64Array,
    }

    /// Candles alone.
    CandlesInput for CandlesInput {
        /// The candles.
        #[tsify(type = "Candles")]
        candles: Series,
    }

    /// An oracle that is updated only where the price moved away from its answer.
    ThresholdInput for ThresholdInput {
        /// The candles.
        #[tsify(type = "Candles")]
        candles: Series,
        /// How far the price moves until it is updated, as a fraction, at least 0.
        deviation: f64,
        /// Seconds after which it is updated anyway, above 0.
        heartbeat_secs: f64,
    }

    /// A series of prices to average, one for each candle.
    AverageInput for AverageInput {
        /// The candles.
        #[tsify(type = "Candles")]
        candles: Series,
        /// What is averaged.
        prices: Float64Array,
        /// Either this: the time in which half of a difference is forgotten, as the published
        /// simulators count;
        #[tsify(optional)]
        half_life_secs: Option<f64>,
        /// or this: the time constant of e^(-dt/T), as the contracts count.
        #[tsify(optional)]
        ema_time_secs: Option<f64>,
    }

    /// What is simulated. What may be absent is as the fee model's simulator has it.
    Settings for SettingsInput {
        /// Amplification: a band is 1/A of its price wide, 2 to 10000.
        #[serde(rename = "A")]
        A: u32,
        /// Bands of the position, 1 to 50.
        bands: u32,
        /// The fee of a trade, a fraction below 1.
        fee: f64,
        /// How the dynamic fee is made.
        #[tsify(type = "FeeModel")]
        fee_model: FeeModel,
        /// How strongly the distance of the oracle from a band raises its fee; v1 0, v2 0.25.
        #[tsify(optional)]
        dynamic_fee_multiplier: Option<f64>,
        /// v1: the memory of the oracle's moves forgets 1/delay of itself at a time; 2.
        #[tsify(optional)]
        po_fee_delay: Option<u32>,
        /// What the trade costs the arbitrageur elsewhere, a fraction below 1; 0.0005.
        #[tsify(optional)]
        external_fee: Option<f64>,
        /// How far below the first open the position starts, a fraction below 1; 0.
        #[tsify(optional)]
        position_shift: Option<f64>,
        /// Whether arbitrageurs trade where they lose; guarded.
        #[tsify(optional, type = "Trading")]
        trading: Option<Trading>,
    }

    /// A simulation: a position through all of the candles.
    RunInput for RunInput {
        /// The candles of the window.
        #[tsify(type = "Candles")]
        candles: Series,
        /// The oracle price during each of them.
        oracle: Float64Array,
        /// What is simulated.
        #[tsify(type = "Settings")]
        settings: SettingsInput,
    }

    /// Windows of so many rows.
    RowsInput for RowsInput {
        /// Rows of the series.
        rows: usize,
        /// Rows of a window.
        length: usize,
    }

    /// Windows of so much time.
    DurationInput for DurationInput {
        /// The candles.
        #[tsify(type = "Candles")]
        candles: Series,
        /// How long a window lasts, above 0.
        duration_secs: f64,
        /// No window crosses a gap longer than this, above 0.
        longest_gap_secs: f64,
    }

    /// Random windows, as they were published.
    SampledInput for SampledInput {
        /// Rows of the series.
        rows: usize,
        /// The length of a window as a part of the series.
        size: f64,
        /// How many windows.
        count: usize,
        /// From which they are made.
        seed: u64,
    }

    /// Windows as rows of a series.
    Windows for WindowColumns {
        /// The first row of each.
        start: Float64Array,
        /// The row after the last of each.
        end: Float64Array,
    }

    /// A sweep, or a part of one.
    LossTailsInput for LossTailsInput {
        /// The candles of the whole series.
        #[tsify(type = "Candles")]
        candles: Series,
        /// The oracle price during each of them.
        oracle: Float64Array,
        /// The windows.
        #[tsify(type = "Windows")]
        windows: WindowColumns,
        /// The settings.
        #[tsify(type = "Settings[]")]
        grid: Vec<SettingsInput>,
        /// How many of the worst windows are kept.
        kept: usize,
        /// How they are found.
        #[tsify(type = "Search")]
        search: Search,
    }

    /// The worst windows, the largest loss first.
    WorstWindows for WorstColumns {
        /// Their losses.
        loss: Float64Array,
        /// When the first candle of each began, in seconds since 1970.
        start_secs: Float64Array,
        /// When the last candle of each began.
        end_secs: Float64Array,
    }

    /// How much work some windows were.
    Effort for sim::Effort {
        /// Minutes that were simulated.
        #[tsify(type = "number")]
        minutes: u64,
        /// Minutes of all windows.
        #[tsify(type = "number")]
        minutes_in_all: u64,
        /// Windows whose loss was above its bound: all were simulated then.
        #[tsify(type = "number")]
        violations: u64,
    }

    /// The losses of some windows: how many, their sum, and the worst of them.
    LossTail for LossTailColumns {
        /// How many of the worst windows are kept.
        #[tsify(type = "number")]
        kept: usize,
        /// How many windows these are.
        #[tsify(type = "number")]
        windows: u64,
        /// The sum of their losses in units of 2^-64, absent where not every loss was computed. An
        /// integer, since sums of doubles depend on their order.
        #[tsify(optional, type = "bigint")]
        sum: Option<i128>,
        /// The worst of them.
        #[tsify(type = "WorstWindows")]
        worst: WorstColumns,
        /// How much work it was.
        #[tsify(type = "Effort")]
        effort: sim::Effort,
    }

    /// Parts of one sweep.
    MergeInput for MergeInput {
        /// The parts, in any order.
        #[tsify(type = "LossTail[]")]
        tails: Vec<LossTailColumns>,
    }

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

    /// The settings to vary.
    ScanInput for ScanInput {
        /// The settings; scans of scans are grids in two.
        #[tsify(type = "Settings[]")]
        of: Vec<SettingsInput>,
        /// What is varied.
        #[tsify(type = "Parameter")]
        parameter: Parameter,
        /// Its values.
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

    /// Bands of an amplification.
    BandsOfA for BandsOfA {
        /// Amplification, at least 2.
        #[serde(rename = "A")]
        A: u32,
        /// Bands of the position, at least 1.
        bands: u32,
    }

    /// The largest fall in windows of so many rows.
    FallInput for FallInput {
        /// The candles.
        #[tsify(type = "Candles")]
        candles: Series,
        /// Rows of a window.
        rows: usize,
    }

    /// A fall to stretch a window to.
    StretchedTo for StretchedTo {
        /// The fall, a fraction.
        fall: f64,
    }

    /// A text of candles.
    CandleText for CandleText {
        /// JSON rows as Binance gives them, or CSV.
        #[tsify(type = "Uint8Array")]
        text: Text,
    }
}

/// Candles that were columns.
struct Series(Vec<Candle>);

impl FromWords for Series {
    fn take(words: &mut Words) -> Self {
        let CandleColumns { time_secs, open, high, low, close } = CandleColumns::take(words);
        let mut prices = open.0.into_iter().zip(high.0).zip(low.0.into_iter().zip(close.0));
        // JavaScript has checked that the columns have one length.
        let candle = |time_secs| {
            let ((open, high), (low, close)) = prices.next()?;
            Some(Candle { time_secs, open, high, low, close })
        };
        Self(time_secs.0.into_iter().map_while(candle).collect())
    }
}

struct CandleColumns {
    time_secs: Column<f64>,
    open: Column<f64>,
    high: Column<f64>,
    low: Column<f64>,
    close: Column<f64>,
}

impl CandleColumns {
    fn of(candles: &[Candle]) -> Self {
        let column = |field: fn(&Candle) -> f64| Column(candles.iter().map(field).collect());
        Self {
            time_secs: column(|candle| candle.time_secs),
            open: column(|candle| candle.open),
            high: column(|candle| candle.high),
            low: column(|candle| candle.low),
            close: column(|candle| candle.close),
        }
    }
}

impl ToWords for CandleColumns {
    fn put(&self, out: &mut Vec<u64>) {
        [&self.time_secs, &self.open, &self.high, &self.low, &self.close]
            .iter()
            .for_each(|column| column.put(out));
    }
}

struct SettingsInput {
    A: u32,
    bands: u32,
    fee: f64,
    fee_model: FeeModel,
    dynamic_fee_multiplier: Option<f64>,
    po_fee_delay: Option<u32>,
    external_fee: Option<f64>,
    position_shift: Option<f64>,
    trading: Option<Trading>,
}

impl From<SettingsInput> for sim::Settings {
    fn from(i: SettingsInput) -> Self {
        let usual = match i.fee_model {
            FeeModel::V1 => Self::v1(i.A, i.bands, i.fee),
            FeeModel::V2 => Self::v2(i.A, i.bands, i.fee),
        };
        Self {
            dynamic_fee_multiplier: i
                .dynamic_fee_multiplier
                .unwrap_or(usual.dynamic_fee_multiplier),
            po_fee_delay: i.po_fee_delay.unwrap_or(usual.po_fee_delay),
            external_fee: i.external_fee.unwrap_or(usual.external_fee),
            position_shift: i.position_shift.unwrap_or(usual.position_shift),
            trading: i.trading.unwrap_or(usual.trading),
            ..usual
        }
    }
}

/// In the order of `Settings` in TypeScript.
impl ToWords for sim::Settings {
    fn put(&self, out: &mut Vec<u64>) {
        self.A.put(out);
        self.bands.put(out);
        self.fee.put(out);
        self.fee_model.put(out);
        Some(self.dynamic_fee_multiplier).put(out);
        Some(self.po_fee_delay).put(out);
        Some(self.external_fee).put(out);
        Some(self.position_shift).put(out);
        Some(self.trading).put(out);
    }
}

fn settings(grid: Vec<SettingsInput>) -> Vec<sim::Settings> {
    grid.into_iter().map(Into::into).collect()
}

struct WindowColumns {
    start: Column<u32>,
    end: Column<u32>,
}

impl WindowColumns {
    fn of(windows: &[Window]) -> Self {
        let column = |field: fn(&Window) -> u32| Column(windows.iter().map(field).collect());
        Self { start: column(|window| window.start), end: column(|window| window.end) }
    }

    fn windows(&self) -> Vec<Window> {
        let pairs = self.start.0.iter().zip(&self.end.0);
        pairs.map(|(start, end)| Window { start: *start, end: *end }).collect()
    }
}

impl ToWords for WindowColumns {
    fn put(&self, out: &mut Vec<u64>) {
        self.start.put(out);
        self.end.put(out);
    }
}

struct WorstColumns {
    loss: Column<f64>,
    start_secs: Column<f64>,
    end_secs: Column<f64>,
}

impl ToWords for WorstColumns {
    fn put(&self, out: &mut Vec<u64>) {
        self.loss.put(out);
        self.start_secs.put(out);
        self.end_secs.put(out);
    }
}

struct LossTailColumns {
    kept: usize,
    windows: u64,
    sum: Option<i128>,
    worst: WorstColumns,
    effort: sim::Effort,
}

impl From<LossTailColumns> for Partial {
    fn from(tail: LossTailColumns) -> Self {
        let WorstColumns { loss, start_secs, end_secs } = tail.worst;
        let times = start_secs.0.into_iter().zip(end_secs.0);
        let worst = loss.0.into_iter().zip(times);
        Self {
            kept: tail.kept,
            windows: tail.windows,
            sum: tail.sum,
            worst: worst
                .map(|(loss, (start_secs, end_secs))| Worst { loss, start_secs, end_secs })
                .collect(),
            effort: tail.effort,
        }
    }
}

/// In the order of `LossTail` in TypeScript.
impl ToWords for Partial {
    fn put(&self, out: &mut Vec<u64>) {
        let column = |field: fn(&Worst) -> f64| Column(self.worst.iter().map(field).collect());
        self.kept.put(out);
        self.windows.put(out);
        self.sum.put(out);
        column(|worst| worst.loss).put(out);
        column(|worst| worst.start_secs).put(out);
        column(|worst| worst.end_secs).put(out);
        self.effort.minutes.put(out);
        self.effort.minutes_in_all.put(out);
        self.effort.violations.put(out);
    }
}

outputs! {
    /// Every minute of a simulation, as columns.
    RunRecord {
        /// When each candle began, in seconds since 1970.
        time_secs: Float64Array,
        /// The AMM's price after the minute's trades.
        price: Float64Array,
        /// The oracle price during the minute.
        oracle: Float64Array,
        /// The active band after the minute's trades.
        active_band: Float64Array,
        /// Borrowed coins: those of bands 1 to N in the first minute, in the second, and so on.
        x: Float64Array,
        /// Collateral, in the same order.
        y: Float64Array,
        /// What was lost so far, as a fraction; negative where it gained.
        loss: Float64Array,
        /// Edges of the bands: the upper ones of bands 1 to N, and the lower one of band N.
        edges: Float64Array,
    }

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
        /// The least of the best values with and without each event.
        event_low: f64,
        /// The largest of them.
        event_high: f64,
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
        /// The jackknife's standard error of the loss at the best point, over events; absent where
        /// there is one event only, or what is left without one was not kept.
        #[tsify(optional)]
        error: Option<f64>,
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

    /// Candles that are missing.
    CandleGap for sim::Gap {
        /// The index, among the candles, of the first one after the gap.
        #[tsify(type = "number")]
        index: usize,
        /// When the last candle before it began, in seconds since 1970.
        from_secs: f64,
        /// The time from that candle to the next, in seconds.
        length_secs: f64,
    }

    /// A row that is not among the candles.
    LeftOut for sim::LeftOut {
        /// Its number, from 1, with the header.
        #[tsify(type = "number")]
        row: usize,
        /// Why.
        #[tsify(type = "LeftOutReason")]
        reason: sim::Reason,
    }

    /// A candle away from its neighbours.
    CandleOutlier for sim::Outlier {
        /// Its index among the candles.
        #[tsify(type = "number")]
        index: usize,
        /// Its price farthest away from both its neighbours' over the nearer one of these.
        ratio: f64,
    }

    /// What was found in a text of candles. Rows are counted from 1, with the header.
    CandleQuality for sim::Quality {
        /// How the text is written.
        #[tsify(type = "CandleFormat")]
        format: sim::Format,
        /// What its times count.
        #[tsify(type = "TimeUnit")]
        unit: sim::TimeUnit,
        /// Rows in all, without the header.
        #[tsify(type = "number")]
        rows: usize,
        /// When the first candle began, in seconds since 1970.
        first_secs: f64,
        /// When the last candle began.
        last_secs: f64,
        /// The usual time from one candle to the next: the median.
        step_secs: f64,
        /// Where candles are missing.
        #[tsify(type = "CandleGap[]")]
        gaps: Vec<sim::Gap>,
        /// Rows that are no candles, or go back in time.
        #[tsify(type = "LeftOut[]")]
        left_out: Vec<sim::LeftOut>,
        /// Rows at the same time as the candle before; they are kept.
        #[tsify(type = "number[]")]
        duplicates: Vec<usize>,
        /// Candles more than 10 % away from their neighbours; they are kept.
        #[tsify(type = "CandleOutlier[]")]
        outliers: Vec<sim::Outlier>,
    }

    /// Candles, and what was found on the way.
    CandleReading {
        /// The candles as columns.
        #[tsify(type = "Candles")]
        candles: CandleColumns,
        /// What there is to say of them.
        #[tsify(type = "CandleQuality")]
        quality: sim::Quality,
    }
}

/// Candles from a text, and what is wrong with it: no row vanishes.
///
/// JSON rows as Binance gives them, or CSV with or without a header; gzip is undone by `unzip`.
///
/// ```js
/// const text = new TextEncoder().encode("time,open,high,low,close\n0,2,3,1,2\n60,2,3,1,2\n120,2,x,1,2\n");
/// sim.readCandles({ text }).quality.leftOut[0].reason // "number"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = readCandles, unchecked_return_type = "CandleReading")]
pub fn read_candles(
    #[wasm_bindgen(unchecked_param_type = "CandleText")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: CandleText| {
        let sim::Reading { candles, quality } = sim::read_candles(&i.text.0)?;
        Ok(CandleReading { candles: CandleColumns::of(&candles), quality })
    })
}

/// The candles, and after them the same in reverse order: the price goes back the way it came.
///
/// ```js
/// const candles = sim.readCandles({ text: new TextEncoder().encode("0,2,3,1,2\n60,2,3,1,2\n") }).candles;
/// sim.addReverse({ candles }).timeSecs.join() // "0,60,60,120"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = addReverse, unchecked_return_type = "Candles")]
pub fn add_reverse(
    #[wasm_bindgen(unchecked_param_type = "CandlesInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: CandlesInput| {
        Ok(CandleColumns::of(&sim::add_reverse(&i.candles.0)))
    })
}

/// The middle of each candle, (low + high)/2: what version 1 of the simulators averages.
///
/// ```js
/// const candles = sim.readCandles({ text: new TextEncoder().encode("0,2,3,1,2\n60,2,3,1,2\n") }).candles;
/// sim.middlePrices({ candles }).join() // "2,2"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = middlePrices, unchecked_return_type = "Float64Array")]
pub fn middle_prices(
    #[wasm_bindgen(unchecked_param_type = "CandlesInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: CandlesInput| {
        Ok(Column(sim::middle_prices(&i.candles.0)))
    })
}

/// What an oracle says that is updated only where the price moved by `deviation`, or after
/// `heartbeatSecs`, as Chainlink's are. The first answer is the first open; later ones are closes.
///
/// ```js
/// const candles = sim.readCandles({ text: new TextEncoder().encode("0,100,110,90,100.4\n60,100,110,90,101\n") }).candles;
/// sim.thresholdPrices({ candles, deviation: 0.005, heartbeatSecs: 3600 }).join() // "100,101"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = thresholdPrices, unchecked_return_type = "Float64Array")]
pub fn threshold_prices(
    #[wasm_bindgen(unchecked_param_type = "ThresholdInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: ThresholdInput| {
        sim::threshold_prices(&i.candles.0, i.deviation, i.heartbeat_secs).map(Column)
    })
}

/// The moving average of prices, one for each candle, from the first open.
///
/// ema = price·(1 − w) + ema·w with w = 2^(−dt/halfLifeSecs), or w = e^(−dt/emaTimeSecs).
///
/// ```js
/// const candles = sim.readCandles({ text: new TextEncoder().encode("0,1,3,1,3\n600,1,3,1,3\n") }).candles;
/// sim.averagePrices({ candles, prices: candles.close, halfLifeSecs: 600 }).join() // "1,2"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = averagePrices, unchecked_return_type = "Float64Array")]
pub fn average_prices(
    #[wasm_bindgen(unchecked_param_type = "AverageInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: AverageInput| {
        let (candles, prices) = (&i.candles.0, &i.prices.0);
        match (i.half_life_secs, i.ema_time_secs) {
            (Some(secs), None) => sim::ema_half_life(candles, prices, secs).map(Column),
            (None, Some(secs)) => sim::ema_exponential(candles, prices, secs).map(Column),
            _ => Err(crate::Error::invalid(
                &"half_life_secs",
                &"given without ema_time_secs, or absent with it",
            )),
        }
    })
}

/// What a position loses over the candles: 1 − value at the end / value at the start; negative
/// where it gains.
///
/// ```js
/// const lines = [100, 98, 95, 90, 95].map((p, i) => [60 * i, p, p * 1.001, p * 0.999, p].join()).join("\n");
/// const { candles } = sim.readCandles({ text: new TextEncoder().encode(lines) });
/// const settings = { A: 100, bands: 4, fee: 0.006, feeModel: "v1" };
/// sim.loss({ candles, oracle: candles.close, settings }).toFixed(4) // "0.0894"
/// ```
#[wasm_bindgen(js_namespace = sim, unchecked_return_type = "number")]
pub fn loss(
    #[wasm_bindgen(unchecked_param_type = "RunInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: RunInput| {
        sim::loss(&i.candles.0, &i.oracle.0, &i.settings.into())
    })
}

/// The same simulation, with a record of every minute.
///
/// ```js
/// const { candles } = sim.readCandles({ text: new TextEncoder().encode("0,100,100,99,99\n60,99,99,98,98\n") });
/// const settings = { A: 100, bands: 4, fee: 0.006, feeModel: "v1" };
/// sim.run({ candles, oracle: candles.close, settings }).edges.length // 5
/// ```
#[wasm_bindgen(js_namespace = sim, unchecked_return_type = "RunRecord")]
pub fn run(
    #[wasm_bindgen(unchecked_param_type = "RunInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: RunInput| {
        let record = sim::run(&i.candles.0, &i.oracle.0, &i.settings.into())?;
        Ok(RunRecord {
            time_secs: Column(record.time_secs),
            price: Column(record.price),
            oracle: Column(record.oracle),
            active_band: Column(record.active_band.into_iter().map(f64::from).collect()),
            x: Column(record.x),
            y: Column(record.y),
            loss: Column(record.loss),
            edges: Column(record.edges),
        })
    })
}

/// Every window of so many rows.
///
/// ```js
/// sim.windowsByRows({ rows: 10, length: 8 }).end.join() // "8,9,10"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = windowsByRows, unchecked_return_type = "Windows")]
pub fn windows_by_rows(
    #[wasm_bindgen(unchecked_param_type = "RowsInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: RowsInput| {
        sim::windows_by_rows(i.rows, i.length).map(|windows| WindowColumns::of(&windows))
    })
}

/// Every window that lasts so long; none crosses a gap.
///
/// ```js
/// const { candles } = sim.readCandles({ text: new TextEncoder().encode("0,2,3,1,2\n60,2,3,1,2\n120,2,3,1,2\n") });
/// sim.windowsByTime({ candles, durationSecs: 120, longestGapSecs: 300 }).start.join() // "0,1"
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = windowsByTime, unchecked_return_type = "Windows")]
pub fn windows_by_time(
    #[wasm_bindgen(unchecked_param_type = "DurationInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: DurationInput| {
        let windows = sim::windows_by_time(&i.candles.0, i.duration_secs, i.longest_gap_secs)?;
        Ok(WindowColumns::of(&windows))
    })
}

/// Random windows, as the published method takes them: the same for the same seed.
///
/// ```js
/// sim.windowsSampled({ rows: 1000, size: 0.1, count: 50, seed: 7 }).start.length // 50
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = windowsSampled, unchecked_return_type = "Windows")]
pub fn windows_sampled(
    #[wasm_bindgen(unchecked_param_type = "SampledInput")] input: Box<[u64]>,
) -> Box<[u64]> {
    call(input, |i: SampledInput| {
        let windows = sim::windows_sampled(i.rows, i.size, i.count, i.seed)?;
        Ok(WindowColumns::of(&windows))
    })
}

/// A seed from the system's randomness, a whole number below 2^32.
///
/// ```js
/// Number.isInteger(sim.seed()) // true
/// ```
#[wasm_bindgen(js_namespace = sim, unchecked_return_type = "number")]
pub fn seed() -> Box<[u64]> {
    let mut bytes = [0; 4];
    let found = getrandom::getrandom(&mut bytes).map(|()| u32::from_le_bytes(bytes));
    let none = crate::Error::arithmetic(&"seed");
    match found {
        Ok(seed) => super::answer(seed),
        Err(_) => super::refusal::Refusal::Core(none).words(),
    }
}

/// The settings with each of the values of a parameter.
///
/// ```js
/// const settings = { A: 100, bands: 4, fee: 0.006, feeModel: "v1" };
/// sim.scan({ of: [settings], parameter: "A", values: [50, 100] })[0].A // 50
/// ```
#[wasm_bindgen(js_namespace = sim, unchecked_return_type = "Settings[]")]
pub fn scan(#[wasm_bindgen(unchecked_param_type = "ScanInput")] input: Box<[u64]>) -> Box<[u64]> {
    call(input, |i: ScanInput| sim::scan(&settings(i.of), i.parameter, &i.values))
}

/// The worst losses over some windows, for each of the settings, on this thread; `sweep` of
/// "llamath/risk/sweep" splits them over workers.
///
/// ```js
/// const lines = [100, 98, 95, 90, 95, 98, 100].map((p, i) => [60 * i, p, p * 1.001, p * 0.999, p].join()).join("\n");
/// const { candles } = sim.readCandles({ text: new TextEncoder().encode(lines) });
/// const grid = [{ A: 100, bands: 4, fee: 0.006, feeModel: "v1" }];
/// const windows = sim.windowsByRows({ rows: 7, length: 5 });
/// sim.lossTails({ candles, oracle: candles.close, windows, grid, kept: 1, search: "every" })[0].windows // 3
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = lossTails, unchecked_return_type = "LossTail[]")]
pub fn loss_tails(
    #[wasm_bindgen(unchecked_param_type = "LossTailsInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: LossTailsInput| {
        let windows = i.windows.windows();
        let grid = settings(i.grid);
        sim::loss_tails(&i.candles.0, &i.oracle.0, &windows, &grid, i.kept, i.search)
    })
}

/// Parts of one sweep as a whole: the same for any split and any order.
///
/// ```js
/// const worst = { loss: Float64Array.of(0.2), startSecs: Float64Array.of(0), endSecs: Float64Array.of(60) };
/// const tail = { kept: 1, windows: 10, worst, effort: { minutes: 0, minutesInAll: 0, violations: 0 } };
/// sim.mergeTails({ tails: [tail, tail] }).windows // 20
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = mergeTails, unchecked_return_type = "LossTail")]
pub fn merge_tails(
    #[wasm_bindgen(unchecked_param_type = "MergeInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: MergeInput| {
        let merged = i.tails.into_iter().map(Partial::from).reduce(|a, b| a.merge(&b));
        merged.ok_or(crate::Error::invalid(&"tails", &"at least one"))
    })
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
        let grid = settings(i.grid);
        let curve = Curve::new(&grid, &tails, i.statistic, i.objective, i.difference)?;
        let recommended = curve.recommend(&i.values)?;
        let index = |index: &usize| f64::from(u32::try_from(*index).unwrap_or(u32::MAX));
        Ok(LossCurve {
            losses: Column(curve.losses),
            values: Column(curve.values),
            best: curve.best,
            flat: Column(curve.flat.iter().map(index).collect()),
            error: curve.error,
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

/// The largest fall, (highest − lowest later)/highest, in windows of so many rows.
///
/// ```js
/// const { candles } = sim.readCandles({ text: new TextEncoder().encode("0,100,100,99,99\n60,99,99,75,80\n") });
/// sim.largestFall({ candles, rows: 2 }) // 0.25
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = largestFall, unchecked_return_type = "number")]
pub fn largest_fall(
    #[wasm_bindgen(unchecked_param_type = "FallInput")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |i: FallInput| sim::largest_fall(&i.candles.0, i.rows))
}

/// What a position loses in version 2 where its window's fall is stretched to `fall`.
///
/// ```js
/// const { candles } = sim.readCandles({ text: new TextEncoder().encode("0,100,100,99,99\n60,99,99,90,91\n") });
/// const settings = { A: 100, bands: 4, fee: 0.006, feeModel: "v2" };
/// sim.lossAtVolatility({ candles, oracle: candles.close, settings, fall: 0.2 }) > 0 // true
/// ```
#[wasm_bindgen(js_namespace = sim, js_name = lossAtVolatility, unchecked_return_type = "number")]
pub fn loss_at_volatility(
    #[wasm_bindgen(unchecked_param_type = "RunInput & StretchedTo")] input: Box<[u64]>,
    columns: Vec<js_sys::Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |(i, StretchedTo { fall }): (RunInput, _)| {
        sim::loss_at_volatility(&i.candles.0, &i.oracle.0, &i.settings.into(), fall)
    })
}
