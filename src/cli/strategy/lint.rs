//! `setlist strategy lint`: every problem of strategy files, each at its place.

use std::path::{Path, PathBuf};

use crate::cli::context::Context;
use crate::cli::error::{CliError, Result, Status};
use crate::cli::input;
use crate::cli::report::{Examined, draw};
use crate::domain::problem::Problem;
use crate::domain::review::Thresholds;
use crate::domain::strategy::MAX_BYTES;
use crate::domain::words::count;
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
    let mut taken = Vec::new();
    let mut failure = None;
    let own = if args.targets.is_empty() { own_directories(ctx)? } else { Vec::new() };
    for target in args.targets.iter().chain(&own) {
        let before = taken.len();
        let found = take(target, &mut taken).and_then(|()| {
            // A check of nothing that passes would be believed.
            if taken.len() > before || args.targets.is_empty() {
                return Ok(());
            }
            let message = format!("there are no strategy files in {}", target.display());
            Err(CliError::invalid(message, "a strategy is a file that ends in .toml"))
        });
        if let Err(error) = found {
            // The other targets are looked at all the same; one is reported at the end.
            if let Some(earlier) = failure.replace(error) {
                ctx.out.warn(&earlier.message);
            }
        }
    }
    let files = examine(ctx, taken, &thresholds)?;
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

struct Taken {
    /// What people call it.
    name: String,
    /// Where it lies; nothing for standard input.
    path: Option<PathBuf>,
    /// Its text, or why it has none.
    text: Result<String, Problem>,
}

/// Reads a target, file by file.
fn take(target: &Path, taken: &mut Vec<Taken>) -> Result<()> {
    if target == Path::new("-") {
        taken.push(Taken { name: "<stdin>".into(), path: None, text: Ok(input::stdin()?) });
    } else if target.is_dir() {
        for path in files_in(target)? {
            taken.push(take_file(path)?);
        }
    } else {
        taken.push(take_file(target.into())?);
    }
    Ok(())
}

/// The strategy files of a directory; where it has none, those of its folder `strategies`, as packs have it.
fn files_in(directory: &Path) -> Result<Vec<PathBuf>> {
    let inner = directory.join("strategies");
    let files = input::toml_files(directory)?;
    if files.is_empty() && inner.is_dir() { input::toml_files(&inner) } else { Ok(files) }
}

fn take_file(path: PathBuf) -> Result<Taken> {
    let text = match input::file_up_to(&path, MAX_BYTES) {
        Ok(text) => Ok(text),
        // Too large, or no text: a finding about this file, which harms no other.
        Err(CliError { code: crate::cli::error::ErrorCode::Invalid, message, hint, .. }) => {
            Err(Problem::error(0..0, message, hint))
        }
        Err(error) => return Err(error),
    };
    Ok(Taken { name: path.display().to_string(), path: Some(path), text })
}

/// Checks all files together: one may extend the other, or a strategy at hand.
fn examine(ctx: &Context, taken: Vec<Taken>, thresholds: &Thresholds) -> Result<Vec<Examined>> {
    let texts: Vec<(Option<PathBuf>, &str)> =
        taken.iter().filter_map(|file| Some((file.path.clone(), file.text.as_deref().ok()?))).collect();
    let mut reads = ctx.store()?.check_strategies(&texts, thresholds).into_iter();
    let examined = taken.into_iter().map(|file| match file.text {
        Ok(text) => {
            let problems = reads.next().map(|read| read.problems).unwrap_or_default();
            Examined { name: file.name, text, problems }
        }
        Err(problem) => Examined { name: file.name, text: String::new(), problems: vec![problem] },
    });
    Ok(examined.collect())
}

fn report(ctx: &mut Context, files: &[Examined]) -> Result<()> {
    let (mut errors, mut warnings, mut bad) = (0, 0, 0);
    let mut items = Vec::new();
    let ascii = ctx.is_ascii();
    for file in files {
        let counts = file.counts();
        errors += counts.0;
        warnings += counts.1;
        bad += usize::from(counts != (0, 0));
        for problem in &file.problems {
            if ctx.out.is_json() {
                items.push(json::problem(&file.name, &file.text, problem));
            } else {
                let drawn = draw(file, problem, ctx.out.has_colors(), ascii);
                ctx.out.line(&drawn)?;
            }
        }
    }
    if ctx.out.is_json() {
        ctx.out.json(&json::Problems { items })?;
    }
    ctx.out.flush()?;
    let all = count(files.len(), "file");
    ctx.out.note(&match (errors, warnings) {
        (0, 0) => format!("{all}: no problems"),
        _ => format!("{}, {} in {bad} of {all}", count(errors, "error"), count(warnings, "warning")),
    });
    Ok(())
}
