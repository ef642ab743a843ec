//! What is asked of each kind of text, whatever stands in it: run by the fuzz targets on what they make up, and by
//! `tests/corpus.rs` on what they found once.

use setlist::domain::budget::Budget;
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::plan::Plan;
use setlist::domain::schedule::lanes;
use setlist::domain::summary::PlanSummary;
use setlist::domain::{prompt, strategy_file, template};
use setlist::keys::Chord;
use setlist::store::read_settings;

/// Durations and ranges as people write them.
pub fn budget(text: &str) {
    if let Ok(budget) = Budget::parse(text) {
        assert!(0 < budget.low() && budget.low() <= budget.high());
        assert!(Budget::parse(&budget.short()).is_ok());
    }
}

/// The settings file: every problem lies in the text.
pub fn config(text: &str) {
    let (_, problems) = read_settings(text);
    for problem in problems {
        assert!(text.get(problem.span).is_some());
    }
}

/// Names of keys in the settings: a name that was understood reads as itself.
pub fn keys(text: &str) {
    if let Ok(chord) = Chord::parse(text) {
        assert_eq!(Chord::parse(&chord.to_string()), Ok(chord));
    }
}

/// A plan file: whatever can be read can be looked at, and written and read again.
pub fn plan(text: &str) {
    let Ok(plan) = toml::from_str::<Plan>(text) else { return };
    let _ = (PlanSummary::of(&plan), lanes(&plan, plan.updated), plan.courses().len(), plan.worked(plan.updated));
    for session in &plan.sessions {
        for turn in &session.turns {
            let _ = (plan.standing(session, turn), plan.prompt_preview(session, turn));
        }
    }
    let _ = toml::to_string_pretty(&plan).map(|written| toml::from_str::<Plan>(&written).is_ok());
}

/// A strategy file: every problem lies in the text, and a sound file renders.
pub fn strategy(text: &str) {
    let read = strategy_file::check(text, Some("fuzz"));
    for problem in &read.problems {
        assert!(text.get(problem.span.clone()).is_some());
    }
    if let Some(strategy) = read.strategy {
        for turn in strategy.turns() {
            let _ = prompt::render(&strategy, turn, &Values::new());
        }
    }
}

/// Asks for a text and a list.
const FILE: &str = "schema = 1\nid = \"a\"\ntitle = \"A\"\n[[placeholders]]\nname = \"x\"\n[[placeholders]]\nname = \"l\"\nkind = \"list\"\n[[turns]]\nid = \"t\"\nprompt = \"{{ x }}{{ l }}\"\n";

/// A template: rendered, previewed and looked through within its limits; what is previewed is what is sent.
pub fn template(text: &str) {
    let Some(strategy) = strategy_file::read(FILE, None).strategy else { return };
    let list = Value::List(vec!["a".into(), "{{ x }}".into()]);
    let values = Values::from([("x".into(), Value::Text("value".into())), ("l".into(), list)]);
    let rendered = template::render(text, &strategy, &values);
    let previewed = template::preview(text, &strategy, &values);
    let _ = (template::names(text), template::holds(text, &strategy, &values));
    if let (Ok(rendered), Ok(pieces)) = (rendered, previewed) {
        assert_eq!(rendered, pieces.iter().map(|piece| piece.text.as_str()).collect::<String>());
    }
}
