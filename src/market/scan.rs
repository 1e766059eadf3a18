//! How a parameter was found: a scan of its values over simulated candles.

use crate::error::{Error, Result};

/// What was scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scanned {
    /// Amplification.
    A,
    /// The fee.
    Fee,
}

impl Scanned {
    /// Its name, as in JSON.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Fee => "fee",
        }
    }
}

/// The best value of a parameter, and how sure that is. The market may choose another one, such
/// as a rounder one that is as good.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scan {
    /// What was scanned.
    pub parameter: Scanned,
    /// The value at the best point.
    pub value: f64,
    /// The least value that is as good.
    pub flat_low: f64,
    /// The largest value that is as good.
    pub flat_high: f64,
    /// The least of the best values with and without each event.
    pub event_low: f64,
    /// The largest of them.
    pub event_high: f64,
    /// The standard error of the loss at the best point; none where it is not known.
    pub error: Option<f64>,
}

impl Scan {
    pub(super) fn check(&self) -> Result<()> {
        let Self { value, flat_low, flat_high, event_low, event_high, error, .. } = *self;
        let is_around = |low: f64, high: f64| 0.0 < low && low <= value && value <= high;
        let is_known = error.is_none_or(|error| error.is_finite() && error >= 0.0);
        let is_finite = flat_high.is_finite() && event_high.is_finite();
        if is_around(flat_low, flat_high)
            && is_around(event_low, event_high)
            && is_finite
            && is_known
        {
            return Ok(());
        }
        Err(Error::invalid(&"scans", &"finite, above 0, each value within its ranges"))
    }
}
