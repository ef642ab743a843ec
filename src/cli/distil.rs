//! `setlist distil`: a finished plan becomes a strategy of the person's own.

use std::path::{Path, PathBuf};

use crate::domain::untrusted::shown_lines;
use crate::export::distilled;
use crate::store::{ErrorCode, Store, StoreError};

use super::context::Context;
use super::error::{CliError, Result, Status};
use super::target::PlanArg;

/// Make a strategy of a finished plan; print its path
///
/// Rewritten prompts and added turns become part of it, values become placeholders again, budgets
/// follow the time worked.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: setlist distil -p 'Login fails' --id login-faults --title 'Faults at login'")]
pub struct Args {
    #[command(flatten)]
    plan: PlanArg,
    /// Id of the new strategy: small letters, digits, hyphens
    #[arg(long, value_name = "ID")]
    id: String,
    /// What lists call it; without, the plan's name
    #[arg(long, value_name = "T")]
    title: Option<String>,
    /// Write to FILE, or to stdout with `-`, instead of the own strategies
    #[arg(short, long, value_name = "FILE|-")]
    output: Option<PathBuf>,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let plan = args.plan.load(ctx)?;
    let file = distilled::file(&plan, &args.id, args.title.as_deref().unwrap_or(&plan.name))?;
    let store = ctx.store()?;
    let written = match args.output.as_deref() {
        Some(path) if path == Path::new("-") => {
            // A program gets every byte; a terminal would act on some of them.
            let text = if ctx.out.is_terminal() { shown_lines(&file.text) } else { file.text.as_str().into() };
            ctx.out.raw(text.as_bytes())?;
            tell(ctx, &file.remarks);
            return Ok(Status::Success);
        }
        Some(path) => {
            let bytes = file.text.as_bytes();
            let written = if ctx.globals.yes { store.export_over(path, bytes) } else { store.export_to(path, bytes) };
            written.map(|()| path.to_owned())
        }
        None => own(ctx, &store, &args.id, &file.text),
    };
    let path = written.map_err(|error| {
        let taken = error.code == ErrorCode::Conflict;
        let mut error = CliError::from(error);
        if taken {
            error.hint = "choose another name, or add --yes to replace it".into();
        }
        error
    })?;
    tell(ctx, &file.remarks);
    ctx.out.path(&path)?;
    Ok(Status::Success)
}

fn tell(ctx: &Context, remarks: &[String]) {
    for remark in remarks {
        ctx.out.note(remark);
    }
}

/// Adds the file to the person's own strategies, and says what it stands before or behind.
fn own(ctx: &Context, store: &Store, id: &str, text: &str) -> Result<PathBuf, StoreError> {
    let before = store.library();
    let path = if ctx.globals.yes { store.write_strategy(id, text) } else { store.add_strategy(id, text) }?;
    if let Some(note) = before.rank_of_own(id) {
        ctx.out.note(&note);
    }
    Ok(path)
}
