//! Overlays: what each key does to the base, and how mistakes are told.

use super::*;
use crate::domain::problem::position;
use crate::domain::strategy::Strategy;
use crate::domain::strategy_file::{Inheritance, Resolved};

const BASE: &str = r#"schema = 1
id = "base"
title = "Base"
tags = ["a", "b"]

[fit]
risk = ["high"]

[[placeholders]]
name = "goal"
label = "Goal"

[[metrics]]
id = "time"

[[turns]]
id = "one"
title = "One"
gate = "Sure"
prompt = "Do {{ goal }}."
[[turns.evidence]]
id = "log"
[[turns.evidence]]
id = "suite"
kind = "command"

[[turns]]
id = "two"
prompt = "Go on."

[[checklist]]
id = "told"
text = "Users told"
"#;

const SESSIONS: &str = r#"schema = 1
id = "base"
title = "Base"
[[sessions]]
id = "first"
[[sessions.turns]]
id = "do"
prompt = "x"
[[sessions]]
id = "last"
after = ["first"]
[[sessions.turns]]
id = "do"
prompt = "y"
[[sessions.turns]]
id = "end"
prompt = "z"
"#;

fn overlay(rest: &str) -> String {
    format!("schema = 1\nid = \"mine\"\nextends = \"base\"\n{rest}")
}

fn merged(base: &str, rest: &str) -> Strategy {
    let text = overlay(rest);
    let merged = check_over(base, &text, Some("mine"), None);
    let strategy = merged.read.strategy.unwrap_or_else(|| panic!("{rest}: {:?}", merged.read.problems));
    assert_eq!(check(&merged.text, Some("mine")).strategy.as_ref(), Some(&strategy), "the text says the same");
    strategy
}

/// The problems of an overlay over `base`, one a line.
fn report(base: &str, rest: &str) -> String {
    let text = overlay(rest);
    let line = |problem: &Problem| {
        let at = position(&text, problem.span.start);
        let kind = if problem.is_error() { "error" } else { "warning" };
        format!("{}:{} {kind}: {} | {}", at.line, at.column, problem.message, problem.hint)
    };
    check_over(base, &text, None, None).read.problems.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn turns(strategy: &Strategy) -> Vec<&str> {
    strategy.turns().map(|turn| turn.id.as_str()).collect()
}

#[test]
fn what_an_overlay_says_at_top_level_takes_the_place_of_the_base() {
    let strategy = merged(BASE, "title = \"Mine\"\ntags = [\"c\"]\nbudget = \"2h\"\n[fit]\nscope = [\"small\"]\n");
    assert_eq!((strategy.id.as_str(), strategy.title.as_str()), ("mine", "Mine"));
    assert_eq!(strategy.tags, ["c"]);
    assert_eq!((strategy.fit.risk.len(), strategy.fit.scope.len()), (0, 1));
    assert!(strategy.sessions[0].budget.is_some());
    assert_eq!(turns(&strategy), ["one", "two"]);
}

#[test]
fn an_item_of_the_base_changes_only_the_keys_given() {
    let strategy = merged(
        BASE,
        r#"
        [[placeholders]]
        name = "goal"
        help = "What for"
        [[turns]]
        id = "one"
        gate = ""
        [[turns.evidence]]
        id = "log"
        required = false
        [[metrics]]
        id = "time"
        unit = "ms"
        [[checklist]]
        id = "told"
        text = "All told"
        "#,
    );
    let one = &strategy.sessions[0].turns[0];
    assert_eq!((one.title.as_str(), one.gate.as_str(), one.prompt.as_str()), ("One", "", "Do {{ goal }}."));
    let required: Vec<(&str, bool)> = one.evidence.iter().map(|slot| (slot.id.as_str(), slot.required)).collect();
    assert_eq!(required, [("log", false), ("suite", true)]);
    assert_eq!((strategy.placeholders[0].label.as_str(), strategy.placeholders[0].help.as_str()), ("Goal", "What for"));
    assert_eq!(strategy.metrics[0].unit, "ms");
    assert_eq!(strategy.sessions[0].checklist[0].text, "All told");
}

#[test]
fn new_items_come_where_they_are_put_and_keep_their_order() {
    let turn = |id: &str, place: &str| format!("[[turns]]\nid = \"{id}\"\nprompt = \"p\"\n{place}\n");
    let placed = [
        turn("a", "after = \"one\""),
        turn("b", "after = \"one\""),
        turn("c", "before = \"one\""),
        turn("d", ""),
        turn("e", "after = \"a\""),
    ];
    assert_eq!(turns(&merged(BASE, &placed.concat())), ["c", "one", "a", "e", "b", "two", "d"]);
    assert_eq!(
        turns(&merged(BASE, &turn("new", "replaces = \"one\"").replace("\"p\"", "\"{{ goal }}\""))),
        ["new", "two"]
    );
    assert_eq!(turns(&merged(BASE, "[[turns]]\nid = \"two\"\nbefore = \"one\"\n")), ["two", "one"]);
    let names =
        "[[placeholders]]\nname = \"who\"\nbefore = \"goal\"\n[[turns]]\nid = \"two\"\nprompt = \"{{ who }}\"\n";
    assert_eq!(merged(BASE, names).placeholders[0].name, "who");
}

#[test]
fn what_is_removed_is_gone() {
    assert_eq!(turns(&merged(BASE, "remove = [\"two\", \"told\"]\n")), ["one"]);
    let strategy = merged(BASE, "remove = [\"suite\", \"checklist/told\", \"one/log\", \"metrics/time\"]\n");
    assert!(strategy.sessions[0].turns[0].evidence.is_empty());
    assert!(strategy.sessions[0].checklist.is_empty() && strategy.metrics.is_empty());
    let strategy = merged(BASE, "[[turns]]\nid = \"one\"\nremove = [\"log\"]\n");
    assert_eq!(strategy.sessions[0].turns[0].evidence.len(), 1);
}

#[test]
fn sessions_are_reached_by_their_ids() {
    let strategy = merged(
        SESSIONS,
        r#"
        [[sessions]]
        id = "last"
        remove = ["do"]
        [[sessions.turns]]
        id = "check"
        prompt = "c"
        before = "end"
        [[sessions]]
        id = "between"
        after = ["first"]
        before = "last"
        [[sessions.turns]]
        id = "do"
        prompt = "b"
        "#,
    );
    let ids: Vec<&str> = strategy.sessions.iter().map(|session| session.id.as_str()).collect();
    assert_eq!(ids, ["first", "between", "last"]);
    assert_eq!(turns(&strategy), ["do", "do", "check", "end"]);
    assert_eq!(strategy.sessions[2].after, ["first"]);
    let strategy = merged(
        BASE,
        "[[sessions]]\nid = \"next\"\nafter = [\"main\"]\n[[sessions.turns]]\nid = \"t\"\nprompt = \"p\"\n",
    );
    assert_eq!((strategy.sessions[0].id.as_str(), strategy.sessions[0].title.as_str()), ("main", "Base"));
    let one = SESSIONS.split("[[sessions]]\nid = \"last\"").next().unwrap();
    assert_eq!(turns(&merged(one, "[[turns]]\nid = \"more\"\nprompt = \"p\"\n")), ["do", "more"]);
}

#[test]
fn mistakes_have_their_place_in_the_overlay() {
    let turn = "[[turns]]\nid = \"new\"\nprompt = \"p\"\n";
    let cases = [
        (BASE, format!("{turn}after = \"on\"\n")),
        (BASE, format!("{turn}after = \"one\"\nbefore = \"two\"\n")),
        (BASE, format!("{turn}after = \"new\"\n")),
        (BASE, "[[turns]]\nid = \"one\"\nreplaces = \"two\"\n".into()),
        (BASE, "[[turns]]\ntitle = \"no id\"\n".into()),
        (BASE, format!("{turn}{turn}")),
        (BASE, "remove = [\"suit\", \"nothing-like-it\"]\n".into()),
        (BASE, "remove = [\"goal\"]\n".into()),
        (BASE, "remove = \"one\"\n".into()),
        (BASE, "remove = [\"one\", \"two\"]\n".into()),
        (BASE, "turns = 5\n".into()),
        (BASE, "tilte = \"x\"\n[[turns]]\nid = \"one\"\npromt = \"x\"\n".into()),
        (BASE, "[[turns]]\nid = \"two\"\nprompt = \"\"\"\nDo\n{{ gaol }}\"\"\"\n".into()),
        (BASE, "[[turns]]\nid = \"more\"\n".into()),
        (BASE, "[[sessions]]\nid = \"s\"\n[[turns]]\nid = \"one\"\n".into()),
        (SESSIONS, "remove = [\"do\"]\n".into()),
        (SESSIONS, "remove = [\"first\"]\n".into()),
        (SESSIONS, turn.into()),
        ("schema = ", String::new()),
        (BASE, "title = ".into()),
    ];
    let all: Vec<String> = cases.iter().map(|(base, rest)| report(base, rest)).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn a_warning_about_the_base_is_the_bases_own() {
    let unused = BASE.replace("{{ goal }}", "it");
    assert_eq!(check(&unused, None).problems.len(), 1);
    assert_eq!(report(&unused, ""), "");
    assert!(report(BASE, "[[turns]]\nid = \"one\"\nprompt = \"x\"\n").contains("nothing uses the placeholder `goal`"));
}

/// What comes of files, each with its place and name: the title, or the first problem.
fn resolved(files: &[(usize, &str, &str)]) -> Vec<String> {
    let mut inheritance = Inheritance::default();
    for (place, stem, text) in files {
        inheritance.add(*place, (*text).into(), Some(stem), None);
    }
    let said = |resolved: Resolved| match resolved.read.strategy {
        Some(strategy) => format!("{} {} {:?}", strategy.id, strategy.title, resolved.extends),
        None => format!("{} | {}", resolved.read.problems[0].message, resolved.read.problems[0].hint),
    };
    inheritance.resolve().into_iter().map(said).collect()
}

fn over(id: &str, base: &str, title: &str) -> String {
    format!("schema = 1\nid = \"{id}\"\nextends = \"{base}\"\n{title}\n")
}

#[test]
fn a_base_is_found_by_id_through_chains_whatever_the_order() {
    let files = [
        (2, "c", over("c", "b", "")),
        (1, "b", over("b", "base", "title = \"B\"")),
        (2, "base", over("base", "base", "title = \"Mine\"")),
        (0, "base", BASE.to_owned()),
        (2, "d", over("d", "base", "")),
    ];
    let files: Vec<(usize, &str, &str)> =
        files.iter().map(|(place, stem, text)| (*place, *stem, text.as_str())).collect();
    let said = resolved(&files);
    assert_eq!(said[0], "c B Some(\"b\")");
    assert_eq!(said[2], "base Mine Some(\"base\")");
    assert_eq!(said[4], "d Mine Some(\"base\")", "the one that takes the base's place is the base");
}

#[test]
fn a_circle_or_a_missing_or_broken_base_harms_only_what_stands_on_it() {
    let (a, b, c) = (over("a", "b", ""), over("b", "a", ""), over("c", "a", ""));
    let (own, lost, broken) = (over("own", "own", ""), over("lost", "bse", ""), over("d", "bad", ""));
    let said = resolved(&[
        (0, "base", BASE),
        (1, "a", &a),
        (1, "b", &b),
        (1, "c", &c),
        (1, "own", &own),
        (1, "lost", &lost),
        (1, "bad", "schema = 1"),
        (1, "d", &broken),
        (1, "fine", &over("fine", "base", "")),
    ]);
    insta::assert_snapshot!(said.join("\n"), @r#"
    base Base None
    strategies extend each other in a circle: a -> b -> a | one of them must stand by itself
    strategies extend each other in a circle: b -> a -> b | one of them must stand by itself
    the strategy "a" has errors: strategies extend each other in a circle: a -> b -> a | mend it first
    there is no other strategy "own" that this file could extend | a file of the same id extends the one that it takes the place of
    there is no strategy "bse" to extend | did you mean `base`?
    `id` is missing in a strategy | for example id = "bug-investigation"
    the strategy "bad" has errors: `id` is missing in a strategy | mend it first
    fine Base Some("base")
    "#);
}

#[test]
fn a_chain_has_an_end() {
    let mut files = vec![(0, "base".to_owned(), BASE.to_owned())];
    for n in 1..=9 {
        let base = if n == 1 { "base".to_owned() } else { format!("f{}", n - 1) };
        files.insert(0, (1, format!("f{n}"), over(&format!("f{n}"), &base, "")));
    }
    let files: Vec<(usize, &str, &str)> =
        files.iter().map(|(at, stem, text)| (*at, stem.as_str(), text.as_str())).collect();
    let said = resolved(&files);
    assert!(said[0].starts_with("a chain of more than 8 files"), "{}", said[0]);
    assert_eq!(said[1], "f8 Base Some(\"f7\")");
}
