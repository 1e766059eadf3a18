//! Tables in text: CSV with a header or without, and JSON in the shapes in which services and
//! tools write tables.
//!
//! Cells stay the text that they were until a column is asked for as numbers, so that integers
//! of any size survive. Nothing is dropped or guessed: what a column cannot be read as is an
//! error with the column's name and the row, counted from 0 below the header.

mod column;
mod csv;
mod json;

use std::borrow::Cow;

pub use column::Column;

use crate::error::{Error, Name, Result};

/// Rows of cells of one width, perhaps with names over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<'a> {
    /// The names of the columns; none where the text has no header.
    names: Option<Vec<Cow<'a, str>>>,
    rows: Vec<Vec<Cow<'a, str>>>,
}

impl<'a> Table<'a> {
    /// The table in a text.
    ///
    /// A text that begins with `[` or `{` is JSON: a list of objects; a list of lists, the first
    /// of which may be a header; an object with one list of either kind in it; or an object of
    /// lists, one for each column. Any other is CSV: comma, semicolon or tab, as its first line
    /// has it; cells may be quoted; the first line is a header unless all of it are numbers.
    ///
    /// # Errors
    /// `Invalid` on `text`: at a row with more or fewer cells than the others or other names; for
    /// JSON that is not well-formed at the byte where it goes wrong; where there is no row.
    ///
    /// ```
    /// use llamath::table::Table;
    /// let csv = Table::read("t,price\n60,1.5\n120,1.6\n")?;
    /// let json = Table::read(r#"[{"t": 60, "price": "1.5"}, {"t": 120, "price": 1.6}]"#)?;
    /// assert_eq!(csv, json);
    /// assert_eq!(csv.column(&"price", &["price", "close"], 1)?.numbers()?, [1.5, 1.6]);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn read(text: &'a str) -> Result<Self> {
        let text = text.trim_start_matches('\u{feff}');
        let table = match text.trim_start().starts_with(['[', '{']) {
            true => json::table(text),
            false => csv::table(text),
        }?;
        match table.rows.is_empty() {
            true => Err(Error::invalid(&"text", &"a table with at least one row")),
            false => Ok(table),
        }
    }

    /// The column with one of the names `known`, the first that is there; in a table without
    /// names the one at `position`.
    ///
    /// # Errors
    /// `Invalid` on `name` where there is none.
    ///
    /// ```
    /// let table = llamath::table::Table::read("60,1.5")?;
    /// assert_eq!(table.column(&"t", &["t"], 0)?.whole::<u64>()?, [60]);
    /// assert!(table.column(&"x", &["x"], 2).is_err());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn column(&self, name: Name, known: &[&str], position: usize) -> Result<Column<'_>> {
        self.find(name, known, position).ok_or(Error::invalid(name, &"a column of the table"))
    }

    /// The same; none where there is none.
    ///
    /// ```
    /// let table = llamath::table::Table::read("t,price\n60,1.5")?;
    /// assert!(table.find(&"id", &["id"], 0).is_none());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    #[must_use]
    pub fn find(&self, name: Name, known: &[&str], position: usize) -> Option<Column<'_>> {
        let at = match &self.names {
            Some(names) => known.iter().find_map(|known| names.iter().position(|n| n == known))?,
            None => position,
        };
        let cells = self.rows.iter().map(|row| row.get(at).map(AsRef::as_ref));
        Some(Column::new(name, cells.collect::<Option<_>>()?))
    }

    /// The names of its columns; none where the text has no header.
    ///
    /// ```
    /// let table = llamath::table::Table::read("t,price\n60,1.5")?;
    /// assert_eq!((table.names(), table.width()), (Some(vec!["t", "price"]), 2));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    #[must_use]
    pub fn names(&self) -> Option<Vec<&str>> {
        self.names.as_ref().map(|names| names.iter().map(AsRef::as_ref).collect())
    }

    /// How many columns it has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// Rows of one width, the first of which are names unless all of it are numbers.
    fn of_rows(mut rows: Vec<Vec<Cow<'a, str>>>) -> Result<Self> {
        let names = rows.first().is_some_and(is_header).then(|| rows.remove(0));
        let width = names.as_ref().or(rows.first()).map_or(0, Vec::len);
        match rows.iter().position(|row| row.len() != width) {
            Some(row) => {
                Err(Error::invalid(&"text", &"rows of as many cells as the first").at(row))
            }
            None => Ok(Self { names, rows }),
        }
    }
}

/// Whether a first row names the columns: not all of it are numbers.
fn is_header(row: &Vec<Cow<'_, str>>) -> bool {
    !row.iter().all(|cell| column::is_number(cell))
}
