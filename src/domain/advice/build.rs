//! How a strategy is built, as far as that makes it fit a situation: sessions, gates, what it
//! measures, where it looks and where it changes something.

use crate::domain::strategy::{Strategy, TurnKind};
use crate::domain::words::count;

/// How the sessions of a strategy stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrangement {
    /// There is one.
    One,
    /// None waits for another.
    Parallel,
    /// Each waits for the one before.
    Serial,
    /// Some wait, some do not.
    Mixed,
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Build {
    /// How the sessions stand to each other.
    pub(super) arrangement: Arrangement,
    /// How many sessions.
    pub(super) sessions: usize,
    /// How many turns, repetitions not counted.
    pub(super) turns: usize,
    /// How many gates.
    pub(super) gates: usize,
    /// Whether a gate stands before the first turn that implements.
    pub(super) gate_first: bool,
    /// Whether the first turn finds out.
    pub(super) looks_first: bool,
    /// How many turns come before the first that implements.
    pub(super) turns_before: usize,
    /// Whether something is designed before the first turn that implements.
    pub(super) designs_first: bool,
    /// Whether no turn implements.
    pub(super) only_looks: bool,
    /// How many turns validate.
    pub(super) validates: usize,
    /// How many figures are measured.
    pub(super) metrics: usize,
    /// The whole budget, short; empty where there is none.
    pub(super) budget: String,
}

impl Build {
    /// What is to be known of `strategy`.
    pub(super) fn of(strategy: &Strategy) -> Self {
        let implements = |kind: TurnKind| kind == TurnKind::Implement;
        let before = || strategy.turns().take_while(|turn| !implements(turn.kind));
        let only_looks = !strategy.turns().any(|turn| matches!(turn.kind, TurnKind::Implement | TurnKind::Other));
        Self {
            arrangement: arrangement(strategy),
            sessions: strategy.sessions.len(),
            turns: strategy.turns().count(),
            gates: strategy.gates(),
            gate_first: before().any(|turn| !turn.gate.is_empty()),
            looks_first: strategy.turns().next().is_some_and(|turn| turn.kind == TurnKind::Research),
            turns_before: before().count(),
            designs_first: before().any(|turn| turn.kind == TurnKind::Design),
            only_looks,
            validates: strategy.turns().filter(|turn| turn.kind == TurnKind::Validate).count(),
            metrics: strategy.metrics.len(),
            budget: strategy.budget().map(|budget| budget.short()).unwrap_or_default(),
        }
    }

    /// Turns, sessions and budget in a few words.
    pub(super) fn size(&self) -> String {
        let sessions = if self.sessions > 1 { format!("{} sessions", self.sessions) } else { "one session".into() };
        let budget = if self.budget.is_empty() { String::new() } else { format!(", {}", self.budget) };
        format!("{} in {sessions}{budget}", count(self.turns, "turn"))
    }
}

fn arrangement(strategy: &Strategy) -> Arrangement {
    let sessions = &strategy.sessions;
    if sessions.len() < 2 {
        return Arrangement::One;
    }
    if sessions.iter().all(|session| session.after.is_empty()) {
        return Arrangement::Parallel;
    }
    let chained = sessions.windows(2).all(|pair| pair[1].after.contains(&pair[0].id));
    if chained { Arrangement::Serial } else { Arrangement::Mixed }
}
