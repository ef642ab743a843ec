//! What stands at the end: decisions of people, the checklist, remarks, values, where it comes from.

use crate::domain::plan::{Gate, GateStanding, Note, Outcome, Sent, Session, SessionState, TurnState};
use crate::domain::quality::{Verdict, judge};
use crate::domain::untrusted::shown;
use crate::export::facts;
use crate::export::markup::inline;

use super::done;
use super::page::Page;

/// Every gate with who decided it, when, and what they said.
pub(super) fn gates(page: &mut Page<'_>) {
    let plan = page.plan;
    let gates: Vec<_> = facts::turns(plan).filter_map(|at| Some((at, at.1.gate.as_ref()?))).collect();
    if gates.is_empty() {
        return;
    }
    page.heading(2, "Gates");
    page.table_head(&["After", "To be confirmed", "Decision", "By", "When", "Note"]);
    for ((session, turn), gate) in gates {
        let of = if plan.is_multi_session() { format!("{}: ", inline(&session.title)) } else { String::new() };
        let standing = gate.counts_as();
        let decision = match standing {
            GateStanding::Rejected => "**rejected**".to_owned(),
            GateStanding::Approved => "approved".to_owned(),
            GateStanding::Stale => format!("**stale**, was approved: {}", inline(&gate.stale)),
            GateStanding::Open if turn.is_closed() => "**open**".to_owned(),
            GateStanding::Open => "not reached".to_owned(),
        };
        for rejection in &gate.rejections {
            page.row(&[
                format!("{of}{}", inline(&turn.title)),
                inline(&gate.text),
                "**rejected**".to_owned(),
                or_dash(&rejection.by),
                page.when(rejection.at),
                or_dash(&rejection.note),
            ]);
        }
        if standing == GateStanding::Rejected && !gate.rejections.is_empty() {
            continue;
        }
        let rework = if turn.rework > 0 && gate.is_approved() { ", after rework" } else { "" };
        let decided = |text: &str| if is_decided(gate) { or_dash(text) } else { "-".to_owned() };
        page.row(&[
            format!("{of}{}", inline(&turn.title)),
            inline(&gate.text),
            format!("{decision}{rework}"),
            decided(&gate.by),
            when(page, gate),
            decided(&gate.note),
        ]);
    }
}

/// Whether somebody decided it, though what was decided may have changed since.
fn is_decided(gate: &Gate) -> bool {
    gate.counts_as() != GateStanding::Open
}

fn when(page: &Page<'_>, gate: &Gate) -> String {
    let at = gate.at.filter(|_| is_decided(gate));
    at.map_or_else(|| "-".to_owned(), |at| page.when(at))
}

fn or_dash(text: &str) -> String {
    if text.trim().is_empty() { "-".into() } else { inline(text) }
}

/// The checklists of the sessions that have begun.
pub(super) fn checklist(page: &mut Page<'_>) {
    let plan = page.plan;
    let sessions: Vec<_> = plan
        .sessions
        .iter()
        .filter(|session| {
            session.turns.iter().any(|turn| turn.state != TurnState::Pending)
                || session.checklist.iter().any(|item| item.ticked.is_some())
        })
        .filter(|session| !session.checklist.is_empty())
        .collect();
    if sessions.is_empty() {
        return;
    }
    page.heading(2, "Checklist");
    for session in sessions {
        if plan.is_multi_session() {
            page.heading(3, &inline(&session.title));
        }
        for item in &session.checklist {
            let mark = if item.ticked.is_some() { "x" } else { " " };
            let tick = item.ticked.as_ref().map(|tick| {
                let by = if tick.by.is_empty() { String::new() } else { format!(" by {}", inline(&tick.by)) };
                let note = if tick.note.is_empty() { String::new() } else { format!(": {}", inline(&tick.note)) };
                format!(" ({}{by}{note})", page.when(tick.at))
            });
            page.line(&format!("- [{mark}] {}{}", inline(&item.text), tick.unwrap_or_default()));
        }
    }
}

/// What the person says about it.
pub(super) fn looking_back(page: &mut Page<'_>) {
    let review = &page.plan.reflection;
    let words = [("What helped", &review.helped), ("What to change next time", &review.change)];
    if review.outcome == Outcome::Unsaid && words.iter().all(|(_, text)| text.trim().is_empty()) {
        return;
    }
    page.heading(2, "Looking back");
    if review.outcome != Outcome::Unsaid {
        page.line(&format!("- Did what it was for: {}", review.outcome));
    }
    for (label, text) in words {
        if !text.trim().is_empty() {
            page.alone(&format!("{label}:"));
            page.quote(text);
        }
    }
}

/// Remarks that belong to no turn.
pub(super) fn notes(page: &mut Page<'_>) {
    let plan = page.plan;
    let belongs = |note: &Note| plan.session(&note.session).is_some_and(|session| session.turn(&note.turn).is_some());
    if plan.notes.iter().any(|note| !belongs(note)) {
        page.heading(2, "Notes");
        done::notes(page, |note| !belongs(note));
    }
}

/// What was filled in.
pub(super) fn values(page: &mut Page<'_>) {
    let plan = page.plan;
    let given: Vec<_> = plan
        .strategy
        .placeholders
        .iter()
        .filter_map(|placeholder| Some((placeholder, plan.values.get(&placeholder.name)?)))
        .collect();
    if given.is_empty() {
        return;
    }
    page.heading(2, "Values");
    for (placeholder, value) in given {
        let text = value.as_input();
        if text.trim().lines().count() <= 1 {
            page.line(&format!("- {}: {}", inline(&placeholder.label), inline(&text)));
        } else {
            page.line(&format!("- {}:", inline(&placeholder.label)));
            page.indented_fence(&text);
        }
    }
}

/// What the report was made from.
pub(super) fn origin(page: &mut Page<'_>) {
    let plan = page.plan;
    let (started, changed, now) = (page.when(plan.created), page.when(plan.updated), page.when(page.now()));
    page.alone("---");
    page.line(&format!(
        "Strategy: {} (`{}`). Plan: `{}`, revision {}, started {started}, last changed {changed}. Report of {now}.",
        inline(&plan.strategy.title),
        shown(&plan.strategy.id),
        shown(&plan.id),
        plan.revision,
    ));
}

/// A row for each indicator, once a session is at its end.
pub(super) fn quality(page: &mut Page<'_>) {
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

/// Every prompt that was sent or stood at the close of its turn, behind a fold: the record, not the news.
pub(super) fn prompts(page: &mut Page<'_>) {
    let plan = page.plan;
    let mut prompts: Vec<(String, &Sent)> = Vec::new();
    for session in &plan.sessions {
        let of = if plan.is_multi_session() { format!("{}: ", inline(&session.title)) } else { String::new() };
        for (turn, number) in session.turns.iter().zip(session.turn_numbers()) {
            let title = format!("{of}{number} {}", inline(&turn.title));
            let per = inline(if turn.repeat.is_empty() { "iteration" } else { &turn.repeat });
            for iteration in &turn.iterations {
                let sent = iteration.sent.as_ref();
                prompts.extend(sent.map(|sent| (format!("{title}, {per} {}", iteration.number), sent)));
            }
            let which = if turn.iteration > 1 { format!(", {per} {}", turn.iteration) } else { String::new() };
            prompts.extend(turn.sent.as_ref().map(|sent| (format!("{title}{which}"), sent)));
        }
    }
    if prompts.is_empty() {
        return;
    }
    page.heading(2, "Prompts");
    page.line("<details>");
    let count = if prompts.len() == 1 { "The prompt".to_owned() } else { format!("The {} prompts", prompts.len()) };
    page.line(&format!("<summary>{count}, word for word</summary>"));
    page.line("");
    for (title, sent) in prompts {
        page.heading(3, &title);
        // Closing a turn keeps its prompt too, but nobody saw it leave.
        let what = if sent.via == "closed" { "As it stood at the close" } else { "As sent" };
        let when = page.when(sent.at);
        page.line(&format!("{what}, {when}:"));
        page.fence(&sent.prompt);
    }
    page.line("</details>");
}
