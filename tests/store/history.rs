//! Undo, redo, the log, and the way back from a file that broke.

use std::fs;

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::plan::TurnState;
use setlist::store::ErrorCode;

use crate::common::*;

fn look() -> TurnRef {
    TurnRef::new("one", "look")
}

#[test]
fn undo_and_redo_go_back_and_forth_and_survive_a_restart() {
    let place = Place::new();
    let id = place.plan().id;
    for text in ["a", "b", "c"] {
        place.note(&id, text);
    }
    assert_eq!(place.store.undo(&id, later(9)).unwrap().summary, "undid: note added");
    assert_eq!(place.notes(&id), ["a", "b"]);
    assert_eq!(place.other().undo(&id, later(9)).unwrap().plan.notes.len(), 1);
    assert_eq!(place.other().redo(&id, later(9)).unwrap().summary, "redid: note added");
    assert_eq!(place.notes(&id), ["a", "b"]);
    assert_eq!(place.other().redo(&id, later(9)).unwrap().plan.revision, 8, "revisions count up");
    assert_eq!(place.notes(&id), ["a", "b", "c"]);
    assert_eq!(place.store.redo(&id, later(9)).unwrap_err().code, ErrorCode::Refused);
}

#[test]
fn a_new_change_drops_what_could_be_done_again() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    place.store.undo(&id, later(2)).unwrap();
    place.note(&id, "b");
    assert_eq!(place.store.redo(&id, later(3)).unwrap_err().message, "there is nothing to redo");
    place.store.undo(&id, later(4)).unwrap();
    assert!(place.notes(&id).is_empty());
    assert_eq!(place.store.undo(&id, later(5)).unwrap_err().message, "there is nothing to undo");
}

#[test]
fn an_outside_edit_is_undone_like_a_change_and_never_lost() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    place.edit(&id, |text| text.replace("Fix login", "Edited"));
    assert_eq!(place.store.undo(&id, later(3)).unwrap().summary, "undid: edited outside");
    let plan = place.store.load(&id).unwrap().plan;
    assert_eq!((plan.name.as_str(), plan.notes.len()), ("Fix login", 1));
    assert_eq!(place.store.redo(&id, later(4)).unwrap().plan.name, "Edited");
    place.store.undo(&id, later(5)).unwrap();
    place.store.undo(&id, later(6)).unwrap();
    assert!(place.notes(&id).is_empty());
}

#[test]
fn undo_leaves_comments_and_unknown_keys_alone_and_does_not_stop_at_them() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    place.edit(&id, |text| text.replace("archived = false", "# keep me\narchived = false\nmood = \"good\""));
    assert_eq!(place.store.undo(&id, later(3)).unwrap().summary, "undid: note added");
    let text = place.text(&id);
    assert!(text.contains("# keep me\narchived = false\nmood = \"good\""), "{text}");
    assert!(place.notes(&id).is_empty());
}

#[test]
fn undo_invents_no_time_and_loses_none() {
    let place = Place::new();
    let id = place.plan().id;
    place.store.update(&id, &Command::StartTurn(look()), later(0)).unwrap();
    place.store.update(&id, &Command::PauseTurn(look()), later(100)).unwrap();
    let turn = place.store.undo(&id, later(5000)).unwrap().plan.sessions[0].turns[0].clone();
    assert_eq!((turn.state, turn.worked, turn.running_since), (TurnState::Active, 100, None));

    place.store.update(&id, &Command::StartTurn(look()), later(6000)).unwrap();
    place.note(&id, "a");
    let turn = place.store.undo(&id, later(6050)).unwrap().plan.sessions[0].turns[0].clone();
    assert_eq!((turn.worked, turn.running_since), (100, Some(later(6000))), "a clock that runs goes on");
}

#[test]
fn the_log_says_what_was_done_and_where_the_plan_stands() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    place.store.update(&id, &Command::Rename("Other".into()), later(2)).unwrap();
    place.store.undo(&id, later(3)).unwrap();
    let log = place.store.log(&id).unwrap();
    let lines: Vec<(u64, &str, bool)> =
        log.iter().map(|entry| (entry.revision, entry.summary.as_str(), entry.current)).collect();
    let expected = [
        (1, "plan started", false),
        (2, "note added", true),
        (3, "renamed to 'Other'", false),
        (4, "undid: renamed to 'Other'", false),
    ];
    assert_eq!(lines, expected);
    assert_eq!(place.store.log("no-such-plan").unwrap_err().code, ErrorCode::NotFound);
}

#[test]
fn history_is_bounded_and_its_loss_keeps_no_change_from_being_saved() {
    let place = Place::new();
    let id = place.plan().id;
    for n in 0..230 {
        place.note(&id, &format!("{n}"));
    }
    let folder = place.root.path().join("state/history").join(&id);
    let kept = fs::read_dir(&folder)
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "toml"))
        .count();
    assert_eq!((place.store.log(&id).unwrap().len(), kept), (200, 200));
    place.store.undo(&id, later(2)).unwrap();
    assert_eq!(place.notes(&id).len(), 229);

    fs::write(folder.join("index.json"), "{ broken").unwrap();
    place.note(&id, "still saved");
    assert_eq!(place.notes(&id).len(), 230);
    place.store.undo(&id, later(3)).unwrap();
    assert_eq!(place.notes(&id).len(), 229);
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    place.note(&id, "saved too");
    assert_eq!(place.notes(&id).len(), 230);
    assert_eq!(place.store.undo(&id, later(4)).unwrap_err().code, ErrorCode::Refused);
}

#[test]
fn a_revision_that_was_tampered_with_is_not_used() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    let first = place.root.path().join("state/history").join(&id).join("00000001.toml");
    fs::write(&first, fs::read_to_string(&first).unwrap().replace("Fix login", "Forged")).unwrap();
    assert_eq!(place.store.undo(&id, later(2)).unwrap_err().code, ErrorCode::Refused);
    assert_eq!(place.notes(&id), ["a"]);
}

#[test]
fn the_last_good_revision_comes_back_and_the_broken_file_is_kept() {
    let place = Place::new();
    let id = place.plan().id;
    place.note(&id, "a");
    assert_eq!(place.store.recover(&id).unwrap_err().code, ErrorCode::Refused, "nothing is broken");
    for n in 1..=2 {
        place.edit(&id, |text| format!("[[[ {n}\n{text}"));
        assert_eq!(place.store.update(&id, &note("b"), later(2)).unwrap_err().code, ErrorCode::Corrupt);
        assert_eq!(place.store.undo(&id, later(2)).unwrap_err().code, ErrorCode::Corrupt);
        assert!(place.store.list().broken[0].recoverable);
        assert_eq!(place.store.recover(&id).unwrap().notes.len(), 1);
        let kept = place.root.path().join(format!("state/broken/{id}.toml.broken-{n}"));
        assert!(fs::read_to_string(kept).unwrap().starts_with(&format!("[[[ {n}")));
    }
    place.note(&id, "b");
    assert_eq!(place.notes(&id), ["a", "b"]);
    place.store.undo(&id, later(3)).unwrap();
    assert_eq!(place.notes(&id), ["a"]);
}
