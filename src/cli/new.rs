//! `setlist new`: starts a plan.

use crate::domain::placeholder;
use crate::export::json;

use super::clock;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::strategy;
use super::values::{self, ValueArgs};

/// Start a plan; print its id
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The strategy's id
    strategy: String,
    /// What to call the plan; the strategy's title where nothing is given
    #[arg(short, long, value_name = "N")]
    name: Option<String>,
    #[command(flatten)]
    values: ValueArgs,
    /// Print the prompts as they would read; write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    let strategy = strategy::usable(&store.library(), &args.strategy)?;
    if args.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(CliError::invalid("a plan needs a name", "give --name some words, or leave it out"));
    }
    let values = values::complete(ctx, &strategy, &args.values)?;
    if args.dry_run {
        let values = placeholder::effective(&strategy, &values);
        strategy::render::print(ctx, &strategy, &values, &strategy::render::numbered(&strategy))?;
        ctx.out.flush()?;
        ctx.out.note("nothing was written");
        return Ok(Status::Success);
    }
    let name = args.name.as_deref().unwrap_or(&strategy.title);
    let plan = store.create(&strategy, &values, name, &clock::zoned())?;
    if ctx.out.is_json() {
        ctx.out.json(&json::plan(&plan, clock::now())?)?;
    } else {
        ctx.out.line(&plan.id)?;
        ctx.out.flush()?;
        ctx.out.note(&format!("plan '{}' started; next: `setlist turn start`, then `setlist prompt`", plan.name));
    }
    Ok(Status::Success)
}
