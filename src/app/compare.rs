//! A copy that a sync tool left beside its plan: in what the two differ, and what of it is to be taken.

use crate::domain::command::Command;
use crate::domain::compare::{Changed, Comparison, Difference};

#[derive(Debug, Clone)]
pub struct Compare {
    /// The plan, the copy and in what they differ.
    pub found: Comparison,
    pub ticked: Vec<bool>,
    pub cursor: usize,
}

impl Compare {
    /// A comparison with all that was changed in the copy alone ticked.
    pub fn new(found: Comparison) -> Self {
        let ticked = found.differences.iter().map(|one| one.changed == Some(Changed::There)).collect();
        Self { found, ticked, cursor: 0 }
    }

    /// The same copy compared again: what a person ticked stays ticked where it still differs, and the cursor stays.
    #[must_use]
    pub fn again(self, found: Comparison) -> Self {
        let mut new = Self::new(found);
        if new.found.path != self.found.path {
            return new;
        }
        for (at, one) in new.found.differences.iter().enumerate() {
            if let Some(before) = self.found.differences.iter().position(|before| before.item == one.item) {
                new.ticked[at] = self.ticked[before];
            }
        }
        new.cursor = self.cursor.min(new.ticked.len().saturating_sub(1));
        new
    }

    /// The items that are ticked.
    pub fn wanted(&self) -> Vec<Difference> {
        let ticked = self.found.differences.iter().zip(&self.ticked).filter(|(_, ticked)| **ticked);
        ticked.map(|(one, _)| one.clone()).collect()
    }

    /// What takes them.
    pub fn command(&self) -> Command {
        Command::Take { from: Box::new(self.found.copy.clone()), items: self.wanted() }
    }

    /// Ticks the selected item, or takes the tick back.
    pub fn toggle(&mut self) {
        if let Some(ticked) = self.ticked.get_mut(self.cursor) {
            *ticked = !*ticked;
        }
    }

    /// Ticks all items; where all are, none.
    pub fn toggle_all(&mut self) {
        let all = self.ticked.iter().all(|ticked| *ticked);
        self.ticked.fill(!all);
    }
}
