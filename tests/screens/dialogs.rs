//! What dialogs keep of texts that were not saved: under which names, and over the program's end.

use std::collections::BTreeMap;

use setlist::app::purpose::Purpose;
use setlist::domain::command::TurnRef;
use setlist::domain::plan::Outcome;

use crate::given;
use crate::rig::Rig;

fn turn() -> TurnRef {
    TurnRef::new("build", "write")
}

/// Every purpose, with the name that stands on people's disks: it does not change.
fn purposes() -> Vec<(Purpose, &'static str)> {
    let slot = || Box::new(serde_json::from_str(r#"{"id": "tests"}"#).unwrap());
    let goal = || Box::new(serde_json::from_str(r#"{"name": "goal"}"#).unwrap());
    let id = |id: &str| id.to_owned();
    vec![
        (Purpose::Skip(turn()), "skip build/write"),
        (Purpose::Reopen(turn()), "reopen build/write"),
        (Purpose::Approve(turn(), id("ada")), "approve build/write"),
        (Purpose::Reject(turn(), id("ada")), "reject build/write"),
        (Purpose::Result(turn()), "result build/write"),
        (Purpose::Note(turn()), "note build/write"),
        (Purpose::Evidence(turn(), slot()), "evidence build/write tests"),
        (Purpose::Metric(turn(), vec![]), "metric build/write"),
        (Purpose::Budget(turn()), "budget build/write"),
        (Purpose::AddTurn(turn()), "add-turn build/write"),
        (Purpose::Queue(id("goal")), "queue"),
        (Purpose::AddItem(id("build")), "add-item build"),
        (Purpose::TickNote(id("build"), id("tests"), id("ada")), "tick build/tests"),
        (Purpose::Prompt(turn()), "prompt build/write"),
        (Purpose::Value(goal()), "value goal"),
        (Purpose::ChooseValue(vec![id("goal")]), "choose-value"),
        (Purpose::FinishUnverified(id("build")), "finish build"),
        (Purpose::Abandon(None), "abandon"),
        (Purpose::Abandon(Some(id("build"))), "abandon build"),
        (Purpose::Reflection(Outcome::Partly), "reflection"),
        (Purpose::Indicator(id("tests")), "indicator tests"),
        (Purpose::Repeat(turn(), 2), "repeat build/write 2"),
        (Purpose::Rename(id("plan")), "rename plan"),
        (Purpose::Trash(id("plan")), "trash plan"),
        (Purpose::EmptyTrash(vec![id("plan")]), "empty-trash"),
        (Purpose::ClearEvidence(turn(), id("tests")), "clear-evidence build/write tests"),
        (Purpose::RemoveTurn(turn()), "remove-turn build/write"),
        (Purpose::Add(turn()), "add build/write"),
        (Purpose::CopyWhat(turn(), vec![]), "copy build/write"),
        (Purpose::SendWhat(turn(), vec![]), "send build/write"),
        (Purpose::DropDraft(id("optimize")), "drop-draft optimize"),
        (Purpose::Recover(id("plan")), "recover plan"),
        (Purpose::PutAway("plan (copy).toml".into()), "put-away plan (copy).toml"),
        (Purpose::Distil { plan: id("plan"), taken: vec![id("mine")] }, "distil plan"),
        (Purpose::ShowStrategy(id("mine")), "show-strategy mine"),
    ]
}

#[test]
fn no_two_purposes_share_the_name_of_what_is_kept() {
    let mut names = BTreeMap::new();
    for (purpose, name) in purposes() {
        assert_eq!(purpose.key(), name);
        let other = names.insert(name, purpose);
        assert!(other.is_none(), "{name} is also the name of {other:?}");
    }
}

#[test]
fn a_purpose_keeps_its_name_whatever_else_it_knows() {
    let id = |id: &str| id.to_owned();
    let same = [
        (Purpose::AddTurn(turn()), Purpose::AddOrQueue(turn(), id("goal"))),
        (Purpose::Approve(turn(), id("ada")), Purpose::Approve(turn(), id("eve"))),
        (Purpose::Metric(turn(), vec![]), Purpose::Metric(turn(), vec![(id("Time"), id("time"))])),
        (Purpose::SendWhat(turn(), vec![]), Purpose::SendWhat(turn(), vec![id("Go on.")])),
        (
            Purpose::Distil { plan: id("plan"), taken: vec![] },
            Purpose::Distil { plan: id("plan"), taken: vec![id("mine")] },
        ),
    ];
    for (one, other) in same {
        assert_eq!(one.key(), other.key());
    }
}

#[test]
fn what_was_typed_and_chosen_is_back_after_a_restart() {
    let mut rig = Rig::at(120, 40);
    given::optimized(&mut rig);
    rig.keys("1a<enter>Measure again<tab><left><esc>");
    let mut rig = rig.restart();
    rig.keys("1a<enter>");
    let screen = rig.screen();
    assert!(screen.contains("What you typed before is back."), "{screen}");
    assert!(screen.contains("Measure again") && screen.contains("[5] deliver"), "{screen}");
}
