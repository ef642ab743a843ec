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

/// A quality indicator: a good sign and its poor counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// Identifier.
    pub id: &'static str,
    /// What a good session shows.
    pub good: &'static str,
    /// What a poor one shows.
    pub poor: &'static str,
}

/// The guide's indicators, in its order; reusable knowledge has no poor counterpart there.
pub const SIGNS: [Sign; 5] = [
    Sign { id: "working-code", good: "working code, all tests pass", poor: "code that should work, not tested" },
    Sign { id: "performance", good: "performance shown by benchmarks", poor: "optimization without measurements" },
    Sign { id: "documentation", good: "comprehensive documentation", poor: "missing documentation" },
    Sign { id: "understanding", good: "clear what was accomplished", poor: "unclear accomplishments" },
    Sign { id: "knowledge", good: "knowledge that can be used again", poor: "nothing written down for next time" },
];

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
pub struct Judged {
    /// The indicator.
    pub sign: Sign,
    /// What it says.
    pub verdict: Verdict,
    /// Why, with the turn, slot or item that shows it.
    pub why: String,
    /// What would make it good; empty where it is, or does not apply.
    pub turn_good: String,
    /// Whether a person gave the verdict, because the record does not tell.
    pub by_hand: bool,
}

impl Judged {
    /// What it says in a few words: the good sign, or the poor one; the good one as a question where
    /// a person is asked.
    pub fn headline(&self) -> String {
        match self.verdict {
            Verdict::Good | Verdict::NotApplicable => self.sign.good.into(),
            Verdict::Poor => self.sign.poor.into(),
            Verdict::Asked => format!("{}?", self.sign.good),
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
    turn_good: String,
}

impl Found {
    fn good(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::Good, why: why.into(), turn_good: String::new() }
    }

    fn poor(why: impl Into<String>, turn_good: impl Into<String>) -> Self {
        Self { verdict: Verdict::Poor, why: why.into(), turn_good: turn_good.into() }
    }

    fn asked(why: impl Into<String>, turn_good: impl Into<String>) -> Self {
        Self { verdict: Verdict::Asked, why: why.into(), turn_good: turn_good.into() }
    }

    fn not_applicable(why: impl Into<String>) -> Self {
        Self { verdict: Verdict::NotApplicable, why: why.into(), turn_good: String::new() }
    }
}

/// Every indicator of `plan`, in the order of [`SIGNS`]. `phrases` are those that claim without
/// showing; they are named beside what is missing.
pub fn judge(plan: &Plan, phrases: &[String]) -> Vec<Judged> {
    let begun = record::sessions(plan).next().is_some();
    let found = |at: usize| match at {
        _ if !begun => Found::not_applicable("nothing has begun"),
        0 => code::judge(plan, phrases),
        1 => performance::judge(plan),
        2 => words::documentation(plan),
        3 => words::understanding(plan),
        _ => words::knowledge(plan),
    };
    SIGNS.iter().enumerate().map(|(at, sign)| answered(plan, *sign, found(at))).collect()
}

/// What was found, or what a person answered where they are asked.
fn answered(plan: &Plan, sign: Sign, found: Found) -> Judged {
    let answer = plan.reflection.signs.iter().find(|answer| answer.sign == sign.id);
    let Some(answer) = answer.filter(|_| found.verdict == Verdict::Asked) else {
        let Found { verdict, why, turn_good } = found;
        return Judged { sign, verdict, why, turn_good, by_hand: false };
    };
    let (verdict, word) = if answer.good { (Verdict::Good, "yes") } else { (Verdict::Poor, "no") };
    let note = if answer.note.is_empty() { String::new() } else { format!(": {}", answer.note) };
    let turn_good = if answer.good { String::new() } else { found.turn_good };
    Judged { sign, verdict, why: format!("answered {word}{note}"), turn_good, by_hand: true }
}
