//! The program with bounds: so much memory and so many seconds, after which it is ended.

use std::process::{Command, Output, Stdio};

use crate::place::Home;

/// Most memory, in KiB. Address space is counted: what threads reserve for their stacks too.
pub const MEMORY: usize = 1024 * 1024;
/// Most seconds.
pub const SECONDS: usize = 20;

/// Runs `setlist` with `args` within the bounds; whoever passes them has no exit code, or one above 123.
pub fn run(home: &Home, args: &[&str]) -> Output {
    program(home, env!("CARGO_BIN_EXE_setlist"), args)
}

/// The same of any program.
pub fn program(home: &Home, program: &str, args: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("ulimit -v {MEMORY}; exec timeout -s KILL {SECONDS} \"$@\""));
    command.args(["sh", program]).args(args);
    home.dress(&mut command);
    command.stdin(Stdio::null()).output().unwrap()
}

/// Whether it ended by itself, with one of the exit codes that it promises.
pub fn ended(output: &Output) -> bool {
    output.status.code().is_some_and(|code| (0..=6).contains(&code))
}

#[test]
fn what_takes_too_much_or_too_long_is_seen() {
    let home = Home::quick();
    // `tail` keeps what has no line end.
    let greedy = program(&home, "sh", &["-c", "exec tail -n 1 /dev/zero"]);
    assert!(!greedy.status.success(), "{greedy:?}");
    assert!(!ended(&program(&home, "sh", &["-c", "kill -SEGV $$"])));
    assert!(ended(&run(&home, &["list"])));
}
