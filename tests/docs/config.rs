//! `assets/config.toml` holds every setting and every key with its default.

use std::fmt::Write;

use setlist::domain::review::Rule;
use setlist::domain::settings::Settings;
use setlist::keys::{Context, Keymap, TABLE};
use setlist::store::read_settings;

use crate::{file, written_anew};

/// The `[keys.*]` tables as the key table has them.
fn keys() -> String {
    let mut text = String::new();
    for context in Context::ALL {
        write!(text, "\n# {}\n[keys.{}]\n", context.title(), context.name()).unwrap();
        for line in TABLE.iter().filter(|line| line.context == *context) {
            writeln!(text, "{} = {:?}  # {}", line.name, line.keys, line.help).unwrap();
        }
    }
    text
}

#[test]
fn the_example_is_right_and_says_the_defaults() {
    let text = file("assets/config.toml");
    let (settings, problems) = read_settings(&text);
    assert_eq!(problems, []);
    let (keymap, problems) = Keymap::with(&settings.keys);
    assert_eq!(problems, []);
    for line in TABLE {
        assert_eq!(keymap.keys(line.action), Keymap::default().keys(line.action), "{}", line.name);
    }
    assert_eq!(Settings { keys: Vec::new(), ..settings }, Settings::default());
}

#[test]
fn every_setting_is_in_the_example() {
    let text = file("assets/config.toml");
    // A struct with every field spelled out: a new setting does not compile until it is here.
    let Settings {
        accessible,
        theme,
        glyphs,
        mouse,
        bell,
        notify,
        clipboard,
        send,
        send_output_limit,
        editor,
        review,
        keys: _,
    } = Settings::default();
    let lines = [
        format!("accessible = {accessible}"),
        format!("theme = \"{}\"", theme.word()),
        format!("glyphs = \"{}\"", glyphs.word()),
        format!("mouse = {mouse}"),
        format!("bell = {bell}"),
        format!("notify = {notify}"),
        format!("clipboard = \"{}\"", clipboard.word()),
        format!("send = {send:?}"),
        format!("send_output_limit = {send_output_limit}"),
        format!("editor = {editor:?}"),
        "[review]".into(),
    ];
    for line in lines {
        assert!(text.lines().any(|there| there == line), "assets/config.toml lacks: {line}");
    }
    let file: toml::Table = text.parse().unwrap();
    for rule in Rule::ALL {
        for threshold in rule.thresholds() {
            let key = threshold.key;
            let there =
                file["review"].get(rule.word()).and_then(|table| table.get(key)).and_then(toml::Value::as_integer);
            let default = *(threshold.place)(&mut review.clone());
            assert_eq!(there, Some(i64::from(default)), "review.{rule}.{key} in assets/config.toml");
        }
    }
    for rule in Rule::ALL {
        assert!(text.contains(rule.word()), "assets/config.toml names {rule}");
    }
}

#[test]
fn every_key_is_in_the_example() {
    written_anew("assets/config.toml", "\n# Moving\n", None, keys().trim_start_matches("\n# Moving\n"));
}
