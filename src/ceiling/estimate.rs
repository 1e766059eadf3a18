//! The ceiling itself.

use super::daily::check_liquidity;
use crate::date::date;
use crate::ema::{Ema, Memory};
use crate::error::{Error, Result, fraction, non_negative, positive};

/// What liquidity is counted in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LiquidityUnit {
    /// USD.
    Usd,
    /// Collateral tokens at a price in USD: the average is then free of the token's price.
    Tokens {
        /// Price of one token, USD.
        price_usd: f64,
    },
}

/// What a debt ceiling is estimated from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CeilingInput<'a> {
    /// Seconds since 1970, each after the one before.
    pub times: &'a [u64],
    /// Liquidity at each time; none for a gap.
    pub liquidity: &'a [Option<f64>],
    /// Which average. [`conventions`] lists the usual ones.
    pub ema: Ema,
    /// The part of the least average that may be lent: 0.2 is usual.
    pub share: f64,
    /// Significant digits that are kept of the ceiling; 1 to 15.
    pub digits: u32,
    /// What liquidity is counted in.
    pub unit: LiquidityUnit,
}

/// A debt ceiling, and what it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct DebtCeiling {
    /// The name of the average.
    pub convention: String,
    /// The average after each row, in the unit of the liquidity; none for gaps at the start and
    /// the warm-up.
    pub ema: Vec<Option<f64>>,
    /// The least average, in the unit of the liquidity.
    pub minimum: f64,
    /// Its first row.
    pub minimum_row: usize,
    /// Its time, seconds since 1970.
    pub minimum_at_secs: u64,
    /// Its UTC date.
    pub minimum_date: String,
    /// share · minimum, in the unit of the liquidity.
    pub ceiling: f64,
    /// The same in USD.
    pub ceiling_usd: f64,
    /// The same, rounded down to so many digits.
    pub rounded_usd: f64,
}

/// The debt ceiling for a series of liquidity: share · least average, in USD rounded down to a
/// few digits.
///
/// # Errors
/// `Invalid` on `share` outside 0 to 1, on `digits`, on `price_usd`, on `liquidity` that is below 0
/// or of which nothing is left after the warm-up, and on what [`Ema::series`] refuses.
///
/// ```
/// use llamath::date::DAY_SECS;
/// use llamath::ceiling::{CeilingInput, LiquidityUnit, conventions, debt_ceiling};
/// let ceiling = debt_ceiling(&CeilingInput {
///     times: &[0, DAY_SECS, 2 * DAY_SECS],
///     liquidity: &[Some(5e6), Some(1e6), Some(9e6)],
///     ema: conventions(7.0, 1)[1],
///     share: 0.2,
///     digits: 2,
///     unit: LiquidityUnit::Usd,
/// })?;
/// assert_eq!(ceiling.convention, "span 7, from the first value");
/// assert_eq!((ceiling.minimum, ceiling.minimum_date.as_str()), (4e6, "1970-01-02"));
/// assert_eq!((ceiling.ceiling_usd, ceiling.rounded_usd), (8e5, 8e5));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn debt_ceiling(input: &CeilingInput<'_>) -> Result<DebtCeiling> {
    fraction(&"share", input.share)?;
    for (row, value) in input.liquidity.iter().enumerate() {
        let wrong = Error::invalid(&"liquidity", &"finite numbers of at least 0");
        value.map(check_liquidity).transpose().map_err(|_| wrong.at(row))?;
    }
    let ema = input.ema.series(input.times, input.liquidity)?;
    let rows = ema.iter().zip(input.times).enumerate();
    let known = rows.filter_map(|(row, (value, time))| Some((row, (*value)?, *time)));
    let (minimum_row, minimum, minimum_at_secs) = known
        .reduce(|least, next| if next.1 < least.1 { next } else { least })
        .ok_or(Error::invalid(&"liquidity", &"known at one time at least after the warm-up"))?;
    let ceiling = input.share * minimum;
    let ceiling_usd = match input.unit {
        LiquidityUnit::Usd => ceiling,
        LiquidityUnit::Tokens { price_usd } => ceiling * positive(&"price_usd", price_usd)?,
    };
    Ok(DebtCeiling {
        convention: input.ema.name(),
        minimum,
        minimum_row,
        minimum_at_secs,
        minimum_date: date(minimum_at_secs)?,
        ceiling,
        ceiling_usd,
        rounded_usd: floor_to_digits(ceiling_usd, input.digits)?,
        ema,
    })
}

/// The averages that "an EMA of so many days" is read as, for a series with a row a day: span
/// (adjusted, and from the first value), alpha = 1/days, half-life (adjusted), time constant and
/// half-life by time.
///
/// `min_periods` is their warm-up, in rows that have a value. In that order; what the days must
/// be is checked where an average is used.
///
/// ```
/// let seven_days = llamath::ceiling::conventions(7.0, 7);
/// assert_eq!(seven_days[0].name(), "span 7, adjusted, warm-up 7");
/// ```
#[must_use]
pub fn conventions(days: f64, min_periods: usize) -> [Ema; 6] {
    let secs = days * 86_400.0;
    [
        (Memory::Span(days), true),
        (Memory::Span(days), false),
        (Memory::Alpha(1.0 / days), false),
        (Memory::HalfLife(days), true),
        (Memory::TauSecs(secs), false),
        (Memory::HalfLifeSecs(secs), false),
    ]
    .map(|(memory, adjust)| Ema { memory, adjust, ignore_gaps: false, min_periods })
}

/// A number without all but its first `digits` significant digits.
///
/// # Errors
/// `Invalid` on `value` that is not finite or below 0, on `digits` outside 1 to 15.
///
/// ```
/// use llamath::ceiling::floor_to_digits;
/// assert_eq!(floor_to_digits(775_999.9, 3)?, 775_000.0);
/// assert_eq!(floor_to_digits(30_000_000.0, 1)?, 30_000_000.0);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn floor_to_digits(value: f64, digits: u32) -> Result<f64> {
    non_negative(&"value", value)?;
    let kept = usize::try_from(digits).ok().filter(|kept| (1..=15).contains(kept));
    let kept = kept.ok_or(Error::invalid(&"digits", &"a whole number from 1 to 15"))?;
    // On the decimal digits: powers of ten in doubles would sometimes lose a whole one.
    let text = format!("{value:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    // One more for the point.
    let length = if kept == 1 { 1 } else { kept.saturating_add(1) };
    let mantissa: String = mantissa.chars().take(length).collect();
    format!("{mantissa}e{exponent}").parse().map_err(|_| Error::arithmetic(&"rounded"))
}
