//! `setlist outcome`: whether a plan did what it was for, and what to take from it.

use clap::ValueEnum;

use crate::domain::command::Command;
use crate::domain::plan::Outcome;

use super::context::Context;
use super::error::{CliError, Result};
use super::target::{PlanArg, apply};

/// Say whether it worked, what helped, and what to change next time
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Whether the plan did what it was for
    worked: Option<Worked>,
    /// What helped
    #[arg(long, value_name = "TEXT")]
    helped: Option<String>,
    /// What to change next time
    #[arg(long, value_name = "TEXT")]
    change: Option<String>,
    #[command(flatten)]
    plan: PlanArg,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Worked {
    Yes,
    Partly,
    No,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let plan = args.plan.load(ctx)?;
    if args.worked.is_none() && args.helped.is_none() && args.change.is_none() {
        return Err(CliError::usage("nothing was said", "write yes, partly or no, or give --helped or --change"));
    }
    let outcome = match args.worked {
        Some(Worked::Yes) => Outcome::Yes,
        Some(Worked::Partly) => Outcome::Partly,
        Some(Worked::No) => Outcome::No,
        None => plan.reflection.outcome,
    };
    // What is not said here stays as it was said before.
    let helped = args.helped.clone().unwrap_or(plan.reflection.helped);
    let change = args.change.clone().unwrap_or(plan.reflection.change);
    apply(ctx, &plan.id, &Command::SetReflection { outcome, helped, change })
}
