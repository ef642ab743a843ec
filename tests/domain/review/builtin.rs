//! No rule cries wolf: the built-in strategies trip none, however they are filled in and worked through.

use std::path::Path;

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::placeholder::{PlaceholderKind, Value, Values};
use setlist::domain::plan::{Plan, SessionState};
use setlist::domain::review::{Thresholds, review, review_strategy};
use setlist::domain::strategy::Strategy;

use super::super::given::{Workspace, examples, start, strategy};

fn all() -> Vec<Strategy> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("strategies");
    let mut ids: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".toml").map(Into::into))
        .collect();
    ids.sort();
    assert!(!ids.is_empty());
    ids.iter().map(|id| strategy(id)).collect()
}

/// What must be filled in and nothing else.
fn least(strategy: &Strategy) -> Values {
    let wanted = strategy.placeholders.iter().filter(|one| one.required && one.default.is_none());
    wanted
        .map(|one| match one.kind {
            PlaceholderKind::Url => (one.name.clone(), Value::Text("https://example.org/x".into())),
            _ => (one.name.clone(), one.read(&one.example).unwrap()),
        })
        .collect()
}

fn silent(plan: &Plan, when: &str) {
    let found = review(plan, &Thresholds::default());
    assert_eq!(found, [], "{}, {when}", plan.strategy.id);
}

#[test]
fn no_built_in_strategy_trips_a_rule() {
    for strategy in all() {
        assert_eq!(review_strategy(&strategy, &Thresholds::default()), [], "{}", strategy.id);
    }
}

#[test]
fn no_plan_of_one_does_before_its_start() {
    for strategy in all() {
        silent(&Plan::start(&strategy, &examples(&strategy), "a", "A", start()).unwrap(), "with its examples");
        silent(&Plan::start(&strategy, &least(&strategy), "a", "A", start()).unwrap(), "with its defaults");
    }
}

#[test]
fn nor_while_it_is_worked_through() {
    for strategy in all() {
        let mut workspace = Workspace::with(&strategy);
        while let Some(session) = workspace.plan.sessions.iter().find(|one| one.state == SessionState::Planned) {
            let id = session.id.clone();
            for turn in session.turns.iter().map(|turn| turn.id.clone()).collect::<Vec<_>>() {
                let at = TurnRef::new(&id, &turn);
                workspace.does(Command::StartTurn(at.clone()));
                silent(&workspace.plan, &format!("in turn {turn}"));
                workspace.works_on(&at);
                silent(&workspace.plan, &format!("after turn {turn}"));
            }
            workspace.does(super::super::given::finish(&id));
            silent(&workspace.plan, &format!("after session {id}"));
        }
    }
}
