//! Prompts: rendered again while unsent, frozen once sent.

use setlist::domain::command::Command;
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::plan::Plan;
use setlist::domain::refusal::ErrorCode;

use super::given::{Workspace, examples, set, small, start, strategy};

const HOST: &str = r#"goal = "Serve {{ host }}"
[[placeholders]]
name = "host"
example = "alpha"
[[placeholders]]
name = "url"
default = "https://{{ host }}/"
required = false
[[placeholders]]
name = "risk"
kind = "choice"
choices = ["low", "high"]
default = "low"
[[placeholders]]
name = "fallback"
show_if = "risk == 'high'"
default = "roll back {{ host }}"
[[turns]]
id = "a"
prompt = "Call {{ url }}{% if fallback %} or {{ fallback }}{% endif %}"
[[turns]]
id = "b"
prompt = "Stop {{ host }}"
"#;

fn prompt(workspace: &Workspace, turn: &str) -> String {
    workspace.plan.prompt(workspace.session(), workspace.turn(turn)).unwrap()
}

fn sent(workspace: &Workspace, turn: &str) -> Command {
    Command::MarkSent { turn: workspace.at_turn(turn), via: "copied".into() }
}

fn own(workspace: &Workspace, turn: &str, words: Option<&str>) -> Command {
    Command::SetPrompt { turn: workspace.at_turn(turn), prompt: words.map(Into::into) }
}

#[test]
fn a_new_value_changes_what_is_unsent_and_nothing_else() {
    let mut workspace = Workspace::with(&small(HOST));
    assert_eq!(
        workspace.refuses(sent(&workspace, "a")),
        "turn 'a' has not begun | start it before you send its prompt"
    );
    workspace.starts("a");
    workspace.does(sent(&workspace, "a"));
    workspace.does(set("host", "beta"));
    assert_eq!(prompt(&workspace, "a"), "Call https://alpha/", "as it was sent");
    assert_eq!(prompt(&workspace, "b"), "Stop beta");
    assert_eq!(workspace.plan.goal(), "Serve beta");
    let via = workspace.turn("a").sent.clone().unwrap().via;
    workspace.at(9);
    workspace.does(sent(&workspace, "a"));
    assert_eq!((via.as_str(), workspace.turn("a").sent.as_ref().unwrap().at), ("copied", start()), "sent once");
}

#[test]
fn closing_a_turn_freezes_its_prompt() {
    let mut workspace = Workspace::with(&small(HOST));
    workspace.starts("a");
    workspace.finishes("a");
    workspace.does(set("host", "beta"));
    assert_eq!(prompt(&workspace, "a"), "Call https://alpha/");
}

#[test]
fn defaults_follow_the_values_they_are_made_of() {
    let mut workspace = Workspace::with(&small(HOST));
    workspace.does(set("host", "beta"));
    assert_eq!(prompt(&workspace, "a"), "Call https://beta/");
    workspace.does(set("url", "https://own/"));
    workspace.does(set("host", "gamma"));
    assert_eq!(prompt(&workspace, "a"), "Call https://own/", "what a person wrote stays");
    workspace.does(Command::SetValue { name: "url".into(), value: None });
    assert_eq!(prompt(&workspace, "a"), "Call https://gamma/");
    workspace.does(set("url", " "));
    assert_eq!(prompt(&workspace, "a"), "Call https://gamma/", "nothing is the default too");
}

#[test]
fn answers_to_hidden_questions_are_kept_and_not_used() {
    let mut workspace = Workspace::with(&small(HOST));
    assert_eq!(prompt(&workspace, "a"), "Call https://alpha/");
    workspace.does(set("risk", "high"));
    assert_eq!(prompt(&workspace, "a"), "Call https://alpha/ or roll back alpha");
    workspace.does(set("fallback", "call Eve"));
    workspace.does(set("risk", "low"));
    assert_eq!(prompt(&workspace, "a"), "Call https://alpha/");
    workspace.does(set("risk", "high"));
    assert_eq!(prompt(&workspace, "a"), "Call https://alpha/ or call Eve");
}

#[test]
fn wrong_values_are_refused() {
    let workspace = Workspace::with(&small(HOST));
    let unset = workspace.refusal(Command::SetValue { name: "host".into(), value: None });
    assert_eq!((unset.message.as_str(), unset.code), ("host: required", ErrorCode::Invalid));
    assert_eq!(workspace.refusal(set("risk", "medium")).message, "risk: choose one of: low, high");
    assert_eq!(workspace.refuses(set("hots", "x")), "there is no placeholder `hots` | did you mean `host`?");
    let list = Command::SetValue { name: "host".into(), value: Some(Value::List(vec!["x".into()])) };
    assert_eq!(workspace.refusal(list).message, "host: wants one line of text");
}

#[test]
fn a_person_s_own_words_are_never_expanded() {
    let mut workspace = Workspace::with(&small(HOST));
    assert_eq!(workspace.does(own(&workspace, "a", Some("Use {{ host }} {% if"))), "prompt of 'a' changed");
    assert_eq!(prompt(&workspace, "a"), "Use {{ host }} {% if");
    workspace.does(own(&workspace, "a", None));
    assert_eq!(prompt(&workspace, "a"), "Call https://alpha/");
    workspace.starts("a");
    workspace.does(sent(&workspace, "a"));
    let frozen = "the prompt of 'a' was sent and does not change any more | add a turn with the new words";
    assert_eq!(workspace.refuses(own(&workspace, "a", Some("later"))), frozen);
}

#[test]
fn a_plan_starts_with_every_required_value_or_says_which_are_missing() {
    let strategy = strategy("bug-investigation");
    let faults = Plan::start(&strategy, &Values::new(), "x", "X", start()).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.name.as_str()).collect::<Vec<_>>(), ["bug_report"]);
    let plan = Plan::start(&strategy, &examples(&strategy), "x", " X ", start()).unwrap();
    assert_eq!((plan.revision, plan.name.as_str(), &plan.strategy), (1, "X", &strategy));
}
