//! Changing `config.toml`: one setting at a time, the rest of the file as it was.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, Value};

use crate::domain::problem::position;

use super::atomic::How;
use super::error::show;
use super::settings::read;
use super::swap::Swapped;
use super::{ErrorCode, Store, StoreError};

/// What stands in a settings file that is begun for its person.
const HEADER: &str = "# The settings of setlist. `setlist config get` lists them, `setlist doctor` checks this file.\n";

/// How often a file that others save at the same moment is read anew.
const TRIES: usize = 5;

impl Store {
    /// Sets `key`, which may have dots (`keys.workspace.done`), to `value`: TOML, or a plain word. What
    /// else stands in the file stays. The file.
    ///
    /// # Errors
    /// [`ErrorCode::Invalid`] where the file would be wrong afterwards, and then it is left as it
    /// was; or why it could not be written.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<PathBuf, StoreError> {
        for _ in 0..TRIES {
            if let Some(path) = self.try_set_setting(key, value)? {
                return Ok(path);
            }
        }
        let path = self.dirs().settings();
        let message = format!("not saved: {} is not what was read", show(&path));
        let hint = "`setlist doctor` says whether it can be read; or let the other program finish, then try again";
        Err(StoreError::new(ErrorCode::Conflict, message, hint).at(&path))
    }

    /// Sets it in the file as it is now; nothing where somebody else has saved the file meanwhile.
    fn try_set_setting(&self, key: &str, value: &str) -> Result<Option<PathBuf>, StoreError> {
        let before = self.settings();
        let invalid = |message: String, hint: &str| StoreError::new(ErrorCode::Invalid, message, hint);
        let mut document: DocumentMut = before.text.parse().map_err(|error: toml_edit::TomlError| {
            let at = error.span().map_or(1, |span| position(&before.text, span.start).line);
            invalid(format!("{}:{at} is not TOML", before.path.display()), "mend it first: `setlist config edit`")
        })?;
        put(&mut document, key, parsed(value))
            .ok_or_else(|| invalid(format!("`{key}` is no setting"), "`setlist config get` lists them"))?;
        let text = document.to_string();
        let known: Vec<&str> = before.problems.iter().map(|problem| problem.message.as_str()).collect();
        let (_, problems) = read(&text);
        if let Some(new) = problems.iter().find(|problem| !known.contains(&problem.message.as_str())) {
            return Err(invalid(new.message.clone(), &new.hint));
        }
        // A link stays a link; the file it points at is replaced.
        let target = before.path.canonicalize().unwrap_or_else(|_| before.path.clone());
        if target.symlink_metadata().is_err() {
            return Ok(self.write_first_settings(&target, &text)?.then_some(before.path));
        }
        let written = self.write_over(&target, text.as_bytes(), before.text.as_bytes())?;
        Ok(matches!(written, Swapped::Done { .. }).then_some(before.path))
    }

    /// Writes a settings file with a line on what it is, where there is none yet.
    pub fn begin_settings(&self) -> Result<(), StoreError> {
        let file = self.settings();
        if file.path.symlink_metadata().is_err() {
            self.write_first_settings(&file.path, HEADER)?;
        }
        Ok(())
    }

    /// Writes a settings file where there is none; whether there was none.
    fn write_first_settings(&self, path: &Path, text: &str) -> Result<bool, StoreError> {
        match self.write(path, text.as_bytes(), How { replace: false, ..How::DURABLE }) {
            Err(_) if path.symlink_metadata().is_ok() => Ok(false),
            written => written.map(|()| true),
        }
    }
}

/// The value that is meant: TOML where it reads as such, else the words themselves.
fn parsed(value: &str) -> Value {
    value.parse().unwrap_or_else(|_| Value::from(value))
}

/// Puts a value at a key with dots; nothing where something that is no table stands in the way.
fn put(document: &mut DocumentMut, key: &str, value: Value) -> Option<()> {
    let (path, last) = match key.rsplit_once('.') {
        Some((path, last)) => (path.split('.').collect(), last),
        None => (Vec::new(), key),
    };
    let mut table: &mut Table = document.as_table_mut();
    for name in path {
        let below = table.entry(name).or_insert_with(|| {
            let mut made = Table::new();
            made.set_implicit(true);
            Item::Table(made)
        });
        table = below.as_table_mut()?;
    }
    // In place, so that the comments around the key stay.
    match table.get_mut(last) {
        Some(Item::Value(old)) => {
            let mut value = value;
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(_) => return None,
        None => {
            table.insert(last, Item::Value(value));
        }
    }
    Some(())
}
