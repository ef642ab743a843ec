//! What a file among the plans is, by its name.

use crate::domain::id;

use super::atomic;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// `<id>.toml`.
    Plan(String),
    /// A `.toml` whose name is no id.
    Misnamed(String),
    /// A copy that a sync tool left, with the id of its plan where it can be told.
    Conflict(String),
    /// Backups, swap files, temporary files, and what is no TOML.
    Other,
}

/// What the file called `name` is.
pub(super) fn classify(name: &str) -> Name {
    if let Some(of) = sync_conflict(name) {
        let of = of.trim_end_matches(".toml").trim();
        return Name::Conflict(if id::is_valid(of) { of.into() } else { String::new() });
    }
    if atomic::is_temp(name) || name.starts_with(['.', '#']) {
        return Name::Other;
    }
    match name.strip_suffix(".toml") {
        Some(stem) if id::is_valid(stem) => Name::Plan(stem.into()),
        Some(stem) => Name::Misnamed(stem.into()),
        None => Name::Other,
    }
}

/// The name of the file that `name` is a sync tool's copy of.
fn sync_conflict(name: &str) -> Option<&str> {
    // Syncthing: `a.sync-conflict-20261122-101112-ABCDEFG.toml`, and `.syncthing.a.toml.tmp` under way.
    if let Some(of) = name.strip_prefix(".syncthing.").or_else(|| name.strip_prefix("~syncthing~")) {
        return Some(of.trim_end_matches(".tmp"));
    }
    if let Some(at) = name.find(".sync-conflict-") {
        return Some(&name[..at]);
    }
    // Dropbox, Nextcloud, ownCloud: `a (conflicted copy 2026-11-22).toml`, `a (Ada's conflicted copy).toml`.
    if let Some(at) = name.to_ascii_lowercase().find("conflicted copy")
        && let Some(bracket) = name[..at].rfind('(')
    {
        return Some(name[..bracket].trim_end());
    }
    // rclone: `a.toml.conflict1`; git, where a file stands against a directory: `a.toml~HEAD`.
    let at = name.find(".toml")?;
    let rest = &name[at + ".toml".len()..];
    let marked = rest.starts_with(".conflict") || rest.len() > 1 && rest.starts_with('~');
    (marked && !name.starts_with(['.', '#'])).then_some(&name[..at])
}

/// The plan among `plans` that a file which is called `<stem>.toml` and is no plan is a copy of, by its name: most tools
/// and people put something behind it, such as `a (1).toml`, `a 2.toml`, `a-LAPTOP.toml`, `a_REMOTE_1234.toml`.
pub(super) fn copy_of<'a>(stem: &str, plans: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let copied = |id: &&str| {
        let after =
            |stem: &str| stem.strip_prefix(id).map(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
        // `Copy of a.toml`, in any language: what stands before is words.
        after(stem) == Some(true) || stem.rsplit_once(' ').is_some_and(|(_, last)| last == *id)
    };
    plans.filter(copied).max_by_key(|id| id.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let plan = "2026-11-22-fix-login-k3x9";
        assert_eq!(classify(&format!("{plan}.toml")), Name::Plan(plan.into()));
        for copy in [
            format!("{plan}.toml.conflict1"),
            format!("{plan}.toml~HEAD"),
            format!("{plan}.sync-conflict-20261122-101112-ABCDEFG.toml"),
            format!("{plan} (conflicted copy 2026-11-22 101112).toml"),
            format!("{plan} (Ada's Conflicted Copy).toml"),
            format!(".syncthing.{plan}.toml.tmp"),
        ] {
            assert_eq!(classify(&copy), Name::Conflict(plan.into()), "{copy}");
        }
        assert_eq!(classify("Ä (conflicted copy).toml"), Name::Conflict(String::new()));
        assert_eq!(classify("My plan.toml"), Name::Misnamed("My plan".into()));
        for other in [".x.toml.swp", "x.toml~", "#x.toml#", ".#x.toml", ".setlist-a1.tmp", "notes.md"] {
            assert_eq!(classify(other), Name::Other, "{other}");
        }
    }

    #[test]
    fn copies_are_known_by_the_plan_that_they_are_called_after() {
        let plans = ["2026-11-22-fix-k3x9", "2026-11-22-fix", "a"];
        let of = |stem: &str| copy_of(stem, plans.into_iter());
        for rest in [" (1)", " 2", "-LAPTOP", "_REMOTE_12", " - Copy", ".Conflict", "~20261122-101112"] {
            assert_eq!(of(&format!("2026-11-22-fix-k3x9{rest}")), Some("2026-11-22-fix-k3x9"), "{rest}");
        }
        assert_eq!(of("Copy of a"), Some("a"));
        assert_eq!(of("2026-11-22-fix-OTHER"), Some("2026-11-22-fix"));
        assert_eq!(of("My plan"), None);
        assert_eq!(of("able (1)"), None);
    }
}
