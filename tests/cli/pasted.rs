//! What is sent is what was previewed: prompts that try to leave their paste and become commands, pasted into a real
//! bash in a real tmux by the preset that the settings show.
//!
//! `SETLIST_TORTURE=1` pastes all of them, a hundred and more.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use setlist::domain::untrusted::outgoing;

use crate::effort::rounds;
use crate::home::{Home, SMALL, has_program};

/// What may end a paste, or act on the line that is being edited.
const WAYS_OUT: [&str; 14] = [
    "\u{1b}[201~\n",
    "\u{1b}[201~\r",
    // Taken out once, it would still be there.
    "\u{1b}[20\u{1b}[201~1~\n",
    "\u{1b}\u{1b}[201~[201~\r",
    "\u{9b}201~\r",
    "\u{1b}[200~\u{1b}[201~\u{1b}[201~\n",
    "\u{16}\u{1b}[201~\r",
    // Keys that accept the line, or edit and run it.
    "\u{f}",
    "\u{3}\r",
    "\u{4}\r",
    "\u{18}\u{5}",
    "\u{1b}\r",
    "\r",
    "\r\n",
];

/// What is to run, `%` being a file that is not to be made.
const COMMANDS: [&str; 8] = [
    "touch %\n",
    "touch %\r",
    "$(touch %)\n",
    "`touch %`\r",
    "; touch % ;\n",
    "echo x | tee %\r",
    "\n\n\ntouch %\n\n",
    "exec touch %\u{1b}[201~\r\n",
];

/// A bash of its own in a tmux of its own.
struct Bash {
    home: Home,
    socket: String,
    canary: PathBuf,
    asked: usize,
}

impl Bash {
    fn start() -> Self {
        let home = Home::new();
        home.strategy("small", SMALL);
        home.ok(&["new", "small", "--set", "problem=nothing yet", "-q"]);
        home.ok(&["turn", "start"]);
        let socket = home.path("tmux.sock").to_str().unwrap().to_owned();
        let canary = home.path("canary");
        let bash = Self { home, socket, canary, asked: 0 };
        bash.tmux(&["new-session", "-d", "-s", "agent", "-x", "120", "-y", "40", "PS1='ready> ' exec bash --norc -i"]);
        bash.wait("ready>");
        bash
    }

    fn tmux(&self, args: &[&str]) -> String {
        let mut command = std::process::Command::new("tmux");
        command.args(["-S", &self.socket, "-f", "/dev/null"]).args(args).env("TERM", "xterm-256color");
        let output = command.env_remove("TMUX").output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Waits until the shell has done all that came before.
    fn settle(&mut self) {
        self.asked += 1;
        // The line is emptied by keys; an interrupt could end what must not have begun before it is seen.
        self.tmux(&["send-keys", "-t", "agent", "C-e", "C-u"]);
        self.tmux(&["send-keys", "-t", "agent", &format!("echo done $(({}*7))", self.asked), "Enter"]);
        // It takes pastes for what they are once it asks for the next line.
        self.wait(&format!("done {}\nready>", self.asked * 7));
    }

    fn wait(&self, wanted: &str) {
        let begun = Instant::now();
        while !self.tmux(&["capture-pane", "-p", "-t", "agent"]).contains(wanted) {
            assert!(begun.elapsed() < Duration::from_secs(20), "the shell does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The preset without its Enter, which is what would run a prompt on purpose.
    fn paste(&self) -> String {
        let socket = &self.socket;
        format!(
            "tmux -S {socket} load-buffer -b setlist - && tmux -S {socket} paste-buffer -p -r -d -b setlist -t agent"
        )
    }

    fn ran(&self) -> bool {
        let made = self.canary.exists();
        let _ = std::fs::remove_file(&self.canary);
        made
    }
}

impl Drop for Bash {
    fn drop(&mut self) {
        let _ = std::process::Command::new("tmux").args(["-S", &self.socket, "kill-server"]).status();
    }
}

#[test]
fn nothing_that_is_sent_runs_before_enter_is_pressed() {
    if !has_program("tmux") || !has_program("bash") {
        return;
    }
    let mut bash = Bash::start();
    bash.settle();
    let all: Vec<(&str, &str)> =
        WAYS_OUT.iter().flat_map(|way| COMMANDS.iter().map(move |command| (*way, *command))).collect();
    let wanted = rounds(14, all.len());
    // A few of them are spread over all ways out and all commands.
    for (way, command) in all.iter().step_by(all.len().div_ceil(wanted)) {
        let command = command.replace('%', bash.canary.to_str().unwrap());
        let problem = format!("look {way}{command} end");
        bash.home.write("value", &problem);
        let from = format!("problem=@{}", bash.home.path("value").display());
        bash.home.ok(&["set", &from, "-q"]);
        let prompt = bash.home.ok(&["prompt"]);
        assert!(prompt.contains(&problem), "the prompt itself holds every byte");
        let got = bash.home.path("got");
        let script = format!("tee {} | ({})", got.display(), bash.paste());
        let mut send = bash.home.command(&["send", "--", "sh", "-c", &script]);
        let sent = send.env("PATH", std::env::var_os("PATH").unwrap()).output().unwrap();
        assert!(sent.status.success(), "{sent:?}");
        bash.settle();
        assert!(!bash.ran(), "it ran: {problem:?}");
        let clean = outgoing(&prompt);
        assert_eq!(std::fs::read_to_string(got).unwrap(), clean.text, "what was previewed");
        let told = String::from_utf8(sent.stderr).unwrap();
        assert_eq!(told.contains("control characters were left out"), clean.removed > 0, "{told}");
        // Not sent any more, so that the next value makes the prompt anew.
        bash.home.ok(&["undo", "-q"]);
    }
}

/// The harness itself: what is not cleaned runs, and is noticed.
#[test]
fn a_prompt_that_is_pasted_as_it_is_does_run() {
    if !has_program("tmux") || !has_program("bash") {
        return;
    }
    let mut bash = Bash::start();
    bash.settle();
    bash.home.write("raw", &format!("look \u{1b}[201~\ntouch {}\n", bash.canary.display()));
    let script = format!("({}) < {}", bash.paste(), bash.home.path("raw").display());
    std::process::Command::new("sh").args(["-c", &script]).env_remove("TMUX").status().unwrap();
    let begun = Instant::now();
    while !bash.ran() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it did not run: nothing would be noticed");
        std::thread::sleep(Duration::from_millis(10));
    }
}
