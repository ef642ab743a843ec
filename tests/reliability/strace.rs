//! The program under `strace`, which can end it, or let a system call fail, at any call.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use regex::Regex;

use crate::place::Home;

/// Calls that change something on disk, or hold a lock on it.
pub const CHANGING: &[&str] = &[
    "write",
    "pwrite64",
    "writev",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "fsync",
    "fdatasync",
    "chmod",
    "fchmod",
    "fchmodat",
    "ftruncate",
    "flock",
];

/// Renaming that is reported and does not happen. An exchange that did not happen would be noticed, so there is none.
pub const NO_RENAME: &[&str] = &["inject=renameat2:error=EINVAL", "inject=rename,renameat:retval=0"];

/// Whether the program can be traced here. Where `strace` is missing, or the system lets nobody trace, the tests
/// that need it pass unrun; continuous integration sets `SETLIST_TEST_TOOLS` and does not go on without the program.
pub fn available() -> bool {
    static WORKS: LazyLock<bool> = LazyLock::new(|| {
        let tried = Command::new("strace").args(["-f", "-o", "/dev/null", "true"]).stdin(Stdio::null()).output();
        let found = tried.is_ok();
        assert!(found || std::env::var_os("SETLIST_TEST_TOOLS").is_none(), "strace is not installed");
        let works = tried.is_ok_and(|output| output.status.success());
        if !works {
            #[allow(clippy::print_stderr, reason = "the reason why nothing is tested")]
            {
                eprintln!("skipped: strace is missing or may not trace here");
            }
        }
        works
    });
    *WORKS
}

/// What came of a traced run.
pub struct Traced {
    pub output: Output,
    /// What `strace` wrote, a line a call.
    pub log: String,
}

impl Traced {
    /// Whether a process was killed, as was asked for.
    pub fn killed(&self) -> bool {
        self.log.contains("+++ killed by SIGKILL")
    }

    /// Whether a file was to be read and could not be.
    pub fn failed_to_read(&self) -> bool {
        let mut lines = self.log.lines();
        lines.any(|line| line.contains(" openat(") && !line.contains("O_CREAT") && line.contains("(INJECTED)"))
    }

    /// Whether a call was let fail, as was asked for.
    pub fn injected(&self) -> bool {
        self.log.contains("(INJECTED)")
    }
}

/// Runs `program` with `args` in `home`, with options for `strace`, such as `inject=fsync:error=EIO`.
pub fn run(home: &Home, program: &str, args: &[String], trace: &[&str], options: &[String]) -> Traced {
    let log = home.path("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-xx", "-s", "100000000", "-o"]).arg(&log);
    command.arg("-e").arg(format!("trace={}", trace.join(",")));
    for option in options {
        command.arg("-e").arg(option);
    }
    command.arg(program).args(args);
    home.dress(&mut command);
    let output = command.output().unwrap();
    let text = fs::read_to_string(&log).unwrap_or_default();
    let _ = fs::remove_file(&log);
    Traced { output, log: text }
}

/// How often each call was made, by the thread that made it most: `strace` counts for each thread.
pub fn counts(log: &str) -> BTreeMap<String, usize> {
    static CALL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^(\d+) +(\w+)\(").unwrap());
    let mut each: BTreeMap<(String, String), usize> = BTreeMap::new();
    for call in CALL.captures_iter(log) {
        *each.entry((call[2].to_owned(), call[1].to_owned())).or_default() += 1;
    }
    let mut most = BTreeMap::new();
    for ((name, _), count) in each {
        let most: &mut usize = most.entry(name).or_default();
        *most = count.max(*most);
    }
    most
}
