//! Policies of the mint markets: the rate follows the price of the stablecoin and what the
//! peg keepers owe.
//!
//! Below 1 the rate rises exponentially, above it falls; what the peg keepers owe lowers it.
//! Later versions make a market's rate rise as it nears its ceiling, count the least debts of
//! half-days, add a constant, and average what the peg keepers owe.

use super::Candle;
use crate::error::{Error, Result};
use crate::fixed::{I256, Int, U256, Uint, WAD, exp_flooring, exp_truncating};
use crate::lending::ema_price::{averaged, elapsed};
use crate::lending::interest::MAX_RATE;

/// The largest multiple of the base rate: 1000.
const MAX_EXP: u128 = 1_000_000_000_000_000_000_000;
/// A power that surely gives more: e^7 is 1096.
const POWER_BEYOND: i64 = 7_000_000_000_000_000_000;
/// The part of the rate that grows without bound as a market nears its ceiling: 0.1 …
const CEILING_WEIGHT: u128 = 100_000_000_000_000_000;
/// … and the rest of it.
const REST_WEIGHT: u128 = 900_000_000_000_000_000;
/// How near to its ceiling a market is counted at most: 1 − 10^−4.
const NEAREST_TO_CEILING: u128 = 999_900_000_000_000_000;

/// The versions of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregatorVersion {
    /// Price and peg keepers alone.
    Agg1,
    /// With ceilings of the markets.
    Agg2,
    /// With the least debts of half-days.
    Agg3,
    /// With a constant.
    Agg3c,
    /// With an average of what the peg keepers owe.
    Agg4,
}

/// The parameters of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aggregator {
    /// Which version.
    pub version: AggregatorVersion,
    /// The rate at a price of 1 without peg keepers' debt, per second, 18 decimals.
    pub rate0: U256,
    /// How far the price falls until the rate is e times as high, 18 decimals.
    pub sigma: U256,
    /// The part of all debt that makes the rate e times as low if the peg keepers owe it,
    /// 18 decimals.
    pub target_debt_fraction: U256,
    /// What is added to the rate, per second, 18 decimals: from version 3c on.
    pub extra_const: U256,
}

/// What the markets say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AggregatorMarket {
    /// The price of the stablecoin, 18 decimals.
    pub price: U256,
    /// What each peg keeper owes, 18 decimals.
    pub peg_keeper_debts: Vec<U256>,
    /// What the borrowers of each controller owe, 18 decimals.
    pub controller_debts: Vec<U256>,
    /// How many of the controllers an earlier write has met: versions 2 to 3c read only
    /// those.
    pub cached_controllers: u32,
    /// The controller whose rate is asked for, counted from 0.
    pub controller: u32,
    /// The most that its borrowers may owe, 18 decimals; 0 for none.
    pub ceiling: U256,
    /// Seconds since 1970.
    pub now: u64,
}

/// The averaged ratio of the peg keepers' debt to all debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PegRatio {
    /// The time constant of the average, seconds.
    pub ema_time_secs: u64,
    /// The average at the last write, 18 decimals.
    pub prev_value: U256,
    /// When that was, seconds since 1970.
    pub prev_time_secs: u64,
    /// The ratio that was seen then, 18 decimals: it counts from then on.
    pub queued: U256,
}

/// What the policy remembers, as far as one controller needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AggregatorMemory {
    /// The least debts of all controllers: from version 3 on.
    pub total: Candle,
    /// The least debts of the controller that is asked for: from version 3 on.
    pub controller: Candle,
    /// What the peg keepers owe: version 4.
    pub peg_ratio: PegRatio,
}

impl PegRatio {
    fn at(&self, now: u64) -> Uint {
        if now == self.prev_time_secs {
            return Uint::from(self.prev_value);
        }
        let elapsed = elapsed(self.prev_time_secs, now);
        averaged(self.prev_value, self.queued, elapsed, self.ema_time_secs, exp_flooring)
    }
}

impl Aggregator {
    /// The rate of a controller.
    ///
    /// rate0 · min(e^((1 − price)/σ − (peg keepers' debt/all debt)/target), 1000), plus the
    /// constant; times 0.9 + 0.1/(1 − debt/ceiling), at most 43 959 106 799
    ///
    /// Per second, 18 decimals.
    ///
    /// # Errors
    /// `Invalid` on `controller` beyond the list; `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// use llamath::U256;
    /// use llamath::lending::{Aggregator, AggregatorMarket, AggregatorMemory, AggregatorVersion};
    /// let policy = Aggregator {
    ///     version: AggregatorVersion::Agg1,
    ///     rate0: U256::from(3_488_077_118_u64),
    ///     sigma: U256::from(7_000_000_000_000_000_u64),
    ///     target_debt_fraction: U256::from(157_354_478_837_876_896_u64),
    ///     extra_const: U256::ZERO,
    /// };
    /// let market = AggregatorMarket {
    ///     price: U256::from(1_000_000_000_000_000_000_u64),
    ///     peg_keeper_debts: vec![U256::from(995_743_683_132_286_188_912_640_u128)],
    ///     controller_debts: vec![U256::from(8_114_919_756_765_530_987_429_888_u128)],
    ///     cached_controllers: 1,
    ///     controller: 0,
    ///     ceiling: U256::ZERO,
    ///     now: 1_739_183_442,
    /// };
    /// let rate = policy.rate(&market, &AggregatorMemory::default())?;
    /// assert_eq!(rate, U256::from(1_599_272_497_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn rate(&self, market: &AggregatorMarket, memory: &AggregatorMemory) -> Result<U256> {
        let seen = match self.version {
            AggregatorVersion::Agg1 | AggregatorVersion::Agg4 => u32::MAX,
            _ => market.cached_controllers,
        };
        let [mut total, mut controller] = market.debts(seen)?;
        if self.has_candles() {
            total = memory.total.read(total, market.now);
            controller = memory.controller.read(controller, market.now);
        }
        let ratio = match self.version {
            AggregatorVersion::Agg4 => Some(memory.peg_ratio.at(market.now)),
            _ => market.peg_ratio(total)?,
        };
        self.rate_at(market, ratio, controller)
    }

    /// The rate that a write sets, and what the policy remembers after it.
    ///
    /// As [`Aggregator::rate`], but all controllers are met, and what is seen now counts in
    /// the half-days' least debts.
    ///
    /// Per second, 18 decimals.
    ///
    /// # Errors
    /// `Invalid` on `controller` beyond the list; `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// use llamath::U256;
    /// use llamath::lending::{Aggregator, AggregatorMarket, AggregatorMemory, AggregatorVersion};
    /// let policy = Aggregator {
    ///     version: AggregatorVersion::Agg3,
    ///     rate0: U256::from(1_000_000_000_u64),
    ///     sigma: U256::from(7_000_000_000_000_000_u64),
    ///     target_debt_fraction: U256::from(100_000_000_000_000_000_u64),
    ///     extra_const: U256::ZERO,
    /// };
    /// let market = AggregatorMarket {
    ///     price: U256::from(998_000_000_000_000_000_u64),
    ///     peg_keeper_debts: vec![],
    ///     controller_debts: vec![U256::from(328_728_721_656_501_501_952_u128), U256::ZERO],
    ///     cached_controllers: 0,
    ///     controller: 0,
    ///     ceiling: U256::from(100_000_000_000_000_000_000_000_000_u128),
    ///     now: 1_700_702_706,
    /// };
    /// let (rate, memory) = policy.written(&market, &AggregatorMemory::default())?;
    /// assert_eq!(rate, U256::from(1_330_712_634_u64));
    /// assert_eq!(memory.total.current, market.controller_debts[0]);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn written(
        &self,
        market: &AggregatorMarket,
        memory: &AggregatorMemory,
    ) -> Result<(U256, AggregatorMemory)> {
        let [mut total, mut controller] = market.debts(u32::MAX)?;
        let mut next = *memory;
        if self.has_candles() {
            total = next.total.write(total, market.now);
            controller = next.controller.write(controller, market.now);
        }
        let mut ratio = market.peg_ratio(total)?;
        if self.version == AggregatorVersion::Agg4 {
            let queued = ratio.unwrap_or(Uint::ZERO).get(&"peg_ratio")?;
            let average = memory.peg_ratio.at(market.now);
            let (prev_value, prev_time_secs) = (average.get(&"peg_ratio")?, market.now);
            next.peg_ratio = PegRatio { prev_value, prev_time_secs, queued, ..memory.peg_ratio };
            ratio = Some(average);
        }
        Ok((self.rate_at(market, ratio, controller)?, next))
    }

    fn has_candles(&self) -> bool {
        !matches!(self.version, AggregatorVersion::Agg1 | AggregatorVersion::Agg2)
    }

    /// The rate by the ratio of the peg keepers' debt and the controller's; 0 without a ratio.
    #[inline(never)]
    fn rate_at(&self, market: &AggregatorMarket, ratio: Option<Uint>, debt: U256) -> Result<U256> {
        let Some(ratio) = ratio else { return Ok(U256::ZERO) };
        let deviation = Uint::from(WAD.abs_diff(market.price)) * WAD / self.sigma;
        let relief = ratio * WAD / self.target_debt_fraction;
        let power = match market.price > WAD {
            true => -Int::from(deviation + relief),
            false => Int::from(deviation) - relief,
        };
        let mut rate = Uint::from(self.rate0) * self.multiple(power) / WAD;
        if matches!(self.version, AggregatorVersion::Agg3c | AggregatorVersion::Agg4) {
            rate = rate + self.extra_const;
        }
        let nearness = match (self.version, market.ceiling.is_zero()) {
            (AggregatorVersion::Agg4, true) => Uint::from(NEAREST_TO_CEILING),
            (AggregatorVersion::Agg1, _) | (_, true) => return rate.get(&"rate"),
            _ => (Uint::from(debt) * WAD / market.ceiling).min(NEAREST_TO_CEILING),
        };
        let scarcity = Uint::from(CEILING_WEIGHT) * WAD / (Uint::from(WAD) - nearness);
        (rate * (scarcity + REST_WEIGHT) / WAD).min(MAX_RATE).get(&"rate")
    }

    /// min(e^power, 1000)
    fn multiple(&self, power: Int) -> Uint {
        let beyond = I256::from(POWER_BEYOND);
        let multiple = match self.version {
            _ if power.value().is_some_and(|power| power > beyond) => return MAX_EXP.into(),
            AggregatorVersion::Agg4 => exp_flooring(power),
            _ => exp_truncating(power),
        };
        multiple.min(MAX_EXP)
    }
}

impl AggregatorMarket {
    /// What all controllers owe and what the one asked for does, of the first `seen` ones.
    fn debts(&self, seen: u32) -> Result<[U256; 2]> {
        let index = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        if index(self.controller) >= self.controller_debts.len() {
            return Err(Error::invalid(&"controller", &"one of the controllers"));
        }
        let seen = self.controller_debts.get(..index(seen)).unwrap_or(&self.controller_debts);
        let own = seen.get(index(self.controller)).copied().unwrap_or_default();
        Ok([sum(seen)?, own])
    }

    /// What the peg keepers owe in relation to `total`; none if there is no other debt.
    fn peg_ratio(&self, total: U256) -> Result<Option<Uint>> {
        let owed = sum(&self.peg_keeper_debts)?;
        Ok(match (owed.is_zero(), total.is_zero()) {
            (true, _) => Some(Uint::ZERO),
            (false, true) => None,
            (false, false) => Some(Uint::from(owed) * WAD / total),
        })
    }
}

#[inline(never)]
fn sum(debts: &[U256]) -> Result<U256> {
    debts.iter().fold(Uint::ZERO, |sum, debt| sum + *debt).get(&"debt")
}
