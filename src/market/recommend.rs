//! The figures of a recommended market.

use super::provenance::Provenance;
use super::scan::Scan;
use super::updates::UpdateGaps;
use crate::ceiling::DebtCeiling;
use crate::decimal::{to_f64, to_raw};
use crate::error::{Error, Name, Result, fraction, positive};
use crate::fixed::{U256, Uint, power_of_10};
use crate::llamma::{Balance, Controller, Funds, Generation, Market};
use crate::oracle::Comparison;

/// What LlamaRisk adds to the liquidation discount for the loan discount.
pub const MARGIN: f64 = 0.03;

/// Numbers of bands for which the largest LTV is told: the fewest, the usual, the most.
pub const LTV_BANDS: [u32; 3] = [4, 10, 50];

/// What a recommendation is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
pub struct MarketInput<'a> {
    /// The collateral, such as `"WETH"`.
    pub collateral: &'a str,
    /// The chain, such as `"Optimism"`.
    pub chain: &'a str,
    /// The generation of contracts that it would be deployed with.
    pub generation: Generation,
    /// The chosen amplification.
    pub A: u32,
    /// The chosen fee, as a fraction.
    pub fee: f64,
    /// The worst-case loss of a position at that A, as a fraction.
    pub loss: f64,
    /// What the loan discount is above the liquidation discount, as a fraction: [`MARGIN`].
    pub margin: f64,
    /// The oracle's price of the collateral in the borrowed token, at which the LTV is told.
    pub price: f64,
    /// Decimals of the collateral token.
    pub collateral_decimals: u32,
    /// Decimals of the borrowed token.
    pub borrowed_decimals: u32,
    /// How A and the fee were found, where they were simulated.
    pub scans: &'a [Scan],
    /// The debt ceiling, where one was estimated.
    pub ceiling: Option<&'a DebtCeiling>,
    /// The comparison of oracles, where one was made.
    pub oracles: Option<&'a Comparison>,
    /// How often the feeds change, where that was found.
    pub updates: &'a [UpdateGaps],
    /// The files behind all of it.
    pub sources: &'a [Provenance],
}

/// The largest LTV with a number of bands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LtvOfBands {
    /// Number of bands.
    pub bands: u32,
    /// What the contract would offer, as a part of the collateral's value, 18 decimals.
    pub exact: U256,
    /// The same as a fraction.
    pub ltv: f64,
    /// By the formula 1 − loan_discount − N/(2A).
    pub estimate: f64,
}

/// A recommended market.
#[derive(Debug, Clone, PartialEq)]
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
pub struct Recommendation {
    /// The collateral.
    pub collateral: String,
    /// The chain.
    pub chain: String,
    /// The generation of contracts.
    pub generation: Generation,
    /// Amplification.
    pub A: u32,
    /// Fee, as a fraction.
    pub fee: f64,
    /// The worst-case loss that the discounts rest on, as a fraction.
    pub loss: f64,
    /// The margin between the discounts, as a fraction.
    pub margin: f64,
    /// The loss, rounded up to a whole percent.
    pub liquidation_discount: f64,
    /// Liquidation discount + margin.
    pub loan_discount: f64,
    /// The price at which the LTVs are told.
    pub price: f64,
    /// The largest LTV for each of [`LTV_BANDS`], just after deployment at that price: the first
    /// band of a loan then lies a whole band below the price. Elsewhere within a band the LTV is
    /// higher, by 1/A of itself at most.
    pub max_ltv: Vec<LtvOfBands>,
    /// How A and the fee were found.
    pub scans: Vec<Scan>,
    /// The debt ceiling.
    pub ceiling: Option<DebtCeiling>,
    /// The comparison of oracles.
    pub oracles: Option<Comparison>,
    /// How often the feeds change.
    pub updates: Vec<UpdateGaps>,
    /// The files behind all of it.
    pub sources: Vec<Provenance>,
}

/// The liquidation discount for a worst-case loss: rounded up to a whole percent.
///
/// # Errors
/// `Invalid` on `loss` outside 0 to 1.
///
/// ```
/// use llamath::market::liquidation_discount;
/// assert_eq!(liquidation_discount(0.030971)?, 0.04);
/// assert_eq!(liquidation_discount(0.07)?, 0.07, "7 % is a whole percent already");
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn liquidation_discount(loss: f64) -> Result<f64> {
    let loss = fraction(&"loss", loss)?;
    // Not ⌈100·loss⌉: in doubles 0.07·100 is a bit above 7.
    let mut percents = (0..=100_u32).map(|percent| f64::from(percent) / 100.0);
    percents.find(|discount| *discount >= loss).ok_or_else(|| Error::arithmetic(&"discount"))
}

/// The market that an analysis recommends.
///
/// liquidation_discount = loss, rounded up to a whole percent; loan_discount = that + margin; the
/// largest LTVs exactly, of one collateral token, in a market whose bands begin at the price.
///
/// # Errors
/// `Invalid` on an input out of its range, and what the contracts refuse to be deployed with, in
/// their words: a loan discount above 50 %, a liquidation discount below 1 %, a fee.
///
/// ```
/// use llamath::{llamma::Generation, market::{MARGIN, MarketInput, recommend}};
/// // LlamaRisk's figures for WBTC.
/// let wbtc = recommend(&MarketInput {
///     collateral: "WBTC",
///     chain: "Optimism",
///     generation: Generation::Dfm,
///     A: 89,
///     fee: 0.002,
///     loss: 0.030971,
///     margin: MARGIN,
///     price: 67_000.0,
///     collateral_decimals: 8,
///     borrowed_decimals: 18,
///     scans: &[],
///     ceiling: None,
///     oracles: None,
///     updates: &[],
///     sources: &[],
/// })?;
/// assert_eq!((wbtc.liquidation_discount, wbtc.loan_discount), (0.04, 0.07));
/// assert!((wbtc.max_ltv[0].ltv - wbtc.max_ltv[0].estimate).abs() < 0.01);
/// # Ok::<(), llamath::Error>(())
/// ```
pub fn recommend(input: &MarketInput<'_>) -> Result<Recommendation> {
    for (index, scan) in input.scans.iter().enumerate() {
        scan.check().map_err(|error| error.at(index))?;
    }
    let liquidation = liquidation_discount(input.loss)?;
    let exact_liquidation = wad(&"loss", liquidation)?;
    let margin = wad(&"margin", fraction(&"margin", input.margin)?)?;
    let exact_loan = (Uint::from(exact_liquidation) + margin).get(&"loan_discount")?;
    let price = wad(&"price", positive(&"price", input.price)?)?;
    let market = Market {
        generation: input.generation,
        A: input.A,
        base_price: price,
        fee: wad(&"fee", fraction(&"fee", input.fee)?)?,
        admin_fee: U256::ZERO,
        loan_discount: exact_loan,
        liquidation_discount: exact_liquidation,
        collateral_decimals: input.collateral_decimals,
        borrowed_decimals: input.borrowed_decimals,
    };
    market.check_deployment()?;
    let fresh = Controller::new(market, 0, Funds::Balance(Balance::new(U256::ZERO)), U256::ZERO)?;
    let one = power_of_10(input.collateral_decimals);
    let ltv = |bands| {
        let found = fresh.max_ltv(one, bands)?;
        let (exact, ltv) = (found.ltv, to_f64(found.ltv, 18)?);
        Ok(LtvOfBands { bands, exact, ltv, estimate: found.estimate })
    };
    let max_ltv = LTV_BANDS.into_iter().map(ltv).collect::<Result<_>>()?;
    Ok(Recommendation {
        collateral: input.collateral.into(),
        chain: input.chain.into(),
        generation: input.generation,
        A: input.A,
        fee: input.fee,
        loss: input.loss,
        margin: input.margin,
        liquidation_discount: liquidation,
        loan_discount: to_f64(exact_loan, 18)?,
        price: input.price,
        max_ltv,
        scans: input.scans.into(),
        ceiling: input.ceiling.cloned(),
        oracles: input.oracles.cloned(),
        updates: input.updates.into(),
        sources: input.sources.into(),
    })
}

/// A double in 18 decimals, by the shortest decimal that stands for it: 0.0015, not what is
/// nearest to it in binary.
fn wad(field: Name, value: f64) -> Result<U256> {
    to_raw(&value.to_string(), 18)
        .map_err(|_| Error::invalid(field, &"a number of at most 18 decimals, below 10^59"))
}
