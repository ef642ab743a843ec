//! A text to the person's editor and back.
//!
//! The text goes to a file (0600) in a private directory, so the editor's own swap and backup files
//! are private too. The editor runs as a foreground child in our process group: a stop
//! (Ctrl-Z) stops both. The directory is deleted once the text is read; when anything
//! goes wrong it is kept and its path told.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use tempfile::TempDir;
use thiserror::Error;

use super::detect::Env;

/// The longest text that is read back, in bytes.
pub const LONGEST: u64 = 16 * 1024 * 1024;

/// Why there is no edited text.
#[derive(Debug, Error)]
pub enum EditError {
    #[error("the editor '{0}' was not found")]
    NotFound(String),
    /// The program is there but did not start.
    #[error("the editor '{0}' did not start: {1}")]
    Start(String, io::Error),
    /// It ended with a failure. What it had written is kept, if it had changed the text.
    #[error("the editor '{0}' failed ({1}){kept}", kept = told(.2.as_deref()))]
    Failed(String, ExitStatus, Option<PathBuf>),
    /// What it wrote is not UTF-8.
    #[error("the edited text is not UTF-8{}", told(Some(.0)))]
    NotUtf8(PathBuf),
    /// What it wrote is longer than [`LONGEST`].
    #[error("the edited text is longer than 16 MiB{}", told(Some(.0)))]
    TooLong(PathBuf),
    /// The file for the text could not be written or read.
    #[error("the text for the editor: {0}{kept}", kept = told(.1.as_deref()))]
    File(io::Error, Option<PathBuf>),
    /// The terminal could not be taken again.
    #[error("the terminal: {0}")]
    Terminal(#[from] io::Error),
}

fn told(kept: Option<&Path>) -> String {
    kept.map(|path| format!("; it is kept in {}", path.display())).unwrap_or_default()
}

impl EditError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotFound(_) | Self::Start(..) => "set $VISUAL or $EDITOR, or `editor` in config.toml",
            Self::Failed(..) => "the text here is as it was before",
            Self::NotUtf8(_) | Self::TooLong(_) => "mend the file and read it in again",
            Self::File(..) => "is the directory for temporary files ($TMPDIR) writable, with room?",
            Self::Terminal(_) => "",
        }
    }
}

/// The editor's program and arguments: `settings`, else `$VISUAL`, `$EDITOR`, `vi`.
#[must_use]
pub fn resolve(settings: &[String], env: Env) -> Vec<String> {
    if !settings.is_empty() {
        return settings.to_vec();
    }
    ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| env(name))
        .map(|value| words(&value))
        .find(|words| !words.is_empty())
        .unwrap_or_else(|| vec!["vi".to_owned()])
}

/// The words of a command as a shell would split them: quotes and backslashes, nothing expanded.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '\\') => word.get_or_insert_default().extend(rest.next()),
            (Some('"'), '\\') if matches!(rest.peek(), Some('"' | '\\' | '$' | '`')) => {
                word.get_or_insert_default().extend(rest.next());
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Lets the person edit the file at `path` in place.
pub fn edit_file(
    command: &[String],
    path: &Path,
    run: impl FnOnce(&mut Command) -> io::Result<io::Result<ExitStatus>>,
) -> Result<(), EditError> {
    let (program, arguments) = command.split_first().ok_or_else(|| EditError::NotFound(String::new()))?;
    let ended = run(Command::new(program).args(arguments).arg(path))?;
    let status = ended.map_err(|error| did_not_start(program, error))?;
    if status.success() { Ok(()) } else { Err(EditError::Failed(program.clone(), status, None)) }
}

fn did_not_start(program: &str, error: io::Error) -> EditError {
    match error.kind() {
        io::ErrorKind::NotFound => EditError::NotFound(program.to_owned()),
        _ => EditError::Start(program.to_owned(), error),
    }
}

/// Lets the person edit `text` in `command` ([`resolve`]), in a file whose name ends in `suffix` (such as `.md`); `run`
/// gives the terminal to the program until it has ended. `None`: nothing was changed. A line end that the editor put
/// after the last line counts as no change.
///
/// # Errors
/// See [`EditError`]; [`EditError::hint`] says what to do. [`EditError::Terminal`] is what `run` fails with.
pub fn edit(
    command: &[String],
    text: &str,
    suffix: &str,
    run: impl FnOnce(&mut Command) -> io::Result<io::Result<ExitStatus>>,
) -> Result<Option<String>, EditError> {
    let (program, arguments) = command.split_first().ok_or_else(|| EditError::NotFound(String::new()))?;
    let room = room().map_err(|error| EditError::File(error, None))?;
    let path = room.path().join(format!("text{suffix}"));
    write(&path, text).map_err(|error| EditError::File(error, None))?;
    let ended = match run(Command::new(program).args(arguments).arg(&path)) {
        Ok(ended) => ended,
        Err(error) => {
            keep(room);
            return Err(EditError::Terminal(error));
        }
    };
    let status = ended.map_err(|error| did_not_start(program, error))?;
    let written = match read(&path) {
        Ok(written) => written,
        Err(error) => return Err(EditError::File(error, keep_if(room, &path))),
    };
    if written.len() as u64 > LONGEST {
        keep(room);
        return Err(EditError::TooLong(path));
    }
    let unchanged = same(text.as_bytes(), &written);
    if !status.success() {
        let kept = if unchanged { None } else { keep_if(room, &path) };
        return Err(EditError::Failed(program.clone(), status, kept));
    }
    if unchanged {
        return Ok(None);
    }
    let Ok(mut written) = String::from_utf8(written) else {
        keep(room);
        return Err(EditError::NotUtf8(path));
    };
    if !text.ends_with('\n') && written.ends_with('\n') {
        written.pop();
    }
    Ok(Some(written))
}

fn same(before: &[u8], after: &[u8]) -> bool {
    after == before || (!before.ends_with(b"\n") && after.strip_suffix(b"\n") == Some(before))
}

fn room() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("setlist-").permissions(Permissions::from_mode(0o700)).tempdir()
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

/// One byte more than allowed is read, so that the caller sees it is too long.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn keep(room: TempDir) {
    let _ = room.keep();
}

fn keep_if(room: TempDir, path: &Path) -> Option<PathBuf> {
    // An editor that deleted the file left nothing to keep.
    fs::metadata(path).ok()?;
    keep(room);
    Some(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(script: &str, text: &str) -> Result<Option<String>, EditError> {
        let command = ["sh", "-c", script, "editor"].map(str::to_owned);
        edit(&command, text, ".md", |command| Ok(command.status()))
    }

    #[test]
    fn the_editor_is_the_setting_then_visual_then_editor_then_vi() {
        let env = |name: &str| match name {
            "VISUAL" => Some("  ".to_owned()),
            "EDITOR" => Some("'/opt/my editor/ed' --wait \"a b\" c\\ d".to_owned()),
            _ => None,
        };
        assert_eq!(resolve(&["nano".to_owned()], &env), ["nano"]);
        assert_eq!(resolve(&[], &env), ["/opt/my editor/ed", "--wait", "a b", "c d"]);
        assert_eq!(resolve(&[], &|_| None), ["vi"]);
    }

    #[test]
    fn what_was_written_comes_back_without_the_editor_s_line_end() {
        assert_eq!(script("printf 'new\\n' > \"$1\"", "old").unwrap().as_deref(), Some("new"));
        assert_eq!(script("printf 'new\\n' > \"$1\"", "old\n").unwrap().as_deref(), Some("new\n"));
        assert_eq!(script("printf '\\n' >> \"$1\"", "old").unwrap(), None);
        assert_eq!(script("true", "old").unwrap(), None);
        // An editor that writes a new file and renames it.
        assert_eq!(script("printf n > \"$1.x\"; mv \"$1.x\" \"$1\"", "old").unwrap().as_deref(), Some("n"));
    }

    #[test]
    fn the_file_is_private_and_gone_afterwards() {
        let mut seen = None;
        let command = ["true".to_owned()];
        edit(&command, "secret", ".md", |command| {
            let path = PathBuf::from(command.get_args().last().unwrap());
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
            seen = Some(path);
            Ok(command.status())
        })
        .unwrap();
        assert!(!seen.unwrap().parent().unwrap().exists());
    }

    #[test]
    fn a_failure_keeps_what_was_written_and_tells_where() {
        for (bad, script_) in [("failed", "printf new > \"$1\"; exit 3"), ("UTF-8", "printf '\\377' > \"$1\"")] {
            let error = script(script_, "old").unwrap_err();
            let (EditError::Failed(_, _, Some(path)) | EditError::NotUtf8(path)) = &error else {
                panic!("{error:?}");
            };
            assert!(error.to_string().contains(bad) && error.to_string().contains(path.to_str().unwrap()));
            assert!(path.exists());
            fs::remove_dir_all(path.parent().unwrap()).unwrap();
        }
        let error = script("exit 1", "old").unwrap_err();
        assert!(matches!(error, EditError::Failed(_, _, None)), "{error:?}");
    }

    #[test]
    fn an_editor_that_is_not_there_is_named() {
        let command = ["no-such-editor".to_owned()];
        let error = edit(&command, "", "", |command| Ok(command.status())).unwrap_err();
        assert_eq!(error.to_string(), "the editor 'no-such-editor' was not found");
        assert!(error.hint().contains("$EDITOR") && error.hint().contains("config.toml"));
    }
}
