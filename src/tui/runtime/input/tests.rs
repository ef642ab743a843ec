//! Bytes and the keys they are.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

use super::*;

fn all(parser: &mut Parser) -> Vec<Input> {
    std::iter::from_fn(|| parser.take()).collect()
}

fn parsed(bytes: &[u8]) -> Vec<Input> {
    let mut parser = Parser::default();
    parser.feed(bytes);
    parser.give_up();
    all(&mut parser)
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Input {
    Input::Event(Event::Key(KeyEvent::new(code, modifiers)))
}

const NONE: KeyModifiers = KeyModifiers::NONE;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;
const ALT: KeyModifiers = KeyModifiers::ALT;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;

#[test]
fn keys_are_named_as_crossterm_names_them() {
    let cases: &[(&[u8], KeyCode, KeyModifiers)] = &[
        (b"a", KeyCode::Char('a'), NONE),
        (b"A", KeyCode::Char('A'), SHIFT),
        ("é".as_bytes(), KeyCode::Char('é'), NONE),
        ("日".as_bytes(), KeyCode::Char('日'), NONE),
        (b"\r", KeyCode::Enter, NONE),
        (b"\n", KeyCode::Char('j'), CTRL),
        (b"\t", KeyCode::Tab, NONE),
        (b"\x1b[Z", KeyCode::BackTab, SHIFT),
        (b"\x7f", KeyCode::Backspace, NONE),
        (b"\x08", KeyCode::Char('h'), CTRL),
        (b"\x1f", KeyCode::Char('7'), CTRL),
        (b"\0", KeyCode::Char(' '), CTRL),
        (b"\x1a", KeyCode::Char('z'), CTRL),
        (b"\x1b", KeyCode::Esc, NONE),
        (b"\x1bx", KeyCode::Char('x'), ALT),
        (b"\x1b\r", KeyCode::Enter, ALT),
        (b"\x1b[", KeyCode::Char('['), ALT),
        (b"\x1bO", KeyCode::Char('O'), ALT.union(SHIFT)),
        (b"\x1b]", KeyCode::Char(']'), ALT),
        (b"\x1b[A", KeyCode::Up, NONE),
        (b"\x1bOA", KeyCode::Up, NONE),
        (b"\x1b[1;5C", KeyCode::Right, CTRL),
        (b"\x1b[1;2P", KeyCode::F(1), SHIFT),
        (b"\x1bOS", KeyCode::F(4), NONE),
        (b"\x1b[[B", KeyCode::F(2), NONE),
        (b"\x1b[3~", KeyCode::Delete, NONE),
        (b"\x1b[5;5~", KeyCode::PageUp, CTRL),
        (b"\x1b[15~", KeyCode::F(5), NONE),
        (b"\x1b[24~", KeyCode::F(12), NONE),
        (b"\x1b[27u", KeyCode::Esc, NONE),
        (b"\x1b[105;5u", KeyCode::Char('i'), CTRL),
        (b"\x1b[97;6u", KeyCode::Char('A'), CTRL.union(SHIFT)),
        (b"\x1b[13;2u", KeyCode::Enter, SHIFT),
        (b"\x1b[9;2u", KeyCode::BackTab, SHIFT),
        (b"\x1b[27;5;13~", KeyCode::Enter, CTRL),
    ];
    for (bytes, code, modifiers) in cases {
        assert_eq!(parsed(bytes), [key(*code, *modifiers)], "{:?}", bytes.escape_ascii().to_string());
    }
}

#[test]
fn the_mouse_reports_presses_drags_and_the_wheel() {
    let cases: &[(&[u8], MouseEventKind, u16, u16, KeyModifiers)] = &[
        (b"\x1b[<0;5;7M", MouseEventKind::Down(MouseButton::Left), 4, 6, NONE),
        (b"\x1b[<0;5;7m", MouseEventKind::Up(MouseButton::Left), 4, 6, NONE),
        (b"\x1b[<34;300;1M", MouseEventKind::Drag(MouseButton::Right), 299, 0, NONE),
        (b"\x1b[<64;1;1M", MouseEventKind::ScrollUp, 0, 0, NONE),
        (b"\x1b[<81;1;2M", MouseEventKind::ScrollDown, 0, 1, CTRL),
        (b"\x1b[M !\"", MouseEventKind::Down(MouseButton::Left), 0, 1, NONE),
    ];
    for (bytes, kind, column, row, modifiers) in cases {
        let event = MouseEvent { kind: *kind, column: *column, row: *row, modifiers: *modifiers };
        assert_eq!(parsed(bytes), [Input::Event(Event::Mouse(event))], "{:?}", bytes.escape_ascii().to_string());
    }
    // Cells count from one: a zero is no cell.
    assert_eq!(parsed(b"\x1b[<0;0;0M"), []);
}

#[test]
fn a_paste_is_one_event_whatever_is_in_it() {
    let text = Input::Event(Event::Paste("one\ntwo\n\x1b[A\tq".to_owned()));
    assert_eq!(parsed(b"\x1b[200~one\rtwo\r\n\x1b[A\tq\x1b[201~x"), [text, key(KeyCode::Char('x'), NONE)]);
}

#[test]
fn a_paste_without_an_end_is_not_lost() {
    assert_eq!(parsed(b"\x1b[200~half"), [Input::Event(Event::Paste("half".to_owned()))]);
    let mut parser = Parser::default();
    parser.feed(b"\x1b[200~half");
    assert_eq!(parser.wait(), Some(PASTE_WAIT));
}

#[test]
fn a_giant_paste_comes_in_pieces() {
    let text = "é\r".repeat(PASTE_PIECE);
    let mut parser = Parser::default();
    parser.feed(b"\x1b[200~");
    for piece in text.as_bytes().chunks(1 << 16) {
        parser.feed(piece);
    }
    parser.feed(b"\x1b[201~");
    let pieces: Vec<String> = all(&mut parser)
        .into_iter()
        .map(|input| match input {
            Input::Event(Event::Paste(text)) => text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(pieces.len() > 1);
    assert!(pieces.concat() == text.replace('\r', "\n"));
}

#[test]
fn answers_are_not_typed() {
    assert_eq!(parsed(b"\x1b]11;rgb:ffff/8080/0000\x1b\\"), [Input::Background(255, 128, 0)]);
    assert_eq!(parsed(b"\x1b]11;rgba:ff/80/00/ff\x07"), [Input::Background(255, 128, 0)]);
    assert_eq!(parsed(b"\x1b[?64;1;9c"), [Input::Attributes]);
    assert_eq!(parsed(b"\x1b[?1u\x1b[12;40R\x1bP1+r\x1b\\\x1b]10;rgb:0/0/0\x07"), []);
}

#[test]
fn focus_is_told() {
    assert_eq!(parsed(b"\x1b[I\x1b[O"), [Input::Event(Event::FocusGained), Input::Event(Event::FocusLost)]);
}

#[test]
fn a_broken_sequence_does_not_swallow_the_next_key() {
    assert_eq!(parsed(b"\x1b[12\x1b[A"), [key(KeyCode::Up, NONE)]);
    assert_eq!(parsed(b"\x1b]11;oops\x1b[A"), [key(KeyCode::Up, NONE)]);
    assert_eq!(parsed(b"\x1b\x1b[A"), [key(KeyCode::Esc, NONE), key(KeyCode::Up, NONE)]);
    assert_eq!(parsed(b"\xffa"), [key(KeyCode::Char('\u{fffd}'), NONE), key(KeyCode::Char('a'), NONE)]);
    assert_eq!(parsed(b"\xe6\x97"), [key(KeyCode::Char('\u{fffd}'), NONE)]);
}

proptest! {
    /// Any bytes, cut anywhere, mean the same, and nothing panics.
    #[test]
    fn where_the_line_cuts_does_not_matter(
        pieces in prop::collection::vec(prop_oneof![
            Just(b"\x1b[200~".to_vec()), Just(b"\x1b[201~".to_vec()), Just(b"\x1b[<0;3;4M".to_vec()), Just(b"\x1b]11;".to_vec()),
            Just(b"\x1b".to_vec()), Just(b"\x1b[".to_vec()), Just("é日".as_bytes().to_vec()), prop::collection::vec(any::<u8>(), 0..6),
        ], 0..12),
        cut in 1_usize..9,
    ) {
        let bytes = pieces.concat();
        let mut parser = Parser::default();
        for piece in bytes.chunks(cut) {
            parser.feed(piece);
        }
        parser.give_up();
        prop_assert_eq!(all(&mut parser), parsed(&bytes));
        prop_assert!(parser.wait().is_none());
    }
}
