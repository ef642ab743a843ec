//! A look at what a pack brings or changes, before it is taken.

use std::collections::BTreeSet;

use crate::cli::context::Context;
use crate::cli::error::Result;
use crate::cli::output::{Tone, one_line};
use crate::cli::report::{Examined, draw};
use crate::cli::table::Table;
use crate::domain::library::{Entry, Library, Source};
use crate::domain::pack::{Change, Content, Pack, PackFile, changed_prompts};
use crate::domain::strategy::Strategy;
use crate::domain::strategy_file::Read;
use crate::domain::untrusted::{outgoing, shown_lines};
use crate::domain::words;
use crate::export::json as shapes;
use crate::export::pack::{ChangedFile, LeftOut, diff};
use crate::store::Store;

/// What a pack brings or changes.
pub(super) struct Look {
    items: Vec<Item>,
    left_out: Vec<(String, &'static str)>,
    /// How many strategies the pack has.
    all: usize,
}

/// One file that is new, gone or different.
struct Item {
    id: String,
    title: String,
    change: Change,
    /// What the person should know of it, in words.
    remarks: Vec<String>,
    /// Turns whose prompts differ.
    prompts: Vec<String>,
    /// Hidden and control characters in its text and its prompts.
    hidden: usize,
    /// Where they are, each made visible in its line.
    traces: Vec<String>,
    /// The file with what the linter says of it.
    examined: Examined,
    /// What differs, as it is in the files.
    diff: String,
}

impl Look {
    /// Compares `content` with the version `before` that was taken, or with nothing.
    pub(super) fn of(ctx: &Context, store: &Store, pack: &Pack, before: Option<&Pack>, content: &Content) -> Self {
        let library = store.library();
        let kept = before.map(|before| store.kept_pack(before).files).unwrap_or_default();
        let old = before.map(|before| read(ctx, store, before, &kept)).unwrap_or_default();
        let new = read(ctx, store, pack, &content.files);
        let names: BTreeSet<&str> = kept.iter().chain(&content.files).map(|file| file.name.as_str()).collect();
        let place = |files: &[PackFile], name: &str| files.iter().position(|file| file.name == name);
        let items = names.into_iter().filter_map(|name| {
            let was = place(&kept, name).map(|at| (&kept[at], &old[at]));
            let is = place(&content.files, name).map(|at| (&content.files[at], &new[at]));
            item(&library, pack, was, is)
        });
        Self { items: items.collect(), left_out: content.left_out.clone(), all: content.files.len() }
    }

    /// How much there is to take: `3 strategies`.
    pub(super) fn count(&self) -> String {
        if self.all == 1 { "this strategy".into() } else { format!("these {} strategies", self.all) }
    }

    /// Prints it for people: a line for each file, findings, hidden characters, differences.
    pub(super) fn print(&self, ctx: &mut Context) -> Result<()> {
        let mut table = Table::new(&["change", "id", "what"]);
        for item in &self.items {
            let tone = match item.change {
                Change::Added => Tone::Good,
                Change::Removed => Tone::Bad,
                Change::Changed => Tone::Warn,
            };
            let what: Vec<String> = [one_line(&item.title)]
                .into_iter()
                .chain(item.remarks.iter().cloned())
                .filter(|part| !part.is_empty())
                .collect();
            table.row(vec![
                (item.change.word().to_owned(), Some(tone)),
                (one_line(&item.id), Some(Tone::Key)),
                (what.join("; "), None),
            ]);
        }
        table.print(&mut ctx.out)?;
        for (name, why) in &self.left_out {
            let line = format!("left out: {}: {why}", one_line(name));
            let line = ctx.out.paint(Tone::Warn, &line);
            ctx.out.line(&line)?;
        }
        for item in &self.items {
            for trace in &item.traces {
                let line = ctx.out.paint(Tone::Warn, &format!("hidden in {}: {trace}", one_line(&item.id)));
                ctx.out.line(&line)?;
            }
            for problem in &item.examined.problems {
                let drawn = draw(&item.examined, problem, ctx.out.has_colors(), ctx.is_ascii());
                ctx.out.line(&drawn)?;
            }
            if item.change == Change::Changed {
                print_diff(ctx, &item.diff)?;
            }
        }
        Ok(())
    }

    /// The files with what is to be known of each, for scripts.
    pub(super) fn changes(&self) -> Vec<ChangedFile> {
        let item = |item: &Item| {
            let file = &item.examined;
            let problems = file.problems.iter();
            ChangedFile {
                id: item.id.clone(),
                title: Some(item.title.clone()).filter(|title| !title.is_empty()),
                change: item.change,
                prompts: item.prompts.clone(),
                remarks: item.remarks.clone(),
                hidden_characters: item.hidden,
                hidden: item.traces.clone(),
                problems: problems.map(|problem| shapes::problem(&file.name, &file.text, problem)).collect(),
                diff: Some(item.diff.clone()).filter(|diff| !diff.is_empty()),
            }
        };
        self.items.iter().map(item).collect()
    }

    /// The files that are not taken, with the reason, for scripts.
    pub(super) fn left_out(&self) -> Vec<LeftOut> {
        let left_out = self.left_out.iter();
        left_out.map(|(file, reason)| LeftOut { file: file.clone(), reason: (*reason).into() }).collect()
    }
}

/// Reads the files of a pack as they would be beside the person's strategies.
fn read(ctx: &Context, store: &Store, pack: &Pack, files: &[PackFile]) -> Vec<Read> {
    store.check_pack(pack, files, &ctx.thresholds())
}

/// What became of one file; nothing where it is the same.
fn item(
    library: &Library,
    pack: &Pack,
    was: Option<(&PackFile, &Read)>,
    is: Option<(&PackFile, &Read)>,
) -> Option<Item> {
    let (file, read) = is.or(was)?;
    let strategy = read.strategy.as_ref();
    let prompts =
        match (was.and_then(|(_, read)| read.strategy.as_ref()), is.and_then(|(_, read)| read.strategy.as_ref())) {
            (Some(before), Some(after)) => changed_prompts(before, after),
            _ => Vec::new(),
        };
    let change = match (was, is) {
        (Some((before, _)), Some((after, _))) if before.text == after.text && prompts.is_empty() => return None,
        (Some(_), Some(_)) => Change::Changed,
        (None, _) => Change::Added,
        (Some(_), None) => Change::Removed,
    };
    let id = strategy.map_or_else(|| file.stem().to_owned(), |strategy| strategy.id.clone());
    let mut remarks = Vec::new();
    let mut hidden = hidden(&file.text, strategy);
    if change == Change::Removed {
        hidden = 0;
    }
    let problems = if change == Change::Removed { Vec::new() } else { read.problems.clone() };
    if change != Change::Removed {
        let errors = problems.iter().filter(|problem| problem.is_error()).count();
        if errors > 0 {
            remarks.push(format!("cannot be used: {}", words::count(errors, "error")));
        }
        remarks.extend(library.entry(&id).and_then(|entry| rank(entry, pack)));
        if hidden > 0 {
            remarks.push(words::count(hidden, "hidden or control character"));
        }
    }
    if !prompts.is_empty() {
        remarks.push(one_line(&format!("prompts: {}", prompts.join(", "))));
    }
    let text = |side: Option<(&PackFile, &Read)>| side.map(|(file, _)| file.text.clone()).unwrap_or_default();
    let diff = if change == Change::Changed { diff(&file.name, &text(was), &text(is)) } else { String::new() };
    Some(Item {
        title: strategy.map(|strategy| strategy.title.clone()).unwrap_or_default(),
        examined: Examined { name: format!("{}/{}", pack.name, file.name), text: file.text.clone(), problems },
        id,
        change,
        remarks,
        prompts,
        traces: if hidden > 0 { traces(&file.text, strategy) } else { Vec::new() },
        hidden,
        diff,
    })
}

/// What a strategy of the pack takes the place of, or what stands before it.
fn rank(entry: &Entry, pack: &Pack) -> Option<String> {
    match entry.source {
        Source::BuiltIn => Some("takes the place of the built-in one".into()),
        Source::Pack => match entry.pack.as_deref() {
            Some(other) if other != pack.name => Some(format!("the pack {other} has one of this id too")),
            Some(_) | None => None,
        },
        Source::Config => Some("the one in your config directory is used in its place".into()),
        Source::Data => Some("the one in your data directory is used in its place".into()),
        Source::Project => Some("this project's own is used in its place".into()),
    }
}

/// Characters that hide or act.
fn count(text: &str) -> usize {
    let out = outgoing(text);
    out.hidden + out.removed
}

/// Where such characters are: lines of the file and, where they are written as escapes there, of its prompts.
fn traces(text: &str, strategy: Option<&Strategy>) -> Vec<String> {
    const MAX_LINES: usize = 5;
    const MAX_CHARS: usize = 100;
    let cut = |line: &str| one_line(line).chars().take(MAX_CHARS).collect::<String>();
    let lines = text.lines().enumerate().filter(|(_, line)| count(line) > 0);
    let lines = lines.map(|(at, line)| format!("line {}: {}", at + 1, cut(line)));
    let turns = strategy.into_iter().flat_map(Strategy::turns);
    let prompts = turns.flat_map(|turn| turn.prompt.lines().map(move |line| (turn, line)));
    let prompts = prompts.filter(|(_, line)| count(line) > 0 && !text.contains(*line));
    let prompts = prompts.map(|(turn, line)| format!("prompt of {}: {}", one_line(&turn.id), cut(line)));
    lines.chain(prompts).take(MAX_LINES).collect()
}

/// Hidden and control characters in a file, or written as escapes in its prompts.
fn hidden(text: &str, strategy: Option<&Strategy>) -> usize {
    let prompts: usize = strategy.map_or(0, |strategy| strategy.turns().map(|turn| count(&turn.prompt)).sum());
    count(text).max(prompts)
}

/// A difference with everything that acts or hides made visible.
fn print_diff(ctx: &mut Context, diff: &str) -> Result<()> {
    for line in shown_lines(diff).lines() {
        let tone = match line.as_bytes().first() {
            Some(b'+') => Tone::Good,
            Some(b'-') => Tone::Bad,
            Some(b'@') => Tone::Dim,
            _ => {
                ctx.out.line(line)?;
                continue;
            }
        };
        let line = ctx.out.paint(tone, line);
        ctx.out.line(&line)?;
    }
    Ok(())
}
