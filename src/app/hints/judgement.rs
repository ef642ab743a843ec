//! The hints around iterations and quality indicators.

use crate::app::desk::{Desk, EvidenceRow, Pane};
use crate::app::rounds::can_decide;
use crate::domain::plan::Kept;
use crate::domain::quality::Judged;
use crate::keys::Action;

use super::List;

impl List<'_> {
    /// Beginning the next iteration of a turn that repeats, and deciding on this one.
    pub(super) fn repeat(&mut self, desk: &Desk) {
        let Some((_, turn)) = desk.selected() else { return };
        if !turn.repeat.is_empty() {
            self.plain(&[Action::Repeat]);
        }
        if !matches!(desk.evidence_rows().get(desk.row), Some(EvidenceRow::Iteration(_))) || desk.pane != Pane::Evidence
        {
            self.rounds(desk);
        }
    }

    /// Keeping and rolling back, where an iteration was measured; the other one where it is decided.
    pub(super) fn rounds(&mut self, desk: &Desk) {
        let Some((_, turn)) = desk.selected() else { return };
        if !can_decide(desk) {
            return;
        }
        match turn.kept_of(desk.round()) {
            Kept::Undecided => self.plain(&[Action::KeepRound, Action::RollBackRound]),
            Kept::Yes => self.plain(&[Action::RollBackRound]),
            Kept::RolledBack => self.plain(&[Action::KeepRound]),
        }
    }

    /// On a quality indicator: answering it, where a person may.
    pub(super) fn sign(&mut self, desk: &Desk, at: usize) {
        let Some(judged) = desk.judged().into_iter().nth(at).filter(Judged::is_answerable) else { return };
        if judged.by_hand {
            self.add(Action::Toggle, "take the answer back");
        } else {
            self.add(Action::Pane1, "yes");
            self.add(Action::Pane2, "no");
        }
        self.add(Action::Edit, "answer with a note");
    }
}
