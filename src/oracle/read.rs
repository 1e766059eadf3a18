//! Rounds, observations and prices from tables in text ([`Table::read`]).

use super::rounds::Round;
use super::uniswap::Observation;
use crate::decimal::to_raw;
use crate::error::{Error, Result};
use crate::fixed::I256;
use crate::table::{Column, Table};

/// Names under which a time is known.
const TIMES: [&str; 8] = [
    "updated_at",
    "updatedAt",
    "timestamp",
    "blockTimestamp",
    "block_timestamp",
    "time",
    "ts",
    "t",
];

/// The rounds of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundFile {
    /// In the order of the file.
    pub rounds: Vec<Round>,
    /// Whether the file has no ids, so that its rows were numbered: phase 1, from 1 on. What
    /// rests on the start of a phase then rests on the first row being one.
    pub numbered: bool,
}

/// Chainlink rounds: columns `round_id`, `answer` and `updated_at`, or the camelCase of it; in a
/// table without names in that order.
///
/// The answer is a whole number of the feed's decimals; a column `price` in its stead is in
/// whole units. The time may be called `timestamp`, `time`, `ts` or `t`; the id may be absent.
///
/// # Errors
/// `Invalid` on a column that is missing, or by its name at the row that cannot be read, and on what
/// [`Table::read`] refuses.
///
/// ```
/// use llamath::oracle::read_rounds;
/// let text = "round_id,answer,updated_at\n36893488147419103233,3617126,1736006552";
/// let raw = read_rounds(text, 3)?;
/// let priced = read_rounds("ts,price\n1736006552,3617.126", 3)?;
/// assert_eq!(raw.rounds[0].answer, priced.rounds[0].answer);
/// assert!(priced.numbered && !raw.numbered);
/// assert!(read_rounds("ts,price\n1736006552,3617.1265", 3).is_err(), "more digits than a feed");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn read_rounds(text: &str, decimals: u32) -> Result<RoundFile> {
    let table = Table::read(text)?;
    let ids = table.find(&"round_id", &["round_id", "roundId"], 0);
    let answers = match table.find(&"answer", &["answer"], 1) {
        Some(answers) => answers.signed()?,
        None => prices(&table.column(&"answer", &["price"], 1)?, decimals)?,
    };
    let times = table.column(&"updated_at", &TIMES, 2)?.times()?;
    let numbered = ids.is_none();
    let ids: Vec<u128> = match ids {
        Some(ids) => ids.whole()?,
        None => (1_u128..).map(|count| 1 << 64 | count).take(times.len()).collect(),
    };
    let rows = ids.into_iter().zip(answers).zip(times);
    let round = |((id, answer), updated_at_secs)| Round { id, answer, updated_at_secs };
    Ok(RoundFile { rounds: rows.map(round).collect(), numbered })
}

/// Prices in whole units as answers of `decimals` decimals, none of whose digits is lost.
fn prices(column: &Column<'_>, decimals: u32) -> Result<Vec<I256>> {
    column.each(&"a price above 0 with no more digits than decimals", |cell| {
        I256::new(false, to_raw(cell, decimals).ok()?)
    })
}

/// Uniswap v3 observations: columns `timestamp`, `tickCumulative` and
/// `secondsPerLiquidityCumulativeX128`, or their snake_case; in a table without names in that
/// order.
///
/// # Errors
/// As for [`read_rounds`].
///
/// ```
/// let text = "blockTimestamp,tickCumulative,secondsPerLiquidityCumulativeX128\n9,-70,5404";
/// let ring = llamath::oracle::read_observations(text)?;
/// assert_eq!((ring[0].timestamp, ring[0].tick_cumulative), (9, -70));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn read_observations(text: &str) -> Result<Vec<Observation>> {
    let table = Table::read(text)?;
    let times: Vec<u32> = table.column(&"timestamp", &TIMES, 0)?.whole()?;
    let ticks = ["tickCumulative", "tick_cumulative"];
    let ticks: Vec<i64> = table.column(&"tick_cumulative", &ticks, 1)?.whole()?;
    let sums = [
        "secondsPerLiquidityCumulativeX128",
        "seconds_per_liquidity_cumulative_x128",
        "seconds_per_liquidity_x128",
        "secondsPerLiquidity",
        "seconds_per_liquidity",
    ];
    let sums = table.column(&"seconds_per_liquidity_x128", &sums, 2)?.unsigned()?;
    let rows = times.into_iter().zip(ticks).zip(sums);
    let observation = |((timestamp, tick_cumulative), seconds_per_liquidity_x128)| Observation {
        timestamp,
        tick_cumulative,
        seconds_per_liquidity_x128,
    };
    Ok(rows.map(observation).collect())
}

/// A series of prices: its times in seconds since 1970, and its values.
pub type Prices = (Vec<u64>, Vec<f64>);

/// Prices over time: columns `timestamp` (or `time`, `ts`, `t`, a date) and `close` (or `price`,
/// `value`, `c`); in a table without names in that order.
///
/// # Errors
/// As for [`read_rounds`]; also at a price that is not above 0.
///
/// ```
/// let (times, closes) = llamath::oracle::read_prices("ts,close\n1736009220,3618.79")?;
/// assert_eq!((times, closes), (vec![1736009220], vec![3618.79]));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn read_prices(text: &str) -> Result<Prices> {
    let table = Table::read(text)?;
    let times = table.column(&"timestamp", &TIMES, 0)?.times()?;
    let prices = table.column(&"price", &["close", "price", "value", "c"], 1)?.numbers()?;
    match prices.iter().position(|price| *price <= 0.0) {
        Some(row) => Err(Error::invalid(&"price", &"above 0").at(row)),
        None => Ok((times, prices)),
    }
}
