//! Why two APRs of one pool differ: the difference split over the inputs.

use super::{Apr, AprInput, apr};
use crate::error::{Error, Result, finite, representable};

/// One input that differs, and what it does to the APR.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The input, by its field name in [`AprInput`].
    pub field: &'static str,
    /// Its value on my side.
    pub mine: f64,
    /// Its value on the other side.
    pub theirs: f64,
    /// What it multiplies the APR by, from mine to theirs.
    pub factor: f64,
    /// ln(factor): its part of the log of the ratio.
    pub log: f64,
}

/// Two APRs and the parts of their difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The rates on my side.
    pub mine: Apr,
    /// The rates on the other side.
    pub theirs: Apr,
    /// theirs.apr / mine.apr
    pub ratio: f64,
    /// ln(ratio), as the sum of the parts in their order: they add up bit for bit.
    pub log_ratio: f64,
    /// The inputs that differ.
    pub parts: Vec<Part>,
}

/// Splits the ratio of two APRs over the inputs that differ.
///
/// An APR is a product, so ln(theirs / mine) = Σ ln(factor of each input).
///
/// # Errors
/// As [`apr`], in `mine` or `theirs`; `Invalid` on `alloc_point` or `emission` if it is
/// 0, since an APR of 0 has no ratio.
///
/// ```
/// use llamath::farm::{AprInput, YEAR_SECS, compare_apr};
/// let mine = AprInput {
///     alloc_point: 10.0,
///     total_alloc_point: 92.0,
///     emission: 0.5,
///     emission_secs: 0.45,
///     token_price_usd: 0.25,
///     staked_usd: 500_000.0,
///     year_secs: YEAR_SECS,
/// };
/// // A front end that still counts 3-second blocks.
/// let theirs = AprInput { emission_secs: 3.0, ..mine };
/// let comparison = compare_apr(&mine, &theirs)?;
/// assert_eq!(comparison.parts.len(), 1);
/// assert_eq!(format!("{:.2}", comparison.parts[0].factor), "0.15");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn compare_apr(mine: &AprInput, theirs: &AprInput) -> Result<Comparison> {
    let rates = |name, input: &AprInput| {
        let rates = apr(input).map_err(|error| error.within(name))?;
        for (field, value) in [(&"alloc_point", input.alloc_point), (&"emission", input.emission)] {
            if value == 0.0 {
                return Err(Error::invalid(field, &"above 0 to be compared").within(name));
            }
        }
        Ok(rates)
    };
    let (my_rates, their_rates) = (rates(&"mine", mine)?, rates(&"theirs", theirs)?);

    let raises = |field, mine: f64, theirs: f64| (field, mine, theirs, theirs / mine);
    let lowers = |field, mine: f64, theirs: f64| (field, mine, theirs, mine / theirs);
    let mut parts = Vec::new();
    for (field, mine, theirs, factor) in [
        raises("alloc_point", mine.alloc_point, theirs.alloc_point),
        lowers("total_alloc_point", mine.total_alloc_point, theirs.total_alloc_point),
        raises("emission", mine.emission, theirs.emission),
        lowers("emission_secs", mine.emission_secs, theirs.emission_secs),
        raises("token_price_usd", mine.token_price_usd, theirs.token_price_usd),
        lowers("staked_usd", mine.staked_usd, theirs.staked_usd),
        raises("year_secs", mine.year_secs, theirs.year_secs),
    ] {
        if mine != theirs {
            let log = finite(&"factor", libm::log(factor))?;
            parts.push(Part { field, mine, theirs, factor: finite(&"factor", factor)?, log });
        }
    }

    Ok(Comparison {
        mine: my_rates,
        theirs: their_rates,
        ratio: representable(&"ratio", their_rates.apr / my_rates.apr, false)?,
        log_ratio: parts.iter().fold(0.0, |sum, part| sum + part.log),
        parts,
    })
}
