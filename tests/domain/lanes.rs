//! The bars of the lanes: serial, parallel, one before two before one, and what was worked.

use setlist::domain::command::Command;
use setlist::domain::schedule::{BarKind, Lane, lanes};

use super::given::{Desk, minute, small};

/// When each lane begins and ends, in minutes after the start.
fn spans(desk: &Desk) -> Vec<(i64, i64)> {
    let minutes = |second: i64| (second - minute(0).as_second()) / 60;
    let begins = |lane: &Lane| lane.bars.first().map_or(lane.ends, |bar| bar.from);
    lanes(&desk.plan, desk.now).iter().map(|lane| (minutes(begins(lane)), minutes(lane.ends))).collect()
}

fn sessions(all: &[(&str, &str, &str)]) -> Desk {
    let session = |(id, after, budget): &(&str, &str, &str)| {
        format!(
            "[[sessions]]\nid = \"{id}\"\nafter = [{after}]\n[[sessions.turns]]\nid = \"t\"\nprompt = \"x\"\nbudget = \"{budget}\"\n"
        )
    };
    Desk::with(&small(&all.iter().map(session).collect::<String>()))
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
fn distributed_systems_go_one_two_side_by_side_one() {
    let desk = Desk::of("distributed-systems");
    let spans = spans(&desk);
    assert_eq!(spans.len(), 4);
    assert_eq!(spans[0].0, 0);
    assert_eq!((spans[1].0, spans[2].0), (spans[0].1, spans[0].1));
    assert_eq!(spans[3].0, spans[1].1.max(spans[2].1));
}

#[test]
fn a_turn_under_way_shows_what_is_worked_over_and_left() {
    let mut desk = Desk::of_turns(&["budget = \"30m\"", "budget = \"10m\"", ""]);
    let kinds = |desk: &Desk| -> Vec<(String, BarKind, i64)> {
        let bars = &lanes(&desk.plan, desk.now)[0].bars;
        bars.iter().map(|bar| (bar.turn.clone(), bar.kind, (bar.to - bar.from) / 60)).collect()
    };
    desk.starts("a");
    desk.at(20);
    let planned = [("b".to_owned(), BarKind::Planned, 10), ("c".to_owned(), BarKind::Planned, 15)];
    assert_eq!(kinds(&desk)[..2], [("a".into(), BarKind::Worked, 20), ("a".into(), BarKind::Left, 10)]);
    assert_eq!(kinds(&desk)[2..], planned);
    assert_eq!(spans(&desk), [(0, 55)]);
    desk.at(45);
    assert_eq!(kinds(&desk)[..2], [("a".into(), BarKind::Worked, 30), ("a".into(), BarKind::Over, 15)]);
    assert_eq!(spans(&desk), [(0, 70)]);
    desk.finishes("a");
    desk.skips("b");
    desk.skips("c");
    desk.does(super::given::finish("main"));
    desk.at(500);
    assert_eq!(spans(&desk), [(0, 45)]);
}

#[test]
fn what_waits_begins_when_the_other_really_ended_or_now() {
    let mut desk = sessions(&[("a", "", "10m"), ("b", "\"a\"", "20m")]);
    desk.at(3).completes("a");
    assert_eq!(spans(&desk)[1], (3, 23));
    desk.at(50);
    assert_eq!(spans(&desk)[1], (50, 70));
    desk.does(Command::StartTurn(setlist::domain::command::TurnRef::new("b", "t")));
    desk.at(55);
    assert_eq!(spans(&desk)[1], (50, 70));
}

#[test]
fn a_circle_made_by_hand_ends_all_the_same() {
    let mut desk = sessions(&[("a", "", "10m"), ("b", "\"a\"", "20m")]);
    desk.plan.sessions[0].after = vec!["b".into(), "gone".into()];
    assert_eq!(lanes(&desk.plan, desk.now).len(), 2);
}
