//! Metrics: baseline, target and readings; the change is computed, never typed.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::command::TurnRef;
use super::placeholder::{Value, Values};
use super::plan::{Kept, Plan, Reading};
use super::template;
use super::words::words;

pub mod chart;
mod figures;

pub use figures::{change, change_in_words, figure, number, with_unit};

/// What a strategy measures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MetricSpec {
    /// Identifier, unique in the strategy.
    pub id: String,
    /// What screens call it.
    #[serde(default)]
    pub label: String,
    /// Unit of every reading, such as `ms`.
    #[serde(default)]
    pub unit: String,
    /// Which direction is good.
    #[serde(default)]
    pub better: Better,
    /// The value before any work: a number, or a template that yields one.
    #[serde(default)]
    pub baseline: Option<Value>,
    /// The value to reach: a number, or a template that yields one.
    #[serde(default)]
    pub target: Option<Value>,
}

impl MetricSpec {
    /// What screens call it: its label, else its id.
    pub fn name(&self) -> &str {
        if self.label.is_empty() { &self.id } else { &self.label }
    }
}

words! {
    /// Which direction of a metric is good.
    Better:
    /// Less is better.
    #[default] Lower = "lower",
    /// More is better.
    Higher = "higher",
}

/// A metric with what was read of it, computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Course<'a> {
    /// What is measured.
    pub spec: &'a MetricSpec,
    /// The declared baseline; where there is none, the first reading that counts. Always finite.
    pub baseline: Option<f64>,
    /// Whether the baseline was declared, and is not the first reading.
    pub declared: bool,
    /// The target. Always finite.
    pub target: Option<f64>,
    /// The readings in the order they were recorded, whatever the clock said. All are finite: a
    /// plan's file may hold others, which no command records.
    pub readings: Vec<&'a Reading>,
    /// Whether each reading was taken of something that was rolled back.
    rolled_back: Vec<bool>,
}

impl<'a> Course<'a> {
    /// The readings that count: those of iterations that were not rolled back.
    pub fn counting(&self) -> impl DoubleEndedIterator<Item = &'a Reading> {
        self.readings
            .iter()
            .zip(&self.rolled_back)
            .filter(|(_, rolled_back)| !**rolled_back)
            .map(|(reading, _)| *reading)
    }

    /// Whether the reading at this place counts.
    pub fn counts(&self, at: usize) -> bool {
        self.rolled_back.get(at) == Some(&false)
    }

    /// The newest reading that counts.
    pub fn last(&self) -> Option<f64> {
        self.counting().next_back().map(|reading| reading.value)
    }

    /// Whether there is a before and an after: a baseline that was declared and a reading, or two readings.
    pub fn is_compared(&self) -> bool {
        self.counting().count() > usize::from(!self.declared)
    }

    /// The change from the baseline to the newest reading, in per cent of the baseline. Nothing
    /// where there is no reading or the baseline is 0.
    pub fn change(&self) -> Option<f64> {
        change(self.baseline?, self.last()?)
    }

    /// Whether the newest reading is better than the baseline; nothing while they are equal.
    pub fn improved(&self) -> Option<bool> {
        self.is_better(self.baseline?, self.last()?)
    }

    /// Whether `to` is better than `from`; nothing where they are equal.
    pub fn is_better(&self, from: f64, to: f64) -> Option<bool> {
        match to.partial_cmp(&from)? {
            Ordering::Equal => None,
            Ordering::Less => Some(self.spec.better == Better::Lower),
            Ordering::Greater => Some(self.spec.better == Better::Higher),
        }
    }

    /// Whether the newest reading meets the target.
    pub fn reached(&self) -> Option<bool> {
        let (target, last) = (self.target?, self.last()?);
        Some(match self.spec.better {
            Better::Lower => last <= target,
            Better::Higher => last >= target,
        })
    }
}

impl Plan {
    /// Every metric of the plan with its readings.
    pub fn courses(&self) -> Vec<Course<'_>> {
        let values = self.shown_values();
        let course = |spec| self.course_of(spec, &values);
        self.strategy.metrics.iter().map(course).collect()
    }

    fn course_of<'a>(&'a self, spec: &'a MetricSpec, values: &Values) -> Course<'a> {
        let number = |value: Option<&Value>| match value? {
            Value::Number(number) => Some(*number),
            Value::Text(text) => template::render(text, &self.strategy, values).ok()?.trim().parse().ok(),
            Value::Flag(_) | Value::List(_) => None,
        };
        let finite = |value: Option<&Value>| number(value).filter(|number: &f64| number.is_finite());
        let is_read = |reading: &&Reading| reading.metric == spec.id && reading.value.is_finite();
        let readings: Vec<&Reading> = self.readings.iter().filter(is_read).collect();
        let rolled_back = readings.iter().map(|reading| self.is_rolled_back(reading)).collect();
        let declared = finite(spec.baseline.as_ref());
        let target = finite(spec.target.as_ref());
        let course = Course { spec, baseline: declared, declared: declared.is_some(), target, readings, rolled_back };
        let first = course.counting().next().map(|reading| reading.value);
        Course { baseline: declared.or(first), ..course }
    }

    /// Whether what a reading measured was taken back.
    fn is_rolled_back(&self, reading: &Reading) -> bool {
        let turn = self.session(&reading.session).and_then(|session| session.turn(&reading.turn));
        turn.is_some_and(|turn| turn.kept_of(reading.iteration) == Kept::RolledBack)
    }

    /// The course of the metric called `id`.
    pub fn course(&self, id: &str) -> Option<Course<'_>> {
        self.courses().into_iter().find(|course| course.spec.id == id)
    }
}

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
