//! What `ARCHITECTURE.md` says of layers and dependencies, and how long a decision may be.

use std::collections::BTreeSet;

use crate::{file, root};

/// Most lines of a decision: what was decided and why, not all that could be said.
const LONGEST: usize = 6;

/// What stands below a heading, up to the next one of its rank.
fn section(heading: &str) -> String {
    let page = file("ARCHITECTURE.md");
    let (_, rest) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    rest.split("\n## ").next().unwrap().to_owned()
}

#[test]
fn every_layer_has_its_row() {
    let section = section("The map");
    let rows: BTreeSet<&str> = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let folders = std::fs::read_dir(root().join("src")).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.file_type().unwrap().is_dir());
    let folders: Vec<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert_eq!(rows, folders.iter().map(String::as_str).collect(), "the table of layers and the folders of src");
}

#[test]
fn every_dependency_is_in_the_table() {
    let section = section("Dependencies");
    let named: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").next())
        .flat_map(|cell| cell.split([',', ' ']))
        .collect();
    let manifest: toml::Table = file("Cargo.toml").parse().unwrap();
    for kind in ["dependencies", "dev-dependencies"] {
        for (name, value) in manifest[kind].as_table().unwrap() {
            let package = value.get("package").and_then(toml::Value::as_str).unwrap_or(name);
            assert!(named.contains(&package), "the table of dependencies in ARCHITECTURE.md lacks {package}");
        }
    }
}

#[test]
fn a_decision_is_short() {
    for decision in section("Decisions").split("\n\n") {
        let lines = decision.trim().lines().count();
        assert!(lines <= LONGEST, "{lines} lines, {LONGEST} are the most: {decision}");
    }
}
