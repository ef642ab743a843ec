//! What Start makes of the same answers: the same plan in every face, with remedies in any order.

use setlist::domain::plan::Plan;
use setlist::store::Store;

use crate::faces::{Faces, WHAT_TO_DO, open};
use crate::rig::dirs;
use crate::states::{State, faces};

/// A strategy with every kind of question, and four rules that speak against most of its plans.
const FOUR: &str = r#"schema = 1
id = "four"
title = "Four findings"
goal = "Reach: {{ what }}"
budget = "1h"

[fit]
codebase = "existing"

[[placeholders]]
name = "what"
label = "What to reach"
max = 200

[[placeholders]]
name = "tries"
label = "Tries"
kind = "number"
default = 3

[[placeholders]]
name = "files"
label = "Files"
kind = "list"
required = false

[[placeholders]]
name = "risk"
label = "Risk"
kind = "choice"
choices = ["low", "high"]
default = "low"

[[placeholders]]
name = "why"
label = "Why it is risky"
show_if = "risk == 'high'"

[[placeholders]]
name = "careful"
label = "Careful"
kind = "flag"

[[turns]]
id = "build"
title = "Build"
kind = "implement"
budget = "1h"
prompt = "Build {{ what }}, {{ tries }} times. {% for file in files %}{{ file }} {% endfor %}{{ risk }} {{ why }} {{ careful }}"

[[turns]]
id = "go-live"
title = "Deploy to production"
kind = "deliver"
budget = "10m"
prompt = "Deploy."
"#;

/// The rules that speak against it, in their order, and how their remedies begin.
const RULES: [(&str, &str); 4] = [
    ("validation-light", "take the remedy: insert a validation turn"),
    ("irreversible-step", "take the remedy: put a gate"),
    ("budget-exceeded", "take the remedy: set the session's budget"),
    ("discovery-missing", "take the remedy: insert a turn that looks"),
];

/// Nothing but the strategy.
fn four() -> Faces {
    let faces = Faces::new();
    faces.home.strategy("four", FOUR);
    faces
}

/// Answers, as each face takes them.
struct Answers {
    /// Options of `new`.
    set: &'static [&'static str],
    /// Keys in the form, from its second field on.
    keys: &'static str,
    /// Questions and answers of the conversation.
    told: &'static [(&'static str, &'static str)],
}

const ANSWERS: &[Answers] = &[
    // Defaults are left as they are.
    Answers {
        set: &["what=a quick login"],
        keys: "a quick login",
        told: &[("What to reach", "a quick login"), ("Tries", ""), ("Files", ""), ("Risk", ""), ("Careful", "")],
    },
    // Every question is answered, one of them only because of another.
    Answers {
        set: &["what=a quick login", "tries=7", "files=a.rs\nb.rs", "risk=high", "why=it is old", "careful=true"],
        keys: "a quick login<tab><ctrl-u>7<tab>a.rs\nb.rs<tab><right><tab>it is old<tab><right><right>",
        told: &[
            ("What to reach", "a quick login"),
            ("Tries", "7"),
            ("Files", "a.rs\rb.rs\r."),
            ("Risk", "high"),
            ("Why it is risky", "it is old"),
            ("Careful", "yes"),
        ],
    },
    // An answer to a question that is hidden again does not count; spaces around one are none of it.
    Answers {
        set: &["what=  a quick login ", "why=it is old"],
        keys: "  a quick login <tab><tab><tab><right><tab>it is old<S-tab><left>",
        told: &[("What to reach", "  a quick login "), ("Tries", ""), ("Files", ""), ("Risk", ""), ("Careful", "")],
    },
];

/// The plan without what is its own, its id and its times, a line each field.
fn alike(plan: &Plan) -> Vec<String> {
    let mut plan = plan.clone();
    plan.id.clear();
    (plan.created, plan.updated) = Default::default();
    format!("{plan:#?}").lines().map(str::to_owned).collect()
}

#[track_caller]
fn assert_alike(plan: &[String], wanted: &[String], how: &str) {
    let differs = plan.iter().zip(wanted).position(|(line, wanted)| line != wanted);
    let from = differs.unwrap_or(0).saturating_sub(3);
    let part = |lines: &[String]| lines.iter().skip(from).take(8).cloned().collect::<Vec<_>>().join("\n");
    assert!(plan == wanted, "{how}:\n{}\n--- wanted\n{}", part(plan), part(wanted));
}

/// Every order of these.
fn orders<T: Copy>(of: &[T]) -> Vec<Vec<T>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let with = |at: usize| {
        let rest = [&of[..at], &of[at + 1..]].concat();
        orders(&rest).into_iter().map(move |order| [vec![of[at]], order].concat())
    };
    (0..of.len()).flat_map(with).collect()
}

/// By `setlist new`, with these options besides.
fn by_command(set: &[&str], more: &[&str]) -> Vec<String> {
    let faces = four();
    let mut args = vec!["new", "four", "--name", "Login", "-q"];
    args.extend(set.iter().flat_map(|pair| ["--set", pair]));
    faces.home.ok(&[&args, more].concat());
    alike(&faces.plan())
}

/// In the form, with these remedies taken on the page before the start; with nothing named, all of them at once.
fn by_form(keys: &str, remedies: Option<&[&str]>) -> Vec<String> {
    let Faces { home } = four();
    let place = tempfile::tempdir().unwrap();
    std::fs::rename(home.path("data"), place.path().join("data")).unwrap();
    let mut rig = open(place);
    rig.keys("/four findings<enter><enter>").keys("<S-tab><ctrl-u>Login<tab>").keys(keys).keys("<esc>r");
    match remedies {
        None => drop(rig.keys("!")),
        Some(rules) => rules.iter().for_each(|rule| {
            let key = key_of(&rig.screen(), rule);
            rig.keys(&key);
        }),
    }
    rig.keys("<enter>");
    assert!(rig.status().ends_with("' started"), "{}", rig.screen());
    alike(&rig.model.workspace.as_ref().unwrap().plan)
}

/// The key that takes the remedy of a rule, as the page before the start says it.
fn key_of(screen: &str, rule: &str) -> String {
    let found = screen.split_once(&format!("! {rule}: ")).and_then(|(_, after)| after.split_once("Remedy ("));
    let (_, after) = found.unwrap_or_else(|| panic!("no remedy of {rule}\n{screen}"));
    after.chars().take(1).collect()
}

/// In the conversation, with these answers before the start.
fn by_conversation(told: &[(&str, &str)], before: &[(&str, &str)]) -> Vec<String> {
    let faces = four();
    let begin = [
        (WHAT_TO_DO, "choose a strategy"),
        ("Enter for all strategies: ", "four findings"),
        ("What to do with this strategy: ", "1"),
    ];
    let name = [("Name of the plan", "Login")];
    let end = [(BEFORE, "start the plan")];
    faces.whole_conversation(&[&begin, told, &name, before, &end].concat());
    alike(&faces.plan())
}

const BEFORE: &str = "What to do before the start: ";

#[test]
fn the_same_answers_make_the_same_plan_in_every_face() {
    for Answers { set, keys, told } in ANSWERS {
        let wanted = by_command(set, &[]);
        assert_alike(&by_form(keys, Some(&[])), &wanted, &format!("the form, {set:?}"));
        assert_alike(&by_conversation(told, &[]), &wanted, &format!("--accessible, {set:?}"));
    }
}

#[test]
fn remedies_make_the_same_plan_in_every_order_and_face() {
    let Answers { set, keys, told } = &ANSWERS[0];
    let wanted = by_form(keys, None);
    let gates = wanted.iter().filter(|line| line.contains("gate: Some(")).count();
    let added = wanted.iter().filter(|line| line.contains("added: true")).count();
    assert_eq!((gates, added), (1, 2), "every remedy does something");
    let orders = orders(&[0, 1, 2, 3]);
    assert_eq!(orders.len(), 24);
    for (at, order) in orders.iter().enumerate() {
        let rules: Vec<&str> = order.iter().map(|rule| RULES[*rule].0).collect();
        let options: Vec<&str> = rules.iter().flat_map(|rule| ["--remedy", rule]).collect();
        assert_alike(&by_command(set, &options), &wanted, &format!("`new` with the remedies {rules:?}"));
        assert_alike(&by_form(keys, Some(&rules)), &wanted, &format!("the form with the remedies {rules:?}"));
        // A conversation takes its time; the first order, the last, and some between.
        if at % 5 == 0 || at == 23 {
            let taken: Vec<(&str, &str)> = order.iter().map(|rule| (BEFORE, RULES[*rule].1)).collect();
            let plan = by_conversation(told, &taken);
            assert_alike(&plan, &wanted, &format!("--accessible with the remedies {rules:?}"));
        }
    }
}

#[test]
fn what_was_queued_becomes_the_same_plan_in_every_face() {
    let before = faces(State::Queued);
    let first = before.plan().id;
    let fresh = before.copy();
    fresh.home.ok(&["new", "one", "--name", "OAuth", "--set", "what=sign in with OAuth", "-q"]);
    let mut wanted = fresh.plan();
    wanted.follows.clone_from(&first);
    let by_command = before.copy();
    by_command.home.ok(&["queue", "start", "oauth", "-q"]);
    let by_answers = before.copy();
    let begin = [(WHAT_TO_DO, "wrap"), ("What to do at the end", "start 'oauth'")];
    by_answers.conversation(&[&begin[..], &[("Name of the plan", ""), (BEFORE, "start the plan")]].concat());
    let mut rig = before.interface();
    rig.keys("wG<enter>r<enter>");
    let by_form = Store::new(dirs(rig.home.path()));
    for (face, store) in
        [("queue start", by_command.store()), ("--accessible", by_answers.store()), ("the form", by_form)]
    {
        let plan = crate::faces::latest(&store);
        assert_alike(&alike(&plan), &alike(&wanted), face);
        let queued = store.load(&first).unwrap().plan.queue[0].clone();
        assert_eq!(queued.plan, plan.id, "{face}: the first plan notes it");
    }
}
