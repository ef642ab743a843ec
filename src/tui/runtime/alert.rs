//! Bell, desktop notification and window title, as bytes for the terminal.
//!
//! All three carry other people's text (a turn's title, a plan's name), so what would act is
//! escaped and the length is bounded before it goes between the marks of a sequence.

use std::io;

use unicode_segmentation::UnicodeSegmentation;

use super::modes;
use crate::domain::untrusted::shown;
use crate::os::output;

/// Most characters of a title or notification; terminals cut longer ones off, some misbehave.
const LONGEST: usize = 200;

/// The sequence that sets the window title.
#[must_use]
pub fn title(text: &str) -> String {
    format!("\x1b]0;{}\x1b\\", safe(text))
}

/// The sequence that shows a desktop notification (OSC 9).
#[must_use]
pub fn notification(text: &str) -> String {
    // ConEmu reads a leading number in OSC 9 as a command (`9;4` is a progress bar).
    let text = safe(text);
    let text = if text.starts_with(|c: char| c.is_ascii_digit()) { format!("Setlist: {text}") } else { text };
    format!("\x1b]9;{text}\x1b\\")
}

/// Rings the bell, and shows `text` as a desktop notification if `notify`.
pub fn alert(bell: bool, notify: Option<&str>) -> io::Result<()> {
    let mut bytes = notify.map(notification).unwrap_or_default();
    if bell {
        bytes.push('\x07');
    }
    if bytes.is_empty() {
        return Ok(());
    }
    output::write_if(modes::active, bytes.as_bytes())
}

fn safe(text: &str) -> String {
    shown(text).graphemes(true).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_end_its_own_sequence() {
        let bytes = title("x\x1b\\\x07\u{9c}\n\x1b]52;c;aGk=\x07");
        assert_eq!(bytes.matches('\x1b').count(), 2, "{bytes:?}");
        assert!(!bytes.contains(['\x07', '\u{9c}', '\n']), "{bytes:?}");
        assert!(title(&"a".repeat(10_000)).len() < 300);
    }

    #[test]
    fn a_notification_is_never_a_progress_bar() {
        assert_eq!(notification("4;1;50"), "\x1b]9;Setlist: 4;1;50\x1b\\");
        assert_eq!(notification("Turn 2 is over budget"), "\x1b]9;Turn 2 is over budget\x1b\\");
    }
}
