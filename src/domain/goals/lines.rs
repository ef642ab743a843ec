//! Lines and words of a text, with what stands between them.

use std::ops::Range;

/// A line that is not blank.
pub(super) struct Line<'t> {
    /// What it says, without the mark of a list item.
    pub text: &'t str,
    /// Where the line begins in the text, in bytes.
    pub begins: usize,
    /// Where what it says begins.
    pub at: usize,
    /// Whether it is an item of a list.
    pub bullet: bool,
    /// By how many characters it is set in.
    pub indent: usize,
    /// Whether a blank line stands before it.
    pub after_blank: bool,
}

/// What stands before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// Nothing that divides.
    Space,
    Comma,
    Colon,
    /// The end of a sentence, a semicolon, or the beginning of the line.
    Sentence,
}

/// A word.
pub(super) struct Word {
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// The word in small letters.
    pub lower: String,
    /// What stands before it.
    pub join: Join,
    /// Whether it stands in brackets.
    pub aside: bool,
}

/// The lines of `text` that say something.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let (mut begins, mut after_blank) = (0, false);
    for whole in text.split_inclusive('\n') {
        let start = whole.trim_start();
        let indent = whole.len() - start.len();
        let said = unmarked(start);
        if said.trim().is_empty() {
            after_blank = true;
        } else {
            let mark = start.len() - said.len();
            let at = begins + indent + mark;
            found.push(Line { text: said.trim_end(), begins, at, bullet: mark > 0, indent, after_blank });
            after_blank = false;
        }
        begins += whole.len();
    }
    found
}

/// A list item without its mark: `- `, `* `, `1. `, `2) `, `[ ] `.
fn unmarked(line: &str) -> &str {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = (digits.len() < line.len()).then(|| digits.strip_prefix(['.', ')'])).flatten();
    let mark = line.strip_prefix(['-', '*', '+', '•', '–', '—']).or(counted);
    // "-1" and "1.5" are figures.
    let Some(rest) = mark.filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)) else { return line };
    let rest = rest.trim_start();
    let tick = ["[ ]", "[x]", "[X]"].iter().find_map(|tick| rest.strip_prefix(tick));
    tick.map_or(rest, str::trim_start)
}

/// The words of `text`, which stands at byte `at` of the whole.
pub(super) fn words(text: &str, at: usize) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut brackets = 0_usize;
    let mut gap = 0;
    let mut from = None;
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (place, letter) in ends {
        match (from, is_of_word(letter)) {
            (None, true) => from = Some(place),
            (Some(start), false) => {
                // A dot within a word is of the word (4.12, e.g), one after it is not.
                let inner = letter == '.' && text[place + 1..].starts_with(|c: char| is_of_word(c));
                if !inner {
                    let between = &text[gap..start];
                    brackets = (brackets + between.matches(['(', '[']).count())
                        .saturating_sub(between.matches([')', ']']).count());
                    found.push(Word {
                        span: at + start..at + place,
                        lower: text[start..place].to_lowercase(),
                        join: if found.is_empty() { Join::Sentence } else { join(between) },
                        aside: brackets > 0,
                    });
                    (from, gap) = (None, place);
                }
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    found
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '_' | '-' | '/' | '%')
}

fn join(between: &str) -> Join {
    if between.contains(['.', '!', '?', ';']) {
        Join::Sentence
    } else if between.contains(':') {
        Join::Colon
    } else if between.contains([',', '&', '\n']) {
        Join::Comma
    } else {
        Join::Space
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_list_lose_their_mark() {
        let text = "Do:\n\n- one\n  * two\n3. three\n4) [ ] four\n-1 is a figure\n1.5 too\n";
        let said: Vec<_> =
            lines(text).iter().map(|line| (line.text, line.bullet, line.indent, line.after_blank)).collect();
        assert_eq!(
            said,
            [
                ("Do:", false, 0, false),
                ("one", true, 0, true),
                ("two", true, 2, false),
                ("three", true, 0, false),
                ("four", true, 0, false),
                ("-1 is a figure", false, 0, false),
                ("1.5 too", false, 0, false),
            ]
        );
        assert!(lines(text).iter().all(|line| text[line.at..].starts_with(line.text)));
    }

    #[test]
    fn words_know_what_stands_before_them() {
        let said: Vec<_> = words("Fix 4.12, e.g. (see it) now: don't. Go", 10)
            .into_iter()
            .map(|word| (word.lower, word.join, word.aside, word.span.start))
            .collect();
        let of = |word: &str, join, aside, at| (word.to_owned(), join, aside, at);
        assert_eq!(
            said,
            [
                of("fix", Join::Sentence, false, 10),
                of("4.12", Join::Space, false, 14),
                of("e.g", Join::Comma, false, 20),
                of("see", Join::Sentence, true, 26),
                of("it", Join::Space, true, 30),
                of("now", Join::Space, false, 34),
                of("don't", Join::Colon, false, 39),
                of("go", Join::Sentence, false, 46),
            ]
        );
    }
}
