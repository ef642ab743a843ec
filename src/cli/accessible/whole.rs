//! Where a whole plan stands, in sentences: what `setlist show` draws as a timeline.

use crate::domain::plan::{Plan, Session, Turn};

use super::super::dialogue::{Answer, Dialogue, sentence};
use super::super::output::one_line;
use super::super::{clock, readings};
use super::words;

/// Tells all of it, session by session.
pub fn tell(dialogue: &mut Dialogue<'_>, plan: &Plan) -> Answer<()> {
    let worked = words::time(plan.worked(clock::now()));
    let budget = plan.budget().map(|budget| format!(" of {}", words::budget(&budget))).unwrap_or_default();
    let goal = plan.goal();
    if !goal.trim().is_empty() {
        dialogue.say(&format!("Goal: {}", sentence(&one_line(&goal))))?;
    }
    dialogue.say(&format!("Started {}. {worked} worked{budget}.", clock::local(plan.created)))?;
    for session in &plan.sessions {
        tell_session(dialogue, plan, session)?;
    }
    for course in &plan.courses() {
        let facts = readings::facts(&dialogue.ctx.out, course).join(", ");
        dialogue.say(&format!("{}: {facts}.", one_line(course.spec.name())))?;
    }
    for note in &plan.notes {
        dialogue.say(&format!("Note of {}: {}", clock::local(note.at), note.text.trim_end()))?;
    }
    for queued in plan.waiting() {
        dialogue.say(&format!("Queued, to be a plan of its own: {}", sentence(&one_line(&queued.title))))?;
    }
    Ok(())
}

fn tell_session(dialogue: &mut Dialogue<'_>, plan: &Plan, session: &Session) -> Answer<()> {
    if plan.is_multi_session() {
        let waits = plan.waits_in_words(session, one_line).map(|waits| format!(", {waits}")).unwrap_or_default();
        dialogue.say(&format!("Session {}: {}{waits}.", one_line(&session.title), session.state))?;
    }
    for turn in &session.turns {
        tell_turn(dialogue, plan, session, turn)?;
    }
    let open: Vec<String> = session.open_items().iter().map(|item| one_line(&item.text)).collect();
    let ticked = session.checklist.len() - open.len();
    let open = if open.is_empty() { String::new() } else { format!(" Open: {}.", open.join("; ")) };
    dialogue.say(&format!("Checklist: {ticked} of {} ticked.{open}", session.checklist.len()))
}

fn tell_turn(dialogue: &mut Dialogue<'_>, plan: &Plan, session: &Session, turn: &Turn) -> Answer<()> {
    dialogue.say(&words::turn(plan, session, turn, clock::now()))?;
    if turn.started.is_some() {
        let slots: Vec<String> = turn.evidence.iter().map(words::slot).collect();
        if !slots.is_empty() {
            dialogue.say(&format!("Evidence: {}.", slots.join("; ")))?;
        }
    }
    match words::gate(turn).filter(|_| turn.is_closed()) {
        Some(gate) => dialogue.say(&sentence(&gate)),
        None => Ok(()),
    }
}
