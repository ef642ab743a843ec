//! Quality indicators in the wrap-up: those that the record cannot tell are answered.

use crate::app::dialog::{Dialog, Input};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::purpose::{GOOD_OR_POOR, Purpose};
use crate::domain::command::Command;
use crate::domain::quality::{JudgedIndicator, QualityIndicator, Verdict};
use crate::keys::Action;

use super::overlay::open;
use super::workspace::apply;

/// What an action does on this indicator; gives back whether it means anything there.
pub(super) fn handle(
    model: &mut Model,
    indicator: QualityIndicator,
    action: Action,
    effects: &mut Vec<Effect>,
) -> bool {
    let Some(judged) = model.workspace.as_ref().and_then(|workspace| workspace.judged_by(indicator)) else {
        return false;
    };
    let good = match action {
        Action::Pane1 => Some(true),
        Action::Pane2 => Some(false),
        Action::Toggle | Action::Enter if judged.by_hand => None,
        Action::Toggle | Action::Enter => Some(true),
        Action::Delete => None,
        Action::Edit if judged.is_answerable() => {
            answer(model, &judged);
            return true;
        }
        Action::Edit => Some(true),
        _ => return false,
    };
    if !judged.is_answerable() {
        let text = match judged.verdict {
            Verdict::NotApplicable => format!("there is nothing to answer: {}", judged.why),
            Verdict::Good | Verdict::Poor | Verdict::Asked => {
                format!(
                    "the record tells this itself: {}",
                    if judged.how_to_fix.is_empty() { judged.why } else { judged.how_to_fix }
                )
            }
        };
        model.refuse(text);
        return true;
    }
    if good.is_none() && !judged.by_hand {
        model.refuse("it is not answered; there is nothing to take back");
        return true;
    }
    apply(
        model,
        Command::AnswerIndicator { indicator: judged.indicator.word().into(), good, note: String::new() },
        effects,
    );
    true
}

/// Asks for the answer with a remark on what it rests on.
fn answer(model: &mut Model, judged: &JudgedIndicator) {
    let is_good = !(judged.by_hand && judged.verdict == Verdict::Poor);
    let inputs =
        vec![Input::answer("Answer", &GOOD_OR_POOR, &is_good), Input::line("What it rests on (may be empty)", "")];
    let title = format!("{}?", judged.indicator.good());
    let dialog = Dialog::new(title, "Answer", Purpose::Indicator(judged.indicator.word().into()), inputs);
    open(
        model,
        dialog.explained([judged.why.clone(), judged.how_to_fix.clone()].into_iter().filter(|text| !text.is_empty())),
    );
}
