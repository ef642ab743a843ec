//! Metrics: baseline, target and readings; the change is computed, never typed.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::placeholder::{Value, Values};
use super::plan::{Plan, Reading};
use super::template;
use super::words::words;

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
    /// The declared baseline; where there is none, the first reading.
    pub baseline: Option<f64>,
    /// The target.
    pub target: Option<f64>,
    /// The readings in the order they were taken.
    pub readings: Vec<&'a Reading>,
}

impl Course<'_> {
    /// The newest reading.
    pub fn last(&self) -> Option<f64> {
        self.readings.last().map(|reading| reading.value)
    }

    /// The change from the baseline to the newest reading, in per cent of the baseline. Nothing
    /// where there is no reading or the baseline is 0.
    pub fn change(&self) -> Option<f64> {
        change(self.baseline?, self.last()?)
    }

    /// Whether the newest reading is better than the baseline; nothing while they are equal.
    pub fn improved(&self) -> Option<bool> {
        let (from, to) = (self.baseline?, self.last()?);
        match to.total_cmp(&from) {
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

    /// The change in words: `91 % lower`; where the readings have a unit, people add it.
    pub fn change_in_words(&self) -> Option<String> {
        self.change().map(change_in_words)
    }
}

/// The change from `from` to `to` in per cent of `from`; nothing where `from` is 0 or the result is
/// not finite.
pub fn change(from: f64, to: f64) -> Option<f64> {
    let percent = (to - from) / from.abs() * 100.0;
    (from != 0.0 && percent.is_finite()).then_some(percent)
}

/// A change in per cent as people say it: `91 % lower`, `unchanged`.
pub fn change_in_words(percent: f64) -> String {
    let size = percent.abs();
    let figure = if size >= 10.0 || size.fract() == 0.0 { format!("{size:.0}") } else { format!("{size:.1}") };
    match figure.as_str() {
        "0" | "0.0" => "unchanged".into(),
        _ if percent < 0.0 => format!("{figure} % lower"),
        _ => format!("{figure} % higher"),
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
        let readings: Vec<&Reading> = self.readings.iter().filter(|reading| reading.metric == spec.id).collect();
        let first = readings.first().map(|reading| reading.value);
        let baseline = number(spec.baseline.as_ref()).or(first);
        Course { spec, baseline, target: number(spec.target.as_ref()), readings }
    }

    /// The course of the metric called `id`.
    pub fn course(&self, id: &str) -> Option<Course<'_>> {
        self.courses().into_iter().find(|course| course.spec.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_s_example_computes_its_percentages() {
        assert_eq!(change_in_words(change(500.0, 45.0).unwrap()), "91 % lower");
        assert_eq!(change_in_words(change(450.0, 50.0).unwrap()), "89 % lower");
        assert_eq!(change_in_words(change(100.0, 104.5).unwrap()), "4.5 % higher");
        assert_eq!(change_in_words(0.0), "unchanged");
    }

    #[test]
    fn a_baseline_of_nothing_has_no_percentage() {
        assert_eq!(change(0.0, 5.0), None);
        assert_eq!(change(1.0, f64::INFINITY), None);
        assert_eq!(change(-10.0, -5.0), Some(50.0));
    }
}
