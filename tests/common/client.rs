//! An agent's client on the other end of two pipes: `setlist mcp` answers it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::home::Home;

/// Holds a document against the schema of this name.
pub type Check = fn(&str, &Value);

/// A client that sends one request after another.
pub struct Client {
    child: Child,
    /// Where it writes; nothing once it has hung up.
    pub input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    id: u64,
    check: Check,
}

impl Client {
    /// A client of `setlist mcp`; what tools answer is held against its schema.
    pub fn of(home: &Home, args: &[&str], check: Check) -> Self {
        let mut command = home.command(&[&["mcp"], args].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut client = Self { child, input, output, id: 0, check };
        let info = json!({ "name": "codex", "version": "1" });
        let hello = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": info });
        assert_eq!(client.ask("initialize", &hello)["result"]["serverInfo"]["name"], "setlist");
        client.write(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string());
        client
    }

    pub fn write(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    pub fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        self.write(&json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params }).to_string());
        let answer = self.read();
        assert_eq!(answer["id"], self.id, "{answer}");
        answer
    }

    /// The next line that the server says.
    pub fn read(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    pub fn call(&mut self, name: &str, arguments: &Value) -> Value {
        let result = self.ask("tools/call", &json!({ "name": name, "arguments": arguments }))["result"].take();
        assert_ne!(result["isError"], true, "{name}: {result}");
        (self.check)(result["structuredContent"]["schema"].as_str().unwrap(), &result["structuredContent"]);
        result["structuredContent"].clone()
    }

    /// The error that a tool gives as its answer.
    pub fn fails(&mut self, name: &str, arguments: &Value) -> Value {
        let result = self.ask("tools/call", &json!({ "name": name, "arguments": arguments }))["result"].take();
        assert_eq!(result["isError"], true, "{name}: {result}");
        let mut error: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        (self.check)("setlist.error/1", &error);
        error["error"].take()
    }

    /// Hangs up; the server ends by itself.
    pub fn bye(mut self) {
        self.input = None;
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
    }
}
