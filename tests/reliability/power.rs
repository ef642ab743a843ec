//! The power goes: every state that the disk may be in then opens, with what was acknowledged in it.

use std::collections::HashSet;

use crate::disk::{Disk, digest};
use crate::place::{Home, cases, long, said};
use crate::steps::{Expected, STEPS, Step};
use crate::strace;
use crate::trace::{self, Call};

/// States of a step that a short run looks at, before it takes one of sixteen.
const SAMPLE: usize = 100;

/// States of each moment that are enough to find a mutant out.
const FEW: usize = 15;

/// A step as it was recorded.
struct Recorded {
    disk: Disk,
    expected: Expected,
}

/// Records a step of the program, with options for `strace`, and changes what it did with `mutate`.
fn record(step: &Step, options: &[String], mutate: impl Fn(Vec<Call>) -> Vec<Call>) -> Recorded {
    let home = step.home();
    let (before, old) = (home.tree(), home.look().unwrap());
    let args = step.args(&home);
    let traced = strace::run(&home, env!("CARGO_BIN_EXE_setlist"), &args, trace::READ, options);
    assert!(traced.output.status.success(), "{}: {}", step.name, said(&traced.output));
    let new = home.look().unwrap();
    let mut calls = trace::calls(&traced.log, home.root(), step.says);
    // Silence is an answer too: a program that ended well has saved.
    calls.push(Call::Said);
    let disk = Disk::new(&before, &mutate(calls));
    Recorded { disk, expected: step.expected(old, new) }
}

/// Looks at every state, or at `most` of each moment. How many there were, and what is wrong with them.
fn faults(step: &Step, recorded: &Recorded, most: usize) -> (usize, Vec<String>) {
    let Recorded { disk, expected } = recorded;
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for upto in 0..=disk.len() {
        let acknowledged = disk.acknowledged(upto);
        for tree in disk.states(upto, most) {
            let digest = digest(&tree);
            // A sample of those that came up last, in a short run.
            let skip = !long() && most > FEW && seen.len() > SAMPLE && !digest.is_multiple_of(16);
            if skip || !seen.insert((digest, acknowledged)) {
                continue;
            }
            let home = Home::lay(&tree);
            let fault = match home.look() {
                Err(why) => Some(why),
                Ok(state) if expected.is_new(&state) => home.goes_on().err(),
                Ok(state) if acknowledged => Some(format!("acknowledged and lost: {state:#?}")),
                Ok(state) if expected.is_old(&state) => home.goes_on().err(),
                Ok(state) => Some(format!("neither the old nor the new state: {state:#?}")),
            };
            faults.extend(fault.map(|fault| {
                let names: Vec<_> = tree.keys().map(|path| path.display().to_string()).collect();
                format!("{}, after {upto} of {}: {fault}\n{names:#?}", step.name, disk.len())
            }));
        }
    }
    (seen.len(), faults)
}

fn same(calls: Vec<Call>) -> Vec<Call> {
    calls
}

#[test]
fn every_state_a_power_cut_may_leave_opens_with_what_was_acknowledged() {
    if !strace::available() {
        return;
    }
    let mut total = 0;
    for step in STEPS {
        let recorded = record(step, &[], same);
        let (states, faults) = faults(step, &recorded, cases(40, 1000));
        tell!("{}: {states} states of {} operations", step.name, recorded.disk.len());
        assert!(faults.is_empty(), "{} faults, among them {}", faults.len(), faults[0]);
        assert!(states > 5, "{}: {states}", step.name);
        total += states;
    }
    tell!("{total} states in {} steps", STEPS.len());
}

/// What goes wrong in the step `at` with these options and changes.
fn mutant(at: usize, options: &[&str], mutate: impl Fn(Vec<Call>) -> Vec<Call>) -> String {
    let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
    let step = &STEPS[at];
    faults(step, &record(step, &options, mutate), FEW).1.join("\n")
}

/// Places in [`STEPS`].
const FIRST: usize = 0;
const NOTE: usize = 1;

#[test]
fn a_program_that_does_not_sync_is_found_out() {
    if !strace::available() {
        return;
    }
    let nothing = mutant(NOTE, &["inject=fsync,fdatasync:retval=0"], same);
    assert!(nothing.contains("broken") && nothing.contains("acknowledged and lost"), "{nothing}");
    let not_the_file = mutant(NOTE, &["inject=fsync:retval=0:when=1"], same);
    assert!(not_the_file.contains("broken"), "{not_the_file}");
    // The third call makes the new directory of the plans durable.
    let not_the_folder = mutant(FIRST, &["inject=fsync:retval=0:when=3"], same);
    assert!(not_the_folder.contains("acknowledged and lost"), "{not_the_folder}");
    let not_the_name = mutant(NOTE, &["inject=fsync:retval=0:when=2+"], same);
    assert!(not_the_name.contains("acknowledged and lost") && !not_the_name.contains("broken"), "{not_the_name}");
}

#[test]
fn a_program_that_acknowledges_before_the_sync_is_found_out() {
    if !strace::available() {
        return;
    }
    let faults = mutant(NOTE, &[], |mut calls| {
        let first = calls.iter().position(|call| matches!(call, Call::Sync { .. })).unwrap();
        calls.insert(first, Call::Said);
        calls
    });
    assert!(faults.contains("acknowledged and lost") && !faults.contains("broken"), "{faults}");
}

#[test]
fn a_program_that_writes_in_place_is_found_out() {
    if !strace::available() {
        return;
    }
    let faults = mutant(NOTE, &[], |calls| {
        let to = calls.iter().find_map(|call| match call {
            Call::Rename { from, to, .. } if to.starts_with("data/plans") => Some((from.clone(), to.clone())),
            _ => None,
        });
        let (from, to) = to.unwrap();
        let in_place = |call| match call {
            Call::Open { path, fd, .. } if path == from => {
                Some(Call::Open { path: to.clone(), fd, create: false, truncate: true })
            }
            Call::Rename { to: other, .. } if other == to => None,
            Call::Unlink { path } if path == from => None,
            other => Some(other),
        };
        calls.into_iter().filter_map(in_place).collect()
    });
    assert!(faults.contains("broken"), "{faults}");
}
