//! Where a turn and a plan stand, in one word, and what is in the way.

use super::{Gate, GateState, Session, SessionState, Turn};

/// What a turn counts as: its state, and whether it showed what it had to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not begun, and nothing is in the way.
    Ready,
    /// Not begun; an earlier turn, a gate or a session is in the way.
    Waiting,
    /// The clock runs.
    Running,
    /// Begun; the clock is stopped.
    Paused,
    /// Closed, with all required evidence.
    Done,
    /// Closed without all required evidence.
    Unverified,
    /// Left out.
    Skipped,
}

impl Standing {
    /// The word beside the glyph.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Unverified => "unverified",
            Self::Skipped => "skipped",
        }
    }
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

/// Where a plan stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanState {
    /// Nothing started.
    Planned,
    /// Under way.
    InProgress,
    /// Every session finished, or finished and abandoned.
    Finished,
    /// Every session abandoned.
    Abandoned,
}

impl PlanState {
    /// The word in lists and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::InProgress => "in-progress",
            Self::Finished => "finished",
            Self::Abandoned => "abandoned",
        }
    }
}
