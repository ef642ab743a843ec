//! One message in, the model changed, effects out.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use jiff::Timestamp;

use crate::domain::command::Command;
use crate::domain::memory::Place;
use crate::domain::plan::{Plan, Session};

use super::dialog_drafts;
use super::form::Form;
use super::handlers;
use super::model::{Model, Overlay, Screen, Start, Tone};
use super::msg::{Effect, Failure, Msg};
use super::saving;
use super::workspace::Workspace;
use crate::keys::{Action, Chord, Context, KeyMatch};
use crate::workflow::finish::queued_now;

/// The model as it is when the program starts, and what is to be read first.
pub fn start(start: Start) -> (Model, Vec<Effect>) {
    let mut model = Model::new(start);
    let mut effects = vec![Effect::LoadLibrary, Effect::ListPlans];
    let place = model.memory.place.clone();
    go_back_to(&mut model, place, &mut effects);
    (model, effects)
}

/// Goes to the place where the program was left.
fn go_back_to(model: &mut Model, place: Place, effects: &mut Vec<Effect>) {
    if !place.strategy.is_empty() {
        model.browser.select(&model.library, &place.strategy);
        model.browser.scroll = place.scroll;
    }
    match Screen::named(&place.screen) {
        Some(Screen::Workspace | Screen::Lanes | Screen::WrapUp) if !place.plan.is_empty() => {
            effects.push(Effect::Open(place.plan.clone()));
            model.returning = Some(place);
        }
        Some(Screen::Plans) => {
            model.screen = Screen::Plans;
            model.returning = Some(place);
        }
        Some(Screen::Stats) => {
            model.screen = Screen::Stats;
            model.stats.selected = Some(place.strategy).filter(|strategy| !strategy.is_empty());
            handlers::stats::load(model, effects);
        }
        // A form comes back from its draft once that is read.
        Some(Screen::Form) => {
            effects.push(Effect::LoadDrafts);
            model.returning = Some(place);
        }
        Some(Screen::Browser | Screen::Workspace | Screen::Lanes | Screen::WrapUp) | None => {}
    }
}

/// What is to be saved when the program is told to end.
pub fn farewell(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    handlers::leave(model, &mut effects);
    effects.retain(|effect| *effect != Effect::Quit);
    effects
}

/// Takes in one message; gives back what is to be done outside.
pub fn update(model: &mut Model, msg: Msg, now: Timestamp) -> Vec<Effect> {
    model.now = now;
    let mut effects = Vec::new();
    // The record of finished plans may change the budgets of a plan to be started.
    let read = matches!(msg, Msg::Stats(_));
    let types = matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Edited(..));
    match msg {
        Msg::Key(key) if key.kind == KeyEventKind::Release => {}
        Msg::Key(key) => key_pressed(model, key, &mut effects),
        Msg::Paste(text) => handlers::typing::paste(model, &text),
        Msg::Click(target) => handlers::mouse::click(model, target, &mut effects),
        Msg::Wheel(target, steps) => handlers::mouse::wheel(model, target, steps, &mut effects),
        Msg::Resize(columns, rows) => model.size = (columns, rows),
        Msg::Focus(focused) => {
            model.focused = focused;
            if let Some(workspace) = model.workspace.as_ref().filter(|_| focused) {
                effects.push(Effect::Open(workspace.plan.id.clone()));
            }
        }
        Msg::Tick => tick(model, &mut effects),
        Msg::Library(library) => {
            let selected = model.browser.entry(&model.library).map(|entry| entry.id.clone());
            model.library = *library;
            model.library_loaded = true;
            model.browser.reload(&model.library, &model.memory, selected.as_deref());
            reopen_form(model);
        }
        Msg::Plans(listing) => {
            let selected = model.plans.plan(&model.listing).map(|plan| plan.id.clone());
            let selected = selected.or_else(|| model.returning.as_ref().map(|place| place.plan.clone()));
            model.listing = *listing;
            model.plans_listed = true;
            if let Some(why) = model.listing.failure.clone() {
                model.fail(why);
            }
            model.plans.refresh(&model.listing, &model.drafts, selected.as_deref());
        }
        Msg::Stats(stats) => handlers::stats::read(model, Ok(stats), &mut effects),
        Msg::NoStats(failure) => handlers::stats::read(model, Err(failure.text()), &mut effects),
        Msg::Drafts(drafts) => {
            saving::drafts_read(model, drafts);
            model.plans.refresh(&model.listing, &model.drafts, None);
            reopen_form(model);
        }
        Msg::Opened(plan, read_only) => opened(model, *plan, read_only),
        Msg::Created(plan) => created(model, *plan, &mut effects),
        Msg::Applied(plan, summary) => applied(model, *plan, summary, &mut effects),
        Msg::Tried => saving::tried(model, &mut effects),
        Msg::DraftSaved(strategy) => saving::draft_saved(model, &strategy),
        Msg::DraftNotSaved(strategy, failure) => saving::draft_not_saved(model, strategy, &failure),
        Msg::NotRemembered(failure) => saving::not_remembered(model, &failure),
        Msg::NotCreated(failure) => saving::not_created(model, &failure),
        Msg::Told(text) => model.tell(text),
        Msg::Compared(found) => handlers::compare::compared(model, *found),
        Msg::Distilled(made) => handlers::distil::written(model, made, &mut effects),
        Msg::Failed(failure) => failed(model, &failure),
        Msg::NotSaved(plan, command, failure) => saving::not_saved(model, plan, *command, &failure),
        Msg::Edited(target, text) => handlers::typing::edited(model, target, text, &mut effects),
        Msg::Copied(how, turn) => {
            model.tell(how.clone());
            if let Some((plan, turn)) = turn {
                model.copied = Some(how);
                effects.push(Effect::Apply(plan, Command::MarkSent { turn, via: "copied".into() }));
            }
        }
        Msg::SendOutput(output) => {
            if let Some(sending) = model.workspace.as_mut().and_then(|workspace| workspace.sending.as_mut()) {
                sending.output = output;
            }
        }
        Msg::SendDone(code, output) => handlers::prompt::send_done(model, code, &output),
        Msg::OutsidePlans(ids) => {
            effects.push(Effect::ListPlans);
            handlers::compare::refresh(model, &ids, &mut effects);
            if model.screen == Screen::Stats {
                handlers::stats::load(model, &mut effects);
            }
            if let Some(workspace) = model.workspace.as_ref().filter(|workspace| ids.contains(&workspace.plan.id)) {
                effects.push(Effect::Open(workspace.plan.id.clone()));
            }
        }
        Msg::OutsideStrategies => effects.push(Effect::LoadLibrary),
    }
    if types {
        dialog_drafts::note(model);
    }
    handlers::findings::settle(model);
    if read {
        handlers::review::refresh(model);
    }
    saving::in_order(model, &mut effects);
    effects
}

/// Something could not be done.
fn failed(model: &mut Model, failure: &Failure) {
    let text = failure.text();
    if failure.refused {
        let text = if dialog_drafts::take_back(model) {
            format!("{text}; what you typed is there when you open it again")
        } else {
            text
        };
        model.refuse(text);
    } else {
        model.fail(text);
    }
    // The place that was to be gone back to cannot be reached; stay where we are.
    model.returning = None;
}

fn key_pressed(model: &mut Model, key: KeyEvent, effects: &mut Vec<Effect>) {
    // What was only refused was read by whoever presses the next key; what broke stays until Esc.
    if model.status.as_ref().is_some_and(|status| status.tone != Tone::Error) {
        model.status = None;
    }
    if matches!(model.overlay, Some(Overlay::Welcome)) {
        model.overlay = None;
        model.memory.welcomed = true;
        effects.push(Effect::SaveMemory(Box::new(model.memory.clone())));
        if !matches!(key.code, KeyCode::Char('?')) {
            return;
        }
    }
    let chord = Chord::of(&key);
    model.pending.push(chord);
    let found = model.keymap.find(model.contexts(), &model.pending);
    match found {
        KeyMatch::Prefix => {}
        KeyMatch::Action(action) => {
            model.pending.clear();
            model.warned_of_loss &= matches!(action, Action::Quit | Action::Interrupt);
            handlers::handle(model, action, effects);
        }
        KeyMatch::Nothing => {
            let sequence = std::mem::take(&mut model.pending);
            if model.is_typing() && everywhere(model, chord, effects) {
                // Done.
            } else if sequence.len() > 1 && !model.is_typing() {
                let keys: Vec<String> = sequence.iter().map(ToString::to_string).collect();
                model.refuse(format!("no action has the keys {}", keys.join(" ")));
            } else {
                handlers::typing::key(model, key, effects);
            }
        }
    }
}

/// The keys with Ctrl that hold while typing too: nothing is typed with them. Gives back whether it was one.
fn everywhere(model: &mut Model, chord: Chord, effects: &mut Vec<Effect>) -> bool {
    let KeyMatch::Action(action) = model.keymap.find(&[Context::Global], &[chord]) else { return false };
    let types = chord.types();
    match action {
        Action::Interrupt if !types => handlers::handle(model, Action::EditDone, effects),
        Action::Suspend if !types => effects.push(Effect::Suspend),
        Action::Redraw if !types => effects.push(Effect::Redraw),
        _ => return false,
    }
    true
}

fn tick(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.draft_is_due() {
        handlers::form::save_draft(model, effects);
    }
    if model.dialog_is_due() {
        dialog_drafts::save(model, effects);
    }
    let now = model.now;
    let told = model.workspace.as_mut().map(|workspace| workspace.newly_over(now)).unwrap_or_default();
    for text in told {
        model.refuse(format!("{text}; {} changes the budget", model.keymap.key(Action::Budget).unwrap_or_default()));
        effects.push(Effect::Notify(text));
    }
}

/// A plan was opened, or read again because it changed.
fn opened(model: &mut Model, plan: Plan, read_only: Option<String>) {
    let place = model.returning.take().filter(|place| place.plan == plan.id);
    if let Some(workspace) =
        model.workspace.as_mut().filter(|workspace| workspace.plan.id == plan.id && place.is_none())
    {
        if plan.revision != workspace.on_disk.revision || plan != workspace.on_disk {
            let outside = plan.revision == workspace.on_disk.revision;
            workspace.update(plan);
            workspace.read_only = read_only;
            saving::show_waiting(model);
            model.tell(if outside {
                "the plan's file was edited; this is its new state"
            } else {
                "the plan was changed elsewhere; this is its new state"
            });
        }
        return;
    }
    let remembered = place.clone().or_else(|| model.memory.plans.get(&plan.id).cloned());
    let several = plan.is_multi_session();
    let fresh = remembered.is_none();
    let mut workspace = Workspace::new(plan, read_only, remembered.as_ref(), &model.settings.review);
    let now = model.now;
    // What was used up before is no news.
    workspace.newly_over(now);
    if let Some(why) = &workspace.read_only {
        let why = format!("read-only: {why}");
        model.refuse(why);
    }
    model.workspace = Some(workspace);
    saving::show_waiting(model);
    model.screen = match place.as_ref().and_then(|place| Screen::named(&place.screen)) {
        Some(screen @ (Screen::Workspace | Screen::Lanes | Screen::WrapUp)) => screen,
        Some(Screen::Browser | Screen::Form | Screen::Plans | Screen::Stats) | None if several && fresh => {
            Screen::Lanes
        }
        Some(Screen::Browser | Screen::Form | Screen::Plans | Screen::Stats) | None => Screen::Workspace,
    };
}

fn created(model: &mut Model, plan: Plan, effects: &mut Vec<Effect>) {
    model.saved = Some(model.now);
    if let Some(form) = model.form.take() {
        form.answers.remember(&mut model.memory, model.now);
        let id = &form.answers.strategy.id;
        model.drafts.retain(|draft| draft.strategy != *id);
        effects.push(Effect::DropDraft(id.clone()));
    }
    effects.push(Effect::SaveMemory(Box::new(model.memory.clone())));
    effects.push(Effect::ListPlans);
    let name = plan.name.clone();
    model.browser.refresh(&model.library, &model.memory);
    model.workspace = None;
    opened(model, plan, None);
    model.tell(format!("plan '{name}' started"));
}

fn applied(model: &mut Model, plan: Plan, summary: String, effects: &mut Vec<Effect>) {
    let mut claimed = String::new();
    model.saved = Some(model.now);
    model.submitted = None;
    dialog_drafts::save(model, effects);
    let mut offered = None;
    if let Some(workspace) = model.workspace.as_mut().filter(|workspace| workspace.plan.id == plan.id) {
        if !model.trying.is_empty() {
            // The screen shows it already, with what is tried after it.
            workspace.on_disk = plan;
            return effects.push(Effect::ListPlans);
        }
        let was_empty = workspace.slot().is_some_and(|(_, slot)| slot.recorded.is_none());
        let before = workspace.selected().map(|(_, turn)| (turn.is_closed(), turn.open_gate().is_some()));
        let was_over = workspace.selected_session().is_some_and(Session::is_over);
        workspace.update(plan);
        let after = workspace.selected().map(|(_, turn)| (turn.is_closed(), turn.open_gate().is_some()));
        if before.is_some_and(|(closed, _)| !closed) && after.is_some_and(|(closed, _)| closed) {
            claimed = workspace.claimed();
        }
        // Only what closed the turn or decided its gate leads on to the next one.
        if before != after {
            workspace.advance();
        }
        if was_empty && workspace.slot().is_some_and(|(_, slot)| slot.recorded.is_some()) {
            workspace.next_slot();
        }
        if !was_over && !queued_now(&workspace.plan).is_empty() && model.screen == Screen::WrapUp {
            offered = workspace.offer_queued();
        }
        saving::show_waiting(model);
    }
    // What else is not saved matters more than what is.
    if !model.is_unsaved() {
        let text = match model.copied.take() {
            // The summary says 'copied' already.
            Some(how) => {
                how.strip_prefix("copied").map_or_else(|| format!("{summary}: {how}"), |how| format!("{summary}{how}"))
            }
            None => summary,
        };
        let key = model.keymap.key(Action::Enter).unwrap_or_default();
        match offered {
            Some(title) => model.tell(format!("{text}; {key} starts '{title}' as its own plan")),
            // Shown as what is refused is: a person should look at it before the next turn.
            None if !claimed.is_empty() => model.refuse(format!("{text}; claimed, not shown: {claimed}")),
            None => model.tell(text),
        }
    }
    effects.push(Effect::ListPlans);
}

/// Goes back into the form that was left half-way, once its draft and strategy are known.
fn reopen_form(model: &mut Model) {
    let Some(place) = model.returning.clone().filter(|place| place.screen == Screen::Form.name()) else { return };
    let strategy = model.library.strategy(&place.strategy).cloned();
    let draft = model.drafts.iter().find(|draft| draft.strategy == place.strategy);
    if let (Some(strategy), Some(draft)) = (strategy, draft) {
        model.form = Some(Form::new(strategy, Some(draft)));
        model.screen = Screen::Form;
        model.returning = None;
    }
}
