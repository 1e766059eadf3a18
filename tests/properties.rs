//! What defines each function, held for random inputs.
//!
//! `PROPTEST_CASES` sets how many; a failure prints the inputs it was shrunk to.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic, and checks by other means than the core"
)]

use llamath::decimal::{U256, from_raw, to_f64, to_raw};
use llamath::farm::{self, AprColumns, AprInput, Column, Deposit, PerformanceFeeOn, Verdict};
use llamath::{ErrorKind, lending};
use proptest::prelude::*;
use ruint::Uint;
use ruint::aliases::U512;

/// A number with room for its products.
fn doubled(number: U256) -> U512 {
    U512::from_limbs_slice(number.as_limbs())
}

// ---- inputs ------------------------------------------------------------------------

/// A positive double of any size that people meet, evenly spread over its logarithm.
fn size(low: f64, high: f64) -> impl Strategy<Value = f64> + Clone {
    (low.log10()..high.log10()).prop_map(|power| 10_f64.powf(power))
}

prop_compose! {
    fn pool()(
        total_alloc_point in 1_u32..100_000,
        share in 0.0..1.0_f64,
        emission in size(1e-9, 1e6),
        emission_secs in prop_oneof![Just(1.0), Just(0.45), Just(3.0), Just(12.0), size(0.1, 100.0)],
        token_price_usd in size(1e-6, 1e5),
        staked_usd in size(1.0, 1e10),
        year_secs in prop_oneof![Just(31_536_000.0), Just(31_556_952.0), Just(31_104_000.0)],
    ) -> AprInput {
        AprInput {
            alloc_point: 1.0 + (share * f64::from(total_alloc_point - 1)).floor(),
            total_alloc_point: f64::from(total_alloc_point),
            emission,
            emission_secs,
            token_price_usd,
            staked_usd,
            year_secs,
        }
    }
}

prop_compose! {
    fn deposit()(
        apr in size(1e-6, 5.0),
        periods_per_year in prop_oneof![Just(0.0), Just(1.0), Just(365.0), size(0.5, 1e8)],
        deposit_fee in 0.0..0.1_f64,
        performance_fee in 0.0..0.5_f64,
        on in prop_oneof![
            Just(PerformanceFeeOn::EachCompounding),
            Just(PerformanceFeeOn::FinalYield)
        ],
    ) -> Deposit {
        Deposit {
            apr,
            periods_per_year,
            year_secs: farm::YEAR_SECS,
            deposit_fee,
            performance_fee,
            performance_fee_on: Some(on),
        }
    }
}

/// An integer of any bit length up to 256.
fn integer() -> impl Strategy<Value = U256> {
    (any::<[u64; 4]>(), 0_usize..=256)
        .prop_map(|(limbs, bits)| U256::from_limbs(limbs).wrapping_shr(256 - bits))
}

/// Any bit pattern of a double, and those that hurt most.
fn hostile() -> impl Strategy<Value = f64> {
    let worst = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        f64::MIN_POSITIVE,
        5e-324,
        f64::MAX,
        f64::MIN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        f64::EPSILON,
        9_007_199_254_740_993.0,
    ];
    prop_oneof![
        any::<u64>().prop_map(f64::from_bits),
        proptest::sample::select(worst.to_vec()),
        size(1e-12, 1e12),
    ]
}

fn close(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * a.abs().max(b.abs())
}

// ---- APR ---------------------------------------------------------------------------

/// The inputs by name, to change one of them.
type Field = (&'static str, fn(&mut AprInput) -> &mut f64);
const FIELDS: [Field; 7] = [
    ("alloc_point", |input| &mut input.alloc_point),
    ("total_alloc_point", |input| &mut input.total_alloc_point),
    ("emission", |input| &mut input.emission),
    ("emission_secs", |input| &mut input.emission_secs),
    ("token_price_usd", |input| &mut input.token_price_usd),
    ("staked_usd", |input| &mut input.staked_usd),
    ("year_secs", |input| &mut input.year_secs),
];

proptest! {
    #[test]
    fn an_apr_is_the_product_of_its_inputs(input in pool()) {
        let found = farm::apr(&input).unwrap();
        let product = input.alloc_point * input.emission * input.year_secs * input.token_price_usd
            / (input.total_alloc_point * input.emission_secs * input.staked_usd);
        prop_assert!(close(found.apr, product, 1e-14));
        prop_assert!(close(found.tokens_per_day, found.tokens_per_second * 86_400.0, 1e-15));
        prop_assert!(close(found.tokens_per_year, found.tokens_per_second * input.year_secs, 1e-14));
        prop_assert!(close(found.usd_per_year, found.apr * input.staked_usd, 1e-14));
    }

    #[test]
    fn the_aprs_of_all_pools_share_out_the_emission(
        points in prop::collection::vec(0_u32..1000, 1..20),
        input in pool(),
    ) {
        let total: u32 = points.iter().sum();
        prop_assume!(total > 0);
        let emissions: f64 = points.iter().map(|points| {
            let pool = AprInput {
                alloc_point: f64::from(*points),
                total_alloc_point: f64::from(total),
                ..input
            };
            farm::apr(&pool).unwrap().pool_emission
        }).sum();
        prop_assert!(close(emissions, input.emission, 1e-14));
    }

    #[test]
    fn a_bad_input_is_refused_by_its_name(
        input in pool(),
        field in 0_usize..7,
        bad in prop_oneof![Just(-1.0), Just(f64::NAN), Just(f64::INFINITY), Just(f64::NEG_INFINITY)],
    ) {
        let (name, place) = FIELDS[field];
        let mut input = input;
        *place(&mut input) = bad;
        let Err(ErrorKind::Invalid { within: None, field, index: None, .. }) = farm::apr(&input).map_err(|error| error.kind()) else {
            return Err(TestCaseError::fail("accepted, or refused otherwise"));
        };
        prop_assert_eq!(*field, name);
    }

    #[test]
    fn columns_are_rows(
        pools in prop::collection::vec(pool(), 1..1300),
        shared in pool(),
        as_columns in any::<[bool; 7]>(),
    ) {
        // A field is either a column or the same for all.
        let mut rows = pools;
        for ((_, place), as_column) in FIELDS.iter().zip(as_columns) {
            if !as_column {
                rows.iter_mut().for_each(|row| *place(row) = *place(&mut shared.clone()));
            }
        }
        // Where points and total come from different pools, a row may be refused: at its index.
        let values = FIELDS.map(|(_, place)| {
            rows.iter_mut().map(|row| *place(row)).collect::<Vec<_>>()
        });
        let column = |number: usize| match as_columns[number] {
            true => Column::Each(&values[number]),
            false => Column::All(values[number][0]),
        };
        let columns = AprColumns {
            alloc_point: column(0),
            total_alloc_point: column(1),
            emission: column(2),
            emission_secs: column(3),
            token_price_usd: column(4),
            staked_usd: column(5),
            year_secs: column(6),
        };
        let mut out = vec![0.0; rows.len()];
        let expected: Vec<_> = rows.iter().map(farm::apr).collect();
        match farm::apr_columns(&columns, &mut out).map_err(|error| error.kind()) {
            Ok(()) => for (got, row) in out.iter().zip(expected) {
                prop_assert_eq!(got.to_bits(), row.unwrap().apr.to_bits());
            },
            Err(ErrorKind::Invalid { within: None, field, index: Some(index), .. }) => {
                prop_assert_eq!(expected.iter().position(Result::is_err), Some(index));
                prop_assert_eq!(*field, "alloc_point");
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn hostile_columns_are_hostile_rows(rows in prop::collection::vec(
        (hostile(), hostile(), hostile(), hostile(), hostile(), hostile(), hostile()), 1..40,
    )) {
        let inputs: Vec<AprInput> = rows.iter().map(|row| AprInput {
            alloc_point: row.0,
            total_alloc_point: row.1,
            emission: row.2,
            emission_secs: row.3,
            token_price_usd: row.4,
            staked_usd: row.5,
            year_secs: row.6,
        }).collect();
        let columns = FIELDS.map(|(_, place)| {
            inputs.iter().map(|input| *place(&mut input.clone())).collect::<Vec<_>>()
        });
        let each = |number: usize| Column::Each(&columns[number]);
        let mut out = vec![0.0; inputs.len()];
        let found = farm::apr_columns(&AprColumns {
            alloc_point: each(0),
            total_alloc_point: each(1),
            emission: each(2),
            emission_secs: each(3),
            token_price_usd: each(4),
            staked_usd: each(5),
            year_secs: each(6),
        }, &mut out);
        let first = inputs.iter().enumerate().find_map(|(index, input)| {
            farm::apr(input).err().map(|error| (index, error.kind()))
        });
        match (found.map_err(|error| error.kind()), first) {
            (Ok(()), None) => for (got, input) in out.iter().zip(&inputs) {
                prop_assert_eq!(got.to_bits(), farm::apr(input).unwrap().apr.to_bits());
            },
            (Err(ErrorKind::Invalid { field, index, expected, .. }),
                Some((at, ErrorKind::Invalid { field: name, expected: allowed, .. }))) => {
                prop_assert_eq!((index, field, expected), (Some(at), name, allowed));
            }
            (Err(error @ ErrorKind::Arithmetic { .. }), Some((_, at_first))) => {
                prop_assert_eq!(error, at_first);
            }
            (found, first) => prop_assert!(false, "{found:?} against {first:?}"),
        }
    }

    #[test]
    fn a_reward_is_the_floor_of_the_share(
        blocks in any::<u64>(),
        per_block in any::<u128>(),
        points in any::<u32>(),
        more in any::<u32>(),
    ) {
        let total = u64::from(points) + u64::from(more);
        prop_assume!(total > 0);
        let emitted = U512::from(blocks) * U512::from(per_block);
        let product = emitted * U512::from(points);
        let found = farm::reward(&farm::RewardInput {
            blocks: U256::from(blocks),
            per_block_raw: U256::from(per_block),
            alloc_point: U256::from(points),
            total_alloc_point: U256::from(total),
        }).unwrap();
        let found = doubled(found);
        prop_assert!(found <= emitted);
        prop_assert!(found * U512::from(total) <= product);
        prop_assert!((found + U512::from(1)) * U512::from(total) > product);
    }

    #[test]
    fn a_reward_beyond_256_bits_is_refused(
        blocks in integer(), per_block in integer(), some in integer(), others in integer(),
    ) {
        let (points, total) = (some.min(others), some.max(others));
        prop_assume!(!total.is_zero());
        let input = farm::RewardInput {
            blocks,
            per_block_raw: per_block,
            alloc_point: points,
            total_alloc_point: total,
        };
        let product = blocks.checked_mul(per_block).and_then(|emitted| emitted.checked_mul(points));
        let expected = product
            .map(|product| product / total)
            .ok_or(ErrorKind::Arithmetic { result: &"reward" });
        prop_assert_eq!(farm::reward(&input).map_err(|error| error.kind()), expected);
    }
}

// ---- compounding -------------------------------------------------------------------

proptest! {
    #[test]
    fn apy_and_apr_are_inverse(apr in size(1e-12, 50.0), n in size(0.1, 1e9)) {
        prop_assume!(n * (apr / n).ln_1p() < 600.0);
        let apy = farm::apy(apr, n).unwrap();
        // Near e^600 the digits of the exponent are lost in the yield, and back.
        let digits = 4e-16 * (4.0 + n * (apr / n).ln_1p());
        prop_assert!(close(farm::apr_from_apy(apy, n).unwrap(), apr, digits * (1.0 + apr / n)));
        let continuous = farm::apy_continuous(apr).unwrap();
        prop_assert!(close(farm::apr_from_apy_continuous(continuous).unwrap(), apr, 4e-15));
    }

    #[test]
    fn compounding_more_often_never_yields_less(
        apr in size(1e-9, 20.0), n in size(0.1, 1e7), more in 1.0..100.0_f64,
    ) {
        let [seldom, often] = [n, n * more].map(|n| farm::apy(apr, n).unwrap());
        let continuous = farm::apy_continuous(apr).unwrap();
        let simple = if n >= 1.0 { apr } else { 0.0 };
        // A few units of the last digit, magnified by the exponent.
        let slack = 1.0 + 1e-15 * (2.0 + apr);
        prop_assert!(simple <= seldom * slack);
        prop_assert!(seldom <= often * slack);
        prop_assert!(often <= continuous * slack);
    }

    #[test]
    fn a_tiny_rate_keeps_its_digits(apr in size(1e-300, 1e-17), n in size(1.0, 1e300)) {
        prop_assert!(close(farm::apy(apr, n).unwrap(), apr, 1e-15));
        prop_assert!(close(farm::apr_from_apy(apr, n).unwrap(), apr, 1e-15));
    }

    #[test]
    fn fees_are_taken_where_they_are_said_to_be(deposit in deposit(), days in size(1.0, 3650.0)) {
        let plain = Deposit { deposit_fee: 0.0, performance_fee: 0.0, ..deposit };
        let gross = farm::yield_after_fees(&plain, days).unwrap();
        let net = farm::yield_after_fees(&deposit, days).unwrap();
        prop_assert!(net <= gross);
        let (fee, n) = (deposit.performance_fee, deposit.periods_per_year);
        let years = days / 365.0;
        let growth = |rate: f64| match n > 0.0 {
            true => (n * years * (rate / n).ln_1p()).exp_m1(),
            false => rate * years,
        };
        let grown = match deposit.performance_fee_on.unwrap() {
            PerformanceFeeOn::EachCompounding => growth(deposit.apr * (1.0 - fee)),
            PerformanceFeeOn::FinalYield => growth(deposit.apr) * (1.0 - fee),
        };
        let expected = (1.0 - deposit.deposit_fee) * (1.0 + grown) - 1.0;
        prop_assert!((net - expected).abs() <= 1e-12 * (1.0 + expected.abs()));
        prop_assert!(net >= -deposit.deposit_fee);
    }

    #[test]
    fn a_target_is_met_by_its_principal(
        deposit in deposit(), days in size(1.0, 3650.0), target in size(1.0, 1e6),
    ) {
        match farm::principal_for(&deposit, days, target).map_err(|error| error.kind()) {
            Ok(principal) => {
                let row = farm::returns(&deposit, principal, &[days]).unwrap()[0];
                prop_assert!(close(row.gain_usd, target, 1e-15));
                prop_assert!(close(row.value_usd, principal + target, 1e-14));
            }
            Err(ErrorKind::Invalid { field, .. }) => {
                prop_assert_eq!(*field, "days");
                prop_assert!(farm::yield_after_fees(&deposit, days).unwrap() <= 0.0);
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn the_best_compounding_beats_every_other(
        apr in size(0.01, 20.0),
        principal in size(10.0, 1e6),
        relative_cost in size(1e-5, 1.0),
        days in size(1.0, 730.0),
    ) {
        let cost = principal * relative_cost;
        let best = farm::best_compounding(&farm::BestCompoundingInput {
            apr, principal_usd: principal, cost_usd: cost, days, year_secs: farm::YEAR_SECS,
        }).unwrap();
        // By the model itself: k times harvest, pay, stake; then the last span.
        let end = |k: u32| {
            let per_span = apr * days / 365.0 / f64::from(k + 1);
            let staked = (0..k).fold(principal, |staked, _| staked + staked * per_span - cost);
            staked + staked * per_span
        };
        let most = (4.0 * best.compoundings).max(50.0) as u32;
        prop_assume!(most < 20_000);
        let ends: Vec<f64> = (0..=most).map(end).collect();
        let highest = ends.iter().copied().fold(0.0, f64::max);
        let slack = 1e-12 * highest;
        let at_best = ends[best.compoundings as usize];
        prop_assert!((best.final_usd - at_best).abs() <= slack);
        prop_assert!(highest - at_best <= slack);
        // Wherever doubles can tell two numbers apart, it is the very one.
        let argmax = ends.iter().position(|end| *end == highest).unwrap();
        let second = ends.iter().enumerate().filter(|(k, _)| *k != argmax).map(|(_, end)| *end);
        if highest - second.fold(0.0, f64::max) > slack {
            prop_assert_eq!(best.compoundings as usize, argmax);
        }
        prop_assert!((best.simple_final_usd - ends[0]).abs() <= slack);
        prop_assert!((best.gain_usd - (best.final_usd - principal)).abs() <= slack);
        prop_assert!(close(best.cost_usd, cost * best.compoundings, 1e-15));
        prop_assert!(close(best.interval_secs, days * 86_400.0 / (best.compoundings + 1.0), 1e-15));
    }

    #[test]
    fn an_aggregator_multiplies_what_it_compounds(
        farm_apr in size(1e-4, 5.0),
        n in size(1.0, 10_000.0),
        share in 0.0..=1.0_f64,
        fee in 0.0..0.5_f64,
        trading_apr in 0.0..1.0_f64,
        other in 0.0..1.0_f64,
    ) {
        let vault = farm::aggregator_apy(&farm::AggregatorInput {
            farm_apr,
            periods_per_year: n,
            compounded_share: share,
            performance_fee: fee,
            trading_apr,
            not_compounded_apr: other,
        }).unwrap();
        let compounded = farm::apy(farm_apr * share * (1.0 - fee), n).unwrap();
        let expected = (1.0 + compounded) * (1.0 + trading_apr) - 1.0
            + farm_apr * (1.0 - share) * (1.0 - fee) + other;
        prop_assert_eq!(vault.compounded_apy, compounded);
        prop_assert!((vault.total_apy - expected).abs() <= 1e-14 * (1.0 + expected));
    }
}

// ---- LP ----------------------------------------------------------------------------

proptest! {
    #[test]
    fn impermanent_loss_is_a_loss(k in size(1e-6, 1e6)) {
        let loss = farm::impermanent_loss(k).unwrap();
        prop_assert!((-1.0..=0.0).contains(&loss));
        // It does not matter which coin the price is of.
        prop_assert!(close(loss, farm::impermanent_loss(1.0 / k).unwrap(), 1e-9) || loss > -1e-15);
        prop_assert!((loss - (2.0 * k.sqrt() / (1.0 + k) - 1.0)).abs() < 1e-15);
    }

    #[test]
    fn weights_generalise_impermanent_loss(k in size(1e-4, 1e4), weight in 0.001..0.999_f64) {
        let loss = farm::impermanent_loss_weighted(k, weight).unwrap();
        prop_assert!((-1.0..=1e-15).contains(&loss));
        let held = weight * k + 1.0 - weight;
        prop_assert!((loss - (k.powf(weight) / held - 1.0)).abs() < 1e-15 + 4e-16 / held);
        let half = farm::impermanent_loss_weighted(k, 0.5).unwrap();
        prop_assert!((half - farm::impermanent_loss(k).unwrap()).abs() < 1e-15);
    }

    #[test]
    fn a_range_gives_up_what_it_concentrates(
        k in size(1e-3, 1e3),
        below in size(1.001, 100.0),
        above in size(1.001, 100.0),
    ) {
        let (lower, upper) = (1.0 / below, above);
        let loss = farm::impermanent_loss_range(k, lower, upper).unwrap();
        prop_assert!((-1.0..=0.0).contains(&loss));
        let holdings = |price: f64| {
            let root = price.clamp(lower, upper).sqrt();
            (1.0 / root - 1.0 / upper.sqrt(), root - lower.sqrt())
        };
        let ((x, y), (x_in, y_in)) = (holdings(k), holdings(1.0));
        let expected = (x * k + y) / (x_in * k + y_in) - 1.0;
        prop_assert!((loss - expected).abs() < 1e-11);
        if (lower..=upper).contains(&k) {
            // The same loss in USD as on the whole curve, from less money.
            let whole = farm::impermanent_loss(k).unwrap() * (1.0 + k);
            prop_assert!((loss * (x_in * k + y_in) - whole).abs() < 1e-14 * (1.0 + k));
            prop_assert!(loss <= farm::impermanent_loss(k).unwrap());
        }
    }

    #[test]
    fn the_widest_range_is_the_whole_curve(k in size(1e-3, 1e3)) {
        let loss = farm::impermanent_loss_range(k, 1e-30, 1e30).unwrap();
        prop_assert!((loss - farm::impermanent_loss(k).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn an_entry_outside_the_range_holds_one_coin(k in size(1e-3, 1e3), low in 1.1..2.0_f64) {
        // Price 1 is below the range: only coin 0 is held until the price enters it.
        let loss = farm::impermanent_loss_range(k, low, low * 2.0).unwrap();
        prop_assert!((-1.0..=0.0).contains(&loss));
        prop_assert_eq!(loss == 0.0, k <= low);
    }

    #[test]
    fn staked_lp_tokens_are_a_share_of_the_pool(
        reserves in (1_u64.., 1_u64..),
        decimals in (0_u32..=18, 0_u32..=18),
        prices in (size(1e-6, 1e6), size(1e-6, 1e6)),
        supply in 1_u128..,
        staked in any::<u128>(),
    ) {
        let input = farm::LpInput {
            reserve0_raw: U256::from(reserves.0),
            reserve1_raw: U256::from(reserves.1),
            decimals0: decimals.0,
            decimals1: decimals.1,
            price0_usd: prices.0,
            price1_usd: prices.1,
            total_supply_raw: U256::from(supply),
            staked_raw: U256::from(staked % supply),
        };
        let value = farm::lp_value(&input).unwrap();
        let side = |reserve: u64, decimals: u32, price: f64| {
            reserve as f64 / 10_f64.powi(decimals.cast_signed()) * price
        };
        let sides = (
            side(reserves.0, decimals.0, prices.0),
            side(reserves.1, decimals.1, prices.1),
        );
        prop_assert!(close(value.pool_usd, sides.0 + sides.1, 1e-14));
        prop_assert!(close(value.staked_usd, value.pool_usd * value.staked_share, 1e-15));
        prop_assert!(close(value.lp_price_usd * supply as f64 / 1e18, value.pool_usd, 1e-14));
        // The geometric mean is at most the arithmetic one, and equal for a balanced pool.
        prop_assert!(value.fair_staked_usd <= value.staked_usd * (1.0 + 1e-14));
        let balanced = farm::lp_value(&farm::LpInput {
            reserve1_raw: input.reserve0_raw,
            decimals1: input.decimals0,
            price1_usd: input.price0_usd,
            ..input
        }).unwrap();
        prop_assert!(close(balanced.fair_staked_usd, balanced.staked_usd, 1e-14));
        prop_assert!(close(balanced.staked_twice0_usd, balanced.staked_usd, 1e-14));
    }
}

// ---- checking ----------------------------------------------------------------------

proptest! {
    #[test]
    fn a_figure_rounded_from_the_true_one_matches(
        input in pool(), decimals in 0_usize..6, percent in any::<bool>(), spaced in any::<bool>(),
    ) {
        let apr = farm::apr(&input).unwrap().apr;
        let figure = if percent { apr * 100.0 } else { apr };
        // Rounding the rounded product once more may go the other way at a tie.
        let scaled = figure * 10_f64.powi(decimals as i32);
        if scaled > 1e10 || ((scaled - scaled.floor()) - 0.5).abs() < 1e-3 {
            return Ok(());
        }
        let unit = if percent { if spaced { " %" } else { "%" } } else { "" };
        let displayed = format!("{figure:.decimals$}{unit}");
        let check = farm::verify_apr(&input, &displayed).unwrap();
        prop_assert_eq!(check.verdict, Verdict::Matches);
        let k = check.k.unwrap();
        prop_assert!(k.low <= 1.0 && 1.0 <= k.high && check.causes.is_empty());
        prop_assert!(check.displayed.low <= apr && apr < check.displayed.high);
    }

    #[test]
    fn every_cause_gives_the_displayed_figure(input in pool(), off in size(1e-3, 1e3)) {
        let apr = farm::apr(&input).unwrap().apr;
        prop_assume!(apr * off * 100.0 < 1e20);
        let check = farm::verify_apr(&input, &format!("{:.2}%", apr * off * 100.0)).unwrap();
        for cause in &check.causes {
            prop_assert!((1..=2).contains(&cause.names.len()));
            prop_assert_eq!(cause.names.len(), check.causes[0].names.len());
            let shown = cause.factor * apr;
            // A figure that was cut off lies up to one unit of the last digit above.
            let high = if cause.names.contains(&"cutOff") { 1e-4 } else { 0.0 };
            prop_assert!(shown >= check.displayed.low * (1.0 - 1e-14));
            prop_assert!(shown <= (check.displayed.high + high) * (1.0 + 1e-14));
        }
        prop_assert_eq!(check.causes.is_empty(), check.verdict != Verdict::Explained);
        let (k, mid) = (check.k.unwrap(), check.k_mid.unwrap());
        prop_assert!(k.low <= mid && mid <= k.high);
    }

    #[test]
    fn a_stale_block_time_is_found_first(
        input in pool(),
        millionths in 1_000_u32..,
        real in prop::sample::select(vec![0.45, 0.75, 1.5]),
    ) {
        let displayed = format!("{}%", from_raw(U256::from(millionths), 6).unwrap());
        let shown = f64::from(millionths) / 1e8;
        let stale = AprInput { emission_secs: 3.0, ..input };
        let staked_usd = stale.staked_usd * farm::apr(&stale).unwrap().apr / shown;
        let check = farm::verify_apr(&AprInput { staked_usd, emission_secs: real, ..input }, &displayed);
        let check = check.unwrap();
        prop_assert_eq!(check.verdict, Verdict::Explained);
        prop_assert_eq!(&check.causes[0].names, &["blockTime"]);
        prop_assert!(close(check.causes[0].factor, real / 3.0, 1e-14));
    }

    #[test]
    fn a_pool_that_pays_nothing_has_no_ratio(input in pool(), shown in 1_u32..1000) {
        for idle in [AprInput { alloc_point: 0.0, ..input }, AprInput { emission: 0.0, ..input }] {
            let check = farm::verify_apr(&idle, &format!("{shown}%")).unwrap();
            prop_assert_eq!(check.verdict, Verdict::PaysNothing);
            prop_assert_eq!((check.k, check.k_mid, check.computed.apr), (None, None, 0.0));
            let check = farm::verify_apr(&idle, "0%").unwrap();
            prop_assert_eq!(check.verdict, Verdict::Matches);
        }
    }

    #[test]
    fn any_text_is_read_or_refused(input in pool(), text in "[0-9.,% +e-]{0,12}|\\PC{0,8}") {
        match farm::verify_apr(&input, &text).map_err(|error| error.kind()) {
            Ok(check) => prop_assert!(check.displayed.low < check.displayed.high),
            Err(ErrorKind::Invalid { field, .. }) => prop_assert_eq!(*field, "displayed"),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn the_parts_of_a_comparison_add_up(mine in pool(), theirs in pool(), same in any::<[bool; 7]>()) {
        let mut theirs = theirs;
        for ((_, place), same) in FIELDS.iter().zip(same) {
            if same {
                *place(&mut theirs) = *place(&mut mine.clone());
            }
        }
        theirs.total_alloc_point = theirs.total_alloc_point.max(theirs.alloc_point);
        let found = farm::compare_apr(&mine, &theirs).unwrap();
        let sum = found.parts.iter().fold(0.0, |sum, part| sum + part.log);
        prop_assert_eq!(found.log_ratio.to_bits(), sum.to_bits());
        prop_assert!((found.log_ratio - found.ratio.ln()).abs() <= 1e-12);
        prop_assert_eq!(found.ratio, found.theirs.apr / found.mine.apr);
        let differ = FIELDS.iter().filter(|(_, place)| {
            place(&mut mine.clone()) != place(&mut theirs.clone())
        });
        let names: Vec<_> = found.parts.iter().map(|part| part.field).collect();
        prop_assert_eq!(names, differ.map(|(name, _)| *name).collect::<Vec<_>>());
        let back = farm::compare_apr(&theirs, &mine).unwrap();
        prop_assert!((back.log_ratio + found.log_ratio).abs() <= 1e-12);
    }

    #[test]
    fn a_proof_is_canonical(input in pool(), origin in "\\PC{0,20}", shown in 0_u32..1000) {
        let record = farm::ProofInput {
            apr: input,
            displayed: Some(format!("{shown}%")),
            origins: vec![farm::Origin { field: "stakedUsd".into(), origin, date: None }],
        };
        let proof = farm::proof(&record).unwrap();
        prop_assert_eq!(&proof, &farm::proof(&record).unwrap());
        let value: serde_json::Value = serde_json::from_str(&proof.json).unwrap();
        // serde_json writes sorted names too; its numbers differ in form, not in value.
        let round: serde_json::Value = serde_json::from_str(&value.to_string()).unwrap();
        prop_assert_eq!(&round, &value);
        prop_assert_eq!(value["result"]["apr"].as_f64(), Some(farm::apr(&input).unwrap().apr));
        prop_assert_eq!(value["inputs"][5]["origin"].as_str(), Some(&*record.origins[0].origin));
        prop_assert_eq!(value["steps"].as_array().map(Vec::len), Some(proof.steps.len()));
        prop_assert_eq!(proof.sha256.len(), 64);
        let last = proof.steps.last().unwrap();
        prop_assert_eq!((last.name, last.value), ("apr", farm::apr(&input).unwrap().apr));
    }
}

// ---- decimals ----------------------------------------------------------------------

proptest! {
    #[test]
    fn decimal_text_and_raw_integer_are_inverse(raw in integer(), decimals in 0_u32..=77) {
        let text = from_raw(raw, decimals).unwrap();
        prop_assert_eq!(to_raw(&text, decimals), Ok(raw));
        prop_assert!(!text.contains('.') || !text.ends_with('0'));
        prop_assert!(text == "0" || !text.starts_with("00"));
    }

    #[test]
    fn surplus_digits_are_refused(raw in integer(), decimals in 1_u32..=77) {
        let text = from_raw(raw, decimals).unwrap();
        let digits = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        if let Some(fewer) = digits.checked_sub(1) {
            let refused = to_raw(&text, fewer as u32);
            let by_name = matches!(refused.map_err(|error| error.kind()), Err(ErrorKind::Invalid { field: &"text", .. }));
            prop_assert!(by_name);
        }
    }

    #[test]
    fn a_raw_integer_becomes_the_nearest_double(raw in integer(), decimals in 0_u32..=77) {
        // The standard library rounds decimal texts correctly.
        let nearest: f64 = format!("{raw}e-{decimals}").parse().unwrap();
        prop_assert_eq!(to_f64(raw, decimals).unwrap().to_bits(), nearest.to_bits());
    }

    #[test]
    fn ties_go_to_even(
        mantissa in (1_u64 << 52)..(1_u64 << 53), up in 1_usize..200, bit in any::<usize>(),
    ) {
        // Half-way between two doubles, and beside it by as little as one unit.
        let tie = (U256::from(mantissa) * U256::from(2_u64) + U256::from(1_u64)).wrapping_shl(up);
        let beside = U256::from(1_u64).wrapping_shl(bit % up);
        for raw in [tie, tie - beside, tie + beside] {
            let nearest: f64 = raw.to_string().parse().unwrap();
            prop_assert_eq!(to_f64(raw, 0).unwrap().to_bits(), nearest.to_bits());
        }
    }

    #[test]
    fn any_text_is_an_amount_or_refused(text in "[0-9.]{0,90}|\\PC{0,12}", decimals in 0_u32..=80) {
        if let Ok(raw) = to_raw(&text, decimals) {
            let number: f64 = text.parse().unwrap();
            prop_assert!(close(to_f64(raw, decimals).unwrap(), number, 1e-15));
        }
    }
}

// ---- lending -----------------------------------------------------------------------

/// Numbers with 320 bits behind the binary point and 192 before it.
type Wide = Uint<1024, 16>;
const POINT: usize = 320;

fn wide(integer: u128) -> Wide {
    Wide::from(integer) << POINT
}

/// ln(1 + x) for 0 ≤ x ≤ 1/4 by its own series, within 2^−300.
fn ln_1p(x: Wide) -> Wide {
    let (mut power, mut sum, mut sign) = (x, Wide::ZERO, true);
    let mut n = 1_u32;
    while !power.is_zero() {
        let term = power / Wide::from(n);
        sum = if sign { sum + term } else { sum - term };
        power = (power * x) >> POINT;
        (n, sign) = (n + 1, !sign);
    }
    sum
}

/// ln(y) for y ≥ 1: fifths are taken off until less than 1/4 above 1 is left.
fn ln(mut y: Wide) -> Wide {
    let fifth = ln_1p(wide(1) / Wide::from(5));
    let mut sum = Wide::ZERO;
    while y > wide(1) + (wide(1) >> 2_usize) {
        y = y * Wide::from(5) / Wide::from(6);
        sum += fifth;
    }
    sum + ln_1p(y - wide(1))
}

/// 1 + apy, exactly: an apy of at least 2^−200 has no bit below 2^−253.
fn one_plus(apy: f64) -> Wide {
    let bits = apy.to_bits();
    let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
    let exponent = i32::try_from(bits >> 52).unwrap() - 1075 + POINT as i32;
    wide(1) + (Wide::from(mantissa) << usize::try_from(exponent).unwrap())
}

proptest! {
    #[test]
    fn a_base_rate_yields_the_apy_and_the_next_one_more(apy in size(1e-13, 1e6)) {
        let rate = lending::base_rate(apy).unwrap();
        let target = ln(one_plus(apy));
        let yields = |rate: U256| {
            let per_second = (Wide::from_limbs_slice(rate.as_limbs()) << POINT) / Wide::from(10_u64.pow(18));
            ln_1p(per_second) * Wide::from(31_536_000)
        };
        let error = wide(1) >> 250_usize;
        prop_assert!(yields(rate) < target + error);
        prop_assert!(yields(rate + U256::from(1_u64)) > target - error);
        // The two tests decide: no yield is that near to the target but that of rate 0.
        let nearer = |rate: U256| yields(rate).abs_diff(target) <= error;
        prop_assert!(!nearer(rate + U256::from(1_u64)) && (rate.is_zero() || !nearer(rate)));
    }

    #[test]
    fn lenders_earn_at_most_what_borrowers_pay(
        rate in 0_u64..1_000_000_000_000, debt in any::<u64>(), idle in any::<u64>(), fee in any::<u64>(),
    ) {
        let assets = U256::from(debt) + U256::from(idle);
        prop_assume!(!assets.is_zero());
        let wad = 10_u64.pow(18);
        let (rate, debt) = (U256::from(rate), U256::from(debt));
        let paid = lending::borrow_apr(rate).unwrap();
        let gross = lending::lend_apr(rate, debt, assets, None).unwrap();
        let net = lending::lend_apr(rate, debt, assets, Some(U256::from(fee % wad))).unwrap();
        prop_assert!(net <= gross && gross <= paid);
        prop_assert!(gross * assets <= paid * debt);
        prop_assert!((gross + U256::from(1_u64)) * assets > paid * debt);
        prop_assert_eq!(lending::lend_apr(rate, debt, assets, Some(U256::ZERO)), Ok(gross));
        prop_assert_eq!(lending::lend_apr(rate, debt, assets, Some(U256::from(wad))), Ok(U256::ZERO));
        let apr = to_f64(paid, 18).unwrap();
        prop_assert!(close(lending::borrow_apy(rate).unwrap(), apr.exp_m1(), 1e-15));
        let per_second = lending::borrow_apy_per_second(rate).unwrap();
        prop_assert!(per_second <= lending::borrow_apy(rate).unwrap() * (1.0 + 1e-15));
    }

    #[test]
    fn rays_multiply_and_divide_to_the_nearest(a in integer(), b in integer()) {
        let ray = U512::from(10).pow(U512::from(27));
        let (wide_a, wide_b) = (doubled(a), doubled(b));
        let fits = |value: U512| value.bit_len() <= 256;
        let rounded_mul = wide_a * wide_b + ray / U512::from(2);
        match lending::ray_mul(a, b) {
            Ok(product) => prop_assert_eq!(doubled(product), rounded_mul / ray),
            Err(_) => prop_assert!(!fits(rounded_mul)),
        }
        let rounded_div = wide_a * ray + wide_b / U512::from(2);
        match lending::ray_div(a, b).map_err(|error| error.kind()) {
            Ok(quotient) => prop_assert_eq!(doubled(quotient), rounded_div / wide_b),
            Err(ErrorKind::Invalid { field: &"b", .. }) => prop_assert!(b.is_zero()),
            Err(_) => prop_assert!(!fits(rounded_div)),
        }
    }

    #[test]
    fn an_aave_index_grows(rate in 0_u128..10_u128.pow(27), secs in 0_u64..100_000_000) {
        let ray = U256::from(10_u128.pow(27));
        let (rate, secs) = (U256::from(rate), U256::from(secs));
        let linear = lending::aave_linear_index(ray, rate, secs).unwrap();
        let compounded = lending::aave_compounded_index(ray, rate, secs).unwrap();
        prop_assert!(ray <= linear && linear <= compounded);
        // Three terms of the series: below the whole of it.
        let growth = to_f64(rate, 27).unwrap() * to_f64(secs, 0).unwrap() / 31_536_000.0;
        prop_assert!(to_f64(compounded, 27).unwrap() <= growth.exp() * (1.0 + 1e-12));
        let sdk = lending::aave_sdk_compounded(rate, secs).unwrap();
        // The SDK drops up to one unit of 10^-27 of each power of the rate per second.
        let e = to_f64(secs, 0).unwrap();
        let dropped = (e + e * e / 2.0 + e * e * e / 6.0) / 1e27;
        prop_assert!(close(to_f64(sdk, 27).unwrap(), to_f64(compounded, 27).unwrap(), 1e-12 + dropped));
        let sdk = lending::aave_sdk_linear(rate, secs).unwrap();
        prop_assert!(close(to_f64(sdk, 27).unwrap(), to_f64(linear, 27).unwrap(), 1e-12));
    }

    #[test]
    fn a_compound_rate_compounds_daily(rate in 1_u64..10_u64.pow(13), blocks in size(1000.0, 1e5)) {
        let daily = rate as f64 / 1e18 * blocks;
        let found = lending::compound_v2_apy(U256::from(rate), blocks).unwrap();
        prop_assert!(close(found, (365.0 * daily.ln_1p()).exp_m1(), 1e-13));
    }
}

// ---- hostile inputs ----------------------------------------------------------------

/// Fails on NaN and on infinities; on an error, that it speaks for itself.
fn sound<T>(what: &str, found: llamath::Result<T>, numbers: impl FnOnce(T) -> Vec<f64>) {
    match found {
        Ok(found) => {
            let numbers = numbers(found);
            assert!(numbers.iter().all(|number| number.is_finite()), "{what}: {numbers:?}");
        }
        Err(error) => {
            let says = error.to_string();
            assert!(says.ends_with('.') && ["invalid", "arithmetic"].contains(&error.code()));
        }
    }
}

fn of_apr(apr: &farm::Apr) -> Vec<f64> {
    vec![
        apr.weight,
        apr.emissions_per_year,
        apr.pool_emission,
        apr.tokens_per_second,
        apr.tokens_per_day,
        apr.tokens_per_year,
        apr.usd_per_year,
        apr.apr,
        apr.year_secs,
    ]
}

proptest! {
    #[test]
    fn no_bit_pattern_gives_an_unsound_number(
        x in prop::array::uniform14(hostile()),
        sides in any::<[u64; 8]>(),
        decimals in (0_u32..=80, 0_u32..=80),
        text in "[0-9]{1,28}(\\.[0-9]{1,6})?%?",
    ) {
        let one = |number: f64| vec![number];
        sound("apy", farm::apy(x[0], x[1]), one);
        sound("apy_continuous", farm::apy_continuous(x[0]), one);
        sound("apr_from_apy", farm::apr_from_apy(x[0], x[1]), one);
        sound("apr_from_apy_continuous", farm::apr_from_apy_continuous(x[0]), one);
        sound("weight", farm::weight(x[0], x[1]), one);
        sound("impermanent_loss", farm::impermanent_loss(x[0]), one);
        sound("weighted", farm::impermanent_loss_weighted(x[0], x[1]), one);
        sound("range", farm::impermanent_loss_range(x[0], x[1], x[2]), one);

        let input = |x: &[f64]| AprInput {
            alloc_point: x[0],
            total_alloc_point: x[1],
            emission: x[2],
            emission_secs: x[3],
            token_price_usd: x[4],
            staked_usd: x[5],
            year_secs: x[6],
        };
        let (mine, theirs) = (input(&x[..7]), input(&x[7..]));
        sound("apr", farm::apr(&mine), |found| {
            assert_eq!(found.apr == 0.0, mine.alloc_point == 0.0 || mine.emission == 0.0);
            of_apr(&found)
        });
        sound("compare", farm::compare_apr(&mine, &theirs), |found| {
            let mut numbers = vec![found.ratio, found.log_ratio];
            numbers.extend(found.parts.iter().flat_map(|part| [part.factor, part.log]));
            numbers
        });
        sound("verify", farm::verify_apr(&mine, &text), |found| {
            let mut numbers = vec![found.displayed.low, found.displayed.high];
            numbers.extend(found.k.iter().flat_map(|k| [k.low, k.high]));
            numbers.extend(found.k_mid);
            numbers.extend(found.causes.iter().map(|cause| cause.factor));
            numbers
        });
        let record = farm::ProofInput { apr: mine, displayed: Some(text), origins: Vec::new() };
        sound("proof", farm::proof(&record), |found| {
            found.steps.iter().map(|step| step.value).collect()
        });

        for on in [PerformanceFeeOn::EachCompounding, PerformanceFeeOn::FinalYield] {
            let deposit = Deposit {
                apr: x[0],
                periods_per_year: x[1],
                year_secs: x[2],
                deposit_fee: x[3],
                performance_fee: x[4],
                performance_fee_on: Some(on),
            };
            sound("yield", farm::yield_after_fees(&deposit, x[5]), one);
            sound("principal", farm::principal_for(&deposit, x[5], x[6]), one);
            sound("returns", farm::returns(&deposit, x[6], &[x[5], x[7]]), |rows| {
                rows.iter().flat_map(|row| [row.yield_, row.gain_usd, row.value_usd]).collect()
            });
        }
        let best = farm::BestCompoundingInput {
            apr: x[0],
            principal_usd: x[1],
            cost_usd: x[2],
            days: x[3],
            year_secs: x[4],
        };
        sound("best", farm::best_compounding(&best), |best| vec![
            best.compoundings,
            best.interval_secs,
            best.final_usd,
            best.gain_usd,
            best.cost_usd,
            best.net_apr,
            best.simple_final_usd,
        ]);
        let vault = farm::AggregatorInput {
            farm_apr: x[0],
            periods_per_year: x[1],
            compounded_share: x[2],
            performance_fee: x[3],
            trading_apr: x[4],
            not_compounded_apr: x[5],
        };
        sound("aggregator", farm::aggregator_apy(&vault), |found| {
            vec![found.compounded_apy, found.total_apy]
        });
        let big = |low: u64, high: u64| U256::from(low).wrapping_shl((high % 257) as usize);
        let lp = farm::LpInput {
            reserve0_raw: big(sides[0], sides[1]),
            reserve1_raw: big(sides[2], sides[3]),
            decimals0: decimals.0,
            decimals1: decimals.1,
            price0_usd: x[0],
            price1_usd: x[1],
            total_supply_raw: big(sides[4], sides[5]),
            staked_raw: big(sides[6], sides[7]),
        };
        sound("lp", farm::lp_value(&lp), |value| vec![
            value.pool_usd,
            value.staked_share,
            value.staked_usd,
            value.staked_twice0_usd,
            value.fair_staked_usd,
            value.lp_price_usd,
        ]);

        let none = |_| Vec::new();
        sound("base_rate", lending::base_rate(x[0]), none);
        sound("base_rate_as_deployed", lending::base_rate_as_deployed(x[0]), none);
        sound("compound", lending::compound_v2_apy(lp.staked_raw, x[0]), one);
    }

    #[test]
    fn no_integer_panics(a in integer(), b in integer(), c in integer(), d in integer()) {
        let none = |_| Vec::new();
        let one = |number: f64| vec![number];
        sound("borrow_apr", lending::borrow_apr(a), none);
        sound("borrow_apy", lending::borrow_apy(a), one);
        sound("borrow_apy_per_second", lending::borrow_apy_per_second(a), one);
        sound("lend_apr", lending::lend_apr(a, b, c, Some(d)), none);
        sound("lend_apy", lending::lend_apy(a, b, c), one);
        sound("aave_linear_index", lending::aave_linear_index(a, b, c), none);
        sound("aave_compounded_index", lending::aave_compounded_index(a, b, c), none);
        sound("aave_sdk_linear", lending::aave_sdk_linear(a, b), none);
        sound("aave_sdk_compounded", lending::aave_sdk_compounded(a, b), none);
        sound("aave_sdk_compounded_rate", lending::aave_sdk_compounded_rate(a, b), none);
        sound("ray_mul", lending::ray_mul(a, b), none);
        sound("ray_div", lending::ray_div(a, b), none);
    }
}
