//! One message in, the model changed, effects out.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind};
use jiff::Timestamp;

use crate::domain::command::Command;
use crate::domain::plan::Plan;

use super::act;
use super::desk::Desk;
use super::form::Form;
use super::keys::{Action, Chord, Found};
use super::model::{Model, Overlay, Screen, Tone};
use super::msg::{Effect, Failure, Msg};

/// Takes in one message; gives back what is to be done outside.
pub fn update(model: &mut Model, msg: Msg, now: Timestamp) -> Vec<Effect> {
    model.now = now;
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) if key.kind == KeyEventKind::Release => {}
        Msg::Key(key) => key_pressed(model, key, &mut effects),
        Msg::Paste(text) => act::typing::paste(model, &text),
        Msg::Click(target) => act::mouse::click(model, target, &mut effects),
        Msg::Wheel(target, steps) => act::mouse::wheel(model, target, steps, &mut effects),
        Msg::Resize(columns, rows) => model.size = (columns, rows),
        Msg::Focus(focused) => {
            model.focused = focused;
            if let Some(desk) = model.desk.as_ref().filter(|_| focused) {
                effects.push(Effect::Open(desk.plan.id.clone()));
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
        Msg::Drafts(drafts) => {
            model.drafts = drafts;
            model.plans.refresh(&model.listing, &model.drafts, None);
            reopen_form(model);
        }
        Msg::Opened(plan, read_only) => opened(model, *plan, read_only),
        Msg::Created(plan) => created(model, *plan, &mut effects),
        Msg::Applied(plan, summary) => applied(model, *plan, summary, &mut effects),
        Msg::DraftSaved => {
            model.saved = Some(now);
            if let Some(form) = &mut model.form {
                form.saved = Some(now);
            }
        }
        Msg::Told(text) => model.tell(text),
        Msg::Failed(failure) => failed(model, failure),
        Msg::NotSaved(plan, command, failure) => not_saved(model, plan, *command, failure),
        Msg::Edited(target, text) => act::typing::edited(model, target, text, &mut effects),
        Msg::Copied(how, turn) => {
            model.tell(how);
            if let Some((plan, turn)) = turn {
                effects.push(Effect::Apply(plan, Command::MarkSent { turn, via: "copied".into() }));
            }
        }
        Msg::SendOutput(output) => {
            if let Some(sending) = model.desk.as_mut().and_then(|desk| desk.sending.as_mut()) {
                sending.output = output;
            }
        }
        Msg::SendDone(code, output) => act::prompt::send_done(model, code, &output),
        Msg::OutsidePlans(ids) => {
            effects.push(Effect::ListPlans);
            if let Some(desk) = model.desk.as_ref().filter(|desk| ids.contains(&desk.plan.id)) {
                effects.push(Effect::Open(desk.plan.id.clone()));
            }
        }
        Msg::OutsideStrategies => effects.push(Effect::LoadLibrary),
    }
    effects
}

fn key_pressed(model: &mut Model, key: KeyEvent, effects: &mut Vec<Effect>) {
    if model.status.as_ref().is_some_and(|status| status.tone == Tone::Info) {
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
        Found::Prefix => {}
        Found::Action(action) => {
            model.pending.clear();
            act::perform(model, action, effects);
        }
        Found::Nothing => {
            let sequence = std::mem::take(&mut model.pending);
            if sequence.len() > 1 && !model.is_typing() {
                let keys: Vec<String> = sequence.iter().map(ToString::to_string).collect();
                model.refuse(format!("no action has the keys {}", keys.join(" ")));
            } else {
                act::typing::key(model, key, effects);
            }
        }
    }
}

fn tick(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.draft_is_due() {
        act::form::save_draft(model, effects);
    }
    let now = model.now;
    let told = model.desk.as_mut().map(|desk| desk.newly_over(now)).unwrap_or_default();
    for text in told {
        model.refuse(format!("{text}; {} changes the budget", model.keymap.key(Action::Budget).unwrap_or_default()));
        effects.push(Effect::Notify(text));
    }
}

/// A plan was opened, or read again because it changed.
fn opened(model: &mut Model, plan: Plan, read_only: Option<String>) {
    let place = model.returning.take().filter(|place| place.plan == plan.id);
    if let Some(desk) = model.desk.as_mut().filter(|desk| desk.plan.id == plan.id && place.is_none()) {
        if !model.unsaved.is_empty() {
            return;
        }
        if plan.revision != desk.plan.revision || plan != desk.plan {
            let outside = plan.revision == desk.plan.revision;
            desk.update(plan);
            desk.read_only = read_only;
            model.tell(if outside { "the plan's file was edited; this is its new state" } else { "the plan was changed elsewhere; this is its new state" });
        }
        return;
    }
    let remembered = place.clone().or_else(|| model.memory.plans.get(&plan.id).cloned());
    let several = plan.is_multi_session();
    let fresh = remembered.is_none();
    let mut desk = Desk::new(plan, read_only, remembered.as_ref());
    let now = model.now;
    // What was used up before is no news.
    desk.newly_over(now);
    if let Some(why) = &desk.read_only {
        let why = format!("read-only: {why}");
        model.refuse(why);
    }
    model.desk = Some(desk);
    model.screen = match place.as_ref().and_then(|place| Screen::named(&place.screen)) {
        Some(screen @ (Screen::Workspace | Screen::Lanes | Screen::WrapUp)) => screen,
        Some(Screen::Browser | Screen::Form | Screen::Plans) | None if several && fresh => Screen::Lanes,
        Some(Screen::Browser | Screen::Form | Screen::Plans) | None => Screen::Workspace,
    };
}

fn created(model: &mut Model, plan: Plan, effects: &mut Vec<Effect>) {
    model.saved = Some(model.now);
    if let Some(form) = model.form.take() {
        let inputs = form.fields.iter().filter(|field| field.edited && !field.name.is_empty());
        for field in inputs {
            model.memory.remember_value(&field.name, &field.input.text());
        }
        effects.push(Effect::DropDraft(form.strategy.id.clone()));
        model.drafts.retain(|draft| draft.strategy != form.strategy.id);
    }
    model.memory.used.insert(plan.strategy.id.clone(), model.now);
    effects.push(Effect::SaveMemory(Box::new(model.memory.clone())));
    effects.push(Effect::ListPlans);
    let name = plan.name.clone();
    model.browser.refresh(&model.library, &model.memory);
    model.desk = None;
    opened(model, plan, None);
    model.tell(format!("plan '{name}' started"));
}

fn applied(model: &mut Model, plan: Plan, summary: String, effects: &mut Vec<Effect>) {
    model.saved = Some(model.now);
    saved_one(model);
    let open = model.desk.as_mut().filter(|desk| desk.plan.id == plan.id);
    if let Some(desk) = open {
        let was_empty = desk.slot().is_some_and(|(_, slot)| slot.recorded.is_none());
        desk.update(plan);
        desk.advance();
        if was_empty && desk.slot().is_some_and(|(_, slot)| slot.recorded.is_some()) {
            desk.next_slot();
        }
    }
    model.tell(summary);
    effects.push(Effect::ListPlans);
}

/// The oldest change that waited is on disk, or will never fit.
fn saved_one(model: &mut Model) {
    if !model.unsaved.is_empty() {
        model.unsaved.remove(0);
        if model.unsaved.is_empty() {
            model.not_saved_why.clear();
        }
    }
}

fn failed(model: &mut Model, failure: Failure) {
    if failure.refused {
        // What waited does not fit the plan on disk any more; it is named, and not tried again.
        saved_one(model);
    }
    let text = if failure.hint.is_empty() { failure.message.clone() } else { format!("{}: {}", failure.message, failure.hint) };
    if failure.not_saved {
        model.not_saved_why = failure.message;
        let key = model.keymap.key(Action::SaveAgain).unwrap_or_default();
        model.fail(format!("NOT SAVED: {text}; {key} tries again"));
    } else if failure.refused {
        model.refuse(text);
    } else {
        model.fail(text);
    }
    // The place that was to be gone back to cannot be reached; stay where we are.
    model.returning = None;
}

/// A change is not on disk: it stays in memory and waits to be saved.
fn not_saved(model: &mut Model, plan: String, command: Command, failure: Failure) {
    let waiting = (plan, command);
    if !model.unsaved.contains(&waiting) {
        let (plan, command) = &waiting;
        if let Some(desk) = model.desk.as_mut().filter(|desk| desk.plan.id == *plan)
            && let Ok(change) = desk.plan.apply(command, model.now)
        {
            desk.update(change.plan);
        }
        model.unsaved.push(waiting);
    }
    failed(model, failure);
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
