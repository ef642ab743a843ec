//! What a plan is filled in with that is started from another one's queue.

use crate::domain::placeholder::{self, PlaceholderKind, Value, Values};
use crate::domain::plan::{Plan, Queued};

use super::goal_placeholder;

/// The values of a plan started from `queued`: those that `plan` was given, with the queued goal in
/// the place of its own. Where the placeholder does not take the goal, it gets the title.
pub fn values_for(plan: &Plan, queued: &Queued) -> Values {
    let mut values = placeholder::without_defaults(&plan.strategy, &plan.values);
    let name = if queued.placeholder.is_empty() { goal_placeholder(plan) } else { queued.placeholder.clone() };
    let Some(taker) = plan.strategy.placeholder(&name) else { return values };
    let value = |text: &str| match taker.kind {
        PlaceholderKind::List => Value::List(vec![text.into()]),
        PlaceholderKind::Multiline => Value::Text(text.into()),
        PlaceholderKind::Text
        | PlaceholderKind::Number
        | PlaceholderKind::Choice
        | PlaceholderKind::Flag
        | PlaceholderKind::Path
        | PlaceholderKind::Url => Value::Text(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    };
    let (goal, title) = (value(&queued.goal), value(&queued.title));
    let fits = taker.fault(Some(&goal)).is_none() || taker.fault(Some(&title)).is_some();
    values.insert(name, if fits { goal } else { title });
    values
}
