//! The APR of many pools: columns are read in blocks.

use js_sys::Float64Array;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::farm;
use crate::wasm::read;
use crate::wasm::reader::{FromWords, Words, take_or};
use crate::wasm::refusal::Refusal;

/// The same for many pools: a number where it is the same for all, a column where not.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only its TypeScript is used: columns are read in blocks")]
pub struct AprColumns {
    /// Allocation points of each pool, 0 to `totalAllocPoint`.
    #[tsify(type = "number | Float64Array")]
    alloc_point: JsValue,
    /// Allocation points of all pools of the farm, above 0.
    #[tsify(type = "number | Float64Array")]
    total_alloc_point: JsValue,
    /// Tokens emitted for all pools together every `emissionSecs`, at least 0.
    #[tsify(type = "number | Float64Array")]
    emission: JsValue,
    /// Seconds per emission, above 0.
    #[tsify(type = "number | Float64Array")]
    emission_secs: JsValue,
    /// Price of the emitted token in USD, above 0.
    #[tsify(type = "number | Float64Array")]
    token_price_usd: JsValue,
    /// Value of all that is staked in the pool in USD, above 0.
    #[tsify(type = "number | Float64Array")]
    staked_usd: JsValue,
    /// Seconds of a year, above 0; 31536000 (365 days) if absent.
    #[tsify(optional, type = "number | Float64Array")]
    year_secs: JsValue,
}

/// The APR of many pools at once: `result[i]` is what `farm.apr` gives for row i.
///
/// Each field is a number, the same for all pools, or a `Float64Array` with one value a
/// pool; at least one of them is a column, and all columns have one length, at most
/// 10 000 000. An error bears the `index` of the first bad row.
///
/// ```js
/// farm.aprColumns({
///   allocPoint: Float64Array.of(10, 60), totalAllocPoint: 92, emission: 0.5, emissionSecs: 3,
///   tokenPriceUsd: 0.25, stakedUsd: Float64Array.of(500000, 1000000),
/// })[1].toFixed(4) // "0.8570"
/// ```
#[wasm_bindgen(js_namespace = farm, js_name = aprColumns, unchecked_return_type = "Float64Array")]
pub fn apr_columns(
    #[wasm_bindgen(unchecked_param_type = "AprColumns")] input: Box<[u64]>,
    columns: Vec<Float64Array>,
) -> Result<Float64Array, Box<[u64]>> {
    /// Rows copied at a time: what fits the second-level cache, and no power of two, because
    /// columns that lie one apart compete for the same places in a cache.
    const BLOCK: u32 = 12_544;
    /// Rows in a page of memory.
    const PAGE: usize = 512;
    // JavaScript has checked that there is a column, and that all have its length.
    let length = columns.first().map(Float64Array::length).unwrap_or_default();
    let Columns(columns) = read(input, columns)?;
    let out = Float64Array::new_with_length(length);
    let mut buffers: [Vec<f64>; 7] = std::array::from_fn(|_| Vec::new());
    let mut aprs = Vec::new();
    let mut start = 0;
    while start < length {
        let end = length.min(start.saturating_add(BLOCK));
        let rows = usize::try_from(end.saturating_sub(start)).unwrap_or_default();
        for (source, buffer) in columns.iter().zip(&mut buffers) {
            if let Source::Each(column) = source {
                buffer.resize(rows, 0.0);
                column.subarray(start, end).copy_to(buffer);
            }
        }
        aprs.resize(rows, 0.0);
        compute_block(&columns, &buffers, &mut aprs).map_err(|error| {
            Refusal::Core(error.after(usize::try_from(start).unwrap_or_default())).words()
        })?;
        // A fresh page is mapped when first written, which costs more amid a bulk copy.
        (start..end).step_by(PAGE).for_each(|row| out.set_index(row, 0.0));
        out.subarray(start, end).copy_from(&aprs);
        start = end;
    }
    Ok(out)
}

/// A field of `AprColumns`.
enum Source {
    All(f64),
    Each(Float64Array),
}

/// The fields of `AprColumns`, in its order.
struct Columns([Source; 7]);

impl FromWords for Columns {
    fn take(words: &mut Words) -> Self {
        let mut each = || Source::take(words);
        let [alloc_point, total_alloc_point] = [each(), each()];
        let [emission, emission_secs, price, staked] = [each(), each(), each(), each()];
        let year_secs = take_or(words, Source::All(farm::YEAR_SECS));
        Self([alloc_point, total_alloc_point, emission, emission_secs, price, staked, year_secs])
    }
}

/// 0 and the number, or 1 and the place of the column.
impl FromWords for Source {
    fn take(words: &mut Words) -> Self {
        match words.flag() {
            // JavaScript has made sure that it is there.
            true => words.column().map_or(Self::All(0.0), Self::Each),
            false => Self::All(f64::take(words)),
        }
    }
}

fn compute_block(
    columns: &[Source],
    buffers: &[Vec<f64>; 7],
    out: &mut [f64],
) -> crate::Result<()> {
    let mut all = columns.iter().zip(buffers).map(|(source, buffer)| match source {
        Source::All(number) => farm::Column::All(*number),
        Source::Each(_) => farm::Column::Each(buffer),
    });
    // One column for each field, in its order.
    let mut next = || all.next().unwrap_or(farm::Column::All(f64::NAN));
    farm::apr_columns(
        &farm::AprColumns {
            alloc_point: next(),
            total_alloc_point: next(),
            emission: next(),
            emission_secs: next(),
            token_price_usd: next(),
            staked_usd: next(),
            year_secs: next(),
        },
        out,
    )
}
