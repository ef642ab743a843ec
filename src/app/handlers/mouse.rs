//! What clicks and the wheel do.

use crate::app::browser::{Pane as BrowserPane, panes};
use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::{Model, Overlay, Screen};
use crate::app::msg::ClickTarget;
use crate::app::msg::Effect;
use crate::app::workspace::{Pane, Workspace};
use crate::keys::Action;

use super::handle;
use super::moves::shifted;

/// A click: focuses a pane, selects a row, clicks of a hint do what it says. A click on the
/// selected row goes on with it.
pub(in crate::app) fn click(model: &mut Model, target: ClickTarget, effects: &mut Vec<Effect>) {
    if matches!(model.overlay, Some(Overlay::Welcome)) {
        model.overlay = None;
        model.memory.welcomed = true;
        effects.push(Effect::SaveMemory(Box::new(model.memory.clone())));
        return;
    }
    match target {
        ClickTarget::Action(action) => handle(model, action, effects),
        ClickTarget::OverlayRow(row) => click_overlay(model, row, effects),
        ClickTarget::Nowhere => {}
        ClickTarget::Pane(_) | ClickTarget::Row(..) if model.overlay.is_some() => {}
        ClickTarget::Pane(pane) => focus(model, pane),
        ClickTarget::Row(pane, row) => {
            focus(model, pane);
            if select(model, row) {
                handle(model, Action::Enter, effects);
            }
        }
    }
}

fn click_overlay(model: &mut Model, row: usize, effects: &mut Vec<Effect>) {
    match &mut model.overlay {
        Some(Overlay::Palette { cursor, .. }) => {
            if *cursor == row {
                handle(model, Action::EditEnter, effects);
            } else {
                *cursor = row;
            }
        }
        Some(Overlay::Dialog(dialog)) => {
            let button = dialog.inputs.len();
            dialog.focus = row.min(button);
            if row >= button {
                handle(model, Action::EditSave, effects);
            }
        }
        Some(Overlay::Findings { cursor }) => {
            if std::mem::replace(cursor, row) == row {
                handle(model, Action::Enter, effects);
            }
        }
        Some(Overlay::Compare(compare)) => {
            if std::mem::replace(&mut compare.cursor, row) == row {
                compare.toggle();
            }
        }
        Some(Overlay::Help { .. } | Overlay::Sending { .. } | Overlay::Welcome) | None => {}
    }
}

fn focus(model: &mut Model, pane: usize) {
    match model.screen {
        Screen::Browser if model.browser.card.open => {}
        Screen::Browser => {
            if let Some(pane) = panes(model.size).get(pane) {
                model.browser.pane = *pane;
                model.browser.searching = false;
            }
        }
        Screen::Workspace => {
            if let Some(workspace) = &mut model.workspace {
                let pane = workspace.pane_at(pane);
                workspace.focus(pane);
            }
        }
        Screen::Plans => model.plans.on_preview = pane == 1,
        Screen::Stats => model.stats.on_charts = pane == 1,
        Screen::Form => {
            // Where there is one pane, the strip above it says which.
            if let Some(form) = model.form.as_mut().filter(|_| breakpoint(model.size) == Breakpoint::Narrow) {
                form.turn = if pane == 0 { None } else { Some(form.previewed()) };
            }
        }
        Screen::Lanes | Screen::WrapUp => {}
    }
}

/// Selects a row of the focused list; gives back whether it was selected already.
fn select(model: &mut Model, row: usize) -> bool {
    let set = |at: &mut usize| std::mem::replace(at, row) == row;
    match model.screen {
        Screen::Browser if model.browser.card.open => model.browser.card.click(row, model.size, &model.library),
        Screen::Browser => match model.browser.pane {
            BrowserPane::Groups => {
                let at = model.browser.group.as_ref().map_or(0, |group| {
                    let keys = crate::app::browser::groups(&model.library, &model.memory);
                    keys.iter().position(|(key, _)| key == group).map_or(0, |at| at + 1)
                });
                model.browser.step_group(row as isize - at as isize, &model.library, &model.memory);
                false
            }
            BrowserPane::List => {
                model.browser.scroll = 0;
                row < model.browser.rows.len() && set(&mut model.browser.cursor)
            }
            BrowserPane::Preview | BrowserPane::Prompts => false,
        },
        Screen::Stats => {
            let same = model.stats.cursor() == row;
            model.stats.select(row);
            same
        }
        Screen::Plans => row < model.plans.rows.len() && set(&mut model.plans.cursor),
        Screen::Form => {
            let Some(form) = &mut model.form else { return false };
            let before = form.focus;
            form.move_focus(row as isize - before as isize);
            form.focus = row.min(form.fields.len());
            form.editing = !form.on_button();
            form.on_button()
        }
        Screen::Workspace => {
            let Some(workspace) = &mut model.workspace else { return false };
            match workspace.pane {
                Pane::Timeline => {
                    let id = workspace
                        .selected_session()
                        .and_then(|session| session.turns.get(row))
                        .map(|turn| turn.id.clone());
                    if let Some(id) = id {
                        workspace.select_turn(id);
                    }
                    false
                }
                Pane::Checklist => set(&mut workspace.item),
                Pane::Evidence => set(&mut workspace.row),
                Pane::Prompt => false,
            }
        }
        Screen::Lanes => {
            let Some(workspace) = &mut model.workspace else { return false };
            let Some(id) = workspace.plan.sessions.get(row).map(|session| session.id.clone()) else { return false };
            let same = workspace.session == id;
            workspace.select_session(&id);
            same
        }
        Screen::WrapUp => model
            .workspace
            .as_mut()
            .is_some_and(|workspace| row < workspace.wrap_rows().len() && set(&mut workspace.wrap_row)),
    }
}

/// The wheel scrolls what is under it, without moving the focus.
pub(in crate::app) fn wheel(model: &mut Model, target: ClickTarget, steps: i32, effects: &mut Vec<Effect>) {
    let by = steps as isize * 3;
    match &mut model.overlay {
        Some(Overlay::Help { scroll }) => *scroll = shifted(*scroll, by, 1000),
        Some(Overlay::Sending { scroll }) => *scroll = shifted(*scroll, -by, 100_000),
        Some(Overlay::Findings { .. } | Overlay::Compare(_)) => {
            handle(model, if by > 0 { Action::Down } else { Action::Up }, effects)
        }
        Some(Overlay::Palette { .. } | Overlay::Dialog(_) | Overlay::Welcome) => {}
        None => scroll_pane(model, target, by, effects),
    }
}

fn scroll_pane(model: &mut Model, target: ClickTarget, by: isize, effects: &mut Vec<Effect>) {
    let pane = match target {
        ClickTarget::Pane(pane) | ClickTarget::Row(pane, _) => pane,
        ClickTarget::OverlayRow(_) | ClickTarget::Action(_) | ClickTarget::Nowhere => return,
    };
    match model.screen {
        Screen::Browser if model.browser.card.open => model.browser.card.step(by.signum(), model.size),
        Screen::Browser => match panes(model.size).get(pane) {
            Some(BrowserPane::List) => model.browser.step(by.signum()),
            Some(BrowserPane::Groups) => model.browser.step_group(by.signum(), &model.library, &model.memory),
            Some(BrowserPane::Preview | BrowserPane::Prompts) => {
                model.browser.scroll = shifted(model.browser.scroll, by, 10_000)
            }
            None => {}
        },
        Screen::Workspace => {
            let Some(workspace) = &mut model.workspace else { return };
            match Workspace::PANES.get(pane) {
                Some(Pane::Prompt) => workspace.scroll = shifted(workspace.scroll, by, 100_000),
                Some(Pane::Timeline) => workspace.step_turn(by.signum()),
                Some(Pane::Checklist) => {
                    let last =
                        workspace.selected_session().map_or(0, |session| session.checklist.len().saturating_sub(1));
                    workspace.item = shifted(workspace.item, by.signum(), last);
                }
                Some(Pane::Evidence) => {
                    workspace.row =
                        shifted(workspace.row, by.signum(), workspace.evidence_rows().len().saturating_sub(1))
                }
                None => {}
            }
        }
        Screen::Form => {
            if let Some(form) = &mut model.form {
                form.scroll_by(by);
            }
        }
        Screen::Plans => model.plans.step(by.signum()),
        Screen::Stats if pane == 0 => model.stats.step(by.signum()),
        Screen::Stats => model.stats.scroll_by(by),
        Screen::Lanes | Screen::WrapUp => handle(model, if by > 0 { Action::Down } else { Action::Up }, effects),
    }
}
