//! `everything-session`: when it speaks, when it does not, and how it is cleared.

use setlist::domain::command::Command;
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::plan::Plan;
use setlist::domain::review::{Rule, Thresholds, review};

use super::super::given::{Workspace, examples, set, small, start, strategy};
use super::{by, clears, one, remedied, turns};

const EVERYTHING: &str = "Implement 5 features, refactor 10 files, fix 20 bugs, update all documentation";
const GOALS: [&str; 4] = ["Implement 5 features", "refactor 10 files", "fix 20 bugs", "update all documentation"];

/// The single-session strategies with the placeholder that takes the goal.
const SINGLE: [(&str, &str); 12] = [
    ("greenfield-from-scratch", "project_type"),
    ("rest-api", "resource"),
    ("codebase-discovery", "intended_change"),
    ("feature-well-tested", "feature"),
    ("feature-poorly-tested", "feature"),
    ("incremental-integration", "area"),
    ("competitive-analysis", "need"),
    ("technical-due-diligence", "library"),
    ("system-migration", "old_system"),
    ("systematic-optimization", "component"),
    ("api-performance-optimization", "api"),
    ("bug-investigation", "bug_report"),
];

fn planned(id: &str, placeholder: &str) -> Workspace {
    let strategy = strategy(id);
    let mut values: Values = examples(&strategy);
    values.insert(placeholder.into(), Value::Text(EVERYTHING.into()));
    let plan = Plan::start(&strategy, &values, "2026-11-22-test-abcd", "Test", start()).unwrap();
    Workspace { plan, now: start() }
}

#[test]
fn the_guides_example_is_split_into_a_session_per_goal_in_any_strategy() {
    for (id, placeholder) in SINGLE {
        let mut workspace = planned(id, placeholder);
        let finding = clears(Rule::EverythingSession, &mut workspace);
        assert_eq!(finding.what, "the session bundles 4 goals", "{id}");
        assert_eq!(finding.remedy.label, "split into 4 sessions, one per goal");
        assert_eq!(finding.shows.iter().filter(|line| line.contains("goal")).count(), 4, "{:?}", finding.shows);
        assert_eq!(review(&workspace.plan, &Thresholds::default()), [], "{id}");
        assert_eq!(workspace.plan.sessions.iter().map(|session| session.goal.as_str()).collect::<Vec<_>>(), GOALS);
        for (at, session) in workspace.plan.sessions.iter().enumerate() {
            assert_eq!(session.after.len(), usize::from(at > 0), "one after another");
            let prompts: String =
                session.turns.iter().map(|turn| workspace.plan.prompt(session, turn).unwrap()).collect();
            let said: Vec<bool> = GOALS.iter().map(|goal| prompts.contains(goal)).collect();
            assert_eq!(said, [0, 1, 2, 3].map(|goal| goal == at), "{id}: each session speaks of its own goal alone");
        }
    }
}

#[test]
fn a_session_that_has_begun_goes_on_with_its_first_goal_and_queues_the_others() {
    let mut workspace = planned("feature-well-tested", "feature");
    workspace.starts("understand");
    let finding = clears(Rule::EverythingSession, &mut workspace);
    assert_eq!(finding.remedy.label, "go on with 'Implement 5 features' and queue the others as plans of their own");
    let queued: Vec<(&str, &str)> =
        workspace.plan.queue.iter().map(|queued| (queued.goal.as_str(), queued.placeholder.as_str())).collect();
    assert_eq!(queued, GOALS[1..].iter().map(|goal| (*goal, "feature")).collect::<Vec<_>>());
    assert_eq!(review(&workspace.plan, &Thresholds::default()), []);
    let later = workspace.plan.prompt(workspace.session(), workspace.turn("implement")).unwrap();
    assert!(!later.contains("20 bugs"), "prompts not sent yet speak of the first goal: {later}");
}

#[test]
fn a_goal_that_all_sessions_share_is_queued_not_split() {
    let mut workspace = planned("serial-deep-work", "feature");
    let finding = clears(Rule::EverythingSession, &mut workspace);
    assert_eq!((finding.session.as_str(), workspace.plan.queue.len(), workspace.plan.sessions.len()), ("", 3, 4));
}

#[test]
fn two_goals_are_too_many_for_a_large_session_only() {
    let two = |budget: &str| {
        let strategy = turns(
            &format!("budget = \"{budget}\"\ngoal = \"Implement login, refactor billing\""),
            &["look research", "make implement", "check validate"],
        );
        by(Rule::EverythingSession, &Workspace::with(&strategy).plan)
    };
    assert_eq!(two("8h-12h"), [], "two goals in half a day");
    let found = two("8h-13h");
    assert_eq!(found[0].shows[2], "its budget ends at 13h, above 12h");
}

#[test]
fn what_one_goal_needs_is_no_second_one() {
    for (id, placeholder, text) in [
        ("serial-deep-work", "feature", "Export the orders as CSV:\n- add a button\n- build the file\n- fix the dates"),
        ("feature-well-tested", "feature", "Implement login with tests and docs, and make sure that nothing breaks"),
        (
            "bug-investigation",
            "bug_report",
            "Nobody can log in.\n1. Create an account\n2. Add a password\n3. Update it",
        ),
        (
            "greenfield-from-scratch",
            "project_type",
            "a service to create, update and delete bookings, with all its docs",
        ),
    ] {
        let mut workspace = Workspace::of(id);
        workspace.does(set(placeholder, text));
        assert_eq!(by(Rule::EverythingSession, &workspace.plan), [], "{text}");
    }
}

#[test]
fn size_alone_speaks_where_everything_about_a_session_is_large() {
    let many: Vec<String> =
        (0..13).map(|at| format!("t{at} {} 1h", if at % 2 == 0 { "implement" } else { "validate" })).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let finding = one(Rule::EverythingSession, &Workspace::with(&turns("goal = \"Everything\"", &many)).plan);
    assert_eq!(finding.what, "the session is too large to have one goal");
    assert_eq!(finding.shows.len(), 3);
    assert_eq!(finding.remedy.commands, [], "only a person knows the goals");
    let fewer = turns("goal = \"Everything\"", &many[..12]);
    assert_eq!(by(Rule::EverythingSession, &Workspace::with(&fewer).plan), [], "twelve turns are allowed");
}

#[test]
fn a_remedy_that_would_be_refused_remains_as_advice() {
    let goals: String = (0..21).map(|at| format!("Implement part{at} number{at}. ")).collect();
    let strategy = small(&format!("goal = \"{goals}\"\n[[turns]]\nid = \"a\"\nprompt = \"Do\"\n"));
    let workspace = Workspace::with(&strategy);
    let finding = one(Rule::EverythingSession, &workspace.plan);
    assert_eq!((finding.what.as_str(), finding.remedy.commands.len()), ("the session bundles 21 goals", 0));
}

#[test]
fn the_threshold_is_the_persons_own() {
    let workspace = planned("feature-well-tested", "feature");
    let from = |goals| review(&workspace.plan, &Thresholds { goals, ..Thresholds::default() }).len();
    assert_eq!((from(2), from(4), from(5)), (1, 1, 0));
}

#[test]
fn a_queued_goal_is_told_from_others_by_its_words() {
    let mut workspace = planned("feature-well-tested", "feature");
    workspace.starts("understand");
    for goal in GOALS[1..].iter().chain(&["Something else"]) {
        assert_eq!(by(Rule::EverythingSession, &workspace.plan).is_empty(), *goal == "Something else");
        workspace.does(Command::Queue { title: (*goal).into(), goal: String::new(), placeholder: String::new() });
    }
    let mut other = planned("feature-well-tested", "feature");
    other.starts("understand");
    other.does(Command::Queue { title: "Write a newsletter".into(), goal: String::new(), placeholder: String::new() });
    let finding = one(Rule::EverythingSession, &other.plan);
    remedied(&mut other, finding);
}

#[test]
fn a_goal_that_no_value_holds_is_split_all_the_same() {
    let many: Vec<String> = (0..13).map(|at| format!("t{at} implement 1h")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).chain(["check validate;title = \"Run the tests\""]).collect();
    let mut workspace = Workspace::with(&turns("goal = \"Implement login, refactor billing, migrate to 4.2\"", &many));
    let finding = clears(Rule::EverythingSession, &mut workspace);
    assert_eq!(finding.shows[0], "its goal, goal 1: Implement login");
    assert_eq!(finding.shows.len(), 6, "that it is large is said too, and is no finding once it is split");
    let prompt = workspace.plan.prompt(workspace.session(), workspace.turn("t0")).unwrap();
    assert!(prompt.starts_with("The one goal of this session: Implement login."), "{prompt}");
}
