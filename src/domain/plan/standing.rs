//! Where a turn and a plan stand, in one word.

use crate::domain::words::words;

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
