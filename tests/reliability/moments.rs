//! The process dies at a random moment of a long session of edits.

use std::process::Command;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use crate::place::{Home, cases, random};
use crate::session::Session;
use crate::strace;

/// Latest moment of a death after the session's start, in microseconds: a few dozen edits.
const LATEST: u64 = 200_000;
/// Deaths of one plan, before the next plan is started: its history goes through all of them.
const LIVES: usize = 20;

/// What came of many deaths.
#[derive(Debug, Default)]
struct Toll {
    deaths: usize,
    /// Edits that were acknowledged.
    acknowledged: usize,
    faults: Vec<String>,
}

/// Lets `count` sessions over plans in one home die, each at its moment.
fn die(count: usize, seed: u64, command: impl Fn(&Home) -> Command) -> Toll {
    let mut toll = Toll::default();
    let mut state = seed;
    let mut life = 0;
    while toll.deaths < count && toll.faults.is_empty() {
        let home = Home::quick();
        let id = home.plan();
        // What was answered, and the one that may or may not have been saved when the process died.
        let mut notes: Vec<String> = Vec::new();
        for _ in 0..LIVES.min(count - toll.deaths) {
            life += 1;
            let moment = Duration::from_micros(random(&mut state) % LATEST);
            let (answered, open) = live(command(&home), moment, life);
            toll.deaths += 1;
            toll.acknowledged += answered.len();
            notes.extend(answered);
            match judge(&home, &id, &notes, open) {
                Ok(found) => notes = found,
                Err(fault) => {
                    toll.faults.push(format!("killed after {moment:?} (seed {seed}, death {}): {fault}", toll.deaths));
                    break;
                }
            }
        }
        if let Err(fault) = home.goes_on() {
            toll.faults.push(fault);
        }
    }
    toll
}

/// A session until its death: the notes that were acknowledged, and the one that was under way.
fn live(command: Command, moment: Duration, life: usize) -> (Vec<String>, Option<String>) {
    let mut session = Session::start(command);
    let pid = rustix::process::Pid::from_child(&session.child);
    let killer = thread::spawn(move || {
        thread::sleep(moment);
        // It has not been waited for, so the number is still its own.
        rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
    });
    let (mut answered, mut open) = (Vec::new(), None);
    if session.greet() {
        for n in 0.. {
            let text = format!("life {life} note {n}");
            open = Some(text.clone());
            match session.note(&text) {
                Some(Ok(())) => answered.push(text),
                Some(Err(why)) => panic!("{why}"),
                None => break,
            }
        }
    }
    killer.join().unwrap();
    session.end();
    (answered, open)
}

/// The notes that are there, where they are all that were acknowledged, in order, and at most the one under way.
fn judge(home: &Home, id: &str, acknowledged: &[String], open: Option<String>) -> Result<Vec<String>, String> {
    home.look()?;
    let plan = home.store().load(id).map_err(|error| error.to_string())?.plan;
    let found: Vec<String> = plan.notes.iter().map(|note| note.text.clone()).collect();
    let with_open: Vec<String> = acknowledged.iter().cloned().chain(open).collect();
    if found != acknowledged && found != with_open {
        return Err(format!("{} acknowledged, {} found: {:?}", acknowledged.len(), found.len(), found.last()));
    }
    if plan.revision != 1 + found.len() as u64 {
        return Err(format!("{} notes at revision {}", found.len(), plan.revision));
    }
    Ok(found)
}

#[test]
fn death_at_a_random_moment_loses_nothing_acknowledged() {
    let (wanted, threads) = (cases(60, 10_000), 2);
    let seed = AtomicU64::new(Timestamp::now().as_nanosecond() as u64);
    let (deaths, edits) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let seed = seed.fetch_add(1, Ordering::Relaxed);
                let toll = die(wanted / threads, seed, |home| home.command(&["mcp"]));
                assert!(toll.faults.is_empty(), "{:#?}", toll.faults);
                deaths.fetch_add(toll.deaths, Ordering::Relaxed);
                edits.fetch_add(toll.acknowledged, Ordering::Relaxed);
            });
        }
    });
    let (deaths, edits) = (deaths.into_inner(), edits.into_inner());
    tell!("{deaths} deaths at random moments, {edits} edits acknowledged");
    assert!(deaths == wanted && edits > wanted / 10, "{deaths} deaths, {edits} edits");
}

#[test]
fn a_session_that_acknowledges_before_it_writes_is_found_out() {
    if !strace::available() {
        return;
    }
    let home = Home::quick();
    let id = home.plan();
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-e", "trace=renameat2,renameat,rename"]);
    command.args(strace::NO_RENAME.iter().flat_map(|option| ["-e", option]));
    command.args([env!("CARGO_BIN_EXE_setlist"), "mcp"]);
    home.dress(&mut command);
    let mut session = Session::start(command);
    assert!(session.greet());
    assert_eq!(session.note("acknowledged"), Some(Ok(())));
    session.end();
    let fault = judge(&home, &id, &["acknowledged".to_owned()], None);
    assert_eq!(fault, Err("1 acknowledged, 0 found: None".to_owned()));
}
