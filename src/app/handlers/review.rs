//! What actions do in the review before the start.

use std::collections::BTreeSet;

use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::domain::review::Rule;
use crate::domain::stats::Suggestion;
use crate::keys::Action;
use crate::workflow::start::no_own_budgets;

use super::moves::steps;

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action);
    let Some(form) = &mut model.form else { return true };
    if let Some(by) = by {
        form.scroll_by(by);
        return true;
    }
    match action {
        Action::ScrollDown => form.scroll_by(3),
        Action::ScrollUp => form.scroll_by(-3),
        Action::Back | Action::Edit | Action::Review => {
            form.reviewing = false;
            form.scroll = 0;
        }
        Action::OwnBudgets => switch_budgets(model),
        Action::Toggle | Action::Findings => take_all(model),
        // It is being written; a second plan is not wanted.
        Action::Enter if form.starting => {}
        Action::Enter => {
            form.starting = true;
            // What the review showed.
            let shown = form.preview.as_ref().map(|preview| preview.new.clone());
            effects.push(Effect::Create(Box::new(shown.unwrap_or_else(|| form.answers.new_plan(&[])))));
        }
        other => match other.pane() {
            Some(at) => take_one(model, at),
            None => return false,
        },
    }
    true
}

/// Makes the plan to be anew, where the review shows it.
pub(in crate::app) fn refresh(model: &mut Model) {
    let Some(form) = model.form.as_mut().filter(|form| form.reviewing) else { return };
    let record: Vec<Suggestion> = model.stats.suggestions(&form.answers.strategy).unwrap_or_default();
    form.preview = form.answers.preview(&record, &model.settings.review, model.now).ok().map(Box::new);
}

/// Takes every remedy, or leaves them all where they are taken.
fn take_all(model: &mut Model) {
    let Some(form) = &mut model.form else { return };
    let points = form.preview.as_ref().map(|preview| preview.points.as_slice()).unwrap_or_default();
    let able = || points.iter().filter(|point| point.has_remedy());
    let rules: BTreeSet<Rule> = able().map(|point| point.finding.rule).collect();
    if points.is_empty() {
        return model.tell("nothing speaks against this plan");
    }
    if rules.is_empty() {
        return model.refuse("only you can do what is advised: go back to the fields");
    }
    let all = able().all(|point| point.taken);
    form.answers.remedies = if all { BTreeSet::new() } else { rules };
    changed(model);
    model.tell(if all { "no remedy is taken" } else { "the plan to be started follows the remedies" });
}

/// Takes the remedy of the point at this place, or leaves it.
fn take_one(model: &mut Model, at: usize) {
    let Some(form) = &mut model.form else { return };
    let Some(point) = form.preview.as_ref().and_then(|preview| preview.points.get(at)) else {
        return model.refuse(format!("there is no finding {}", at + 1));
    };
    let (rule, remedy) = (point.finding.rule, point.finding.remedy.label.clone());
    if !point.has_remedy() {
        let stands = point.stands;
        return model.refuse(match stands {
            true => format!("only you can do this: {remedy}"),
            false => "another remedy did for this one".into(),
        });
    }
    let taken = form.answers.remedies.insert(rule);
    if !taken {
        form.answers.remedies.remove(&rule);
    }
    changed(model);
    model.tell(if taken { format!("remedy taken: {remedy}") } else { format!("remedy left: {remedy}") });
}

/// What was chosen is kept with the draft, and shown.
fn changed(model: &mut Model) {
    let now = model.now;
    if let Some(form) = &mut model.form {
        form.unsaved.get_or_insert(now);
    }
    refresh(model);
}

/// Takes the person's own median times as budgets, or the strategy's again.
fn switch_budgets(model: &mut Model) {
    let Some(form) = &mut model.form else { return };
    if model.stats.suggestions(&form.answers.strategy).is_some() {
        form.answers.own_budgets = !form.answers.own_budgets;
        let whose = if form.answers.own_budgets { "your own median times" } else { "the strategy's" };
        changed(model);
        return model.tell(format!("the budgets are {whose}"));
    }
    let why = match model.stats.stats.as_ref() {
        None if model.stats.failure.is_some() => "your finished plans cannot be read".into(),
        None => "your finished plans are still being read".into(),
        Some(record) => no_own_budgets(&form.answers.strategy, record),
    };
    model.refuse(why);
}
