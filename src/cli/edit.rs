//! `setlist set|rename|reopen`: corrections to a plan under way.

use crate::domain::command::Command;
use crate::domain::placeholder::Values;

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, Result};
use super::target::{PlanArg, SessionArg, apply, report};
use super::values::ValueArgs;

/// Change values; prompts not sent yet follow
#[derive(Debug, clap::Args)]
pub struct SetArgs {
    /// The values; `k=@FILE` reads one from a file, `k=` goes back to the default
    #[arg(value_name = "K=V", required = true, add = complete::values())]
    values: Vec<String>,
    #[command(flatten)]
    plan: PlanArg,
}

/// Give a plan another name; its id stays
#[derive(Debug, clap::Args)]
pub struct RenameArgs {
    /// The new name
    name: String,
    #[command(flatten)]
    plan: PlanArg,
}

/// Go on with a session that was finished or abandoned
#[derive(Debug, clap::Args)]
pub struct ReopenArgs {
    #[command(flatten)]
    session: SessionArg,
}

pub(super) fn set(ctx: &mut Context, args: &SetArgs) -> Result {
    let plan = args.plan.load(ctx)?;
    let (values, faults) = ValueArgs::of(&args.values).read(&plan.strategy)?;
    if !faults.is_empty() {
        return Err(CliError { hint: "nothing was changed".into(), ..CliError::faults(faults) });
    }
    check(&plan, &args.values, &values)?;
    let names = args.values.iter().map(|pair| pair.split_once('=').map_or(pair.as_str(), |(name, _)| name.trim()));
    let mut last = None;
    for name in names {
        let command = Command::SetValue { name: name.into(), value: values.get(name).cloned() };
        let change = ctx.store()?.update(&plan.id, &command, clock::now())?;
        if let Some(change) = last.replace(change) {
            ctx.out.note(&change.summary);
        }
    }
    let last = last.ok_or_else(|| CliError::usage("nothing was given", "write setlist set name=value"))?;
    report(ctx, &last)
}

/// A slip in the last value changes none: the commands are tried on a copy first.
fn check(plan: &crate::domain::plan::Plan, pairs: &[String], values: &Values) -> Result<()> {
    let mut copy = plan.clone();
    for pair in pairs {
        let name = pair.split_once('=').map_or(pair.as_str(), |(name, _)| name.trim());
        copy =
            copy.apply(&Command::SetValue { name: name.into(), value: values.get(name).cloned() }, clock::now())?.plan;
    }
    Ok(())
}

pub(super) fn rename(ctx: &mut Context, args: &RenameArgs) -> Result {
    let store = ctx.store()?;
    let id = args.plan.id(&store)?;
    apply(ctx, &id, &Command::Rename(args.name.clone()))
}

pub(super) fn reopen(ctx: &mut Context, args: &ReopenArgs) -> Result {
    let plan = args.session.plan.load(ctx)?;
    let session = args.session.of(&plan)?.id.clone();
    apply(ctx, &plan.id, &Command::ReopenSession(session))
}
