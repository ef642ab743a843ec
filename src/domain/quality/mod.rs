//! Quality indicators: the guide's good signs of a session and the poor ones that face them.
//!
//! Each is computed from what the plan records, where that can tell; where it cannot, a person is
//! asked. Nothing is guessed.

mod code;
mod performance;
mod record;
mod words;

use super::plan::Plan;
use super::words::words;

words! {
    /// The guide's quality indicators, in its order.
    QualityIndicator:
    #[default] WorkingCode = "working-code",
    Performance = "performance",
    Documentation = "documentation",
    Understanding = "understanding",
    Knowledge = "knowledge",
}

impl QualityIndicator {
    /// What a good session shows.
    pub fn good(self) -> &'static str {
        match self {
            Self::WorkingCode => "working code, all tests pass",
            Self::Performance => "performance shown by benchmarks",
            Self::Documentation => "comprehensive documentation",
            Self::Understanding => "clear what was accomplished",
            Self::Knowledge => "knowledge that can be used again",
        }
    }

    /// What a poor one shows. Knowledge has no poor counterpart in the guide: this one is ours.
    pub fn poor(self) -> &'static str {
        match self {
            Self::WorkingCode => "code that should work, not tested",
            Self::Performance => "optimization without measurements",
            Self::Documentation => "missing documentation",
            Self::Understanding => "unclear accomplishments",
            Self::Knowledge => "nothing written down for next time",
        }
    }
}

words! {
    /// What an indicator says.
    Verdict:
    /// The good sign.
    Good = "good",
    /// The poor one.
    Poor = "poor",
    /// The record does not tell; a person has to.
    Asked = "asked",
    /// Nothing was done that it is about.
    #[default] NotApplicable = "not-applicable",
}

/// What an indicator says of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedIndicator {
    pub indicator: QualityIndicator,
    /// What it says.
    pub verdict: Verdict,
    /// Why, with the turn, slot or item that shows it.
    pub why: String,
    /// What would make it good; empty where it is, or does not apply.
    pub how_to_fix: String,
    /// Whether a person gave the verdict, because the record does not tell.
    pub by_hand: bool,
}

impl JudgedIndicator {
    /// What it says in a few words: the good sign, or the poor one; the good one as a question where
    /// a person is asked.
    pub fn headline(&self) -> String {
        match self.verdict {
            Verdict::Good | Verdict::NotApplicable => self.indicator.good().into(),
            Verdict::Poor => self.indicator.poor().into(),
            Verdict::Asked => format!("{}?", self.indicator.good()),
        }
    }

    /// Whether a person may answer it, or take the answer back.
    pub fn is_answerable(&self) -> bool {
        self.by_hand || self.verdict == Verdict::Asked
    }
}

/// What the record says of an indicator.
struct Found {
    verdict: Verdict,
    why: String,
    how_to_fix: String,
}

impl Found {
    fn good(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::Good, why: why.into(), how_to_fix: String::new() }
    }

    fn poor(why: impl Into<String>, how_to_fix: impl Into<String>) -> Self {
        Self { verdict: Verdict::Poor, why: why.into(), how_to_fix: how_to_fix.into() }
    }

    fn asked(why: impl Into<String>, how_to_fix: impl Into<String>) -> Self {
        Self { verdict: Verdict::Asked, why: why.into(), how_to_fix: how_to_fix.into() }
    }

    fn not_applicable(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::NotApplicable, why: why.into(), how_to_fix: String::new() }
    }
}

/// Every indicator of `plan`, in their order. `phrases` are those that claim without
/// showing; they are named beside what is missing.
pub fn judge(plan: &Plan, phrases: &[String]) -> Vec<JudgedIndicator> {
    let begun = record::sessions(plan).next().is_some();
    let found = |indicator| match indicator {
        _ if !begun => Found::not_applicable("nothing has begun"),
        QualityIndicator::WorkingCode => code::judge(plan, phrases),
        QualityIndicator::Performance => performance::judge(plan),
        QualityIndicator::Documentation => words::documentation(plan),
        QualityIndicator::Understanding => words::understanding(plan),
        QualityIndicator::Knowledge => words::knowledge(plan),
    };
    QualityIndicator::ALL.iter().map(|indicator| answered(plan, *indicator, found(*indicator))).collect()
}

/// What was found, or what a person answered where they are asked.
fn answered(plan: &Plan, indicator: QualityIndicator, found: Found) -> JudgedIndicator {
    let answer = plan.reflection.answers.iter().find(|answer| answer.indicator == indicator.word());
    let Some(answer) = answer.filter(|_| found.verdict == Verdict::Asked) else {
        let Found { verdict, why, how_to_fix } = found;
        return JudgedIndicator { indicator, verdict, why, how_to_fix, by_hand: false };
    };
    let (verdict, word) = if answer.good { (Verdict::Good, "yes") } else { (Verdict::Poor, "no") };
    let note = if answer.note.is_empty() { String::new() } else { format!(": {}", answer.note) };
    let how_to_fix = if answer.good { String::new() } else { found.how_to_fix };
    JudgedIndicator { indicator, verdict, why: format!("answered {word}{note}"), how_to_fix, by_hand: true }
}
