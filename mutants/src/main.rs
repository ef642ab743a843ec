//! Mutation testing in one build. Every mutant is written into a copy of the sources behind a switch, the tests are
//! built once, and then run with one switch on after the other: a mutant costs the tests that reach it, not a build.
//!
//! ```text
//! setlist-mutants write TREE DIR...          put mutants into the sources below TREE/DIR; TREE/mutants.tsv lists them
//! setlist-mutants run TREE NTH PROGRAM...    run the test programs with every NTH mutant; name those that survive
//! ```

mod find;
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The switch, as the sources of the copy see it.
const SWITCH: &str = r#"
/// Switches for mutants.
#[allow(missing_docs, clippy::all)]
pub mod mutant {
    use std::collections::HashSet;
    use std::io::Write as _;
    use std::sync::{Mutex, OnceLock};
    static ON: OnceLock<Option<u32>> = OnceLock::new();
    static TRACE: OnceLock<Option<Mutex<(HashSet<u32>, std::fs::File)>>> = OnceLock::new();
    pub fn on(id: u32) -> bool {
        let read = || std::env::var("MUTANT").ok()?.parse().ok();
        if let Some(on) = ON.get_or_init(read) {
            return *on == id;
        }
        let open = || {
            let path = std::env::var_os("MUTANT_TRACE")?;
            let file = std::fs::OpenOptions::new().append(true).create(true).open(path).ok()?;
            Some(Mutex::new((HashSet::new(), file)))
        };
        if let Some(trace) = TRACE.get_or_init(open) {
            let mut trace = trace.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if trace.0.insert(id) {
                let _ = trace.1.write_all(format!("{id}\n").as_bytes());
            }
        }
        false
    }
    pub fn less<T: PartialOrd + ?Sized>(id: u32, one: &T, other: &T) -> bool {
        if on(id) { one <= other } else { one < other }
    }
    pub fn at_most<T: PartialOrd + ?Sized>(id: u32, one: &T, other: &T) -> bool {
        if on(id) { one < other } else { one <= other }
    }
}
"#;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["write", tree, folders @ ..] => write(Path::new(tree), folders),
        ["run", tree, nth, programs @ ..] => {
            let nth = nth.parse().unwrap_or(1);
            return run::run(Path::new(tree), nth, programs);
        }
        _ => {
            eprintln!("setlist-mutants write TREE DIR... | run TREE NTH PROGRAM...");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn write(tree: &Path, folders: &[&str]) {
    // Mutants that do not build are left out: their numbers stand in this file.
    let left_out = fs::read_to_string(tree.join("left-out")).unwrap_or_default();
    let left_out: Vec<u32> = left_out.split_whitespace().filter_map(|id| id.parse().ok()).collect();
    let mut files = Vec::new();
    folders.iter().for_each(|folder| sources(&tree.join(folder), &mut files));
    files.sort();
    let (mut next, mut list) = (1, String::new());
    for path in files {
        let text = fs::read_to_string(&path).expect("a source");
        let name = path.strip_prefix(tree).unwrap_or(&path).display().to_string();
        let found = find::find(&text, &mut next);
        for mutant in &found {
            list += &format!("{}\t{name}:{}:{}\t{}\n", mutant.id, mutant.line, mutant.column, mutant.what);
        }
        let wanted: Vec<_> = found.into_iter().filter(|mutant| !left_out.contains(&mutant.id)).collect();
        fs::write(&path, find::written(&text, &wanted)).expect("a source that can be written");
    }
    fs::write(tree.join("mutants.tsv"), list).expect("a tree that can be written");
    let lib = tree.join("src/lib.rs");
    let text = fs::read_to_string(&lib).expect("src/lib.rs");
    fs::write(&lib, text + SWITCH).expect("src/lib.rs that can be written");
    println!("{} mutants, {} left out", next - 1, left_out.len());
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}
