//! Several feeds against one reference, over the same moments.

use super::grid::Grid;
use super::lag::{Lag, best_lag, lags};
use super::metrics::{Divisor, Metrics, check_finite, metrics_of_pairs};
use crate::error::{Error, Result};

/// A feed on a grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feed<'a> {
    /// What it is, such as `"Chainlink, 10-minute EMA as deployed"`.
    pub name: &'a str,
    /// Its value at each moment.
    pub values: &'a [Option<f64>],
}

/// What is compared, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CompareInput<'a> {
    /// The moments.
    pub grid: Grid,
    /// What the feeds are held against.
    pub reference: Feed<'a>,
    /// The feeds, at least one.
    pub feeds: &'a [Feed<'a>],
    /// What sums of squared deviations are divided by.
    pub divisor: Divisor,
    /// How many steps a lag is searched for, in both directions; 0 for none.
    pub max_lag_steps: usize,
}

/// By what feeds are ranked: the least is the best, of the correlation the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// |mean of the difference|
    MeanDifference,
    /// Variance of the difference.
    VarianceDifference,
    /// Pearson's correlation.
    Correlation,
    /// Root of the mean square of the difference.
    Rmse,
    /// Mean of the difference's absolute value.
    Mae,
    /// The largest difference.
    Worst,
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::MeanDifference,
        Self::VarianceDifference,
        Self::Correlation,
        Self::Rmse,
        Self::Mae,
        Self::Worst,
    ];

    /// Its name.
    ///
    /// ```
    /// assert_eq!(llamath::oracle::Measure::Rmse.name(), "RMSE");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MeanDifference => "mean difference",
            Self::VarianceDifference => "variance of the difference",
            Self::Correlation => "correlation",
            Self::Rmse => "RMSE",
            Self::Mae => "MAE",
            Self::Worst => "worst difference",
        }
    }

    /// The figure of a feed, the smaller the better; none where it is undefined.
    fn badness(self, metrics: &Metrics) -> Option<f64> {
        match self {
            Self::MeanDifference => Some(metrics.mean_difference.abs()),
            Self::VarianceDifference => metrics.variance_difference,
            Self::Correlation => metrics.correlation.map(|correlation| -correlation),
            Self::Rmse => Some(metrics.rmse),
            Self::Mae => Some(metrics.mae),
            Self::Worst => Some(metrics.worst),
        }
    }
}

/// What a feed came to.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedReport {
    /// What it is.
    pub name: String,
    /// Over the moments that all feeds and the reference share.
    pub metrics: Metrics,
    /// The time of the worst difference, seconds since 1970.
    pub worst_at_secs: u64,
    /// The shift at which it correlates best, over all moments that it shares with the reference;
    /// none where it was not searched for or is undefined.
    pub lag: Option<Lag>,
}

/// The order of the feeds by one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// By what.
    pub measure: Measure,
    /// The place of each feed, from 1 on, equal ones sharing it; none where the measure is
    /// undefined.
    pub places: Vec<Option<usize>>,
}

/// A comparison, and over what it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// What the feeds are held against.
    pub reference: String,
    /// The first moment compared, seconds since 1970.
    pub from_secs: u64,
    /// The last moment compared.
    pub to_secs: u64,
    /// Seconds between moments.
    pub step_secs: u64,
    /// Moments compared: the reference and every feed have a value.
    pub compared: usize,
    /// Moments of the grid that were left out.
    pub left_out: usize,
    /// What sums of squared deviations were divided by.
    pub divisor: Divisor,
    /// One for each feed, in their order.
    pub feeds: Vec<FeedReport>,
    /// One for each [`Measure`]. None of them is a verdict.
    pub rankings: Vec<Ranking>,
}

/// Holds feeds against a reference over the moments at which all of them have a value: a
/// ranking over different moments would be none.
///
/// # Errors
/// `Invalid` on `feeds` if there is none, one is not as long as the grid, or no moment is shared;
/// on what [`metrics`](super::metrics()) and [`lags`] refuse.
///
/// ```
/// use llamath::oracle::{CompareInput, Divisor, Feed, Grid, Measure, compare};
/// let spot = [100.0, 101.0, 102.0].map(Some);
/// let (near, far) = ([100.0, 101.0, 103.0].map(Some), [90.0, 90.0, 90.0].map(Some));
/// let comparison = compare(&CompareInput {
///     grid: Grid { start_secs: 60, step_secs: 60, count: 3 },
///     reference: Feed { name: "spot", values: &spot },
///     feeds: &[Feed { name: "far", values: &far }, Feed { name: "near", values: &near }],
///     divisor: Divisor::CountLessOne,
///     max_lag_steps: 0,
/// })?;
/// let by_rmse = comparison.rankings.iter().find(|ranking| ranking.measure == Measure::Rmse);
/// assert_eq!(by_rmse.map(|ranking| ranking.places.clone()), Some(vec![Some(2), Some(1)]));
/// assert_eq!(comparison.feeds[1].worst_at_secs, 180);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn compare(input: &CompareInput<'_>) -> Result<Comparison> {
    let CompareInput { grid, reference, feeds, divisor, max_lag_steps } = *input;
    let all = || feeds.iter().chain([&reference]);
    if feeds.is_empty() || all().any(|feed| feed.values.len() != grid.count) {
        return Err(Error::invalid(&"feeds", &"at least one, all and the reference on the grid"));
    }
    let mut shared = vec![true; grid.count];
    for feed in all() {
        shared.iter_mut().zip(feed.values).for_each(|(shared, value)| *shared &= value.is_some());
    }
    let compared = shared.iter().filter(|shared| **shared).count();
    let moments = grid.moments()?;
    let rows = || {
        let all = moments.clone().zip(&shared).enumerate();
        all.filter(|(_, (_, shared))| **shared).map(|(row, (time, _))| (row, time))
    };
    let nothing = Error::invalid(&"feeds", &"known at one moment at least, with the reference");
    let (first, from_secs) = rows().next().ok_or(nothing)?;
    let (_, to_secs) = rows().last().unwrap_or((first, from_secs));
    let on_shared = |values: &[Option<f64>]| -> Vec<f64> {
        let mut found = Vec::with_capacity(compared);
        let pairs = values.iter().zip(&shared);
        found.extend(pairs.filter_map(|(value, shared)| value.filter(|_| *shared)));
        found
    };
    check_finite(&"reference", reference.values)?;
    let against = on_shared(reference.values);
    let report = |feed: &Feed<'_>| {
        check_finite(&"feed", feed.values)?;
        let of_pairs = metrics_of_pairs(&on_shared(feed.values), &against, divisor)?;
        let (worst_row, worst_at_secs) =
            rows().nth(of_pairs.worst_row).unwrap_or((first, from_secs));
        let metrics = Metrics { worst_row, ..of_pairs };
        let lag = match max_lag_steps {
            0 => None,
            most => best_lag(&lags(feed.values, reference.values, most)?),
        };
        Ok(FeedReport { name: feed.name.into(), metrics, worst_at_secs, lag })
    };
    let feeds = feeds.iter().map(report).collect::<Result<Vec<_>>>()?;
    Ok(Comparison {
        reference: reference.name.into(),
        from_secs,
        to_secs,
        step_secs: grid.step_secs,
        compared,
        left_out: grid.count.saturating_sub(compared),
        divisor,
        rankings: Measure::ALL.map(|measure| ranking(measure, &feeds)).into(),
        feeds,
    })
}

fn ranking(measure: Measure, feeds: &[FeedReport]) -> Ranking {
    let figures: Vec<_> = feeds.iter().map(|feed| measure.badness(&feed.metrics)).collect();
    let place = |figure: &f64| {
        let better = figures.iter().flatten().filter(|other| *other < figure).count();
        better.saturating_add(1)
    };
    Ranking { measure, places: figures.iter().map(|figure| figure.as_ref().map(place)).collect() }
}
