//! Debt ceilings where the reference files do not reach, and on real liquidity.
//!
//! `LLAMATH_DATA=DIR cargo test --test ceiling` also runs what rests on other people's data; it is
//! skipped, and says so, where none is named.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected must fail"
)]

use std::fs;
use std::path::PathBuf;

use llamath::ceiling::{
    CeilingInput, Gap, LiquidityRows, LiquidityUnit, Outlier, conventions, daily_liquidity,
    debt_ceiling, floor_to_digits, quality, read_liquidity,
};
use llamath::date::{DAY_SECS, date};
use llamath::ema::{Ema, Memory};
use llamath::{Error, ErrorKind};

fn is_invalid<T>(result: Result<T, Error>, name: &str, row: Option<usize>) -> bool {
    matches!(result.as_ref().map_err(Error::kind), Err(ErrorKind::Invalid { field, index, .. }) if *field == name && index == row)
}

const SPAN: Ema =
    Ema { memory: Memory::Span(7.0), adjust: false, ignore_gaps: false, min_periods: 0 };

fn days<const N: usize>(days: [u64; N]) -> [u64; N] {
    days.map(|day| day * DAY_SECS)
}

#[test]
fn an_average_out_of_its_range_is_refused() {
    let series = |memory, times: &[u64], values: &[Option<f64>]| {
        Ema { memory, ..SPAN }.series(times, values)
    };
    for memory in [
        Memory::Span(0.99),
        Memory::Span(f64::NAN),
        Memory::Alpha(0.0),
        Memory::Alpha(1.1),
        Memory::HalfLife(-1.0),
        Memory::HalfLifeSecs(0.0),
        Memory::TauSecs(f64::INFINITY),
    ] {
        assert!(is_invalid(series(memory, &[], &[]), "memory", None), "{memory:?}");
    }
    let span = Memory::Span(7.0);
    assert!(is_invalid(series(span, &[1, 2], &[Some(1.0)]), "values", None));
    assert!(is_invalid(series(span, &[1, 1], &[Some(1.0), None]), "times", Some(1)));
    assert!(is_invalid(series(span, &[2, 1], &[Some(1.0), None]), "times", Some(1)));
    for wrong in [f64::NAN, f64::INFINITY] {
        let values = [Some(1.0), None, Some(wrong)];
        assert!(is_invalid(series(span, &[1, 2, 3], &values), "values", Some(2)));
    }
    let opposite = [Some(-1.7e308), Some(1.7e308)];
    assert_eq!(
        series(span, &[1, 2], &opposite).map_err(|e| e.kind()),
        Err(ErrorKind::Arithmetic { result: &"average" }),
        "their distance is not a double"
    );
}

#[test]
fn extreme_memories_remember_all_or_nothing() {
    let values = [Some(1.0), None, Some(3.0), Some(5.0)];
    let last = |memory, adjust| {
        let ema = Ema { memory, adjust, ..SPAN };
        ema.series(&[0, 10, 20, 40], &values).unwrap()[3].unwrap()
    };
    for nothing in [Memory::Span(1.0), Memory::Alpha(1.0), Memory::TauSecs(1e-300)] {
        assert_eq!((last(nothing, true), last(nothing, false)), (5.0, 5.0), "{nothing:?}");
    }
    for all in [Memory::Span(1e300), Memory::HalfLife(1e300), Memory::TauSecs(1e300)] {
        assert_eq!((last(all, true), last(all, false)), (3.0, 1.0), "{all:?}");
    }
    // By hand: 10 s after 20 s are two half-lives.
    assert_eq!(
        last(Memory::HalfLifeSecs(10.0), false),
        5.0 / 4.0 * 3.0 + (1.0 / 4.0 + 3.0 * 3.0 / 4.0) / 4.0
    );
}

#[test]
fn a_ceiling_says_what_it_came_from() {
    let times = days([0, 1, 2, 3]);
    let liquidity = [Some(100.0), Some(1_000.0), None, Some(1_000.0)];
    let input = CeilingInput {
        times: &times,
        liquidity: &liquidity,
        ema: Ema { min_periods: 2, ..SPAN },
        share: 0.2,
        digits: 1,
        unit: LiquidityUnit::Tokens { price_usd: 10.0 },
    };
    // A quarter of the way from 100 to 1000 in a day; the first day is warm-up.
    let found = debt_ceiling(&input).unwrap();
    assert_eq!((found.minimum, found.minimum_row, found.minimum_at_secs), (325.0, 1, DAY_SECS));
    assert_eq!((found.ceiling, found.ceiling_usd, found.rounded_usd), (65.0, 650.0, 600.0));
    assert_eq!(found.ema[..3], [None, Some(325.0), Some(325.0)]);
    assert_eq!(found.convention, "span 7, from the first value, warm-up 2");

    let no_warm_up = debt_ceiling(&CeilingInput { ema: SPAN, ..input }).unwrap();
    assert_eq!(no_warm_up.minimum, 100.0, "far too low: only the first day");

    for (wrong, field) in [
        (CeilingInput { share: 1.1, ..input }, "share"),
        (CeilingInput { share: f64::NAN, ..input }, "share"),
        (CeilingInput { digits: 0, ..input }, "digits"),
        (CeilingInput { digits: 16, ..input }, "digits"),
        (CeilingInput { unit: LiquidityUnit::Tokens { price_usd: 0.0 }, ..input }, "price_usd"),
        (CeilingInput { ema: Ema { min_periods: 4, ..SPAN }, ..input }, "liquidity"),
        (CeilingInput { times: &[], liquidity: &[], ..input }, "liquidity"),
    ] {
        assert!(is_invalid(debt_ceiling(&wrong), field, None), "{field}");
    }
    let negative = [Some(1.0), Some(-1.0), None, None];
    let wrong = CeilingInput { liquidity: &negative, ..input };
    assert!(is_invalid(debt_ceiling(&wrong), "liquidity", Some(1)));
}

#[test]
fn digits_are_cut_in_decimal() {
    for (value, digits, floor) in [
        (0.0, 1, 0.0),
        (0.3, 1, 0.3),
        (0.29999, 1, 0.2),
        (999_999.0, 1, 900_000.0),
        (1e15, 1, 1e15),
        (123_456_789.0, 15, 123_456_789.0),
        (6_123_456.7, 3, 6_120_000.0),
        (1e-310, 2, 1e-310),
    ] {
        assert_eq!(floor_to_digits(value, digits), Ok(floor));
    }
    assert!(is_invalid(floor_to_digits(-1.0, 1), "value", None));
    assert!(is_invalid(floor_to_digits(f64::NAN, 1), "value", None));
}

#[test]
fn dates_are_those_of_the_calendar() {
    for (secs, text) in [
        (0, "1970-01-01"),
        (951_782_399, "2000-02-28"),
        (951_782_400, "2000-02-29"),
        (951_868_800, "2000-03-01"),
        (1_735_689_599, "2024-12-31"),
        (4_107_542_400, "2100-03-01"),
        (253_402_300_799, "9999-12-31"),
    ] {
        assert_eq!(date(secs).as_deref(), Ok(text));
    }
    assert!(is_invalid(date(253_402_300_800), "times", None));
}

#[test]
fn a_day_without_a_pool_is_a_gap_not_a_fall() {
    let rows = |pools, times, values| LiquidityRows { pools, times, values };
    let times = days([10, 10, 11, 14, 14]);
    let given = rows(&[7, 3, 3, 7, 3], &times, &[1.0, 10.0, 20.0, 2.0, 40.0]);
    let found = daily_liquidity(&given, 2).unwrap();
    assert_eq!(found.times, days([10, 11, 12, 13, 14]));
    assert_eq!(found.totals, [Some(11.0), Some(21.0), Some(21.0), None, Some(42.0)]);
    // Carried: pool 7 on days 11 and 12, pool 3 on 12 and 13; missing: pool 7 on day 13.
    assert_eq!((found.carried, found.missing), (4, 1));
    let strict = daily_liquidity(&given, 0).unwrap();
    assert_eq!(strict.totals, [Some(11.0), None, None, None, Some(42.0)]);

    let late = days([5, 6]);
    // A pool's days before its first row are unknown, not 0.
    let found = daily_liquidity(&rows(&[0, 1], &late, &[1.0, 2.0]), 9).unwrap();
    assert_eq!((found.totals, found.missing), (vec![None, Some(3.0)], 1));

    let two = days([1, 2]);
    for (wrong, field, row) in [
        (rows(&[], &[], &[]), "times", None),
        (rows(&[0], &two, &[1.0; 2]), "pools", None),
        (rows(&[0; 2], &two, &[1.0]), "values", None),
        (rows(&[0; 2], &two, &[1.0, f64::NAN]), "values", Some(1)),
        (rows(&[0; 2], &two, &[1.0, -1.0]), "values", Some(1)),
        (rows(&[0; 2], &[9, 8], &[1.0; 2]), "times", Some(1)),
        (rows(&[0; 2], &[9, 1_700_000_000_000], &[1.0; 2]), "times", Some(1)),
        (rows(&[0; 2], &[0, 7_000_000_000], &[1.0; 2]), "times", None),
    ] {
        assert!(is_invalid(daily_liquidity(&wrong, 1), field, row), "{wrong:?}");
    }
    assert!(daily_liquidity(&rows(&[0, 1], &[9, 8], &[1.0; 2]), 1).is_ok(), "other pools");
    let huge = rows(&[0, 1], &[9, 8], &[1e308; 2]);
    assert_eq!(
        daily_liquidity(&huge, 1).map_err(|e| e.kind()),
        Err(ErrorKind::Arithmetic { result: &"total" })
    );
}

#[test]
fn everything_odd_is_named() {
    let times = [0, 0, 2 * DAY_SECS, DAY_SECS, 3 * DAY_SECS, 4 * DAY_SECS, 9, 1 << 60];
    let values = [5.0, 6.0, 7.0, 8.0, f64::NAN, -1.0, 9.0, 1.0];
    let found = quality(&LiquidityRows {
        pools: &[0, 0, 0, 0, 0, 0, 1, 0],
        times: &times,
        values: &values,
    });
    let found = found.unwrap();
    assert_eq!((found.rows, found.days), (8, 4));
    assert_eq!(found.invalid, [4, 5, 7]);
    assert_eq!(found.duplicates, [1]);
    assert_eq!(found.disorder, [3]);
    assert_eq!((found.gaps, found.outliers), (vec![], vec![]));

    // From 10 to 100 for two days and back; up for good; down and back over a gap; a fall at the
    // end may yet come back.
    let times = days([0, 1, 2, 3, 4, 5, 8, 9, 10]);
    let values = [10.0, 100.0, 100.0, 10.0, 40.0, 1.0, 40.0, 40.0, 1.0];
    let rows = LiquidityRows { pools: &[2; 9], times: &times, values: &values };
    let found = quality(&rows).unwrap();
    assert_eq!(found.gaps, [Gap { pool: 2, from_secs: 6 * DAY_SECS, days: 2 }]);
    let outlier = |day, days, factor| Outlier { pool: 2, from_secs: day * DAY_SECS, days, factor };
    assert_eq!(found.outliers, [outlier(1, 2, 10.0), outlier(5, 3, 1.0 / 40.0)]);
    assert!(is_invalid(quality(&LiquidityRows { pools: &[], ..rows }), "pools", None));
}

/// Four years of a DEX's liquidity, with its known glitches.
#[test]
fn a_real_series_with_its_glitches() {
    let Some(folder) = std::env::var_os("LLAMATH_DATA").map(PathBuf::from) else {
        println!("skipped: LLAMATH_DATA names no folder with real liquidity");
        return;
    };
    let text = fs::read_to_string(folder.join("risk/lfj_tvl_daily_usd.json")).unwrap();
    let file = read_liquidity(&text).unwrap();
    let (rows, times) = (file.rows(), &file.times);

    let found = quality(&rows).unwrap();
    assert_eq!((found.rows, found.days), (1_410, 1_410));
    assert!(found.invalid.is_empty() && found.duplicates.is_empty() && found.disorder.is_empty());
    assert!(found.gaps.is_empty());
    let glitches: Vec<_> = found
        .outliers
        .iter()
        .map(|outlier| ((outlier.from_secs - times[0]) / DAY_SECS, outlier.days))
        .collect();
    assert_eq!(glitches, [(424, 4), (980, 1)]);

    let daily = daily_liquidity(&rows, 3).unwrap();
    assert_eq!((daily.times.len(), daily.carried, daily.missing), (1_410, 0, 0));
    let ceilings = |from: usize, to: usize| {
        conventions(7.0, 7).map(|ema| {
            let found = debt_ceiling(&CeilingInput {
                times: &daily.times[from..to],
                liquidity: &daily.totals[from..to],
                ema,
                share: 0.2,
                digits: 2,
                unit: LiquidityUnit::Usd,
            });
            let found = found.unwrap();
            println!(
                "{from}: {:>42} {} {:>12}",
                found.convention, found.minimum_date, found.ceiling_usd
            );
            found.ceiling_usd
        })
    };
    let spread = |found: [f64; 6]| {
        let least = found.into_iter().fold(f64::INFINITY, f64::min);
        found.into_iter().fold(0.0, f64::max) / least - 1.0
    };
    // An ordinary half year, and one with the four days at a tenth.
    let (ordinary, glitch) = (spread(ceilings(1_000, 1_183)), spread(ceilings(300, 483)));
    assert!((0.01..0.1).contains(&ordinary), "{ordinary}");
    assert!((0.3..1.0).contains(&glitch), "{glitch}");
    println!("conventions differ by {:.1} % and {:.1} %", 100.0 * ordinary, 100.0 * glitch);
}
