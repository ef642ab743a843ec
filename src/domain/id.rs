//! Identifiers that are also file names: strategies, plans, sessions, turns, slots.

use jiff::civil::Date;

/// Longest identifier, in bytes: leaves room for a suffix in a 255-byte file name.
pub const MAX_ID: usize = 64;

/// Whether `id` matches `[a-z0-9][a-z0-9-]{0,63}`.
pub fn is_valid(id: &str) -> bool {
    let bytes = id.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= MAX_ID
        && bytes[0] != b'-'
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
}

/// Whether `name` may name a placeholder: `[a-z][a-z0-9_]*`.
pub fn is_valid_placeholder(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.iter().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_')
}

/// `text` in the characters an identifier may have, at most `max` bytes, never empty.
pub fn slug(text: &str, max: usize) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= max {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "plan".into() } else { out.into() }
}

/// A plan's identifier: local date, slug of the name, random suffix. Sortable, readable, and safe
/// as a file name.
pub fn plan_id(date: Date, name: &str, suffix: &str) -> String {
    format!("{date}-{}-{suffix}", slug(name, 40))
}

/// `wanted`, or `wanted-2`, `wanted-3`, ... whichever `taken` does not hold.
pub fn unique(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(wanted) {
        return wanted.into();
    }
    (2..u32::MAX).map(|n| format!("{wanted}-{n}")).find(|id| !taken(id)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_stay_inside_their_alphabet() {
        assert!(is_valid("bug-investigation"));
        for bad in ["", "-x", "Upper", "../x", "a b", "a_b", &"x".repeat(65)] {
            assert!(!is_valid(bad), "{bad:?}");
        }
        assert!(is_valid_placeholder("bug_report"));
        assert!(!is_valid_placeholder("1st"));
    }

    #[test]
    fn slugs_are_valid_identifiers() {
        assert_eq!(slug("Users can't log in!", 40), "users-can-t-log-in");
        assert_eq!(slug("日本", 40), "plan");
        assert!(is_valid(&slug("-- ../../etc/passwd --", 40)));
        assert_eq!(plan_id(jiff::civil::date(2026, 11, 22), "Fix login", "k3x9"), "2026-11-22-fix-login-k3x9");
        assert_eq!(unique("a", |id| id == "a" || id == "a-2"), "a-3");
    }
}
