//! The bars of the lanes: serial, parallel, one before two before one, and what was worked.

use setlist::domain::command::Command;
use setlist::domain::schedule::{BarKind, Lane, lanes};

use super::given::{Workspace, minute, small};

/// When each lane begins and ends, in minutes after the start.
fn spans(workspace: &Workspace) -> Vec<(i64, i64)> {
    let minutes = |second: i64| (second - minute(0).as_second()) / 60;
    let begins = |lane: &Lane| lane.bars.first().map_or(lane.ends, |bar| bar.from);
    lanes(&workspace.plan, workspace.now).iter().map(|lane| (minutes(begins(lane)), minutes(lane.ends))).collect()
}

fn sessions(all: &[(&str, &str, &str)]) -> Workspace {
    let session = |(id, after, budget): &(&str, &str, &str)| {
        format!(
            "[[sessions]]\nid = \"{id}\"\nafter = [{after}]\n[[sessions.turns]]\nid = \"t\"\nprompt = \"x\"\nbudget = \"{budget}\"\n"
        )
    };
    Workspace::with(&small(&all.iter().map(session).collect::<String>()))
}

#[test]
fn sessions_follow_what_they_wait_for() {
    let serial = sessions(&[("a", "", "10m"), ("b", "\"a\"", "20m"), ("c", "\"b\"", "30m")]);
    assert_eq!(spans(&serial), [(0, 10), (10, 30), (30, 60)]);
    let parallel = sessions(&[("a", "", "10m"), ("b", "", "20m"), ("c", "", "30m")]);
    assert_eq!(spans(&parallel), [(0, 10), (0, 20), (0, 30)]);
    let fan = sessions(&[("d", "\"b\", \"c\"", "5m"), ("a", "", "10m"), ("b", "\"a\"", "20m"), ("c", "\"a\"", "30m")]);
    assert_eq!(spans(&fan), [(40, 45), (0, 10), (10, 30), (10, 40)], "in the plan's order, whatever waits for whom");
}

#[test]
fn what_a_session_waits_for_is_said_with_all_titles() {
    let mut workspace = sessions(&[("a", "", "10m"), ("b", "", "20m"), ("c", "\"a\", \"b\"", "5m")]);
    let said = |workspace: &Workspace, at: usize| {
        workspace.plan.waits_in_words(&workspace.plan.sessions[at], str::to_uppercase)
    };
    assert_eq!(said(&workspace, 0), None);
    assert_eq!(said(&workspace, 2).as_deref(), Some("waits for A and B"));
    workspace.does(Command::Abandon { session: Some("c".into()), reason: "not wanted".into() });
    assert_eq!(said(&workspace, 2), None, "it is over");
}

#[test]
fn distributed_systems_go_one_two_side_by_side_one() {
    let workspace = Workspace::of("distributed-systems");
    let spans = spans(&workspace);
    assert_eq!(spans.len(), 4);
    assert_eq!(spans[0].0, 0);
    assert_eq!((spans[1].0, spans[2].0), (spans[0].1, spans[0].1));
    assert_eq!(spans[3].0, spans[1].1.max(spans[2].1));
}

#[test]
fn a_turn_under_way_shows_what_is_worked_over_and_left() {
    let mut workspace = Workspace::of_turns(&["budget = \"30m\"", "budget = \"10m\"", ""]);
    let kinds = |workspace: &Workspace| -> Vec<(String, BarKind, i64)> {
        let bars = &lanes(&workspace.plan, workspace.now)[0].bars;
        bars.iter().map(|bar| (bar.turn.clone(), bar.kind, (bar.to - bar.from) / 60)).collect()
    };
    workspace.starts("a");
    workspace.at(20);
    let planned = [("b".to_owned(), BarKind::Planned, 10), ("c".to_owned(), BarKind::Planned, 15)];
    assert_eq!(kinds(&workspace)[..2], [("a".into(), BarKind::Worked, 20), ("a".into(), BarKind::Left, 10)]);
    assert_eq!(kinds(&workspace)[2..], planned);
    assert_eq!(spans(&workspace), [(0, 55)]);
    workspace.at(45);
    assert_eq!(kinds(&workspace)[..2], [("a".into(), BarKind::Worked, 30), ("a".into(), BarKind::Over, 15)]);
    assert_eq!(spans(&workspace), [(0, 70)]);
    workspace.finishes("a");
    workspace.skips("b");
    workspace.skips("c");
    workspace.does(super::given::finish("main"));
    workspace.at(500);
    assert_eq!(spans(&workspace), [(0, 45)]);
}

#[test]
fn what_waits_begins_when_the_other_really_ended_or_now() {
    let mut workspace = sessions(&[("a", "", "10m"), ("b", "\"a\"", "20m")]);
    workspace.at(3).completes("a");
    assert_eq!(spans(&workspace)[1], (3, 23));
    workspace.at(50);
    assert_eq!(spans(&workspace)[1], (50, 70));
    workspace.does(Command::StartTurn(setlist::domain::command::TurnRef::new("b", "t")));
    workspace.at(55);
    assert_eq!(spans(&workspace)[1], (50, 70));
}

#[test]
fn a_circle_made_by_hand_ends_all_the_same() {
    let mut workspace = sessions(&[("a", "", "10m"), ("b", "\"a\"", "20m")]);
    workspace.plan.sessions[0].after = vec!["b".into(), "gone".into()];
    assert_eq!(lanes(&workspace.plan, workspace.now).len(), 2);
}
