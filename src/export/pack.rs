//! Packs as JSON, and what differs between two versions of one.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use similar::TextDiff;

use crate::domain::pack::{Change, Kind, Pack};

use super::json::{Document, Problem, named};

/// Longest time for one comparison; what takes longer is compared more coarsely.
const PATIENCE: Duration = Duration::from_millis(500);

/// The packs that were taken.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Packs {
    /// The packs.
    pub items: Vec<TakenPack>,
}

impl Document for Packs {
    const SCHEMA: &'static str = "setlist.packs/1";
}

/// A pack that is to be taken or removed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PackDocument {
    /// The pack.
    pub pack: TakenPack,
    /// Whether it was taken; only said by `setlist pack add`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "bool")]
    pub taken: Option<bool>,
    /// What it brings; only said by `setlist pack add`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ChangedFile>")]
    pub changes: Option<Vec<ChangedFile>>,
    /// Files that are not taken; only said by `setlist pack add`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<LeftOut>")]
    pub left_out: Option<Vec<LeftOut>>,
    /// Where it went; only said by `setlist pack remove`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub trash: Option<String>,
    /// Strategies outside of the pack that extend one of it and cannot be used without it; only said by `setlist
    /// pack remove`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Broken>")]
    pub broken: Option<Vec<Broken>>,
}

/// A strategy that cannot be used any more.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Broken {
    /// The strategy's id.
    pub id: String,
    /// Its file.
    pub path: String,
}

impl Document for PackDocument {
    const SCHEMA: &'static str = "setlist.pack/1";
}

/// What became of packs since they were taken.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PackUpdates {
    /// Every pack that was looked at.
    pub items: Vec<PackUpdate>,
}

impl Document for PackUpdates {
    const SCHEMA: &'static str = "setlist.pack_updates/1";
}

/// What became of one pack.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PackUpdate {
    /// The pack as it is now.
    pub pack: TakenPack,
    /// The files that differ.
    pub changes: Vec<ChangedFile>,
    /// Files that are not taken.
    pub left_out: Vec<LeftOut>,
    /// Whether the changes were taken.
    pub taken: bool,
}

/// A pack with where its files lie and the strategies in it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TakenPack {
    /// What the person calls it.
    name: String,
    /// What it is taken from.
    kind: Kind,
    /// The folder or the repository's address.
    source: String,
    /// The commit; null for a folder.
    revision: Option<String>,
    /// SHA-256 of the names and texts of its files, in hexadecimal.
    digest: String,
    /// When it was added.
    added: Timestamp,
    /// When its files were taken last.
    updated: Timestamp,
    /// Where its files lie.
    path: String,
    /// The ids of its strategies.
    strategies: Vec<String>,
}

/// A strategy file that is new, gone or different.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangedFile {
    /// The strategy's id.
    pub id: String,
    /// Its title; null where the file cannot be used.
    pub title: Option<String>,
    /// What became of it.
    pub change: Change,
    /// Turns whose prompts differ: `turn`, or `session/turn` where there are several sessions.
    pub prompts: Vec<String>,
    /// What to know of it, in words.
    pub remarks: Vec<String>,
    /// How many hidden and control characters are in it.
    pub hidden_characters: usize,
    /// Where they are, each made visible in its line.
    pub hidden: Vec<String>,
    /// What the linter says of it.
    pub problems: Vec<Problem>,
    /// What differs, as a unified diff; null where it is new or gone.
    pub diff: Option<String>,
}

/// A file that is not taken.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LeftOut {
    /// The file.
    pub file: String,
    /// Why.
    pub reason: String,
}

/// A pack with where its files lie and the strategies in it.
pub fn pack(pack: &Pack, folder: &Path, strategies: Vec<String>) -> TakenPack {
    TakenPack {
        name: pack.name.clone(),
        kind: pack.kind,
        source: pack.source.clone(),
        revision: named(&pack.revision),
        digest: pack.digest.clone(),
        added: pack.added,
        updated: pack.updated,
        path: folder.display().to_string(),
        strategies,
    }
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
