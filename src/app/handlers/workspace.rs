//! What actions do in a plan's workspace.

use crate::app::availability;
use crate::app::dialog::{Dialog, Input};
use crate::app::layout::pane_step;
use crate::app::model::{Model, Screen};
use crate::app::msg::{EditTarget, Effect};
use crate::app::purpose::Purpose;
use crate::app::workspace::{EvidenceRow, Pane, Workspace};
use crate::domain::checklist::ChecklistItem;
use crate::domain::command::{Command, TurnRef};
use crate::domain::plan::TurnState;
use crate::keys::Action;
use crate::workflow::availability::Act;
use crate::workflow::next::Step;

use super::gate::decide;
use super::iterations;
use super::moves::{shifted, steps};
use super::overlay::open;
use super::prompt::{copy, copy_what, send};
use super::record::{add, choose_value, metric, record};

/// Refuses what would be refused, before anything is typed for it; gives back whether it did.
pub(super) fn refuses(model: &mut Model, act: Act) -> bool {
    let refusal = availability::against(model, act);
    if let Some(refusal) = &refusal {
        model.refuse(refusal.text());
    }
    refusal.is_some()
}

/// Changes the open plan.
pub(super) fn apply(model: &mut Model, command: Command, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    if let Some(why) = workspace.read_only.clone() {
        return model.refuse(format!("read-only: {why}"));
    }
    effects.push(Effect::Apply(workspace.plan.id.clone(), command));
}

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action);
    let Some(workspace) = &mut model.workspace else {
        model.screen = Screen::Plans;
        return true;
    };
    if let Some(by) = by {
        move_in(workspace, by);
        return true;
    }
    match action {
        Action::NextPane | Action::PrevPane => {
            let pane = pane_step(&Workspace::PANES, workspace.pane, if action == Action::NextPane { 1 } else { -1 });
            workspace.focus(pane);
        }
        Action::Zoom => workspace.zoomed = !workspace.zoomed,
        Action::ScrollDown => workspace.scroll += 3,
        Action::ScrollUp => workspace.scroll = workspace.scroll.saturating_sub(3),
        Action::Checklist => workspace.focus(Pane::Checklist),
        Action::View if workspace.plan.is_multi_session() => model.screen = Screen::Lanes,
        Action::View => model.refuse("lanes show several sessions; this plan has one"),
        Action::Enter => enter(model, effects),
        Action::Edit => edit(model, effects),
        Action::Toggle => toggle(model, effects),
        Action::Add => add(model),
        Action::Delete => delete(model),
        Action::Editor => editor(model, effects),
        Action::Copy => copy(model, effects),
        Action::CopyWhat => copy_what(model),
        Action::Send => send(model, effects),
        other => match other.pane() {
            Some(at) if at < Workspace::PANES.len() => {
                let pane = workspace.pane_at(at);
                workspace.focus(pane);
            }
            Some(_) => return false,
            None => return on_turn(model, other, effects),
        },
    }
    true
}

/// Actions on the selected turn: the same in the workspace and in the lanes.
pub(super) fn on_turn(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let user = model.user.clone();
    let Some(workspace) = &mut model.workspace else { return false };
    let at = workspace.turn_ref();
    match action {
        Action::PreviousTurn => workspace.step_turn(-1),
        Action::NextTurn => workspace.step_turn(1),
        Action::PreviousSession | Action::NextSession if !workspace.plan.is_multi_session() => {
            model.refuse("the plan has one session");
        }
        Action::PreviousSession => workspace.step_session(-1),
        Action::NextSession => workspace.step_session(1),
        Action::Timer => {
            let running = workspace.selected().is_some_and(|(_, turn)| turn.running_since.is_some());
            apply(model, if running { Command::PauseTurn(at) } else { Command::StartTurn(at) }, effects);
        }
        Action::Done => apply(model, Command::FinishTurn(at), effects),
        Action::Repeat | Action::KeepIteration | Action::RollBackIteration => {
            return iterations::handle(model, action, effects);
        }
        Action::Approve => decide(model, true, &user),
        Action::Reject => decide(model, false, &user),
        Action::Skip => {
            let Some((_, turn)) = workspace.selected() else { return true };
            let title = format!("Skip '{}'", turn.title);
            if !refuses(model, Act::Skip) {
                let dialog = Dialog::new(title, "Skip", Purpose::Skip(at), vec![Input::line("Why", "")]);
                open(model, dialog.explained(["The report prints the reason."]));
            }
        }
        Action::Reopen => reopen(model, effects),
        Action::Result => {
            let Some((_, turn)) = workspace.selected() else { return true };
            let title = format!("What came back from '{}'", turn.title);
            let input = Input::lines("Result", &turn.result);
            if !refuses(model, Act::Result) {
                open(model, Dialog::new(title, "Save", Purpose::Result(at), vec![input]));
            }
        }
        Action::Metric => metric(model),
        Action::Budget => {
            let Some((_, turn)) = workspace.selected() else { return true };
            let text = turn.budget.as_ref().map(ToString::to_string).unwrap_or_default();
            let title = format!("Budget of '{}'", turn.title);
            let dialog = Dialog::new(title, "Save", Purpose::Budget(at), vec![Input::line("Budget", &text)]);
            open(model, dialog.explained(["A duration or a range: 45m, 1h30m, 2h-4h. Empty for none."]));
        }
        Action::Values => choose_value(model),
        Action::WrapUp => {
            model.screen = Screen::WrapUp;
            if let Some(workspace) = &mut model.workspace {
                workspace.wrap_row = 0;
            }
        }
        _ => return false,
    }
    true
}

fn move_in(workspace: &mut Workspace, by: isize) {
    match workspace.pane {
        Pane::Timeline => workspace.step_turn(by),
        Pane::Prompt => workspace.scroll = shifted(workspace.scroll, by, 100_000),
        Pane::Checklist => {
            let last = workspace.selected_session().map_or(0, |session| session.checklist.len().saturating_sub(1));
            workspace.item = shifted(workspace.item, by, last);
        }
        Pane::Evidence => workspace.row = shifted(workspace.row, by, workspace.evidence_rows().len().saturating_sub(1)),
    }
}

fn enter(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    match workspace.pane {
        Pane::Timeline | Pane::Prompt => go_on(model, effects),
        Pane::Checklist => toggle(model, effects),
        Pane::Evidence => edit(model, effects),
    }
}

/// Does the next sensible thing with the selected turn.
pub(super) fn go_on(model: &mut Model, effects: &mut Vec<Effect>) {
    let user = model.user.clone();
    let Some(workspace) = &mut model.workspace else { return };
    let at = workspace.turn_ref();
    let leads_to = workspace.leads_to();
    match workspace.next() {
        Some(Step::Start(_) | Step::Resume(_)) => apply(model, Command::StartTurn(at), effects),
        Some(Step::Copy(_)) => copy(model, effects),
        Some(Step::Record(_, slot)) => {
            workspace.focus(Pane::Evidence);
            workspace.row = slot;
            edit(model, effects);
        }
        Some(Step::Close(_)) => apply(model, Command::FinishTurn(at), effects),
        Some(Step::Decide(..)) => decide(model, true, &user),
        Some(Step::Unblock(_, blocker)) if leads_to.is_none() => {
            let key = model.keymap.key(Action::Reopen).unwrap_or_default();
            let text = format!("{}; {key} reopens it", blocker.long());
            model.refuse(text);
        }
        Some(step @ (Step::Unblock(..) | Step::GoTo(..))) => {
            let waits = matches!(step, Step::Unblock(..));
            let Some((session, turn)) = leads_to else { return };
            workspace.select_session(&session);
            if let Some(turn) = turn {
                workspace.select_turn(turn);
            }
            if waits {
                workspace.pane = Pane::Timeline;
            }
        }
        Some(Step::WrapUp(_) | Step::StartQueued(_)) | None => {
            workspace.wrap_row = 0;
            model.screen = Screen::WrapUp;
        }
    }
}

/// Edits what is selected: evidence, result, note, prompt.
fn edit(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    let at = workspace.turn_ref();
    match workspace.pane {
        Pane::Timeline | Pane::Prompt => edit_prompt(model),
        Pane::Checklist => tick_with_note(model, workspace.item),
        Pane::Evidence => match workspace.evidence_rows().get(workspace.row) {
            Some(EvidenceRow::Slot(_)) => record(model),
            Some(EvidenceRow::Metric(_)) => metric(model),
            Some(EvidenceRow::Note(_)) => {
                open(model, Dialog::new("Note", "Save", Purpose::Note(at), vec![Input::lines("Note", "")]))
            }
            Some(EvidenceRow::Iteration(_)) => {
                let [keep, back] =
                    [Action::KeepIteration, Action::RollBackIteration].map(|action| model.keymap.key(action));
                let [keep, back] = [keep, back].map(Option::unwrap_or_default);
                model.refuse(format!("{keep} keeps what it did, {back} says that it was rolled back"));
            }
            Some(EvidenceRow::Result) | None => {
                on_turn(model, Action::Result, effects);
            }
        },
    }
}

fn edit_prompt(model: &mut Model) {
    if refuses(model, Act::Prompt) {
        return;
    }
    let Some(workspace) = &model.workspace else { return };
    let Some((session, turn)) = workspace.selected() else { return };
    match workspace.plan.prompt(session, turn) {
        Ok(prompt) => {
            let title = format!("Prompt of '{}'", turn.title);
            let dialog = Dialog::new(
                title,
                "Save",
                Purpose::Prompt(workspace.turn_ref()),
                vec![Input::lines("Prompt", &prompt)],
            );
            open(
                model,
                dialog.explained(["From here on these are your own words; values do not change them any more."]),
            );
        }
        Err(error) => {
            let text = format!("the template of '{}' is wrong: {error}", turn.title);
            model.fail(text);
        }
    }
}

fn toggle(model: &mut Model, effects: &mut Vec<Effect>) {
    let user = model.user.clone();
    let Some(workspace) = &model.workspace else { return };
    if workspace.pane != Pane::Checklist {
        let key = model.keymap.key(Action::Checklist).unwrap_or_default();
        return model.refuse(format!("{key} goes to the checklist"));
    }
    let Some(session) = workspace.selected_session() else { return };
    if let Some(item) = session.checklist.get(workspace.item) {
        let command = tick(&session.id, item, user);
        apply(model, command, effects);
    }
}

/// Ticks an item, or takes its tick back.
pub(super) fn tick(session: &str, item: &ChecklistItem, by: String) -> Command {
    let (session, id) = (session.to_owned(), item.id.clone());
    match item.ticked {
        None => Command::Tick { session, item: id, note: String::new(), by },
        Some(_) => Command::Untick { session, item: id },
    }
}

/// Asks what the tick of the item at this place rests on.
pub(super) fn tick_with_note(model: &mut Model, at: usize) {
    if refuses(model, Act::Tick(at)) {
        return;
    }
    let user = model.user.clone();
    let Some(session) = model.workspace.as_ref().and_then(Workspace::selected_session) else { return };
    let Some(item) = session.checklist.get(at) else { return };
    let purpose = Purpose::TickNote(session.id.clone(), item.id.clone(), user);
    let title = format!("Tick: {}", item.text);
    open(model, Dialog::new(title, "Tick", purpose, vec![Input::line("What it rests on", "")]));
}

fn reopen(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some((session, turn)) = model.workspace.as_ref().and_then(Workspace::selected) else { return };
    if session.is_over() {
        let command = Command::ReopenSession(session.id.clone());
        return apply(model, command, effects);
    }
    let title = format!("Reopen '{}'", turn.title);
    if refuses(model, Act::Reopen) {
        return;
    }
    let at = model.workspace.as_ref().map_or_else(|| TurnRef::new("", ""), Workspace::turn_ref);
    let dialog = Dialog::new(title, "Reopen", Purpose::Reopen(at), vec![Input::line("Why (may be empty)", "")]);
    open(model, dialog.explained(["Its gate and the gates after it will be open again."]));
}

fn delete(model: &mut Model) {
    let Some(workspace) = &model.workspace else { return };
    let at = workspace.turn_ref();
    match workspace.pane {
        Pane::Evidence => match workspace.slot() {
            Some((_, slot)) => {
                let title = format!("Remove the evidence for '{}'", slot.label);
                let purpose = Purpose::ClearEvidence(at, slot.id.clone());
                if !workspace.slot_place().is_some_and(|place| refuses(model, Act::Clear(place))) {
                    open(model, Dialog::new(title, "Remove", purpose, vec![]));
                }
            }
            None => model.refuse("select recorded evidence to remove it"),
        },
        Pane::Timeline => {
            let Some((_, turn)) = workspace.selected() else { return };
            let title = format!("Remove the added turn '{}'", turn.title);
            if !refuses(model, Act::Remove) {
                open(model, Dialog::new(title, "Remove", Purpose::RemoveTurn(at), vec![]));
            }
        }
        Pane::Prompt | Pane::Checklist => model.refuse("nothing here can be removed"),
    }
}

fn editor(model: &mut Model, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    let Some((session, turn)) = workspace.selected() else { return };
    let (plan, at) = (workspace.plan.id.clone(), workspace.turn_ref());
    let to_result = workspace.pane == Pane::Evidence || turn.sent.is_some();
    if workspace.read_only.is_some() {
        return model.refuse("this plan is read-only");
    }
    if to_result && turn.state != TurnState::Pending {
        effects.push(Effect::Edit(EditTarget::Result(plan, at), turn.result.clone()));
    } else if let Ok(prompt) = workspace.plan.prompt(session, turn) {
        effects.push(Effect::Edit(EditTarget::Prompt(plan, at), prompt));
    }
}
