//! Where a turn and a plan stand, in one word, and what is in the way.

use crate::domain::words::words;

use super::{Gate, GateState, Session, SessionState, Turn};

words! {
    /// What a turn counts as: its state, and whether it showed what it had to.
    Standing:
    /// Not begun, and nothing is in the way.
    #[default] Ready = "ready",
    /// Not begun; an earlier turn, a gate or a session is in the way.
    Waiting = "waiting",
    /// The clock runs.
    Running = "running",
    /// Begun; the clock is stopped.
    Paused = "paused",
    /// Closed, with all required evidence.
    Done = "done",
    /// Closed without all required evidence.
    Unverified = "unverified",
    /// Left out.
    Skipped = "skipped",
}

/// What keeps a turn from being started.
pub(crate) enum Obstacle<'a> {
    /// Its session is over.
    Over(&'a Session),
    /// Its session waits for this one.
    Waits(&'a Session),
    /// This earlier turn is not closed.
    NotClosed(&'a Turn),
    /// The gate after this earlier turn is not approved.
    Gate(&'a Turn, &'a Gate),
}

impl Obstacle<'_> {
    /// The obstacle, in a sentence.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Over(session) => format!("the session is {}", session.state),
            Self::Waits(other) => format!("it waits for the session '{}'", other.title),
            Self::NotClosed(other) => format!("turn '{}' is not closed yet", other.title),
            Self::Gate(other, gate) if gate.state == GateState::Rejected => {
                format!("the gate after '{}' was rejected: {}", other.title, gate.text)
            }
            Self::Gate(other, gate) if gate.is_stale() => {
                format!("the gate after '{}' is stale, because {}: {}", other.title, gate.stale, gate.text)
            }
            Self::Gate(other, gate) => format!("the gate after '{}' is open: {}", other.title, gate.text),
        }
    }

    /// What removes it.
    pub(crate) fn way_past(&self) -> String {
        match self {
            Self::Over(_) => "reopen the session first".into(),
            Self::Waits(other) if other.state == SessionState::Abandoned => {
                format!("'{}' was abandoned: reopen and finish it first", other.title)
            }
            Self::Waits(other) => format!("finish the session '{}' first", other.title),
            Self::NotClosed(other) => format!("close '{}' first, or skip it with a reason", other.title),
            Self::Gate(other, _) => format!("approve the gate after '{}' first", other.title),
        }
    }
}

words! {
    /// Where a plan stands as a whole.
    PlanState:
    /// Nothing started.
    #[default] Planned = "planned",
    /// Under way.
    InProgress = "in-progress",
    /// Every session finished, or finished and abandoned.
    Finished = "finished",
    /// Every session abandoned.
    Abandoned = "abandoned",
}
