//! The hints where a copy is compared with its plan.

use crate::app::compare::Compare;
use crate::keys::Action;

use super::List;

impl List<'_> {
    pub(super) fn compare(&mut self, compare: &Compare) {
        if compare.ticked.is_empty() {
            self.add(Action::Enter, "put the copy away");
            self.add(Action::Back, "close");
            return;
        }
        let ticked = compare.ticked.iter().filter(|ticked| **ticked).count();
        if ticked > 0 {
            self.add(Action::Enter, &format!("take {ticked} of {}", compare.ticked.len()));
        }
        let here = compare.ticked.get(compare.cursor) == Some(&true);
        self.add(Action::Toggle, if here { "leave" } else { "take" });
        self.add(Action::Add, if ticked == compare.ticked.len() { "none" } else { "all" });
        if compare.ticked.len() > 1 {
            self.add(Action::Down, "next");
        }
        self.add(Action::Delete, "put the copy away");
        self.add(Action::Back, "close");
    }
}
