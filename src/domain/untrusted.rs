//! Other people's text on its way to a terminal or to an agent.
//!
//! Strategy files, plan files and agents' output may carry characters that move the cursor, set
//! the title or reorder what is read (CVE-2021-42574, 'Trojan Source'). Shown, they become visible
//! escapes; copied, the ones a terminal would act on are taken out and the hidden ones counted.

use std::borrow::Cow;

/// What a character would do if it were sent as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    Plain,
    /// C0, DEL or C1: a terminal acts on it.
    Control,
    /// Seen by a machine, not by a person: bidi controls, tags, zero-width characters.
    Hidden,
}

fn nature(c: char, before: Option<char>, after: Option<char>) -> Nature {
    match c {
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Nature::Control,
        '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' if joins(before, after, c) => Nature::Plain,
        '\u{00ad}'
        | '\u{034f}'
        | '\u{061c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => Nature::Hidden,
        _ => Nature::Plain,
    }
}

/// A joiner or variation selector that is part of an emoji, not a hiding place: a selector follows a
/// symbol and nothing else, or data could hide in a row of them; a joiner stands between two symbols.
fn joins(before: Option<char>, after: Option<char>, c: char) -> bool {
    match c {
        '\u{200d}' => before.is_some_and(|c| is_symbol(c) || c == '\u{fe0f}') && after.is_some_and(is_symbol),
        _ => before.is_some_and(|c| is_symbol(c) || matches!(c, '#' | '*' | '0'..='9')),
    }
}

/// Characters that emoji are made of.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{21aa}'
        | '\u{231a}'..='\u{23ff}' | '\u{24c2}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}' | '\u{2934}'..='\u{2935}'
        | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Each character of `text` with its nature, seen beside its neighbours.
fn natures(text: &str) -> impl Iterator<Item = (char, Nature)> + '_ {
    let mut before = None;
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        let c = rest.next()?;
        let after = rest.clone().next();
        let found = nature(c, before, after);
        before = Some(c);
        Some((c, found))
    })
}

/// Text for one line of the screen or of an error: every character that would act or hide is
/// written as an escape such as `\u{202e}` or `^[`. New lines and tabs too.
pub fn shown(text: &str) -> Cow<'_, str> {
    escape(text, |_| false)
}

/// Text of several lines: as [`shown`], but new lines stay and a tab becomes four spaces.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    match escape(text, |c| c == '\n' || c == '\t') {
        clean if clean.contains('\t') => Cow::Owned(clean.replace('\t', "    ")),
        clean => clean,
    }
}

fn escape(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b) || keep(char::from(b))) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (c, found) in natures(text) {
        match found {
            _ if keep(c) => out.push(c),
            Nature::Plain => out.push(c),
            Nature::Control if c < ' ' => {
                out.push('^');
                out.push(char::from(c as u8 + 0x40));
            }
            Nature::Control | Nature::Hidden => out.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(out)
}

/// Text as it may leave the program: to the clipboard, to an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The text without C0 (but new line and tab), DEL and C1.
    pub text: String,
    /// How many control characters were taken out.
    pub removed: usize,
    /// How many hidden characters are still in it; the person is to be warned.
    pub hidden: usize,
}

/// What is copied is what was previewed: control characters go, hidden ones are counted.
pub fn outgoing(text: &str) -> Outgoing {
    let mut out = Outgoing { text: String::with_capacity(text.len()), removed: 0, hidden: 0 };
    for (c, found) in natures(&text.replace("\r\n", "\n")) {
        match found {
            Nature::Control if c != '\n' && c != '\t' => out.removed += 1,
            Nature::Hidden => {
                out.hidden += 1;
                out.text.push(c);
            }
            Nature::Control | Nature::Plain => out.text.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_commands_or_hides_is_shown_as_it_is() {
        assert_eq!(shown("a\x1b[2Jb"), "a^[[2Jb");
        assert_eq!(shown("x\u{202e}y"), "x\\u{202e}y");
        assert_eq!(shown("\u{9b}31m\u{7f}"), "\\u{9b}31m\\u{7f}");
        assert_eq!(shown("\u{e0041}\u{200b}"), "\\u{e0041}\\u{200b}");
        assert_eq!(shown("a\nb\tc"), "a^Jb^Ic");
        assert_eq!(shown_lines("a\nb\tc\r"), "a\nb    c^M");
    }

    #[test]
    fn people_s_text_stays_as_it_is() {
        for text in ["plain", "naïve 日本語", "👩‍👩‍👧‍👦 ok", "❤️ 1️⃣"] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("a\u{200d}b"), "a\\u{200d}b");
    }

    #[test]
    fn copied_text_loses_controls_and_counts_what_hides() {
        let out = outgoing("ls\x1b[201~\r\n\techo\u{200b}");
        assert_eq!(out.text, "ls[201~\n\techo\u{200b}");
        assert_eq!((out.removed, out.hidden), (1, 1));
    }
}
