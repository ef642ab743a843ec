//! Nobody else reads what was written, and names and links lead nowhere else.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::common::pty::Spawn;
use crate::place::{Home, STRATEGY, Tree, cases};
#[cfg(feature = "mcp")]
use crate::session::Session;

/// What others may read, write or list below these folders.
fn open_to_others(root: &Path, folders: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut todo: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(path) = todo.pop() {
        let meta = path.symlink_metadata().unwrap();
        if meta.is_dir() {
            todo.extend(fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()));
        }
        let (mode, wanted) = (meta.permissions().mode() & 0o7777, if meta.is_dir() { 0o700 } else { 0o600 });
        if mode != wanted {
            found.push(format!("{} has {mode:o}", path.display()));
        }
    }
    found
}

/// Runs a command with a umask that takes nothing away.
fn unmasked(home: &Home, args: &[&str]) {
    let mut command = Command::new("sh");
    command.args(["-c", r#"umask 000; exec "$@""#, "sh", env!("CARGO_BIN_EXE_setlist")]).args(args);
    home.dress(&mut command);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", crate::place::said(&output));
}

#[test]
fn all_that_is_written_is_the_owners_alone_whatever_the_umask() {
    let home = Home::quick();
    // What was there before is the person's own affair.
    fs::remove_dir_all(home.path("data")).unwrap();
    let pack = home.path("pack/small.toml");
    fs::create_dir_all(pack.parent().unwrap()).unwrap();
    fs::write(&pack, STRATEGY).unwrap();
    let pack = pack.parent().unwrap().to_str().unwrap().to_owned();
    for args in [
        &["pack", "add", &pack, "--yes"][..],
        &["config", "set", "theme", "dark"],
        &["new", "small", "-q"],
        &["turn", "start"],
        &["note", "x"],
        &["undo"],
        &["redo"],
        &["export", "-o", "report.md"],
        &["turn", "done"],
        &["turn", "skip", "-t", "fix", "--reason", "no need"],
        &["finish", "--unverified", "enough"],
        &["strategy", "new", "mine"],
        &["distil", "--id", "distilled"],
        &["stats"],
        &["list", "--all"],
        &["doctor"],
        &["delete", "-y"],
    ] {
        unmasked(&home, args);
    }
    // Enough plans that the caches are written.
    for _ in 0..20 {
        unmasked(&home, &["new", "small", "-q"]);
    }
    unmasked(&home, &["list"]);
    unmasked(&home, &["stats"]);
    assert!(home.path("state/index.json").exists() && home.path("report.md").exists());
    assert_eq!(open_to_others(home.root(), &["data", "config", "state"]), [] as [String; 0]);
    // And the harness sees what is not so.
    fs::set_permissions(home.path("state/index.json"), fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(open_to_others(home.root(), &["state"]).len(), 1);
}

#[test]
fn what_the_screen_writes_is_the_owners_alone_too() {
    let script = format!("umask 000; exec {}", env!("CARGO_BIN_EXE_setlist"));
    let mut pty = Spawn::new("sh").arg("-c").arg(script).start();
    pty.wait_text("setlist");
    pty.send("\r");
    pty.wait_text("setlist > Strategies");
    pty.wait_text("Greenfield from scratch");
    pty.send("/bug inv");
    pty.wait_text("/ bug inv");
    pty.send("\r");
    pty.wait_text("enter use");
    pty.send("\r");
    pty.wait_text("EDIT");
    pty.send("half a report");
    pty.wait_text("half a report");
    pty.signal(rustix::process::Signal::TERM);
    pty.exit();
    assert!(pty.home().join("data/drafts").is_dir());
    assert_eq!(open_to_others(pty.home(), &["data", "state"]), [] as [String; 0]);
}

/// Names that lead elsewhere, or nowhere.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "..",
        ".",
        "/",
        "../x",
        "../../etc/passwd",
        "/etc/passwd",
        "a/../b",
        "a/b",
        "\\\\server\\x",
        "C:\\x",
        "con",
        "nul",
        "aux.toml",
        "com1",
        ".hidden",
        "~",
        "~root",
        "a\nb",
        "a\tb",
        "\u{202e}x",
        "%2e%2e%2f",
        "$HOME",
        "`id`",
        "-",
        "--",
        "*",
        "?",
        "a b",
        "CON.toml",
        "a:b",
        "trailing.",
        "trailing ",
        "ä",
        "\u{1f600}",
    ]
    .map(str::to_owned)
    .to_vec();
    names.extend(["a".repeat(300), "../".repeat(100), "ä".repeat(150), "x/".repeat(150)]);
    names
}

/// What lies outside of the program's own directories.
fn outside(home: &Home) -> Tree {
    let own = |path: &Path| ["data", "state", "config"].iter().any(|folder| path.starts_with(folder));
    home.tree().into_iter().filter(|(path, _)| !own(path)).collect()
}

#[test]
fn names_lead_nowhere_else() {
    let home = Home::quick();
    home.plan();
    fs::write(home.path("x.toml"), "keep = true").unwrap();
    let (before, plans) = (outside(&home), home.look().unwrap());
    for name in names() {
        let whole = format!("--plan={name}");
        for args in [&["show", &whole][..], &["note", "x", &whole], &["undo", &whole], &["delete", "-y", &whole]] {
            let output = home.command(args).output().unwrap();
            assert!(matches!(output.status.code(), Some(2 | 3)), "{args:?}: {}", crate::place::said(&output));
        }
        let id = format!("--id={name}");
        for args in [&["strategy", "new", "--", &name][..], &["distil", &id]] {
            let output = home.command(args).output().unwrap();
            let code = output.status.code();
            let (fine, named) = (code == Some(0), home.path("data/strategies").join(format!("{name}.toml")));
            assert!(!fine || named.is_file() && !name.contains(['/', '.']), "{args:?}: {code:?}");
        }
    }
    assert_eq!((outside(&home), home.look().unwrap()), (before, plans));
}

#[test]
fn a_plan_may_be_called_anything_and_lies_where_plans_lie() {
    let home = Home::quick();
    let before = outside(&home);
    for (n, name) in names().into_iter().enumerate() {
        home.ok(&["new", "small", "-q", &format!("--name={name}")]);
        assert_eq!(home.look().unwrap().plans.len(), n + 1, "{name:?}");
    }
    assert_eq!(outside(&home), before);
}

#[test]
fn names_with_a_nul_are_refused() {
    let home = Home::quick();
    home.plan();
    let before = home.tree();
    for name in ["\0", "small\0", "../x\0.toml"] {
        assert!(
            home.store().load(name).is_err()
                && home.store().trash(name).is_err()
                && home.store().undo(name, jiff::Timestamp::now()).is_err()
        );
    }
    assert_eq!(home.tree(), before);
}

#[test]
fn links_in_the_place_of_files_are_not_written_through() {
    let home = Home::quick();
    let id = home.plan();
    home.ok(&["note", "first"]);
    let victim = home.path("victim");
    let text = home.tree()[Path::new(&format!("data/plans/{id}.toml"))].clone().unwrap();
    for name in [
        format!("data/plans/{id}.toml"),
        format!("state/locks/{id}.lock"),
        format!("state/history/{id}/00000003.toml"),
        format!("state/history/{id}/index.json"),
        "state/index.json".into(),
        "state/stats.json".into(),
        "state/memory.json".into(),
        "state/setlist.log".into(),
        "state/trash".into(),
        "state/broken".into(),
    ] {
        let before = home.tree();
        fs::write(&victim, &text).unwrap();
        let path = home.path(&name);
        let _ = fs::remove_file(&path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(&victim, &path).unwrap();
        for args in [&["note", "second"][..], &["list"], &["stats"], &["delete", "-y"]] {
            // Refused or done: what counts is what is not written.
            home.command(args).output().unwrap();
        }
        assert_eq!(fs::read(&victim).unwrap(), text, "through {name}");
        let _ = fs::remove_dir_all(home.path("data/plans"));
        fs::remove_dir_all(home.path("state")).unwrap();
        for (path, bytes) in before {
            let path = home.path(path.to_str().unwrap());
            match bytes {
                None => fs::create_dir_all(path).unwrap(),
                Some(bytes) => fs::write(path, bytes).unwrap(),
            }
        }
    }
}

#[cfg(feature = "mcp")]
#[test]
fn a_link_swapped_in_while_the_program_writes_is_not_written_through() {
    let home = Home::quick();
    let id = home.plan();
    let (plan, victim, link) = (home.store().plan_path(&id), home.path("victim"), home.path("link"));
    let text = fs::read(&plan).unwrap();
    fs::write(&victim, &text).unwrap();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                symlink(&victim, &link).unwrap();
                fs::rename(&link, &plan).unwrap();
                thread::yield_now();
                fs::write(&link, &text).unwrap();
                fs::rename(&link, &plan).unwrap();
                thread::yield_now();
            }
        });
        let mut session = Session::start(home.command(&["mcp"]));
        assert!(session.greet());
        let saved = (0..cases(40, 2000)).filter(|n| session.note(&format!("note {n}")).unwrap().is_ok()).count();
        over.store(true, Ordering::Relaxed);
        session.end();
        tell!("{saved} edits while a link was swapped in");
    });
    assert_eq!(fs::read(&victim).unwrap(), text);
}
