//! Metrics on the command line: each with its readings as a chart, and what each iteration of a
//! repeated turn did.

use crate::domain::command::TurnRef;
use crate::domain::metric::{Course, chart, with_unit};
use crate::domain::plan::{Kept, Plan, Session, Turn};

use super::error::Result;
use super::output::{Output, Tone, one_line};

/// Most readings that a chart shows: the last ones.
const MAX_READINGS: usize = 30;
/// Most characters of a bar's label.
const LABEL: usize = 34;
/// Columns of the longest bar.
const BAR: usize = 24;

/// Every metric: where it stands, then a chart where something was read.
pub fn print(out: &mut Output, plan: &Plan) -> Result<()> {
    let courses = plan.courses();
    if courses.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.line(&out.paint(Tone::Title, "Metrics"))?;
    for course in &courses {
        let id = out.paint(Tone::Key, &one_line(&course.spec.id));
        out.line(&format!("  {id}  {}: {}", one_line(course.spec.name()), facts(out, course).join(", ")))?;
        if !course.readings.is_empty() {
            for line in chart::text(plan, course, MAX_READINGS, LABEL, BAR) {
                out.line(&format!("      {line}"))?;
            }
        }
    }
    Ok(())
}

/// The newest reading, what it is compared with, and whether it is enough.
pub fn facts(out: &Output, course: &Course<'_>) -> Vec<String> {
    let figure = |value: f64| one_line(&with_unit(value, &course.spec.unit));
    let mut facts = vec![course.last().map_or_else(|| "no reading".into(), figure)];
    let tone = |good: Option<bool>| match good {
        Some(true) => Tone::Good,
        Some(false) => Tone::Bad,
        None => Tone::Dim,
    };
    if course.is_compared() {
        facts.extend(course.change_in_words().map(|change| out.paint(tone(course.improved()), &one_line(&change))));
    }
    facts.extend(course.baseline.map(|baseline| format!("baseline {}", figure(baseline))));
    match (course.reached_in_words(), course.target_in_words()) {
        (Some(reached), target) => {
            let target = target.map(|target| format!(" ({})", one_line(&target))).unwrap_or_default();
            let tone = if course.reached() == Some(true) { Tone::Good } else { Tone::Warn };
            facts.push(out.paint(tone, &one_line(&reached)) + &target);
        }
        (None, target) => facts.extend(target.map(|target| format!("target {}", one_line(&target)))),
    }
    facts
}

/// The iterations of a turn, with what they did to each metric and whether they were kept.
pub fn print_iterations(out: &mut Output, plan: &Plan, session: &Session, turn: &Turn) -> Result<()> {
    if !turn.has_iterations() {
        return Ok(());
    }
    let courses = plan.courses();
    let at = TurnRef::new(&session.id, &turn.id);
    for iteration in turn.iteration_numbers() {
        let kept = turn.kept_of(iteration);
        let tone = match kept {
            Kept::Undecided => Tone::Dim,
            Kept::Yes => Tone::Good,
            Kept::RolledBack => Tone::Warn,
        };
        let mut facts = vec![one_line(&turn.iteration_in_words(iteration))];
        if kept != Kept::Undecided {
            facts.push(out.paint(tone, kept.told()));
        }
        for course in &courses {
            let step = course.step(&at, iteration);
            let of = if courses.len() > 1 { format!("{} ", one_line(course.spec.name())) } else { String::new() };
            facts.extend(course.step_in_words(step, "->").map(|step| format!("{of}{}", one_line(&step))));
        }
        out.line(&format!("        {}", facts.join("; ")))?;
    }
    Ok(())
}
