//! What was known at each moment of a grid: the last value before it, carried forward.

use super::grid::Grid;
use crate::error::{Error, Result};

/// When a value is known, and for how long it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carry {
    /// Seconds from a value's time stamp until it is known. A Chainlink answer: 0. The close of a
    /// candle that is stamped with its opening: the candle's length, 60 for minutes; with 0 the
    /// close is used a minute before it happened, which is what a careless join does.
    pub known_after_secs: u64,
    /// Seconds after which a known value is too old to count; none for never.
    pub max_staleness_secs: Option<u64>,
}

impl Carry {
    /// A candle's close from when it is known, and at that moment only.
    pub const MINUTE_CLOSE: Self = Self { known_after_secs: 60, max_staleness_secs: Some(0) };
}

/// A series on a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The value at each moment; none before the first and where it is too old.
    pub values: Vec<Option<f64>>,
    /// Seconds since the last value was known, also where it is too old; none before the first.
    pub staleness_secs: Vec<Option<u64>>,
}

/// The last value known at each moment of a grid.
///
/// The value at t is that of the last row with time + known_after ≤ t; of rows with equal times
/// the last one counts, so that Chainlink rounds go in the order of their ids.
///
/// `times` in seconds since 1970, in order; `values` in any one unit.
///
/// # Errors
/// `Invalid` on `values` that are not finite or not as many as `times`, on `times` at a row that
/// is before the one above, on `step_secs` and `count` of the grid.
///
/// ```
/// use llamath::oracle::{Carry, Grid, carry_forward};
/// let grid = Grid { start_secs: 0, step_secs: 60, count: 3 };
/// let answers = carry_forward(&[60, 90], &[1.5, 1.6], &grid, Carry::default())?;
/// assert_eq!(answers.values, [None, Some(1.5), Some(1.6)]);
/// assert_eq!(answers.staleness_secs, [None, Some(0), Some(30)]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn carry_forward(times: &[u64], values: &[f64], grid: &Grid, carry: Carry) -> Result<Carried> {
    check_series(times, values)?;
    let mut rows = times.iter().zip(values).peekable();
    let mut last = None;
    let (mut carried, mut staleness) = (Vec::new(), Vec::new());
    for moment in grid.moments()? {
        let since = |time: u64| moment.checked_sub(time.saturating_add(carry.known_after_secs));
        while let Some(row) = rows.next_if(|(time, _)| since(**time).is_some()) {
            last = Some(row);
        }
        let known = last.and_then(|(time, value)| Some((since(*time)?, *value)));
        let counts = |age: u64| carry.max_staleness_secs.is_none_or(|most| age <= most);
        carried.push(known.filter(|(age, _)| counts(*age)).map(|(_, value)| value));
        staleness.push(known.map(|(age, _)| age));
    }
    Ok(Carried { values: carried, staleness_secs: staleness })
}

/// Refuses a series that is not finite or not in the order of time.
fn check_series(times: &[u64], values: &[f64]) -> Result<()> {
    if times.len() != values.len() {
        return Err(Error::invalid(&"values", &"as many as times"));
    }
    if let Some(row) = values.iter().position(|value| !value.is_finite()) {
        return Err(Error::invalid(&"values", &"finite numbers").at(row));
    }
    check_order(times)
}

/// Refuses times that are not in order.
pub(super) fn check_order(times: &[u64]) -> Result<()> {
    let fall = times.iter().zip(times.iter().skip(1)).position(|(above, time)| time < above);
    match fall {
        Some(row) => {
            let expected = &"not before the one above";
            Err(Error::invalid(&"times", expected).at(row.saturating_add(1)))
        }
        None => Ok(()),
    }
}
