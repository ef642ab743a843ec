//! Keys that come as numbers: `CSI u` and the kitty keyboard protocol.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventState, KeyModifiers, MediaKeyCode};

use super::Input;
use super::csi::Numbers;

/// The key with this code point; `shifted` is what Shift makes of it, where the terminal says so.
pub(super) fn key(number: u32, shifted: Option<u32>, numbers: &Numbers) -> Option<Input> {
    let mut modifiers = numbers.modifiers();
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    let (code, state) = match functional(number) {
        Some(found) => found,
        None => (typed(char::from_u32(number)?, shift), KeyEventState::NONE),
    };
    let mut code = code;
    if let (true, Some(c)) = (shift, shifted.and_then(char::from_u32)) {
        code = KeyCode::Char(c);
    }
    // As a terminal without the protocol has it: a capital letter, with Shift.
    if let (true, KeyCode::Char(c)) = (shift, code) {
        code = KeyCode::Char(if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c });
    }
    if matches!(code, KeyCode::Char(c) if c.is_uppercase()) {
        modifiers |= KeyModifiers::SHIFT;
    }
    Some(Input::Event(Event::Key(KeyEvent::new_with_kind_and_state(code, modifiers, numbers.kind(), state))))
}

fn typed(c: char, shift: bool) -> KeyCode {
    match c {
        '\x1b' => KeyCode::Esc,
        '\r' => KeyCode::Enter,
        '\t' if shift => KeyCode::BackTab,
        '\t' => KeyCode::Tab,
        '\x7f' | '\x08' => KeyCode::Backspace,
        _ => KeyCode::Char(c),
    }
}

fn functional(number: u32) -> Option<(KeyCode, KeyEventState)> {
    let keypad = |code| Some((code, KeyEventState::KEYPAD));
    let plain = |code| Some((code, KeyEventState::NONE));
    match number {
        57399..=57408 => keypad(KeyCode::Char(char::from(b'0' + (number - 57399) as u8))),
        57409 => keypad(KeyCode::Char('.')),
        57410 => keypad(KeyCode::Char('/')),
        57411 => keypad(KeyCode::Char('*')),
        57412 => keypad(KeyCode::Char('-')),
        57413 => keypad(KeyCode::Char('+')),
        57414 => keypad(KeyCode::Enter),
        57415 => keypad(KeyCode::Char('=')),
        57416 => keypad(KeyCode::Char(',')),
        57417 => keypad(KeyCode::Left),
        57418 => keypad(KeyCode::Right),
        57419 => keypad(KeyCode::Up),
        57420 => keypad(KeyCode::Down),
        57421 => keypad(KeyCode::PageUp),
        57422 => keypad(KeyCode::PageDown),
        57423 => keypad(KeyCode::Home),
        57424 => keypad(KeyCode::End),
        57425 => keypad(KeyCode::Insert),
        57426 => keypad(KeyCode::Delete),
        57427 => keypad(KeyCode::KeypadBegin),
        57358 => plain(KeyCode::CapsLock),
        57359 => plain(KeyCode::ScrollLock),
        57360 => plain(KeyCode::NumLock),
        57361 => plain(KeyCode::PrintScreen),
        57362 => plain(KeyCode::Pause),
        57363 => plain(KeyCode::Menu),
        57376..=57398 => plain(KeyCode::F((number - 57376 + 13) as u8)),
        // Media and bare modifier keys do nothing here, but must not type a private character.
        57344..=63743 => plain(KeyCode::Media(MediaKeyCode::Play)),
        _ => None,
    }
}
