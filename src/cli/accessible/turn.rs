//! What may be done with the turn that is looked at: its clock, prompt, evidence, result, gate and end.

use crate::domain::command::Command;
use crate::domain::follow_up::follow_up;
use crate::domain::plan::TurnState;
use crate::domain::settings::Settings;
use crate::workflow::availability::{Act, no_send_command};
use crate::workflow::next::of_turn;

use super::super::dialogue::{Answer, Dialogue, Menu, Question, Wanted};
use super::super::gate::{self, GateCommand};
use super::super::output::one_line;
use super::super::quality;
use super::workspace::{self, Workspace};
use super::{back, evidence, iterations, prompt};

/// What may be done with a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Start,
    Pause,
    Read,
    Copy,
    /// Copy the message for a turn that was sent back.
    Message,
    Send,
    Evidence,
    Result,
    Close,
    Approve,
    Reject,
    Repeat,
    Keep,
    Reopen,
    Skip,
}

/// Offers what may be done now, in the order of the work.
pub fn offer(workspace: &Workspace, menu: &mut Menu<workspace::Doing>, settings: &Settings) {
    let Some((_, turn)) = workspace.at() else { return };
    let mut offer = |label: String, act: Act, doing: Doing| {
        menu.offer_unless(label, workspace.against(act), doing.into());
    };
    if turn.running_since.is_some() {
        offer("Pause the clock".into(), Act::Pause, Doing::Pause);
    } else {
        let label = if turn.state == TurnState::Active { "Start the clock again" } else { "Start the turn" };
        offer(label.into(), Act::Start, Doing::Start);
    }
    if follow_up(turn).is_some() {
        offer("Copy the message on what is missing".into(), Act::Send, Doing::Message);
    }
    offer("Copy the prompt".into(), Act::Send, Doing::Copy);
    let to = settings.send.first().map(|program| format!(" to {}", one_line(program))).unwrap_or_default();
    let unset = no_send_command(settings).map(|refusal| refusal.message);
    let against = unset.or_else(|| workspace.against(Act::Send));
    menu.offer_unless(format!("Send the prompt{to}"), against, Doing::Send.into());
    menu.offer("Read the prompt", Doing::Read.into());
    let mut offer = |label: &str, act: Act, doing: Doing| {
        menu.offer_unless(label, workspace.against(act), doing.into());
    };
    offer("Record evidence", Act::Record(0), Doing::Evidence);
    offer("Write down what came back", Act::Result, Doing::Result);
    offer("Close the turn", Act::Close, Doing::Close);
    if turn.gate.is_some() {
        offer("Approve the gate", Act::Decide, Doing::Approve);
        offer("Reject the gate and send the turn back", Act::Decide, Doing::Reject);
    }
    if turn.has_iterations() {
        offer(&format!("Begin the next {}", one_line(turn.per())), Act::Repeat, Doing::Repeat);
        offer("Say which iterations are kept", Act::Keep(turn.iteration), Doing::Keep);
    }
    offer("Reopen the turn", Act::Reopen, Doing::Reopen);
    offer("Skip the turn, with a reason", Act::Skip, Doing::Skip);
}

pub fn perform(dialogue: &mut Dialogue<'_>, workspace: &mut Workspace, doing: Doing) -> Answer<()> {
    let at = workspace.turn_ref();
    match doing {
        Doing::Start => drop(workspace.apply(dialogue, &Command::StartTurn(at))?),
        Doing::Pause => drop(workspace.apply(dialogue, &Command::PauseTurn(at))?),
        Doing::Read => prompt::read(dialogue, workspace)?,
        Doing::Copy => prompt::copy(dialogue, workspace)?,
        Doing::Message => prompt::copy_message(dialogue, workspace)?,
        Doing::Send => prompt::send(dialogue, workspace)?,
        Doing::Evidence => evidence::record(dialogue, workspace)?,
        Doing::Result => result(dialogue, workspace)?,
        Doing::Close => {
            if !may_close(dialogue, workspace)? {
                return Ok(());
            }
            if workspace.apply(dialogue, &Command::FinishTurn(at.clone()))? {
                quality::warn(dialogue.ctx, &workspace.plan, &at);
                go_on(workspace);
            }
        }
        Doing::Approve => decide(dialogue, workspace, true)?,
        Doing::Reject => decide(dialogue, workspace, false)?,
        Doing::Repeat => {
            workspace.apply(dialogue, &Command::RepeatTurn(at))?;
        }
        Doing::Keep => iterations::decide(dialogue, workspace)?,
        Doing::Reopen => {
            let reason = dialogue.line(&Question::new("Why is it reopened, Enter for no reason: "))?;
            workspace.apply(dialogue, &Command::ReopenTurn { turn: at, reason })?;
        }
        Doing::Skip => {
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
    let step = workspace.at().and_then(|(session, turn)| of_turn(&workspace.plan, session, turn));
    if !step.is_some_and(|step| step.changes()) {
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
