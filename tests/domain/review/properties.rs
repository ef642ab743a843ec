//! Whatever a plan looks like: the review has the same answer twice, and its remedies help.

use proptest::prelude::*;
use setlist::domain::command::Command;
use setlist::domain::goals::goals;
use setlist::domain::placeholder::Value;
use setlist::domain::plan::Plan;
use setlist::domain::review::{Finding, Thresholds, drift, review};
use setlist::domain::strategy::TurnKind;

use super::super::given::{Workspace, start};
use super::super::properties::{Step, cases, command, step, text};

const STRATEGIES: [&str; 6] = [
    "greenfield-from-scratch",
    "feature-well-tested",
    "system-migration",
    "parallel-development",
    "serial-deep-work",
    "distributed-systems",
];

/// Most rounds of remedies that a plan may need until none is left.
const ROUNDS: usize = 60;

/// Words that goals, additions and irreversible steps are made of, in any order.
fn clauses() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "Implement login",
        "add OAuth",
        "fix 20 bugs",
        "update all documentation",
        "Deploy to production",
        "refactor",
        "Delete the database",
        "src/a/b.rs",
        "users",
        "all",
        "also",
        "plus",
        "and",
        "then",
        ", ",
        ". ",
        "; ",
        ":\n",
        "\n- ",
        "\n\n",
        "1. ",
        "(",
        ")",
        "so that",
        "Cutover",
        "Steps",
        "session",
        "{{ feature }}",
        "é",
        " ",
    ]);
    prop::collection::vec(parts, 0..14).prop_map(|parts| parts.join(" "))
}

/// A plan that was worked on at random, with texts that the rules are about.
fn worked(which: usize, steps: &[Step], texts: &[String]) -> Plan {
    let mut plan = Workspace::of(STRATEGIES[which]).plan;
    for (at, step) in steps.iter().enumerate() {
        let said = texts.get(at).cloned();
        let command = match (command(&plan, step), said) {
            (Command::SetValue { name, .. }, Some(text)) => Command::SetValue { name, value: Some(Value::Text(text)) },
            (Command::AddNote { .. }, Some(text)) => Command::AddTurn {
                session: plan.sessions[at % plan.sessions.len()].id.clone(),
                after: None,
                title: text.clone(),
                kind: TurnKind::ALL[at % TurnKind::ALL.len()],
                budget: None,
                prompt: text,
            },
            (command, _) => command,
        };
        if let Ok(change) = plan.apply(&command, start()) {
            plan = change.plan;
        }
    }
    plan
}

fn same(one: &Finding, other: &Finding) -> bool {
    (one.rule, &one.session, &one.turns, &one.what) == (other.rule, &other.session, &other.turns, &other.what)
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn remedies_are_accepted_and_help(
        which in 0..STRATEGIES.len(),
        steps in prop::collection::vec(step(), 0..40),
        texts in prop::collection::vec(clauses(), 0..40),
        goal in clauses(),
    ) {
        let mut plan = worked(which, &steps, &texts);
        if let Some(placeholder) = plan.strategy.placeholders.first().map(|one| one.name.clone()) {
            let typed = Command::SetValue { name: placeholder, value: Some(Value::Text(goal)) };
            plan = plan.apply(&typed, start()).map_or(plan, |change| change.plan);
        }
        let thresholds = Thresholds::default();
        let mut rounds = 0;
        loop {
            let found = review(&plan, &thresholds);
            prop_assert_eq!(&found, &review(&plan, &thresholds));
            prop_assert_eq!(drift(&plan), drift(&plan));
            prop_assert!(found.iter().all(|finding| !finding.what.is_empty() && !finding.remedy.label.is_empty()));
            let Some(finding) = found.iter().find(|finding| !finding.remedy.commands.is_empty()) else { break };
            for command in &finding.remedy.commands {
                let change = plan.apply(command, start());
                prop_assert!(change.is_ok(), "{:?}: {:?}", finding, change);
                plan = change.unwrap().plan;
            }
            let after = review(&plan, &thresholds);
            prop_assert!(!after.iter().any(|other| same(finding, other)), "{:#?} is still there: {:#?}", finding, after);
            rounds += 1;
            prop_assert!(rounds < ROUNDS, "no end of it: {:#?}", after);
        }
    }

    #[test]
    fn any_text_is_read_for_its_goals(texts in prop::collection::vec(prop_oneof![text(), clauses()], 0..4)) {
        let whole = texts.join("\n");
        let found = goals(&whole);
        for goal in &found {
            prop_assert!(whole.get(goal.span.clone()).is_some_and(|said| said.contains(&goal.text)), "{:?}", goal);
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
    }
}
