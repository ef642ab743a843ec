//! What only a terminal allows: being asked, and deciding gates.

use crate::conversation::{converse, type_into};
use crate::home::{Home, SMALL, gated};

#[test]
fn a_gate_is_approved_by_typing_its_turn() {
    let home = Home::new();
    home.strategy("gated", &gated());
    home.ok(&["new", "gated", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "start"]);
    home.ok(&["evidence", "figure", "450"]);
    home.ok(&["turn", "done"]);
    let state =
        || home.json(&["show"])["plan"]["sessions"][0]["turns"][0]["gate"]["state"].as_str().unwrap().to_owned();
    let (code, shown) = type_into(&home, &["gate", "approve", "--yes"], &[("to approve it: ", "yes")]);
    assert_eq!((code, state().as_str()), (5, "open"), "{shown}");
    let (code, shown) = type_into(&home, &["gate", "reject"], &[("Why is it rejected? ", "measure again")]);
    assert_eq!((code, state().as_str()), (0, "rejected"), "{shown}");
    home.ok(&["turn", "done"]);
    let (code, shown) = type_into(&home, &["gate", "approve", "--note", "fine"], &[("to approve it: ", "measure")]);
    assert_eq!((code, state().as_str()), (0, "approved"), "{shown}");
    assert!(shown.contains("The figures are right") && shown.contains("450"), "{shown}");
    let gate = &home.json(&["show"])["plan"]["sessions"][0]["turns"][0]["gate"];
    assert_eq!((&gate["by"], &gate["note"]), (&"ada".into(), &"fine".into()));
    // Nor by a way around: what a person decided stays so until a person goes back.
    let state = || home.json(&["show"])["plan"]["sessions"][0]["turns"][0]["gate"]["state"].clone();
    assert!(home.fails(5, &["undo"]).contains("decided at the gate of 'Measure'"));
    assert_eq!(state(), "approved");
    assert_eq!(type_into(&home, &["undo"], &[]).0, 0);
    assert_eq!(state(), "open");
    assert!(home.fails(5, &["redo"]).contains("a gate is decided by a person"));
    assert_eq!(type_into(&home, &["redo", "--no-input"], &[]).0, 5);
    assert_eq!(state(), "open");
    assert_eq!(type_into(&home, &["redo"], &[]).0, 0);
    assert_eq!(state(), "approved");
}

#[test]
fn a_pipe_decides_no_gate_even_where_there_is_a_terminal() {
    let home = Home::new();
    home.strategy("gated", &gated());
    home.ok(&["new", "gated", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "done"]);
    let own = home.command(&[]);
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", "echo measure | \"$0\" gate approve"]).arg(own.get_program());
    command.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let (code, shown, _) = converse(&command, &home, &[("to approve it: ", "something else")]);
    assert!(code == 5 && shown.contains("a person at a terminal"), "{shown}");
}

/// The small strategy with a second placeholder that has to be filled in.
fn two_missing() -> String {
    SMALL.replace("label = \"Files\"\nkind = \"list\"\nrequired = false", "label = \"Files\"\nkind = \"list\"")
}

#[test]
fn missing_values_are_asked_for_one_by_one() {
    let home = Home::new();
    home.strategy("small", &two_missing());
    let answers = [
        ("Question 1 of 2: Problem, required: ", ""),
        ("required: at least 3 characters.", "ab"),
        ("needs at least 3 characters (has 2).", "slow login"),
        ("Question 2 of 2: Files, one item a line, a dot alone ends the list, required: ", "a.rs\rb.rs\r."),
    ];
    let (code, shown) = type_into(&home, &["new", "small"], &answers);
    assert_eq!(code, 0, "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown}");
    let values = &home.json(&["show"])["plan"]["values"];
    assert_eq!(values["problem"], "slow login");
    assert_eq!(values["files"].to_string(), r#"["a.rs","b.rs"]"#);
    let (code, shown) = type_into(&home, &["new", "small", "--no-input"], &[]);
    assert!(code == 4 && shown.contains("files (Files)"), "{shown}");
    let piped = home.run(&["new", "small"]);
    assert!(piped.code == 4 && piped.err.contains("files (Files)") && piped.err.contains("problem (Problem)"));
}

#[test]
fn questions_explain_themselves_go_back_and_are_left() {
    let home = Home::new();
    home.strategy("small", &two_missing());
    let answers = [
        ("Question 1 of 2: ", "?"),
        ("It takes one line of text, at least 3 characters.", "slow logn"),
        ("Question 2 of 2: ", "b"),
        ("Question 1 of 2: ", "slow login"),
        ("Question 2 of 2: ", "\\b\ra.rs\r."),
    ];
    let (code, shown) = type_into(&home, &["new", "small"], &answers);
    assert_eq!(code, 0, "{shown}");
    let values = &home.json(&["show"])["plan"]["values"];
    assert_eq!((&values["problem"], values["files"].to_string().as_str()), (&"slow login".into(), r#"["b","a.rs"]"#));
    // Left, by a letter, by the end of input and by Ctrl-C: no plan.
    for (key, wanted) in [("q", 4), ("\u{4}", 4), ("\u{3}", 130)] {
        let (code, shown) = type_into(&home, &["new", "small"], &[("Question 1 of 2: ", key)]);
        assert_eq!(code, wanted, "{shown}");
    }
    assert_eq!(home.ok(&["list", "--json"]).matches("\"id\"").count(), 1);
}

#[test]
fn nothing_is_coloured_where_it_is_to_be_accessible() {
    let home = Home::new();
    let (_, shown) = type_into(&home, &["--accessible", "strategy", "list"], &[]);
    assert!(!shown.contains('\u{1b}') && shown.contains("bug-investigation"), "{shown}");
    let mut command = home.command(&["strategy", "lsit"]);
    for (value, coloured) in [("1", false), ("yes", false), ("0", true), ("", true)] {
        let (code, shown, _) = converse(command.env("ACCESSIBLE", value), &home, &[]);
        assert_eq!((code, shown.contains('\u{1b}')), (2, coloured), "{value}: {shown}");
    }
}

#[test]
fn advice_asks_for_what_is_not_answered_and_explains_the_answers() {
    let home = Home::new();
    let answers = [
        ("Is there code already?", "2"),
        ("days of work", "lots"),
        ("1 to 3 are: ", "meduim"),
        ("did you mean `medium`?", "high"),
        ("Number or word", ""),
    ];
    let args = ["strategy", "advise", "--scope", "small", "--dependencies", "any", "--json"];
    let (code, shown) = type_into(&home, &args, &answers);
    assert_eq!(code, 0, "{shown}");
    for (aspect, answer) in
        [("codebase", "\"existing\""), ("scope", "\"small\""), ("dependencies", "null"), ("risk", "\"high\"")]
    {
        assert!(shown.contains(&format!("\"{aspect}\": {answer}")), "{shown}");
    }
    assert!(!shown.contains("How much of the code") && !shown.contains("depend on each other?"), "{shown}");
    let (code, shown) = type_into(&home, &["strategy", "advise"], &[("Is there code already?", "\u{4}")]);
    assert!(code == 0 && shown.contains("api-performance-optimization"), "{shown}");
    let (_, shown) = type_into(&home, &["strategy", "advise", "--no-input", "--codebase", "new"], &[]);
    let longest = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap().replace_all(&shown, "").into_owned();
    let longest = longest.lines().map(|line| line.trim_end().len()).max();
    assert!(longest <= Some(80) && !shown.contains("Is there code"), "{shown}");
}

#[test]
fn colours_and_headings_are_for_terminals() {
    let home = Home::new();
    let (_, shown) = type_into(&home, &["strategy", "list"], &[]);
    assert!(shown.contains("\u{1b}[36mbug-investigation") && shown.contains("CATEGORY"), "{shown}");
    let plain = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap().replace_all(&shown, "").into_owned();
    let longest = plain.lines().map(|line| line.trim_end().len()).max();
    assert!(longest <= Some(80), "{shown}");
    let (_, shown) = type_into(&home, &["strategy", "list", "--color", "never"], &[]);
    assert!(!shown.contains('\u{1b}'), "{shown}");
}

#[test]
fn a_plan_is_thrown_away_only_if_the_person_agrees() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    let (code, shown) = type_into(&home, &["delete"], &[("to the trash? [y/N]", "")]);
    assert_eq!(code, 5, "{shown}");
    assert!(home.ok(&["list"]).contains("Small fix"));
    let (code, _) = type_into(&home, &["delete"], &[("to the trash? [y/N]", "y")]);
    assert_eq!((code, home.ok(&["list"]).as_str()), (0, ""));
}

/// A plan whose slot `suite` is to be filled by running a command at a terminal.
fn to_run(home: &Home, options: &[&str], script: &str) -> std::process::Command {
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "skip", "--reason", "r"]);
    home.ok(&["turn", "start"]);
    let mut command = home.command(&[&["evidence", "suite", "--run"], options, &["--", "sh", "-c", script]].concat());
    command.env("PATH", std::env::var_os("PATH").unwrap());
    command
}

#[test]
fn a_command_that_is_run_has_the_terminal() {
    let home = Home::new();
    let command = to_run(&home, &[], "printf 'who? '; read name; echo \"it was $name\"; read next; echo $next");
    let (code, shown, asked) = converse(&command, &home, &[("who? ", "ada"), ("it was ada", "again")]);
    assert_eq!((code, asked), (0, 2), "{shown}");
    let plan = home.json(&["show"]);
    assert_eq!(plan["plan"]["sessions"][0]["turns"][1]["evidence"][0]["recorded"]["text"], "who? it was ada\nagain\n");
}

#[test]
fn ctrl_c_ends_a_command_that_is_run_and_ctrl_z_without_a_shell_does_not_stop_it() {
    let home = Home::new();
    let command = to_run(&home, &[], "echo begun; while read line; do echo \"got $line\"; done");
    let (code, shown, asked) = converse(&command, &home, &[("begun", "\u{1a}"), ("got ", "\u{3}")]);
    assert_eq!((code, asked), (130, 2), "{shown}");
    assert!(shown.contains("interrupted; nothing was recorded"), "{shown}");
    assert!(home.json(&["show"])["plan"]["sessions"][0]["turns"][1]["evidence"][0]["recorded"].is_null());
}
