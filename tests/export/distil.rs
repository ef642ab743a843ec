//! Finished plans made into strategies: what stays, what goes, and that the file says so.

use jiff::ToSpan;
use proptest::prelude::*;
use proptest::strategy::Strategy as _;
use setlist::domain::budget::Budget;
use setlist::domain::command::{Command, TurnRef};
use setlist::domain::distil::distil;
use setlist::domain::placeholder::Value;
use setlist::domain::plan::{Plan, TurnState};
use setlist::domain::refusal::ErrorCode;
use setlist::domain::review::{Rule, Thresholds, review_strategy};
use setlist::domain::strategy::{Strategy, TurnKind};
use setlist::domain::{prompt, strategy_file};
use setlist::export::{distilled, strategy_toml};

use super::given::{Workspace, approve, small, strategy};
use super::nasty::{cases, text};
use super::plans;

/// The ids of the built-in strategies.
fn built_in() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("strategies");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut ids: Vec<String> = files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

/// The strategy as its file reads, in which `strategy lint` must find nothing.
fn sound(text: &str, id: &str) -> Strategy {
    let read = strategy_file::check(text, Some(id));
    assert_eq!(read.problems, vec![], "{text}");
    read.strategy.unwrap()
}

/// Applies a command, where the plan takes it.
fn try_to(workspace: &mut Workspace, command: &Command) {
    if let Ok(change) = workspace.plan.apply(command, workspace.now) {
        workspace.plan = change.plan;
    }
}

/// Works or skips what is open, approves every gate and finishes every session.
fn wind_up(workspace: &mut Workspace, skip: bool) {
    for session in workspace.plan.sessions.clone() {
        for turn in &session.turns {
            let at = TurnRef::new(&session.id, &turn.id);
            if !turn.is_closed() {
                try_to(workspace, &Command::StartTurn(at.clone()));
                workspace.does(if skip {
                    Command::SkipTurn { turn: at.clone(), reason: "enough".into() }
                } else {
                    Command::FinishTurn(at.clone())
                });
            }
            try_to(workspace, &approve(at));
        }
        workspace.does(Command::FinishSession { session: session.id, unverified: Some("enough".into()) });
    }
}

/// Each prompt of the plan with what the strategy renders in its place, from the plan's values.
fn prompts(plan: &Plan, made: &Strategy) -> Vec<(String, String, String)> {
    let mut pairs = Vec::new();
    for session in &made.sessions {
        let of = plan.session(&session.id).unwrap();
        for spec in &session.turns {
            let was = plan.prompt(of, of.turn(&spec.id).unwrap()).unwrap();
            let now = prompt::render(made, spec, &plan.values).unwrap();
            pairs.push((spec.id.clone(), was.trim_end().to_owned(), now));
        }
    }
    pairs
}

#[derive(Debug, Clone)]
struct Edit {
    kind: u8,
    at: (prop::sample::Index, prop::sample::Index),
    words: String,
    minutes: i64,
}

fn edit() -> impl proptest::strategy::Strategy<Value = Edit> {
    let at = any::<(prop::sample::Index, prop::sample::Index)>();
    (any::<u8>(), at, text(), 0..200i64).prop_map(|(kind, at, words, minutes)| Edit { kind, at, words, minutes })
}

/// A value of the plan, to stand in a text.
fn some_value(plan: &Plan, at: prop::sample::Index) -> String {
    let values: Vec<String> = plan.shown_values().values().map(ToString::to_string).collect();
    if values.is_empty() { String::new() } else { at.get(&values).clone() }
}

/// Makes a change, where the plan takes it.
fn make(workspace: &mut Workspace, edit: &Edit) {
    let Edit { kind, at, words, minutes } = edit;
    workspace.now += minutes.minutes();
    let session = at.0.get(&workspace.plan.sessions).clone();
    let turn = at.1.get(&session.turns).clone();
    let (of, id) = (TurnRef::new(&session.id, &turn.id), session.id.clone());
    let value = some_value(&workspace.plan, at.1);
    let mixed = format!("{words}{value}{words} {value} {{{value}}}\n{}", &words);
    let command = match kind % 12 {
        0..=3 => Command::StartTurn(TurnRef::new(&session.id, &session.current_turn().unwrap().id)),
        4 => Command::FinishTurn(TurnRef::new(&session.id, &session.current_turn().unwrap().id)),
        5 => Command::SetPrompt { turn: of, prompt: Some(mixed) },
        6 => Command::AddTurn {
            session: id,
            after: None,
            title: format!("More {words}"),
            kind: TurnKind::Other,
            budget: Budget::parse("10m-20m").ok().filter(|_| minutes % 2 == 0),
            prompt: mixed,
        },
        7 => Command::SkipTurn { turn: of, reason: "no".into() },
        8 => Command::RepeatTurn(of),
        9 => Command::AddItem { session: id, text: format!("Check {words}") },
        10 => Command::AddValidation { session: id },
        _ => Command::AddGate { turn: of, text: format!("Seen {words}") },
    };
    try_to(workspace, &command);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn what_is_distilled_is_sound_and_says_the_same(which in 0..17usize, edits in prop::collection::vec(edit(), 0..25)) {
        let mut workspace = Workspace::of(&built_in()[which]);
        for edit in &edits {
            make(&mut workspace, edit);
        }
        wind_up(&mut workspace, edits.len() % 7 == 6);
        let done = workspace.plan.sessions.iter().flat_map(|session| &session.turns);
        let any_left = done.clone().any(|turn| turn.state != TurnState::Skipped || !turn.iterations.is_empty());
        match distil(&workspace.plan, "mine", "Mine") {
            Ok(made) => {
                let file = distilled::file(&workspace.plan, "mine", "Mine").unwrap();
                let read = sound(&file.text, "mine");
                // Only what a person put in may be doubtful, and then it is said.
                for finding in review_strategy(&read, &Thresholds::default()) {
                    prop_assert!(file.remarks.contains(&format!("look at it: {}", finding.what)), "{finding:?}");
                    prop_assert!(done.clone().any(|turn| turn.added), "{finding:?}");
                    prop_assert_ne!(finding.rule, Rule::BudgetExceeded);
                }
                prop_assert_eq!(&read, &made.strategy, "{}", file.text);
                for (turn, was, now) in prompts(&workspace.plan, &read) {
                    prop_assert_eq!(was, now, "{}", turn);
                }
            }
            Err(refusal) => prop_assert!(!any_left, "{refusal:?}"),
        }
    }

    #[test]
    fn whatever_was_skipped_no_anti_pattern_is_left(which in 0..17usize, skips in prop::collection::vec((any::<bool>(), 0..120i64), 1..30)) {
        let mut workspace = Workspace::of(&built_in()[which]);
        let mut skips = skips.iter().cycle();
        for session in workspace.plan.sessions.clone() {
            for turn in &session.turns {
                let at = TurnRef::new(&session.id, &turn.id);
                let (skip, minutes) = skips.next().unwrap();
                if *skip {
                    workspace.does(Command::SkipTurn { turn: at.clone(), reason: "no".into() });
                } else {
                    workspace.does(Command::StartTurn(at.clone()));
                    workspace.now += minutes.minutes();
                    workspace.does(Command::FinishTurn(at.clone()));
                }
                try_to(&mut workspace, &approve(at));
            }
            workspace.does(Command::FinishSession { session: session.id, unverified: Some("enough".into()) });
        }
        let Ok(made) = distil(&workspace.plan, "mine", "Mine") else { return Ok(()) };
        let findings = review_strategy(&made.strategy, &Thresholds::default());
        prop_assert_eq!(findings, vec![]);
    }

    #[test]
    fn every_text_of_a_strategy_comes_back_from_its_file(words in text(), items in prop::collection::vec(text(), 1..4), only in any::<bool>()) {
        let id = if only { "bug-investigation" } else { "distributed-systems" };
        let mut made = strategy(id);
        let own = || words.clone();
        let named = || format!("x{words}");
        (made.title, made.category, made.summary, made.when) = (named(), own(), own(), own());
        (made.tags, made.benefits) = (items.clone(), items.clone());
        for placeholder in &mut made.placeholders {
            (placeholder.label, placeholder.help, placeholder.example) = (named(), own(), own());
        }
        let sessions = made.sessions.len();
        for session in &mut made.sessions {
            session.title = if sessions == 1 { named() } else { format!("y{words}") };
            session.checklist.iter_mut().for_each(|item| item.text = named());
            for turn in &mut session.turns {
                (turn.title, turn.repeat) = (named(), own());
                turn.gate = named().trim().to_owned();
                // Templates have a syntax of their own; all else may stand in them.
                turn.prompt = turn.prompt.clone() + &words.replace('{', "[");
                turn.evidence.iter_mut().for_each(|slot| slot.label = named());
            }
        }
        for metric in &mut made.metrics {
            (metric.label, metric.unit) = (named(), own());
        }
        let file = strategy_toml::text(&made, &items);
        prop_assert_eq!(sound(&file, id), made, "{}", file);
    }
}

#[test]
fn every_built_in_strategy_comes_back_from_its_file() {
    for id in built_in() {
        let strategy = strategy(&id);
        assert_eq!(sound(&strategy_toml::text(&strategy, &[]), &id), strategy);
    }
}

#[test]
fn a_reworked_plan_becomes_a_strategy() {
    let workspace = plans::reworked();
    let file = distilled::file(&workspace.plan, "mails", "Mails").unwrap();
    insta::assert_snapshot!(format!("{}\n--- remarks\n{}\n", file.text, file.remarks.join("\n")));
}

/// A plan whose turns are all worked on for so many minutes each, as `change` made it before.
fn worked(strategy: &Strategy, minutes: i64, change: impl Fn(&mut Workspace)) -> Workspace {
    let mut workspace = Workspace::with(strategy);
    change(&mut workspace);
    let turns = workspace.session().turns.iter().map(|turn| turn.id.clone()).collect::<Vec<_>>();
    for turn in turns {
        workspace.starts(&turn);
        workspace.now += minutes.minutes();
        workspace.finishes(&turn);
    }
    wind_up(&mut workspace, true);
    workspace
}

const TWO: &str = r#"goal = "Fix {{ file }} for {{ audience }}"
budget = "30m-60m"
[[placeholders]]
name = "audience"
label = "Audience"
example = "operators"
[[placeholders]]
name = "file"
label = "File"
kind = "path"
example = "src/queue.rs"
[[placeholders]]
name = "api_token"
label = "Token"
example = "from the vault"
[[placeholders]]
name = "tries"
label = "Tries"
kind = "number"
example = "5"
[[turns]]
id = "look"
budget = "10m-20m"
prompt = "Look at {{ file }}, {{ tries }} times, for {{ audience }}. {{ api_token }}"
[[turns]]
id = "mend"
prompt = "Mend it."
"#;

#[test]
fn values_that_people_wrote_out_are_placeholders_again() {
    let own = "Mend src/queue.rs (not src/queue.rs2), 5 times, for operators.\nKeep {{ this }} and {src/queue.rs}.";
    let workspace = worked(&small(TWO), 12, |workspace| {
        let (turn, prompt) = (workspace.at_turn("mend"), Some(own.to_owned()));
        workspace.does(Command::SetPrompt { turn, prompt });
    });
    let made = distil(&workspace.plan, "mine", "Mine").unwrap().strategy;
    let turns = &made.sessions[0].turns;
    assert_eq!(turns[0].prompt, "Look at {{ file }}, {{ tries }} times, for {{ audience }}. {{ api_token }}");
    assert_eq!(
        turns[1].prompt,
        "Mend {{ file }} (not src/queue.rs2), 5 times, for {{ audience }}.\nKeep {{ \"{{\" }} this }} and {{ \"{\" }}{{ file }}}.\n"
    );
    assert_eq!(prompts(&workspace.plan, &made)[1].2, own);
}

#[test]
fn budgets_come_from_the_clock() {
    let workspace = worked(&small(TWO), 22, |_| ());
    let made = distil(&workspace.plan, "mine", "Mine").unwrap().strategy;
    let budget = |turn: usize| made.sessions[0].turns[turn].budget.as_ref().map(ToString::to_string);
    assert_eq!((budget(0), budget(1)), (Some("15m-30m".into()), Some("20m".into())));
    assert_eq!(made.sessions[0].budget.as_ref().unwrap().to_string(), "30m-1h");
    let never = worked(&small(TWO), 0, |_| ());
    let made = distil(&never.plan, "mine", "Mine").unwrap().strategy;
    assert_eq!(made.sessions[0].turns[0].budget.as_ref().unwrap().to_string(), "10m-20m");
    assert_eq!(
        (made.sessions[0].turns[1].budget.as_ref(), made.sessions[0].budget.as_ref().unwrap().short()),
        (None, "30m-1h".into())
    );
}

#[test]
fn what_was_filled_in_is_the_example_unless_it_is_secret() {
    let workspace = worked(&small(TWO), 5, |workspace| {
        for (name, value) in
            [("file", "src/mail.rs"), ("api_token", "hunter2-hunter2"), ("audience", "https://a:b@c.org")]
        {
            workspace.does(Command::SetValue { name: name.into(), value: Some(Value::Text(value.into())) });
        }
    });
    let made = distil(&workspace.plan, "mine", "Mine").unwrap();
    let example = |name| made.strategy.placeholder(name).unwrap().example.clone();
    assert_eq!(
        ["file", "api_token", "audience", "tries"].map(example),
        ["src/mail.rs", "from the vault", "operators", "5"]
    );
    let file = distilled::file(&workspace.plan, "mine", "Mine").unwrap();
    assert!(!file.text.contains("hunter2") && !file.text.contains("a:b@"), "{}", file.text);
    assert_eq!(file.remarks.iter().filter(|remark| remark.contains("seems to be a secret")).count(), 2);
}

#[test]
fn placeholders_go_with_the_last_prompt_that_uses_them() {
    let workspace = worked(&small(TWO), 5, |workspace| {
        workspace.does(Command::SetPrompt { turn: workspace.at_turn("look"), prompt: Some("Look at nothing".into()) });
    });
    let made = distil(&workspace.plan, "mine", "Mine").unwrap();
    let names: Vec<&str> = made.strategy.placeholders.iter().map(|placeholder| placeholder.name.as_str()).collect();
    assert_eq!(names, ["audience", "file"], "the goal uses both");
    assert_eq!(made.remarks, ["left out: the placeholders api_token, tries; nothing uses them any more"]);
}

#[test]
fn a_validation_that_was_skipped_stays_and_what_nobody_misses_goes() {
    let mut workspace = Workspace::of("feature-well-tested");
    let (session, turns) = (workspace.plan.sessions[0].id.clone(), workspace.plan.sessions[0].turns.clone());
    for turn in &turns {
        let at = TurnRef::new(&session, &turn.id);
        if turn.kind == TurnKind::Validate || turn.id == turns[0].id {
            workspace.does(Command::SkipTurn { turn: at.clone(), reason: "no time".into() });
        } else {
            workspace.does(Command::StartTurn(at.clone()));
            workspace.does(Command::FinishTurn(at.clone()));
        }
        try_to(&mut workspace, &approve(at));
    }
    wind_up(&mut workspace, false);
    let made = distil(&workspace.plan, "mine", "Mine").unwrap();
    let turns: Vec<&str> = made.strategy.turns().map(|turn| turn.id.as_str()).collect();
    assert_eq!(turns, ["locate", "design", "implement", "verify", "pull-request"]);
    insta::assert_snapshot!(made.remarks.join("\n"));
}

#[test]
fn sessions_given_up_are_left_out_and_nobody_waits_for_them() {
    let mut workspace = Workspace::of("database-migration");
    let ids: Vec<String> = workspace.plan.sessions.iter().map(|session| session.id.clone()).collect();
    workspace.completes(&ids[0]);
    workspace.completes(&ids[1]);
    let given_up = Command::Abandon { session: Some(ids[2].clone()), reason: "done by others".into() };
    workspace.does(given_up);
    for id in &ids[3..] {
        workspace.does(Command::Abandon { session: Some(id.clone()), reason: String::new() });
    }
    let made = distil(&workspace.plan, "mine", "Mine").unwrap();
    assert_eq!(made.strategy.sessions.iter().map(|session| session.id.clone()).collect::<Vec<_>>(), ids[..2]);
    assert_eq!(made.remarks.iter().filter(|remark| remark.contains("it was given up")).count(), 3);
    sound(&distilled::file(&workspace.plan, "mine", "Mine").unwrap().text, "mine");
}

#[test]
fn who_waited_for_a_session_given_up_waits_for_what_it_waited_for() {
    let mut workspace = Workspace::of("database-migration");
    let ids: Vec<String> = workspace.plan.sessions.iter().map(|session| session.id.clone()).collect();
    for id in &ids {
        workspace.completes(id);
    }
    workspace.does(Command::ReopenSession(ids[1].clone()));
    workspace.does(Command::Abandon { session: Some(ids[1].clone()), reason: "out of date".into() });
    let made = distil(&workspace.plan, "mine", "Mine").unwrap().strategy;
    let waits: Vec<(String, Vec<String>)> =
        made.sessions.iter().map(|session| (session.id.clone(), session.after.clone())).collect();
    assert_eq!(waits[1], (ids[2].clone(), vec![ids[0].clone()]), "{waits:?}");
}

#[test]
fn what_a_question_depends_on_is_asked_for_too() {
    let asks = r#"[[placeholders]]
name = "risk"
kind = "choice"
choices = ["low", "high"]
example = "high"
[[placeholders]]
name = "host"
default = "localhost"
[[placeholders]]
name = "rescue"
show_if = "risk == 'high'"
default = "call {{ host }}"
[[turns]]
id = "a"
prompt = "Do it. {{ rescue }}"
"#;
    let workspace = worked(&small(asks), 5, |_| ());
    let made = distil(&workspace.plan, "mine", "Mine").unwrap();
    assert_eq!((made.strategy.placeholders.len(), made.remarks), (3, vec![]));
    sound(&distilled::file(&workspace.plan, "mine", "Mine").unwrap().text, "mine");
}

#[test]
fn a_session_split_by_goal_keeps_its_goals() {
    let list = r#"goal = "Do all"
[[placeholders]]
name = "features"
label = "Features"
kind = "list"
example = "login with mail\nexport as CSV"
[[turns]]
id = "build"
prompt = "Build:{% for feature in features %} {{ feature }}{% endfor %}."
"#;
    for placeholder in ["features", ""] {
        let mut workspace = Workspace::with(&small(list));
        let goals = vec!["login with mail".to_owned(), "export as CSV".to_owned()];
        workspace.does(Command::SplitSession { session: "main".into(), goals, placeholder: placeholder.into() });
        for session in workspace.plan.sessions.clone() {
            workspace.completes(&session.id);
        }
        let made = distil(&workspace.plan, "mine", "Mine").unwrap().strategy;
        for (turn, was, now) in prompts(&workspace.plan, &made) {
            assert_eq!(was, now, "{turn}");
        }
        assert_eq!(made.sessions[1].after, ["login-with-mail"]);
        sound(&distilled::file(&workspace.plan, "mine", "Mine").unwrap().text, "mine");
    }
}

#[test]
fn only_a_finished_plan_becomes_a_strategy() {
    let refusal = |workspace: &Workspace, id: &str, title: &str| {
        let refusal = distil(&workspace.plan, id, title).unwrap_err();
        (refusal.code, format!("{} | {}", refusal.message, refusal.hint))
    };
    let mut workspace = Workspace::of_turns(&["", ""]);
    assert_eq!(
        refusal(&workspace, "mine", "Mine"),
        (
            ErrorCode::Refused,
            "the plan 'Test' has not begun | a strategy is made of what was done: work the plan and finish it first"
                .into()
        )
    );
    workspace.starts("a");
    assert!(
        refusal(&workspace, "mine", "Mine")
            .1
            .starts_with("the plan 'Test' is not finished: 1 session is open | finish it")
    );
    let mut given_up = Workspace::of_turns(&[""]);
    given_up.does(Command::Abandon { session: None, reason: String::new() });
    assert!(refusal(&given_up, "mine", "Mine").1.starts_with("the plan 'Test' was abandoned"));
    let mut skipped = Workspace::of_turns(&[""]);
    wind_up(&mut skipped, true);
    assert!(refusal(&skipped, "mine", "Mine").1.starts_with("every turn of the plan was skipped"));
    workspace.finishes("a");
    wind_up(&mut workspace, true);
    assert_eq!(refusal(&workspace, "Not an id", "Mine").0, ErrorCode::Invalid);
    assert_eq!(refusal(&workspace, "mine", " ").0, ErrorCode::Invalid);
    assert!(distil(&workspace.plan, "mine", "Mine").is_ok());
}
