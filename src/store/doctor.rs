//! Whether everything is where it should be and as it should be; changes nothing but its own probe.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::domain::problem::{self, Problem};

use super::error::show;
use super::lock::Lock;
use super::{Store, atomic};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is, in a few words.
    pub name: String,
    /// Whether it is as it should be.
    pub ok: bool,
    pub detail: String,
    /// What to do; empty where all is well.
    pub hint: String,
}

impl Check {
    fn fine(name: &str, detail: impl Into<String>) -> Self {
        Self { name: name.into(), ok: true, detail: detail.into(), hint: String::new() }
    }

    fn bad(name: &str, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { name: name.into(), ok: false, detail: detail.into(), hint: hint.into() }
    }
}

impl Store {
    /// Looks at directories, plans, strategies, settings, leftovers and locks. `further` is what others than the
    /// store found wrong in the settings file.
    pub fn doctor(&self, further: &[Problem]) -> Vec<Check> {
        let dirs = self.dirs();
        let mut checks = vec![
            directory("data directory", &dirs.data),
            directory("plans directory", &dirs.plans()),
            directory("state directory", &dirs.state),
            config(&dirs.config),
        ];
        checks.extend(self.plan_checks());
        checks.push(self.strategy_check());
        checks.extend(self.settings_checks(further));
        checks.push(self.leftovers());
        checks.push(match Lock::take(&dirs.locks(), "doctor") {
            Ok(_) => Check::fine("locks", "work on this file system"),
            Err(error) => Check::bad("locks", error.message, error.hint),
        });
        checks
    }

    fn plan_checks(&self) -> Vec<Check> {
        let listing = self.list();
        let mut checks = Vec::new();
        if let Some(failure) = listing.failure {
            checks.push(Check::bad("plans", failure, "make the directory readable"));
        } else {
            checks.push(Check::fine("plans", format!("{} can be read", listing.plans.len())));
        }
        for plan in listing.broken {
            let way = if plan.recoverable { "; its last good revision can be put back" } else { "" };
            checks.push(Check::bad("plans", plan.message, format!("{}{way}", plan.hint)));
        }
        for (_, path) in listing.conflicts {
            checks.push(Check::bad(
                "plans",
                format!("{} is a sync tool's copy", show(&path)),
                "`setlist conflict show` compares it with its plan",
            ));
        }
        checks
    }

    fn strategy_check(&self) -> Check {
        let library = self.library();
        let broken: Vec<String> = library
            .entries
            .iter()
            .filter(|entry| entry.strategy.is_none())
            .map(|entry| {
                let place = entry.path.as_deref().map_or_else(|| entry.id.clone(), show);
                entry.problems.first().map_or(place.clone(), |problem| located(&place, &entry.text, problem))
            })
            .collect();
        match broken.as_slice() {
            [] => Check::fine("strategies", format!("{} can be used", library.entries.len())),
            broken => Check::bad("strategies", broken.join("; "), "`setlist strategy lint` shows every problem"),
        }
    }

    fn settings_checks(&self, further: &[Problem]) -> Vec<Check> {
        let file = self.settings();
        let place = show(&file.path);
        let mut problems: Vec<&Problem> = file.problems.iter().chain(further).collect();
        problems.sort_by_key(|problem| problem.span.start);
        let bad = |problem: &&Problem| {
            let hint =
                if problem.hint.is_empty() { "mend that line; what is right in the file holds" } else { &problem.hint };
            Check::bad("settings", located(&place, &file.text, problem), hint)
        };
        match problems.as_slice() {
            [] if file.text.is_empty() => {
                vec![Check::fine("settings", format!("{place} is not there; the defaults hold"))]
            }
            [] => vec![Check::fine("settings", place)],
            problems => problems.iter().map(bad).collect(),
        }
    }

    /// Temporary files of writers that died.
    fn leftovers(&self) -> Check {
        let dirs = self.dirs();
        let folders = [dirs.plans(), dirs.drafts(), dirs.state.clone(), dirs.trash()];
        let stale: Vec<PathBuf> =
            folders.iter().flat_map(|folder| atomic::stale_temps(folder, SystemTime::now())).collect();
        match stale.len() {
            0 => Check::fine("leftovers", "none"),
            n => Check::fine("leftovers", format!("{n} stale temporary files; they go with the next change")),
        }
    }
}

fn located(place: &str, text: &str, problem: &Problem) -> String {
    let at = problem::position(text, problem.span.start);
    format!("{place}:{}:{}: {}", at.line, at.column, crate::domain::untrusted::shown(&problem.message))
}

/// A directory of ours: absent, or writable and nobody else's business.
fn directory(name: &str, path: &Path) -> Check {
    let place = show(path);
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(error) if super::files::is_missing(&error) => {
            return Check::fine(name, format!("{place} will be made when it is needed"));
        }
        Err(error) => {
            return Check::bad(name, format!("{place}: {error}"), "make it readable, or use another directory");
        }
    };
    if !meta.is_dir() {
        return Check::bad(name, format!("{place} is not a directory"), "move the file there away");
    }
    if let Err(error) = tempfile::Builder::new().prefix(".setlist-").suffix(".tmp").tempfile_in(path) {
        return Check::bad(
            name,
            format!("{place} cannot be written to: {error}"),
            "make it writable, free space, or use another --data-dir",
        );
    }
    let mode = meta.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Check::bad(name, format!("{place} is open to others (mode {mode:o})"), format!("chmod 700 '{place}'"));
    }
    Check::fine(name, place)
}

/// The config directory is the person's: it need not be there, nor private.
fn config(path: &Path) -> Check {
    let place = show(path);
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => Check::fine("config directory", place),
        Ok(_) => Check::bad("config directory", format!("{place} is not a directory"), "move the file there away"),
        Err(error) if super::files::is_missing(&error) => {
            Check::fine("config directory", format!("{place} is not there; the defaults hold"))
        }
        Err(error) => Check::bad("config directory", format!("{place}: {error}"), "make it readable"),
    }
}
