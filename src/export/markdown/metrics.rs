//! What was measured: a table, and for each metric a chart that any font shows.

use crate::domain::metric::{Course, change, change_in_words};
use crate::domain::plan::{Kept, Plan, Reading};
use crate::domain::untrusted::shown;
use crate::export::facts::{figure, missed_by};
use crate::export::markup::inline;

use super::page::Page;

/// Columns of the longest bar.
const WIDEST: usize = 40;

/// Most characters of a bar's name.
const NAME: usize = 28;

/// Most readings that a chart shows: the last ones.
const MOST: usize = 30;

/// The table, then the charts of what was read.
pub(super) fn section(page: &mut Page<'_>) {
    let plan = page.plan;
    let courses = plan.courses();
    if courses.is_empty() {
        return;
    }
    page.heading(2, "Metrics");
    page.table_head(&["Metric", "Baseline:", "Last:", "Change:", "Target:", "Reached", "Readings:"]);
    for course in &courses {
        page.row(&row(course));
    }
    for course in courses.iter().filter(|course| !course.readings.is_empty()) {
        let chart = chart(plan, course);
        page.fence(&chart);
    }
}

fn row(course: &Course<'_>) -> [String; 7] {
    let unit = inline(&course.spec.unit);
    let cell = |value: Option<f64>| {
        value.map_or_else(|| "-".to_owned(), |value| format!("{} {unit}", figure(value)).trim_end().to_owned())
    };
    let change = match course.readings.len() {
        0 => None,
        1 if course.spec.baseline.is_none() => None,
        _ => course.change_in_words(),
    };
    let reached = match (course.reached(), missed_by(course)) {
        (None, _) => "-".to_owned(),
        (Some(true), _) => "yes".to_owned(),
        (Some(false), by) => format!("no, {} short", inline(&by.unwrap_or_default())),
    };
    [
        inline(&course.spec.label),
        cell(course.baseline),
        cell(course.last()),
        change.unwrap_or_else(|| "-".into()),
        cell(course.target),
        reached,
        course.readings.len().to_string(),
    ]
}

/// A line of a chart.
struct Bar {
    name: String,
    value: f64,
    /// What the bar is drawn with.
    mark: char,
    /// What is said behind it.
    remark: String,
}

/// A bar for the baseline, for each reading and for the target, all on one scale from nothing.
fn chart(plan: &Plan, course: &Course<'_>) -> String {
    let spec = course.spec;
    let mut bars = Vec::new();
    let declared = course.baseline.filter(|_| spec.baseline.is_some());
    bars.extend(declared.map(|value| Bar { name: "baseline".into(), value, mark: '=', remark: String::new() }));
    let skipped = course.readings.len().saturating_sub(MOST);
    for (at, reading) in course.readings.iter().enumerate().skip(skipped) {
        // The first reading is what the others are compared with, where no baseline was named.
        let against = course.baseline.filter(|_| declared.is_some() || at > 0);
        let change = against.and_then(|from| change(from, reading.value)).map(change_in_words).unwrap_or_default();
        let remark = format!("{change}{}", if is_rolled_back(plan, reading) { "  rolled back" } else { "" });
        bars.push(Bar { name: name(plan, reading), value: reading.value, mark: '#', remark });
    }
    bars.extend(course.target.map(|value| Bar { name: "target".into(), value, mark: '-', remark: String::new() }));

    let unit = if spec.unit.is_empty() { String::new() } else { format!(", {}", shown(&spec.unit)) };
    let mut text = format!("{}{unit} ({} is better)\n", shown(&spec.label), spec.better);
    if skipped > 0 {
        text += &format!("{skipped} earlier readings are left out\n");
    }
    let names = bars.iter().map(|bar| bar.name.chars().count()).max().unwrap_or(0);
    let figures: Vec<String> = bars.iter().map(|bar| figure(bar.value)).collect();
    let figure_width = figures.iter().map(String::len).max().unwrap_or(0);
    let longest = bars.iter().map(|bar| bar.value.abs()).fold(0.0, f64::max);
    for (bar, figure) in bars.iter().zip(&figures) {
        let columns = columns(bar.value, longest);
        let drawn = bar.mark.to_string().repeat(columns);
        let line = format!("{:names$}  {figure:>figure_width$}  {drawn:WIDEST$}  {}", bar.name, bar.remark);
        text += line.trim_end();
        text.push('\n');
    }
    text
}

/// The length of a bar; what is not nothing can be seen.
fn columns(value: f64, longest: f64) -> usize {
    // Divided first: the product of two large figures may be infinite.
    let share = value.abs() / longest;
    if share.is_finite() && value != 0.0 { ((share * WIDEST as f64).round() as usize).clamp(1, WIDEST) } else { 0 }
}

/// Whether what it measured was taken back.
fn is_rolled_back(plan: &Plan, reading: &Reading) -> bool {
    let Some(turn) = plan.session(&reading.session).and_then(|session| session.turn(&reading.turn)) else {
        return false;
    };
    let earlier = turn.iterations.iter().find(|iteration| iteration.number == reading.iteration);
    earlier.map_or(turn.kept, |iteration| iteration.kept) == Kept::RolledBack
}

/// Where a reading was taken: the turn, and which iteration of it.
fn name(plan: &Plan, reading: &Reading) -> String {
    let turn = plan.session(&reading.session).and_then(|session| session.turn(&reading.turn));
    let name = match turn {
        Some(turn) if turn.iteration > 1 => {
            let per = if turn.repeat.is_empty() { "iteration" } else { &turn.repeat };
            format!("{per} {}", reading.iteration)
        }
        Some(turn) => turn.title.clone(),
        None => "reading".into(),
    };
    let name = shown(&name);
    if name.chars().count() <= NAME {
        return name.into_owned();
    }
    name.chars().take(NAME - 3).collect::<String>().trim_end().to_owned() + "..."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_and_never_too_long() {
        assert_eq!(columns(500.0, 500.0), WIDEST);
        assert_eq!(columns(250.0, 500.0), WIDEST / 2);
        assert_eq!((columns(0.001, 500.0), columns(0.0, 500.0), columns(0.0, 0.0)), (1, 0, 0));
        assert_eq!(columns(f64::MAX, f64::MAX), WIDEST);
    }
}
