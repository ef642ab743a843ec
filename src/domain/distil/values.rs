//! The placeholders that are still used, with what was filled in as their examples.

use std::collections::BTreeSet;

use crate::domain::placeholder::{Placeholder, Value};
use crate::domain::plan::Plan;
use crate::domain::strategy::Strategy;
use crate::domain::template;

/// Most characters of an example; a longer value is cut at the end of a line.
const LONGEST: usize = 600;

/// Words in a placeholder's name or label that say that its value is nobody's business.
const SECRET_NAMES: [&str; 10] =
    ["password", "passwd", "passphrase", "secret", "token", "credential", "credentials", "apikey", "key", "keys"];

/// How keys and tokens of well-known services begin, and what stands before one in a header.
const SECRET_SIGNS: [&str; 15] = [
    "sk-",
    "pk_live",
    "sk_live",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "AKIA",
    "ASIA",
    "AIza",
    "eyJ",
    "Bearer ",
];

/// Leaves the placeholders that are used, and gives them examples.
pub(super) fn settle(strategy: &mut Strategy, plan: &Plan, remarks: &mut Vec<String>) {
    let used = used(strategy);
    let unused: Vec<String> = strategy
        .placeholders
        .iter()
        .filter(|placeholder| !used.contains(&placeholder.name))
        .map(|placeholder| placeholder.name.clone())
        .collect();
    if !unused.is_empty() {
        let (what, verb) = if unused.len() == 1 { ("placeholder", "uses it") } else { ("placeholders", "uses them") };
        remarks.push(format!("left out: the {what} {}; nothing {verb} any more", unused.join(", ")));
    }
    strategy.placeholders.retain(|placeholder| used.contains(&placeholder.name));
    for placeholder in &mut strategy.placeholders {
        let Some(value) = plan.values.get(&placeholder.name).filter(|value| !value.is_empty()) else { continue };
        // A default speaks for itself.
        if placeholder.default.as_ref() == Some(value) {
            continue;
        }
        if is_secret(placeholder, value) {
            remarks.push(format!("the value of `{}` is no example: it seems to be a secret", placeholder.name));
            if holds_secret(&placeholder.example) {
                placeholder.example.clear();
            }
            continue;
        }
        let example = shortened(&value.as_input());
        // What the form would refuse is no example.
        if placeholder.read(&example).is_ok_and(|value| placeholder.fault(Some(&value)).is_none()) {
            placeholder.example = example;
        }
    }
}

/// The names that templates use, and those that the placeholders so named need for themselves.
fn used(strategy: &Strategy) -> BTreeSet<String> {
    let sessions = || strategy.sessions.iter();
    let prompts = strategy.turns().map(|turn| turn.prompt.as_str());
    let goals = sessions().map(|session| session.goal.as_str()).chain([strategy.goal.as_str()]);
    let figures = strategy.metrics.iter().flat_map(|metric| [&metric.baseline, &metric.target]).flatten();
    let figures = figures.filter_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        Value::Flag(_) | Value::Number(_) | Value::List(_) => None,
    });
    let mut used = BTreeSet::new();
    let mut open: Vec<String> = prompts.chain(goals).chain(figures).flat_map(names).collect();
    while let Some(name) = open.pop() {
        let Some(placeholder) = strategy.placeholder(&name) else { continue };
        if used.insert(name) {
            if let Some(Value::Text(default)) = &placeholder.default {
                open.extend(names(default));
            }
            let condition = placeholder.show_if.as_deref().map(template::names_in_expression);
            open.extend(condition.and_then(Result::ok).unwrap_or_default());
        }
    }
    used
}

fn names(text: &str) -> Vec<String> {
    template::names(text).unwrap_or_default().into_iter().map(|(name, _)| name).collect()
}

fn shortened(text: &str) -> String {
    let text = text.trim_end();
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let end = text[..end].rfind('\n').unwrap_or(end);
    text[..end].trim_end().to_owned()
}

fn is_secret(placeholder: &Placeholder, value: &Value) -> bool {
    let words = format!("{} {}", placeholder.name, placeholder.label).to_lowercase();
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    words.any(|word| SECRET_NAMES.contains(&word)) || holds_secret(&value.as_input())
}

/// Whether a text holds what looks like a password or a key: the beginning of a well-known token, a
/// password in an address or behind its name, or a word of 24 characters or more in which letters and
/// digits take turns as in no name.
pub(super) fn holds_secret(text: &str) -> bool {
    text.contains("-----BEGIN ")
        || SECRET_SIGNS.iter().any(|sign| begins_a_token(text, sign))
        || text.split_whitespace().any(|word| has_password(word) || is_random(word))
}

/// Whether `sign` stands at the beginning of a word that goes on.
fn begins_a_token(text: &str, sign: &str) -> bool {
    text.match_indices(sign).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + sign.len()..].chars().take_while(|c| !c.is_whitespace()).count();
        !before.is_some_and(char::is_alphanumeric) && after >= 8
    })
}

/// `https://user:password@host`, `password=...`.
fn has_password(word: &str) -> bool {
    let user = word.split_once("://").and_then(|(_, rest)| rest.split_once('@')).map(|(user, _)| user);
    let assigned = word.split_once(['=', ':']).is_some_and(|(name, value)| {
        let name = name.to_lowercase();
        let named =
            ["password", "passwd", "secret", "token", "api_key", "apikey"].iter().any(|end| name.ends_with(end));
        named && value.chars().count() >= 6
    });
    assigned || user.is_some_and(|user| user.contains(':') && !user.contains('/'))
}

/// Letters and digits in turns, as keys and hashes have them. Paths and addresses have their signs.
fn is_random(word: &str) -> bool {
    word.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).any(|part| {
        let kinds: Vec<(bool, bool)> =
            part.bytes().map(|byte| (byte.is_ascii_digit(), byte.is_ascii_alphabetic())).collect();
        let turns = kinds.windows(2).filter(|two| matches!(two, [(true, _), (_, true)] | [(_, true), (true, _)]));
        part.len() >= 24 && turns.count() >= 5
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_told_from_what_does_not() {
        for secret in [
            "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
            "use Bearer 1234567890abcdef",
            "postgres://app:hunter22@db.example.org/app",
            "PASSWORD=correct-horse",
            "3f786850e387550fdab836ed7e6dc881de23001b",
            "-----BEGIN PRIVATE KEY-----",
        ] {
            assert!(holds_secret(secret), "{secret}");
        }
        for plain in [
            "GET /api/orders?page=2",
            "git@example.org:team/app.git",
            "https://example.org/a/b?c=d",
            "the task-list and the ask-me page",
            "src/domain/strategy_file/placeholders.rs:120",
            "2026-11-22-users-cannot-log-in",
            "internationalization_of_the_settings",
        ] {
            assert!(!holds_secret(plain), "{plain}");
        }
    }

    #[test]
    fn long_values_are_cut_at_a_line() {
        let line = "x".repeat(100);
        let text = [line.as_str(); 10].join("\n");
        assert_eq!(shortened(&text), [line.as_str(); 5].join("\n"));
        assert_eq!(shortened("a\nb\n"), "a\nb");
    }
}
