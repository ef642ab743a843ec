//! Statistics as JSON: the shape of `setlist.stats/1`. Times are in whole seconds.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::stats::{self, Miss, Outcomes, Per, Stats, Step, StrategyStats, TurnStats};

use super::json::{Document, named};

/// Figures of finished plans. They are times, rework, evidence and checklists.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StatsDocument {
    /// The figures.
    stats: AllFigures,
}

impl Document for StatsDocument {
    const SCHEMA: &'static str = "setlist.stats/1";
}

/// The figures of all plans, and of each strategy. With `--strategy`, all are those of that strategy.
#[derive(Debug, Serialize, JsonSchema)]
struct AllFigures {
    /// Plan files that could not be read and are not counted.
    unreadable: usize,
    /// The figures of all plans together.
    total: Figures,
    /// The figures of each strategy.
    strategies: Vec<OfStrategy>,
    /// How plans went over time.
    course: Course,
}

/// The figures of one strategy.
#[derive(Debug, Serialize, JsonSchema)]
struct OfStrategy {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    #[serde(flatten)]
    figures: Figures,
    /// The figures of each of its turns.
    turns: Vec<OfTurn>,
    /// Times of turns that were added to its plans.
    added: Times,
    /// How its plans went over time.
    course: Course,
}

/// The figures of one turn of a strategy.
#[derive(Debug, Serialize, JsonSchema)]
struct OfTurn {
    /// The session's id.
    session: String,
    /// The turn's id.
    turn: String,
    /// What screens call it.
    title: String,
    /// How often it was done.
    done: usize,
    /// How often without all its required evidence.
    unverified: usize,
    /// How often it was skipped.
    skipped: usize,
    /// How often it was sent back by its gate or reopened.
    rework: u64,
    /// How often its gate was rejected.
    gates_rejected: u64,
    /// The median of its times, rounded, as a budget; null where there are too few.
    suggested_budget: Option<String>,
    #[serde(flatten)]
    times: Times,
}

/// Figures of finished plans.
#[derive(Debug, Serialize, JsonSchema)]
struct Figures {
    /// Plans that were finished.
    finished: usize,
    /// Plans that were given up; they are counted nowhere else.
    abandoned: usize,
    /// Turns that were done.
    turns_done: usize,
    /// Turns that were done without all their required evidence.
    turns_unverified: usize,
    /// The same in per cent of the turns done.
    unverified_percent: Option<u64>,
    /// Plans with such a turn.
    plans_unverified: usize,
    /// Turns that were skipped.
    turns_skipped: usize,
    /// Turns that were added.
    turns_added: usize,
    /// How often turns were sent back by a gate or reopened.
    rework: u64,
    /// How often a gate sent its turn back.
    sent_back: u64,
    /// How often a turn was reopened without that.
    reopened: u64,
    /// Turns that were sent back or reopened.
    turns_reworked: usize,
    /// Gates of the turns.
    gates: usize,
    /// How often gates were rejected.
    gates_rejected: u64,
    /// Whether plans did what they were for.
    outcomes: Outcomes,
    /// Checklist items by how often they were not ticked.
    checklist_misses: Vec<Missed>,
    #[serde(flatten)]
    times: Times,
}

/// A checklist item with how often it was not ticked.
#[derive(Debug, Serialize, JsonSchema)]
struct Missed {
    /// The strategy that it belongs to; null for a standard item.
    strategy: Option<String>,
    /// The session that it belongs to; null for a standard item.
    session: Option<String>,
    /// Its id.
    id: String,
    /// What is to be true.
    text: String,
    /// How often it was on a checklist.
    listed: u64,
    /// How often it was not ticked.
    missed: u64,
}

/// Planned against worked time, in seconds.
#[derive(Debug, Serialize, JsonSchema)]
struct Times {
    /// Upper ends of the budgets of what was timed.
    planned: u64,
    /// Time worked.
    worked: u64,
    /// The part of it on turns without a budget.
    unplanned: u64,
    /// Time worked on what had a budget, divided by `planned`.
    ratio: Option<f64>,
    /// The median budget.
    median_planned: Option<u64>,
    /// The median time.
    median_worked: Option<u64>,
    /// Turns whose clock ran.
    timed: usize,
    /// Turns whose clock never ran; they are in no time.
    untimed: usize,
    /// Turns with a time that no work takes; they are in no time.
    implausible: usize,
}

/// How plans went over time.
#[derive(Debug, Serialize, JsonSchema)]
struct Course {
    /// How long each step is.
    per: Per,
    /// Finished plans that are in no step: older than the oldest, or from the future.
    outside: usize,
    /// The steps without a gap, the oldest first.
    steps: Vec<OfStep>,
}

/// The plans that were finished in one week or month.
#[derive(Debug, Serialize, JsonSchema)]
struct OfStep {
    /// What tables call it: the week or the month.
    label: String,
    /// Its first day, such as `2026-11-23`.
    from: String,
    /// Plans that were finished.
    finished: usize,
    /// Upper ends of the budgets of what was timed, in seconds.
    planned: u64,
    /// Time worked, in seconds.
    worked: u64,
    /// The part of it on turns without a budget, in seconds.
    unplanned: u64,
    /// Time worked on what had a budget, divided by `planned`.
    ratio: Option<f64>,
    /// Turns that were done.
    turns_done: usize,
    /// Turns that were done without all their required evidence.
    turns_unverified: usize,
    /// How often turns were sent back by a gate or reopened.
    rework: u64,
}

/// The document: figures of all plans, and of each strategy.
pub fn stats(stats: &Stats) -> StatsDocument {
    document(stats, &stats.total, &stats.course, stats.strategies.iter().map(strategy).collect())
}

/// The document for one strategy alone: the same shape, and all figures are its own.
pub fn of_strategy(stats: &Stats, one: &StrategyStats) -> StatsDocument {
    document(stats, &one.figures, &one.course, vec![strategy(one)])
}

fn document(
    stats: &Stats,
    total: &stats::Figures,
    over_time: &stats::Course,
    strategies: Vec<OfStrategy>,
) -> StatsDocument {
    let (total, course) = (figures(total), course(over_time));
    StatsDocument { stats: AllFigures { unreadable: stats.unreadable, total, strategies, course } }
}

fn strategy(strategy: &StrategyStats) -> OfStrategy {
    OfStrategy {
        id: strategy.id.clone(),
        title: strategy.title.clone(),
        figures: figures(&strategy.figures),
        turns: strategy.turns.iter().map(|found| turn(strategy, found)).collect(),
        added: times(&strategy.added),
        course: course(&strategy.course),
    }
}

fn turn(strategy: &StrategyStats, turn: &TurnStats) -> OfTurn {
    OfTurn {
        session: turn.session.clone(),
        turn: turn.turn.clone(),
        title: turn.title.clone(),
        done: turn.done,
        unverified: turn.unverified,
        skipped: turn.skipped,
        rework: turn.rework,
        gates_rejected: turn.rejected,
        suggested_budget: strategy.own_budget(turn).map(|own| own.budget.to_string()),
        times: times(&turn.times),
    }
}

fn figures(figures: &stats::Figures) -> Figures {
    Figures {
        finished: figures.finished,
        abandoned: figures.abandoned,
        turns_done: figures.done,
        turns_unverified: figures.unverified,
        unverified_percent: figures.unverified_share(),
        plans_unverified: figures.unverified_plans,
        turns_skipped: figures.skipped,
        turns_added: figures.added,
        rework: figures.rework,
        sent_back: figures.rejected,
        reopened: figures.reopened(),
        turns_reworked: figures.reworked,
        gates: figures.gates,
        gates_rejected: figures.rejected,
        outcomes: figures.outcomes,
        checklist_misses: figures.misses.iter().map(miss).collect(),
        times: times(&figures.times),
    }
}

fn times(times: &stats::Times) -> Times {
    Times {
        planned: times.planned,
        worked: times.worked,
        unplanned: times.unplanned,
        ratio: times.ratio(),
        median_planned: times.median_planned,
        median_worked: times.median_worked,
        timed: times.timed,
        untimed: times.untimed,
        implausible: times.implausible,
    }
}

fn miss(miss: &Miss) -> Missed {
    Missed {
        strategy: named(&miss.strategy),
        session: named(&miss.session),
        id: miss.id.clone(),
        text: miss.text.clone(),
        listed: miss.listed,
        missed: miss.missed,
    }
}

fn course(course: &stats::Course) -> Course {
    Course { per: course.per, outside: course.outside, steps: course.steps.iter().map(step).collect() }
}

fn step(step: &Step) -> OfStep {
    OfStep {
        label: step.label(),
        from: step.from.to_string(),
        finished: step.finished,
        planned: step.times.planned,
        worked: step.times.worked,
        unplanned: step.times.unplanned,
        ratio: step.times.ratio(),
        turns_done: step.done,
        turns_unverified: step.unverified,
        rework: step.rework,
    }
}
