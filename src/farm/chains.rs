//! Block times and year bases, with the date until which each was true.
//!
//! A block time that was right once and is still in a front end's code is the most
//! common cause of a wrong displayed APR: so each one bears its dates and its source.

/// A block time of a chain, and when it held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockTime {
    /// The chain.
    pub chain: &'static str,
    /// The upgrade that brought it, or how it came into use.
    pub name: &'static str,
    /// Seconds per block.
    pub block_secs: f64,
    /// First day, ISO 8601; none if from the first block on.
    pub from: Option<&'static str>,
    /// Day from which it no longer held; none if it still did at the table's date.
    pub until: Option<&'static str>,
    /// Where the figure stands.
    pub source: &'static str,
}

/// A length of the year that displayed APRs are per.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearBasis {
    /// Its name.
    pub name: &'static str,
    /// Its seconds.
    pub year_secs: f64,
    /// Who uses it.
    pub used_by: &'static str,
}

const fn block_time(
    chain: &'static str,
    name: &'static str,
    block_secs: f64,
    from: Option<&'static str>,
    until: Option<&'static str>,
    source: &'static str,
) -> BlockTime {
    BlockTime { chain, name, block_secs, from, until, source }
}

const BSC: &str = "BNB Smart Chain";
const ETHEREUM: &str = "Ethereum";
const BEFORE_MERGE: &str = "average under proof of work, as front ends hard-coded it";

/// Block times, newest first for each chain; table of 2026-11-20.
pub const BLOCK_TIMES: [BlockTime; 12] = [
    block_time(BSC, "Fermi", 0.45, Some("2026-01-14"), None, "BEP-619"),
    block_time(BSC, "Maxwell", 0.75, Some("2025-06-30"), Some("2026-01-14"), "BEP-524"),
    block_time(BSC, "Lorentz", 1.5, Some("2025-04-29"), Some("2025-06-30"), "BEP-520"),
    block_time(BSC, "Genesis", 3.0, None, Some("2025-04-29"), "chain parameters"),
    block_time("opBNB", "Fourier", 0.25, Some("2026-01-07"), None, "opBNB release notes"),
    block_time("opBNB", "Volta", 0.5, Some("2025-04-21"), Some("2026-01-07"), "BEP-543"),
    block_time("opBNB", "Genesis", 1.0, None, Some("2025-04-21"), "chain parameters"),
    block_time(ETHEREUM, "Merge", 12.0, Some("2022-09-15"), None, "EIP-3675: 12 s slots"),
    block_time(ETHEREUM, "Proof of work, 13 s", 13.0, None, Some("2022-09-15"), BEFORE_MERGE),
    block_time(ETHEREUM, "Proof of work, 13.25 s", 13.25, None, Some("2022-09-15"), BEFORE_MERGE),
    block_time(ETHEREUM, "Proof of work, 13.5 s", 13.5, None, Some("2022-09-15"), BEFORE_MERGE),
    block_time(ETHEREUM, "Proof of work, 15 s", 15.0, None, Some("2022-09-15"), BEFORE_MERGE),
];

/// Lengths of the year in use.
pub const YEAR_BASES: [YearBasis; 5] = [
    YearBasis { name: "365 days", year_secs: 31_536_000.0, used_by: "most farms" },
    YearBasis { name: "365.2425 days", year_secs: 31_556_952.0, used_by: "Sushi" },
    YearBasis { name: "365.25 days", year_secs: 31_557_600.0, used_by: "astronomical tools" },
    YearBasis { name: "52 weeks", year_secs: 31_449_600.0, used_by: "vfat" },
    YearBasis { name: "360 days", year_secs: 31_104_000.0, used_by: "money-market conventions" },
];
