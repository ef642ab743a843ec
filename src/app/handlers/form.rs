//! What actions do in the form, between fields and in its review.

use crate::app::form::Choose;
use crate::app::model::{Model, Screen};
use crate::app::msg::{EditTarget, Effect};
use crate::domain::prompt;
use crate::keys::Action;
use crate::workflow::start::Answers;

use super::moves::{shifted, steps};
use super::{review, stats};

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    if model.form.as_ref().is_some_and(|form| form.reviewing) {
        return review::handle(model, action, effects);
    }
    let now = model.now;
    let page = steps(model, action);
    let Some(form) = &mut model.form else {
        model.screen = Screen::Browser;
        return true;
    };
    match action {
        Action::Up | Action::Down | Action::First | Action::Last | Action::HalfDown | Action::HalfUp => {
            form.move_focus(page.unwrap_or(0).clamp(-1000, 1000));
        }
        Action::NextPane => form.move_focus(1),
        Action::PrevPane => form.move_focus(-1),
        Action::PageDown | Action::ScrollDown => form.scroll_by(5),
        Action::PageUp | Action::ScrollUp => form.scroll_by(-5),
        Action::Enter if form.on_button() => open_review(model, effects),
        Action::Enter | Action::Edit => {
            if !form.on_button() {
                form.editing = true;
            }
        }
        Action::Toggle | Action::Right if form.choose(Choose::Next, now) => {}
        Action::Left if form.choose(Choose::Previous, now) => {}
        Action::Review => open_review(model, effects),
        Action::ResetField | Action::Delete => {
            form.reset(now);
            model.tell("back to the default");
        }
        Action::NextPrompt | Action::PreviousPrompt => {
            let last = form.answers.strategy.turns().count().saturating_sub(1);
            let shown = form.previewed();
            form.turn = Some(shifted(shown, if action == Action::NextPrompt { 1 } else { -1 }, last));
            form.scroll = 0;
        }
        Action::Pane2 => form.turn = Some(form.previewed()),
        // The preview follows the focused field again; where it has the screen, the fields come back.
        Action::Pane1 => form.turn = None,
        Action::Back if form.turn.is_some() && model.status.is_none() => {
            form.turn = None;
            form.scroll = 0;
        }
        Action::Editor => edit_field(model, effects),
        Action::Copy => {
            let Answers { strategy, .. } = &form.answers;
            let turn = strategy.turns().nth(form.previewed());
            let text = turn.and_then(|turn| prompt::render(strategy, turn, &form.answers.given()).ok());
            effects.extend(text.map(|text| Effect::Copy(text, None)));
        }
        _ => return false,
    }
    true
}

/// Takes the focused field to the editor.
pub(super) fn edit_field(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(form) = &model.form else { return };
    match form.fields.get(form.focus) {
        Some(field) => {
            effects.push(Effect::Edit(EditTarget::FormField(form.focus), field.input.text()));
        }
        None => model.refuse("go to a field first"),
    }
}

/// Shows the review, or jumps to the first problem.
fn open_review(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(form) = &mut model.form else { return };
    for field in &mut form.fields {
        field.left = true;
    }
    let faults = form.answers.faults();
    if let Some(fault) = faults.first() {
        form.focus = form.field_of(&fault.name).unwrap_or_default();
        form.editing = true;
        let more = match faults.len() - 1 {
            0 => String::new(),
            1 => " (and 1 more)".into(),
            more => format!(" (and {more} more)"),
        };
        let text = format!("{}: {}{more}", fault.label, fault.message);
        model.refuse(text);
        return;
    }
    form.reviewing = true;
    form.editing = false;
    form.scroll = 0;
    review::refresh(model);
    // The review offers budgets from the record as soon as that is read.
    stats::load(model, effects);
}

/// Saves what was typed and is not saved yet.
pub(in crate::app) fn save_draft(model: &mut Model, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(form) = &mut model.form else { return };
    if form.unsaved.take().is_none() {
        return;
    }
    let id = form.answers.strategy.id.clone();
    model.drafts.retain(|draft| draft.strategy != id);
    match form.answers.draft(form.focus, now) {
        Some(draft) => {
            model.drafts.push(draft.clone());
            effects.push(Effect::SaveDraft(Box::new(draft)));
        }
        None => effects.push(Effect::DropDraft(id)),
    }
}
