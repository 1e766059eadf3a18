//! Weight and APR of a pool, one at a time or in columns.

use crate::error::{Error, Name, Result, finite, non_negative, positive, representable};

/// Seconds of a year of 365 days, the basis of most displayed APRs.
pub const YEAR_SECS: f64 = 31_536_000.0;

/// What decides the APR of a pool.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AprInput {
    /// Allocation points of the pool (its "multiplier"), 0 to `total_alloc_point`.
    pub alloc_point: f64,
    /// Allocation points of all pools of the farm, above 0.
    pub total_alloc_point: f64,
    /// Tokens that the farm emits for all pools together every `emission_secs`.
    pub emission: f64,
    /// Seconds per emission: the block time if it is per block, 1 if per second.
    pub emission_secs: f64,
    /// Price of the emitted token in USD, above 0.
    pub token_price_usd: f64,
    /// Value of all that is staked in the pool in USD, above 0.
    pub staked_usd: f64,
    /// Seconds of a year, [`YEAR_SECS`] for most farms.
    pub year_secs: f64,
}

/// What a pool pays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Apr {
    /// Fraction of the emission that goes to the pool.
    pub weight: f64,
    /// Emissions in a year: the "blocks per year" of a per-block emission.
    pub emissions_per_year: f64,
    /// Tokens for the pool per emission.
    pub pool_emission: f64,
    /// Tokens for the pool per second.
    pub tokens_per_second: f64,
    /// Tokens for the pool per day.
    pub tokens_per_day: f64,
    /// Tokens for the pool per year.
    pub tokens_per_year: f64,
    /// Value of the tokens for the pool per year, in USD.
    pub usd_per_year: f64,
    /// Simple annual rate, a fraction: 0.25 is 25 %.
    pub apr: f64,
    /// Seconds of the year that the rates above are per.
    pub year_secs: f64,
}

/// The fraction of a farm's emission that goes to a pool.
///
/// weight = alloc_point / total_alloc_point
///
/// # Errors
/// `Invalid` on `total_alloc_point` unless it is above 0, on `alloc_point` unless it
/// is from 0 to `total_alloc_point`; `Arithmetic` if their ratio is too small for a double.
///
/// ```
/// // The seed example of LlamaSwap: a 10x pool among 92 points.
/// assert_eq!(llamath::farm::weight(10.0, 92.0)?, 10.0 / 92.0);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn weight(alloc_point: f64, total_alloc_point: f64) -> Result<f64> {
    positive(&"total_alloc_point", total_alloc_point)?;
    non_negative(&"alloc_point", alloc_point)?;
    if alloc_point > total_alloc_point {
        return Err(Error::invalid(&"alloc_point", &"at most total_alloc_point"));
    }
    representable(&"weight", alloc_point / total_alloc_point, alloc_point == 0.0)
}

/// The APR of a pool and the rates that it is made of.
///
/// apr = weight · emission · (year_secs / emission_secs) · token_price_usd / staked_usd
///
/// A pool without points, or a farm whose emission has ended, has an APR of 0.
///
/// # Errors
/// `Invalid` on the field that is not finite or outside its range;
/// `Arithmetic` if a rate leaves the range of a double, upwards or downwards.
///
/// ```
/// use llamath::farm::{AprInput, YEAR_SECS, apr};
/// let pool = apr(&AprInput {
///     alloc_point: 10.0,
///     total_alloc_point: 92.0,
///     emission: 0.5,
///     emission_secs: 3.0,
///     token_price_usd: 0.25,
///     staked_usd: 500_000.0,
///     year_secs: YEAR_SECS,
/// })?;
/// assert_eq!(pool.emissions_per_year, 10_512_000.0);
/// assert_eq!(format!("{:.4}", pool.apr), "0.2857");
/// # Ok::<(), llamath::Error>(())
/// ```
#[inline(never)]
pub fn apr(input: &AprInput) -> Result<Apr> {
    let weight = weight(input.alloc_point, input.total_alloc_point)?;
    let emission = non_negative(&"emission", input.emission)?;
    let emission_secs = positive(&"emission_secs", input.emission_secs)?;
    let price = positive(&"token_price_usd", input.token_price_usd)?;
    let staked = positive(&"staked_usd", input.staked_usd)?;
    let year_secs = positive(&"year_secs", input.year_secs)?;

    let emissions_per_year = year_secs / emission_secs;
    let pool_emission = weight * emission;
    let tokens_per_second = pool_emission / emission_secs;
    let tokens_per_year = pool_emission * emissions_per_year;
    let usd_per_year = tokens_per_year * price;
    // An APR is 0 only where nothing is emitted, never because it is too small.
    let pays_nothing = input.alloc_point == 0.0 || emission == 0.0;
    Ok(Apr {
        weight,
        emissions_per_year: finite(&"emissions_per_year", emissions_per_year)?,
        pool_emission: finite(&"pool_emission", pool_emission)?,
        tokens_per_second: representable(&"tokens_per_second", tokens_per_second, pays_nothing)?,
        tokens_per_day: finite(&"tokens_per_day", tokens_per_second * 86_400.0)?,
        tokens_per_year: finite(&"tokens_per_year", tokens_per_year)?,
        usd_per_year: finite(&"usd_per_year", usd_per_year)?,
        apr: representable(&"apr", usd_per_year / staked, pays_nothing)?,
        year_secs,
    })
}

/// One input of many pools: the same for all, or one value a pool.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Column<'a> {
    /// The same value for every pool.
    All(f64),
    /// One value a pool.
    Each(&'a [f64]),
}

/// The inputs of [`apr`] for many pools at once; see [`AprInput`] for the fields.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AprColumns<'a> {
    /// Allocation points of each pool.
    pub alloc_point: Column<'a>,
    /// Allocation points of all pools of the farm.
    pub total_alloc_point: Column<'a>,
    /// Tokens emitted for all pools together every `emission_secs`.
    pub emission: Column<'a>,
    /// Seconds per emission.
    pub emission_secs: Column<'a>,
    /// Price of the emitted token in USD.
    pub token_price_usd: Column<'a>,
    /// Value of all that is staked in the pool in USD.
    pub staked_usd: Column<'a>,
    /// Seconds of a year.
    pub year_secs: Column<'a>,
}

/// Rows computed at a time.
const BLOCK: usize = 128;

type Block = [f64; BLOCK];

/// The APR of many pools: `out[i]` is what [`apr`] gives for row i, bit for bit.
///
/// # Errors
/// `Invalid` with `index` for the first bad row; `Invalid` on a column whose length is
/// not that of `out`.
///
/// ```
/// use llamath::farm::{AprColumns, Column, apr_columns};
/// let mut aprs = [0.0; 2];
/// apr_columns(
///     &AprColumns {
///         alloc_point: Column::Each(&[10.0, 60.0]),
///         total_alloc_point: Column::All(92.0),
///         emission: Column::All(0.5),
///         emission_secs: Column::All(3.0),
///         token_price_usd: Column::All(0.25),
///         staked_usd: Column::Each(&[500_000.0, 1_000_000.0]),
///         year_secs: Column::All(31_536_000.0),
///     },
///     &mut aprs,
/// )?;
/// assert_eq!(aprs.map(|apr| format!("{apr:.4}")), ["0.2857", "0.8570"]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn apr_columns(input: &AprColumns<'_>, out: &mut [f64]) -> Result<()> {
    for (field, column) in input.named() {
        if let Column::Each(rows) = column
            && rows.len() != out.len()
        {
            return Err(Error::invalid(field, &"a column as long as the others"));
        }
    }
    let mut filled = [[0.0; BLOCK]; 7];
    for (block, (_, column)) in filled.iter_mut().zip(input.named()) {
        block.fill(column.at(0));
    }
    for (number, aprs) in out.chunks_mut(BLOCK).enumerate() {
        let start = number.saturating_mul(BLOCK);
        if input.ordinary_block(start, &filled, aprs) != Some(true) {
            for (offset, one) in aprs.iter_mut().enumerate() {
                let index = start.saturating_add(offset);
                *one = apr(&input.row(index)).map_err(|error| error.at(index))?.apr;
            }
        }
    }
    Ok(())
}

/// Numbers from [`LEAST`] to [`MOST`]: no product or quotient of seven leaves the range of
/// a double.
fn is_ordinary(number: f64) -> bool {
    (LEAST..=MOST).contains(&number)
}

const LEAST: f64 = 1e-30;
const MOST: f64 = 1e30;

/// The APRs of a block if all rows are valid and far from the ends of a double's range;
/// false if not, and then `aprs` means nothing.
///
/// A loop without a branch, which compiles to vector instructions. The order of the
/// operations is that of [`apr`], so the bits are too.
fn ordinary_aprs(
    [points, price, staked]: [&Block; 3],
    farm: impl Fn(usize) -> [f64; 4],
    aprs: &mut Block,
) -> bool {
    let or_zero = |number| (number == 0.0) | (number >= LEAST);
    let mut ordinary = true;
    for (row, apr) in aprs.iter_mut().enumerate() {
        let [points, price, staked] = [points, price, staked].map(|block| at(block, row));
        let [total, emission, emission_secs, year_secs] = farm(row);
        let farm = is_ordinary(total)
            & is_ordinary(emission_secs)
            & is_ordinary(year_secs)
            & or_zero(emission)
            & (emission <= MOST);
        let pool = is_ordinary(price) & is_ordinary(staked) & or_zero(points) & (points <= total);
        ordinary &= farm & pool;
        *apr = points / total * emission * (year_secs / emission_secs) * price / staked;
    }
    ordinary
}

/// The value of a row; NaN, which every check refuses, where there is none.
fn at(rows: &[f64], row: usize) -> f64 {
    rows.get(row).copied().unwrap_or(f64::NAN)
}

impl<'a> AprColumns<'a> {
    /// The columns by the names of their fields.
    fn named(&self) -> [(Name, Column<'a>); 7] {
        [
            (&"alloc_point", self.alloc_point),
            (&"total_alloc_point", self.total_alloc_point),
            (&"emission", self.emission),
            (&"emission_secs", self.emission_secs),
            (&"token_price_usd", self.token_price_usd),
            (&"staked_usd", self.staked_usd),
            (&"year_secs", self.year_secs),
        ]
    }

    /// [`ordinary_aprs`] of the rows from `start` on, if they fill a block. `filled` has a
    /// block of each column that is the same for all.
    fn ordinary_block(&self, start: usize, filled: &[Block; 7], aprs: &mut [f64]) -> Option<bool> {
        let mut filled = filled.iter();
        let blocks = self.named().map(|(_, column)| match (column, filled.next()) {
            (Column::Each(rows), _) => rows.get(start..)?.first_chunk(),
            (Column::All(_), block) => block,
        });
        let [points, total, emission, emission_secs, price, staked, year_secs] = blocks;
        let pools = [points?, price?, staked?];
        let farms = [total?, emission?, emission_secs?, year_secs?];
        let aprs = aprs.first_chunk_mut()?;
        let farm = [self.total_alloc_point, self.emission, self.emission_secs, self.year_secs];
        // Pools of one farm, the common case: its figures stay in registers.
        if let [Column::All(total), Column::All(emission), Column::All(secs), Column::All(year)] =
            farm
        {
            return Some(ordinary_aprs(pools, |_| [total, emission, secs, year], aprs));
        }
        Some(ordinary_aprs(pools, |row| farms.map(|block| at(block, row)), aprs))
    }

    fn row(&self, index: usize) -> AprInput {
        let [
            alloc_point,
            total_alloc_point,
            emission,
            emission_secs,
            token_price_usd,
            staked_usd,
            year_secs,
        ] = self.named().map(|(_, column)| column.at(index));
        AprInput {
            alloc_point,
            total_alloc_point,
            emission,
            emission_secs,
            token_price_usd,
            staked_usd,
            year_secs,
        }
    }
}

impl Column<'_> {
    fn at(&self, row: usize) -> f64 {
        match self {
            Self::All(value) => *value,
            Self::Each(rows) => at(rows, row),
        }
    }
}
