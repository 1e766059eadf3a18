//! A figure over the points of a grid: where it is best, how flat it is there, and what of it
//! hangs on a single event.

use super::events::{Event, events};
use super::jackknife::Jackknife;
use super::partial::{Partial, Worst};
use super::statistic::Statistic;
use crate::error::{Error, Result, non_negative};
use crate::sim::advice::required_discount;
use crate::sim::settings::Settings;

/// What a point of a grid is to be good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objective {
    /// The least loss: for the fee and the oracle.
    Loss,
    /// The least discount that covers the loss: for A, since narrow bands cover more.
    RequiredDiscount,
}

/// One figure for each point of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The loss at each point.
    pub losses: Vec<f64>,
    /// What is to be small at each point.
    pub values: Vec<f64>,
    /// The index of the point with the least value.
    pub best: usize,
    /// The indices of all points within the stated difference of it, in their order.
    pub flat: Vec<usize>,
    /// Where the loss at the best point may be, over its events. None where there is one event
    /// only, or what is left without one was not kept.
    pub jackknife: Option<Jackknife>,
    /// How many of the worst windows must be kept, at least, to leave each event out; none where
    /// enough were.
    pub kept_needed: Option<usize>,
    /// The events behind the loss at the best point, that with the largest loss first.
    pub events: Vec<EventEffect>,
}

/// What an event does to a result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventEffect {
    /// The event.
    pub event: Event,
    /// The loss at the best point without its windows; none where that was not kept.
    pub loss_without: Option<f64>,
    /// The index of the best point without them; none where that was not kept.
    pub best_without: Option<usize>,
}

impl Curve {
    /// The curve of a statistic over a grid.
    ///
    /// `difference` is what a value may be above the least one to count as good as it.
    ///
    /// Nothing in the curve depends on how many windows were kept; what too few of them were
    /// kept for is absent, and `kept_needed` says so. [`Statistic::kept`] is enough as a rule.
    ///
    /// # Errors
    /// `Invalid` on `tails` that are not as many as the grid's points, or none; a negative
    /// `difference`; as [`Partial::statistic`], with the index of the tail.
    ///
    /// ```
    /// use llamath::sim::{Curve, Effort, Objective, Partial, Settings, Statistic, Worst};
    /// let tail = |loss| Partial {
    ///     kept: 1,
    ///     windows: 10,
    ///     sum: None,
    ///     worst: vec![Worst { loss, start_secs: 0.0, end_secs: 60.0 }],
    ///     effort: Effort::default(),
    /// };
    /// let grid = [20, 50, 100].map(|a| Settings::v1(a, 4, 0.006));
    /// let tails = [0.06, 0.08, 0.10].map(tail);
    /// let (statistic, objective) = (Statistic::Worst(1), Objective::RequiredDiscount);
    /// let curve = Curve::new(&grid, &tails, statistic, objective, 0.005)?;
    /// assert_eq!((curve.best, curve.flat), (1, vec![1, 2]));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn new(
        grid: &[Settings],
        tails: &[Partial],
        statistic: Statistic,
        objective: Objective,
        difference: f64,
    ) -> Result<Self> {
        non_negative(&"difference", difference)?;
        if grid.is_empty() || grid.len() != tails.len() {
            return Err(Error::invalid(&"tails", &"one for each point of the grid, at least one"));
        }
        let losses_of = |tails: &[Partial]| {
            let loss = |(index, tail): (usize, &Partial)| {
                tail.statistic(statistic).map_err(|e| e.at(index))
            };
            tails.iter().enumerate().map(loss).collect::<Result<Vec<_>>>()
        };
        let values_of = |losses: &[f64]| {
            let value = |(loss, settings): (&f64, &Settings)| match objective {
                Objective::Loss => Ok(*loss),
                Objective::RequiredDiscount => required_discount(*loss, settings.A, settings.bands),
            };
            losses.iter().zip(grid).map(value).collect::<Result<Vec<_>>>()
        };
        let losses = losses_of(tails)?;
        let values = values_of(&losses)?;
        let best = least(&values);
        let limit = values.get(best).map_or(f64::NAN, |value| value + difference);
        let is_flat = |(index, value): (usize, &f64)| (*value <= limit).then_some(index);
        let flat = values.iter().enumerate().filter_map(is_flat).collect();

        let behind = tails.get(best).map_or(&[][..], |tail| tail.behind(statistic));
        let mut kept_needed = None;
        let effect = |event: Event| {
            let without: Vec<_> = tails.iter().map(|tail| tail.without(&event)).collect();
            let pairs = tails.iter().zip(&without);
            let needed = pairs.filter_map(|(tail, left)| tail.needed(left, statistic)).max();
            kept_needed = kept_needed.max(needed);
            let losses = losses_of(&without).ok();
            let values = losses.as_deref().and_then(|losses| values_of(losses).ok());
            EventEffect {
                event,
                loss_without: losses.and_then(|losses| losses.get(best).copied()),
                best_without: values.as_deref().map(least),
            }
        };
        let events: Vec<_> = events(behind).into_iter().map(effect).collect();
        let without: Option<Vec<_>> = events.iter().map(|effect| effect.loss_without).collect();
        let jackknife = losses.get(best).zip(without);
        let jackknife = jackknife.and_then(|(loss, without)| Jackknife::new(*loss, &without));
        Ok(Self { losses, values, best, flat, jackknife, kept_needed, events })
    }

    /// The least and the largest of a parameter's `values` over the flat part of the curve,
    /// and over the best points without one event each: a value is as sure as these are near.
    ///
    /// # Errors
    /// `Invalid` on `values` that are not as many as the points.
    ///
    /// ```
    /// # use llamath::sim::{Curve, Effort, Objective, Partial, Settings, Statistic, Worst};
    /// # let tail = |loss| Partial {
    /// #     kept: 1,
    /// #     windows: 10,
    /// #     sum: None,
    /// #     worst: vec![Worst { loss, start_secs: 0.0, end_secs: 60.0 }],
    /// #     effort: Effort::default(),
    /// # };
    /// # let grid = [20, 50, 100].map(|a| Settings::v1(a, 4, 0.006));
    /// # let tails = [0.06, 0.08, 0.10].map(tail);
    /// # let (statistic, objective) = (Statistic::Worst(1), Objective::RequiredDiscount);
    /// let curve = Curve::new(&grid, &tails, statistic, objective, 0.005)?;
    /// let a = curve.recommend(&[20.0, 50.0, 100.0])?;
    /// assert_eq!((a.value, a.flat_low, a.flat_high), (50.0, 50.0, 100.0));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn recommend(&self, values: &[f64]) -> Result<Recommendation> {
        let of = |index: &usize| values.get(*index).copied();
        let range = |indices: &mut dyn Iterator<Item = usize>| {
            let values = indices.filter_map(|index| of(&index));
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            })
        };
        let wrong = Error::invalid(&"values", &"one for each point of the curve");
        let value = of(&self.best).filter(|_| values.len() == self.values.len()).ok_or(wrong)?;
        let (flat_low, flat_high) = range(&mut self.flat.iter().copied());
        let without: Option<Vec<_>> = self.events.iter().map(|event| event.best_without).collect();
        let without = without.map(|without| range(&mut without.into_iter().chain([self.best])));
        Ok(Recommendation {
            value,
            flat_low,
            flat_high,
            event_low: without.map(|(low, _)| low),
            event_high: without.map(|(_, high)| high),
        })
    }
}

/// The value of a parameter to choose, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recommendation {
    /// The value at the best point.
    pub value: f64,
    /// The least value that is as good, within the difference stated for the curve.
    pub flat_low: f64,
    /// The largest value that is as good.
    pub flat_high: f64,
    /// The least of the best values with and without each event; none where an event could not
    /// be left out for want of kept windows.
    pub event_low: Option<f64>,
    /// The largest of them.
    pub event_high: Option<f64>,
}

impl Partial {
    /// The worst windows that a statistic is made of.
    fn behind(&self, statistic: Statistic) -> &[Worst] {
        let windows = usize::try_from(self.windows).unwrap_or(usize::MAX);
        self.worst.get(..statistic.depth(windows)).unwrap_or(&self.worst)
    }

    /// How many windows must be kept, at least, for a statistic of what is `left` of these; none
    /// if enough were, or all.
    fn needed(&self, left: &Self, statistic: Statistic) -> Option<usize> {
        let windows = usize::try_from(self.windows).unwrap_or(usize::MAX);
        let missing = statistic.depth(windows).checked_sub(left.worst.len());
        let missing = missing.filter(|missing| *missing > 0 && self.kept < windows)?;
        Some(self.kept.saturating_add(missing).min(windows))
    }
}

/// The index of the least value, the first of equal ones.
fn least(values: &[f64]) -> usize {
    let pairs = values.iter().enumerate();
    pairs.min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(index, _)| index)
}
