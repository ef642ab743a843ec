//! Sessions: checklists, finishing, reopening, abandoning, waiting for each other, and the plan as a whole.

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::plan::{Outcome, PlanState, SessionState};
use setlist::domain::refusal::ErrorCode;

use super::given::{Workspace, finish};

const PROOF: &str = "[[turns.evidence]]\nid = \"proof\"\nlabel = \"Proof\"";

fn tick(item: &str) -> Command {
    Command::Tick { session: "main".into(), item: item.into(), note: " suite run ".into(), by: "ada".into() }
}

fn untick(item: &str) -> Command {
    Command::Untick { session: "main".into(), item: item.into() }
}

fn abandon(session: Option<&str>) -> Command {
    Command::Abandon { session: session.map(Into::into), reason: " out of time ".into() }
}

fn unverified(reason: &str) -> Command {
    Command::FinishSession { session: "main".into(), unverified: Some(reason.into()) }
}

#[test]
fn the_checklist_has_six_standard_items_and_the_strategy_s_own() {
    let workspace = Workspace::of("bug-investigation");
    let ids: Vec<&str> = workspace.session().checklist.iter().map(|item| item.id.as_str()).collect();
    let standard = [
        "all-tests-passing",
        "performance-validated",
        "documentation-updated",
        "follows-conventions",
        "edge-cases-handled",
        "ready-for-delivery",
    ];
    assert_eq!(ids[..6], standard);
    assert_eq!(ids[6..], ["regression-test", "report-answered", "instrumentation-removed"]);
    assert_eq!(workspace.session().open_items().len(), 9);
}

#[test]
fn items_are_ticked_once_and_taken_back_once() {
    let mut workspace = Workspace::of_turns(&[""]);
    workspace.does(tick("all-tests-passing"));
    let ticked = workspace.session().checklist[0].ticked.clone().unwrap();
    assert_eq!((ticked.by.as_str(), ticked.note.as_str(), ticked.at), ("ada", "suite run", workspace.now));
    assert!(workspace.refuses(tick("all-tests-passing")).ends_with("is ticked already | take the tick back first"));
    workspace.does(untick("all-tests-passing"));
    assert!(workspace.refuses(untick("all-tests-passing")).contains("is not ticked"));
    assert_eq!(workspace.refusal(tick("all-tests-pasing")).hint, "did you mean `all-tests-passing`?");
    let add = |text: &str| Command::AddItem { session: "main".into(), text: text.into() };
    assert_eq!(workspace.does(add(" Flag removed ")), "checklist item added: Flag removed");
    workspace.does(tick("flag-removed"));
    assert_eq!(workspace.refusal(add(" ")).code, ErrorCode::Invalid);
    workspace.skips("a");
    workspace.does(finish("main"));
    for over in [tick("edge-cases-handled"), untick("flag-removed"), add("More")] {
        assert_eq!(workspace.refuses(over), "the session 'Small' is finished | reopen the session first");
    }
}

#[test]
fn a_session_is_finished_when_every_turn_is_closed() {
    let mut workspace = Workspace::of_turns(&["", ""]);
    let open = "close every turn first, or skip it with a reason";
    assert_eq!(workspace.refuses(finish("main")), format!("turn 'a' is pending | {open}"));
    workspace.starts("a");
    assert_eq!(workspace.refuses(finish("main")), format!("turn 'a' is active | {open}"));
    workspace.finishes("a");
    workspace.skips("b");
    assert_eq!(workspace.at(30).does(finish("main")), "session 'Small' finished with 6 checklist items open");
    assert_eq!((workspace.session().state, workspace.session().ended), (SessionState::Finished, Some(workspace.now)));
    assert_eq!(workspace.plan.state(), PlanState::Finished);
    assert!(workspace.refuses(finish("main")).starts_with("the session 'Small' is finished already | "));
}

#[test]
fn a_session_without_its_evidence_is_finished_for_a_stated_reason_only() {
    let mut workspace = Workspace::of_turns(&[PROOF]);
    workspace.starts("a");
    workspace.finishes("a");
    let refused =
        "turn 'a' is unverified: no evidence for Proof | record the evidence, or state a reason to finish without it";
    assert_eq!(workspace.refuses(finish("main")), refused);
    assert_eq!(workspace.refuses(unverified("  ")), refused);
    assert_eq!(workspace.does(unverified(" the rig is down ")), "session 'Small' finished unverified");
    assert_eq!(workspace.session().reason.as_deref(), Some("the rig is down"));
    workspace.does(Command::ReopenSession("main".into()));
    assert_eq!(
        (workspace.session().state, workspace.session().reason.clone(), workspace.session().ended),
        (SessionState::WrapUp, None, None)
    );
    workspace.records("a", "proof", "42 pass");
    workspace.does(unverified("no reason needed"));
    assert_eq!(workspace.session().reason, None, "nothing was missing");
}

#[test]
fn a_session_goes_on_where_it_was_left() {
    let mut workspace = Workspace::of_turns(&["", ""]);
    assert_eq!(workspace.refuses(Command::ReopenSession("main".into())), "the session 'Small' is planned | it is open");
    workspace.does(abandon(None));
    assert_eq!(workspace.plan.state(), PlanState::Abandoned);
    assert!(workspace.refuses(Command::StartTurn(workspace.at_turn("a"))).contains("the session is abandoned"));
    workspace.does(Command::ReopenSession("main".into()));
    assert_eq!(workspace.session().state, SessionState::Planned);
    workspace.starts("a");
    workspace.at(5).does(abandon(Some("main")));
    assert_eq!(workspace.session().reason.as_deref(), Some("out of time"));
    assert_eq!((workspace.plan.is_running(), workspace.turn("a").worked), (false, 300));
    assert_eq!(workspace.refusal(abandon(None)).message, "there is no open session to abandon");
    assert_eq!(workspace.refusal(abandon(Some("other"))).code, ErrorCode::NotFound);
    workspace.does(Command::ReopenSession("main".into()));
    assert_eq!(workspace.session().state, SessionState::Running);
}

#[test]
fn a_session_waits_for_those_before_it() {
    let mut workspace = Workspace::of("database-migration");
    let ids: Vec<String> = workspace.plan.sessions.iter().map(|session| session.id.clone()).collect();
    let second = TurnRef::new(&ids[1], &workspace.plan.sessions[1].turns[0].id);
    let titles: Vec<String> = workspace.plan.sessions.iter().map(|session| session.title.clone()).collect();
    let refused = workspace.refusal(Command::StartTurn(second.clone()));
    assert!(refused.message.ends_with(&format!("it waits for the session '{}'", titles[0])), "{}", refused.message);
    assert_eq!(refused.hint, format!("finish the session '{}' first", titles[0]));
    assert_eq!(workspace.plan.current_session().unwrap().id, ids[0]);
    workspace.completes(&ids[0]);
    assert_eq!(workspace.plan.current_session().unwrap().id, ids[1]);
    workspace.does(Command::StartTurn(second));
    assert_eq!(workspace.plan.state(), PlanState::InProgress);
    workspace.does(abandon(Some(&ids[1])));
    let third = TurnRef::new(&ids[2], &workspace.plan.sessions[2].turns[0].id);
    assert!(workspace.refusal(Command::StartTurn(third)).hint.contains("was abandoned: reopen and finish it first"));
}

#[test]
fn parallel_sessions_wait_for_nobody() {
    let mut workspace = Workspace::of("parallel-development");
    assert!(workspace.plan.is_multi_session());
    let first: Vec<TurnRef> =
        workspace.plan.sessions.iter().map(|session| TurnRef::new(&session.id, &session.turns[0].id)).collect();
    workspace.does(Command::StartTurn(first[1].clone()));
    workspace.does(Command::StartTurn(first[2].clone()));
    assert_eq!(workspace.plan.current_session().unwrap().id, first[1].session);
    workspace.does(Command::PauseTurn(first[1].clone()));
    assert_eq!(workspace.plan.current_session().unwrap().id, first[2].session, "the one whose clock runs");
    let ids: Vec<String> = workspace.plan.sessions.iter().map(|session| session.id.clone()).collect();
    workspace.does(abandon(Some(&ids[1])));
    workspace.completes(&ids[0]);
    workspace.does(abandon(Some(&ids[2])));
    assert_eq!(workspace.plan.state(), PlanState::Finished, "what was not abandoned is finished");
}

#[test]
fn the_plan_itself_is_named_noted_reviewed_and_archived() {
    let mut workspace = Workspace::of_turns(&[""]);
    assert_eq!(workspace.does(Command::Rename(" Login bug ".into())), "renamed to 'Login bug'");
    assert_eq!(workspace.refuses(Command::Rename(" ".into())), "a plan needs a name | give it one");
    let note =
        |turn: &str, text: &str| Command::AddNote { session: "main".into(), turn: turn.into(), text: text.into() };
    workspace.does(note("a", "watch the pool"));
    assert_eq!(workspace.refusal(note("a", " ")).code, ErrorCode::Invalid);
    assert_eq!(workspace.refusal(note("x", "y")).code, ErrorCode::NotFound);
    assert_eq!(workspace.plan.notes.len(), 1);
    let review = Command::SetReflection { outcome: Outcome::Partly, helped: "gates\n".into(), change: String::new() };
    workspace.does(review);
    assert_eq!(
        (workspace.plan.reflection.outcome, workspace.plan.reflection.helped.as_str()),
        (Outcome::Partly, "gates")
    );
    assert_eq!(workspace.refusal(Command::Unarchive).message, "the plan is not archived");
    workspace.starts("a");
    assert_eq!(workspace.refuses(Command::Archive), "a clock of this plan is running | pause it first");
    workspace.finishes("a");
    workspace.does(Command::Archive);
    assert_eq!(workspace.refusal(Command::Archive).message, "the plan is archived already");
    workspace.does(Command::Unarchive);
}
