//! Completions from the real data: strategies, plans, their sessions, turns, evidence slots, metrics
//! and checklist items, and the placeholders of the strategy that is being started.
//!
//! The shell's script, which `setlist completions SHELL` prints, calls the program with `COMPLETE`
//! set and the words typed so far. Nothing is written then, and nothing said on standard error.

use std::ffi::{OsStr, OsString};

use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;

use crate::domain::plan::{Plan, Session, Turn};
use crate::domain::strategy::Strategy;
use crate::domain::untrusted::shown;
use crate::export::schemas;
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
    let words: Vec<OsString> = args.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
    let mut out = Vec::new();
    let here = std::env::current_dir().ok();
    let typed = Typed::of(&words);
    // A shell cannot show an error between two words: it gets what there is.
    let _ = shell.write_complete(&mut command(&typed), words, here.as_deref(), &mut out);
    Some(out)
}

/// What the shell called `name` has to source; nothing where there is no such shell.
pub(super) fn script(name: &str) -> Option<std::io::Result<Vec<u8>>> {
    let shells = Shells::builtins();
    let shell = shells.completer(name)?;
    let mut out = Vec::new();
    Some(shell.write_registration(VARIABLE, "setlist", "setlist", "setlist", &mut out).map(|()| out))
}

/// The words typed so far, as far as they decide what may come next.
#[derive(Debug, Clone, Default)]
struct Typed {
    words: Vec<String>,
}

impl Typed {
    fn of(words: &[OsString]) -> Self {
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

    fn strategy(&self) -> Option<Strategy> {
        let id = self.after(&["new", "render"])?;
        self.store()?.library().strategy(id).map(|strategy| (**strategy).clone())
    }
}

/// The command line with completers where the data decides.
fn command(typed: &Typed) -> clap::Command {
    each(arg_order::taught(super::command()), "", typed)
}

/// `command` and all below it; `path` are the names above.
fn each(mut command: clap::Command, path: &str, typed: &Typed) -> clap::Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    // One by one would put each changed argument last, and positional ones are told by their order.
    command = command.mut_args(|arg| {
        let Some(kind) = Kind::of(path, arg.get_id().as_str()) else { return arg };
        let typed = typed.clone();
        match kind {
            Kind::Value => arg.add(ArgValueCompleter::new(move |current: &OsStr| value(&typed, current))),
            Kind::Command => arg.add(ArgValueCompleter::new(move |current: &OsStr| commands(&typed, current))),
            _ => arg.add(ArgValueCandidates::new(move || kind.candidates(&typed))),
        }
    });
    for name in names {
        let below = format!("{path} {name}");
        command = command.mut_subcommand(name, |sub| each(sub, below.trim(), typed));
    }
    command
}

/// What an argument names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Strategy,
    Plan,
    Session,
    Turn,
    Slot,
    Metric,
    Item,
    Placeholder,
    Queued,
    Pack,
    Schema,
    Copy,
    Difference,
    Value,
    Command,
}

impl Kind {
    /// What the argument `id` of the command `path` names; nothing where clap knows by itself.
    fn of(path: &str, id: &str) -> Option<Self> {
        Some(match (path, id) {
            (_, "plan") => Self::Plan,
            (_, "session") => Self::Session,
            (_, "turn" | "after") => Self::Turn,
            ("new", "strategy")
            | ("strategy show" | "strategy render", "id")
            | ("strategy new", "from" | "extends") => Self::Strategy,
            ("stats", "strategy") => Self::Strategy,
            ("new" | "strategy render", "set") => Self::Value,
            ("set", "values" | "pairs" | "set") => Self::Placeholder,
            ("evidence", "id") | ("send", "keep") => Self::Slot,
            ("metric", "id") => Self::Metric,
            ("check" | "uncheck", "items") => Self::Item,
            ("pack update" | "pack remove", "name") => Self::Pack,
            ("schema", "name") => Self::Schema,
            ("conflict show" | "conflict take" | "conflict put-away", "copy") => Self::Copy,
            ("conflict take", "items") => Self::Difference,
            ("queue start" | "queue drop", "id") => Self::Queued,
            ("help" | "man", "words") => Self::Command,
            _ => return None,
        })
    }

    fn candidates(self, typed: &Typed) -> Vec<CompletionCandidate> {
        match self {
            Self::Strategy => typed.store().map_or_else(Vec::new, |store| {
                store.library().strategies().map(|strategy| candidate(&strategy.id, &strategy.title)).collect()
            }),
            Self::Pack => typed
                .store()
                .and_then(|store| store.packs().ok())
                .map_or_else(Vec::new, |packs| packs.iter().map(|pack| candidate(&pack.name, &pack.source)).collect()),
            Self::Copy => typed.store().map_or_else(Vec::new, |store| {
                let copies = store.list().conflicts.into_iter();
                let named = |(id, path): (String, std::path::PathBuf)| {
                    Some(candidate(&path.file_name()?.to_string_lossy(), &id))
                };
                copies.filter_map(named).collect()
            }),
            Self::Difference => differences(typed),
            Self::Schema => {
                schemas::all().iter().map(|published| candidate(published.short(), &published.about())).collect()
            }
            Self::Plan => typed.store().map_or_else(Vec::new, |store| {
                let listing = store.list();
                listing
                    .plans
                    .iter()
                    .map(|plan| candidate(&plan.id, &format!("{}, {}", plan.name, plan.state)))
                    .collect()
            }),
            Self::Session => of_plan(typed, |plan| {
                plan.sessions.iter().map(|session| candidate(&session.id, &session.title)).collect()
            }),
            Self::Turn => turns(typed, |turn| vec![candidate(&turn.id, &turn.title)]),
            Self::Slot => turns(typed, |turn| {
                turn.evidence
                    .iter()
                    .map(|slot| candidate(&slot.id, &format!("{}: {}", turn.title, slot.label)))
                    .collect()
            }),
            Self::Metric => of_plan(typed, |plan| {
                plan.strategy.metrics.iter().map(|metric| candidate(&metric.id, &metric.label)).collect()
            }),
            Self::Item => sessions(typed, |session| {
                session.checklist.iter().map(|item| candidate(&item.id, &item.text)).collect()
            }),
            Self::Placeholder => of_plan(typed, |plan| placeholders(&plan.strategy)),
            Self::Queued => of_plan(typed, |plan| {
                plan.waiting().iter().map(|queued| candidate(&queued.id, &queued.title)).collect()
            }),
            Self::Value => typed.strategy().map_or_else(Vec::new, |strategy| placeholders(&strategy)),
            Self::Command => commands(typed, OsStr::new("")),
        }
    }
}

/// `name=`, or after it the choices of a placeholder that has some.
fn value(typed: &Typed, current: &OsStr) -> Vec<CompletionCandidate> {
    let Some(strategy) = typed.strategy() else { return Vec::new() };
    let current = current.to_string_lossy();
    if let Some((name, begun)) = current.split_once('=') {
        let Some(placeholder) = strategy.placeholder(name) else { return Vec::new() };
        let choices = placeholder.choices.iter().filter(|choice| choice.starts_with(begun));
        return choices.map(|choice| CompletionCandidate::new(format!("{name}={choice}"))).collect();
    }
    let mut found = placeholders(&strategy);
    found.retain(|candidate| candidate.get_value().to_string_lossy().starts_with(current.as_ref()));
    found
}

/// The items in which the copy that is named differs from its plan.
fn differences(typed: &Typed) -> Vec<CompletionCandidate> {
    let compared = typed.store().zip(typed.after(&["take"])).and_then(|(store, copy)| {
        let path = store.find_copy(Some(std::path::Path::new(copy)), None).ok()?;
        store.compare(&path).ok()
    });
    let items = compared.map(|compared| compared.differences).unwrap_or_default();
    items.iter().map(|one| candidate(&one.item, &one.label)).collect()
}

/// What `setlist help` and `setlist man` take next: the commands below those that are typed and, for the first word
/// of help, its topics.
fn commands(typed: &Typed, current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    let Some(at) = typed.words.iter().position(|word| matches!(word.as_str(), "help" | "man")) else {
        return Vec::new();
    };
    let mut path: Vec<String> =
        typed.words[at + 1..].iter().filter(|word| !word.starts_with('-') && !word.is_empty()).cloned().collect();
    // The word under the cursor is not typed yet.
    path.pop_if(|word| *word == current);
    let command = super::command();
    let below = help::find(&command, &path).into_iter().flat_map(clap::Command::get_subcommands);
    let mut found: Vec<CompletionCandidate> = below
        .map(|command| {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            candidate(command.get_name(), &about)
        })
        .collect();
    if path.is_empty() && typed.words[at] == "help" {
        found.extend(help::topics().map(|topic| candidate(topic, "a topic")));
    }
    found.retain(|candidate| candidate.get_value().to_string_lossy().starts_with(current.as_ref()));
    found
}

fn placeholders(strategy: &Strategy) -> Vec<CompletionCandidate> {
    strategy
        .placeholders
        .iter()
        .map(|placeholder| candidate(&format!("{}=", placeholder.name), &placeholder.label))
        .collect()
}

fn of_plan(typed: &Typed, list: impl Fn(&Plan) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    typed.plan().map_or_else(Vec::new, |plan| list(&plan))
}

/// Of the session that is named, else of the current one.
fn sessions(typed: &Typed, list: impl Fn(&Session) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    of_plan(typed, |plan| {
        let named = typed.option("--session", Some("-s"));
        let session = named.map_or_else(|| plan.current_session(), |id| plan.session(&id));
        session.map_or_else(Vec::new, &list)
    })
}

/// Of every turn of the session, or of the one that is named.
fn turns(typed: &Typed, list: impl Fn(&Turn) -> Vec<CompletionCandidate>) -> Vec<CompletionCandidate> {
    let named = typed.option("--turn", Some("-t"));
    sessions(typed, |session| {
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
