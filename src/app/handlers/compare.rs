//! What actions do where a copy is compared with its plan.

use std::path::Path;

use crate::app::compare::Compare;
use crate::app::dialog::Dialog;
use crate::app::model::{Model, Overlay};
use crate::app::msg::Effect;
use crate::app::purpose::Purpose;
use crate::domain::compare::Comparison;
use crate::keys::Action;

use super::moves::{shifted, steps};
use super::overlay;

/// Asks for the comparison of the copy at this place in the listing.
pub(super) fn open(model: &mut Model, at: usize, effects: &mut Vec<Effect>) {
    let Some((plan, path)) = model.listing.conflicts.get(at) else { return };
    if model.listing.name_of(plan).is_some() {
        effects.push(Effect::Compare(path.clone()));
    } else {
        model.refuse("the plan that this is a copy of is not there; to have it as a plan, call the file <id>.toml");
    }
}

pub(in crate::app) fn compared(model: &mut Model, found: Comparison) {
    model.overlay = match model.overlay.take() {
        None => Some(Overlay::Compare(Box::new(Compare::new(found)))),
        Some(Overlay::Compare(compare)) => Some(Overlay::Compare(Box::new(compare.again(found)))),
        // Something else was opened meanwhile.
        other @ Some(
            Overlay::Help { .. }
            | Overlay::Palette { .. }
            | Overlay::Dialog(_)
            | Overlay::Findings { .. }
            | Overlay::Sending { .. }
            | Overlay::Welcome,
        ) => other,
    };
}

/// Gives back whether the action was the comparison's.
pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action);
    let Some(Overlay::Compare(compare)) = &mut model.overlay else { return false };
    let last = compare.ticked.len().saturating_sub(1);
    match action {
        _ if by.is_some() => compare.cursor = shifted(compare.cursor, by.unwrap_or(0), last),
        Action::NextPane => compare.cursor = (compare.cursor + 1) % (last + 1),
        Action::PrevPane => compare.cursor = (compare.cursor + last) % (last + 1),
        Action::Toggle => compare.toggle(),
        Action::Add => compare.toggle_all(),
        Action::Enter => take(model, effects),
        Action::Delete => put_away(model),
        Action::Back | Action::Quit | Action::Interrupt => model.overlay = None,
        Action::Redraw | Action::Suspend | Action::SaveAgain => return false,
        _ => {}
    }
    true
}

/// Takes what is ticked, then looks again at what still differs.
fn take(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Compare(compare)) = &model.overlay else { return };
    if compare.ticked.contains(&true) {
        let path = compare.found.path.clone();
        effects.push(Effect::Apply(compare.found.id.clone(), compare.command()));
        effects.push(Effect::Compare(path));
    } else if compare.ticked.is_empty() {
        put_away(model);
    } else {
        let key = model.keymap.key(Action::Toggle).unwrap_or_default();
        model.refuse(format!("nothing is ticked; {key} ticks an item"));
    }
}

fn put_away(model: &mut Model) {
    let Some(Overlay::Compare(compare)) = &model.overlay else { return };
    let path = compare.found.path.clone();
    ask(model, &path);
}

/// Asks whether the copy is to go.
pub(super) fn ask(model: &mut Model, path: &Path) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let dialog = Dialog::new("Put the copy away?", "Put away", Purpose::PutAway(path.into()), vec![]);
    let intro = [name, "It leaves the plans and is kept as it is, beside the history.".into()];
    overlay::open(model, dialog.explained(intro));
}

/// A plan was changed: a comparison with it is made anew.
pub(in crate::app) fn refresh(model: &Model, plans: &[String], effects: &mut Vec<Effect>) {
    if let Some(Overlay::Compare(compare)) = &model.overlay
        && plans.contains(&compare.found.id)
    {
        effects.push(Effect::Compare(compare.found.path.clone()));
    }
}
