//! The rows of the wrap-up: the checklist, whether it worked, what to remember, the end.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::app::workspace::{Workspace, WrapRow};
use crate::domain::checklist::{ChecklistItem, Tick};
use crate::domain::plan::{Outcome, Queued, Session, SessionState, Turn};
use crate::domain::quality::QualityIndicator;
use crate::tui::view::pane::Canvas;
use crate::tui::view::text::{cut, cut_spans, sides, width, wrap_plain};
use crate::tui::view::words::moment;

use super::{points, summary};

/// Lines of what helped and what to change that are shown.
const WORDS: usize = 4;

/// A line, and the row that it belongs to, if any.
type RowLine = (Option<usize>, Line<'static>);

/// Every line, top to bottom, at most `columns` wide.
pub(super) fn lines(canvas: &Canvas<'_, '_>, model: &Model, workspace: &Workspace, columns: usize) -> Vec<RowLine> {
    let mut page = Page { canvas, model, columns, lines: Vec::new(), row: None, here: false };
    let Some(session) = workspace.selected_session() else { return Vec::new() };
    if breakpoint(model.size) == Breakpoint::Narrow {
        page.text(&summary::in_brief(model, session), canvas.theme.style.dim);
        page.gap();
    }
    let judged = workspace.judged();
    for (at, row) in workspace.wrap_rows().into_iter().enumerate() {
        page.row = Some(at);
        page.here = workspace.wrap_row == at;
        match row {
            WrapRow::Item(item) => page.item(&session.checklist[item]),
            WrapRow::Indicator(indicator) => {
                if indicator == QualityIndicator::ALL[0] {
                    page.gap();
                    page.heading(if session.turns.iter().all(Turn::is_closed) { "Quality" } else { "Quality so far" });
                }
                judged.iter().filter(|judged| judged.indicator == indicator).for_each(|judged| page.indicator(judged));
            }
            WrapRow::Outcome => page.outcome(workspace.plan.reflection.outcome),
            WrapRow::Words => {
                page.words("What helped", &workspace.plan.reflection.helped);
                page.words("What to change next time", &workspace.plan.reflection.change);
            }
            WrapRow::Finish => page.finish(session),
            WrapRow::Queued(place) => page.queued(session, place, workspace.plan.waiting()[place]),
        }
    }
    page.lines
}

pub(super) struct Page<'p, 'c, 'b> {
    pub(super) canvas: &'p Canvas<'c, 'b>,
    model: &'p Model,
    pub(super) columns: usize,
    lines: Vec<RowLine>,
    row: Option<usize>,
    pub(super) here: bool,
}

impl Page<'_, '_, '_> {
    pub(super) fn push(&mut self, line: Line<'static>) {
        self.lines.push((self.row, line));
    }

    /// A line that belongs to no row.
    pub(super) fn beside(&mut self, line: Line<'static>) {
        self.lines.push((None, line));
    }

    pub(super) fn gap(&mut self) {
        self.lines.push((None, Line::default()));
    }

    fn text(&mut self, text: &str, style: Style) {
        for line in wrap_plain(text, style, self.columns) {
            self.push(line);
        }
    }

    /// Wrapped text, moved in.
    pub(super) fn indented(&mut self, text: &str, style: Style, by: usize) {
        for line in wrap_plain(text, style, self.columns.saturating_sub(by)) {
            let mut spans = vec![Span::raw(" ".repeat(by))];
            spans.extend(line.spans);
            self.push(Line::from(spans));
        }
    }

    pub(super) fn marker(&self) -> Span<'static> {
        self.canvas.marker(self.here, true)
    }

    pub(super) fn style(&self) -> Style {
        self.canvas.row_style(self.here, true)
    }

    /// `[x] text`, and who ticked it when, at the right or below.
    fn item(&mut self, item: &ChecklistItem) {
        let style = self.canvas.theme.style;
        let (mark, mark_style) = if item.ticked.is_some() { ("[x] ", style.good) } else { ("[ ] ", style.text) };
        let who = item.ticked.as_ref().map(|tick| self.who(tick)).unwrap_or_default();
        let mut parts = wrap_plain(&item.text, self.style(), self.columns.saturating_sub(5));
        let beside = parts.len() == 1 && !who.is_empty() && parts[0].width() + width(&who) + 7 <= self.columns;
        let first = std::mem::take(&mut parts[0]);
        let mut spans = vec![self.marker(), Span::styled(mark, mark_style)];
        spans.extend(first.spans);
        if beside {
            let line = sides(spans, vec![Span::styled(who.clone(), style.dim)], self.columns);
            self.push(line);
        } else {
            self.push(Line::from(spans));
        }
        for part in parts.into_iter().skip(1) {
            let mut spans = vec![Span::raw("     ")];
            spans.extend(part.spans);
            self.push(Line::from(spans));
        }
        if !beside && !who.is_empty() {
            self.indented(&who, style.dim, 5);
        }
    }

    fn who(&self, tick: &Tick) -> String {
        let by = if tick.by.is_empty() { String::new() } else { format!("{} ", tick.by) };
        let note = if tick.note.is_empty() { String::new() } else { format!(": {}", tick.note) };
        let text = format!("{by}{}{note}", moment(tick.at, self.model.now, &self.model.zone));
        crate::domain::untrusted::shown(&text).into_owned()
    }

    /// The three answers, the given one in brackets.
    fn outcome(&mut self, outcome: Outcome) {
        self.gap();
        let style = self.canvas.theme.style;
        let mut spans = vec![self.marker(), Span::styled("Did it work?", self.style()), Span::raw("  ")];
        for (at, answer) in [Outcome::Yes, Outcome::Partly, Outcome::No].into_iter().enumerate() {
            if at > 0 {
                spans.push(Span::raw("  "));
            }
            if answer == outcome {
                spans.push(Span::styled(format!("[{}] {answer}", at + 1), style.accent));
            } else {
                spans.push(Span::styled(format!("({}) {answer}", at + 1), style.dim));
            }
        }
        self.push(Line::from(cut_spans(spans, self.columns)));
    }

    /// Words under their heading, the first lines of them.
    fn words(&mut self, heading: &str, text: &str) {
        self.gap();
        let style = self.canvas.theme.style;
        let line = Line::from(vec![self.marker(), Span::styled(heading.to_owned(), self.style())]);
        self.push(line);
        let text = text.trim_end();
        if text.is_empty() {
            return self.indented("nothing written", style.dim, 3);
        }
        let wrapped = wrap_plain(text, style.text, self.columns.saturating_sub(3));
        let hidden = wrapped.len().saturating_sub(WORDS);
        for line in wrapped.into_iter().take(WORDS) {
            let mut spans = vec![Span::raw(" "), Span::styled(format!("{} ", self.canvas.theme.glyph.bar), style.dim)];
            spans.extend(line.spans);
            self.push(Line::from(spans));
        }
        if hidden > 0 {
            self.indented(self.canvas.theme.glyph.ellipsis, style.dim, 3);
        }
    }

    fn finish(&mut self, session: &Session) {
        self.gap();
        let style = self.canvas.theme.style;
        if session.is_over() {
            return self.over(session);
        }
        let points = points::of(session);
        let label_style = if self.here { self.style() } else { style.accent };
        let line = Line::from(vec![self.marker(), Span::styled("> Finish session", label_style)]);
        self.push(line);
        let verdict = if points.against.is_empty() { style.dim } else { style.warn };
        self.indented(&points.verdict, verdict, 3);
        for point in points.against.iter().chain(&points.open) {
            self.bullet(point);
        }
    }

    /// What waits to become a plan of its own.
    fn queued(&mut self, session: &Session, place: usize, queued: &Queued) {
        let style = self.canvas.theme.style;
        if place == 0 {
            self.gap();
            self.lines.push((None, Line::styled(" Queued, each to be a plan of its own", style.heading)));
        }
        let text = match session.is_over() {
            true => format!("> Start '{}' as its own plan", queued.title),
            false => format!("{} '{}', once this session is over", self.canvas.theme.glyph.waiting, queued.title),
        };
        let text_style = match (self.here, session.is_over()) {
            (true, _) => self.style(),
            (false, true) => style.accent,
            (false, false) => style.text,
        };
        let mut rows = wrap_plain(&text, text_style, self.columns.saturating_sub(3)).into_iter();
        let mut spans = vec![self.marker()];
        spans.extend(rows.next().unwrap_or_default().spans);
        self.push(Line::from(spans));
        for row in rows {
            let mut spans = vec![Span::raw("   ")];
            spans.extend(row.spans);
            self.push(Line::from(spans));
        }
        if queued.goal != queued.title {
            let goal = queued.goal.split_whitespace().collect::<Vec<_>>().join(" ");
            let goal = cut(&goal, self.columns.saturating_sub(3) * 2, self.canvas.theme.glyph.ellipsis);
            self.indented(&goal, style.dim, 3);
        }
    }

    fn bullet(&mut self, text: &str) {
        let style = self.canvas.theme.style;
        for (at, line) in wrap_plain(text, style.text, self.columns.saturating_sub(5)).into_iter().enumerate() {
            let mut spans = vec![Span::raw(if at == 0 { "   - " } else { "     " })];
            spans.extend(line.spans);
            self.push(Line::from(spans));
        }
    }

    /// What is to be said of a session that is over.
    fn over(&mut self, session: &Session) {
        let style = self.canvas.theme.style;
        let at =
            session.ended.map(|at| format!(" {}", moment(at, self.model.now, &self.model.zone))).unwrap_or_default();
        let unverified = !session.unverified().is_empty();
        let (glyph, text, state_style) = match session.state {
            SessionState::Abandoned => (self.canvas.theme.glyph.skipped, format!("Given up{at}"), style.warn),
            _ if unverified => (self.canvas.theme.glyph.unverified, format!("Finished unverified{at}"), style.warn),
            _ => (self.canvas.theme.glyph.done, format!("Finished{at}"), style.good),
        };
        let text_style = if self.here { self.style() } else { state_style };
        let line = Line::from(vec![self.marker(), Span::styled(format!("{glyph} {text}"), text_style)]);
        self.push(line);
        if let Some(reason) = session.reason.as_ref().filter(|reason| !reason.is_empty()) {
            self.indented(&format!("because: {reason}"), style.text, 3);
        }
        for point in points::of(session).open {
            self.bullet(&point);
        }
    }
}
