//! What `README.md` says.

use setlist::domain::strategy_file;
use setlist::keys::{Keymap, TABLE};
use setlist::store::read_settings;

use crate::file;

/// The code blocks that follow `<!-- marker -->`.
fn blocks<'a>(text: &'a str, marker: &str) -> Vec<&'a str> {
    let marker = format!("<!-- {marker} -->");
    let after = text.split(marker.as_str()).skip(1);
    after.map(|rest| rest.split("```").nth(1).unwrap().split_once('\n').unwrap().1).collect()
}

#[test]
fn the_test_command_is_marked_for_the_script_that_runs_it() {
    assert_eq!(blocks(&file("README.md"), "test command"), ["cargo test\n"]);
    assert!(file(".ci/run").contains("<!-- test command -->"));
}

#[test]
fn the_example_strategies_have_no_problems() {
    let readme = file("README.md");
    let examples = blocks(&readme, "strategy");
    assert_eq!(examples.len(), 1);
    for text in examples {
        let read = strategy_file::check(text, None);
        assert_eq!(read.problems, []);
        assert!(read.strategy.is_some());
    }
}

#[test]
fn the_example_settings_have_no_problems() {
    let readme = file("README.md");
    let examples = blocks(&readme, "config");
    assert!(!examples.is_empty());
    for text in examples {
        let (settings, problems) = read_settings(text);
        assert_eq!(problems, []);
        assert_eq!(Keymap::with(&settings.keys).1, []);
    }
}

#[test]
fn every_command_is_named() {
    let readme = file("README.md");
    for command in setlist::cli::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = command.get_name();
        assert!(
            name == "help" || readme.contains(&format!("setlist {name}")),
            "README.md does not name `setlist {name}`"
        );
    }
}

#[test]
fn every_key_of_a_screen_is_named_with_its_default() {
    let readme = file("README.md");
    // The tables of keys have lines such as: | `t` | start the turn, or pause its clock | `workspace.timer` |
    let mut found = 0;
    for line in readme.lines().filter(|line| line.starts_with("| `")) {
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
        assert!(keys.iter().any(|key| key == named), "{context}.{action} has {keys:?}, README.md says `{named}`");
    }
    assert!(found > 20, "the tables of keys were not found");
}
