//! Tables in text: the shapes that are read, and what each mistake looks like.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may panic"
)]

use llamath::ceiling::read_liquidity;
use llamath::date::{date, time_of};
use llamath::oracle::{read_observations, read_prices, read_rounds};
use llamath::table::Table;
use llamath::{Error, ErrorKind};
use proptest::prelude::*;

fn is_invalid<T>(result: Result<T, Error>, name: &str, row: Option<usize>) -> bool {
    matches!(result.as_ref().map_err(Error::kind), Err(ErrorKind::Invalid { field, index, .. }) if *field == name && index == row)
}

fn texts(text: &str) -> Result<Vec<Vec<String>>, Error> {
    let table = Table::read(text)?;
    let columns = (0..table.width()).map(|at| {
        let names = table.names();
        let name = names.and_then(|names| names.get(at).copied()).unwrap_or_default();
        let column = table.column(&"column", &[name], at)?;
        Ok(column.texts().iter().map(|text| (*text).to_owned()).collect())
    });
    columns.collect()
}

#[test]
fn csv_is_read_as_people_write_it() {
    let columns = |columns: &[&[&str]]| -> Result<Vec<Vec<String>>, Error> {
        Ok(columns.iter().map(|c| c.iter().map(|x| (*x).to_owned()).collect()).collect())
    };
    for (text, expected) in [
        ("a,b\n1,2\n3,4\n", &[&["1", "3"][..], &["2", "4"]][..]),
        ("a,b\r\n1,2\r\n3,4", &[&["1", "3"], &["2", "4"]]),
        ("\u{feff}a;b\n1;2,5\n", &[&["1"], &["2,5"]]),
        ("a\tb\n 1 \t\n", &[&["1"], &[""]]),
        ("1,2\n3,4\n", &[&["1", "3"], &["2", "4"]]),
        ("a\n1\n\n2\n\n", &[&["1", "2"]]),
        ("\"a\",\"b\"\n\"1, \"\"x\"\"\",\"2\n3\"\n", &[&["1, \"x\""], &["2\n3"]]),
        ("-1,1.5e-7\n", &[&["-1"], &["1.5e-7"]]),
    ] {
        assert_eq!(texts(text), columns(expected), "{text:?}");
    }
    for (text, row) in [
        ("", None),
        ("a,b\n", None),
        ("a,b\n1,2\n3\n", Some(1)),
        ("a,b\n1,2\n3,4,5\n", Some(1)),
        ("1,2\n3\n", Some(1)),
        ("a,b\n1,2\n\"3,4\n", Some(1)),
        ("a,b\n\"1\"x,2\n", Some(0)),
    ] {
        assert!(is_invalid(Table::read(text), "text", row), "{text:?}: {:?}", Table::read(text));
    }
}

#[test]
fn json_is_read_in_all_its_shapes() {
    let table = Table::read("t,v\n1,a\n2,b\n").unwrap();
    for text in [
        r#"[{"t": 1, "v": "a"}, {"v": "b", "t": 2}]"#,
        r#" [["t","v"],[1,"a"],["2","b"]] "#,
        r#"{"name": "x", "record": [["t", "v"], [1, "a"], [2, "b"]], "n": 2}"#,
        r#"{"t": [1, 2], "v": ["a", "b"], "unit": {"usd": true}}"#,
        "[{\"t\":1,\"v\":\"\\u0061\"},{\"t\":2,\"\\u0076\":\"b\"}]",
    ] {
        assert_eq!(Table::read(text).as_ref(), Ok(&table), "{text}");
    }
    let cell = r#"[["\"\\\/\b\f\n\r\t\ud83e\udd99"], [null], [false], [-1.5E+3]]"#;
    let read = texts(cell).unwrap();
    assert_eq!(read, [["", "false", "-1.5E+3"]], "the first row is a header");
    let named = Table::read(cell).unwrap();
    assert_eq!(named.names(), Some(vec!["\"\\/\u{8}\u{c}\n\r\t\u{1f999}"]));

    for (text, row) in [
        ("[]", None),
        ("[[1,2],[3]]", Some(1)),
        ("[[1],{}]", Some(1)),
        ("[[1],[[2]]]", Some(1)),
        ("[1,2]", Some(0)),
        (r#"[{"t":1},{"t":1,"v":2}]"#, Some(1)),
        (r#"[{"t":1},{"v":2}]"#, Some(1)),
        (r#"[{"t":1},{"t":[]}]"#, Some(1)),
        (r#"{"t":[1],"v":[1,2]}"#, None),
        (r#"{"a":[[1]],"b":[[1]]}"#, None),
        (r#"{"a":1}"#, None),
        // The byte where it goes wrong.
        ("[[1,]]", Some(4)),
        ("[[1 2]]", Some(4)),
        ("[[1]", Some(4)),
        ("[[1]]x", Some(5)),
        ("[[NaN]]", Some(2)),
        ("[[\"a]]", Some(2)),
        ("[[\"\\x\"]]", Some(2)),
        ("[[\"\\ud83e\"]]", Some(2)),
        ("[[[[[1]]]]]", Some(4)),
    ] {
        assert!(is_invalid(Table::read(text), "text", row), "{text}: {:?}", Table::read(text));
    }
}

#[test]
fn a_cell_that_is_not_what_its_column_holds_is_named() {
    let numbers = |cell: &str| {
        let text = format!("x\n1\n{cell}\n");
        Table::read(&text)?.column(&"x", &["x"], 0)?.numbers()
    };
    for good in ["2", "-2", "2.5", "2e5", "2.5E-5", "0"] {
        assert!(numbers(good).is_ok(), "{good}");
    }
    for bad in ["\"\"", "NaN", "inf", "1e999", "+1", ".5", "5.", "1_000", "\"1,000\"", "0x1", "1 2"]
    {
        assert!(is_invalid(numbers(bad), "x", Some(1)), "{bad}");
    }
    let table = Table::read("x,y\n-1,340282366920938463463374607431768211456\n").unwrap();
    let [x, y] = [table.column(&"x", &["x"], 0).unwrap(), table.column(&"y", &["y"], 1).unwrap()];
    assert_eq!(x.whole::<i64>(), Ok(vec![-1]));
    assert!(is_invalid(x.whole::<u64>(), "x", Some(0)));
    assert!(is_invalid(x.unsigned(), "x", Some(0)));
    assert!(is_invalid(x.times(), "x", Some(0)));
    assert!(x.signed().is_ok_and(|x| x.iter().all(|x| x.to_i64() == Some(-1))));
    assert!(is_invalid(y.whole::<u128>(), "y", Some(0)));
    assert!(y.unsigned().is_ok_and(|y| y.iter().all(|y| y.bit_len() == 129)));
    assert!(is_invalid(table.column(&"z", &["z"], 2), "z", None));
    // The first of the known names that is there, in the order in which they are known.
    let found = table.column(&"z", &["z", "y", "x"], 0).unwrap();
    assert_eq!(found.texts().len(), 1);
    assert!(found.whole::<i64>().is_err());
}

#[test]
fn files_of_rounds_observations_prices_and_liquidity() {
    let file = "round_id,answer_1e8,started_at,updated_at\n1,2,3,4";
    assert!(is_invalid(read_rounds(file, 8), "answer", None), "under another name");
    assert!(is_invalid(read_rounds("round_id,answer\n1,2", 8), "updated_at", None));
    let rounds = |rows: &str| read_rounds(&format!("roundId,answer,updatedAt\n1,5,9\n{rows}"), 8);
    assert!(rounds("2,-5,9").is_ok(), "whether an answer is a price is asked later");
    assert!(is_invalid(rounds("2,5.5,9"), "answer", Some(1)));
    assert!(is_invalid(rounds("2,,9"), "answer", Some(1)));
    assert!(is_invalid(rounds("-2,5,9"), "round_id", Some(1)));
    assert!(is_invalid(rounds("2,5,soon"), "updated_at", Some(1)));
    assert!(is_invalid(rounds("2,5"), "text", Some(1)));
    assert_eq!(read_rounds("1,5,9", 8).unwrap().rounds, rounds("").unwrap().rounds);

    let ring = |row: &str| read_observations(&format!("1,2,3\n{row}"));
    assert!(ring("2,-3,0").is_ok());
    assert!(is_invalid(ring("4294967296,2,3"), "timestamp", Some(1)));
    assert!(is_invalid(ring("1,2.5,3"), "tick_cumulative", Some(1)));
    assert!(is_invalid(ring("1,2,-3"), "seconds_per_liquidity_x128", Some(1)));
    assert!(is_invalid(
        read_observations("ts,tickCumulative\n1,2"),
        "seconds_per_liquidity_x128",
        None
    ));

    assert!(is_invalid(read_prices("t,c\n1,2\n2,0"), "price", Some(1)));
    assert!(is_invalid(read_prices("t,c\n1,2\n2,"), "price", Some(1)));
    assert!(is_invalid(read_prices("t,x\n1,2"), "price", None));

    let rows = "2024-02-29,\"a, b\",1\n2024-02-29 12:00,c,2\n1709164800,\"a, b\",3\n";
    let named = read_liquidity(&format!("date,pool,usd\n{rows}")).unwrap();
    assert_eq!(named.names, ["a, b", "c"]);
    assert_eq!(named.pools, [0, 1, 0]);
    assert_eq!(named.times, [1_709_164_800, 1_709_208_000, 1_709_164_800]);
    assert!(is_invalid(read_liquidity("date,usd\n2023-02-29,1"), "date", Some(0)));
    assert!(is_invalid(read_liquidity("date,usd\n1,x"), "usd", Some(0)));
    let one = read_liquidity("[[1,2],[3,4]]").unwrap();
    assert_eq!(
        (one.names, one.pools, one.values),
        (vec![String::new()], vec![0, 0], vec![2.0, 4.0])
    );
    let three = read_liquidity("[[1,9,2],[3,8,4]]").unwrap();
    assert_eq!((three.names.len(), three.values), (2, vec![2.0, 4.0]));
}

#[test]
fn times_that_do_not_exist_are_none() {
    for text in [
        "",
        "2024",
        "2024-2-29",
        "2024-02-30",
        "2024-13-01",
        "2024-00-01",
        "2024-01-00",
        "1969-12-31",
        "2024-01-01T24:00",
        "2024-01-01T10:60",
        "2024-01-01T10:00:60",
        "2024-01-01T10",
        "2024-01-01T",
        "2024-01-01T10:00+01:00",
        "2024-01-01-01",
        "+024-01-01",
        "01.02.2024",
        "2024-01-01 1:00",
    ] {
        assert_eq!(time_of(text), None, "{text}");
    }
    assert_eq!(time_of("2024-02-29 23:59:59"), Some(1_709_251_199));
    assert_eq!(time_of("1970-01-01T00:00Z"), Some(0));
}

proptest! {
    #[test]
    fn a_date_is_read_back(day in 0..2_932_896_u64, second in 0..86_400_u64) {
        let time = day * 86_400 + second;
        let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        let text = format!("{}T{clock}Z", date(time).unwrap());
        prop_assert_eq!(time_of(&text), Some(time));
    }

    /// Whatever the text: a table or an error, in reasonable time.
    #[test]
    fn no_text_is_too_odd(text in "[\\[\\]{}\",:;a1.\\-\\\\u\n\r\t é]{0,60}") {
        let read = Table::read(&text);
        prop_assert!(read.is_err() || read.is_ok_and(|table| table.width() > 0));
    }
}
