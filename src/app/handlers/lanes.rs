//! What actions do in the lanes.

use crate::app::axis::columns_about;
use crate::app::model::{Model, Screen};
use crate::app::msg::Effect;
use crate::domain::schedule::lanes;
use crate::keys::Action;

use super::moves::steps;
use super::{prompt, workspace};

pub(super) fn handle(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action);
    let (now, columns) = (model.now, columns_about(model.size));
    let Some(workspace) = &mut model.workspace else {
        model.screen = Screen::Plans;
        return true;
    };
    if let Some(by) = by {
        workspace.step_session(by);
        return true;
    }
    match action {
        Action::Left => workspace.step_turn(-1),
        Action::Right => workspace.step_turn(1),
        Action::View | Action::Enter => model.screen = Screen::Workspace,
        Action::PanLeft | Action::PanRight => {
            let by = if action == Action::PanLeft { -8 } else { 8 };
            workspace.axis.pan(by, &lanes(&workspace.plan, now), now, columns);
        }
        Action::ScaleUp | Action::ScaleDown => {
            workspace.axis.step(action == Action::ScaleUp, &lanes(&workspace.plan, now), now, columns);
        }
        Action::Zoom => {
            workspace.axis.scale = 0;
            workspace.axis.pan = 0;
            model.tell("everything fits again");
        }
        Action::Copy => prompt::copy(model, effects),
        other => return workspace::on_turn(model, other, effects),
    }
    true
}
