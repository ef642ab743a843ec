//! How good the session was by the guide's indicators, each with what it rests on.

use crate::domain::plan::{Session, SessionState};
use crate::domain::quality::{Verdict, judge};
use crate::export::markup::inline;

use super::page::Page;

/// A row for each indicator, once a session is at its end.
pub(super) fn section(page: &mut Page<'_>) {
    let ends = |session: &Session| matches!(session.state, SessionState::WrapUp | SessionState::Finished);
    if !page.plan.sessions.iter().any(ends) {
        return;
    }
    let judged = judge(page.plan, page.phrases);
    page.heading(2, "Quality");
    page.table_head(&["Verdict", "Indicator", "Because", "What would make it good"]);
    for judged in judged {
        let word = match judged.verdict {
            Verdict::Good => "good",
            Verdict::Poor => "**poor**",
            Verdict::Asked => "not told",
            Verdict::NotApplicable => "n.a.",
        };
        let how = if judged.how_to_fix.is_empty() { "-".to_owned() } else { inline(&judged.how_to_fix) };
        page.row(&[word.to_owned(), judged.headline(), inline(&judged.why), how]);
    }
}
