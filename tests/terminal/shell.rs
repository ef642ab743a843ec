//! Under a shell: stopped with Ctrl-Z and brought back.

use crate::common::pty::Spawn;
use crate::given::home;

#[test]
fn ctrl_z_goes_to_the_shell_and_fg_brings_all_back() {
    let home = home();
    let mut pty = Spawn::new("/bin/sh").arg("-i").env("PS1", "here> ").env("ENV", "/dev/null").start_in(home);
    pty.wait_text("here> ");
    pty.send(format!("{}\r", env!("CARGO_BIN_EXE_setlist")));
    pty.wait_text("setlist > Strategies");
    pty.send("/bug");
    pty.wait_text("match 'bug'");
    pty.send("\r");
    pty.wait_text("enter use");
    for _ in 0..2 {
        let left = pty.raw().len();
        pty.send("\x1a");
        pty.wait_raw(left, "topped");
        assert!(pty.is_cooked() && !pty.terminal().alternate_screen());
        let before = pty.raw().len();
        pty.send("fg\n");
        pty.wait_raw(before, "\x1b[?1049h");
        pty.wait_text("match 'bug'");
    }
    pty.send("q");
    pty.wait_for("the shell again", |screen| screen.contains("here> "));
    pty.assert_given_back();
    pty.send("exit\n");
    pty.exit();
}
