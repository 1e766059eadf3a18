//! A loan before it is made: its range, its health, how much more is possible.

#[cfg(doc)]
use super::amm::Amm;
use super::controller::Controller;
use super::estimate::{ltv_closed_form, ltv_estimate, range_start_estimate};
use super::market::{MAX_BANDS, MIN_BANDS};
use crate::decimal::to_f64;
use crate::error::{Error, Result, Revert};
use crate::fixed::{I256, Int, U256, Uint, WAD};

/// A loan that is not made yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoanPreview {
    /// Number of bands.
    pub bands: u32,
    /// The band of the highest price.
    pub n1: i64,
    /// The band of the lowest price.
    pub n2: i64,
    /// Oracle price at which soft-liquidation begins, 18 decimals.
    pub upper: U256,
    /// Oracle price at which all collateral is sold, 18 decimals.
    pub lower: U256,
    /// 18 decimals.
    pub health: I256,
    /// 18 decimals.
    pub health_full: I256,
    /// The largest debt that the contract offers, in the borrowed token's own decimals.
    pub max_borrowable: U256,
    /// The least collateral for the debt, in its own decimals.
    pub min_collateral: U256,
    /// debt / (collateral · oracle price), 18 decimals.
    pub ltv: U256,
    /// The same for the largest debt.
    pub max_ltv: U256,
    /// oracle price / upper − 1, 18 decimals.
    pub cushion: I256,
    /// health / (loan_discount − liquidation_discount), 18 decimals.
    pub buffer: I256,
}

/// What a number of bands allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandChoice {
    /// Number of bands.
    pub bands: u32,
    /// The largest debt that the contract offers, in the borrowed token's own decimals.
    pub max_borrowable: U256,
    /// The same as a part of the collateral's value, 18 decimals.
    pub max_ltv: U256,
    /// The loan with this number of bands, or why there is none.
    pub loan: Result<LoanPreview>,
}

/// The largest LTV: exact, and by two formulas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MaxLtv {
    /// The largest debt that the contract offers, in the borrowed token's own decimals.
    pub max_debt: U256,
    /// The same as a part of the collateral's value, 18 decimals.
    pub ltv: U256,
    /// By the explainer's formula, [`ltv_estimate`].
    pub estimate: f64,
    /// Exact − estimate.
    pub estimate_error: f64,
    /// By [`ltv_closed_form`].
    pub closed_form: f64,
    /// Exact − closed form.
    pub closed_form_error: f64,
}

/// Where soft-liquidation begins and ends: exact, and by the explainer's formula.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LiquidationRange {
    /// The band of the highest price.
    pub n1: i64,
    /// The band of the lowest price.
    pub n2: i64,
    /// Oracle price at which it begins, 18 decimals.
    pub upper: U256,
    /// Oracle price at which all collateral is sold, 18 decimals.
    pub lower: U256,
    /// The upper price by the explainer; none where its LTV is not above 0.
    pub start_estimate: Option<f64>,
    /// upper / estimate − 1
    pub start_estimate_error: Option<f64>,
}

/// The largest debt, as the contract offers it and as it still lets it pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MaxBorrowable {
    /// What the contract's own view says: a bit smaller, to be sure.
    pub contract: U256,
    /// The largest debt for which the first band, worked out again, is still allowed.
    pub largest: U256,
}

impl Controller {
    /// debt / (collateral · oracle price), 18 decimals.
    pub(super) fn ltv(&self, debt: U256, collateral: U256, borrowed: U256) -> Result<U256> {
        let c = &self.amm.constants;
        let wad = Uint::from(WAD);
        let price = self.amm.price_oracle()?;
        let value = Uint::from(collateral) * c.collateral_scale * price / WAD
            + Uint::from(borrowed) * c.borrowed_scale;
        (Uint::from(debt) * c.borrowed_scale * wad / value).get(&"ltv")
    }

    /// oracle price / upper − 1, 18 decimals.
    pub(super) fn cushion(&self, upper: U256) -> Result<I256> {
        let ratio = Uint::from(self.amm.price_oracle()?) * WAD / upper;
        (Int::from(ratio) - WAD).get(&"cushion")
    }

    /// health / (loan_discount − liquidation_discount), 18 decimals: 1 is about what a loan
    /// at the limit has on its first day.
    pub(super) fn buffer(&self, health: I256) -> Result<I256> {
        let market = &self.amm.market;
        let gap = Uint::from(market.loan_discount) - market.liquidation_discount;
        (Int::from(health) * WAD / Int::from(gap)).get(&"buffer")
    }

    /// A loan of `debt` for `collateral` in `bands` bands, before it is made.
    ///
    /// # Errors
    /// What the contract refuses: `DebtTooHigh`, `AmountTooLow`, bands outside 4 to 50.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// // One WETH at an oracle price of 3000.
    /// let loan = market.loan_preview(WAD, WAD * U256::from(2400_u64), 4)?;
    /// assert_eq!((loan.n1, loan.n2), (10, 13));
    /// assert_eq!(loan.health.to_string(), "41567976250632124");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn loan_preview(&self, collateral: U256, debt: U256, bands: u32) -> Result<LoanPreview> {
        let p_base = self.amm.max_p_base();
        let most = self.max_borrowable_at(p_base.clone(), collateral, bands, U256::ZERO, None);
        self.loan_preview_at(p_base, most, collateral, debt, bands)
    }

    /// The same where [`Amm::max_p_base`] and the largest debt are known.
    fn loan_preview_at(
        &self,
        p_base: Result<U256>,
        most: Result<U256>,
        collateral: U256,
        debt: U256,
        bands: u32,
    ) -> Result<LoanPreview> {
        let (n1, n2, upper, lower) = self.range_of(collateral, debt, bands)?;
        // Its health is that of its own bands, among those of the others.
        let mut amm = self.amm.clone();
        let position = amm.deposit(collateral, n1, n2)?;
        let discount = amm.market.liquidation_discount;
        let x_down = amm.x_down(&position)?;
        let health = amm.health_by(x_down, &position, debt, discount, false)?;
        if amm.constants.rules.ends_healthy && health.is_negative() {
            return Err(Revert::EndsUnhealthy.into());
        }
        let max_borrowable = most?;
        Ok(LoanPreview {
            bands,
            n1,
            n2,
            upper,
            lower,
            health,
            health_full: amm.health_by(x_down, &position, debt, discount, true)?,
            max_borrowable,
            min_collateral: self.min_collateral_at(p_base, debt, bands, None)?,
            ltv: self.ltv(debt, collateral, U256::ZERO)?,
            max_ltv: self.ltv(max_borrowable, collateral, U256::ZERO)?,
            cushion: self.cushion(upper)?,
            buffer: self.buffer(health)?,
        })
    }

    /// The same loan in every number of bands from 4 to 50.
    ///
    /// # Errors
    /// What asking for the largest debt refuses; a refused loan is in its row.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// let choices = market.loan_previews(WAD, WAD * U256::from(2400_u64))?;
    /// assert_eq!(choices.len(), 47);
    /// assert!(choices[0].loan.is_ok() && choices[46].loan.is_err());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn loan_previews(&self, collateral: U256, debt: U256) -> Result<Vec<BandChoice>> {
        let p_base = self.amm.max_p_base();
        let mut choices = Vec::new();
        for bands in MIN_BANDS..=MAX_BANDS {
            let most = self.max_borrowable_at(p_base.clone(), collateral, bands, U256::ZERO, None);
            let max_borrowable = most.clone()?;
            choices.push(BandChoice {
                bands,
                max_borrowable,
                max_ltv: self.ltv(max_borrowable, collateral, U256::ZERO)?,
                loan: self.loan_preview_at(p_base.clone(), most, collateral, debt, bands),
            });
        }
        Ok(choices)
    }

    /// Bands and prices of a loan that is not made yet: n1, n2, upper, lower.
    fn range_of(&self, collateral: U256, debt: U256, bands: u32) -> Result<(i64, i64, U256, U256)> {
        super::loan::check_bands(bands, true)?;
        let n1 = self.debt_n1(collateral, debt, bands, None)?;
        let n2 = n1.saturating_add(i64::from(bands)).saturating_sub(1);
        let [upper, lower] = self.amm.grid()?.range(n1, n2)?;
        Ok((n1, n2, upper, lower))
    }

    /// Where soft-liquidation of a loan would begin and end.
    ///
    /// # Errors
    /// What the contract refuses: `DebtTooHigh`, `AmountTooLow`, bands outside 4 to 50.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// let range = market.liquidation_range(WAD, WAD * U256::from(2400_u64), 4)?;
    /// assert_eq!(range.upper.to_string(), "2713146225026413746000");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn liquidation_range(
        &self,
        collateral: U256,
        debt: U256,
        bands: u32,
    ) -> Result<LiquidationRange> {
        let market = &self.amm.market;
        let (n1, n2, upper, lower) = self.range_of(collateral, debt, bands)?;
        let ltv = ltv_estimate(market.A, bands, to_f64(market.loan_discount, 18)?);
        let start_estimate = range_start_estimate(
            to_f64(debt, market.borrowed_decimals)?,
            to_f64(collateral, market.collateral_decimals)?,
            ltv,
        );
        let exact = to_f64(upper, 18)?;
        Ok(LiquidationRange {
            n1,
            n2,
            upper,
            lower,
            start_estimate,
            start_estimate_error: start_estimate.map(|estimate| exact / estimate - 1.0),
        })
    }

    /// The largest debt for `collateral` in `bands` bands, as a part of its value.
    ///
    /// # Errors
    /// `Invalid` on `bands` outside 4 to 50 and on `collateral` of 0.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// let most = market.max_ltv(WAD, 50)?;
    /// assert_eq!((most.estimate, most.ltv.to_string()), (0.66, "708061813615625515".into()));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn max_ltv(&self, collateral: U256, bands: u32) -> Result<MaxLtv> {
        super::loan::check_bands(bands, false)?;
        if collateral.is_zero() {
            return Err(Error::invalid(&"collateral", &"above 0"));
        }
        let market = &self.amm.market;
        // Of the market's own mathematics: what it happens to hold does not limit the ratio.
        let p_base = self.amm.max_p_base()?;
        let max_debt = self.amm.max_debt(p_base, collateral, bands, market.loan_discount);
        let max_debt = max_debt.get(&"max_debt")?;
        let ltv = self.ltv(max_debt, collateral, U256::ZERO)?;
        let exact = to_f64(ltv, 18)?;
        let loan_discount = to_f64(market.loan_discount, 18)?;
        let p_base = to_f64(p_base, 18)?;
        let p = to_f64(self.amm.price_oracle()?, 18)?;
        let estimate = ltv_estimate(market.A, bands, loan_discount);
        let closed_form = ltv_closed_form(market.A, bands, loan_discount, p_base / p);
        Ok(MaxLtv {
            max_debt,
            ltv,
            estimate,
            estimate_error: exact - estimate,
            closed_form,
            closed_form_error: exact - closed_form,
        })
    }

    /// The largest debt for `collateral`: what the contract offers, and what still passes.
    ///
    /// # Errors
    /// `Invalid` on `bands` outside 4 to 50.
    ///
    /// ```
    /// # use llamath::{U256, fixed::WAD, llamma::{Balance, Controller, Funds, PRESETS}};
    /// # let weth = PRESETS.iter().find(|preset| preset.name == "WETH").expect("it is there");
    /// # let funds = Funds::Balance(Balance::new(WAD * U256::from(1_000_000_u64)));
    /// # let market = weth.market(WAD * U256::from(3000_u64));
    /// # let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    /// let most = market.max_borrowable_largest(WAD, 4, U256::ZERO, None)?;
    /// assert_eq!(most.contract.to_string(), "2648818592690415485823");
    /// assert_eq!(most.largest.to_string(), "2649083501103191084044");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn max_borrowable_largest(
        &self,
        collateral: U256,
        bands: u32,
        current_debt: U256,
        user: Option<&str>,
    ) -> Result<MaxBorrowable> {
        super::loan::check_bands(bands, false)?;
        let contract = self.max_borrowable(collateral, bands, current_debt, user)?;
        let cap = Uint::from(self.borrowable_cap()?) + current_debt;
        let cap = cap.get(&"max_borrowable")?;
        let passes =
            |debt: U256| debt <= cap && self.debt_n1(collateral, debt, bands, user).is_ok();
        // Double the distance to what the contract offers until it is too much, then halve.
        let (mut good, mut step) = (contract, U256::ONE);
        let mut bad = loop {
            let next = good.saturating_add(step);
            match passes(next) {
                true => good = next,
                false => break next,
            }
            step = step.saturating_add(step);
        };
        while bad.saturating_sub(good) > U256::ONE {
            let half = bad.saturating_sub(good).wrapping_shr(1);
            let middle = good.saturating_add(half);
            match passes(middle) {
                true => good = middle,
                false => bad = middle,
            }
        }
        Ok(MaxBorrowable { contract, largest: good })
    }
}
