//! Plans as files: started, found, changed, and shared with editors and other programs.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;
use setlist::domain::command::{Command, TurnRef};
use setlist::domain::new_plan::NewPlan;
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::plan::{SessionState, TurnState};
use setlist::domain::strategy_file;
use setlist::store::ErrorCode;

use crate::common::*;

#[test]
fn a_new_plan_is_a_file_people_can_read() {
    let place = Place::new();
    let plan = place.plan();
    assert!(plan.id.starts_with("2026-11-22-fix-login-"), "{}", plan.id);
    let text = place.text(&plan.id);
    assert!(text.starts_with("# A plan of setlist"), "{text}");
    assert!(text.contains("created = \"2026-11-22T09:00:00Z\""), "{text}");
    assert!(text.contains("prompt = \"\"\"\nLook at {{ topic }}.\n\nThen say what you saw.\n\"\"\""), "{text}");
    let order = ["\nname =", "\n[values]", "\n[review]", "\n[[sessions]]", "\n[strategy]", "\n[[strategy.sessions]]"];
    let places: Vec<usize> =
        order.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("no {part} in {text}"))).collect();
    assert!(places.is_sorted(), "{text}");
    assert_eq!(place.store.load(&plan.id).unwrap().plan, plan);
}

#[test]
fn every_missing_value_is_named_and_nothing_is_written() {
    let place = Place::new();
    let text = STRATEGY
        .replace("default = \"logins\"\n", "")
        .replace("[[sessions]]\nid = \"one\"", "[[placeholders]]\nname = \"risk\"\n[[sessions]]\nid = \"one\"");
    let strategy = strategy_file::read(&text, Some("small")).strategy.unwrap();
    let error = place.store.create(&strategy, &Values::new(), "x", &now()).unwrap_err();
    assert_eq!(error.code, ErrorCode::Invalid);
    assert!(error.message.contains("topic") && error.message.contains("risk"), "{error}");
    assert!(place.store.list().plans.is_empty());
}

#[test]
fn four_threads_with_fifty_changes_each_lose_none() {
    let place = Place::new();
    let id = place.plan().id;
    thread::scope(|scope| {
        for writer in 0..4 {
            let (store, id) = (place.other(), id.clone());
            scope.spawn(move || {
                for n in 0..50 {
                    store.update(&id, &note(&format!("{writer}-{n}")), later(n)).unwrap();
                }
            });
        }
    });
    let plan = place.store.load(&id).unwrap().plan;
    let notes: BTreeSet<String> = plan.notes.into_iter().map(|note| note.text).collect();
    assert_eq!((notes.len(), plan.revision), (200, 201));
}

#[test]
fn a_change_keeps_what_people_wrote_into_the_file() {
    let place = Place::new();
    let id = place.plan().id;
    place.edit(&id, |text| {
        text.replace("name = \"Fix login\"", "# mine\nname = 'Fix login' # why not\nmood = \"good\"")
            .replace("[review]", "[weather]\nsun = true # hot\n\n# what came of it\n[review]")
            .replace("id = \"mend\"\n", "id = \"mend\" # the second\nowner = \"Ada\"\n")
            .replace("notes = []", "# my notes\nnotes = [] # none yet")
    });
    let look = TurnRef::new("one", "look");
    for command in [
        Command::StartTurn(look.clone()),
        Command::AddTurn {
            session: "one".into(),
            after: Some("look".into()),
            title: "Between".into(),
            kind: setlist::domain::strategy::TurnKind::Validate,
            budget: None,
            prompt: "first\nsecond".into(),
        },
        note("hello"),
        Command::MarkSent { turn: look.clone(), via: "copied".into() },
        Command::FinishTurn(look),
        Command::Rename("Mend login".into()),
    ] {
        place.store.update(&id, &command, later(60)).unwrap();
    }
    let text = place.text(&id);
    for kept in [
        "# mine\nname = \"Mend login\" # why not\nmood = \"good\"",
        "[weather]\nsun = true # hot",
        "# what came of it\n[review]",
        "id = \"mend\" # the second\nowner = \"Ada\"",
        "# my notes",
        "# none yet",
        "prompt = \"\"\"\nfirst\nsecond\"\"\"",
    ] {
        assert!(text.contains(kept), "{kept:?} is not in\n{text}");
    }
    let order = [
        "\n[review]",
        "\n[[notes]]",
        "id = \"look\"",
        "id = \"between\"",
        "owner = \"Ada\"",
        "id = \"two\"",
        "\n[strategy]",
    ];
    let places: Vec<usize> =
        order.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("no {part} in {text}"))).collect();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn an_edit_in_an_editor_is_picked_up_and_merged_with() {
    let place = Place::new();
    let id = place.plan().id;
    let before = place.store.stamp(&id).unwrap();
    place.edit(&id, |text| text.replace("Fix login", "Fix the login"));
    assert_ne!(place.store.stamp(&id).unwrap(), before);
    let change = place.store.update(&id, &note("hello"), later(5)).unwrap();
    assert_eq!((change.plan.name.as_str(), change.plan.notes.len()), ("Fix the login", 1));
    assert_eq!(place.store.load(&id).unwrap().plan, change.plan);
}

#[test]
fn a_refused_command_leaves_the_file_alone() {
    let place = Place::new();
    let id = place.plan().id;
    let before = place.text(&id);
    let error = place.store.update(&id, &Command::FinishTurn(TurnRef::new("one", "mend")), later(5)).unwrap_err();
    assert_eq!(error.code, ErrorCode::Refused);
    let error = place.store.update(&id, &Command::FinishTurn(TurnRef::new("one", "mind")), later(5)).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    assert!(error.hint.contains("mend"), "{error:?}");
    assert_eq!(place.text(&id), before);
}

#[test]
fn plans_are_found_by_id_by_its_beginning_and_by_name() {
    let place = Place::new();
    let strategy = strategy();
    let first = place.plan().id;
    let second = place.store.create(&strategy, &Values::new(), "Other things", &now()).unwrap().id;
    assert_eq!(place.store.find(&first).unwrap(), first);
    assert_eq!(place.store.find("2026-11-22-other").unwrap(), second);
    assert_eq!(place.store.find("other things").unwrap(), second);
    let error = place.store.find("2026-11-22").unwrap_err();
    assert_eq!(error.code, ErrorCode::Ambiguous);
    assert!(error.message.contains(&first) && error.message.contains(&second), "{error}");
    let error = place.store.find("Other thinks").unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    assert!(error.hint.contains("Other things"), "{error:?}");
    for outside in ["../../etc/passwd", "", "/", "a/b"] {
        assert_eq!(place.store.load(outside).unwrap_err().code, ErrorCode::NotFound, "{outside:?}");
        assert_eq!(place.store.find(outside).unwrap_err().code, ErrorCode::NotFound, "{outside:?}");
    }
}

#[test]
fn the_latest_plan_is_the_one_worked_on_last_among_the_open_ones() {
    let place = Place::new();
    assert_eq!(place.store.latest().unwrap(), None);
    let first = place.plan().id;
    let second = place.plan().id;
    place.store.update(&second, &note("a"), later(10)).unwrap();
    place.store.update(&first, &note("b"), later(20)).unwrap();
    assert_eq!(place.store.latest().unwrap(), Some(first.clone()));
    place.store.update(&first, &Command::Abandon { session: None, reason: String::new() }, later(30)).unwrap();
    assert_eq!(place.store.latest().unwrap(), Some(second));
}

/// Long enough for the clock of the file system to tick, after which what is found is remembered.
fn tick() {
    std::thread::sleep(std::time::Duration::from_millis(40));
}

#[test]
fn the_latest_plan_is_remembered_until_a_file_comes_goes_or_changes() {
    let place = Place::new();
    let (first, second) = (place.plan().id, place.plan().id);
    place.store.update(&first, &note("a"), later(10)).unwrap();
    tick();
    let latest = || place.other().latest().unwrap().unwrap();
    let remembered = place.root.path().join("state/latest.json");
    assert_eq!(latest(), first);
    assert!(remembered.exists());
    // Other programs of ours note what they change.
    place.other().update(&second, &note("b"), later(20)).unwrap();
    let index = place.root.path().join("state/index.json");
    std::fs::write(&index, "no index is needed").unwrap();
    assert_eq!((latest(), std::fs::read_to_string(&index).unwrap().as_str()), (second.clone(), "no index is needed"));
    // A change with an earlier time in it does not come first.
    place.store.update(&first, &note("c"), later(15)).unwrap();
    assert_eq!(latest(), second);
    tick();
    assert_eq!(latest(), second);
    // A file that somebody else puts there, by a new name and by rename.
    let third = place.store.plan_path("2026-01-01-third-0000");
    let text =
        place.text(&first).replace(&first, "2026-01-01-third-0000").replace(&at(10), &at(40)).replace(&at(15), &at(40));
    std::fs::write(&third, text).unwrap();
    assert_eq!(latest(), "2026-01-01-third-0000");
    tick();
    assert_eq!(latest(), "2026-01-01-third-0000");
    // The remembered plan itself, edited where it is.
    place.edit("2026-01-01-third-0000", |text| text.replacen("schema = 1", "schema = 1\narchived = true", 1));
    assert_eq!(latest(), second);
    tick();
    assert_eq!(latest(), second);
    place.store.trash(&second).unwrap();
    assert_eq!(latest(), first);
    // What is remembered is never worth more than the files.
    tick();
    assert_eq!(latest(), first);
    for broken in ["", "{", "{\"id\":\"../../etc/passwd\"}"] {
        std::fs::write(&remembered, broken).unwrap();
        assert_eq!(latest(), first);
    }
}

/// A time as plan files have it.
fn at(seconds: i64) -> String {
    later(seconds).to_string()
}

#[test]
fn a_plan_of_a_newer_schema_is_read_and_never_written() {
    let place = Place::new();
    let id = place.plan().id;
    place.edit(&id, |text| text.replacen("schema = 1", "schema = 9\nhologram = true", 1));
    let before = fs::read(place.store.plan_path(&id)).unwrap();
    let loaded = place.store.load(&id).unwrap();
    assert!(loaded.read_only.unwrap().contains("schema 9"));
    let error = place.store.update(&id, &note("x"), later(1)).unwrap_err();
    assert_eq!(error.code, ErrorCode::Newer);
    assert_eq!(place.store.undo(&id, later(1)).unwrap_err().code, ErrorCode::Newer);
    assert_eq!(place.store.list().plans.len(), 1);
    assert_eq!(fs::read(place.store.plan_path(&id)).unwrap(), before);
    place.edit(&id, |text| text.replace("state = \"planned\"", "state = \"dreaming\""));
    assert_eq!(place.store.load(&id).unwrap_err().code, ErrorCode::Newer);
}

#[test]
fn values_of_every_kind_come_back_as_they_were() {
    let place = Place::new();
    let id = place.plan().id;
    for value in ["plain", "two\nlines\n", "\"\"\" ''' \\ \u{1b}[2J \r\n \u{202e} {{ x }}", " spaces \t", "\n\nleading"]
    {
        let set = Command::SetValue { name: "topic".into(), value: Some(Value::Text(value.into())) };
        let change = place.store.update(&id, &set, later(1)).unwrap();
        assert_eq!(place.store.load(&id).unwrap().plan, change.plan, "{value:?}");
    }
}

#[test]
fn sessions_and_turns_keep_their_states() {
    let place = Place::new();
    let id = place.plan().id;
    let look = TurnRef::new("one", "look");
    place.store.update(&id, &Command::StartTurn(look.clone()), later(0)).unwrap();
    place.store.update(&id, &Command::PauseTurn(look), later(90)).unwrap();
    let plan = place.store.load(&id).unwrap().plan;
    let turn = &plan.sessions[0].turns[0];
    assert_eq!(
        (plan.sessions[0].state, turn.state, turn.worked, turn.running_since),
        (SessionState::Running, TurnState::Active, 90, None::<Timestamp>)
    );
}

#[test]
fn commands_are_part_of_the_start_or_nothing_is_written() {
    let place = Place::new();
    let strategy = place.plan().strategy;
    let budget = setlist::domain::budget::Budget::parse("40m").ok();
    let change = |turn: &str| Command::SetBudget { turn: TurnRef::new("one", turn), budget: budget.clone() };
    let turn = strategy.sessions[0].turns[0].id.clone();
    let count = || fs::read_dir(place.root.path().join("data/plans")).unwrap().count();
    let new = |commands| NewPlan { commands, ..NewPlan::new(Arc::new(strategy.clone()), Values::new(), "Mine") };
    let plan = place.store.start(&new(vec![change(&turn)]), &now()).unwrap();
    let read = place.store.load(&plan.id).unwrap().plan;
    assert_eq!((read.revision, &read.sessions[0].turns[0].budget), (1, &budget));
    let before = count();
    let error = place.store.start(&new(vec![change("none")]), &now()).unwrap_err();
    assert_eq!((error.code, count()), (ErrorCode::NotFound, before));
}
