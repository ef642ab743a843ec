//! A plan's sessions on a time axis: what runs, what waits for what, what ends when.

mod bars;
mod detail;
mod state;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::axis::Window;
use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::app::workspace::Workspace;
use crate::domain::schedule::{self, Lane};
use crate::domain::untrusted::shown;

use super::pane::{Canvas, Pane};
use super::text::{cut, width};
use super::words::{bare_title, letter, moment};
use state::State;

/// Rows that the selected turn's pane wants below the lanes.
const LOWER: u16 = 9;

/// Draws the lanes, and below them what there is to say of the selected turn.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, workspace: &Workspace) {
    let lanes = schedule::lanes(&workspace.plan, model.now);
    let wanted = u16::try_from(lanes.len()).unwrap_or(u16::MAX).saturating_add(4);
    let spare = body.height.saturating_sub(LOWER);
    let height = match breakpoint(model.size) {
        Breakpoint::Narrow if body.height < wanted.saturating_add(5) => body.height,
        Breakpoint::Narrow => wanted,
        Breakpoint::Normal | Breakpoint::Roomy | Breakpoint::Wide => {
            wanted.max(body.height * 2 / 5).min(spare).max(5.min(body.height))
        }
    };
    pane(canvas, Rect { height, ..body }, model, workspace, &lanes);
    let lower = Rect { y: body.y + height, height: body.height - height, ..body };
    if lower.height >= 3 {
        below(canvas, lower, model, workspace, &lanes);
    }
}

/// The panes below the lanes, as many as there is room for.
fn below(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace, lanes: &[Lane]) {
    let parts: &[u16] = match breakpoint(model.size) {
        Breakpoint::Narrow | Breakpoint::Normal => &[100],
        Breakpoint::Roomy => &[55, 45],
        Breakpoint::Wide => &[34, 38, 28],
    };
    let mut x = area.x;
    for (at, percent) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        let wide = if last { area.right() - x } else { area.width * percent / 100 };
        let place = Rect { x, width: wide, ..area };
        x += wide;
        match (at, last) {
            (0, _) => detail::turn(canvas, place, model, workspace, lanes),
            (_, false) => detail::prompt(canvas, place, workspace),
            (_, true) => detail::attention(canvas, place, model, workspace, lanes),
        }
    }
}

fn pane(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model, workspace: &Workspace, lanes: &[Lane]) {
    let states: Vec<State> = workspace
        .plan
        .sessions
        .iter()
        .map(|session| state::of(canvas.theme, &workspace.plan, session, model.now))
        .collect();
    let columns = usize::from(area.width.saturating_sub(4));
    let label = Label::fit(workspace, &states, columns);
    let axis = columns.saturating_sub(label.columns());
    let window = workspace.axis.window(lanes, model.now, axis);
    let foot = foot(model, &window, columns);
    let inside = canvas.pane(area, &Pane { number: None, title: "Lanes", foot, focused: true });
    if inside.height == 0 || inside.width == 0 {
        return;
    }
    let indent = " ".repeat(label.columns());
    let (above, below) = if inside.height >= 3 { (1, 1) } else { (0, 0) };
    if above > 0 && axis > 0 {
        let labels = bars::labels(&window, &model.zone);
        canvas.lines(inside, vec![Line::styled(format!("{indent}{labels}"), canvas.theme.style.dim)]);
    }
    let selected = lanes.iter().position(|lane| lane.session == workspace.session).unwrap_or(0);
    let rows: Vec<Line<'static>> = lanes
        .iter()
        .enumerate()
        .map(|(at, lane)| {
            let here = at == selected;
            let mut spans = label.spans(canvas, workspace, at, &states[at], here);
            spans.extend(bars::bar_row(
                canvas.theme,
                &window,
                lane,
                here.then_some(workspace.turn.as_str()),
                model.now,
            ));
            Line::from(spans)
        })
        .collect();
    let count = rows.len() as u16;
    let list = Rect { y: inside.y + above, height: inside.height - above - below, ..inside };
    canvas.list(list, 0, rows, selected);
    if below > 0 && axis > 0 {
        let row = Rect { y: list.y + count.min(list.height), height: 1, ..inside };
        let marker = bars::now_row(&window, model.now);
        canvas.lines(row, vec![Line::styled(format!("{indent}{marker}"), canvas.theme.style.accent)]);
    }
}

/// What a column stands for, and the time.
fn foot(model: &Model, window: &Window, columns: usize) -> String {
    let now = moment(model.now, model.now, &model.zone);
    let scale = window.scale as u64;
    let minutes = scale.div_ceil(60);
    let each = match scale {
        0..60 => format!("{scale}s"),
        60..3600 => format!("{minutes}m"),
        _ => format!("{}h{:02}", minutes / 60, minutes % 60).replace("h00", "h"),
    };
    let about = if scale >= 60 && !scale.is_multiple_of(60) { "about " } else { "" };
    if columns >= 50 { format!("a column is {about}{each}, now {now}") } else { format!("now {now}") }
}

/// The columns before the axis: marker, letter, title, state.
struct Label {
    letter: usize,
    title: usize,
    state: usize,
}

impl Label {
    /// As wide as titles and states need, but not so wide that the axis suffers.
    fn fit(workspace: &Workspace, states: &[State], columns: usize) -> Self {
        let longest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0);
        let plan = &workspace.plan;
        let titles = longest(&mut plan.sessions.iter().map(|session| width(&shown(bare_title(plan, session)))));
        let words = longest(&mut states.iter().map(|state| width(&state.word)));
        let letter = letter(plan.sessions.len().saturating_sub(1)).len();
        match columns {
            ..24 => Self { letter, title: 0, state: 0 },
            24..46 => Self { letter, title: 0, state: words.min(10) },
            46..64 => Self { letter, title: titles.min(columns / 7), state: words.min(10) },
            _ => Self { letter, title: titles.min(columns / 5).min(32), state: words.min(14) },
        }
    }

    fn columns(&self) -> usize {
        let title = if self.title > 0 { self.title + 1 } else { 0 };
        let state = if self.state > 0 { self.state + 1 } else { 0 };
        1 + self.letter + 1 + title + 1 + state + 1
    }

    fn spans(
        &self,
        canvas: &Canvas<'_, '_>,
        workspace: &Workspace,
        at: usize,
        state: &State,
        here: bool,
    ) -> Vec<Span<'static>> {
        let session = &workspace.plan.sessions[at];
        let ellipsis = canvas.theme.glyph.ellipsis;
        let mut name = format!("{:<wide$} ", letter(at), wide = self.letter);
        if self.title > 0 {
            name += &padded(&cut(bare_title(&workspace.plan, session), self.title, ellipsis), self.title);
            name.push(' ');
        }
        let name_style = canvas.row_style(here, true);
        let mut spans =
            vec![canvas.marker(here, true), Span::styled(name, name_style), Span::styled(state.glyph, state.style)];
        if self.state > 0 {
            let word = padded(&cut(&state.word, self.state, ellipsis), self.state);
            spans.push(Span::styled(format!(" {word}"), state.style));
        }
        spans.push(Span::raw(" "));
        spans
    }
}

/// Text filled up with blanks to `columns`.
fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}
