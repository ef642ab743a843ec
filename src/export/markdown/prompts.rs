//! The prompts as they were sent, at the end and behind a fold: the record, not the news.

use crate::domain::plan::Sent;
use crate::export::markup::inline;

use super::page::Page;

/// Every prompt that was sent or stood at the close of its turn.
pub(super) fn section(page: &mut Page<'_>) {
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
