//! `setlist finish|abandon|archive|delete|restore`: how sessions and plans end, and come back.

use crate::domain::command::Command;
use crate::domain::nearest::near_or;
use crate::domain::summary::{Listing, PlanSummary};
use crate::export::json;
use crate::workflow::finish::queued_now;

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, ErrorCode, Result, Status};
use super::queue;
use super::target::{PlanArg, SessionArg, apply, report};

/// A plan, and nothing else to say.
#[derive(Debug, clap::Args)]
pub struct PlanOnly {
    #[command(flatten)]
    pub plan: PlanArg,
}

/// Finish a session
#[derive(Debug, clap::Args)]
pub struct FinishArgs {
    #[command(flatten)]
    session: SessionArg,
    /// Why it may be finished with required evidence missing
    #[arg(long, value_name = "REASON")]
    unverified: Option<String>,
}

/// Give up a session, or all of a plan
#[derive(Debug, clap::Args)]
pub struct AbandonArgs {
    #[command(flatten)]
    plan: PlanArg,
    /// Only this session; without, all that are open
    #[arg(short, long, value_name = "ID", add = complete::sessions())]
    session: Option<String>,
    /// Why
    #[arg(long, value_name = "R", default_value = "")]
    reason: String,
}

pub(super) fn finish(ctx: &mut Context, args: &FinishArgs) -> Result {
    let plan = args.session.plan.load(ctx)?;
    let session = args.session.of(&plan)?.id.clone();
    let command = Command::FinishSession { session, unverified: args.unverified.clone() };
    let change = ctx.store()?.update(&plan.id, &command, clock::now())?;
    report(ctx, &change)?;
    if !queued_now(&change.plan).is_empty() {
        queue::waiting(&change.plan).iter().for_each(|waiting| ctx.out.note(waiting));
    }
    Ok(Status::Success)
}

pub(super) fn abandon(ctx: &mut Context, args: &AbandonArgs) -> Result {
    let plan = args.plan.load(ctx)?;
    let what =
        args.session.as_ref().map_or_else(|| format!("the plan '{}'", plan.name), |id| format!("the session '{id}'"));
    if !ctx.confirm(&format!("Give up {what}?"))? {
        return Err(CliError::refused("nothing was changed", ""));
    }
    apply(ctx, &plan.id, &Command::Abandon { session: args.session.clone(), reason: args.reason.clone() })
}

pub(super) fn archive(ctx: &mut Context, args: &PlanOnly) -> Result {
    let store = ctx.store()?;
    let id = args.plan.id(&store)?;
    apply(ctx, &id, &Command::Archive)
}

pub(super) fn delete(ctx: &mut Context, args: &PlanOnly) -> Result {
    let store = ctx.store()?;
    let id = args.plan.id(&store)?;
    // A file that cannot be read may be thrown away too.
    let plan = store.load(&id).ok().map(|loaded| loaded.plan);
    let name = plan.as_ref().map_or(id.as_str(), |plan| plan.name.as_str());
    if !ctx.confirm(&format!("Move '{name}' to the trash?"))? {
        return Err(CliError::refused("nothing was changed", ""));
    }
    store.trash(&id)?;
    match &plan {
        Some(plan) if ctx.out.is_json() => ctx.out.json(&json::plan(plan, clock::now()))?,
        None if ctx.out.is_json() => ctx.out.json(&json::gone())?,
        Some(_) | None => ctx.out.note(&format!("'{name}' is in the trash; `setlist restore -p {id}` brings it back")),
    }
    Ok(Status::Success)
}

pub(super) fn restore(ctx: &mut Context, args: &PlanOnly) -> Result {
    let store = ctx.store()?;
    let listing = store.list();
    let id = match args.plan.named() {
        None => {
            let none = || CliError::not_found("the trash is empty", "`setlist list --all` shows archived plans too");
            listing.trashed.first().ok_or_else(none)?.id.clone()
        }
        Some(wanted) => match trashed(&listing, &wanted)? {
            Some(id) => id,
            None => return unarchive(ctx, &listing, &wanted),
        },
    };
    store.restore(&id)?;
    let plan = store.load(&id)?.plan;
    if ctx.out.is_json() {
        ctx.out.json(&json::plan(&plan, clock::now()))?;
    } else {
        ctx.out.note(&format!("'{}' is back from the trash", plan.name));
    }
    Ok(Status::Success)
}

/// The id of the plan in the trash that `wanted` means: an id, the beginning of one, or a name.
fn trashed(listing: &Listing, wanted: &str) -> Result<Option<String>> {
    let ids = |fits: &dyn Fn(&PlanSummary) -> bool| -> Vec<String> {
        listing.trashed.iter().filter(|plan| fits(plan)).map(|plan| plan.id.clone()).collect()
    };
    let exact = ids(&|plan| plan.id == wanted);
    let found = if exact.is_empty() { ids(&|plan| plan.id.starts_with(wanted) || plan.name == wanted) } else { exact };
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        several => {
            let hint = format!("name one of: {}", several.join(", "));
            Err(CliError::new(ErrorCode::Ambiguous, format!("several plans in the trash fit `{wanted}`"), hint))
        }
    }
}

fn unarchive(ctx: &mut Context, listing: &Listing, wanted: &str) -> Result {
    let store = ctx.store()?;
    let id = store.find(wanted).map_err(|_| {
        let known = listing.trashed.iter().flat_map(|plan| [plan.id.as_str(), plan.name.as_str()]);
        CliError::not_found(
            format!("there is no plan `{wanted}` in the trash or the archive"),
            near_or(wanted, known, ""),
        )
    })?;
    apply(ctx, &id, &Command::Unarchive)
}
