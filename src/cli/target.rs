//! What a command acts on: `-p` a plan, `-s` a session, `-t` a turn.

use crate::domain::command::{Command, TurnRef};
use crate::domain::nearest::near_or_all;
use crate::domain::plan::{Plan, Session, Turn};
use crate::store::Store;

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, ErrorCode, Result, Status};
use crate::domain::command::Change;
use crate::export::json;

/// Which plan.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct PlanArg {
    /// The plan: an id, the beginning of one, or a name
    #[arg(short, long, value_name = "PLAN", add = complete::plans())]
    pub plan: Option<String>,
}

/// Which session of which plan.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SessionArg {
    #[command(flatten)]
    pub plan: PlanArg,
    /// The session; the current one where none is named
    #[arg(short, long, value_name = "ID", add = complete::sessions())]
    pub session: Option<String>,
}

/// Which turn of which session of which plan.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct TurnArg {
    #[command(flatten)]
    pub session: SessionArg,
    /// The turn, by id or number; the current one where none is named
    #[arg(short, long, value_name = "ID", add = complete::turns())]
    pub turn: Option<String>,
}

/// The name of the variable that names a plan.
pub const PLAN_VARIABLE: &str = "SETLIST_PLAN";

impl PlanArg {
    /// What was named, by option or by variable.
    pub fn named(&self) -> Option<String> {
        let variable = || std::env::var(PLAN_VARIABLE).ok().filter(|name| !name.trim().is_empty());
        self.plan.clone().or_else(variable)
    }

    /// The id of the plan.
    ///
    /// # Errors
    /// Where no plan is so named, several are, or there is none at all.
    pub fn id(&self, store: &Store) -> Result<String> {
        match self.named() {
            Some(name) => store.find(&name).map_err(|error| {
                let mut error = CliError::from(error);
                if self.plan.is_none() {
                    error.message = format!("{} (named by ${PLAN_VARIABLE})", error.message);
                }
                error
            }),
            None => store.latest()?.ok_or_else(|| {
                CliError::not_found(
                    "there is no plan yet",
                    "start one: `setlist strategy list`, then `setlist new STRATEGY`",
                )
            }),
        }
    }

    /// The plan.
    ///
    /// # Errors
    /// As [`PlanArg::id`], and where its file cannot be read.
    pub fn load(&self, ctx: &Context) -> Result<Plan> {
        let store = ctx.store()?;
        let loaded = store.load(&self.id(&store)?)?;
        if let Some(why) = &loaded.read_only {
            ctx.out.warn(&format!("this plan opens read-only: {why}"));
        }
        Ok(loaded.plan)
    }
}

impl SessionArg {
    /// The session that is meant.
    pub fn of<'p>(&self, plan: &'p Plan) -> Result<&'p Session> {
        match &self.session {
            Some(id) => Ok(plan.known_session(id)?),
            None => plan.current_session().ok_or_else(|| CliError::not_found("the plan has no sessions", "")),
        }
    }
}

impl TurnArg {
    /// The turn that is meant; `default` picks one of a session where none is named.
    ///
    /// # Errors
    /// Where there is none of that name, or several sessions have one.
    pub fn of<'p>(
        &self,
        plan: &'p Plan,
        default: impl Fn(&'p Session) -> Option<&'p Turn>,
    ) -> Result<(&'p Session, &'p Turn)> {
        let session = self.session.of(plan)?;
        let Some(wanted) = &self.turn else {
            let turn = default(session)
                .ok_or_else(|| CliError::not_found(format!("the session '{}' has no turns", session.title), ""))?;
            return Ok((session, turn));
        };
        if let Some(turn) = named(session, wanted) {
            return Ok((session, turn));
        }
        if self.session.session.is_some() {
            return Ok((session, session.known_turn(wanted)?));
        }
        // Not in the current session: the id alone may still say which one is meant.
        let found: Vec<_> = plan.sessions.iter().filter_map(|session| Some((session, session.turn(wanted)?))).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let known = plan.sessions.iter().flat_map(|session| &session.turns).map(|turn| turn.id.as_str());
                Err(CliError::not_found(format!("there is no turn `{wanted}`"), near_or_all(wanted, known)))
            }
            several => {
                let sessions: Vec<&str> = several.iter().map(|(session, _)| session.id.as_str()).collect();
                let hint = format!("name the session too: -s {}", sessions.join(" or -s "));
                Err(CliError::new(ErrorCode::Ambiguous, format!("several sessions have a turn `{wanted}`"), hint))
            }
        }
    }

    /// The turn that is meant, as commands name it.
    pub fn reference<'p>(&self, plan: &'p Plan, default: impl Fn(&'p Session) -> Option<&'p Turn>) -> Result<TurnRef> {
        let (session, turn) = self.of(plan, default)?;
        Ok(TurnRef::new(&session.id, &turn.id))
    }
}

/// The turn with this id or, where no id is so, with this number.
fn named<'p>(session: &'p Session, wanted: &str) -> Option<&'p Turn> {
    session.turn(wanted).or_else(|| {
        let at = session.turn_numbers().iter().position(|number| number == wanted)?;
        session.turns.get(at)
    })
}

/// Applies a command to a plan and reports what was done.
pub fn apply(ctx: &mut Context, id: &str, command: &Command) -> Result {
    let change = ctx.store()?.update(id, command, clock::now())?;
    report(ctx, &change)
}

/// Reports a change: the plan under `--json`, else what was done.
pub fn report(ctx: &mut Context, change: &Change) -> Result {
    if ctx.out.is_json() {
        ctx.out.json(&json::plan(&change.plan, clock::now()))?;
    } else {
        ctx.out.note(&change.summary);
    }
    Ok(Status::Success)
}
