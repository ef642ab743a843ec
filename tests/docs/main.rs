//! What the documents say is true of the program: the example settings, the manual's examples, keys and commands, and
//! where its links lead.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

mod architecture;
mod config;
mod kinds;
mod links;
mod manual;
mod readme;

use std::fs;
use std::path::Path;

/// The folder of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
fn file(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Holds that a file has `wanted` between `head` and the next `end`, or to its own end. With `SETLIST_BLESS=1` it is written there.
fn written_anew(name: &str, head: &str, end: Option<&str>, wanted: &str) {
    let text = file(name);
    let from = text.find(head).unwrap_or_else(|| panic!("{name} has no {head:?}")) + head.len();
    let to = end.and_then(|end| text[from..].find(end)).map_or(text.len(), |at| from + at);
    if std::env::var_os("SETLIST_BLESS").is_some() {
        let anew = [&text[..from], wanted.trim_end(), "\n", &text[to..]].concat();
        return fs::write(root().join(name), anew).unwrap();
    }
    assert_eq!(text[from..to].trim_end(), wanted.trim_end(), "{name} is stale; `just bless` writes it anew");
}

/// Every page: those at the top of the repository and those in `docs`, by their names in the repository.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> =
        ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"].map(str::to_owned).into();
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_page = Path::new(&name).extension().is_some_and(|extension| extension == "md");
        pages.extend(is_page.then(|| format!("docs/{name}")));
    }
    pages.sort();
    pages
}

/// The code blocks that follow `<!-- marker -->`.
fn blocks<'a>(text: &'a str, marker: &str) -> Vec<&'a str> {
    let marker = format!("<!-- {marker} -->");
    let after = text.split(marker.as_str()).skip(1);
    after.map(|rest| rest.split("```").nth(1).unwrap().split_once('\n').unwrap().1).collect()
}
