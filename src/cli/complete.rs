//! Completions from the real data: strategies, plans, their sessions, turns, evidence slots, metrics
//! and checklist items, and the placeholders of the strategy that is being started.
//!
//! The shell's script, which `setlist completions SHELL` prints, calls the program with `COMPLETE`
//! set and the words typed so far. Nothing is written then, and nothing said on standard error.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;

use crate::domain::library::Library;
use crate::domain::plan::{Evidence, Plan, Session, Turn};
use crate::domain::settings::Settings;
use crate::domain::strategy::Strategy;
use crate::domain::untrusted::shown;
use crate::export::{json, schemas};
use crate::store::Store;

use super::arg_order;
use super::context::Context;
use super::globals::Globals;
use super::help;
use super::target::PLAN_VARIABLE;

/// The variable with which a shell's script asks for completions.
pub(super) const VARIABLE: &str = "COMPLETE";

/// Answers the shell that asks for completions; nothing where none does.
pub(super) fn answer(args: &[OsString]) -> Option<Vec<u8>> {
    let shell = std::env::var(VARIABLE).ok().filter(|shell| !shell.is_empty() && shell != "0")?;
    let shells = Shells::builtins();
    let shell = shells.completer(&shell)?;
    let words = typed(args.iter().cloned());
    let mut out = Vec::new();
    let here = std::env::current_dir().ok();
    // A shell cannot show an error between two words: it gets what there is.
    let _ = shell.write_complete(&mut arg_order::taught(super::command()), words, here.as_deref(), &mut out);
    Some(out)
}

/// What the shell called `name` has to source; nothing where there is no such shell.
pub(super) fn script(name: &str) -> Option<std::io::Result<Vec<u8>>> {
    let shells = Shells::builtins();
    let shell = shells.completer(name)?;
    let mut out = Vec::new();
    Some(shell.write_registration(VARIABLE, "setlist", "setlist", "setlist", &mut out).map(|()| out))
}

/// What the shell's script hands over behind `--`.
fn typed(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    args.skip_while(|word| *word != "--").skip(1).collect()
}

/// The words typed so far, as far as they decide what may come next.
#[derive(Debug, Clone, Default)]
struct Typed {
    words: Vec<String>,
}

impl Typed {
    /// clap hands no other word than the one under the cursor to a completer.
    fn now() -> Self {
        let words = typed(std::env::args_os());
        Self { words: words.iter().map(|word| word.to_string_lossy().into_owned()).collect() }
    }

    /// The value of an option, the last one given.
    fn option(&self, long: &str, short: Option<&str>) -> Option<String> {
        let mut found = None;
        for (at, word) in self.words.iter().enumerate() {
            if let Some(value) = word.strip_prefix(long).and_then(|rest| rest.strip_prefix('=')) {
                found = Some(value.to_owned());
            } else if word == long || short == Some(word) {
                found = self.words.get(at + 1).cloned();
            }
        }
        found.filter(|value| !value.is_empty())
    }

    /// The word after the first of these.
    fn after(&self, names: &[&str]) -> Option<&String> {
        let at = self.words.iter().position(|word| names.contains(&word.as_str()))?;
        self.words[at + 1..].iter().find(|word| !word.starts_with('-'))
    }

    fn store(&self) -> Option<Store> {
        let data_dir = self.option("--data-dir", None).map(Into::into);
        Context::new(Globals { data_dir, quiet: true, ..Globals::default() }).store().ok()
    }

    fn plan(&self) -> Option<Plan> {
        let store = self.store()?;
        let variable = || std::env::var(PLAN_VARIABLE).ok().filter(|name| !name.trim().is_empty());
        let id = match self.option("--plan", Some("-p")).or_else(variable) {
            Some(name) => store.find(&name).ok()?,
            None => store.latest().ok()??,
        };
        Some(store.load(&id).ok()?.plan)
    }

    /// The strategy that a command starts or prints, else that of the plan.
    fn strategy(&self) -> Option<Strategy> {
        match self.after(&["new", "render"]) {
            Some(id) => self.store()?.library().strategy(id).map(|strategy| (**strategy).clone()),
            None => Some(self.plan()?.strategy),
        }
    }
}

/// A completer that lists what there is for the words typed so far; the shell's beginning of a word is held against it.
fn with(list: fn(&Typed) -> Vec<CompletionCandidate>) -> ArgValueCandidates {
    ArgValueCandidates::new(move || list(&Typed::now()))
}

/// The words of a closed set, as files spell them.
pub fn words<W: Copy + Send + Sync>(all: &'static [W], word: fn(W) -> &'static str) -> ArgValueCandidates {
    ArgValueCandidates::new(move || all.iter().map(|one| CompletionCandidate::new(word(*one))).collect())
}

pub fn strategies() -> ArgValueCandidates {
    with(|typed| of_library(typed, |strategy| vec![candidate(&strategy.id, &strategy.title)]))
}

pub fn categories() -> ArgValueCandidates {
    with(|typed| of_library(typed, |strategy| vec![candidate(&strategy.category, "")]))
}

pub fn tags() -> ArgValueCandidates {
    with(|typed| of_library(typed, |strategy| strategy.tags.iter().map(|tag| candidate(tag, "")).collect()))
}

pub fn packs() -> ArgValueCandidates {
    with(|typed| {
        let packs = typed.store().and_then(|store| store.packs().ok()).unwrap_or_default();
        packs.iter().map(|pack| candidate(&pack.name, &pack.source)).collect()
    })
}

/// Copies that sync tools left.
pub fn copies() -> ArgValueCandidates {
    with(|typed| {
        let copies = typed.store().map(|store| store.list().conflicts).unwrap_or_default().into_iter();
        let named = |(id, path): (String, PathBuf)| Some(candidate(&path.file_name()?.to_string_lossy(), &id));
        copies.filter_map(named).collect()
    })
}

/// The items in which the copy that is named differs from its plan.
pub fn differences() -> ArgValueCandidates {
    with(|typed| {
        let compared = typed.store().zip(typed.after(&["take"])).and_then(|(store, copy)| {
            let path = store.find_copy(Some(Path::new(copy)), None).ok()?;
            store.compare(&path).ok()
        });
        let items = compared.map(|compared| compared.differences).unwrap_or_default();
        items.iter().map(|one| candidate(&one.item, &one.label)).collect()
    })
}

pub fn schemas() -> ArgValueCandidates {
    with(|_| schemas::all().iter().map(|published| candidate(published.short(), &published.about())).collect())
}

pub fn settings() -> ArgValueCandidates {
    with(|_| json::settings(&Settings::default()).iter().flatten().map(|(key, _)| candidate(key, "")).collect())
}

pub fn plans() -> ArgValueCandidates {
    with(|typed| {
        let plans = typed.store().map(|store| store.list().plans).unwrap_or_default();
        plans.iter().map(|plan| candidate(&plan.id, &format!("{}, {}", plan.name, plan.state))).collect()
    })
}

pub fn sessions() -> ArgValueCandidates {
    with(|typed| {
        of_plan(typed, |plan| plan.sessions.iter().map(|session| candidate(&session.id, &session.title)).collect())
    })
}

pub fn turns() -> ArgValueCandidates {
    with(|typed| of_turns(typed, |turn| vec![candidate(&turn.id, &turn.title)]))
}

/// Turns of the strategy that is named.
pub fn turns_of_strategy() -> ArgValueCandidates {
    with(|typed| {
        let strategy = typed.strategy();
        strategy.iter().flat_map(Strategy::turns).map(|turn| candidate(&turn.id, &turn.title)).collect()
    })
}

pub fn slots() -> ArgValueCandidates {
    with(|typed| {
        of_turns(typed, |turn| {
            let about = |slot: &Evidence| format!("{}: {}", turn.title, slot.label);
            turn.evidence.iter().map(|slot| candidate(&slot.id, &about(slot))).collect()
        })
    })
}

pub fn metrics() -> ArgValueCandidates {
    with(|typed| {
        of_plan(typed, |plan| plan.strategy.metrics.iter().map(|metric| candidate(&metric.id, &metric.label)).collect())
    })
}

pub fn items() -> ArgValueCandidates {
    with(|typed| {
        of_session(typed, |session| session.checklist.iter().map(|item| candidate(&item.id, &item.text)).collect())
    })
}

/// What waits in the plan's queue.
pub fn queued() -> ArgValueCandidates {
    with(|typed| {
        of_plan(typed, |plan| plan.waiting().iter().map(|queued| candidate(&queued.id, &queued.title)).collect())
    })
}

/// `name=` of a placeholder, or after it its choices.
pub fn values() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| value(&Typed::now(), &current.to_string_lossy()))
}

/// What `setlist help` and `setlist man` take next.
pub fn commands() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| command(&Typed::now(), &current.to_string_lossy()))
}

fn value(typed: &Typed, current: &str) -> Vec<CompletionCandidate> {
    let Some(strategy) = typed.strategy() else { return Vec::new() };
    if let Some((name, begun)) = current.split_once('=') {
        let Some(placeholder) = strategy.placeholder(name) else { return Vec::new() };
        let choices = placeholder.choices.iter().filter(|choice| choice.starts_with(begun));
        return choices.map(|choice| CompletionCandidate::new(format!("{name}={choice}"))).collect();
    }
    let begun = strategy.placeholders.iter().filter(|placeholder| placeholder.name.starts_with(current));
    begun.map(|placeholder| candidate(&format!("{}=", placeholder.name), &placeholder.label)).collect()
}

/// The commands below those that are typed and, for the first word of help, its topics.
fn command(typed: &Typed, current: &str) -> Vec<CompletionCandidate> {
    let Some(at) = typed.words.iter().position(|word| matches!(word.as_str(), "help" | "man")) else {
        return Vec::new();
    };
    let mut path: Vec<String> =
        typed.words[at + 1..].iter().filter(|word| !word.starts_with('-') && !word.is_empty()).cloned().collect();
    // The word under the cursor is not typed yet.
    path.pop_if(|word| word == current);
    let all = super::command();
    let below = help::find(&all, &path).into_iter().flat_map(clap::Command::get_subcommands);
    let mut found: Vec<CompletionCandidate> = below
        .map(|command| {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            candidate(command.get_name(), &about)
        })
        .collect();
    if path.is_empty() && typed.words[at] == "help" {
        found.extend(help::topics().map(|topic| candidate(topic, "a topic")));
    }
    found.retain(|candidate| candidate.get_value().to_string_lossy().starts_with(current));
    found
}

/// Of every usable strategy, each word once.
fn of_library(typed: &Typed, list: impl Fn(&Strategy) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    let library = typed.store().map(|store| store.library());
    let mut found: Vec<_> = library.iter().flat_map(Library::strategies).flat_map(|strategy| list(strategy)).collect();
    found.sort_by(|one, other| one.get_value().cmp(other.get_value()));
    found.dedup_by(|one, other| one.get_value() == other.get_value());
    found
}

fn of_plan(typed: &Typed, list: impl Fn(&Plan) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    typed.plan().map_or_else(Vec::new, |plan| list(&plan))
}

/// Of the session that is named, else of the current one.
fn of_session(typed: &Typed, list: impl Fn(&Session) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    of_plan(typed, |plan| {
        let named = typed.option("--session", Some("-s"));
        let session = named.map_or_else(|| plan.current_session(), |id| plan.session(&id));
        session.map_or_else(Vec::new, &list)
    })
}

/// Of every turn of the session, or of the one that is named.
fn of_turns(typed: &Typed, list: impl Fn(&Turn) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    let named = typed.option("--turn", Some("-t"));
    of_session(typed, |session| {
        let one = named.as_ref().and_then(|id| session.turn(id));
        match one {
            Some(turn) => list(turn),
            None => session.turns.iter().flat_map(&list).collect(),
        }
    })
}

fn candidate(id: &str, help: &str) -> CompletionCandidate {
    let help = shown(help).lines().next().unwrap_or_default().to_owned();
    CompletionCandidate::new(shown(id).into_owned()).help(Some(help.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What values are called that are the person's own: words, numbers, times, files. What is called otherwise is an
    /// id or one of a closed set of words, and the shell completes it.
    const OWN: &[&str] = &[
        "TEXT", "TITLE", "NAME", "REASON", "QUERY", "VALUE", "TEMPLATE", "CMD", "TIME", "FILE", "DIR", "PATH", "N",
        "R", "T", "B",
    ];

    /// Ids that are new.
    const NEW: &[(&str, &str)] = &[("strategy new", "id"), ("distil", "id")];

    fn without_completer(command: &clap::Command, path: &str, found: &mut Vec<String>) {
        for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
            let completes = arg.get::<ArgValueCandidates>().is_some()
                || arg.get::<ArgValueCompleter>().is_some()
                || !arg.get_possible_values().is_empty();
            let names = arg.get_value_names().map(|names| names.join("|")).unwrap_or_default();
            let own = names.split('|').next().is_some_and(|name| OWN.contains(&name));
            if !completes && !own && !NEW.contains(&(path, arg.get_id().as_str())) {
                found.push(format!("`{path}` {}: {names}", arg.get_id()));
            }
        }
        for below in command.get_subcommands() {
            without_completer(below, format!("{path} {}", below.get_name()).trim(), found);
        }
    }

    #[test]
    fn every_argument_that_names_something_has_a_completer() {
        let mut command = arg_order::taught(crate::cli::command());
        command.build();
        let mut found = Vec::new();
        without_completer(&command, "", &mut found);
        assert!(found.is_empty(), "`#[arg(add = complete::...)]` is missing, or a value name of `OWN`: {found:#?}");
    }
}
