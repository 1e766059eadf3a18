//! A vault of lenders: assets ⇄ shares, and what can be taken out of it.
//!
//! A share is worth what it was worth plus its part of the interest. A thousand shares that
//! nobody holds, and one unit of assets that nobody brought, keep the first depositor from
//! setting the price of a share.

use crate::error::{Error, Result, Revert};
use crate::fixed::{U256, Uint, WAD};

/// Shares that nobody holds.
const DEAD_SHARES: u128 = 1_000;
/// The least that a vault may own, unless it owns nothing.
const MIN_ASSETS: u128 = 10_000;

/// A vault of LlamaLend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vault {
    /// Decimals of the borrowed token, at most 18.
    pub borrowed_decimals: u32,
    /// What is not lent out, in the token's own decimals.
    pub balance: U256,
    /// What borrowers owe, in the token's own decimals.
    pub total_debt: U256,
    /// Shares of all lenders, 18 decimals.
    pub total_supply: U256,
    /// The admin's part of the balance, in the token's own decimals: second version only.
    pub admin_fees: Option<U256>,
}

/// What a lender does with a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultAction {
    /// Bring this many assets.
    Deposit,
    /// Bring assets for this many shares.
    Mint,
    /// Take this many assets.
    Withdraw,
    /// Take the assets of this many shares.
    Redeem,
}

impl VaultAction {
    /// Whether it takes assets out, and whether its amount is one of shares.
    const fn nature(self) -> (bool, bool) {
        match self {
            Self::Deposit => (false, false),
            Self::Mint => (false, true),
            Self::Withdraw => (true, false),
            Self::Redeem => (true, true),
        }
    }
}

/// What an amount is converted to: shares to their assets, assets to shares, or a unit to the
/// price of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    Assets,
    Shares,
    Price,
}

/// Which way a conversion rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rounding {
    Down,
    Up,
}

impl Vault {
    /// What the lenders own.
    ///
    /// balance + debt, in the second version less the admin's fees
    ///
    /// In the token's own decimals.
    ///
    /// # Errors
    /// `Arithmetic` if it is below 0 or leaves 256 bits.
    ///
    /// ```
    /// # use llamath::{U256, lending::Vault};
    /// # let vault = Vault {
    /// #     borrowed_decimals: 8,
    /// #     balance: U256::from(3_u64),
    /// #     total_debt: U256::from(46_812_632_u64),
    /// #     total_supply: U256::from(467_485_783_623_746_148_309_u128),
    /// #     admin_fees: None,
    /// # };
    /// assert_eq!(vault.total_assets()?, U256::from(46_812_635_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn total_assets(&self) -> Result<U256> {
        let fees = self.admin_fees.unwrap_or_default();
        (Uint::from(self.balance) + self.total_debt - fees).get(&"total_assets")
    }

    /// What one share is worth, rounded down and rounded up.
    ///
    /// (total assets + 1 unit) / (shares + 1000 units); 0.001 without shares
    ///
    /// 18 decimals.
    ///
    /// # Errors
    /// `Invalid` on `borrowed_decimals` above 18; `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// # use llamath::{U256, lending::Vault};
    /// # let vault = Vault {
    /// #     borrowed_decimals: 8,
    /// #     balance: U256::from(3_u64),
    /// #     total_debt: U256::from(46_812_632_u64),
    /// #     total_supply: U256::from(467_485_783_623_746_148_309_u128),
    /// #     admin_fees: None,
    /// # };
    /// let [down, up] = vault.price_per_share()?;
    /// assert_eq!(down, U256::from(1_001_370_237_125_262_u64));
    /// assert_eq!(up, down + U256::from(1_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn price_per_share(&self) -> Result<[U256; 2]> {
        if self.total_supply.is_zero() {
            let least = (Uint::from(WAD) / DEAD_SHARES).get(&"price_per_share")?;
            return Ok([least, least]);
        }
        let price = |rounding| self.converted(To::Price, WAD, rounding);
        Ok([price(Rounding::Down)?, price(Rounding::Up)?])
    }

    /// The shares of so many assets, rounded down.
    ///
    /// assets · (shares + 1000 units) / (total assets + 1 unit)
    ///
    /// Assets in the token's own decimals, shares in 18.
    ///
    /// # Errors
    /// `Invalid` on `borrowed_decimals` above 18; `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// # use llamath::{U256, lending::Vault};
    /// # let vault = Vault {
    /// #     borrowed_decimals: 8,
    /// #     balance: U256::from(3_u64),
    /// #     total_debt: U256::from(46_812_632_u64),
    /// #     total_supply: U256::from(467_485_783_623_746_148_309_u128),
    /// #     admin_fees: None,
    /// # };
    /// let shares = vault.convert_to_shares(U256::from(25_867_230_676_u64))?;
    /// assert_eq!(shares.to_string(), "258318349367559950633216");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn convert_to_shares(&self, assets: U256) -> Result<U256> {
        self.converted(To::Shares, assets, Rounding::Down)
    }

    /// The assets of so many shares, rounded down.
    ///
    /// shares · (total assets + 1 unit) / (all shares + 1000 units)
    ///
    /// Assets in the token's own decimals, shares in 18.
    ///
    /// # Errors
    /// `Invalid` on `borrowed_decimals` above 18; `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// # use llamath::{U256, lending::Vault};
    /// # let vault = Vault {
    /// #     borrowed_decimals: 8,
    /// #     balance: U256::from(3_u64),
    /// #     total_debt: U256::from(46_812_632_u64),
    /// #     total_supply: U256::from(467_485_783_623_746_148_309_u128),
    /// #     admin_fees: None,
    /// # };
    /// let assets = vault.convert_to_assets(U256::from(149_114_627_724_040_384_u64))?;
    /// assert_eq!(assets, U256::from(14_931_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn convert_to_assets(&self, shares: U256) -> Result<U256> {
        self.converted(To::Assets, shares, Rounding::Down)
    }

    /// What a lender gets or has to bring: shares for a deposit or a withdrawal, assets to
    /// mint or redeem.
    ///
    /// The conversion, rounded against the lender: down for deposit and redeem, up for mint
    /// and withdraw.
    ///
    /// Assets in the token's own decimals, shares in 18.
    ///
    /// # Errors
    /// `Invalid` on `borrowed_decimals` above 18, and on `amount` where the first version
    /// refuses to take out more than its balance; `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// use llamath::{U256, lending::{Vault, VaultAction}};
    /// # let vault = Vault {
    /// #     borrowed_decimals: 8,
    /// #     balance: U256::from(3_u64),
    /// #     total_debt: U256::from(46_812_632_u64),
    /// #     total_supply: U256::from(467_485_783_623_746_148_309_u128),
    /// #     admin_fees: None,
    /// # };
    /// let shares = U256::from(149_114_627_724_040_384_u64);
    /// assert_eq!(vault.preview(VaultAction::Mint, shares)?, U256::from(14_932_u64));
    /// assert!(vault.preview(VaultAction::Redeem, shares).is_err(), "nearly all is lent out");
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn preview(&self, action: VaultAction, amount: U256) -> Result<U256> {
        let other = self.other_side(action, amount)?;
        let (takes, in_shares) = action.nature();
        let assets = if in_shares { other } else { amount };
        match self.admin_fees {
            None if takes && assets > self.balance => Err(not_in_balance()),
            _ => Ok(other),
        }
    }

    /// The most that an owner of `shares` can take out: in assets and in shares.
    ///
    /// min(assets of the shares, available), min(shares of the available, shares);
    /// available = balance, in the second version less the admin's fees
    ///
    /// Assets in the token's own decimals, shares in 18.
    ///
    /// # Errors
    /// `Invalid` on `borrowed_decimals` above 18; `Arithmetic` where the contract would revert.
    ///
    /// ```
    /// # use llamath::{U256, lending::Vault};
    /// # let vault = Vault {
    /// #     borrowed_decimals: 8,
    /// #     balance: U256::from(3_u64),
    /// #     total_debt: U256::from(46_812_632_u64),
    /// #     total_supply: U256::from(467_485_783_623_746_148_309_u128),
    /// #     admin_fees: None,
    /// # };
    /// let owned = U256::from(467_210_273_623_746_148_309_u128);
    /// assert_eq!(vault.limits(owned)?, [3, 29_958_949_135_661_u64].map(U256::from));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn limits(&self, shares: U256) -> Result<[U256; 2]> {
        let available = self.available();
        Ok([
            self.converted(To::Assets, shares, Rounding::Down)?.min(available),
            self.converted(To::Shares, available, Rounding::Up)?.min(shares),
        ])
    }

    /// What an owner of `owned` shares gets or has to bring, as the contract does it.
    ///
    /// As [`Vault::preview`]; redeeming all shares of the first version pays all assets.
    /// Whatever is left must be nothing or at least 10 000 units.
    ///
    /// Assets in the token's own decimals, shares in 18.
    ///
    /// # Errors
    /// `Revert(AvailableBalanceExceeded)` where the second version has not enough; `Invalid` on
    /// `borrowed_decimals` above 18, on `owned` if that is not enough, on `amount` where the
    /// first version has not enough or where too little would be left; `Arithmetic` where the
    /// contract would revert.
    ///
    /// ```
    /// use llamath::{U256, lending::{Vault, VaultAction}};
    /// # let vault = Vault {
    /// #     borrowed_decimals: 8,
    /// #     balance: U256::from(0_u64),
    /// #     total_debt: U256::from(46_812_632_u64),
    /// #     total_supply: U256::from(467_455_824_674_610_487_649_u128),
    /// #     admin_fees: None,
    /// # };
    /// let shares = vault.settle(VaultAction::Deposit, U256::from(3_u64), U256::ZERO)?;
    /// let after = vault.after(VaultAction::Deposit, U256::from(3_u64), shares)?;
    /// assert_eq!(after.total_supply, vault.total_supply + shares);
    /// assert_eq!(after.balance, vault.balance + U256::from(3_u64));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn settle(&self, action: VaultAction, amount: U256, owned: U256) -> Result<U256> {
        let (takes, in_shares) = action.nature();
        let is_first = self.admin_fees.is_none();
        let total_assets = self.total_assets()?;
        let other = match takes && in_shares && is_first && amount == self.total_supply {
            true => total_assets,
            false => self.other_side(action, amount)?,
        };
        let (assets, shares) = if in_shares { (other, amount) } else { (amount, other) };
        if takes && shares > owned {
            return Err(Error::invalid(&"owned", &"enough shares"));
        }
        if takes && assets > self.available() {
            return Err(match is_first {
                true => not_in_balance(),
                false => Revert::AvailableBalanceExceeded.into(),
            });
        }
        let left = moved(total_assets, assets, takes)?;
        if left < U256::from(MIN_ASSETS) && !(takes && left.is_zero()) {
            return Err(Error::invalid(&"amount", &"one that leaves nothing or 10000 units"));
        }
        Ok(other)
    }

    /// The vault after an action, of which `other` is what [`Vault::settle`] says.
    ///
    /// # Errors
    /// `Arithmetic` if an amount would be below 0 or leave 256 bits.
    ///
    /// ```
    /// use llamath::{U256, lending::{Vault, VaultAction}};
    /// # let vault = Vault {
    /// #     borrowed_decimals: 8,
    /// #     balance: U256::from(3_u64),
    /// #     total_debt: U256::from(46_812_632_u64),
    /// #     total_supply: U256::from(467_485_783_623_746_148_309_u128),
    /// #     admin_fees: None,
    /// # };
    /// let shares = U256::from(29_958_949_135_660_u64);
    /// let after = vault.after(VaultAction::Withdraw, U256::from(3_u64), shares)?;
    /// assert_eq!((after.balance, after.total_supply), (U256::ZERO, vault.total_supply - shares));
    /// # Ok::<(), llamath::Error>(())
    /// ```
    pub fn after(&self, action: VaultAction, amount: U256, other: U256) -> Result<Self> {
        let (takes, in_shares) = action.nature();
        let (assets, shares) = if in_shares { (other, amount) } else { (amount, other) };
        let balance = moved(self.balance, assets, takes)?;
        let total_supply = moved(self.total_supply, shares, takes)?;
        Ok(Self { balance, total_supply, ..*self })
    }

    /// What can be taken out.
    fn available(&self) -> U256 {
        self.balance.saturating_sub(self.admin_fees.unwrap_or_default())
    }

    /// The other side of an action, rounded against the lender.
    fn other_side(&self, action: VaultAction, amount: U256) -> Result<U256> {
        let (takes, in_shares) = action.nature();
        let to = if in_shares { To::Assets } else { To::Shares };
        let rounding = if takes == in_shares { Rounding::Down } else { Rounding::Up };
        self.converted(to, amount, rounding)
    }

    /// An amount converted; a unit of assets is one of the token with 18 decimals here.
    #[inline(never)]
    fn converted(&self, to: To, amount: U256, rounding: Rounding) -> Result<U256> {
        let places = 18_u32.checked_sub(self.borrowed_decimals);
        let places = places.ok_or_else(|| Error::invalid(&"borrowed_decimals", &"at most 18"))?;
        let precision = 10_u128.saturating_pow(places);
        let assets = Uint::from(self.total_assets()?) * precision + 1;
        let shares = Uint::from(self.total_supply) + DEAD_SHARES;
        let (number, divisor) = match to {
            To::Assets => (assets, shares * precision),
            To::Shares => (shares * precision, assets),
            To::Price => (assets, shares),
        };
        let number = number * amount;
        let quotient = match rounding {
            Rounding::Down => number / divisor,
            Rounding::Up => number.div_up(divisor),
        };
        quotient.get(&"amount")
    }
}

/// What is left of an amount of which a part is taken, or to which one is added.
fn moved(from: U256, part: U256, takes: bool) -> Result<U256> {
    let from = Uint::from(from);
    (if takes { from - part } else { from + part }).get(&"amount")
}

/// The first version has only its balance to give.
fn not_in_balance() -> Error {
    Error::invalid(&"amount", &"in the balance")
}
