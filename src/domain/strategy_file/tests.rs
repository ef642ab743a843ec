//! Strategy files: each kind of mistake, found at its place.

use super::*;
use crate::domain::problem::position;

const GOOD: &str = r#"schema = 1
id = "small"
title = "Small"

[[placeholders]]
name = "goal"

[[turns]]
id = "one"
prompt = """
Reach {{ goal }}.
"""
"#;

/// The problems of `text`, one a line: `line:column message | hint`.
fn report(text: &str) -> String {
    let line = |problem: &Problem| {
        let at = position(text, problem.span.start);
        let kind = if problem.is_error() { "error" } else { "warning" };
        format!("{}:{} {kind}: {} | {}", at.line, at.column, problem.message, problem.hint)
    };
    check(text, None).problems.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn with(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    report(&GOOD.replace(from, to))
}

#[test]
fn a_good_file_has_nothing_to_report_and_its_shorthand_is_expanded() {
    assert_eq!(report(GOOD), "");
    let strategy = check(GOOD, Some("small")).strategy.unwrap();
    assert_eq!(strategy.sessions.len(), 1);
    assert_eq!(strategy.sessions[0].turns[0].title, "one");
    assert!(strategy.placeholders[0].required);
}

#[test]
fn every_problem_is_reported_at_once() {
    let text = GOOD
        .replace("title = \"Small\"", "tilte = \"Small\"")
        .replace("{{ goal }}", "{{ gaol }}")
        .replace("id = \"one\"", "id = \"One!\"");
    insta::assert_snapshot!(report(&text), @r#"
    1:1 error: `title` is missing in a strategy | the name that the list shows
    3:1 error: unknown key `tilte` in a strategy | did you mean `title`?
    6:8 warning: nothing uses the placeholder `goal` | use it in a prompt, or leave it out: people are asked for it
    9:6 error: "One!" is not an id | small letters, digits and hyphens, at most 64: "one"
    11:10 error: the prompt uses `gaol`, which is not a placeholder | did you mean `goal`?
    "#);
}

#[test]
fn each_mistake_names_its_place_and_a_way_out() {
    let cases = [
        with("schema = 1", "schema = 2"),
        with("schema = 1", "schema = \"1\""),
        with("id = \"one\"", "id = \"one\"\nbudget = \"soon\""),
        with("id = \"one\"", "id = \"one\"\nkind = \"implemnt\""),
        with("name = \"goal\"", "name = \"goal\"\nkind = \"choice\""),
        with("name = \"goal\"", "name = \"goal\"\nkind = \"choice\"\nchoices = [\"a\", \"b\"]\ndefault = \"c\""),
        with("name = \"goal\"", "name = \"goal\"\npattern = \"(\""),
        with("name = \"goal\"", "name = \"goal\"\nshow_if = \"risk ==\""),
        with("name = \"goal\"", "name = \"goal\"\ndefault = \"{{ goal }}!\""),
        with("{{ goal }}", "{{ goal"),
        with("[[turns]]", "[[turns]]\nid = \"one\"\nprompt = \"{{ goal }}\"\n\n[[turns]]"),
        with("id = \"small\"", "id = small"),
    ];
    insta::assert_snapshot!(cases.join("\n"));
}

#[test]
fn after_must_lead_somewhere_and_not_in_a_circle() {
    let session = |id: &str, after: &str| {
        format!("[[sessions]]\nid = \"{id}\"\nafter = [{after}]\n[[sessions.turns]]\nid = \"t\"\nprompt = \"x\"\n")
    };
    let head = "schema = 1\nid = \"s\"\ntitle = \"S\"\n";
    let nowhere = format!("{head}{}", session("a", "\"b2\""));
    assert!(report(&nowhere).contains("6:10 error: `after` points to no session: \"b2\""), "{}", report(&nowhere));
    let circle = format!("{head}{}{}", session("a", "\"b\""), session("b", "\"a\""));
    assert!(report(&circle).contains("in a circle: a -> b -> a"), "{}", report(&circle));
    let itself = format!("{head}{}", session("a", "\"a\""));
    assert!(report(&itself).contains("waits for itself"), "{}", report(&itself));
}

#[test]
fn several_syntax_errors_are_found_in_one_go() {
    let text = "schema = 1\nid = \ntitle = \"x\nsummary = 5\n";
    let found = check(text, None);
    assert!(found.problems.len() >= 2, "{:?}", found.problems);
    assert!(found.strategy.is_none());
}
