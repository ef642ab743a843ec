//! Fuzzy search over strategies: title, tags, summary; and words of the prompts as they stand.

mod vocabulary;

use std::cell::RefCell;
use std::sync::Arc;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

use crate::domain::library::Entry;
use crate::domain::strategy::Strategy;

use vocabulary::{Users, Vocabulary};

/// From so many entries on the words of prompts are collected while the library loads, not while somebody types.
const MANY: usize = 500;
/// From so many entries on the first way in which a text matches counts, not the best of all ways: that takes a tenth
/// of the time, and nobody tells the order of so many hits from a better one.
const VERY_MANY: usize = 2_000;
/// The shortest word that is looked for in prompts.
const SHORTEST: usize = 3;
/// More than the matcher gives for one character, and what it may give beside: 16, and at most 10 where a word begins,
/// twice for the first one.
const MOST: (u32, u32) = (26, 10);

/// What is searched, prepared once for each library.
#[derive(Default)]
pub struct Index {
    items: Vec<Item>,
    /// The words of all prompts, once they are wanted.
    vocabulary: Option<Vocabulary>,
    /// The last query and what it found: a longer query can only find less.
    last: Option<(String, Vec<u32>)>,
    matcher: Matcher,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("items", &self.items.len()).finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct Item {
    /// Title; tags, category and id; summary.
    texts: [Utf32String; 3],
    /// Which of 64 kinds of characters occur in each: most are ruled out by it without looking at them.
    kinds: [u64; 3],
    strategy: Option<Arc<Strategy>>,
}

/// What a match in each of the texts counts.
const WEIGHTS: [u32; 3] = [4, 2, 1];

/// A hit, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index into the library's entries.
    pub entry: usize,
    /// How good it is; only the order counts.
    pub score: u32,
}

impl Index {
    /// Prepares a library.
    pub fn new(entries: &[Entry]) -> Self {
        let mut index = Self {
            items: entries.iter().map(Item::new).collect(),
            matcher: Matcher::new(Config::DEFAULT),
            ..Self::default()
        };
        if entries.len() >= MANY {
            index.vocabulary = Some(Vocabulary::new(index.items.iter().map(|item| item.strategy.as_deref())));
        }
        index
    }

    /// Every entry that matches all words of `query`, best first, equal ones in the library's order.
    pub fn find(&mut self, query: &str) -> Vec<Hit> {
        let query = query.trim();
        if query.is_empty() {
            self.last = None;
            return (0..self.items.len()).map(|entry| Hit { entry, score: 0 }).collect();
        }
        let narrowed = self.last.take().filter(|(before, _)| narrows(before, query));
        let candidates = narrowed.map_or_else(|| (0..self.items.len() as u32).collect(), |(_, found)| found);
        let words: Vec<Word> = query.split_whitespace().map(|word| self.word(word)).collect();
        let quickly = self.items.len() >= VERY_MANY;
        let mut kept = Vec::with_capacity(candidates.len());
        let mut hits = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            if let Some(score) = self.items[candidate as usize].score(candidate, &words, quickly, &mut self.matcher) {
                kept.push(candidate);
                hits.push(Hit { entry: candidate as usize, score });
            }
        }
        self.last = Some((query.to_owned(), kept));
        best_first(&hits)
    }

    fn word(&mut self, word: &str) -> Word {
        let long = word.chars().count() >= SHORTEST;
        if long && self.vocabulary.is_none() {
            self.vocabulary = Some(Vocabulary::new(self.items.iter().map(|item| item.strategy.as_deref())));
        }
        let users = self.vocabulary.as_ref().filter(|_| long).map(|vocabulary| vocabulary.users(&word.to_lowercase()));
        Word {
            atom: Atom::new(word, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy, false),
            is_plain: word.is_ascii(),
            most: MOST.0 * word.chars().count() as u32 + MOST.1,
            kinds: kinds(word),
            users,
        }
    }

    /// Which characters of `text` match `query`, to mark them; empty where it does not match.
    pub fn marks(text: &str, query: &str) -> Vec<usize> {
        thread_local! {
            // It has a table of some hundred kilobytes: too much for each line of each frame.
            static MATCHER: RefCell<Matcher> = RefCell::new(Matcher::new(Config::DEFAULT));
        }
        let mut buffer = Vec::new();
        let haystack = Utf32Str::new(text, &mut buffer);
        let mut marks = Vec::new();
        for word in query.split_whitespace() {
            let atom = Atom::new(word, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy, false);
            let mut found = Vec::new();
            if MATCHER.with_borrow_mut(|matcher| atom.indices(haystack, matcher, &mut found)).is_some() {
                marks.extend(found.into_iter().map(|at| at as usize));
            }
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

/// Whether all that `query` finds was found by `before`: it goes on with it, and no word has just become long
/// enough to be looked for in prompts.
fn narrows(before: &str, query: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let grown = query.split_whitespace().nth(before.split_whitespace().count() - 1).unwrap_or_default();
    let long = |word: &str| word.chars().count() >= SHORTEST;
    query.starts_with(before) && long(last) == long(grown)
}

/// Sorts by score, the highest first; `hits` are in the library's order, and equal ones stay so. Scores are
/// small numbers: counting them is faster than comparing.
fn best_first(hits: &[Hit]) -> Vec<Hit> {
    let highest = hits.iter().map(|hit| hit.score).max().unwrap_or(0) as usize;
    let mut places = vec![0; highest + 2];
    for hit in hits {
        places[highest - hit.score as usize + 1] += 1;
    }
    for at in 1..places.len() {
        places[at] += places[at - 1];
    }
    let mut sorted = vec![Hit { entry: 0, score: 0 }; hits.len()];
    for hit in hits {
        let place = &mut places[highest - hit.score as usize];
        sorted[*place] = *hit;
        *place += 1;
    }
    sorted
}

/// A word of the query.
struct Word {
    atom: Atom,
    /// Whether it also matches letters with marks on them.
    is_plain: bool,
    /// More than it can score in any text.
    most: u32,
    kinds: u64,
    /// The items whose prompts hold it; nothing where it is too short to ask.
    users: Option<Users>,
}

impl Item {
    fn new(entry: &Entry) -> Self {
        let texts = match &entry.strategy {
            Some(strategy) => {
                let words = format!("{} {} {}", strategy.tags.join(" "), strategy.category, strategy.id);
                [strategy.title.clone(), words, strategy.summary.clone()]
            }
            None => [entry.id.clone(), String::new(), String::new()],
        };
        Self {
            kinds: texts.each_ref().map(|text| kinds(text)),
            texts: texts.map(Into::into),
            strategy: entry.strategy.clone(),
        }
    }

    fn score(&self, number: u32, words: &[Word], quickly: bool, matcher: &mut Matcher) -> Option<u32> {
        let mut total = 0;
        for word in words {
            total += match self.fuzzy(word, quickly, matcher) {
                Some(score) => score,
                // Any long text matches any short word fuzzily, so a prompt must hold it as it is.
                None if word.users.as_ref().is_some_and(|users| users.contains(number)) => 1,
                None => return None,
            };
        }
        Some(total)
    }

    fn fuzzy(&self, word: &Word, quickly: bool, matcher: &mut Matcher) -> Option<u32> {
        let mut best: Option<u32> = None;
        for ((text, kinds), weight) in self.texts.iter().zip(self.kinds).zip(WEIGHTS) {
            let hopeless = word.kinds & !kinds != 0 || best.is_some_and(|best| best >= word.most * weight);
            if hopeless {
                continue;
            }
            let score = if quickly {
                matcher.config.normalize = word.is_plain;
                matcher.fuzzy_match_greedy(text.slice(..), word.atom.needle_text())
            } else {
                word.atom.score(text.slice(..), matcher)
            };
            best = best.max(score.map(|score| u32::from(score) * weight));
        }
        best.map(|score| score + 2)
    }
}

/// One bit for each letter, digit, and group of other characters that occurs.
fn kinds(text: &str) -> u64 {
    text.chars().fold(0, |bits, c| {
        bits | match c.to_ascii_lowercase() {
            c @ 'a'..='z' => 1 << (c as u32 - 'a' as u32),
            c @ '0'..='9' => 1 << (26 + c as u32 - '0' as u32),
            // Letters that normalisation may fold to a plain one say nothing about themselves.
            c if !c.is_ascii() => 0x3ff_ffff,
            _ => 1 << 40,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::library::Source;
    use crate::domain::strategy_file;

    fn entry(id: &str, title: &str, prompt: &str) -> Entry {
        let text =
            format!("schema = 1\nid = \"{id}\"\ntitle = \"{title}\"\n[[turns]]\nid = \"t\"\nprompt = \"{prompt}\"\n");
        let strategy = strategy_file::read(&text, None).strategy.map(std::sync::Arc::new);
        Entry {
            id: id.into(),
            source: Source::BuiltIn,
            pack: None,
            extends: None,
            path: None,
            hides: vec![],
            text: text.into(),
            problems: vec![],
            strategy,
        }
    }

    fn found(query: &str) -> Vec<usize> {
        let entries = [
            entry("a", "Database migration", "x"),
            entry("b", "System migration", "x"),
            entry("c", "Bugs", "Profile the database"),
        ];
        Index::new(&entries).find(query).into_iter().map(|hit| hit.entry).collect()
    }

    #[test]
    fn titles_match_fuzzily_and_prompts_as_they_stand() {
        assert_eq!(found("mig"), [0, 1]);
        assert_eq!(found("sysmig"), [1]);
        assert_eq!(found("database"), [0, 2]);
        assert_eq!(found("profile"), [2]);
        assert_eq!(found("migration zebra"), [] as [usize; 0]);
        assert_eq!(found(""), [0, 1, 2]);
    }

    #[test]
    fn a_narrowed_search_finds_what_a_fresh_one_finds() {
        let entries: Vec<Entry> =
            (0..300).map(|n| entry(&format!("s{n}"), &format!("Étude {n} of naming"), "x")).collect();
        let mut narrowing = Index::new(&entries);
        for query in ["e", "et", "etu", "etu 2", "etu 29", "etu", "n", "na 1"] {
            assert_eq!(narrowing.find(query), Index::new(&entries).find(query), "{query}");
        }
    }

    #[test]
    fn words_of_prompts_are_found_letter_by_letter() {
        let entries: Vec<Entry> = (0..MANY)
            .map(|n| entry(&format!("s{n}"), "Other", if n % 7 == 3 { "Profile the DATABASE, twice" } else { "x" }))
            .collect();
        for count in [20, MANY] {
            let mut index = Index::new(&entries[..count]);
            let wanted: Vec<usize> = (0..count).filter(|n| n % 7 == 3).collect();
            for query in ["p", "pr", "pro", "profile", "profile d", "profile database"] {
                let found: Vec<usize> = index.find(query).into_iter().map(|hit| hit.entry).collect();
                let is_found = query.len() > 2 && !query.ends_with(" d");
                assert_eq!(found, if is_found { wanted.clone() } else { vec![] }, "{query}");
            }
        }
    }

    #[test]
    fn a_very_large_library_is_searched_by_the_same_rules() {
        let entries: Vec<Entry> =
            (0..VERY_MANY).map(|n| entry(&format!("s{n}"), &format!("Étude {n} of naming"), "x")).collect();
        let mut large = Index::new(&entries);
        let mut small = Index::new(&entries[..VERY_MANY - 1]);
        for query in ["e", "et", "ETU", "étu 2", "eon 19", "ng", "zz", "s77"] {
            let found = |index: &mut Index| {
                let mut found: Vec<usize> = index.find(query).into_iter().map(|hit| hit.entry).collect();
                found.sort_unstable();
                found.retain(|entry| *entry < VERY_MANY - 1);
                found
            };
            assert_eq!(found(&mut large), found(&mut small), "{query}");
        }
    }

    #[test]
    fn better_hits_come_first_and_equal_ones_in_order() {
        assert_eq!(best_first(&[]), []);
        let hit = |entry, score| Hit { entry, score };
        let sorted = best_first(&[hit(0, 2), hit(3, 9), hit(4, 2), hit(7, 9), hit(8, 0)]);
        assert_eq!(sorted, [hit(3, 9), hit(7, 9), hit(0, 2), hit(4, 2), hit(8, 0)]);
    }

    #[test]
    fn matched_characters_are_marked() {
        assert_eq!(Index::marks("System migration", "mig"), [7, 8, 9]);
        assert_eq!(Index::marks("System", "zz"), [] as [usize; 0]);
    }
}
