//! `setlist conflict`: copies of plans that sync tools left, compared and taken over item by item.

use std::path::PathBuf;

use crate::domain::compare::{Changed, Comparison, Difference};
use crate::domain::nearest::near_or;
use crate::domain::untrusted::shown_lines;
use crate::domain::words;
use crate::export::json;

use super::clock;
use super::complete;
use super::context::Context;
use super::error::{CliError, Result, Status};
use super::output::{Tone, one_line};
use super::table::Table;
use super::target::{PlanArg, report};

/// Compare copies that a sync tool left with their plans, and take items from them
#[derive(Debug, clap::Subcommand)]
pub enum ConflictCommand {
    /// List the copies, each with its plan
    List(ListArgs),
    /// Show in which items a copy differs from its plan
    Show(Named),
    /// Take items of a copy into its plan
    Take(TakeArgs),
    /// Move a copy that is not needed any more out of the plans; print where it lies
    PutAway(Named),
}

/// Whose copies.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    plan: PlanArg,
}

/// Which copy.
#[derive(Debug, clap::Args)]
pub struct Named {
    /// The copy: its file's name, its path, or a part of the name; the only one where none is named
    #[arg(add = complete::copies())]
    copy: Option<PathBuf>,
    #[command(flatten)]
    plan: PlanArg,
}

/// What to take.
#[derive(Debug, clap::Args)]
pub struct TakeArgs {
    /// The copy: its file's name, its path, or a part of the name
    #[arg(add = complete::copies())]
    copy: PathBuf,
    /// Items as `setlist conflict show` names them; the beginning of a name, as `turn/main/fix`, takes all below it
    #[arg(required_unless_present_any = ["all", "changed"], add = complete::differences())]
    items: Vec<String>,
    /// Everything in which the two differ
    #[arg(long, conflicts_with_all = ["items", "changed"])]
    all: bool,
    /// What was changed in the copy and not in the plan
    #[arg(long, conflicts_with = "items")]
    changed: bool,
    #[command(flatten)]
    plan: PlanArg,
}

pub(super) fn run(ctx: &mut Context, command: &ConflictCommand) -> Result {
    match command {
        ConflictCommand::List(args) => list(ctx, args),
        ConflictCommand::Show(args) => show(ctx, args),
        ConflictCommand::Take(args) => take(ctx, args),
        ConflictCommand::PutAway(args) => {
            let store = ctx.store()?;
            let path = store.put_away(&copy(ctx, args.copy.as_deref(), &args.plan)?)?;
            ctx.out.path(&path)?;
            Ok(Status::Success)
        }
    }
}

fn copy(ctx: &Context, copy: Option<&std::path::Path>, plan: &PlanArg) -> Result<PathBuf> {
    let store = ctx.store()?;
    let of = plan.plan.as_deref().map(|name| store.find(name)).transpose()?;
    Ok(store.find_copy(copy, of.as_deref())?)
}

fn list(ctx: &mut Context, args: &ListArgs) -> Result {
    let store = ctx.store()?;
    let of = args.plan.plan.as_deref().map(|name| store.find(name)).transpose()?;
    let listing = store.list();
    if ctx.out.is_json() {
        ctx.out.json(&json::conflicts(&listing, of.as_deref()))?;
        return Ok(Status::Success);
    }
    let mut table = Table::new(&["copy", "plan", "name"]);
    let mut any = false;
    for (id, path) in listing.conflicts.iter().filter(|(id, _)| of.as_ref().is_none_or(|of| of == id)) {
        any = true;
        let name = listing.name_of(id).unwrap_or("not there");
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        table.row(vec![(one_line(&file), Some(Tone::Key)), (one_line(id), None), (one_line(name), Some(Tone::Title))]);
    }
    table.print(&mut ctx.out)?;
    ctx.out.flush()?;
    ctx.out.note(if any {
        "`setlist conflict show COPY` compares one with its plan"
    } else {
        "there is no copy that a sync tool left"
    });
    Ok(Status::Success)
}

fn show(ctx: &mut Context, args: &Named) -> Result {
    let store = ctx.store()?;
    let comparison = store.compare(&copy(ctx, args.copy.as_deref(), &args.plan)?)?;
    if ctx.out.is_json() {
        ctx.out.json(&json::compared(&comparison))?;
        return Ok(Status::Success);
    }
    let file = one_line(&comparison.path.file_name().unwrap_or_default().to_string_lossy());
    let mut facts = Table::new(&["", ""]);
    let plan = format!("{} ({})", one_line(&comparison.name), one_line(&comparison.id));
    let written = clock::local(comparison.copy.updated);
    let differ = summary(&comparison);
    for (word, text) in [("plan", &plan), ("copy", &file), ("written", &written), ("differs", &differ)] {
        facts.row(vec![(word.into(), Some(Tone::Dim)), (text.clone(), None)]);
    }
    facts.print(&mut ctx.out)?;
    for difference in &comparison.differences {
        print(ctx, difference)?;
    }
    ctx.out.flush()?;
    ctx.out.note(&match comparison.differences.as_slice() {
        [] => format!("`setlist conflict put-away '{file}'` moves it out of the plans"),
        [first, ..] => {
            format!("`setlist conflict take '{file}' {}` takes that item; --all takes all", one_line(&first.item))
        }
    });
    Ok(Status::Success)
}

/// `in 6 items: 4 changed in the copy, 1 in the plan, 1 in both`.
fn summary(comparison: &Comparison) -> String {
    let all = comparison.differences.len();
    let count = |wanted| comparison.differences.iter().filter(|one| one.changed == Some(wanted)).count();
    let parts = [(Changed::There, "in the copy"), (Changed::Here, "in the plan"), (Changed::Both, "in both")];
    let parts = parts.map(|(wanted, word)| (count(wanted), word));
    let mut told: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if let Some(first) = told.first_mut() {
        *first = first.replacen(' ', " changed ", 1);
    }
    match (all, comparison.is_older) {
        (0, _) => "in nothing".into(),
        (_, true) => format!("in {}: an older state of the plan, nothing in it is missing", words::count(all, "item")),
        (_, false) if told.is_empty() => format!("in {}", words::count(all, "item")),
        (_, false) => format!("in {}: {}", words::count(all, "item"), told.join(", ")),
    }
}

fn print(ctx: &mut Context, difference: &Difference) -> Result<()> {
    let who = difference.changed.map(|changed| format!(" ({})", changed.words())).unwrap_or_default();
    ctx.out.line("")?;
    let item = ctx.out.paint(Tone::Key, &one_line(&difference.item));
    let label = ctx.out.paint(Tone::Title, &one_line(&difference.label));
    ctx.out.line(&format!("{item}  {label}{who}"))?;
    for (word, text) in [("plan", &difference.here), ("copy", &difference.there)] {
        let text = text.as_deref().map(shown_lines);
        let text = text.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or("(nothing)");
        for (at, line) in text.lines().enumerate() {
            let word = ctx.out.paint(Tone::Dim, if at == 0 { word } else { "    " });
            ctx.out.line(&format!("  {word}  {line}"))?;
        }
    }
    Ok(())
}

fn take(ctx: &mut Context, args: &TakeArgs) -> Result {
    let store = ctx.store()?;
    let path = copy(ctx, Some(&args.copy), &args.plan)?;
    let found = store.compare(&path)?.differences;
    let wanted = if args.all {
        found
    } else if args.changed {
        found.into_iter().filter(|one| one.changed == Some(Changed::There)).collect()
    } else {
        chosen(&found, &args.items)?
    };
    let change = store.take(&path, &wanted, clock::now(), super::history::is_person(ctx))?;
    report(ctx, &change)
}

/// Those that are named, or lie below what is named, in the order of the plan.
fn chosen(found: &[Difference], names: &[String]) -> Result<Vec<Difference>> {
    let is = |name: &str, item: &str| {
        let name = name.trim_end_matches('/');
        item.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    for name in names {
        if !found.iter().any(|one| is(name, &one.item)) {
            let known = found.iter().map(|one| one.item.as_str());
            let hint = near_or(name, known, "`setlist conflict show` names what differs");
            return Err(CliError::not_found(format!("the copy does not differ in `{}`", one_line(name)), hint));
        }
    }
    Ok(found.iter().filter(|one| names.iter().any(|name| is(name, &one.item))).cloned().collect())
}
