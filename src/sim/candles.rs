//! Candles from text, and what is wrong with them.
//!
//! JSON rows as Binance gives them (`[[t, "o", "h", "l", "c", …], …]`, numbers or strings) or
//! CSV (`t,o,h,l,c…`, with or without a header). No row vanishes: what is left out is listed
//! with the reason, and so is what is kept but strange.

use core::str::FromStr;

use super::candle::Candle;
use super::window::real;
use crate::error::{Error, Result};

/// A candle is an outlier from this factor on.
const OUTLIER: f64 = 1.1;
/// A gap is longer than so many steps.
const GAP: f64 = 1.5;
/// Times from here on are milliseconds (1973, or else the year 5138), …
const MILLISECONDS_FROM: f64 = 1e11;
/// … and from here on microseconds.
const MICROSECONDS_FROM: f64 = 1e14;

/// The candles of a text, and what there is to say of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The rows that are candles, in their order.
    pub candles: Vec<Candle>,
    /// What was found on the way.
    pub quality: Quality,
}

/// What was found in a text of candles. Rows are counted from 1, with the header.
#[derive(Debug, Clone, PartialEq)]
pub struct Quality {
    /// How the text is written.
    pub format: Format,
    /// What its times count, by their size.
    pub unit: TimeUnit,
    /// Rows in all, without the header; those left out are in `left_out`.
    pub rows: usize,
    /// When the first candle began, in seconds since 1970.
    pub first_secs: f64,
    /// When the last candle began, in seconds since 1970.
    pub last_secs: f64,
    /// The usual time from one candle to the next: the median.
    pub step_secs: f64,
    /// Where candles are missing: more than one and a half steps from one to the next.
    pub gaps: Vec<Gap>,
    /// Rows that are no candles, or go back in time.
    pub left_out: Vec<LeftOut>,
    /// Rows at the same time as the candle before; they are kept.
    pub duplicates: Vec<usize>,
    /// Candles more than 10 % away from their neighbours; they are kept.
    pub outliers: Vec<Outlier>,
}

/// How a text of candles is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A list of rows.
    Json,
    /// Lines of fields; separated by commas, semicolons or tabs.
    Csv,
    /// The same, where the first line names the columns.
    CsvWithHeader,
}

/// What the times of a text count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
    /// Microseconds since 1970.
    Microseconds,
}

impl TimeUnit {
    fn of(time: f64) -> Self {
        match time {
            _ if time >= MICROSECONDS_FROM => Self::Microseconds,
            _ if time >= MILLISECONDS_FROM => Self::Milliseconds,
            _ => Self::Seconds,
        }
    }

    const fn per_second(self) -> f64 {
        match self {
            Self::Seconds => 1.0,
            Self::Milliseconds => 1e3,
            Self::Microseconds => 1e6,
        }
    }
}

/// A row that is not among the candles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Its number, from 1.
    pub row: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a row is not among the candles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It has too few fields.
    Fields,
    /// A field is no finite number.
    Number,
    /// A price is not above 0.
    Price,
    /// The high is not the highest of its prices, or the low not the lowest.
    Range,
    /// Its time counts something else than that of the first row.
    Unit,
    /// It is before the candle before it.
    Order,
}

/// Candles that are missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// The index, among the candles, of the first one after the gap.
    pub index: usize,
    /// When the last candle before it began, in seconds since 1970.
    pub from_secs: f64,
    /// The time from that candle to the next, in seconds.
    pub length_secs: f64,
}

/// A candle away from its neighbours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlier {
    /// Its index among the candles.
    pub index: usize,
    /// Its price farthest away from both its neighbours' (the close before, the open after)
    /// over the nearer one of these.
    pub ratio: f64,
}

/// Reads the candles of a text; gzip is undone before.
///
/// # Errors
/// `Invalid` on `text`: JSON that is not a list of rows (with the index of the row), a header
/// that does not name time, open, high, low and close, or no candle at all.
///
/// ```
/// use llamath::sim::{LeftOut, Reason, TimeUnit, read_candles};
/// let text = "time,open,high,low,close\n0,2,3,1,2\n60,2,3,1,2\n120,2,x,1,2\n360,2,3,1,2\n";
/// let reading = read_candles(text)?;
/// assert_eq!(reading.candles.len(), 3);
/// assert_eq!((reading.quality.rows, reading.quality.unit), (4, TimeUnit::Seconds));
/// assert_eq!(reading.quality.left_out, [LeftOut { row: 4, reason: Reason::Number }]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn read_candles(text: &str) -> Result<Reading> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let mut reader = Reader::default();
    let format = match text.strip_prefix('[') {
        Some(rows) => reader.json(rows)?,
        None => reader.csv(text)?,
    };
    reader.finish(format)
}

/// What was read so far.
#[derive(Default)]
struct Reader {
    candles: Vec<Candle>,
    unit: Option<TimeUnit>,
    rows: usize,
    left_out: Vec<LeftOut>,
    duplicates: Vec<usize>,
}

/// Where in a row time, open, high, low and close are.
type Columns = [usize; 5];

const IN_ORDER: Columns = [0, 1, 2, 3, 4];

impl Reader {
    /// The rows of a JSON list whose `[` was read.
    fn json(&mut self, mut rest: &str) -> Result<Format> {
        const LIST: &&str = &"candles as CSV or as a JSON list of rows";
        loop {
            rest = rest.trim_start();
            if rest.starts_with(']') {
                return Ok(Format::Json);
            }
            let rows = self.rows;
            let broken = || Error::invalid(&"text", LIST).at(rows);
            let (fields, after) =
                rest.strip_prefix('[').and_then(|row| row.split_once(']')).ok_or_else(broken)?;
            let row = self.rows.saturating_add(1);
            self.row(row, fields, &[','], &IN_ORDER);
            rest = after.trim_start();
            rest = match rest.strip_prefix(',') {
                Some(next) => next,
                None if rest.starts_with(']') => rest,
                None => return Err(broken()),
            };
        }
    }

    fn csv(&mut self, text: &str) -> Result<Format> {
        const SEPARATORS: &[char] = &[',', ';', '\t'];
        let mut format = Format::Csv;
        let mut columns = IN_ORDER;
        let lines = (1_usize..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        for (row, line) in lines {
            let is_header = row == 1 && line.split(SEPARATORS).all(|name| number(name).is_none());
            if is_header {
                format = Format::CsvWithHeader;
                columns = named(line, SEPARATORS)?;
            } else {
                self.row(row, line, SEPARATORS, &columns);
            }
        }
        Ok(format)
    }

    fn row(&mut self, row: usize, fields: &str, separators: &[char], columns: &Columns) {
        self.rows = self.rows.saturating_add(1);
        match self.candle(fields, separators, columns) {
            Ok(candle) => {
                if self.candles.last().is_some_and(|last| last.time_secs == candle.time_secs) {
                    self.duplicates.push(row);
                }
                self.candles.push(candle);
            }
            Err(reason) => self.left_out.push(LeftOut { row, reason }),
        }
    }

    fn candle(
        &mut self,
        fields: &str,
        separators: &[char],
        columns: &Columns,
    ) -> core::result::Result<Candle, Reason> {
        let field = |column: usize| {
            let text = fields.split(separators).nth(column).ok_or(Reason::Fields)?;
            number(text).ok_or(Reason::Number)
        };
        let [time, open, high, low, close] = *columns;
        let time = field(time)?;
        let (open, high, low, close) = (field(open)?, field(high)?, field(low)?, field(close)?);
        if open.min(high).min(low).min(close) <= 0.0 {
            return Err(Reason::Price);
        }
        if high < open.max(low).max(close) || low > open.min(close) {
            return Err(Reason::Range);
        }
        let unit = *self.unit.get_or_insert(TimeUnit::of(time));
        if unit != TimeUnit::of(time) {
            return Err(Reason::Unit);
        }
        let time_secs = time / unit.per_second();
        if self.candles.last().is_some_and(|last| time_secs < last.time_secs) {
            return Err(Reason::Order);
        }
        Ok(Candle { time_secs, open, high, low, close })
    }

    fn finish(self, format: Format) -> Result<Reading> {
        let Self { candles, unit, rows, left_out, duplicates } = self;
        let (Some(first), Some(last), Some(unit)) = (candles.first(), candles.last(), unit) else {
            return Err(Error::invalid(&"text", &"at least one row that is a candle"));
        };
        let step_secs = step(&candles);
        let quality = Quality {
            format,
            unit,
            rows,
            first_secs: first.time_secs,
            last_secs: last.time_secs,
            step_secs,
            gaps: gaps(&candles, step_secs),
            left_out,
            duplicates,
            outliers: outliers(&candles),
        };
        Ok(Reading { candles, quality })
    }
}

/// A field as a finite number; it may be quoted.
fn number(field: &str) -> Option<f64> {
    let text = field.trim().trim_matches('"').trim();
    f64::from_str(text).ok().filter(|number| number.is_finite())
}

/// The columns by the names in a header.
fn named(header: &str, separators: &[char]) -> Result<Columns> {
    const NAMES: [&[&str]; 5] = [
        &["t", "time", "timestamp", "open_time", "opentime", "open time", "date", "unix"],
        &["o", "open"],
        &["h", "high"],
        &["l", "low"],
        &["c", "close"],
    ];
    let mut columns = IN_ORDER;
    for (column, names) in columns.iter_mut().zip(NAMES) {
        let is_named = |field: &str| {
            let field = field.trim().trim_matches('"').trim().to_ascii_lowercase();
            names.contains(&field.as_str())
        };
        let missing = Error::invalid(&"text", &"CSV with columns time, open, high, low and close");
        *column = header.split(separators).position(is_named).ok_or(missing)?;
    }
    Ok(columns)
}

/// The median time from one candle to the next that is not at the same time.
fn step(candles: &[Candle]) -> f64 {
    let times = candles.iter().zip(candles.iter().skip(1));
    let mut steps: Vec<_> = times.map(|(a, b)| b.time_secs - a.time_secs).collect();
    steps.retain(|step| *step > 0.0);
    let middle = steps.len() / 2;
    match steps.is_empty() {
        true => 0.0,
        false => *steps.select_nth_unstable_by(middle, f64::total_cmp).1,
    }
}

fn gaps(candles: &[Candle], step_secs: f64) -> Vec<Gap> {
    let pairs = (1_usize..).zip(candles.iter().zip(candles.iter().skip(1)));
    let gap = |(index, (before, after)): (usize, (&Candle, &Candle))| {
        let length_secs = after.time_secs - before.time_secs;
        let gap = Gap { index, from_secs: before.time_secs, length_secs };
        (length_secs > GAP * step_secs).then_some(gap)
    };
    pairs.filter_map(gap).collect()
}

fn outliers(candles: &[Candle]) -> Vec<Outlier> {
    let mut before = candles.first().map_or(1.0, |first| first.open);
    let afters = candles.iter().skip(1).map(|next| next.open);
    let afters = afters.chain(candles.last().map(|last| last.close));
    let mut outliers = Vec::new();
    for (index, (candle, after)) in candles.iter().zip(afters).enumerate() {
        let up = candle.high / before.max(after);
        let down = candle.low / before.min(after);
        let ratio = if up * down > 1.0 { up } else { down };
        if !(1.0 / OUTLIER..=OUTLIER).contains(&ratio) {
            outliers.push(Outlier { index, ratio });
        }
        before = candle.close;
    }
    outliers
}

impl Quality {
    /// The part of the time from the first candle to the last that is in gaps, from 0 to 1.
    ///
    /// ```
    /// let text = "0,2,3,1,2\n60,2,3,1,2\n120,2,3,1,2\n180,2,3,1,2\n360,2,3,1,2\n";
    /// let quality = llamath::sim::read_candles(text)?.quality;
    /// assert_eq!(quality.missing(), 120.0 / 360.0);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    #[must_use]
    pub fn missing(&self) -> f64 {
        let in_gaps: f64 = self.gaps.iter().map(|gap| gap.length_secs).sum();
        let span = self.last_secs - self.first_secs;
        let missing = in_gaps - self.step_secs * real(self.gaps.len());
        if span > 0.0 { missing / span } else { 0.0 }
    }
}
