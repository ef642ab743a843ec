//! A command line as a person would type it in a shell, from the arguments it was made of.

/// The words of a command, each quoted where a shell would take it apart.
pub fn quoted<S: AsRef<str>>(words: &[S]) -> String {
    words.iter().map(|word| quoted_word(word.as_ref())).collect::<Vec<_>>().join(" ")
}

fn quoted_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    // A word that begins with `=` or `%` is something else in some shells.
    if !word.is_empty() && word.chars().all(plain) && !word.starts_with(['=', '%']) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_only_where_a_shell_would_take_them_apart() {
        let line = |words: &[&str]| quoted(words);
        assert_eq!(line(&["cargo", "test", "--test=cli", "a/b.rs"]), "cargo test --test=cli a/b.rs");
        assert_eq!(line(&["sh", "-c", "echo $HOME; ls *"]), "sh -c 'echo $HOME; ls *'");
        assert_eq!(line(&["printf", "it's", ""]), r"printf 'it'\''s' ''");
        assert_eq!(line(&["echo", "~", "=x", "a\nb"]), "echo '~' '=x' 'a\nb'");
        assert_eq!(line(&["echo", "été", "日本"]), "echo été 日本");
    }
}
