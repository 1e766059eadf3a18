//! Policies whose rate is a multiple of a reference rate, by a hyperbola of utilization.
//!
//! The multiple is `low_ratio` without debt, 1 at the target and `high_ratio` when all is
//! lent. What the reference is tells most of them apart: a fixed rate, the rate of another
//! market, the average of a calculator's rate.
#![expect(non_snake_case, reason = "A is the name that everybody uses")]

use super::{Reserves, hyperbolic, kinked};
use crate::error::{Error, Result};
use crate::fixed::{I256, U256, Uint, WAD};

/// The policies of this form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveKind {
    /// First version; the reference is a fixed rate.
    Kinked,
    /// First version; the reference is the rate of another market.
    Secondary,
    /// First version; the reference is the average of a calculator's rate.
    Ema,
    /// Second version; the reference is a fixed rate.
    Hyperbolic,
    /// Second version; the reference is a calculator's rate within bounds.
    HyperbolicDynamic,
}

/// The multiple of the reference rate by utilization u: r_minf + A/(u_inf − u).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateCurve {
    /// The utilization at which the curve would be infinite, 18 decimals.
    pub u_inf: U256,
    /// How fast it rises, 18 decimals.
    pub A: U256,
    /// What the multiple would be infinitely far below, 18 decimals.
    pub r_minf: I256,
}

/// A policy whose rate is a multiple of a reference rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvePolicy {
    /// Which one.
    pub kind: CurveKind,
    /// The utilization at which the rate is the reference rate, 18 decimals.
    pub target_utilization: U256,
    /// The multiple without debt, 18 decimals.
    pub low_ratio: U256,
    /// The multiple when all is lent, 18 decimals.
    pub high_ratio: U256,
    /// What the rate is a multiple of, per second, 18 decimals.
    pub reference_rate: U256,
    /// What is added to the rate, per second, 18 decimals.
    pub rate_shift: U256,
}

impl CurvePolicy {
    /// The curve through the three points, as the contract is deployed with it.
    ///
    /// With u₀ the target, α and β the ratios: s = (β − 1)·u₀ and t = (1 − u₀)·(1 − α);
    /// u_inf = s/(s − t), A = (1 − α)·u_inf·(u_inf − u₀)/u₀, r_minf = α − A/u_inf
    ///
    /// # Errors
    /// `Revert(InvalidCurve)` where the second version refuses; `Arithmetic` where the contract
    /// would revert.
    ///
    /// ```
    /// use llamath::{U256, lending::{CurveKind, CurvePolicy}};
    /// let [target, low, high] =
    ///     [850_000_000_000_000_000_u64, 500_000_000_000_000_000, 3_000_000_000_000_000_000];
    /// let policy = CurvePolicy {
    ///     kind: CurveKind::Kinked,
    ///     target_utilization: U256::from(target),
    ///     low_ratio: U256::from(low),
    ///     high_ratio: U256::from(high),
    ///     reference_rate: U256::from(3_351_233_249_u64),
    ///     rate_shift: U256::ZERO,
    /// };
    /// let curve = policy.curve()?;
    /// assert_eq!(curve.u_inf, U256::from(1_046_153_846_153_846_153_u64));
    /// assert_eq!(curve.A, U256::from(120_710_059_171_597_632_u64));
    /// assert_eq!(curve.r_minf.to_string(), "384615384615384617");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn curve(&self) -> Result<RateCurve> {
        let Shape { u_inf, slope, rise } = self.shape()?;
        let rise = rise.get(&"r_minf")?;
        let r_minf = I256::new(rise > self.low_ratio, rise.abs_diff(self.low_ratio));
        let r_minf = r_minf.ok_or_else(|| Error::arithmetic(&"r_minf"))?;
        Ok(RateCurve { u_inf: u_inf.get(&"u_inf")?, A: slope.get(&"A")?, r_minf })
    }

    /// The rate of a market.
    ///
    /// r₀·r_minf + A·r₀/(u_inf − utilization) + shift, with r₀ the reference rate
    ///
    /// Per second, 18 decimals.
    ///
    /// # Errors
    /// `Revert(TargetRateTooLow)` for a fixed rate below 317 097 920 in the second version,
    /// `Revert(InvalidCurve)`, `Revert(NegativeDebt)`, `Revert(ReservesTooSmall)` if all cannot
    /// be lent that is to be; `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// # use llamath::{I256, U256, lending::{CurveKind, CurvePolicy, Reserves}};
    /// # let [target, low, high] =
    /// #     [850_000_000_000_000_000_u64, 500_000_000_000_000_000, 3_000_000_000_000_000_000];
    /// # let policy = CurvePolicy {
    /// #     kind: CurveKind::Kinked,
    /// #     target_utilization: U256::from(target),
    /// #     low_ratio: U256::from(low),
    /// #     high_ratio: U256::from(high),
    /// #     reference_rate: U256::from(3_351_233_249_u64),
    /// #     rate_shift: U256::ZERO,
    /// # };
    /// let reserves = Reserves {
    ///     debt: U256::ZERO,
    ///     balance: U256::ZERO,
    ///     admin_fees: U256::ZERO,
    ///     d_reserves: I256::ZERO,
    ///     d_debt: I256::ZERO,
    /// };
    /// assert_eq!(policy.rate(&reserves)?, U256::from(1_675_616_624_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn rate(&self, reserves: &Reserves) -> Result<U256> {
        let reference = match self.kind {
            CurveKind::Hyperbolic => hyperbolic::fixed_target(self.reference_rate)?,
            CurveKind::HyperbolicDynamic => hyperbolic::bounded_target(self.reference_rate),
            _ => self.reference_rate,
        };
        let Shape { u_inf, slope, rise } = self.shape()?;
        let distance = u_inf - reserves.utilization()?;
        let rate = slope * reference / distance + self.rate_shift;
        let rise = rise.get(&"r_minf")?;
        let least = Uint::from(rise.abs_diff(self.low_ratio)) * reference / WAD;
        match rise > self.low_ratio {
            // Never below 0, though contracts ask: rate ≥ ⌊A·r₀/u_inf⌋ ≥ ⌊⌊A/u_inf⌋·r₀⌋ ≥ least.
            true => rate - least,
            false => rate + least,
        }
        .get(&"rate")
    }

    /// The curve, with how far r_minf is below the low ratio instead of itself.
    #[inline(never)]
    fn shape(&self) -> Result<Shape> {
        let (target, low) = (self.target_utilization, Uint::from(self.low_ratio));
        let above = (Uint::from(self.high_ratio) - WAD) * target;
        let steepness = Uint::from(WAD) - low;
        let below = (Uint::from(WAD) - target) * steepness;
        let u_inf = match self.is_second() {
            true => hyperbolic::asymptote(above, below)?,
            false => kinked::asymptote(above, below),
        };
        let slope = steepness * u_inf / WAD * (u_inf - target) / target;
        let rise = slope * WAD / u_inf;
        // This policy keeps r_minf unsigned.
        let is_refused = self.kind == CurveKind::Secondary && rise.value() > Some(self.low_ratio);
        Ok(Shape { u_inf, slope, rise: if is_refused { Uint::REFUSED } else { rise } })
    }

    fn is_second(&self) -> bool {
        matches!(self.kind, CurveKind::Hyperbolic | CurveKind::HyperbolicDynamic)
    }
}

/// A curve as it is computed.
struct Shape {
    u_inf: Uint,
    slope: Uint,
    /// low_ratio − r_minf
    rise: Uint,
}
