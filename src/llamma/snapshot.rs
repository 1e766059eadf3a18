//! The whole state of a market as plain data: what is stored, sent and loaded again.

use super::amm::{Amm, Band};
use super::controller::{Controller, Loan};
use super::curve::Amounts;
use super::funds::Funds;
use super::loan::Debt;
use super::market::{Constants, Market};
use super::oracle::Limiter;
use crate::error::{Error, Name, Result};
use crate::fixed::U256;
use crate::lending::Interest;

/// The whole state of a market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// What the market is made with, as it is in force.
    pub market: Market,
    /// Seconds since 1970.
    pub now: u64,
    /// What the oracle says, 18 decimals, before the limiter.
    pub oracle_price: U256,
    /// The oracle price at the last trade.
    pub limiter: Limiter,
    /// The interest so far.
    pub interest: Interest,
    /// The band in which the AMM trades.
    pub active_band: i64,
    /// The lowest band that was used.
    pub min_band: i64,
    /// The highest band that was used.
    pub max_band: i64,
    /// The bands that hold something or have shares, by rising number.
    pub bands: Vec<StoredBand>,
    /// The admin's part of the fees so far, in the tokens' own decimals.
    pub admin_fees: Amounts,
    /// All that ever had a loan.
    pub loans: Vec<Loan>,
    /// How many of them have one.
    pub loan_count: u64,
    /// What all owe.
    pub total_debt: Debt,
    /// What limits new debts.
    pub funds: Funds,
    /// What the monetary policy answers, per second, 18 decimals.
    pub policy_rate: U256,
}

/// A band with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredBand {
    /// Its number.
    pub n: i64,
    /// Borrowed coins, in 18 decimals.
    pub x: U256,
    /// Collateral, in 18 decimals.
    pub y: U256,
    /// Shares given out.
    pub shares: U256,
}

/// Bands are numbered from −MOST to MOST.
const MOST: i64 = 1_000_000;

impl Snapshot {
    /// The market in this state.
    ///
    /// # Errors
    /// `Invalid` on a parameter outside its range, a time before one that is stored, a band
    /// number outside ±1 000 000, bands out of order, two loans of one user, or a position
    /// whose shares do not match its bands.
    pub fn open(self) -> Result<Controller> {
        let number = |field: Name, n: i64| match (-MOST..=MOST).contains(&n) {
            true => Ok(()),
            false => Err(Error::invalid(field, &"from -1000000 to 1000000")),
        };
        if self.now < self.interest.rate_time_secs.max(self.limiter.prev_p_o_time) {
            return Err(Error::invalid(&"now", &"at least rate_time_secs and prev_p_o_time"));
        }
        number(&"active_band", self.active_band)?;
        number(&"min_band", self.min_band)?;
        number(&"max_band", self.max_band)?;
        let mut last = None;
        for (index, StoredBand { n, .. }) in self.bands.iter().enumerate() {
            number(&"bands", *n).map_err(|error| error.at(index))?;
            if last.is_some_and(|last| last >= *n) {
                return Err(Error::invalid(&"bands", &"by rising number").at(index));
            }
            last = Some(*n);
        }
        let mut users = Vec::new();
        for (index, loan) in self.loans.iter().enumerate() {
            match users.binary_search(&&loan.user) {
                Err(place) => users.insert(place, &loan.user),
                Ok(_) => {
                    let expected = &"of another user than those before";
                    return Err(Error::invalid(&"loans", expected).at(index));
                }
            }
            let position = &loan.position;
            number(&"loans", position.n1).map_err(|error| error.at(index))?;
            number(&"loans", position.n2).map_err(|error| error.at(index))?;
            let matches = usize::try_from(position.count()) == Ok(position.shares.len());
            if !position.shares.is_empty() && !matches {
                let expected = &"with one number of shares for each band from n1 to n2";
                return Err(Error::invalid(&"loans", expected).at(index));
            }
        }
        let constants = Constants::of(&self.market).map_err(|error| error.within(&"market"))?;
        Ok(Controller {
            amm: Amm {
                market: self.market,
                constants,
                now: self.now,
                oracle_price: self.oracle_price,
                limiter: self.limiter,
                interest: self.interest,
                active_band: self.active_band,
                min_band: self.min_band,
                max_band: self.max_band,
                bands: self
                    .bands
                    .into_iter()
                    .map(|StoredBand { n, x, y, shares }| {
                        (n, Band { amounts: Amounts { x, y }, shares })
                    })
                    .collect(),
                admin_fees: self.admin_fees,
            },
            loans: self.loans,
            loan_count: self.loan_count,
            total_debt: self.total_debt,
            funds: self.funds,
            policy_rate: self.policy_rate,
        })
    }
}

impl Controller {
    /// The whole state, to store or send.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let amm = &self.amm;
        Snapshot {
            market: amm.market,
            now: amm.now,
            oracle_price: amm.oracle_price,
            limiter: amm.limiter,
            interest: amm.interest,
            active_band: amm.active_band,
            min_band: amm.min_band,
            max_band: amm.max_band,
            bands: amm
                .bands
                .used()
                .map(|(n, Band { amounts: Amounts { x, y }, shares })| StoredBand {
                    n: *n,
                    x: *x,
                    y: *y,
                    shares: *shares,
                })
                .collect(),
            admin_fees: amm.admin_fees,
            loans: self.loans.clone(),
            loan_count: self.loan_count,
            total_debt: self.total_debt,
            funds: self.funds,
            policy_rate: self.policy_rate,
        }
    }
}
