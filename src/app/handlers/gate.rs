//! Deciding a gate: what is seen before a person says yes, and why it may not be decided yet.

use crate::app::dialog::{Dialog, Input, Said};
use crate::app::model::Model;
use crate::app::purpose::Purpose;
use crate::app::workspace::Workspace;
use crate::domain::claims;
use crate::domain::plan::{Evidence, Session, Standing, Turn};
use crate::keys::Action;
use crate::workflow::availability::Act;

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
    let mut said = vec![Said::plain(&gate.text)];
    if gate.is_stale() {
        said.push(Said::warning(format!("Stale: it was approved before, then {}.", gate.stale)));
    }
    if let Some(request) = gate.request() {
        said.push(Said::plain(format!("Asked for by {request}")));
    }
    said.extend(what_was_done(workspace, session, turn));
    let claimed = claims::claims(turn, &model.settings.review.claims);
    if !claimed.is_empty() {
        said.push(Said::warning(format!("Claimed, not shown: {}.", claims::in_words(turn, &claimed))));
    }
    let dialog = if approve {
        let key = model.keymap.key(Action::Reject).unwrap_or_default();
        said.push(Said::plain(format!("Esc leaves it open; after that, {key} rejects it.")));
        let input = Input::line("Note (may be empty)", "");
        Dialog::new("Approve the gate", "Approve", Purpose::Approve(at, user.into()), vec![input])
    } else {
        said.push(Said::plain("The turn goes back to work with your reason."));
        let input = Input::line("What is missing", "");
        Dialog::new("Reject the gate", "Reject", Purpose::Reject(at, user.into()), vec![input])
    };
    open(model, dialog.explained(said));
}

/// What an approval is about: the turn, what it showed, what it lacks.
fn what_was_done(workspace: &Workspace, session: &Session, turn: &Turn) -> Vec<Said> {
    let at = session.turns.iter().position(|other| other.id == turn.id).unwrap_or(0);
    let number = session.turn_numbers().get(at).cloned().unwrap_or_default();
    let standing = workspace.plan.standing(session, turn);
    let reason = turn.reason.as_ref().filter(|_| standing == Standing::Skipped);
    let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
    let rework = match turn.rework {
        0 => String::new(),
        1 => ", sent back or reopened once".into(),
        times => format!(", sent back or reopened {times} times"),
    };
    let head = format!("Turn {number} '{}' is {}{reason}{rework}.", turn.title, standing.word());
    let warns = matches!(standing, Standing::Unverified | Standing::Skipped);
    let mut said = vec![if warns { Said::warning(head) } else { Said::plain(head) }];
    for iteration in &turn.iterations {
        let lacking = iteration.evidence.iter().filter(|slot| slot.is_wanting());
        said.extend(
            lacking.map(|slot| Said::lacking(format!("{} {}: {}", turn.repeat, iteration.number, slot_words(slot)))),
        );
    }
    said.extend(turn.evidence.iter().filter_map(of_slot));
    match turn.result.lines().find(|line| !line.trim().is_empty()) {
        Some(line) => said.push(Said::shown(format!("Result: {}", shortened(line)))),
        None => said.push(Said::plain("No result is written down.")),
    }
    said
}

/// A slot with what was recorded in it; nothing for an empty one that is not required.
fn of_slot(slot: &Evidence) -> Option<Said> {
    let text = slot_words(slot);
    match (slot.is_wanting(), &slot.recorded) {
        (true, _) => Some(Said::lacking(text)),
        (false, Some(_)) => Some(Said::shown(text)),
        (false, None) => None,
    }
}

fn slot_words(slot: &Evidence) -> String {
    let label = &slot.label;
    let Some(recorded) = &slot.recorded else { return format!("{label}: nothing recorded") };
    let first = recorded.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    match (recorded.exit_code, slot.unexpected_exit()) {
        (Some(code), Some(_)) => format!("{label}: exit code {code} is not what it wants"),
        (Some(code), None) => {
            let command = recorded.command.as_deref().unwrap_or(first);
            format!("{label}: exit code {code}, {}", shortened(command))
        }
        (None, _) if slot.lacks_run() => format!("{label}: no exit code, {}", shortened(first)),
        (None, _) => format!("{label}: {}", shortened(first)),
    }
}

/// The beginning of a line; the whole of it stands in the evidence pane.
fn shortened(line: &str) -> String {
    const MOST: usize = 100;
    let line = line.trim();
    if line.chars().count() <= MOST {
        return line.into();
    }
    let mut short: String = line.chars().take(MOST).collect();
    short.truncate(short.rfind(' ').unwrap_or(short.len()));
    short + "…"
}
