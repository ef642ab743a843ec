//! Where a turn and a plan stand, in one word.

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
