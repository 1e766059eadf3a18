//! Exponential averages for JavaScript, as ceilings and oracles have them.

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::places::Place;
use super::stored::stored;
use super::words::words;
use crate::ema::{self, Memory};

#[wasm_bindgen(typescript_custom_section)]
const MEMORY: &str = r#"
/** How fast an average forgets, by its `value`: α = 2/(value + 1) a row (at least 1); α = value a row
 * (above 0, at most 1); half of it after so many rows; half of it after so many seconds; all but 1/e
 * of it after so many seconds. */
export type Memory = "span" | "alpha" | "halfLife" | "halfLifeSecs" | "tauSecs";
"#;

/// How a memory is measured.
#[derive(Clone, Copy)]
pub(super) enum Measured {
    Span,
    Alpha,
    HalfLife,
    HalfLifeSecs,
    TauSecs,
}

words! {
    Measured { "span" Span "alpha" Alpha "halfLife" HalfLife "halfLifeSecs" HalfLifeSecs "tauSecs" TauSecs }
}

stored! {
    /// An exponential moving average.
    Ema for StoredEma {
        /// How fast it forgets.
        #[tsify(type = "Memory")]
        memory: Measured,
        /// So many rows or seconds; of `"alpha"`, α itself.
        value: f64,
        /// Whether it weighs the values so far by their age alone, so that the first one counts
        /// little soon; otherwise it starts from the first value, as contracts do.
        adjust: bool,
        /// Whether a row without a value does not age those before; of no effect on a memory in
        /// seconds. No if absent.
        #[tsify(optional)]
        ignore_gaps: Option<bool>,
        /// Rows that must have had a value before the average has one: its warm-up; none if absent.
        #[tsify(optional)]
        min_periods: Option<usize>,
    }
}

/// An average as JavaScript has it.
pub(super) struct StoredEma {
    memory: Measured,
    value: f64,
    adjust: bool,
    ignore_gaps: Option<bool>,
    min_periods: Option<usize>,
}

/// Where the core's name of a memory lies.
pub(super) const PLACE: Place = ("memory", &"ema", &"value");

impl StoredEma {
    /// As the core has it.
    pub(super) fn ema(&self) -> ema::Ema {
        let memory = match self.memory {
            Measured::Span => Memory::Span(self.value),
            Measured::Alpha => Memory::Alpha(self.value),
            Measured::HalfLife => Memory::HalfLife(self.value),
            Measured::HalfLifeSecs => Memory::HalfLifeSecs(self.value),
            Measured::TauSecs => Memory::TauSecs(self.value),
        };
        ema::Ema {
            memory,
            adjust: self.adjust,
            ignore_gaps: self.ignore_gaps.unwrap_or(false),
            min_periods: self.min_periods.unwrap_or(0),
        }
    }

    pub(super) fn of(ema: &ema::Ema) -> Self {
        let (memory, value) = match ema.memory {
            Memory::Span(value) => (Measured::Span, value),
            Memory::Alpha(value) => (Measured::Alpha, value),
            Memory::HalfLife(value) => (Measured::HalfLife, value),
            Memory::HalfLifeSecs(value) => (Measured::HalfLifeSecs, value),
            Memory::TauSecs(value) => (Measured::TauSecs, value),
        };
        Self {
            memory,
            value,
            adjust: ema.adjust,
            ignore_gaps: Some(ema.ignore_gaps),
            min_periods: Some(ema.min_periods),
        }
    }
}
