//! Comma-separated values (RFC 4180), and those with semicolons or tabs.

use std::borrow::Cow;

use super::{Table, is_header};
use crate::error::{Error, Result};

/// The table in a CSV text. A line without anything on it is no row.
pub(super) fn table(text: &str) -> Result<Table<'_>> {
    let first = text.lines().next().unwrap_or_default();
    let separator = [',', ';', '\t'].into_iter().find(|separator| first.contains(*separator));
    let separator = separator.unwrap_or(',');
    let (mut rows, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')) {
            rest = after;
            continue;
        }
        let (row, after) = row(rest, separator).ok_or_else(|| {
            let above = usize::from(rows.first().is_some_and(is_header));
            let row = rows.len().saturating_sub(above);
            Error::invalid(&"text", &"cells whose quotes close").at(row)
        })?;
        rest = after;
        rows.push(row);
    }
    Table::of_rows(rows)
}

/// The cells up to the end of a row, and what comes after it; none where a quote does not close.
fn row(mut rest: &str, separator: char) -> Option<(Vec<Cow<'_, str>>, &str)> {
    let mut cells = Vec::new();
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let (cell, after) = split(rest, rest.find([separator, '\n']));
                (Cow::Borrowed(cell.trim()), after)
            }
        };
        cells.push(cell);
        let line_end = after.strip_prefix('\r').unwrap_or(after);
        rest = match after.strip_prefix(separator) {
            Some(after) => after,
            None if line_end.is_empty() => return Some((cells, "")),
            None => return Some((cells, line_end.strip_prefix('\n')?)),
        };
    }
}

/// A quoted cell, in which `""` is a quote, from behind its first quote on.
fn unquoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let (cell, mut after) = text.split_once('"')?;
    let mut cell = Cow::Borrowed(cell);
    while let Some(more) = after.strip_prefix('"') {
        let (part, rest) = more.split_once('"')?;
        let cell = cell.to_mut();
        cell.push('"');
        cell.push_str(part);
        after = rest;
    }
    Some((cell, after))
}

/// A text in two at a place; the first is all of it where there is none.
fn split(text: &str, at: Option<usize>) -> (&str, &str) {
    at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}
