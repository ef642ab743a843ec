//! What every face asks of a plan: the next step, whether something may be done, what is open at the end.

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::plan::{SessionState, WayPast};
use setlist::workflow::availability::{Act, Here};
use setlist::workflow::finish::{self, Point, Verdict};
use setlist::workflow::next::{Step, of_plan, of_turn};

use super::given::{Workspace, small};

const SLOT: &str = "gate = \"It is fast\"\n[[turns.evidence]]\nid = \"proof\"\nlabel = \"The figures\"";

/// The next step of the plan: sentence, command, and whether only a person may do it.
fn next(workspace: &Workspace) -> String {
    let Some(step) = of_plan(&workspace.plan) else { return "nothing".into() };
    let person = if step.wants_person() { " | person" } else { "" };
    let command = step.command(str::to_owned).unwrap_or_else(|| "-".into());
    format!("{} | {command}{person}", step.sentence(str::to_owned))
}

/// The step of a turn of the first session.
fn step<'p>(workspace: &'p Workspace, turn: &str) -> Step<'p> {
    of_turn(&workspace.plan, workspace.session(), workspace.turn(turn)).unwrap()
}

fn against(workspace: &Workspace, turn: &str, act: Act) -> Option<String> {
    let (session, turn) = (workspace.session(), workspace.turn(turn));
    let here = Here { plan: &workspace.plan, read_only: None, session, turn, now: workspace.now };
    here.against(act).map(|refusal| refusal.text())
}

/// Sessions `a`, `b`, ..., each with one turn, which wait for those named.
fn sessions(after: &[&str]) -> Workspace {
    let session = |(index, after): (usize, &&str)| {
        let id = char::from(b'a' + index as u8);
        format!("[[sessions]]\nid = \"{id}\"\nafter = [{after}]\n[[sessions.turns]]\nid = \"t\"\nprompt = \"x\"\n")
    };
    Workspace::with(&small(&after.iter().enumerate().map(session).collect::<String>()))
}

fn only(session: &str) -> TurnRef {
    TurnRef::new(session, "t")
}

#[test]
fn a_plan_is_worked_by_its_next_steps() {
    let mut workspace = Workspace::of_turns(&[SLOT, ""]);
    let ticked: Vec<String> = workspace.session().checklist.iter().map(|item| item.id.clone()).collect();
    assert_eq!(next(&workspace), "start 'a' | setlist turn start");
    workspace.starts("a");
    let work = "work on 'a', then record: The figures | setlist evidence proof VALUE";
    assert_eq!(next(&workspace), work);
    assert!(matches!(step(&workspace, "a"), Step::Copy(_)));
    let turn = workspace.at_turn("a");
    workspace.does(Command::PauseTurn(turn));
    assert!(matches!(step(&workspace, "a"), Step::Resume(_)));
    assert_eq!(next(&workspace), work, "the work is the same, whatever its clock and its prompt want first");
    workspace.starts("a");
    let turn = workspace.at_turn("a");
    workspace.does(Command::MarkSent { turn, via: "copied".into() });
    assert!(matches!(step(&workspace, "a"), Step::Record(_, 0)));
    workspace.records("a", "proof", "12 ms");
    assert_eq!(next(&workspace), "close 'a' | setlist turn done");
    workspace.finishes("a");
    assert_eq!(next(&workspace), "decide the gate after 'a': It is fast | setlist gate approve | person");
    match step(&workspace, "b") {
        Step::Unblock(turn, blocker) => {
            assert_eq!(
                (turn.id.as_str(), blocker.short(workspace.session())),
                ("b", "gate after turn 1 is open".into())
            );
            assert!(matches!(blocker.way_past(), WayPast::Approve(turn) if turn.id == "a"));
        }
        other => panic!("{other:?}"),
    }
    workspace.approves("a");
    assert!(matches!(step(&workspace, "a"), Step::GoTo(_, turn) if turn.id == "b"));
    workspace.skips("b");
    assert!(matches!(step(&workspace, "a"), Step::WrapUp(_)));
    assert!(next(&workspace).starts_with("tick off: "), "{}", next(&workspace));
    for item in ticked {
        let (session, note, by) = (workspace.session().id.clone(), String::new(), String::new());
        workspace.does(Command::Tick { session, item, note, by });
    }
    assert_eq!(next(&workspace), "finish the session | setlist finish");
    workspace.does(Command::Queue { title: "OAuth".into(), goal: String::new(), placeholder: String::new() });
    assert!(finish::queued_now(&workspace.plan).is_empty(), "complete first");
    workspace.does(Command::FinishSession { session: workspace.session().id.clone(), unverified: None });
    assert_eq!(next(&workspace), "begin 'OAuth', which was queued | setlist queue start oauth");
    workspace.does(Command::Unqueue("oauth".into()));
    assert_eq!(next(&workspace), "nothing");
}

/// A file that was edited by hand may call a session wrapped up that is not: finishing it would be refused.
#[test]
fn a_turn_that_is_open_comes_before_the_wrap_up() {
    let mut workspace = Workspace::of_turns(&["", ""]);
    workspace.plan.sessions[0].state = SessionState::WrapUp;
    assert_eq!(next(&workspace), "start 'a' | setlist turn start");
}

#[test]
fn after_a_session_comes_the_one_that_the_plan_goes_on_with() {
    let mut workspace = sessions(&["", "", "", "\"a\""]);
    workspace.does(Command::StartTurn(only("c")));
    workspace.does(Command::Abandon { session: Some("a".into()), reason: String::new() });
    workspace.does(Command::SkipTurn { turn: only("b"), reason: "-".into() });
    workspace.does(Command::FinishSession { session: "b".into(), unverified: None });
    let of = |workspace: &Workspace, session: &str| {
        let session = workspace.plan.session(session).unwrap();
        match of_turn(&workspace.plan, session, &session.turns[0]) {
            Some(Step::GoTo(session, _)) => format!("go to {}", session.id),
            Some(step) => step.sentence(str::to_owned),
            None => "nothing".into(),
        }
    };
    assert_eq!(of(&workspace, "b"), "go to c");
    workspace.does(Command::SkipTurn { turn: only("c"), reason: "-".into() });
    workspace.does(Command::FinishSession { session: "c".into(), unverified: None });
    assert_eq!(of(&workspace, "b"), "go to d", "the plan is not over, though this waits for what was given up");
    assert_eq!(of(&workspace, "a"), "'t' waits: the session is abandoned");
    assert_eq!(next(&workspace), "'t' waits: it waits for the session 'a' | -");
    let session = workspace.plan.session("d").unwrap();
    let blocker = workspace.plan.blocker(session, &session.turns[0]).unwrap();
    assert!(matches!(blocker.way_past(), WayPast::Reopen(other) if other.id == "a"));
}

#[test]
fn what_may_not_be_done_says_why_and_what_leads_past_it() {
    let mut workspace = Workspace::of_turns(&[SLOT, ""]);
    for (turn, act, said) in [
        ("a", Act::Start, None),
        ("a", Act::Skip, None),
        ("a", Act::Note, None),
        ("a", Act::Close, Some("turn 'a' is not under way: start it first, or skip it with a reason")),
        ("a", Act::Record(0), Some("turn 'a' has not begun: start it first")),
        ("b", Act::Record(0), Some("this turn has no evidence to show")),
        ("a", Act::Clear(0), Some("'The figures' is empty: there is nothing to remove")),
        ("a", Act::Send, Some("turn 'a' has not begun: start it before you send its prompt")),
        (
            "b",
            Act::Start,
            Some("turn 'b' cannot start: turn 'a' is not closed yet: close 'a' first, or skip it with a reason"),
        ),
        ("b", Act::Decide, Some("turn 'b' has no gate: the next turn may start as soon as it is closed")),
        ("a", Act::Reading, Some("this strategy measures nothing")),
        ("a", Act::Value, Some("this plan has no values")),
        ("a", Act::Finish, Some("turn 'a' is pending: close every turn first, or skip it with a reason")),
        ("a", Act::ReopenSession, Some("the session 'Small' is planned: it is open")),
    ] {
        assert_eq!(against(&workspace, turn, act).as_deref(), said, "{act:?} of {turn}");
    }
    workspace.starts("a");
    assert_eq!(against(&workspace, "a", Act::Record(0)), None, "what it is to show is still to be typed");
    let (session, turn) = (workspace.session(), workspace.turn("a"));
    let here = Here { plan: &workspace.plan, read_only: Some("it is newer"), session, turn, now: workspace.now };
    assert_eq!(here.against(Act::Pause).unwrap().text(), "the plan is read-only: it is newer");
}

#[test]
fn what_is_open_decides_what_is_asked_at_the_end() {
    let mut workspace = Workspace::of_turns(&[SLOT, ""]);
    let words = |workspace: &Workspace| -> Vec<&'static str> {
        finish::of_session(workspace.session()).iter().map(Point::word).collect()
    };
    let asked = |workspace: &Workspace| finish::reasons_wanted(workspace.session(), str::to_uppercase);
    assert_eq!(words(&workspace), ["not-begun", "not-ticked"]);
    assert!(finish::of_plan(&workspace.plan).is_empty(), "what has not begun is not open yet");
    workspace.starts("a");
    assert_eq!(words(&workspace), ["under-way", "not-begun", "not-ticked"]);
    workspace.finishes("a");
    workspace.skips("b");
    assert_eq!(words(&workspace), ["unverified", "gate", "not-ticked"]);
    assert_eq!((finish::verdict(workspace.session()), asked(&workspace)), (Verdict::NotYet, Vec::new()));
    workspace.approves("a");
    assert_eq!(finish::verdict(workspace.session()), Verdict::WantsReason);
    assert_eq!(asked(&workspace), ["'A' shows no evidence for: THE FIGURES"]);
    workspace.records("a", "proof", "12 ms");
    workspace.approves("a");
    let items = workspace.session().checklist.len();
    assert_eq!((finish::verdict(workspace.session()), asked(&workspace)), (Verdict::Ready(items), Vec::new()));
}
