//! What may be done with the turn that is looked at: its clock, prompt, evidence, result, gate and end.

use crate::domain::command::{Command, EvidenceInput};
use crate::domain::follow_up::follow_up;
use crate::domain::plan::{Kept, Session, Turn, TurnState};
use crate::domain::refusal::ErrorCode;
use crate::domain::settings::Settings;

use super::super::dialogue::{Answer, Dialogue, Menu, Question, Wanted};
use super::super::gate::{self, GateCommand};
use super::super::output::one_line;
use super::super::{clock, quality};
use super::workspace::{self, Workspace};
use super::{back, evidence, iterations, prompt};

/// What may be done with a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Start it, or let its clock run again.
    Start,
    Pause,
    Read,
    Copy,
    /// Copy the message for a turn that was sent back.
    Message,
    /// Hand its prompt to the send command.
    Send,
    /// Record what it showed.
    Evidence,
    /// Write down what came back.
    Result,
    Close,
    Approve,
    /// Send it back.
    Reject,
    Repeat,
    /// Say whether an iteration is kept.
    Keep,
    Reopen,
    Skip,
}

/// Offers what the plan would take now, in the order of the work.
pub fn offer(workspace: &Workspace, menu: &mut Menu<workspace::Act>, settings: &Settings) {
    let Some((_, turn)) = workspace.at() else { return };
    let at = || workspace.turn_ref();
    let mut act = |label: String, command: &Command, act: Act| {
        menu.offer_unless(label, workspace.against(command), act.into());
    };
    if turn.running_since.is_some() {
        act("Pause the clock".into(), &Command::PauseTurn(at()), Act::Pause);
    } else {
        let label = if turn.state == TurnState::Active { "Start the clock again" } else { "Start the turn" };
        act(label.into(), &Command::StartTurn(at()), Act::Start);
    }
    let sent = Command::MarkSent { turn: at(), via: "copied".into() };
    if follow_up(turn).is_some() {
        act("Copy the message on what is missing".into(), &sent, Act::Message);
    }
    act("Copy the prompt".into(), &sent, Act::Copy);
    match settings.send.first() {
        Some(program) => act(format!("Send the prompt to {}", one_line(program)), &sent, Act::Send),
        None => {
            menu.offer_unless("Send the prompt", Some("no send command is set in config.toml".into()), Act::Send.into())
        }
    }
    menu.offer("Read the prompt", Act::Read.into());
    menu.offer_unless("Record evidence", evidence_against(workspace, turn), Act::Evidence.into());
    let mut act = |label: &str, command: &Command, act: Act| {
        menu.offer_unless(label, workspace.against(command), act.into());
    };
    act("Write down what came back", &Command::SetResult { turn: at(), result: turn.result.clone() }, Act::Result);
    act("Close the turn", &Command::FinishTurn(at()), Act::Close);
    if turn.gate.is_some() {
        let (note, by) = ("-".to_owned(), String::new());
        let reject = Command::RejectGate { turn: at(), note, by };
        act(
            "Approve the gate",
            &Command::ApproveGate { turn: at(), note: String::new(), by: String::new() },
            Act::Approve,
        );
        act("Reject the gate and send the turn back", &reject, Act::Reject);
    }
    if !turn.repeat.is_empty() || turn.has_iterations() {
        let keep = Command::KeepIteration { turn: at(), iteration: turn.iteration, kept: Kept::Yes };
        act(&format!("Begin the next {}", one_line(turn.per())), &Command::RepeatTurn(at()), Act::Repeat);
        act("Say which iterations are kept", &keep, Act::Keep);
    }
    act("Reopen the turn", &Command::ReopenTurn { turn: at(), reason: String::new() }, Act::Reopen);
    let reason = "-".to_owned();
    act("Skip the turn, with a reason", &Command::SkipTurn { turn: at(), reason }, Act::Skip);
}

/// Why no evidence can be recorded now.
fn evidence_against(workspace: &Workspace, turn: &Turn) -> Option<String> {
    let Some(slot) = turn.evidence.first() else { return Some("this turn has no evidence to show".into()) };
    // Nothing is no evidence either, so only a rule of the plan counts here.
    let input = EvidenceInput::Text(String::new());
    let command = Command::RecordEvidence { turn: workspace.turn_ref(), slot: slot.id.clone(), input };
    let refused = workspace.plan.apply(&command, clock::now()).err();
    let invalid = refused.is_none_or(|refusal| refusal.code == ErrorCode::Invalid);
    let read_only = workspace.against(&Command::Rename(workspace.plan.name.clone()));
    if invalid { read_only } else { workspace.against(&command) }
}

pub fn perform(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, act: Act) -> Answer<()> {
    let at = workspace.turn_ref();
    match act {
        Act::Start => drop(workspace.apply(dialogue, &Command::StartTurn(at))?),
        Act::Pause => drop(workspace.apply(dialogue, &Command::PauseTurn(at))?),
        Act::Read => prompt::read(dialogue, workspace)?,
        Act::Copy => prompt::copy(dialogue, workspace)?,
        Act::Message => prompt::copy_message(dialogue, workspace)?,
        Act::Send => prompt::send(dialogue, workspace)?,
        Act::Evidence => evidence::record(dialogue, workspace)?,
        Act::Result => result(dialogue, workspace)?,
        Act::Close => {
            if !may_close(dialogue, workspace)? {
                return Ok(());
            }
            if workspace.apply(dialogue, &Command::FinishTurn(at.clone()))? {
                quality::warn(dialogue.ctx, &workspace.plan, &at);
                go_on(workspace);
            }
        }
        Act::Approve => decide(dialogue, workspace, true)?,
        Act::Reject => decide(dialogue, workspace, false)?,
        Act::Repeat => {
            workspace.apply(dialogue, &Command::RepeatTurn(at))?;
        }
        Act::Keep => iterations::decide(dialogue, workspace)?,
        Act::Reopen => {
            let reason = dialogue.line(&Question::new("Why is it reopened, Enter for no reason: "))?;
            workspace.apply(dialogue, &Command::ReopenTurn { turn: at, reason })?;
        }
        Act::Skip => {
            let question = Question::new("Why is it left out: ").about("The report says the reason.");
            let reason = dialogue.line(&question)?;
            if workspace.apply(dialogue, &Command::SkipTurn { turn: at, reason })? {
                go_on(workspace);
            }
        }
    }
    Ok(())
}

/// Whether the turn is to be closed: where evidence is missing the person says so.
fn may_close(dialogue: &mut Dialogue<'_>, workspace: &Workspace) -> Answer<bool> {
    let Some((_, turn)) = workspace.at() else { return Ok(true) };
    let missing: Vec<String> = turn.missing().iter().map(|slot| one_line(&slot.lack())).collect();
    if missing.is_empty() {
        return Ok(true);
    }
    dialogue.say(&format!("Required evidence is missing: {}.", missing.join("; ")))?;
    dialogue.agrees("Close it unverified?")
}

/// Looks at the current turn again, once nothing waits at this one.
fn go_on(workspace: &mut Workspace) {
    let settled =
        |(session, turn): (&Session, &Turn)| turn.is_closed() && (turn.open_gate().is_none() || session.is_over());
    if workspace.at().is_none_or(settled) {
        workspace.look_at(None);
    }
}

/// What came back, in the person's words.
fn result(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace) -> Answer<()> {
    let at = workspace.turn_ref();
    let before = workspace.at().map(|(_, turn)| turn.result.clone()).unwrap_or_default();
    let question = Question::new("What came back, several lines, a dot alone ends them: ");
    let wanted = Wanted { question, before, suffix: ".md" };
    workspace::text(dialogue, workspace, "result", wanted, &mut |dialogue, workspace, result| {
        let taken = workspace.apply(dialogue, &Command::SetResult { turn: at.clone(), result })?;
        quality::warn(dialogue.ctx, &workspace.plan, &at);
        Ok(taken)
    })
}

/// Asks for the decision of the gate, as `setlist gate` does: the turn's id has to be typed.
fn decide(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, approves: bool) -> Answer<()> {
    let args = |note| gate::Args { turn: workspace.target(), note };
    let command = if approves {
        let note = dialogue.line(&Question::new("What to say about it, Enter for nothing: "))?;
        GateCommand::Approve(args(Some(note)))
    } else {
        GateCommand::Reject(args(None))
    };
    let decided = gate::run(dialogue.ctx, &command);
    let decided = dialogue.or_report(decided.map_err(Into::into))?;
    workspace.reload(dialogue)?;
    if decided.is_some() {
        go_on(workspace);
    }
    Ok(())
}

/// Asks for a line and applies what is made of it; nothing where the person goes back.
pub fn ask_and_apply(
    dialogue: &mut Dialogue<'_>,
    workspace: &mut Workspace,
    question: &Question,
    build: impl FnOnce(String) -> Command,
) -> Answer<()> {
    let Some(typed) = back(dialogue.line(question))? else { return Ok(()) };
    workspace.apply(dialogue, &build(typed))?;
    Ok(())
}
