//! What was queued, started twice at the same moment: one plan follows the first, and the first notes which.

use std::path::Path;
use std::process::{Child, Stdio};

use setlist::store::Store;

use crate::effort::rounds;
use crate::faces::Faces;
use crate::home::{Home, Ran, ran};
use crate::rig::{Rig, dirs};
use crate::states::{State, faces};

/// Starts what waits, and does not wait for the end of it.
fn begin(home: &Home) -> Child {
    let mut command = home.command(&["queue", "start", "oauth", "-p", "Login", "--no-input"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn end(child: Child) -> Ran {
    ran(child.wait_with_output().unwrap())
}

/// The page before the start of what waits, in the interface.
fn before_start(faces: &Faces) -> Rig {
    let mut rig = faces.interface();
    rig.keys("wG<enter>r");
    assert!(rig.model.form.as_ref().is_some_and(|form| form.reviewing), "{}", rig.screen());
    rig
}

/// Exactly one plan follows the first, which notes it.
#[track_caller]
fn assert_one_follows(home: &Path, how: &str) {
    let store = Store::new(dirs(home));
    let plans: Vec<_> = store.list().plans.iter().map(|plan| store.load(&plan.id).unwrap().plan).collect();
    let first = plans.iter().find(|plan| plan.follows.is_empty()).unwrap();
    let follow: Vec<&str> = plans.iter().filter(|plan| plan.follows == first.id).map(|plan| plan.id.as_str()).collect();
    assert_eq!(follow, [first.queue[0].plan.as_str()], "{how}");
    assert_eq!(plans.len(), 2, "{how}");
}

#[test]
fn two_processes_start_it_once() {
    let before = faces(State::Queued);
    for round in 0..rounds(12, 300) {
        let faces = before.copy();
        let both = [begin(&faces.home), begin(&faces.home)].map(end);
        let mut codes = [both[0].code, both[1].code];
        codes.sort_unstable();
        assert_eq!(codes, [0, 5], "round {round}: {both:?}");
        assert_one_follows(&faces.home.path(""), &format!("round {round}"));
    }
}

#[test]
fn the_interface_and_a_process_start_it_once() {
    let before = faces(State::Queued);
    for round in 0..rounds(12, 300) {
        let mut rig = before_start(&before);
        let home = Home::at(rig.home.path());
        let process = begin(&home);
        // Frames pass until somebody presses Enter: a few more in each round, until the process is the quicker one.
        for _ in 0..round % 12 * 4 {
            rig.screen();
        }
        rig.keys("<enter>");
        let process = end(process);
        assert!([0, 5].contains(&process.code), "round {round}: {process:?}");
        let how = format!("round {round}: {process:?}, {}", rig.status());
        assert_one_follows(rig.home.path(), &how);
        let opened = rig.model.workspace.as_ref().is_some_and(|workspace| !workspace.plan.follows.is_empty());
        assert_eq!(opened, process.code == 5, "{how}");
    }
}

#[test]
fn what_a_process_has_started_the_interface_does_not_start_again() {
    let mut rig = before_start(&faces(State::Queued));
    let process = end(begin(&Home::at(rig.home.path())));
    assert_eq!(process.code, 0, "{process:?}");
    rig.keys("<enter>");
    assert_one_follows(rig.home.path(), &rig.status());
    assert!(rig.status().contains("started already"), "{}", rig.screen());
}

#[test]
fn what_the_interface_has_started_a_process_does_not_start_again() {
    let mut rig = before_start(&faces(State::Queued));
    rig.keys("<enter>");
    let process = end(begin(&Home::at(rig.home.path())));
    assert!(process.code == 5 && process.err.contains("started already"), "{process:?}");
    assert_one_follows(rig.home.path(), &rig.status());
}
