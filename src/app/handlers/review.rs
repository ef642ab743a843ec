//! What actions do in the review before the start.

use std::collections::BTreeSet;

use crate::app::model::Model;
use crate::app::msg::{Create, Effect};
use crate::app::to_be::{Point, ToBe};
use crate::domain::command::Command;
use crate::domain::review::Rule;
use crate::domain::stats::{ENOUGH, own_budgets};
use crate::keys::Action;

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
            let create = Create {
                strategy: form.strategy.clone(),
                values: form.given(),
                name: form.plan_name(),
                commands: commands(model),
            };
            effects.push(Effect::Create(Box::new(create)));
        }
        other => match other.pane() {
            Some(at) => take_one(model, at),
            None => return false,
        },
    }
    true
}

/// What the plan is changed by before its file is written: what the review showed.
fn commands(model: &Model) -> Vec<Command> {
    let to_be = model.form.as_ref().and_then(|form| form.to_be.as_ref());
    to_be.map_or_else(|| first(model), |to_be| to_be.commands.clone())
}

/// What comes before any remedy: the plan that it follows, and the person's own budgets.
fn first(model: &Model) -> Vec<Command> {
    let Some(form) = &model.form else { return Vec::new() };
    let suggestions = model.stats.suggestions(&form.strategy).filter(|_| form.own_budgets);
    let budgets = own_budgets(&form.strategy, suggestions.as_deref().unwrap_or_default());
    let follow = form.origin.iter().map(|origin| Command::Follow(origin.plan.clone()));
    follow.chain(budgets).collect()
}

/// Makes the plan to be anew, where the review shows it.
pub(in crate::app) fn refresh(model: &mut Model) {
    let first = first(model);
    let (now, thresholds) = (model.now, &model.settings.review);
    let Some(form) = model.form.as_mut().filter(|form| form.reviewing) else { return };
    let (values, name) = (form.given(), form.plan_name());
    form.to_be = ToBe::new((&form.strategy, &values, &name), first, &form.remedies, thresholds, now).map(Box::new);
}

/// Whether a remedy can be taken, or was.
fn has_remedy(point: &Point) -> bool {
    point.taken || !point.finding.remedy.commands.is_empty()
}

/// Takes every remedy, or leaves them all where they are taken.
fn take_all(model: &mut Model) {
    let Some(form) = &mut model.form else { return };
    let points = form.to_be.as_ref().map(|to_be| to_be.points.as_slice()).unwrap_or_default();
    let rules: BTreeSet<Rule> =
        points.iter().filter(|point| has_remedy(point)).map(|point| point.finding.rule).collect();
    if points.is_empty() {
        return model.tell("nothing speaks against this plan");
    }
    if rules.is_empty() {
        return model.refuse("only you can do what is advised: go back to the fields");
    }
    let all = points.iter().filter(|point| has_remedy(point)).all(|point| point.taken);
    form.remedies = if all { BTreeSet::new() } else { rules };
    changed(model);
    model.tell(if all { "no remedy is taken" } else { "the plan to be started follows the remedies" });
}

/// Takes the remedy of the point at this place, or leaves it.
fn take_one(model: &mut Model, at: usize) {
    let Some(form) = &mut model.form else { return };
    let Some(point) = form.to_be.as_ref().and_then(|to_be| to_be.points.get(at)) else {
        return model.refuse(format!("there is no finding {}", at + 1));
    };
    if !has_remedy(point) {
        let text = format!("only you can do this: {}", point.finding.remedy.label);
        return model.refuse(text);
    }
    let (rule, remedy) = (point.finding.rule, point.finding.remedy.label.clone());
    let taken = form.remedies.insert(rule);
    if !taken {
        form.remedies.remove(&rule);
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
    let record = model.stats.stats.as_ref();
    if model.stats.suggestions(&form.strategy).is_some() {
        form.own_budgets = !form.own_budgets;
        let whose = if form.own_budgets { "your own median times" } else { "the strategy's" };
        changed(model);
        return model.tell(format!("the budgets are {whose}"));
    }
    let finished = record.and_then(|record| record.strategy(&form.strategy.id)).map_or(0, |own| own.figures.finished);
    model.refuse(match record {
        None if model.stats.failure.is_some() => "your finished plans cannot be read".into(),
        None => "your finished plans are still being read".into(),
        Some(_) if finished >= ENOUGH => "no clock ran in your finished plans of this strategy".into(),
        Some(_) => format!("your own budgets come with {ENOUGH} finished plans of this strategy; there are {finished}"),
    });
}
