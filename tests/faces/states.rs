//! Plans in every state that faces tell apart.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use setlist::domain::command::{Command, EvidenceInput, TurnRef};
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::plan::Plan;
use setlist::domain::strategy_file;

use crate::faces::Faces;

/// Two turns, a gate between them, every question that a slot may raise.
const ONE: &str = r#"schema = 1
id = "one"
title = "Find and mend"
goal = "Mend: {{ what }}"

[[placeholders]]
name = "what"
label = "What is broken"

[[turns]]
id = "look"
title = "Look"
kind = "research"
prompt = "Look at {{ what }}."
gate = "The cause is known"
[[turns.evidence]]
id = "seen"
label = "What was seen"
[[turns.evidence]]
id = "log"
label = "The log"
required = false

[[turns]]
id = "mend"
title = "Mend"
kind = "implement"
prompt = "Mend it."
[[turns.evidence]]
id = "suite"
label = "Full suite"
kind = "command"

[[checklist]]
id = "told"
text = "Users told"
"#;

/// Two sessions, the second after the first.
const TWO: &str = r#"schema = 1
id = "two"
title = "Build and tell"
goal = "Ship: {{ what }}"

[[placeholders]]
name = "what"
label = "What is built"

[[sessions]]
id = "first"
title = "Build it"
[[sessions.turns]]
id = "build"
title = "Build"
prompt = "Build {{ what }}."

[[sessions]]
id = "second"
title = "Tell people"
after = ["first"]
[[sessions.turns]]
id = "tell"
title = "Tell"
prompt = "Write it up."
"#;

/// Where a plan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Planned,
    /// The first turn runs; its prompt was not handed over, and nothing is recorded.
    Begun,
    /// The same with its prompt handed over.
    Sent,
    Paused,
    /// All that it has to show is there.
    Shown,
    /// It is closed without what it had to show.
    Unverified,
    GateOpen,
    /// An agent asked for the decision.
    GateAsked,
    /// It was approved, and what was approved changed.
    GateStale,
    GateRejected,
    /// The second turn's command ended as it must not.
    Failed,
    /// Words stand where its command is wanted.
    NoRun,
    /// Its command ended well.
    Passed,
    /// Every turn is closed; items of the checklist are open.
    WrapUp,
    /// Nothing is open but that the first turn shows nothing.
    WrapUpUnverified,
    /// It is over, and something waits in its queue.
    Queued,
    /// A second session waits for the first, which has begun.
    Waiting,
    /// It waits for one that was given up.
    WaitingForever,
    /// The file was edited by hand: a gate is called approved.
    Contradiction,
}

pub fn look() -> TurnRef {
    TurnRef::new("main", "look")
}

pub fn mend() -> TurnRef {
    TurnRef::new("main", "mend")
}

fn record(turn: TurnRef, slot: &str, input: EvidenceInput) -> Command {
    Command::RecordEvidence { turn, slot: slot.into(), input }
}

fn suite(exit_code: i32) -> Command {
    let (command, output) = ("make check".into(), "of 12 tests\n3 ran".into());
    record(mend(), "suite", EvidenceInput::Command { command, exit_code, output })
}

fn sent(turn: TurnRef) -> [Command; 2] {
    [Command::StartTurn(turn.clone()), Command::MarkSent { turn, via: "copied".into() }]
}

/// What leads to a state.
fn way(state: State) -> Vec<Command> {
    let seen = record(look(), "seen", EvidenceInput::Text("a cold cache".into()));
    let by = || "ada".to_owned();
    let approve = Command::ApproveGate { turn: look(), note: String::new(), by: by() };
    let after = |before: State, more: Vec<Command>| [way(before), more].concat();
    match state {
        State::Planned => vec![],
        State::Begun => vec![Command::StartTurn(look())],
        State::Sent => sent(look()).to_vec(),
        State::Paused => after(State::Sent, vec![Command::PauseTurn(look())]),
        State::Shown => after(State::Sent, vec![seen]),
        State::Unverified => after(State::Sent, vec![Command::FinishTurn(look())]),
        State::GateOpen => after(State::Shown, vec![Command::FinishTurn(look())]),
        State::GateAsked => {
            let asked = Command::AskForGate { turn: look(), note: "two logs agree".into(), by: "codex".into() };
            after(State::GateOpen, vec![asked])
        }
        State::GateStale => {
            let changed = Command::SetResult { turn: look(), result: "not the cache".into() };
            after(State::GateOpen, vec![approve, changed])
        }
        State::GateRejected => {
            let rejected = Command::RejectGate { turn: look(), note: "look at the log".into(), by: by() };
            after(State::GateOpen, vec![rejected])
        }
        State::Failed | State::NoRun | State::Passed => {
            let found = match state {
                State::Failed => suite(1),
                State::Passed => suite(0),
                _ => record(mend(), "suite", EvidenceInput::Text("all tests pass".into())),
            };
            after(State::GateOpen, [vec![approve], sent(mend()).to_vec(), vec![found]].concat())
        }
        State::WrapUp => after(State::Passed, vec![Command::FinishTurn(mend())]),
        State::WrapUpUnverified => {
            let more = [vec![approve], sent(mend()).to_vec(), vec![suite(0), Command::FinishTurn(mend())]];
            after(State::Unverified, more.concat())
        }
        State::Queued => {
            let queue =
                Command::Queue { title: "OAuth".into(), goal: "sign in with OAuth".into(), placeholder: "what".into() };
            let finish = Command::FinishSession { session: "main".into(), unverified: None };
            after(State::WrapUp, vec![queue, finish])
        }
        State::Waiting => vec![Command::StartTurn(TurnRef::new("first", "build"))],
        State::WaitingForever => {
            vec![Command::Abandon { session: Some("first".into()), reason: "too much".into() }]
        }
        State::Contradiction => way(State::GateOpen),
    }
}

/// Ticks all that is open.
fn ticks(plan: &Plan) -> Vec<Command> {
    let items = plan.sessions.iter().flat_map(|session| {
        session.open_items().into_iter().map(|item| (session.id.clone(), item.id.clone())).collect::<Vec<_>>()
    });
    let tick = |(session, item)| Command::Tick { session, item, note: String::new(), by: "ada".into() };
    items.map(tick).collect()
}

/// A home with one plan, called `Login`, that stands so.
pub fn faces(state: State) -> Faces {
    let faces = Faces::new();
    let (id, text) = if matches!(state, State::Waiting | State::WaitingForever) { ("two", TWO) } else { ("one", ONE) };
    faces.home.strategy(id, text);
    let strategy = strategy_file::check(text, Some(id)).strategy.unwrap();
    let begun: Timestamp = "2026-11-22T13:00:00Z".parse().unwrap();
    let store = faces.store();
    let values = Values::from([("what".into(), Value::Text("the login".into()))]);
    let plan = store.create(&strategy, &values, "Login", &begun.to_zoned(TimeZone::UTC)).unwrap();
    let mut minute = 0;
    let mut apply = |command: &Command| {
        minute += 1;
        let change = store.update(&plan.id, command, begun + minute.minutes());
        change.unwrap_or_else(|error| panic!("{state:?}: {command:?}: {error:?}")).plan
    };
    let mut now = plan.clone();
    for command in way(state) {
        now = apply(&command);
    }
    if state == State::WrapUpUnverified {
        for command in ticks(&now) {
            apply(&command);
        }
    }
    if state == State::Contradiction {
        let path = store.plan_path(&plan.id);
        let text = std::fs::read_to_string(&path).unwrap();
        let edited = text.replacen("state = \"open\"", "state = \"approved\"", 1);
        assert_ne!(edited, text);
        std::fs::write(path, edited).unwrap();
    }
    faces
}
