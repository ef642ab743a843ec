//! Deciding a gate: what is seen before a person says yes, and why it may not be decided yet.

use crate::app::dialog::{Dialog, Input, Paragraph};
use crate::app::model::Model;
use crate::app::purpose::Purpose;
use crate::keys::Action;
use crate::workflow::availability::Act;
use crate::workflow::describe::decision;

use super::overlay::open;
use super::workspace::refuses;

/// Opens the dialog that decides the gate of the selected turn, or says why it cannot be decided.
pub(super) fn decide(model: &mut Model, approve: bool, user: &str) {
    if refuses(model, Act::Decide) {
        return;
    }
    let Some(workspace) = &model.workspace else { return };
    let Some((session, turn)) = workspace.selected() else { return };
    let at = workspace.turn_ref();
    let Some(gate) = &turn.gate else { return };
    let mut said = vec![Paragraph::plain(&gate.text)];
    let facts = decision(&workspace.plan, session, turn, &model.settings.review.claims);
    said.extend(facts.into_iter().map(|fact| Paragraph::new(fact.what + &shortened(&fact.gist), fact.manner)));
    let dialog = if approve {
        let key = model.keymap.key(Action::Reject).unwrap_or_default();
        said.push(Paragraph::plain(format!("Esc leaves it open; after that, {key} rejects it.")));
        let input = Input::line("Note (may be empty)", "");
        Dialog::new("Approve the gate", "Approve", Purpose::Approve(at, user.into()), vec![input])
    } else {
        said.push(Paragraph::plain("The turn goes back to work with your reason."));
        let input = Input::line("What is missing", "");
        Dialog::new("Reject the gate", "Reject", Purpose::Reject(at, user.into()), vec![input])
    };
    open(model, dialog.explained(said));
}

/// The beginning of a line; the whole of it stands in the evidence pane.
fn shortened(line: &str) -> String {
    const MAX_CHARS: usize = 100;
    let line = line.trim();
    if line.chars().count() <= MAX_CHARS {
        return line.into();
    }
    let mut short: String = line.chars().take(MAX_CHARS).collect();
    short.truncate(short.rfind(' ').unwrap_or(short.len()));
    short + "…"
}
