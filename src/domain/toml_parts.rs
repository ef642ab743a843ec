//! How much a TOML text asks of its reader, before it is read: time and memory of a parser go by its parts (keys, signs,
//! values, line ends), not by its bytes. 16 MiB of line ends alone would take a gigabyte.

use std::ops::Range;

use toml_parser::Source;

/// Most parts of a strategy, a settings file and the like. The longest built-in strategy has 2,000.
pub const MAX_PARTS: usize = 100_000;

/// Most names with dots between them in one key; what the parser goes down to.
const MAX_DOTS: usize = 80;

/// Where a text goes beyond `most` parts, in bytes; nothing where it does not.
pub fn excess(text: &str, most: usize) -> Option<usize> {
    // A part has at least one byte.
    if text.len() <= most {
        return None;
    }
    Source::new(text).lex().nth(most).map(|part| part.span().start())
}

/// What to say of a text that has too many.
pub fn excess_message(most: usize) -> String {
    format!("the file has more than {most} keys, signs and line ends")
}

/// What a parser says of `text`, and the place it means.
pub fn complaint(text: &str, error: &toml::de::Error) -> (String, Range<usize>) {
    let message = error.message().lines().collect::<Vec<_>>().join(", ");
    match error.span() {
        Some(span) => (message, span),
        // The only one that comes without a place.
        None if message == "recursion limit" => {
            let at = deep_key(text).unwrap_or(text.len());
            (format!("a key has more than {MAX_DOTS} names in it"), at..at)
        }
        None => (message, text.len()..text.len()),
    }
}

/// Where the line begins that has a key with too many names.
fn deep_key(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.bytes().filter(|byte| *byte == b'.').count() >= MAX_DOTS {
            return Some(start);
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_and_strings_are_one() {
        let text = "a = 1\nb = \"\"\"\n\n\n\n\"\"\"\n";
        let parts = Source::new(text).lex().count();
        assert_eq!(excess(text, parts), None);
        assert_eq!(excess("= = =\n", 2), Some(2));
        assert_eq!(excess(&"\n".repeat(50), 10), Some(10));
    }

    #[test]
    fn a_key_that_is_too_deep_has_its_place() {
        let text = format!("x = 1\n{} = 2\n", vec!["a"; 200].join("."));
        let error = toml::from_str::<toml::Table>(&text).unwrap_err();
        assert_eq!(complaint(&text, &error), ("a key has more than 80 names in it".into(), 6..6));
    }
}
