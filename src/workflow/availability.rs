//! May this be done now, and if not, why, and what leads past it. `Plan::apply` is the judge: what is meant is tried on
//! a copy, with something in the place of what a person has yet to type.

use jiff::Timestamp;

use crate::domain::command::{Command, EvidenceInput, TurnRef};
use crate::domain::plan::{Kept, Plan, Session, Turn};
use crate::domain::refusal::{ErrorCode, Refusal};
use crate::domain::settings::Settings;
use crate::domain::strategy::TurnKind;

/// What a person may want to do with a turn, its session or its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Start the turn, or let its clock run again.
    Start,
    Pause,
    /// Hand its prompt over, which freezes it.
    Send,
    /// Record evidence in the slot at this place.
    Record(usize),
    /// Empty the slot at this place.
    Clear(usize),
    /// Write down what came back.
    Result,
    Close,
    /// Approve or reject its gate.
    Decide,
    Repeat,
    /// Say whether this iteration is kept.
    Keep(u32),
    Reopen,
    Skip,
    /// Take it out of the plan.
    Remove,
    /// Write the prompt in one's own words.
    Prompt,
    Note,
    /// Record a reading of a metric.
    Reading,
    /// Change a value of the plan.
    Value,
    AddTurn,
    /// Keep an idea for a plan of its own.
    Queue,
    /// Tick the item at this place of the session's checklist.
    Tick(usize),
    /// Finish the session.
    Finish,
    ReopenSession,
    /// Give the session up.
    Abandon,
    Archive,
}

/// A turn that is looked at, in its plan as it was read.
#[derive(Debug, Clone, Copy)]
pub struct Here<'p> {
    pub plan: &'p Plan,
    /// Why the plan cannot be changed; nothing where it can.
    pub read_only: Option<&'p str>,
    pub session: &'p Session,
    pub turn: &'p Turn,
    pub now: Timestamp,
}

/// Why nothing can be sent whatever the plan says; nothing where a command is set.
pub fn no_send_command(settings: &Settings) -> Option<Refusal> {
    let hint = "write send = [\"claude\", \"-p\"] into it, or copy the prompt";
    settings.send.is_empty().then(|| Refusal::rule("no send command is set in config.toml", hint))
}

impl Here<'_> {
    /// What stands against an act now, and what leads past it; nothing where it may be done.
    pub fn against(&self, act: Act) -> Option<Refusal> {
        let refusal = self.attempt(act).map_or_else(Some, |command| self.against_command(&command));
        // What is wrong with the words is said once they are there.
        refusal.filter(|refusal| refusal.code != ErrorCode::Invalid)
    }

    /// The same of a command in which nothing is left to be typed.
    pub fn against_command(&self, command: &Command) -> Option<Refusal> {
        match self.read_only {
            Some(why) => Some(Refusal::rule(format!("the plan is read-only: {why}"), "")),
            None => self.plan.apply(command, self.now).err(),
        }
    }

    /// The command that an act comes to.
    ///
    /// # Errors
    /// Where there is nothing that it could be done with: no command says that.
    fn attempt(&self, act: Act) -> Result<Command, Refusal> {
        let turn = TurnRef::new(&self.session.id, &self.turn.id);
        let session = self.session.id.clone();
        let typed = || "-".to_owned();
        let none = |why: &str| Refusal::rule(why, "");
        let slot = |at: usize| self.turn.evidence.get(at).map(|slot| slot.id.clone());
        let strategy = &self.plan.strategy;
        Ok(match act {
            Act::Start => Command::StartTurn(turn),
            Act::Pause => Command::PauseTurn(turn),
            Act::Send => Command::MarkSent { turn, via: typed() },
            Act::Record(at) => {
                let slot = slot(at).ok_or_else(|| none("this turn has no evidence to show"))?;
                Command::RecordEvidence { turn, slot, input: EvidenceInput::Text(String::new()) }
            }
            Act::Clear(at) => Command::ClearEvidence { turn, slot: slot(at).unwrap_or_default() },
            Act::Result => Command::SetResult { turn, result: self.turn.result.clone() },
            Act::Close => Command::FinishTurn(turn),
            Act::Decide => Command::RejectGate { turn, note: typed(), by: String::new() },
            Act::Repeat => Command::RepeatTurn(turn),
            Act::Keep(iteration) => Command::KeepIteration { turn, iteration, kept: Kept::Yes },
            Act::Reopen => Command::ReopenTurn { turn, reason: String::new() },
            Act::Skip => Command::SkipTurn { turn, reason: typed() },
            Act::Remove => Command::RemoveTurn(turn),
            Act::Prompt => Command::SetPrompt { turn, prompt: Some(String::new()) },
            Act::Note => Command::AddNote { session, turn: turn.turn, text: typed() },
            Act::Reading => {
                let metric = strategy.metrics.first().ok_or_else(|| none("this strategy measures nothing"))?.id.clone();
                Command::ReadMetric { metric, value: 0.0, turn: Some(turn) }
            }
            Act::Value => {
                let first = strategy.placeholders.first().ok_or_else(|| none("this plan has no values"))?;
                Command::SetValue { name: first.name.clone(), value: None }
            }
            Act::AddTurn => {
                let kind = TurnKind::Other;
                Command::AddTurn { session, after: None, title: typed(), kind, budget: None, prompt: String::new() }
            }
            Act::Queue => Command::Queue { title: typed(), goal: String::new(), placeholder: String::new() },
            Act::Tick(at) => {
                let item = self.session.checklist.get(at).ok_or_else(|| none("there is nothing to tick"))?.id.clone();
                Command::Tick { session, item, note: String::new(), by: String::new() }
            }
            Act::Finish => Command::FinishSession { session, unverified: Some(typed()) },
            Act::ReopenSession => Command::ReopenSession(session),
            Act::Abandon => Command::Abandon { session: Some(session), reason: String::new() },
            Act::Archive => Command::Archive,
        })
    }
}
