//! A column, read as what it holds.

use core::str::FromStr;

use crate::date::time_of;
use crate::error::{Error, Name, Result};
use crate::fixed::{I256, U256};

/// The cells of a column.
///
/// ```
/// use llamath::table::Table;
/// let table = Table::read("day,id,change\n2024-02-29,18446744073709551617,-1.5e-2")?;
/// assert_eq!(table.column(&"day", &["day"], 0)?.times()?, [1_709_164_800]);
/// assert_eq!(table.column(&"id", &["id"], 1)?.whole::<u128>()?, [(1 << 64) + 1]);
/// assert_eq!(table.column(&"id", &["id"], 1)?.unsigned()?[0].bit_len(), 65);
/// assert_eq!(table.column(&"change", &["change"], 2)?.numbers()?, [-0.015]);
/// assert_eq!(table.column(&"change", &["change"], 2)?.texts(), ["-1.5e-2"]);
/// assert!(table.column(&"change", &["change"], 2)?.signed().is_err(), "not a whole number");
/// # Ok::<(), llamath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<'t> {
    name: Name,
    cells: Vec<&'t str>,
}

impl<'t> Column<'t> {
    pub(super) const fn new(name: Name, cells: Vec<&'t str>) -> Self {
        Self { name, cells }
    }

    /// Its cells as they are.
    #[must_use]
    pub fn texts(&self) -> &[&'t str] {
        &self.cells
    }

    /// Its cells as finite doubles, such as `1`, `-0.5` or `1.5e-7`.
    ///
    /// # Errors
    /// `Invalid` on the column's name at the row that is none.
    pub fn numbers(&self) -> Result<Vec<f64>> {
        self.each(&"a finite number", |cell| {
            is_number(cell).then(|| cell.parse().ok()).flatten().filter(|x: &f64| x.is_finite())
        })
    }

    /// Its cells as whole numbers of type `T`, of 0 or more unless `T` has a sign.
    ///
    /// # Errors
    /// `Invalid` on the column's name at the row that is none, or too large.
    pub fn whole<T: FromStr>(&self) -> Result<Vec<T>> {
        self.each(&"a whole number in range", |cell| {
            is_whole(cell.strip_prefix('-').unwrap_or(cell)).then(|| cell.parse().ok()).flatten()
        })
    }

    /// Its cells as integers of 256 bits, of 0 or more.
    ///
    /// # Errors
    /// `Invalid` on the column's name at the row that is none, or too large.
    pub fn unsigned(&self) -> Result<Vec<U256>> {
        self.each(&"a whole number of 0 or more, below 2^256", |cell| {
            is_whole(cell).then(|| cell.parse().ok()).flatten()
        })
    }

    /// Its cells as integers of 256 bits with a sign.
    ///
    /// # Errors
    /// `Invalid` on the column's name at the row that is none, or too large.
    pub fn signed(&self) -> Result<Vec<I256>> {
        self.each(&"a whole number within 256 bits", |cell| {
            let (negative, digits) = match cell.strip_prefix('-') {
                Some(digits) => (true, digits),
                None => (false, cell),
            };
            let magnitude = is_whole(digits).then(|| digits.parse().ok()).flatten()?;
            I256::new(negative, magnitude)
        })
    }

    /// Its cells as times: whole seconds since 1970, or dates as [`time_of`] reads them.
    ///
    /// # Errors
    /// `Invalid` on the column's name at the row that is neither.
    pub fn times(&self) -> Result<Vec<u64>> {
        self.each(&"whole seconds since 1970, or a UTC date such as 2024-02-29", |cell| {
            match is_whole(cell) {
                true => cell.parse().ok(),
                false => time_of(cell),
            }
        })
    }

    /// Its cells as something else.
    pub(crate) fn each<T>(
        &self,
        expected: Name,
        read: impl Fn(&'t str) -> Option<T>,
    ) -> Result<Vec<T>> {
        let one = |(row, cell): (usize, &&'t str)| {
            read(cell).ok_or(Error::invalid(self.name, expected).at(row))
        };
        self.cells.iter().enumerate().map(one).collect()
    }
}

fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it is a number as JSON writes them.
pub(super) fn is_number(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    is_whole(whole.strip_prefix('-').unwrap_or(whole))
        && is_whole(fraction)
        && is_whole(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))
}
