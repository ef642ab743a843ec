//! The plan to be started: its sessions and turns with their budgets, and every prompt in full.

use crate::domain::budget::Budget;
use crate::domain::plan::{Plan, Session, Turn};
use crate::domain::stats::Suggestion;
use crate::domain::words::capital;
use crate::keys::Action;
use crate::tui::view::card;
use crate::tui::view::form::shortened;

use super::{Review, indented};

impl Review<'_> {
    /// Sessions and turns with budgets and gates.
    pub(super) fn turns(&mut self) {
        let Some(preview) = self.form.preview.as_deref() else {
            return self.plain("This plan cannot be shown before it is started.", self.theme.style.warn, 2);
        };
        let (plan, style) = (&preview.plan, self.theme.style);
        self.heading(if plan.is_multi_session() { "Sessions and their turns" } else { "Turns" });
        self.whose_budgets();
        for session in &plan.sessions {
            if plan.is_multi_session() {
                self.session(plan, session);
            }
            let indent = if plan.is_multi_session() { 4 } else { 2 };
            for (turn, number) in session.turns.iter().zip(session.turn_numbers()) {
                let budget = turn.budget.as_ref().filter(|_| self.suggestion(session, turn).is_none());
                let budget = budget.map(|budget| format!("  {}", budget.short())).unwrap_or_default();
                let repeat =
                    if turn.repeat.is_empty() { String::new() } else { format!("  repeated per {}", turn.repeat) };
                let added = if turn.added { "  added by a remedy" } else { "" };
                let parts = [
                    (&format!("{number} {}", turn.title)[..], style.text),
                    (&budget, style.dim),
                    (&repeat, style.dim),
                    (added, style.good),
                ];
                self.styled(&parts, indent);
                self.budgets(session, turn, indent + 2);
                if let Some(gate) = &turn.gate {
                    self.plain(&format!("{} gate: {}", self.theme.glyph.gate_open, gate.text), style.warn, indent + 2);
                }
            }
        }
        let gates = plan.sessions.iter().flat_map(|session| &session.turns).filter(|turn| turn.gate.is_some()).count();
        let gates = match gates {
            0 => "no gates".into(),
            1 => "1 gate to approve".into(),
            gates => format!("{gates} gates to approve"),
        };
        let budget =
            plan.budget().map_or_else(|| "no budget".to_owned(), |budget| format!("Budget {} in all", budget.short()));
        self.lines.push(ratatui::text::Line::default());
        self.plain(&format!("{budget}, {gates}."), style.heading, 2);
        for queued in plan.waiting() {
            self.plain(&format!("Queued as a plan of its own: {}", queued.title), style.text, 2);
        }
    }

    /// Says that there are budgets from the record, and how to take them.
    fn whose_budgets(&mut self) {
        if self.record.is_none() {
            return;
        }
        let key = self.model.keymap.key(Action::OwnBudgets).unwrap_or_default();
        let text = match self.form.answers.own_budgets {
            true => format!("The budgets are your own median times; {key} goes back to the guide's."),
            false => format!("The budgets are the guide's; {key} takes your own median times."),
        };
        self.plain(&text, self.theme.style.accent, 2);
    }

    /// What the record says of a turn.
    fn suggestion(&self, session: &Session, turn: &Turn) -> Option<&Suggestion> {
        let of = |found: &&Suggestion| found.turn.session == session.spec_id() && found.turn.turn == turn.id;
        self.record.iter().flatten().find(of)
    }

    /// Both budgets of a turn, where there is a record; the one taken in brackets.
    fn budgets(&mut self, session: &Session, turn: &Turn, indent: usize) {
        let Some(found) = self.suggestion(session, turn) else { return };
        let style = self.theme.style;
        let guide = format!("guide: {}", found.guide.as_ref().map_or_else(|| "none".into(), Budget::short));
        let own = found.own.as_ref().map(|own| format!("yours: {} ({})", own.budget, own.basis()));
        let taken = self.form.answers.own_budgets && own.is_some();
        let own = own.unwrap_or_else(|| "yours: no time yet".into());
        let (guide, own) = if taken { (guide, format!("[{own}]")) } else { (format!("[{guide}]"), own) };
        let (guide_style, own_style) = if taken { (style.dim, style.text) } else { (style.text, style.dim) };
        self.styled(&[(&guide, guide_style), ("  ", style.dim), (&own, own_style)], indent);
    }

    fn session(&mut self, plan: &Plan, session: &Session) {
        let style = self.theme.style;
        let budget = session.whole_budget().map(|budget| format!("  {}", budget.short())).unwrap_or_default();
        let title = |id: &String| plan.session(id).map_or_else(|| id.clone(), |other| format!("'{}'", other.title));
        let titles: Vec<String> = session.after.iter().map(title).collect();
        let after = if titles.is_empty() { String::new() } else { format!("  after {}", titles.join(", ")) };
        self.styled(&[(&session.title, style.heading), (&budget, style.dim), (&after, style.dim)], 2);
    }

    /// Every prompt as it will be sent.
    pub(super) fn prompts(mut self) -> Vec<ratatui::text::Line<'static>> {
        let Some(preview) = self.form.preview.as_deref() else { return self.lines };
        let (plan, style) = (&preview.plan, self.theme.style);
        self.plain("What your answers put in is in [brackets]; the brackets are not sent.", style.dim, 0);
        for session in &plan.sessions {
            let numbers = session.turn_numbers();
            let last = numbers.last().map_or("", |last| last.rsplit('-').next().unwrap_or(last)).to_owned();
            for (turn, number) in session.turns.iter().zip(numbers) {
                let turns = if number.contains('-') { "turns" } else { "turn" };
                let of = if plan.is_multi_session() { format!("{}, ", session.title) } else { String::new() };
                self.heading(&capital(&format!("{of}{turns} {number} of {last}: {}", turn.title)));
                match plan.prompt_preview(session, turn) {
                    Ok(pieces) => {
                        let columns = self.columns.saturating_sub(2);
                        let lines = card::prompt(&shortened(pieces), None, self.theme, columns);
                        self.lines.extend(lines.into_iter().map(|line| indented(line, 2)));
                    }
                    Err(error) => self.plain(&format!("This prompt cannot be shown: {error}"), style.bad, 2),
                }
            }
        }
        self.lines
    }
}
