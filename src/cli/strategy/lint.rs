//! `setlist strategy lint`: every problem of strategy files, each at its place.

use std::path::{Path, PathBuf};

use crate::cli::context::Context;
use crate::cli::error::{CliError, Result, Status};
use crate::cli::input;
use crate::cli::report::{Examined, draw};
use crate::domain::problem::Problem;
use crate::domain::review::Thresholds;
use crate::domain::strategy::MAX_BYTES;
use crate::domain::strategy_file;
use crate::export::json;

/// Report every problem in strategy files; anti-patterns are warnings
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, directories, or `-` for standard input; without any, all strategies of your own
    #[arg(value_name = "FILE|DIR")]
    targets: Vec<PathBuf>,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let thresholds = ctx.thresholds();
    let mut files = Vec::new();
    let mut failure = None;
    let own = if args.targets.is_empty() { own_directories(ctx)? } else { Vec::new() };
    for target in args.targets.iter().chain(&own) {
        if let Err(error) = examine(target, &thresholds, &mut files) {
            // The other targets are looked at all the same; one is reported at the end.
            if let Some(earlier) = failure.replace(error) {
                ctx.out.warn(&earlier.message);
            }
        }
    }
    report(ctx, &files)?;
    if let Some(error) = failure {
        ctx.out.flush()?;
        return Err(error);
    }
    let errors: usize = files.iter().map(|file| file.counts().0).sum();
    Ok(if errors > 0 { Status::Problems } else { Status::Success })
}

/// The directories with the user's own strategies, those that exist.
fn own_directories(ctx: &Context) -> Result<Vec<PathBuf>> {
    let store = ctx.store()?;
    let dirs = store.dirs();
    let mut own = vec![dirs.config.join("strategies"), dirs.data.join("strategies")];
    own.extend(dirs.project.iter().map(|project| project.join("strategies")));
    own.retain(|directory| directory.is_dir());
    Ok(own)
}

/// Reads and checks a target, file by file.
fn examine(target: &Path, thresholds: &Thresholds, files: &mut Vec<Examined>) -> Result<()> {
    if target == Path::new("-") {
        let text = input::stdin()?;
        let problems = strategy_file::lint(&text, None, thresholds).problems;
        files.push(Examined { name: "<stdin>".into(), text, problems });
        return Ok(());
    }
    if !target.is_dir() {
        files.push(examine_file(target, thresholds)?);
        return Ok(());
    }
    for path in input::toml_files(target)? {
        files.push(examine_file(&path, thresholds)?);
    }
    Ok(())
}

fn examine_file(path: &Path, thresholds: &Thresholds) -> Result<Examined> {
    let name = path.display().to_string();
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    match input::file_up_to(path, MAX_BYTES) {
        Ok(text) => {
            let problems = strategy_file::lint(&text, stem.as_deref(), thresholds).problems;
            Ok(Examined { name, text, problems })
        }
        // Too large, or no text: a finding about this file, which harms no other.
        Err(CliError { kind: crate::cli::error::Kind::Invalid, message, hint, .. }) => {
            Ok(Examined { name, text: String::new(), problems: vec![Problem::error(0..0, message, hint)] })
        }
        Err(error) => Err(error),
    }
}

fn report(ctx: &mut Context, files: &[Examined]) -> Result<()> {
    let (mut errors, mut warnings, mut bad) = (0, 0, 0);
    let mut items = Vec::new();
    for file in files {
        let counts = file.counts();
        errors += counts.0;
        warnings += counts.1;
        bad += usize::from(counts != (0, 0));
        for problem in &file.problems {
            if ctx.out.is_json() {
                items.push(json::problem(&file.name, &file.text, problem));
            } else {
                let drawn = draw(file, problem, ctx.out.has_colors(), ctx.globals.ascii);
                ctx.out.line(&drawn)?;
            }
        }
    }
    if ctx.out.is_json() {
        ctx.out.json(&json::list("problems", items))?;
    }
    ctx.out.flush()?;
    let all = count(files.len(), "file");
    ctx.out.note(&match (errors, warnings) {
        (0, 0) => format!("{all}: no problems"),
        _ => format!("{}, {} in {bad} of {all}", count(errors, "error"), count(warnings, "warning")),
    });
    Ok(())
}

fn count(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
