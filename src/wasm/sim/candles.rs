//! Candles: read, and the prices that are made of them.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::Float64Array;
use crate::error::Error;
use crate::sim::{self, Candle, Format, Reason, TimeUnit};
use crate::wasm::call_with_columns;
use crate::wasm::column::{Column, Text};
use crate::wasm::reader::{FromWords, Words, inputs};
use crate::wasm::words::words;
use crate::wasm::writer::{ToWords, outputs};

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** How a text of candles is written. */
export type CandleFormat = "json" | "csv" | "csvWithHeader";

/** What the times of a text count. */
export type TimeUnit = "seconds" | "milliseconds" | "microseconds";

/** Why a row is not among the candles: too few fields; one that is no finite number; a price that is
 * not above 0; a high or low that is not one; another unit of time; a time before the last. */
export type LeftOutReason = "fields" | "number" | "price" | "range" | "unit" | "order";
"#;

words! {
    Format { "json" Json "csv" Csv "csvWithHeader" CsvWithHeader }
    TimeUnit { "seconds" Seconds "milliseconds" Milliseconds "microseconds" Microseconds }
    Reason {
        "fields" Fields "number" Number "price" Price "range" Range "unit" Unit
        "order" Order
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

    /// A text of candles.
    CandleText for CandleText {
        /// JSON rows as Binance gives them, or CSV.
        #[tsify(type = "Uint8Array")]
        text: Text,
    }
}

/// Candles that were columns.
pub(super) struct Series(pub(super) Vec<Candle>);

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

pub(super) struct CandleColumns {
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

outputs! {
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
        reason: Reason,
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
        format: Format,
        /// What its times count.
        #[tsify(type = "TimeUnit")]
        unit: TimeUnit,
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
            _ => Err(Error::invalid(
                &"half_life_secs",
                &"given without ema_time_secs, or absent with it",
            )),
        }
    })
}
