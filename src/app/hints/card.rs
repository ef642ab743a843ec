//! The hints of the card that says which strategy fits.

use crate::app::advise::Spot;
use crate::app::keys::Action;

use super::List;

impl List<'_> {
    /// The card that says which strategy fits.
    pub(super) fn card(&mut self) {
        let card = &self.model.browser.card;
        match card.spot() {
            Spot::Question(_) => {
                self.add(Action::Enter, "next");
                self.add(Action::Right, "next answer");
                self.add(Action::Back, "back");
                self.add(Action::NextPane, "strategies");
                self.add(Action::Left, "answer before");
            }
            Spot::Strategy(_) => self.add(Action::Enter, "select"),
            Spot::Shape if card.advice.shape.strategy.is_some() => self.add(Action::Enter, "select the one named"),
            Spot::Shape => {}
        }
        if !matches!(card.spot(), Spot::Question(_)) {
            self.plain(&[Action::Down, Action::Up, Action::Back]);
            self.add(Action::NextPane, "questions");
        }
        self.plain(&[Action::Help, Action::Quit]);
    }
}
