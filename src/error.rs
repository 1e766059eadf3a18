//! Why a computation is refused: one small type, and the guards that raise it.
//!
//! Every refusal names the input at fault. Nothing in this crate returns NaN, an
//! infinity, or a number that stands for an error.

use core::fmt;

/// A name or a sentence that is part of an error, by a thin reference: every step of a formula
/// hands one on.
pub type Name = &'static &'static str;

/// A refused computation: one pointer, since every step of a formula may have to pass it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<ErrorKind>);

/// Why a computation is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// An input is outside what the function is defined for.
    Invalid {
        /// The input it lies in, where a function takes several of one kind.
        within: Option<Name>,
        /// The input, by the name of its struct field.
        field: Name,
        /// The row at fault, where the input is a column or a list.
        index: Option<usize>,
        /// What is allowed, as it reads after "must be".
        expected: Name,
    },
    /// The inputs are valid, but their result cannot be represented: it leaves 256
    /// bits, where a contract would revert, or the range of a double.
    Arithmetic {
        /// The result that cannot be represented.
        result: Name,
    },
    /// The contract refuses this, in words of its own.
    Revert(Revert),
}

/// Declares the worded refusals of the contracts: name, code, words.
macro_rules! reverts {
    ($($name:ident $code:literal $words:literal)*) => {
        /// A refusal that the contracts put into words.
        ///
        /// Generations differ in the words for one refusal; where they do, each wording is
        /// one of these.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Revert {
            $(#[doc = $words] $name,)*
        }

        impl Revert {
            /// The stable code that programs match on.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The contract's own words, without the prefix that some put before them.
            #[must_use]
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

reverts! {
    ActiveBandTooHigh "active_band_too_high" "band > max_active_band"
    AdminPercentageAboveWhole "admin_percentage_above_whole" "admin percentage higher than 100%"
    AlreadyUnderwater "already_underwater" "Already in underwater mode"
    AmountTooLow "amount_too_low" "Amount too low"
    AvailableBalanceExceeded "available_balance_exceeded" "Available balance exceeded"
    BandNotEmpty "band_not_empty" "Band not empty"
    BorrowCapExceeded "borrow_cap_exceeded" "Borrow cap exceeded"
    CannotShrink "cannot_shrink" "Can't shrink"
    DebtIsZero "debt_is_zero" "debt==0"
    DebtNoLongerThere "debt_no_longer_there" "_debt = 0"
    DebtTooHigh "debt_too_high" "Debt too high"
    DepositBelowCurrentBand "deposit_below_current_band" "Deposit below current band"
    EndsUnhealthy "ends_unhealthy" "The action ends with unhealthy state"
    ExceedsDebtCeiling "exceeds_debt_ceiling" "Exceeds debt ceiling"
    ExtraHealthTooHigh "extra_health_too_high" "extra_health too high"
    Fee "fee" "Fee"
    FeeTooHigh "fee_too_high" "Fee too high"
    FeeTooLow "fee_too_low" "Fee too low"
    FractionAboveWhole "fraction_above_whole" "frac>100%"
    FractionIsWhole "fraction_is_whole" "frac >= 100%"
    FractionTooHigh "fraction_too_high" "frac too high"
    GlobalDebtCeiling "global_debt_ceiling" "global debt ceiling"
    InvalidBands "invalid_bands" "Invalid num_bands"
    InvalidCurve "invalid_curve" "invalid curve"
    LiquidationDiscountTooLow "liquidation_discount_too_low" "Liquidation discount too low"
    LoanAlreadyCreated "loan_already_created" "Loan already created"
    LoanAlreadyExists "loan_already_exists" "Loan already exists"
    LoanDiscountIsWhole "loan_discount_is_whole" "loan discount >= 100%"
    LoanDiscountMustBeAbove "loan_discount_must_be_above" "need loan_discount>liquidation_discount"
    LoanDiscountNotAbove "loan_discount_not_above" "loan discount <= liquidation discount"
    LoanDiscountTooHigh "loan_discount_too_high" "Loan discount too high"
    LoanDoesNotExist "loan_does_not_exist" "Loan doesn't exist"
    NeedLessTicks "need_less_ticks" "Need less ticks"
    NeedMoreTicks "need_more_ticks" "Need more ticks"
    NoChange "no_change" "No change"
    NegativeDebt "negative_debt" "Negative debt"
    NoCoinsToRepay "no_coins_to_repay" "No coins to repay"
    NoDebt "no_debt" "No Debt"
    NoDeposits "no_deposits" "No deposits"
    NoLiquidationDiscount "no_liquidation_discount" "liquidation discount = 0"
    NoLoan "no_loan" "No loan"
    NoRemainingDebt "no_remaining_debt" "No remaining debt"
    NonPositiveDebt "non_positive_debt" "Non-positive debt"
    NotEnoughRekt "not_enough_rekt" "Not enough rekt"
    NothingGiven "nothing_given" "0 coll or debt"
    RemovesTooMuch "removes_too_much" "Can't remove more collateral than user has"
    RepayOnly "repay_only" "Unhealthy loan, repay only"
    RepaysTooMuch "repays_too_much" "Repay amount is too high"
    ReservesTooSmall "reserves_too_small" "Reserves too small"
    Slippage "slippage" "Slippage"
    TargetRateTooLow "target_rate_too_low" "target_rate too low"
    TooDeep "too_deep" "Too deep"
    Underwater "underwater" "Underwater"
    WrongA "wrong_a" "Wrong A"
    WrongIndex "wrong_index" "Wrong index"
    WrongRates "wrong_rates" "Wrong rates"
}

impl From<Revert> for Error {
    #[cold]
    #[inline(never)]
    fn from(revert: Revert) -> Self {
        Self(Box::new(ErrorKind::Revert(revert)))
    }
}

/// The result of every fallible function of this crate.
pub type Result<T> = core::result::Result<T, Error>;

impl Error {
    /// An invalid scalar input.
    #[cold]
    #[inline(never)]
    pub(crate) fn invalid(field: Name, expected: Name) -> Self {
        Self(Box::new(ErrorKind::Invalid { within: None, field, index: None, expected }))
    }

    /// A result that cannot be represented.
    #[cold]
    #[inline(never)]
    pub(crate) fn arithmetic(result: Name) -> Self {
        Self(Box::new(ErrorKind::Arithmetic { result }))
    }

    /// Why the computation is refused.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        *self.0
    }

    /// The same error, at row `index` of a column or a list.
    #[inline(never)]
    pub(crate) fn at(mut self, row: usize) -> Self {
        if let ErrorKind::Invalid { index, .. } = &mut *self.0 {
            *index = Some(row);
        }
        self
    }

    /// The same error, where its rows come after `count` others: for columns that are
    /// computed piece by piece.
    #[must_use]
    pub fn after(mut self, count: usize) -> Self {
        if let ErrorKind::Invalid { index: Some(index), .. } = &mut *self.0 {
            *index = index.saturating_add(count);
        }
        self
    }

    /// The same error, in the input called `name`.
    #[inline(never)]
    pub(crate) fn within(mut self, name: Name) -> Self {
        if let ErrorKind::Invalid { within, .. } = &mut *self.0 {
            *within = Some(name);
        }
        self
    }

    /// The stable code that programs match on: `"invalid"`, `"arithmetic"`, or that of the
    /// contract's refusal, such as `"debt_too_high"`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind() {
            ErrorKind::Invalid { .. } => "invalid",
            ErrorKind::Arithmetic { .. } => "arithmetic",
            ErrorKind::Revert(revert) => revert.code(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid { within, field, index, expected } => {
                if let Some(outer) = within {
                    write!(f, "{outer}.")?;
                }
                write!(f, "{field}")?;
                if let Some(index) = index {
                    write!(f, " (entry {index})")?;
                }
                write!(f, " must be {expected}.")
            }
            Self::Arithmetic { result } => {
                write!(f, "{result} cannot be represented for these inputs.")
            }
            Self::Revert(revert) => write!(f, "The contract refuses: {}.", revert.words()),
        }
    }
}

impl core::error::Error for Error {}

/// Passes a finite number above 0.
pub(crate) fn positive(field: Name, value: f64) -> Result<f64> {
    check(field, value, value > 0.0, &"a finite number above 0")
}

/// Passes a finite number of at least 0.
pub(crate) fn non_negative(field: Name, value: f64) -> Result<f64> {
    check(field, value, value >= 0.0, &"a finite number of at least 0")
}

/// Passes a number from 0 to 1.
pub(crate) fn fraction(field: Name, value: f64) -> Result<f64> {
    check(field, value, (0.0..=1.0).contains(&value), &"a fraction from 0 to 1")
}

/// Passes a finite number above −1, the least that a yield can be.
pub(crate) fn above_minus_one(field: Name, value: f64) -> Result<f64> {
    check(field, value, value > -1.0, &"a finite number above -1")
}

#[inline(never)]
fn check(field: Name, value: f64, holds: bool, expected: Name) -> Result<f64> {
    if holds && value.is_finite() { Ok(value) } else { Err(Error::invalid(field, expected)) }
}

/// Passes a computed number unless it left the range of a double.
#[inline(never)]
pub(crate) fn finite(result: Name, value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(Error::arithmetic(result)) }
}

/// Passes a computed number in the range of a double that is 0 exactly where `is_zero`
/// says so: not where it only became too small.
#[inline(never)]
pub(crate) fn representable(result: Name, value: f64, is_zero: bool) -> Result<f64> {
    match value.is_finite() && (value == 0.0) == is_zero {
        true => Ok(value),
        false => Err(Error::arithmetic(result)),
    }
}
