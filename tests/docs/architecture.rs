//! What `ARCHITECTURE.md` says of dependencies, and how long a decision may be.

use crate::file;

/// Most lines of a decision: what was decided and why, not all that could be said.
const LONGEST: usize = 6;

/// What stands below a heading, up to the next one of its rank.
fn section(heading: &str) -> String {
    let page = file("ARCHITECTURE.md");
    let (_, rest) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    rest.split("\n## ").next().unwrap().to_owned()
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
