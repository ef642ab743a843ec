//! Two versions of one plan: where they differ, who changed what, and taking items from one into the other.

use jiff::ToSpan;
use proptest::prelude::*;
use setlist::domain::command::{Command, EvidenceInput};
use setlist::domain::compare::{Changed, Difference, differences, distance};
use setlist::domain::contradiction::contradictions;
use setlist::domain::plan::{GateState, Plan, SessionState, TurnState};

use super::given::{Workspace, minute, start};
use super::properties::{STRATEGIES, Step, cases, command, step};

const TURNS: [&str; 2] = ["gate = \"The cause is known\"\n[[turns.evidence]]\nid = \"cause\"\nlabel = \"Cause\"", ""];

fn workspace(plan: &Plan, minutes: i64) -> Workspace {
    Workspace { plan: plan.clone(), now: minute(minutes) }
}

fn shows(workspace: &mut Workspace, text: &str) {
    let (turn, input) = (workspace.at_turn("a"), EvidenceInput::Text(text.into()));
    workspace.does(Command::RecordEvidence { turn, slot: "cause".into(), input });
}

fn notes(workspace: &mut Workspace, text: &str) {
    workspace.does(Command::AddNote { session: String::new(), turn: String::new(), text: text.into() });
}

fn items(found: &[Difference]) -> Vec<&str> {
    found.iter().map(|one| one.item.as_str()).collect()
}

fn named(found: &[Difference], items: &[&str]) -> Vec<Difference> {
    found.iter().filter(|one| items.contains(&one.item.as_str())).cloned().collect()
}

fn take(from: &Workspace, items: Vec<Difference>) -> Command {
    Command::Take { from: Box::new(from.plan.clone()), items }
}

/// A plan, and what became of it on two machines: here turn `a` was closed and noted, there it was closed with other
/// evidence and approved, and `b` begun.
fn parted() -> (Plan, Workspace, Workspace) {
    let mut base = Workspace::of_turns(&TURNS);
    base.starts("a");
    shows(&mut base, "not known yet");
    let mut here = workspace(&base.plan, 5);
    notes(&mut here, "looked at the log");
    let mut there = workspace(&base.plan, 20);
    shows(&mut there, "a lost lock");
    there.finishes("a");
    let turn = there.at_turn("a");
    there.does(Command::ApproveGate { turn, note: "clear".into(), by: "ada".into() });
    there.starts("b");
    there.at(30).does(Command::Rename("Found it".into()));
    (base.plan, here, there)
}

#[test]
fn each_item_says_what_it_is_how_both_have_it_and_who_changed_it() {
    let (base, here, there) = parted();
    let found = differences(&here.plan, &there.plan, Some(&base));
    let told: String = found
        .iter()
        .map(|one| format!("{} | {} | {:?} | {:?} | {:?}\n", one.item, one.label, one.here, one.there, one.changed))
        .collect();
    insta::assert_snapshot!(told);
}

#[test]
fn what_nobody_changed_is_no_difference() {
    let (base, here, _) = parted();
    assert_eq!(differences(&here.plan, &here.plan, None), []);
    assert_eq!(distance(&base, &here.plan), 1);
}

#[test]
fn what_both_changed_is_said_and_without_a_common_state_nothing_is() {
    let (base, mut here, there) = parted();
    shows(&mut here, "a full disk");
    let found = differences(&here.plan, &there.plan, Some(&base));
    let evidence = named(&found, &["turn/main/a/evidence/cause"]);
    assert_eq!(evidence[0].changed, Some(Changed::Both));
    let found = differences(&here.plan, &there.plan, None);
    assert!(found.iter().all(|one| one.changed.is_none()));
}

#[test]
fn an_item_is_taken_and_the_others_stay() {
    let (_, mut here, there) = parted();
    let found = differences(&here.plan, &there.plan, None);
    let evidence = named(&found, &["turn/main/a/evidence/cause"]);
    assert_eq!(here.does(take(&there, evidence)), "taken from the copy: Turn 'a': evidence 'Cause'");
    assert_eq!(here.turn("a").evidence[0].recorded.as_ref().unwrap().text, "a lost lock");
    assert_eq!(here.turn("a").state, TurnState::Active);
    assert_eq!((here.plan.name.as_str(), here.plan.notes.len()), ("Test", 1));
}

#[test]
fn everything_is_taken_and_nothing_differs_any_more() {
    let (_, mut here, there) = parted();
    let all = differences(&here.plan, &there.plan, None);
    here.does(take(&there, all));
    assert_eq!(differences(&here.plan, &there.plan, None), []);
    assert_eq!(here.plan.notes, [], "the note was taken out with the rest");
    assert_eq!(here.turn("a").gate.as_ref().unwrap().state, GateState::Approved, "on the evidence that came with it");
}

#[test]
fn an_approval_without_what_it_rests_on_is_open() {
    let (_, mut here, there) = parted();
    let found = differences(&here.plan, &there.plan, None);
    here.does(take(&there, named(&found, &["turn/main/a/work", "turn/main/a/gate"])));
    let gate = here.turn("a").gate.as_ref().unwrap();
    assert_eq!((gate.state, gate.stale.as_str()), (GateState::Open, "the evidence 'Cause' changed"));
}

#[test]
fn what_cannot_be_by_itself_is_refused() {
    let (_, mut here, mut there) = parted();
    there.finishes("b");
    there.does(Command::FinishSession { session: "main".into(), unverified: None });
    let found = differences(&here.plan, &there.plan, None);
    let said = here.refuses(take(&there, named(&found, &["session/main/course"])));
    insta::assert_snapshot!(said, @"these items alone cannot be taken: 'Small' is finished, but its turn 'a' is active | take what else differs in that turn or session with them");
    here.does(take(&there, found));
    assert_eq!(here.session().state, SessionState::Finished);
}

#[test]
fn a_clock_that_ran_there_stands_still_with_the_time_until_the_copy_was_written() {
    let (_, mut here, there) = parted();
    assert!(there.turn("b").running_since.is_some());
    let all = differences(&here.plan, &there.plan, None);
    here.at(500).does(take(&there, all));
    let turn = here.turn("b");
    assert_eq!((turn.running_since, turn.worked), (None, 10 * 60));
}

#[test]
fn what_has_changed_since_it_was_seen_is_not_taken() {
    let (_, mut here, there) = parted();
    let found = differences(&here.plan, &there.plan, None);
    shows(&mut here, "a full disk");
    let said = here.refuses(take(&there, named(&found, &["name", "turn/main/a/evidence/cause"])));
    insta::assert_snapshot!(said, @"Turn 'a': evidence 'Cause' has changed meanwhile | compare the copy again, then take it");
    here.does(take(&there, named(&found, &["name"])));
    let said = here.refuses(take(&there, named(&found, &["name"])));
    insta::assert_snapshot!(said, @"the copy does not differ in `name` | compare the copy again to see in what it differs");
    insta::assert_snapshot!(here.refuses(take(&there, vec![])), @"nothing is to be taken | name an item, or take all of them");
}

#[test]
fn a_value_that_does_not_fit_is_refused_and_one_of_nothing_known_is_kept() {
    let mut here = Workspace::with(&super::given::strategy("greenfield-from-scratch"));
    let mut there = workspace(&here.plan, 1);
    let name = here.plan.strategy.placeholders[0].name.clone();
    there.plan.values.remove(&name);
    there.plan.values.insert("stray".into(), setlist::domain::placeholder::Value::Flag(true));
    let found = differences(&here.plan, &there.plan, None);
    assert_eq!(items(&found).len(), 2);
    let missing = format!("value/{name}");
    assert!(here.refuses(take(&there, named(&found, &[&missing]))).contains("required"));
    here.does(take(&there, named(&found, &["value/stray"])));
    assert!(here.plan.values.contains_key("stray"));
}

#[test]
fn turns_sessions_and_items_that_only_one_version_has_come_to_their_place() {
    let mut here = Workspace::with(&super::given::strategy("parallel-development"));
    let mut there = workspace(&here.plan, 1);
    let session = there.plan.sessions[0].id.clone();
    let first = there.plan.sessions[0].turns[0].id.clone();
    there.does(Command::AddTurn {
        session: session.clone(),
        after: Some(first),
        title: "Look again".into(),
        kind: setlist::domain::strategy::TurnKind::Research,
        budget: None,
        prompt: "Look again.".into(),
    });
    there.does(Command::AddItem { session: session.clone(), text: "Told the others".into() });
    there.does(Command::Abandon { session: Some(session.clone()), reason: "no time".into() });
    let gone = here.plan.sessions.pop().unwrap().id;
    let all = differences(&here.plan, &there.plan, None);
    assert!(items(&all).contains(&format!("session/{gone}").as_str()));
    here.does(take(&there, all));
    assert_eq!(here.plan.sessions[0].turns[1].title, "Look again");
    assert_eq!(here.plan.sessions[0].state, SessionState::Abandoned);
    assert_eq!(here.plan.sessions, there.plan.sessions, "in the same order");
}

/// What a series of steps makes of a plan.
fn worked(mut plan: Plan, steps: &[Step], from: i64) -> Plan {
    for (at, step) in steps.iter().enumerate() {
        if let Ok(change) = plan.apply(&command(&plan, step), start() + (from + at as i64 * 7).seconds()) {
            plan = change.plan;
        }
    }
    plan
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn whatever_was_done_on_both_sides_everything_can_be_taken_and_any_part_leaves_the_rest(
        which in 0..STRATEGIES.len(),
        common in prop::collection::vec(step(), 0..60),
        mine in prop::collection::vec(step(), 0..60),
        theirs in prop::collection::vec(step(), 0..60),
        picked in prop::collection::vec(any::<bool>(), 64),
    ) {
        let base = worked(Workspace::of(STRATEGIES[which]).plan, &common, 0);
        let (here, there) = (worked(base.clone(), &mine, 1000), worked(base.clone(), &theirs, 1003));
        let all = differences(&here, &there, Some(&base));
        prop_assert_eq!(all.len(), distance(&here, &there));
        let mut keys = items(&all);
        keys.sort_unstable();
        keys.dedup();
        prop_assert_eq!(keys.len(), all.len(), "every item has a name of its own");
        if all.is_empty() {
            return Ok(());
        }
        let now = start() + 5000.seconds();
        let some: Vec<Difference> = all.iter().zip(picked.iter().cycle()).filter(|(_, picked)| **picked).map(|(one, _)| one.clone()).collect();
        if let Ok(change) = here.apply(&Command::Take { from: Box::new(there.clone()), items: some.clone() }, now) {
            prop_assert_eq!(contradictions(&change.plan), []);
            let left = differences(&change.plan, &there, None);
            // A gate may open again where what it rests on was taken; a value brings what was made of it.
            for one in left.iter().filter(|one| !one.item.ends_with("/gate")) {
                prop_assert!(!some.iter().any(|taken| taken.item == one.item), "{:?} was taken", one);
                prop_assert!(items(&all).contains(&one.item.as_str()) , "{:?} is new", one);
            }
        }
        let change = here.apply(&Command::Take { from: Box::new(there.clone()), items: all }, now);
        prop_assert!(change.is_ok(), "{:?}", change);
        prop_assert_eq!(differences(&change.unwrap().plan, &there, None), []);
    }
}

#[test]
fn a_reading_that_is_no_number_is_not_compared() {
    let mut here = Workspace::of("systematic-optimization");
    let metric = here.plan.strategy.metrics[0].id.clone();
    here.does(Command::ReadMetric { metric, value: 4.0, turn: None });
    here.plan.readings[0].value = f64::NAN;
    let there = workspace(&here.plan, 1);
    assert_eq!(differences(&here.plan, &there.plan, None), []);
}

#[test]
fn what_is_queued_what_came_back_and_whole_sessions_are_told_apart_by_their_ids() {
    let mut here = Workspace::with(&super::given::strategy("parallel-development"));
    let queue =
        |title: &str| Command::Queue { title: title.into(), goal: format!("To {title}"), placeholder: String::new() };
    here.does(queue("Sing"));
    here.does(queue("Dance"));
    let mut there = workspace(&here.plan, 1);
    there.does(Command::Unqueue("sing".into()));
    there.does(queue("Rest"));
    let turn = there.at_turn(&there.session().turns[0].id);
    there.does(Command::StartTurn(turn.clone()));
    there.does(Command::SetResult { turn, result: "It holds.".into() });
    here.plan.sessions.pop();
    let found = differences(&here.plan, &there.plan, None);
    let told: String = found
        .iter()
        .filter(|one| !one.item.ends_with("/work"))
        .map(|one| format!("{} | {} | {:?} | {:?}\n", one.item, one.label, one.here, one.there))
        .collect();
    insta::assert_snapshot!(told);
    here.does(take(&there, named(&found, &["queue/sing", "queue/rest"])));
    let queued: Vec<&str> = here.plan.queue.iter().map(|queued| queued.id.as_str()).collect();
    assert_eq!(queued, ["dance", "rest"]);
}

#[test]
fn a_note_of_the_same_second_comes_behind_those_that_are_there() {
    let mut here = Workspace::of_turns(&TURNS);
    let mut there = workspace(&here.plan, 0);
    notes(&mut here, "here");
    notes(&mut there, "there");
    let found = differences(&here.plan, &there.plan, None);
    let theirs: Vec<Difference> = found.into_iter().filter(|one| one.there.is_some()).collect();
    here.does(take(&there, theirs));
    let texts: Vec<&str> = here.plan.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["here", "there"]);
}
