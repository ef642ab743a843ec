//! `setlist help`: the help of a command, or of what no command stands for.

use crate::domain::nearest::near_or_all;
use crate::keys::{Context as Keys, TABLE};

use super::complete;
use super::context::Context;
use super::error::{CliError, Result, Status};

/// Print the help of a command, or of a topic: environment, exit-codes, keys, strategy-files
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command, or the topic
    #[arg(value_name = "COMMAND|TOPIC", add = complete::commands())]
    words: Vec<String>,
}

/// A topic: its name, and what it says.
type Topic = (&'static str, fn() -> String);

const TOPICS: &[Topic] = &[
    ("environment", || ENVIRONMENT.to_owned()),
    ("exit-codes", || EXIT_CODES.to_owned()),
    ("keys", keys),
    ("strategy-files", || STRATEGY_FILES.to_owned()),
];

pub(super) fn topics<'t>() -> impl Iterator<Item = &'t str> {
    TOPICS.iter().map(|(name, _)| *name)
}

const ENVIRONMENT: &str = "\
What the program reads from its environment.

  SETLIST_PLAN         the plan that commands act on where -p names none
  SETLIST_DATA_DIR     plans and strategies of your own; --data-dir comes before it
  SETLIST_CONFIG_DIR   config.toml and strategies/
  SETLIST_STATE_DIR    history, locks, log, trash, and what is remembered between runs
  XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME
                       where those directories are otherwise, each with setlist/ below it
  VISUAL, EDITOR       the editor, where config.toml names none
  NO_COLOR             no colours; --color always comes before it
  ACCESSIBLE           1: plain questions and answers instead of the full screen, as --accessible;
                       0: the full screen, whatever config.toml says
  LANG, LC_CTYPE, LC_ALL
                       glyphs beyond ASCII are drawn where they say UTF-8
  TERM, COLORTERM      what the terminal can do
  USER, LOGNAME        who ticked an item or decided a gate
  TZ                   the time zone that times are shown in
  COMPLETE             set by the shell's script while it completes a word
";

const EXIT_CODES: &str = "\
How the program ends.

    0   it did what was asked
    1   it failed: a file cannot be read or written, a strategy has errors
    2   the command line makes no sense
    3   no such plan, session, turn, slot, item or strategy; or several fit
    4   values are missing or wrong
    5   refused: a gate is open, evidence is missing, the plan is newer than the program,
        somebody else changed the same thing, or only a person may do it
    6   --exit-code was asked of status or review, and the answer is no
  130   interrupted

Data goes to standard output, everything else to standard error. With --json an error is
{\"error\": {\"code\": ..., \"message\": ..., \"hint\": ...}} on standard error. A closed pipe is no error.
";

const STRATEGY_FILES: &str = "\
A strategy is a TOML file of data; nothing in it runs, opens or fetches anything. `setlist strategy new ID` writes
one to start from, `setlist strategy lint` names every mistake with its line and column, and
`setlist strategy schema` prints a JSON Schema for editors.

  schema = 1
  id = \"our-review\"                  # the file is called our-review.toml
  title = \"Our review\"
  category = \"research\"
  summary = \"One line for the list.\"

  [[placeholders]]                   # what is filled in once
  name = \"subject\"
  label = \"What is reviewed\"

  [[turns]]                          # one prompt to the agent each
  id = \"read\"
  title = \"Read\"
  kind = \"research\"                  # research, design, implement, validate, deliver, other
  budget = \"20m-40m\"
  prompt = \"Read {{ subject }} and list what is unclear.\"
  gate = \"The list was read by a person\"
  [[turns.evidence]]
  id = \"list\"
  label = \"The list\"

They are looked for in this order, and the later one wins by its id: built in; packs
(`setlist pack`); strategies/ in the config directory; strategies/ in the data directory; .setlist/strategies/ in the
current project. `setlist strategy list` says where each comes from, and `setlist help environment` which
directories are meant.

A file with extends = \"ID\" changes a strategy only where it says so: `setlist strategy new our-bugs --extends
bug-investigation` writes one.
";

fn keys() -> String {
    let mut text = String::from(
        "The keys of the terminal interface. `?` shows those of the screen you are on; [keys] in config.toml changes\n\
         them, `setlist config path` says where.\n",
    );
    for context in Keys::ALL {
        text += &format!("\n{}\n", context.title());
        for binding in TABLE.iter().filter(|binding| binding.context == *context) {
            text += &format!("  {:<18} {}\n", binding.keys.join(", "), binding.help);
        }
    }
    text
}

pub(super) fn run(ctx: &mut Context, args: &Args) -> Result {
    let mut command = super::command();
    command.build();
    if let [topic] = args.words.as_slice()
        && let Some((_, text)) = TOPICS.iter().find(|(name, _)| name == topic)
    {
        ctx.out.raw(text().as_bytes())?;
        return Ok(Status::Success);
    }
    let found = find(&command, &args.words).ok_or_else(|| unknown(&command, &args.words))?;
    let help = found.clone().render_long_help();
    let text = if ctx.out.has_colors() { help.ansi().to_string() } else { help.to_string() };
    ctx.out.raw(text.as_bytes())?;
    if args.words.is_empty() {
        let topics: Vec<&str> = topics().collect();
        ctx.out.raw(format!("\nTopics: setlist help {}\n", topics.join(" | ")).as_bytes())?;
    }
    Ok(Status::Success)
}

/// The command that these words lead to.
pub(super) fn find<'c>(command: &'c clap::Command, words: &[String]) -> Option<&'c clap::Command> {
    words.iter().try_fold(command, |command, word| command.find_subcommand(word))
}

/// There is no such command.
pub(super) fn unknown(command: &clap::Command, words: &[String]) -> CliError {
    let mut command = command;
    let mut wrong = words.first().map_or("", String::as_str);
    for word in words {
        match command.find_subcommand(word) {
            Some(below) => command = below,
            None => {
                wrong = word;
                break;
            }
        }
    }
    let mut known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    known.extend(topics());
    let hint = near_or_all(wrong, known);
    CliError::not_found(format!("there is no command or topic `{}`", words.join(" ")), hint)
}
