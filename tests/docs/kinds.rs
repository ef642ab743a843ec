//! The words of strategy files and settings stand where people look for them.

use setlist::domain::placeholder::PlaceholderKind;
use setlist::domain::review::Rule;
use setlist::domain::strategy::{EvidenceKind, TurnKind};

use crate::file;

/// Words as a comment lists them: `text | command`.
fn listed<K: ToString>(all: &[K]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_file_to_start_from_lists_the_kinds() {
    let text = file("assets/new-strategy.toml");
    for list in [listed(EvidenceKind::ALL), listed(TurnKind::ALL), listed(PlaceholderKind::ALL)] {
        assert!(text.contains(&format!("# {list}\n")), "assets/new-strategy.toml does not say `# {list}`");
    }
}

#[test]
fn the_manual_has_a_row_for_each_kind() {
    let strategies = "docs/strategies.md";
    for (page, title, words) in [
        ("docs/configuration.md", "Rule", Rule::ALL.iter().map(ToString::to_string).collect::<Vec<_>>()),
        (strategies, "Evidence kind", EvidenceKind::ALL.iter().map(ToString::to_string).collect()),
        (strategies, "Placeholder kind", PlaceholderKind::ALL.iter().map(ToString::to_string).collect()),
    ] {
        let text = file(page);
        let table = text.split(&format!("| {title} |")).nth(1).unwrap_or_default().split("\n\n").next().unwrap();
        for word in words {
            assert!(table.contains(&format!("\n| `{word}` |")), "{page}: no row for `{word}` below `{title}`");
        }
    }
}
