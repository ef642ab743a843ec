//! `setlist export`: a report of a plan, or the plan itself, on stdout or in a file.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::domain::untrusted::shown_lines;
use crate::export::{json, markdown};

use super::clock;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::input;
use super::target::PlanArg;

/// Write a report of a plan, or the plan itself
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    plan: PlanArg,
    /// The format; markdown, or json under --json
    #[arg(long, value_enum, value_name = "F")]
    format: Option<Format>,
    /// Write to FILE instead of stdout; a file that exists is replaced only with --yes
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A report for people.
    Markdown,
    /// The plan for programs.
    Json,
    /// The plan's file as it is.
    Toml,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let store = ctx.store()?;
    let format = args.format.unwrap_or(if ctx.out.is_json() { Format::Json } else { Format::Markdown });
    let text = match format {
        Format::Toml => input::file(&store.plan_path(&args.plan.id(&store)?))?,
        Format::Json => json::text(&json::value(&json::plan(&args.plan.load(ctx)?, clock::now()))?) + "\n",
        Format::Markdown => markdown::report(&args.plan.load(ctx)?, &clock::zoned(), &ctx.thresholds().claims),
    };
    let Some(path) = args.output.as_deref().filter(|path| *path != Path::new("-")) else {
        // A program gets every byte; a terminal would act on some of them.
        let text = if ctx.out.is_terminal() { shown_lines(&text) } else { Cow::Borrowed(text.as_str()) };
        ctx.out.raw(text.as_bytes())?;
        return Ok(Status::Success);
    };
    if ctx.globals.yes { store.export_over(path, text.as_bytes()) } else { store.export_to(path, text.as_bytes()) }
        .map_err(|error| {
            let mut error = CliError::from(error);
            if path.exists() && !ctx.globals.yes {
                error.hint = "choose another name, or add --yes to replace it".into();
            }
            error
        })?;
    ctx.out.note(&format!("written to {}", path.display()));
    if ctx.out.is_json() {
        ctx.out.path(path)?;
    }
    Ok(Status::Success)
}
