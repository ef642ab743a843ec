//! The axis of the lanes and what lies on it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::app::axis::Window;
use crate::domain::schedule::{BarKind, Lane};
use crate::tui::view::text::cut;
use crate::tui::view::theme::Theme;

/// Fewer columns than these show nothing that is recognised as a title.
const SHORTEST_TITLE: usize = 5;

/// The row of times.
pub(super) fn labels(window: &Window, zone: &TimeZone) -> String {
    let mut row = String::new();
    for tick in window.ticks(zone) {
        let used = row.width();
        let fits = tick.column + tick.label.width() <= window.columns;
        if fits && (tick.column > used || used == 0) {
            row.push_str(&" ".repeat(tick.column - used));
            row.push_str(&tick.label);
        }
    }
    row
}

/// The row that says where now is.
pub(super) fn now_row(window: &Window, now: Timestamp) -> String {
    let (at, columns) = (window.column(now.as_second()), window.columns);
    match usize::try_from(at) {
        Err(_) => "< now is earlier".chars().take(columns).collect(),
        Ok(at) if at >= columns => format!("{:>columns$}", "now is later >"),
        Ok(at) if at + 5 > columns => format!("{}now ^", " ".repeat((at + 1).saturating_sub(5))),
        Ok(at) => format!("{}^ now", " ".repeat(at)),
    }
}

/// One column of the axis: what it shows, and how; a wide character leaves the next one empty.
#[derive(Clone)]
struct Cell {
    symbol: String,
    style: Style,
    /// Whether a bar lies there.
    taken: bool,
}

/// A session's bars, with the titles of its turns where they fit; `selected` is the turn to mark.
pub(super) fn bar_row(
    theme: &Theme,
    window: &Window,
    lane: &Lane,
    selected: Option<&str>,
    now: Timestamp,
) -> Vec<Span<'static>> {
    let blank = Cell { symbol: " ".into(), style: Style::new(), taken: false };
    let mut cells = vec![blank; window.columns];
    for bar in &lane.bars {
        let (glyph, style) = of(theme, bar.kind);
        for at in window.stretch(bar.from, bar.to) {
            cells[at] = Cell { symbol: glyph.into(), style, taken: true };
        }
    }
    separate(&mut cells, theme, window, lane);
    for (at, bar) in lane.bars.iter().enumerate() {
        let widest = lane.bars.iter().enumerate().filter(|(_, other)| other.turn == bar.turn);
        let widest = widest.max_by_key(|(at, other)| (other.to - other.from, std::cmp::Reverse(*at)));
        if widest.is_some_and(|(widest, _)| widest == at) {
            let marked = selected == Some(bar.turn.as_str());
            title(&mut cells, theme, window.stretch(bar.from, bar.to), &bar.title, marked);
        }
    }
    if let Some(cell) = usize::try_from(window.column(now.as_second())).ok().and_then(|at| cells.get_mut(at))
        && !cell.taken
    {
        *cell = Cell { symbol: theme.glyph.border.vertical_left.into(), style: theme.style.border, taken: true };
    }
    joined(cells)
}

fn of(theme: &Theme, kind: BarKind) -> (&'static str, Style) {
    match kind {
        BarKind::Worked => (theme.glyph.full, theme.style.good),
        BarKind::Over => (theme.glyph.over, theme.style.bad),
        BarKind::Left => (theme.glyph.empty, theme.style.running),
        BarKind::Planned => (theme.glyph.planned, theme.style.dim),
    }
}

/// Marks where one turn's bar touches the one before it.
fn separate(cells: &mut [Cell], theme: &Theme, window: &Window, lane: &Lane) {
    for pair in lane.bars.windows(2) {
        let place = window.stretch(pair[1].from, pair[1].to);
        if pair[0].turn != pair[1].turn && place.len() > 1 && place.start > 0 && cells[place.start - 1].taken {
            cells[place.start].symbol = theme.glyph.bar.into();
        }
    }
}

/// Writes a title into a bar, one column in; marked ones stand out.
fn title(cells: &mut [Cell], theme: &Theme, place: std::ops::Range<usize>, title: &str, marked: bool) {
    let room = place.len().saturating_sub(2);
    let text = cut(title, room, theme.glyph.ellipsis);
    if text.width() < SHORTEST_TITLE && text.width() < cut(title, usize::MAX, "").width() {
        return;
    }
    let mut at = place.start + 1;
    for grapheme in text.graphemes(true) {
        let wide = grapheme.width();
        if wide == 0 || at + wide > place.end {
            continue;
        }
        let style = if marked { cells[at].style.add_modifier(Modifier::REVERSED) } else { cells[at].style };
        cells[at] = Cell { symbol: grapheme.into(), style, taken: true };
        for rest in cells.iter_mut().take(at + wide).skip(at + 1) {
            rest.symbol.clear();
        }
        at += wide;
    }
}

/// Cells with the same style as one span.
fn joined(cells: Vec<Cell>) -> Vec<Span<'static>> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    for cell in cells {
        match spans.last_mut() {
            Some(last) if last.style == cell.style => last.content.to_mut().push_str(&cell.symbol),
            _ => spans.push(Span::styled(cell.symbol, cell.style)),
        }
    }
    spans
}
