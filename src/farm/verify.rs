//! Is a displayed APR true, and if not, which known mistake explains it?
//!
//! A displayed figure is an interval: "178 %" stands for [177.5 %, 178.5 %). So is its
//! ratio to the computed APR, K. If 1 lies in K, the figure matches. Otherwise the
//! mistakes seen in the wild are tried one by one, and only where no single one fits,
//! in pairs; what falls inside the interval is listed, simplest first. Where nothing
//! falls inside, nothing is claimed.

use super::{
    Apr, AprInput, BLOCK_TIMES, BlockTime, YEAR_BASES, apr, apr_from_apy, apr_from_apy_continuous,
    apy, apy_continuous,
};
use crate::decimal::{U256, split_at_point, to_f64, to_raw};
use crate::error::{Error, Result, finite};
use crate::json::number_text;

/// The numbers from `low` up to, but without, `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The least number in it.
    pub low: f64,
    /// The least number above it.
    pub high: f64,
}

impl Interval {
    fn contains(self, value: f64) -> bool {
        self.low <= value && value < self.high
    }
}

/// What the check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The computed APR is displayed as it should be.
    Matches,
    /// It does not match, and at least one known mistake gives the displayed figure.
    Explained,
    /// It does not match, and no known mistake gives the displayed figure.
    NotExplained,
    /// The true APR is 0: the pool has no points or the emission has ended.
    PaysNothing,
}

impl Verdict {
    /// Its name in a record and in JavaScript.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Matches => "matches",
            Self::Explained => "explained",
            Self::NotExplained => "notExplained",
            Self::PaysNothing => "paysNothing",
        }
    }
}

/// A mistake, or two together, that would give the displayed figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The names of one or two mistakes.
    pub names: Vec<&'static str>,
    /// What happened, in a sentence.
    pub says: String,
    /// Displayed over true under this cause.
    pub factor: f64,
}

/// A displayed figure held against the computed one.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// What the check found.
    pub verdict: Verdict,
    /// The displayed figure as a fraction.
    pub displayed: Interval,
    /// The computed rates.
    pub computed: Apr,
    /// displayed / computed; none where the computed APR is 0.
    pub k: Option<Interval>,
    /// The displayed figure itself over the computed one.
    pub k_mid: Option<f64>,
    /// What would explain the displayed figure, simplest first.
    pub causes: Vec<Cause>,
}

/// Holds a displayed APR against the computed one.
///
/// `displayed` is the text as it was seen: digits, with commas between thousands or
/// none, at most one decimal point, and a percent sign unless it is a fraction:
/// `"178%"`, `"1,234.5 %"`, `"1.78"`. Its last digit gives its precision. An APR is not
/// negative, so the interval of a displayed 0 starts at 0.
///
/// # Errors
/// As [`apr`]; `Invalid` on `displayed` if it is not such a text; `Arithmetic` if K
/// exceeds the range of a double.
///
/// ```
/// use llamath::farm::{AprInput, Verdict, YEAR_SECS, verify_apr};
/// let bsc_farm = AprInput {
///     alloc_point: 10.0,
///     total_alloc_point: 92.0,
///     emission: 0.5,
///     emission_secs: 0.45,
///     token_price_usd: 0.25,
///     staked_usd: 500_000.0,
///     year_secs: YEAR_SECS,
/// };
/// // True: 190.5 %. Displayed by a front end that still counts 3-second blocks:
/// let check = verify_apr(&bsc_farm, "28.57%")?;
/// assert_eq!(check.verdict, Verdict::Explained);
/// assert_eq!(check.causes[0].names, ["blockTime"]);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn verify_apr(input: &AprInput, displayed: &str) -> Result<Verification> {
    let computed = apr(input)?;
    let shown = Displayed::read(displayed)?;
    let with = |verdict, k, causes| Verification {
        verdict,
        displayed: shown.rounded,
        computed,
        k,
        k_mid: k.map(|_| shown.value / computed.apr),
        causes,
    };
    if computed.apr == 0.0 {
        let matches = shown.rounded.contains(0.0);
        let verdict = if matches { Verdict::Matches } else { Verdict::PaysNothing };
        return Ok(with(verdict, None, Vec::new()));
    }
    let k = Some(Interval {
        low: shown.rounded.low / computed.apr,
        high: finite(&"k", shown.rounded.high / computed.apr)?,
    });
    if shown.rounded.contains(computed.apr) {
        return Ok(with(Verdict::Matches, k, Vec::new()));
    }
    let causes = explain(input, &computed, &shown);
    let verdict = if causes.is_empty() { Verdict::NotExplained } else { Verdict::Explained };
    Ok(with(verdict, k, causes))
}

/// A displayed figure, read.
struct Displayed {
    value: f64,
    /// What it stands for if its last digit was rounded.
    rounded: Interval,
    /// What it stands for if what followed its last digit was cut off.
    cut_off: Interval,
}

impl Displayed {
    fn read(text: &str) -> Result<Self> {
        const EXPECTED: &str = "a figure such as 178%, 1,234.5 % or 1.78";
        let error = || Error::invalid(&"displayed", &EXPECTED);
        let text = text.trim_ascii();
        let (number, percent) = match text.strip_suffix('%') {
            Some(number) => (number.trim_ascii_end(), 2),
            None => (text, 0),
        };
        let (whole, decimals) = split_at_point(number);
        let whole = without_separators(whole).ok_or_else(error)?;
        let digits = [whole.as_str(), decimals].concat();
        let complete = !whole.is_empty() && !number.ends_with('.');
        if !complete || digits.len() > 30 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error());
        }
        // One digit more, so that half a unit of the last one is a whole number too.
        let tenths = to_raw(&digits, 1).map_err(|_| error())?;
        let exponent = decimals.len().saturating_add(percent).saturating_add(1);
        let exponent = u32::try_from(exponent).map_err(|_| error())?;
        let number = |tenths: U256| to_f64(tenths, exponent).map_err(|_| error());
        let above = |tenth: u64| number(tenths.saturating_add(U256::from(tenth)));
        Ok(Self {
            value: above(0)?,
            rounded: Interval {
                low: number(tenths.saturating_sub(U256::from(5_u64)))?,
                high: above(5)?,
            },
            cut_off: Interval { low: above(0)?, high: above(10)? },
        })
    }
}

/// The digits of `1,234` or `1234`; none if the commas are not between thousands.
fn without_separators(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = groups.clone().next().is_some();
    let fits = !grouped || (1..=3).contains(&first.len());
    (fits && groups.all(|group| group.len() == 3)).then(|| whole.replace(',', ""))
}

/// What a mistake does to the true APR before it is displayed.
#[derive(Clone, Copy)]
enum Effect {
    Factor(f64),
    /// APR ⇄ APY, with this many periods a year (none: continuous).
    ToApy(Option<f64>),
    FromApy(Option<f64>),
    /// Digits cut off where they should be rounded.
    CutOff,
}

/// One mistake of the catalogue. Two of one `name` exclude each other.
struct Mistake {
    name: &'static str,
    says: Says,
    effect: Effect,
}

/// The sentence of a mistake, made only where it is needed.
#[derive(Clone, Copy)]
enum Says {
    Plain(&'static str),
    /// Around one figure.
    With(&'static str, &'static str, &'static str),
    StaleBlockTime(f64, f64),
}

use Says::{Plain, With};

impl Says {
    fn sentence(&self) -> String {
        match self {
            Plain(sentence) => (*sentence).into(),
            With(before, figure, after) => [*before, *figure, *after].concat(),
            Self::StaleBlockTime(stale, real) => {
                let [stale, real] = [stale, real].map(|secs| number_text(*secs));
                ["It counts blocks of ", &stale, " s, but they take ", &real, " s."].concat()
            }
        }
    }
}

impl Effect {
    /// What is displayed instead of `apr`; none if that cannot be represented.
    fn apply(self, apr: f64) -> Option<f64> {
        match self {
            Self::Factor(factor) => Some(apr * factor),
            Self::ToApy(Some(periods)) => self::apy(apr, periods).ok(),
            Self::ToApy(None) => apy_continuous(apr).ok(),
            Self::FromApy(Some(periods)) => apr_from_apy(apr, periods).ok(),
            Self::FromApy(None) => apr_from_apy_continuous(apr).ok(),
            Self::CutOff => Some(apr),
        }
    }

    fn is_factor(self) -> bool {
        matches!(self, Self::Factor(_))
    }
}

/// The single mistakes that give the displayed figure; if there is none, the pairs.
fn explain(input: &AprInput, computed: &Apr, shown: &Displayed) -> Vec<Cause> {
    if shown.rounded.low == 0.0 {
        // Anything small enough rounds to 0: that would explain nothing.
        return Vec::new();
    }
    let mistakes = catalogue(input, computed);
    let cause = |together: &[&Mistake]| {
        let figure = together
            .iter()
            .try_fold(computed.apr, |figure, mistake| mistake.effect.apply(figure))?;
        let cut = together.iter().any(|mistake| matches!(mistake.effect, Effect::CutOff));
        let interval = if cut { shown.cut_off } else { shown.rounded };
        if !interval.contains(figure) {
            return None;
        }
        let (mut names, mut says) = (Vec::new(), String::new());
        for mistake in together {
            if !says.is_empty() {
                says.push(' ');
            }
            names.push(mistake.name);
            says.push_str(&mistake.says.sentence());
        }
        Some(Cause { names, says, factor: figure / computed.apr })
    };
    let mut causes = Vec::new();
    for mistake in &mistakes {
        causes.extend(cause(&[mistake]));
    }
    if !causes.is_empty() {
        return causes;
    }
    // Pairs in the order of the sum of their ranks: the simplest first.
    for sum in 0..mistakes.len().saturating_mul(2) {
        for (rank, first) in mistakes.iter().enumerate() {
            let other = sum.checked_sub(rank).filter(|other| *other > rank);
            match other.and_then(|other| mistakes.get(other)) {
                Some(second) if first.name != second.name => {
                    // A formula sees the rate that the factor has already changed.
                    let in_order = first.effect.is_factor() || !second.effect.is_factor();
                    let pair = if in_order { [first, second] } else { [second, first] };
                    causes.extend(cause(&pair));
                }
                _ => {}
            }
        }
    }
    causes
}

/// Mistakes that multiply the APR by a fixed number, simplest and most common first.
const FACTORS: [(&str, f64, Says); 31] = [
    ("lpValue", 2.0, Plain("It counts one side of the LP tokens' value only.")),
    ("lpValue", 0.5, Plain("It counts the LP tokens' value twice over.")),
    ("percent", 100.0, Plain("It shows a percentage as a fraction: 100 times too much.")),
    ("percent", 0.01, Plain("It shows a fraction as a percentage: 100 times too little.")),
    ("boost", 2.5, Plain("It shows the highest boost (2.5 times) as everybody's.")),
    ("boost", 0.4, Plain("It leaves out a boost of 2.5 times that the inputs contain.")),
    ("rebased", 10.0, Plain(REBASED)),
    ("rebased", 0.1, Plain(REBASED)),
    ("share", 0.7, With(TAKES_OFF, "30", " %.")),
    ("share", 1.0 / 0.7, With(LEAVES_IN, "30", " %.")),
    ("share", 0.75, With(TAKES_OFF, "25", " %.")),
    ("share", 1.0 / 0.75, With(LEAVES_IN, "25", " %.")),
    ("share", 0.5, With(TAKES_OFF, "50", " %.")),
    ("share", 2.0, With(LEAVES_IN, "50", " %.")),
    ("performanceFee", 1.0 / 0.98, With(WITHOUT_FEE, "2", " %.")),
    ("performanceFee", 1.0 / 0.955, With(WITHOUT_FEE, "4.5", " %.")),
    ("performanceFee", 1.0 / 0.95, With(WITHOUT_FEE, "5", " %.")),
    ("performanceFee", 1.0 / 0.905, With(WITHOUT_FEE, "9.5", " %.")),
    ("performanceFee", 1.0 / 0.9, With(WITHOUT_FEE, "10", " %.")),
    ("performanceFee", 1.0 / 0.85, With(WITHOUT_FEE, "15", " %.")),
    ("performanceFee", 1.0 / 0.8, With(WITHOUT_FEE, "20", " %.")),
    ("decimals", 1e6, With(OFF_BY, "6", DECIMALS)),
    ("decimals", 1e-6, With(OFF_BY, "6", DECIMALS)),
    ("decimals", 1e9, With(OFF_BY, "9", DECIMALS)),
    ("decimals", 1e-9, With(OFF_BY, "9", DECIMALS)),
    ("decimals", 1e10, With(OFF_BY, "10", DECIMALS)),
    ("decimals", 1e-10, With(OFF_BY, "10", DECIMALS)),
    ("decimals", 1e12, With(OFF_BY, "12", DECIMALS)),
    ("decimals", 1e-12, With(OFF_BY, "12", DECIMALS)),
    ("decimals", 100.0, With(OFF_BY, "2", DECIMALS)),
    ("decimals", 0.01, With(OFF_BY, "2", DECIMALS)),
];
const REBASED: &str = "Its label was rebased by 10.";
const TAKES_OFF: &str = "It takes off a burn, treasury or lock share of ";
const LEAVES_IN: &str = "It leaves in a burn, treasury or lock share of ";
const WITHOUT_FEE: &str = "It leaves out a performance fee of ";
const OFF_BY: &str = "It is off by ";
const DECIMALS: &str = " decimals of a token.";

/// The mistakes seen in the wild, simplest and most common first.
fn catalogue(input: &AprInput, computed: &Apr) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut add = |name, effect, says| mistakes.push(Mistake { name, says, effect });

    add("cutOff", Effect::CutOff, Plain("It cuts digits off instead of rounding."));
    for stale in stale_block_times(input.emission_secs) {
        let says = Says::StaleBlockTime(stale, input.emission_secs);
        add("blockTime", Effect::Factor(input.emission_secs / stale), says);
    }
    for (periods, every) in [
        (Some(365.0), "daily"),
        (Some(52.0), "weekly"),
        (Some(12.0), "monthly"),
        (Some(computed.emissions_per_year), "at every emission"),
        (None, "continuously"),
    ] {
        let shown = With("It shows an APY, compounded ", every, ", as the APR.");
        add("apyAsApr", Effect::ToApy(periods), shown);
        let taken = With("It takes the APR for an APY and un-compounds it ", every, ".");
        add("aprAsApy", Effect::FromApy(periods), taken);
    }
    for basis in YEAR_BASES.iter().filter(|basis| basis.year_secs != input.year_secs) {
        let says = With("It counts a year of ", basis.name, ".");
        add("yearBasis", Effect::Factor(basis.year_secs / input.year_secs), says);
    }
    for &(name, factor, says) in &FACTORS {
        add(name, Effect::Factor(factor), says);
    }
    mistakes
}

/// The block times that may have been counted instead of the emission's own.
///
/// They are the others of its chain if the emission's time is in the table, or within 2 %
/// of one there (block times that were measured are never round); all of them if it is
/// not. A farm that pays per second counts no blocks.
fn stale_block_times(emission_secs: f64) -> impl Iterator<Item = f64> {
    let known = || {
        BLOCK_TIMES.iter().filter(|known| ["BNB Smart Chain", "Ethereum"].contains(&known.chain))
    };
    let distance = move |known: &BlockTime| (known.block_secs - emission_secs).abs();
    let own = known()
        .filter(|known| distance(known) < 0.02 * known.block_secs)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)));
    known()
        .filter(move |stale| match own {
            _ if emission_secs == 1.0 => false,
            Some(own) => stale.chain == own.chain && *stale != own,
            None => true,
        })
        .map(|stale| stale.block_secs)
}
