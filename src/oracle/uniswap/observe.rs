//! A pool's sums at any moment that its ring of observations reaches back to.
//!
//! Times are of 32 bits and wrap around: they are compared by their age, the seconds up to
//! now modulo 2^32, which orders them as the contract's comparison does.

use super::tick::check_tick;
use crate::error::{Error, Result};
use crate::fixed::{U256, Uint};

/// 2^160 − 1
pub(super) const MASK_160: U256 = U256::from_limbs([u64::MAX, u64::MAX, 0xffff_ffff, 0]);

/// The number of 56 bits that the contract's signed arithmetic wraps to.
pub(super) const fn wrapped_56(number: i64) -> i64 {
    number.wrapping_shl(8).wrapping_shr(8)
}

/// The sums of a pool at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// The moment, seconds since 1970 modulo 2^32.
    pub timestamp: u32,
    /// Σ tick · seconds, of 56 bits.
    pub tick_cumulative: i64,
    /// Σ seconds / liquidity, in units of 2⁻¹²⁸, of 160 bits.
    pub seconds_per_liquidity_x128: U256,
}

/// A pool's observations in the order of time, and what it is at now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolHistory<'a> {
    observations: &'a [Observation],
    now: u32,
    tick: i32,
    liquidity: u128,
}

impl<'a> PoolHistory<'a> {
    /// The history of a pool that is at `tick` with `liquidity` in range since its newest
    /// observation.
    ///
    /// `now` in seconds since 1970 modulo 2^32. How the ring is rotated in the contract makes
    /// no difference: `observations` go from the oldest to the newest.
    ///
    /// # Errors
    /// `Invalid` on `tick` outside ±887272; on `observations` at the row that is not after the
    /// one before and up to now, or has a sum that is too wide; where there is none.
    ///
    /// ```
    /// use llamath::{U256, oracle::{Observation, PoolHistory}};
    /// let ring = [Observation {
    ///     timestamp: 100,
    ///     tick_cumulative: 7_000,
    ///     seconds_per_liquidity_x128: U256::from(5_u64),
    /// }];
    /// let history = PoolHistory::new(&ring, 130, -2, 1 << 100)?;
    /// // 10 seconds at tick −2 after the observation.
    /// assert_eq!(history.observe(20)?.tick_cumulative, 6_980);
    /// // The contract answers "OLD".
    /// assert!(history.observe(31).is_err());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn new(
        observations: &'a [Observation],
        now: u32,
        tick: i32,
        liquidity: u128,
    ) -> Result<Self> {
        check_tick(tick)?;
        let mut earlier = None;
        for (index, observation) in observations.iter().enumerate() {
            let age = now.wrapping_sub(observation.timestamp);
            if earlier.is_some_and(|earlier| age >= earlier) {
                let expected = &"in the order of time, up to now";
                return Err(Error::invalid(&"timestamp", expected).at(index));
            }
            if wrapped_56(observation.tick_cumulative) != observation.tick_cumulative {
                return Err(Error::invalid(&"tick_cumulative", &"within 56 bits").at(index));
            }
            if observation.seconds_per_liquidity_x128 > MASK_160 {
                let expected = &"below 2^160";
                return Err(Error::invalid(&"seconds_per_liquidity_x128", expected).at(index));
            }
            earlier = Some(age);
        }
        match earlier {
            Some(_) => Ok(Self { observations, now, tick, liquidity }),
            None => Err(Error::invalid(&"observations", &"at least one")),
        }
    }

    /// The seconds since an observation.
    const fn age(&self, observation: &Observation) -> u32 {
        self.now.wrapping_sub(observation.timestamp)
    }

    /// The seconds up to now from a `time` in seconds since 1970; none if it is later.
    pub(super) fn seconds_since(&self, time: u64) -> Option<u32> {
        let now = u64::from(self.now);
        now.checked_sub(time).and_then(|ago| u32::try_from(ago).ok())
    }

    /// The sums as they were `seconds_ago`.
    ///
    /// After the newest observation the pool's tick and liquidity go on; between two the sums
    /// go straight, with a whole number of ticks a second.
    ///
    /// # Errors
    /// `Invalid` on `seconds_ago` beyond the oldest observation, where the contract says "OLD".
    ///
    /// ```
    /// use llamath::{U256, oracle::{Observation, PoolHistory}};
    /// let ring = [(0, 0), (10, 55)].map(|(timestamp, tick_cumulative)| {
    ///     Observation { timestamp, tick_cumulative, seconds_per_liquidity_x128: U256::ZERO }
    /// });
    /// let history = PoolHistory::new(&ring, 12, 100, 1)?;
    /// // Between the two 5.5 ticks a second, of which the contract keeps 5.
    /// assert_eq!(history.observe(8)?.tick_cumulative, 20);
    /// assert_eq!(history.observe(0)?.tick_cumulative, 255);
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn observe(&self, seconds_ago: u32) -> Result<Observation> {
        let old = Error::invalid(&"seconds_ago", &"at most the age of the oldest observation");
        let later = self.observations.partition_point(|entry| self.age(entry) >= seconds_ago);
        let before = later.checked_sub(1).and_then(|index| self.observations.get(index));
        let before = before.ok_or(old)?;
        let seconds = self.age(before).wrapping_sub(seconds_ago);
        match self.observations.get(later) {
            _ if seconds == 0 => Ok(*before),
            Some(after) => between(before, after, seconds),
            None => advanced(before, seconds, self.tick, self.liquidity),
        }
    }
}

/// The sums `seconds` after an observation, at one tick and liquidity.
fn advanced(from: &Observation, seconds: u32, tick: i32, liquidity: u128) -> Result<Observation> {
    let ticks = i64::from(tick).wrapping_mul(i64::from(seconds));
    let per_liquidity = Uint::from(U256::from(seconds).wrapping_shl(128)) / liquidity.max(1);
    later(from, seconds, ticks, per_liquidity)
}

/// The sums `seconds` after an observation, on the way to the next one.
fn between(from: &Observation, to: &Observation, seconds: u32) -> Result<Observation> {
    let span = to.timestamp.wrapping_sub(from.timestamp);
    let ticks = wrapped_56(to.tick_cumulative.wrapping_sub(from.tick_cumulative));
    let per_second = ticks.checked_div(i64::from(span)).unwrap_or_default();
    let ticks = per_second.wrapping_mul(i64::from(seconds));
    let rise = to.seconds_per_liquidity_x128.wrapping_sub(from.seconds_per_liquidity_x128);
    let per_liquidity = Uint::from(rise & MASK_160) * u128::from(seconds) / u128::from(span);
    later(from, seconds, ticks, per_liquidity)
}

/// An observation with something added to its sums, which wrap.
fn later(from: &Observation, seconds: u32, ticks: i64, per_liquidity: Uint) -> Result<Observation> {
    let per_liquidity = per_liquidity.get(&"seconds_per_liquidity_x128")?;
    let sum = from.seconds_per_liquidity_x128.wrapping_add(per_liquidity);
    Ok(Observation {
        timestamp: from.timestamp.wrapping_add(seconds),
        tick_cumulative: wrapped_56(from.tick_cumulative.wrapping_add(ticks)),
        seconds_per_liquidity_x128: sum & MASK_160,
    })
}
