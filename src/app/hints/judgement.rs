//! The hints around iterations and quality indicators.

use crate::app::availability::against;
use crate::app::workspace::{EvidenceRow, Pane, Workspace};
use crate::domain::plan::Kept;
use crate::domain::quality::{JudgedIndicator, QualityIndicator};
use crate::keys::Action;
use crate::workflow::availability::Act;

use super::List;

impl List<'_> {
    /// Beginning the next iteration of a turn that repeats, and deciding on this one.
    pub(super) fn repeat(&mut self, workspace: &Workspace) {
        self.offer(workspace, &[Action::Repeat]);
        if !matches!(workspace.evidence_rows().get(workspace.row), Some(EvidenceRow::Iteration(_)))
            || workspace.pane != Pane::Evidence
        {
            self.iterations(workspace);
        }
    }

    /// Keeping and rolling back, where an iteration was measured; the other one where it is decided.
    pub(super) fn iterations(&mut self, workspace: &Workspace) {
        let Some((_, turn)) = workspace.selected() else { return };
        let iteration = workspace.iteration();
        if workspace.steps(iteration).is_empty() || against(self.model, Act::Keep(iteration)).is_some() {
            return;
        }
        match turn.kept_of(iteration) {
            Kept::Undecided => self.plain(&[Action::KeepIteration, Action::RollBackIteration]),
            Kept::Yes => self.plain(&[Action::RollBackIteration]),
            Kept::RolledBack => self.plain(&[Action::KeepIteration]),
        }
    }

    /// On a quality indicator: answering it, where a person may.
    pub(super) fn indicator(&mut self, workspace: &Workspace, indicator: QualityIndicator) {
        let Some(judged) = workspace.judged_by(indicator).filter(JudgedIndicator::is_answerable) else {
            return;
        };
        if judged.by_hand {
            self.add(Action::Toggle, "take the answer back");
        } else {
            self.add(Action::Pane1, "yes");
            self.add(Action::Pane2, "no");
        }
        self.add(Action::Edit, "answer with a note");
    }
}
