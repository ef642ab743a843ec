//! The words of all prompts, each once, with the entries that use it: a word of the query is looked for
//! among some ten thousand words instead of in every prompt.

use std::collections::HashMap;

use crate::domain::strategy::Strategy;

/// The words of all prompts.
pub(super) struct Vocabulary {
    /// The words in small letters, each with a line end behind it.
    text: String,
    /// Where each word begins in `text`.
    begins: Vec<u32>,
    /// The entries that use each word, one word after another, in rising order.
    users: Vec<u32>,
    /// Where each word's users begin in `users`; one more at the end.
    users_begin: Vec<u32>,
    /// How many entries there are.
    count: usize,
}

impl Vocabulary {
    /// Collects the words of `strategies`; entries without one have no words.
    pub(super) fn new<'s>(strategies: impl Iterator<Item = Option<&'s Strategy>>) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut users: Vec<Vec<u32>> = Vec::new();
        let mut count = 0;
        for (entry, strategy) in strategies.enumerate() {
            count += 1;
            for turn in strategy.iter().flat_map(|strategy| strategy.turns()) {
                let prompt = turn.prompt.to_lowercase();
                for word in prompt.split_whitespace() {
                    let number = numbers.get(word).copied().unwrap_or_else(|| {
                        numbers.insert(word.to_owned(), users.len());
                        users.push(Vec::new());
                        users.len() - 1
                    });
                    if users[number].last() != Some(&(entry as u32)) {
                        users[number].push(entry as u32);
                    }
                }
            }
        }
        let mut words: Vec<(String, usize)> = numbers.into_iter().collect();
        words.sort_unstable();
        let mut made = Self { text: String::new(), begins: Vec::new(), users: Vec::new(), users_begin: vec![0], count };
        for (word, number) in words {
            made.begins.push(made.text.len() as u32);
            made.text += &word;
            made.text.push('\n');
            made.users.append(&mut users[number]);
            made.users_begin.push(made.users.len() as u32);
        }
        made
    }

    /// The entries with a word that holds `part`, which is in small letters and has no space in it.
    pub(super) fn users(&self, part: &str) -> Users {
        let mut found = Users(vec![0; self.count.div_ceil(64)]);
        let mut from = 0;
        while let Some(at) = self.text[from..].find(part) {
            let word = self.begins.partition_point(|begin| *begin as usize <= from + at) - 1;
            for user in &self.users[self.users_begin[word] as usize..self.users_begin[word + 1] as usize] {
                found.0[*user as usize / 64] |= 1 << (user % 64);
            }
            from = self.begins.get(word + 1).map_or(self.text.len(), |begin| *begin as usize);
        }
        found
    }
}

/// A set of entries.
pub(super) struct Users(Vec<u64>);

impl Users {
    pub(super) fn contains(&self, entry: u32) -> bool {
        self.0.get(entry as usize / 64).is_some_and(|bits| bits & (1 << (entry % 64)) != 0)
    }
}
