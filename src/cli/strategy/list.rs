//! `setlist strategy list`: the strategies at hand, filtered.

use crate::cli::complete;
use crate::cli::context::Context;
use crate::cli::error::{Result, Status};
use crate::cli::output::{Tone, one_line};
use crate::cli::table::Table;
use crate::domain::library::{Entry, Source};
use crate::domain::strategy::Strategy;
use crate::export::json;

/// List the strategies at hand
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Words that id, title, summary, category or tags must contain
    query: Vec<String>,
    /// Only this category
    #[arg(long, value_name = "C", add = complete::categories())]
    category: Option<String>,
    /// Only with this tag; may be given several times
    #[arg(long, value_name = "T", add = complete::tags())]
    tag: Vec<String>,
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let library = ctx.store()?.library();
    let usable: Vec<(&Entry, &Strategy)> = library
        .entries
        .iter()
        .filter_map(|entry| Some((entry, entry.strategy.as_deref()?)))
        .filter(|(_, strategy)| matches(strategy, args))
        .collect();
    let broken: Vec<&Entry> = library.entries.iter().filter(|entry| entry.strategy.is_none()).collect();
    if ctx.out.is_json() {
        ctx.out.json(&json::strategies(&usable, &broken))?;
        return Ok(Status::Success);
    }
    print(ctx, &usable)?;
    if usable.is_empty() {
        ctx.out.note("no strategy matches; `setlist strategy list` shows them all");
    }
    ctx.out.flush()?;
    for entry in broken {
        warn(ctx, entry);
    }
    Ok(Status::Success)
}

/// Whether id, title, category, summary and tags have all of these words, as they stand or as parts of words.
pub fn has_words<'w>(strategy: &Strategy, words: impl IntoIterator<Item = &'w str>) -> bool {
    let text = [&strategy.id, &strategy.title, &strategy.category, &strategy.summary]
        .map(|part| part.to_lowercase())
        .join("\n");
    let text = text + "\n" + &strategy.tags.join("\n").to_lowercase();
    words.into_iter().flat_map(str::split_whitespace).all(|word| text.contains(&word.to_lowercase()))
}

fn matches(strategy: &Strategy, args: &Args) -> bool {
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    has_words(strategy, args.query.iter().map(String::as_str))
        && args.category.as_ref().is_none_or(|category| same(category, &strategy.category))
        && args.tag.iter().all(|tag| strategy.tags.iter().any(|other| same(tag, other)))
}

fn print(ctx: &mut Context, usable: &[(&Entry, &Strategy)]) -> Result<()> {
    let own = usable.iter().any(|(entry, _)| entry.source != Source::BuiltIn);
    let mut table = Table::new(if own {
        &["id", "category", "turns", "time", "from", "what"]
    } else {
        &["id", "category", "turns", "time", "what"]
    });
    for (entry, strategy) in usable {
        let turns: u32 = strategy.turns().map(|turn| turn.span.max(1)).sum();
        let time = strategy.budget().map_or_else(|| "-".to_owned(), |budget| budget.short());
        let what = if strategy.summary.is_empty() { &strategy.title } else { &strategy.summary };
        let mut row = vec![
            (one_line(&strategy.id), Some(Tone::Key)),
            (one_line(&strategy.category), None),
            (turns.to_string(), None),
            (time, None),
        ];
        if own {
            row.push((entry.source.word().to_owned(), Some(Tone::Dim)));
        }
        row.push((one_line(what), None));
        table.row(row);
    }
    table.print(&mut ctx.out)
}

fn warn(ctx: &Context, entry: &Entry) {
    let file = entry.path.as_ref().map_or_else(|| entry.id.clone(), |path| path.display().to_string());
    let Some(first) = entry.problems.iter().find(|problem| problem.is_error()) else { return };
    let at = crate::domain::problem::position(&entry.text, first.span.start);
    ctx.out.warn(&format!("{file}:{}:{}: {}; not listed", at.line, at.column, first.message));
}
