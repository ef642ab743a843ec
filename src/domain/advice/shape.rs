//! What shape the work wants: one session or several, how much to plan, to oversee and to prove.
//!
//! The rules are those of the guide's variables: scope and dependencies decide on the sessions, the
//! code and the risk on planning and oversight, the difficulty of validation on the evidence.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::strategy::{Codebase, Strategy};
use crate::domain::words::words;

use super::build::{Arrangement, Build};
use super::situation::{Dependencies, Risk, Scope, Situation, Validation};

/// The category of strategies that show how several sessions stand to each other, whatever is made in them.
const MULTI_SESSION: &str = "multi-session";

words! {
    /// How many sessions the work wants.
    Sessions:
    /// Not to be told from what was answered.
    #[default] Open = "open",
    /// One will do.
    One = "one",
    /// Several; whether side by side or in a row is open.
    Several = "several",
    /// Several side by side.
    Parallel = "parallel",
    /// Several in a row.
    Serial = "serial",
}

/// What shape the work wants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Shape {
    /// How many sessions.
    pub sessions: Sessions,
    /// The id of a strategy with sessions of that kind, where several are wanted.
    pub strategy: Option<String>,
    /// Whether one session will do, and if not, what does.
    pub statement: String,
    /// What to do before anything is made.
    pub planning: String,
    /// How much to oversee.
    pub oversight: String,
    /// What to have shown.
    pub evidence: String,
}

/// The shape for `situation`; `ranked` are the strategies at hand, the best first.
pub(super) fn shape(situation: Situation, ranked: &[&Strategy]) -> Shape {
    let (sessions, statement) = sessions(situation);
    let strategy = match sessions {
        Sessions::Parallel => with(ranked, Arrangement::Parallel),
        Sessions::Serial => with(ranked, Arrangement::Serial),
        Sessions::Open | Sessions::One | Sessions::Several => None,
    };
    let shown_by = strategy.as_ref().map(|id| format!(" {id} is made that way.")).unwrap_or_default();
    Shape {
        sessions,
        strategy,
        statement: format!("{statement}{shown_by}"),
        planning: planning(situation),
        oversight: oversight(situation.risk).into(),
        evidence: evidence(situation.validation).into(),
    }
}

/// The best strategy whose sessions stand so: one that is there to show it, else any.
fn with(ranked: &[&Strategy], arrangement: Arrangement) -> Option<String> {
    let fitting = || ranked.iter().filter(|strategy| Build::of(strategy).arrangement == arrangement);
    let found = fitting().find(|strategy| strategy.category == MULTI_SESSION).or_else(|| fitting().next());
    found.map(|strategy| strategy.id.clone())
}

fn sessions(situation: Situation) -> (Sessions, &'static str) {
    use Dependencies::{Coupled, Independent};
    match (situation.scope, situation.dependencies) {
        (Some(Scope::Small), Some(Independent)) => {
            (Sessions::One, "One session will do: in a small change, independent parts need none of their own.")
        }
        (Some(Scope::Small), Some(Coupled) | None) => (Sessions::One, "One session will do: the change is small."),
        (Some(Scope::Medium), Some(Coupled)) => {
            (Sessions::One, "One session will do: parts of a medium change that build on each other stay together.")
        }
        (Some(Scope::Medium), None) => {
            (Sessions::One, "One session will do, unless its parts are independent: then each can have its own.")
        }
        (Some(Scope::Medium), Some(Independent)) => (
            Sessions::Parallel,
            "Better not one session: the parts are independent, so give each a session of its own, side by side.",
        ),
        (None, Some(Independent)) => (
            Sessions::Parallel,
            "Better not one session, unless the change is small: give each independent part its own, side by side.",
        ),
        (Some(Scope::Large), Some(Independent)) => (
            Sessions::Parallel,
            "One session will not do: give each independent part a session of its own, side by side.",
        ),
        (Some(Scope::Large), Some(Coupled)) => (
            Sessions::Serial,
            "One session will not do: the parts build on each other, so take several, one after another.",
        ),
        (Some(Scope::Large), None) => (
            Sessions::Several,
            "One session will not do: take several, side by side if the parts are independent, else one after another.",
        ),
        (None, Some(Coupled)) => (
            Sessions::Open,
            "One session will do for a small or medium change; a large one needs several, one after another.",
        ),
        (None, None) => (
            Sessions::Open,
            "Whether one session will do depends on how much changes and on whether the parts depend on each other.",
        ),
    }
}

fn planning(situation: Situation) -> String {
    let first = match situation.codebase {
        Codebase::New => "Plan and specify first: with new code the danger is to build the wrong thing.",
        Codebase::Existing => {
            "Discover first and validate throughout: with existing code the danger is to break what works."
        }
        Codebase::Any => "New code wants a specification first, existing code a look around first.",
    };
    let then = match (situation.codebase, situation.risk) {
        (_, None) => return first.into(),
        (Codebase::New, Some(Risk::Low)) => "A short outline is enough.",
        (Codebase::New, Some(Risk::Medium)) => "A page or two of specification are enough.",
        (Codebase::New, Some(Risk::High)) => "Write the specification out whole, and build nothing before it stands.",
        (Codebase::Existing, Some(Risk::Low)) => "Running the existing tests before and after is enough.",
        (Codebase::Existing, Some(Risk::Medium)) => "Know which tests guard the place before it changes.",
        (Codebase::Existing, Some(Risk::High)) => "Hold what it does today in tests before anything changes.",
        (Codebase::Any, Some(Risk::Low)) => "At this risk either may be short.",
        (Codebase::Any, Some(Risk::Medium)) => "At this risk either deserves a turn of its own.",
        (Codebase::Any, Some(Risk::High)) => "At this risk do not begin without it.",
    };
    format!("{first} {then}")
}

fn oversight(risk: Option<Risk>) -> &'static str {
    match risk {
        None => "How many gates it wants depends on the damage of a wrong approach.",
        Some(Risk::Low) => "Your look at the result is enough; gates are not needed.",
        Some(Risk::Medium) => "One gate is enough: approve the design before it is built.",
        Some(Risk::High) => {
            "Approve the design before it is built, and again before each step that is hard to take back."
        }
    }
}

fn evidence(validation: Option<Validation>) -> &'static str {
    match validation {
        None => "What has to be shown depends on how hard the result is to prove.",
        Some(Validation::Easy) => "The full test suite, run and shown, is enough.",
        Some(Validation::Medium) => "Ask for the full test suite, and a measurement or a scenario played through.",
        Some(Validation::Hard) => {
            "Measure before and after in the same way, try the edge cases, and close no turn without its evidence."
        }
    }
}
