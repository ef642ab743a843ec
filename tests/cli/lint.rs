//! `setlist strategy lint`: every problem at its place.

use crate::home::{Home, SMALL, ran};

fn broken() -> String {
    SMALL
        .replace("summary", "sumary")
        .replace("{{ tries }}", "\u{1b}[31m{{ trie }}")
        .replace("kind = \"flag\"", "kind = \"flg\"")
        .replace("id = \"small\"", "id = \"broken\"")
}

#[test]
fn every_problem_is_drawn_with_its_line_and_counted() {
    let home = Home::new();
    home.write("work/broken.toml", &broken().replace('\u{1b}', "\u{202e}"));
    home.write("work/good.toml", &SMALL.replace("\"small\"", "\"good\""));
    insta::assert_snapshot!(home.told(&["strategy", "lint", "."]));
    insta::assert_snapshot!(home.told(&["strategy", "lint", ".", "--json"]));
}

#[test]
fn controls_are_made_visible_and_columns_stay_those_of_the_file() {
    let home = Home::new();
    home.write(
        "work/broken.toml",
        &SMALL.replace("{{ tries }}", "\u{202e}\u{202e}{{ trie }}").replace("\"small\"", "\"broken\""),
    );
    let ran = home.run(&["strategy", "lint", "broken.toml", "--ascii"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("broken.toml:45:29"), "{}", ran.out);
    assert!(ran.out.contains(r"\u{202e}\u{202e}{{ trie }}") && !ran.out.contains('\u{202e}'), "{}", ran.out);
    assert!(ran.out.is_ascii(), "{}", ran.out);
}

#[test]
fn frames_are_drawn_with_what_the_terminal_can_show() {
    let home = Home::new();
    home.write("work/broken.toml", &broken());
    let frame = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = home.command(&[&["strategy", "lint", "broken.toml"], args].concat());
        let text = ran(command.envs(variables.iter().copied()).output().unwrap()).out;
        assert!(text.contains("broken.toml:"), "{text}");
        if text.is_ascii() { "ascii" } else { "unicode" }
    };
    let utf8 = [("LANG", "en_GB.UTF-8")];
    assert_eq!(frame(&utf8, &[]), "unicode");
    assert_eq!(frame(&utf8, &["--ascii"]), "ascii");
    assert_eq!(frame(&[("LANG", "C")], &[]), "ascii");
    assert_eq!(frame(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "POSIX")], &[]), "ascii");
    home.write("config/config.toml", "glyphs = \"ascii\"\n");
    assert_eq!(frame(&utf8, &[]), "ascii");
    home.write("config/config.toml", "glyphs = \"unicode\"\n");
    assert_eq!(frame(&[("LANG", "C")], &[]), "unicode");
}

#[test]
fn warnings_alone_are_no_failure() {
    let home = Home::new();
    home.write("work/small.toml", &SMALL.replace("{% if risky %}Careful.{% endif %}", ""));
    let ran = home.run(&["strategy", "lint", "small.toml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.err, "0 errors, 1 warning in 1 of 1 file\n");
}

#[test]
fn standard_input_and_ones_own_strategies_can_be_checked() {
    let home = Home::new();
    let ran = home.pipe(&["strategy", "lint", "-"], "schema = 1\nid = \"x\"\n");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("<stdin>:1:1"), "{ran:?}");
    assert_eq!(home.run(&["strategy", "lint"]).err, "0 files: no problems\n");
    home.strategy("bad", "schema = 1\n");
    home.write("config/strategies/worse.toml", "schema = \n");
    home.write("work/.setlist/strategies/worst.toml", "nonsense\n");
    let ran = home.run(&["strategy", "lint"]);
    assert_eq!(ran.code, 1);
    for name in ["data/strategies/bad.toml:1", "config/strategies/worse.toml:1", "strategies/worst.toml:1"] {
        assert!(ran.out.contains(name), "{name}: {}", ran.out);
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_checked_all_the_same() {
    let home = Home::new();
    home.write("work/small.toml", &SMALL.replace("title =", "titel ="));
    let ran = home.run(&["strategy", "lint", "none.toml", "small.toml"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("there is no file none.toml") && ran.out.contains("small.toml:3:1"), "{ran:?}");
    std::fs::write(home.path("work/latin.toml"), b"title = \"\xe9\"\n").unwrap();
    let ran = home.run(&["strategy", "lint", "latin.toml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("latin.toml is not UTF-8 text: byte 10"), "{ran:?}");
}

#[test]
fn anti_patterns_are_warnings_at_the_place_that_shows_them() {
    let home = Home::new();
    let bare = SMALL.replace("\"small\"", "\"bare\"").replace(
        "[[checklist]]",
        "[[turns]]\nid = \"go\"\ntitle = \"Deploy\"\nkind = \"deliver\"\nprompt = \"Go\"\n\n[[checklist]]",
    );
    home.write("work/bare.toml", &bare);
    insta::assert_snapshot!(home.told(&["strategy", "lint", "bare.toml"]));
    let found = home.json(&["strategy", "lint", "bare.toml"]);
    let rules: Vec<&str> =
        found["items"].as_array().unwrap().iter().map(|item| item["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["validation-light", "irreversible-step"]);
    assert_eq!((&found["items"][0]["severity"], &found["items"][0]["line"]), (&"warning".into(), &60.into()));
    home.write("config/config.toml", "[review]\noff = [\"validation-light\", \"irreversible-step\"]\n");
    assert_eq!(home.run(&["strategy", "lint", "bare.toml"]).err, "1 file: no problems\n");
}

#[test]
fn a_pack_is_checked_where_its_files_are_and_nothing_is_no_success() {
    let home = Home::new();
    home.write("work/pack/strategies/bad.toml", "schema = 1\n");
    assert!(home.run(&["strategy", "lint", "pack"]).out.contains("bad.toml"), "its folder is looked into");
    home.write("work/empty/notes.md", "x");
    assert!(home.fails(4, &["strategy", "lint", "empty"]).contains("no strategy files in empty"));
    assert_eq!(home.run(&["strategy", "lint"]).code, 0, "one need not have any");
}
