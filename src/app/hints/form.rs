//! The hints of the form: its fields, and its review.

use crate::app::form::Form;
use crate::app::keys::Action;

use super::{Hint, List};

impl List<'_> {
    /// The form and its review.
    pub(super) fn form(&mut self, form: &Form) {
        if form.reviewing {
            self.add(Action::Enter, "start the plan");
            if self.model.stats.suggestions(&form.strategy).is_some() {
                self.add(Action::OwnBudgets, if form.own_budgets { "guide's budgets" } else { "own budgets" });
            }
            self.add(Action::Down, "scroll");
            self.add(Action::Back, "back to the fields");
            self.plain(&[Action::Help]);
            return;
        }
        if form.editing {
            let several = form.fields.get(form.focus).is_some_and(|field| field.input.is_multiline());
            let chosen = form.answers(form.focus, &form.values()).is_some();
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
        if form.answers(form.focus, &form.values()).is_some() {
            self.add(Action::Toggle, "choose");
        }
        if form.fields.get(form.focus).is_some_and(|field| field.edited) {
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
