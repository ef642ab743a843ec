//! Packs: strategies that somebody else wrote, kept as a copy until the person takes another one.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::id;
use super::strategy::Strategy;
use super::untrusted::shown;
use super::words::words;

/// Most strategy files of one pack. A person looks at each.
pub const MAX_FILES: usize = 200;

/// Most bytes of all files of a pack together.
pub const MAX_TOTAL: u64 = 16 * 1024 * 1024;

words! {
    /// What a pack is taken from.
    Kind:
    /// A folder on this machine, as it is on disk.
    #[default] Folder = "folder",
    /// A git repository, as its main branch is.
    Git = "git",
}

/// A pack that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// What the person calls it; an identifier.
    pub name: String,
    /// What it is taken from.
    pub kind: Kind,
    /// The folder or the repository's address.
    pub source: String,
    /// The commit, for a repository; else empty.
    #[serde(default)]
    pub revision: String,
    /// SHA-256 of the names and texts of its files, in hexadecimal.
    pub digest: String,
    /// When it was added.
    pub added: Timestamp,
    /// When its files were taken last.
    pub updated: Timestamp,
}

/// A strategy file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its name, an identifier with `.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl PackFile {
    /// Its name without `.toml`.
    pub fn stem(&self) -> &str {
        self.name.strip_suffix(".toml").unwrap_or(&self.name)
    }
}

/// What a pack's source holds now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The strategy files, by name.
    pub files: Vec<PackFile>,
    /// Files that are not taken, each with the reason.
    pub left_out: Vec<(String, &'static str)>,
    /// The commit, for a repository; else empty.
    pub revision: String,
}

/// Why an address is not taken, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadAddress {
    /// What is wrong with it.
    pub message: String,
    /// What to write instead.
    pub hint: &'static str,
}

/// What `address` names: a folder, unless it is written as git writes addresses.
///
/// # Errors
/// For what git would take as an option or run as a program, and for what would store a password.
pub fn kind_of(address: &str) -> Result<Kind, BadAddress> {
    const HINT: &str = "a folder, or an address such as https://host/pack.git, git@host:pack.git, file:///folder";
    let bad = |message: String, hint| Err(BadAddress { message, hint });
    if address.trim().is_empty() {
        return bad("the address is empty".into(), HINT);
    }
    if shown(address) != address {
        return bad(format!("the address has hidden or control characters: {}", shown(address)), HINT);
    }
    if address.starts_with('-') {
        return bad(format!("`{address}` looks like an option"), "a folder of such a name is written ./-name");
    }
    if let Some((scheme, rest)) = address.split_once("://") {
        let known = ["https", "http", "ssh", "git", "file"];
        if !known.contains(&scheme.to_ascii_lowercase().as_str()) {
            return bad(format!("addresses of the kind `{scheme}` are not taken"), HINT);
        }
        let host = rest.split('/').next().unwrap_or_default();
        if let Some((user, _)) = host.rsplit_once('@')
            && user.contains(':')
        {
            return bad("the address holds a password".into(), "leave it out: git asks its credential helper");
        }
        return host_of(host, Kind::Git);
    }
    let before_slash = address.split('/').next().unwrap_or_default();
    match before_slash.split_once(':') {
        Some((_, rest)) if rest.starts_with(':') => bad(format!("`{address}` would have git run a program"), HINT),
        Some((host, _)) if !host.is_empty() => host_of(host, Kind::Git),
        Some(_) | None => Ok(Kind::Folder),
    }
}

/// A host that would be taken for an option of ssh is none.
fn host_of(host: &str, kind: Kind) -> Result<Kind, BadAddress> {
    let name = host.rsplit_once('@').map_or(host, |(_, name)| name);
    if name.starts_with('-') || host.starts_with('-') {
        let message = format!("`{host}` is no host");
        return Err(BadAddress { message, hint: "a host's name does not begin with a hyphen" });
    }
    Ok(kind)
}

/// A name for the pack at `address`: its last part.
pub fn name_of(address: &str) -> String {
    let trimmed = address.trim_end_matches('/');
    let last = trimmed.rsplit(['/', ':']).next().unwrap_or_default();
    let name = id::slug(last.strip_suffix(".git").unwrap_or(last), id::MAX_ID);
    if last.chars().any(|c| c.is_ascii_alphanumeric()) { name } else { "pack".into() }
}

words! {
    /// What became of a strategy file from one version of a pack to the next.
    Change:
    /// It is new.
    #[default] Added = "added",
    /// It is gone.
    Removed = "removed",
    /// Its text is another, or what it extends is.
    Changed = "changed",
}

/// The turns whose prompts differ between two versions of a strategy, as `turn`, or `session/turn` where
/// there are several sessions. New turns and turns that are gone are among them.
pub fn changed_prompts(before: &Strategy, after: &Strategy) -> Vec<String> {
    let several = before.is_multi_session() || after.is_multi_session();
    let prompts = |strategy: &Strategy| -> BTreeMap<String, String> {
        let turns = strategy.sessions.iter().flat_map(|session| session.turns.iter().map(move |turn| (session, turn)));
        let name = |session: &str, turn: &str| if several { format!("{session}/{turn}") } else { turn.to_owned() };
        turns.map(|(session, turn)| (name(&session.id, &turn.id), turn.prompt.clone())).collect()
    };
    let (before, after) = (prompts(before), prompts(after));
    let gone = before.keys().filter(|name| !after.contains_key(*name)).cloned();
    let new = after.iter().filter(|(name, prompt)| before.get(*name) != Some(prompt)).map(|(name, _)| name.clone());
    new.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_folders_and_what_acts_is_refused() {
        for git in [
            "https://host/a/pack.git",
            "git@host:a/pack",
            "host:pack",
            "ssh://git@host/p",
            "file:///srv/p",
            "HTTPS://h/p",
        ] {
            assert_eq!(kind_of(git), Ok(Kind::Git), "{git}");
        }
        for folder in ["pack", "./a:b", "/srv/pack", "../x", "./-name", "~/pack"] {
            assert_eq!(kind_of(folder), Ok(Kind::Folder), "{folder}");
        }
        for bad in [
            "",
            " ",
            "-u",
            "--upload-pack=touch x",
            "ext::sh -c 'touch x'",
            "fd::3",
            "EXT::x",
            "ssh://-oProxyCommand=x/p",
            "-host:p",
            "git@-oProxyCommand=x:p",
            "ftp://host/p",
            "javascript://x",
            "https://me:secret@host/p",
            "a\u{1b}[2J",
            "https://host/\u{202e}p",
        ] {
            assert!(kind_of(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_is_the_last_part_of_the_address() {
        let cases = [
            ("https://host/a/Bug-Packs.git", "bug-packs"),
            ("git@host:pack", "pack"),
            ("/srv/my pack/", "my-pack"),
            ("/", "pack"),
            ("..", "pack"),
            ("../../etc", "etc"),
        ];
        for (address, name) in cases {
            assert_eq!(name_of(address), name, "{address}");
            assert!(id::is_valid(&name_of(address)));
        }
    }
}
