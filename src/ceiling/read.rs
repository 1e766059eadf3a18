//! Liquidity from tables in text ([`Table::read`]).

use super::daily::LiquidityRows;
use crate::error::Result;
use crate::table::Table;

/// The liquidity of a file, and the names of its pools.
#[derive(Debug, Clone, PartialEq)]
pub struct LiquidityFile {
    /// The names of the pools, in the order in which they come up; one without a name where the
    /// file has no column for them.
    pub names: Vec<String>,
    /// The pool of each row, by its place among the names.
    pub pools: Vec<usize>,
    /// Seconds since 1970.
    pub times: Vec<u64>,
    /// In USD or tokens, as the file has it.
    pub values: Vec<f64>,
}

impl LiquidityFile {
    /// Its columns.
    #[must_use]
    pub fn rows(&self) -> LiquidityRows<'_> {
        LiquidityRows { pools: &self.pools, times: &self.times, values: &self.values }
    }
}

/// Liquidity over time: columns `date` (or `timestamp`, `time`, `t`: seconds since 1970 or a UTC
/// date), `pool` and `usd` (or `liquidity`, `tvl`, `value`); in a table without names in that order,
/// or time and value alone.
///
/// Without a column for pools all rows are of one.
///
/// # Errors
/// `Invalid` on a column that is missing, or by its name at the row that cannot be read, and on what
/// [`Table::read`] refuses.
///
/// ```
/// use llamath::ceiling::read_liquidity;
/// let file = read_liquidity("date,pool,usd\n2024-02-29,A,1e6\n2024-02-29,B,2e6\n2024-03-01,A,3e6")?;
/// assert_eq!((file.names.join(" "), file.pools), ("A B".into(), vec![0, 1, 0]));
/// let file = read_liquidity(r#"{"record": [[1628553600, 27185720.15]]}"#)?;
/// assert_eq!((file.times[0], file.values[0]), (1_628_553_600, 27_185_720.15));
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn read_liquidity(text: &str) -> Result<LiquidityFile> {
    let table = Table::read(text)?;
    let no_names = table.names().is_none();
    let two_columns = no_names && table.width() == 2;
    let times = table.column(&"date", &["date", "timestamp", "time", "ts", "t"], 0)?.times()?;
    let pool = if two_columns { None } else { table.find(&"pool", &["pool", "name"], 1) };
    let value_at = if two_columns { 1 } else { 2 };
    let known = ["usd", "liquidity_usd", "liquidity", "tvl", "value"];
    let values = table.column(&"usd", &known, value_at)?.numbers()?;
    let mut names: Vec<String> = Vec::new();
    let pools = match pool {
        None => {
            names.push(String::new());
            vec![0; times.len()]
        }
        Some(pools) => {
            let mut number = |pool: &&str| {
                let known = names.iter().position(|name| name == pool);
                known.unwrap_or_else(|| {
                    names.push((*pool).into());
                    names.len().saturating_sub(1)
                })
            };
            pools.texts().iter().map(&mut number).collect()
        }
    };
    Ok(LiquidityFile { names, pools, times, values })
}
