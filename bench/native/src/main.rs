//! The same work as `bench/llamma.mjs`, natively: prints nanoseconds an operation, the median of
//! some rounds, as JSON. With a file of candles, that of `bench/sim.mjs`: seconds.
#![allow(clippy::disallowed_methods, reason = "a benchmark's settings, not its results")]

use std::hint::black_box;
use std::time::Instant;

use llamath::fixed::WAD;
use llamath::llamma::{Balance, Controller, Direction, Exact, Funds, Generation, Market};
use llamath::{Result, U256, sim};

const ROUNDS: usize = 31;
/// Rounds of what takes seconds: the best counts.
const SWEEPS: usize = 3;

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

/// Makes settings of A, the bands and the fee.
type Model = fn(u32, u32, f64) -> sim::Settings;

/// What `bench/sim.mjs` does with the candles in a file: seconds of simulating the first `count`
/// windows, and of the search over all of them.
fn sweeps(file: &str, count: usize) -> Result<()> {
    let bytes = std::fs::read(file).expect("a file of candles");
    let numbers: Vec<f64> = bytes
        .chunks_exact(8)
        .map(|eight| f64::from_le_bytes(eight.try_into().expect("eight bytes")))
        .collect();
    let rows = numbers.len() / 6;
    let column = |place: usize| &numbers[place * rows..(place + 1) * rows];
    let candles: Vec<_> = (0..rows)
        .map(|row| sim::Candle {
            time_secs: column(0)[row],
            open: column(1)[row],
            high: column(2)[row],
            low: column(3)[row],
            close: column(4)[row],
        })
        .collect();
    let windows = sim::windows_by_rows(rows, 216)?;
    let of = |model: Model| -> Result<String> {
        let grid: Vec<_> = (0..30)
            .map(|i| (10.0 * 49.9_f64.powf(f64::from(i) / 29.0)).floor() as u32)
            .map(|a| model(a, 4, 0.002))
            .collect();
        let seconds = |rows: usize, windows: &[sim::Window], search| -> Result<f64> {
            let began = Instant::now();
            black_box(sim::loss_tails(
                &candles[..rows],
                &column(5)[..rows],
                windows,
                &grid,
                105,
                search,
            )?);
            Ok(began.elapsed().as_secs_f64())
        };
        let (mut every, mut pruned) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..SWEEPS {
            let some = &windows[..count];
            every = every.min(seconds(count + 216, some, sim::Search::Every)?);
            pruned = pruned.min(seconds(rows, &windows, sim::Search::Pruned)?);
        }
        Ok(format!("{{\"every\":{every},\"pruned\":{pruned}}}"))
    };
    println!("{{\"v1\":{},\"v2\":{}}}", of(sim::Settings::v1)?, of(sim::Settings::v2)?);
    Ok(())
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [file, count] = &args[..] {
        return sweeps(file, count.parse().expect("a count"));
    }
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
