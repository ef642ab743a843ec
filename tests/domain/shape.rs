//! What changes the shape of a plan: splits, insertions, a queue, repairs.

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::contradiction::contradictions;
use setlist::domain::placeholder::Value;
use setlist::domain::plan::{GateState, Kept, Plan, SessionState, TurnState};
use setlist::domain::refusal::ErrorCode;

use super::given::{Workspace, finish, small};

const GOALS: [&str; 3] = ["implement 5 features", "fix 20 bugs", "update all docs"];

fn work() -> Workspace {
    Workspace::with(&small(
        "goal = \"{{ work }}\"\n[[placeholders]]\nname = \"work\"\nexample = \"everything\"\n\
         [[sessions]]\nid = \"only\"\n[[sessions.turns]]\nid = \"a\"\nprompt = \"Do {{ work }}\"\n\
         [[sessions]]\nid = \"later\"\nafter = [\"only\"]\n[[sessions.turns]]\nid = \"a\"\nprompt = \"Ship {{ work }}\"",
    ))
}

fn split(placeholder: &str) -> Command {
    let goals = GOALS.map(str::to_owned).to_vec();
    Command::SplitSession { session: "only".into(), goals, placeholder: placeholder.into() }
}

fn prompt(plan: &Plan, session: &str) -> String {
    let session = plan.session(session).unwrap();
    plan.prompt(session, &session.turns[0]).unwrap()
}

#[test]
fn a_split_makes_a_session_per_goal_one_after_another() {
    let mut workspace = work();
    assert_eq!(workspace.does(split("work")), "split into 3 sessions, one per goal");
    let shape: Vec<(&str, &str, Vec<&str>)> = workspace
        .plan
        .sessions
        .iter()
        .map(|session| {
            (session.id.as_str(), session.title.as_str(), session.after.iter().map(String::as_str).collect())
        })
        .collect();
    assert_eq!(
        shape,
        [
            ("implement-5-features", "Implement 5 features", vec![]),
            ("fix-20-bugs", "Fix 20 bugs", vec!["implement-5-features"]),
            ("update-all-docs", "Update all docs", vec!["fix-20-bugs"]),
            ("later", "later", vec!["update-all-docs"]),
        ]
    );
    assert_eq!(prompt(&workspace.plan, "fix-20-bugs"), "Do fix 20 bugs");
    assert_eq!(prompt(&workspace.plan, "later"), "Ship everything", "the plan's value stays");
    for session in ["implement-5-features", "fix-20-bugs", "update-all-docs", "later"] {
        workspace.completes(session);
    }
    let read: Plan = toml::from_str(&toml::to_string_pretty(&workspace.plan).unwrap()).unwrap();
    assert_eq!(read, workspace.plan);
}

#[test]
fn a_split_without_a_value_says_the_goal_before_each_prompt() {
    let mut workspace = work();
    workspace.does(split(""));
    let expected = "The one goal of this session: fix 20 bugs. The others have sessions of their own.\n\nDo everything";
    assert_eq!(prompt(&workspace.plan, "fix-20-bugs"), expected);
    let session = workspace.plan.session("fix-20-bugs").unwrap();
    let pieces = workspace.plan.prompt_preview(session, &session.turns[0]).unwrap();
    assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), expected);
}

#[test]
fn what_has_begun_or_has_one_goal_is_not_split() {
    let mut workspace = work();
    let one = Command::SplitSession {
        session: "only".into(),
        goals: vec!["a".into(), " ".into()],
        placeholder: String::new(),
    };
    assert_eq!(workspace.refusal(one).code, ErrorCode::Invalid);
    assert_eq!(workspace.refusal(split("wrok")).code, ErrorCode::NotFound);
    workspace.does(Command::StartTurn(TurnRef::new("only", "a")));
    assert!(workspace.refuses(split("work")).contains("has begun and cannot be split | finish it with its first goal"));
}

#[test]
fn a_session_waits_for_another_but_never_in_a_circle() {
    let mut workspace = work();
    let wait = |session: &str, other: &str| Command::WaitFor { session: session.into(), other: other.into() };
    assert!(workspace.refuses(wait("only", "later")).contains("would wait for itself"));
    assert!(workspace.refuses(wait("later", "only")).contains("waits for 'only' already"));
    assert!(workspace.refuses(wait("only", "only")).contains("would wait for itself"));
    workspace.does(split("work"));
    workspace.does(wait("later", "fix-20-bugs"));
    assert!(workspace.refuses(wait("implement-5-features", "later")).contains("would wait for itself"));
}

#[test]
fn what_is_inserted_stands_before_what_it_protects() {
    let kinds = ["kind = \"design\"", "kind = \"implement\"", "kind = \"deliver\""];
    let mut workspace = Workspace::of_turns(&kinds);
    let session = workspace.session().id.clone();
    workspace.does(Command::AddDiscovery { session: session.clone() });
    workspace.does(Command::AddValidation { session: session.clone() });
    let order =
        |workspace: &Workspace| workspace.session().turns.iter().map(|turn| turn.id.clone()).collect::<Vec<_>>();
    assert_eq!(order(&workspace), ["a", "look-before-changing", "b", "validate", "c"]);
    let validation = workspace.turn("validate");
    assert!(
        validation.added && validation.evidence.iter().all(|slot| slot.required) && !validation.evidence.is_empty()
    );
    assert_eq!(
        workspace.does(Command::AddValidation { session: session.clone() }),
        "turn 'Validate' inserted before 'c'"
    );
    for turn in order(&workspace) {
        workspace.works(&TurnRef::new(&session, turn));
    }
    assert_eq!(workspace.does(Command::AddValidation { session }), "turn 'Validate' added at the end");
    assert_eq!(workspace.session().state, SessionState::Running, "there is something to do again");
}

#[test]
fn an_added_gate_holds_what_follows() {
    let mut workspace = Workspace::of_turns(&["", ""]);
    let gate = |text: &str| Command::AddGate { turn: workspace.at_turn("a"), text: text.into() };
    let (empty, agreed) = (gate(" "), gate("Agreed to delete"));
    assert_eq!(workspace.refusal(empty).code, ErrorCode::Invalid);
    workspace.does(agreed.clone());
    assert!(workspace.refuses(agreed).contains("has a gate already"));
    workspace.starts("a");
    workspace.finishes("a");
    assert!(workspace.refuses(Command::StartTurn(workspace.at_turn("b"))).contains("Agreed to delete"));
}

#[test]
fn additions_are_queued_and_started_once() {
    let mut workspace = Workspace::of_turns(&["", ""]);
    let session = workspace.session().id.clone();
    workspace.starts("a");
    let added = Command::AddTurn {
        session,
        after: None,
        title: "Add OAuth".into(),
        kind: setlist::domain::strategy::TurnKind::Implement,
        budget: None,
        prompt: "Add OAuth with two providers".into(),
    };
    workspace.does(added);
    assert!(
        workspace.refuses(queue_turn(&workspace, "b")).contains("only a turn that was added and has not begun can")
    );
    workspace.does(queue_turn(&workspace, "add-oauth"));
    assert!(workspace.session().turn("add-oauth").is_none());
    let queued = workspace.plan.waiting()[0].clone();
    assert_eq!((queued.id.as_str(), queued.title.as_str()), ("add-oauth", "Add OAuth"));
    assert_eq!(queued.goal, "Add OAuth with two providers");
    let start = || Command::StartQueued { queued: "add-oauth".into(), plan: "2026-11-23-oauth-abcd".into() };
    workspace.does(start());
    assert!(workspace.plan.waiting().is_empty());
    assert!(workspace.refuses(start()).contains("was started already, as 2026-11-23-oauth-abcd"));
    workspace.does(Command::Queue { title: "2FA".into(), goal: String::new(), placeholder: String::new() });
    workspace.does(Command::Unqueue("2fa".into()));
    assert_eq!(workspace.refusal(Command::Unqueue("2fa".into())).code, ErrorCode::NotFound);
    assert!(workspace.refuses(Command::Follow(workspace.plan.id.clone())).contains("cannot follow itself"));
}

fn queue_turn(workspace: &Workspace, turn: &str) -> Command {
    Command::QueueTurn { turn: workspace.at_turn(turn), placeholder: String::new() }
}

#[test]
fn each_iteration_is_kept_or_rolled_back() {
    let mut workspace = Workspace::of_turns(&["repeat = \"optimization\"", ""]);
    let keep = |workspace: &Workspace, turn: &str, iteration, kept| Command::KeepIteration {
        turn: workspace.at_turn(turn),
        iteration,
        kept,
    };
    assert!(workspace.refuses(keep(&workspace, "a", 1, Kept::Yes)).contains("has not begun"));
    workspace.starts("a");
    assert_eq!(
        workspace.does(keep(&workspace, "a", 1, Kept::RolledBack)),
        "optimization 1 is rolled back; its readings do not count"
    );
    workspace.does(Command::RepeatTurn(workspace.at_turn("a")));
    assert_eq!((workspace.turn("a").kept, workspace.turn("a").iterations[0].kept), (Kept::Undecided, Kept::RolledBack));
    workspace.does(keep(&workspace, "a", 1, Kept::Yes));
    assert_eq!(workspace.turn("a").iterations[0].kept, Kept::Yes);
    assert_eq!(workspace.refusal(keep(&workspace, "a", 3, Kept::Yes)).code, ErrorCode::NotFound);
    assert!(workspace.refuses(keep(&workspace, "b", 1, Kept::Yes)).contains("is not one that repeats"));
}

#[test]
fn signs_are_answered_and_taken_back() {
    let mut workspace = Workspace::of_turns(&[""]);
    workspace.starts("a");
    let session = workspace.session().id.clone();
    // Ticked without a word: the record does not tell what was written.
    workspace.does(Command::Tick {
        session,
        item: "documentation-updated".into(),
        note: String::new(),
        by: "ada".into(),
    });
    let answer =
        |indicator: &str, good| Command::AnswerIndicator { indicator: indicator.into(), good, note: " seen ".into() };
    assert_eq!(workspace.refusal(answer("beauty", Some(true))).code, ErrorCode::NotFound);
    workspace.does(answer("documentation", Some(false)));
    workspace.does(answer("documentation", Some(true)));
    let signs = &workspace.plan.reflection.answers;
    assert_eq!((signs.len(), signs[0].good, signs[0].note.as_str()), (1, true, "seen"));
    workspace.does(Command::SetReflection {
        outcome: setlist::domain::plan::Outcome::Yes,
        helped: "x".into(),
        change: String::new(),
    });
    assert_eq!(workspace.plan.reflection.answers.len(), 1, "other words leave the answers");
    workspace.does(answer("documentation", None));
    assert!(workspace.refuses(answer("documentation", None)).contains("was not answered"));
    assert_eq!(
        workspace.refuses(answer("knowledge", Some(true))),
        "the record tells `knowledge` itself: what helped is written down | only what it cannot tell is asked"
    );
    assert!(workspace.refuses(answer("understanding", Some(true))).contains("no turn is done"));
}

#[test]
fn what_cannot_be_is_found_and_only_a_repair_changes_it() {
    let mut workspace = Workspace::of_turns(&["gate = \"Agreed\"", "gate = \"Agreed again\"", ""]);
    assert!(contradictions(&workspace.plan).is_empty());
    assert!(workspace.refuses(Command::Repair).contains("nothing in the plan contradicts itself"));
    let session = workspace.session().id.clone();
    workspace.works(&TurnRef::new(&session, "a"));
    assert!(contradictions(&workspace.plan).is_empty());
    let turns = &mut workspace.plan.sessions[0].turns;
    turns[1].gate.as_mut().unwrap().state = GateState::Approved;
    turns[2].state = TurnState::Skipped;
    turns[2].running_since = Some(workspace.now);
    workspace.plan.sessions[0].after = vec!["nowhere".into()];
    let found: Vec<String> =
        contradictions(&workspace.plan).into_iter().map(|one| format!("{}: {}", one.what, one.repair)).collect();
    assert_eq!(
        found,
        [
            "'Small' waits for the session 'nowhere', which does not exist: let it wait no more",
            "the gate after 'b' is approved, but the turn is pending: open the gate",
            "the clock of 'c' runs, but it is skipped: stop the clock and leave its time out",
            "'c' is skipped without a reason: write 'no reason recorded'",
        ]
    );
    assert_eq!(workspace.does(Command::Repair), "4 contradictions repaired");
    assert!(contradictions(&workspace.plan).is_empty());
    assert_eq!(workspace.turn("a").gate.as_ref().unwrap().word(), "approved", "what holds stays");
}

#[test]
fn an_approval_that_nobody_recorded_does_not_count() {
    let mut workspace = Workspace::of_turns(&["gate = \"Agreed\"", ""]);
    workspace.starts("a");
    workspace.finishes("a");
    workspace.plan.sessions[0].turns[0].gate.as_mut().unwrap().state = GateState::Approved;
    assert!(workspace.refuses(Command::StartTurn(workspace.at_turn("b"))).contains("is open: Agreed"));
    workspace.skips("b");
    assert!(workspace.refuses(finish("main")).contains("is open: Agreed"));
    let found = contradictions(&workspace.plan);
    assert_eq!(found[0].what, "the gate after 'a' is called approved, but no approval was recorded");
    let mut repaired = Workspace { plan: workspace.plan.clone(), now: workspace.now };
    repaired.does(Command::Repair);
    assert_eq!(repaired.turn("a").gate.as_ref().unwrap().state, GateState::Open);
    workspace.approves("a");
    assert!(contradictions(&workspace.plan).is_empty());
    workspace.does(finish("main"));
    // What is finished rightly stays so when something else is mended.
    workspace.plan.sessions[0].after = vec!["nowhere".into()];
    workspace.does(Command::Repair);
    assert_eq!(workspace.session().state, SessionState::Finished);
}

#[test]
fn a_session_called_finished_that_is_not_goes_on_after_a_repair() {
    let mut workspace = Workspace::of_turns(&["[[turns.evidence]]\nid = \"note\"", ""]);
    workspace.starts("a");
    workspace.finishes("a");
    workspace.skips("b");
    workspace.plan.sessions[0].state = SessionState::Finished;
    assert_eq!(contradictions(&workspace.plan)[0].what, "'Small' is finished unverified, and nobody said why");
    workspace.does(Command::Repair);
    assert_eq!(workspace.session().state, SessionState::WrapUp);
    workspace.plan.values.insert("odd".into(), Value::Text("kept".into()));
    assert!(contradictions(&workspace.plan).is_empty());
}
