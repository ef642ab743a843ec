//! What actions do in what lies over the screen: dialogs, palette, help.

use crate::app::dialog::{Dialog, InputKind};
use crate::app::dialog_drafts;
use crate::app::model::{Model, Overlay};
use crate::app::msg::{EditTarget, Effect};
use crate::app::purpose::{Outcomes, Purpose};
use crate::keys::{Action, Binding, Context, TABLE};
use crate::workflow::search::Index;

use super::moves::{shifted, steps};
use super::{compare, findings, handle as perform_below, record, workspace};

/// Gives back whether the action was the overlay's.
pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    match &mut model.overlay {
        Some(Overlay::Dialog(_)) => in_dialog(model, action, effects),
        Some(Overlay::Palette { .. }) => in_palette(model, action, effects),
        Some(Overlay::Findings { .. }) => findings::handle(model, action, effects),
        Some(Overlay::Compare(_)) => compare::handle(model, action, effects),
        Some(Overlay::Help { .. } | Overlay::Sending { .. }) => in_text(model, action, effects),
        Some(Overlay::Welcome) => {
            model.overlay = None;
            true
        }
        None => false,
    }
}

/// Opens a dialog, with what was typed into it before and not saved.
pub(super) fn open(model: &mut Model, mut dialog: Dialog) {
    if let Some(texts) = model.kept.get(&dialog_drafts::name(model, &dialog.purpose)) {
        for (input, text) in dialog.inputs.iter_mut().zip(texts) {
            input.set(text);
        }
        dialog.intro.push("What you typed before is back.".into());
    }
    model.overlay = Some(Overlay::Dialog(Box::new(dialog)));
}

fn in_dialog(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let Some(Overlay::Dialog(dialog)) = &mut model.overlay else { return false };
    match action {
        Action::EditDone | Action::Interrupt => close(model, effects),
        Action::EditNext => dialog.move_focus(1),
        Action::EditPrevious => dialog.move_focus(-1),
        Action::EditNewline => {
            if let Some(field) = dialog.focused().and_then(|input| input.field_mut()) {
                field.newline();
            }
        }
        Action::EditUndo => {
            if let Some(field) = dialog.focused().and_then(|input| input.field_mut()) {
                field.undo();
            }
        }
        Action::EditPreviewDown => dialog.scroll = shifted(dialog.scroll, 3, dialog.max_scroll.get()),
        Action::EditPreviewUp => dialog.scroll = shifted(dialog.scroll, -3, dialog.max_scroll.get()),
        Action::EditEnter if !dialog.enter() => {}
        Action::EditEnter | Action::EditSave => submit(model, effects),
        Action::EditEditor => {
            let at = dialog.focus;
            if let Some(input) = dialog.inputs.get(at).filter(|input| matches!(input.kind, InputKind::Text(_))) {
                effects.push(Effect::Edit(EditTarget::DialogField(at), input.text()));
            }
        }
        _ => {}
    }
    true
}

/// Closes a dialog; what was typed is kept until it is opened again.
fn close(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Dialog(dialog)) = model.overlay.take() else { return };
    let name = dialog_drafts::name(model, &dialog.purpose);
    if dialog.texts() == dialog.at_first || matches!(dialog.purpose, Purpose::EmptyTrash(_)) {
        model.kept.remove(&name);
    } else {
        model.kept.insert(name, dialog.texts());
        model.tell("not saved; what you typed is there when you open it again");
    }
    dialog_drafts::save(model, effects);
}

fn submit(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(Overlay::Dialog(mut dialog)) = model.overlay.take() else { return };
    match dialog.purpose.complete(dialog.given()) {
        Err(why) => {
            dialog.error = Some(why);
            model.overlay = Some(Overlay::Dialog(dialog));
        }
        Ok(Outcomes::Chosen(chosen)) => record::chosen(model, chosen, effects),
        Ok(Outcomes::Command(command)) if record::asks_to_queue(model, &mut dialog, &command) => {
            model.overlay = Some(Overlay::Dialog(dialog));
        }
        Ok(outcome) => {
            let name = dialog_drafts::name(model, &dialog.purpose);
            model.kept.remove(&name);
            model.dialog_unsaved = None;
            let changes = matches!(outcome, Outcomes::Command(_) | Outcomes::CommandOn(..));
            let may_fail = changes || matches!(outcome, Outcomes::Effect(Effect::Distil { .. }));
            model.submitted = (may_fail && dialog_drafts::is_edited(&dialog)).then(|| (name, dialog.texts()));
            let before = effects.len();
            match outcome {
                Outcomes::Command(command) => workspace::apply(model, command, effects),
                Outcomes::CommandOn(plan, command) => effects.push(Effect::Apply(plan, command)),
                Outcomes::Effect(effect) => {
                    if let Effect::Trash(plan) = &effect
                        && model.workspace.as_ref().is_some_and(|workspace| workspace.plan.id == *plan)
                    {
                        model.workspace = None;
                    }
                    if let Effect::DropDraft(strategy) = &effect {
                        model.drafts.retain(|draft| draft.strategy != *strategy);
                        model.plans.refresh(&model.listing, &model.drafts, None);
                    }
                    effects.push(effect);
                }
                Outcomes::Chosen(_) => {}
            }
            if changes && effects.len() == before {
                // Refused at once; the status says why.
                dialog_drafts::take_back(model);
            }
        }
    }
}

fn in_palette(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let lines = palette_lines(model);
    let Some(Overlay::Palette { query, cursor }) = &mut model.overlay else { return false };
    match action {
        Action::EditDone | Action::Interrupt => model.overlay = None,
        Action::EditNext => *cursor = (*cursor + 1) % lines.len().max(1),
        Action::EditPrevious => *cursor = (*cursor + lines.len().max(1) - 1) % lines.len().max(1),
        Action::EditUndo => {
            query.undo();
        }
        Action::EditEnter => {
            let chosen = lines.get(*cursor).map(|line| line.action);
            model.overlay = None;
            if let Some(action) = chosen {
                perform_below(model, action, effects);
            }
        }
        _ => {}
    }
    true
}

/// The actions that the palette offers: those of the screen and those of every screen, best first.
pub fn palette_lines(model: &Model) -> Vec<&'static Binding> {
    let Some(Overlay::Palette { query, .. }) = &model.overlay else { return Vec::new() };
    let query = query.text();
    let contexts = model.screen.contexts();
    let offered = TABLE.iter().filter(|line| {
        line.context != Context::Move
            && contexts.contains(&line.context)
            && !matches!(line.action, Action::Palette | Action::Interrupt)
            && line.action.pane().is_none()
    });
    let mut lines: Vec<(usize, &Binding)> = Vec::new();
    for line in offered {
        let text = format!("{} {} {}", line.label, line.name, line.help);
        let marks = Index::marks(&text, &query);
        if query.trim().is_empty() {
            lines.push((0, line));
        } else if let (Some(first), Some(last)) = (marks.first(), marks.last()) {
            // Tight and early is better.
            lines.push((last - first + first / 4, line));
        }
    }
    lines.sort_by_key(|(rank, line)| (*rank, contexts.iter().position(|context| *context == line.context)));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Keeps the palette's cursor on a line.
pub(super) fn clamp_palette(model: &mut Model) {
    let last = palette_lines(model).len().saturating_sub(1);
    if let Some(Overlay::Palette { cursor, .. }) = &mut model.overlay {
        *cursor = (*cursor).min(last);
    }
}

/// Help and the send command's output: text that scrolls.
fn in_text(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action).or(match action {
        Action::ScrollDown => Some(3),
        Action::ScrollUp => Some(-3),
        _ => None,
    });
    match (&mut model.overlay, action) {
        (Some(Overlay::Sending { .. }), Action::Delete | Action::Skip) => effects.push(Effect::CancelSend),
        (Some(Overlay::Help { scroll }), _) if by.is_some() => *scroll = shifted(*scroll, by.unwrap_or(0), 1000),
        (Some(Overlay::Sending { scroll }), _) if by.is_some() => *scroll = shifted(*scroll, -by.unwrap_or(0), 100_000),
        (_, Action::Quit | Action::Back | Action::Interrupt | Action::Help | Action::GoHelp | Action::Enter) => {
            model.overlay = None
        }
        (_, Action::Redraw | Action::Suspend | Action::Palette) => return false,
        _ => {}
    }
    true
}
