//! What a session is to reach, in the words that a person gave.

use crate::domain::placeholder::{PlaceholderKind, Value, Values};
use crate::domain::plan::{Plan, Session};
use crate::domain::strategy::{SessionSpec, Strategy};
use crate::domain::template;

/// A text that says what is to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stated {
    /// The placeholder that it is the value of; empty for words of the strategy.
    pub placeholder: String,
    /// What it is called on the screen; empty for words of the strategy.
    pub label: String,
    /// The words.
    pub text: String,
}

impl Stated {
    fn words(text: &str) -> Self {
        Self { placeholder: String::new(), label: String::new(), text: text.into() }
    }
}

/// What a strategy's own session is to reach; values are not known yet.
pub(super) fn of_spec(spec: &SessionSpec, strategy: &Strategy) -> Vec<Stated> {
    let goal = if spec.goal.is_empty() && !strategy.is_multi_session() { &strategy.goal } else { &spec.goal };
    vec![Stated::words(goal)]
}

/// What a plan's session is to reach.
pub(super) fn of_session(plan: &Plan, session: &Session) -> Vec<Stated> {
    if !session.split_from.is_empty() {
        return vec![Stated::words(&session.goal)];
    }
    let strategy = &plan.strategy;
    let spec = strategy.sessions.iter().find(|spec| spec.id == session.id);
    let mut templates = vec![spec.map_or("", |spec| &spec.goal)];
    if !strategy.is_multi_session() {
        templates.push(&strategy.goal);
    }
    let values = plan.values_of(session);
    let mut found = given(strategy, &values, &templates);
    if found.is_empty() && !strategy.is_multi_session() {
        // No goal names a value: any text may hold it.
        found = strategy.placeholders.iter().filter_map(|one| value(strategy, &values, &one.name)).collect();
    }
    // A goal without any value is the strategy's own, or what a person wrote into the file.
    let own = templates.into_iter().filter(|goal| !goal.is_empty() && !goal.contains('{'));
    found.extend(own.map(Stated::words));
    found
}

/// What all sessions of a plan together are to reach, where its strategy has several.
pub(super) fn of_plan(plan: &Plan) -> Vec<Stated> {
    if !plan.strategy.is_multi_session() {
        return Vec::new();
    }
    given(&plan.strategy, &plan.shown_values(), &[&plan.strategy.goal])
}

/// The placeholder that takes the goal of a plan; empty where there is none.
pub fn goal_placeholder(plan: &Plan) -> String {
    let everywhere = of_plan(plan).into_iter();
    let mut all = everywhere.chain(plan.sessions.iter().flat_map(|session| of_session(plan, session)));
    let named = all.find(|stated| !stated.placeholder.is_empty()).map(|stated| stated.placeholder);
    // The sessions of a split have their goals as words of their own.
    named
        .or_else(|| {
            given(&plan.strategy, &plan.shown_values(), &[&plan.strategy.goal]).pop().map(|one| one.placeholder)
        })
        .unwrap_or_default()
}

/// The values that `templates` put in and that a goal can be written in.
fn given(strategy: &Strategy, values: &Values, templates: &[&str]) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    for template in templates.iter().filter(|template| template.contains('{')) {
        for (name, _) in template::names(template).unwrap_or_default() {
            if !found.iter().any(|stated| stated.placeholder == name) {
                found.extend(value(strategy, values, &name));
            }
        }
    }
    found
}

fn value(strategy: &Strategy, values: &Values, name: &str) -> Option<Stated> {
    let placeholder = strategy.placeholder(name)?;
    let text = match (placeholder.kind, values.get(name)?) {
        (PlaceholderKind::Text | PlaceholderKind::Multiline, Value::Text(text)) => text.clone(),
        (PlaceholderKind::List, Value::List(items)) => items.iter().map(|item| format!("- {item}\n")).collect(),
        _ => return None,
    };
    Some(Stated { placeholder: name.into(), label: placeholder.label.clone(), text })
}
