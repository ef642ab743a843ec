//! From where on a rule of the review speaks: what `[review]` in `config.toml` sets.

use super::Rule;
use crate::domain::claims::PHRASES;

/// From where on the rules speak.
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
    /// Phrases that claim without showing; see [`claims`](crate::domain::claims).
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
