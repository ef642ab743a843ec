//! The hints of the list of strategies, and of the card that says which one fits.

use crate::app::advise::Spot;
use crate::app::browser::{Pane as BrowserPane, Row};
use crate::keys::Action;

use super::List;

impl List<'_> {
    /// The list of strategies.
    pub(super) fn browser(&mut self) {
        let browser = &self.model.browser;
        if browser.card.open {
            return self.card();
        }
        if browser.searching {
            self.add(Action::EditEnter, "keep hits");
            self.add(Action::EditDone, "show all");
            return;
        }
        match browser.rows.get(browser.cursor) {
            Some(Row::Group(_, _, true)) if browser.pane == BrowserPane::List => self.add(Action::Enter, "close group"),
            Some(Row::Group(_, _, false)) if browser.pane == BrowserPane::List => self.add(Action::Enter, "open group"),
            Some(Row::Entry(_)) if browser.strategy(&self.model.library).is_some() => self.add(Action::Enter, "use"),
            Some(Row::Group(..) | Row::Entry(_)) | None => {}
        }
        self.plain(&[Action::Search, Action::NextPane]);
        self.add(Action::ScrollDown, "scroll");
        self.plain(&[Action::Advise]);
        if browser.entry(&self.model.library).is_some() {
            self.plain(&[Action::Favourite]);
        }
        self.plain(&[Action::Help, Action::GoPlans, Action::Palette, Action::Sort, Action::Zoom, Action::Quit]);
    }

    /// The card that says which strategy fits.
    fn card(&mut self) {
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
