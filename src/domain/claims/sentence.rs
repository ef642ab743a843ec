//! Text taken apart into sentences, clauses and words, as far as that is needed to tell a claim from
//! a question, a denial or a condition. English only, as the phrases are.

/// A sentence.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sentence {
    pub(super) words: Vec<Word>,
    /// Whether it ends with a question mark.
    pub(super) question: bool,
}

/// A word in lower case, with the number of its clause.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) clause: usize,
}

/// Words that deny what follows; besides those that end in "n't".
const DENIALS: [&str; 12] =
    ["not", "never", "no", "nor", "neither", "none", "cannot", "without", "hardly", "nothing", "nobody", "nowhere"];

/// Words that make what follows a condition or an order, not a report.
const CONDITIONS: [&str; 11] =
    ["if", "whether", "until", "unless", "once", "when", "till", "ensure", "verify", "check", "wait"];

/// Words that end a clause.
const BREAKS: [&str; 6] = ["but", "yet", "so", "however", "though", "and"];

/// Words after which the opposite is said.
const TURNS: [&str; 4] = ["but", "yet", "though", "however"];

/// Words that say that it went wrong.
const FAILURES: [&str; 6] = ["fail", "fails", "failed", "failing", "broken", "breaks"];

/// How many words before a phrase may deny it, or make it a condition.
const REACH: usize = 5;

impl Sentence {
    /// Whether the words from `start` to `end` are denied, made a condition, or taken back afterwards.
    pub(super) fn takes_back(&self, start: usize, end: usize) -> bool {
        let clause = self.words[start].clause;
        let before = self.words[..start].iter().rev().take(REACH);
        let before = before.take_while(|word| word.clause == clause && !BREAKS.contains(&word.text.as_str()));
        let mut before = before.map(|word| word.text.as_str());
        if before.any(|word| denies(word) || CONDITIONS.contains(&word)) {
            return true;
        }
        let after = &self.words[end..];
        if after.first().is_some_and(|word| word.clause == clause && denies(&word.text)) {
            return true;
        }
        let turn = after.iter().position(|word| TURNS.contains(&word.text.as_str()));
        let opposite = turn.map_or(&[][..], |turn| &after[turn + 1..]);
        opposite.iter().take(REACH).any(|word| denies(&word.text) || FAILURES.contains(&word.text.as_str()))
    }
}

fn denies(word: &str) -> bool {
    DENIALS.contains(&word) || word.ends_with("n't")
}

/// The words of a phrase, in lower case.
pub(super) fn words(phrase: &str) -> Vec<String> {
    let sentence = sentences(phrase).into_iter().flat_map(|sentence| sentence.words);
    sentence.map(|word| word.text).collect()
}

/// The sentences of a text. A line that begins like an item of a list, and an empty one, ends the
/// sentence before it; other line ends are spaces.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let mut reader = Reader { sentences: vec![Sentence::default()], word: String::new(), clause: 0 };
    let mut empty = false;
    for line in text.lines() {
        let line = line.trim();
        if empty || begins_an_item(line) {
            reader.end_sentence(false);
        }
        empty = line.is_empty();
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '.' | '!' | '?' => {
                    let mut question = c == '?';
                    while let Some(more) = rest.next_if(|c| matches!(c, '.' | '!' | '?' | '"' | '\'' | '”' | '’' | ')'))
                    {
                        question |= more == '?';
                    }
                    // `0.93` and `main.rs` are one word.
                    if rest.peek().is_none_or(|next| next.is_whitespace()) {
                        reader.end_word();
                        reader.end_sentence(question);
                    } else {
                        reader.word.push(c);
                    }
                }
                ',' | ';' | ':' | '(' | ')' | '–' | '—' | '|' => reader.end_clause(),
                '’' | '\'' if !reader.word.is_empty() => reader.word.push('\''),
                '-' | '_' | '/' if !reader.word.is_empty() => reader.word.push(c),
                c if c.is_alphanumeric() => reader.word.extend(c.to_lowercase()),
                _ => reader.end_word(),
            }
        }
        reader.end_word();
    }
    reader.sentences
}

/// Whether a line is an item of a list, a heading or a quotation.
fn begins_an_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '+', '#', '>', '|', '['])
        || (number.len() < line.len() && number.starts_with(['.', ')']))
}

struct Reader {
    sentences: Vec<Sentence>,
    word: String,
    clause: usize,
}

impl Reader {
    fn end_word(&mut self) {
        let text = std::mem::take(&mut self.word);
        let text = text.trim_end_matches(['\'', '-', '_', '/']);
        if let Some(sentence) = self.sentences.last_mut().filter(|_| !text.is_empty()) {
            sentence.words.push(Word { text: text.into(), clause: self.clause });
        }
    }

    fn end_clause(&mut self) {
        self.end_word();
        self.clause += 1;
    }

    fn end_sentence(&mut self, question: bool) {
        self.end_clause();
        if let Some(sentence) = self.sentences.last_mut() {
            sentence.question = question;
        }
        self.sentences.push(Sentence::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, bool)> {
        let told = |sentence: &Sentence| {
            let words: Vec<&str> = sentence.words.iter().map(|word| word.text.as_str()).collect();
            (words.join(" "), sentence.question)
        };
        sentences(text).iter().map(told).filter(|(words, _)| !words.is_empty()).collect()
    }

    #[test]
    fn sentences_end_where_they_do() {
        assert_eq!(
            told("It Works. Does it?! Version 0.9.3 of main.rs\nwraps lines.\n- item one\n- item two\n\nLast"),
            [
                ("it works".into(), false),
                ("does it".into(), true),
                ("version 0.9.3 of main.rs wraps lines".into(), false),
                ("item one".into(), false),
                ("item two".into(), false),
                ("last".to_owned(), false),
            ]
        );
        assert_eq!(
            told("He asked \"looks good?\" and don’t ask"),
            [("he asked looks good".into(), true), ("and don't ask".to_owned(), false)]
        );
    }
}
