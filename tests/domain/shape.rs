//! What changes the shape of a plan: splits, insertions, a queue, repairs.

use setlist::domain::command::{Cause, Command, TurnRef};
use setlist::domain::contradiction::contradictions;
use setlist::domain::placeholder::Value;
use setlist::domain::plan::{GateState, Kept, Plan, SessionState, TurnState};

use super::given::{Desk, finish, small};

const GOALS: [&str; 3] = ["implement 5 features", "fix 20 bugs", "update all docs"];

fn work() -> Desk {
    Desk::with(&small(
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
    let mut desk = work();
    assert_eq!(desk.does(split("work")), "split into 3 sessions, one per goal");
    let shape: Vec<(&str, &str, Vec<&str>)> = desk
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
    assert_eq!(prompt(&desk.plan, "fix-20-bugs"), "Do fix 20 bugs");
    assert_eq!(prompt(&desk.plan, "later"), "Ship everything", "the plan's value stays");
    for session in ["implement-5-features", "fix-20-bugs", "update-all-docs", "later"] {
        desk.completes(session);
    }
    let read: Plan = toml::from_str(&toml::to_string_pretty(&desk.plan).unwrap()).unwrap();
    assert_eq!(read, desk.plan);
}

#[test]
fn a_split_without_a_value_says_the_goal_before_each_prompt() {
    let mut desk = work();
    desk.does(split(""));
    let expected = "The one goal of this session: fix 20 bugs. The others have sessions of their own.\n\nDo everything";
    assert_eq!(prompt(&desk.plan, "fix-20-bugs"), expected);
    let session = desk.plan.session("fix-20-bugs").unwrap();
    let pieces = desk.plan.prompt_preview(session, &session.turns[0]).unwrap();
    assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), expected);
}

#[test]
fn what_has_begun_or_has_one_goal_is_not_split() {
    let mut desk = work();
    let one = Command::SplitSession {
        session: "only".into(),
        goals: vec!["a".into(), " ".into()],
        placeholder: String::new(),
    };
    assert_eq!(desk.refusal(one).cause, Cause::Invalid);
    assert_eq!(desk.refusal(split("wrok")).cause, Cause::NotFound);
    desk.does(Command::StartTurn(TurnRef::new("only", "a")));
    assert!(desk.refuses(split("work")).contains("has begun and cannot be split | finish it with its first goal"));
}

#[test]
fn a_session_waits_for_another_but_never_in_a_circle() {
    let mut desk = work();
    let wait = |session: &str, other: &str| Command::WaitFor { session: session.into(), other: other.into() };
    assert!(desk.refuses(wait("only", "later")).contains("would wait for itself"));
    assert!(desk.refuses(wait("later", "only")).contains("waits for 'only' already"));
    assert!(desk.refuses(wait("only", "only")).contains("would wait for itself"));
    desk.does(split("work"));
    desk.does(wait("later", "fix-20-bugs"));
    assert!(desk.refuses(wait("implement-5-features", "later")).contains("would wait for itself"));
}

#[test]
fn what_is_inserted_stands_before_what_it_protects() {
    let kinds = ["kind = \"design\"", "kind = \"implement\"", "kind = \"deliver\""];
    let mut desk = Desk::of_turns(&kinds);
    let session = desk.session().id.clone();
    desk.does(Command::AddDiscovery { session: session.clone() });
    desk.does(Command::AddValidation { session: session.clone() });
    let order = |desk: &Desk| desk.session().turns.iter().map(|turn| turn.id.clone()).collect::<Vec<_>>();
    assert_eq!(order(&desk), ["a", "look-before-changing", "b", "validate", "c"]);
    let validation = desk.turn("validate");
    assert!(
        validation.added && validation.evidence.iter().all(|slot| slot.required) && !validation.evidence.is_empty()
    );
    assert_eq!(desk.does(Command::AddValidation { session: session.clone() }), "turn 'Validate' inserted before 'c'");
    for turn in order(&desk) {
        desk.works(&TurnRef::new(&session, turn));
    }
    assert_eq!(desk.does(Command::AddValidation { session }), "turn 'Validate' added at the end");
    assert_eq!(desk.session().state, SessionState::Running, "there is something to do again");
}

#[test]
fn an_added_gate_holds_what_follows() {
    let mut desk = Desk::of_turns(&["", ""]);
    let gate = |text: &str| Command::AddGate { turn: desk.at_turn("a"), text: text.into() };
    let (empty, agreed) = (gate(" "), gate("Agreed to delete"));
    assert_eq!(desk.refusal(empty).cause, Cause::Invalid);
    desk.does(agreed.clone());
    assert!(desk.refuses(agreed).contains("has a gate already"));
    desk.starts("a");
    desk.finishes("a");
    assert!(desk.refuses(Command::StartTurn(desk.at_turn("b"))).contains("Agreed to delete"));
}

#[test]
fn additions_are_queued_and_started_once() {
    let mut desk = Desk::of_turns(&["", ""]);
    let session = desk.session().id.clone();
    desk.starts("a");
    let added = Command::AddTurn {
        session,
        after: None,
        title: "Add OAuth".into(),
        kind: setlist::domain::strategy::TurnKind::Implement,
        budget: None,
        prompt: "Add OAuth with two providers".into(),
    };
    desk.does(added);
    assert!(desk.refuses(queue_turn(&desk, "b")).contains("only a turn that was added and has not begun can"));
    desk.does(queue_turn(&desk, "add-oauth"));
    assert!(desk.session().turn("add-oauth").is_none());
    let queued = desk.plan.waiting()[0].clone();
    assert_eq!((queued.id.as_str(), queued.title.as_str()), ("add-oauth", "Add OAuth"));
    assert_eq!(queued.goal, "Add OAuth with two providers");
    let start = || Command::StartQueued { queued: "add-oauth".into(), plan: "2026-11-23-oauth-abcd".into() };
    desk.does(start());
    assert!(desk.plan.waiting().is_empty());
    assert!(desk.refuses(start()).contains("was started already, as 2026-11-23-oauth-abcd"));
    desk.does(Command::Queue { title: "2FA".into(), goal: String::new(), placeholder: String::new() });
    desk.does(Command::Unqueue("2fa".into()));
    assert_eq!(desk.refusal(Command::Unqueue("2fa".into())).cause, Cause::NotFound);
    assert!(desk.refuses(Command::Follow(desk.plan.id.clone())).contains("cannot follow itself"));
}

fn queue_turn(desk: &Desk, turn: &str) -> Command {
    Command::QueueTurn { turn: desk.at_turn(turn), placeholder: String::new() }
}

#[test]
fn each_iteration_is_kept_or_rolled_back() {
    let mut desk = Desk::of_turns(&["repeat = \"optimization\"", ""]);
    let keep =
        |desk: &Desk, turn: &str, iteration, kept| Command::KeepIteration { turn: desk.at_turn(turn), iteration, kept };
    assert!(desk.refuses(keep(&desk, "a", 1, Kept::Yes)).contains("has not begun"));
    desk.starts("a");
    assert_eq!(
        desk.does(keep(&desk, "a", 1, Kept::RolledBack)),
        "optimization 1 is rolled back; its readings do not count"
    );
    desk.does(Command::RepeatTurn(desk.at_turn("a")));
    assert_eq!((desk.turn("a").kept, desk.turn("a").iterations[0].kept), (Kept::Undecided, Kept::RolledBack));
    desk.does(keep(&desk, "a", 1, Kept::Yes));
    assert_eq!(desk.turn("a").iterations[0].kept, Kept::Yes);
    assert_eq!(desk.refusal(keep(&desk, "a", 3, Kept::Yes)).cause, Cause::NotFound);
    assert!(desk.refuses(keep(&desk, "b", 1, Kept::Yes)).contains("is not one that repeats"));
}

#[test]
fn signs_are_answered_and_taken_back() {
    let mut desk = Desk::of_turns(&[""]);
    desk.starts("a");
    let session = desk.session().id.clone();
    // Ticked without a word: the record does not tell what was written.
    desk.does(Command::Tick { session, item: "documentation-updated".into(), note: String::new(), by: "ada".into() });
    let answer = |sign: &str, good| Command::AnswerSign { sign: sign.into(), good, note: " seen ".into() };
    assert_eq!(desk.refusal(answer("beauty", Some(true))).cause, Cause::NotFound);
    desk.does(answer("documentation", Some(false)));
    desk.does(answer("documentation", Some(true)));
    let signs = &desk.plan.review.signs;
    assert_eq!((signs.len(), signs[0].good, signs[0].note.as_str()), (1, true, "seen"));
    desk.does(Command::SetReview {
        outcome: setlist::domain::plan::Outcome::Yes,
        helped: "x".into(),
        change: String::new(),
    });
    assert_eq!(desk.plan.review.signs.len(), 1, "other words leave the answers");
    desk.does(answer("documentation", None));
    assert!(desk.refuses(answer("documentation", None)).contains("was not answered"));
    assert_eq!(
        desk.refuses(answer("knowledge", Some(true))),
        "the record tells `knowledge` itself: what helped is written down | only what it cannot tell is asked"
    );
    assert!(desk.refuses(answer("understanding", Some(true))).contains("no turn is done"));
}

#[test]
fn what_cannot_be_is_found_and_only_a_repair_changes_it() {
    let mut desk = Desk::of_turns(&["gate = \"Agreed\"", "gate = \"Agreed again\"", ""]);
    assert!(contradictions(&desk.plan).is_empty());
    assert!(desk.refuses(Command::Repair).contains("nothing in the plan contradicts itself"));
    let session = desk.session().id.clone();
    desk.works(&TurnRef::new(&session, "a"));
    assert!(contradictions(&desk.plan).is_empty());
    let turns = &mut desk.plan.sessions[0].turns;
    turns[1].gate.as_mut().unwrap().state = GateState::Approved;
    turns[2].state = TurnState::Skipped;
    turns[2].running_since = Some(desk.now);
    desk.plan.sessions[0].after = vec!["nowhere".into()];
    let found: Vec<String> =
        contradictions(&desk.plan).into_iter().map(|one| format!("{}: {}", one.what, one.repair)).collect();
    assert_eq!(
        found,
        [
            "'Small' waits for the session 'nowhere', which does not exist: let it wait no more",
            "the gate after 'b' is approved, but the turn is pending: open the gate",
            "the clock of 'c' runs, but it is skipped: stop the clock and leave its time out",
            "'c' is skipped without a reason: write 'no reason recorded'",
        ]
    );
    assert_eq!(desk.does(Command::Repair), "4 contradictions repaired");
    assert!(contradictions(&desk.plan).is_empty());
    assert_eq!(desk.turn("a").gate.as_ref().unwrap().word(), "approved", "what holds stays");
}

#[test]
fn an_approval_that_nobody_recorded_does_not_count() {
    let mut desk = Desk::of_turns(&["gate = \"Agreed\"", ""]);
    desk.starts("a");
    desk.finishes("a");
    desk.plan.sessions[0].turns[0].gate.as_mut().unwrap().state = GateState::Approved;
    assert!(desk.refuses(Command::StartTurn(desk.at_turn("b"))).contains("is open: Agreed"));
    desk.skips("b");
    assert!(desk.refuses(finish("main")).contains("is open: Agreed"));
    let found = contradictions(&desk.plan);
    assert_eq!(found[0].what, "the gate after 'a' is called approved, but no approval was recorded");
    let mut repaired = Desk { plan: desk.plan.clone(), now: desk.now };
    repaired.does(Command::Repair);
    assert_eq!(repaired.turn("a").gate.as_ref().unwrap().state, GateState::Open);
    desk.approves("a");
    assert!(contradictions(&desk.plan).is_empty());
    desk.does(finish("main"));
    // What is finished rightly stays so when something else is mended.
    desk.plan.sessions[0].after = vec!["nowhere".into()];
    desk.does(Command::Repair);
    assert_eq!(desk.session().state, SessionState::Finished);
}

#[test]
fn a_session_called_finished_that_is_not_goes_on_after_a_repair() {
    let mut desk = Desk::of_turns(&["[[turns.evidence]]\nid = \"note\"", ""]);
    desk.starts("a");
    desk.finishes("a");
    desk.skips("b");
    desk.plan.sessions[0].state = SessionState::Finished;
    assert_eq!(contradictions(&desk.plan)[0].what, "'Small' is finished unverified, and nobody said why");
    desk.does(Command::Repair);
    assert_eq!(desk.session().state, SessionState::WrapUp);
    desk.plan.values.insert("odd".into(), Value::Text("kept".into()));
    assert!(contradictions(&desk.plan).is_empty());
}
