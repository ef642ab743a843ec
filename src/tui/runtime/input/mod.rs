//! Bytes from the terminal to keys, mouse and pastes.
//!
//! crossterm's own reader is not used, its event types are: its `poll(0)` blocks while a sequence is
//! incomplete (Alt-[ is enough), it spins once the terminal is gone, and it keeps the answers
//! to queries to itself. This parser reads nothing: it is fed, and it says how long an unfinished
//! sequence may wait. Keys are named as crossterm names them (Ctrl-_ arrives as Ctrl-7, Ctrl-J as
//! Ctrl and `j`, a capital letter with Shift).
//!
//! Pasted line ends (`\r`, `\r\n`) become `\n`. A paste whose end never comes is delivered after
//! a second: nothing typed is lost. Bytes that are not UTF-8 become U+FFFD.

mod csi;
mod kitty;

use std::collections::VecDeque;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// How long the rest of an escape sequence may take: a slow line splits them; a person who
/// presses Esc does not notice.
const SEQUENCE_WAIT: Duration = Duration::from_millis(30);
/// How long the rest of a paste may take.
const PASTE_WAIT: Duration = Duration::from_secs(1);
/// A paste is handed over in pieces of at most this many bytes.
const PASTE_PIECE: usize = 8 * 1024 * 1024;
/// The longest control sequence and the longest answer to a query; more is no sequence.
const LONGEST_CSI: usize = 64;
const LONGEST_STRING: usize = 4096;

/// What the bytes meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key, a mouse report, a focus change or a paste.
    Event(Event),
    /// The terminal's background colour, red, green and blue.
    Background(u8, u8, u8),
    /// The terminal said what it is (DA1): it has answered all earlier questions that it understands.
    Attributes,
}

/// What stands at the front of the buffer.
enum Front {
    /// Not yet enough bytes.
    More,
    /// So many bytes, and what they mean, if anything.
    Taken(usize, Option<Input>),
    /// The mark that begins a paste.
    Paste(usize),
}

#[derive(Debug, Default)]
pub struct Parser {
    buffer: Vec<u8>,
    paste: Option<Vec<u8>>,
    ready: VecDeque<Input>,
}

impl Parser {
    /// Takes more bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        self.parse();
    }

    /// The next input, in order.
    pub fn take(&mut self) -> Option<Input> {
        self.ready.pop_front()
    }

    /// How long to wait for the rest of what has begun, counted from the last byte; none if
    /// nothing has begun.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        match (&self.paste, self.buffer.is_empty()) {
            (Some(_), _) => Some(PASTE_WAIT),
            (None, false) => Some(SEQUENCE_WAIT),
            (None, true) => None,
        }
    }

    /// The rest does not come: makes the best of what is there.
    pub fn give_up(&mut self) {
        if let Some(mut text) = self.paste.take() {
            text.append(&mut self.buffer);
            self.deliver(&text);
            return;
        }
        let rest = std::mem::take(&mut self.buffer);
        match rest.as_slice() {
            [0x1b] => self.key(KeyEvent::from(KeyCode::Esc)),
            // Alt-[ and its like look like the beginning of a sequence.
            [0x1b, byte] => {
                let mut key = character(char::from(*byte));
                key.modifiers |= KeyModifiers::ALT;
                self.key(key);
            }
            // Nothing, or a sequence that was cut off.
            [] | [0x1b, ..] => {}
            _ => self.key(character(char::REPLACEMENT_CHARACTER)),
        }
    }

    fn key(&mut self, key: KeyEvent) {
        self.ready.push_back(Input::Event(Event::Key(key)));
    }

    fn parse(&mut self) {
        let mut at = 0;
        loop {
            if self.paste.is_some() {
                self.buffer.drain(..at);
                at = 0;
                if !self.pasting() {
                    return;
                }
            }
            match front(&self.buffer[at..]) {
                Front::More => break,
                Front::Taken(length, input) => {
                    at += length;
                    self.ready.extend(input);
                }
                Front::Paste(length) => {
                    at += length;
                    self.paste = Some(Vec::new());
                }
            }
        }
        self.buffer.drain(..at);
    }

    /// Moves bytes to the paste; true once its end has come.
    fn pasting(&mut self) -> bool {
        const END: &[u8] = b"\x1b[201~";
        let Some(paste) = self.paste.as_mut() else { return true };
        let searched = paste.len().saturating_sub(END.len() - 1);
        paste.append(&mut self.buffer);
        if let Some(found) = find(&paste[searched..], END) {
            let end = searched + found;
            self.buffer = paste.split_off(end + END.len());
            paste.truncate(end);
            let text = std::mem::take(paste);
            self.paste = None;
            self.deliver(&text);
            return true;
        }
        if paste.len() > PASTE_PIECE {
            // Not through a character, nor through the end mark.
            let mut cut = paste.len() - END.len();
            while cut > 0 && paste[cut] & 0xc0 == 0x80 {
                cut -= 1;
            }
            let rest = paste.split_off(cut);
            let piece = std::mem::replace(paste, rest);
            self.deliver(&piece);
        }
        false
    }

    fn deliver(&mut self, text: &[u8]) {
        let text = String::from_utf8_lossy(text).replace("\r\n", "\n").replace('\r', "\n");
        self.ready.push_back(Input::Event(Event::Paste(text)));
    }
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}

#[allow(clippy::unnecessary_wraps, reason = "beside sequences that mean nothing")]
fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<Input> {
    Some(Input::Event(Event::Key(KeyEvent::new(code, modifiers))))
}

/// A typed character; a capital carries Shift, as crossterm has it.
fn character(c: char) -> KeyEvent {
    let modifiers = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(c), modifiers)
}

fn front(bytes: &[u8]) -> Front {
    let none = KeyModifiers::NONE;
    let control = |c| Front::Taken(1, pressed(KeyCode::Char(char::from(c)), KeyModifiers::CONTROL));
    match bytes {
        [] => Front::More,
        [0x1b, rest @ ..] => escape(rest),
        [b'\r', ..] => Front::Taken(1, pressed(KeyCode::Enter, none)),
        [b'\t', ..] => Front::Taken(1, pressed(KeyCode::Tab, none)),
        [0x7f, ..] => Front::Taken(1, pressed(KeyCode::Backspace, none)),
        [0, ..] => control(b' '),
        [c @ 0x01..=0x1a, ..] => control(c - 1 + b'a'),
        [c @ 0x1c..=0x1f, ..] => control(c - 0x1c + b'4'),
        [_, ..] => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Front {
    let width = match bytes[0] {
        ..0x80 => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => 0,
    };
    let whole = &bytes[..width.min(bytes.len())];
    match std::str::from_utf8(whole) {
        Ok(text) if width > 0 => {
            Front::Taken(width, text.chars().next().map(|c| Input::Event(Event::Key(character(c)))))
        }
        // Only the end is missing.
        Err(error) if error.error_len().is_none() => Front::More,
        Ok(_) | Err(_) => Front::Taken(1, Some(Input::Event(Event::Key(character(char::REPLACEMENT_CHARACTER))))),
    }
}

/// What follows an escape; lengths count the escape too.
fn escape(rest: &[u8]) -> Front {
    match rest {
        [] => Front::More,
        // Esc, and perhaps the beginning of something else.
        [0x1b, ..] => Front::Taken(1, pressed(KeyCode::Esc, KeyModifiers::NONE)),
        [b'[', rest @ ..] => control_sequence(rest),
        [b'O', rest @ ..] => single_shift(rest),
        [b']' | b'P' | b'_', ..] => string(rest),
        _ => match front(rest) {
            Front::Taken(length, Some(Input::Event(Event::Key(mut key)))) => {
                key.modifiers |= KeyModifiers::ALT;
                Front::Taken(length + 1, Some(Input::Event(Event::Key(key))))
            }
            Front::Taken(length, input) => Front::Taken(length + 1, input),
            other @ (Front::More | Front::Paste(_)) => other,
        },
    }
}

fn control_sequence(rest: &[u8]) -> Front {
    match rest {
        // The Linux console's F1 to F5.
        [b'[', last, ..] => Front::Taken(4, csi::console_key(*last)),
        // The old mouse report: three bytes of any value.
        [b'M', a, b, c, ..] => Front::Taken(6, csi::old_mouse(*a, *b, *c)),
        [b'['] | [b'M', ..] => Front::More,
        _ => match rest.iter().position(|byte| !(0x20..0x40).contains(byte)) {
            None if rest.len() < LONGEST_CSI => Front::More,
            None => Front::Taken(2 + rest.len(), None),
            Some(end) if !(0x40..0x7f).contains(&rest[end]) => Front::Taken(2 + end, None),
            Some(end) if &rest[..=end] == b"200~" => Front::Paste(2 + end + 1),
            Some(end) => Front::Taken(2 + end + 1, csi::meaning(&rest[..end], rest[end])),
        },
    }
}

fn single_shift(rest: &[u8]) -> Front {
    let Some(last) = rest.first() else { return Front::More };
    let code = match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'E' => KeyCode::KeypadBegin,
        b'P'..=b'S' => KeyCode::F(1 + last - b'P'),
        // The keypad in application mode.
        b'M' => KeyCode::Enter,
        b'j'..=b'y' => KeyCode::Char(char::from(last - 0x40)),
        // Alt-O, and then this.
        _ => return Front::Taken(2, pressed(KeyCode::Char('O'), KeyModifiers::ALT | KeyModifiers::SHIFT)),
    };
    Front::Taken(3, pressed(code, KeyModifiers::NONE))
}

/// An answer of the terminal: up to BEL or `ESC \`.
fn string(rest: &[u8]) -> Front {
    for (index, byte) in rest.iter().enumerate().skip(1) {
        match (byte, rest.get(index + 1)) {
            (0x07, _) => return Front::Taken(index + 2, csi::answer(&rest[..index])),
            (0x1b, Some(b'\\')) => return Front::Taken(index + 3, csi::answer(&rest[..index])),
            (0x1b, None) => return Front::More,
            // Cut off by another sequence.
            (0x1b, Some(_)) => return Front::Taken(index + 1, None),
            _ => {}
        }
    }
    if rest.len() > LONGEST_STRING { Front::Taken(rest.len() + 1, None) } else { Front::More }
}

#[cfg(test)]
mod tests;
