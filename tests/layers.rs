//! Who may name whom: the layers of the house, read off the source.
#![allow(clippy::expect_used, clippy::panic, reason = "a test that meets the unexpected must fail")]

use std::fs;
use std::path::{Path, PathBuf};

/// Module → the modules of this crate that it may name besides itself.
const LAYERS: [(&str, &[&str]); 6] = [
    ("error", &[]),
    ("fixed", &["error"]),
    ("decimal", &["error", "fixed"]),
    ("farm", &["error", "fixed", "decimal"]),
    ("lending", &["error", "fixed", "decimal", "farm"]),
    ("wasm", &["error", "fixed", "decimal", "farm", "lending"]),
];

/// What only `wasm` may name.
const JAVASCRIPT: [&str; 5] = ["wasm_bindgen", "js_sys", "serde_wasm_bindgen", "serde", "tsify"];

/// What nothing may name: input and output, clocks, global state.
const OUTSIDE: [&str; 6] =
    ["std::fs", "std::env", "std::time", "std::net", "std::thread", "static mut"];

/// The faults of one source file of `module`.
fn faults(module: &str, source: &str) -> Vec<String> {
    let (_, allowed) =
        LAYERS.iter().find(|(name, _)| *name == module).expect("a module of the table");
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut faults = Vec::new();
    for line in code {
        for (other, _) in LAYERS.iter().filter(|(name, _)| *name != module) {
            let named = line.contains(&format!("crate::{other}::"))
                || line.contains(&format!("crate::{other};"));
            if named && !allowed.contains(other) {
                faults.push(format!("{module} names {other}: {line}"));
            }
        }
        for name in JAVASCRIPT {
            if module != "wasm" && line.contains(&format!("{name}::")) {
                faults.push(format!("{module} names {name}: {line}"));
            }
        }
        for name in OUTSIDE.iter().filter(|name| line.contains(**name)) {
            faults.push(format!("{module} names {name}: {line}"));
        }
    }
    faults
}

fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("readable");
        return entries.flat_map(|entry| sources(&entry.expect("readable").path())).collect();
    }
    let rust = path.extension().is_some_and(|extension| extension == "rs");
    if rust { vec![path.into()] } else { Vec::new() }
}

#[test]
fn every_module_keeps_its_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = Vec::new();
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).expect("inside src");
        let first = inside.iter().next().and_then(|part| part.to_str()).expect("a name");
        let module = first.trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let source = fs::read_to_string(&path).expect("UTF-8");
        let faults = faults(module, &source);
        assert!(faults.is_empty(), "{}:\n{}", inside.display(), faults.join("\n"));
        seen.push(module.to_string());
    }
    for (module, _) in LAYERS {
        assert!(seen.iter().any(|other| other == module), "{module} has no source");
    }
}

#[test]
fn a_fault_is_found() {
    for (module, line) in [
        ("error", "use crate::fixed::U256;"),
        ("farm", "use crate::lending::borrow_apr;"),
        ("farm", "use wasm_bindgen::JsValue;"),
        ("lending", "let now = std::time::Instant::now();"),
        ("fixed", "use crate::wasm::reader;"),
    ] {
        assert_eq!(faults(module, line).len(), 1, "{module}: {line}");
        assert!(faults(module, &format!("// {line}")).is_empty());
    }
}
