//! Items and what a version has of them, in words.

use jiff::Timestamp;

use crate::domain::budget::{Budget, compact};
use crate::domain::command::TurnRef;
use crate::domain::metric::{figure, with_unit};
use crate::domain::plan::{Evidence, Gate, Plan, Recorded, Session, Turn};

use super::item::{self, Item, Part};

impl Item {
    /// What the item is called.
    pub(super) fn label(&self, here: &Plan, there: &Plan) -> String {
        let either = |label: &dyn Fn(&Plan) -> Option<String>, id: &str| {
            label(here).or_else(|| label(there)).unwrap_or_else(|| id.to_owned())
        };
        match self {
            Self::Name => "Name of the plan".into(),
            Self::Archived => "Archive".into(),
            Self::Origin => "What the plan is for".into(),
            Self::Strategy => "The strategy in the plan".into(),
            Self::Value(name) => {
                let label = |plan: &Plan| plan.strategy.placeholder(name).map(|found| found.label.clone());
                format!("Value '{}'", either(&label, name))
            }
            Self::Session(id) | Self::Setup(id) | Self::Course(id) => {
                let title = either(&|plan| plan.session(id).map(|session| session.title.clone()), id);
                let what = match self {
                    Self::Setup(_) => ": title, goal and budget",
                    Self::Course(_) => ": how it ended",
                    _ => "",
                };
                format!("Session '{title}'{what}")
            }
            Self::Turn(at) => turn_label(here, there, at),
            Self::Part(at, part) => {
                let what = match part {
                    Part::Setup => "title, kind and budget".into(),
                    Part::Work => "state and time".into(),
                    Part::Prompt => "prompt in your words".into(),
                    Part::Result => "result".into(),
                    Part::Gate => "gate".into(),
                    Part::Evidence(id) => {
                        let label = |plan: &Plan| slot(plan, at, id).map(|slot| slot.label.clone());
                        format!("evidence '{}'", either(&label, id))
                    }
                };
                format!("{}: {what}", turn_label(here, there, at))
            }
            Self::Check(session, id) => {
                let text = either(&|plan| item::check(plan, session, id).map(|found| found.text.clone()), id);
                match here.sessions.len() > 1 {
                    true => format!("{}: checklist '{text}'", session_title(here, there, session)),
                    false => format!("Checklist '{text}'"),
                }
            }
            Self::Note(note) if note.turn.is_empty() => "Note".into(),
            Self::Note(note) => {
                format!("Note on {}", turn_label(here, there, &TurnRef::new(&note.session, &note.turn)))
            }
            Self::Reading(reading) => {
                let label = |plan: &Plan| {
                    plan.strategy
                        .metrics
                        .iter()
                        .find(|metric| metric.id == reading.metric)
                        .map(|metric| metric.label.clone())
                };
                format!("Reading of '{}'", either(&label, &reading.metric))
            }
            Self::Queued(id) => {
                format!("Queued '{}'", either(&|plan| item::queued(plan, id).map(|queued| queued.title.clone()), id))
            }
            Self::Outcome => "What came of the plan".into(),
            Self::Indicator(id) => format!("Your answer on '{id}'"),
        }
    }

    /// What a version has of it; nothing where it has none.
    pub(super) fn said(&self, plan: &Plan) -> Option<String> {
        match self {
            Self::Name => Some(plan.name.clone()),
            Self::Archived => Some(if plan.archived { "archived" } else { "not archived" }.into()),
            Self::Origin => Some(lines([plan.first_goal.clone(), labelled("follows", &plan.follows)])),
            Self::Strategy => Some(plan.strategy.title.clone()),
            Self::Value(name) => plan.values.get(name).map(crate::domain::placeholder::Value::as_input),
            Self::Session(id) => plan.session(id).map(whole_session),
            Self::Setup(id) => plan.session(id).map(|session| {
                let after = labelled("after", &session.after.join(", "));
                lines([session.title.clone(), session.goal.clone(), budget(session.budget.as_ref()), after])
            }),
            Self::Course(id) => plan.session(id).map(course),
            Self::Turn(at) => item::turn(plan, at).map(whole_turn),
            Self::Part(at, part) => item::turn(plan, at).and_then(|turn| said_of(turn, part)),
            Self::Check(session, id) => item::check(plan, session, id).map(|item| match &item.ticked {
                Some(tick) => lines([by("ticked", &tick.by, Some(tick.at)), tick.note.clone()]),
                None => "not ticked".into(),
            }),
            Self::Note(note) => plan.notes.contains(note).then(|| note.text.clone()),
            Self::Reading(reading) => plan.readings.contains(reading).then(|| {
                let unit = plan.strategy.metrics.iter().find(|metric| metric.id == reading.metric);
                let figure =
                    unit.map_or_else(|| figure(reading.value), |metric| with_unit(reading.value, &metric.unit));
                format!("{figure}, {}", moment(reading.at))
            }),
            Self::Queued(id) => {
                item::queued(plan, id).map(|queued| lines([queued.goal.clone(), labelled("started as", &queued.plan)]))
            }
            Self::Outcome => Some(lines([
                labelled("worked", plan.reflection.outcome.word()),
                labelled("helped", &plan.reflection.helped),
                labelled("to change", &plan.reflection.change),
            ])),
            Self::Indicator(id) => item::indicator(plan, id)
                .map(|answer| lines([if answer.good { "good" } else { "not good" }.into(), answer.note.clone()])),
        }
    }
}

fn slot<'p>(plan: &'p Plan, at: &TurnRef, id: &str) -> Option<&'p Evidence> {
    item::turn(plan, at)?.evidence.iter().find(|slot| slot.id == id)
}

fn session_title(here: &Plan, there: &Plan, id: &str) -> String {
    here.session(id).or_else(|| there.session(id)).map_or(id, |session| &session.title).to_owned()
}

/// A plan of one session does not mention the level.
fn turn_label(here: &Plan, there: &Plan, at: &TurnRef) -> String {
    let title = item::turn(here, at).or_else(|| item::turn(there, at)).map_or(at.turn.as_str(), |turn| &turn.title);
    match here.sessions.len() > 1 || there.sessions.len() > 1 {
        true => format!("{}: turn '{title}'", session_title(here, there, &at.session)),
        false => format!("Turn '{title}'"),
    }
}

fn said_of(turn: &Turn, part: &Part) -> Option<String> {
    match part {
        Part::Setup => Some(lines([turn.title.clone(), turn.kind.word().into(), budget(turn.budget.as_ref())])),
        Part::Work => Some(work(turn)),
        Part::Prompt => turn.prompt.clone(),
        Part::Result => (!turn.result.is_empty()).then(|| turn.result.clone()),
        Part::Evidence(id) => {
            let slot = turn.evidence.iter().find(|slot| slot.id == *id)?;
            Some(slot.recorded.as_ref().map_or_else(|| "nothing recorded".into(), recorded))
        }
        Part::Gate => turn.gate.as_ref().map(gate),
    }
}

fn work(turn: &Turn) -> String {
    let mut facts = vec![turn.state.word().to_owned()];
    if turn.running_since.is_some() {
        facts.push("its clock runs".into());
    }
    if turn.worked > 0 {
        facts.push(format!("{} worked", compact(turn.worked)));
    }
    if turn.iteration > 1 {
        facts.push(format!("iteration {}", turn.iteration));
    }
    if turn.rework > 0 {
        facts.push(format!("sent back or reopened {} times", turn.rework));
    }
    let sent = turn.sent.as_ref().map(|sent| format!("sent {} ({}): {}", moment(sent.at), sent.via, sent.prompt));
    lines([facts.join(", "), turn.reason.clone().unwrap_or_default(), sent.unwrap_or_default()])
}

fn recorded(recorded: &Recorded) -> String {
    let code = recorded.exit_code.map(|code| format!(" (exit code {code})")).unwrap_or_default();
    let command = recorded.command.as_ref().map(|command| format!("$ {command}{code}"));
    lines([command.unwrap_or_default(), recorded.text.clone()])
}

fn gate(gate: &Gate) -> String {
    let asked = gate.asked.map(|at| by("asked", &gate.asked_by, Some(at))).unwrap_or_default();
    let sent_back = gate.rejections.len();
    let sent_back = if sent_back > 0 { format!("sent back {sent_back} times") } else { String::new() };
    lines([
        by(&gate.standing(), &gate.by, gate.at),
        gate.note.clone(),
        asked,
        sent_back,
        labelled("confirms", &gate.text),
    ])
}

fn course(session: &Session) -> String {
    let ended = session.ended.map(|at| format!(", {}", moment(at))).unwrap_or_default();
    lines([format!("{}{ended}", session.state), session.reason.clone().unwrap_or_default()])
}

fn whole_session(session: &Session) -> String {
    let closed = session.turns.iter().filter(|turn| turn.is_closed()).count();
    lines([format!("{}, {closed} of {} turns closed", session.state, session.turns.len()), session.goal.clone()])
}

fn whole_turn(turn: &Turn) -> String {
    lines([work(turn), turn.prompt.clone().unwrap_or_default(), turn.result.clone()])
}

fn budget(budget: Option<&Budget>) -> String {
    budget.map_or_else(String::new, |budget| format!("budget {}", budget.short()))
}

/// `approved by ada, 2026-11-22 10:15 UTC`.
fn by(what: &str, who: &str, at: Option<Timestamp>) -> String {
    let who = if who.is_empty() { String::new() } else { format!(" by {who}") };
    let at = at.map(|at| format!(", {}", moment(at))).unwrap_or_default();
    format!("{what}{who}{at}")
}

fn labelled(label: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{label}: {text}") }
}

/// Those of the texts that say something, a line each.
fn lines<const N: usize>(texts: [String; N]) -> String {
    let said: Vec<String> = texts.into_iter().filter(|text| !text.trim().is_empty()).collect();
    said.join("\n")
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
