//! The figures that are told of all plans and of each strategy alike.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::facts::{PlanFacts, TurnEnd};
use super::times::{Gathering, Times, sum};
use crate::domain::checklist::StandardItem;
use crate::domain::plan::Outcome;

/// Figures of some plans. All but `abandoned` are about the finished ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures {
    /// Plans finished.
    pub finished: usize,
    /// Plans abandoned as a whole.
    pub abandoned: usize,
    /// Planned against worked time, counted in plans.
    pub times: Times,
    /// Turns closed as done.
    pub done: usize,
    /// Those without all required evidence.
    pub unverified: usize,
    /// Plans with such a turn.
    pub unverified_plans: usize,
    /// Turns skipped.
    pub skipped: usize,
    /// Turns that were added after the start.
    pub added: usize,
    /// How often turns were gone back to: sent back by their gate, or reopened.
    pub rework: u64,
    /// Turns that were gone back to at least once.
    pub reworked: usize,
    /// Turns with a gate that were closed as done: each gate was decided at least once.
    pub gates: usize,
    /// How often gates were rejected.
    pub rejected: u64,
    /// What people said came of their plans.
    pub outcomes: Outcomes,
    /// Checklist items that were left unticked, most often first.
    pub misses: Vec<Miss>,
}

/// Whether plans did what they were for, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Outcomes {
    /// They did.
    pub yes: usize,
    /// In part.
    pub partly: usize,
    /// They did not.
    pub no: usize,
    /// Not said.
    pub unsaid: usize,
}

/// A checklist item that was left unticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The strategy it belongs to; empty for the standard items.
    pub strategy: String,
    /// The session it belongs to; empty for the standard items.
    pub session: String,
    pub id: String,
    /// What was to be true, as the newest plan has it.
    pub text: String,
    /// In how many finished sessions it was on the list.
    pub listed: u64,
    /// In how many of these it was left unticked.
    pub missed: u64,
}

/// `part` of `all` in whole per cent, to the nearest; nothing of nothing.
pub fn share(part: u64, all: u64) -> Option<u64> {
    (all > 0).then(|| ((u128::from(part) * 100 + u128::from(all) / 2) / u128::from(all)) as u64)
}

impl Figures {
    /// The figures of `plans`, newest first.
    pub(super) fn of(plans: &[&PlanFacts]) -> Self {
        let mut figures = Self::default();
        let mut times = Gathering::default();
        for plan in plans {
            if plan.finished {
                times.whole(&figures.add(plan));
            } else {
                figures.abandoned += 1;
            }
        }
        figures.times = times.finish();
        figures.misses = misses(plans);
        figures
    }

    /// Unverified turns of those done, in per cent.
    pub fn unverified_share(&self) -> Option<u64> {
        share(self.unverified as u64, self.done as u64)
    }

    /// How often turns were reopened without a gate's rejection.
    pub fn reopened(&self) -> u64 {
        self.rework.saturating_sub(self.rejected)
    }

    /// Counts a finished plan; gives back its times.
    fn add(&mut self, plan: &PlanFacts) -> Times {
        let mut times = Times::default();
        self.finished += 1;
        let mut unverified = 0;
        for turn in &plan.turns {
            times.add(&sum(turn.budget, &turn.worked));
            self.done += usize::from(turn.is_done());
            unverified += usize::from(turn.end == TurnEnd::Unverified);
            self.skipped += usize::from(turn.end == TurnEnd::Skipped);
            self.added += usize::from(turn.added);
            self.rework = self.rework.saturating_add(u64::from(turn.rework));
            self.reworked += usize::from(turn.rework > 0);
            self.gates += usize::from(turn.gate && turn.is_done());
            self.rejected = self.rejected.saturating_add(u64::from(turn.rejected));
        }
        self.unverified += unverified;
        self.unverified_plans += usize::from(unverified > 0);
        self.outcomes.add(plan.outcome);
        times
    }
}

impl Outcomes {
    fn add(&mut self, outcome: Outcome) {
        let count = match outcome {
            Outcome::Yes => &mut self.yes,
            Outcome::Partly => &mut self.partly,
            Outcome::No => &mut self.no,
            Outcome::Unsaid => &mut self.unsaid,
        };
        *count += 1;
    }

    /// How many people said something of.
    pub fn said(&self) -> usize {
        self.yes + self.partly + self.no
    }
}

/// The text of a standard item.
fn standard(id: &str) -> Option<&'static str> {
    StandardItem::from_word(id).map(StandardItem::text)
}

/// The items that were left unticked, most often first.
fn misses(plans: &[&PlanFacts]) -> Vec<Miss> {
    let mut found: BTreeMap<(&str, &str, &str), Miss> = BTreeMap::new();
    for plan in plans.iter().filter(|plan| plan.finished) {
        for item in &plan.items {
            let of = if item.session.is_empty() { "" } else { plan.strategy.as_str() };
            let miss = found.entry((of, &item.session, &item.id)).or_insert_with(|| Miss {
                strategy: of.into(),
                session: item.session.clone(),
                id: item.id.clone(),
                text: standard(&item.id).filter(|_| of.is_empty()).unwrap_or(&item.text).into(),
                listed: 0,
                missed: 0,
            });
            if miss.text.is_empty() {
                miss.text.clone_from(&item.text);
            }
            miss.listed += u64::from(item.listed);
            miss.missed += u64::from(item.missed);
        }
    }
    let mut misses: Vec<Miss> = found.into_values().filter(|miss| miss.missed > 0).collect();
    // A standard item that only a file knows.
    misses.iter_mut().filter(|miss| miss.text.is_empty()).for_each(|miss| miss.text.clone_from(&miss.id));
    // Of two missed alike, the one with the larger share; then the order of their ids.
    misses.sort_by(|a, b| b.missed.cmp(&a.missed).then_with(|| a.listed.cmp(&b.listed)));
    misses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_and_never_overflows() {
        assert_eq!(share(1, 3), Some(33));
        assert_eq!(share(2, 3), Some(67));
        assert_eq!(share(0, 0), None);
        assert_eq!(share(u64::MAX, u64::MAX), Some(100));
    }
}
