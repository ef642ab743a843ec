//! `-p`, `-s` and `-t` before the command: `setlist -p login show` is `setlist show -p login`.
//!
//! They are no global options, since not every command acts on a plan, and one that does not has to refuse them.
//! So they are moved behind the command's name, and the command itself says what it takes.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};
use clap_complete::engine::ArgValueCandidates;

use super::complete;

type Completed = fn() -> ArgValueCandidates;

/// The options: what an argument is called inside, short and long, and what completes it.
const OPTIONS: [(&str, char, &str, Completed); 3] = [
    ("plan", 'p', "--plan", complete::plans),
    ("session", 's', "--session", complete::sessions),
    ("turn", 't', "--turn", complete::turns),
];

/// The arguments with such options behind the command's name. As they are where no command follows, or where
/// it means something else by them.
pub(super) fn behind(args: &[OsString], command: &Command) -> Vec<OsString> {
    let mut moved: Vec<OsString> = args.iter().take(1).cloned().collect();
    let mut options: Vec<(&str, Vec<OsString>)> = Vec::new();
    let mut here = command;
    let mut rest = args.iter().skip(1).cloned();
    while let Some(arg) = rest.next() {
        if let Some((name, has_value)) = option(&arg) {
            let value = if has_value { None } else { rest.next() };
            options.push((name, std::iter::once(arg).chain(value).collect()));
        } else if arg == "--" {
            break;
        } else if arg.as_encoded_bytes().starts_with(b"-") {
            let value = if takes_value(command, &arg) { rest.next() } else { None };
            moved.extend(std::iter::once(arg).chain(value));
        } else {
            let Some(below) = here.find_subcommand(&arg) else { break };
            here = below;
            moved.push(arg);
            if !here.has_subcommands() {
                if options.iter().any(|(name, _)| means_otherwise(here, name)) {
                    break;
                }
                moved.extend(options.into_iter().flat_map(|(_, words)| words));
                moved.extend(rest);
                return moved;
            }
        }
    }
    args.to_vec()
}

/// Which of the options it is, and whether its value is part of it: `-plogin`, `--plan=login`.
fn option(arg: &OsStr) -> Option<(&'static str, bool)> {
    let bytes = arg.as_encoded_bytes();
    OPTIONS.iter().find_map(|(name, short, long, _)| match bytes.strip_prefix(long.as_bytes()) {
        Some(value) if value.is_empty() || value.starts_with(b"=") => Some((*name, !value.is_empty())),
        _ if bytes.starts_with(&[b'-', *short as u8]) => Some((*name, bytes.len() > 2)),
        _ => None,
    })
}

/// Whether the word behind this option is its value, for those that stand before every command.
fn takes_value(command: &Command, arg: &OsStr) -> bool {
    let long = arg.to_str().and_then(|arg| arg.strip_prefix("--"));
    let known = command.get_arguments().find(|known| long.is_some() && known.get_long() == long);
    known.is_some_and(|known| known.get_action().takes_values())
}

/// Whether the command has an option of that letter for something else.
fn means_otherwise(command: &Command, name: &str) -> bool {
    let short = OPTIONS.iter().find(|(known, ..)| *known == name).map(|(_, short, ..)| *short);
    command.get_arguments().any(|arg| arg.get_short() == short && arg.get_id() != name)
}

/// The command line with these options before each command, so that a shell completes what follows them.
pub(super) fn taught(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    if names.is_empty() {
        return command;
    }
    let command = OPTIONS.iter().fold(command, |command, (name, short, long, values)| {
        let arg = Arg::new(*name).short(*short).long(long.trim_start_matches('-'));
        command.arg(arg.help(format!("The {name}")).hide(*name != "plan").add(values()))
    });
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, taught))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(line: &str) -> String {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let moved = behind(&words, &crate::cli::command());
        moved.iter().map(|word| word.to_str().unwrap()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn options_stand_behind_the_command_that_takes_them() {
        for (line, wanted) in [
            ("setlist -p login show", "setlist show -p login"),
            ("setlist --json --plan=login -q prompt -t 2", "setlist --json -q prompt --plan=login -t 2"),
            ("setlist -plogin turn -s main start", "setlist turn start -plogin -s main"),
            ("setlist --data-dir show -p x list", "setlist --data-dir show list -p x"),
            ("setlist --color always -t 2 evidence a b", "setlist --color always evidence -t 2 a b"),
            // The value may be the name of a command.
            ("setlist -p show show", "setlist show -p show"),
        ] {
            assert_eq!(moved(line), wanted);
        }
    }

    #[test]
    fn all_else_stays_for_the_parser_to_judge() {
        for line in [
            "setlist",
            "setlist -p x",
            "setlist -p",
            "setlist -p x shwo",
            "setlist -- -p x show",
            "setlist show -p x",
            "setlist evidence a --run -- -p x",
            "setlist -s main stats",
            "setlist --plant x show",
        ] {
            assert_eq!(moved(line), line);
        }
    }
}
