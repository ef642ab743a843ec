//! Typing: in the form, in dialogs, in searches and the palette; pastes, and the editor's results.

use crossterm::event::{KeyCode, KeyEvent};

use crate::app::form::Choose;
use crate::app::model::{Model, Overlay, Screen};
use crate::app::msg::{EditTarget, Effect};
use crate::domain::command::Command;
use crate::keys::Action;

use super::overlay;

/// A key that is no action: it types where something takes text.
pub(in crate::app) fn key(model: &mut Model, key: KeyEvent, effects: &mut Vec<Effect>) {
    let now = model.now;
    match &mut model.overlay {
        Some(Overlay::Dialog(dialog)) => return dialog.key(key),
        Some(Overlay::Palette { query, cursor }) => {
            match key.code {
                KeyCode::Up => *cursor = cursor.saturating_sub(1),
                KeyCode::Down => *cursor += 1,
                _ if query.key(key) => *cursor = 0,
                _ => {}
            }
            return overlay::clamp_palette(model);
        }
        Some(
            Overlay::Help { .. }
            | Overlay::Findings { .. }
            | Overlay::Compare(_)
            | Overlay::Sending { .. }
            | Overlay::Welcome,
        ) => return,
        None => {}
    }
    match model.screen {
        Screen::Browser if model.browser.searching => match key.code {
            KeyCode::Up => model.browser.step(-1),
            KeyCode::Down => model.browser.step(1),
            _ => {
                if model.browser.query.key(key) {
                    model.browser.cursor = 0;
                    model.browser.scroll = 0;
                    model.browser.refresh(&model.library, &model.memory);
                }
            }
        },
        Screen::Plans if model.plans.searching => match key.code {
            KeyCode::Up => model.plans.step(-1),
            KeyCode::Down => model.plans.step(1),
            _ => {
                if model.plans.query.key(key) {
                    model.plans.refresh(&model.listing, &model.drafts, None);
                }
            }
        },
        Screen::Form => type_in_form(model, key, now),
        Screen::Browser | Screen::Plans | Screen::Workspace | Screen::Lanes | Screen::WrapUp | Screen::Stats => {}
    }
    let _ = effects;
}

fn type_in_form(model: &mut Model, key: KeyEvent, now: jiff::Timestamp) {
    let Some(form) = model.form.as_mut().filter(|form| form.editing && !form.reviewing) else { return };
    if form.options(form.focus, &form.answers.values()).is_some() {
        match key.code {
            KeyCode::Left | KeyCode::Up => form.choose(Choose::Previous, now),
            KeyCode::Right | KeyCode::Down | KeyCode::Char(' ') => form.choose(Choose::Next, now),
            KeyCode::Char(digit @ '1'..='9') => form.choose(Choose::Number(digit as usize - '1' as usize), now),
            KeyCode::Char(letter) => {
                // The first letter of an answer chooses it.
                let (answers, _) = form.options(form.focus, &form.answers.values()).unwrap_or_default();
                let found =
                    answers.iter().position(|answer| answer.to_lowercase().starts_with(letter.to_ascii_lowercase()));
                found.is_some_and(|at| form.choose(Choose::Number(at), now))
            }
            _ => false,
        };
        return;
    }
    let single = form.fields.get(form.focus).is_some_and(|field| !field.input.is_multiline());
    match key.code {
        KeyCode::Up if single => return form.move_focus(-1),
        KeyCode::Down if single => return form.move_focus(1),
        _ => {}
    }
    if form.fields.get_mut(form.focus).is_some_and(|field| field.input.key(key)) {
        form.touched(now);
    }
}

/// An action of the edit context. Gives back whether it was one.
pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    match model.screen {
        Screen::Browser if model.browser.searching => search_browser(model, action),
        Screen::Plans if model.plans.searching => search_plans(model, action),
        Screen::Form => edit_form(model, action, effects),
        Screen::Browser | Screen::Plans | Screen::Workspace | Screen::Lanes | Screen::WrapUp | Screen::Stats => false,
    }
}

fn search_browser(model: &mut Model, action: Action) -> bool {
    match action {
        // Enter keeps the hits and goes back to moving; Esc shows everything again.
        Action::EditEnter | Action::EditNext => model.browser.searching = false,
        Action::EditDone => {
            model.browser.searching = false;
            let selected = model.browser.entry(&model.library).map(|entry| entry.id.clone());
            model.browser.query.set("");
            model.browser.refresh(&model.library, &model.memory);
            if let Some(id) = selected {
                model.browser.select(&model.library, &id);
            }
        }
        Action::EditUndo => {
            model.browser.query.undo();
            model.browser.refresh(&model.library, &model.memory);
        }
        _ => return false,
    }
    true
}

fn search_plans(model: &mut Model, action: Action) -> bool {
    match action {
        Action::EditEnter | Action::EditNext => model.plans.searching = false,
        Action::EditDone => {
            model.plans.searching = false;
            let selected = model.plans.plan(&model.listing).map(|plan| plan.id.clone());
            model.plans.query.set("");
            model.plans.refresh(&model.listing, &model.drafts, selected.as_deref());
        }
        _ => return false,
    }
    true
}

fn edit_form(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let now = model.now;
    let Some(form) = &mut model.form else { return false };
    match action {
        Action::EditDone | Action::Interrupt => {
            form.editing = false;
            if let Some(field) = form.fields.get_mut(form.focus) {
                field.left = true;
            }
        }
        Action::EditNext => form.move_focus(1),
        Action::EditPrevious => form.move_focus(-1),
        Action::EditEnter => {
            let newline = form.fields.get_mut(form.focus).is_some_and(|field| field.input.newline());
            if newline { form.touched(now) } else { form.move_focus(1) }
        }
        Action::EditNewline => {
            if form.fields.get_mut(form.focus).is_some_and(|field| field.input.newline()) {
                form.touched(now);
            }
        }
        Action::EditUndo => {
            if form.fields.get_mut(form.focus).is_some_and(|field| field.input.undo()) {
                form.touched(now);
            }
        }
        Action::EditEditor => super::form::edit_field(model, effects),
        Action::EditEarlier => {
            if let Err(why) = form.put_earlier(&model.memory, now) {
                model.refuse(why);
            }
        }
        Action::EditSave => {
            form.unsaved.get_or_insert(now);
            super::form::save_draft(model, effects);
            model.tell("draft saved");
        }
        Action::EditPreviewDown => form.scroll_by(5),
        Action::EditPreviewUp => form.scroll_by(-5),
        Action::EditHelp => model.overlay = Some(Overlay::Help { scroll: 0 }),
        _ => return false,
    }
    true
}

/// A paste: into the text that is typed, never as keys.
pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    let now = model.now;
    let result = match &mut model.overlay {
        Some(Overlay::Dialog(dialog)) => match dialog.focused().and_then(|input| input.field_mut()) {
            Some(field) => field.paste(text),
            None => Ok(false),
        },
        Some(Overlay::Palette { query, .. }) => query.paste(text),
        Some(
            Overlay::Help { .. }
            | Overlay::Findings { .. }
            | Overlay::Compare(_)
            | Overlay::Sending { .. }
            | Overlay::Welcome,
        ) => Ok(false),
        None => match model.screen {
            Screen::Browser if model.browser.searching => {
                let result = model.browser.query.paste(text);
                model.browser.refresh(&model.library, &model.memory);
                result
            }
            Screen::Plans if model.plans.searching => {
                let result = model.plans.query.paste(text);
                model.plans.refresh(&model.listing, &model.drafts, None);
                result
            }
            Screen::Form => paste_in_form(model, text, now),
            Screen::Browser | Screen::Plans | Screen::Workspace | Screen::Lanes | Screen::WrapUp | Screen::Stats => {
                Err("nothing here takes text; open a field first, then paste".into())
            }
        },
    };
    if let Err(why) = result {
        model.refuse(why);
    }
}

fn paste_in_form(model: &mut Model, text: &str, now: jiff::Timestamp) -> Result<bool, String> {
    let Some(form) = model.form.as_mut().filter(|form| !form.reviewing && !form.on_button()) else {
        return Err("nothing here takes text; go to a field first, then paste".into());
    };
    if form.options(form.focus, &form.answers.values()).is_some() {
        return Err("this field is chosen, not typed".into());
    }
    form.editing = true;
    let at = form.focus;
    let changed = form.fields[at].input.paste(text)?;
    form.touched(now);
    Ok(changed)
}

/// The editor was closed.
pub(in crate::app) fn edited(model: &mut Model, target: EditTarget, text: Option<String>, effects: &mut Vec<Effect>) {
    let now = model.now;
    let Some(text) = text else {
        if let EditTarget::File(_) = target {
            effects.push(Effect::LoadLibrary);
        } else {
            model.tell("unchanged");
        }
        return;
    };
    match target {
        EditTarget::FormField(at) => {
            if let Some(form) = model.form.as_mut().filter(|form| at < form.fields.len()) {
                form.focus = at;
                form.fields[at].input.set(text.trim_end_matches('\n'));
                form.touched(now);
            }
        }
        EditTarget::DialogField(at) => {
            if let Some(Overlay::Dialog(dialog)) = &mut model.overlay
                && let Some(input) = dialog.inputs.get_mut(at)
            {
                input.set(text.trim_end_matches('\n'));
            }
        }
        EditTarget::Prompt(plan, turn) => {
            let prompt = Some(text.trim_end().to_owned()).filter(|text| !text.is_empty());
            effects.push(Effect::Apply(plan, Command::SetPrompt { turn, prompt }));
        }
        EditTarget::Result(plan, turn) => effects.push(Effect::Apply(plan, Command::SetResult { turn, result: text })),
        EditTarget::File(_) => effects.push(Effect::LoadLibrary),
    }
}
