//! What is around every screen: the header, the status line, the hints.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use crate::app::advise::Spot;
use crate::app::blocker::in_the_way;
use crate::app::hints::{Hint, hints};
use crate::app::layout::{Breakpoint, breakpoint};
use crate::app::model::{Model, Screen, Tone};
use crate::app::msg::ClickTarget;
use crate::app::workspace::Workspace;
use crate::domain::budget::clock;
use crate::domain::untrusted::shown;
use crate::keys::Action;
use crate::workflow::findings::Finding;

use super::pane::Canvas;
use super::text::{cut, sides, width, wrap_plain};
use super::words::count;

/// Draws header, status and hints as far as there is room, and gives back what is left between.
pub(super) fn around(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) -> Rect {
    let line = |y: u16| Rect { y, height: 1, ..area };
    if area.height < 4 {
        return area;
    }
    header(canvas, line(area.y), model);
    status(canvas, line(area.bottom() - 2), model);
    keys(canvas, line(area.bottom() - 1), model);
    Rect { y: area.y + 1, height: area.height - 3, ..area }
}

fn header(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let style = canvas.theme.style;
    let columns = usize::from(area.width);
    let mut left = Vec::new();
    if columns >= 66 {
        left.push(Span::styled(" setlist", style.accent));
        left.push(Span::styled(" > ", style.dim));
    }
    for (at, part) in trail(model).iter().enumerate() {
        if at > 0 {
            left.push(Span::styled(" > ", style.dim));
        }
        let part = if columns >= 66 { part.clone() } else { cut(part, 24, canvas.theme.glyph.ellipsis) };
        left.push(Span::styled(part, style.heading));
    }
    let mut right = right(canvas, model);
    if let Some((text, text_style)) = findings(canvas, model) {
        let clock_runs = model.workspace.as_ref().is_some_and(|workspace| workspace.clock().is_some());
        if columns < 100 && !clock_runs {
            // What speaks against this plan matters more than how many others there are.
            right.clear();
        }
        let clock: usize = right.iter().map(|span| width(&span.content)).sum();
        let gap = if right.is_empty() { "" } else { " " };
        let wide = (width(&text) + gap.len()) as u16;
        let x = area.right().saturating_sub(clock as u16 + wide);
        canvas.hit(Rect { x, width: wide.min(area.width), ..area }, ClickTarget::Action(Action::Findings));
        right.splice(0..0, [Span::styled(text, text_style), Span::raw(gap)]);
    }
    canvas.lines(area, vec![sides(left, right, columns)]);
}

/// How much speaks against the open plan, where something does.
fn findings(canvas: &Canvas<'_, '_>, model: &Model) -> Option<(String, Style)> {
    let findings = match model.screen {
        Screen::Workspace | Screen::Lanes | Screen::WrapUp => &model.workspace.as_ref()?.findings,
        Screen::Browser | Screen::Form | Screen::Plans | Screen::Stats => return None,
    };
    let style =
        if findings.iter().any(Finding::is_contradiction) { canvas.theme.style.bad } else { canvas.theme.style.warn };
    (!findings.is_empty()).then(|| (format!("! {} ", count(findings.len(), "finding")), style))
}

/// Where the person is, outermost first.
fn trail(model: &Model) -> Vec<String> {
    let plan = |last: &str| {
        let mut trail = Vec::new();
        if let Some(workspace) = &model.workspace {
            // The name may be long; where one is in it matters more.
            let room = usize::from(model.size.0) / 3;
            trail.push(cut(&workspace.plan.name, room.max(16), "…"));
            if workspace.plan.is_multi_session() && model.screen != Screen::Lanes {
                trail.extend(workspace.selected_session().map(|session| shown(&session.title).into_owned()));
            }
        }
        trail.push(last.to_owned());
        trail
    };
    match model.screen {
        Screen::Browser if model.browser.card.open => vec!["Strategies".into(), "Which fits".into()],
        Screen::Browser => vec!["Strategies".into()],
        Screen::Plans => vec!["Plans".into()],
        Screen::Stats => vec!["Statistics".into()],
        Screen::Form => {
            let title =
                model.form.as_ref().map(|form| shown(&form.answers.strategy.title).into_owned()).unwrap_or_default();
            let reviewing = model.form.as_ref().is_some_and(|form| form.reviewing);
            vec![title, if reviewing { "Review" } else { "Fill in" }.into()]
        }
        Screen::Workspace => {
            let turn = model.workspace.as_ref().and_then(|workspace| {
                let (session, turn) = workspace.selected()?;
                let at = session.turns.iter().position(|other| other.id == turn.id)?;
                Some(format!("{} {}", session.turn_numbers()[at], shown(&turn.title)))
            });
            plan(&turn.unwrap_or_default())
        }
        Screen::Lanes => {
            let count = model.workspace.as_ref().map_or(0, |workspace| workspace.plan.sessions.len());
            plan(&format!("Lanes ({count} sessions)"))
        }
        Screen::WrapUp => plan("Wrap up"),
    }
}

/// The running clock; else what is under way.
fn right(canvas: &Canvas<'_, '_>, model: &Model) -> Vec<Span<'static>> {
    let theme = canvas.theme;
    if model.screen == Screen::Form
        && let Some(form) = &model.form
    {
        let edited = form.answers.inputs.len();
        let all = form.shown().len().saturating_sub(1);
        let left = form.answers.faults().len();
        let left = if left == 0 { "ready".to_owned() } else { format!("{left} to fill in") };
        let edited = if model.size.0 < 66 { String::new() } else { format!("{edited} of {all} changed, ") };
        return vec![Span::styled(format!("{edited}{left} "), theme.style.dim)];
    }
    if let Some((_, turn)) = model.workspace.as_ref().and_then(|workspace| workspace.clock()) {
        let worked = turn.total_worked(model.now);
        let used = turn.budget_used(model.now);
        let style = used.map_or(theme.style.running, |used| theme.budget_style(used));
        let of = turn.budget_seconds().map(|seconds| format!(" of {}", clock(seconds)));
        let mark = if used.is_some_and(|used| used >= 80) { " !" } else { "" };
        let text = format!("{} {}{}{mark} ", theme.glyph.running, clock(worked), of.unwrap_or_default());
        return vec![Span::styled(text, style)];
    }
    let active = model.listing.plans.iter().filter(|plan| plan.is_open()).count();
    let text = match active {
        0 => String::new(),
        1 => "1 plan in progress ".into(),
        active => format!("{active} plans in progress "),
    };
    vec![Span::styled(text, theme.style.dim)]
}

/// A message that is too long for the status line, whole, over the foot of the screen: the reason
/// is often at its end.
pub(super) fn notice(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let Some(status) = model.status.as_ref().filter(|status| status.tone != Tone::Info) else { return };
    let columns = usize::from(area.width.saturating_sub(2));
    // Beside it stands when something was saved last.
    if area.height < 10 || width(&shown(&status.text)) + 16 < columns {
        return;
    }
    let style = if status.tone == Tone::Error { canvas.theme.style.bad } else { canvas.theme.style.warn };
    let lines: Vec<Line<'static>> =
        wrap_plain(&format!("! {}", status.text), style, columns).into_iter().take(4).collect();
    let height = lines.len() as u16;
    let place = Rect { x: area.x, y: area.bottom() - 1 - height, width: area.width, height };
    canvas.frame.render_widget(Clear, place);
    canvas.lines(Rect { x: place.x + 1, width: place.width - 1, ..place }, lines);
}

fn status(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let style = canvas.theme.style;
    let columns = usize::from(area.width);
    let (text, text_style) = match &model.status {
        Some(status) => {
            let style = match status.tone {
                Tone::Info => style.good,
                Tone::Refused => style.warn,
                Tone::Error => style.bad,
            };
            let mark = if status.tone == Tone::Info { "" } else { "! " };
            (format!(" {mark}{}", shown(&status.text)), style)
        }
        None if model.is_unsaved() => (format!(" ! NOT SAVED: {}", shown(&model.not_saved_why)), style.bad),
        None if contradicts(model) => {
            let key = model.keymap.key(Action::Findings).unwrap_or_default();
            (format!(" ! the plan's file contradicts itself; {key} shows where and mends it"), style.bad)
        }
        None => (format!(" {}", standing(model)), style.dim),
    };
    let saved = match (&model.saved, model.is_unsaved()) {
        (_, true) => "NOT SAVED ".to_owned(),
        (Some(at), false) => format!("saved {} ", at.to_zoned(model.zone.clone()).strftime("%H:%M")),
        (None, false) => String::new(),
    };
    let right = if columns >= 50 { vec![Span::styled(saved, style.dim)] } else { Vec::new() };
    canvas.lines(area, vec![sides(vec![Span::styled(text, text_style)], right, columns)]);
}

/// Whether the open plan was edited by hand into something that cannot be.
fn contradicts(model: &Model) -> bool {
    match model.screen {
        Screen::Workspace | Screen::Lanes | Screen::WrapUp => {
            model.workspace.as_ref().is_some_and(|workspace| workspace.findings.iter().any(Finding::is_contradiction))
        }
        Screen::Browser | Screen::Form | Screen::Plans | Screen::Stats => false,
    }
}

/// What there is to say of the screen when nothing happened.
fn standing(model: &Model) -> String {
    match model.screen {
        Screen::Browser if model.browser.card.open => match model.browser.card.spot() {
            // Elsewhere it stands on the card itself.
            Spot::Question(aspect) if breakpoint(model.size) >= Breakpoint::Roomy => aspect.question().into(),
            Spot::Question(_) => "answer what you know; the rest may stay open".into(),
            Spot::Strategy(_) => {
                let ranked = model.browser.card.strategy().and_then(|ranked| model.library.strategy(&ranked.id));
                let summary = ranked.map(|strategy| shown(&strategy.summary).into_owned()).unwrap_or_default();
                let fits = !summary.is_empty() && width(&summary) + 2 < usize::from(model.size.0);
                if fits { summary } else { "its preview in the list says more".into() }
            }
            Spot::Shape => "how to work, whichever strategy you take".into(),
        },
        Screen::Browser => {
            let all = model.library.entries.len();
            let query = model.browser.query.text();
            if query.is_empty() {
                format!("{all} strategies, {}", model.browser.sort.word())
            } else {
                let hits = model.browser.rows.len();
                format!("{hits} of {all} match '{}'", shown(&query))
            }
        }
        Screen::Plans if !model.plans_listed => "reading the plans".into(),
        Screen::Plans => format!("{}, {}", count(model.listing.plans.len(), "plan"), model.plans.sort.word()),
        Screen::Stats => stats_standing(model),
        Screen::Form => model.form.as_ref().map(form_standing).unwrap_or_default(),
        Screen::Workspace | Screen::Lanes | Screen::WrapUp => {
            model.workspace.as_ref().map(|workspace| workspace_standing(model, workspace)).unwrap_or_default()
        }
    }
}

fn stats_standing(model: &Model) -> String {
    let unreadable = model.stats.stats.as_ref().map_or(0, |stats| stats.unreadable);
    match (&model.stats.failure, model.stats.figures()) {
        (Some(why), _) => format!("the plans cannot be read: {}", shown(why)),
        (None, None) => "reading the plans".into(),
        (None, Some(figures)) => {
            let reading = if model.stats.loading { ", reading" } else { "" };
            let unreadable = match unreadable {
                0 => String::new(),
                files => format!(", {} not readable", count(files, "file")),
            };
            format!("{} finished, {} given up{unreadable}{reading}", count(figures.finished, "plan"), figures.abandoned)
        }
    }
}

fn form_standing(form: &crate::app::form::Form) -> String {
    if form.reviewing {
        return "read it once more; nothing is started yet".into();
    }
    let at = form.focus;
    match form.placeholder(at) {
        Some(placeholder) if form.shows_fault(at) => {
            let faults = form.answers.faults();
            form.fault(at, &faults)
                .map_or_else(|| placeholder.help.clone(), |fault| format!("! {}: {fault}", placeholder.label))
        }
        Some(placeholder) => shown(&placeholder.help).into_owned(),
        None if form.on_button() => "the review shows answers, prompts and budget before the start".into(),
        None => "what lists call the plan; empty takes the first line of the first answer".into(),
    }
}

fn workspace_standing(model: &Model, workspace: &Workspace) -> String {
    if let Some(why) = &workspace.read_only {
        return format!("read-only: {}", shown(why));
    }
    let Some((_, turn)) = workspace.selected() else { return String::new() };
    if let Some(way) = in_the_way(model, workspace) {
        let waits = if turn.is_closed() { "" } else { "waits: " };
        return shown(&format!("{waits}{}; {}", way.short, way.keys)).into_owned();
    }
    let missing = turn.missing().len();
    match (turn.is_closed(), missing) {
        (true | false, 0) => {
            let goal = shown(&workspace.plan.goal()).lines().next().unwrap_or_default().to_owned();
            let before = model.listing.name_of(&workspace.plan.follows);
            before.map_or(goal.clone(), |before| format!("follows '{}': {goal}", shown(before)))
        }
        (true, missing) => format!("unverified: {} missing", pieces(missing)),
        (false, missing) => format!("{} still to record", pieces(missing)),
    }
}

/// Required evidence, counted.
fn pieces(count: usize) -> String {
    format!("{count} {} of required evidence", if count == 1 { "piece" } else { "pieces" })
}

/// The hints that fit, the most useful first. Help is always among them.
fn keys(canvas: &mut Canvas<'_, '_>, area: Rect, model: &Model) {
    let style = canvas.theme.style;
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    let wide = |hint: &Hint| width(&hint.key) + 1 + width(&hint.label) + 2;
    let hints = hints(model);
    let mut kept: usize = hints.iter().filter(|hint| hint.action == Action::Help).map(wide).sum();
    for hint in hints {
        let wide = wide(&hint);
        if hint.action == Action::Help {
            kept = 0;
        }
        if used + wide + kept > usize::from(area.width) + 2 {
            continue;
        }
        let place = Rect { x: area.x + used as u16, width: (wide as u16).saturating_sub(2).min(area.width), ..area };
        canvas.hit(place, ClickTarget::Action(hint.action));
        spans.push(Span::styled(hint.key, style.accent));
        spans.push(Span::styled(format!(" {}  ", hint.label), style.dim));
        used += wide;
    }
    canvas.lines(area, vec![Line::from(spans)]);
}
