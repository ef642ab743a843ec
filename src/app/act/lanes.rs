//! What actions do in the lanes.

use crate::app::keys::Action;
use crate::app::model::{Model, Screen};
use crate::app::msg::Effect;

use super::{steps, workspace};

/// Seconds of a column, from fine to coarse.
const SCALES: [i64; 8] = [30, 60, 120, 300, 600, 1200, 1800, 3600];

pub(super) fn perform(model: &mut Model, action: Action, effects: &mut Vec<Effect>) -> bool {
    let by = steps(model, action);
    let Some(desk) = &mut model.desk else {
        model.screen = Screen::Plans;
        return true;
    };
    if let Some(by) = by {
        desk.step_session(by);
        return true;
    }
    match action {
        Action::Left => desk.step_turn(-1),
        Action::Right => desk.step_turn(1),
        Action::View | Action::Enter => model.screen = Screen::Workspace,
        Action::PanLeft => desk.axis.pan -= 8,
        Action::PanRight => desk.axis.pan += 8,
        Action::ScaleUp | Action::ScaleDown => {
            let at = SCALES.iter().position(|scale| *scale >= desk.axis.scale).unwrap_or(SCALES.len() - 1);
            let start = if desk.axis.scale == 0 { 3 } else { at };
            let next = if action == Action::ScaleUp { start.saturating_sub(1) } else { (start + 1).min(SCALES.len() - 1) };
            desk.axis.scale = SCALES[next];
        }
        Action::Zoom => {
            desk.axis.scale = 0;
            desk.axis.pan = 0;
            model.tell("everything fits again");
        }
        Action::Copy => workspace::copy(model, effects),
        other => return workspace::on_turn(model, other, effects),
    }
    true
}
