//! A text to the clipboard.
//!
//! The order of `auto`: the system's clipboard program where a display is at hand and the
//! session is not remote (there it would fill the wrong machine's clipboard), then tmux's own buffer (its
//! `load-buffer -w` reaches the clipboard with the default `set-clipboard external`, where an
//! application's OSC 52 is ignored), then OSC 52, which no terminal answers. [`Via::None`] leaves
//! the text to `plain_screen` of the terminal interface.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use rustix::process::{Pid, Signal, kill_process_group};

use super::detect::Env;
use super::output;
use crate::domain::settings::Clipboard;
use crate::domain::untrusted::outgoing;

/// How long a clipboard program may take.
const PATIENCE: Duration = Duration::from_secs(1);
/// The longest OSC 52 text in base64 bytes that terminals agree on.
const LONGEST_OSC52: usize = 74_994;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// To this clipboard program.
    System(&'static str),
    /// To the terminal (OSC 52), which does not say whether it took it.
    Osc52,
    /// No way: show it to be selected.
    None,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    pub how: Via,
    /// What the person should know besides.
    pub warning: Option<String>,
}

impl Copied {
    /// What to tell the person.
    #[must_use]
    pub fn message(&self) -> String {
        match self.how {
            Via::System(program) => format!("copied ({program})"),
            Via::Osc52 => "sent to the terminal (OSC 52)".to_owned(),
            Via::None => "no clipboard was found".to_owned(),
        }
    }
}

/// A program that fills a clipboard from its standard input.
type Program = (&'static str, &'static [&'static str]);

/// Copies `text`, which the caller has passed through
/// [`outgoing`]: what is left to take out is taken out here and
/// warned of. It takes a second at most.
pub fn copy(text: &str, mode: Clipboard, env: Env) -> Copied {
    copy_with(text, mode, env, &run, &output::write)
}

fn copy_with(
    text: &str,
    mode: Clipboard,
    env: Env,
    run: &dyn Fn(Program, &str) -> Result<(), String>,
    write: &dyn Fn(&[u8]) -> io::Result<()>,
) -> Copied {
    let clean = outgoing(text);
    let mut warnings = Vec::new();
    if clean.removed > 0 {
        warnings.push(format!("{} control characters were left out", clean.removed));
    }
    let programs = match mode {
        Clipboard::Auto => candidates(env),
        Clipboard::System => system(env),
        Clipboard::Osc52 | Clipboard::Screen => Vec::new(),
    };
    for program in programs {
        match run(program, &clean.text) {
            Ok(()) => return copied(Via::System(program.0), &warnings),
            Err(why) => warnings.push(why),
        }
    }
    if matches!(mode, Clipboard::Auto | Clipboard::Osc52) {
        match osc52(&clean.text, env).and_then(|bytes| write(&bytes).map_err(|error| error.to_string())) {
            Ok(()) => return copied(Via::Osc52, &warnings),
            Err(why) => warnings.push(why),
        }
    }
    copied(Via::None, &warnings)
}

fn copied(how: Via, warnings: &[String]) -> Copied {
    Copied { how, warning: (!warnings.is_empty()).then(|| warnings.join("; ")) }
}

fn is_set(env: Env, name: &str) -> bool {
    env(name).is_some_and(|value| !value.is_empty())
}

fn candidates(env: Env) -> Vec<Program> {
    let remote = is_set(env, "SSH_TTY") || is_set(env, "SSH_CONNECTION");
    let mut programs = if remote { Vec::new() } else { system(env) };
    if is_set(env, "TMUX") {
        programs.push(("tmux", &["load-buffer", "-w", "-"]));
    }
    programs
}

fn system(env: Env) -> Vec<Program> {
    let mut programs: Vec<Program> = Vec::new();
    if cfg!(target_os = "macos") {
        programs.push(("pbcopy", &[]));
    }
    if is_set(env, "WAYLAND_DISPLAY") {
        programs.push(("wl-copy", &[]));
    }
    if is_set(env, "DISPLAY") {
        programs.push(("xclip", &["-selection", "clipboard", "-in"]));
        programs.push(("xsel", &["--clipboard", "--input"]));
    }
    if is_set(env, "TERMUX_VERSION") {
        programs.push(("termux-clipboard-set", &[]));
    }
    if is_set(env, "WSL_DISTRO_NAME") {
        programs.push(("clip.exe", &[]));
    }
    programs
}

/// Runs a clipboard program. It may stay behind to serve the clipboard (xclip, wl-copy): nothing
/// of ours is left open to it, and its own group keeps the terminal's signals from it.
fn run((name, arguments): Program, text: &str) -> Result<(), String> {
    let mut command = Command::new(name);
    command.args(arguments).process_group(0);
    feed(name, &mut command, encoded(name, text))
}

fn feed(name: &str, command: &mut Command, bytes: Vec<u8>) -> Result<(), String> {
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => format!("{name} is not installed"),
        _ => format!("{name}: {error}"),
    })?;
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let (tell, told) = mpsc::channel::<io::Result<ExitStatus>>();
    let helper = thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
        if let Some(mut stdin) = child.stdin.take() {
            // A program that does not read to the end says so in its status.
            let _ = stdin.write_all(&bytes);
        }
        let _ = tell.send(child.wait());
    });
    if helper.is_err() {
        return Err(format!("{name}: no thread to run it"));
    }
    match told.recv_timeout(PATIENCE) {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(format!("{name} failed ({status})")),
        Ok(Err(error)) => Err(format!("{name}: {error}")),
        Err(_) => {
            // The helper reaps it.
            if let Some(group) = group {
                let _ = kill_process_group(group, Signal::KILL);
            }
            Err(format!("{name} did not answer within a second"))
        }
    }
}

/// Windows' clip.exe reads UTF-16 with a mark, all others UTF-8.
fn encoded(name: &str, text: &str) -> Vec<u8> {
    if name == "clip.exe" {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    } else {
        text.as_bytes().to_vec()
    }
}

fn osc52(text: &str, env: Env) -> Result<Vec<u8>, String> {
    if text.len().div_ceil(3) * 4 > LONGEST_OSC52 {
        return Err("the text is too long for the terminal's clipboard (OSC 52)".to_owned());
    }
    let mut sequence = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence).map_err(|error| error.to_string())?;
    if !is_set(env, "STY") {
        return Ok(sequence.into_bytes());
    }
    // GNU screen hands on what is wrapped, in short pieces; a BEL ends the sequence inside.
    let sequence = sequence.trim_end_matches("\x1b\\").trim_end_matches('\x07').to_owned() + "\x07";
    Ok(sequence.as_bytes().chunks(256).flat_map(|piece| [b"\x1bP", piece, b"\x1b\\"].concat()).collect())
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::time::Instant;

    use super::*;

    /// Copies with programs that succeed if named in `works`, and tells what was tried and written.
    fn tried(
        mode: Clipboard,
        pairs: &[(&str, &str)],
        works: &[&str],
        text: &str,
    ) -> (Copied, Vec<&'static str>, String) {
        let env = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let (names, bytes) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let run = |program: Program, _: &str| {
            names.borrow_mut().push(program.0);
            if works.contains(&program.0) { Ok(()) } else { Err(format!("{} failed", program.0)) }
        };
        let write = |piece: &[u8]| {
            bytes.borrow_mut().extend_from_slice(piece);
            Ok(())
        };
        let copied = copy_with(text, mode, &env, &run, &write);
        (copied, names.into_inner(), String::from_utf8(bytes.into_inner()).unwrap())
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn the_system_s_program_comes_first_then_the_terminal() {
        let x = [("DISPLAY", ":0")];
        let (copied, names, _) = tried(Clipboard::Auto, &x, &["xsel"], "hi");
        assert_eq!((copied.how, names), (Via::System("xsel"), vec!["xclip", "xsel"]));
        let (copied, names, written) = tried(Clipboard::Auto, &x, &[], "hi");
        assert_eq!((copied.how.clone(), names.len()), (Via::Osc52, 2));
        assert!(written.starts_with("\x1b]52;c;aGk="), "{written:?}");
        assert_eq!(copied.message(), "sent to the terminal (OSC 52)");
        assert!(copied.warning.unwrap().contains("xclip failed"));
    }

    #[test]
    fn a_remote_session_does_not_fill_the_remote_clipboard() {
        let (copied, names, _) = tried(Clipboard::Auto, &[("DISPLAY", ":0"), ("SSH_TTY", "x")], &["xclip"], "hi");
        assert_eq!((copied.how, names.len()), (Via::Osc52, 0));
        let (copied, ..) = tried(Clipboard::Auto, &[("TMUX", "x"), ("SSH_TTY", "x")], &["tmux"], "hi");
        assert_eq!(copied.how, Via::System("tmux"));
    }

    #[test]
    fn the_setting_is_obeyed() {
        let x = [("DISPLAY", ":0")];
        assert_eq!(tried(Clipboard::System, &x, &[], "hi").0.how, Via::None);
        assert_eq!(tried(Clipboard::Osc52, &x, &["xclip"], "hi").0.how, Via::Osc52);
        let (copied, names, written) = tried(Clipboard::Screen, &x, &["xclip"], "hi");
        assert_eq!((copied.how, names.len(), written.as_str()), (Via::None, 0, ""));
    }

    #[test]
    fn what_a_terminal_would_act_on_never_leaves() {
        let (copied, _, written) = tried(Clipboard::Osc52, &[], &[], "h\x1bi\x07");
        assert!(written.contains("aGk="), "{written:?}");
        assert_eq!(copied.warning.as_deref(), Some("2 control characters were left out"));
    }

    #[test]
    fn a_text_that_is_too_long_is_not_sent_to_the_terminal() {
        let (copied, _, written) = tried(Clipboard::Osc52, &[], &[], &"x".repeat(60_000));
        assert_eq!((copied.how, written.as_str()), (Via::None, ""));
        assert!(copied.warning.unwrap().contains("too long"));
        assert_eq!(tried(Clipboard::Osc52, &[], &[], &"x".repeat(56_000)).0.how, Via::Osc52);
    }

    #[test]
    fn gnu_screen_gets_it_wrapped() {
        let (_, _, written) = tried(Clipboard::Osc52, &[("STY", "x")], &[], &"x".repeat(600));
        let inner = written.replace("\x1bP", "").replace("\x1b\\", "");
        assert!(inner.starts_with("\x1b]52;c;eHh4") && inner.ends_with('\x07'));
    }

    #[test]
    fn a_program_gets_the_text_and_a_stuck_one_is_ended() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("copied");
        let sh = |script: &str| {
            let mut command = Command::new("sh");
            command.arg("-c").arg(script).arg("sh").arg(&file).process_group(0);
            command
        };
        feed("sh", &mut sh("cat > \"$1\""), b"text".to_vec()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "text");
        assert!(feed("sh", &mut sh("exit 4"), vec![b'x'; 1 << 20]).unwrap_err().contains("failed"));
        let start = Instant::now();
        assert!(feed("sh", &mut sh("sleep 60"), vec![b'x'; 1 << 20]).unwrap_err().contains("within a second"));
        assert!(start.elapsed() < Duration::from_secs(10));
        assert!(feed("none", &mut Command::new("no-such-program"), Vec::new()).unwrap_err().contains("not installed"));
    }

    #[test]
    fn windows_gets_utf_16() {
        assert_eq!(encoded("clip.exe", "é"), [0xff, 0xfe, 0xe9, 0]);
    }
}
