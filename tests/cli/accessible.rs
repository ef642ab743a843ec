//! The program as questions and answers: a plan worked in a terminal that draws nothing, and what is typed wrong.

use crate::conversation::{converse, type_into};
use crate::home::{Home, SMALL, gated};

/// What somebody hears who types these answers, with what differs from run to run made the same.
pub fn heard(home: &Home, answers: &[(&str, &str)]) -> String {
    let (code, shown) = type_into(home, &["--accessible"], answers);
    assert_eq!(code, 0, "{shown}");
    plain(home, &shown)
}

/// The transcript without what differs from run to run; nothing in it may move a cursor or colour a word.
fn plain(home: &Home, shown: &str) -> String {
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    let lines = shown.replace("\r\n", "\n");
    // What is left of the terminal's echo of Ctrl-D.
    let lines = lines.replace("^D\u{8}\u{8}", "");
    let strange: Vec<char> = lines.chars().filter(|c| c.is_control() && *c != '\n').collect();
    assert_eq!(strange, [] as [char; 0], "{lines:?}");
    let worked = regex::Regex::new(r"\d+ seconds? worked").unwrap();
    home.same(&worked.replace_all(&lines, "[N] seconds worked"))
}

/// Answers from the beginning to a plan of the gated strategy that is started.
const STARTED: &[(&str, &str)] = &[
    ("What to do: ", "choose"),
    ("Enter for all strategies: ", "gated"),
    ("What to do with this strategy: ", "1"),
    ("Question 1 of 4: Problem", "slow login"),
    ("Question 2 of 4: Tries", ""),
    ("Question 3 of 4: Files", "a.rs\rb.rs\r."),
    ("Question 4 of 4: Risky", "no"),
    ("Name of the plan, Enter for 'slow login': ", ""),
    ("What to do before the start: ", "start"),
];

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [STARTED, more].concat()
}

#[test]
fn a_plan_is_worked_from_an_empty_home_to_its_report() {
    let home = Home::new();
    home.strategy("gated", &gated());
    let shown = heard(
        &home,
        &[
            ("What to do: ", "?"),
            ("What to do: ", "choose"),
            ("Enter for all strategies: ", "zzz"),
            ("Enter for all strategies: ", "gated"),
            ("What to do with this strategy: ", "1"),
            ("Question 1 of 4: Problem", "?"),
            ("Question 1 of 4: Problem", "ab"),
            ("Question 1 of 4: Problem", "slow login"),
            ("Question 2 of 4: Tries", ""),
            ("Question 3 of 4: Files", "a.rs\rb.rs\r."),
            ("Question 4 of 4: Risky", "no"),
            ("Name of the plan, Enter for 'slow login': ", ""),
            ("What to do before the start: ", "hear"),
            ("What to do before the start: ", "1"),
            ("What to do: ", "start"),
            ("What to do: ", "copy"),
            ("What to do with the prompt: ", "1"),
            ("What to do: ", "evidence"),
            ("Which evidence: ", "1"),
            ("a number in ms: ", "many"),
            ("a number in ms: ", "450"),
            ("What to do: ", "write down"),
            ("a dot alone ends them: ", "450 ms on average.\rNo outliers.\r."),
            ("What to do: ", "close"),
            ("What to do: ", "approve"),
            ("Enter for nothing: ", "checked"),
            ("to approve it: ", "measure"),
            ("What to do: ", "1"),
            ("What to do: ", "evidence"),
            ("How: ", "1"),
            ("The command with its arguments: ", "/bin/sh -c 'echo 12 passed'"),
            ("What to do: ", "close"),
            ("What to do: ", "wrap"),
            ("What to do at the end", "checklist"),
            ("Item to tick", "1"),
            ("Enter for nothing: ", "CI run 812"),
            ("Item to tick", "b"),
            ("What to do at the end", "whether"),
            ("Did the plan do what it was for: ", "1"),
            ("What to do at the end", "finish"),
            ("What to do at the end", "write"),
            ("File to write", "report.md"),
            ("What to do at the end", "q"),
        ],
    );
    insta::assert_snapshot!("whole_plan_heard", shown);
    let plan = &home.json(&["show"])["plan"];
    assert_eq!(plan["sessions"][0]["state"], "finished");
    assert_eq!(plan["review"]["outcome"], "yes");
    let turns = &plan["sessions"][0]["turns"];
    assert_eq!(turns[0]["gate"]["state"], "approved");
    assert_eq!((&turns[0]["gate"]["by"], &turns[0]["gate"]["note"]), (&"ada".into(), &"checked".into()));
    assert_eq!(turns[0]["result"], "450 ms on average.\nNo outliers.");
    assert_eq!(turns[1]["evidence"][0]["recorded"]["text"], "12 passed\n");
    assert_eq!(turns[0]["sent"]["prompt"], "Measure slow login, 3 times.\n- a.rs\n- b.rs\n");
    assert!(std::fs::read_to_string(home.path("work/report.md")).unwrap().contains("# slow login"));
    let (code, shown, _) = converse(home.command(&[]).env("ACCESSIBLE", "1"), &home, &[("What to do: ", "leave")]);
    assert!(code == 0 && shown.contains("'slow login', finished"), "{shown}");
}

#[test]
fn what_is_typed_in_the_middle_is_there_again() {
    let home = Home::new();
    home.strategy("gated", &gated());
    // Left in the middle of a list, by the end of input.
    let (begun, rest) = STARTED.split_at(5);
    let left = [begun, &[("Question 3 of 4: Files", "a.rs\rb.rs"), ("b.rs", "\u{4}")]].concat();
    heard(&home, &left);
    let again = [
        ("What to do: ", "go on"),
        ("What to do with what was typed: ", "1"),
        ("Question 2 of 4: Tries", "7"),
        ("What to do with it, 1 to 4: ", "2"),
        ("Question 3 of 4: Files", "c.rs\r."),
    ];
    // The list had two lines: it counts as answered, so that it is asked for only where somebody goes back to it.
    let asked = [&again[..3], &[("Question 4 of 4: Risky", "b"), again[3], again[4]], &rest[1..]].concat();
    let left = [&asked[..], &[("What to do: ", "\u{3}")]].concat();
    let (code, shown) = type_into(&home, &["--accessible"], &left);
    assert_eq!(code, 130, "{shown}");
    assert!(plain(&home, &shown).ends_with("\nLeft. Everything is saved.\n"), "{shown}");
    let values = &home.json(&["show"])["plan"]["values"];
    assert_eq!(
        (values["tries"].as_f64(), values["files"].to_string().as_str()),
        (Some(7.0), r#"["a.rs","b.rs","c.rs"]"#)
    );
    let text = "What came back";
    let shown = heard(
        &home,
        &[
            ("What to do: ", "1"),
            ("What to do: ", "1"),
            ("What to do: ", "write down"),
            (text, "first line\rsecond line"),
            ("second line", ".b"),
            ("What to do: ", "write down"),
            ("What to do with it, 1 to 4: ", "go on"),
            (text, "third line\r..\r."),
            ("What to do: ", "\u{4}"),
        ],
    );
    assert!(
        shown.contains("You typed this before, and it was not saved.\nThere is a text already, 2 lines:\n"),
        "{shown}"
    );
    let turn = &home.json(&["show"])["plan"]["sessions"][0]["turns"][0];
    assert_eq!(turn["result"], "first line\nsecond line\nthird line\n.");
}

#[test]
fn wrong_answers_are_told_in_one_sentence() {
    let home = Home::new();
    home.strategy("gated", &gated());
    let answers = with(&[
        ("What to do: ", "99"),
        ("type a number from 1 to ", "close"),
        ("Close the turn: not now, because turn 'Measure' is not under way; start it first", "s"),
        ("'s' fits 2 choices: Start the turn, Skip the turn, with a reason; type more of it, or a number.", "start"),
        ("What to do: ", "approve"),
        ("not now, because turn 'Measure' is not closed yet; close it, then decide its gate.", "clo"),
        ("Required evidence is missing: Mean time.\r\nClose it unverified? Yes or no: ", "perhaps"),
        ("Type yes or no.\r\nClose it", "yes"),
        ("What to do: ", "approve"),
        ("Enter for nothing: ", ""),
        ("Type measure to approve it: ", "1"),
        ("The gate was not approved.\r\nType the turn's id as it is shown.", "reject"),
        ("Why is it rejected? ", "measure it"),
        ("Reason: Measure it.", "message"),
        ("No clipboard was found.", "1"),
        ("End of the message.", "b"),
        ("Leave", "b"),
        ("This is the beginning; q leaves.", "q"),
    ]);
    let shown = heard(&home, &answers);
    assert!(shown.contains("Your work on 'Measure' is not accepted yet."), "{shown}");
}

#[test]
fn an_editor_takes_texts_of_several_lines() {
    let home = Home::new();
    home.strategy("gated", &gated());
    let editor = home.write("editor", "#!/bin/sh\nprintf 'from %s\\n' \"$(cat \"$1\")\" > \"$1\"\n");
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = home.command(&["--accessible"]);
    command.env("EDITOR", &editor).env("PATH", std::env::var_os("PATH").unwrap());
    let answers = with(&[
        ("What to do: ", "start"),
        ("What to do: ", "write down"),
        ("What came back", "here\r.e"),
        ("The editor gave 1 line.", "write down"),
        ("What to do with it, 1 to 4: ", "edit"),
        ("The editor gave 1 line.", "q"),
    ]);
    let (code, shown, asked) = converse(&command, &home, &answers);
    assert_eq!((code, asked), (0, answers.len()), "{shown}");
    plain(&home, &shown);
    let turn = &home.json(&["show"])["plan"]["sessions"][0]["turns"][0];
    assert_eq!(turn["result"], "from from here");
}

#[test]
fn a_change_of_somebody_else_is_told_and_kept() {
    let home = Home::new();
    home.strategy("gated", &gated());
    // The other program changes the plan while the text is in the editor.
    let script =
        format!("#!/bin/sh\n{} note elsewhere -q\necho mine > \"$1\"\n", home.command(&[]).get_program().display());
    let editor = home.write("editor", &script);
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let mut command = home.command(&["--accessible"]);
    command.env("EDITOR", &editor);
    let answers = with(&[
        ("What to do: ", "more"),
        ("What more: ", "note"),
        ("The note, several lines", "e"),
        ("The plan was changed elsewhere meanwhile.", "q"),
    ]);
    let (code, shown, asked) = converse(&command, &home, &answers);
    assert_eq!((code, asked), (0, answers.len()), "{shown}");
    let notes = home.json(&["show"])["plan"]["notes"].clone();
    let texts: Vec<&str> = notes.as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["elsewhere", "mine"]);
}

#[test]
fn questions_want_a_terminal() {
    let home = Home::new();
    let told = home.fails(2, &["--accessible"]);
    assert_eq!(
        told,
        "error: questions need a terminal that answers them\nhint: name a command instead: `setlist --help` lists them\n"
    );
    let (code, shown) = type_into(&home, &["--accessible", "--no-input"], &[]);
    assert_eq!(code, 2, "{shown}");
    home.ok(&["config", "set", "accessible", "true"]);
    let shown = heard_alone(&home, &[("What to do: ", "q")]);
    assert!(shown.starts_with("Setlist. In every question, ? explains, b goes back, q leaves, and Enter alone tells the choices again.\n1. "), "{shown}");
    assert!(home.ok(&["help", "environment"]).contains("ACCESSIBLE           1: plain questions"));
}

/// As [`heard`], without the option.
fn heard_alone(home: &Home, answers: &[(&str, &str)]) -> String {
    let (code, shown) = type_into(home, &[], answers);
    assert_eq!(code, 0, "{shown}");
    plain(home, &shown)
}

/// Two sessions, the second after the first; a turn that repeats and is measured.
const PAIR: &str = r#"schema = 1
id = "pair"
title = "Two steps"

[[metrics]]
id = "latency"
label = "Response time"
unit = "ms"
baseline = 500
target = 100

[[sessions]]
id = "first"
title = "Make it fast"
[[sessions.turns]]
id = "try"
title = "Try"
kind = "implement"
repeat = "attempt"
prompt = "Make it faster."
[[sessions.turns.evidence]]
id = "figure"
label = "Mean time"
kind = "number"
metric = "latency"
[[sessions.turns.evidence]]
id = "verdict"
label = "Worth it"
kind = "verdict"
choices = ["yes", "no"]
required = false

[[sessions]]
id = "second"
title = "Tell people"
after = ["first"]
[[sessions.turns]]
id = "tell"
title = "Tell"
prompt = "Write it up."
[[sessions.turns.evidence]]
id = "text"
label = "What was written"
"#;

#[test]
fn plans_are_switched_and_sessions_iterations_and_readings_are_told() {
    let home = Home::new();
    home.strategy("pair", PAIR);
    // The order of ids as well as of time, so that it does not matter whether both start in one second.
    home.ok(&["new", "pair", "--name", "Login", "-q"]);
    home.ok(&["new", "pair", "--name", "Search", "-q"]);
    home.ok(&["config", "set", "send", "[\"/bin/cat\"]"]);
    let shown = heard(
        &home,
        &[
            ("What to do: ", "choose among"),
            ("Enter for all plans: ", "zzz"),
            ("Enter for all plans: ", ""),
            ("Number, or other words to search for: ", "3"),
            ("Number, or other words to search for: ", "search"),
            ("What to do: ", "start"),
            ("What to do: ", "send"),
            ("Keep what comes back as the turn's result? Yes or no: ", "yes"),
            ("What to do: ", "evidence"),
            ("Which evidence: ", "mean"),
            ("a number in ms: ", "450"),
            ("What to do: ", "begin the next attempt"),
            ("What to do: ", "evidence"),
            ("Which evidence: ", "1"),
            ("a number in ms: ", "300"),
            ("What to do: ", "say which"),
            ("Which iteration: ", "2"),
            ("What became of it: ", "rolled"),
            ("What to do: ", "more"),
            ("What more: ", "reading"),
            ("The reading, a number: ", "280"),
            ("What to do: ", "more"),
            ("What more: ", "note"),
            ("The note, several lines", "The cache was cold.\r."),
            ("What to do: ", "close"),
            ("What to do: ", "another"),
            ("Which session: ", "tell"),
            ("Which turn: ", "1"),
            ("What to do: ", "start"),
            ("What to do: ", "wrap"),
            ("What to do at the end", "finish"),
            ("What to do at the end", "b"),
            ("What to do: ", "another"),
            ("Which session: ", "make"),
            ("Which turn: ", "1"),
            ("What to do: ", "wrap"),
            ("What to do at the end", "finish"),
            ("What to do at the end", "b"),
            ("What to do: ", "start"),
            ("What to do: ", "close"),
            ("Close it unverified? Yes or no: ", "yes"),
            ("What to do: ", "wrap"),
            ("What to do at the end", "finish"),
            ("Why may it be finished so: ", "Nobody reads it"),
            ("What to do at the end", "quality"),
            ("What to do at the end", "b"),
            ("What to do: ", "more"),
            ("What more: ", "whole plan"),
            ("What to do: ", "b"),
            ("What to do: ", "go on"),
            ("What to do: ", "q"),
        ],
    );
    insta::assert_snapshot!("sessions_heard", shown);
}

#[test]
fn what_a_strategy_says_cannot_command_the_terminal() {
    let home = Home::new();
    let nasty = "\\u001b[2J\\u009b1m\\u202egood\\u0007";
    let text = gated()
        .replace("title = \"Small fix\"", &format!("title = \"Small fix{nasty}\""))
        .replace("label = \"Problem\"", &format!("label = \"Problem{nasty}\"\nhelp = \"Help{nasty}\""))
        .replace("label = \"Log\"", &format!("label = \"Log{nasty}\""))
        .replace("The figures are right", &format!("Right{nasty}"))
        .replace("prompt = \"Fix it.\"", &format!("prompt = \"Fix it.{nasty}\""));
    home.strategy("gated", &text);
    let answers = [
        ("What to do: ", "choose"),
        ("Enter for all strategies: ", "gated"),
        ("What to do with this strategy: ", "read"),
        ("Which prompt, b when done: ", "2"),
        ("Which prompt, b when done: ", "b"),
        ("What to do with this strategy: ", "1"),
        ("Question 1 of 4: Problem", "?"),
        ("Question 1 of 4: Problem", "slow"),
        ("Question 2 of 4: Tries", ""),
        ("Question 3 of 4: Files", ""),
        ("Question 4 of 4: Risky", ""),
        ("Name of the plan", ""),
        ("What to do before the start: ", "1"),
        ("What to do: ", "start"),
        ("What to do: ", "evidence"),
        ("Which evidence: ", "b"),
        ("What to do: ", "skip"),
        ("Why is it left out: ", "r"),
        ("What to do: ", "approve"),
        ("Enter for nothing: ", ""),
        ("to approve it: ", "no"),
        ("What to do: ", "q"),
    ];
    let shown = heard(&home, &answers);
    assert!(shown.contains("Small fix^[[2J\\u{9b}1m\\u{202e}good^G"), "{shown}");
    assert!(!shown.contains(['\u{9b}', '\u{202e}', '\u{7}']), "{shown}");
}

#[test]
fn what_a_full_disk_does_not_take_is_tried_again_and_not_lost() {
    use std::process::Command;
    let able = Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]).output();
    if !able.is_ok_and(|output| output.status.success()) {
        return;
    }
    let home = Home::new();
    home.write("config/strategies/gated.toml", &gated());
    let data = home.path("data");
    std::fs::create_dir_all(&data).unwrap();
    // The editor fills the disk the first time and makes room the second time.
    let script = format!(
        "#!/bin/sh\ncd {}\nif [ -e filler ]; then rm filler; printf '!' >> \"$1\"; else printf mine > \"$1\"; head -c \
         300000 /dev/zero > filler; fi\nexit 0\n",
        data.display()
    );
    let editor = home.write("editor", &script);
    std::fs::set_permissions(&editor, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let own = home.command(&[]);
    let mut command = Command::new("unshare");
    let script = format!("mount -t tmpfs -o size=128k none {} && exec \"$0\" --accessible", data.display());
    command.args(["-rm", "sh", "-c", &script]).arg(own.get_program());
    command.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("EDITOR", &editor).env("PATH", std::env::var_os("PATH").unwrap());
    let answers = with(&[
        ("What to do: ", "more"),
        ("What more: ", "note"),
        ("The note, several lines", "e"),
        ("This change is NOT SAVED: ", "try again"),
        ("This change is NOT SAVED: ", "go on"),
        ("What to do: ", "more"),
        ("What more: ", "note"),
        ("What to do with it, 1 to 4: ", "edit"),
        ("Note added.", "more"),
        ("What more: ", "whole"),
        ("What to do: ", "more"),
        ("What more: ", "note"),
        ("The note, several lines", "e"),
        ("This change is NOT SAVED: ", "q"),
    ]);
    let (code, shown, asked) = converse(&command, &home, &answers);
    assert_eq!((code, asked), (0, answers.len()), "{shown}");
    let shown = plain(&home, &shown);
    assert!(shown.contains("You typed this before, and it was not saved.\n"), "{shown}");
    assert!(shown.contains("Note of [TIME]: mine!\n"), "{shown}");
    assert!(shown.ends_with("\nLeft. The last change is NOT SAVED.\n"), "{shown}");
    let kept = std::fs::read_to_string(home.path("state/memory.json")).unwrap();
    assert!(kept.contains("\"mine\""), "{kept}");
}

#[test]
fn a_long_text_that_is_no_answer_is_there_to_be_mended() {
    let home = Home::new();
    let two = "label = \"Files\"\nkind = \"list\"\nmax = 30";
    home.strategy("gated", &gated().replace("label = \"Files\"\nkind = \"list\"", two));
    let (begun, rest) = STARTED.split_at(5);
    let text: Vec<String> = (1..=31).map(|number| format!("file{number}.rs")).collect();
    let text = format!("{}\r.", text.join("\r"));
    let mended = [
        ("Question 3 of 4: Files", text.as_str()),
        ("And 11 lines more.", "4"),
        ("Question 3 of 4: Files", "file32.rs\r."),
    ];
    let shown = heard(&home, &[begun, &mended, &rest[1..], &[("What to do: ", "q")]].concat());
    let told =
        "That is no answer: Files: takes at most 30 items (has 31).\nThere is a text already, 31 lines:\nfile1.rs\n";
    assert!(shown.contains(told), "{shown}");
    assert_eq!(home.json(&["show"])["plan"]["values"]["files"].to_string(), r#"["file32.rs"]"#);
}

#[test]
fn ctrl_c_ends_a_command_that_is_run_and_not_the_conversation() {
    let home = Home::new();
    home.strategy("gated", &gated().replace("kind = \"number\"\nmetric = \"latency\"", "kind = \"command\""));
    let answers = with(&[
        ("What to do: ", "start"),
        ("What to do: ", "evidence"),
        ("Which evidence: ", "1"),
        ("How: ", "1"),
        ("The command with its arguments: ", "/bin/sh -c 'echo begun; while read line; do :; done'"),
        ("begun\r\n", "\u{3}"),
        ("Interrupted; nothing was recorded.", "q"),
    ]);
    let shown = heard(&home, &answers);
    assert!(shown.ends_with("Left. Everything is saved.\n"), "{shown}");
    assert!(home.json(&["show"])["plan"]["sessions"][0]["turns"][0]["evidence"][0]["recorded"].is_null());
}

#[test]
fn strategies_of_one_title_are_told_apart() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.strategy("smaller", &SMALL.replace("\"small\"", "\"smaller\""));
    home.write(
        "config/strategies/smallest.toml",
        &SMALL.replace("\"small\"", "\"smallest\"").replace("Small fix", "small  FIX"),
    );
    home.strategy("other", &SMALL.replace("\"small\"", "\"other\"").replace("Small fix", "Small step"));
    let shown = heard(
        &home,
        &[
            ("What to do: ", "choose"),
            ("Enter for all strategies: ", "measure, then"),
            ("Number, or other words to search for: ", "smallest"),
            ("What to do with this strategy: ", "q"),
        ],
    );
    for name in [
        "Small fix, id small, from the data directory, debugging",
        "Small fix, id smaller, from the data directory, debugging",
        "small  FIX, id smallest, from the config directory, debugging",
        "Small step, debugging",
    ] {
        assert!(shown.contains(name), "{name}: {shown}");
    }
}
