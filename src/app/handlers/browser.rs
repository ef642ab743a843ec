//! What actions do in the list of strategies.

use crate::app::browser::{Pane, Row, panes};
use crate::app::form::Form;
use crate::app::layout::pane_step;
use crate::app::model::{Model, Screen};
use crate::app::msg::{EditTarget, Effect};
use crate::keys::Action;

use super::moves::{shifted, steps};

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    if model.browser.card.open {
        return super::advise::handle(model, action);
    }
    let panes = panes(model.size);
    if !panes.contains(&model.browser.pane) {
        model.browser.pane = Pane::List;
    }
    if let Some(by) = steps(model, action) {
        move_in(model, by);
        return true;
    }
    match action {
        Action::Enter => enter(model, effects),
        Action::Toggle | Action::Left | Action::Right => {
            let open = match action {
                Action::Left => Some(false),
                Action::Right => Some(true),
                _ => None,
            };
            model.browser.fold(open, &model.library, &model.memory);
        }
        Action::NextPane | Action::PrevPane => {
            let by = if action == Action::NextPane { 1 } else { -1 };
            model.browser.pane = pane_step(&panes, model.browser.pane, by);
        }
        Action::Search => {
            model.browser.searching = true;
            model.browser.pane = Pane::List;
        }
        Action::SearchNext => model.browser.step(1),
        Action::SearchPrevious => model.browser.step(-1),
        Action::ScrollDown => model.browser.scroll += 3,
        Action::ScrollUp => model.browser.scroll = model.browser.scroll.saturating_sub(3),
        Action::Favourite => favourite(model, effects),
        Action::Advise => super::advise::open(model),
        Action::Sort => {
            model.browser.sort_next(&model.library, &model.memory);
            model.memory.sort = model.browser.sort.word().into();
            effects.push(Effect::SaveMemory(Box::new(model.memory.clone())));
            model.tell(format!("sorted {}", model.browser.sort.word()));
        }
        Action::Zoom => model.browser.zoomed = !model.browser.zoomed,
        Action::View => {
            model.browser.pane = if model.browser.pane == Pane::Preview { Pane::List } else { Pane::Preview }
        }
        Action::Copy => match model.browser.strategy(&model.library) {
            Some(strategy) => {
                let prompts: Vec<&str> = strategy.turns().map(|turn| turn.prompt.trim_end()).collect();
                effects.push(Effect::Copy(prompts.join("\n\n"), None));
            }
            None => model.refuse("select a strategy first"),
        },
        Action::Editor => match model.browser.entry(&model.library).and_then(|entry| entry.path.clone()) {
            Some(path) => effects.push(Effect::Edit(EditTarget::File(path), String::new())),
            None => model.refuse(
                "a built-in strategy cannot be edited; `setlist strategy new ID --from ID` makes a copy of your own",
            ),
        },
        other => match other.pane() {
            Some(at) if at < panes.len() => model.browser.pane = panes[at],
            Some(_) | None => return false,
        },
    }
    true
}

fn move_in(model: &mut Model, by: isize) {
    match model.browser.pane {
        Pane::List => model.browser.step(by),
        Pane::Groups => model.browser.step_group(by, &model.library, &model.memory),
        Pane::Preview | Pane::Prompts => model.browser.scroll = shifted(model.browser.scroll, by, 10_000),
    }
}

/// Uses the selected strategy, or opens the group.
fn enter(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(row) = model.browser.rows.get(model.browser.cursor).cloned() else {
        model.refuse("nothing matches; Esc shows all strategies");
        return;
    };
    match row {
        Row::Group(..) => model.browser.fold(None, &model.library, &model.memory),
        Row::Entry(entry) => {
            let Some(entry) = model.library.entries.get(entry) else { return };
            let Some(strategy) = entry.strategy.clone() else {
                let id = entry.id.clone();
                model.refuse(format!("'{id}' has errors and cannot be used; the preview names them"));
                return;
            };
            super::form::save_draft(model, effects);
            let draft = model.drafts.iter().find(|draft| draft.strategy == strategy.id);
            let kept = draft.is_some();
            model.form = Some(Form::new(strategy, draft));
            model.screen = Screen::Form;
            if kept {
                model.tell("your draft is back; R puts a field back to its default");
            }
        }
    }
}

fn favourite(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(entry) = model.browser.entry(&model.library) else {
        model.refuse("select a strategy first");
        return;
    };
    let id = entry.id.clone();
    let added = model.memory.favourites.insert(id.clone());
    if !added {
        model.memory.favourites.remove(&id);
    }
    model.browser.reload(&model.library, &model.memory, Some(&id));
    effects.push(Effect::SaveMemory(Box::new(model.memory.clone())));
    model.tell(if added { "marked as a favourite" } else { "no longer a favourite" });
}
