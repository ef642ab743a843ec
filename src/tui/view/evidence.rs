//! What a turn must show and has shown, what came back, readings of metrics, notes.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::desk::{Desk, EvidenceRow, Pane as Focus};
use crate::app::hit::Target;
use crate::app::model::Model;
use crate::domain::metric::{Better, Course};
use crate::domain::plan::{Evidence, Turn};
use crate::domain::strategy::EvidenceKind;
use crate::domain::untrusted::shown;

use super::look::Look;
use super::pane::{Canvas, top_of};
use super::text::{cut, sides, width, wrap_plain};

/// Draws the rows in the pane with this number.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, desk: &Desk, number: usize) {
    let Some((_, turn)) = desk.selected() else { return };
    let rows = desk.evidence_rows();
    let focused = desk.pane == Focus::Evidence;
    let columns = usize::from(area.width);
    let mut lines: Vec<(usize, Line<'_>)> = Vec::new();
    let mut first_of_selected = 0;
    for (at, row) in rows.iter().enumerate() {
        let selected = at == desk.row && focused;
        if at == desk.row {
            first_of_selected = lines.len();
        }
        for line in row_lines(canvas, model, desk, turn, row, selected, columns) {
            lines.push((at, line));
        }
    }
    let top = top_of(lines.len(), usize::from(area.height), first_of_selected + 1);
    let all = lines.len();
    for (at, (row, line)) in lines.into_iter().enumerate().skip(top).take(usize::from(area.height)) {
        let place = Rect { y: area.y + (at - top) as u16, height: 1, ..area };
        canvas.frame.render_widget(line, place);
        canvas.hit(place, Target::Row(number, row));
    }
    if all < usize::from(area.height) && turn.evidence.is_empty() {
        let place = Rect { y: area.bottom() - 1, height: 1, ..area };
        canvas.lines(place, vec![Line::styled("This turn asks for no evidence.", canvas.look.style.dim)]);
    }
}

fn row_lines<'a>(
    canvas: &Canvas<'_, '_>,
    model: &Model,
    desk: &Desk,
    turn: &Turn,
    row: &EvidenceRow,
    selected: bool,
    columns: usize,
) -> Vec<Line<'a>> {
    let style = canvas.look.style;
    let marker = canvas.marker(selected, true);
    let row_style = canvas.row_style(selected, true);
    match row {
        EvidenceRow::Slot(at) => {
            turn.evidence.get(*at).map(|slot| slot_lines(canvas, model, slot, selected, columns)).unwrap_or_default()
        }
        EvidenceRow::Result => {
            let left = vec![marker, Span::styled("Result", row_style)];
            let first = turn.result.lines().next();
            let count = turn.result.lines().count();
            let mut lines =
                vec![sides(left, vec![Span::styled(first.map_or("not written", |_| ""), style.dim)], columns)];
            for text in turn.result.lines().take(3) {
                lines.push(Line::styled(
                    format!("  {}", cut(text, columns.saturating_sub(2), canvas.look.glyph.ellipsis)),
                    style.dim,
                ));
            }
            if count > 3 {
                lines.push(Line::styled(format!("  and {} more lines", count - 3), style.dim));
            }
            lines
        }
        EvidenceRow::Metric(at) => {
            let courses = desk.plan.courses();
            courses
                .get(*at)
                .map(|course| metric_lines(canvas.look, course, marker, row_style, columns))
                .unwrap_or_default()
        }
        EvidenceRow::Note(at) => {
            let Some(note) = desk.plan.notes.get(*at) else { return Vec::new() };
            let time = note.at.to_zoned(model.zone.clone()).strftime("%H:%M").to_string();
            let left = vec![
                marker,
                Span::styled(format!("{time} note  "), style.dim),
                Span::styled(shown(note.text.lines().next().unwrap_or_default()).into_owned(), row_style),
            ];
            vec![sides(left, Vec::new(), columns)]
        }
        EvidenceRow::Iteration(at) => {
            let Some(iteration) = turn.iterations.get(*at) else { return Vec::new() };
            let shown_count = iteration.evidence.iter().filter(|slot| slot.recorded.is_some()).count();
            let text = format!(
                "#{} {}: {shown_count} of {} evidence",
                iteration.number,
                shown(&turn.repeat),
                iteration.evidence.len()
            );
            let time = crate::domain::budget::compact(iteration.worked);
            vec![sides(vec![marker, Span::styled(text, row_style)], vec![Span::styled(time, style.dim)], columns)]
        }
    }
}

fn slot_lines<'a>(
    canvas: &Canvas<'_, '_>,
    model: &Model,
    slot: &Evidence,
    selected: bool,
    columns: usize,
) -> Vec<Line<'a>> {
    let look = canvas.look;
    let style = look.style;
    let (mark, mark_style) = match (&slot.recorded, slot.required) {
        (Some(_), _) => (look.glyph.done, style.good),
        (None, true) => (look.glyph.ready, style.warn),
        (None, false) => (look.glyph.waiting, style.dim),
    };
    let left = vec![
        canvas.marker(selected, true),
        Span::styled(format!("{mark} "), mark_style),
        Span::styled(shown(&slot.label).into_owned(), canvas.row_style(selected, true)),
    ];
    let right = match (&slot.recorded, slot.required) {
        (Some(recorded), _) => recorded.at.to_zoned(model.zone.clone()).strftime("%H:%M").to_string(),
        (None, true) => format!("{}*", slot.kind),
        (None, false) => slot.kind.to_string(),
    };
    // The selected label is readable whole.
    let room = columns.saturating_sub(4 + width(&right));
    let mut lines = if selected && width(&shown(&slot.label)) > room {
        let mut wrapped = wrap_plain(&slot.label, canvas.row_style(true, true), room).into_iter();
        let mut first = left[..2].to_vec();
        first.extend(wrapped.next().unwrap_or_default().spans);
        let mut lines: Vec<Line<'_>> = vec![sides(first, vec![Span::styled(right, style.dim)], columns)];
        lines.extend(wrapped.map(|mut line| {
            line.spans.insert(0, Span::raw("   "));
            line
        }));
        lines
    } else {
        vec![sides(left, vec![Span::styled(right, style.dim)], columns)]
    };
    if let Some(recorded) = &slot.recorded {
        let text = match slot.kind {
            EvidenceKind::Command => {
                let code = recorded.exit_code.map(|code| format!("exit {code}  ")).unwrap_or_default();
                format!(
                    "{code}{}",
                    recorded.command.as_deref().unwrap_or_else(|| recorded.text.lines().next().unwrap_or_default())
                )
            }
            EvidenceKind::Text | EvidenceKind::Link | EvidenceKind::Number | EvidenceKind::Verdict => {
                recorded.text.lines().next().unwrap_or_default().to_owned()
            }
        };
        let failed = recorded.exit_code.is_some_and(|code| code != 0);
        let text_style = if failed { style.bad } else { style.dim };
        lines.push(Line::styled(
            format!("   {}", cut(&text, columns.saturating_sub(3), look.glyph.ellipsis)),
            text_style,
        ));
    }
    lines
}

/// A metric: baseline, newest reading, computed change, target, and a chart of its readings.
fn metric_lines<'a>(
    look: &Look,
    course: &Course<'_>,
    marker: Span<'a>,
    row_style: ratatui::style::Style,
    columns: usize,
) -> Vec<Line<'a>> {
    let style = look.style;
    let unit = if course.spec.unit.is_empty() { String::new() } else { format!(" {}", shown(&course.spec.unit)) };
    let figures: Vec<f64> =
        course.baseline.into_iter().chain(course.readings.iter().map(|reading| reading.value)).collect();
    let left = vec![marker, Span::styled(shown(&course.spec.label).into_owned(), row_style)];
    let chart = Span::styled(chart(look, &figures, columns / 3), style.accent);
    let mut lines = vec![sides(left, vec![chart], columns)];
    let change_style = match course.improved() {
        Some(true) => style.good,
        Some(false) => style.bad,
        None => style.dim,
    };
    let mut spans = vec![Span::raw("   ")];
    spans.extend(course.baseline.map(|baseline| Span::styled(format!("{baseline}"), style.dim)));
    match course.last() {
        Some(last) => {
            spans.push(Span::styled(format!(" {} {last}{unit}", look.glyph.arrow), style.text));
            if let Some(change) = course.change_in_words() {
                spans.push(Span::styled(format!("  {change}"), change_style));
            }
        }
        None if course.baseline.is_some() => spans.push(Span::styled(format!("{unit}, no reading yet"), style.dim)),
        None => spans.push(Span::styled("no reading yet", style.dim)),
    }
    let target = course.target.map(|target| {
        let sign = if course.spec.better == Better::Lower { "<=" } else { ">=" };
        match course.reached() {
            Some(true) => Span::styled(format!("target {sign} {target} reached"), style.good),
            Some(false) => Span::styled(format!("target {sign} {target}"), style.warn),
            None => Span::styled(format!("target {sign} {target}"), style.dim),
        }
    });
    let taken: usize = spans.iter().chain(&target).map(|span| width(&span.content)).sum();
    if taken < columns {
        lines.push(sides(spans, target.into_iter().collect(), columns));
    } else {
        lines.push(Line::from(spans));
        lines.extend(target.map(|target| Line::from(vec![Span::raw("   "), target])));
    }
    lines
}

/// Heights of the figures, one column each, the newest on the right; nothing for fewer than two.
pub(super) fn chart(look: &Look, figures: &[f64], columns: usize) -> String {
    if figures.len() < 2 || columns == 0 {
        return String::new();
    }
    let shown = &figures[figures.len().saturating_sub(columns)..];
    let most = shown.iter().copied().fold(f64::MIN, f64::max);
    let least = shown.iter().copied().fold(f64::MAX, f64::min).min(0.0);
    let span = if most > least { most - least } else { 1.0 };
    let steps = look.glyph.chart.len() - 1;
    shown.iter().map(|figure| look.glyph.chart[(((figure - least) / span) * steps as f64).round() as usize]).collect()
}
