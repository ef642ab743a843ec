//! A turn that is added to a session under way and reads as a goal of its own: the dialog says so and
//! offers to queue it instead.

use crate::app::dialog::{Dialog, Input, Paragraph};
use crate::app::model::Model;
use crate::app::purpose::{Purpose, QUEUE_OR_ADD};
use crate::domain::command::Command;
use crate::domain::plan::{Plan, SessionState, Turn};
use crate::domain::review::{Rule, Thresholds, goal_placeholder, review};

/// Asks what to do with an added turn, in the dialog that adds it, where the review would speak against
/// it. Gives back whether it asked.
pub(super) fn asks(model: &Model, dialog: &mut Dialog, command: &Command) -> bool {
    let (Purpose::AddTurn(after), Some(workspace)) = (dialog.purpose.clone(), &model.workspace) else { return false };
    let begun = workspace.plan.session(&after.session).is_some_and(|session| session.state != SessionState::Planned);
    if !begun || !is_creep(&workspace.plan, command, model) {
        return false;
    }
    let goal = workspace.plan.goal();
    let goal = goal.lines().next().unwrap_or_default();
    dialog.intro.push(Paragraph::warning(format!(
        "This reads as a goal of its own. The plan set out to do this: {goal}. Complete that first; what is queued \
         is offered as a plan of its own afterwards."
    )));
    dialog.purpose = Purpose::AddOrQueue(after, goal_placeholder(&workspace.plan));
    dialog.verb = "Go on";
    dialog.focus = dialog.inputs.len();
    dialog.inputs.push(Input::answer("What to do with it", &QUEUE_OR_ADD, &true));
    true
}

/// Whether the rule against scope creep names the turn that `command` adds.
fn is_creep(plan: &Plan, command: &Command, model: &Model) -> bool {
    let thresholds: &Thresholds = &model.settings.review;
    let Ok(change) = plan.apply(command, model.now) else { return false };
    let is_new =
        |session: &str, turn: &Turn| plan.session(session).is_some_and(|before| before.turn(&turn.id).is_none());
    let found = review(&change.plan, thresholds).into_iter().filter(|finding| finding.rule == Rule::ScopeCreep);
    found.flat_map(|finding| finding.turns).any(|at| {
        let turn = change.plan.session(&at.session).and_then(|session| session.turn(&at.turn));
        turn.is_some_and(|turn| is_new(&at.session, turn))
    })
}
