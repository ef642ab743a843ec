//! Text that would command the terminal, in every field, by every command: looked for in what a terminal gets, and
//! on standard error, in lists and in reports where they go elsewhere.
//!
//! The commands are those of the command line itself: one that is not listed here is called with a payload in each
//! of its values. `SETLIST_TORTURE=1` puts every payload into every field.

use std::process::Command;

use crate::conversation::converse;
use crate::effort::rounds;
use crate::full_plan::{poisoned_strategy, surroundings};
use crate::home::Home;
use crate::hostile::{FULL, May, found, payload, payloads, texts, toml_escaped, with};
use crate::validated::commands;

/// What is said by programs, for programs, byte for byte; everything else is for people.
const EXACT: [&str; 3] = ["prompt", "--format toml", "mcp"];

/// Each command with words to call it by: `%` is a payload, `@` and `@@` are the plans under way and finished.
/// What throws plans away comes last.
const CALLS: &[&str] = &[
    "strategy list",
    "strategy list %",
    "strategy list --category %",
    "strategy show full",
    "strategy show wrong",
    "strategy show %",
    "strategy render full --set what=%",
    "strategy render full --set %=%",
    "strategy advise --scope small --codebase new --risk low --validation easy --dependencies coupled",
    "strategy advise --scope %",
    "strategy lint",
    "strategy lint %",
    "strategy new %",
    "strategy new another --from full",
    "strategy schema",
    "pack add pack --name ours --yes",
    "pack add %",
    "pack list",
    "pack update ours",
    "pack remove %",
    "pack remove ours --yes",
    "new full --name % --set what=% --set risk=% --dry-run",
    "new full --name % --set what=%",
    "new full --no-input",
    "new %",
    "list",
    "list --all",
    "show -p @",
    "show -p @@",
    "show -p %",
    "show -p 2026-11-20-broken-0000",
    "prompt -p @",
    "prompt -p @ -s first -t look",
    "prompt -p @ -t mend --follow-up",
    "send -p @ -s first -t more -- printf %",
    "send -p @ -s first -t more -- %",
    "turn start -p @ -s first -t more",
    "turn pause -p @ -s first -t more",
    "turn result % -p @ -s first -t more",
    "turn keep -p @ -s first -t look",
    "turn rollback -p @ -s first -t look",
    "turn done -p @ -s first -t more",
    "turn skip -p @ -s first -t more --reason %",
    "turn reopen -p @ -s first -t more --reason %",
    "turn repeat -p @ -s first -t look",
    "turn add -p @ -s first --title % --prompt %",
    "turn remove -p @ -s first -t %",
    "turn start -p @ -s % -t %",
    "set what=% -p @",
    "set %=% -p @",
    "rename % -p @",
    "outcome yes --helped % --change % -p @",
    "evidence seen % -p @ -s first -t look",
    "evidence % % -p @",
    "evidence run -p @ -s first -t look --run -- printf %",
    "gate ask -p @ -s first -t mend --note %",
    "gate approve -p @ -s first -t mend --note % --no-input",
    "gate reject -p @ -s first -t mend --note % --no-input",
    "metric latency 12 -p @",
    "metric % % -p @",
    "note % -p @",
    "check told % -p @ -s first",
    "uncheck told -p @ -s first",
    "answer documentation yes --note % -p @",
    "answer % yes -p @",
    "review -p @",
    "review -p @@",
    "repair -p @",
    "queue add --title % --goal % -p @",
    "queue list -p @",
    "queue start % -p @",
    "queue drop % -p @",
    "export -p @",
    "export -p @@",
    "export -p @ --format json",
    "export -p @ --format toml",
    "export -p @ --output %",
    "distil -p @@ --id made --title % --output -",
    "distil -p @@ --id % --title %",
    "undo -p @",
    "redo -p @",
    "log -p @",
    "conflict list",
    "conflict show",
    "conflict show %",
    "conflict take copy % -p @",
    "conflict take copy --all -p @",
    "conflict put-away % -p @",
    "conflict put-away copy -p @",
    "stats",
    "stats --strategy %",
    "status -p @",
    "status -p @@ --format {plan}{turn}{line}",
    "status --format %{",
    "doctor",
    "config path",
    "config get",
    "config get %",
    "config set % %",
    "config set theme %",
    "config edit --no-input",
    "mcp --help",
    "schema",
    "schema %",
    "completions bash",
    "completions %",
    "man new",
    "man %",
    "help turn",
    "help %",
    "%",
    "--%",
    "finish -p @ -s first --unverified %",
    "reopen -p @@ -s first",
    "abandon -p @ --reason %",
    "archive -p @",
    "restore -p @",
    "delete -p @ --yes",
    "restore -p %",
];

/// The calls, and before them one of each command that they leave out, with a payload in each of its values.
fn calls() -> Vec<String> {
    let left_out = commands().into_iter().filter(|path| {
        let is =
            |call: &str| call == path || call.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with(' '));
        !CALLS.iter().any(|call| is(call))
    });
    let root = setlist::cli::command();
    let call = |path: String| {
        let command = path.split(' ').fold(&root, |found, word| found.find_subcommand(word).unwrap());
        let taking = command.get_arguments().filter(|arg| arg.get_action().takes_values());
        let mut values: Vec<String> = taking
            .map(|arg| match arg.get_long() {
                Some("plan") => " -p @".to_owned(),
                Some(long) => format!(" --{long} %"),
                None if arg.is_last_set() => " -- %".to_owned(),
                None => " %".to_owned(),
            })
            .collect();
        values.sort_by_key(|value| value.starts_with(" -- "));
        path.clone() + &values.concat()
    };
    left_out.map(call).chain(CALLS.iter().map(|call| (*call).to_owned())).collect()
}

/// A call's words. A word never begins or ends with the payload, so that it is a value and no option.
fn words(call: &str, turn: usize, open: &str, closed: &str) -> Vec<String> {
    let word = |word: &str| {
        // Arguments cannot hold NUL.
        let payload = payload(turn).replace('\0', "");
        word.replace("@@", closed).replace('@', open).replace('%', &format!("a{payload}b"))
    };
    call.split(' ').map(word).collect()
}

/// A home as somebody else has left it.
fn left_behind(turn: usize) -> (Home, String, String) {
    let home = Home::new();
    let (open, closed) = surroundings(&home.path(""), turn);
    home.write("work/pack/full2.toml", &poisoned_strategy(turn).0.replace("id = \"full\"", "id = \"full2\""));
    let name: String = payload(turn + 5).replace(['/', '\0'], "").chars().take(50).collect();
    home.write(&format!("work/pack/x{name}.toml"), "wrong = ");
    let key = toml_escaped(&payload(turn + 6));
    home.write("config/config.toml", &format!("\"{key}\" = 1\ntheme = \"{key}\"\n[keys.global]\nquit = \"{key}\"\n"));
    (home, open, closed)
}

/// The command at a terminal that does not repeat what is typed: that would stand among what is said.
fn without_echo(command: &Command) -> Command {
    let mut quiet = Command::new("/bin/sh");
    quiet.args(["-c", "stty -echo; exec \"$0\" \"$@\""]).arg(command.get_program()).args(command.get_args());
    quiet.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    quiet
}

#[test]
fn by_every_command_in_every_field() {
    let calls = calls();
    for turn in 0..rounds(1, payloads().len()) {
        let (home, open, closed) = left_behind(turn);
        for call in &calls {
            let args = words(call, turn, &open, &closed);
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let command = |more: &[&str]| {
                let mut command = home.command(&[&args[..], more].concat());
                command.env("PATH", std::env::var_os("PATH").unwrap()).env("EDITOR", "true");
                command
            };
            // Whatever is asked gets no answer.
            let (_, shown, _) = converse(&without_echo(&command(&[])), &home, &[("", "\u{4}"); 8]);
            let wrong = found(shown.as_bytes(), May::Colours);
            assert!(wrong.is_empty(), "at a terminal, {call}, turn {turn}: {wrong:?}\n{shown:?}");
            let piped = command(&[]).output().unwrap();
            let wrong = found(&piped.stderr, May::Lines);
            assert!(wrong.is_empty(), "stderr, {call}, turn {turn}: {wrong:?}");
            if EXACT.iter().any(|exact| call.contains(exact)) {
                continue;
            }
            let wrong = found(&piped.stdout, May::Lines);
            assert!(wrong.is_empty(), "stdout, {call}, turn {turn}: {wrong:?}");
            if call.contains(" -- ") {
                continue;
            }
            let json = command(&["--json"]).output().unwrap();
            let wrong = [found(&json.stdout, May::Lines), found(&json.stderr, May::Lines)].concat();
            assert!(wrong.is_empty(), "--json, {call}, turn {turn}: {wrong:?}");
        }
    }
}

/// One file for each text of the full strategy, with a payload in it where it may or may not be right: what is said
/// of it holds none.
#[test]
fn in_what_is_said_of_each_field_that_is_wrong() {
    let whole: toml::Table = FULL.parse().unwrap();
    for turn in 0..rounds(1, payloads().len()) {
        let home = Home::new();
        for (number, path) in texts(&whole).iter().enumerate() {
            let payload = payload(turn + number);
            home.strategy(&format!("text{number}"), &with(&whole, path, &format!("a{payload}")).to_string());
            // The same as a key beside the text.
            let line = FULL.lines().nth(number * 2 % FULL.lines().count()).unwrap();
            let key = format!("\"{}\" = \"{}\"\n{line}", toml_escaped(&payload), toml_escaped(&payload));
            home.strategy(&format!("key{number}"), &FULL.replacen(line, &key, 1));
        }
        for args in [&["strategy", "lint"][..], &["strategy", "list"], &["doctor"], &["strategy", "show", "text0"]] {
            for more in [&[][..], &["--json"]] {
                let args = [args, more].concat();
                let (_, shown, _) = converse(&home.command(&args), &home, &[]);
                let wrong = found(shown.as_bytes(), May::Colours);
                assert!(wrong.is_empty(), "at a terminal, {args:?}: {wrong:?}");
                let ran = home.run(&args);
                let wrong = [found(ran.out.as_bytes(), May::Lines), found(ran.err.as_bytes(), May::Lines)].concat();
                assert!(wrong.is_empty(), "{args:?}: {wrong:?}");
            }
        }
    }
}
