//! Reads a text clause by clause and notes where a goal begins.

use super::lines::{Join, Line, Word, words};
use super::vocabulary as known;

/// Most words of an addition without a verb: "also social login".
const SHORT: usize = 6;

/// The beginning of a goal.
pub(super) struct Start {
    /// Where what joins it to the goal before begins, in bytes of the text.
    pub joint: usize,
    /// Where its own words begin.
    pub at: usize,
    /// Whether it names a quantity of work.
    pub many: bool,
    verb: &'static str,
    object: String,
}

/// What the lines at hand are, by what stood before them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Mode {
    /// Sentences.
    #[default]
    Free,
    /// A list whose items are goals.
    List,
    /// What belongs to the goal or to the thing named before.
    Details,
}

/// What is known of a text so far.
#[derive(Default)]
pub(super) struct Reading {
    /// The goals found.
    pub starts: Vec<Start>,
    mode: Mode,
    /// Whether the text begins with something else than an order: it describes one thing.
    described: bool,
    /// By how much the items of the list at hand are set in.
    indent: usize,
}

/// A clause, and how it stands in its sentence.
struct Clause<'w> {
    words: &'w [Word],
    /// Where it begins, what joins it to the one before included.
    joint: usize,
    /// Whether it announces something more: "also".
    more: bool,
    /// Whether it is an item of a list of goals.
    item: bool,
    /// Whether it explains what was ordered before.
    explains: bool,
}

impl Reading {
    /// Reads a line; `next` is the one after it.
    pub fn line(&mut self, line: &Line<'_>, next: Option<&Line<'_>>) {
        let untouched = self.starts.is_empty() && !self.described;
        if line.bullet {
            if self.mode == Mode::Free {
                self.mode = if untouched { Mode::List } else { Mode::Details };
                self.indent = line.indent;
            }
            let item = self.mode == Mode::List && line.indent <= self.indent;
            self.sentences(line, item, !item);
            return;
        }
        let said = words(line.text, line.at);
        let head = |wanted: fn(&str) -> bool| said.iter().take(SHORT).any(|word| wanted(&word.lower));
        let heads = line.text.ends_with(':') || next.is_some_and(|next| next.bullet);
        let label = line.text.split_once(':').is_some_and(|(label, _)| label.split_whitespace().count() <= 3);
        if (heads || label) && head(known::heads_aside) {
            self.described |= untouched;
            self.mode = Mode::Details;
            return;
        }
        if heads && self.starts.is_empty() && head(known::heads_list) {
            self.mode = Mode::List;
            self.indent = next.map_or(0, |next| next.indent);
            return;
        }
        // A new paragraph ends a list of details.
        if line.after_blank || self.mode == Mode::List {
            self.mode = Mode::Free;
        }
        self.sentences(line, false, self.mode == Mode::Details);
        if heads {
            self.mode = Mode::Details;
        }
    }

    fn sentences(&mut self, line: &Line<'_>, item: bool, details: bool) {
        let mut said = words(line.text, line.at);
        said.retain(|word| !word.aside);
        let (mut explains, mut steps) = (false, false);
        let mut at = 0;
        while at < said.len() {
            let opens = said[at].join == Join::Sentence;
            let joint = if at == 0 { line.begins } else { said[at].span.start };
            if opens {
                // "First refactor the state, then build the page": steps of one thing.
                steps = is_in_steps(&said[at..]);
                explains = false;
            }
            let joined = said[at..].iter().take_while(|word| known::is_connector(&word.lower)).count();
            let joiners = &said[at..at + joined];
            // "we also add" goes on with a sentence, "and also add" does not.
            let apart = said[at].join != Join::Space || joined > 1 || joiners.iter().any(|word| word.lower == "plus");
            let more = apart && joiners.iter().any(|word| known::announces_more(&word.lower));
            let mut begin = at + joined;
            if opens {
                let rest: Vec<&str> = said[begin..].iter().take(8).map(|word| word.lower.as_str()).collect();
                begin += known::wish(&rest);
            }
            let length = said[begin..]
                .iter()
                .enumerate()
                .take_while(|(place, word)| *place == 0 || (word.join == Join::Space && !known::joins(&word.lower)))
                .count();
            let clause = &said[begin..begin + length];
            at = begin + length;
            if clause.is_empty() {
                continue;
            }
            let colon = said.get(at).is_some_and(|word| word.join == Join::Colon);
            if colon && self.starts.is_empty() && clause.iter().any(|word| known::heads_list(&word.lower)) {
                // "This session: implement ..."
                if let Some(word) = said.get_mut(at) {
                    word.join = Join::Sentence;
                }
                continue;
            }
            self.clause(&Clause { words: clause, joint, more, item: item && opens, explains }, details);
            explains |= steps || colon || clause.iter().any(|word| known::explains(&word.lower));
        }
    }

    fn clause(&mut self, clause: &Clause<'_>, details: bool) {
        let first = self.starts.is_empty() && !self.described;
        let found = if details { None } else { self.goal_in(clause, first) };
        match found {
            Some(start) => {
                if self.starts.is_empty() && self.described {
                    // What the text describes is the goal that this one comes on top of.
                    let (verb, object) = ("", String::new());
                    self.starts.push(Start { joint: 0, at: 0, many: false, verb, object });
                }
                self.starts.push(start);
            }
            None => self.described |= self.starts.is_empty(),
        }
    }

    fn goal_in(&self, clause: &Clause<'_>, first: bool) -> Option<Start> {
        let words: Vec<&str> = clause.words.iter().map(|word| word.lower.as_str()).collect();
        let many = is_quantity(&words);
        let begins = *words.first()?;
        let free = !clause.explains && !self.described;
        let start = |verb, object: &str| Start {
            joint: clause.joint,
            at: clause.words[0].span.start,
            many,
            verb,
            object: object.into(),
        };
        let Some(verb) = known::order(begins) else {
            let addition = clause.more && free && !first && words.len() <= SHORT && !is_tail(begins);
            let counted = many && known::is_many(begins) && (free || first);
            return (addition || counted).then(|| start("", ""));
        };
        // "Migrate to Postgres" has its object after the preposition, "add to cart" has none.
        let after = usize::from(known::is_major(verb) && words.get(1).is_some_and(|word| known::is_preposition(word)));
        let object = object(&words[1 + after..])?;
        if first {
            return (!known::is_pronoun(object)).then(|| start(verb, object));
        }
        let same = |other: &Start| {
            let upkeep = known::is_upkeep(verb) && known::is_upkeep(other.verb);
            upkeep && super::singular(&other.object) == super::singular(object)
        };
        if known::is_pronoun(object) || (known::accompanies(object) && !many) || self.starts.iter().any(same) {
            return None;
        }
        let level = known::is_major(verb) || self.starts.first().is_some_and(|start| start.verb == verb);
        (many || clause.more || (free && (clause.item || level))).then(|| start(verb, object))
    }
}

/// Whether a sentence that begins here orders one thing step by step.
fn is_in_steps(words: &[Word]) -> bool {
    let end = words.iter().skip(1).position(|word| word.join == Join::Sentence).map_or(words.len(), |at| at + 1);
    let mut rest = words[..end].iter().map(|word| word.lower.as_str());
    rest.any(|word| word == "first") && rest.any(|word| word == "then")
}

/// What is done something to: the last word before the first preposition.
fn object<'w>(words: &[&'w str]) -> Option<&'w str> {
    let ends = |word: &&&str| !known::is_preposition(word) && !known::explains(word);
    let noun = words.iter().take_while(ends).filter(|word| !known::is_article(word)).last();
    noun.copied()
}

/// Whether the words name a quantity of work: a number or "all", and soon after it what is counted.
fn is_quantity(words: &[&str]) -> bool {
    let at = words.iter().take(4).position(|word| known::is_many(word));
    at.is_some_and(|at| words[at + 1..].iter().take(3).any(|word| known::is_item(word)))
}

/// Whether a clause that begins so goes on with the sentence before it.
fn is_tail(word: &str) -> bool {
    known::is_preposition(word) || known::is_pronoun(word) || known::explains(word)
}
