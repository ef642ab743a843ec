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
    let at = name.to_ascii_lowercase().find("conflicted copy")?;
    let bracket = name[..at].rfind('(')?;
    Some(name[..bracket].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let plan = "2026-11-22-fix-login-k3x9";
        assert_eq!(classify(&format!("{plan}.toml")), Name::Plan(plan.into()));
        for copy in [
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
}
