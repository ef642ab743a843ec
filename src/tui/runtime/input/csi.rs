//! What a control sequence or an answer of the terminal means.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::{Input, kitty, pressed};

/// The numbers of a sequence: parameters, each with its sub-parameters. Left-out ones are `None`.
pub(super) struct Numbers(Vec<Vec<Option<u32>>>);

impl Numbers {
    fn read(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let number = |part: &str| if part.is_empty() { Some(None) } else { part.parse().ok().map(Some) };
        let parameter = |part: &str| part.split(':').map(number).collect::<Option<Vec<_>>>();
        text.split(';').map(parameter).collect::<Option<Vec<_>>>().map(Self)
    }

    pub(super) fn at(&self, parameter: usize, sub: usize) -> Option<u32> {
        self.0.get(parameter)?.get(sub).copied().flatten()
    }

    /// The modifiers of the second parameter.
    pub(super) fn modifiers(&self) -> KeyModifiers {
        modifiers(self.at(1, 0).unwrap_or(1))
    }

    /// Press, repeat or release, of the second parameter.
    pub(super) fn kind(&self) -> KeyEventKind {
        match self.at(1, 1) {
            Some(2) => KeyEventKind::Repeat,
            Some(3) => KeyEventKind::Release,
            _ => KeyEventKind::Press,
        }
    }
}

/// The modifiers in a mask that counts from one.
fn modifiers(mask: u32) -> KeyModifiers {
    let mask = mask.saturating_sub(1);
    [
        KeyModifiers::SHIFT,
        KeyModifiers::ALT,
        KeyModifiers::CONTROL,
        KeyModifiers::SUPER,
        KeyModifiers::HYPER,
        KeyModifiers::META,
    ]
    .into_iter()
    .enumerate()
    .filter(|(bit, _)| mask & (1 << bit) != 0)
    .fold(KeyModifiers::NONE, |all, (_, one)| all | one)
}

/// `ESC [ <body> <last>`.
pub(super) fn meaning(body: &[u8], last: u8) -> Option<Input> {
    match (body.first(), last) {
        (Some(b'<'), b'M' | b'm') => mouse(&Numbers::read(&body[1..])?, last == b'm'),
        (Some(b'?'), b'c') => Some(Input::Attributes),
        // Other private answers (keyboard flags, modes) were not asked for.
        (Some(b'<'..=b'?'), _) => None,
        (None, b'I') => Some(Input::Event(Event::FocusGained)),
        (None, b'O') => Some(Input::Event(Event::FocusLost)),
        _ => key(&Numbers::read(body)?, last),
    }
}

fn key(numbers: &Numbers, last: u8) -> Option<Input> {
    let code = match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'E' => KeyCode::KeypadBegin,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P' | b'Q' | b'S' => KeyCode::F(1 + last - b'P'),
        // Only with a first parameter of 1; else it is a cursor position.
        b'R' if numbers.at(0, 0) == Some(1) => KeyCode::F(3),
        b'Z' => {
            let modifiers = numbers.modifiers() | KeyModifiers::SHIFT;
            return pressed(KeyCode::BackTab, modifiers);
        }
        // modifyOtherKeys: `27 ; modifiers ; character ~`.
        b'~' if numbers.at(0, 0) == Some(27) => return kitty::key(numbers.at(2, 0)?, None, numbers),
        b'~' => numbered(numbers.at(0, 0)?)?,
        b'u' => return kitty::key(numbers.at(0, 0)?, numbers.at(0, 1), numbers),
        _ => return None,
    };
    Some(Input::Event(Event::Key(KeyEvent::new_with_kind(code, numbers.modifiers(), numbers.kind()))))
}

fn numbered(number: u32) -> Option<KeyCode> {
    let f = |offset: u32| Some(KeyCode::F((number - offset) as u8));
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => f(10),
        17..=21 => f(11),
        23..=26 => f(12),
        28..=29 => f(13),
        31..=34 => f(14),
        _ => None,
    }
}

/// The Linux console's `ESC [ [ A` to `E`.
pub(super) fn console_key(last: u8) -> Option<Input> {
    match last {
        b'A'..=b'E' => pressed(KeyCode::F(1 + last - b'A'), KeyModifiers::NONE),
        _ => None,
    }
}

fn mouse(numbers: &Numbers, released: bool) -> Option<Input> {
    let cell = |index| numbers.at(index, 0).and_then(|at| u16::try_from(at.checked_sub(1)?).ok());
    report(numbers.at(0, 0)?, cell(1)?, cell(2)?, released)
}

/// The old report: button, column and row, each 32 more than it is; cells count from one.
pub(super) fn old_mouse(button: u8, column: u8, row: u8) -> Option<Input> {
    let cell = |byte: u8| byte.checked_sub(33).map(u16::from);
    report(u32::from(button.checked_sub(32)?), cell(column)?, cell(row)?, false)
}

fn report(button: u32, column: u16, row: u16, released: bool) -> Option<Input> {
    let number = (button & 0b11) | ((button & 0b1100_0000) >> 4);
    let moving = button & 0b10_0000 != 0;
    let which = match number {
        0 => Some(MouseButton::Left),
        1 => Some(MouseButton::Middle),
        2 => Some(MouseButton::Right),
        _ => None,
    };
    let kind = match (which, number, moving) {
        (Some(which), _, true) => MouseEventKind::Drag(which),
        (Some(which), _, false) if released => MouseEventKind::Up(which),
        (Some(which), _, false) => MouseEventKind::Down(which),
        (None, 3, false) => MouseEventKind::Up(MouseButton::Left),
        (None, 3..=5, true) => MouseEventKind::Moved,
        (None, 4, false) => MouseEventKind::ScrollUp,
        (None, 5, false) => MouseEventKind::ScrollDown,
        (None, 6, false) => MouseEventKind::ScrollLeft,
        (None, 7, false) => MouseEventKind::ScrollRight,
        (None, ..) => return None,
    };
    let mut modifiers = KeyModifiers::NONE;
    for (bit, modifier) in [(4, KeyModifiers::SHIFT), (8, KeyModifiers::ALT), (16, KeyModifiers::CONTROL)] {
        if button & bit != 0 {
            modifiers |= modifier;
        }
    }
    Some(Input::Event(Event::Mouse(MouseEvent { kind, column, row, modifiers })))
}

/// The body of `ESC ] ... ESC \` and its like: only the background colour (OSC 11) was asked for.
pub(super) fn answer(body: &[u8]) -> Option<Input> {
    let colour = std::str::from_utf8(body).ok()?.strip_prefix("]11;rgb")?;
    // `rgb:rrrr/gggg/bbbb` or `rgba:.../aaaa`, with one to four digits each.
    let (_, parts) = colour.split_once(':')?;
    let mut parts = parts.split('/').map(|digits| {
        let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)?.checked_sub(1)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        (most > 0 && most <= 0xffff).then(|| (value * 255 / most) as u8)
    });
    Some(Input::Background(parts.next()??, parts.next()??, parts.next()??))
}
