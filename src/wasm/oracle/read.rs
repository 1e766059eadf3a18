//! Rounds, observations and prices from files.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::RoundColumns;
use super::uniswap::ObservationColumns;
use crate::oracle;
use crate::wasm::call_with_columns;
use crate::wasm::column::{Rows, Text};
use crate::wasm::reader::inputs;
use crate::wasm::writer::outputs;

inputs! {
    /// A file with rounds.
    RoundsFileInput for RoundsFileInput {
        /// Its bytes, decompressed (`unzip`): text in UTF-8, at most 200 MB.
        #[tsify(type = "Uint8Array")]
        text: Text,
        /// Decimals of the feed's answers, 0 to 77.
        decimals: u32,
    }

    /// A file.
    FileInput for FileInput {
        /// Its bytes, decompressed (`unzip`): text in UTF-8, at most 200 MB.
        #[tsify(type = "Uint8Array")]
        text: Text,
    }
}

outputs! {
    /// The rounds of a file.
    RoundFile {
        /// In the order of the file.
        #[tsify(type = "Rounds")]
        rounds: RoundColumns,
        /// Whether the file has no ids, so that its rows were numbered: phase 1, from 1 on. What
        /// rests on the start of a phase then rests on the first row being one.
        numbered: bool,
    }

    /// Prices over time: two columns of one length.
    Prices {
        /// Seconds since 1970.
        #[tsify(type = "Float64Array")]
        times: Vec<u64> = Rows,
        /// The price at each time.
        #[tsify(type = "Float64Array")]
        values: Vec<f64> = Rows,
    }
}

impl Prices {
    pub(super) fn of((times, values): oracle::Prices) -> Self {
        Self { times, values }
    }
}

/// The Chainlink rounds of a file: CSV, or JSON as services write tables.
///
/// Columns `round_id`, `answer` and `updated_at` (or `timestamp`, `time`, `ts`), in a table
/// without names in that order. The answer is a whole number of the feed's decimals; a column
/// `price` in its stead is in whole units. The id may be absent. An error names the column and
/// the row, which counts from 0 below the header.
///
/// ```js
/// const text = new TextEncoder().encode("round_id,answer,updated_at\n18446744073709551617,361712600000,1736006552");
/// const { rounds, numbered } = oracle.readRounds({ text, decimals: 8 });
/// rounds.answers[0] // 361712600000n
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = readRounds, unchecked_return_type = "RoundFile")]
pub fn read_rounds(
    #[wasm_bindgen(unchecked_param_type = "RoundsFileInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |RoundsFileInput { text, decimals }| {
        let file = oracle::read_rounds(&text.0, decimals)?;
        Ok(RoundFile { rounds: RoundColumns::of(file.rounds), numbered: file.numbered })
    })
}

/// The observations of a Uniswap v3 pool in a file: CSV or JSON.
///
/// Columns `timestamp` (or `blockTimestamp`), `tickCumulative` and
/// `secondsPerLiquidityCumulativeX128`, or their snake_case; in a table without names in that
/// order. An error names the column and the row, which counts from 0 below the header.
///
/// ```js
/// const text = new TextEncoder().encode("timestamp,tickCumulative,secondsPerLiquidityCumulativeX128\n9,-70,5404");
/// oracle.readObservations({ text }).tickCumulatives[0] // -70n
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = readObservations, unchecked_return_type = "Observations")]
pub fn read_observations(
    #[wasm_bindgen(unchecked_param_type = "FileInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |FileInput { text }| {
        oracle::read_observations(&text.0).map(ObservationColumns::of)
    })
}

/// The prices of a file: CSV or JSON.
///
/// Columns `timestamp` (or `time`, `ts`, `t`; seconds since 1970 or UTC dates) and `close` (or
/// `price`, `value`, `c`), in a table without names in that order. Prices are above 0. An error
/// names the column and the row, which counts from 0 below the header.
///
/// ```js
/// const text = new TextEncoder().encode("ts,close\n1736009220,3618.79");
/// const { times, values } = oracle.readPrices({ text });
/// times[0] // 1736009220
/// values[0] // 3618.79
/// ```
#[wasm_bindgen(js_namespace = oracle, js_name = readPrices, unchecked_return_type = "Prices")]
pub fn read_prices(
    #[wasm_bindgen(unchecked_param_type = "FileInput")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Box<[u64]> {
    call_with_columns(input, columns, |FileInput { text }| {
        oracle::read_prices(&text.0).map(Prices::of)
    })
}
