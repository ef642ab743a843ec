//! A home for the program, what is in it as a tree of bytes, and what a person finds there after a disaster.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;
use setlist::domain::command::Command as Change;
use setlist::store::{Dirs, Store, pack_digest};
use tempfile::TempDir;

/// Two turns, the second with evidence.
pub const STRATEGY: &str = r#"schema = 1
id = "small"
title = "Small fix"
goal = "Fix it"

[[turns]]
id = "measure"
title = "Measure"
prompt = "Measure it."

[[turns]]
id = "fix"
title = "Fix"
prompt = "Fix it."
[[turns.evidence]]
id = "suite"
label = "Full suite"
"#;

/// Whether the long runs are wanted.
pub fn long() -> bool {
    std::env::var_os("SETLIST_TORTURE").is_some_and(|value| value != "0")
}

/// How many cases: a few in each run of the tests, all of them in the long runs.
pub fn cases(short: usize, many: usize) -> usize {
    if long() { many } else { short }
}

/// Files below a directory with their bytes, directories without.
pub type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// The program's directories, for one test.
pub struct Home {
    dir: TempDir,
}

/// What a person has: plans, copies beside them and put away, packs, what was deleted, and settings. Times and random parts are the same in every run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub plans: Vec<String>,
    pub copies: Vec<String>,
    pub put_away: Vec<String>,
    pub packs: Vec<String>,
    pub trash: Vec<String>,
    pub config: Option<String>,
}

impl State {
    /// Whether something is on its way from the one state to the other and in both places: it is copied, then removed.
    pub fn is_between(&self, old: &Self, new: &Self) -> bool {
        let count = |state: &Self| {
            let copies = state.copies.len() + state.put_away.len();
            state.plans.len() + copies + state.packs.len() + state.trash.len()
        };
        let either = |part: fn(&Self) -> &Vec<String>| part(self) == part(old) || part(self) == part(new);
        count(self) > count(old)
            && either(|state| &state.plans)
            && either(|state| &state.copies)
            && either(|state| &state.put_away)
            && either(|state| &state.packs)
            && either(|state| &state.trash)
    }
}

impl Home {
    /// Directories with a strategy in them and nothing else: in memory, on disk where there is no such place.
    pub fn quick() -> Self {
        let home = Self { dir: TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap() };
        home.begin();
        home
    }

    fn begin(&self) {
        fs::create_dir_all(self.path("data/strategies")).unwrap();
        fs::write(self.path("data/strategies/small.toml"), STRATEGY).unwrap();
    }

    /// Directories that hold just this.
    pub fn lay(tree: &Tree) -> Self {
        let home = Self { dir: TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap() };
        for (path, bytes) in tree {
            let path = home.dir.path().join(path);
            match bytes {
                None => fs::create_dir_all(&path).unwrap(),
                Some(bytes) => fs::write(&path, bytes).unwrap(),
            }
            let mode = if bytes.is_none() { 0o700 } else { 0o600 };
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        }
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// All that is there.
    pub fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        let mut todo = vec![self.dir.path().to_owned()];
        while let Some(folder) = todo.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let name = entry.path().strip_prefix(self.dir.path()).unwrap().to_owned();
                if entry.path().is_dir() {
                    todo.push(entry.path());
                    tree.insert(name, None);
                } else {
                    tree.insert(name, Some(fs::read(entry.path()).unwrap()));
                }
            }
        }
        tree
    }

    /// Sets what the program looks at of the environment.
    pub fn dress(&self, command: &mut Command) {
        command.current_dir(self.root()).env_clear().stdin(Stdio::null());
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.root()).env("TZ", "UTC").env("USER", "ada").env("TERM", "xterm");
        for (name, dir) in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state")] {
            command.env(format!("SETLIST_{name}_DIR"), self.path(dir));
        }
    }

    /// The program that is shipped.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_setlist"));
        command.args(args);
        self.dress(&mut command);
        command
    }

    /// Runs what has to succeed; what it wrote to stdout.
    #[track_caller]
    pub fn ok(&self, args: &[&str]) -> String {
        let output = self.command(args).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Starts a plan; its id.
    pub fn plan(&self) -> String {
        self.ok(&["new", "small", "-q"]).trim().to_owned()
    }

    /// The files as a program started now finds them.
    pub fn store(&self) -> Store {
        let dir = |name: &str| self.path(name);
        Store::new(Dirs { data: dir("data"), config: dir("config"), state: dir("state"), project: None })
    }

    /// What a person finds.
    ///
    /// # Errors
    /// What no disaster may leave: a plan that does not open, or something that is taken for a plan and is none.
    pub fn look(&self) -> Result<State, String> {
        let store = self.store();
        let listing = store.list();
        let broken: Vec<&str> = listing.broken.iter().map(|plan| plan.message.as_str()).collect();
        if let Some(failure) = &listing.failure {
            return Err(format!("plans cannot be listed: {failure}"));
        }
        if !broken.is_empty() {
            return Err(format!("broken: {broken:?}"));
        }
        for plan in &listing.plans {
            store.load(&plan.id).map_err(|error| format!("{} does not open: {error}", plan.id))?;
        }
        let problems = store.settings().problems;
        if !problems.is_empty() {
            return Err(format!("settings: {problems:?}"));
        }
        let files = |folder: &str, wanted: &dyn Fn(&Path) -> bool| {
            let found = self.tree().into_iter().filter(|(path, _)| path.starts_with(folder) && wanted(path));
            let toml = found.filter(|(path, _)| path.extension().is_some_and(|end| end == "toml"));
            toml.filter_map(|(_, bytes)| bytes).map(|bytes| same(&bytes)).collect::<Vec<_>>()
        };
        let texts = |folder: &str| files(folder, &|_| true);
        let is_copy = |path: &Path| listing.conflicts.iter().any(|(_, copy)| copy.ends_with(path));
        let (plans, copies) = (files("data/plans", &|path| !is_copy(path)), files("data/plans", &is_copy));
        if (plans.len(), copies.len()) != (listing.plans.len(), listing.conflicts.len()) {
            return Err(format!("{} and {} files, {listing:?}", plans.len(), copies.len()));
        }
        let packs = store.packs().map_err(|error| error.to_string())?;
        if let Some(torn) = packs.iter().find(|pack| pack_digest(&store.kept_pack(pack).files) != pack.digest) {
            return Err(format!("the pack {} is not what was taken", torn.name));
        }
        let packs = packs.into_iter().map(|pack| pack.digest).collect();
        let (put_away, trash, config) = (texts("state/copies"), texts("state/trash"), texts("config").pop());
        Ok(State { plans, copies, put_away, packs, trash, config })
    }

    /// Whether work goes on: each plan takes a change, and gives it back.
    ///
    /// # Errors
    /// What stands in the way: a lock that stayed, a history that cannot be used.
    pub fn goes_on(&self) -> Result<(), String> {
        let store = self.store();
        for plan in store.list().plans {
            let note = Change::AddNote { session: String::new(), turn: String::new(), text: "after it".into() };
            let before = store.load(&plan.id).map_err(|error| error.to_string())?.plan;
            let now = Timestamp::now();
            let failed = |error| format!("{} takes no change: {error}", plan.id);
            let after = store.update(&plan.id, &note, now).map_err(failed)?.plan;
            if after.revision <= before.revision || after.notes.len() != before.notes.len() + 1 {
                return Err(format!("{} is at revision {} after {}", plan.id, after.revision, before.revision));
            }
            let back = store.undo(&plan.id, now).map_err(failed)?.plan;
            if back.notes != before.notes {
                return Err(format!("undo left {:?} instead of {:?}", back.notes, before.notes));
            }
        }
        Ok(())
    }
}

/// What a program wrote to both streams.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A text with its times and random ids made the same for every run.
fn same(bytes: &[u8]) -> String {
    static VARYING: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\d{4}-\d\d-\d\d-small-fix-\w{4}").unwrap());
    VARYING.replace_all(&String::from_utf8_lossy(bytes), "[SAME]").into_owned()
}

/// The next of some numbers that look random (`SplitMix64`).
pub fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
