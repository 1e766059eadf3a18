//! Yield farms: what a pool pays, what compounding makes of it, and whether a
//! displayed figure is true.
//!
//! A farm emits tokens at a fixed pace and shares them among its pools by allocation
//! points ("multipliers"). Everything here is an estimate in doubles, in fractions
//! (never percent), except [`reward`], which is the contract's integer arithmetic.
//! Prices, staked values and dates are inputs: nothing is fetched or assumed.

mod aggregator;
mod apr;
mod best_compounding;
mod chains;
mod compare;
mod compounding;
mod impermanent_loss;
mod lp;
mod proof;
mod returns;
mod reward;
mod verify;

pub use aggregator::{Aggregator, AggregatorInput, aggregator_apy};
pub use apr::{Apr, AprColumns, AprInput, Column, YEAR_SECS, apr, apr_columns, weight};
pub use best_compounding::{BestCompounding, BestCompoundingInput, best_compounding};
pub use chains::{BLOCK_TIMES, BlockTime, YEAR_BASES, YearBasis};
pub use compare::{Comparison, Part, compare_apr};
pub use compounding::{apr_from_apy, apr_from_apy_continuous, apy, apy_continuous};
pub use impermanent_loss::{impermanent_loss, impermanent_loss_range, impermanent_loss_weighted};
pub use lp::{LpInput, LpValue, lp_value};
pub use proof::{Origin, Proof, ProofInput, ProofStep, proof};
pub use returns::{Deposit, PerformanceFeeOn, ReturnRow, principal_for, returns, yield_after_fees};
pub use reward::{RewardInput, reward};
pub use verify::{Cause, Interval, Verdict, Verification, verify_apr};
