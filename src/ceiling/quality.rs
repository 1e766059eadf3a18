//! What is odd about a series of liquidity, before anything is made of it.

use std::collections::BTreeMap;

use super::daily::{LiquidityRows, check_liquidity, put};
use crate::date::{DAY_SECS, day_of};
use crate::error::Result;

/// The factor beyond which a day's move is a leap.
const LEAP: f64 = 3.0;
/// Days within which a leap must come back to be an outlier.
const RETURN_DAYS: u64 = 7;

/// Days without a value between two that have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The pool.
    pub pool: usize,
    /// The beginning of the first of them, seconds since 1970.
    pub from_secs: u64,
    /// How many.
    pub days: u64,
}

/// Days that leap away by more than a factor of 3 and come back within a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlier {
    /// The pool.
    pub pool: usize,
    /// The beginning of the first of them, seconds since 1970.
    pub from_secs: u64,
    /// How many days until it is back.
    pub days: u64,
    /// The first of them over the day before.
    pub factor: f64,
}

/// What is odd about the liquidity of pools. Rows count from 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Quality {
    /// Rows in all.
    pub rows: usize,
    /// Days that have a value, of all pools together.
    pub days: usize,
    /// Rows whose value is not finite or below 0, or whose time is after the year 9999.
    pub invalid: Vec<usize>,
    /// Rows with the pool and time of an earlier row.
    pub duplicates: Vec<usize>,
    /// Rows that are before the latest one above them of their pool.
    pub disorder: Vec<usize>,
    /// Days that a pool is missing.
    pub gaps: Vec<Gap>,
    /// Days that stick out.
    pub outliers: Vec<Outlier>,
}

/// What is odd about the liquidity of pools; nothing is corrected.
///
/// Gaps and outliers are those of the valid rows of a pool in the order of time.
///
/// # Errors
/// `Invalid` on `pools` and `values` if they are not as many as `times`.
///
/// ```
/// use llamath::date::DAY_SECS;
/// use llamath::ceiling::{LiquidityRows, quality};
/// let found = quality(&LiquidityRows {
///     pools: &[0; 4],
///     times: &[0, 1, 2, 4].map(|day| day * DAY_SECS),
///     values: &[100.0, 10.0, 100.0, 90.0],
/// })?;
/// assert_eq!((found.gaps[0].from_secs, found.gaps[0].days), (3 * DAY_SECS, 1));
/// assert_eq!((found.outliers[0].factor, found.outliers[0].days), (0.1, 1));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn quality(rows: &LiquidityRows<'_>) -> Result<Quality> {
    let mut found = Quality { rows: rows.times.len(), ..Quality::default() };
    let mut pools = BTreeMap::<usize, BTreeMap<u64, f64>>::new();
    for (row, pool, time, value) in rows.iter()? {
        if check_liquidity(value).is_err() || day_of(time).is_err() {
            found.invalid.push(row);
            continue;
        }
        let by_time = pools.entry(pool).or_default();
        if by_time.last_key_value().is_some_and(|(latest, _)| time < *latest) {
            found.disorder.push(row);
        }
        if by_time.insert(time, value).is_some() {
            found.duplicates.push(row);
        }
    }
    for (pool, by_time) in pools {
        let mut days = Vec::new();
        by_time.into_iter().for_each(|(time, value)| {
            put(&mut days, time.div_euclid(DAY_SECS), value);
        });
        found.days = found.days.saturating_add(days.len());
        found.gaps.extend(gaps(pool, &days));
        found.outliers.extend(outliers(pool, &days));
    }
    Ok(found)
}

fn gaps(pool: usize, days: &[(u64, f64)]) -> Vec<Gap> {
    let pairs = days.iter().zip(days.iter().skip(1));
    let gap = |((day, _), (next, _)): (&(u64, f64), &(u64, f64))| {
        let first = day.saturating_add(1);
        let days = next.saturating_sub(first);
        (days > 0).then_some(Gap { pool, from_secs: first.saturating_mul(DAY_SECS), days })
    };
    pairs.filter_map(gap).collect()
}

fn outliers(pool: usize, days: &[(u64, f64)]) -> Vec<Outlier> {
    let is_leap = |from: f64, to: f64| to > from * LEAP || to * LEAP < from;
    let mut found = Vec::new();
    let mut rest = days;
    while let [(_, before), (day, value), later @ ..] = rest {
        rest = rest.get(1..).unwrap_or_default();
        if !is_leap(*before, *value) {
            continue;
        }
        let soon = later.iter().take_while(|(next, _)| next.saturating_sub(*day) <= RETURN_DAYS);
        let back = soon.enumerate().find(|(_, (_, next))| !is_leap(*before, *next));
        if let Some((index, (next, _))) = back {
            found.push(Outlier {
                pool,
                from_secs: day.saturating_mul(DAY_SECS),
                days: next.saturating_sub(*day),
                factor: value / before,
            });
            // The day that is back is where to go on: its own move is that of the return.
            rest = later.get(index..).unwrap_or_default();
        }
    }
    found
}
