//! Which module of the core may name which: the table of the design, kept.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of the core and the modules of the crate that it may name.
const MAY_NAME: [(&str, &[&str]); 14] = [
    ("error", &[]),
    ("fixed", &["error"]),
    ("decimal", &["error", "fixed"]),
    ("json", &[]),
    ("ema", &["error"]),
    ("date", &["error"]),
    ("table", &["error", "fixed", "date"]),
    ("ceiling", &["error", "date", "ema", "table"]),
    ("farm", &["error", "fixed", "decimal", "json"]),
    ("lending", &["error", "fixed", "decimal"]),
    ("llamma", &["error", "fixed", "decimal", "lending"]),
    ("oracle", &["error", "fixed", "decimal", "ema", "lending", "table"]),
    ("market", &["error", "fixed", "date", "decimal", "json", "ceiling", "llamma", "oracle"]),
    ("sim", &["error"]),
];

/// What would make an answer depend on anything but its inputs, or tie the core to
/// JavaScript.
const FORBIDDEN: [&str; 16] = [
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "static mut",
    "thread_local",
    "OnceLock",
    "LazyLock",
    "Atomic",
    "js_sys",
    "serde",
    "wasm_bindgen",
    "cfg(feature",
];

/// The code of a line, without its comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// The modules that `line` names after `crate::`, in a path or in a braced list.
fn named(line: &str) -> Vec<&str> {
    let word_end = |text: &str| {
        text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len())
    };
    code(line)
        .split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split([',', '}']).map(str::trim).collect::<Vec<_>>(),
            None => vec![rest],
        })
        .map(|path| path.split_at(word_end(path)).0)
        .filter(|module| !module.is_empty())
        .collect()
}

/// What is wrong with the `text` of a file of `module`.
fn faults(module: &str, text: &str) -> Vec<String> {
    let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == module) else {
        return vec![format!("{module} is not in the table")];
    };
    let mut faults = Vec::new();
    for line in text.lines() {
        for name in named(line) {
            // The crate's error type is re-exported at its root.
            if name != module && !allowed.contains(&name) && !["Error", "Result"].contains(&name) {
                faults.push(format!("{module} must not name {name}: {line}"));
            }
        }
        for word in FORBIDDEN.iter().filter(|word| code(line).contains(*word)) {
            faults.push(format!("{module} must not use {word}: {line}"));
        }
    }
    // A child of the root reaches its siblings by `super`, which would bypass the table.
    let is_one_file = ["error", "decimal", "json", "ema", "date"].contains(&module);
    if is_one_file && text.lines().any(|line| code(line).contains("super::")) {
        faults.push(format!("{module} must name others by crate::"));
    }
    if text.lines().any(|line| code(line).contains("super::super")) {
        faults.push(format!("{module} must name others by crate::"));
    }
    faults
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries
        .map(|entry| entry.expect("readable").path())
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

#[test]
fn every_module_names_only_those_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = BTreeSet::new();
    for path in rust_files(&src) {
        let inside = path.strip_prefix(&src).expect("below src").with_extension("");
        let module = inside.iter().next().and_then(|name| name.to_str()).expect("a name");
        // `wasm` may name everything; `lib` only lists the modules.
        if ["lib", "wasm"].contains(&module) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let faults = faults(module, &text);
        assert!(faults.is_empty(), "{}:\n{}", path.display(), faults.join("\n"));
        seen.insert(module.to_owned());
    }
    let table: BTreeSet<_> = MAY_NAME.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(seen, table, "the modules of the core are those of the table");
}

#[test]
fn the_check_sees_what_is_forbidden() {
    for (module, line) in [
        ("fixed", "use crate::farm::apr;"),
        ("farm", "use crate::wasm::reader;"),
        ("farm", "    let rate = crate::lending::base_rate(apy)?;"),
        ("farm", "use crate::{error::Result, lending::base_rate};"),
        ("lending", "use super::super::farm;"),
        ("error", "use super::fixed::U256;"),
        ("farm", "use std::time::Instant;"),
        ("farm", "static mut COUNT: u32 = 0;"),
        ("lending", "use serde::Serialize;"),
        ("surprise", ""),
    ] {
        assert_eq!(faults(module, line).len(), 1, "{module}: {line}");
    }
}

#[test]
fn the_check_allows_what_is_allowed() {
    for (module, line) in [
        ("farm", "use crate::error::{Error, Result};"),
        ("farm", "use crate::{error::Result, fixed::U256};"),
        ("farm", "use super::apr;"),
        ("fixed", "// unlike crate::farm, this is exact"),
        ("farm", "/// # Ok::<(), llamath::Error>(())"),
    ] {
        assert_eq!(faults(module, line), [""; 0], "{module}: {line}");
    }
}
