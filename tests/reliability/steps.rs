//! What a person does in one step, each from the same beginning: the changes that are disturbed.

use std::fs;

use crate::place::{Home, STRATEGY, State};

/// A command and what was done before it.
pub struct Step {
    pub name: &'static str,
    /// What leads to the state before it.
    pub before: fn(&Home),
    /// The command; `{id}` stands for the plan there is, `{home}` for the home.
    pub args: &'static [&'static str],
    /// What it says once it is done.
    pub says: &'static str,
    /// Whether a plan may be seen in two places until it is done: moved by copying, then removing.
    pub moves: bool,
}

/// What a step may leave when it is disturbed.
pub struct Expected {
    pub old: State,
    pub new: State,
    moves: bool,
}

impl Expected {
    /// Whether this is the old state, or as good: what is being moved is in both places.
    pub fn is_old(&self, state: &State) -> bool {
        *state == self.old || self.moves && state.is_between(&self.old, &self.new)
    }

    /// Whether this is the new state, or as good.
    pub fn is_new(&self, state: &State) -> bool {
        *state == self.new
    }
}

impl Step {
    /// What it may leave.
    pub fn expected(&self, old: State, new: State) -> Expected {
        assert_ne!(old, new, "{} changes nothing", self.name);
        Expected { old, new, moves: self.moves }
    }

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
        let root = home.root().display().to_string();
        self.args.iter().map(|arg| arg.replace("{id}", &id).replace("{home}", &root)).collect()
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

fn copied(home: &Home) {
    let id = home.plan();
    let path = home.store().plan_path(&id);
    let theirs = fs::read_to_string(&path).unwrap().replace("name = \"Small fix\"", "name = \"Theirs\"");
    fs::write(path.with_file_name(format!("{id} (1).toml")), theirs).unwrap();
}

fn settings(home: &Home) {
    home.ok(&["config", "set", "theme", "dark"]);
}

fn pack(home: &Home, prompt: &str) {
    fs::create_dir_all(home.path("pack")).unwrap();
    let text = STRATEGY.replace("\"small\"", "\"packed\"").replace("Measure it.", prompt);
    fs::write(home.path("pack/packed.toml"), text).unwrap();
}

fn a_pack(home: &Home) {
    pack(home, "Measure it.");
}

fn packed(home: &Home) {
    a_pack(home);
    home.ok(&["pack", "add", home.path("pack").to_str().unwrap(), "-y"]);
    pack(home, "Measure it twice.");
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
        name: "items of a copy taken",
        before: copied,
        args: &["conflict", "take", "(1)", "--all"],
        says: "taken",
        moves: false,
    },
    Step {
        name: "a copy put away",
        before: copied,
        args: &["conflict", "put-away"],
        says: "state/copies",
        moves: true,
    },
    Step {
        name: "a setting",
        before: settings,
        args: &["config", "set", "theme", "light"],
        says: "light",
        moves: false,
    },
    Step {
        name: "a pack added",
        before: a_pack,
        args: &["pack", "add", "{home}/pack", "-y"],
        says: "was taken",
        moves: false,
    },
    Step { name: "a pack updated", before: packed, args: &["pack", "update", "-y"], says: "was taken", moves: false },
    Step {
        name: "a pack removed",
        before: packed,
        args: &["pack", "remove", "pack", "-y"],
        says: "trash",
        moves: true,
    },
];
