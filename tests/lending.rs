//! Vaults and policies where the reference files do not reach.

#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "a test may panic")]

use llamath::lending::{CurveKind, CurvePolicy, Reserves, Vault, VaultAction};
use llamath::{ErrorKind, I256, U256};

fn vault(admin_fees: Option<U256>) -> Vault {
    Vault {
        borrowed_decimals: 18,
        balance: U256::from(11 * 10_u128.pow(19)),
        total_debt: U256::ZERO,
        total_supply: U256::from(10_u128.pow(23)),
        admin_fees,
    }
}

#[test]
fn the_last_shares_of_a_first_version_take_everything() {
    let vault = vault(None);
    let all = vault.total_supply;
    let paid = vault.settle(VaultAction::Redeem, all, all).unwrap();
    assert_eq!(paid, vault.balance);
    assert!(vault.preview(VaultAction::Redeem, all).unwrap() < paid, "rounded as ever");
    let after = vault.after(VaultAction::Redeem, all, paid).unwrap();
    assert_eq!((after.balance, after.total_supply), (U256::ZERO, U256::ZERO));
    // While something is lent, not everything is there.
    let lent = Vault { total_debt: U256::from(1_u64), ..vault };
    assert!(lent.settle(VaultAction::Redeem, all, all).is_err());
}

#[test]
fn a_vault_keeps_nothing_or_enough() {
    let vault = vault(Some(U256::ZERO));
    let leaves = |units: u64| {
        vault.settle(VaultAction::Withdraw, vault.balance - U256::from(units), vault.total_supply)
    };
    assert!(leaves(10_000).is_ok());
    assert!(leaves(9_999).is_err());
    assert!(vault.settle(VaultAction::Redeem, vault.total_supply, vault.total_supply).is_err());
    let empty = Vault { balance: U256::ZERO, total_supply: U256::ZERO, ..vault };
    let first = |units: u64| empty.settle(VaultAction::Deposit, U256::from(units), U256::ZERO);
    assert!(first(9_999).is_err());
    assert_eq!(first(10_000), Ok(U256::from(10_000_000_u64)), "a thousand shares a unit");
}

#[test]
fn a_first_version_has_no_more_than_its_balance() {
    let lent = Vault { total_debt: U256::from(10_u128.pow(20)), ..vault(None) };
    let more = lent.balance + U256::from(1_u64);
    for refused in [
        lent.preview(VaultAction::Withdraw, more),
        lent.settle(VaultAction::Withdraw, more, lent.total_supply),
    ] {
        assert!(matches!(
            refused.map_err(|error| error.kind()),
            Err(ErrorKind::Invalid { field: &"amount", .. })
        ));
    }
    let second = Vault { admin_fees: Some(U256::ZERO), ..lent };
    assert!(second.preview(VaultAction::Withdraw, more).is_ok());
    let refused = second.settle(VaultAction::Withdraw, more, second.total_supply);
    assert_eq!(refused.unwrap_err().code(), "available_balance_exceeded");
    let wrong = Vault { borrowed_decimals: 19, ..lent };
    assert!(matches!(
        wrong.limits(more).map_err(|error| error.kind()),
        Err(ErrorKind::Invalid { field: &"borrowed_decimals", .. })
    ));
}

/// A policy whose curve is below 0 far to the left.
fn policy(kind: CurveKind) -> CurvePolicy {
    CurvePolicy {
        kind,
        target_utilization: U256::from(85 * 10_u128.pow(16)),
        low_ratio: U256::from(10_u128.pow(16)),
        high_ratio: U256::from(3 * 10_u128.pow(18)),
        reference_rate: U256::from(317_097_920_u64),
        rate_shift: U256::ZERO,
    }
}

fn no_debt() -> Reserves {
    let nothing = U256::ZERO;
    Reserves {
        debt: nothing,
        balance: U256::from(1_u64),
        admin_fees: nothing,
        d_reserves: I256::ZERO,
        d_debt: I256::ZERO,
    }
}

#[test]
fn only_the_policy_of_another_market_refuses_a_curve_below_nothing() {
    assert!(policy(CurveKind::Kinked).curve().unwrap().r_minf.is_negative());
    for (kind, rate) in [
        (CurveKind::Kinked, Some(3_170_979)),
        (CurveKind::Ema, Some(3_170_979)),
        (CurveKind::Hyperbolic, Some(3_170_979)),
        (CurveKind::Secondary, None),
    ] {
        let found = policy(kind).rate(&no_debt()).ok();
        let near =
            |found: U256| found.abs_diff(U256::from(rate.unwrap_or(0_u64))) <= U256::from(1_u64);
        assert_eq!(found.is_some(), rate.is_some(), "{kind:?}");
        assert!(found.is_none_or(near), "{kind:?}: {found:?}");
    }
}

/// What the contracts ask for cannot happen: the curve is never below its low ratio.
#[test]
fn no_curve_gives_a_rate_below_zero() {
    for rate in 317_097_920_u64..317_098_120 {
        for kind in [CurveKind::Kinked, CurveKind::Hyperbolic] {
            let reference_rate = U256::from(rate);
            let policy = CurvePolicy { low_ratio: U256::ZERO, reference_rate, ..policy(kind) };
            assert!(policy.curve().unwrap().r_minf.is_negative());
            assert!(policy.rate(&no_debt()).unwrap() <= U256::from(1_u64));
        }
    }
}
