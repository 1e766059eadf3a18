//! Grids: the settings with one parameter varied.

use crate::error::{Error, Result};
use crate::sim::settings::{Averaging, Settings};
use crate::sim::window::whole;

/// What is varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// Amplification.
    A,
    /// The fee.
    Fee,
    /// The number of bands.
    Bands,
    /// The multiplier of the dynamic fee.
    DynamicFeeMultiplier,
    /// The time of the oracle's average, as the published simulators count it.
    HalfLifeSecs,
    /// The time of the oracle's average, as the contracts count it.
    EmaTimeSecs,
}

/// The settings with each of the values of a parameter; scans of scans are grids in two.
///
/// # Errors
/// `Invalid` on the parameter, with the index of a value that it does not allow.
///
/// ```
/// use llamath::sim::{Parameter, Settings, scan};
/// let fees = scan(&[Settings::v1(100, 4, 0.006)], Parameter::Fee, &[0.002, 0.006, 0.01])?;
/// let grid = scan(&fees, Parameter::A, &[50.0, 100.0])?;
/// assert_eq!(grid.len(), 6);
/// assert_eq!((grid[3].fee, grid[3].A), (0.006, 100));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn scan(of: &[Settings], parameter: Parameter, values: &[f64]) -> Result<Vec<Settings>> {
    let mut grid = Vec::with_capacity(of.len().saturating_mul(values.len()));
    for settings in of {
        for (index, value) in values.iter().enumerate() {
            let varied = match parameter {
                Parameter::A => {
                    Settings { A: count(&"A", *value).map_err(|e| e.at(index))?, ..*settings }
                }
                Parameter::Fee => Settings { fee: *value, ..*settings },
                Parameter::Bands => Settings {
                    bands: count(&"bands", *value).map_err(|e| e.at(index))?,
                    ..*settings
                },
                Parameter::DynamicFeeMultiplier => {
                    Settings { dynamic_fee_multiplier: *value, ..*settings }
                }
                Parameter::HalfLifeSecs => {
                    Settings { averaging: Averaging::HalfLife(*value), ..*settings }
                }
                Parameter::EmaTimeSecs => {
                    Settings { averaging: Averaging::EmaTime(*value), ..*settings }
                }
            };
            varied.check().map_err(|e| e.at(index))?;
            grid.push(varied);
        }
    }
    Ok(grid)
}

/// A whole number.
fn count(field: crate::error::Name, value: f64) -> Result<u32> {
    let whole = u32::try_from(whole(value)).ok();
    whole.filter(|count| f64::from(*count) == value).ok_or(Error::invalid(field, &"a whole number"))
}
