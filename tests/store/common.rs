//! A store in a temporary directory, and short ways to say what tests do with it.

use std::fs;
use std::path::PathBuf;

use jiff::{Timestamp, Zoned};
use setlist::domain::command::Command;
use setlist::domain::placeholder::Values;
use setlist::domain::plan::Plan;
use setlist::domain::strategy::Strategy;
use setlist::domain::strategy_file;
use setlist::store::{Dirs, Store};
use tempfile::TempDir;

/// A store of its own; its directories go when it is dropped.
pub struct Place {
    pub store: Store,
    pub root: TempDir,
}

impl Place {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let store = Store::new(dirs(&root));
        Self { store, root }
    }

    /// Another program on the same files: shares nothing in memory.
    pub fn other(&self) -> Store {
        Store::new(dirs(&self.root))
    }

    pub fn plan(&self) -> Plan {
        self.store.create(&strategy(), &Values::new(), "Fix login", &now()).unwrap()
    }

    pub fn text(&self, id: &str) -> String {
        fs::read_to_string(self.store.plan_path(id)).unwrap()
    }

    /// What a person does with an editor.
    pub fn edit(&self, id: &str, change: impl FnOnce(String) -> String) {
        let text = change(self.text(id));
        fs::write(self.store.plan_path(id), text).unwrap();
    }

    pub fn note(&self, id: &str, text: &str) {
        self.store.update(id, &note(text), later(1)).unwrap();
    }

    pub fn notes(&self, id: &str) -> Vec<String> {
        self.store.load(id).unwrap().plan.notes.into_iter().map(|note| note.text).collect()
    }
}

fn dirs(root: &TempDir) -> Dirs {
    let dir = |name: &str| -> PathBuf { root.path().join(name) };
    Dirs { data: dir("data"), config: dir("config"), state: dir("state"), project: Some(dir("project/.setlist")) }
}

pub fn now() -> Zoned {
    "2026-11-22T10:00:00+01:00[+01:00]".parse().unwrap()
}

/// Some seconds after [`now`].
pub fn later(seconds: i64) -> Timestamp {
    now().timestamp() + jiff::SignedDuration::from_secs(seconds)
}

pub fn note(text: &str) -> Command {
    Command::AddNote { session: String::new(), turn: String::new(), text: text.into() }
}

/// Two sessions, gates, evidence and a metric.
pub const STRATEGY: &str = r#"
schema = 1
id = "small"
title = "Small"
goal = "Do it"

[[placeholders]]
name = "topic"
label = "Topic"
default = "logins"

[[sessions]]
id = "one"
title = "One"

[[sessions.turns]]
id = "look"
title = "Look"
repeat = "file"
budget = "15m-30m"
prompt = """
Look at {{ topic }}.

Then say what you saw.
"""
gate = "It was seen"
[[sessions.turns.evidence]]
id = "seen"
label = "What was seen"

[[sessions.turns]]
id = "mend"
title = "Mend"
prompt = "Mend it."

[[sessions]]
id = "two"
title = "Two"
after = ["one"]
[[sessions.turns]]
id = "show"
prompt = "Show it."

[[metrics]]
id = "latency"
unit = "ms"
baseline = 80
"#;

pub fn strategy() -> Strategy {
    strategy_file::read(STRATEGY, Some("small")).strategy.unwrap()
}
