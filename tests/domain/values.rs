//! Values are never expanded again: whatever template syntax is in them, they come out as they went in, through
//! defaults, goals, prompts, messages, texts of one's own, splits, strategies made of plans, and reports.
//!
//! `SETLIST_TORTURE=1` tries 100,000 of them.

use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use setlist::domain::claims::PHRASES;
use setlist::domain::command::{Command, EvidenceInput};
use setlist::domain::follow_up::follow_up;
use setlist::domain::placeholder::{Value as Given, Values};
use setlist::domain::plan::Plan;
use setlist::export::markdown;

use super::effort::rounds;
use super::given::{Workspace, reject, set, small, start};

/// What each value goes through: a default of it, a default of that, a goal, a list, a condition.
const WAYS: &str = r#"
goal = "G<{{ x }}>"
[[placeholders]]
name = "x"
kind = "multiline"
max = 100000
[[placeholders]]
name = "y"
kind = "multiline"
default = "D<{{ x }}>"
max = 100000
[[placeholders]]
name = "z"
kind = "multiline"
default = "E<{{ y }}>"
max = 100000
[[placeholders]]
name = "items"
kind = "list"
required = false
[[turns]]
id = "a"
gate = "It holds"
prompt = "A<{{ x }}>B<{{ y }}>C<{{ z }}>{% for i in items %}[{{ i }}]{% endfor %}{% if x == y %}same{% endif %}"
[[turns.evidence]]
id = "seen"
"#;

/// Values of template syntax: tags that are whole, halved, nested, quoted, with names and filters that are known.
fn value() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{{-",
        "-}}",
        "{%-",
        "-%}",
        "{{ x }}",
        "{{ y }}",
        "{{ z }}",
        "{{ items }}",
        "{{ x | upper }}",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "{% endraw %}",
        "{% if x %}",
        "{% endif %}",
        "{% set x = 1 %}",
        "{% for i in items %}",
        "{% endfor %}",
        "{{ loop.index }}",
        "{{ '{{ x }}' }}",
        "{{ \"}}\" }}",
        "{{{{ x }}}}",
        "{{ x",
        "x }}",
        "{% include 'x' %}",
        "{{ self }}",
        "{{ super() }}",
        "{# {{ x }} #}",
        "${x}",
        "$(x)",
        "%x%",
        "\\{{ x }}",
        "\n",
        "\n# {{ x }}",
        "<",
        ">",
        "'",
        "\"",
        "\\",
        "é",
        " ",
        "word",
        "\u{fffc}",
        "{",
        "}",
        "%",
    ]);
    prop::collection::vec(prop_oneof![5 => piece.prop_map(str::to_owned), 1 => "[a-z{}%# ]{1,6}"], 1..8)
        // A value is taken without the space around it.
        .prop_map(|parts| format!("|{}|", parts.concat()))
}

/// What the prompt is with these values, put together without any template.
fn expected(x: &str, items: &[String]) -> String {
    let list: String = items.iter().map(|item| format!("[{item}]")).collect();
    format!("A<{x}>B<D<{x}>>C<E<D<{x}>>>{list}")
}

fn prompt(plan: &Plan) -> String {
    plan.prompt(&plan.sessions[0], &plan.sessions[0].turns[0]).unwrap()
}

#[test]
fn values_come_out_as_they_went_in() {
    let strategy = small(WAYS);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let given = (value(), prop::collection::vec(value(), 0..3));
    for _ in 0..rounds(700, 40_000) {
        // Two values or more in each round: one, another in its place, and what is in the list.
        let (x, items) = given.new_tree(&mut runner).unwrap().current();
        let (other, _) = given.new_tree(&mut runner).unwrap().current();
        let mut values = Values::from([("x".to_owned(), Given::Text(x.clone()))]);
        values.insert("items".into(), Given::List(items.clone()));
        let plan = Plan::start(&strategy, &values, "2026-11-22-test-abcd", &x, start()).unwrap();
        let mut workspace = Workspace { plan, now: start() };
        assert_eq!(workspace.plan.name, x);
        assert_eq!(prompt(&workspace.plan), expected(&x, &items));
        assert_eq!(workspace.plan.goal(), format!("G<{x}>"));
        // Defaults follow the value that they are made of, and take nothing of it for theirs.
        workspace.does(set("x", &other));
        assert_eq!(prompt(&workspace.plan), expected(&other, &items));
        workspace.does(set("x", &x));
        let at = workspace.at_turn("a");
        workspace.does(Command::StartTurn(at.clone()));
        workspace.does(Command::MarkSent { turn: at.clone(), via: "copied".into() });
        let evidence = EvidenceInput::Text(x.clone());
        workspace.does(Command::RecordEvidence { turn: at.clone(), slot: "seen".into(), input: evidence });
        workspace.does(Command::FinishTurn(at.clone()));
        workspace.does(reject(at, &x));
        let message = follow_up(workspace.turn("a")).unwrap();
        assert!(message.contains(&format!("The reason:\n{x}\n")), "{message}");
        assert_eq!(prompt(&workspace.plan), expected(&x, &items), "frozen as sent");
        workspace.does(Command::AddNote { session: String::new(), turn: String::new(), text: x.clone() });
        assert_eq!(workspace.plan.notes[0].text, x);
        let report = markdown::report(&workspace.plan, &start().to_zoned(TimeZone::UTC), &phrases());
        assert_eq!(report.contains("49"), x.contains("49") || other.contains("49"), "something was computed: {report}");
    }
}

#[test]
fn words_of_one_s_own_are_no_template() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let given = value();
    for _ in 0..rounds(100, 5000) {
        let text = given.new_tree(&mut runner).unwrap().current();
        let mut workspace = Workspace::of_turns(&["", ""]);
        let turn = workspace.at_turn("a");
        workspace.does(Command::SetPrompt { turn: turn.clone(), prompt: Some(text.clone()) });
        assert_eq!(prompt(&workspace.plan), text);
        workspace.does(Command::AddTurn {
            session: turn.session,
            after: Some("a".into()),
            title: text.clone(),
            kind: setlist::domain::strategy::TurnKind::Other,
            budget: None,
            prompt: text.clone(),
        });
        let session = &workspace.plan.sessions[0];
        let added = session.turns.iter().find(|turn| turn.added).unwrap();
        assert_eq!(
            (added.title.as_str(), workspace.plan.prompt(session, added).unwrap()),
            (text.as_str(), text.clone())
        );
    }
}

fn phrases() -> Vec<String> {
    PHRASES.iter().map(|phrase| (*phrase).to_owned()).collect()
}
