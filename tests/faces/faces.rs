//! The four faces on the same files, each asked in its own way.

use std::path::{Path, PathBuf};

use serde_json::Value;
use setlist::app::model::Screen;
use setlist::app::msg::Effect;
use setlist::domain::plan::Plan;
use setlist::store::Store;

use crate::client::Client;
use crate::conversation::type_into;
use crate::home::{Home, tree};
use crate::rig::{Rig, dirs};

/// A directory with what a person has, and every way to look at it.
pub struct Faces {
    pub home: Home,
}

impl Faces {
    pub fn new() -> Self {
        Self { home: Home::new() }
    }

    /// The same files in another place: what one face does there, no other sees.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        copy_all(|name| self.home.path(name), &copy.home.path(""));
        copy
    }

    pub fn store(&self) -> Store {
        Store::new(dirs(&self.home.path("")))
    }

    /// The plan that was changed last.
    pub fn plan(&self) -> Plan {
        latest(&self.store())
    }

    /// The terminal interface on a copy of the files, with the plan's turns on the screen.
    pub fn interface(&self) -> Rig {
        let home = tempfile::tempdir().unwrap();
        copy_all(|name| self.home.path(name), home.path());
        let mut rig = open(home);
        rig.perform(Effect::Open(self.plan().id));
        if rig.model.screen == Screen::Lanes {
            rig.keys("v");
        }
        rig
    }

    /// What the conversation says from the plan's menu on, to somebody who types these answers there and leaves.
    pub fn conversation(&self, answers: &[(&str, &str)]) -> String {
        let shown = self.whole_conversation(&[&[(WHAT_TO_DO, "go on")], answers].concat());
        shown.split_once("go on\n").unwrap().1.to_owned()
    }

    /// All that the conversation says to somebody who types these answers and leaves at a menu of what to do.
    pub fn whole_conversation(&self, answers: &[(&str, &str)]) -> String {
        let (code, shown) = type_into(&self.home, &["--accessible"], &[answers, &[(WHAT_TO_DO, "q")]].concat());
        assert_eq!(code, 0, "{shown}");
        shown.replace("\r\n", "\n")
    }

    /// What a tool answers an agent.
    pub fn agent(&self, tool: &str, arguments: &Value) -> Value {
        let mut client = self.client();
        let answer = client.call(tool, arguments);
        client.bye();
        answer
    }

    /// The message and hint with which an agent is refused.
    pub fn agent_refused(&self, tool: &str, arguments: &Value) -> Refused {
        let mut client = self.client();
        let error = client.fails(tool, arguments);
        client.bye();
        refused(&error)
    }

    fn client(&self) -> Client {
        Client::of(&self.home, &[], |_, _| {})
    }

    /// The message and hint with which the command line refuses.
    pub fn command_refused(&self, args: &[&str]) -> Refused {
        let ran = self.home.run(&[args, &["--json"]].concat());
        assert!(ran.code != 0, "{args:?}: {ran:?}");
        let error: Value = serde_json::from_str(&ran.err).unwrap_or_else(|error| panic!("{error}: {}", ran.err));
        refused(&error["error"])
    }
}

/// The plan that was changed last.
pub fn latest(store: &Store) -> Plan {
    store.load(&store.latest().unwrap().unwrap()).unwrap().plan
}

/// The question of the conversation's menus.
pub const WHAT_TO_DO: &str = "What to do: ";

/// The terminal interface on these files.
pub fn open(home: tempfile::TempDir) -> Rig {
    Rig::on(home, (200, 50), |_| {})
}

/// Why something is not done, and what leads past it.
#[derive(Debug, PartialEq, Eq)]
pub struct Refused {
    pub message: String,
    pub hint: String,
}

fn refused(error: &Value) -> Refused {
    let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
    Refused { message: text("message"), hint: text("hint") }
}

/// Copies what the program keeps into `to`; `of` says where it is.
fn copy_all(of: impl Fn(&str) -> PathBuf, to: &Path) {
    for name in ["data", "config", "state"] {
        let from = of(name);
        for (path, content) in tree(&from) {
            let target = to.join(name).join(path.strip_prefix(&from).unwrap());
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::write(target, content).unwrap();
        }
    }
}
