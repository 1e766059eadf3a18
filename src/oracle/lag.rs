//! How far a feed runs behind: the shift at which it correlates best.

use super::metrics::{Divisor, check_finite, correlation, metrics_of_pairs};
use super::sums::{Scale, Sum, count_f64};
use crate::error::{Error, Name, Result, finite};

/// A feed's correlation with the reference of some steps before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lag {
    /// How many steps before: above 0, the feed is behind.
    pub steps: i64,
    /// Pearson's correlation at this shift; none where either part is constant.
    pub correlation: Option<f64>,
}

/// The correlations of a feed at `i` with the reference at `i` − steps, for all shifts of up to
/// `max_steps` in both directions, from the most negative on.
///
/// # Errors
/// `Invalid` on `feed` and `reference` at a value that is not finite, on `reference` if it is
/// not as long, on `max_steps` from the length on.
///
/// ```
/// use llamath::oracle::{best_lag, lags};
/// let spot = [1.0, 2.0, 4.0, 3.0, 7.0, 5.0].map(Some);
/// let feed = [9.0, 1.0, 2.0, 4.0, 3.0, 7.0].map(Some);
/// let best = best_lag(&lags(&feed, &spot, 2)?);
/// assert_eq!(best.map(|best| best.steps), Some(1));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn lags(feed: &[Option<f64>], reference: &[Option<f64>], max_steps: usize) -> Result<Vec<Lag>> {
    if feed.len() != reference.len() {
        return Err(Error::invalid(&"reference", &"as long as the feed"));
    }
    let most = i64::try_from(max_steps).ok().filter(|_| max_steps < feed.len());
    let most = most.ok_or(Error::invalid(&"max_steps", &"below the length of the feed"))?;
    let (feed, reference) = (Centred::of(&"feed", feed)?, Centred::of(&"reference", reference)?);
    let shifted = |steps: i64| {
        let shift = usize::try_from(steps.unsigned_abs()).unwrap_or(usize::MAX);
        let correlation = match steps < 0 {
            true => feed.correlation(&reference, 0, shift),
            false => feed.correlation(&reference, shift, 0),
        };
        Lag { steps, correlation }
    };
    Ok((most.saturating_neg()..=most).map(shifted).collect())
}

/// The shift of the highest correlation, the nearest to 0 of equal ones, and of two the one
/// above; none where all are undefined.
#[must_use]
pub fn best_lag(lags: &[Lag]) -> Option<Lag> {
    let better = |best: Option<Lag>, lag: &Lag| {
        let Some(found) = lag.correlation else { return best };
        let nearness = |lag: &Lag| (lag.steps.unsigned_abs(), lag.steps < 0);
        match best {
            Some(so_far) if so_far.correlation.is_some_and(|most| found < most) => best,
            Some(so_far)
                if so_far.correlation == Some(found) && nearness(&so_far) < nearness(lag) =>
            {
                best
            }
            _ => Some(*lag),
        }
    };
    lags.iter().fold(None, better)
}

/// A series around its mean, in a scale without extremes: 0 where it has no value; and 1 where
/// it has one.
struct Centred<'a> {
    series: &'a [Option<f64>],
    values: Vec<f64>,
    known: Vec<f64>,
}

impl<'a> Centred<'a> {
    fn of(field: Name, series: &'a [Option<f64>]) -> Result<Self> {
        check_finite(field, series)?;
        let first = series.iter().flatten().next().copied().unwrap_or_default();
        let largest =
            series.iter().flatten().fold(0.0, |most, x| f64::max(most, (x - first).abs()));
        let scale = Scale::of(finite(field, largest)?);
        let from_first = |x: &f64| scale.scaled(x - first);
        let mut sum = Sum::default();
        series.iter().flatten().for_each(|x| sum.add(from_first(x)));
        let count = series.iter().flatten().count();
        let mean = sum.get() / count_f64(count.max(1));
        let value = |x: &Option<f64>| x.as_ref().map_or(0.0, |x| from_first(x) - mean);
        Ok(Self {
            series,
            values: series.iter().map(value).collect(),
            known: series.iter().map(|x| if x.is_some() { 1.0 } else { 0.0 }).collect(),
        })
    }

    /// The correlation of this series from row `from` on with the other one from row `other_from`
    /// on.
    fn correlation(&self, other: &Self, from: usize, other_from: usize) -> Option<f64> {
        let [x, r] = [self.series.get(from..)?, other.series.get(other_from..)?];
        let [a, a_known] = [&self.values, &self.known].map(|rows| rows.get(from..));
        let [b, b_known] = [&other.values, &other.known].map(|rows| rows.get(other_from..));
        let Sums { n, a, b, aa, bb, ab } = Sums::over(a?, a_known?, b?, b_known?);
        let (rest_a, rest_b) = (aa - a * a / n, bb - b * b / n);
        if n < 2.0 {
            return None;
        }
        // Little is left where the part is far from the mean of all rows: rounding, too.
        match rest_a > aa * 1e-4 && rest_b > bb * 1e-4 {
            true => correlation(rest_a, rest_b, ab - a * b / n),
            false => correlation_of_part(x, r),
        }
    }
}

/// The correlation around the means of these rows alone.
fn correlation_of_part(x: &[Option<f64>], r: &[Option<f64>]) -> Option<f64> {
    let pairs = x.iter().zip(r).filter_map(|(x, r)| (*x).zip(*r));
    let (x, r): (Vec<_>, Vec<_>) = pairs.unzip();
    metrics_of_pairs(&x, &r, Divisor::Count).ok()?.correlation
}

/// The sums behind a correlation, over the rows at which both series have a value.
#[derive(Clone, Copy, Default)]
struct Sums {
    n: f64,
    a: f64,
    b: f64,
    aa: f64,
    bb: f64,
    ab: f64,
}

impl Sums {
    fn over(a: &[f64], a_known: &[f64], b: &[f64], b_known: &[f64]) -> Self {
        // Four sums of each kind, every fourth row in one: processors add them side by side.
        let mut lanes = [Self::default(); 4];
        let rows = a.chunks(4).zip(a_known.chunks(4)).zip(b.chunks(4).zip(b_known.chunks(4)));
        for ((a, a_known), (b, b_known)) in rows {
            let rows = a.iter().zip(a_known).zip(b.iter().zip(b_known));
            for (sums, ((a, a_known), (b, b_known))) in lanes.iter_mut().zip(rows) {
                sums.n += a_known * b_known;
                sums.a += a * b_known;
                sums.b += b * a_known;
                sums.aa += a * a * b_known;
                sums.bb += b * b * a_known;
                sums.ab += a * b;
            }
        }
        lanes.into_iter().fold(Self::default(), |all, lane| Self {
            n: all.n + lane.n,
            a: all.a + lane.a,
            b: all.b + lane.b,
            aa: all.aa + lane.aa,
            bb: all.bb + lane.bb,
            ab: all.ab + lane.ab,
        })
    }
}
