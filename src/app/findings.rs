//! What speaks against a plan: what cannot be in it, and what the review finds.

use crate::domain::command::{Command, TurnRef};
use crate::domain::contradiction::{Contradiction, contradictions};
use crate::domain::plan::Plan;
use crate::domain::review::{Finding, Thresholds, review};

/// What contradictions are called beside the rules of the review.
const CONTRADICTION: &str = "contradiction";

/// Something that speaks against a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// The rule's id.
    pub rule: &'static str,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What shows it, a line each.
    pub shows: Vec<String>,
    /// Where it is seen first; the turn is empty where it concerns a session, both are where it
    /// concerns the plan.
    pub place: TurnRef,
    /// What to do about it.
    pub remedy: String,
    /// What carries it out; none where only a person can.
    pub commands: Vec<Command>,
}

impl Against {
    /// Whether it cannot be, and is not only unwise.
    pub fn is_contradiction(&self) -> bool {
        self.rule == CONTRADICTION
    }

    /// The one command that carries the remedy out.
    pub fn command(&self) -> Option<Command> {
        match self.commands.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            several => Some(Command::All(several.to_vec())),
        }
    }
}

/// All that speaks against `plan`: what cannot be first.
pub fn against(plan: &Plan, thresholds: &Thresholds) -> Vec<Against> {
    let found = contradictions(plan);
    let mended = found.iter().filter(|one| !one.repair.is_empty()).count();
    let impossible = found.into_iter().map(|one| impossible(one, mended));
    impossible.chain(review(plan, thresholds).into_iter().map(Against::from)).collect()
}

/// A contradiction; the repair mends all of them at once.
fn impossible(found: Contradiction, mended: usize) -> Against {
    let commands = if found.repair.is_empty() { Vec::new() } else { vec![Command::Repair] };
    let remedy = match (found.repair.is_empty(), mended) {
        (true, _) => "edit the plan's file".into(),
        (false, 0 | 1) => found.repair,
        (false, several) => format!("{} (one repair mends all {several})", found.repair),
    };
    Against {
        rule: CONTRADICTION,
        what: found.what,
        shows: vec!["no command leads there: the plan's file was edited by hand".into()],
        place: found.at,
        remedy,
        commands,
    }
}

impl From<Finding> for Against {
    fn from(finding: Finding) -> Self {
        let place = finding.turns.first().cloned().unwrap_or_else(|| TurnRef::new(finding.session, ""));
        Self {
            rule: finding.rule.word(),
            what: finding.what,
            shows: finding.shows,
            place,
            remedy: finding.remedy.label,
            commands: finding.remedy.commands,
        }
    }
}
