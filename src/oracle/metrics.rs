//! How far a feed is from a reference, over the moments at which both have a value.

use super::sums::{Scale, Sum, count_f64, secs_f64};
use crate::error::{Error, Name, Result, finite, positive};

/// What a sum of squared deviations is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divisor {
    /// The count less one: of a sample. Undefined for a single value.
    CountLessOne,
    /// The count: of all there is.
    Count,
}

impl Divisor {
    fn of(self, count: usize) -> Option<f64> {
        let divisor = match self {
            Self::CountLessOne => count.checked_sub(1)?,
            Self::Count => count,
        };
        (divisor > 0).then(|| count_f64(divisor))
    }
}

/// A feed against a reference; d = feed − reference at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Moments at which both have a value.
    pub count: usize,
    /// Mean of d, in the unit of the feed.
    pub mean_difference: f64,
    /// Variance of d, in the square of the unit; none where it is undefined.
    pub variance_difference: Option<f64>,
    /// Standard deviation of the feed itself, in its unit; none where it is undefined.
    pub volatility: Option<f64>,
    /// Pearson's correlation of feed and reference; none where either is constant.
    pub correlation: Option<f64>,
    /// √(mean of d²), in the unit of the feed.
    pub rmse: f64,
    /// Mean of |d|, in the unit of the feed.
    pub mae: f64,
    /// The largest |d|, in the unit of the feed.
    pub worst: f64,
    /// The first moment with it, by its row.
    pub worst_row: usize,
}

/// Measures a feed against a reference.
///
/// Means are summed without loss and deviations taken from them, in a scale in which no square
/// vanishes: a spread of 10⁻³ around 10⁹ keeps its digits.
///
/// # Errors
/// `Invalid` on `feed` and `reference` at a value that is not finite, on `reference` if it is
/// not as long or shares no moment with the feed; `Arithmetic` where a result leaves the range
/// of a double.
///
/// ```
/// use llamath::oracle::{Divisor, metrics};
/// let feed = [Some(3.0), None, Some(5.0), Some(10.0)];
/// let spot = [Some(2.0), Some(7.0), Some(4.0), Some(12.0)];
/// let found = metrics(&feed, &spot, Divisor::Count)?;
/// assert_eq!((found.count, found.mean_difference, found.worst), (3, 0.0, 2.0));
/// assert_eq!((found.variance_difference, found.worst_row), (Some(2.0), 3));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn metrics(
    feed: &[Option<f64>],
    reference: &[Option<f64>],
    divisor: Divisor,
) -> Result<Metrics> {
    check_finite(&"feed", feed)?;
    check_finite(&"reference", reference)?;
    if feed.len() != reference.len() {
        return Err(Error::invalid(&"reference", &"as long as the feed"));
    }
    let rows = || feed.iter().zip(reference).enumerate();
    let pairs = || rows().filter_map(|(row, (x, r))| Some((row, (*x)?, (*r)?)));
    let (x, r): (Vec<f64>, Vec<f64>) = pairs().map(|(_, x, r)| (x, r)).unzip();
    let found = metrics_of_pairs(&x, &r, divisor)?;
    let worst_row = pairs().nth(found.worst_row).map_or(0, |(row, ..)| row);
    Ok(Metrics { worst_row, ..found })
}

/// The metrics of the pairs (x, r), all of them finite; the worst is counted among them.
pub(super) fn metrics_of_pairs(x: &[f64], r: &[f64], divisor: Divisor) -> Result<Metrics> {
    let nothing =
        Error::invalid(&"reference", &"known at one moment at least at which the feed is");
    let (Some(x0), Some(r0)) = (x.first(), r.first()) else { return Err(nothing) };
    let pairs = || x.iter().zip(r);

    // Deviations from the first pair tell the scale, and leave digits for those from the mean.
    let (mut most_x, mut most_r, mut worst) = (0.0, 0.0, 0.0);
    for (x, r) in pairs() {
        most_x = larger(most_x, (x - x0).abs());
        most_r = larger(most_r, (r - r0).abs());
        worst = larger(worst, (x - r).abs());
    }
    let largest = finite(&"worst", worst)?.max(most_x).max(most_r);
    finite(&"volatility", largest)?;
    let worst_row = pairs().position(|(x, r)| (x - r).abs() >= worst).unwrap_or(0);
    let (of_x, of_r, of_d) = (Scale::of(most_x), Scale::of(most_r), Scale::of(worst));
    let scaled =
        |(x, r): (&f64, &f64)| (of_x.scaled(x - x0), of_r.scaled(r - r0), of_d.scaled(x - r));

    let (mut sum_x, mut sum_r, mut sum_d, mut sum_abs) =
        (Sum::default(), Sum::default(), Sum::default(), Sum::default());
    for (x, r, d) in pairs().map(scaled) {
        sum_x.add(x);
        sum_r.add(r);
        sum_d.add(d);
        sum_abs.add(d.abs());
    }
    let count = x.len();
    let n = count_f64(count);
    let [mean_x, mean_r, mean_d, mean_abs] =
        [sum_x, sum_r, sum_d, sum_abs].map(|sum| sum.get() / n);

    let (mut xx, mut rr, mut xr, mut dd, mut squares) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, r, d) in pairs().map(scaled) {
        let (from_x, from_r, from_d) = (x - mean_x, r - mean_r, d - mean_d);
        xx += from_x * from_x;
        rr += from_r * from_r;
        xr += from_x * from_r;
        dd += from_d * from_d;
        squares += d * d;
    }
    let variance = |sum: f64| divisor.of(count).map(|divisor| sum / divisor);
    let variance_difference = variance(dd).map(|variance| of_d.square_back(variance));
    Ok(Metrics {
        count,
        mean_difference: of_d.back(mean_d),
        variance_difference: variance_difference
            .map(|variance| finite(&"variance_difference", variance))
            .transpose()?,
        volatility: variance(xx).map(|variance| of_x.back(variance.sqrt())),
        correlation: correlation(xx, rr, xr),
        rmse: of_d.back((squares / n).sqrt()),
        mae: of_d.back(mean_abs),
        worst,
        worst_row,
    })
}

/// The larger of two numbers, none of which is NaN: one instruction, unlike `f64::max`.
const fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// xy/√(xx·yy) of centred sums; none where either series is constant.
pub(super) fn correlation(xx: f64, yy: f64, xy: f64) -> Option<f64> {
    // Only rounding leads out of the range.
    (xx > 0.0 && yy > 0.0).then(|| (xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0))
}

/// Refuses a series with a value that is not finite.
pub(super) fn check_finite(field: Name, series: &[Option<f64>]) -> Result<()> {
    let wrong = series.iter().position(|value| value.is_some_and(|value| !value.is_finite()));
    match wrong {
        Some(row) => Err(Error::invalid(field, &"finite numbers").at(row)),
        None => Ok(()),
    }
}

/// The volatility of a feed's returns, a year's worth.
///
/// The standard deviation of ln(xₜ/xₜ₋₁) over neighbouring moments that both have a value,
/// times √(year/step); none for fewer than two of them.
///
/// # Errors
/// `Invalid` on `feed` at a value that is not finite and above 0, on `step_secs` of 0, on
/// `year_secs`.
///
/// ```
/// use llamath::oracle::log_volatility;
/// let feed = [Some(1.0), Some(2.0), Some(1.0), Some(2.0), Some(1.0)];
/// let yearly = log_volatility(&feed, 60, 60.0)?;
/// assert!((yearly.unwrap_or(0.0) - libm::log(2.0) * (4.0_f64 / 3.0).sqrt()).abs() < 1e-15);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn log_volatility(feed: &[Option<f64>], step_secs: u64, year_secs: f64) -> Result<Option<f64>> {
    positive(&"year_secs", year_secs)?;
    if step_secs == 0 {
        return Err(Error::invalid(&"step_secs", &"above 0"));
    }
    let not_a_price =
        |value: &Option<f64>| value.is_some_and(|value| !value.is_finite() || value <= 0.0);
    if let Some(row) = feed.iter().position(not_a_price) {
        return Err(Error::invalid(&"feed", &"finite numbers above 0").at(row));
    }
    let returns: Vec<_> = (feed.iter().zip(feed.iter().skip(1)))
        .map(|(before, after)| Some(libm::log(before.as_ref().and(*after)? / (*before)?)))
        .collect();
    if returns.iter().flatten().nth(1).is_none() {
        return Ok(None);
    }
    let measured = metrics(&returns, &returns, Divisor::CountLessOne)?;
    let per_year = (year_secs / secs_f64(step_secs)).sqrt();
    measured.volatility.map(|volatility| finite(&"volatility", volatility * per_year)).transpose()
}
