//! What was written down: documentation, what was accomplished, what to know next time.

use super::Found;
use super::record::{is_worked, place, says, sessions};
use crate::domain::checklist::StandardItem;
use crate::domain::plan::{Outcome, Plan, Session, Turn, TurnState};

pub(super) fn documentation(plan: &Plan) -> Found {
    let found: Vec<Found> = sessions(plan).map(|session| documented(plan, session)).collect();
    let first = |wanted: super::Verdict| found.iter().position(|found| found.verdict == wanted);
    let at = first(super::Verdict::Poor).or_else(|| first(super::Verdict::Asked)).unwrap_or(0);
    found.into_iter().nth(at).unwrap_or_else(|| Found::not_applicable("nothing has begun"))
}

fn documented(plan: &Plan, session: &Session) -> Found {
    let of = if plan.is_multi_session() { format!(" in '{}'", session.title) } else { String::new() };
    let Some(item) = session.checklist.iter().find(|item| item.id == StandardItem::DocumentationUpdated.word()) else {
        return Found::asked(
            format!("the checklist{of} does not ask for documentation"),
            "write down what has changed",
        );
    };
    let Some(tick) = &item.ticked else {
        let how =
            format!("bring the documentation up to date, and tick '{}'{of} with a note on what was written", item.text);
        return Found::poor(format!("'{}' is not ticked{of}", item.text), how);
    };
    if !tick.note.is_empty() {
        return Found::good(format!("'{}' is ticked{of}: {}", item.text, tick.note));
    }
    let is_about =
        |word: &str| word.starts_with("document") || matches!(word, "docs" | "readme" | "runbook" | "handbook");
    let slots = session
        .turns
        .iter()
        .filter(|turn| is_worked(turn))
        .flat_map(|turn| turn.evidence.iter().map(move |slot| (turn, slot)));
    let shown =
        slots.filter(|(_, slot)| slot.recorded.is_some() && !slot.is_wanting()).find(|(_, slot)| says(slot, is_about));
    match shown {
        Some((turn, slot)) => {
            Found::good(format!("'{}' is ticked{of}, and {} is recorded", item.text, place(turn, slot)))
        }
        None => {
            let how = format!("tick '{}'{of} again with a note on what was written", item.text);
            Found::asked(format!("'{}' is ticked{of}, but nothing says what was written", item.text), how)
        }
    }
}

/// Whether what came back is written down turn by turn, and whether it worked.
pub(super) fn understanding(plan: &Plan) -> Found {
    let done: Vec<&Turn> =
        sessions(plan).flat_map(|session| &session.turns).filter(|turn| turn.state == TurnState::Done).collect();
    let silent: Vec<&&Turn> = done.iter().filter(|turn| !says_what_came_back(turn)).collect();
    if let Some(turn) = silent.first() {
        let others = if silent.len() > 1 { format!(", and {} more", silent.len() - 1) } else { String::new() };
        let why = format!("nothing says what came back from '{}'{others}", turn.title);
        return Found::poor(why, format!("write the result of '{}' in a sentence or two", turn.title));
    }
    if done.is_empty() {
        return Found::poor("no turn is done", "close the turns, and write down what came back");
    }
    if plan.reflection.outcome == Outcome::Unsaid {
        return Found::poor("nobody has said whether it worked", "answer 'Did it work?' in the wrap-up");
    }
    let turns =
        if done.len() == 1 { "the one turn done says".into() } else { format!("all {} turns done say", done.len()) };
    Found::good(format!("{turns} what came back; did it work: {}", plan.reflection.outcome))
}

/// A result, or words recorded as evidence; in every iteration.
fn says_what_came_back(turn: &Turn) -> bool {
    let earlier = turn.iterations.iter().map(|earlier| (&earlier.result, &earlier.evidence));
    earlier.chain([(&turn.result, &turn.evidence)]).all(|(result, evidence)| {
        let words = |text: &str| text.chars().any(char::is_alphabetic);
        let told =
            |slot: &crate::domain::plan::Evidence| slot.recorded.as_ref().is_some_and(|recorded| words(&recorded.text));
        words(result) || evidence.iter().any(told)
    })
}

pub(super) fn knowledge(plan: &Plan) -> Found {
    let (helped, change) = (plan.reflection.helped.trim(), plan.reflection.change.trim());
    match (helped.is_empty(), change.is_empty()) {
        (false, false) => Found::good("what helped and what to change is written down"),
        (false, true) => Found::good("what helped is written down"),
        (true, false) => Found::good("what to change is written down"),
        (true, true) => Found::poor(
            "neither what helped nor what to change is written down",
            "write it in the wrap-up; a plan that went well can become a strategy of your own",
        ),
    }
}
