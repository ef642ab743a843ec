//! `setlist send`: the exact prompt goes to a command, and what comes back is kept where asked.

use std::time::{Duration, Instant};

use crate::home::{Home, SMALL, has_program};

const PROMPT: &str = "Measure tab\there {{ x }} 'é' $HOME, 3 times.\n";

fn begun() -> Home {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=tab\there {{ x }} 'é' $HOME", "-q"]);
    home.ok(&["turn", "start"]);
    home
}

fn turn(home: &Home) -> serde_json::Value {
    home.json(&["show"])["plan"]["sessions"][0]["turns"][0].take()
}

#[test]
fn the_command_gets_the_exact_bytes_and_the_prompt_is_frozen() {
    let home = begun();
    home.ok(&["send", "--", "tee", "prompt.md"]);
    assert_eq!(std::fs::read_to_string(home.path("work/prompt.md")).unwrap(), PROMPT);
    assert_eq!(turn(&home)["sent"]["via"], "command");
    home.ok(&["set", "problem=another"]);
    home.ok(&["send", "--", "tee", "again.md"]);
    assert_eq!(std::fs::read_to_string(home.path("work/again.md")).unwrap(), PROMPT, "as it was sent");
}

#[test]
fn the_command_of_the_settings_is_used_and_another_for_once() {
    let home = begun();
    home.write("config/config.toml", "send = [\"sh\", \"-c\", \"cat > set.md; echo done\"]\n");
    let told = home.run(&["send"]);
    assert_eq!((told.code, told.out.as_str()), (0, ""), "{told:?}");
    assert!(told.err.contains("done"), "{told:?}");
    assert_eq!(std::fs::read_to_string(home.path("work/set.md")).unwrap(), PROMPT);
    home.ok(&["send", "--", "tee", "once.md"]);
    assert_eq!(std::fs::read_to_string(home.path("work/once.md")).unwrap(), PROMPT);
}

#[test]
fn the_answer_is_kept_as_evidence_or_result() {
    let home = begun();
    home.ok(&["send", "--keep", "log", "--result", "--", "sh", "-c", "cat >/dev/null; echo 'It is \u{1b}[31mslow'"]);
    let turn = turn(&home);
    assert_eq!(turn["result"], "It is \u{1b}[31mslow");
    let log = turn["evidence"].as_array().unwrap().iter().find(|slot| slot["id"] == "log").unwrap();
    assert!(log["recorded"]["text"].as_str().unwrap().starts_with("It is"), "{log}");
    assert!(!home.ok(&["show"]).contains('\u{1b}'));
    assert!(home.fails(4, &["send", "--keep", "figure", "--", "echo", "7"]).contains("takes a number"));
    assert!(home.fails(3, &["send", "--keep", "lgo", "--", "echo", "7"]).contains("log"));
}

#[test]
fn nothing_leaves_before_its_turn_has_begun() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    let refused = home.fails(5, &["send", "--", "tee", "prompt.md"]);
    assert!(refused.contains("has not begun"), "{refused}");
    assert!(!home.path("work/prompt.md").exists());
}

#[test]
fn commands_that_misbehave_do_no_harm() {
    let home = begun();
    let begun = Instant::now();
    let reads_nothing = home.run(&["send", "--", "sh", "-c", "exec <&-; echo bye"]);
    assert_eq!(reads_nothing.code, 0, "{reads_nothing:?}");
    let early = home.run(&["send", "--result", "--", "sh", "-c", "echo half; exit 3"]);
    assert_eq!(early.code, 1, "{early:?}");
    assert!(early.err.contains("ended with exit code 3"), "{early:?}");
    let never = home.run(&["send", "--timeout", "1s", "--", "sleep", "1000"]);
    assert_eq!(never.code, 1, "{never:?}");
    assert!(home.fails(3, &["send", "--", "no-such-program-here"]).contains("no-such-program-here"));
    assert!(begun.elapsed() < Duration::from_mins(1), "each of them ends");
    let much = home.run(&[
        "send",
        "--result",
        "--",
        "sh",
        "-c",
        "cat >/dev/null; yes 0123456789 | head -c 100000000; echo END",
    ]);
    assert_eq!(much.code, 0);
    let kept = turn(&home)["result"].as_str().unwrap().to_owned();
    assert!(kept.ends_with("END") && kept.len() <= 64 * 1024 + 16, "{}", kept.len());
}

#[test]
fn without_a_command_or_a_clipboard_it_says_what_to_do() {
    let home = begun();
    let told = home.fails(1, &["send"]);
    assert!(told.contains("no clipboard") && told.contains("setlist prompt"), "{told}");
    assert!(turn(&home)["sent"].is_null(), "what went nowhere was not sent");
    assert!(home.fails(4, &["send", "--result"]).contains("gives nothing back"));
}

/// The preset for an agent in a pane of tmux: bracketed paste, then Enter as a key of its own.
#[test]
fn the_preset_for_tmux_pastes_whole_and_presses_enter() {
    if !has_program("tmux") {
        return;
    }
    let home = begun();
    let socket = home.path("tmux.sock");
    let socket = socket.to_str().unwrap();
    let tmux = |args: &[&str]| {
        let mut command = std::process::Command::new("tmux");
        command.args(["-S", socket, "-f", "/dev/null"]).args(args).env("TERM", "xterm-256color").env_remove("TMUX");
        command.status().unwrap()
    };
    let out = home.path("pane.txt");
    // What an agent sees: the paste between its brackets, then Enter.
    let expected = format!("\u{1b}[200~{PROMPT}\u{1b}[201~\r");
    let pane = format!(
        "stty -icanon -echo -icrnl; printf '\\033[?2004h'; head -c {} > {}; sleep 100",
        expected.len(),
        out.display()
    );
    assert!(tmux(&["new-session", "-d", "-s", "agent", "-x", "80", "-y", "24", &pane]).success());
    std::thread::sleep(Duration::from_millis(700));
    let script = format!(
        "tmux -S {socket} load-buffer -b setlist - && tmux -S {socket} paste-buffer -p -r -d -b setlist -t agent && tmux -S {socket} send-keys -t agent Enter"
    );
    home.write("config/config.toml", &format!("send = [\"sh\", \"-c\", \"{script}\"]\n"));
    let mut command = home.command(&["send"]);
    command.env("PATH", std::env::var_os("PATH").unwrap());
    let sent = command.output().unwrap();
    let patience = Instant::now();
    while std::fs::read(&out).map_or(0, |bytes| bytes.len()) < expected.len()
        && patience.elapsed() < Duration::from_secs(10)
    {
        std::thread::sleep(Duration::from_millis(50));
    }
    let got = std::fs::read(&out).unwrap_or_default();
    tmux(&["kill-server"]);
    assert!(sent.status.success(), "{sent:?}");
    assert_eq!(String::from_utf8_lossy(&got), expected);
}
