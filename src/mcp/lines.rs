//! The way to the client: one message of JSON-RPC a line, in both directions.
//!
//! What cannot be read is answered, as JSON-RPC asks: rmcp's own transport passes over it, and a client that
//! made a mistake would wait for ever. No line is longer in memory than [`MAX_LINE`].

use std::io;
use std::pin::Pin;
use std::sync::Arc;

use rmcp::RoleServer;
use rmcp::model::ErrorData;
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::sync::Mutex;

/// Longest line that is read, in bytes: as much as a plan's file may hold.
const MAX_LINE: usize = 16 * 1024 * 1024;

/// Messages read from `R` and written to `W`, line by line.
pub(super) struct Lines<R, W> {
    from: BufReader<R>,
    /// The line that is being read; kept here, since a read may be given up half-way and begun again.
    line: Vec<u8>,
    /// The line has become too long: what still comes of it is passed over.
    skipping: bool,
    to: Arc<Mutex<W>>,
    /// An answer to what was no message, until it is written.
    answer: Option<Writing>,
}

type Writing = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

enum Read {
    Line(Vec<u8>),
    TooLong,
    End,
}

impl<R: AsyncRead + Unpin, W: AsyncWrite + Unpin> Lines<R, W> {
    pub(super) fn new((from, to): (R, W)) -> Self {
        let (from, to) = (BufReader::new(from), Arc::new(Mutex::new(to)));
        Self { from, line: Vec::new(), skipping: false, to, answer: None }
    }

    /// The next line without its end. Between two waits nothing is taken that is not kept.
    async fn next(&mut self) -> io::Result<Read> {
        loop {
            let there = self.from.fill_buf().await?;
            let end = there.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(there.len());
            let is_over = end.is_some() || there.is_empty();
            self.skipping |= self.line.len() + taken > MAX_LINE;
            if self.skipping {
                self.line = Vec::new();
            } else {
                self.line.extend_from_slice(&there[..taken]);
            }
            let was_last = there.is_empty();
            self.from.consume(taken + usize::from(end.is_some()));
            if is_over {
                return Ok(match std::mem::take(&mut self.skipping) {
                    true => Read::TooLong,
                    false if was_last && self.line.is_empty() => Read::End,
                    false => Read::Line(std::mem::take(&mut self.line)),
                });
            }
        }
    }
}

impl<R, W> Transport<RoleServer> for Lines<R, W>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(&mut self, item: TxJsonRpcMessage<RoleServer>) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let to = self.to.clone();
        async move { write(to, serde_json::to_vec(&item)?).await }
    }

    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            if let Some(answer) = &mut self.answer {
                let written = answer.await;
                self.answer = None;
                written.ok()?;
            }
            let answer = match self.next().await.ok()? {
                Read::End => return None,
                Read::TooLong => too_long(),
                Read::Line(line) => match understand(&line) {
                    Understood::Message(message) => return Some(*message),
                    Understood::Nothing => continue,
                    Understood::Fault(answer) => answer,
                },
            };
            self.answer = Some(Box::pin(write(self.to.clone(), answer.to_string().into_bytes())));
        }
    }

    async fn close(&mut self) -> io::Result<()> {
        self.to.lock().await.flush().await
    }
}

/// Writes a message as one line, whole before the next one begins.
async fn write<W: AsyncWrite + Unpin>(to: Arc<Mutex<W>>, mut message: Vec<u8>) -> io::Result<()> {
    message.push(b'\n');
    let mut to = to.lock().await;
    to.write_all(&message).await?;
    to.flush().await
}

/// What a line says.
enum Understood {
    Message(Box<RxJsonRpcMessage<RoleServer>>),
    /// Nothing that wants an answer.
    Nothing,
    /// Nothing that is understood, with the answer to it.
    Fault(Value),
}

fn understand(line: &[u8]) -> Understood {
    // Some programs begin a stream with this mark, and JSON lets a reader pass over it.
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    if line.is_empty() {
        return Understood::Nothing;
    }
    let why = match serde_json::from_slice(line) {
        Ok(message) => return Understood::Message(Box::new(message)),
        Err(why) => why,
    };
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(why) => {
            let fault = ErrorData::parse_error(format!("this line is no JSON: {why}"), None);
            return Understood::Fault(answer(&Value::Null, &fault));
        }
    };
    let id = value.get("id").filter(|id| id.is_string() || id.is_number());
    // Neither a notification nor an answer may be answered.
    let is_request = value.get("method").is_some() && value.get("id").is_some();
    let is_answer = value.get("result").is_some() || value.get("error").is_some();
    let is_notification = value.get("method").is_some_and(Value::is_string) && value.get("id").is_none();
    if is_notification || (is_answer && !is_request) {
        return Understood::Nothing;
    }
    let fault = ErrorData::invalid_request(format!("this line is no request: {why}"), None);
    Understood::Fault(answer(id.unwrap_or(&Value::Null), &fault))
}

fn too_long() -> Value {
    let text = format!("this line is longer than {} MiB and was passed over", MAX_LINE / 1024 / 1024);
    answer(&Value::Null, &ErrorData::parse_error(text, None))
}

/// An error of JSON-RPC. rmcp's own leaves the id out where it is not known; the standard wants it null.
fn answer(id: &Value, fault: &ErrorData) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": fault })
}
