//! Taking items from a copy of the plan that a sync tool left.

use jiff::Timestamp;

use crate::domain::compare::{self, Difference};
use crate::domain::contradiction::contradictions;
use crate::domain::plan::Plan;
use crate::domain::refusal::Refusal;

impl Plan {
    pub(super) fn take(&mut self, from: &Plan, wanted: &[Difference], now: Timestamp) -> Result<String, Refusal> {
        let summary = match wanted {
            [] => return Err(Refusal::invalid("nothing is to be taken", "name an item, or take all of them")),
            [only] => format!("taken from the copy: {}", only.label),
            several => format!("{} items taken from the copy", several.len()),
        };
        let before = contradictions(self);
        compare::take(self, from, wanted)?;
        self.settle(now);
        match contradictions(self).iter().find(|found| !before.contains(found)) {
            Some(found) => Err(Refusal::rule(
                format!("these items alone cannot be taken: {}", found.what),
                "take what else differs in that turn or session with them",
            )),
            None => Ok(summary),
        }
    }
}
