//! A row of the list of plans.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::app::plans::Row;
use crate::domain::plan::PlanState;
use crate::domain::summary::PlanSummary;
use crate::tui::view::pane::Canvas;
use crate::tui::view::text::{cut, cut_spans, sides, width};
use crate::tui::view::theme::Theme;
use crate::tui::view::words::{ago, of_budget};

/// Widths of a row's columns; 0 where one is left out.
pub(super) struct Columns {
    all: usize,
    /// Whether the state's word stands beside its glyph.
    word: bool,
    current: usize,
    turns: usize,
    /// Whether `turns` stands beside their count.
    turns_word: bool,
    time: usize,
    when: usize,
}

impl Columns {
    /// As many columns as there is room for beside a name; the most useful first.
    pub(super) fn fit(model: &Model, all: usize) -> Self {
        let plans = || model.listing.plans.iter().chain(&model.listing.trashed);
        let widest = |text: &dyn Fn(&PlanSummary) -> String| plans().map(|plan| width(&text(plan))).max().unwrap_or(0);
        let when = widest(&|plan| when(model, plan));
        let turns_word = all >= 50;
        let turns = widest(&|plan| turns(plan, turns_word));
        let time = widest(&|plan| time(model, plan));
        let current = widest(&|plan| plan.current.clone()).min(28);
        let mut columns = Self { all, word: false, current: 0, turns: 0, turns_word, time: 0, when: 0 };
        // What a name keeps at least.
        let mut room = all.saturating_sub(3 + 18);
        let mut take = |wide: usize| {
            let fits = wide > 0 && wide + 2 <= room;
            room -= if fits { wide + 2 } else { 0 };
            if fits { wide } else { 0 }
        };
        columns.turns = take(turns);
        columns.when = take(when);
        columns.time = take(time);
        columns.word = take(10) > 0;
        columns.current = take(current);
        columns
    }
}

fn turns(plan: &PlanSummary, word: bool) -> String {
    format!("{}/{}{}", plan.turns.0, plan.turns.1, if word { " turns" } else { "" })
}

fn time(model: &Model, plan: &PlanSummary) -> String {
    match (plan.worked_at(model.now), plan.budget) {
        (0, 0) => String::new(),
        (worked, 0) => crate::domain::budget::compact(worked),
        (worked, budget) => of_budget(worked, budget),
    }
}

/// When it was last worked on.
fn when(model: &Model, plan: &PlanSummary) -> String {
    if plan.running { "now".into() } else { ago(plan.updated, model.now, &model.zone) }
}

/// A plan's state in a glyph and a word.
pub(super) fn state(theme: &Theme, plan: &PlanSummary) -> (&'static str, &'static str, Style) {
    let (glyph, style) = (&theme.glyph, &theme.style);
    let is = |state: PlanState| plan.state == state.word();
    if plan.running {
        (glyph.running, "running", style.running)
    } else if is(PlanState::Abandoned) {
        (glyph.skipped, "given up", style.dim)
    } else if is(PlanState::Finished) && plan.unverified {
        (glyph.unverified, "unverified", style.warn)
    } else if is(PlanState::Finished) {
        (glyph.done, "finished", style.good)
    } else if plan.open_gates > 0 {
        let word = if plan.stale_gates.is_empty() { "gate open" } else { "gate stale" };
        (glyph.gate_open, word, style.warn)
    } else if is(PlanState::Planned) {
        (glyph.ready, "planned", style.text)
    } else {
        (glyph.paused, "under way", style.text)
    }
}

/// The row at `at`.
pub(super) fn line(canvas: &Canvas<'_, '_>, model: &Model, columns: &Columns, at: usize) -> Line<'static> {
    let plans = &model.plans;
    let theme = canvas.theme;
    let here = plans.cursor == at;
    let focused = !plans.on_preview;
    let text_style = canvas.row_style(here, focused);
    let plain = |glyph: &'static str, glyph_style: Style, name: &str, right: &str| {
        let left = vec![
            canvas.marker(here, focused),
            Span::styled(format!("{glyph} "), glyph_style),
            Span::styled(cut(name, columns.all, theme.glyph.ellipsis), text_style),
        ];
        sides(left, vec![Span::styled(right.to_owned(), theme.style.dim)], columns.all)
    };
    let style = &theme.style;
    match &plans.rows[at] {
        Row::Section(title, count) => Line::styled(format!("{title} ({count})"), style.heading),
        Row::Plan(place) => match model.listing.plans.get(*place) {
            Some(plan) => self::plan(canvas, model, columns, plan, here),
            None => Line::default(),
        },
        Row::Draft(place) => match model.drafts.get(*place) {
            Some(draft) => {
                let strategy = model.library.strategy(&draft.strategy);
                let title = strategy.map_or(draft.strategy.clone(), |strategy| strategy.title.clone());
                let name = if draft.name.trim().is_empty() { title } else { draft.name.clone() };
                plain(theme.glyph.dot, style.dim, &name, &ago(draft.saved, model.now, &model.zone))
            }
            None => Line::default(),
        },
        Row::Broken(place) => {
            let name = model.listing.broken.get(*place).map(|broken| broken.id.as_str()).unwrap_or_default();
            plain("!", style.bad, name, "")
        }
        Row::Conflict(place) => {
            let path = model.listing.conflicts.get(*place).map(|(_, path)| path);
            let name = path.and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
            plain("!", style.warn, &name.unwrap_or_default(), "")
        }
        Row::Trashed(place) => match model.listing.trashed.get(*place) {
            Some(plan) => plain(theme.glyph.skipped, style.dim, &plan.name, ""),
            None => Line::default(),
        },
    }
}

fn plan(canvas: &Canvas<'_, '_>, model: &Model, columns: &Columns, plan: &PlanSummary, here: bool) -> Line<'static> {
    let theme = canvas.theme;
    let dim = theme.style.dim;
    let focused = !model.plans.on_preview;
    let (glyph, word, style) = state(theme, plan);
    let ellipsis = theme.glyph.ellipsis;
    let mut right = Vec::new();
    let mut used = 0;
    let mut add = |text: String, wide: usize, style: Style, left: bool| {
        if wide > 0 {
            let text = cut(&text, wide, ellipsis);
            let blank = " ".repeat(wide - width(&text));
            let text = if left { format!("  {text}{blank}") } else { format!("  {blank}{text}") };
            used += wide + 2;
            right.push(Span::styled(text, style));
        }
    };
    let current = if plan.is_open() { plan.current.clone() } else { String::new() };
    add(current, columns.current, dim, true);
    add(turns(plan, columns.turns_word), columns.turns, theme.style.text, false);
    add(time(model, plan), columns.time, dim, false);
    add(when(model, plan), columns.when, dim, false);
    let mut left = vec![canvas.marker(here, focused), Span::styled(format!("{glyph} "), style)];
    if columns.word {
        left.push(Span::styled(format!("{word:<10}  "), style));
    }
    let room = columns.all.saturating_sub(used + left.iter().map(|span| width(&span.content)).sum::<usize>());
    left.push(Span::styled(cut(&plan.name, room, ellipsis), canvas.row_style(here, focused)));
    let left = cut_spans(left, columns.all.saturating_sub(used));
    sides(left, right, columns.all)
}
