//! 'Did you mean': the nearest known name to one that is not known, or what there is instead.

use std::borrow::Borrow;

use super::untrusted::shown;

/// Longest name compared, in bytes: the work grows with the square of it, and nobody mistypes more.
const MAX_NAME: usize = 128;

/// The candidate with the smallest edit distance to `wanted`, if it is near enough to be a likely
/// slip: at most a third of the longer name's length, and never more than three edits.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.len() > MAX_NAME {
        return None;
    }
    known
        .into_iter()
        .filter(|name| name.len() <= MAX_NAME)
        .map(|name| (distance(wanted, name), name))
        .filter(|(edits, name)| {
            let longest = wanted.chars().count().max(name.chars().count());
            *edits <= (longest / 3).clamp(1, 3)
        })
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, name)| name)
}

/// The hint for a name that is not known: the nearest of `known`, else `otherwise`.
pub fn near_or<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>, otherwise: impl Into<String>) -> String {
    match nearest(wanted, known) {
        Some(name) => format!("did you mean `{}`?", shown(name)),
        None => otherwise.into(),
    }
}

/// The hint for a name that is not known: the nearest of `known`, else all of them.
pub fn near_or_all<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    near_or(wanted, known.iter().copied(), there_are(&known))
}

/// What there is, where no name is near.
pub fn there_are(known: &[impl Borrow<str>]) -> String {
    if known.is_empty() { "there are none".into() } else { format!("there are: {}", known.join(", ")) }
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swapped neighbours.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &to) in b.iter().enumerate() {
            let mut edits = (last[j] + usize::from(from != to)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && from == b[j - 1] && a[i - 1] == to {
                edits = edits.min(before_last[j - 1] + 1);
            }
            row.push(edits);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_stranger_finds_none() {
        let known = ["placeholders", "sessions", "title", "tags"];
        assert_eq!(nearest("placeholder", known), Some("placeholders"));
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("metrics", known), None);
    }

    #[test]
    fn a_hint_names_the_nearest_else_what_there_is() {
        let known = ["sessions", "title"];
        assert_eq!(near_or_all("sesions", known), "did you mean `sessions`?");
        assert_eq!(near_or_all("metrics", known), "there are: sessions, title");
        assert_eq!(near_or_all("metrics", []), "there are none");
        assert_eq!(near_or("tilte", known, "look"), "did you mean `title`?");
        assert_eq!(near_or("metrics", known, "look"), "look");
        assert_eq!(near_or("te\u{7}st", ["te\u{1b}st"], ""), "did you mean `te^[st`?", "names come from files");
    }
}
