//! The review: anti-patterns found in a strategy or a plan, each with what shows it and its remedy.
//!
//! A rule looks at an outline, which strategies and plans share, so that each
//! is written once. It reports what the plan shows and nothing else: where a rule is in doubt, it
//! is silent.

use super::claims::PHRASES;
use super::command::{Command, TurnRef};
use super::plan::Plan;
use super::strategy::Strategy;
use super::words::words;

mod budgets;
mod discovery;
mod drift;
mod everything;
mod irreversible;
mod outline;
mod overlap;
mod scope;
mod stated;
mod validation;

pub use drift::{Drift, drift};
pub use stated::goal_placeholder;

use outline::Outline;

words! {
    /// An anti-pattern that is looked for. The first three are the guide's.
    Rule:
    /// One session bundles several major goals.
    #[default] EverythingSession = "everything-session",
    /// Goals or turns were added after the start.
    ScopeCreep = "scope-creep",
    /// Nothing shows that what was implemented holds.
    ValidationLight = "validation-light",
    /// Something that cannot be taken back has no gate before it.
    IrreversibleStep = "irreversible-step",
    /// The turns of a session need more time than the session has.
    BudgetExceeded = "budget-exceeded",
    /// Sessions that run at the same time work on the same area.
    ParallelOverlap = "parallel-overlap",
    /// Existing code is changed before anybody has looked at it.
    DiscoveryMissing = "discovery-missing",
}

/// An anti-pattern that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: Rule,
    /// The session it is about; empty for the whole plan.
    pub session: String,
    /// The turns that show it; may be none.
    pub turns: Vec<TurnRef>,
    /// What is wrong, in one sentence.
    pub what: String,
    /// What shows it, a line each.
    pub shows: Vec<String>,
    /// What to do about it.
    pub remedy: Remedy,
}

/// What to do about a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Remedy {
    /// What it does, as an order: `split into 4 sessions, one per goal`.
    pub label: String,
    /// What carries it out, in this order; none where only a person can.
    pub commands: Vec<Command>,
}

impl Remedy {
    /// All that it does, as one change; nothing where only a person can.
    pub fn command(&self) -> Option<Command> {
        match self.commands.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            several => Some(Command::All(several.to_vec())),
        }
    }

    fn advice(label: impl Into<String>) -> Self {
        Self { label: label.into(), commands: Vec::new() }
    }
}

/// From where on the rules speak: what `[review]` in `config.toml` sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// Rules that are not looked for.
    pub off: Vec<Rule>,
    /// `everything-session`: this many goals in one session are too many. In a large session, two are.
    pub goals: u32,
    /// `everything-session`: a session whose budget ends above this many hours is large.
    pub hours: u32,
    /// `everything-session`: so is one with more turns than this.
    pub turns: u32,
    /// `everything-session`: so is one with more implementing turns than this.
    pub implement_turns: u32,
    /// `scope-creep`: this many goals added after the start are too many.
    pub added_goals: u32,
    /// `scope-creep`: so are this many added turns, validation and discovery not counted.
    pub added_turns: u32,
    /// `budget-exceeded`: per cent by which the turns' budgets may exceed their session's.
    pub budget_percent: u32,
    /// `parallel-overlap`: per cent of the words of two goals that are the same, from which on the
    /// goals count as one.
    pub overlap_percent: u32,
    /// Phrases that claim without showing; see [`claims`](super::claims).
    pub claims: Vec<String>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            off: Vec::new(),
            goals: 3,
            hours: 12,
            turns: 12,
            implement_turns: 4,
            added_goals: 1,
            added_turns: 3,
            budget_percent: 0,
            overlap_percent: 80,
            claims: PHRASES.iter().map(|phrase| (*phrase).to_owned()).collect(),
        }
    }
}

/// Most of anything that is counted; more is a slip.
const MOST: u32 = 10_000;

/// A threshold as `config.toml` sets it: `key` in the table of its rule.
#[derive(Debug)]
pub struct Threshold {
    /// What it is called there.
    pub key: &'static str,
    /// The least that it may be.
    pub least: u32,
    /// The most.
    pub most: u32,
    /// What it sets.
    pub place: fn(&mut Thresholds) -> &mut u32,
}

impl Threshold {
    const fn new(key: &'static str, least: u32, most: u32, place: fn(&mut Thresholds) -> &mut u32) -> Self {
        Self { key, least, most, place }
    }
}

/// One goal is what a session is for.
const EVERYTHING: &[Threshold] = &[
    Threshold::new("goals", 2, MOST, |all| &mut all.goals),
    Threshold::new("hours", 1, MOST, |all| &mut all.hours),
    Threshold::new("turns", 1, MOST, |all| &mut all.turns),
    Threshold::new("implement_turns", 1, MOST, |all| &mut all.implement_turns),
];

const SCOPE: &[Threshold] = &[
    Threshold::new("added_goals", 1, MOST, |all| &mut all.added_goals),
    Threshold::new("added_turns", 1, MOST, |all| &mut all.added_turns),
];

const BUDGET: &[Threshold] = &[Threshold::new("percent", 0, MOST, |all| &mut all.budget_percent)];

const OVERLAP: &[Threshold] = &[Threshold::new("percent", 1, 100, |all| &mut all.overlap_percent)];

impl Rule {
    /// What its table in `config.toml` may set.
    pub fn thresholds(self) -> &'static [Threshold] {
        match self {
            Self::EverythingSession => EVERYTHING,
            Self::ScopeCreep => SCOPE,
            Self::BudgetExceeded => BUDGET,
            Self::ParallelOverlap => OVERLAP,
            Self::ValidationLight | Self::IrreversibleStep | Self::DiscoveryMissing => &[],
        }
    }
}

/// Every anti-pattern in `plan` as it stands, before its start or under way, in the order of the
/// rules and of its sessions.
pub fn review(plan: &Plan, thresholds: &Thresholds) -> Vec<Finding> {
    let mut findings = found(&Outline::of_plan(plan), thresholds);
    for remedy in findings.iter_mut().map(|finding| &mut finding.remedy) {
        // A remedy that the plan would refuse, a value that is too long for instance, remains as advice.
        if remedy.command().is_some_and(|command| plan.apply(&command, plan.updated).is_err()) {
            remedy.commands.clear();
        }
    }
    findings
}

/// Every anti-pattern in `strategy` itself, whatever is filled in; the remedies are advice.
pub fn review_strategy(strategy: &Strategy, thresholds: &Thresholds) -> Vec<Finding> {
    let findings = found(&Outline::of_strategy(strategy), thresholds);
    let advice = |finding: Finding| Finding { remedy: Remedy::advice(finding.remedy.label), ..finding };
    findings.into_iter().map(advice).collect()
}

fn found(outline: &Outline<'_>, thresholds: &Thresholds) -> Vec<Finding> {
    let wanted = Rule::ALL.iter().copied().filter(|rule| !thresholds.off.contains(rule));
    wanted.flat_map(|rule| by_rule(rule, outline, thresholds)).collect()
}

fn by_rule(rule: Rule, outline: &Outline<'_>, thresholds: &Thresholds) -> Vec<Finding> {
    match rule {
        Rule::EverythingSession => everything::bundled(outline, thresholds),
        Rule::ScopeCreep => scope::crept(outline, thresholds),
        Rule::ValidationLight => validation::light(outline, thresholds),
        Rule::IrreversibleStep => irreversible::ungated(outline, thresholds),
        Rule::BudgetExceeded => budgets::exceeded(outline, thresholds),
        Rule::ParallelOverlap => overlap::parallel(outline, thresholds),
        Rule::DiscoveryMissing => discovery::missing(outline, thresholds),
    }
}
