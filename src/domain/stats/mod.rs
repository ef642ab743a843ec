//! What finished plans tell: planned against worked time, rework, evidence, gates, checklists, the
//! course over time, and budgets from the person's own record.
//!
//! [`PlanFacts`] are what is kept of one plan, [`Stats`] what many of them come to. Plans under way
//! do not count; abandoned ones are counted apart. Times are in seconds.

mod course;
mod facts;
mod figures;
mod suggest;
mod times;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use course::{Course, Per, Step};
pub use facts::{ItemFacts, PlanFacts, TurnEnd, TurnFacts};
pub use figures::{Figures, Miss, Outcomes, share};
pub use suggest::{ENOUGH, Own, Suggestion, own_budgets, rounded, with_own};
pub use times::{LONGEST, Times, median};

use times::Gathering;

/// What all plans that are over come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stats {
    /// Figures of all plans.
    pub total: Figures,
    /// Each strategy with a plan that is over, most finished plans first, then by title.
    pub strategies: Vec<StrategyStats>,
    /// How finished plans went over time.
    pub course: Course,
    /// Plan files that could not be read and are not counted.
    pub unreadable: usize,
}

/// What the plans of one strategy come to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StrategyStats {
    pub id: String,
    /// Its title, as the newest plan has it.
    pub title: String,
    /// Figures of its plans.
    pub figures: Figures,
    /// Its turns in the order of the newest plan, then those that only older plans have. Turns that
    /// were added to single plans are not among them.
    pub turns: Vec<TurnStats>,
    /// Time of the turns that were added to single plans, counted in iterations.
    pub added: Times,
    /// How its finished plans went over time.
    pub course: Course,
}

/// What one turn of a strategy comes to, over all finished plans.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TurnStats {
    /// The session's id.
    pub session: String,
    /// The session's title; empty where the strategy has one session.
    pub session_title: String,
    /// The turn's id.
    pub turn: String,
    pub title: String,
    /// Planned against worked time, counted in iterations.
    pub times: Times,
    /// How often it was closed as done: once in a plan, in each part of a session that was split.
    pub done: usize,
    /// How often of these without all required evidence.
    pub unverified: usize,
    /// How often it was skipped.
    pub skipped: usize,
    /// How often it was sent back or reopened.
    pub rework: u64,
    /// How often its gate was rejected.
    pub rejected: u64,
}

impl Stats {
    /// What `plans` come to at `now`, by days in `zone`. Of plans that ended in the same second, the first
    /// counts as the newer one.
    pub fn of<'p>(plans: impl IntoIterator<Item = &'p PlanFacts>, zone: &TimeZone, now: Timestamp) -> Self {
        let mut all: Vec<&PlanFacts> = plans.into_iter().collect();
        // Newest first, so that titles and orders are those of today.
        all.sort_by_key(|plan| std::cmp::Reverse(plan.ended));
        let mut by_strategy: BTreeMap<&str, Vec<&PlanFacts>> = BTreeMap::new();
        for plan in &all {
            by_strategy.entry(&plan.strategy).or_default().push(plan);
        }
        let mut strategies: Vec<StrategyStats> =
            by_strategy.into_iter().map(|(id, plans)| StrategyStats::of(id, &plans, zone, now)).collect();
        strategies.sort_by(|a, b| {
            let order = b.figures.finished.cmp(&a.figures.finished);
            order.then_with(|| a.title.cmp(&b.title)).then_with(|| a.id.cmp(&b.id))
        });
        Self { total: Figures::of(&all), strategies, course: course::course(&all, zone, now), unreadable: 0 }
    }

    /// The strategy called `id`.
    pub fn strategy(&self, id: &str) -> Option<&StrategyStats> {
        self.strategies.iter().find(|strategy| strategy.id == id)
    }

    /// Whether no plan is over yet.
    pub fn is_empty(&self) -> bool {
        self.strategies.is_empty()
    }
}

impl StrategyStats {
    /// What `plans` of the strategy `id` come to, newest first.
    fn of(id: &str, plans: &[&PlanFacts], zone: &TimeZone, now: Timestamp) -> Self {
        let finished = || plans.iter().filter(|plan| plan.finished);
        let mut turns: Vec<(TurnStats, Gathering)> = Vec::new();
        let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut added = Gathering::default();
        for turn in finished().flat_map(|plan| &plan.turns) {
            if turn.added {
                added.iterations(turn.budget, &turn.worked);
                continue;
            }
            let at = *places.entry((&turn.session, &turn.turn)).or_insert_with(|| {
                turns.push((TurnStats::new(turn), Gathering::default()));
                turns.len() - 1
            });
            let (stats, times) = &mut turns[at];
            stats.add(turn);
            times.iterations(turn.budget, &turn.worked);
        }
        Self {
            id: id.into(),
            title: plans.first().map(|plan| plan.title.clone()).unwrap_or_default(),
            figures: Figures::of(plans),
            turns: turns.into_iter().map(|(turn, times)| TurnStats { times: times.finish(), ..turn }).collect(),
            added: added.finish(),
            course: course::course(plans, zone, now),
        }
    }
}

impl TurnStats {
    fn new(turn: &TurnFacts) -> Self {
        Self {
            session: turn.session.clone(),
            session_title: turn.session_title.clone(),
            turn: turn.turn.clone(),
            title: turn.title.clone(),
            ..Self::default()
        }
    }

    fn add(&mut self, turn: &TurnFacts) {
        self.done += usize::from(turn.is_done());
        self.unverified += usize::from(turn.end == TurnEnd::Unverified);
        self.skipped += usize::from(turn.end == TurnEnd::Skipped);
        self.rework = self.rework.saturating_add(u64::from(turn.rework));
        self.rejected = self.rejected.saturating_add(u64::from(turn.rejected));
    }
}
