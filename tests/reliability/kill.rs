//! The process dies: before each call that changes something, and at random moments of a long session.

use crate::place::{Home, said};
use crate::steps::{Expected, STEPS, Step};
use crate::strace;

/// The program under test and, for mutants, what is done to its calls.
struct Victim<'a> {
    program: &'a str,
    args: Vec<String>,
    options: Vec<String>,
}

/// What is wrong with what a death left.
fn fault(expected: &Expected, home: &Home, acknowledged: bool) -> Option<String> {
    match home.look() {
        Err(why) => Some(why),
        Ok(state) if expected.is_new(&state) => home.goes_on().err(),
        Ok(state) if acknowledged => Some(format!("acknowledged and lost: {state:#?}")),
        Ok(state) if expected.is_old(&state) => home.goes_on().err(),
        Ok(state) => Some(format!("neither the old nor the new state: {state:#?}")),
    }
}

/// Kills the victim before each call of `calls`, and lets it end once. How many deaths, and what went wrong.
fn deaths(step: &Step, victim: impl Fn(&Home) -> Victim<'static>, calls: &[&str]) -> (usize, Vec<String>) {
    let home = step.home();
    let before = home.tree();
    let old = home.look().unwrap();
    let args = step.args(&home);
    let done = home.command(&args.iter().map(String::as_str).collect::<Vec<_>>()).output().unwrap();
    assert!(done.status.success(), "{}: {}", step.name, said(&done));
    let new = home.look().unwrap();
    let expected = step.expected(old, new);
    let mut faults = Vec::new();
    let mut die = |kill: Option<(&str, usize)>| {
        let home = Home::lay(&before);
        let victim = victim(&home);
        let kill_option = kill.map(|(call, n)| format!("inject={call}:signal=KILL:when={n}"));
        let options: Vec<String> = victim.options.into_iter().chain(kill_option).collect();
        let traced = strace::run(&home, victim.program, &victim.args, calls, &options);
        let acknowledged = traced.output.status.success() || said(&traced.output).contains(step.says);
        if let Some(fault) = fault(&expected, &home, acknowledged) {
            faults.push(format!("{}, killed before {kill:?}: {fault}", step.name));
        }
        traced
    };
    let counts = strace::counts(&die(None).log);
    let mut deaths = 0;
    for (call, count) in &counts {
        for n in 1..=*count {
            // What is only remembered may be written in one run and not in the next.
            deaths += usize::from(die(Some((call, n))).killed());
        }
    }
    (deaths, faults)
}

fn program(step: &Step, home: &Home) -> Victim<'static> {
    Victim { program: env!("CARGO_BIN_EXE_setlist"), args: step.args(home), options: Vec::new() }
}

#[test]
fn death_before_any_call_tears_nothing_and_loses_nothing_acknowledged() {
    if !strace::available() {
        return;
    }
    let mut total = 0;
    for step in STEPS {
        let (deaths, faults) = deaths(step, |home| program(step, home), strace::CHANGING);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(deaths > 5, "{}: {deaths}", step.name);
        total += deaths;
    }
    tell!("{total} deaths in {} steps", STEPS.len());
}

#[test]
fn a_program_that_acknowledges_before_the_rename_is_found_out() {
    if !strace::available() {
        return;
    }
    let step = &STEPS[1];
    let fake = |home: &Home| Victim {
        options: strace::NO_RENAME.iter().map(|option| (*option).to_owned()).collect(),
        ..program(step, home)
    };
    let (_, faults) = deaths(step, fake, strace::CHANGING);
    assert!(faults.iter().any(|fault| fault.contains("acknowledged and lost")), "{faults:#?}");
}

#[test]
fn a_program_that_writes_in_place_is_found_out() {
    if !strace::available() {
        return;
    }
    let step = &STEPS[1];
    let in_place = |home: &Home| {
        let plan = home.store().list().plans[0].id.clone();
        let path = home.store().plan_path(&plan);
        let text = std::fs::read_to_string(&path).unwrap().replace("first", "changed");
        let script = r#"printf '%s' "$2" >"$1""#;
        let args = ["-c", script, "sh", path.to_str().unwrap(), &text].map(str::to_owned).to_vec();
        Victim { program: "sh", args, options: Vec::new() }
    };
    let (_, faults) = deaths(step, in_place, strace::CHANGING);
    assert!(faults.iter().any(|fault| fault.contains("broken")), "{faults:#?}");
}
