//! A metric as a chart: a bar for the baseline, for each reading and for the target, on one scale.
//!
//! What each bar says and how long it is is decided here; screens colour it, and [`text`] writes it
//! with any font.

use super::{Course, with_unit};
use crate::domain::plan::{Plan, Reading};
use crate::domain::untrusted::shown;

/// What a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The declared baseline.
    Baseline,
    /// A reading that counts.
    Reading,
    /// A reading of what was rolled back.
    RolledBack,
    Target,
}

/// A bar of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub mark: Mark,
    /// Where it was taken: `4 Cache`, `4 optimization 2`; `baseline` or `target`.
    pub label: String,
    /// The figure, in the metric's unit.
    pub value: f64,
    /// Its length as a share of the longest, from 0 to 1.
    pub share: f64,
    /// What is said behind it: `91 % lower`, `rolled back`.
    pub remark: String,
    /// Whether it is better than the baseline; nothing where it is equal or is not compared.
    pub improved: Option<bool>,
}

/// The bars of a course, at most `most` readings: the last ones. Gives back how many were left out.
pub fn bars(plan: &Plan, course: &Course<'_>, most: usize) -> (Vec<Bar>, usize) {
    let left_out = course.readings.len().saturating_sub(most);
    let mut bars = Vec::new();
    let bar = |mark, label: &str, value| Bar {
        mark,
        label: label.into(),
        value,
        share: 0.0,
        remark: String::new(),
        improved: None,
    };
    let declared = course.baseline.filter(|_| course.declared);
    bars.extend(declared.map(|value| bar(Mark::Baseline, "baseline", value)));
    let first = (0..course.readings.len()).find(|at| course.counts(*at));
    for (at, reading) in course.readings.iter().enumerate().skip(left_out) {
        let mark = if course.counts(at) { Mark::Reading } else { Mark::RolledBack };
        // The first reading is what the others are compared with, where no baseline was declared.
        let is_baseline = declared.is_none() && first == Some(at);
        let before =
            course.baseline.filter(|_| !is_baseline && (declared.is_some() || first.is_some_and(|first| first < at)));
        let change = before.map(|from| course.between(from, reading.value));
        let remark = match (is_baseline, mark) {
            (true, _) => "baseline".into(),
            (false, Mark::RolledBack) => {
                ["rolled back".to_owned()].into_iter().chain(change).collect::<Vec<_>>().join(", ")
            }
            (false, _) => change.unwrap_or_default(),
        };
        let improved = before.and_then(|from| course.is_better(from, reading.value));
        bars.push(Bar { remark, improved, ..bar(mark, &place(plan, reading), reading.value) });
    }
    let reached = course.reached_in_words().unwrap_or_default();
    bars.extend(course.target.map(|value| Bar { remark: reached, ..bar(Mark::Target, "target", value) }));
    scale(&mut bars);
    (bars, left_out)
}

/// Sets the lengths: all from one zero, or from the lowest where some lie below it.
fn scale(bars: &mut [Bar]) {
    // Halves, since the difference of two large figures may be infinite.
    let half = |value: f64| value / 2.0;
    let least = bars.iter().map(|bar| half(bar.value)).fold(0.0, f64::min);
    let span = bars.iter().map(|bar| half(bar.value)).fold(0.0, f64::max) - least;
    for bar in bars {
        let share = (half(bar.value) - least) / span;
        bar.share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    }
}

/// Where a reading was taken, by the number of its turn: `4 Cache`; `4 optimization 2` where the
/// turn repeats; with the session where there are several.
pub fn place(plan: &Plan, reading: &Reading) -> String {
    let Some(session) = plan.session(&reading.session) else { return "before the first turn".into() };
    let Some(at) = session.turns.iter().position(|turn| turn.id == reading.turn) else {
        return "a turn removed".into();
    };
    let (turn, number) = (&session.turns[at], &session.turn_numbers()[at]);
    let what = if turn.repeat.is_empty() && turn.iterations.is_empty() {
        turn.title.clone()
    } else {
        format!("{} {}", turn.per(), reading.iteration)
    };
    let of = if plan.is_multi_session() { format!(", {}", session.title) } else { String::new() };
    format!("{number} {what}{of}")
}

impl Bar {
    /// How many of `columns` it takes; what is not the lowest can be seen.
    pub fn columns(&self, columns: usize) -> usize {
        let length = (self.share * columns as f64).round() as usize;
        if self.share > 0.0 { length.clamp(1, columns.max(1)) } else { 0 }
    }
}

/// The chart as lines of text with any font: at most `width` columns for the bars, labels cut to
/// `label` characters. Other people's words are made safe.
pub fn text(plan: &Plan, course: &Course<'_>, most: usize, label: usize, width: usize) -> Vec<String> {
    let (bars, left_out) = bars(plan, course, most);
    let labels: Vec<String> = bars.iter().map(|bar| shortened(&shown(&bar.label), label)).collect();
    let figures: Vec<String> =
        bars.iter().map(|bar| shown(&with_unit(bar.value, &course.spec.unit)).into_owned()).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    let (names, values) = (widest(&labels), widest(&figures));
    let mut lines = Vec::new();
    if left_out > 0 {
        lines.push(format!(
            "({left_out} earlier {} left out)",
            if left_out == 1 { "reading is" } else { "readings are" }
        ));
    }
    for ((bar, label), figure) in bars.iter().zip(&labels).zip(&figures) {
        let drawn = match bar.mark {
            Mark::Baseline => "=",
            Mark::Reading => "#",
            Mark::RolledBack => "x",
            Mark::Target => "-",
        };
        let drawn = drawn.repeat(bar.columns(width));
        let remark = shown(&bar.remark);
        lines.push(format!("{label:names$}  {figure:>values$}  {drawn:width$}  {remark}").trim_end().to_owned());
    }
    lines
}

/// The first `most` characters, with dots where there were more.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(3)).collect::<String>().trim_end().to_owned() + "..."
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(values: &[f64]) -> Vec<f64> {
        let bar = |value: &f64| Bar {
            mark: Mark::Reading,
            label: String::new(),
            value: *value,
            share: 0.0,
            remark: String::new(),
            improved: None,
        };
        let mut bars: Vec<Bar> = values.iter().map(bar).collect();
        scale(&mut bars);
        bars.iter().map(|bar| bar.share).collect()
    }

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(shares(&[500.0, 250.0, 0.0]), [1.0, 0.5, 0.0]);
        assert_eq!(shares(&[-10.0, 0.0, 10.0]), [0.0, 0.5, 1.0]);
        assert_eq!(shares(&[f64::MAX, f64::MIN, 0.0]), [1.0, 0.0, 0.5]);
        assert_eq!(shares(&[0.0, 0.0]), [0.0, 0.0]);
    }

    #[test]
    fn a_bar_is_seen_and_never_too_long() {
        let bar = |share| Bar {
            mark: Mark::Reading,
            label: String::new(),
            value: 1.0,
            share,
            remark: String::new(),
            improved: None,
        };
        assert_eq!((bar(1.0).columns(40), bar(0.001).columns(40), bar(0.0).columns(40)), (40, 1, 0));
    }
}
