//! Text that would command a terminal or hide from a person, where to put it, and how to find it in what the
//! program has written.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::unwrap_used, reason = "a harness may fail loudly")]

use toml::{Table, Value};

/// What no byte stream of the program may hold, in groups that together cover all of it. The first is one of each.
pub fn payloads() -> Vec<String> {
    let of = |ranges: &[std::ops::RangeInclusive<u32>]| -> String {
        ranges.iter().cloned().flatten().filter_map(char::from_u32).collect()
    };
    vec![
        "\u{1b}]0;owned\u{7}\u{9b}5n\u{202e}\u{e0041}\u{2028}\u{200b}\u{fe0f}\u{7f}\r\n\u{8}".to_owned(),
        of(&[0..=0x1f]),
        of(&[0x7f..=0x9f]),
        "\u{1b}]0;owned\u{7}\u{1b}]8;;http://x\u{1b}\\\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}]9;4;1;50\u{7}".to_owned(),
        "\u{1b}P+q544e\u{1b}\\\u{1b}_Gi=1\u{1b}\\\u{1b}^x\u{1b}\\\u{1b}Xx\u{1b}\\\u{90}q\u{9c}".to_owned(),
        "\u{1b}[6n\u{1b}[5i\u{1b}[21t\u{1b}c\u{1b}#8\u{1b}(0\u{e}\u{9b}6n\u{9d}0;owned\u{9c}\r\u{8}".to_owned(),
        // The twelve bidirectional controls.
        of(&[0x61c..=0x61c, 0x200e..=0x200f, 0x202a..=0x202e, 0x2066..=0x2069]),
        of(&[0xe0001..=0xe0001, 0xe0020..=0xe007f]),
        of(&[
            0xad..=0xad,
            0x34f..=0x34f,
            0x180e..=0x180e,
            0x200b..=0x200d,
            0x2028..=0x2029,
            0x2060..=0x2064,
            0xfeff..=0xfeff,
        ]),
        of(&[0xfe00..=0xfe0f, 0xe0100..=0xe01ef]),
        of(&[0x115f..=0x1160, 0x3164..=0x3164, 0xffa0..=0xffa0, 0xfff9..=0xfffb]),
    ]
}

/// One of the payloads, by any number.
pub fn payload(at: usize) -> String {
    let mut all = payloads();
    all.swap_remove(at % all.len())
}

/// Every character as TOML may write it in a text or a key between quotes.
pub fn toml_escaped(text: &str) -> String {
    text.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect()
}

/// Whether a character acts on a terminal or is seen by machines alone. Nothing that the program itself writes holds
/// any of them, so joiners and selectors of emoji count too.
pub fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c), 0xad | 0x34f | 0x61c | 0x115f | 0x1160 | 0x180b..=0x180f | 0x200b..=0x200f
            | 0x2028..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xffa0 | 0xfff0..=0xfffb
            | 0xe0000..=0xe0fff)
}

/// What the program itself may write besides text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Lines, and nothing else: a pipe, a file.
    Lines,
    /// Lines with colours: a command at a terminal.
    Colours,
    /// Frames: the cursor moved, colours, the screen cleared.
    Frames,
    /// All that the interface says to its terminal: frames, modes, title, notification, clipboard.
    Interface,
}

/// Sequences that the interface writes word for word: modes, stacks, questions to the terminal.
const FIXED: [&str; 27] = [
    "\u{1b}[?1049h",
    "\u{1b}[?1049l",
    "\u{1b}[?25h",
    "\u{1b}[?25l",
    "\u{1b}[?1000h",
    "\u{1b}[?1000l",
    "\u{1b}[?1002h",
    "\u{1b}[?1002l",
    "\u{1b}[?1006h",
    "\u{1b}[?1006l",
    "\u{1b}[?2004h",
    "\u{1b}[?2004l",
    "\u{1b}[?1004h",
    "\u{1b}[?1004l",
    "\u{1b}[?2026h",
    "\u{1b}[?2026l",
    "\u{1b}[>1u",
    "\u{1b}[<1u",
    "\u{1b}[22;0t",
    "\u{1b}[23;0t",
    "\u{1b}]11;?\u{1b}\\",
    "\u{1b}]11;?\u{7}",
    "\u{1b}[c",
    "\u{1b}[0c",
    "\u{1b}[2J",
    "\u{1b}[J",
    "\u{1b}[K",
];

/// Everything in `bytes` that does not belong there, with what stands around it.
pub fn found(bytes: &[u8], may: May) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut rest = text.as_ref();
    while let Some(c) = rest.chars().next() {
        let length = allowed(rest, may).unwrap_or_else(|| {
            if is_dangerous(c) && !(c == '\n' && may != May::Frames) {
                let around: String = rest.chars().take(24).collect();
                found.push(format!("{c:?} in {around:?}"));
            }
            c.len_utf8()
        });
        rest = &rest[length..];
    }
    found
}

/// How long the sequence at the beginning of `text` is, where it is one that may be written.
fn allowed(text: &str, may: May) -> Option<usize> {
    if text.starts_with("\r\n") && may != May::Frames {
        return Some(2);
    }
    if may == May::Interface {
        if let Some(fixed) = FIXED.iter().find(|fixed| text.starts_with(*fixed)) {
            return Some(fixed.len());
        }
        if let Some(length) = ["\u{1b}]0;", "\u{1b}]9;", "\u{1b}]52;c;"].iter().find_map(|start| command(text, start)) {
            return Some(length);
        }
    }
    // A frame hides the cursor, or shows it where text is typed.
    if may == May::Frames && (text.starts_with("\u{1b}[?25l") || text.starts_with("\u{1b}[?25h")) {
        return Some(6);
    }
    let parameters = text.strip_prefix("\u{1b}[")?;
    let end = parameters.find(|c: char| !(c.is_ascii_digit() || c == ';' || c == ':'))?;
    let known = match &parameters[end..=end] {
        "m" => may != May::Lines,
        "H" | "J" | "K" => matches!(may, May::Frames | May::Interface),
        _ => false,
    };
    known.then_some(2 + end + 1)
}

/// How long an operating system command is that begins with `start` and holds plain text alone.
fn command(text: &str, start: &str) -> Option<usize> {
    let inside = text.strip_prefix(start)?;
    let end = inside.find(is_dangerous)?;
    let closing = ["\u{1b}\\", "\u{7}"].into_iter().find(|closing| inside[end..].starts_with(closing))?;
    Some(start.len() + end + closing.len())
}

/// A place in a document: keys and positions from its root.
pub type Path = Vec<String>;

/// The places of all texts in a document, nested however deep: no field that is added later can be forgotten.
pub fn texts(document: &Table) -> Vec<Path> {
    fn walk(value: &Value, path: &mut Path, found: &mut Vec<Path>) {
        match value {
            Value::String(_) => found.push(path.clone()),
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    path.push(at.to_string());
                    walk(item, path, found);
                    path.pop();
                }
            }
            Value::Table(table) => {
                for (key, value) in table {
                    path.push(key.clone());
                    walk(value, path, found);
                    path.pop();
                }
            }
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {}
        }
    }
    let mut found = Vec::new();
    walk(&Value::Table(document.clone()), &mut Path::new(), &mut found);
    found
}

/// The document with another text at `path`.
pub fn with(document: &Table, path: &[String], text: &str) -> Table {
    let mut whole = Value::Table(document.clone());
    let mut at = &mut whole;
    for step in path {
        at = match at {
            Value::Array(items) => &mut items[step.parse::<usize>().unwrap()],
            Value::Table(table) => table.get_mut(step).unwrap(),
            other => panic!("nothing below {other}"),
        };
    }
    *at = Value::String(text.to_owned());
    let Value::Table(table) = whole else { unreachable!() };
    table
}

/// The document with a payload in each text that may be any text, as `accepts` has it: `Q7Z` and the payload in the
/// seventh. `turn` chooses another payload for each field, so that all of them come to all fields in as many turns.
pub fn poisoned(document: &Table, turn: usize, accepts: impl Fn(&str) -> bool) -> (Table, usize) {
    let payloads = payloads();
    let (mut out, mut count) = (document.clone(), 0);
    for (number, path) in texts(document).iter().enumerate() {
        let payload = &payloads[(number + turn) % payloads.len()];
        let changed = with(&out, path, &format!("Q{number}Z{payload}"));
        if accepts(&changed.to_string()) {
            (out, count) = (changed, count + 1);
        }
    }
    (out, count)
}

/// A strategy that uses every key of the format.
pub const FULL: &str = r#"
schema = 1
id = "full"
title = "Full"
category = "debugging"
summary = "Everything that a file may hold"
when = "When all of it is wanted."
tags = ["all", "of-it"]
goal = "Reach {{ what }}"
benefits = ["Nothing is left out"]

[fit]
codebase = "existing"
scope = ["small"]
dependencies = ["coupled"]
risk = ["medium"]
validation = ["hard"]

[[placeholders]]
name = "what"
label = "What"
kind = "multiline"
help = "What it is about."
example = "the login"
max = 5000

[[placeholders]]
name = "why"
label = "Why"
kind = "text"
required = false
default = "because of {{ what }}"

[[placeholders]]
name = "risk"
label = "Risk"
kind = "choice"
choices = ["low", "high"]
default = "low"

[[placeholders]]
name = "files"
label = "Files"
kind = "list"
required = false

[[placeholders]]
name = "ticket"
label = "Ticket"
kind = "url"
required = false
show_if = "risk == 'high'"

[[sessions]]
id = "first"
title = "First"
goal = "Begin {{ what }}"
budget = "1h-2h"
[[sessions.turns]]
id = "look"
title = "Look"
kind = "research"
span = 2
repeat = "round"
budget = "15m-30m"
prompt = """
Look at {{ what }}, {{ why }}.
{% for file in files %}- {{ file }}
{% endfor %}{% if ticket %}See {{ ticket }}.{% endif %}{{ risk }}
"""
[[sessions.turns.evidence]]
id = "seen"
label = "What was seen"
kind = "text"
[[sessions.turns.evidence]]
id = "run"
label = "The run"
kind = "command"
exit = "nonzero"
[[sessions.turns.evidence]]
id = "page"
label = "The page"
kind = "link"
required = false
[[sessions.turns.evidence]]
id = "time"
label = "Mean time"
kind = "number"
metric = "latency"
[[sessions.turns.evidence]]
id = "verdict"
label = "Verdict"
kind = "verdict"
choices = ["good", "bad"]
[[sessions.turns]]
id = "mend"
title = "Mend"
kind = "implement"
prompt = "Mend it."
gate = "It is mended"
[[sessions.checklist]]
id = "told"
text = "Users told"

[[sessions]]
id = "second"
title = "Second"
after = ["first"]
[[sessions.turns]]
id = "check"
title = "Check"
kind = "validate"
prompt = "Check it."

[[metrics]]
id = "latency"
label = "Mean response time"
unit = "ms"
better = "lower"
baseline = "{{ what|length }}"
target = 100
"#;

/// What the program's own check is checked with: it finds each payload, alone and in plain text.
#[test]
fn what_commands_or_hides_is_found_and_what_the_program_writes_is_not() {
    for may in [May::Lines, May::Colours, May::Frames, May::Interface] {
        for payload in payloads() {
            assert!(!found(payload.as_bytes(), may).is_empty(), "{may:?}: {payload:?}");
            for c in payload.chars().filter(|c| is_dangerous(*c) && *c != '\n') {
                let text = format!("plain {c} text");
                assert_eq!(found(text.as_bytes(), may).len(), 1, "{may:?}: {text:?}");
            }
        }
        assert!(found("plain é 日本 text".as_bytes(), may).is_empty());
    }
    let frame = "\u{1b}[?2026h\u{1b}[1;2H\u{1b}[38;5;2;49mtext\u{1b}[0m\u{1b}[?2026l\u{1b}]9;done\u{1b}\\";
    assert!(found(frame.as_bytes(), May::Interface).is_empty());
    for sequence in ["\u{1b}[6n", "\u{1b}]8;;x\u{7}", "\u{1b}]0;a\u{202e}\u{7}", "\u{1b}[?1049x", "\u{1b}[1"] {
        assert!(!found(sequence.as_bytes(), May::Interface).is_empty(), "{sequence:?}");
    }
}
