//! Every reference file of the repository against the core, every row.
//!
//! `LLAMATH_VECTORS=DIR cargo test --test vectors` also runs the files found in DIR
//! (and its folders), among them those that rest on other people's data.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected must fail"
)]

mod rows;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect();
    files.sort();
    files
}

/// Whether a file of the repository is for these tests: those of the simulator have their own.
fn is_ours(path: &Path) -> bool {
    let path = path.to_string_lossy();
    path.contains(".json") && !path.contains("/vectors/sim/")
}

/// Runs the files of our schemas in `folder`; returns how many there were.
fn run(folder: &Path) -> usize {
    let mut count = 0;
    for path in files(folder) {
        let file_name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let Some(name) = file_name.trim_end_matches(".gz").strip_suffix(".json") else { continue };
        let bytes = fs::read(&path).expect("readable");
        let mut text = String::new();
        if file_name.ends_with(".gz") {
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzip");
        } else {
            text = String::from_utf8(bytes).expect("UTF-8");
        }
        let value = serde_json::from_str(&text).expect("JSON");
        let Some(outcome) = rows::run(name, &value) else { continue };
        println!("{file_name}: {} rows, {} mismatches", outcome.rows, outcome.mismatches.len());
        assert!(outcome.mismatches.is_empty(), "{file_name}:\n{}", outcome.mismatches.join("\n"));
        count += 1;
    }
    count
}

#[test]
fn every_row_of_the_repository() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let kept = files(&folder).iter().filter(|path| is_ours(path)).count();
    assert!(kept > 0, "no reference file");
    assert_eq!(run(&folder), kept, "files of known schemas in tests/vectors");
}

#[test]
fn every_row_outside_it() {
    match std::env::var_os("LLAMATH_VECTORS") {
        Some(folder) => assert!(run(Path::new(&folder)) > 0, "no file of a known schema there"),
        None => println!("skipped: LLAMATH_VECTORS names no folder with further files"),
    }
}
