//! The hints of the form: its fields, and its review.

use crate::app::form::Form;
use crate::keys::Action;

use super::{Hint, List};

impl List<'_> {
    /// The key that takes the remedies of what the review found, or leaves them.
    fn remedies(&mut self, form: &Form) {
        let points = form.preview.as_ref().map(|preview| preview.points.as_slice()).unwrap_or_default();
        let open = points.iter().any(|point| point.stands && point.has_remedy());
        let taken = points.iter().any(|point| point.taken);
        match (open, taken, points.len()) {
            (true, _, 1) => self.add(Action::Toggle, "take the remedy"),
            (true, _, _) => self.add(Action::Toggle, "take the remedies"),
            (false, true, 1) => self.add(Action::Toggle, "leave the remedy"),
            (false, true, _) => self.add(Action::Toggle, "leave the remedies"),
            (false, false, _) => {}
        }
    }

    pub(super) fn form(&mut self, form: &Form) {
        if form.reviewing {
            self.add(Action::Enter, "start the plan");
            self.remedies(form);
            if self.model.stats.suggestions(&form.answers.strategy).is_some() {
                self.add(Action::OwnBudgets, if form.answers.own_budgets { "guide's budgets" } else { "own budgets" });
            }
            self.add(Action::Down, "scroll");
            self.add(Action::Back, "back to the fields");
            self.plain(&[Action::Help]);
            return;
        }
        if form.editing {
            let several = form.fields.get(form.focus).is_some_and(|field| field.input.is_multiline());
            let chosen = form.options(form.focus, &form.answers.values()).is_some();
            self.plain(&[Action::EditNext, Action::EditPrevious]);
            if chosen {
                self.hints.push(Hint { key: "space".into(), label: "choose".into(), action: Action::Toggle });
            } else {
                self.add(Action::EditEnter, if several { "newline" } else { "next" });
            }
            self.plain(&[Action::EditDone]);
            let earlier =
                form.placeholder(form.focus).and_then(|placeholder| self.model.memory.values.get(&placeholder.name));
            if earlier.is_some_and(|values| !values.is_empty()) {
                self.plain(&[Action::EditEarlier]);
            }
            self.plain(&[Action::EditEditor, Action::EditPreviewDown]);
            self.add(Action::EditHelp, "help");
            return;
        }
        if form.turn.is_some() {
            self.add(Action::Back, "follow the field");
            self.plain(&[Action::NextPrompt]);
        }
        self.add(Action::Enter, if form.on_button() { "review" } else { "edit" });
        self.add(Action::Down, "move");
        self.plain(&[Action::Review]);
        if form.options(form.focus, &form.answers.values()).is_some() {
            self.add(Action::Toggle, "choose");
        }
        if form.is_edited(form.focus) {
            self.plain(&[Action::ResetField]);
        }
        if form.turn.is_none() {
            self.plain(&[Action::NextPrompt]);
        }
        self.add(Action::ScrollDown, "scroll");
        if form.turn.is_none() {
            self.add(Action::Back, "back, draft stays");
        }
        self.plain(&[Action::Help]);
    }
}
