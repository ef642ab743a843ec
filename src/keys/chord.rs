//! A key with its modifiers, and how it is written: `g`, `ctrl-d`, `S-tab`, `space`.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One key press as the key table names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Chord {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Keys that have a name of their own.
const NAMED: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("space", KeyCode::Char(' ')),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
];

impl Chord {
    /// The chord of a key event. Shift is dropped where the character already shows it.
    pub fn of(event: &KeyEvent) -> Self {
        let mut modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let mut code = event.code;
        match code {
            KeyCode::BackTab => {
                code = KeyCode::Tab;
                modifiers |= KeyModifiers::SHIFT;
            }
            // Terminals that tell ctrl-shift-x from ctrl-x still mean the same control character.
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => {
                code = KeyCode::Char(c.to_ascii_lowercase());
                modifiers -= KeyModifiers::SHIFT;
            }
            KeyCode::Char(c) => {
                if modifiers.contains(KeyModifiers::SHIFT) && c.is_ascii_lowercase() {
                    code = KeyCode::Char(c.to_ascii_uppercase());
                }
                modifiers -= KeyModifiers::SHIFT;
            }
            _ => {}
        }
        Self { code, modifiers }
    }

    /// Whether it types a character where text is taken.
    pub fn types(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && !self.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
    }

    /// Reads a key's name.
    ///
    /// # Errors
    /// Says how keys are written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no key: write a, G, ctrl-d, S-tab, space, enter, f1, pgdn");
        let mut rest = text.trim();
        let mut modifiers = KeyModifiers::NONE;
        loop {
            let (prefix, modifier) = match rest.to_ascii_lowercase() {
                lower if lower.starts_with("ctrl-") && rest.len() > 5 => (5, KeyModifiers::CONTROL),
                lower if lower.starts_with("alt-") && rest.len() > 4 => (4, KeyModifiers::ALT),
                lower if lower.starts_with("shift-") && rest.len() > 6 => (6, KeyModifiers::SHIFT),
                _ if rest.starts_with("S-") && rest.len() > 2 => (2, KeyModifiers::SHIFT),
                _ => break,
            };
            modifiers |= modifier;
            rest = &rest[prefix..];
        }
        let lower = rest.to_ascii_lowercase();
        let named = NAMED.iter().find(|(name, _)| *name == lower).map(|(_, code)| *code);
        let function = || lower.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()).filter(|n| (1..=24).contains(n));
        let mut letters = rest.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some(code), _, _) => code,
            (None, Some(c), None) if !c.is_control() => KeyCode::Char(c),
            _ => KeyCode::F(function().ok_or_else(wrong)?),
        };
        Ok(Self::of(&KeyEvent::new(code, modifiers)))
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            f.write_str("ctrl-")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            f.write_str("alt-")?;
        }
        if self.modifiers.contains(KeyModifiers::SHIFT) {
            f.write_str("S-")?;
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(n)) => write!(f, "f{n}"),
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_are_read() {
        for name in ["g", "G", "ctrl-d", "S-tab", "space", "enter", "f4", "pgdn", "?", "alt-x", "{", "-", "ctrl--", ","]
        {
            assert_eq!(Chord::parse(name).unwrap().to_string(), name);
        }
        for bad in ["", "ctrl-", "f99", "hyper-x", "ab"] {
            assert!(Chord::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn terminals_differ_and_chords_do_not() {
        let shifted = KeyEvent::new(KeyCode::Char('g'), KeyModifiers::SHIFT);
        assert_eq!(Chord::of(&shifted), Chord::parse("G").unwrap());
        let back = KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT);
        assert_eq!(Chord::of(&back), Chord::parse("S-tab").unwrap());
    }
}
