//! From answers to values, and from values to the plan that would start.

use std::sync::Arc;

use jiff::Timestamp;
use setlist::domain::command::Command;
use setlist::domain::library::Library;
use setlist::domain::memory::{Draft, Memory};
use setlist::domain::placeholder::Fault;
use setlist::domain::review::{Rule, Thresholds};
use setlist::domain::strategy::Strategy;
use setlist::domain::strategy_file;
use setlist::workflow::start::{Answers, faults};

const BARE: &str = r#"
schema = 1
id = "bare"
title = "Bare"
budget = "1h"
goal = "{{ feature }}"
[[placeholders]]
name = "feature"
label = "Feature"
[[placeholders]]
name = "address"
label = "Address"
kind = "url"
[[placeholders]]
name = "tries"
label = "Tries"
kind = "number"
default = 3
[[placeholders]]
name = "tracker"
label = "Tracker"
kind = "url"
default = "{{ address }}/issues"
[[placeholders]]
name = "careful"
label = "How careful"
show_if = "tries == 9"
[[turns]]
id = "implement"
kind = "implement"
budget = "1h"
prompt = "Do it: {{ feature }} {{ address }} {{ tries }} {{ tracker }} {{ careful }}"
[[turns]]
id = "looks-good"
prompt = "Say whether it looks good"
[[turns]]
id = "deploy"
kind = "deliver"
budget = "10m"
prompt = "Deploy to production"
"#;

fn now() -> Timestamp {
    "2026-11-22T14:00:00Z".parse().unwrap()
}

fn bare() -> Arc<Strategy> {
    Arc::new(strategy_file::read(BARE, Some("bare")).strategy.unwrap())
}

fn answers(inputs: &[(&str, &str)]) -> Answers {
    let inputs = inputs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Answers { inputs, ..Answers::new(bare()) }
}

fn full() -> Answers {
    answers(&[("feature", "Implement 5 features, refactor 10 files, fix 20 bugs"), ("address", "https://x.org")])
}

fn names(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.name.as_str()).collect()
}

#[test]
fn what_is_typed_becomes_values_with_the_defaults() {
    let answers = answers(&[("feature", "Login"), ("address", " https://x.org "), ("careful", "very")]);
    assert_eq!(answers.given().len(), 3);
    let values = answers.values();
    let text = |name: &str| values.get(name).map(ToString::to_string);
    assert_eq!(text("tracker").as_deref(), Some("https://x.org/issues"));
    assert_eq!((text("tries").as_deref(), text("careful")), (Some("3"), None), "what is hidden has no value");
    assert_eq!(answers.shown().len(), 4);
    assert_eq!((answers.faults(), answers.plan_name().as_str()), (vec![], "Login"));
    assert_eq!(Answers { name: " Mine ".into(), ..answers }.plan_name(), "Mine");
}

#[test]
fn faults_come_in_the_form_s_order_and_not_twice() {
    let wrong = answers(&[("feature", "  "), ("tries", "many"), ("careful", "x")]);
    assert_eq!(names(&wrong.faults()), ["feature", "address", "tries"], "a default of what is missing is no fault");
    assert!(wrong.faults()[2].message.contains("`many` is not a number"));
    let unread = |name: &str| Fault { name: name.into(), label: String::new(), message: "no".into() };
    let faults = faults(&bare(), &wrong.given(), vec![unread("tries"), unread("unknown"), unread("feature")]);
    assert_eq!(names(&faults), ["tries", "unknown", "feature", "address"]);
}

#[test]
fn a_form_left_half_way_comes_back_as_it_was() {
    assert_eq!(Answers::new(bare()).draft(0, now()), None, "nothing was typed");
    let answers = Answers { remedies: [Rule::ValidationLight].into(), own_budgets: true, ..full() };
    let mut draft = answers.draft(2, now()).unwrap();
    draft.inputs.insert("gone".into(), "what the strategy does not ask any more".into());
    assert_eq!(Answers::of_draft(bare(), &draft), answers);
    let mut memory = Memory::default();
    answers.remember(&mut memory, now());
    assert_eq!((memory.values["address"][0].as_str(), memory.used["bare"]), ("https://x.org", now()));
}

#[test]
fn what_is_queued_is_filled_in_and_takes_no_other_form_s_place() {
    let plan = full().new_plan(&[]).plan("first", now()).unwrap();
    let queue = Command::Queue { title: "OAuth".into(), goal: "Sign in".into(), placeholder: "feature".into() };
    let plan = plan.apply(&queue, now()).unwrap().plan;
    let of = |drafts: &[Draft]| Answers::of_queued(&Library::default(), drafts, &plan, &plan.queue[0]);
    let mut answers = of(&[]).unwrap();
    assert_eq!((answers.name.as_str(), answers.inputs["feature"].as_str()), ("OAuth", "Sign in"));
    assert!(!answers.inputs.contains_key("tries"), "a default is no answer");
    assert_eq!(answers.new_plan(&[]).plan("second", now()).unwrap().follows, "first");
    answers.name = "OAuth, by half".into();
    let draft = answers.draft(0, now()).unwrap();
    assert_eq!(of(&[draft]).unwrap().name, "OAuth, by half", "its own form goes on");
    let other = full().draft(0, now()).unwrap();
    assert!(of(&[other]).unwrap_err().starts_with("a form of this strategy ('Bare') was left half-way"));
}

#[test]
fn remedies_are_a_set_that_is_taken_in_the_order_of_the_findings() {
    let preview = |remedies: &[Rule]| {
        let answers = Answers { remedies: remedies.iter().copied().collect(), ..full() };
        answers.preview(&[], &Thresholds::default(), now()).unwrap()
    };
    let none = preview(&[]);
    let offered: Vec<Rule> = none.offered().into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(offered, [Rule::EverythingSession, Rule::ValidationLight, Rule::IrreversibleStep, Rule::BudgetExceeded]);
    assert!(none.new.commands.is_empty() && !none.has_taken(Rule::ValidationLight));
    let mut backwards = offered.clone();
    backwards.reverse();
    let (all, again) = (preview(&offered), preview(&backwards));
    assert_eq!((all.findings(), all.offered()), (vec![], vec![]));
    assert!(all.points.iter().all(|point| point.taken) && offered.iter().all(|rule| all.has_taken(*rule)));
    assert_eq!((&all.new, &all.plan), (&again.new, &again.plan));
    assert!(matches!(all.new.commands[0], Command::SplitSession { .. } | Command::All(_)), "{:?}", all.new.commands);
    assert_eq!(all.new.plan("new", now()).unwrap().sessions, all.plan.sessions, "what is shown is what starts");
    assert!(!preview(&[Rule::ScopeCreep]).has_taken(Rule::ScopeCreep), "it finds nothing");
}
