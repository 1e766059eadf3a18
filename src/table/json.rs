//! Tables in JSON (RFC 8259).

use std::borrow::Cow;

use super::Table;
use super::column::is_number;
use crate::error::{Error, Result};

/// A value; numbers stay the text that they were.
#[derive(Debug)]
enum Json<'a> {
    /// A number, a text, `true` or `false`; empty for `null`.
    Cell(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// How deep a table's lists and objects may lie within each other.
const DEPTH: usize = 4;

/// The table in a JSON text.
pub(super) fn table(text: &str) -> Result<Table<'_>> {
    let mut reader = Reader { rest: text };
    let wrong = |reader: &Reader<'_>| {
        let expected = &"well-formed JSON no deeper than a table; the entry counts its bytes";
        let offset = text.len().saturating_sub(reader.rest.len());
        Error::invalid(&"text", expected).at(offset)
    };
    let value = reader.value(DEPTH).ok_or_else(|| wrong(&reader))?;
    reader.blanks();
    if !reader.rest.is_empty() {
        return Err(wrong(&reader));
    }
    of_value(value)
}

fn of_value(value: Json<'_>) -> Result<Table<'_>> {
    let no_table = Error::invalid(&"text", &"a list of rows, or an object of columns");
    match value {
        Json::List(rows) => of_list(rows),
        Json::Object(members) => {
            let mut lists: Vec<_> = members
                .into_iter()
                .filter_map(|(name, value)| match value {
                    Json::List(list) => Some((name, list)),
                    _ => None,
                })
                .collect();
            let is_rows = |list: &Vec<Json<'_>>| !list.iter().all(|x| matches!(x, Json::Cell(_)));
            match lists.iter().position(|(_, list)| is_rows(list)) {
                Some(index) if lists.len() == 1 => of_list(lists.swap_remove(index).1),
                Some(_) => Err(no_table),
                None => of_columns(lists),
            }
        }
        Json::Cell(_) => Err(no_table),
    }
}

/// A table by rows: lists of cells, or objects of one kind.
fn of_list(rows: Vec<Json<'_>>) -> Result<Table<'_>> {
    if let Some(Json::Object(first)) = rows.first() {
        let names: Vec<_> = first.iter().map(|(name, _)| name.clone()).collect();
        let row = |(index, row)| {
            let expected = &"objects of cells, all with the names of the first";
            by_name(&names, row).ok_or(Error::invalid(&"text", expected).at(index))
        };
        let rows = rows.into_iter().enumerate().map(row).collect::<Result<_>>()?;
        return Ok(Table { names: Some(names), rows });
    }
    let row = |(index, row)| {
        let cells = match row {
            Json::List(cells) => cells.into_iter().map(cell).collect(),
            _ => None,
        };
        cells.ok_or(Error::invalid(&"text", &"rows that are lists of cells").at(index))
    };
    Table::of_rows(rows.into_iter().enumerate().map(row).collect::<Result<_>>()?)
}

/// The cells of an object in the order of `names`; none if its names are others.
fn by_name<'a>(names: &[Cow<'a, str>], row: Json<'a>) -> Option<Vec<Cow<'a, str>>> {
    let Json::Object(mut members) = row else { return None };
    if members.len() != names.len() {
        return None;
    }
    names
        .iter()
        .map(|name| {
            let at = members.iter().position(|(member, _)| member == name)?;
            // Members mostly come in order, so that the first one is the next.
            cell(members.remove(at).1)
        })
        .collect()
}

/// A table by columns.
fn of_columns<'a>(columns: Vec<(Cow<'a, str>, Vec<Json<'a>>)>) -> Result<Table<'a>> {
    let (names, columns): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    let length = columns.first().map_or(0, Vec::len);
    if columns.iter().any(|column| column.len() != length) {
        return Err(Error::invalid(&"text", &"columns of one length"));
    }
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let row = |_| columns.iter_mut().filter_map(|column| cell(column.next()?)).collect();
    Ok(Table { names: Some(names), rows: (0..length).map(row).collect() })
}

fn cell(value: Json<'_>) -> Option<Cow<'_, str>> {
    match value {
        Json::Cell(text) => Some(text),
        _ => None,
    }
}

/// Reads a text from its beginning on; each of its functions gives none where it is not
/// well-formed, and `rest` then begins there.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn value(&mut self, depth: usize) -> Option<Json<'a>> {
        self.blanks();
        match self.rest.chars().next()? {
            '[' => Some(Json::List(self.items('[', ']', depth, Self::value)?)),
            '{' => Some(Json::Object(self.items('{', '}', depth, Self::member)?)),
            '"' => Some(Json::Cell(self.string()?)),
            _ => self.word(),
        }
    }

    fn member(&mut self, depth: usize) -> Option<(Cow<'a, str>, Json<'a>)> {
        self.blanks();
        let name = self.string()?;
        self.blanks();
        self.take(":")?;
        Some((name, self.value(depth)?))
    }

    /// What is between brackets, separated by commas.
    fn items<T>(
        &mut self,
        open: char,
        close: char,
        depth: usize,
        item: impl Fn(&mut Self, usize) -> Option<T>,
    ) -> Option<Vec<T>> {
        let within = depth.checked_sub(1)?;
        self.rest = self.rest.strip_prefix(open)?;
        self.blanks();
        let mut items = Vec::new();
        while !self.rest.starts_with(close) {
            if !items.is_empty() {
                self.take(",")?;
            }
            items.push(item(self, within)?);
            self.blanks();
        }
        self.rest = self.rest.strip_prefix(close)?;
        Some(items)
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<Json<'a>> {
        let end = self.rest.find([',', ']', '}', ' ', '\t', '\n', '\r']);
        let (word, rest) = self.rest.split_at_checked(end.unwrap_or(self.rest.len()))?;
        let cell = match word {
            "null" => "",
            "true" | "false" => word,
            number => Some(number).filter(|number| is_number(number))?,
        };
        self.rest = rest;
        Some(Json::Cell(cell.into()))
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        let text = self.rest.strip_prefix('"')?;
        let end = text.find(['"', '\\'])?;
        let (plain, rest) = text.split_at_checked(end)?;
        if let Some(rest) = rest.strip_prefix('"') {
            self.rest = rest;
            return Some(plain.into());
        }
        let (mut string, mut letters) = (String::from(plain), rest.chars());
        loop {
            match letters.next()? {
                '"' => break,
                '\\' => string.push(escaped(&mut letters)?),
                letter => string.push(letter),
            }
        }
        self.rest = letters.as_str();
        Some(string.into())
    }
}

/// The letter behind a backslash.
fn escaped(letters: &mut core::str::Chars<'_>) -> Option<char> {
    Some(match letters.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let first = unit(letters)?;
            let second = match first {
                0xd800..=0xdbff => {
                    let pair = (letters.next()?, letters.next()?);
                    Some(unit(letters).filter(|_| pair == ('\\', 'u'))?)
                }
                _ => None,
            };
            char::decode_utf16([first].into_iter().chain(second)).next()?.ok()?
        }
        letter @ ('"' | '\\' | '/') => letter,
        _ => return None,
    })
}

/// Four hexadecimal digits.
fn unit(letters: &mut core::str::Chars<'_>) -> Option<u16> {
    let (digits, rest) = letters.as_str().split_at_checked(4)?;
    let unit = u16::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
    *letters = rest.chars();
    Some(unit)
}
