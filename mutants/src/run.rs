//! Runs the tests with one mutant after the other, each with the tests that reach it alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long tests may take with a mutant before it counts as caught: some never end.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many tests are run at a time, so that a mutant that is caught early costs little.
const AT_A_TIME: usize = 12;

/// A test: the number of its program, its name.
type Test = (usize, String);

pub fn run(tree: &Path, nth: u32, programs: &[&str]) -> ExitCode {
    let list = fs::read_to_string(tree.join("mutants.tsv")).expect("mutants.tsv: `write` makes it");
    let left_out = fs::read_to_string(tree.join("left-out")).unwrap_or_default();
    let left_out: BTreeSet<u32> = left_out.split_whitespace().filter_map(|id| id.parse().ok()).collect();
    let reaching = reaching(tree, programs);
    let (mut caught, mut survived, mut unreached) = (0, 0, 0);
    for line in list.lines() {
        let Some((id, what)) = line.split_once('\t') else { continue };
        let id: u32 = id.parse().expect("a number");
        if !id.is_multiple_of(nth) || left_out.contains(&id) {
            continue;
        }
        match reaching.get(&id) {
            None => {
                unreached += 1;
                println!("not reached: {what}");
            }
            Some(tests) if catches(tree, programs, tests, id) => caught += 1,
            Some(tests) => {
                survived += 1;
                println!("survived {} tests: {what}", tests.len());
            }
        }
    }
    println!("{caught} caught, {survived} survived, {unreached} not reached");
    ExitCode::SUCCESS
}

/// Which tests reach each mutant, the quickest first.
fn reaching(tree: &Path, programs: &[&str]) -> BTreeMap<u32, Vec<Test>> {
    let mut found: BTreeMap<u32, Vec<(Duration, Test)>> = BTreeMap::new();
    let trace = tree.join("trace");
    for (number, program) in programs.iter().enumerate() {
        let listed = Command::new(program).args(["--list", "--format", "terse"]).output().expect("a test program");
        let names = String::from_utf8_lossy(&listed.stdout).into_owned();
        for name in names.lines().filter_map(|line| line.strip_suffix(": test")) {
            let _ = fs::remove_file(&trace);
            let begun = Instant::now();
            let ended = command(tree, program, &[name.to_owned()]).env("MUTANT_TRACE", &trace).status();
            assert!(ended.is_ok_and(|status| status.success()), "{name} fails without a mutant");
            let ids: BTreeSet<u32> =
                fs::read_to_string(&trace).unwrap_or_default().lines().filter_map(|id| id.parse().ok()).collect();
            for id in ids {
                found.entry(id).or_default().push((begun.elapsed(), (number, name.to_owned())));
            }
        }
    }
    let quickest = |mut tests: Vec<(Duration, Test)>| {
        tests.sort();
        tests.into_iter().map(|(_, test)| test).collect()
    };
    found.into_iter().map(|(id, tests)| (id, quickest(tests))).collect()
}

fn command(tree: &Path, program: &str, names: &[String]) -> Command {
    let mut command = Command::new(program);
    command.arg("--exact").args(names).current_dir(tree).env("INSTA_UPDATE", "no").env("PROPTEST_CASES", "16");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn catches(tree: &Path, programs: &[&str], tests: &[Test], id: u32) -> bool {
    for some in tests.chunks(AT_A_TIME) {
        for (number, program) in programs.iter().enumerate() {
            let names = some.iter().filter(|(of, _)| *of == number).map(|(_, name)| name.clone());
            let names: Vec<String> = names.collect();
            if !names.is_empty() && !passes(command(tree, program, &names).env("MUTANT", id.to_string())) {
                return true;
            }
        }
    }
    false
}

fn passes(command: &mut Command) -> bool {
    let mut child = command.spawn().expect("a test program");
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}
