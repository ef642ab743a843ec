//! The program in a terminal of its own: a question on the screen, an answer typed.

use std::io::{Read, Write};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::home::Home;

/// How long a conversation may take that nobody goes on with.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// Runs in a terminal of its own, types each answer once its question stands there; exit code and
/// all that was shown.
pub fn type_into(home: &Home, args: &[&str], answers: &[(&str, &str)]) -> (u32, String) {
    let (code, shown, asked) = converse(&home.command(args), home, answers);
    assert_eq!(asked, answers.len(), "{shown}");
    (code, shown)
}

/// As [`type_into`], with how many of the questions were asked.
pub fn converse(command: &std::process::Command, home: &Home, answers: &[(&str, &str)]) -> (u32, String, usize) {
    let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut builder = CommandBuilder::new(command.get_program());
    builder.args(command.get_args());
    builder.cwd(home.path("work"));
    builder.env_clear();
    for (name, value) in command.get_envs().filter_map(|(name, value)| Some((name, value?))) {
        builder.env(name, value);
    }
    let mut child = pty.slave.spawn_command(builder).unwrap();
    drop(pty.slave);
    // A question that no answer was meant for would wait for ever.
    let mut killer = child.clone_killer();
    let (ended, end) = std::sync::mpsc::channel::<()>();
    std::thread::spawn(move || {
        if end.recv_timeout(PATIENCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            let _ = killer.kill();
        }
    });
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut writer = pty.master.take_writer().unwrap();
    let mut shown = String::new();
    let mut from = 0;
    let mut buffer = [0; 4096];
    let mut asked = 0;
    // The end of the other side is an error on Linux and an end of file elsewhere.
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        shown += &String::from_utf8_lossy(&buffer[..count]);
        if let Some((question, text)) = answers.get(asked)
            && shown[from..].contains(question)
        {
            from = shown.len();
            writer.write_all(format!("{text}\r").as_bytes()).unwrap();
            asked += 1;
        }
    }
    drop(ended);
    let code = child.wait().unwrap().exit_code();
    (code, shown, asked)
}
