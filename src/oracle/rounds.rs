//! Chainlink rounds: an answer stands from its round's time until the next one's.

use crate::decimal::to_f64;
use crate::error::{Error, Result};
use crate::fixed::{I256, U256};

/// A round of a Chainlink feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// The proxy's round id: the phase, then 64 bits that count the rounds of its phase from 1.
    pub id: u128,
    /// The answer, in the feed's decimals.
    pub answer: I256,
    /// When it was given, seconds since 1970.
    pub updated_at_secs: u64,
}

/// Bits of a round id below the phase.
const PHASE_BITS: u32 = 64;

impl Round {
    /// Its answer, which a price must be above 0 to be.
    pub(super) fn price(&self, row: usize) -> Result<U256> {
        match self.answer.is_negative() || self.answer.magnitude().is_zero() {
            true => Err(Error::invalid(&"answer", &"above 0").at(row)),
            false => Ok(self.answer.magnitude()),
        }
    }

    /// The proxy's number for the aggregator that gave it.
    const fn phase(&self) -> u128 {
        self.id >> PHASE_BITS
    }

    /// Whether it is the first of its phase.
    const fn starts_phase(&self) -> bool {
        self.id == self.phase() << PHASE_BITS | 1
    }

    /// Whether it is the next round: of the same phase, or the first one of the next.
    const fn follows(&self, earlier: &Self) -> bool {
        self.id == earlier.id.saturating_add(1)
            || self.starts_phase() && self.phase() == earlier.phase().saturating_add(1)
    }
}

/// All rounds of a feed from one of them on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundHistory<'a> {
    rounds: &'a [Round],
    /// The row of the first one in what the caller gave.
    first_row: usize,
}

impl<'a> RoundHistory<'a> {
    /// The history of a feed, without a gap.
    ///
    /// # Errors
    /// `Invalid` where there is no round; on `id` at a round that is not the next one of its
    /// phase or the first one of the next; on `updated_at_secs` at a round that is earlier than
    /// the one before.
    ///
    /// ```
    /// use llamath::{I256, oracle::{Round, RoundHistory}};
    /// let round = |id, updated_at_secs| Round { id, answer: I256::from(1), updated_at_secs };
    /// assert!(RoundHistory::new(&[round(1, 60), round(2, 60), round((1 << 64) + 1, 90)]).is_ok());
    /// assert!(RoundHistory::new(&[round(1, 60), round(3, 60)]).is_err());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn new(rounds: &'a [Round]) -> Result<Self> {
        let mut earlier: Option<&Round> = None;
        for (row, round) in rounds.iter().enumerate() {
            if earlier.is_some_and(|earlier| !round.follows(earlier)) {
                let expected = &"the next one of its phase, or the first one of the next phase";
                return Err(Error::invalid(&"id", expected).at(row));
            }
            if earlier.is_some_and(|earlier| round.updated_at_secs < earlier.updated_at_secs) {
                let expected = &"not before the round before";
                return Err(Error::invalid(&"updated_at_secs", expected).at(row));
            }
            earlier = Some(round);
        }
        match earlier {
            Some(_) => Ok(Self { rounds, first_row: 0 }),
            None => Err(Error::invalid(&"rounds", &"at least one")),
        }
    }

    /// When each round was given, seconds since 1970.
    ///
    /// ```
    /// use llamath::{I256, oracle::{Round, RoundHistory}};
    /// let rounds = [Round { id: 1, answer: I256::from(150_000_000), updated_at_secs: 60 }];
    /// let feed = RoundHistory::new(&rounds)?;
    /// assert_eq!((feed.times(), feed.answers(8)?), (vec![60], vec![1.5]));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    #[must_use]
    pub fn times(&self) -> Vec<u64> {
        self.rounds.iter().map(|round| round.updated_at_secs).collect()
    }

    /// The answers as doubles, of `decimals` decimals.
    ///
    /// # Errors
    /// `Invalid` on `answer` at a round that is not above 0, on `decimals` above 77.
    ///
    /// ```
    /// use llamath::{I256, oracle::{Round, RoundHistory}};
    /// let rounds = [Round { id: 1, answer: I256::from(-1), updated_at_secs: 60 }];
    /// assert!(RoundHistory::new(&rounds)?.answers(8).is_err());
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn answers(&self, decimals: u32) -> Result<Vec<f64>> {
        let answer = |(row, round): (usize, &Round)| to_f64(round.price(row)?, decimals);
        self.rounds.iter().enumerate().map(answer).collect()
    }

    /// How many rounds are before a `time`.
    fn count_before(&self, time: u64) -> usize {
        self.rounds.partition_point(|round| round.updated_at_secs < time)
    }

    /// The last round before a `time`, with its row; the first of all where none is.
    pub(super) fn last_before(&self, time: u64) -> Option<(usize, &'a Round)> {
        let index = self.count_before(time).saturating_sub(1);
        self.rounds.get(index).map(|round| (self.first_row.saturating_add(index), round))
    }

    /// The rounds that one sees at `now` by walking back to a phase's first round; none where
    /// they begin later, and after `since`.
    pub(super) fn walk_back(&self, since: u64, now: u64) -> Option<Self> {
        let seen = self.rounds.get(..self.count_before(now.saturating_add(1)))?;
        let phase = seen.last()?.phase();
        let first_row = seen.partition_point(|round| round.phase() < phase);
        let rounds = seen.get(first_row..)?;
        let first = rounds.first()?;
        let is_all = first.starts_phase() || first.updated_at_secs < since;
        is_all.then_some(Self { rounds, first_row })
    }

    /// When the first round was given.
    pub(super) fn first_secs(&self) -> u64 {
        self.rounds.first().map_or(0, |round| round.updated_at_secs)
    }
}
