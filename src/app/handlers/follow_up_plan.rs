//! Starting what a plan has queued as a plan of its own, and dropping it from the queue.

use crate::app::form::Form;
use crate::app::model::{Model, Screen};
use crate::app::msg::Effect;
use crate::domain::command::Command;
use crate::keys::Action;
use crate::workflow::start::{Answers, offers_queued};

use super::workspace;

/// Opens the form of the queued plan at this place.
pub(super) fn start(model: &mut Model, at: usize, effects: &mut Vec<Effect>) {
    let Some(workspace) = &model.workspace else { return };
    let Some(queued) = workspace.plan.waiting().get(at).copied().cloned() else { return };
    if !offers_queued(workspace.selected_session()) {
        let key = model.keymap.key(Action::Finish).unwrap_or_default();
        return model.refuse(format!("finish this session first ({key}); then '{}' can start", queued.title));
    }
    let plan = workspace.plan.clone();
    super::form::save_draft(model, effects);
    let answers = match Answers::of_queued(&model.library, &model.drafts, &plan, &queued) {
        Ok(answers) => answers,
        Err(why) => {
            let key = model.keymap.key(Action::GoPlans).unwrap_or_default();
            return model.refuse(format!("{why}: {key}"));
        }
    };
    let goal = answers.strategy.placeholder(&queued.placeholder).is_some();
    let draft = model.drafts.iter().find(|draft| draft.strategy == answers.strategy.id);
    let form = match draft {
        Some(draft) => Form::new(answers.strategy, Some(draft)),
        None => {
            let mut form = Form::of(answers, 0);
            form.focus = form.field_of(&queued.placeholder).unwrap_or(1).min(form.fields.len() - 1);
            form
        }
    };
    model.form = Some(form);
    super::global::go(model, Screen::Form, effects);
    model.tell(match goal {
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
