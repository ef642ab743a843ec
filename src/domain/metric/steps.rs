//! What one iteration of a repeated turn did to a metric: before and after.

use super::{Course, figure, with_unit};
use crate::domain::command::TurnRef;
use crate::domain::plan::Reading;

/// A metric before and after an iteration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The newest reading that counted before it; nothing where there was none.
    pub before: Option<f64>,
    /// Its own newest reading, whether it was rolled back or not; nothing where it has none.
    pub after: Option<f64>,
}

impl Course<'_> {
    /// What an iteration of a turn did: the last reading that counts before its own first one, else
    /// the declared baseline, and its own last reading.
    pub fn step(&self, at: &TurnRef, iteration: u32) -> Step {
        let of_turn = |reading: &Reading| reading.session == at.session && reading.turn == at.turn;
        let own = |reading: &Reading| of_turn(reading) && reading.iteration == iteration;
        let later = |reading: &Reading| of_turn(reading) && reading.iteration > iteration;
        let first = self.readings.iter().position(|reading| own(reading) || later(reading));
        let earlier = &self.readings[..first.unwrap_or(self.readings.len())];
        let before = (0..earlier.len()).rfind(|place| self.counts(*place)).map(|place| earlier[place].value);
        let declared = self.baseline.filter(|_| self.declared);
        let after = self.readings.iter().rev().find(|reading| own(reading)).map(|reading| reading.value);
        Step { before: before.or(declared), after }
    }

    /// A step in words: `120 -> 80 ms, 33 % lower`, with `arrow` between the two; nothing where the
    /// iteration has no reading.
    pub fn step_in_words(&self, step: Step, arrow: &str) -> Option<String> {
        let after = with_unit(step.after?, &self.spec.unit);
        Some(match step.before {
            Some(before) => format!("{} {arrow} {after}, {}", figure(before), self.between(before, step.after?)),
            None => after,
        })
    }

    /// Whether a step made it better; nothing where nothing changed or one of the two is missing.
    pub fn step_improved(&self, step: Step) -> Option<bool> {
        self.is_better(step.before?, step.after?)
    }
}
