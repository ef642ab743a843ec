//! A disk that is really full: a small file system of its own, in a name space of its own.

use std::path::PathBuf;
use std::process::Command;

use crate::common::pty::{Pty, Spawn};
use crate::given::{at_strategies, home, open_form, start_plan};

/// Where a file system of 128 KiB is, for the program alone; nothing where this machine lets nobody make one.
fn on_a_small_disk() -> Option<Pty> {
    let able = Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if !able.is_ok_and(|output| output.status.success()) {
        #[allow(clippy::print_stderr, reason = "the reason why nothing is tested")]
        {
            eprintln!("skipped: `unshare -rm` with a tmpfs is not allowed here");
        }
        return None;
    }
    let home = home();
    let disk = home.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=128k none {disk} && exec {program}",
        disk = disk.display(),
        program = env!("CARGO_BIN_EXE_setlist")
    );
    let spawn = Spawn::new("unshare").arg("-rm").arg("sh").arg("-c").arg(script).size(160, 40);
    Some(at_strategies(spawn.env("SETLIST_DATA_DIR", disk).start_in(home)))
}

/// The disk as the program sees it.
fn disk(pty: &Pty) -> PathBuf {
    PathBuf::from(format!("/proc/{}/root{}", pty.pid().as_raw_nonzero(), pty.home().join("disk").display()))
}

fn fill(pty: &Pty) {
    let mut size = 64 * 1024;
    let mut number = 0;
    while size > 0 {
        // Whole pages first, then inodes' worth of nothing.
        if std::fs::write(disk(pty).join(format!("filler{number}")), vec![b'x'; size]).is_err() {
            size /= 2;
        }
        number += 1;
        assert!(number < 1000);
    }
}

fn make_room(pty: &Pty) {
    for file in std::fs::read_dir(disk(pty)).unwrap().flatten() {
        if file.file_name().to_string_lossy().starts_with("filler") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
}

fn plan_text(pty: &Pty) -> String {
    crate::given::texts(&disk(pty).join("plans"))
}

#[test]
fn changes_of_an_open_plan_stay_visible_and_are_saved_when_there_is_room() {
    let Some(mut pty) = on_a_small_disk() else { return };
    start_plan(&mut pty, "logins fail");
    pty.send("t");
    pty.wait_text("turn 'Reproduce' started");
    fill(&pty);
    let before = plan_text(&pty);
    // Three changes, two of them alike.
    pty.send("t");
    pty.wait_text("NOT SAVED (ctrl-s tries again): no space left");
    pty.wait_text("paused");
    pty.send("t");
    pty.wait_for("it runs again", |screen| !screen.contains("paused"));
    pty.send("t");
    pty.wait_text("paused");
    pty.send("u");
    pty.wait_text("nothing to undo");
    pty.send("\x13");
    pty.wait_text("NOT SAVED (ctrl-s tries again)");
    pty.wait_text("paused");
    pty.send("q");
    pty.wait_text("q again leaves and loses it");
    assert!(plan_text(&pty) == before, "the file was changed");
    make_room(&pty);
    pty.send("\x13");
    pty.wait_for("all is saved", |screen| !screen.contains("NOT SAVED"));
    pty.wait_text("paused");
    let after = plan_text(&pty);
    assert!(after != before && after.contains("revision = 5"), "{after}");
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
}

#[test]
fn a_form_on_a_full_disk_keeps_its_text_until_it_can_be_started() {
    let Some(mut pty) = on_a_small_disk() else { return };
    fill(&pty);
    open_form(&mut pty);
    pty.send("kept all the time");
    pty.wait_text("NOT SAVED (ctrl-s tries again)");
    pty.send("\x1b");
    pty.wait_text("review");
    // Away and back: the draft is in memory alone.
    pty.send("gb");
    pty.wait_text("setlist > Strategies");
    pty.wait_text("NOT SAVED");
    pty.send("\r");
    pty.wait_text("kept all the time");
    pty.send("r");
    pty.wait_text("> Review");
    pty.send("\r");
    pty.wait_text("NOT STARTED (enter tries again): no space left");
    make_room(&pty);
    pty.send("\r");
    pty.wait_text("plan 'kept all the time' started");
    pty.send("q");
    assert_eq!(pty.exit().exit_code(), 0);
}
