//! What a person does in one step, each from the same beginning: the changes that are disturbed.

use std::fs;

use crate::place::Home;

/// A command and what was done before it.
pub struct Step {
    pub name: &'static str,
    /// What leads to the state before it.
    pub before: fn(&Home),
    /// The command; `{id}` stands for the plan there is.
    pub args: &'static [&'static str],
    /// What it says once it is done.
    pub says: &'static str,
    /// Whether a plan may be seen in two places until it is done: moved by copying, then removing.
    pub moves: bool,
}

impl Step {
    /// The state before it.
    pub fn home(&self) -> Home {
        let home = Home::quick();
        (self.before)(&home);
        home
    }

    /// The command's arguments in a home like that.
    pub fn args(&self, home: &Home) -> Vec<String> {
        let state = |folder: &str| fs::read_dir(home.path(folder)).into_iter().flatten().flatten().next();
        let file = state("data/plans").or_else(|| state("state/trash"));
        let id = file.map(|file| file.file_name().to_string_lossy().replace(".toml", "")).unwrap_or_default();
        self.args.iter().map(|arg| arg.replace("{id}", &id)).collect()
    }
}

fn nothing(_: &Home) {}

fn plan(home: &Home) {
    home.plan();
    home.ok(&["note", "first"]);
}

fn edited_by_hand(home: &Home) {
    let id = home.plan();
    let path = home.store().plan_path(&id);
    let text = fs::read_to_string(&path).unwrap().replace("name = \"Small fix\"", "# mine\nname = \"By hand\"");
    fs::write(path, text).unwrap();
}

fn deleted(home: &Home) {
    let id = home.plan();
    home.ok(&["delete", "-p", &id, "-y"]);
}

fn settings(home: &Home) {
    home.ok(&["config", "set", "theme", "dark"]);
}

/// The steps.
pub const STEPS: &[Step] = &[
    Step { name: "the first plan", before: nothing, args: &["new", "small", "-q"], says: "small-fix", moves: false },
    Step { name: "a note", before: plan, args: &["note", "second"], says: "note added", moves: false },
    Step { name: "a turn started", before: plan, args: &["turn", "start"], says: "started", moves: false },
    Step { name: "undo", before: plan, args: &["undo"], says: "undid", moves: false },
    Step {
        name: "a note on a plan edited by hand",
        before: edited_by_hand,
        args: &["note", "x"],
        says: "note added",
        moves: false,
    },
    Step { name: "a plan deleted", before: plan, args: &["delete", "-p", "{id}", "-y"], says: "trash", moves: true },
    Step { name: "a plan restored", before: deleted, args: &["restore", "-p", "{id}"], says: "restored", moves: true },
    Step {
        name: "a setting",
        before: settings,
        args: &["config", "set", "theme", "light"],
        says: "light",
        moves: false,
    },
];
