//! A pack that is a git repository, read by the user's own git.
//!
//! The repository is cloned without a work tree, and the files are read as objects: so no hook, filter,
//! link or submodule of it takes effect, whatever it holds.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::domain::pack::Content;
use crate::domain::strategy::MAX_BYTES;
use crate::domain::untrusted::shown;
use crate::store::{ErrorCode, StoreError};

use super::pick::{Candidate, What, is_strategy, pick};

/// What holds for every call: nothing of the repository or of an address is run.
const GUARDS: &[&str] = &[
    "protocol.ext.allow=never",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
];

/// Variables that point git at another repository than the one named.
const FOREIGN: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_TEMPLATE_DIR",
    "GIT_EXTERNAL_DIFF",
];

/// Reads the strategy files of the newest commit of the repository at `address`.
pub(super) fn read(address: &str) -> Result<Content, StoreError> {
    let temp = tempfile::Builder::new().prefix("setlist-pack-").tempdir().map_err(|error| {
        StoreError::new(ErrorCode::Io, format!("no folder for the clone: {error}"), "free some space in $TMPDIR")
    })?;
    let repo = temp.path().join("repo");
    let mut clone = git();
    clone.args(["clone", "--quiet", "--bare", "--depth", "1", "--single-branch", "--no-tags", "--no-local"]);
    clone.args(["--no-recurse-submodules", "--template=", "--", address]).arg(&repo);
    run(&mut clone).map_err(|failure| failure.of(address))?;
    let of = |args: &[&str]| run(git().arg("--git-dir").arg(&repo).args(args)).map_err(|failure| failure.of(address));
    let revision = of(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).map_err(|_| {
        let message = format!("the repository {} has no commit", shown(address));
        StoreError::new(ErrorCode::Invalid, message, "commit its strategies first")
    })?;
    let top = tree(&of(&["ls-tree", "-z", "-l", "HEAD"])?);
    let below = match top.iter().find(|object| object.name == "strategies" && object.kind == "tree") {
        Some(folder) => tree(&of(&["ls-tree", "-z", "-l", &folder.id])?),
        None => Vec::new(),
    };
    let objects = if below.iter().any(|object| is_strategy(&object.name)) { below } else { top };
    let candidates = objects.iter().map(|object| Candidate { name: object.name.clone(), what: object.what() });
    let content = pick(candidates.collect(), |name| blob(&repo, &objects, name));
    Ok(Content { revision: String::from_utf8_lossy(&revision).trim().to_owned(), ..content })
}

/// The text of the file called `name`.
fn blob(repo: &Path, objects: &[Object], name: &str) -> Result<String, &'static str> {
    let id = objects.iter().find(|object| object.name == name).map_or("", |object| object.id.as_str());
    let bytes =
        run(git().arg("--git-dir").arg(repo).args(["cat-file", "blob", id])).map_err(|_| "it cannot be read")?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("it is larger than 1 MiB");
    }
    String::from_utf8(bytes).map_err(|_| "it is no text in UTF-8")
}

/// A line of `git ls-tree -z -l`.
#[derive(Debug, PartialEq, Eq)]
struct Object {
    mode: String,
    kind: String,
    id: String,
    size: Option<u64>,
    name: String,
}

impl Object {
    fn what(&self) -> What {
        match (self.mode.as_str(), self.kind.as_str(), self.size) {
            ("100644" | "100755" | "100664", "blob", Some(size)) => What::File(size),
            ("120000", _, _) => What::Link,
            _ => What::Other,
        }
    }
}

fn tree(listed: &[u8]) -> Vec<Object> {
    let line = |line: &[u8]| {
        let text = String::from_utf8_lossy(line);
        let (facts, name) = text.split_once('\t')?;
        let mut facts = facts.split_whitespace().map(str::to_owned);
        let (mode, kind, id) = (facts.next()?, facts.next()?, facts.next()?);
        Some(Object { mode, kind, id, size: facts.next()?.parse().ok(), name: name.to_owned() })
    };
    listed.split(|byte| *byte == 0).filter_map(line).collect()
}

/// A git that asks nothing and takes nothing of the surroundings.
fn git() -> Command {
    let mut git = Command::new("git");
    for guard in GUARDS {
        git.args(["-c", guard]);
    }
    for name in FOREIGN {
        git.env_remove(name);
    }
    git.env("GIT_TERMINAL_PROMPT", "0").env("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh").env("LC_ALL", "C");
    git.stdin(Stdio::null());
    git
}

/// Why git did not do it.
enum Failure {
    Missing(io::Error),
    Said(String),
}

impl Failure {
    fn of(self, address: &str) -> StoreError {
        let address = shown(address);
        match self {
            Self::Missing(error) if error.kind() == io::ErrorKind::NotFound => StoreError::new(
                ErrorCode::Io,
                "git is not installed, or not on the PATH",
                format!("install git, or add a folder that holds what is in {address}"),
            ),
            Self::Missing(error) => StoreError::new(ErrorCode::Io, format!("git cannot be run: {error}"), ""),
            Self::Said(text) => StoreError::new(
                ErrorCode::Io,
                format!("git cannot read {address}: {text}"),
                "see the address, the network and your access; nothing has changed",
            ),
        }
    }
}

/// Runs git; what it wrote to standard output.
fn run(git: &mut Command) -> Result<Vec<u8>, Failure> {
    let output = git.output().map_err(Failure::Missing)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    // The last lines say what went wrong.
    let text = String::from_utf8_lossy(&output.stderr);
    let mut lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.drain(..lines.len().saturating_sub(3));
    let said = shown(&lines.join("; ")).into_owned();
    Err(Failure::Said(if said.is_empty() { format!("it ended with {}", output.status) } else { said }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_tells_files_from_links_and_folders() {
        let listed = b"100644 blob aa 12\ta.toml\x00120000 blob bb 11\tl.toml\x00160000 commit cc -\tsub\x00040000 tree dd -\tstrategies\x00100644 blob ee 3\tod\xff\x1b[d.toml\x00";
        let found: Vec<(String, What)> =
            tree(listed).iter().map(|object| (object.name.clone(), object.what())).collect();
        let names =
            [("a.toml", What::File(12)), ("l.toml", What::Link), ("sub", What::Other), ("strategies", What::Other)];
        for (at, (name, what)) in names.iter().enumerate() {
            assert_eq!((found[at].0.as_str(), found[at].1), (*name, *what));
        }
        assert_eq!(found[4].1, What::File(3));
    }
}
