//! The hints around what speaks against the plan.

use crate::app::workspace::Workspace;
use crate::keys::Action;

use super::List;

impl List<'_> {
    /// The key that shows what speaks against the plan, where something does.
    pub(super) fn some_findings(&mut self, workspace: &Workspace) {
        if !workspace.findings.is_empty() {
            self.plain(&[Action::Findings]);
        }
    }

    /// In the list of what speaks against the plan.
    pub(super) fn findings(&mut self, cursor: usize) {
        let Some(workspace) = &self.model.workspace else { return };
        if let Some(finding) = workspace.findings.get(cursor) {
            if finding.command().is_some() && workspace.read_only.is_none() {
                self.add(Action::Findings, "take the remedy");
            }
            if !finding.place().session.is_empty() {
                self.add(Action::Enter, "go there");
            }
        }
        if workspace.findings.len() > 1 {
            self.add(Action::Down, "next");
        }
        self.add(Action::Back, "close");
        if !self.model.has_waiting() {
            self.plain(&[Action::Undo]);
        }
    }
}
