//! Text that the command line takes from files, from standard input, or as it is.

use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use super::error::{CliError, ErrorCode, Result};

/// Most bytes taken from a file or from standard input.
pub const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// `-` reads standard input, `@FILE` the file (`@-` too), anything else is the text itself.
pub fn text(argument: &str) -> Result<String> {
    match argument.strip_prefix('@') {
        _ if argument == "-" => stdin(),
        Some("-") => stdin(),
        Some(path) => file(Path::new(path)),
        None => Ok(argument.to_owned()),
    }
}

/// All of standard input.
///
/// # Errors
/// Where it is no UTF-8 text or larger than 16 MiB.
pub fn stdin() -> Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"(reading from the terminal; end with ctrl-d)\n");
    }
    read(stdin.lock(), "standard input", MAX_BYTES)
}

/// All of a file.
///
/// # Errors
/// Where it does not exist, is no UTF-8 text or larger than 16 MiB.
pub fn file(path: &Path) -> Result<String> {
    file_up_to(path, MAX_BYTES)
}

/// All of a file of at most `most` bytes.
pub fn file_up_to(path: &Path, most: u64) -> Result<String> {
    let name = path.display().to_string();
    let opened = File::open(path).map_err(|error| unreadable(&name, &error))?;
    let is_dir = opened.metadata().map_err(|error| unreadable(&name, &error))?.is_dir();
    if is_dir {
        return Err(CliError::new(ErrorCode::Io, format!("cannot read {name}: it is a directory"), "name a file"));
    }
    read(opened, &name, most)
}

fn read(source: impl Read, name: &str, most: u64) -> Result<String> {
    let mut bytes = Vec::new();
    source.take(most + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > most {
        return Err(CliError::invalid(format!("{name} is larger than {} MiB", most / 1024 / 1024), "give less text"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        CliError::invalid(format!("{name} is not UTF-8 text: byte {} is none", at + 1), "save it as UTF-8")
    })
}

fn unreadable(name: &str, error: &std::io::Error) -> CliError {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            CliError::not_found(format!("there is no file {name}"), "see its path and spelling")
        }
        _ => CliError::new(ErrorCode::Io, format!("cannot read {name}: {error}"), ""),
    }
}

/// The `*.toml` files of a directory, sorted by name. Hidden ones are left out: editors and sync
/// tools keep theirs so.
pub fn toml_files(directory: &Path) -> Result<Vec<PathBuf>> {
    let name = directory.display().to_string();
    let entries = std::fs::read_dir(directory).map_err(|error| unreadable(&name, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    paths.retain(|path| {
        path.extension().is_some_and(|extension| extension == "toml") && !hidden(path) && path.is_file()
    });
    paths.sort();
    Ok(paths)
}
