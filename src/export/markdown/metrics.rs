//! What was measured: a table, and for each metric a chart that any font shows.

use crate::domain::metric::{Course, chart, with_unit};
use crate::domain::untrusted::shown;
use crate::export::markup::inline;

use super::page::Page;

/// Columns of the longest bar.
const WIDEST: usize = 40;

/// Most characters of a bar's name.
const NAME: usize = 34;

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
        let head = format!("{} ({} is better)", shown(course.spec.name()), course.spec.better);
        let bars = chart::text(plan, course, MOST, NAME, WIDEST);
        // A bar by itself can be compared with nothing.
        if bars.len() > 1 {
            page.fence(&[vec![head], bars].concat().join("\n"));
        }
    }
}

fn row(course: &Course<'_>) -> [String; 7] {
    let cell =
        |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| inline(&with_unit(value, &course.spec.unit)));
    let change = course.change_in_words().filter(|_| course.is_compared());
    let reached = match (course.reached(), course.missed_by()) {
        (None, _) => "-".to_owned(),
        (Some(true), _) => "yes".to_owned(),
        (Some(false), by) => format!("no, {} short", inline(&by.unwrap_or_default())),
    };
    [
        inline(course.spec.name()),
        cell(course.baseline),
        cell(course.last()),
        change.map_or_else(|| "-".into(), |change| inline(&change)),
        cell(course.target),
        reached,
        course.readings.len().to_string(),
    ]
}
