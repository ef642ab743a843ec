//! What there is to say of the selected row of the list of plans.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::app::plans::Row;
use crate::domain::budget::compact;
use crate::domain::memory::Draft;
use crate::domain::summary::{BrokenPlan, PlanSummary};
use crate::keys::Action;
use crate::tui::view::pane::{Canvas, Pane};
use crate::tui::view::text::{cut, wrap_plain};
use crate::tui::view::words::{ago, count, moment};

use super::rows;

/// Columns of the words before facts.
const FACT: usize = 12;

pub(super) fn draw(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let focused = model.plans.on_preview;
    let title = match model.plans.row() {
        Some(Row::Draft(_)) => "Draft",
        Some(Row::Broken(_)) => "Cannot be read",
        Some(Row::Conflict(_)) => "Sync conflict",
        Some(Row::Trashed(_)) => "In the trash",
        Some(Row::Plan(_) | Row::Section(..)) | None => "Plan",
    };
    let inside = canvas.pane(area, &Pane { number: Some(1), title, foot: String::new(), focused });
    let mut page = Page { canvas, columns: usize::from(inside.width), model, lines: Vec::new() };
    match model.plans.row() {
        Some(Row::Plan(at)) => model.listing.plans.get(*at).into_iter().for_each(|plan| page.plan(plan)),
        Some(Row::Draft(at)) => model.drafts.get(*at).into_iter().for_each(|draft| page.draft(draft)),
        Some(Row::Broken(at)) => model.listing.broken.get(*at).into_iter().for_each(|broken| page.broken(broken)),
        Some(Row::Conflict(at)) => {
            model.listing.conflicts.get(*at).into_iter().for_each(|conflict| page.conflict(conflict))
        }
        Some(Row::Trashed(at)) => model.listing.trashed.get(*at).into_iter().for_each(|plan| page.trashed(plan)),
        Some(Row::Section(..)) | None => {}
    }
    let lines = page.lines;
    canvas.lines(inside, lines);
}

/// What is wrong with a file, its place in words; the path stands by itself.
fn without_path(broken: &BrokenPlan) -> String {
    let Some(rest) = broken.message.strip_prefix(&format!("{}:", broken.path.display())) else {
        return broken.message.clone();
    };
    let mut parts = rest.splitn(3, ':');
    match (parts.next().and_then(number), parts.next().and_then(number), parts.next()) {
        (Some(line), Some(column), Some(what)) => format!("Line {line}, column {column}:{what}"),
        _ => rest.trim().to_owned(),
    }
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

struct Page<'p, 'c, 'b> {
    canvas: &'p Canvas<'c, 'b>,
    columns: usize,
    model: &'p Model,
    lines: Vec<Line<'static>>,
}

impl Page<'_, '_, '_> {
    fn text(&mut self, text: &str, style: Style) {
        self.lines.extend(wrap_plain(text, style, self.columns));
    }

    fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// A word and what there is to say of it, wrapped beside it where there is room.
    fn fact(&mut self, word: &str, text: &str, style: Style) {
        let dim = self.canvas.theme.style.dim;
        if self.columns < FACT * 2 {
            return self.text(&format!("{word}: {text}"), style);
        }
        for (at, line) in wrap_plain(text, style, self.columns - FACT).into_iter().enumerate() {
            let word = if at == 0 { word } else { "" };
            let mut spans = vec![Span::styled(format!("{word:<FACT$}"), dim)];
            spans.extend(line.spans);
            self.lines.push(Line::from(spans));
        }
    }

    /// A word, and below it a text that is no words, such as a path.
    fn below(&mut self, word: &str, text: &str) {
        let style = self.canvas.theme.style;
        if self.columns >= FACT + text.chars().count() {
            return self.fact(word, text, style.text);
        }
        self.text(word, style.dim);
        self.text(text, style.text);
    }

    fn when(&self, time: jiff::Timestamp) -> String {
        let moment = moment(time, self.model.now, &self.model.zone);
        let ago = ago(time, self.model.now, &self.model.zone);
        if moment.starts_with(&ago) { moment } else { format!("{moment} ({ago})") }
    }

    fn key(&self, action: Action) -> String {
        self.model.keymap.key(action).unwrap_or_default()
    }

    fn plan(&mut self, plan: &PlanSummary) {
        let style = self.canvas.theme.style;
        let (glyph, word, state_style) = rows::state(self.canvas.theme, plan);
        self.text(&plan.name, style.heading);
        self.gap();
        self.fact("Strategy", &plan.strategy_title, style.text);
        let archived = if plan.archived { ", archived" } else { "" };
        self.fact("State", &format!("{glyph} {word}{archived}"), state_style);
        if plan.is_open() && !plan.current.is_empty() {
            self.fact("Now at", &plan.current, style.text);
        }
        self.fact("Turns", &format!("{} of {} closed", plan.turns.0, plan.turns.1), style.text);
        if plan.sessions.1 > 1 {
            self.fact("Sessions", &format!("{} of {} over", plan.sessions.0, plan.sessions.1), style.text);
        }
        self.time(plan);
        self.attention(plan);
        if !plan.follows.is_empty() {
            let name = self.model.listing.name_of(&plan.follows).unwrap_or(&plan.follows).to_owned();
            self.fact("Follows", &name, style.text);
        }
        for (at, title) in plan.waiting.iter().enumerate() {
            self.fact(if at == 0 { "Queued" } else { "" }, title, style.text);
        }
        self.gap();
        if plan.running {
            self.fact("Worked on", "now, a clock runs", style.text);
        } else if plan.worked_at(self.model.now) > 0 {
            self.fact("Worked on", &self.when(plan.updated), style.text);
        }
        self.fact("Created", &self.when(plan.created), style.text);
        self.below("Id", &plan.id);
    }

    fn time(&mut self, plan: &PlanSummary) {
        let style = self.canvas.theme.style;
        let worked = plan.worked_at(self.model.now);
        if plan.budget == 0 {
            return self.fact("Time", &format!("{} worked, no budget", compact(worked)), style.text);
        }
        let used = worked.saturating_mul(100) / plan.budget;
        let text = format!("{} worked of {} ({used} %)", compact(worked), compact(plan.budget));
        self.fact("Time", &text, style.text);
        if self.columns >= FACT * 2 {
            let wide = (self.columns - FACT).min(30) as u16;
            let (bar, bar_style) = self.canvas.theme.budget_bar(used, wide);
            self.lines.push(Line::from(vec![Span::raw(" ".repeat(FACT)), Span::styled(bar, bar_style)]));
        }
    }

    /// What waits for a person.
    fn attention(&mut self, plan: &PlanSummary) {
        let style = self.canvas.theme.style;
        if plan.open_gates > 0 {
            let verb = if plan.open_gates == 1 { "waits" } else { "wait" };
            self.fact("Gates", &format!("{} {verb} for your decision", plan.open_gates), style.warn);
        }
        for stale in &plan.stale_gates {
            self.fact("Stale gate", &format!("after {stale}"), style.warn);
        }
        if plan.open_items > 0 {
            self.fact("Checklist", &format!("{} open", count(plan.open_items, "item")), style.warn);
        }
        let copies = self.model.listing.conflicts.iter().filter(|(of, _)| *of == plan.id).count();
        if copies > 0 {
            let which = if copies == 1 { "a copy" } else { "copies" };
            self.fact("Sync", &format!("a sync tool left {which}; see 'Sync conflicts'"), style.warn);
        }
        if plan.unverified {
            self.fact("Evidence", "finished without all that was required", style.warn);
        }
    }

    fn draft(&mut self, draft: &Draft) {
        let style = self.canvas.theme.style;
        let strategy = self.model.library.strategy(&draft.strategy);
        let title = strategy.map_or(draft.strategy.as_str(), |strategy| strategy.title.as_str());
        self.text(&format!("A form of '{title}', not started"), style.heading);
        self.text(&format!("saved {}", self.when(draft.saved)), style.dim);
        self.gap();
        if !draft.name.trim().is_empty() {
            self.fact("Name", &draft.name, style.text);
        }
        for (name, text) in &draft.inputs {
            let label =
                strategy.and_then(|strategy| strategy.placeholder(name)).map_or(name.as_str(), |found| &found.label);
            self.text(label, style.dim);
            for line in text.lines().take(4) {
                let line = cut(line, self.columns.saturating_sub(2), self.canvas.theme.glyph.ellipsis);
                self.lines.push(Line::styled(format!("  {line}"), style.text));
            }
            let more = text.lines().count().saturating_sub(4);
            if more > 0 {
                self.lines.push(Line::styled(format!("  and {}", count(more, "more line")), style.dim));
            }
        }
        if strategy.is_none() {
            self.gap();
            self.text("Its strategy is not there any more: put the file back to go on.", style.bad);
        }
    }

    fn broken(&mut self, broken: &BrokenPlan) {
        let style = self.canvas.theme.style;
        self.text(&broken.id, style.heading);
        self.gap();
        self.text(&without_path(broken), style.bad);
        self.gap();
        self.text(&broken.hint, style.text);
        if broken.recoverable {
            self.gap();
            let key = self.key(Action::Enter);
            self.text(
                &format!("{key} puts its last good revision back; this file is kept beside the history."),
                style.text,
            );
        }
        self.gap();
        self.text(&broken.path.to_string_lossy(), style.dim);
    }

    fn conflict(&mut self, (plan, path): &(String, std::path::PathBuf)) {
        let style = self.canvas.theme.style;
        let of = self.model.listing.plans.iter().find(|other| other.id == *plan);
        let of = of.map_or_else(|| plan.clone(), |plan| format!("{} ({})", plan.name, plan.id));
        self.text(
            "A sync tool left a copy beside a plan, because both were changed. Nothing of it is used.",
            style.text,
        );
        self.gap();
        if !of.is_empty() {
            self.below("Plan", &of);
        }
        self.below("Copy", &path.to_string_lossy());
        self.gap();
        let (compare, away) = (self.key(Action::Enter), self.key(Action::Delete));
        self.text(&format!("{compare} compares the two and takes items of the copy into the plan."), style.text);
        self.text(&format!("{away} puts the copy away; it is kept beside the history."), style.text);
    }

    fn trashed(&mut self, plan: &PlanSummary) {
        let style = self.canvas.theme.style;
        self.text(&plan.name, style.heading);
        self.gap();
        self.text(&format!("{} puts it back among the plans.", self.key(Action::Restore)), style.text);
        self.text(&format!("{} empties the trash.", self.key(Action::Delete)), style.text);
        self.gap();
        self.fact("Strategy", &plan.strategy_title, style.text);
        self.fact("Turns", &format!("{} of {} closed", plan.turns.0, plan.turns.1), style.text);
        self.fact("Changed", &self.when(plan.updated), style.text);
        self.below("Id", &plan.id);
    }
}
