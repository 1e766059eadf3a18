//! The liquidity of several pools, day by day.

use std::collections::BTreeMap;

use crate::date::{DAY_SECS, day_of};
use crate::error::{Error, Result, finite, non_negative};

/// Days between the first and the last, at most: two centuries.
const MOST_DAYS: u64 = 73_050;

/// The liquidity of pools over time: three columns of one length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LiquidityRows<'a> {
    /// The pool of each row, by a number.
    pub pools: &'a [usize],
    /// Seconds since 1970, in order for each pool; of rows with equal times the last one counts.
    pub times: &'a [u64],
    /// What the collateral can be swapped for in the pool: in USD, or in tokens throughout.
    pub values: &'a [f64],
}

impl LiquidityRows<'_> {
    /// Row number, pool, time and value of each row.
    pub(super) fn iter(&self) -> Result<impl Iterator<Item = (usize, usize, u64, f64)>> {
        let length = self.times.len();
        if self.pools.len() != length {
            return Err(Error::invalid(&"pools", &"as many as times"));
        }
        if self.values.len() != length {
            return Err(Error::invalid(&"values", &"as many as times"));
        }
        let rows = self.pools.iter().zip(self.times).zip(self.values).enumerate();
        Ok(rows.map(|(row, ((pool, time), value))| (row, *pool, *time, *value)))
    }
}

/// The liquidity of all pools on each day from the first to the last.
#[derive(Debug, Clone, PartialEq)]
pub struct DailyLiquidity {
    /// The beginning of each UTC day, seconds since 1970.
    pub times: Vec<u64>,
    /// The sum over the pools; none where one of them has no figure, since the sum of the rest
    /// would look like a fall.
    pub totals: Vec<Option<f64>>,
    /// Figures of a pool for a day that were carried forward from a day before.
    pub carried: usize,
    /// Figures that are missing: of a pool before its first row or beyond what is carried.
    pub missing: usize,
}

/// The liquidity of pools by UTC day: the last value of a day, carried forward for at most
/// `max_carry_days` days.
///
/// # Errors
/// `Invalid` on `times` if there is none, at a row that is before the one above of its pool, or if
/// they span more than two centuries; on `values` that are not finite and at least 0; on `pools`
/// and `values` if they are not as many as `times`.
///
/// ```
/// use llamath::date::DAY_SECS;
/// use llamath::ceiling::{LiquidityRows, daily_liquidity};
/// let daily = daily_liquidity(
///     &LiquidityRows {
///         pools: &[0, 1, 0, 0, 1],
///         times: &[0, 60, DAY_SECS, DAY_SECS + 9, 2 * DAY_SECS],
///         values: &[1.0, 10.0, 2.0, 3.0, 20.0],
///     },
///     1,
/// )?;
/// assert_eq!(daily.totals, [Some(11.0), Some(13.0), Some(23.0)]);
/// assert_eq!((daily.carried, daily.missing), (2, 0));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn daily_liquidity(rows: &LiquidityRows<'_>, max_carry_days: u64) -> Result<DailyLiquidity> {
    let by_pool = by_pool(rows)?;
    let days = || by_pool.values().flatten().map(|(day, _)| *day);
    let nothing = || Error::invalid(&"times", &"at least one");
    let (first, last) = (days().min().ok_or_else(nothing)?, days().max().ok_or_else(nothing)?);
    if last.saturating_sub(first) > MOST_DAYS {
        return Err(Error::invalid(&"times", &"within two centuries of each other"));
    }
    let mut pools: Vec<_> =
        by_pool.into_values().map(|days| (days.into_iter().peekable(), None)).collect();
    let (mut carried, mut missing) = (0_usize, 0_usize);
    let mut total = |day: u64| {
        let mut sum = Some(0.0);
        for (days, last) in &mut pools {
            if let Some(found) = days.next_if(|(next, _)| *next == day) {
                *last = Some(found);
            }
            let known = last.filter(|(since, _)| day.saturating_sub(*since) <= max_carry_days);
            match known {
                Some((since, _)) if since < day => carried = carried.saturating_add(1),
                Some(_) => {}
                None => missing = missing.saturating_add(1),
            }
            sum = sum.zip(known).map(|(sum, (_, value))| sum + value);
        }
        sum.map(|sum| finite(&"total", sum)).transpose()
    };
    let totals = (first..=last).map(&mut total).collect::<Result<Vec<_>>>()?;
    let times = (first..=last).map(|day| day.saturating_mul(DAY_SECS)).collect();
    Ok(DailyLiquidity { times, totals, carried, missing })
}

/// Of each pool the last value of each day that has one.
fn by_pool(rows: &LiquidityRows<'_>) -> Result<BTreeMap<usize, Vec<(u64, f64)>>> {
    let mut pools = BTreeMap::<usize, (u64, Vec<(u64, f64)>)>::new();
    for (row, pool, time, value) in rows.iter()? {
        check_liquidity(value).map_err(|error| error.at(row))?;
        let day = day_of(time).map_err(|error| error.at(row))?;
        let (above, days) = pools.entry(pool).or_default();
        if time < *above {
            let expected = &"not before the one above of its pool";
            return Err(Error::invalid(&"times", expected).at(row));
        }
        *above = time;
        put(days, day, value);
    }
    Ok(pools.into_iter().map(|(pool, (_, days))| (pool, days)).collect())
}

/// Adds the value of a day, in place of one before.
pub(super) fn put(days: &mut Vec<(u64, f64)>, day: u64, value: f64) {
    match days.last_mut() {
        Some(last) if last.0 == day => last.1 = value,
        _ => days.push((day, value)),
    }
}

/// Refuses what is no liquidity.
pub(super) fn check_liquidity(value: f64) -> Result<f64> {
    non_negative(&"values", value)
}
