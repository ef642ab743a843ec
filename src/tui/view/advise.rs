//! The card that says which strategy fits: questions, what the answers mean, and the strategies ranked,
//! each with its reason.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::advise::{Card, SHAPE_PARTS, Spot};
use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::Model;
use crate::app::msg::ClickTarget;
use crate::domain::advice::{ANY, Aspect, Grade, Ranked, Sessions, Shape, Situation};
use crate::domain::untrusted::shown;
use crate::domain::words::capital;

use super::blocks::{self, Block};
use super::pane::{Canvas, Pane};
use super::text::{cut, sides, width, wrap};
use super::theme::Theme;

/// Columns before the answers: marker, question, a blank.
const BEFORE: usize = 15;

/// Columns of the questions where the strategies stand beside them.
const LEFT: u16 = 62;

/// Strategies laid out before and after the one that has the focus: a library may be large.
const NEAR: usize = 60;

/// Rows from which strategies stand apart.
const SPACED: u16 = 24;

/// Columns of the labels of how to work.
const LABEL: usize = 9;

/// Draws the card in place of the browser's panes.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    let card = &model.browser.card;
    let asking = matches!(card.spot(), Spot::Question(_));
    let place = match card.spot() {
        Spot::Strategy(at) => format!("{} of {}", at + 1, card.advice.ranked.len()),
        Spot::Question(_) | Spot::Shape => String::new(),
    };
    if breakpoint(model.size) >= Breakpoint::Roomy {
        let [left, right] = Layout::horizontal([Constraint::Length(LEFT), Constraint::Fill(1)]).areas(body);
        let questions = Pane { number: None, title: "Your work", foot: String::new(), focused: asking };
        let inside = canvas.pane(left, &questions);
        beside(canvas, inside, card);
        let list = Pane { number: None, title: heading(card.advice.situation), foot: place, focused: !asking };
        let inside = canvas.pane(right, &list);
        return ranking(canvas, inside, card, false);
    }
    let frame = Pane { number: None, title: "Which strategy fits", foot: place, focused: true };
    let inside = canvas.pane(body, &frame);
    let columns = usize::from(inside.width);
    let mut rest = questions(canvas, inside, card);
    let help = help(card, card.focus, canvas.theme, columns);
    // As tall as it gets, so that the list below stays where it is.
    let tall = (0..=Aspect::ALL.len()).map(|focus| self::help(card, focus, canvas.theme, columns).len()).max();
    let gap = usize::from(rest.height > 12);
    rest = below(rest, gap);
    canvas.lines(rest, help);
    rest = below(rest, tall.unwrap_or(0) + gap);
    let style = canvas.theme.style;
    let left = vec![Span::styled(heading(card.advice.situation), style.heading)];
    let right = vec![Span::styled(sessions(card.advice.shape.sessions), style.accent)];
    canvas.lines(rest, vec![sides(left, right, columns)]);
    ranking(canvas, below(rest, 1), card, true);
}

/// What is left of `area` below so many rows.
fn below(area: Rect, rows: usize) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

fn heading(situation: Situation) -> &'static str {
    if situation.is_open() { "What each is made for" } else { "The best first" }
}

fn sessions(sessions: Sessions) -> &'static str {
    match sessions {
        Sessions::Open => "",
        Sessions::One => "one session will do",
        Sessions::Several => "several sessions",
        Sessions::Parallel => "several sessions side by side",
        Sessions::Serial => "several sessions in a row",
    }
}

/// The questions with their answers, each of which can be clicked; gives back what is left below.
fn questions(canvas: &mut Canvas<'_, '_>, area: Rect, card: &Card) -> Rect {
    let mut rest = area;
    for at in 0..Aspect::ALL.len() {
        rest = question(canvas, rest, card, at);
    }
    rest
}

fn question(canvas: &mut Canvas<'_, '_>, area: Rect, card: &Card, at: usize) -> Rect {
    let style = canvas.theme.style;
    let aspect = Aspect::ALL[at];
    let focused = card.focus == at;
    let name = format!("{:<12} ", capital(aspect.word()));
    let name_style = if focused { style.selected } else { style.text };
    let marker = canvas.marker(focused, true);
    let row = Rect { height: area.height.min(1), ..area };
    let label = Span::styled(name.trim_end().to_owned(), name_style);
    canvas.lines(row, vec![Line::from(vec![marker, Span::raw(" "), label])]);
    let chosen = card.advice.situation.place(aspect).unwrap_or(aspect.words().len());
    let (mut column, mut line) = (BEFORE, 0);
    for (place, word) in aspect.words().iter().chain(&[ANY]).enumerate() {
        let on = place == chosen;
        let text = if on { format!("[{}] {word}", place + 1) } else { format!("({}) {word}", place + 1) };
        if column > BEFORE && column + width(&text) > usize::from(area.width) {
            (column, line) = (BEFORE, line + 1);
        }
        let spot = part(area, column, line, width(&text));
        canvas.lines(spot, vec![Line::styled(text.clone(), if on { style.heading } else { style.dim })]);
        canvas.hit(spot, ClickTarget::Row(0, Card::answer_row(at, place)));
        column += width(&text) + 2;
    }
    let label = Rect { width: area.width.min(BEFORE as u16 - 1), ..row };
    canvas.hit(label, ClickTarget::Row(0, at));
    below(area, line + 1)
}

/// A stretch of a row of `area`, as far as it is inside.
fn part(area: Rect, column: usize, row: usize, columns: usize) -> Rect {
    let column = u16::try_from(column).unwrap_or(u16::MAX).min(area.width);
    let row = u16::try_from(row).unwrap_or(u16::MAX).min(area.height);
    let columns = u16::try_from(columns).unwrap_or(u16::MAX).min(area.width - column);
    Rect { x: area.x + column, y: area.y + row, width: columns, height: (area.height - row).min(1) }
}

/// What the focused question asks and what its answer means; from a strategy, whether one session will
/// do.
fn help(card: &Card, focus: usize, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    match Aspect::ALL.get(focus) {
        Some(aspect) => {
            let question = format!("{} ", aspect.question());
            let answer = meaning(card.advice.situation, *aspect);
            wrap([(question.as_str(), style.text), (answer.as_str(), style.dim)], columns)
        }
        None => wrap([(card.advice.shape.statement.as_str(), style.text)], columns),
    }
}

/// An answer with what it means.
fn meaning(situation: Situation, aspect: Aspect) -> String {
    let place = situation.place(aspect).unwrap_or(aspect.words().len());
    format!("{}: {}.", capital(situation.word(aspect).unwrap_or(ANY)), aspect.meaning(place))
}

/// Where there is room: the questions, each with what its answer means, and below how to work.
fn beside(canvas: &mut Canvas<'_, '_>, area: Rect, card: &Card) {
    let theme = canvas.theme;
    let columns = usize::from(area.width);
    let shape = shape(&card.advice.shape, theme, columns);
    let mut rest = area;
    let each = 3;
    let roomy = usize::from(area.height) > Aspect::ALL.len() * each + shape.len();
    for (at, aspect) in Aspect::ALL.iter().enumerate() {
        rest = question(canvas, rest, card, at);
        if roomy {
            let answer = meaning(card.advice.situation, *aspect);
            let answer = cut(&answer, columns.saturating_sub(BEFORE), theme.glyph.ellipsis);
            let line = Line::from(vec![Span::raw(" ".repeat(BEFORE)), Span::styled(answer, theme.style.dim)]);
            canvas.lines(Rect { height: rest.height.min(1), ..rest }, vec![line]);
            rest = below(rest, 2);
        }
    }
    if !roomy {
        let help = help(card, card.focus.min(Aspect::ALL.len() - 1), theme, columns);
        let tall = help.len().max(2);
        canvas.lines(below(rest, 1), help);
        rest = below(rest, 1 + tall);
    }
    let gap = usize::from(usize::from(rest.height) > shape.len());
    canvas.lines(below(rest, gap), shape);
}

/// Whether one session will do, and how to work.
fn shape(shape: &Shape, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let mut lines = wrap([(shape.statement.as_str(), theme.style.heading)], columns);
    lines.extend(how_to_work(shape).into_iter().flat_map(|(label, text)| labelled(label, text, false, theme, columns)));
    lines
}

/// The parts of how to work, each with its label.
fn how_to_work(shape: &Shape) -> [(&'static str, &str); SHAPE_PARTS] {
    [("Plan", &shape.planning), ("Oversee", &shape.oversight), ("Prove", &shape.evidence)]
}

fn labelled(label: &str, text: &str, focused: bool, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let mut rows = wrap([(text, theme.style.text)], columns.saturating_sub(LABEL));
    let style = if focused { theme.style.selected } else { theme.style.dim };
    for (at, row) in rows.iter_mut().enumerate() {
        let label = if at == 0 { label } else { "" };
        let gap = " ".repeat(LABEL.saturating_sub(width(label)));
        row.spans.splice(0..0, [Span::styled(label.to_owned(), style), Span::raw(gap)]);
    }
    rows
}

/// The strategies, the best first; with `shape`, how to work stands after the last one.
fn ranking(canvas: &mut Canvas<'_, '_>, area: Rect, card: &Card, with_shape: bool) {
    let theme = canvas.theme;
    let columns = usize::from(area.width);
    let ranked = &card.advice.ranked;
    let questions = Aspect::ALL.len();
    let focus = card.focus.saturating_sub(questions);
    let first = focus.saturating_sub(NEAR).min(ranked.len());
    let last = (focus + NEAR).min(ranked.len());
    let open = card.advice.situation.is_open();
    let gap = usize::from(area.height >= SPACED);
    let block =
        |at: usize, lines| Block { lines: spaced(lines, gap), target: ClickTarget::Row(0, questions + at), edit: None };
    let mut rows: Vec<Block<'_>> = (first..last)
        .map(|at| block(at, strategy(&ranked[at], card.focus == questions + at, open, theme, columns)))
        .collect();
    if with_shape && last == ranked.len() {
        let parts = how_to_work(&card.advice.shape);
        rows.extend(parts.iter().enumerate().map(|(part, (label, text))| {
            let at = last + part;
            let focused = card.focus == questions + at;
            let marker = if focused { theme.glyph.cursor } else { " " };
            let mut lines = labelled(label, text, focused, theme, columns.saturating_sub(2));
            for (row, line) in lines.iter_mut().enumerate() {
                let marker = if row == 0 { marker } else { " " };
                line.spans.insert(0, Span::styled(format!("{marker} "), theme.style.accent));
            }
            block(at, lines)
        }));
    }
    blocks::draw(canvas, area, rows, focus - first);
}

fn strategy(ranked: &Ranked, focused: bool, open: bool, theme: &Theme, columns: usize) -> Vec<Line<'static>> {
    let style = theme.style;
    let marker = Span::styled(format!("{} ", if focused { theme.glyph.cursor } else { " " }), style.accent);
    let title = if focused { style.selected } else { style.heading };
    // With every question open a score says nothing yet.
    let right = if open { String::new() } else { format!("{} {:>3}", ranked.grade, ranked.score) };
    let name = shown(&ranked.title).into_owned();
    let beside = width(&name) + width(&right) + 4 <= columns;
    let right = Span::styled(right, grade(ranked.grade, theme));
    let mut lines = if beside {
        vec![sides(vec![marker, Span::styled(name, title)], vec![right], columns)]
    } else {
        let mut lines = wrap([(name.as_str(), title)], columns.saturating_sub(2));
        for (at, line) in lines.iter_mut().enumerate() {
            line.spans.insert(0, if at == 0 { marker.clone() } else { Span::raw("  ") });
        }
        lines.push(indented(Line::from(right)));
        lines
    };
    let reason = if ranked.grade == Grade::Hardly { style.dim } else { style.text };
    lines.extend(wrap([(ranked.reason.as_str(), reason)], columns.saturating_sub(2)).into_iter().map(indented));
    lines
}

/// Lines with so many empty ones below.
fn spaced(mut lines: Vec<Line<'static>>, gap: usize) -> Vec<Line<'static>> {
    lines.extend(std::iter::repeat_n(Line::default(), gap));
    lines
}

fn indented(mut line: Line<'static>) -> Line<'static> {
    line.spans.insert(0, Span::raw("  "));
    line
}

fn grade(grade: Grade, theme: &Theme) -> Style {
    match grade {
        Grade::Well => theme.style.good,
        Grade::Fits => theme.style.text,
        Grade::Partly | Grade::Hardly => theme.style.dim,
    }
}
