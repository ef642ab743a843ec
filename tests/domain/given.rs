//! Plans of built-in strategies, and short ways to work on them.

use std::path::Path;

use jiff::{Timestamp, ToSpan};
use setlist::domain::command::{Command, EvidenceInput, TurnRef};
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::plan::{Evidence, Plan, Recorded, Session, Turn};
use setlist::domain::refusal::Refusal;
use setlist::domain::strategy::{EvidenceKind, ExpectedExit, Strategy};
use setlist::domain::strategy_file;

/// The text of a built-in strategy's file.
pub fn file(id: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("strategies").join(format!("{id}.toml"));
    std::fs::read_to_string(path).unwrap()
}

/// A built-in strategy.
pub fn strategy(id: &str) -> Strategy {
    strategy_file::read(&file(id), Some(id)).strategy.unwrap()
}

/// A strategy of this text after its head, which must be sound.
pub fn small(text: &str) -> Strategy {
    let text = format!("schema = 1\nid = \"small\"\ntitle = \"Small\"\n{text}");
    let read = strategy_file::check(&text, None);
    assert!(!read.has_errors(), "{:?}", read.problems);
    read.strategy.unwrap()
}

/// The first second of every test.
pub fn start() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// So many minutes later.
pub fn minute(minutes: i64) -> Timestamp {
    start() + minutes.minutes()
}

/// The examples as values: what a person might fill in.
pub fn examples(strategy: &Strategy) -> Values {
    let answered = strategy.placeholders.iter().filter(|placeholder| !placeholder.example.is_empty());
    answered.map(|placeholder| (placeholder.name.clone(), placeholder.read(&placeholder.example).unwrap())).collect()
}

/// A plan with a clock: every command at `now`, which only the test moves.
pub struct Workspace {
    pub plan: Plan,
    pub now: Timestamp,
}

impl Workspace {
    /// A plan of the built-in strategy `id`, filled in with its examples.
    pub fn of(id: &str) -> Self {
        Self::with(&strategy(id))
    }

    pub fn with(strategy: &Strategy) -> Self {
        let plan = Plan::start(strategy, &examples(strategy), "2026-11-22-test-abcd", "Test", start()).unwrap();
        Self { plan, now: start() }
    }

    /// A plan of one session whose turns are `a`, `b`, ... as in `turns`, each with these extra lines.
    pub fn of_turns(turns: &[&str]) -> Self {
        let turn = |(index, extra): (usize, &&str)| {
            let id = char::from(b'a' + index as u8);
            format!("[[turns]]\nid = \"{id}\"\nprompt = \"Do {id}\"\n{extra}\n")
        };
        Self::with(&small(&turns.iter().enumerate().map(turn).collect::<String>()))
    }

    pub fn at(&mut self, minutes: i64) -> &mut Self {
        self.now = minute(minutes);
        self
    }

    /// Applies a command that must be accepted; returns what was done.
    pub fn does(&mut self, command: Command) -> String {
        let change = self.plan.apply(&command, self.now).unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"));
        self.plan = change.plan;
        change.summary
    }

    /// Why a command is refused; the plan stays.
    pub fn refusal(&self, command: Command) -> Refusal {
        match self.plan.apply(&command, self.now) {
            Err(refusal) => refusal,
            Ok(change) => panic!("{command:?} was accepted: {}", change.summary),
        }
    }

    /// `message | hint` of a refusal.
    pub fn refuses(&self, command: Command) -> String {
        let Refusal { message, hint, .. } = self.refusal(command);
        format!("{message} | {hint}")
    }

    /// A turn of the first session.
    pub fn at_turn(&self, turn: &str) -> TurnRef {
        TurnRef::new(&self.plan.sessions[0].id, turn)
    }

    pub fn session(&self) -> &Session {
        &self.plan.sessions[0]
    }

    pub fn turn(&self, id: &str) -> &Turn {
        self.session().turn(id).unwrap()
    }

    pub fn starts(&mut self, turn: &str) -> String {
        self.does(Command::StartTurn(self.at_turn(turn)))
    }

    pub fn finishes(&mut self, turn: &str) -> String {
        self.does(Command::FinishTurn(self.at_turn(turn)))
    }

    pub fn skips(&mut self, turn: &str) -> String {
        self.does(Command::SkipTurn { turn: self.at_turn(turn), reason: "not needed".into() })
    }

    pub fn approves(&mut self, turn: &str) -> String {
        self.does(approve(self.at_turn(turn)))
    }

    pub fn records(&mut self, turn: &str, slot: &str, text: &str) -> String {
        self.does(record(self.at_turn(turn), slot, text))
    }

    /// Words in a slot of any kind, as a file written by hand may have them.
    pub fn writes(&mut self, turn: &str, slot: &str, text: &str) {
        let turn = self.plan.sessions[0].turns.iter_mut().find(|found| found.id == turn).unwrap();
        let slot = turn.evidence.iter_mut().find(|found| found.id == slot).unwrap();
        slot.recorded =
            Some(Recorded { at: self.now, text: text.into(), command: None, exit_code: None, number: None });
    }

    /// Starts and closes a turn with every required slot filled and its gate approved.
    pub fn works(&mut self, at: &TurnRef) {
        self.does(Command::StartTurn(at.clone()));
        self.works_on(at);
    }

    /// Closes a turn under way with every required slot filled and its gate approved.
    pub fn works_on(&mut self, at: &TurnRef) {
        for slot in self.plan.session(&at.session).unwrap().turn(&at.turn).unwrap().evidence.clone() {
            self.does(fill(at.clone(), &slot));
        }
        self.does(Command::FinishTurn(at.clone()));
        if self.plan.session(&at.session).unwrap().turn(&at.turn).unwrap().open_gate().is_some() {
            self.does(approve(at.clone()));
        }
    }

    /// Works these turns of the first session, those under way included.
    pub fn completes_turns(&mut self, turns: &[&str]) {
        let session = self.session().id.clone();
        self.completes_turns_of(&session, turns);
    }

    /// Works these turns of a session, those under way included.
    pub fn completes_turns_of(&mut self, session: &str, turns: &[&str]) {
        for turn in turns {
            let at = TurnRef::new(session, *turn);
            if self.plan.session(session).unwrap().turn(turn).unwrap().started.is_some() {
                self.works_on(&at);
            } else {
                self.works(&at);
            }
        }
    }

    /// Works every turn of a session and finishes it.
    pub fn completes(&mut self, session: &str) {
        let turns: Vec<String> = self.plan.session(session).unwrap().turns.iter().map(|turn| turn.id.clone()).collect();
        for turn in turns {
            self.works(&TurnRef::new(session, turn));
        }
        self.does(finish(session));
    }
}

pub fn approve(turn: TurnRef) -> Command {
    Command::ApproveGate { turn, note: "read it".into(), by: "ada".into() }
}

pub fn reject(turn: TurnRef, note: &str) -> Command {
    Command::RejectGate { turn, note: note.into(), by: "ada".into() }
}

pub fn record(turn: TurnRef, slot: &str, text: &str) -> Command {
    Command::RecordEvidence { turn, slot: slot.into(), input: EvidenceInput::Text(text.into()) }
}

/// What shows in a slot what it wants.
pub fn fill(turn: TurnRef, slot: &Evidence) -> Command {
    let text = slot.choices.first().cloned().unwrap_or_else(|| "1".into());
    match slot.kind {
        EvidenceKind::Command => ran(turn, &slot.id, i32::from(slot.exit == ExpectedExit::Nonzero)),
        _ => record(turn, &slot.id, &text),
    }
}

/// A command that ended with this exit code.
pub fn ran(turn: TurnRef, slot: &str, exit_code: i32) -> Command {
    let input = EvidenceInput::Command { command: "make check".into(), exit_code, output: "12 passed".into() };
    Command::RecordEvidence { turn, slot: slot.into(), input }
}

pub fn finish(session: &str) -> Command {
    Command::FinishSession { session: session.into(), unverified: None }
}

pub fn set(name: &str, value: &str) -> Command {
    Command::SetValue { name: name.into(), value: Some(Value::Text(value.into())) }
}
