//! What differs between the deployed generations of the contracts, in one table.
//!
//! Everything that a generation does not set apart is the same code for all of them.

/// A deployed generation of the contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// The first crvUSD mint markets (May 2023).
    M2023,
    /// LlamaLend on mainnet, March to May 2024.
    L2024,
    /// The last first-version LlamaLend markets (2025), created by the lending factory.
    V1,
    /// The same contracts created by the crvUSD mint factory: an admin fee is possible.
    V1Mint,
    /// LlamaLend v2 (2026).
    V2,
    /// defi.money (June 2024).
    Dfm,
}

/// How e^x is rounded inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exponential {
    /// Toward zero.
    Truncating,
    /// Down.
    Flooring,
}

/// Which approximation of a logarithm is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Logarithm {
    /// ln by a rational approximation.
    Rational,
    /// ln by bisections.
    Bisecting,
    /// log2 by bisections.
    Log2,
}

/// How the debt of a loan is rounded as interest grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DebtRounding {
    Down,
    /// Up if there are several loans, so that their sum covers the total.
    UpAmongSeveral,
    Up,
}

/// Where the dust goes that a band keeps after its last share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dust {
    ToAdmin,
    /// To the admin, with the borrowed side still in 18 decimals.
    ToAdminUnscaled,
    Dropped,
}

/// The peculiarities of one generation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) exponential: Exponential,
    /// The AMM's logarithm of A/(A − 1), which sets the band edges.
    pub(super) band_log: Logarithm,
    /// The controller's logarithm, which finds the band of a price.
    pub(super) loan_log: Logarithm,
    /// Whether the AMM takes √(A/(A − 1)) of the ratio after rounding it to 18 decimals.
    pub(super) band_sqrt_of_rounded_ratio: bool,
    /// Whether the furthest oracle fall is A/(A − 1) to the 25th, squared, instead of 50 steps.
    pub(super) oracle_fall_by_squaring: bool,
    /// From this exponent down, in 18 decimals, the AMM refuses e^−x.
    pub(super) furthest_fall: u128,
    /// Whether a band whose price multiplier is at most 1000 wei is refused.
    pub(super) refuses_tiny_bands: bool,
    /// Whether a band far from the oracle price asks for a fee of its own.
    pub(super) band_fee: bool,
    /// Whether the fee after an oracle jump stays below 100 %.
    pub(super) limiter_fee_capped: bool,
    /// Whether x_down and y_up use the May 2023 forms inside a band.
    pub(super) early_position_value: bool,
    /// Whether exact-out trades must be filled in full, with 2^256 − 1 for "everything".
    pub(super) exact_out_in_full: bool,
    /// Whether there is an admin's share of the fee.
    pub(super) admin_fee: bool,
    pub(super) dust: Dust,
    /// Whether `max_band` falls below a user's bands when they were the last.
    pub(super) max_band_falls: bool,
    /// Whether more than 1024 empty bands are refused instead of taken as skippable.
    pub(super) refuses_deep_skip: bool,
    /// Whether a loan may use the band whose upper edge is the oracle price itself.
    pub(super) oracle_band_allowed: bool,
    pub(super) debt: DebtRounding,
    /// Whether the largest band price of a loan is stepped by A/(A − 1), not by e^x.
    pub(super) base_price_by_steps: bool,
    /// Whether max_borrowable starts from the band after the active one at least.
    pub(super) base_price_above_active: bool,
    /// Whether min_collateral rounds up to the collateral's own decimals.
    pub(super) min_collateral_rounded_up: bool,
    /// Whether a repaid share of a debt is rounded up.
    pub(super) repaid_share_rounded_up: bool,
    /// Whether y_effective of no bands is 0 instead of refused.
    pub(super) no_bands_are_nothing: bool,
    /// Whether the number of bands is checked by views too.
    pub(super) views_check_bands: bool,
    /// Whether a new loan is refused in words.
    pub(super) loan_refusals_in_words: bool,
    /// Whether the health preview scales collateral as in May 2023.
    pub(super) early_health_preview: bool,
    /// Whether anybody may add collateral to a loan and repay it.
    pub(super) strangers_may_help: bool,
    /// Whether actions on loans move the limiter, as trades do: the controller of defi.money.
    pub(super) loans_move_limiter: bool,
    /// Whether each action must leave the loan healthy: the second version's controller.
    pub(super) ends_healthy: bool,
}

const V1: Rules = Rules {
    exponential: Exponential::Truncating,
    band_log: Logarithm::Bisecting,
    loan_log: Logarithm::Rational,
    band_sqrt_of_rounded_ratio: true,
    oracle_fall_by_squaring: false,
    furthest_fall: 41_446_531_673_892_821_376,
    refuses_tiny_bands: true,
    band_fee: true,
    limiter_fee_capped: true,
    early_position_value: false,
    exact_out_in_full: true,
    admin_fee: true,
    dust: Dust::ToAdmin,
    max_band_falls: true,
    refuses_deep_skip: false,
    oracle_band_allowed: false,
    debt: DebtRounding::UpAmongSeveral,
    base_price_by_steps: true,
    base_price_above_active: true,
    min_collateral_rounded_up: true,
    repaid_share_rounded_up: true,
    no_bands_are_nothing: true,
    views_check_bands: true,
    loan_refusals_in_words: true,
    early_health_preview: false,
    strangers_may_help: true,
    loans_move_limiter: false,
    ends_healthy: false,
};

const L2024: Rules = Rules {
    repaid_share_rounded_up: false,
    no_bands_are_nothing: false,
    views_check_bands: false,
    ..V1
};

const M2023: Rules = Rules {
    loan_log: Logarithm::Log2,
    oracle_fall_by_squaring: true,
    furthest_fall: 42_139_678_854_452_767_551,
    refuses_tiny_bands: false,
    band_fee: false,
    limiter_fee_capped: false,
    early_position_value: true,
    exact_out_in_full: false,
    dust: Dust::ToAdminUnscaled,
    max_band_falls: false,
    debt: DebtRounding::Down,
    base_price_above_active: false,
    min_collateral_rounded_up: false,
    early_health_preview: true,
    ..L2024
};

const V2: Rules = Rules {
    exponential: Exponential::Flooring,
    band_log: Logarithm::Rational,
    admin_fee: false,
    dust: Dust::Dropped,
    refuses_deep_skip: true,
    oracle_band_allowed: true,
    debt: DebtRounding::Up,
    base_price_by_steps: false,
    loan_refusals_in_words: false,
    strangers_may_help: false,
    ends_healthy: true,
    ..V1
};

const DFM: Rules = Rules {
    band_sqrt_of_rounded_ratio: false,
    debt: DebtRounding::Down,
    strangers_may_help: false,
    loans_move_limiter: true,
    ..L2024
};

impl Generation {
    pub(super) const fn rules(self) -> &'static Rules {
        match self {
            Self::M2023 => &M2023,
            Self::L2024 => &L2024,
            Self::V1 | Self::V1Mint => &V1,
            Self::V2 => &V2,
            Self::Dfm => &DFM,
        }
    }
}
