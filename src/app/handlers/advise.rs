//! What actions do on the card that says which strategy fits.

use crate::app::advise::Spot;
use crate::app::model::{Model, Tone};
use crate::keys::Action;

use super::moves::steps;

pub(super) fn open(model: &mut Model) {
    model.browser.card.show(&model.library);
}

/// Gives back whether the action was the card's.
pub(super) fn handle(model: &mut Model, action: Action) -> bool {
    if let Some(by) = steps(model, action) {
        model.browser.card.step(by, model.size);
        return true;
    }
    let card = &mut model.browser.card;
    match action {
        // What broke is put away first, as everywhere.
        Action::Back if model.status.as_ref().is_none_or(|status| status.tone == Tone::Info) => close(model),
        Action::Advise => close(model),
        Action::Enter => enter(model),
        Action::NextPane | Action::PrevPane => card.other_part(model.size),
        Action::Left | Action::Right | Action::Toggle => {
            let by = if action == Action::Left { -1 } else { 1 };
            if !card.turn(by, &model.library) {
                model.refuse("go up to a question to answer it");
            }
        }
        Action::Delete => {
            if let Spot::Question(aspect) = card.spot() {
                card.answer(aspect.words().len(), &model.library);
            } else {
                model.refuse("go up to a question to open it again");
            }
        }
        Action::ScrollDown => card.step(1, model.size),
        Action::ScrollUp => card.step(-1, model.size),
        other => {
            let Some(place) = other.pane() else { return false };
            answer(model, place);
        }
    }
    true
}

/// A digit: answers the question and goes on to the next.
fn answer(model: &mut Model, place: usize) {
    let card = &mut model.browser.card;
    if card.answer(place, &model.library) {
        card.step(1, model.size);
    } else if let Spot::Question(aspect) = card.spot() {
        model.refuse(format!("this question has {} answers", aspect.words().len() + 1));
    } else {
        model.refuse("go up to a question to answer it");
    }
}

fn close(model: &mut Model) {
    model.browser.card.open = false;
    model.status = None;
}

/// From a question to the next one; a strategy is selected in the list.
fn enter(model: &mut Model) {
    let card = &mut model.browser.card;
    let id = match card.spot() {
        Spot::Question(_) => return card.step(1, model.size),
        Spot::Strategy(_) => card.strategy().map(|ranked| ranked.id.clone()),
        Spot::Shape => card.advice.shape.strategy.clone(),
    };
    let Some(id) = id else {
        return model.refuse("no strategy is named here; go up to one");
    };
    close(model);
    model.browser.reveal(&model.library, &model.memory, &id);
    let key = model.keymap.key(Action::Enter).unwrap_or_default();
    model.tell(format!("selected; {key} uses it"));
}
