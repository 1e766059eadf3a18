//! What is simulated: the market, the position, and which of the published models.

use crate::error::{Error, Name, Result, fraction, non_negative, positive};

/// How the dynamic fee is made: by which of the published simulators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeModel {
    /// Version 1 (llamma-simulator): a memory of the oracle's moves, and outside the band half
    /// the distance to it; arbitrageurs aim at p/(1 + d) and p/(1 − d).
    V1,
    /// Version 2 (llamma-simulator_v2): the distance between the oracle price and the band's
    /// upper price, no memory; arbitrageurs aim at p·(1 − d) and p·(1 + d).
    V2,
}

/// Whether arbitrageurs trade where they lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trading {
    /// As published: where the AMM's price lies between the target and the target after the
    /// fee, the trade goes the wrong way, at the position's cost.
    Parity,
    /// No trade in that case, as nobody would make it.
    Guarded,
}

/// How the AMM's oracle follows the prices that it is given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Averaging {
    /// It says them as they are: they were averaged before, or are an oracle of one's own.
    Given,
    /// By [`super::ema_half_life`], whose half-life in seconds this is.
    HalfLife(f64),
    /// By [`super::ema_exponential`], whose time constant in seconds this is.
    EmaTime(f64),
}

/// What one window asks of its oracle.
const AVERAGED_BEFORE: Name =
    &"absent: the oracle of one window is a part of the series' average, which begins before it";

/// The parameters of one simulation.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(non_snake_case, reason = "A is the name that everybody uses")]
pub struct Settings {
    /// Amplification: a band is 1/A of its price wide, 2 to 10 000.
    pub A: u32,
    /// Bands of the position, 1 to 50.
    pub bands: u32,
    /// The fee of a trade, a fraction below 1.
    pub fee: f64,
    /// How the dynamic fee is made.
    pub fee_model: FeeModel,
    /// How strongly the distance of the oracle from a band raises its fee; 0: not at all.
    pub dynamic_fee_multiplier: f64,
    /// Version 1: the memory of the oracle's moves forgets 1/delay of itself at a time;
    /// 1: no memory (the simulator's `use_po_fee = 0`). Version 2 has none.
    pub po_fee_delay: u32,
    /// What the trade costs the arbitrageur elsewhere, a fraction below 1.
    pub external_fee: f64,
    /// How far below the first open the position starts, a fraction below 1; may be negative.
    pub position_shift: f64,
    /// Whether arbitrageurs trade where they lose.
    pub trading: Trading,
    /// How the oracle follows the prices of the whole series: of sweeps only, since the average
    /// in a window begins before it.
    pub averaging: Averaging,
}

impl Settings {
    /// The defaults of version 1, without its pseudo-trade.
    ///
    /// ```
    /// use llamath::sim::{Settings, Trading};
    /// let published = Settings { trading: Trading::Parity, ..Settings::v1(100, 4, 0.006) };
    /// assert_eq!((published.A, published.po_fee_delay), (100, 2));
    /// ```
    #[expect(non_snake_case, reason = "A is the name that everybody uses")]
    #[must_use]
    pub const fn v1(A: u32, bands: u32, fee: f64) -> Self {
        Self {
            A,
            bands,
            fee,
            fee_model: FeeModel::V1,
            dynamic_fee_multiplier: 0.0,
            po_fee_delay: 2,
            external_fee: 5e-4,
            position_shift: 0.0,
            trading: Trading::Guarded,
            averaging: Averaging::Given,
        }
    }

    /// The defaults of version 2, without its pseudo-trade.
    ///
    /// ```
    /// use llamath::sim::Settings;
    /// assert_eq!(Settings::v2(100, 4, 0.006).dynamic_fee_multiplier, 0.25);
    /// ```
    #[expect(non_snake_case, reason = "A is the name that everybody uses")]
    #[must_use]
    pub const fn v2(A: u32, bands: u32, fee: f64) -> Self {
        let v1 = Self::v1(A, bands, fee);
        Self { fee_model: FeeModel::V2, dynamic_fee_multiplier: 0.25, po_fee_delay: 1, ..v1 }
    }

    /// Refuses what cannot be simulated.
    pub(super) fn check(&self) -> Result<()> {
        if !(2..=10_000).contains(&self.A) {
            return Err(Error::invalid(&"A", &"from 2 to 10000"));
        }
        if !(1..=50).contains(&self.bands) {
            return Err(Error::invalid(&"bands", &"from 1 to 50"));
        }
        if self.po_fee_delay == 0 {
            return Err(Error::invalid(&"po_fee_delay", &"at least 1"));
        }
        for (field, value) in [(&"fee", self.fee), (&"external_fee", self.external_fee)] {
            if fraction(field, value)? == 1.0 {
                return Err(Error::invalid(field, &"a fraction below 1"));
            }
        }
        non_negative(&"dynamic_fee_multiplier", self.dynamic_fee_multiplier)?;
        match self.averaging {
            Averaging::Given => (),
            Averaging::HalfLife(secs) => _ = positive(&"half_life_secs", secs)?,
            Averaging::EmaTime(secs) => _ = positive(&"ema_time_secs", secs)?,
        }
        let shift = self.position_shift;
        match shift.is_finite() && shift < 1.0 {
            true => Ok(()),
            false => Err(Error::invalid(&"position_shift", &"a finite number below 1")),
        }
    }

    /// Refuses, for one window alone, an average that begins before it.
    pub(super) fn check_given(&self) -> Result<()> {
        match self.averaging {
            Averaging::Given => Ok(()),
            Averaging::HalfLife(_) => Err(Error::invalid(&"half_life_secs", AVERAGED_BEFORE)),
            Averaging::EmaTime(_) => Err(Error::invalid(&"ema_time_secs", AVERAGED_BEFORE)),
        }
    }

    /// Upper edge of band 0 over the first open: (1 − position_shift)·(A/(A − 1) + 10⁻⁴).
    pub(super) fn lead(&self) -> f64 {
        let a = f64::from(self.A);
        (1.0 - self.position_shift) * (a / (a - 1.0) + 1e-4)
    }

    /// How much of the memory of the oracle's moves is kept at a time: (delay − 1)/delay.
    pub(super) fn kept(&self) -> f64 {
        let delay = f64::from(self.po_fee_delay);
        (delay - 1.0) / delay
    }
}
