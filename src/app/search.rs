//! Fuzzy search over strategies: title, tags, summary; and words of the prompts as they stand.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

use crate::domain::library::Entry;

/// What is searched, prepared once for each library.
#[derive(Default)]
pub struct Index {
    items: Vec<Item>,
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
    title: Utf32String,
    /// Tags, category and id.
    words: Utf32String,
    summary: Utf32String,
    /// Prompts in small letters, to look for words as they stand.
    prompts: String,
    /// Which of 64 kinds of characters occur in title, words or summary: most items are ruled out
    /// by it without looking at their text.
    kinds: u64,
}

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
        Self { items: entries.iter().map(Item::new).collect(), last: None, matcher: Matcher::new(Config::DEFAULT) }
    }

    /// Every entry that matches all words of `query`, best first, equal ones in the library's order.
    pub fn find(&mut self, query: &str) -> Vec<Hit> {
        let query = query.trim();
        if query.is_empty() {
            self.last = None;
            return (0..self.items.len()).map(|entry| Hit { entry, score: 0 }).collect();
        }
        let narrowed = self.last.take().filter(|(before, _)| query.starts_with(before.as_str()));
        let candidates = narrowed.map_or_else(|| (0..self.items.len() as u32).collect(), |(_, found)| found);
        let words: Vec<Word> = query.split_whitespace().map(Word::new).collect();
        let mut hits = Vec::new();
        let mut kept = Vec::new();
        for candidate in candidates {
            let item = &self.items[candidate as usize];
            if let Some(score) = item.score(&words, &mut self.matcher) {
                kept.push(candidate);
                hits.push(Hit { entry: candidate as usize, score });
            }
        }
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.score), hit.entry));
        self.last = Some((query.to_owned(), kept));
        hits
    }

    /// Which characters of `text` match `query`, to mark them; empty where it does not match.
    pub fn marks(text: &str, query: &str) -> Vec<usize> {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let haystack = Utf32Str::new(text, &mut buffer);
        let mut marks = Vec::new();
        for word in query.split_whitespace() {
            let pattern = Pattern::new(word, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
            let mut found = Vec::new();
            if pattern.indices(haystack, &mut matcher, &mut found).is_some() {
                marks.extend(found.into_iter().map(|at| at as usize));
            }
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

struct Word {
    pattern: Pattern,
    lower: String,
    kinds: u64,
}

impl Word {
    fn new(word: &str) -> Self {
        Self {
            pattern: Pattern::new(word, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy),
            lower: word.to_lowercase(),
            kinds: kinds(word),
        }
    }
}

impl Item {
    fn new(entry: &Entry) -> Self {
        let Some(strategy) = &entry.strategy else {
            let id = entry.id.as_str();
            return Self {
                title: id.into(),
                words: "".into(),
                summary: "".into(),
                prompts: String::new(),
                kinds: kinds(id),
            };
        };
        let words = format!("{} {} {}", strategy.tags.join(" "), strategy.category, strategy.id);
        let prompts: String = strategy.turns().map(|turn| turn.prompt.to_lowercase() + "\n").collect();
        Self {
            kinds: kinds(&strategy.title) | kinds(&words) | kinds(&strategy.summary),
            title: strategy.title.as_str().into(),
            words: words.as_str().into(),
            summary: strategy.summary.as_str().into(),
            prompts,
        }
    }

    fn score(&self, words: &[Word], matcher: &mut Matcher) -> Option<u32> {
        let mut total = 0;
        for word in words {
            let fuzzy = if word.kinds & !self.kinds == 0 { self.fuzzy(word, matcher) } else { None };
            total += match fuzzy {
                Some(score) => score,
                // Any long text matches any short word fuzzily, so a prompt must hold it as it is.
                None if word.lower.len() > 2 && self.prompts.contains(&word.lower) => 1,
                None => return None,
            };
        }
        Some(total)
    }

    fn fuzzy(&self, word: &Word, matcher: &mut Matcher) -> Option<u32> {
        let mut score = |text: &Utf32String| word.pattern.score(text.slice(..), matcher);
        let title = score(&self.title).map(|score| score * 4);
        let words = score(&self.words).map(|score| score * 2);
        let summary = score(&self.summary);
        title.into_iter().chain(words).chain(summary).max().map(|score| score + 2)
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
        let text = format!("schema = 1\nid = \"{id}\"\ntitle = \"{title}\"\n[[turns]]\nid = \"t\"\nprompt = \"{prompt}\"\n");
        let strategy = strategy_file::read(&text, None).strategy.map(std::sync::Arc::new);
        Entry {
            id: id.into(),
            source: Source::BuiltIn,
            path: None,
            hides: vec![],
            text: text.into(),
            problems: vec![],
            strategy,
        }
    }

    fn found(query: &str) -> Vec<usize> {
        let entries =
            [entry("a", "Database migration", "x"), entry("b", "System migration", "x"), entry("c", "Bugs", "Profile the database")];
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
        let entries: Vec<Entry> = (0..300).map(|n| entry(&format!("s{n}"), &format!("Étude {n} of naming"), "x")).collect();
        let mut narrowing = Index::new(&entries);
        for query in ["e", "et", "etu", "etu 2", "etu 29", "etu", "n", "na 1"] {
            assert_eq!(narrowing.find(query), Index::new(&entries).find(query), "{query}");
        }
    }

    #[test]
    fn matched_characters_are_marked() {
        assert_eq!(Index::marks("System migration", "mig"), [7, 8, 9]);
        assert_eq!(Index::marks("System", "zz"), [] as [usize; 0]);
    }
}
