//! Texts and figures as TOML, in the form that is easiest to read.

use crate::domain::untrusted::shown;

/// A text between quotes: as it is where the quotes allow that, over several lines where it has
/// several. What acts on a terminal or hides from a reader is written as an escape.
pub(super) fn string(text: &str) -> String {
    let is_plain = text.split('\n').map(|line| line.replace('\t', " ")).all(|line| shown(&line) == line);
    match (text.contains('\n'), is_plain) {
        (true, true) if text.contains('\\') && !text.contains("'''") && !text.ends_with('\'') => {
            format!("'''\n{text}'''")
        }
        (true, _) => format!("\"\"\"\n{}\"\"\"", escaped(text, is_plain, true)),
        (false, true) if text.contains(['"', '\\']) && !text.contains('\'') => format!("'{text}'"),
        (false, _) => format!("\"{}\"", escaped(text, is_plain, false)),
    }
}

/// A whole number without a fraction.
pub(super) fn number(figure: f64) -> String {
    if figure.fract() == 0.0 && figure.abs() < 9e15 { format!("{figure:.0}") } else { format!("{figure:?}") }
}

/// The inside of a basic string, of one line or of several.
fn escaped(text: &str, is_plain: bool, several: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut quotes = 0;
    for (at, c) in text.char_indices() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        match c {
            '\\' => out.push_str("\\\\"),
            // Three in a row, or one before the closing ones, would end a text of several lines.
            '"' if !several || quotes % 3 == 0 || at + 1 == text.len() => out.push_str("\\\""),
            '\n' if several => out.push('\n'),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push(c),
            _ if is_plain || is_shown(c) => out.push(c),
            _ => out.push_str(&code(c)),
        }
    }
    out
}

fn is_shown(c: char) -> bool {
    let mut bytes = [0; 4];
    let text = c.encode_utf8(&mut bytes);
    shown(text) == *text
}

fn code(c: char) -> String {
    let number = u32::from(c);
    if number <= 0xffff { format!("\\u{number:04X}") } else { format!("\\U{number:08X}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_people_would() {
        for (text, written) in [
            ("plain", r#""plain""#),
            ("say \"yes\"", r#"'say "yes"'"#),
            ("it's \"so\"", r#""it's \"so\"""#),
            (r"^\d+$", r"'^\d+$'"),
            ("a\nb\n", "\"\"\"\na\nb\n\"\"\""),
            ("a\\b\nc", "'''\na\\b\nc'''"),
            ("a\n\"\"\"", "\"\"\"\na\n\"\"\\\"\"\"\""),
            ("a\r\nb", "\"\"\"\na\\r\nb\"\"\""),
            ("\u{1b}[2J\u{202e}\u{e0041}", r#""\u001B[2J\u202E\U000E0041""#),
            ("👩\u{200d}👧", "\"👩\u{200d}👧\""),
        ] {
            assert_eq!(string(text), written);
            let read: toml::Table = format!("text = {written}").parse().unwrap();
            assert_eq!(read["text"].as_str(), Some(text));
        }
        assert_eq!((number(5.0), number(0.5), number(1e300)), ("5".into(), "0.5".into(), "1e300".into()));
    }
}
