//! How sure a figure is that comes from a few events: the jackknife, which leaves out one of
//! them at a time.

use crate::sim::window::real;

/// Where a figure may be, by what it is without each event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jackknife {
    /// The standard error: √((m − 1)/m·Σ(θᵢ − θ̄)²), θᵢ the figure without event i of m, θ̄
    /// their mean.
    pub error: f64,
    /// The lower end of the 95 % interval: θ − t·error, t of Student's distribution with m − 1
    /// degrees of freedom. Few events make it wide: t is 12.7 for two, 2.8 for five.
    pub low: f64,
    /// Its upper end: θ + t·error.
    pub high: f64,
}

impl Jackknife {
    /// Of a figure that is `without` where one event is left out each; none of fewer than two.
    pub(super) fn new(figure: f64, without: &[f64]) -> Option<Self> {
        let degrees = without.len().checked_sub(1).filter(|degrees| *degrees > 0)?;
        let count = real(without.len());
        let mean = without.iter().sum::<f64>() / count;
        let squares: f64 = without.iter().map(|value| (value - mean) * (value - mean)).sum();
        let error = ((count - 1.0) / count * squares).sqrt();
        let reach = student(degrees) * error;
        Some(Self { error, low: figure - reach, high: figure + reach })
    }
}

/// What Student's distribution exceeds in one of forty cases, by its degrees of freedom from 1.
const STUDENT: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
];
/// The same for the normal distribution.
const NORMAL: f64 = 1.96;

fn student(degrees: usize) -> f64 {
    let listed = degrees.checked_sub(1).and_then(|index| STUDENT.get(index));
    // z + (z³ + z)/4m: right to a thousandth beyond the table.
    let far = || NORMAL + (NORMAL * NORMAL * NORMAL + NORMAL) / (4.0 * real(degrees));
    listed.copied().unwrap_or_else(far)
}
