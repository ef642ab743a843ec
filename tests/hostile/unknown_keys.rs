//! Keys and comments of other people survive every change of a plan, in their order and to the byte.

use std::fs;

use setlist::domain::command::{Command, EvidenceInput, TurnRef};
use setlist::domain::placeholder::Value;
use setlist::domain::plan::Plan;
use setlist::domain::strategy::TurnKind;
use setlist::store::ErrorCode;

use crate::common::effort::{Chance, rounds};
use crate::documents::{Document, decorated};
use crate::place::Home;

/// What a person does next; things that would take a whole element away are only done to new ones.
fn command(chance: &mut Chance, n: usize, plan: &Plan) -> Command {
    let turns = ["measure", "fix"];
    let session = plan.sessions.first().map_or_else(String::new, |session| session.id.clone());
    let turn = TurnRef::new(session.clone(), turns[chance.below(2)]);
    let item = || plan.sessions[0].checklist[n % plan.sessions[0].checklist.len()].id.clone();
    let text = format!("{}\n[x]\n\"\"\" ''' # no {n}", ["one", "\u{1b}[2J", "\\", "two\r\n"][chance.below(4)]);
    let by = || "ada".to_owned();
    let fix = || TurnRef::new(session.clone(), "fix");
    match chance.below(28) {
        0 => Command::StartTurn(turn),
        1 => Command::PauseTurn(turn),
        2 => Command::FinishTurn(turn),
        3 => Command::ReopenTurn { turn, reason: text },
        4 => Command::SkipTurn { turn, reason: text },
        5 => Command::AddTurn {
            session,
            after: None,
            title: text,
            kind: TurnKind::Other,
            budget: None,
            prompt: "x".into(),
        },
        6 => Command::SetPrompt { turn, prompt: Some(text) },
        7 => Command::MarkSent { turn, via: "copied".into() },
        8 => Command::SetResult { turn, result: text },
        9 => Command::RecordEvidence { turn: fix(), slot: "suite".into(), input: EvidenceInput::Text(text) },
        10 => Command::ReadMetric { metric: "latency".into(), value: n as f64 / 3.0, turn: None },
        11 | 12 => Command::AddNote { session: String::new(), turn: String::new(), text },
        13 => Command::Tick { session, item: item(), note: text, by: by() },
        14 => Command::AddItem { session, text },
        15 => Command::SetBudget { turn, budget: None },
        16 => Command::SetValue { name: "topic".into(), value: Some(Value::Text(text)) },
        17 => Command::Rename(format!("Name {n}")),
        18 => Command::Archive,
        19 => Command::Unarchive,
        20 => Command::Queue { title: format!("Later {n}"), goal: text, placeholder: String::new() },
        21 => Command::AddValidation { session },
        22 => Command::AddDiscovery { session },
        23 => Command::AddGate { turn, text },
        24 => Command::ApproveGate { turn, note: text, by: by() },
        25 => Command::FinishSession { session, unverified: Some(text) },
        26 => Command::ReopenSession(session),
        _ => Command::AnswerIndicator { indicator: "understanding".into(), good: Some(true), note: text },
    }
}

/// What of `document` is missing in `text`; for keys, also what stands before what it stood behind. A comment goes
/// with its line: `notes = []` becomes `[[notes]]`, which has to stand below.
fn lost(document: &Document, text: &str) -> Option<String> {
    let mut at = 0;
    for line in &document.put {
        let is_key = !line.starts_with('#');
        match text[at..].find(line.as_str()) {
            Some(found) if is_key => at += found + line.len(),
            Some(_) => {}
            None if !text.contains(line.as_str()) => return Some(format!("lost: {line}")),
            None if is_key => return Some(format!("moved: {line}")),
            None => {}
        }
    }
    None
}

/// A plan with some work in it and a document made of it: its home, its id.
fn begun(chance: &mut Chance) -> (Home, String, Document) {
    let home = Home::quick();
    fs::write(home.path("data/strategies/small.toml"), STRATEGY).unwrap();
    let store = home.store();
    let strategy = setlist::domain::strategy_file::read(STRATEGY, Some("small")).strategy.unwrap();
    let now = "2026-11-22T10:00:00+01:00[+01:00]".parse().unwrap();
    let plan = store.create(&strategy, &std::collections::BTreeMap::new(), "Work", &now).unwrap();
    let path = store.plan_path(&plan.id);
    let document = decorated(&fs::read_to_string(&path).unwrap(), chance);
    fs::write(&path, &document.text).unwrap();
    (home, plan.id, document)
}

/// Two turns, evidence, a gate, a metric, a value.
const STRATEGY: &str = r#"schema = 1
id = "small"
title = "Small fix"
goal = "Fix it"

[[placeholders]]
name = "topic"
label = "Topic"
default = "logins"

[[turns]]
id = "measure"
title = "Measure"
prompt = """
Measure {{ topic }}.

Then say it.
"""
gate = "The figures are right"

[[turns]]
id = "fix"
title = "Fix"
prompt = "Fix it."
[[turns.evidence]]
id = "suite"
label = "Full suite"

[[metrics]]
id = "latency"
unit = "ms"
baseline = 80
"#;

#[test]
fn keys_comments_and_their_order_survive_twenty_edits_of_any_document() {
    let documents = rounds(60, 10_000);
    let (mut edits, mut refused, mut put) = (0, 0, 0);
    for seed in 0..documents {
        let mut chance = Chance::of(seed + 1);
        let (home, id, document) = begun(&mut chance);
        let store = home.store();
        put += document.put.len();
        let read = store.load(&id);
        assert!(read.is_ok(), "{seed}: {:?}\n{}", read.err(), document.text);
        // Undo goes back to where other people came in, and no further.
        let (mut undos, mut redos) = (0, 0);
        for n in 0..20 {
            let at = (jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(500_000))
                + jiff::SignedDuration::from_secs(10 * n as i64);
            let pick = chance.below(8);
            let changed = match pick {
                0 if undos > 0 => {
                    (undos, redos) = (undos - 1, redos + 1);
                    store.undo(&id, at)
                }
                1 if redos > 0 => {
                    (undos, redos) = (undos + 1, redos - 1);
                    store.redo(&id, at)
                }
                _ => {
                    let plan = store.load(&id).unwrap().plan;
                    let changed = store.update(&id, &command(&mut chance, n, &plan), at);
                    if changed.is_ok() {
                        (undos, redos) = (undos + 1, 0);
                    }
                    changed
                }
            };
            match changed {
                Ok(_) => edits += 1,
                Err(error) => {
                    let refusals = [ErrorCode::Refused, ErrorCode::Invalid, ErrorCode::NotFound];
                    assert!(refusals.contains(&error.code), "{seed}, {n}: {error:?}");
                    refused += 1;
                }
            }
            let text = fs::read_to_string(store.plan_path(&id)).unwrap();
            if let Some(what) = lost(&document, &text) {
                panic!("document {seed}, edit {n} ({pick}): {what}\n--- before\n{}\n--- after\n{text}", document.text);
            }
        }
    }
    tell!("unknown keys: {documents} documents, {put} keys and comments, {edits} edits, {refused} refused, 0 lost");
    assert!(edits > documents * 8, "most edits are to fit: {edits}");
}

#[test]
fn the_search_for_what_is_lost_finds_it() {
    let mut chance = Chance::of(7);
    let (home, id, document) = begun(&mut chance);
    let store = home.store();
    assert!(document.put.len() > 5);
    assert_eq!(lost(&document, &document.text), None);
    // A program that writes the plan as it understands it.
    let plan = store.load(&id).unwrap().plan;
    let anew = toml::to_string_pretty(&plan).unwrap();
    assert!(lost(&document, &anew).unwrap().starts_with("lost: "));
    // One that keeps all lines, and writes those it does not know at the end.
    let key = document.put.iter().find(|line| !line.starts_with('#')).unwrap();
    let moved = document.text.replacen(key, "", 1) + key;
    assert!(lost(&document, &moved).unwrap().starts_with("moved: "));
}

#[test]
fn every_command_of_the_command_line_keeps_them_too() {
    let mut chance = Chance::of(11);
    let (home, id, document) = begun(&mut chance);
    let path = home.store().plan_path(&id);
    let steps: &[&[&str]] = &[
        &["turn", "start"],
        &["turn", "pause"],
        &["turn", "start"],
        &["evidence", "suite", "fine", "--turn", "fix"],
        &["note", "a remark"],
        &["metric", "latency", "70"],
        &["turn", "done"],
        &["gate", "ask", "--note", "please"],
        &["set", "topic=speed"],
        &["rename", "Another name"],
        &["check", "1"],
        &["uncheck", "1"],
        &["turn", "add", "--title", "One more", "--prompt", "x"],
        &["queue", "add", "Later"],
        &["undo"],
        &["undo"],
        &["redo"],
        &["archive"],
        &["undo"],
        &["repair"],
        &["abandon", "--reason", "over", "-y"],
        &["undo"],
        &["delete", "-y"],
        &["restore"],
        &["show"],
        &["export"],
        &["review"],
        &["log"],
    ];
    let mut done = 0;
    for step in steps {
        let mut args = step.to_vec();
        args.extend(["-p", &id]);
        let output = home.command(&args).output().unwrap();
        let said = crate::place::said(&output);
        assert_ne!(output.status.code(), Some(2), "{step:?}: {said}");
        assert!(!said.contains("laid out anew"), "{step:?}: {said}");
        done += usize::from(output.status.success());
        let trashed = home.path(&format!("state/trash/{id}.toml"));
        let text = fs::read_to_string(if step[0] == "delete" { &trashed } else { &path }).unwrap();
        assert_eq!(lost(&document, &text), None, "{step:?}: {said}\n{text}");
    }
    assert!(done >= 18, "{done} commands went through");
}

#[test]
fn settings_keep_what_stands_around_them() {
    let home = Home::quick();
    let config = home.path("config/config.toml");
    fs::create_dir_all(config.parent().unwrap()).unwrap();
    let mut kept = Document { text: String::new(), put: Vec::new() };
    for line in [
        "# mine",
        "bell = true # loud",
        "# before the theme",
        "theme   =  'dark' # at night",
        "[keys.global] # own",
        "quit = \"ctrl-q\"",
    ] {
        kept.text.push_str(&format!("{line}\r\n"));
    }
    kept.put = ["# mine", "# loud", "# before the theme", "# at night", "# own"].map(str::to_owned).to_vec();
    fs::write(&config, &kept.text).unwrap();
    for (key, value) in
        [("theme", "light"), ("bell", "false"), ("glyphs", "ascii"), ("keys.global.quit", "\"Q\""), ("theme", "dark")]
    {
        let output = home.command(&["config", "set", key, value]).output().unwrap();
        assert!(output.status.success(), "{key}: {}", crate::place::said(&output));
        let text = fs::read_to_string(&config).unwrap();
        assert_eq!(lost(&kept, &text), None, "{key}\n{text}");
    }
    // A setting of a newer version does not keep others from being set, and stays.
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, format!("from_tomorrow = {{ a = 1 }} # new\n{text}")).unwrap();
    home.ok(&["config", "set", "theme", "light"]);
    assert!(fs::read_to_string(&config).unwrap().starts_with("from_tomorrow = { a = 1 } # new\n"));
}

#[test]
fn a_strategy_file_that_is_there_is_not_written_over() {
    let home = Home::quick();
    let path = home.path("data/strategies/mine.toml");
    let text = format!("# all mine\n{}", STRATEGY.replace("\"small\"", "\"mine\""));
    fs::write(&path, &text).unwrap();
    let id = home.plan();
    home.ok(&["abandon", "-p", &id, "--reason", "over", "-y"]);
    for args in [
        vec!["strategy", "new", "mine"],
        vec!["strategy", "new", "mine", "-y"],
        vec!["distil", "-p", &id, "--id", "mine"],
    ] {
        let output = home.command(&args).output().unwrap();
        assert!(!output.status.success(), "{args:?}: {}", crate::place::said(&output));
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{args:?}");
    }
}
