//! System calls fail: the old file stays, the answer says so and why, and the next change is saved.

use std::collections::BTreeMap;

use crate::place::{Home, long, said};
use crate::steps::{Expected, STEPS, Step};
use crate::strace::{self, Traced};

/// What a call may fail with, and how the program says it.
const ERRORS: &[(&str, &str)] = &[
    ("ENOSPC", "no space left on device"),
    ("EIO", "input/output error"),
    ("EROFS", "read-only file system"),
    ("EACCES", "permission denied"),
    ("EDQUOT", "disk quota exceeded"),
    ("EINTR", "interrupted system call"),
];

/// A disturbed run.
struct Case<'a> {
    call: &'a str,
    n: usize,
    error: &'a str,
    for_good: bool,
}

impl Case<'_> {
    fn option(&self) -> String {
        // The standard library asks again where a call was interrupted, for ever if need be, and so no system
        // interrupts for ever.
        let until = match (self.for_good, self.error) {
            (false, _) => String::new(),
            (true, "EINTR") => format!("..{}", self.n + 5),
            (true, _) => "+".into(),
        };
        format!("inject={}:error={}:when={}{until}", self.call, self.error, self.n)
    }
}

/// What is wrong with an answer and with what is on disk. `words` say why it failed; none where it may be done without.
fn fault(expected: &Expected, home: &Home, traced: &Traced, words: &str) -> Option<String> {
    let said = said(&traced.output);
    let state = match home.look() {
        Ok(state) => state,
        Err(why) => return Some(format!("{why}\n{said}")),
    };
    let (code, is_new) = (traced.output.status.code(), expected.is_new(&state));
    let fault = match code {
        // What was moved may still be in the old place too.
        Some(0) if is_new || state != expected.old && expected.is_old(&state) => None,
        Some(0) => Some("called saved, and is not".to_owned()),
        Some(1..=5) if expected.is_old(&state) => {
            (!said.to_lowercase().contains(words)).then(|| "does not say why".to_owned())
        }
        // It is saved, and only the word of it did not get out, or what it says could not be read again.
        Some(1) if is_new && (said.is_empty() || said.contains("cannot write the output")) => None,
        Some(1) if is_new && words.is_empty() && said.contains("cannot read") => None,
        Some(1..=5) => Some("called not saved, and is not as it was".to_owned()),
        _ => Some(format!("ended with {code:?}")),
    };
    fault.map(|fault| format!("{fault}: {said}\n{state:#?}")).or_else(|| home.goes_on().err())
}

/// Runs a step once for each call, error and kind. How many runs, and what went wrong.
fn disturb(step: &Step, wanted: impl Fn(usize, &Case) -> bool) -> (usize, Vec<String>) {
    let program = env!("CARGO_BIN_EXE_setlist");
    let home = step.home();
    let (before, old) = (home.tree(), home.look().unwrap());
    let calls: Vec<&str> = strace::CHANGING.iter().copied().chain(["openat"]).collect();
    let done = strace::run(&home, program, &step.args(&home), &calls, &[]);
    assert!(done.output.status.success(), "{}: {}", step.name, said(&done.output));
    let expected = step.expected(old, home.look().unwrap());
    let (mut runs, mut all, mut faults) = (0, 0, Vec::new());
    for (call, n) in ours(&home, &done.log) {
        for (error, words) in ERRORS {
            for for_good in [false, true] {
                let case = Case { call: &call, n, error, for_good };
                all += 1;
                if !wanted(all, &case) {
                    continue;
                }
                let home = Home::lay(&before);
                let traced = strace::run(&home, program, &step.args(&home), &calls, &[case.option()]);
                // What is only remembered may be written in one run and not in the next.
                runs += usize::from(traced.injected());
                // What cannot be read is told in other words, or is done without; where nothing can be written at all,
                // nothing can be said.
                let words = if for_good && call == "write" || traced.failed_to_read() { "" } else { words };
                let fault = fault(&expected, &home, &traced, words);
                faults.extend(fault.map(|fault| format!("{}, {}: {fault}", step.name, case.option())));
            }
        }
    }
    (runs, faults)
}

/// The calls from the first that touches the home, each with its number among those of its name: what comes
/// before is the start of any program.
fn ours(home: &Home, log: &str) -> Vec<(String, usize)> {
    let root: String = home.root().to_str().unwrap().bytes().map(|byte| format!("\\x{byte:02x}")).collect();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let (mut begun, mut calls) = (false, Vec::new());
    for line in log.lines() {
        begun |= line.contains(&root);
        let name = line.split_whitespace().nth(1).and_then(|call| call.split_once('('));
        let Some((name, _)) = name else { continue };
        let number = numbers.entry(name.to_owned()).or_default();
        *number += 1;
        if begun {
            calls.push((name.to_owned(), *number));
        }
    }
    calls
}

#[test]
fn a_call_that_fails_harms_nothing_and_is_told() {
    if !strace::available() {
        return;
    }
    let mut total = 0;
    for step in STEPS {
        // All of them in a long run; in a short one, one of several, others for each step.
        let wanted = |number: usize, _: &Case| long() || number % 17 == step.name.len() % 17;
        let (runs, faults) = disturb(step, wanted);
        tell!("{}: {runs} runs", step.name);
        assert!(faults.is_empty(), "{} faults: {}", faults.len(), faults.join("\n"));
        total += runs;
    }
    tell!("{total} runs in {} steps", STEPS.len());
}

#[test]
fn a_program_that_does_not_look_at_what_calls_return_is_found_out() {
    if !strace::available() {
        return;
    }
    let step = &STEPS[1];
    let home = step.home();
    let (before, old) = (home.tree(), home.look().unwrap());
    home.ok(step.args);
    let expected = step.expected(old, home.look().unwrap());
    let options: Vec<String> = strace::NO_RENAME.iter().map(|option| (*option).to_owned()).collect();
    let home = Home::lay(&before);
    let traced = strace::run(&home, env!("CARGO_BIN_EXE_setlist"), &step.args(&home), strace::CHANGING, &options);
    assert!(fault(&expected, &home, &traced, "").is_some_and(|fault| fault.contains("called saved, and is not")));
}
