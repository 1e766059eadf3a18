//! The same work as `bench/llamma.mjs`, natively: prints nanoseconds an operation, the median of
//! some rounds, as JSON.

use std::hint::black_box;
use std::time::Instant;

use llamath::fixed::WAD;
use llamath::llamma::{Balance, Controller, Direction, Exact, Funds, Generation, Market};
use llamath::{Result, U256};

const ROUNDS: usize = 31;

/// Median nanoseconds of one of `count` operations.
fn nanos(count: u32, mut operate: impl FnMut()) -> f64 {
    operate();
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            (0..count).for_each(|_| operate());
            began.elapsed().as_secs_f64() * 1e9 / f64::from(count)
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    rounds[ROUNDS / 2]
}

fn main() -> Result<()> {
    let wad = |number: u64| WAD * U256::from(number);
    let part = |percent: u64| WAD / U256::from(100_u64) * U256::from(percent);
    let market = Market {
        generation: Generation::V1,
        A: 100,
        base_price: wad(3000),
        fee: part(1) * U256::from(6_u64) / U256::from(10_u64),
        admin_fee: U256::ZERO,
        loan_discount: part(9),
        liquidation_discount: part(6),
        collateral_decimals: 18,
        borrowed_decimals: 18,
    };
    let funds = Funds::Balance(Balance::new(wad(1_000_000_000)));
    let mut market = Controller::new(market, 1_700_000_000, funds, U256::ZERO)?;
    let health_of = |market: &Controller| -> Result<()> {
        black_box(market.health("me")?);
        Ok(())
    };
    let empty = market.clone();
    market.create_loan("me", "me", wad(100), wad(150_000), 50)?;
    let healthy = nanos(200, || health_of(&market).expect("it has a loan"));
    market.set_price(wad(1850), 600);
    let health = nanos(200, || health_of(&market).expect("it has a loan"));
    let amount = wad(60_000);
    let swap = nanos(200, || {
        let made = market.amm().quote(Direction::Pump, Exact::In, amount);
        black_box(made.expect("it trades"));
    });
    let previews = nanos(1, || {
        black_box(empty.loan_previews(wad(10), wad(15_000)).expect("they can be asked for"));
    });
    println!(
        "{{\"healthy\":{healthy},\"health\":{health},\"swap\":{swap},\"previews\":{previews}}}"
    );
    Ok(())
}
