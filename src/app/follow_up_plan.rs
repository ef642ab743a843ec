//! A form for what a plan has queued: filled in with that plan's values and the goal that waits.

use std::sync::Arc;

use crate::domain::memory::{Draft, Origin};
use crate::domain::placeholder::Value;
use crate::domain::plan::{Plan, Queued};
use crate::domain::review::values_for;
use crate::domain::strategy::Strategy;

use super::form::Form;

impl Form {
    /// A form for `queued`, which waits in `plan`; with what was typed into it before, if that was kept.
    pub fn of_queued(strategy: Arc<Strategy>, plan: &Plan, queued: &Queued, draft: Option<&Draft>) -> Self {
        let mut form = Self::new(strategy, draft);
        form.origin = Some(Origin { plan: plan.id.clone(), name: plan.name.clone(), queued: queued.id.clone() });
        if draft.is_some() {
            return form;
        }
        let values = values_for(plan, queued);
        form.editing = false;
        for (at, field) in form.fields.iter_mut().enumerate() {
            let is_goal = !field.name.is_empty() && field.name == queued.placeholder;
            let value = || values.get(&field.name).map(Value::as_input);
            let Some(text) = (if at == 0 { Some(queued.title.clone()) } else { value() }) else { continue };
            field.input.set(&text);
            field.edited = true;
            field.left = true;
            if is_goal {
                form.focus = at;
            }
        }
        form
    }
}

/// Whether a form left half-way is the one of `queued` in `plan`.
pub fn is_of(draft: &Draft, plan: &Plan, queued: &Queued) -> bool {
    draft.origin.as_ref().is_some_and(|origin| origin.plan == plan.id && origin.queued == queued.id)
}
