//! How far a plan has moved from what it was at its start: planned against added turns and time.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::budget::Budget;
use crate::domain::command::Command;
use crate::domain::goals;
use crate::domain::placeholder::Value;
use crate::domain::plan::{Plan, Turn};

use super::everything::left;
use super::stated::{self, Stated};

/// What was planned at the start, and what came on top.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Moved")]
pub struct Drift {
    /// Turns of the strategy.
    pub planned_turns: usize,
    /// Turns added since.
    pub added_turns: usize,
    /// Upper ends of the planned turns' budgets, in seconds.
    pub planned_seconds: u64,
    /// Upper ends of the added turns' budgets, in seconds.
    pub added_seconds: u64,
    /// Goals written into a value since.
    pub added_goals: Vec<String>,
}

/// How far `plan` has moved from what it was at its start.
pub fn drift(plan: &Plan) -> Drift {
    let turns = || plan.sessions.iter().flat_map(|session| &session.turns);
    let seconds = |added: bool| {
        let budgets = turns().filter(|turn| turn.added == added).filter_map(|turn: &Turn| turn.budget.as_ref());
        budgets.map(Budget::high).fold(0, u64::saturating_add)
    };
    Drift {
        planned_turns: turns().filter(|turn| !turn.added).count(),
        added_turns: turns().filter(|turn| turn.added).count(),
        planned_seconds: seconds(false),
        added_seconds: seconds(true),
        added_goals: added_goals(plan).into_iter().map(|goal| goal.text).collect(),
    }
}

/// A goal that a value did not hold at the start.
pub(super) struct AddedGoal {
    pub placeholder: String,
    pub label: String,
    pub text: String,
}

/// How much of a goal's words the goal at the start has to hold for it to be no new one, in per cent.
const KNOWN: u32 = 50;

/// Goals that values hold now and did not hold at the start, and that are not queued. A value that
/// holds none of its first goals any more was replaced, not added to.
pub(super) fn added_goals(plan: &Plan) -> Vec<AddedGoal> {
    if plan.first_goal.is_empty() || plan.first_goal == plan.goal() {
        return Vec::new();
    }
    let mut added = Vec::new();
    for value in values(plan) {
        let is_known = |goal: &goals::Goal| goals::contained(&goal.text, &plan.first_goal) > KNOWN;
        if goals::goals(&value.text).iter().any(is_known) {
            let fresh = left(&value.text, Some(plan)).into_iter().filter(|goal| !is_known(goal));
            added.extend(fresh.map(|goal| AddedGoal {
                placeholder: value.placeholder.clone(),
                label: value.label.clone(),
                text: goal.text,
            }));
        }
    }
    added
}

/// The values that say what the plan is to reach.
fn values(plan: &Plan) -> Vec<Stated> {
    let mut found: Vec<Stated> = stated::of_plan(plan);
    for stated in plan.sessions.iter().flat_map(|session| stated::of_session(plan, session)) {
        if !stated.placeholder.is_empty() && !found.contains(&stated) {
            found.push(stated);
        }
    }
    found
}

/// Takes the added goals out of the texts that they were written into.
pub(super) fn without(plan: &Plan, added: &[AddedGoal]) -> Vec<Command> {
    let mut commands = Vec::new();
    for value in values(plan) {
        let Some(Value::Text(text)) = plan.values.get(&value.placeholder) else { continue };
        let mut rest = text.clone();
        for goal in goals::goals(text).into_iter().rev() {
            let is_added = |other: &AddedGoal| other.placeholder == value.placeholder && other.text == goal.text;
            if added.iter().any(is_added) && text.get(goal.span.clone()).is_some() {
                rest.replace_range(goal.span, " ");
            }
        }
        let rest = rest.trim_end_matches(|c: char| c.is_whitespace() || ",;:&-*".contains(c));
        if rest != text && !rest.is_empty() {
            commands.push(Command::SetValue { name: value.placeholder, value: Some(Value::Text(rest.into())) });
        }
    }
    commands
}
