//! A home of its own for each test, and what the program says in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Directories of their own, and the binary under test in them.
pub struct Home {
    dir: PathBuf,
    /// Removes it, where it is this one's.
    _own: Option<tempfile::TempDir>,
}

/// What a command wrote and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        let own = tempfile::tempdir().unwrap();
        let home = Self::at(own.path());
        Self { _own: Some(own), ..home }
    }

    /// In directories that are somebody else's, who removes them.
    pub fn at(dir: &Path) -> Self {
        let home = Self { dir: dir.to_owned(), _own: None };
        std::fs::create_dir_all(home.path("work")).unwrap();
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Writes a file below the home; its path.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Puts a strategy among the person's own.
    pub fn strategy(&self, id: &str, text: &str) {
        self.write(&format!("data/strategies/{id}.toml"), text);
    }

    /// The binary, with nothing of the environment but what a test says.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("setlist"));
        command.args(args).current_dir(self.path("work")).env_clear();
        // Where the lines that it reaches are counted.
        command.envs(std::env::var_os("LLVM_PROFILE_FILE").map(|file| ("LLVM_PROFILE_FILE", file)));
        for (name, dir) in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state")] {
            command.env(format!("SETLIST_{name}_DIR"), self.path(dir));
        }
        command.env("HOME", self.path("home")).env("TZ", "UTC").env("USER", "ada").env("TERM", "xterm");
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().unwrap())
    }

    /// Runs with `input` on standard input.
    pub fn pipe(&self, args: &[&str], input: &str) -> Ran {
        let from = self.write("input", input);
        let input = std::fs::File::open(from).unwrap();
        ran(self.command(args).stdin(input).output().unwrap())
    }

    /// Runs what has to succeed; what it wrote to stdout.
    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        ran.out
    }

    /// Runs what has to succeed under `--json`; the document.
    pub fn json(&self, args: &[&str]) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.ok(&args)).unwrap()
    }

    /// Runs what has to fail with `code`; what it wrote to stderr. Nothing may be on stdout.
    pub fn fails(&self, code: i32, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{args:?}: {ran:?}");
        ran.err
    }

    /// `text` with this home's path, dates, times and random suffixes made the same for every run.
    pub fn same(&self, text: &str) -> String {
        let text = text.replace(&self.dir.display().to_string(), "[HOME]");
        let mut text = text;
        for (pattern, to) in [
            (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[TIME]"),
            (r"\d{4}-\d\d-\d\d \d\d:\d\d", "[TIME]"),
            (r"\d{4}-\d\d-\d\d-([a-z0-9-]+)-[a-z0-9]{4}\b", "[DATE]-$1-[ID]"),
            (r"\b\d+s of", "[N]s of"),
            // A slow machine takes more than half a percent of a quarter of an hour.
            (r"(\[N\]s of \S+) \(\d %\)", "$1 (0 %)"),
            (r"\b\d+s worked", "[N]s worked"),
            (r"\| \d+s \|", "| [N]s |"),
        ] {
            text = regex::Regex::new(pattern).unwrap().replace_all(&text, to).into_owned();
        }
        text
    }

    /// What a command wrote and how it ended, the same for every run.
    pub fn told(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        let command = args.join(" ");
        let err = if ran.err.is_empty() { String::new() } else { format!("--- stderr\n{}", ran.err) };
        let code = if ran.code == 0 { String::new() } else { format!("--- exit code {}\n", ran.code) };
        self.same(&format!("$ setlist {command}\n{}{err}{code}", ran.out))
    }
}

pub fn ran(output: std::process::Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// The files below `dir`, with what is in them.
pub fn tree(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(dir) else { return found };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(tree(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// How many strategies are built in.
pub fn built_in() -> usize {
    std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("strategies")).unwrap().count()
}

/// A small strategy: two turns, every kind of evidence, a metric, a turn that repeats.
pub const SMALL: &str = r#"schema = 1
id = "small"
title = "Small fix"
category = "debugging"
summary = "Measure, then fix"
tags = ["quick"]
goal = "Fix: {{ problem }}"

[[placeholders]]
name = "problem"
label = "Problem"
min = 3

[[placeholders]]
name = "tries"
label = "Tries"
kind = "number"
default = 3

[[placeholders]]
name = "files"
label = "Files"
kind = "list"
required = false

[[placeholders]]
name = "risky"
label = "Risky"
kind = "flag"

[[metrics]]
id = "latency"
label = "Response time"
unit = "ms"
baseline = 500
target = 100

[[turns]]
id = "measure"
title = "Measure"
kind = "research"
budget = "15m"
repeat = "round"
prompt = """
Measure {{ problem }}, {{ tries }} times.
{% for file in files %}- {{ file }}
{% endfor %}{% if risky %}Careful.{% endif %}
"""
[[turns.evidence]]
id = "figure"
label = "Mean time"
kind = "number"
metric = "latency"
[[turns.evidence]]
id = "log"
label = "Log"
required = false

[[turns]]
id = "fix"
title = "Fix"
kind = "implement"
span = 2
prompt = "Fix it."
[[turns.evidence]]
id = "suite"
label = "Full suite"
kind = "command"

[[checklist]]
id = "told"
text = "Users told"
"#;

/// The small strategy with a gate after its first turn.
pub fn gated() -> String {
    SMALL.replace("id = \"small\"", "id = \"gated\"").replace("repeat = \"round\"", "gate = \"The figures are right\"")
}

/// Whether a program that a test needs is installed. A machine without it passes without the test;
/// continuous integration, which installs everything, sets `SETLIST_TEST_TOOLS` and does not.
pub fn has_program(name: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&paths).any(|dir| dir.join(name).is_file());
    assert!(found || std::env::var_os("SETLIST_TEST_TOOLS").is_none(), "{name} is not installed");
    found
}
