//! Exponential moving averages of a series, by the names under which people use them.
//!
//! "A 7-day EMA" has several readings, and they differ by some percent: each is offered under
//! its name, with its gaps handled as pandas does, and none is a default.

use crate::error::{Error, Result, finite, positive};

/// How fast an average forgets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Memory {
    /// α = 2/(span + 1) a row; at least 1.
    Span(f64),
    /// α a row; above 0, at most 1.
    Alpha(f64),
    /// α = 1 − 2^(−1/rows) a row; above 0.
    HalfLife(f64),
    /// 2^(−Δt/seconds) is left after Δt seconds; above 0.
    HalfLifeSecs(f64),
    /// e^(−Δt/seconds) is left after Δt seconds; above 0.
    TauSecs(f64),
}

/// What is left of a weight.
#[derive(Debug, Clone, Copy)]
enum Decay {
    /// 1 − α at every row.
    ByRow { alpha: f64 },
    /// e^(−rate·seconds)
    ByTime { rate: f64 },
}

impl Memory {
    fn decay(self) -> Result<Decay> {
        let above_0 = |value| positive(&"memory", value);
        let below_1 = |alpha: f64| match alpha <= 1.0 {
            true => Ok(Decay::ByRow { alpha }),
            false => {
                Err(Error::invalid(&"memory", &"a span of at least 1, or an alpha of at most 1"))
            }
        };
        match self {
            Self::Span(rows) => below_1(2.0 / (above_0(rows)? + 1.0)),
            Self::Alpha(alpha) => below_1(above_0(alpha)?),
            Self::HalfLife(rows) => {
                Ok(Decay::ByRow { alpha: -libm::expm1(-core::f64::consts::LN_2 / above_0(rows)?) })
            }
            Self::HalfLifeSecs(secs) => {
                Ok(Decay::ByTime { rate: core::f64::consts::LN_2 / above_0(secs)? })
            }
            Self::TauSecs(secs) => Ok(Decay::ByTime { rate: 1.0 / above_0(secs)? }),
        }
    }
}

/// An exponential moving average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ema {
    /// How fast it forgets.
    pub memory: Memory,
    /// Whether it weighs the values so far by their age alone, so that the first one counts
    /// little soon; otherwise it starts from the first value, as contracts do.
    pub adjust: bool,
    /// Whether a row without a value does not age those before; of no effect on a memory in
    /// seconds.
    pub ignore_gaps: bool,
    /// The average has no value before as many rows had one: its warm-up. 0 is as good as 1.
    pub min_periods: usize,
}

impl Ema {
    /// The average after every row; none before the first value and during the warm-up. A row
    /// without a value repeats it.
    ///
    /// With the weight w of what is past, 1 after the first value: w ← w·(1 − α) at every row;
    /// at a value x, e ← e + (x − e)·b/(w + b). Adjusted, b = 1 and w ← w + b; if not, b = α and
    /// w ← 1. By seconds 1 − α is the decay over Δt, and b = 1 − w if not adjusted.
    ///
    /// `times` in seconds since 1970, `values` in any one unit.
    ///
    /// # Errors
    /// `Invalid` on `memory` outside its range, on `values` that are not finite or not as many
    /// as `times`, on `times` at a row that is not after the one above; `Arithmetic` where
    /// an average leaves the range of a double.
    ///
    /// ```
    /// use llamath::ema::{Ema, Memory};
    /// let ema = Ema { memory: Memory::Span(3.0), adjust: true, ignore_gaps: false, min_periods: 0 };
    /// let average = ema.series(&[0, 1, 2], &[Some(1.0), None, Some(2.0)])?;
    /// // The first value is two rows old: it weighs a quarter of the last one.
    /// assert_eq!(average, [Some(1.0), Some(1.0), Some(1.8)]);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn series(&self, times: &[u64], values: &[Option<f64>]) -> Result<Vec<Option<f64>>> {
        if times.len() != values.len() {
            return Err(Error::invalid(&"values", &"as many as times"));
        }
        let mut state = State::new(self)?;
        let step = |(row, (time, value)): (usize, (&u64, &Option<f64>))| {
            state.advance(self, *time, *value).map_err(|error| error.at(row))
        };
        times.iter().zip(values).enumerate().map(step).collect()
    }

    /// Its name, such as `"span 7, adjusted"`.
    ///
    /// ```
    /// use llamath::ema::{Ema, Memory};
    /// let memory = Memory::TauSecs(604_800.0);
    /// let ema = Ema { memory, adjust: false, ignore_gaps: false, min_periods: 7 };
    /// assert_eq!(ema.name(), "time constant 604800 s, from the first value, warm-up 7");
    /// ```
    #[must_use]
    pub fn name(&self) -> String {
        let memory = match self.memory {
            Memory::Span(rows) => format!("span {rows}"),
            Memory::Alpha(alpha) => format!("alpha {alpha}"),
            Memory::HalfLife(rows) => format!("half-life {rows}"),
            Memory::HalfLifeSecs(secs) => format!("half-life {secs} s"),
            Memory::TauSecs(secs) => format!("time constant {secs} s"),
        };
        let by_row = !matches!(self.memory, Memory::HalfLifeSecs(_) | Memory::TauSecs(_));
        let start = if self.adjust { "adjusted" } else { "from the first value" };
        let gaps = if self.ignore_gaps && by_row { ", gaps ignored" } else { "" };
        let warm_up = match self.min_periods {
            0 | 1 => String::new(),
            rows => format!(", warm-up {rows}"),
        };
        format!("{memory}, {start}{gaps}{warm_up}")
    }
}

/// An average on its way through a series.
struct State {
    decay: Decay,
    average: Option<f64>,
    /// The weight of the average.
    past: f64,
    /// Rows with a value so far.
    count: usize,
    time: Option<u64>,
    /// The last time between rows, and what it left: rows are mostly equally far apart.
    known: (u64, f64),
}

impl State {
    fn new(ema: &Ema) -> Result<Self> {
        let decay = ema.memory.decay()?;
        Ok(Self { decay, average: None, past: 1.0, count: 0, time: None, known: (0, 1.0) })
    }

    /// The average after a row.
    fn advance(&mut self, ema: &Ema, time: u64, value: Option<f64>) -> Result<Option<f64>> {
        let left = self.left_at(time)?;
        let by_row = matches!(self.decay, Decay::ByRow { .. });
        if self.count > 0 && !(by_row && ema.ignore_gaps && value.is_none()) {
            self.past *= left;
        }
        if let Some(value) = value {
            if !value.is_finite() {
                return Err(Error::invalid(&"values", &"finite numbers"));
            }
            let new = match self.decay {
                _ if ema.adjust => 1.0,
                Decay::ByRow { alpha } => alpha,
                Decay::ByTime { .. } => 1.0 - self.past,
            };
            let (average, past) = match self.average {
                // In this form the average of equal values is that value, to the last bit.
                Some(e) => (e + (value - e) * (new / (self.past + new)), self.past + new),
                None => (value, 1.0),
            };
            self.average = Some(finite(&"average", average)?);
            self.past = if ema.adjust { past } else { 1.0 };
            self.count = self.count.saturating_add(1);
        }
        Ok(self.average.filter(|_| self.count >= ema.min_periods))
    }

    /// What the time since the row before leaves of a weight.
    fn left_at(&mut self, time: u64) -> Result<f64> {
        let Some(earlier) = self.time.replace(time) else { return Ok(1.0) };
        let elapsed = time.checked_sub(earlier).filter(|elapsed| *elapsed > 0);
        let elapsed = elapsed.ok_or(Error::invalid(&"times", &"after the one above"))?;
        match self.decay {
            Decay::ByRow { alpha } => return Ok(1.0 - alpha),
            Decay::ByTime { .. } if elapsed == self.known.0 => {}
            Decay::ByTime { rate } => {
                #[expect(clippy::as_conversions, reason = "seconds below 2^53, rounded beyond")]
                let secs = elapsed as f64;
                self.known = (elapsed, libm::exp(-rate * secs));
            }
        }
        Ok(self.known.1)
    }
}
