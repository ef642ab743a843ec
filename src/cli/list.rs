//! `setlist list`: plans, last worked on first.

use crate::domain::budget::compact;
use crate::domain::summary::{Listing, PlanSummary};
use crate::export::json;

use super::clock;
use super::context::Context;
use super::error::{CliError, ErrorCode, Result, Status};
use super::output::{Tone, one_line};
use super::table::Table;

/// List plans, last worked on first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Finished, abandoned and archived ones too
    #[arg(short, long)]
    all: bool,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let listing = ctx.store()?.list();
    if let Some(failure) = &listing.failure {
        return Err(CliError::new(ErrorCode::Io, failure.clone(), "`setlist doctor` looks at every directory"));
    }
    let plans: Vec<&PlanSummary> = listing.plans.iter().filter(|plan| args.all || plan.is_open()).collect();
    if ctx.out.is_json() {
        ctx.out.json(&json::plans(&plans, &listing))?;
        return Ok(Status::Success);
    }
    let mut table = Table::new(&["id", "name", "state", "turns", "worked", "updated", "next"]);
    for plan in &plans {
        let worked = match plan.budget {
            0 => compact(plan.worked),
            budget => format!("{} of {}", compact(plan.worked), compact(budget)),
        };
        table.row(vec![
            (one_line(&plan.id), Some(Tone::Key)),
            (one_line(&plan.name), Some(Tone::Title)),
            (state(plan), None),
            (format!("{}/{}", plan.turns.0, plan.turns.1), None),
            (worked, None),
            (clock::local(plan.updated), Some(Tone::Dim)),
            (one_line(&plan.current), None),
        ]);
    }
    table.print(&mut ctx.out)?;
    ctx.out.flush()?;
    remarks(ctx, &listing, plans.len());
    Ok(Status::Success)
}

/// The state in words: `in-progress, running, 1 gate open`.
fn state(plan: &PlanSummary) -> String {
    let mut words = vec![plan.state.clone()];
    if plan.archived {
        words.push("archived".into());
    }
    if plan.running {
        words.push("running".into());
    }
    if plan.unverified {
        words.push("unverified".into());
    }
    match plan.open_gates {
        0 => {}
        1 => words.push("1 gate open".into()),
        gates => words.push(format!("{gates} gates open")),
    }
    words.join(", ")
}

/// What else is there: hidden plans, files that are no plans.
fn remarks(ctx: &Context, listing: &Listing, shown: usize) {
    let hidden = listing.plans.len() - shown;
    match (shown, hidden) {
        (0, 0) => ctx.out.note("there are no plans yet; `setlist strategy list` shows what to start one from"),
        (0, _) => ctx.out.note(&format!("no plan is open; `setlist list --all` shows {hidden} more")),
        _ => {}
    }
    for broken in &listing.broken {
        let again = if broken.recoverable { "; its last good revision is at hand" } else { "" };
        ctx.out.warn(&format!("{}: {}{again}", broken.path.display(), broken.message));
        if !broken.hint.is_empty() {
            ctx.out.note(&format!("  {}", broken.hint));
        }
    }
    for (id, path) in &listing.conflicts {
        let of = if id.is_empty() { String::new() } else { format!(" of {id}") };
        ctx.out.warn(&format!(
            "{} is a copy{of} that a sync tool left; `setlist conflict show` compares them",
            path.display()
        ));
    }
}
