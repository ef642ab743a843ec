//! What the table of a rule in `config.toml` may set.

use super::{Rule, Thresholds};

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
