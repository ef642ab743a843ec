//! A long session of edits by one process of the program: `setlist mcp`, which answers each edit when it is saved.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// The program on the other end of two pipes.
pub struct Session {
    pub child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: u64,
}

impl Session {
    /// Starts it; `command` is to end in `setlist mcp`. Nothing where it died before it could be greeted.
    pub fn start(mut command: Command) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, input, output, asked: 0 }
    }

    /// Greets it; whether it answered.
    pub fn greet(&mut self) -> bool {
        let info = json!({ "name": "agent", "version": "1" });
        let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info });
        self.ask("initialize", &hello).is_some()
            && writeln!(self.input, r#"{{"jsonrpc":"2.0","method":"notifications/initialized"}}"#).is_ok()
    }

    fn ask(&mut self, method: &str, params: &Value) -> Option<Value> {
        self.asked += 1;
        let request = json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params });
        writeln!(self.input, "{request}").ok()?;
        let mut line = String::new();
        // Half a line is no answer.
        self.output.read_line(&mut line).ok().filter(|_| line.ends_with('\n'))?;
        serde_json::from_str(&line).ok()
    }

    /// Adds a note. `None` where it died, else whether it said that the note is saved, and what else it said.
    pub fn note(&mut self, text: &str) -> Option<Result<(), String>> {
        let answer = self.ask("tools/call", &json!({ "name": "add_note", "arguments": { "text": text } }))?;
        let failed = answer["result"]["isError"] == true || answer["result"].is_null();
        Some(if failed { Err(answer.to_string()) } else { Ok(()) })
    }

    /// Hangs up and waits for its end.
    pub fn end(mut self) {
        drop(self.input);
        let _ = self.child.wait();
    }
}
