//! Holds the layering that `ARCHITECTURE.md` draws by reading the sources: who may use whom, what
//! the pure layers keep away from, and how large a file may be.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod paths;
mod reexports;

use std::fs;
use std::path::{Path, PathBuf};

use paths::Named;
use reexports::Modules;

/// Most lines of a source file, its tests not counted.
const LONGEST: usize = 600;

/// Each layer with the layers that it may use besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("workflow", &["domain"]),
    ("keys", &["domain"]),
    ("os", &["domain"]),
    ("store", &["domain"]),
    ("export", &["domain", "workflow"]),
    ("app", &["domain", "workflow", "export", "keys"]),
    ("tui", &["domain", "workflow", "store", "export", "keys", "os", "app"]),
    ("mcp", &["domain", "workflow", "store", "export"]),
    ("cli", &["domain", "workflow", "store", "export", "keys", "os", "tui", "mcp"]),
];

/// Layers that are given what they need to know: no files, clock, environment, programs or output.
const PURE: &[&str] = &["domain", "workflow", "keys", "app", "export"];

/// What a pure layer does not touch, as the beginning of a path.
const IMPURE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
    "std::time::SystemTime",
    "std::time::Instant",
    "std::*",
    "rustix",
    "tempfile",
];

/// Reading the clock, as the end of a path.
const CLOCKS: &[&str] = &["Timestamp::now", "Zoned::now", "SystemTime::now", "Instant::now", "TimeZone::system"];

/// Macros that write to the program's output on their own.
const PRINTING: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "dbg!"];

/// Files outside of the store that open files, and what for.
const OPENS_FILES: &[(&str, &str)] = &[
    ("src/os/editor.rs", "the text that an editor is given"),
    ("src/cli/input.rs", "files that the command line names"),
    ("src/cli/gate.rs", "the terminal that a person answers on"),
];

/// The module that the file at `path` is: `["app", "handlers"]`; empty for the root.
fn module(path: &str) -> Vec<&str> {
    let inside = path.strip_prefix("src/").and_then(|rest| rest.strip_suffix(".rs")).unwrap();
    inside.split('/').filter(|name| !matches!(*name, "mod" | "lib" | "main")).collect()
}

/// What these files, with their sources, do that their places do not allow.
fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let read: Vec<_> = files.iter().map(|(path, source)| paths::read(source, &module(path))).collect();
    let mut modules = Modules::default();
    for ((path, _), read) in files.iter().zip(&read) {
        modules.add(&module(path), read);
    }
    let mut faults = Vec::new();
    for ((path, source), read) in files.iter().zip(&read) {
        let layer = module(path).first().copied();
        for named in &read.named {
            let fault = foreign(layer, named, &modules).or_else(|| impure(path, layer, named));
            faults.extend(fault.map(|fault| format!("{path}:{}: {fault}", named.line)));
        }
        if !source.starts_with("//! ") {
            faults.push(format!("{path}:1: does not begin with a line that says what it is for"));
        }
        let lines = source.lines().take_while(|line| *line != "#[cfg(test)]").count();
        if lines > LONGEST {
            faults.push(format!("{path}: {lines} lines; split it, {LONGEST} is the most"));
        }
    }
    faults
}

/// A layer that is used and may not be, wherever the path leads through.
fn foreign(layer: Option<&str>, named: &Named, modules: &Modules) -> Option<String> {
    modules.leads_to(named).iter().find_map(|leads_to| {
        let used = leads_to.strip_prefix("crate")?;
        let used = used.strip_prefix("::").unwrap_or(used).split("::").next()?;
        let Some(layer) = layer else { return (used == "*").then(|| "uses everything".to_owned()) };
        if used.is_empty() || used == "*" {
            return Some(format!("{layer} names the crate as a whole, which hides what it uses"));
        }
        let (_, allowed) = LAYERS.iter().find(|(name, _)| *name == layer)?;
        let known = LAYERS.iter().any(|(name, _)| *name == used);
        let through = if *leads_to == named.path { String::new() } else { format!(", that is {leads_to}") };
        (known && used != layer && !allowed.contains(&used))
            .then(|| format!("{layer} uses {used} ({}{through})", named.path))
    })
}

/// Something outside of the program that is touched from a place that may not.
fn impure(path: &str, layer: Option<&str>, named: &Named) -> Option<String> {
    let begins =
        |with: &str| named.path == with || named.path.strip_prefix(with).is_some_and(|rest| rest.starts_with("::"));
    let ends =
        |with: &str| named.path == with || named.path.strip_suffix(with).is_some_and(|rest| rest.ends_with("::"));
    let what = || Some(format!("touches {}", named.path));
    if named.in_test {
        return None;
    }
    let pure = layer.is_some_and(|layer| PURE.contains(&layer));
    if pure && (IMPURE.iter().any(|with| begins(with)) || CLOCKS.iter().any(|with| ends(with))) {
        return what();
    }
    if PRINTING.iter().any(|with| ends(with)) {
        return what();
    }
    let opens = layer == Some("store") || OPENS_FILES.iter().any(|(file, _)| *file == path);
    if begins("std::fs") && !opens { what() } else { None }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_source_keeps_to_its_layer() {
    let all = sources(&root().join("src"));
    assert!(all.len() > 50, "the sources were not found");
    let texts: Vec<String> = all.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let names = all.iter().map(|path| path.strip_prefix(root()).unwrap().to_str().unwrap());
    let faults = faults(&names.zip(texts.iter().map(String::as_str)).collect::<Vec<_>>());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let folders = ["src", "tests", "benches", "examples"];
    let mut all: Vec<PathBuf> = folders.iter().flat_map(|folder| sources(&root().join(folder))).collect();
    all.push(root().join("build.rs"));
    let silent: Vec<PathBuf> =
        all.into_iter().filter(|path| !fs::read_to_string(path).unwrap().starts_with("//! ")).collect();
    assert_eq!(silent, [] as [PathBuf; 0]);
}

#[test]
fn every_exception_is_still_needed() {
    for (file, why) in OPENS_FILES {
        let source = fs::read_to_string(root().join(file)).unwrap();
        assert!(source.contains("fs::"), "{file} opens no files any more ({why})");
    }
}

/// What is said of a made-up file.
fn said(path: &str, source: &str) -> Vec<String> {
    faults(&[(path, &format!("//! A made-up file.\n{source}"))])
}

#[test]
fn a_file_that_breaks_the_rules_is_found_out() {
    let broken = [
        ("src/domain/plan.rs", "use crate::store::Store;", "domain uses store"),
        ("src/domain/plan.rs", "use crate::{domain::id, app::{model::Model}};", "domain uses app"),
        ("src/domain/plan.rs", "fn f() { let _ = std::fs::read(\"a\"); }", "touches std::fs::read"),
        ("src/domain/plan.rs", "use std::{fmt, time::{Duration, SystemTime as S}};", "touches std::time::SystemTime"),
        ("src/domain/plan.rs", "fn f() { let _ = jiff::Timestamp::now(); }", "touches jiff::Timestamp::now"),
        ("src/domain/plan.rs", "fn f() { println!(\"a\"); }", "touches println!"),
        ("src/domain/apply/turn.rs", "use super::super::super::export::json;", "domain uses export"),
        ("src/app/handlers/form.rs", "fn f() { crate::store::Store::builtin(); }", "app uses store"),
        ("src/app/handlers/mod.rs", "mod inner { use super::super::super::tui::view; }", "app uses tui"),
        ("src/app/handlers/mod.rs", "use crate as all;", "names the crate as a whole"),
        ("src/app/handlers/mod.rs", "use super::super::*;", "names the crate as a whole"),
        ("src/store/plans.rs", "use crate::app::model::Model;", "store uses app"),
        ("src/export/json.rs", "fn f(x: crate::cli::Args) {}", "export uses cli"),
        ("src/cli/list.rs", "use crate::app::update;", "cli uses app"),
        ("src/tui/run.rs", "use crate::cli::output::Output;", "tui uses cli"),
        ("src/tui/view/pane.rs", "use std::fs::File;", "touches std::fs::File"),
    ];
    for (path, source, wanted) in broken {
        let said = said(path, source);
        assert!(said.len() == 1 && said[0].contains(wanted), "{source} in {path}: {said:?}");
    }
    assert_eq!(faults(&[("src/app/a.rs", "fn f() {}")]).len(), 1, "a file without a first line");
    assert_eq!(said("src/app/a.rs", &"fn f() {}\n".repeat(LONGEST)).len(), 1, "a long file");
}

#[test]
fn a_layer_is_not_reached_through_another() {
    let tui = ("src/tui/mod.rs", "//! Its loop.\npub use crate::app::keys;\npub use crate::store::Store;\n");
    let app = ("src/app/keys.rs", "//! Its keys.\npub struct Keymap;\n");
    let cli = ("src/cli/list.rs", "//! A list.\nuse crate::tui::keys::Keymap;\nuse crate::tui::Store;\n");
    let told = faults(&[tui, app, cli]);
    let wanted = "src/cli/list.rs:2: cli uses app (crate::tui::keys::Keymap, that is crate::app::keys::Keymap)";
    assert_eq!(told, [wanted], "the store is one that it may use");
}

#[test]
fn a_file_that_keeps_the_rules_is_left_alone() {
    let fine = [
        ("src/domain/apply/turn.rs", "use super::super::plan::Plan; use crate::domain::{id, words::{self}};"),
        ("src/app/handlers/form.rs", "use crate::{app::model::Model, domain::plan::Plan}; // crate::store"),
        ("src/store/plans.rs", "use std::fs; use crate::domain::plan::Plan;"),
        ("src/tui/run.rs", "use crate::{app, store::Store}; fn f() { jiff::Timestamp::now(); }"),
        ("src/tui/view/a.rs", "#[cfg(test)]\nmod tests { use std::fs; }"),
        ("src/main.rs", "fn main() { setlist::cli::main() }"),
    ];
    for (path, source) in fine {
        assert_eq!(said(path, source), [] as [String; 0], "{source} in {path}");
    }
}
