//! Finding the base of each file that extends another: by id, through chains, never in a circle.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::nearest::near_or;
use crate::domain::problem::Problem;
use crate::domain::review::Thresholds;

use super::{Extends, Read, check, check_over, extends, lint};

/// Longest chain of files that extend each other. Nobody can follow more.
pub const MAX_CHAIN: usize = 8;

/// A file with its base merged.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The strategy, and what is wrong with the file.
    pub read: Read,
    /// The id that it extends, where it does.
    pub extends: Option<String>,
    /// The whole strategy as a file: what it extends is merged.
    pub text: Arc<str>,
    /// How many files it extends, one through the other.
    depth: usize,
}

/// Files that may extend each other.
#[derive(Debug, Default)]
pub struct Inheritance {
    files: Vec<SourceFile>,
}

#[derive(Debug)]
struct SourceFile {
    /// Rank of the place it comes from: a file that extends its own id means one of a lower place.
    place: usize,
    stem: Option<String>,
    text: Arc<str>,
    state: State,
    /// By what the merged strategy is reviewed.
    review: Option<Thresholds>,
}

#[derive(Debug)]
enum State {
    Waiting(Extends),
    Done(Box<Resolved>),
}

/// What stands between a file and its base.
enum Step {
    /// This one comes first.
    First(usize),
    Done(Box<Resolved>),
}

impl Inheritance {
    /// Adds a file of the place `place`; later places win by id. A file that stands by itself is
    /// checked now. `review` asks for warnings of anti-patterns.
    pub fn add(&mut self, place: usize, text: Arc<str>, stem: Option<&str>, review: Option<&Thresholds>) {
        let state = match (extends(&text), review) {
            (Some(extends), _) => State::Waiting(extends),
            (None, Some(thresholds)) => plain(&text, lint(&text, stem, thresholds)),
            (None, None) => plain(&text, check(&text, stem)),
        };
        self.files.push(SourceFile { place, stem: stem.map(Into::into), text, state, review: review.cloned() });
    }

    /// Adds a file that was read already.
    pub fn add_read(&mut self, place: usize, text: Arc<str>, stem: Option<&str>, read: Read) {
        let state = plain(&text, read);
        self.files.push(SourceFile { place, stem: stem.map(Into::into), text, state, review: None });
    }

    /// All files with their bases merged, in the order they were added.
    pub fn resolve(mut self) -> Vec<Resolved> {
        let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, file) in self.files.iter().enumerate() {
            by_id.entry(file.id().to_owned()).or_default().push(at);
        }
        // The last place first; in one place, the file that is called as its id says.
        for (id, files) in &mut by_id {
            let named = |at: usize| self.files[at].stem.as_ref() == Some(id);
            files.sort_by_key(|at| std::cmp::Reverse((self.files[*at].place, named(*at))));
        }
        for at in 0..self.files.len() {
            self.settle(at, &by_id);
        }
        let done = |file: SourceFile| match file.state {
            State::Done(resolved) => *resolved,
            State::Waiting(extends) => broken(&extends, "this file was not resolved", ""),
        };
        self.files.into_iter().map(done).collect()
    }

    /// Resolves one file and, before it, what it extends.
    fn settle(&mut self, start: usize, by_id: &BTreeMap<String, Vec<usize>>) {
        let mut way = vec![start];
        while let Some(&at) = way.last() {
            match self.step(at, by_id) {
                Step::Done(resolved) => {
                    self.files[at].state = State::Done(resolved);
                    way.pop();
                }
                Step::First(base) => match way.iter().position(|other| *other == base) {
                    None => way.push(base),
                    Some(from) => {
                        let circle: Vec<usize> = way.drain(from..).collect();
                        self.forbid(&circle);
                    }
                },
            }
        }
    }

    /// What is to be done next for the file `at`.
    fn step(&self, at: usize, by_id: &BTreeMap<String, Vec<usize>>) -> Step {
        let file = &self.files[at];
        let extends = match &file.state {
            State::Done(resolved) => return Step::Done(resolved.clone()),
            State::Waiting(extends) => extends,
        };
        let fits = |other: usize| other != at && (extends.base != extends.id || self.files[other].place < file.place);
        let mut failed: Option<&Resolved> = None;
        for other in by_id.get(&extends.base).into_iter().flatten().copied().filter(|other| fits(*other)) {
            match &self.files[other].state {
                State::Waiting(_) => return Step::First(other),
                State::Done(base) if base.read.strategy.is_some() => {
                    return Step::Done(Box::new(over(file, extends, base)));
                }
                State::Done(base) => failed = failed.or(Some(base)),
            }
        }
        let base = &extends.base;
        Step::Done(Box::new(match failed {
            Some(failed) => {
                let first = failed.read.problems.iter().find(|problem| problem.is_error());
                let message = first.map_or("", |problem| problem.message.as_str());
                broken(extends, &format!("the strategy \"{base}\" has errors: {message}"), "mend it first")
            }
            None if base.is_empty() => broken(extends, "`extends` names no strategy", "write its id in quotes"),
            None if *base == extends.id => {
                let message = format!("there is no other strategy \"{base}\" that this file could extend");
                broken(extends, &message, "a file of the same id extends the one that it takes the place of")
            }
            None => {
                let known = by_id.keys().map(String::as_str).filter(|id| !id.is_empty() && *id != extends.id);
                let hint = near_or(base, known, "`setlist strategy list` shows them all");
                broken(extends, &format!("there is no strategy \"{base}\" to extend"), &hint)
            }
        }))
    }

    /// Files that extend each other in a circle: each is told the whole of it, itself first.
    fn forbid(&mut self, circle: &[usize]) {
        let ids: Vec<String> = circle.iter().map(|at| self.files[*at].id().to_owned()).collect();
        for (turn, at) in circle.iter().enumerate() {
            let around: Vec<&str> = ids[turn..].iter().chain(&ids[..=turn]).map(String::as_str).collect();
            if let State::Waiting(extends) = &self.files[*at].state {
                let message = format!("strategies extend each other in a circle: {}", around.join(" -> "));
                let resolved = broken(extends, &message, "one of them must stand by itself");
                self.files[*at].state = State::Done(Box::new(resolved));
            }
        }
    }
}

impl SourceFile {
    /// What others call it.
    fn id(&self) -> &str {
        match &self.state {
            State::Waiting(extends) => Some(&extends.id).filter(|id| !id.is_empty()),
            State::Done(resolved) => resolved.read.strategy.as_ref().map(|strategy| &strategy.id),
        }
        .map_or(self.stem.as_deref().unwrap_or_default(), String::as_str)
    }
}

fn plain(text: &Arc<str>, read: Read) -> State {
    State::Done(Box::new(Resolved { read, extends: None, text: text.clone(), depth: 0 }))
}

/// A file over its base.
fn over(file: &SourceFile, extends: &Extends, base: &Resolved) -> Resolved {
    if base.depth >= MAX_CHAIN {
        let message = format!("a chain of more than {MAX_CHAIN} files that extend each other");
        return broken(extends, &message, "extend one that is nearer to the beginning");
    }
    let merged = check_over(&base.text, &file.text, file.stem.as_deref(), file.review.as_ref());
    Resolved { read: merged.read, extends: Some(extends.base.clone()), text: merged.text.into(), depth: base.depth + 1 }
}

fn broken(extends: &Extends, message: &str, hint: &str) -> Resolved {
    let span: Range<usize> = extends.span.clone();
    let problems = vec![Problem::error(span, message, hint)];
    let read = Read { strategy: None, problems };
    Resolved { read, extends: Some(extends.base.clone()), text: "".into(), depth: 0 }
}
