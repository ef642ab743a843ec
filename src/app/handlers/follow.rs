//! Starting what a plan has queued as a plan of its own, and dropping it from the queue.

use std::sync::Arc;

use crate::app::follow::is_of;
use crate::app::form::Form;
use crate::app::model::{Model, Screen};
use crate::app::msg::Effect;
use crate::app::workspace::{Workspace, WrapRow};
use crate::domain::command::Command;
use crate::domain::plan::Session;
use crate::keys::Action;

use super::workspace;

/// Opens the form of the queued plan at this place.
pub(super) fn start(model: &mut Model, at: usize, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    let Some(queued) = workspace.plan.waiting().get(at).copied().cloned() else { return };
    if !workspace.selected_session().is_some_and(Session::is_over) {
        let key = model.keymap.key(Action::Finish).unwrap_or_default();
        return model.refuse(format!("finish this session first ({key}); then '{}' can start", queued.title));
    }
    let plan = workspace.plan.clone();
    super::form::save_draft(model, effects);
    let draft = model.drafts.iter().find(|draft| draft.strategy == plan.strategy.id);
    if let Some(draft) = draft.filter(|draft| !is_of(draft, &plan, &queued)) {
        let name = if draft.name.is_empty() { plan.strategy.title.clone() } else { draft.name.clone() };
        let key = model.keymap.key(Action::GoPlans).unwrap_or_default();
        let text =
            format!("a form of this strategy ('{name}') was left half-way; start it or throw it away first: {key}");
        return model.refuse(text);
    }
    // The strategy as it is today; the plan's own copy where that is gone.
    let strategy = model.library.strategy(&plan.strategy.id).cloned();
    let strategy = strategy.unwrap_or_else(|| Arc::new(plan.strategy.clone()));
    let form = Form::of_queued(strategy, &plan, &queued, draft);
    let goal_is_in = form.fields.iter().any(|field| !field.name.is_empty() && field.name == queued.placeholder);
    model.form = Some(form);
    super::global::go(model, Screen::Form, effects);
    model.tell(match goal_is_in {
        true => format!("filled in from '{}', with '{}' as its goal", plan.name, queued.title),
        false => format!("filled in from '{}'; say yourself where '{}' goes", plan.name, queued.title),
    });
}

/// Takes the queued plan at this place out of the queue.
pub(super) fn drop(model: &mut Model, at: usize, effects: &mut Vec<Effect>) {
    let id =
        model.workspace.as_ref().and_then(|workspace| workspace.plan.waiting().get(at).map(|queued| queued.id.clone()));
    if let Some(id) = id {
        workspace::apply(model, Command::Unqueue(id), effects);
    }
}

impl Workspace {
    /// Selects the first queued plan in the wrap-up, where one waits; gives back its title.
    pub(in crate::app) fn offer_queued(&mut self) -> Option<String> {
        let at = self.wrap_rows().iter().position(|row| matches!(row, WrapRow::Queued(_)))?;
        self.wrap_row = at;
        Some(self.plan.waiting().first()?.title.clone())
    }
}
