//! Invariants of LLAMMA that define it, on random markets of every generation.
//!
//! `PROPTEST_CASES=10000 cargo test --test lending_amm` is the long run.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected must fail"
)]

use llamath::fixed::WAD;
use llamath::llamma::{
    Balance, Ceiling, Controller, Direction, Exact, Funds, Generation, Market, Vault,
};
use llamath::{Revert, U256};
use proptest::prelude::*;

const NOW: u64 = 1_700_000_000;

fn wad(number: f64) -> U256 {
    llamath::decimal::to_raw(&format!("{number:.18}"), 18).expect("an amount")
}

/// A market with plenty to lend, whose oracle price was left alone for a while.
fn market(generation: Generation, a: u32, price: f64, oracle: f64, discount: f64) -> Controller {
    let plenty = U256::MAX >> 2;
    let funds = match generation {
        Generation::V2 => Funds::Vault(Vault {
            borrow_cap: plenty,
            available_balance: plenty,
            admin_percentage: U256::ZERO,
            admin_fees: U256::ZERO,
        }),
        Generation::Dfm => Funds::Ceiling(Ceiling {
            debt_ceiling: plenty,
            global_debt_ceiling: plenty,
            global_debt: U256::ZERO,
            minted: U256::ZERO,
            redeemed: U256::ZERO,
        }),
        _ => Funds::Balance(Balance::new(plenty)),
    };
    let market = Market {
        generation,
        A: a,
        base_price: wad(price),
        fee: wad(0.006),
        admin_fee: U256::ZERO,
        loan_discount: wad(discount),
        liquidation_discount: wad(discount - 0.02),
        collateral_decimals: 18,
        borrowed_decimals: 18,
    };
    let mut market = Controller::new(market, NOW, funds, U256::ZERO).expect("a market");
    market.set_price(wad(price * oracle), 3600);
    market
}

fn generations() -> impl Strategy<Value = Generation> {
    prop_oneof![
        Just(Generation::M2023),
        Just(Generation::L2024),
        Just(Generation::V1),
        Just(Generation::V1Mint),
        Just(Generation::V2),
        Just(Generation::Dfm),
    ]
}

fn markets() -> impl Strategy<Value = Controller> {
    (generations(), 20_u32..200, 0.01..100_000.0_f64, 0.7..1.4_f64, 0.04..0.3_f64).prop_map(
        |(generation, a, price, oracle, discount)| market(generation, a, price, oracle, discount),
    )
}

/// A market with one loan of a part of what is possible, in some bands.
fn loans() -> impl Strategy<Value = (Controller, U256, U256, u32)> {
    (markets(), 0.001..1e6_f64, 4_u32..=50, 0.3..1.0_f64).prop_filter_map(
        "the contract refuses the loan",
        |(mut market, collateral, bands, part)| {
            let collateral = wad(collateral);
            let most = market.max_borrowable(collateral, bands, U256::ZERO, None).ok()?;
            let debt = most * wad(part) / WAD;
            market.create_loan("user", "user", collateral, debt, bands).ok()?;
            Some((market, collateral, debt, bands))
        },
    )
}

fn oracle_of(market: &Controller) -> U256 {
    market.snapshot().oracle_price
}

proptest! {
    #[test]
    fn band_edges_fall_and_join(market in markets(), n in -200_i64..800) {
        let grid = market.amm().grid().unwrap();
        let (up, down) = (grid.p_oracle_up(n), grid.p_oracle_down(n));
        if let (Ok(up), Ok(down)) = (up, down) {
            prop_assert!(down <= up);
            prop_assert_eq!(grid.p_oracle_up(n + 1), Ok(down));
            // A band is 1/A of its upper price wide, but for the roundings of e^x: a few units
            // in its last digit, and of its logarithm.
            let a = U256::from(market.snapshot().market.A);
            let width = a * (up - down);
            let last_digit = grid.base_price / WAD + U256::from(1_u64);
            let slack = up / U256::from(1_000_000_000_u64) + a * last_digit * U256::from(4_u64);
            prop_assert!(width <= up + slack && width + slack >= up, "{width} of {up}");
        }
    }

    #[test]
    fn what_the_view_offers_passes(market in markets(), amount in 0.01..1e6_f64, bands in 4_u32..=50) {
        let collateral = wad(amount);
        let most = market.max_borrowable(collateral, bands, U256::ZERO, None).unwrap();
        let made = |debt: U256| market.clone().create_loan("user", "user", collateral, debt, bands);
        prop_assert_eq!(made(most), Ok(()));
        prop_assert_eq!(made(most + most / U256::from(1000_u64)), Err(Revert::DebtTooHigh.into()));
        let exact = market.max_borrowable_largest(collateral, bands, U256::ZERO, None).unwrap();
        prop_assert!(exact.largest >= most);
        prop_assert!(market.debt_n1(collateral, exact.largest, bands, None).is_ok());
        prop_assert!(market.debt_n1(collateral, exact.largest + U256::from(1_u64), bands, None).is_err());
    }

    #[test]
    fn the_least_collateral_covers_the_debt(market in markets(), debt in 1.0..1e6_f64, bands in 4_u32..=50) {
        let debt = wad(debt);
        let least = market.min_collateral(debt, bands, None).unwrap();
        prop_assert!(market.debt_n1(least, debt, bands, None).is_ok());
        let less = least - least / U256::from(500_u64);
        prop_assert_eq!(
            market.debt_n1(less, debt, bands, None),
            Err(Revert::DebtTooHigh.into()),
        );
    }

    #[test]
    fn health_falls_with_debt((market, collateral, debt, bands) in loans()) {
        let less = debt - debt / U256::from(20_u64);
        let preview = |debt| market.loan_preview(collateral, debt, bands).unwrap();
        prop_assert!(preview(less).health_full >= preview(debt).health_full);
        let health = market.health("user").unwrap();
        prop_assert!(!health.is_negative(), "a new loan is healthy: {health}");
    }

    #[test]
    fn health_full_falls_with_the_price((market, ..) in loans(), fall in 0.5..1.0_f64) {
        let price = oracle_of(&market);
        let along = market.health_along("user", &[price, price * wad(fall) / WAD]).unwrap();
        // What the bands would bring when the price falls through them does not rise either.
        prop_assert!(along[1].health_full <= along[0].health_full);
    }

    #[test]
    fn there_and_back_never_profits(
        (mut market, collateral, ..) in loans(),
        fall in 0.5..1.1_f64,
        part in 0.001..1.2_f64,
    ) {
        let price = oracle_of(&market) * wad(fall) / WAD;
        market.set_price(price, 3600);
        let value = price * collateral / WAD;
        let paid = value * wad(part) / WAD;
        let bought = market.exchange(Direction::Pump, Exact::In, paid, U256::ZERO).unwrap();
        let sold =
            market.exchange(Direction::Dump, Exact::In, bought.amount_out, U256::ZERO).unwrap();
        prop_assert!(sold.amount_out <= bought.amount_in);
    }

    #[test]
    fn a_trade_gives_what_its_quote_says(
        (mut market, collateral, ..) in loans(),
        part in 0.001..1.2_f64,
    ) {
        let out = collateral * wad(part) / WAD;
        for (exact, amount) in [(Exact::In, oracle_of(&market) * out / WAD), (Exact::Out, out)] {
            let quote = market.amm().quote(Direction::Pump, exact, amount).unwrap();
            let all = exact == Exact::In || quote.amount_out == amount;
            let limit = if exact == Exact::In { U256::ZERO } else { U256::MAX };
            if all && !quote.amount_out.is_zero() {
                let made = market.exchange(Direction::Pump, exact, amount, limit).unwrap();
                prop_assert_eq!(made, quote);
            }
        }
    }

    #[test]
    fn paying_all_gives_all_back((mut market, collateral, debt, _) in loans()) {
        let before = market.total_debt_now().unwrap();
        prop_assert_eq!(before, debt);
        let back = match market.snapshot().market.generation {
            Generation::Dfm => market.close_loan("user").unwrap().1,
            _ => {
                let held = market.amm().sum_xy(&market.loan("user").position).unwrap();
                market.repay("user", "user", debt).unwrap();
                held.y
            }
        };
        // A band's virtual shares keep a thousandth of a wei each, at most one a band.
        prop_assert!(back <= collateral && collateral - back <= U256::from(60_u64));
        prop_assert!(market.total_debt_now().unwrap().is_zero());
        let left: U256 = market.amm().contents().unwrap().iter().fold(U256::ZERO, |sum, (_, held)| sum + held.y);
        prop_assert!(left <= U256::from(60_u64), "{left} left in the bands");
    }

    #[test]
    fn a_state_is_all_there_is((mut market, collateral, ..) in loans(), part in 0.01..1.0_f64) {
        let mut again = market.snapshot().open().unwrap();
        let paid = oracle_of(&market) * collateral / WAD * wad(part) / WAD;
        for market in [&mut market, &mut again] {
            market.exchange(Direction::Pump, Exact::In, paid, U256::ZERO).unwrap();
        }
        prop_assert_eq!(market.snapshot(), again.snapshot());
        prop_assert_eq!(market.report("user"), again.report("user"));
    }

    #[test]
    fn arbitrage_brings_the_price((mut market, ..) in loans(), move_ in 0.8..1.2_f64) {
        let price = oracle_of(&market) * wad(move_) / WAD;
        market.set_price(price, 3600);
        let outside = market.amm().price_oracle().unwrap();
        market.arbitrage(outside).unwrap();
        // Where the bands are not used up, the price is reached but for the fee, which stays in
        // the band and moves it by less than a band.
        let active = market.amm().active_band();
        let contents = market.amm().contents().unwrap();
        let band = contents.iter().find(|(n, _)| *n == active);
        let more_than_dust = |amount: U256| amount > U256::from(1_000_000_u64);
        if band.is_some_and(|(_, held)| more_than_dust(held.x) && more_than_dust(held.y)) {
            let off = market.amm().p_amm().unwrap().abs_diff(outside);
            let a = U256::from(market.snapshot().market.A);
            prop_assert!(off <= outside / a, "{off} of {outside}");
        }
    }

    #[test]
    fn no_input_traps(
        (market, ..) in loans(),
        limbs: [u64; 4],
        shift in 0..256_usize,
        bands: u32,
        n: i64,
    ) {
        // Whatever comes, there is an answer or a refusal.
        let number = U256::from_limbs(limbs) >> shift;
        let mut market = market;
        let _ = market.amm().grid().unwrap().p_oracle_up(n);
        let _ = market.amm().can_skip_bands(n);
        let _ = market.amm().amount_for_price(number);
        let _ = market.max_borrowable(number, bands, number, None);
        let _ = market.min_collateral(number, bands, None);
        let _ = market.loan_preview(number, number, bands);
        let _ = market.max_ltv(number, bands);
        let _ = market.tokens_to_liquidate("user", "", number);
        let _ = market.clone().liquidate("user", "other", number, number);
        let _ = market.clone().repay("user", "user", number);
        let _ = market.exchange(Direction::Pump, Exact::In, number, U256::ZERO);
        let _ = market.exchange(Direction::Dump, Exact::Out, number, U256::MAX);
        market.set_price(number, n.unsigned_abs());
        let _ = market.report("user");
        let _ = market.exchange(Direction::Dump, Exact::In, number, U256::ZERO);
        let _ = market.create_loan("second", "second", number, number, bands);
    }
}
