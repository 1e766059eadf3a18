//! The windows of a series.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::Float64Array;
use super::candles::Series;
use crate::error::{Error, Name, Result};
use crate::sim::{self, Window};
use crate::wasm::column::Column;
use crate::wasm::reader::inputs;
use crate::wasm::refusal::Refusal;
use crate::wasm::writer::ToWords;
use crate::wasm::{answer, call, call_with_columns};

inputs! {
    /// Windows of so many rows.
    RowsInput for RowsInput {
        /// Rows of the series, at most 10 million.
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
        /// How many windows, at most 10 million.
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
}

pub(super) struct WindowColumns {
    start: Column<u32>,
    end: Column<u32>,
}

impl WindowColumns {
    fn of(windows: &[Window]) -> Self {
        let column = |field: fn(&Window) -> u32| Column(windows.iter().map(field).collect());
        Self { start: column(|window| window.start), end: column(|window| window.end) }
    }

    pub(super) fn windows(&self) -> Vec<Window> {
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

/// Refuses more than a column that comes in may have: they could not be given on.
fn check_few(field: Name, count: usize) -> Result<()> {
    match count <= 10_000_000 {
        true => Ok(()),
        false => Err(Error::invalid(field, &"at most 10000000")),
    }
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
        check_few(&"rows", i.rows)?;
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
        check_few(&"count", i.count)?;
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
    let none = Error::arithmetic(&"seed");
    match found {
        Ok(seed) => answer(seed),
        Err(_) => Refusal::Core(none).words(),
    }
}
