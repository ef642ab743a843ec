//! Packs cannot act: whatever one holds, no program is started but git, nothing is connected to, and nothing is written
//! but below the program's own directories. Looked for in the system calls themselves.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use regex::Regex;

use crate::common::effort::rounds;
use crate::common::pty::Spawn;
use crate::sources::{addresses, make};

/// The calls that start, connect or change something.
const CALLS: &str = "trace=execve,execveat,connect,bind,open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,\
                     symlink,symlinkat,link,linkat,mkdir,mkdirat,rmdir,truncate,chmod,fchmodat,chown,mknod,mknodat";

/// Where something may be written, below the test's directory.
const OURS: &[&str] = &["data", "config", "state", "tmp"];

/// A home, and a file that nothing may bring about.
struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        for name in ["data", "config", "state", "tmp", "sources", "home"] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        fs::write(dir.path().join("state/memory.json"), br#"{"welcomed":true}"#).unwrap();
        Self { dir }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn canary(&self) -> PathBuf {
        self.path("canary")
    }

    fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let dirs = [
            ("SETLIST_DATA_DIR", "data"),
            ("SETLIST_CONFIG_DIR", "config"),
            ("SETLIST_STATE_DIR", "state"),
            ("TMPDIR", "tmp"),
            ("HOME", "home"),
        ];
        dirs.map(|(name, dir)| (name, self.path(dir))).into()
    }

    fn log(&self) -> PathBuf {
        self.path("trace")
    }

    /// Runs the program and judges its calls; with `path` before all others on the PATH.
    fn run(&self, args: &[&str], path: Option<&Path>) -> Vec<String> {
        let mut command = Command::new("strace");
        command.args(["-f", "-y", "-s", "4096", "-o"]).arg(self.log()).args(["-e", CALLS]);
        command.arg(env!("CARGO_BIN_EXE_setlist")).args(args);
        command.env_clear().envs(self.variables()).current_dir(self.dir.path()).stdin(Stdio::null());
        let first = path.map(|path| format!("{}:", path.display())).unwrap_or_default();
        command.env("PATH", format!("{first}{}", std::env::var("PATH").unwrap_or_default()));
        let output = command.output().unwrap();
        assert!(crate::limited::ended(&output), "{args:?}: {output:?}");
        self.judge()
    }

    fn judge(&self) -> Vec<String> {
        faults(&fs::read_to_string(self.log()).unwrap_or_default(), self.dir.path())
    }
}

/// What in a trace must not be.
fn faults(log: &str, home: &Path) -> Vec<String> {
    log.lines().filter(|line| is_fault(line, home)).map(str::to_owned).collect()
}

fn is_fault(line: &str, home: &Path) -> bool {
    static CALL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\d+ +(?:<\.\.\. )?(\w+)").unwrap());
    static TEXT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)""#).unwrap());
    // What failed did nothing. The arguments of a call that is resumed stand on a line before.
    let failed = line.contains(" = -1 ");
    if line.contains(" resumed>") {
        return false;
    }
    let Some(call) = CALL.captures(line).map(|found| found[1].to_owned()) else { return false };
    let texts: Vec<(PathBuf, String)> = TEXT
        .captures_iter(line)
        .map(|found| {
            let base = found.get(1).map_or(home, |base| Path::new(base.as_str()));
            (base.join(&found[2]), found[2].to_owned())
        })
        .collect();
    match call.as_str() {
        "execve" | "execveat" => !failed && !is_git(line, &texts),
        // The C library asks the name service's cache for the account, where there is one.
        "connect" => !line.contains("/nscd/socket"),
        "bind" => true,
        "open" | "openat" | "openat2" | "creat" => {
            let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"].iter().any(|flag| line.contains(flag));
            let path = texts.first().map(|(path, _)| path.as_path());
            (writes || call == "creat") && !failed && !path.is_some_and(|path| may_write(path, home))
        }
        // Git tries whether its repository may have links, with one of this name.
        "symlink" | "symlinkat" => {
            let is_named = texts.first().is_some_and(|(_, target)| target == "testing");
            let is_trial = is_named && texts.last().is_some_and(|(path, _)| path.starts_with(home.join("tmp")));
            !failed && !is_trial
        }
        "rename" | "renameat" | "renameat2" | "unlink" | "unlinkat" | "link" | "linkat" | "mkdir" | "mkdirat"
        | "rmdir" | "truncate" | "chmod" | "fchmodat" | "chown" | "mknod" | "mknodat" => {
            !failed && !texts.iter().all(|(path, _)| may_write(path, home))
        }
        _ => false,
    }
}

/// Git and its parts; for an address `file://` git itself asks a shell for `git-upload-pack 'PATH'`, quoted.
fn is_git(line: &str, texts: &[(PathBuf, String)]) -> bool {
    static UPLOAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\["(?:/bin/)?sh", "-c", "git-upload-pack '(?:[^'"]|'\\\\[''!]'|\\")*'"[,\]]"#).unwrap()
    });
    let Some((path, _)) = texts.first() else { return false };
    let parts = ["git", "git-upload-pack", "git-remote-https", "git-remote-http"];
    let named = path.file_name().is_some_and(|name| parts.iter().any(|part| name == *part));
    let program = path.as_path() == Path::new(env!("CARGO_BIN_EXE_setlist"));
    // One in a pack is none of git's.
    program || (named && !path.components().any(|part| part.as_os_str() == "sources")) || UPLOAD.is_match(line)
}

fn may_write(path: &Path, home: &Path) -> bool {
    let devices = ["/dev/null", "/dev/tty"];
    let climbs = path.components().any(|part| part == std::path::Component::ParentDir);
    devices.iter().any(|device| path == Path::new(device))
        || path.starts_with("/dev/pts")
        || path.starts_with("/proc/self")
        || (!climbs && OURS.iter().any(|ours| path.starts_with(home.join(ours))))
}

fn available() -> bool {
    let works = |program: &str, args: &[&str]| {
        let tried = Command::new(program).args(args).stdin(Stdio::null()).output();
        let found = tried.is_ok();
        assert!(found || std::env::var_os("SETLIST_TEST_TOOLS").is_none(), "{program} is not installed");
        tried.is_ok_and(|output| output.status.success())
    };
    works("git", &["--version"]) && works("strace", &["-f", "-o", "/dev/null", "true"])
}

/// All files below a folder with what is in them; pipes and links by their kind.
fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_dir() {
            found.extend(tree(&path));
        } else if kind.is_file() {
            let bytes = fs::read(&path).unwrap_or_default();
            found.push((path, bytes));
        } else {
            found.push((path, format!("{kind:?}").into_bytes()));
        }
    }
    found.sort();
    found
}

#[test]
fn a_hostile_pack_starts_reaches_and_writes_nothing() {
    if !available() {
        return;
    }
    let (packs, screens) = (rounds(13, 500), rounds(7, 10));
    let (mut taken, mut runs) = (0, 0);
    for n in 0..packs {
        let place = Place::new();
        let source = make(place.dir.path(), n, &place.canary());
        let before = tree(&source.folder);
        let told = format!("pack {n}, {:?}, {}", source.tricks, source.address);
        let mut look = |args: &[&str]| {
            runs += 1;
            let faults = place.run(args, None);
            assert!(faults.is_empty(), "{told}, {args:?}: {faults:#?}");
        };
        look(&["pack", "add", "--yes", "--name", "evil", "--", &source.address]);
        taken += usize::from(place.path("data/packs/packs.toml").exists());
        look(&["pack", "update", "--yes"]);
        look(&["strategy", "list"]);
        look(&["strategy", "lint", "data/packs"]);
        for id in ["flaky", "loops", "hidden", "one"] {
            if n % 3 == 0 || id == "flaky" {
                look(&["strategy", "render", id]);
                look(&["strategy", "show", id]);
            }
        }
        assert!(tree(&source.folder) == before, "{told}: the source was changed");
        if n % screens == 0 {
            let mut pty = Spawn::new("strace").size(120, 40);
            for arg in ["-f", "-y", "-s", "4096", "-e", CALLS, "-o"] {
                pty = pty.arg(arg);
            }
            pty = pty.arg(place.log()).arg(env!("CARGO_BIN_EXE_setlist"));
            for (name, value) in place.variables() {
                pty = pty.env(name, value);
            }
            let mut pty = pty.start();
            pty.wait_text("Greenfield from scratch");
            pty.send("/pack\r");
            pty.send("\x1b");
            pty.send("\x03");
            pty.send("\x03");
            pty.exit();
            runs += 1;
            let faults = place.judge();
            assert!(faults.is_empty(), "{told}, the screen: {faults:#?}");
        }
        assert!(!place.canary().exists(), "{told}: something was run");
    }
    tell!("packs: {packs} hostile ones, {taken} taken, {runs} runs traced, nothing started, reached or written");
    assert!(taken * 2 > packs, "most of them are to be taken: {taken}");
}

#[test]
fn an_address_starts_and_reaches_nothing() {
    if !available() {
        return;
    }
    let place = Place::new();
    let all = addresses(&place.canary());
    for address in &all {
        let faults = place.run(&["pack", "add", "--yes", "--name", "evil", "--", address], None);
        assert!(faults.is_empty(), "{address}: {faults:#?}");
        assert!(!place.canary().exists() && !place.path("data/packs/packs.toml").exists(), "{address}");
    }
    tell!("packs: {} hostile addresses, nothing started or reached", all.len());
}

#[test]
fn a_git_that_does_more_than_it_should_is_seen() {
    if !available() {
        return;
    }
    let place = Place::new();
    let source = make(place.dir.path(), 4, &place.canary());
    let real =
        std::env::split_paths(&std::env::var_os("PATH").unwrap()).map(|dir| dir.join("git")).find(|git| git.is_file());
    let fake = place.path("home/bin/git");
    fs::create_dir_all(fake.parent().unwrap()).unwrap();
    let text = format!("#!/bin/sh\ntouch '{}'\nexec {} \"$@\"\n", place.canary().display(), real.unwrap().display());
    fs::write(&fake, text).unwrap();
    fs::set_permissions(&fake, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let address = format!("file://{}", source.folder.display());
    let found = place.run(&["pack", "add", "--yes", "--name", "evil", "--", &address], fake.parent());
    assert!(found.iter().any(|line| line.contains("execve") && line.contains("touch")), "{found:#?}");
    assert!(found.iter().any(|line| line.contains("openat") && line.contains("canary")), "{found:#?}");
}

#[test]
fn each_kind_of_fault_is_seen_in_a_trace() {
    let home = Path::new("/h");
    for line in [
        "7 execve(\"/bin/sh\", [\"sh\", \"-c\", \"touch x\"], 0x1 /* 3 vars */) = 0",
        "7 execve(\"/bin/sh\", [\"/bin/sh\", \"-c\", \"git-upload-pack '/a'; touch x\", \"x\"], 0x1) = 0",
        "7 execve(\"/h/sources/pack/git\", [\"git\"], 0x1) = 0",
        "7 connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80)}, 16) = -1 EINPROGRESS",
        "7 openat(AT_FDCWD</h>, \"/h/sources/x\", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = 3</h/sources/x>",
        "7 openat(AT_FDCWD</h/sources/p>, \"x\", O_RDWR|O_CREAT, 0666) = 3</h/sources/p/x>",
        "7 openat(AT_FDCWD</h>, \"/h/data/../x\", O_RDWR|O_CREAT, 0666) = 3</h/x>",
        "7 rename(\"/h/data/a\", \"/h/b\") = 0",
        "7 unlinkat(5</h/sources>, \"x\", 0) = 0",
        "7 symlink(\"/etc\", \"/h/data/x\") = 0",
    ] {
        assert_eq!(faults(line, home).len(), 1, "{line}");
    }
    for line in [
        "7 execve(\"/usr/bin/git\", [\"git\", \"clone\"], 0x1) = 0",
        "7 execve(\"/bin/sh\", [\"/bin/sh\", \"-c\", \"git-upload-pack '/a;id'\", \"git-upload-pack '/a;id'\"], 0x1) = 0",
        "7 execve(\"/usr/local/sbin/touch\", [\"touch\"], 0x1) = -1 ENOENT (No such file or directory)",
        "7 openat(AT_FDCWD</h>, \"/h/sources/x\", O_RDONLY|O_CLOEXEC) = 3</h/sources/x>",
        "7 openat(AT_FDCWD</h>, \"/h/data/packs/.x\", O_RDWR|O_CREAT|O_EXCL, 0600) = 3</h/data/packs/.x>",
        "7 rename(\"/h/data/a\", \"/h/data/b\") = 0",
    ] {
        assert_eq!(faults(line, home), Vec::<String>::new());
    }
}
