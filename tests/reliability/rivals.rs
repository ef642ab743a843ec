//! Several programs on one plan: each edit counts, and what somebody else saved is nowhere overwritten unseen.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::place::{Home, cases};
use crate::session::Session;
use crate::strace;

/// Programs at once.
const RIVALS: usize = 8;

/// How often an edit is asked for that is refused because others were quicker, or did not let go for 15 s: it was told,
/// and is not expected to be there.
const TRIES: usize = 20;

/// Lets programs add notes to one plan, each `edits` of them: those with an even number in one long session, the others
/// with a process for each note. The notes that were acknowledged.
fn compete(home: &Home, rivals: usize, edits: usize, session: &(impl Fn() -> Command + Sync)) -> BTreeSet<String> {
    let add = |rival: usize| {
        let mut acknowledged = Vec::new();
        let text = |n: usize| format!("note {n} of program {rival}.");
        if rival.is_multiple_of(2) {
            let mut session = Session::start(session());
            assert!(session.greet());
            let mut saved = |text: &String| (0..TRIES).any(|_| session.note(text).unwrap().is_ok());
            acknowledged.extend((0..edits).map(text).filter(|text| saved(text)));
            session.end();
        } else {
            let saved =
                |text: &String| (0..TRIES).any(|_| home.command(&["note", text]).output().unwrap().status.success());
            acknowledged.extend((0..edits).map(text).filter(saved));
        }
        acknowledged
    };
    let add = &add;
    thread::scope(|scope| {
        let all: Vec<_> = (0..rivals).map(|rival| scope.spawn(move || add(rival))).collect();
        all.into_iter().flat_map(|rival| rival.join().unwrap()).collect()
    })
}

/// What is wrong after `count` edits that nothing but these programs made.
fn sum(home: &Home, id: &str, acknowledged: &BTreeSet<String>, count: usize) -> Result<(), String> {
    home.look()?;
    let store = home.store();
    let plan = store.load(id).map_err(|error| error.to_string())?.plan;
    let found: BTreeSet<String> = plan.notes.iter().map(|note| note.text.clone()).collect();
    if (acknowledged.len(), plan.notes.len(), found.len()) != (count, count, count) || found != *acknowledged {
        return Err(format!("{} acknowledged, {} there of {count}", acknowledged.len(), found.len()));
    }
    let log: Vec<u64> = store.log(id).map_err(|error| error.to_string())?.iter().map(|line| line.revision).collect();
    let last = count as u64 + 1;
    if plan.revision != last || log != (last + 1 - log.len() as u64..=last).collect::<Vec<u64>>() {
        return Err(format!("revision {} of {last}, in the log {log:?}", plan.revision));
    }
    home.goes_on()
}

#[test]
fn programs_on_one_plan_lose_no_edit() {
    let edits = cases(25, 500);
    let home = Home::quick();
    let id = home.plan();
    let acknowledged = compete(&home, RIVALS, edits, &|| home.command(&["mcp"]));
    tell!("{} edits of {RIVALS} programs", acknowledged.len());
    assert_eq!(sum(&home, &id, &acknowledged, RIVALS * edits), Ok(()));
}

/// `setlist mcp` with these calls tampered with.
fn tampered(home: &Home, options: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-e", "trace=flock,renameat,renameat2"]);
    for option in options {
        command.arg("-e").arg(option);
    }
    command.args([env!("CARGO_BIN_EXE_setlist"), "mcp"]);
    home.dress(&mut command);
    command
}

/// Locks that hold nobody back.
const NO_LOCK: &str = "inject=flock:retval=0";
/// Names that are replaced after a look instead of exchanged, some time after it.
const NO_EXCHANGE: &[&str] = &["inject=renameat2:error=EINVAL", "inject=renameat:delay_enter=20000"];

#[test]
fn programs_without_a_lock_are_found_out() {
    if !strace::available() {
        return;
    }
    let found = (0..10).any(|_| {
        let home = Home::quick();
        let id = home.plan();
        let options = [&[NO_LOCK], NO_EXCHANGE].concat();
        let acknowledged = compete(&home, 3, 5, &|| tampered(&home, &options));
        sum(&home, &id, &acknowledged, 15).is_err()
    });
    assert!(found, "edits without a lock always added up");
}

/// All texts of a plan that are anywhere: the file, its revisions, what was kept as broken.
fn texts(home: &Home) -> Vec<String> {
    let ours = |path: &Path| {
        ["data/plans", "state/history", "state/broken"].iter().any(|folder| path.starts_with(folder))
            && path.file_name().is_none_or(|name| name != "index.json")
    };
    let files = home.tree().into_iter().filter(|(path, _)| ours(path));
    files.filter_map(|(_, bytes)| bytes).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

/// What was acknowledged and is nowhere.
fn lost(home: &Home, acknowledged: &BTreeSet<String>) -> Vec<String> {
    let texts = texts(home);
    acknowledged.iter().filter(|note| !texts.iter().any(|text| text.contains(note.as_str()))).cloned().collect()
}

#[test]
fn without_locks_every_overwritten_revision_is_in_history() {
    if !strace::available() {
        return;
    }
    // Fewer revisions than a history keeps.
    for _ in 0..cases(2, 100) {
        let home = Home::quick();
        home.plan();
        let acknowledged = compete(&home, 6, 10, &|| tampered(&home, &[NO_LOCK]));
        assert!(acknowledged.len() > 30, "{}", acknowledged.len());
        assert_eq!(lost(&home, &acknowledged), [] as [String; 0]);
        home.look().unwrap();
        home.goes_on().unwrap();
    }
}

/// An editor that saves the plan with a mark of its own after each pause: by a new file, and in place. Its marks.
fn edit(home: &Home, id: &str, pause: Duration, over: &AtomicBool) -> BTreeSet<String> {
    let path = home.store().plan_path(id);
    let mut marks = BTreeSet::new();
    // Programs take a while to start; an editor that was there before them would meet none.
    while !over.load(Ordering::Relaxed) && fs::read_to_string(&path).unwrap().contains("\nrevision = 1\n") {
        thread::sleep(Duration::from_millis(1));
    }
    while !over.load(Ordering::Relaxed) && marks.len() < 40 {
        thread::sleep(pause);
        let text = fs::read_to_string(&path).unwrap();
        // What an editor has open is a whole plan.
        let Some((before, after)) = text.split_once("schema = 1") else { continue };
        let mark = format!("# mark {} of the editor.", marks.len());
        let text = format!("{before}{mark}\nschema = 1{after}");
        if marks.len().is_multiple_of(2) {
            let new = path.with_extension("toml~");
            fs::write(&new, text).unwrap();
            fs::rename(new, &path).unwrap();
        } else {
            fs::write(&path, text).unwrap();
        }
        marks.insert(mark);
    }
    marks
}

/// Programs and an editor on one plan; what was acknowledged by any of them and is nowhere.
fn with_an_editor(pause: u64, session: impl Fn(&Home) -> Command + Sync) -> (usize, Vec<String>) {
    let home = Home::quick();
    let id = home.plan();
    let over = AtomicBool::new(false);
    let acknowledged = thread::scope(|scope| {
        let editor = scope.spawn(|| edit(&home, &id, Duration::from_millis(pause), &over));
        let mut acknowledged = compete(&home, 4, 12, &|| session(&home));
        over.store(true, Ordering::Relaxed);
        acknowledged.extend(editor.join().unwrap());
        acknowledged
    });
    home.look().unwrap();
    home.goes_on().unwrap();
    (acknowledged.len(), lost(&home, &acknowledged))
}

#[test]
fn what_an_editor_saves_meanwhile_is_never_overwritten_unseen() {
    let mut total = 0;
    for _ in 0..cases(3, 200) {
        let (count, lost) = with_an_editor(7, |home| home.command(&["mcp"]));
        assert_eq!(lost, [] as [String; 0]);
        total += count;
    }
    tell!("{total} edits of programs and an editor");
}

#[test]
fn programs_that_replace_what_an_editor_saved_are_found_out() {
    if !strace::available() {
        return;
    }
    // Each of their renames takes 20 ms: some pauses have to be longer, or they never think the plan unchanged.
    let found = (0..20).any(|_| !with_an_editor(30, |home| tampered(home, NO_EXCHANGE)).1.is_empty());
    assert!(found, "nothing of the editor's was ever lost");
}
