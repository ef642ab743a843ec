//! What lies over a screen: dialogs, palette, help, the send command's output, the first-run card,
//! and the keys that may follow a prefix.

mod compare;
mod dialog;
mod findings;
mod help;
mod palette;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::model::{Model, Overlay};
use crate::keys::Action;

use super::pane::{Canvas, centred};
use super::text::{boundary, wrap_plain};

/// Most bytes of the send command's output that are drawn.
const OUTPUT_BYTES: usize = 64 * 1024;

/// Columns of a step's name on the first-run card.
const STEP: usize = 12;

/// Draws what lies over the screen.
pub(super) fn draw(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    match &model.overlay {
        Some(Overlay::Dialog(dialog)) => dialog::draw(canvas, body, model, dialog),
        Some(Overlay::Palette { query, cursor }) => palette::draw(canvas, body, model, query, *cursor),
        Some(Overlay::Help { scroll }) => help::draw(canvas, body, model, *scroll),
        Some(Overlay::Findings { cursor }) => findings::draw(canvas, body, model, *cursor),
        Some(Overlay::Compare(compare)) => compare::draw(canvas, body, model, compare),
        Some(Overlay::Sending { scroll }) => sending(canvas, body, model, *scroll),
        Some(Overlay::Welcome) => welcome(canvas, body, model),
        None => {}
    }
    if !model.pending.is_empty() {
        pending(canvas, body, model);
    }
}

/// The inside of a card in the middle; where there is no room for a border, the whole body.
fn middle(canvas: &mut Canvas<'_, '_>, body: Rect, (width, height): (u16, usize), title: &str) -> (Rect, Rect) {
    let height = u16::try_from(height).unwrap_or(u16::MAX).saturating_add(2);
    let area = centred(body, width, height);
    if area.width < 8 || area.height < 4 {
        canvas.frame.render_widget(ratatui::widgets::Clear, body);
        return (body, body);
    }
    (area, canvas.card(area, title, ""))
}

fn sending(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model, scroll: usize) {
    let Some(sending) = model.workspace.as_ref().and_then(|workspace| workspace.sending.as_ref()) else { return };
    let how = match sending.done {
        None => "running".to_owned(),
        Some(Some(code)) => format!("ended with exit code {code}"),
        Some(None) => "ended by a signal".into(),
    };
    let width = body.width.saturating_sub(4).clamp(20, 120);
    let (area, inside) = middle(canvas, body, (width, usize::from(body.height)), &format!("Send command: {how}"));
    let start = boundary(&sending.output, sending.output.len().saturating_sub(OUTPUT_BYTES));
    let text = sending.output[start..].trim_end();
    let style = canvas.look.style;
    let lines = match (text.is_empty(), sending.done.is_none()) {
        (true, true) => wrap_plain("It has printed nothing yet.", style.dim, usize::from(inside.width)),
        (true, false) => wrap_plain("It printed nothing.", style.dim, usize::from(inside.width)),
        (false, _) => wrap_plain(text, style.text, usize::from(inside.width)),
    };
    let last = lines.len().saturating_sub(usize::from(inside.height));
    let top = last.saturating_sub(scroll);
    canvas.scrolled(inside, lines, top);
    if top < last {
        canvas.foot(area, &format!("{} more lines below", last - top));
    }
}

fn welcome(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    let style = canvas.look.style;
    let key = |action: Action| model.keymap.key(action).unwrap_or_else(|| "(no key)".into());
    let columns = usize::from(body.width.min(72).saturating_sub(4));
    let mut lines = wrap_plain(
        "Setlist helps you work with a coding agent by a plan. A plan is a list of turns: each has a prompt to hand over, \
         a time budget, and the evidence that shows it is done.",
        style.text,
        columns,
    );
    lines.push(Line::default());
    let steps = [
        (
            "1 Browse",
            format!(
                "choose a strategy: {} and {} move, {} searches, {} says which fits",
                key(Action::Down),
                key(Action::Up),
                key(Action::Search),
                key(Action::Advise)
            ),
        ),
        ("2 Fill in", format!("{} opens its form; the prompts take shape as you answer", key(Action::Enter))),
        (
            "3 Work",
            format!(
                "turn by turn: {} copies the prompt, {} starts the clock, {} closes the turn",
                key(Action::Copy),
                key(Action::Timer),
                key(Action::Done)
            ),
        ),
        ("4 Tick off", format!("{} opens the checklist; finish there and copy the report", key(Action::WrapUp))),
    ];
    for (step, text) in &steps {
        let rows = wrap_plain(text, style.text, columns.saturating_sub(STEP));
        for (at, mut row) in rows.into_iter().enumerate() {
            let step = if at == 0 { *step } else { "" };
            row.spans.insert(0, Span::styled(format!("{step:<STEP$}"), style.heading));
            lines.push(row);
        }
    }
    lines.push(Line::default());
    let keys = format!(
        "{} shows every key, {} finds an action by its name, {} goes back, {} leaves. Everything is saved as you go.",
        key(Action::Help),
        key(Action::Palette),
        key(Action::Back),
        key(Action::Quit)
    );
    lines.extend(wrap_plain(&keys, style.text, columns));
    lines.push(Line::default());
    lines.push(Line::styled("Any key goes on.", style.accent));
    let (_, inside) = middle(canvas, body, (72, lines.len()), "Welcome to Setlist");
    // Where there is little room, first the gaps go.
    while usize::from(inside.height) < lines.len()
        && let Some(gap) = lines.iter().rposition(|line| line.width() == 0)
    {
        lines.remove(gap);
    }
    if usize::from(inside.height) < lines.len() {
        // The last line says how to go on: it stays.
        let last = lines.pop().unwrap_or_default();
        lines.truncate(usize::from(inside.height).saturating_sub(1));
        lines.push(last);
    }
    canvas.lines(inside, lines);
}

/// The keys that may follow those pressed, at the lower right.
fn pending(canvas: &mut Canvas<'_, '_>, body: Rect, model: &Model) {
    let style = canvas.look.style;
    let next = model.keymap.continuations(model.contexts(), &model.pending);
    let pressed: Vec<String> = model.pending.iter().map(ToString::to_string).collect();
    let rows = next.iter().map(|(key, action)| {
        Line::from(vec![
            Span::styled(format!("{key:<7}"), style.accent),
            Span::styled(action.binding().help, style.text),
        ])
    });
    let lines: Vec<Line<'_>> = rows.collect();
    let wide = lines.iter().map(Line::width).max().unwrap_or(0).max(20) as u16 + 4;
    let tall = lines.len() as u16 + 2;
    let (width, height) = (wide.min(body.width), tall.min(body.height));
    if width < 8 || height < 3 {
        return;
    }
    let area = Rect { x: body.right() - width, y: body.bottom() - height, width, height };
    let inside = canvas.card(area, &format!("After {}", pressed.join(" ")), "");
    canvas.lines(inside, lines);
}
