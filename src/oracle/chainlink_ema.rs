//! The exponential average of a Chainlink feed as defi.money deployed it (and Curve, for
//! LlamaLend on Optimism): it looks at the feed at whole multiples of an interval, and
//! catches up on what it missed.

use super::grid::Grid;
use super::rounds::RoundHistory;
use crate::error::{Error, Result};
use crate::fixed::{U256, Uint, WAD, power_of_10};

/// What the contract is deployed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainlinkEma {
    /// Observations N of the window, 1 to 1000: a new one weighs 2/(N + 1).
    pub observations: u32,
    /// Seconds between two observations, above 0.
    pub interval_secs: u64,
    /// Decimals of the feed's answers, at most 18.
    pub decimals: u32,
}

/// What the contract has stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredEma {
    /// The time of the last observation, a multiple of the interval, seconds since 1970.
    pub observed_at_secs: u64,
    /// The average at it, 18 decimals.
    pub price: U256,
}

impl ChainlinkEma {
    /// As defi.money deploys it for a feed of 8 decimals: 20 observations 30 seconds apart are
    /// its "10 minutes", with a time constant of 299.7 seconds.
    pub const DEFI_MONEY: Self = Self { observations: 20, interval_secs: 30, decimals: 8 };

    /// The average at `now`, which is what a write would store.
    ///
    /// e ← ⌊(p·s + e·(10^18 − s))/10^18⌋ with s = ⌊2·10^18/(N + 1)⌋ at every multiple of the
    /// interval since the last write. A round is seen from the second after its own. Without a
    /// write in the last 2N intervals, or without any, the average starts from what was seen
    /// 2N − 1 intervals ago, or by the first observation of the feed's phase.
    ///
    /// `now` in seconds since 1970; later rounds do not exist yet.
    ///
    /// # Errors
    /// `Invalid` on the parameters and `observed_at_secs` by their names; on `answer` at a round that is not above 0; on
    /// `now` before the first round or the last write; on `rounds` that do not reach back to where
    /// the average starts; `Arithmetic` where a price leaves 256 bits.
    ///
    /// ```
    /// use llamath::{I256, oracle::{ChainlinkEma, Round, RoundHistory}};
    /// let rounds = [(1, 100, 1_000), (2, 200, 2_000)].map(|(count, price, updated_at_secs)| {
    ///     Round { id: 1 << 64 | count, answer: I256::from(price * 100_000_000), updated_at_secs }
    /// });
    /// let feed = RoundHistory::new(&rounds)?;
    /// let before = ChainlinkEma::DEFI_MONEY.at(&feed, None, 1_999)?;
    /// let after = ChainlinkEma::DEFI_MONEY.at(&feed, Some(&before), 2_010)?;
    /// assert_eq!((before.observed_at_secs, after.observed_at_secs), (1_980, 2_010));
    /// assert_eq!(before.price.to_string(), "100000000000000000000");
    /// assert_eq!(after.price.to_string(), "109523809523809523800");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn at(
        &self,
        feed: &RoundHistory<'_>,
        stored: Option<&StoredEma>,
        now: u64,
    ) -> Result<StoredEma> {
        let smoothing = self.smoothing()?;
        let step = self.interval_secs;
        let observed_at_secs = now.saturating_sub(now.checked_rem(step).unwrap_or_default());
        let window = step.saturating_mul(u64::from(self.observations)).saturating_mul(2);
        let is_fresh =
            |stored: &&StoredEma| stored.observed_at_secs.saturating_add(window) > observed_at_secs;
        let off_beat = |stored: &StoredEma| stored.observed_at_secs.checked_rem(step) != Some(0);
        if stored.is_some_and(off_beat) {
            return Err(Error::invalid(&"observed_at_secs", &"a multiple of interval_secs"));
        }
        let (start, feed) = match stored.filter(is_fresh) {
            Some(stored) => (*stored, *feed),
            None => self.started(feed, observed_at_secs, now)?,
        };
        let missed = observed_at_secs.checked_sub(start.observed_at_secs);
        let missed = missed.ok_or(Error::invalid(&"now", &"not before the last write"))?;
        let mut price = start.price;
        for count in 1..=missed.checked_div(step).unwrap_or_default() {
            let time = start.observed_at_secs.saturating_add(count.saturating_mul(step));
            let new = self.seen(&feed, time)?;
            let sum = Uint::from(new) * smoothing + (Uint::from(WAD) - smoothing) * price;
            price = (sum / WAD).get(&"price")?;
        }
        Ok(StoredEma { observed_at_secs, price })
    }

    /// The average at every moment of a grid, written at each of them; the first one starts it.
    ///
    /// 18 decimals.
    ///
    /// # Errors
    /// As for [`ChainlinkEma::at`], and on `step_secs` and `count` of the grid.
    ///
    /// ```
    /// use llamath::{I256, oracle::{ChainlinkEma, Grid, Round, RoundHistory}};
    /// let answer = I256::from(250_000_000);
    /// let rounds = [Round { id: 1 << 64 | 1, answer, updated_at_secs: 5 }];
    /// let grid = Grid { start_secs: 60, step_secs: 60, count: 2 };
    /// let prices = ChainlinkEma::DEFI_MONEY.series(&RoundHistory::new(&rounds)?, &grid)?;
    /// assert_eq!(prices[1].to_string(), "2500000000000000000");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn series(&self, feed: &RoundHistory<'_>, grid: &Grid) -> Result<Vec<U256>> {
        let mut stored = None;
        let write = |moment| {
            let written = self.at(feed, stored.as_ref(), moment)?;
            stored = Some(written);
            Ok(written.price)
        };
        grid.moments()?.map(write).collect()
    }

    /// The weight of a new observation, 18 decimals.
    fn smoothing(&self) -> Result<U256> {
        if !(1..=1000).contains(&self.observations) {
            return Err(Error::invalid(&"observations", &"from 1 to 1000"));
        }
        if self.interval_secs == 0 {
            return Err(Error::invalid(&"interval_secs", &"above 0"));
        }
        let count = u128::from(self.observations).saturating_add(1);
        (Uint::from(WAD) * 2 / count).get(&"smoothing")
    }

    /// The average at its first observation, and the rounds that those up to `last` see.
    ///
    /// The first is 2N − 1 intervals before the last, or the first one that sees a round of
    /// the phase; the last one sees at least the phase's first round.
    fn started<'a>(
        &self,
        feed: &RoundHistory<'a>,
        last: u64,
        now: u64,
    ) -> Result<(StoredEma, RoundHistory<'a>)> {
        let step = self.interval_secs;
        let count = u64::from(self.observations).saturating_mul(2).saturating_sub(1);
        let earliest = last.saturating_sub(count.saturating_mul(step));
        let expected = &"known up to now, from 2N intervals before or from a phase's first round";
        let feed = feed.walk_back(earliest, now).ok_or(Error::invalid(&"rounds", expected))?;
        let sees = feed.first_secs().saturating_add(1).div_ceil(step).saturating_mul(step);
        let observed_at_secs = sees.clamp(earliest, last);
        Ok((StoredEma { observed_at_secs, price: self.seen(&feed, observed_at_secs)? }, feed))
    }

    /// The price that an observation at `time` sees, 18 decimals.
    fn seen(&self, feed: &RoundHistory<'_>, time: u64) -> Result<U256> {
        let missing = 18_u32.checked_sub(self.decimals);
        let missing = missing.ok_or(Error::invalid(&"decimals", &"from 0 to 18"))?;
        let nothing = Error::invalid(&"rounds", &"at least one");
        let (row, round) = feed.last_before(time).ok_or(nothing)?;
        let scale = power_of_10(missing);
        (Uint::from(round.price(row)?) * scale).get(&"price")
    }
}
