//! One position through one window.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::Float64Array;
use super::candles::Series;
use crate::sim::{self, FeeModel, Trading};
use crate::wasm::call_with_columns;
use crate::wasm::column::Column;
use crate::wasm::reader::inputs;
use crate::wasm::words::words;
use crate::wasm::writer::{ToWords, outputs};

#[wasm_bindgen(typescript_custom_section)]
const WORDS: &str = r#"
/** Which of Curve's two published simulators the fees are those of. */
export type FeeModel = "v1" | "v2";

/** Whether arbitrageurs also trade where they lose, as the published simulators have it (a
 * defect of theirs), or not. */
export type Trading = "parity" | "guarded";
"#;

words! {
    FeeModel { "v1" V1 "v2" V2 }
    Trading { "parity" Parity "guarded" Guarded }
}

inputs! {
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
}

pub(super) struct SettingsInput {
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

pub(super) fn settings(grid: Vec<SettingsInput>) -> Vec<sim::Settings> {
    grid.into_iter().map(Into::into).collect()
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
