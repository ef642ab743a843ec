//! What speaks against the plan to be started, with what would be done about it.

use crate::domain::words::capital;
use crate::keys::Action;
use crate::tui::view::words::count;
use crate::workflow::start::Point;

use super::Review;

/// Lines of what shows a finding that are drawn.
const SHOWS: usize = 8;

impl Review<'_> {
    /// What speaks against the plan, each point with its number, whether its remedy is taken, and why.
    pub(super) fn against(&mut self) {
        let Some(preview) = self.form.preview.as_deref().filter(|preview| !preview.points.is_empty()) else { return };
        let style = self.theme.style;
        let open = preview.points.iter().filter(|point| point.stands).count();
        self.lines.push(ratatui::text::Line::default());
        let head = match open {
            0 => "What spoke against this plan, remedied".to_owned(),
            open => format!("What speaks against this plan: {}", count(open, "finding")),
        };
        self.plain(&head, if open == 0 { style.good } else { style.warn }, 0);
        for (at, point) in preview.points.iter().enumerate() {
            self.point(at, point, preview.points.len() > 1);
        }
    }

    fn point(&mut self, at: usize, point: &Point, several: bool) {
        let style = self.theme.style;
        let finding = &point.finding;
        let mark = if point.stands { "!" } else { self.theme.glyph.done };
        let mark_style = if point.stands { style.warn } else { style.good };
        let what = capital(finding.what.trim_end_matches('.'));
        self.styled(&[(&format!("{mark} {}: ", finding.rule), mark_style), (&format!("{what}."), style.text)], 2);
        for show in finding.shows.iter().take(SHOWS) {
            self.plain(&format!("- {show}"), style.dim, 4);
        }
        if finding.shows.len() > SHOWS {
            self.plain(&format!("and {}", count(finding.shows.len() - SHOWS, "more line")), style.dim, 4);
        }
        let key = match several {
            true => (at + 1).to_string(),
            false => self.model.keymap.key(Action::Toggle).unwrap_or_default(),
        };
        let remedy = &finding.remedy.label;
        let text = match (point.taken, finding.remedy.commands.is_empty()) {
            (false, _) if !point.stands => "Another remedy did for this one.".into(),
            (true, _) => format!("Remedy taken: {remedy} ({key} leaves it)"),
            (false, true) => format!("What to do: {remedy}"),
            (false, false) => format!("Remedy ({key} takes it): {remedy}"),
        };
        self.plain(&text, if point.stands { style.accent } else { style.good }, 4);
    }
}
