//! `setlist undo|redo|log`: the changes of a plan.

use std::io::IsTerminal as _;

use crate::export::json::{Revision, Revisions};
use crate::store::LogEntry;

use super::clock;
use super::context::Context;
use super::error::{Result, Status};
use super::lifecycle::PlanOnly;
use super::output::{Tone, one_line};
use super::table::Table;
use super::target::report;

/// Whether somebody is at a terminal, as where a gate is decided.
pub(super) fn is_person(ctx: &Context) -> bool {
    !ctx.globals.no_input && std::io::stdin().is_terminal() && super::gate::has_terminal()
}

pub(super) fn undo(ctx: &mut Context, args: &PlanOnly) -> Result {
    let store = ctx.store()?;
    let change = store.undo_by(&args.plan.id(&store)?, clock::now(), is_person(ctx))?;
    report(ctx, &change)
}

pub(super) fn redo(ctx: &mut Context, args: &PlanOnly) -> Result {
    let store = ctx.store()?;
    let change = store.redo_by(&args.plan.id(&store)?, clock::now(), is_person(ctx))?;
    report(ctx, &change)
}

pub(super) fn log(ctx: &mut Context, args: &PlanOnly) -> Result {
    let store = ctx.store()?;
    let mut entries = store.log(&args.plan.id(&store)?)?;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.revision));
    if ctx.out.is_json() {
        let item = |LogEntry { revision, at, summary, current }: LogEntry| Revision { revision, at, summary, current };
        ctx.out.json(&Revisions { items: entries.into_iter().map(item).collect() })?;
        return Ok(Status::Success);
    }
    let mut table = Table::new(&["rev", "when", "", "what"]);
    for entry in &entries {
        let mark = if entry.current { "*" } else { " " };
        table.row(vec![
            (entry.revision.to_string(), Some(Tone::Key)),
            (clock::local(entry.at), Some(Tone::Dim)),
            (mark.to_owned(), None),
            (one_line(&entry.summary), None),
        ]);
    }
    table.print(&mut ctx.out)?;
    Ok(Status::Success)
}
