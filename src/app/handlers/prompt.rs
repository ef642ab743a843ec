//! Copying prompts, and handing them to the send command.

use crate::app::dialog::{Dialog, Input};
use crate::app::model::{Model, Overlay};
use crate::app::msg::Effect;
use crate::app::purpose::Purpose;
use crate::app::workspace::{Sending, Workspace};
use crate::domain::command::Command;
use crate::domain::follow_up::follow_up;
use crate::domain::plan::{Turn, TurnState};
use crate::domain::untrusted::outgoing;

use super::overlay::open;
use super::workspace::refuses;
use crate::workflow::availability::{Act, no_send_command};

/// Copies the prompt; of an active turn it counts as sent from then on.
pub(super) fn copy(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    let Some((session, turn)) = workspace.selected() else { return };
    if let Some(texts) = sent_back_texts(workspace) {
        let texts = texts.into_iter().map(|text| (text, None)).collect();
        let purpose = Purpose::CopyWhat(workspace.turn_ref(), texts);
        return offer(model, "Copy", purpose, 0);
    }
    match workspace.plan.prompt(session, turn) {
        Ok(prompt) => {
            let to_mark = marks_sent(workspace, turn).then(|| (workspace.plan.id.clone(), workspace.turn_ref()));
            let hidden = outgoing(&prompt).hidden;
            if hidden > 0 {
                model.refuse(format!("mind: the prompt holds {hidden} hidden characters; they are shown as escapes"));
            }
            effects.push(Effect::Copy(prompt, to_mark));
        }
        Err(error) => {
            let text = format!("the template of '{}' is wrong: {error}", turn.title);
            model.fail(text);
        }
    }
}

/// What a turn that was sent back may be handed over with: the prompt that was sent stays as it is, so
/// the reason is a message of its own, for an agent that still has the conversation; then both in one,
/// for a new conversation; then the prompt alone.
fn sent_back_texts(workspace: &Workspace) -> Option<Vec<String>> {
    let (session, turn) = workspace.selected()?;
    let message = follow_up(turn)?;
    let prompt = workspace.plan.prompt(session, turn).ok()?;
    let both = format!("{}\n\n{message}", prompt.trim_end());
    Some(vec![message, both, prompt])
}

/// The answers that stand for [`sent_back_texts`].
const SENT_BACK: [&str; 3] =
    ["the reason, for the same conversation", "prompt and reason, for a new conversation", "the prompt as it was sent"];

/// Asks which text of a turn that was sent back is wanted.
fn offer(model: &mut Model, verb: &'static str, purpose: Purpose, first: usize) {
    let reason = model.workspace.as_ref().and_then(Workspace::selected).and_then(|(_, turn)| turn.reason.clone());
    let dialog = Dialog::new("The turn was sent back", verb, purpose, vec![Input::choice("What", &SENT_BACK, first)]);
    open(model, dialog.explained(reason.map(|reason| format!("The reason: {reason}"))));
}

/// Whether copying or sending freezes the prompt: the turn is under way and was not sent yet.
fn marks_sent(workspace: &Workspace, turn: &Turn) -> bool {
    turn.state == TurnState::Active && turn.sent.is_none() && workspace.read_only.is_none()
}

pub(super) fn copy_what(model: &mut Model) {
    let Some(workspace) = &model.workspace else { return };
    let Some((session, turn)) = workspace.selected() else { return };
    let prompt = workspace.plan.prompt(session, turn).unwrap_or_default();
    let to_mark = marks_sent(workspace, turn).then(|| workspace.turn_ref());
    let evidence: Vec<String> = turn
        .evidence
        .iter()
        .filter_map(|slot| Some(format!("{}: {}", slot.label, slot.recorded.as_ref()?.text)))
        .collect();
    let mut answers = vec!["the prompt".to_owned()];
    let mut texts = vec![(prompt, to_mark)];
    if let Some(message) = follow_up(turn) {
        answers.push("the reason why it was sent back".into());
        texts.push((message, None));
    }
    if !turn.result.is_empty() {
        answers.push("the result".into());
        texts.push((turn.result.clone(), None));
    }
    if !evidence.is_empty() {
        answers.push("the evidence".into());
        texts.push((evidence.join("\n"), None));
    }
    answers.push("the goal".into());
    texts.push((workspace.plan.goal(), None));
    answers.push("the plan's id".into());
    texts.push((workspace.plan.id.clone(), None));
    let purpose = Purpose::CopyWhat(workspace.turn_ref(), texts);
    open(model, Dialog::new("Copy", "Copy", purpose, vec![Input::choice("What", &answers, 0)]));
}

pub(super) fn send(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    if workspace.sending.as_ref().is_some_and(|sending| sending.done.is_none()) {
        model.overlay = Some(Overlay::Sending { scroll: 0 });
        return;
    }
    if let Some(refusal) = no_send_command(&model.settings) {
        return model.refuse(refusal.text());
    }
    if refuses(model, Act::Send) {
        return;
    }
    let Some(workspace) = &model.workspace else { return };
    let Some((session, turn)) = workspace.selected() else { return };
    if let Some(texts) = sent_back_texts(workspace) {
        // Most send commands begin a new conversation.
        let purpose = Purpose::SendWhat(workspace.turn_ref(), texts);
        return offer(model, "Send", purpose, 1);
    }
    let Ok(prompt) = workspace.plan.prompt(session, turn) else { return model.fail("the template is wrong") };
    let (plan, at) = (workspace.plan.id.clone(), workspace.turn_ref());
    if turn.sent.is_none() {
        effects.push(Effect::Apply(plan, Command::MarkSent { turn: at, via: "command".into() }));
    }
    hand_over(model, prompt, effects);
}

/// Starts the send command with `text`.
pub(super) fn hand_over(model: &mut Model, text: String, effects: &mut Vec<Effect>) {
    let Some(workspace) = &mut model.workspace else { return };
    workspace.sending = Some(Sending { turn: workspace.turn_ref(), output: String::new(), done: None });
    model.overlay = Some(Overlay::Sending { scroll: 0 });
    effects.push(Effect::Send(text));
}

/// The send command is over: its output is offered as the turn's result.
pub(in crate::app) fn send_done(model: &mut Model, code: Option<i32>, output: &str) {
    let Some(workspace) = &mut model.workspace else { return };
    let Some(sending) = &mut workspace.sending else { return };
    output.clone_into(&mut sending.output);
    sending.done = Some(code);
    let turn = sending.turn.clone();
    match code {
        Some(0) => {
            model.overlay = None;
            let dialog = Dialog::new(
                "What the agent printed",
                "Save",
                Purpose::Result(turn),
                vec![Input::lines("Result", output)],
            );
            open(model, dialog.explained(["Shorten it to what matters; it becomes the turn's result."]));
        }
        Some(code) => model.fail(format!("the send command ended with exit code {code}; its output is on the screen")),
        None => model.refuse("the send command was ended"),
    }
}
