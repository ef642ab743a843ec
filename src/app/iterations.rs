//! Iterations of the selected turn: which one is meant, and what it did.

use crate::domain::metric::Course;

use super::workspace::{EvidenceRow, Pane, Workspace};

impl Workspace {
    /// The iteration that is meant: the one selected in the evidence, else the one under way.
    pub fn iteration(&self) -> u32 {
        let current = self.selected().map_or(1, |(_, turn)| turn.iteration);
        match self.evidence_rows().get(self.row) {
            Some(EvidenceRow::Iteration(number)) if self.pane == Pane::Evidence => *number,
            Some(_) | None => current,
        }
    }

    /// What an iteration of the selected turn did to each metric, and whether it made it better.
    pub fn steps(&self, iteration: u32) -> Vec<(String, Option<bool>)> {
        let at = self.turn_ref();
        let step = |course: &Course<'_>| {
            let step = course.step(&at, iteration);
            let text = course.step_in_words(step, "->")?;
            Some((format!("{}: {text}", course.spec.name()), course.step_improved(step)))
        };
        self.plan.courses().iter().filter_map(step).collect()
    }
}
