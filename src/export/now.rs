//! What to do now with a plan: the next step in a sentence and as a command, which evidence is
//! wanted, what stands in the way. For people, scripts and agents alike.

use serde_json::{Value, json};

use crate::domain::plan::{Evidence, Plan, Session, SessionState, Turn, TurnState};
use crate::domain::strategy::EvidenceKind;

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// In a sentence.
    pub what: String,
    /// What to type, where one command does it.
    pub command: Option<String>,
    /// Whether only a person may do it.
    pub person: bool,
}

/// What to do next with `plan`; nothing where it is over and nothing waits in its queue. `show` makes
/// other people's words fit for where they are going.
pub fn next(plan: &Plan, show: fn(&str) -> String) -> Option<Next> {
    let Some(session) = plan.current_session().filter(|session| !session.is_over()) else {
        let waiting = plan.waiting();
        let first = waiting.first()?;
        let what = format!("begin '{}', which was queued", show(&first.title));
        return Some(step(what, &format!("setlist queue start {}", first.id)));
    };
    if session.state == SessionState::WrapUp && session.open_gates().is_empty() {
        return Some(wrap_up(session, show));
    }
    let turn = session.current_turn()?;
    Some(of_turn(plan, session, turn, show))
}

fn step(what: impl Into<String>, command: &str) -> Next {
    Next { what: what.into(), command: Some(command.to_owned()), person: false }
}

fn of_turn(plan: &Plan, session: &Session, turn: &Turn, show: fn(&str) -> String) -> Next {
    let title = show(&turn.title);
    if let Some(gate) = turn.open_gate() {
        let what = format!("decide the gate after '{title}': {}", show(&gate.text));
        return Next { person: true, ..step(what, "setlist gate approve") };
    }
    match turn.state {
        TurnState::Pending => match plan.obstacle(session, turn) {
            Some(obstacle) => {
                Next { what: format!("'{title}' waits: {}", show(&obstacle)), command: None, person: false }
            }
            None => step(format!("start '{title}'"), "setlist turn start"),
        },
        TurnState::Active => match turn.missing().first() {
            Some(slot) => {
                let how = match slot.kind {
                    EvidenceKind::Command => "--run -- CMD",
                    EvidenceKind::Text | EvidenceKind::Link | EvidenceKind::Number | EvidenceKind::Verdict => "VALUE",
                };
                let command = format!("setlist evidence {} {how}", show(&slot.id));
                step(format!("work on '{title}', then record: {}", show(&slot.lack())), &command)
            }
            None => step(format!("close '{title}'"), "setlist turn done"),
        },
        TurnState::Done | TurnState::Skipped => wrap_up(session, show),
    }
}

fn wrap_up(session: &Session, show: fn(&str) -> String) -> Next {
    match session.open_items().first() {
        Some(item) => step(format!("tick off: {}", show(&item.text)), &format!("setlist check {}", show(&item.id))),
        None if session.unverified().is_empty() => step("finish the session", "setlist finish"),
        None => step("finish the session; some turns are unverified", "setlist finish --unverified REASON"),
    }
}

/// The current turn as JSON: its prompt, the evidence it wants, its gate, what blocks it and the
/// next step; null where the plan is over.
pub fn now(plan: &Plan) -> Value {
    let Some(session) = plan.current_session().filter(|session| !session.is_over()) else { return Value::Null };
    let turn = session.current_turn();
    let next = next(plan, str::to_owned);
    json!({
        "session": session.id,
        "goal": if session.goal.is_empty() { plan.goal() } else { session.goal.clone() },
        "turn": turn.map(|turn| of(plan, session, turn)),
        "open_items": session.open_items().iter().map(|item| json!({ "id": item.id, "text": item.text })).collect::<Vec<_>>(),
        "next": next.map(|next| json!({ "what": next.what, "command": next.command, "person": next.person })),
    })
}

/// One turn as JSON, with what an agent has to know to do it.
pub fn of(plan: &Plan, session: &Session, turn: &Turn) -> Value {
    json!({
        "session": session.id,
        "id": turn.id,
        "title": turn.title,
        "kind": turn.kind,
        "state": turn.state,
        "standing": plan.standing(session, turn).word(),
        "iteration": turn.iteration,
        "sent_back": Some(&turn.reason).filter(|_| turn.rework > 0),
        "prompt": plan.prompt(session, turn).ok(),
        "blocked": if turn.is_closed() { None } else { plan.obstacle(session, turn) },
        "evidence": turn.evidence.iter().map(slot).collect::<Vec<_>>(),
        "wanted": turn.missing().iter().map(|slot| &slot.id).collect::<Vec<_>>(),
        "gate": turn.gate.as_ref().map(|gate| json!({
            "text": gate.text,
            "state": gate.word(),
            "stale": Some(&gate.stale).filter(|_| gate.is_stale()),
            "asked": gate.asked,
            "note": gate.note,
        })),
    })
}

fn slot(slot: &Evidence) -> Value {
    json!({
        "id": slot.id,
        "label": slot.label,
        "kind": slot.kind,
        "required": slot.required,
        "exit": Some(slot.exit).filter(|_| slot.kind == EvidenceKind::Command),
        "choices": slot.choices,
        "metric": Some(&slot.metric).filter(|metric| !metric.is_empty()),
        "recorded": slot.recorded.is_some(),
        "shown": slot.recorded.is_some() && slot.unexpected_exit().is_none(),
    })
}
