//! `oracle` for JavaScript.

mod average;
pub(super) mod compare;
mod grid;
pub(super) mod measure;
mod read;
mod uniswap;

use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::column::Rows;
use super::places::Place;
use super::stored::stored;
use super::{ema, places};
use crate::error::{Error, Name, Result};
use crate::fixed::I256;
use crate::oracle::{self, Round};

stored! {
    /// Rounds of a Chainlink feed, the first to the last: three columns of one length.
    Rounds for RoundColumns {
        /// The proxy's round ids: the phase, then 64 bits that count the rounds of its phase from 1.
        #[tsify(type = "bigint[]")]
        ids: Vec<u128>,
        /// The answers, in the feed's decimals.
        #[tsify(type = "bigint[]")]
        answers: Vec<I256>,
        /// When each was given, seconds since 1970.
        #[tsify(type = "Float64Array")]
        updated_at_secs: Vec<u64> = Rows,
    }

    /// Moments at equal distances: start, start + step, …
    Grid for oracle::Grid {
        /// The first moment, seconds since 1970.
        start_secs: u64,
        /// Seconds from one to the next, above 0.
        step_secs: u64,
        /// How many; at most 2 ** 24.
        count: usize,
    }
}

/// Rounds, column by column.
struct RoundColumns {
    ids: Vec<u128>,
    answers: Vec<I256>,
    updated_at_secs: Vec<u64>,
}

impl RoundColumns {
    /// As the core has them.
    fn rounds(self) -> Result<Vec<Round>> {
        let count = self.ids.len();
        same_length(
            &"rounds",
            [(&"answers", self.answers.len()), (&"updated_at_secs", self.updated_at_secs.len())],
            count,
        )?;
        let rows = self.ids.into_iter().zip(self.answers).zip(self.updated_at_secs);
        let round = |((id, answer), updated_at_secs)| Round { id, answer, updated_at_secs };
        Ok(rows.map(round).collect())
    }

    fn of(rounds: Vec<Round>) -> Self {
        Self {
            ids: rounds.iter().map(|round| round.id).collect(),
            answers: rounds.iter().map(|round| round.answer).collect(),
            updated_at_secs: rounds.iter().map(|round| round.updated_at_secs).collect(),
        }
    }
}

/// Refuses columns that are not as long as the first one.
fn same_length<const N: usize>(
    within: Name,
    columns: [(Name, usize); N],
    count: usize,
) -> Result<()> {
    match columns.into_iter().find(|(_, length)| *length != count) {
        Some((field, _)) => {
            Err(Error::invalid(field, &"as long as the first column").within(within))
        }
        None => Ok(()),
    }
}

/// What lies inside an object in JavaScript.
const PLACES: &[Place] = &[
    ema::PLACE,
    ("step_secs", &"grid", &"step_secs"),
    ("count", &"grid", &"count"),
    ("id", &"rounds", &"ids"),
    ("answer", &"rounds", &"answers"),
    ("updated_at_secs", &"rounds", &"updated_at_secs"),
    ("observed_at_secs", &"stored", &"observed_at_secs"),
    ("timestamp", &"observations", &"timestamps"),
    ("tick_cumulative", &"observations", &"tick_cumulatives"),
    ("tick_cumulatives", &"observations", &"tick_cumulatives"),
    ("seconds_per_liquidity_x128", &"observations", &"seconds_per_liquidity_x128"),
];

/// An error of the core by the names of JavaScript's fields.
fn placed(error: Error) -> Error {
    places::placed(error, PLACES)
}
