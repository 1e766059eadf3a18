//! The AMM: its bands, who holds shares of them, deposit and withdrawal.
//!
//! A band keeps its amounts in 18 decimals and its shares as if 1000 more of them existed.
//! Bands above the active one (lower in price) hold collateral only, bands below it
//! borrowed coins only. Nothing here knows of debts.

use super::band::Grid;
use super::curve::{self, Amounts};
use super::generation::Dust;
use super::market::{Constants, MAX_SKIP, Market};
use super::oracle::{LimitedPrice, Limiter};
use crate::error::{Error, Result, Revert};
use crate::fixed::{Operand, U256, Uint, WAD};
use crate::lending::Interest;

/// Shares that every band counts beside its real ones, so that its first share has a price.
const DEAD_SHARES: U256 = U256::from_limbs([1000, 0, 0, 0]);
/// A deposit must bring more wei than this to each band.
const LEAST_PER_BAND: u128 = 100;

/// One band: its amounts and its shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Band {
    /// What it holds, in 18 decimals.
    pub amounts: Amounts,
    /// Shares given out.
    pub shares: U256,
}

impl Band {
    /// All shares, with those that it counts beside the real ones.
    pub(super) fn all_shares(&self) -> Uint {
        self.shares.plus(&DEAD_SHARES)
    }
}

/// The bands that were ever used, by rising number; the others are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Bands(Vec<(i64, Band)>);

const UNUSED: Band = Band { amounts: Amounts { x: U256::ZERO, y: U256::ZERO }, shares: U256::ZERO };

impl FromIterator<(i64, Band)> for Bands {
    /// From bands by rising number.
    fn from_iter<T: IntoIterator<Item = (i64, Band)>>(by_number: T) -> Self {
        Self(by_number.into_iter().collect())
    }
}

impl Bands {
    pub(super) fn get(&self, n: i64) -> &Band {
        let found = self.find(n).ok().and_then(|index| self.0.get(index));
        found.map_or(&UNUSED, |(_, band)| band)
    }

    /// A band to be changed.
    #[expect(clippy::indexing_slicing, reason = "the band is there: it was found or put there")]
    pub(super) fn at(&mut self, n: i64) -> &mut Band {
        let index = self.find(n).unwrap_or_else(|index| {
            self.0.insert(index, (n, UNUSED));
            index
        });
        &mut self.0[index].1
    }

    pub(super) fn set(&mut self, n: i64, band: Band) {
        *self.at(n) = band;
    }

    /// The bands that hold something or have shares.
    pub(super) fn used(&self) -> impl Iterator<Item = &(i64, Band)> {
        self.0.iter().filter(|(_, band)| *band != Band::default())
    }

    #[inline(always)]
    fn find(&self, n: i64) -> core::result::Result<usize, usize> {
        let first = self.0.first().map_or(i64::MAX, |(first, _)| *first);
        if n < first {
            return Err(0);
        }
        // Most often there is no gap among them.
        let index = usize::try_from(n.saturating_sub(first)).unwrap_or(usize::MAX);
        match self.0.get(index) {
            Some((number, _)) if *number == n => Ok(index),
            _ => self.0.binary_search_by_key(&n, |(number, _)| *number),
        }
    }
}

/// A user's bands, and the user's shares of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Position {
    /// The band of the highest price.
    pub n1: i64,
    /// The band of the lowest price.
    pub n2: i64,
    /// Shares of each band from n1 on.
    pub shares: Vec<U256>,
}

impl Position {
    /// Whether there is something in it: the contracts look at its first band alone.
    pub(super) fn has_shares(&self) -> bool {
        self.shares.first().is_some_and(|shares| !shares.is_zero())
    }

    /// The bands of a position and the user's shares of each.
    pub(super) fn bands(&self) -> impl Iterator<Item = (i64, &U256)> {
        (self.n1..=self.n2).zip(&self.shares)
    }

    /// Stores the shares that are left. A position that is closed clears the first slot of
    /// two bands alone: the rest keeps its old values and is never looked at.
    fn keep(&mut self, left: Vec<U256>) {
        match left.first() {
            Some(first) if first.is_zero() => {
                self.shares.iter_mut().take(2).for_each(|share| *share = U256::ZERO);
            }
            _ => self.shares = left,
        }
    }

    /// How many bands it spans.
    pub fn count(&self) -> u32 {
        let span = self.n2.saturating_sub(self.n1).saturating_add(1);
        u32::try_from(span).unwrap_or_default()
    }
}

/// The state of an AMM at one moment.
#[derive(Debug, Clone)]
pub struct Amm {
    pub(super) market: Market,
    pub(super) constants: Constants,
    /// Seconds since 1970.
    pub(super) now: u64,
    /// What the oracle says, before the limiter.
    pub(super) oracle_price: U256,
    pub(super) limiter: Limiter,
    pub(super) interest: Interest,
    pub(super) active_band: i64,
    pub(super) min_band: i64,
    pub(super) max_band: i64,
    pub(super) bands: Bands,
    /// The admin's share of fees so far, in the tokens' own decimals.
    pub(super) admin_fees: Amounts,
}

impl Amm {
    /// An empty AMM, deployed at the time `now` while the oracle says the base price.
    ///
    /// # Errors
    /// `Invalid` on a parameter of the market outside its range.
    pub fn new(market: Market, now: u64) -> Result<Self> {
        let constants = Constants::of(&market)?;
        Ok(Self {
            constants,
            now,
            oracle_price: market.base_price,
            limiter: Limiter {
                old_p_o: market.base_price,
                old_dfee: U256::ZERO,
                prev_p_o_time: now,
            },
            interest: Interest { rate: U256::ZERO, rate_time_secs: 0, rate_mul: WAD },
            active_band: 0,
            min_band: 0,
            max_band: 0,
            bands: Bands::default(),
            admin_fees: Amounts::default(),
            market,
        })
    }

    /// 1 plus all interest since the start, 18 decimals.
    pub fn rate_mul(&self) -> Result<U256> {
        self.interest.rate_mul_at(self.now)
    }

    /// The price edges of the bands now.
    pub fn grid(&self) -> Result<Grid<'_>> {
        let base_price = Uint::from(self.market.base_price) * self.rate_mul()? / WAD;
        Ok(Grid { constants: &self.constants, base_price: base_price.get(&"base_price")? })
    }

    /// The oracle price after the limiter, and the fee that the limiter asks for.
    pub fn limited_price(&self) -> Result<LimitedPrice> {
        self.limiter.limit(&self.constants, self.oracle_price, self.now)
    }

    /// The oracle price that the AMM uses.
    pub fn price_oracle(&self) -> Result<U256> {
        self.limiter.limit_price(&self.constants, self.oracle_price, self.now)
    }

    /// Passes the oracle price on to the limiter's memory, as a trade does.
    pub(super) fn remember_price(&mut self) -> Result<LimitedPrice> {
        let limited = self.limited_price()?;
        self.limiter =
            Limiter { old_p_o: limited.price, old_dfee: limited.fee, prev_p_o_time: self.now };
        Ok(limited)
    }

    /// The band in which it trades.
    #[must_use]
    pub const fn active_band(&self) -> i64 {
        self.active_band
    }

    /// What the bands hold, by number, in the tokens' own decimals.
    pub fn contents(&self) -> Result<Vec<(i64, Amounts)>> {
        let mut contents = Vec::new();
        for (n, Band { amounts: Amounts { x, y }, .. }) in self.bands.used() {
            contents.push((*n, self.raw_amounts(Uint::from(*x), Uint::from(*y))?));
        }
        Ok(contents)
    }

    /// Amounts of 18 decimals in the tokens' own, rounded down.
    pub(super) fn raw_amounts(&self, x: Uint, y: Uint) -> Result<Amounts> {
        let x = (x / self.constants.borrowed_scale).get(&"x")?;
        let y = (y / self.constants.collateral_scale).get(&"y")?;
        Ok(Amounts { x, y })
    }

    /// The price inside the AMM.
    pub fn p_amm(&self) -> Result<U256> {
        let up = self.grid()?.p_oracle_up(self.active_band)?;
        let band = self.bands.get(self.active_band);
        curve::price(&self.constants, &band.amounts, &self.price_oracle()?, &up).get(&"p_amm")
    }

    /// The active band, or the next below it that holds borrowed coins; 1024 below the
    /// active one if there is none.
    pub fn active_band_with_skip(&self) -> i64 {
        let mut n = self.active_band;
        for _ in 0..MAX_SKIP {
            if !self.bands.get(n).amounts.x.is_zero() {
                return n;
            }
            n = n.saturating_sub(1);
            if n < self.min_band {
                break;
            }
        }
        self.active_band.saturating_sub(MAX_SKIP)
    }

    /// Whether all bands from the active one to `end` (exclusive) are free of the coin that
    /// would be passed over: of borrowed coins on the way down, of collateral on the way up.
    pub fn can_skip_bands(&self, end: i64) -> Result<bool> {
        let mut n = self.active_band;
        for _ in 0..MAX_SKIP {
            let Amounts { x, y } = self.bands.get(n).amounts;
            if end > n {
                if !y.is_zero() {
                    return Ok(false);
                }
                n = n.saturating_add(1);
            } else {
                if !x.is_zero() {
                    return Ok(false);
                }
                n = n.saturating_sub(1);
            }
            if n == end {
                return Ok(true);
            }
        }
        if self.constants.rules.refuses_deep_skip { Err(Revert::TooDeep.into()) } else { Ok(true) }
    }

    /// Puts `amount` of collateral, in its own decimals, evenly into the bands n1 to n2.
    pub(super) fn deposit(&mut self, amount: U256, n1: i64, n2: i64) -> Result<Position> {
        let count = U256::from(n2.saturating_sub(n1).saturating_add(1).unsigned_abs());
        let total = Uint::from(amount) * self.constants.collateral_scale;
        let per_band = (total / count).get(&"collateral")?;
        if per_band <= U256::from(LEAST_PER_BAND) {
            return Err(Revert::AmountTooLow.into());
        }
        // The first band takes what the division leaves over.
        let others = Uint::from(per_band) * (Uint::from(count) - U256::ONE);
        let first = (total - others).get(&"collateral")?;
        self.lower_active_band(n1)?;
        let mut shares = Vec::new();
        for n in n1..=n2 {
            let amount = if n == n1 { &first } else { &per_band };
            let Band { amounts: Amounts { x, y }, shares: given } = self.bands.at(n);
            if !x.is_zero() {
                return Err(Revert::BandNotEmpty.into());
            }
            let shares_of_all = given.plus(&DEAD_SHARES);
            let new = shares_of_all.mul_div(amount, &(Uint::from(*y) + U256::ONE));
            let new = new.get(&"shares")?;
            if new.is_zero() {
                return Err(Revert::AmountTooLow.into());
            }
            *y = (Uint::from(*y) + amount).get(&"collateral")?;
            *given = (Uint::from(*given) + new).get(&"shares")?;
            if *given > U256::from(u128::MAX) {
                return Err(Error::arithmetic(&"shares"));
            }
            shares.push(new);
        }
        self.min_band = self.min_band.min(n1);
        self.max_band = self.max_band.max(n2);
        Ok(Position { n1, n2, shares })
    }

    /// Lowers the active band below `n1` if it is not: a deposit is all collateral, which
    /// only bands above the active one may hold.
    fn lower_active_band(&mut self, n1: i64) -> Result<()> {
        let mut n = self.active_band;
        for _ in 0..=MAX_SKIP {
            if n < n1 {
                break;
            }
            if !self.bands.get(n).amounts.x.is_zero() {
                return Err(Revert::DepositBelowCurrentBand.into());
            }
            n = n.saturating_sub(1);
        }
        self.active_band = n;
        Ok(())
    }

    /// Takes `fraction` (18 decimals) of a position out, in the tokens' own decimals.
    pub(super) fn withdraw(&mut self, position: &mut Position, fraction: U256) -> Result<Amounts> {
        if !position.has_shares() {
            return Err(Revert::NoDeposits.into());
        }
        let rules = self.constants.rules;
        let (mut total_x, mut total_y) = (Uint::ZERO, Uint::ZERO);
        let mut last_used = match rules.max_band_falls {
            true => position.n1.saturating_sub(1),
            false => self.max_band,
        };
        let mut left = Vec::new();
        for (n, share) in position.bands() {
            let Band { amounts: Amounts { x, y }, shares } = *self.bands.get(n);
            let taken = Uint::from(*share) * fraction / WAD;
            let all = shares.plus(&DEAD_SHARES);
            let dx = (Uint::from(x) + U256::ONE) * taken / all;
            let dy = (Uint::from(y) + U256::ONE) * taken / all;
            let shares = (Uint::from(shares) - taken).get(&"shares")?;
            let mut amounts =
                Amounts { x: (Uint::from(x) - dx).get(&"x")?, y: (Uint::from(y) - dy).get(&"y")? };
            if shares.is_zero() {
                self.keep_dust(amounts)?;
                amounts = Amounts::default();
            }
            self.bands.set(n, Band { amounts, shares });
            if n == self.min_band && amounts.is_empty() {
                self.min_band = n.saturating_add(1);
            }
            if !amounts.is_empty() {
                last_used = n;
            }
            total_x = total_x + dx;
            total_y = total_y + dy;
            left.push((Uint::from(*share) - taken).get(&"shares")?);
        }
        if self.max_band <= position.n2 {
            self.max_band = last_used;
        }
        position.keep(left);
        self.raw_amounts(total_x, total_y)
    }

    /// Books what a band without shares still holds.
    fn keep_dust(&mut self, amounts: Amounts) -> Result<()> {
        let x = Uint::from(amounts.x);
        let x = match self.constants.rules.dust {
            Dust::ToAdmin => x / self.constants.borrowed_scale,
            Dust::ToAdminUnscaled => x,
            Dust::Dropped => return Ok(()),
        };
        let y = Uint::from(amounts.y) / self.constants.collateral_scale;
        self.add_admin_fees(x, y)
    }

    /// Adds to what the admin may collect, in the tokens' own decimals.
    pub(super) fn add_admin_fees(&mut self, x: Uint, y: Uint) -> Result<()> {
        self.admin_fees = Amounts {
            x: (x + self.admin_fees.x).get(&"admin_fees")?,
            y: (y + self.admin_fees.y).get(&"admin_fees")?,
        };
        Ok(())
    }
}
