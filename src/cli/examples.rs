//! An example for each command, shown at the end of its help and in its manual page. A test reads
//! every one of them as the program would.

/// Commands and their examples, one a line, without `setlist` before them.
const EXAMPLES: &[(&str, &str)] = &[
    ("strategy list", "strategy list perf\nstrategy list --category debugging --json"),
    ("strategy show", "strategy show bug-investigation"),
    ("strategy render", "strategy render bug-investigation --set bug_report='Login fails' --turn reproduce"),
    ("strategy lint", "strategy lint\nstrategy lint .setlist/strategies/ours.toml"),
    ("strategy new", "strategy new our-review --from technical-due-diligence"),
    ("strategy schema", "strategy schema"),
    ("pack add", "pack add https://example.org/team/strategies.git\npack add ../our-strategies --name ours"),
    ("pack list", "pack list"),
    ("pack update", "pack update\npack update ours --yes"),
    ("pack remove", "pack remove ours"),
    ("new", "new bug-investigation --name 'Login fails' --set bug_report=@report.txt\nnew rest-api --dry-run"),
    ("list", "list\nlist --all --json"),
    ("show", "show\nshow -p 2026-11 --json"),
    ("prompt", "prompt\nprompt -t validate"),
    ("turn start", "turn start"),
    ("turn pause", "turn pause"),
    ("turn done", "turn done"),
    ("turn skip", "turn skip --reason 'No benchmark applies'"),
    ("turn reopen", "turn reopen -t fix --reason 'One case was missed'"),
    ("turn repeat", "turn repeat"),
    ("turn result", "turn result 'Three of four cases pass'\nturn result @answer.md"),
    ("turn keep", "turn keep"),
    ("turn rollback", "turn rollback"),
    ("turn add", "turn add --title 'Ask the operators' --prompt @questions.md --kind research --budget 20m"),
    ("turn remove", "turn remove -t ask-the-operators"),
    ("set", "set environment=staging"),
    ("rename", "rename 'Login fails on Mondays'"),
    ("reopen", "reopen"),
    ("gate ask", "gate ask --by codex --note 'All three runs agree'"),
    ("gate approve", "gate approve --note 'Read the design'"),
    ("gate reject", "gate reject --note 'The rollback is missing'"),
    ("metric", "metric latency 45"),
    ("note", "note 'The cache was cold in the first run'"),
    ("check", "check all-tests-passing documentation-updated --note 'CI run 812'"),
    ("uncheck", "uncheck documentation-updated"),
    ("finish", "finish\nfinish --unverified 'The load test needs the new cluster'"),
    ("abandon", "abandon --reason 'The vendor fixed it'"),
    ("archive", "archive -p 'Login fails'"),
    ("delete", "delete -p 'Login fails'"),
    ("restore", "restore -p 'Login fails'"),
    ("export", "export\nexport --format json --output plan.json"),
    ("conflict list", "conflict list"),
    ("conflict show", "conflict show\nconflict show sync-conflict-20261122"),
    (
        "conflict take",
        "conflict take sync-conflict --changed\nconflict take sync-conflict turn/main/reproduce value/environment",
    ),
    ("conflict put-away", "conflict put-away sync-conflict"),
    ("undo", "undo"),
    ("redo", "redo"),
    ("log", "log"),
    ("stats", "stats\nstats --strategy bug-investigation --json"),
    ("status", "status\nstatus --format '{turn} {worked}/{budget}'"),
    ("schema", "schema\nschema plan"),
    ("doctor", "doctor"),
    ("config path", "config path"),
    ("config get", "config get theme"),
    ("config set", "config set theme dark\nconfig set send '[\"claude\", \"-p\"]'"),
    ("config edit", "config edit"),
    ("mcp", "mcp\nmcp -p 'Login fails'"),
    ("completions", "completions bash"),
    ("man", "man\nman turn add\nman --dir ~/.local/share/man/man1"),
    ("help", "help turn add\nhelp environment"),
    ("review", "review"),
    ("repair", "repair"),
    ("outcome", "outcome yes --helped 'The gate after research' --change 'Measure first'"),
    ("answer", "answer documentation yes --note 'README and the API pages'"),
    ("queue add", "queue add OAuth --goal 'Add OAuth with two providers'"),
    ("queue list", "queue list"),
    ("queue start", "queue start oauth"),
    ("queue drop", "queue drop oauth"),
];

/// `command` and all below it, each with its examples where it has none of its own; `path` are the
/// names above.
pub(super) fn attach(mut command: clap::Command, path: &str) -> clap::Command {
    let has_own = command.get_after_help().is_some();
    if let Some((_, lines)) = EXAMPLES.iter().find(|(name, _)| *name == path).filter(|_| !has_own) {
        let heading = if lines.contains('\n') { "Examples:" } else { "Example:" };
        let lines: String = lines.lines().map(|line| format!("\n  setlist {line}")).collect();
        command = command.after_help(format!("{heading}{lines}"));
    }
    let below: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in below {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |sub| attach(sub, path.trim()));
    }
    command
}

#[cfg(test)]
mod tests {
    /// Words as a shell takes them apart; examples use only simple quotes.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            match c {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                c => words.last_mut().unwrap().push(c),
            }
        }
        words
    }

    fn leaves(command: &clap::Command, path: &str, found: &mut Vec<(String, String)>) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        if command.get_subcommands().next().is_none() {
            found.push((path.to_owned(), help));
        }
        for sub in command.get_subcommands() {
            leaves(sub, format!("{path} {}", sub.get_name()).trim(), found);
        }
    }

    #[test]
    fn every_command_has_an_example_that_the_program_understands() {
        let mut found = Vec::new();
        leaves(&super::super::command(), "", &mut found);
        for (path, help) in found {
            let lines: Vec<&str> = help.lines().filter_map(|line| line.split_once("setlist ")).map(|at| at.1).collect();
            assert!(!lines.is_empty(), "`{path}` has no example");
            for line in lines.iter().map(|line| line.split("   #").next().unwrap_or_default().trim()) {
                let line = format!("setlist {line}").replace("--set k=v ", "");
                let parsed = super::super::command().try_get_matches_from(words(&line));
                assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
            }
        }
    }

    #[test]
    fn every_example_is_of_its_command() {
        for (path, lines) in super::EXAMPLES {
            assert!(lines.lines().all(|line| line.starts_with(path)), "{path}");
        }
    }
}
