//! Packs as JSON, and what differs between two versions of one.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use similar::TextDiff;

use crate::domain::pack::Pack;

/// Longest time for one comparison; what takes longer is compared more coarsely.
const PATIENCE: Duration = Duration::from_millis(500);

/// A pack with where its files lie and the strategies in it.
pub fn pack(pack: &Pack, folder: &Path, strategies: &[String]) -> Value {
    json!({
        "name": pack.name,
        "kind": pack.kind.word(),
        "source": pack.source,
        "revision": Some(&pack.revision).filter(|revision| !revision.is_empty()),
        "digest": pack.digest,
        "added": pack.added,
        "updated": pack.updated,
        "path": folder.display().to_string(),
        "strategies": strategies,
    })
}

/// What differs between two texts, as a unified diff with three lines around each change; empty where
/// nothing does. The characters are those of the texts: show it through `domain::untrusted`.
pub fn diff(name: &str, before: &str, after: &str) -> String {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    let (old, new) = (format!("{name} (now)"), format!("{name} (new)"));
    diff.unified_diff().context_radius(3).header(&old, &new).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_shows_what_changed_with_its_surroundings() {
        let before: String = (1..=9).map(|n| format!("line {n}\n")).collect();
        let after = before.replace("line 5", "line five\nand more");
        insta::assert_snapshot!(diff("a.toml", &before, &after), @r"
        --- a.toml (now)
        +++ a.toml (new)
        @@ -2,7 +2,8 @@
         line 2
         line 3
         line 4
        -line 5
        +line five
        +and more
         line 6
         line 7
         line 8
        ");
        assert_eq!(diff("a.toml", &before, &before), "");
    }

    #[test]
    fn large_texts_that_share_nothing_are_compared_in_bounded_time() {
        let text = |word: &str| (0..40_000).map(|n| format!("{word}{n}\n")).collect::<String>();
        assert!(diff("a.toml", &text("a"), &text("b")).len() > 400_000);
    }
}
