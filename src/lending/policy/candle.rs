//! The least debt of the last half-day or two: what a policy counts, so that a debt of one
//! block does not move the rate.

use crate::fixed::U256;

/// The length of a candle, seconds.
const WINDOW_SECS: u64 = 43_200;

/// The least debts of two half-days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Candle {
    /// The least of the half-day before.
    pub previous: U256,
    /// The least of the half-day in which it was last written.
    pub current: U256,
    /// When that was, seconds since 1970; 0 if never.
    pub time_secs: u64,
}

impl Candle {
    /// The least known at `now`; 0 if nothing is known of the last half-days.
    fn least(&self, now: u64) -> U256 {
        match self.age(now) {
            0 if !self.previous.is_zero() => self.previous.min(self.current),
            0 | 1 => self.current,
            _ => U256::ZERO,
        }
    }

    /// What a reader takes for the debt at `now` that is `fresh`.
    pub(super) fn read(&self, fresh: U256, now: u64) -> U256 {
        match self.least(now) {
            least if least.is_zero() => fresh,
            least => least.min(fresh),
        }
    }

    /// What a writer takes for it; the candle is written.
    pub(super) fn write(&mut self, fresh: U256, now: u64) -> U256 {
        self.save(fresh, now);
        match self.least(now) {
            least if least.is_zero() => fresh,
            least => least,
        }
    }

    fn save(&mut self, fresh: U256, now: u64) {
        if self.time_secs == 0 && fresh.is_zero() {
            return;
        }
        let age = self.age(now);
        if age > 0 {
            self.previous = if age == 1 { self.current } else { fresh };
            self.current = fresh;
        }
        self.current = self.current.min(fresh);
        self.time_secs = now;
    }

    /// How many half-days have begun since the last write.
    fn age(&self, now: u64) -> u64 {
        let begun = |secs: u64| secs.wrapping_div(WINDOW_SECS);
        begun(now).saturating_sub(begun(self.time_secs))
    }
}
