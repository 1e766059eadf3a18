//! The parameters of a market, and the constants that follow from its A.

use super::generation::{Generation, Logarithm, Rules};
use crate::error::{Error, Name, Result, Revert};
use crate::fixed::{I256, U256, Uint, WAD, ln_bisecting, log2_bisecting, power_of_10, wad_ln};

/// Fewest bands of a loan.
pub const MIN_BANDS: u32 = 4;
/// Most bands of a loan, and of a trade.
pub const MAX_BANDS: u32 = 50;
/// Bands that a search for the next one with something in it may pass.
pub(super) const MAX_SKIP: i64 = 1024;

/// What a market is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
pub struct Market {
    /// The generation of its contracts.
    pub generation: Generation,
    /// Amplification: a band is 1/A of its price wide, 2 to 10 000.
    pub A: u32,
    /// Price of band 0's upper edge at the start, 18 decimals.
    pub base_price: U256,
    /// Fee of a trade, 18 decimals.
    pub fee: U256,
    /// The admin's share of the fees, 18 decimals; only first-version mint markets have one.
    pub admin_fee: U256,
    /// How far below the value of the collateral a new debt must stay, 18 decimals.
    pub loan_discount: U256,
    /// How far below it a debt is liquidated, 18 decimals.
    pub liquidation_discount: U256,
    /// Decimals of the collateral token, at most 18.
    pub collateral_decimals: u32,
    /// Decimals of the borrowed token, at most 18.
    pub borrowed_decimals: u32,
}

impl Market {
    /// Refuses a fee that the contracts refuse to change to.
    pub(super) fn check_fee(&self) -> Result<()> {
        let least = U256::from(LEAST_FEE);
        let per_band = Uint::from(WAD) * U256::from(4_u64) / U256::from(self.A);
        let most = per_band.min(U256::from(MOST_FEE)).get(&"fee")?;
        match (least..=most).contains(&self.fee) {
            true => Ok(()),
            false => Err(Revert::Fee.into()),
        }
    }

    /// Refuses what the contracts refuse to be deployed with.
    pub fn check_deployment(&self) -> Result<()> {
        if !(2..=10_000).contains(&self.A) {
            return Err(Revert::WrongA.into());
        }
        if self.base_price.is_zero() {
            return Err(Error::invalid(&"base_price", &"above 0"));
        }
        if self.generation.rules().ends_healthy {
            self.check_fee()
                .map_err(|_| Error::invalid(&"fee", &"from 10^6 to 10^17 and 4·10^18/A"))?;
        } else if self.fee < U256::from(LEAST_FEE) {
            return Err(Revert::FeeTooLow.into());
        } else if self.fee > U256::from(MOST_FEE) {
            return Err(Revert::FeeTooHigh.into());
        }
        self.check_discounts(true)?;
        Constants::of(self).map(|_| ())
    }

    /// Refuses discounts that the contracts refuse; a new market does so in words.
    pub(super) fn check_discounts(&self, new: bool) -> Result<()> {
        let Self { loan_discount: loan, liquidation_discount: liquidation, .. } = *self;
        let (least, most) = (U256::from(LEAST_DISCOUNT), U256::from(MOST_DISCOUNT));
        let faults = match self.generation.rules().ends_healthy {
            true => [
                (liquidation.is_zero(), Revert::NoLiquidationDiscount),
                (loan >= WAD, Revert::LoanDiscountIsWhole),
                (loan <= liquidation, Revert::LoanDiscountNotAbove),
            ],
            false => [
                (liquidation < least, Revert::LiquidationDiscountTooLow),
                (loan > most, Revert::LoanDiscountTooHigh),
                (loan <= liquidation, Revert::LoanDiscountMustBeAbove),
            ],
        };
        match faults.into_iter().find(|(wrong, _)| *wrong) {
            Some((_, words)) if new || self.generation.rules().ends_healthy => Err(words.into()),
            Some(_) => {
                Err(Error::invalid(&"loan_discount", &"above liquidation_discount, in bounds"))
            }
            None => Ok(()),
        }
    }
}

/// Bounds of a market's fee and discounts, 18 decimals.
const LEAST_FEE: u128 = 1_000_000;
const MOST_FEE: u128 = 100_000_000_000_000_000;
const LEAST_DISCOUNT: u128 = 10_000_000_000_000_000;
const MOST_DISCOUNT: u128 = 500_000_000_000_000_000;

/// What follows from a market's generation, its A and the decimals of its tokens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Constants {
    pub(super) rules: &'static Rules,
    pub(super) a: U256,
    pub(super) a_minus_1: U256,
    /// √(A/(A − 1)) of the AMM.
    pub(super) sqrt_ratio: U256,
    /// √(A/(A − 1)) of the controller.
    pub(super) loan_sqrt_ratio: U256,
    /// The AMM's log of A/(A − 1).
    pub(super) log_ratio: I256,
    /// The controller's log of A/(A − 1).
    pub(super) loan_log_ratio: I256,
    /// (A/(A − 1))^50: how far the oracle may be from a band that is still traded.
    pub(super) max_oracle_fall: U256,
    /// 10^(18 − decimals) of the collateral.
    pub(super) collateral_scale: U256,
    /// 10^(18 − decimals) of the borrowed token.
    pub(super) borrowed_scale: U256,
}

/// The constants of a market that depend on its A alone; see [`market_constants`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarketConstants {
    /// √(A/(A − 1)) as the AMM has it.
    pub sqrt_band_ratio: U256,
    /// The logarithm of A/(A − 1) as the AMM has it.
    pub log_a_ratio: I256,
    /// (A/(A − 1))^50, the furthest that the oracle may be from a band that is traded.
    pub max_oracle_dn_pow: U256,
    /// √(A/(A − 1)) as the controller has it.
    pub controller_sqrt_band_ratio: U256,
    /// The logarithm of A/(A − 1) as the controller has it: base 2 in m2023.
    pub controller_log_a_ratio: I256,
}

/// The constants that a generation's contracts derive from A.
///
/// # Errors
/// `Invalid` on `A` outside 2 to 10 000, or, for m2023, where its constructor overflows.
///
/// ```
/// use llamath::llamma::{Generation, market_constants};
/// let constants = market_constants(Generation::V1, 100)?;
/// assert_eq!(constants.log_a_ratio.to_string(), "10050335853501431");
/// assert_eq!(constants.controller_log_a_ratio.to_string(), "10050335853501441");
/// # Ok::<(), llamath::Error>(())
/// ```
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
pub fn market_constants(generation: Generation, A: u32) -> Result<MarketConstants> {
    let constants = Constants::of_a(generation, A)?;
    Ok(MarketConstants {
        sqrt_band_ratio: constants.sqrt_ratio,
        log_a_ratio: constants.log_ratio,
        max_oracle_dn_pow: constants.max_oracle_fall,
        controller_sqrt_band_ratio: constants.loan_sqrt_ratio,
        controller_log_a_ratio: constants.loan_log_ratio,
    })
}

impl Constants {
    pub(super) fn of(market: &Market) -> Result<Self> {
        Self::new(market.generation, market.A, market.collateral_decimals, market.borrowed_decimals)
    }

    /// Those of a market whose tokens have 18 decimals.
    pub(super) fn of_a(generation: Generation, a: u32) -> Result<Self> {
        Self::new(generation, a, 18, 18)
    }

    fn new(
        generation: Generation,
        a: u32,
        collateral_decimals: u32,
        borrowed_decimals: u32,
    ) -> Result<Self> {
        if !(2..=10_000).contains(&a) {
            return Err(Error::invalid(&"A", &"a whole number from 2 to 10000"));
        }
        let rules = generation.rules();
        let a = U256::from(a);
        let a_minus_1 = (Uint::from(a) - U256::ONE).get(&"A")?;
        let wad = Uint::from(WAD);
        let ratio = wad * a / a_minus_1;
        let exact_ratio = wad * WAD * a / a_minus_1;
        let loan_sqrt_ratio = exact_ratio.sqrt().get(&"A")?;
        let sqrt_ratio = match rules.band_sqrt_of_rounded_ratio {
            true => (ratio * WAD).sqrt().get(&"A")?,
            false => loan_sqrt_ratio,
        };
        let log = |logarithm| {
            let log = match logarithm {
                Logarithm::Rational => wad_ln(ratio),
                Logarithm::Bisecting => ln_bisecting(ratio),
                Logarithm::Log2 => log2_bisecting(ratio),
            };
            log.get(&"A")
        };
        Ok(Self {
            rules,
            a,
            a_minus_1,
            sqrt_ratio,
            loan_sqrt_ratio,
            log_ratio: log(rules.band_log)?,
            loan_log_ratio: log(rules.loan_log)?,
            max_oracle_fall: max_oracle_fall(rules, a, a_minus_1)?,
            collateral_scale: scale(&"collateral_decimals", collateral_decimals)?,
            borrowed_scale: scale(&"borrowed_decimals", borrowed_decimals)?,
        })
    }
}

/// (A/(A − 1))^50 in 18 decimals, each generation with its own roundings.
fn max_oracle_fall(rules: &Rules, a: U256, a_minus_1: U256) -> Result<U256> {
    if !rules.oracle_fall_by_squaring {
        return (0..50).fold(Uint::from(WAD), |power, _| power * a / a_minus_1).get(&"A");
    }
    let power_of_25 = |base: U256| (0..25).fold(Uint::from(U256::ONE), |power, _| power * base);
    let half = power_of_25(a) * WAD / power_of_25(a_minus_1);
    let too_large = |_| Error::invalid(&"A", &"at most 230 for this generation");
    (half * half / WAD).get(&"A").map_err(too_large)
}

/// 10^(18 − decimals)
fn scale(field: Name, decimals: u32) -> Result<U256> {
    match 18_u32.checked_sub(decimals) {
        Some(missing) => Ok(power_of_10(missing)),
        None => Err(Error::invalid(field, &"a whole number from 0 to 18")),
    }
}
