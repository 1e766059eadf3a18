//! Single cases with known answers: edges, refusals, and what each mistake looks like.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use llamath::decimal::{U256, from_raw, to_f64, to_raw};
use llamath::farm::{self, AprColumns, AprInput, Column, Deposit, Verdict};
use llamath::{ErrorKind, lending};

fn close(a: f64, b: f64, relative: f64) -> bool {
    (a - b).abs() <= relative * a.abs().max(b.abs())
}

/// pickle-ui issue 145: 480.4 % shown as 178 %.
#[test]
fn the_pickle_figure_is_explained_honestly() {
    let input = AprInput {
        alloc_point: 10.0,
        total_alloc_point: 130.0,
        emission: 0.00769230769,
        emission_secs: 1.0,
        token_price_usd: 10.37,
        staked_usd: 40_277.807_538_537_63,
        year_secs: farm::YEAR_SECS,
    };
    let check = farm::verify_apr(&input, "178 %").unwrap();
    assert!(close(check.computed.apr, 4.804_330_062_2, 1e-10));
    assert!(close(check.k_mid.unwrap(), 0.370_499_1, 1e-7));
    // Un-compounding alone gives 175.9 % (continuous), 176.3 % (daily), 178.9 % (weekly) or
    // 189.4 % (monthly): none of them rounds to 178 %, but the weekly one is cut off to it.
    assert_eq!(check.verdict, Verdict::Explained);
    let names: Vec<_> = check.causes.iter().map(|cause| cause.names.clone()).collect();
    assert!(names.iter().all(|names| names.len() == 2), "{names:?}");
    let weekly = check
        .causes
        .iter()
        .find(|cause| cause.names.contains(&"aprAsApy") && cause.names.contains(&"cutOff"));
    assert!(weekly.is_some_and(|cause| cause.says.contains("weekly")), "{names:?}");
    // One digit more, 177.9 %, and no known mistake gives it.
    let check = farm::verify_apr(&input, "178.000%").unwrap();
    assert!(check.causes.iter().all(|cause| close(cause.factor, 1.78 / check.computed.apr, 1e-5)));
}

#[test]
fn displayed_figures_are_read_as_people_write_them() {
    let input = AprInput {
        alloc_point: 1.0,
        total_alloc_point: 1.0,
        emission: 1.0,
        emission_secs: 1.0,
        token_price_usd: 1.0,
        staked_usd: farm::YEAR_SECS,
        year_secs: farm::YEAR_SECS,
    };
    for (text, low, high) in [
        ("178%", 1.775, 1.785),
        (" 178 % ", 1.775, 1.785),
        ("1.78", 1.775, 1.785),
        ("1,234.5%", 12.3445, 12.3455),
        ("12,345,678 %", 123_456.775, 123_456.785),
        ("0%", 0.0, 0.005),
        ("0.00%", 0.0, 0.00005),
    ] {
        let shown = farm::verify_apr(&input, text).unwrap().displayed;
        assert_eq!((shown.low, shown.high), (low, high), "{text}");
    }
    for text in [
        "", "%", ".", ".5%", "5.%", "-5%", "+5%", "1e3%", "12,34%", "1,2345", ",123", "3.2x", "5%%",
    ] {
        let refused = farm::verify_apr(&input, text);
        assert!(
            matches!(
                refused.map_err(|error| error.kind()),
                Err(ErrorKind::Invalid { field: &"displayed", .. })
            ),
            "{text}"
        );
    }
}

/// Beyond 2^53 doubles skip whole numbers: a search that counts them must not go there.
#[test]
fn the_best_compounding_is_found_or_refused_at_once() {
    for (days, cost_usd) in [(1e290, 1e-280), (1e15, 1e-30), (1e6, 1e-12), (1.0, 1e-12)] {
        let found = farm::best_compounding(&farm::BestCompoundingInput {
            apr: 365.0 / days,
            principal_usd: 1.0,
            cost_usd,
            days,
            year_secs: farm::YEAR_SECS,
        });
        match found.map_err(|error| error.kind()) {
            Ok(best) => assert!(best.interval_secs >= 1.0 && best.compoundings < 1e16),
            Err(ErrorKind::Invalid { field: &"cost_usd", .. }) => assert!(days < 1e7),
            Err(ErrorKind::Arithmetic { result: &"compoundings" }) => assert!(days > 1e200),
            Err(other) => panic!("{days}: {other}"),
        }
    }
}

/// Texts and numbers of a record as RFC 8785 writes them.
#[test]
fn a_proof_is_these_bytes() {
    let input = AprInput {
        alloc_point: 10.0,
        total_alloc_point: 92.0,
        emission: 0.5,
        emission_secs: 3.0,
        token_price_usd: 1e-7,
        staked_usd: 1e21,
        year_secs: farm::YEAR_SECS,
    };
    let origins = vec![farm::Origin {
        field: "allocPoint".into(),
        origin: "poolInfo \"3\"\n\u{1}€".into(),
        date: Some("2026-11-20".into()),
    }];
    let proof = farm::proof(&farm::ProofInput { apr: input, displayed: None, origins }).unwrap();
    let start = r#"{"inputs":[{"date":"2026-11-20","name":"allocPoint","origin":"poolInfo \"3\"\n\u0001€","unit":"points","value":10},"#;
    assert!(proof.json.starts_with(start), "{}", proof.json);
    assert!(proof.json.contains(r#""name":"tokenPriceUsd","unit":"USD","value":1e-7}"#));
    assert!(proof.json.contains(r#""name":"stakedUsd","unit":"USD","value":1e+21}"#));
    let unknown = farm::Origin { field: "apr".into(), origin: String::new(), date: None };
    let known = farm::Origin { field: "emission".into(), ..unknown.clone() };
    for (origins, index) in [(vec![known.clone(), unknown], 1), (vec![known.clone(), known], 1)] {
        let refused = farm::proof(&farm::ProofInput { apr: input, displayed: None, origins });
        let Err(ErrorKind::Invalid { field: &"origins", index: found, .. }) =
            refused.map_err(|error| error.kind())
        else {
            panic!("accepted, or refused otherwise")
        };
        assert_eq!(found, Some(index));
    }
}

#[test]
fn errors_are_sentences_that_name_the_place() {
    let input = AprInput {
        alloc_point: 1.0,
        total_alloc_point: 1.0,
        emission: 1.0,
        emission_secs: 1.0,
        token_price_usd: 1.0,
        staked_usd: 0.0,
        year_secs: farm::YEAR_SECS,
    };
    let says = |error: llamath::Result<()>| error.unwrap_err().to_string();
    assert_eq!(says(farm::apr(&input).map(drop)), "staked_usd must be a finite number above 0.");
    let good = AprInput { staked_usd: 1.0, ..input };
    assert_eq!(
        says(farm::compare_apr(&good, &input).map(drop)),
        "theirs.staked_usd must be a finite number above 0."
    );
    let idle = AprInput { emission: 0.0, ..good };
    assert_eq!(
        says(farm::compare_apr(&idle, &good).map(drop)),
        "mine.emission must be above 0 to be compared."
    );
    let deposit = Deposit {
        apr: 0.1,
        periods_per_year: 1.0,
        year_secs: farm::YEAR_SECS,
        deposit_fee: 0.0,
        performance_fee: 0.1,
        performance_fee_on: None,
    };
    assert_eq!(
        says(
            farm::returns(&Deposit { performance_fee: 0.0, ..deposit }, 1.0, &[1.0, -1.0])
                .map(drop)
        ),
        "days (entry 1) must be a finite number of at least 0."
    );
    assert!(
        says(farm::yield_after_fees(&deposit, 1.0).map(drop)).starts_with("performance_fee_on")
    );
    let huge = AprInput { emission: 1e300, token_price_usd: 1e300, ..good };
    assert_eq!(
        says(farm::apr(&huge).map(drop)),
        "usd_per_year cannot be represented for these inputs."
    );
}

/// A pool whose APR is its emission, exactly.
fn pool_of(apr: f64) -> AprInput {
    AprInput {
        alloc_point: 1.0,
        total_alloc_point: 1.0,
        emission: apr,
        emission_secs: 1.0,
        token_price_usd: 1.0,
        staked_usd: 1.0,
        year_secs: 1.0,
    }
}

#[test]
fn a_displayed_figure_ends_below_its_upper_half() {
    let verdict = |apr: f64| farm::verify_apr(&pool_of(apr), "178%").unwrap().verdict;
    assert_eq!(verdict(1.775), Verdict::Matches);
    assert_ne!(verdict(1.775_f64.next_down()), Verdict::Matches);
    assert_eq!(verdict(1.785_f64.next_down()), Verdict::Matches);
    // From there on it would be 179 %, unless the digits were cut off.
    let check = farm::verify_apr(&pool_of(1.785), "178%").unwrap();
    assert_eq!((check.verdict, &*check.causes[0].names), (Verdict::Explained, &["cutOff"][..]));
}

/// A figure with ten significant digits.
fn ten_digits(figure: f64) -> String {
    let decimals = (9.0 - libm::floor(libm::log10(figure))).max(0.0) as usize;
    format!("{figure:.decimals$}")
}

/// Each known mistake, alone, is named among those that give ten digits.
#[test]
fn each_mistake_is_found_by_its_factor() {
    // An emission every 21.37 s, which is no block time.
    let input = AprInput { emission_secs: 21.37, year_secs: farm::YEAR_SECS, ..pool_of(1e-6) };
    let apr = farm::apr(&input).unwrap().apr;
    let year = |days: f64| days / 365.0;
    for (factor, name) in [
        (2.0, "lpValue"),
        (0.5, "lpValue"),
        (100.0, "percent"),
        (0.01, "percent"),
        (2.5, "boost"),
        (0.4, "boost"),
        (10.0, "rebased"),
        (0.1, "rebased"),
        (0.7, "share"),
        (1.0 / 0.7, "share"),
        (0.75, "share"),
        (0.5, "share"),
        (1.0 / 0.955, "performanceFee"),
        (1.0 / 0.905, "performanceFee"),
        (1e6, "decimals"),
        (1e-6, "decimals"),
        (1e12, "decimals"),
        (1e-12, "decimals"),
        (100.0, "decimals"),
        (year(364.0), "yearBasis"),
        (year(360.0), "yearBasis"),
        (year(365.25), "yearBasis"),
        (year(365.2425), "yearBasis"),
        (21.37 / 3.0, "blockTime"),
        (21.37 / 0.45, "blockTime"),
        (21.37 / 13.5, "blockTime"),
        (farm::apy(apr, 365.0).unwrap() / apr, "apyAsApr"),
        (farm::apy(apr, 12.0).unwrap() / apr, "apyAsApr"),
        (farm::apy_continuous(apr).unwrap() / apr, "apyAsApr"),
        (farm::apr_from_apy(apr, 365.0).unwrap() / apr, "aprAsApy"),
        (farm::apr_from_apy(apr, 52.0).unwrap() / apr, "aprAsApy"),
    ] {
        let check = farm::verify_apr(&input, &ten_digits(apr * factor)).unwrap();
        let found = check.causes.iter().find(|cause| cause.names == [name]);
        assert!(found.is_some_and(|cause| close(cause.factor, factor, 1e-6)), "{name} {factor}");
    }
    // An unknown factor is not explained, and no pair of mistakes is stretched to fit it.
    let check = farm::verify_apr(&input, &ten_digits(apr * 1.234_567)).unwrap();
    assert_eq!((check.verdict, check.causes.len()), (Verdict::NotExplained, 0));
}

#[test]
fn a_formula_sees_the_rate_that_a_factor_has_changed() {
    let input = pool_of(0.37);
    let shown = farm::apy(0.37 * 2.0, 365.0).unwrap();
    let check = farm::verify_apr(&input, &format!("{shown:.12}")).unwrap();
    assert_eq!(check.causes[0].names, ["lpValue", "apyAsApr"]);
    assert!(close(check.causes[0].factor, shown / 0.37, 1e-11));
}

#[test]
fn a_measured_block_time_is_that_of_its_chain() {
    // 0.452 s were measured on a chain of 0.45 s; the page counts 3 s.
    let input = AprInput { emission_secs: 0.452, ..pool_of(0.1) };
    let apr = farm::apr(&input).unwrap().apr;
    let check = farm::verify_apr(&input, &format!("{:.12}", apr * 0.452 / 3.0)).unwrap();
    assert_eq!(check.causes[0].names, ["blockTime"]);
    assert_eq!(check.causes[0].says, "It counts blocks of 3 s, but they take 0.452 s.");
    // It was never one of Ethereum's; and a farm that pays per second counts no blocks.
    for (emission_secs, stale) in [(0.452, 12.0), (1.0, 3.0)] {
        let input = AprInput { emission_secs, ..input };
        let apr = farm::apr(&input).unwrap().apr;
        let check = farm::verify_apr(&input, &ten_digits(apr * emission_secs / stale)).unwrap();
        assert!(check.causes.iter().all(|cause| !cause.names.contains(&"blockTime")));
    }
}

#[test]
fn a_bad_row_is_named_wherever_it_is() {
    let mut staked = vec![1.0; 3000];
    fn columns(staked: &[f64]) -> AprColumns<'_> {
        AprColumns {
            alloc_point: Column::All(1.0),
            total_alloc_point: Column::All(1.0),
            emission: Column::All(1.0),
            emission_secs: Column::All(1.0),
            token_price_usd: Column::All(1.0),
            staked_usd: Column::Each(staked),
            year_secs: Column::All(1.0),
        }
    }
    let mut out = vec![0.0; staked.len()];
    assert_eq!(farm::apr_columns(&columns(&staked), &mut out), Ok(()));
    assert!(out.iter().all(|apr| *apr == 1.0));
    for bad in [0, 511, 512, 1023, 1024, 2999] {
        staked[bad] = 0.0;
        let refused = farm::apr_columns(&columns(&staked), &mut out);
        let Err(ErrorKind::Invalid { field: &"staked_usd", index, .. }) =
            refused.map_err(|error| error.kind())
        else {
            panic!("accepted, or refused otherwise")
        };
        assert_eq!(index, Some(bad));
        staked[bad] = 1.0;
    }
}

/// No rate of a pool that pays is 0 only because a double cannot be that small.
#[test]
fn a_rate_that_vanishes_is_refused() {
    let slow = AprInput { emission_secs: 1e200, year_secs: 1e200, ..pool_of(1e-200) };
    let refused = |input| farm::apr(input).map_err(|error| error.kind());
    assert_eq!(refused(&slow), Err(ErrorKind::Arithmetic { result: &"tokens_per_second" }));
    let tiny = AprInput { alloc_point: 1e-200, total_alloc_point: 1e200, ..slow };
    assert_eq!(refused(&tiny), Err(ErrorKind::Arithmetic { result: &"weight" }));
}

#[test]
fn no_yield_needs_no_rate() {
    for apy in [0.0, 5e-324, 1e-300, 1e-12] {
        assert_eq!(lending::base_rate(apy), Ok(U256::ZERO), "{apy}");
    }
    assert_eq!(lending::base_rate_as_deployed(0.0), Ok(U256::ZERO));
    assert!(lending::base_rate(1e18).unwrap() > lending::base_rate(1e17).unwrap());
    assert!(lending::base_rate(1.1e18).is_err() && lending::base_rate_as_deployed(-0.1).is_err());
}

/// Reinvesting more than once a second is refused, also just beyond it.
#[test]
fn reinvesting_is_at_most_once_a_second() {
    let (mut most, mut refused) = (0.0_f64, 0);
    for step in 0..400 {
        let found = farm::best_compounding(&farm::BestCompoundingInput {
            apr: 5.0 * farm::YEAR_SECS / 10.0,
            principal_usd: 1.0,
            cost_usd: libm::pow(10.0, -f64::from(step) / 100.0),
            days: 10.0 / 86_400.0,
            year_secs: farm::YEAR_SECS,
        });
        match found.map_err(|error| error.kind()) {
            Ok(best) => most = most.max(best.compoundings),
            Err(ErrorKind::Invalid { field: &"cost_usd", .. }) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(most == 10.0 && refused > 0, "{most} {refused}");
}

/// The integers that a contract would divide by, or compare, are refused by their names.
#[test]
fn impossible_integers_are_refused_by_name() {
    fn field<T>(found: llamath::Result<T>) -> &'static str {
        match found.map_err(|error| error.kind()) {
            Err(ErrorKind::Invalid { within: None, field, index: None, .. }) => field,
            Err(ErrorKind::Arithmetic { result }) => panic!("{result} was computed"),
            _ => panic!("accepted"),
        }
    }
    let [none, one, two, fee] = [0, 1, 2, 1_000_000_000_000_000_001_u64].map(U256::from);
    let stretch = farm::RewardInput {
        blocks: one,
        per_block_raw: one,
        alloc_point: one,
        total_alloc_point: one,
    };
    let no_points = farm::RewardInput { total_alloc_point: none, ..stretch };
    assert_eq!(field(farm::reward(&no_points)), "total_alloc_point");
    let too_many = farm::RewardInput { alloc_point: two, ..stretch };
    assert_eq!(field(farm::reward(&too_many)), "alloc_point");
    let pool = farm::LpInput {
        reserve0_raw: one,
        reserve1_raw: one,
        decimals0: 18,
        decimals1: 18,
        price0_usd: 1.0,
        price1_usd: 1.0,
        total_supply_raw: one,
        staked_raw: one,
    };
    let no_supply = farm::LpInput { total_supply_raw: none, ..pool };
    assert_eq!(field(farm::lp_value(&no_supply)), "total_supply_raw");
    assert_eq!(field(farm::lp_value(&farm::LpInput { staked_raw: two, ..pool })), "staked_raw");
    assert_eq!(field(farm::lp_value(&farm::LpInput { decimals0: 78, ..pool })), "decimals0");
    assert_eq!(field(farm::lp_value(&farm::LpInput { decimals1: 78, ..pool })), "decimals1");
    assert_eq!(field(lending::lend_apr(one, one, none, None)), "total_assets");
    assert_eq!(field(lending::lend_apr(one, one, one, Some(fee))), "admin_fee");
    assert_eq!(field(lending::lend_apy(one, one, none)), "total_assets");
    assert_eq!(field(lending::ray_div(one, none)), "b");
    assert_eq!(lending::lend_apr(one, none, none, None), Ok(none));
    assert_eq!(field(to_raw("1", 78)), "decimals");
    assert_eq!(field(from_raw(one, 78)), "decimals");
    assert_eq!(field(to_f64(one, 78)), "decimals");
    assert_eq!(field(to_raw(&U256::MAX.to_string(), 1)), "text");
    assert_eq!(to_raw(&U256::MAX.to_string(), 0), Ok(U256::MAX));
}

/// A chain's block times follow upon each other without a gap, newest first.
#[test]
fn block_times_are_dated() {
    for chain in ["BNB Smart Chain", "opBNB"] {
        let eras: Vec<_> = farm::BLOCK_TIMES.iter().filter(|era| era.chain == chain).collect();
        assert!(eras[0].until.is_none() && eras.last().unwrap().from.is_none());
        for pair in eras.windows(2) {
            assert_eq!(pair[1].until, pair[0].from, "{}", pair[1].name);
            assert!(pair[1].block_secs > pair[0].block_secs && pair[0].until != pair[0].from);
        }
    }
    let bsc = farm::BLOCK_TIMES.iter().filter(|era| era.chain == "BNB Smart Chain");
    let blocks_per_year: Vec<_> =
        bsc.map(|era| (farm::YEAR_SECS / era.block_secs).round()).collect();
    assert_eq!(blocks_per_year, [70_080_000.0, 42_048_000.0, 21_024_000.0, 10_512_000.0]);
    assert!(farm::BLOCK_TIMES.iter().all(|era| !era.source.is_empty()));
    assert_eq!(farm::YEAR_BASES[0].year_secs, farm::YEAR_SECS);
    for basis in farm::YEAR_BASES {
        let (number, unit) = basis.name.split_once(' ').unwrap();
        let days = number.parse::<f64>().unwrap() * if unit == "weeks" { 7.0 } else { 1.0 };
        assert!(close(basis.year_secs, days * 86_400.0, 1e-15), "{}", basis.name);
    }
}

/// A column of another length is refused by its name; an error can count rows before its own.
#[test]
fn columns_must_be_of_one_length() {
    let columns = AprColumns {
        alloc_point: Column::Each(&[1.0, 2.0, 3.0]),
        total_alloc_point: Column::All(10.0),
        emission: Column::All(1.0),
        emission_secs: Column::All(1.0),
        token_price_usd: Column::All(1.0),
        staked_usd: Column::Each(&[1.0, 2.0]),
        year_secs: Column::All(farm::YEAR_SECS),
    };
    let refused = farm::apr_columns(&columns, &mut [0.0; 3]);
    assert!(matches!(
        refused.map_err(|error| error.kind()),
        Err(ErrorKind::Invalid { field: &"staked_usd", index: None, .. })
    ));

    let negative = AprColumns {
        alloc_point: Column::Each(&[1.0, -1.0]),
        staked_usd: Column::All(1.0),
        ..columns
    };
    let error = farm::apr_columns(&negative, &mut [0.0; 2]).unwrap_err();
    assert!(matches!(error.after(100).kind(), ErrorKind::Invalid { index: Some(101), .. }));
    let error = farm::apr(&AprInput { emission: 1e308, ..pool_of(1e-200) }).unwrap_err();
    assert_eq!(error.clone().after(100), error);
}
