//! What speaks against a plan: what cannot be in it, then what the review finds.

use crate::domain::command::{Command, TurnRef};
use crate::domain::contradiction::{Contradiction, contradictions};
use crate::domain::plan::Plan;
use crate::domain::review::{self, Thresholds, review};

/// Something that speaks against a plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// The file was edited by hand into something that no command leads to.
    Contradiction(Contradiction),
    /// A rule of the review found it.
    Review(review::Finding),
}

/// All that speaks against `plan`.
pub fn findings(plan: &Plan, thresholds: &Thresholds) -> Vec<Finding> {
    let impossible = contradictions(plan).into_iter().map(Finding::Contradiction);
    impossible.chain(review(plan, thresholds).into_iter().map(Finding::Review)).collect()
}

/// Those that a rule of the review found.
pub fn of_review(findings: &[Finding]) -> impl Iterator<Item = &review::Finding> {
    findings.iter().filter_map(|finding| match finding {
        Finding::Contradiction(_) => None,
        Finding::Review(finding) => Some(finding),
    })
}

/// How many contradictions the one repair mends.
pub fn mended_at_once(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.command() == Some(Command::Repair)).count()
}

impl Finding {
    /// Whether it cannot be, and is not only unwise.
    pub fn is_contradiction(&self) -> bool {
        matches!(self, Self::Contradiction(_))
    }

    /// The rule's id; what contradicts itself is called beside the rules what it is.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Contradiction(_) => "contradiction",
            Self::Review(finding) => finding.rule.word(),
        }
    }

    /// What is wrong, in a sentence.
    pub fn what(&self) -> &str {
        match self {
            Self::Contradiction(found) => &found.what,
            Self::Review(finding) => &finding.what,
        }
    }

    /// What shows it, a line each.
    pub fn shows(&self) -> Vec<&str> {
        match self {
            Self::Contradiction(_) => vec!["no command leads there: the plan's file was edited by hand"],
            Self::Review(finding) => finding.shows.iter().map(String::as_str).collect(),
        }
    }

    /// Where it is seen first; the turn is empty where it concerns a session, both are where it concerns the plan.
    pub fn place(&self) -> TurnRef {
        match self {
            Self::Contradiction(found) => found.at.clone(),
            Self::Review(finding) => {
                finding.turns.first().cloned().unwrap_or_else(|| TurnRef::new(finding.session.as_str(), ""))
            }
        }
    }

    /// What to do about it, as an order.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Contradiction(found) if found.repair.is_empty() => "edit the plan's file",
            Self::Contradiction(found) => &found.repair,
            Self::Review(finding) => &finding.remedy.label,
        }
    }

    /// What carries the remedy out, as one change; nothing where only a person can.
    pub fn command(&self) -> Option<Command> {
        match self {
            Self::Contradiction(found) => (!found.repair.is_empty()).then_some(Command::Repair),
            Self::Review(finding) => finding.remedy.command(),
        }
    }
}
