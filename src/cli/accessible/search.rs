//! One of many: found by words, chosen by its number.

use super::super::dialogue::{Answer, Dialogue, Menu, MenuMatch, Question, misunderstood};
use super::super::output::one_line;

/// Most of them that are told at once.
const MAX_HITS: usize = 20;

/// Asks for words until one is chosen. `find` gives what fits words, each with what it is called; all where there are
/// no words.
pub fn search<T: Clone>(
    dialogue: &mut Dialogue<'_>,
    (one, many): (&str, &str),
    find: &mut dyn FnMut(&str) -> Vec<(String, T)>,
) -> Answer<T> {
    let about = "Type words that it should have. Of those that are found, type the number.";
    let mut question = Question::new(format!("Words to search for, or Enter for all {many}: ")).about(about);
    let mut found: Menu<T> = Menu::default();
    loop {
        let typed = dialogue.line(&question)?;
        if !found.is_empty() && typed.trim().trim_end_matches('.').parse::<usize>().is_ok() {
            match found.find(&typed) {
                MenuMatch::One(what) => return Ok(what.clone()),
                none => dialogue.say(&misunderstood(&typed, &none, found.len()))?,
            }
            continue;
        }
        let mut hits = find(typed.trim());
        match hits.len() {
            0 => {
                dialogue.say(&format!("No {one} fits '{}'; try fewer or other words.", one_line(&typed)))?;
                continue;
            }
            1 if !typed.trim().is_empty() => return Ok(hits.remove(0).1),
            1 => dialogue.say(&format!("1 {one}:"))?,
            count if typed.trim().is_empty() => dialogue.say(&format!("{count} {many}:"))?,
            count => dialogue.say(&format!("{count} {many}, best first:"))?,
        }
        let more = hits.len().saturating_sub(MAX_HITS);
        hits.truncate(MAX_HITS);
        found = Menu::of(hits);
        dialogue.list(&found)?;
        if more > 0 {
            dialogue.say(&format!("And {more} more; type words to find them."))?;
        }
        question = Question::new("Number, or other words to search for: ").about(about);
    }
}
