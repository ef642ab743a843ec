//! Iterations of a turn that repeats: kept, rolled back, and the next one begun.

use crate::app::availability::against;
use crate::app::dialog::{Dialog, Input, Paragraph};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::purpose::{KEEP_OR_ROLL_BACK, Purpose};
use crate::domain::command::Command;
use crate::domain::plan::Kept;
use crate::keys::Action;
use crate::workflow::availability::Act;

use super::overlay::open;
use super::workspace::apply;

/// Says that an iteration is kept, or that it was rolled back; saying the same again takes it back. The
/// iteration selected in the evidence is meant, else the one under way.
pub(super) fn decide(model: &mut Model, kept: Kept, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    let Some((_, turn)) = workspace.selected() else { return };
    let iteration = workspace.iteration();
    let kept = if turn.kept_of(iteration) == kept { Kept::Undecided } else { kept };
    let command = Command::KeepIteration { turn: workspace.turn_ref(), iteration, kept };
    apply(model, command, effects);
}

/// Begins the next iteration; where this one was measured and nobody has said whether it is kept, that is
/// asked first.
pub(super) fn repeat(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    let Some((_, turn)) = workspace.selected() else { return };
    let at = workspace.turn_ref();
    let command = Command::RepeatTurn(at.clone());
    let refused = against(model, Act::Repeat).is_some();
    let steps = workspace.steps(turn.iteration);
    if refused || steps.is_empty() || turn.kept_of(turn.iteration) != Kept::Undecided {
        return apply(model, command, effects);
    }
    let name = turn.iteration_in_words(turn.iteration);
    let said: Vec<Paragraph> = steps
        .into_iter()
        .map(|(text, improved)| match improved {
            Some(true) => Paragraph::shown(text),
            Some(false) => Paragraph::warning(text),
            None => Paragraph::plain(text),
        })
        .chain([Paragraph::plain("Readings of what was rolled back do not count.")])
        .collect();
    let title = format!("Keep {name}, or roll it back?");
    let input = Input::answer("What it did", &KEEP_OR_ROLL_BACK, &Kept::Undecided);
    let dialog = Dialog::new(title, "Begin the next one", Purpose::Repeat(at, turn.iteration), vec![input]);
    open(model, dialog.explained(said));
}

/// The actions of iterations; gives back whether it was one.
pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    match action {
        Action::Repeat => repeat(model, effects),
        Action::KeepIteration => decide(model, Kept::Yes, effects),
        Action::RollBackIteration => decide(model, Kept::RolledBack, effects),
        _ => return false,
    }
    true
}
