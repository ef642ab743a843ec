//! What the manual in `docs` says of commands, keys, settings and strategies.

use setlist::domain::strategy_file;
use setlist::keys::{Keymap, TABLE};
use setlist::store::read_settings;

use crate::{blocks, file, pages, written_anew};

#[test]
fn the_example_strategies_have_no_problems() {
    let page = file("docs/strategies.md");
    let examples = blocks(&page, "strategy");
    assert_eq!(examples.len(), 1);
    for text in examples {
        let read = strategy_file::check(text, None);
        assert_eq!(read.problems, []);
        assert!(read.strategy.is_some());
    }
}

#[test]
fn the_example_settings_have_no_problems() {
    let page = file("docs/configuration.md");
    let examples = blocks(&page, "config");
    assert!(!examples.is_empty());
    for text in examples {
        let (settings, problems) = read_settings(text);
        assert_eq!(problems, []);
        assert_eq!(Keymap::with(&settings.keys).1, []);
    }
}

// Without the server for agents it has one command less.
#[cfg(feature = "mcp")]
#[test]
fn the_table_of_commands_is_that_of_the_program() {
    let table: String = commands(&setlist::cli::command(), "setlist")
        .into_iter()
        .map(|(path, about)| format!("| `{path}` | {about} |\n"))
        .collect();
    written_anew("docs/command-line.md", "| Command | What it does |\n|---|---|\n", Some("\n\n"), &table);
}

#[cfg(feature = "mcp")]
/// All commands that do something, groups left out, with what they do.
fn commands(command: &clap::Command, path: &str) -> Vec<(String, String)> {
    let below = command.get_subcommands().filter(|command| !command.is_hide_set());
    let found: Vec<_> = below.flat_map(|below| commands(below, &format!("{path} {}", below.get_name()))).collect();
    let about = || command.get_about().map(ToString::to_string).unwrap_or_default();
    if found.is_empty() { vec![(path.to_owned(), about())] } else { found }
}

#[test]
fn every_key_of_a_screen_is_named_with_its_default() {
    let page = file("docs/keys.md");
    // The tables of keys have lines such as: | `t` | start the turn, or pause its clock | `workspace.timer` |
    let mut found = 0;
    for line in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split(" | ").flat_map(|cell| cell.split("| ")).collect();
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim_end_matches(" |")).collect();
        let Some((context, action)) =
            cells.last().and_then(|name| name.strip_prefix('`')?.strip_suffix('`')?.split_once('.'))
        else {
            continue;
        };
        found += 1;
        let binding = TABLE.iter().find(|line| line.context.name() == context && line.name == action);
        let keys = Keymap::default().keys(binding.unwrap_or_else(|| panic!("no action {context}.{action}")).action);
        let named = line.split('`').nth(1).unwrap();
        assert!(keys.iter().any(|key| key == named), "{context}.{action} has {keys:?}, docs/keys.md says `{named}`");
    }
    assert!(found > 20, "the tables of keys were not found");
}

/// The commands of `setlist` in the shell blocks of a page, without what comes before a pipe or behind a comment.
fn lines(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let parts = blocks.flat_map(str::lines).flat_map(|line| line.split("  #").next().unwrap().split(" | "));
    let parts = parts.flat_map(|part| part.split(" && ")).map(str::trim);
    parts.filter(|part| part.starts_with("setlist ")).map(|part| part.replace("2>&1", "")).collect()
}

/// Words as a shell takes them apart; the examples use only simple quotes and no variables.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, ' ') => words.push(String::new()),
            (None, '>') => break,
            (_, c) => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty() && word != "2");
    words
}

#[test]
fn every_example_is_understood() {
    let mut seen = 0;
    for page in pages() {
        for line in lines(&file(&page)) {
            let parsed = setlist::cli::command().try_get_matches_from(words(&line));
            assert!(parsed.is_ok(), "{page}: {line}: {}", parsed.unwrap_err());
            seen += 1;
        }
    }
    assert!(seen > 30, "the examples were not found: {seen}");
}
