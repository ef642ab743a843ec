//! The card that says which strategy fits: five questions, and below them the strategies ranked live.

use crate::domain::advice::{Advice, Aspect, Ranked, advise};
use crate::domain::library::Library;

use super::layout::{Breakpoint, breakpoint};

/// Where rows for clicks on an answer begin; below are the card's spots.
const ANSWERS: usize = 1_000_000;

/// More answers than any question has, the open one counted.
const MOST_ANSWERS: usize = 8;

/// How many parts how to work has.
pub const SHAPE_PARTS: usize = 3;

/// The state of the card. The answers stay as they are while the program runs.
#[derive(Debug, Default)]
pub struct Card {
    pub open: bool,
    /// The answers so far, and what follows from them.
    pub advice: Advice,
    /// What has the focus, as a place among [`Card::spots`].
    pub focus: usize,
}

/// Something on the card that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    Question(Aspect),
    /// A strategy, by its rank from 0.
    Strategy(usize),
    /// A part of how to work: planning, oversight, evidence. Where there is room, that stands beside
    /// the list and needs no focus.
    Shape,
}

impl Card {
    /// Opens the card on what `library` holds now.
    pub fn show(&mut self, library: &Library) {
        self.open = true;
        self.focus = 0;
        self.rank(library);
    }

    /// Ranks the strategies anew.
    pub fn rank(&mut self, library: &Library) {
        self.advice = advise(self.advice.situation, library.strategies().map(AsRef::as_ref));
    }

    /// How many spots there are on a screen of this size.
    pub fn spots(&self, size: (u16, u16)) -> usize {
        let shape = if breakpoint(size) < Breakpoint::Roomy { SHAPE_PARTS } else { 0 };
        Aspect::ALL.len() + self.advice.ranked.len() + shape
    }

    pub fn spot(&self) -> Spot {
        let after = self.focus.saturating_sub(Aspect::ALL.len());
        match Aspect::ALL.get(self.focus) {
            Some(aspect) => Spot::Question(*aspect),
            None if after < self.advice.ranked.len() => Spot::Strategy(after),
            None => Spot::Shape,
        }
    }

    /// The strategy that has the focus.
    pub fn strategy(&self) -> Option<&Ranked> {
        match self.spot() {
            Spot::Strategy(at) => self.advice.ranked.get(at),
            Spot::Question(_) | Spot::Shape => None,
        }
    }

    /// Moves the focus by so many spots.
    pub fn step(&mut self, by: isize, size: (u16, u16)) {
        let last = self.spots(size).saturating_sub(1) as isize;
        self.focus = (self.focus as isize).saturating_add(by).clamp(0, last) as usize;
    }

    /// From the questions to the first strategy, and back to the first question.
    pub fn other_part(&mut self, size: (u16, u16)) {
        let first = Aspect::ALL.len();
        self.focus = if self.focus < first { first.min(self.spots(size).saturating_sub(1)) } else { 0 };
    }

    /// Answers the question that has the focus, by the place of the answer; the place after the last
    /// one leaves it open. Gives back whether it is a question and has that answer.
    pub fn answer(&mut self, place: usize, library: &Library) -> bool {
        let Spot::Question(aspect) = self.spot() else { return false };
        if place > aspect.words().len() {
            return false;
        }
        self.advice.situation.answer(aspect, Some(place));
        self.rank(library);
        true
    }

    /// Goes to the next answer of the question that has the focus, or the one before, round the ends.
    pub fn turn(&mut self, by: isize, library: &Library) -> bool {
        let Spot::Question(aspect) = self.spot() else { return false };
        let open = aspect.words().len();
        let at = self.advice.situation.place(aspect).unwrap_or(open) as isize;
        self.answer((at + by).rem_euclid(open as isize + 1) as usize, library)
    }

    /// The row that a click on an answer names.
    pub fn answer_row(question: usize, place: usize) -> usize {
        ANSWERS + question * MOST_ANSWERS + place
    }

    /// A click on a row: a spot, or an answer. Gives back whether a strategy was clicked that had the
    /// focus already.
    pub fn click(&mut self, row: usize, size: (u16, u16), library: &Library) -> bool {
        if let Some(answer) = row.checked_sub(ANSWERS) {
            self.focus = (answer / MOST_ANSWERS).min(Aspect::ALL.len() - 1);
            self.answer(answer % MOST_ANSWERS, library);
            return false;
        }
        let same = self.focus == row && matches!(self.spot(), Spot::Strategy(_));
        self.focus = row.min(self.spots(size).saturating_sub(1));
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: (u16, u16) = (80, 24);

    #[test]
    fn left_and_right_go_round_the_answers_and_through_the_open_one() {
        let library = Library::default();
        let mut card = Card::default();
        let words: Vec<Option<&str>> = (0..6)
            .map(|_| {
                assert!(card.turn(1, &library));
                card.advice.situation.word(Aspect::Codebase)
            })
            .collect();
        assert_eq!(words, [Some("new"), Some("existing"), None, Some("new"), Some("existing"), None]);
        assert!(card.turn(-1, &library));
        assert_eq!(card.advice.situation.word(Aspect::Codebase), Some("existing"));
    }

    #[test]
    fn no_step_and_no_click_leaves_the_card() {
        let library = Library::default();
        let mut card = Card::default();
        for by in [isize::MAX / 2, isize::MIN / 2, 3, 100] {
            card.step(by, SMALL);
            assert!(card.focus < card.spots(SMALL), "{by}");
        }
        assert_eq!(card.spot(), Spot::Shape);
        for row in [0, 4, 5, 6, 900, Card::answer_row(0, 1), Card::answer_row(4, 3), Card::answer_row(90, 7)] {
            card.click(row, SMALL, &library);
            assert!(card.focus < card.spots(SMALL), "{row}");
        }
        card.click(Card::answer_row(1, 2), SMALL, &library);
        assert_eq!(card.advice.situation.word(Aspect::Scope), Some("large"));
        assert!(!card.answer(9, &library), "there is no such answer");
    }
}
