//! A plan of a newer version is left to the byte as it is, whatever is asked of this one.

use std::fs;

use crate::common::effort::{Chance, rounds};
use crate::common::pty::Spawn;
use crate::documents::decorated;
use crate::limited;
use crate::place::{Home, said};

/// Every command that would change a plan.
const CHANGES: &[&[&str]] = &[
    &["turn", "start"],
    &["turn", "pause"],
    &["turn", "done"],
    &["turn", "skip", "--reason", "x"],
    &["turn", "reopen", "--reason", "x"],
    &["turn", "repeat"],
    &["turn", "add", "--title", "x", "--prompt", "x"],
    &["turn", "remove", "-t", "fix", "-y"],
    &["set", "topic=x"],
    &["rename", "x"],
    &["evidence", "suite", "x", "-t", "fix"],
    &["evidence", "suite", "--clear", "-t", "fix"],
    &["gate", "ask"],
    &["metric", "latency", "1"],
    &["note", "x"],
    &["check", "1"],
    &["uncheck", "1"],
    &["answer", "scope", "yes"],
    &["finish"],
    &["finish", "--unverified", "x"],
    &["abandon", "--reason", "x", "-y"],
    &["reopen"],
    &["archive"],
    &["repair"],
    &["queue", "add", "x"],
    &["undo"],
    &["redo"],
    &["send"],
];

#[test]
fn no_command_and_no_screen_writes_a_plan_of_a_newer_version() {
    let mut asked = 0;
    for (n, schema) in ["2", "9", "4294967295", "9223372036854775807"].into_iter().step_by(rounds(3, 1)).enumerate() {
        let home = Home::quick();
        let id = home.plan();
        home.ok(&["note", "before", "-p", &id]);
        let path = home.store().plan_path(&id);
        let text = fs::read_to_string(&path).unwrap();
        let text =
            decorated(&text, &mut Chance::of(n + 3)).text.replacen("schema = 1", &format!("schema = {schema}"), 1);
        // What a newer version may mean by a word is not known here.
        for (at, text) in
            [text.clone(), text.replacen("state = \"planned\"", "state = \"dreaming\"", 1)].iter().enumerate()
        {
            fs::write(&path, text).unwrap();
            for change in CHANGES {
                let args = [*change, &["-p", &id]].concat();
                let output = limited::run(&home, &args);
                assert!(limited::ended(&output) && !output.status.success(), "{schema}, {args:?}: {}", said(&output));
                assert_ne!(output.status.code(), Some(2), "{args:?}: {}", said(&output));
                assert!(fs::read_to_string(&path).unwrap() == *text, "{schema}, {args:?} changed the file");
                asked += 1;
            }
            for look in
                [&["list"][..], &["show"], &["prompt"], &["log"], &["review"], &["export"], &["stats"], &["doctor"]]
            {
                assert!(limited::ended(&limited::run(&home, look)), "{look:?}");
            }
            assert!(fs::read_to_string(&path).unwrap() == *text, "{schema}, {at}: looking changed the file");
        }
    }
    tell!("newer versions: {asked} commands refused, 0 bytes changed");
}

#[test]
fn the_terminal_interface_leaves_it_alone() {
    let home = tempfile::tempdir().unwrap();
    let put = Home::quick();
    let id = put.plan();
    let path = put.store().plan_path(&id);
    let text =
        decorated(&fs::read_to_string(path).unwrap(), &mut Chance::of(5)).text.replacen("schema = 1", "schema = 2", 1);
    let file = home.path().join(format!("data/plans/{id}.toml"));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, &text).unwrap();
    fs::create_dir_all(home.path().join("state")).unwrap();
    fs::write(home.path().join("state/memory.json"), br#"{"welcomed":true}"#).unwrap();
    let mut pty = Spawn::setlist().size(120, 40).start_in(home);
    pty.wait_text("1 plan in progress");
    pty.send("gw");
    pty.wait_text("Small fix");
    // Timer, done, undo, skip, gate, metric: all are refused.
    for keys in ["t", "d", "u", "x", "p", "m"] {
        pty.send(keys);
        pty.wait_text("read-only");
        pty.send("\x1b");
    }
    pty.send("\x03");
    pty.send("\x03");
    pty.exit();
    assert!(fs::read_to_string(pty.home().join(format!("data/plans/{id}.toml"))).unwrap() == text);
}
