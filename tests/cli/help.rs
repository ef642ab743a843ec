//! Help, manual pages, completions and settings, as a person installs and looks them up.

use crate::home::{Home, SMALL};

#[test]
fn help_knows_commands_and_topics_and_guesses_slips() {
    let home = Home::new();
    let whole = home.ok(&["help"]);
    assert!(whole.contains("Usage: setlist") && whole.contains("Topics: setlist help environment | "), "{whole}");
    assert!(home.ok(&["help", "turn", "add"]).contains("Example:\n  setlist turn add --title"));
    assert!(home.ok(&["help", "environment"]).contains("SETLIST_DATA_DIR"));
    assert!(home.ok(&["help", "exit-codes"]).contains("  5   refused"));
    let keys = home.ok(&["help", "keys"]);
    assert!(keys.contains("\nWorkspace\n") && keys.contains("Close the turn"), "{keys}");
    let topic = home.ok(&["help", "strategy-files"]);
    assert!(!home.ok(&["help"]).contains('\u{1b}'));
    assert!(home.fails(3, &["help", "enviroment"]).contains("environment"));
    assert!(home.fails(3, &["help", "turn", "strat"]).contains("start"));
    // What the topic shows is a strategy that works.
    let file: String =
        topic.lines().filter_map(|line| line.strip_prefix("  ")).map(|line| format!("{line}\n")).collect();
    home.strategy("our-review", &file);
    home.ok(&["strategy", "lint", home.path("data/strategies/our-review.toml").to_str().unwrap()]);
}

#[test]
fn each_command_has_a_manual_page() {
    let home = Home::new();
    assert!(home.ok(&["man"]).contains(".TH setlist 1"));
    assert!(home.ok(&["man", "turn", "add"]).contains("turn"));
    assert!(home.fails(3, &["man", "trun"]).contains("turn"));
    home.ok(&["man", "--dir", home.path("work").to_str().unwrap()]);
    let pages: Vec<String> = std::fs::read_dir(home.path("work"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for page in ["setlist.1", "setlist-new.1", "setlist-turn-add.1", "setlist-strategy-advise.1", "setlist-gate-ask.1"]
    {
        assert!(pages.iter().any(|found| found == page), "{page} in {pages:?}");
    }
    assert!(home.fails(1, &["man", "--dir", "/nowhere/at/all"]).contains("/nowhere/at/all"));
}

#[test]
fn settings_are_changed_one_by_one_and_the_file_stays_as_it_is() {
    let home = Home::new();
    home.ok(&["config", "set", "theme", "dark"]);
    assert_eq!(home.ok(&["config", "get", "theme"]), "dark\n");
    home.write("config/config.toml", "# mine\ntheme = \"dark\" # at night\n\n[keys.workspace]\ndone = [\"d\"]\n");
    home.ok(&["config", "set", "theme", "light"]);
    home.ok(&["config", "set", "send", "[\"claude\", \"-p\"]"]);
    home.ok(&["config", "set", "mouse", "false"]);
    let text = std::fs::read_to_string(home.path("config/config.toml")).unwrap();
    assert!(text.contains("# mine\ntheme = \"light\" # at night\n"), "{text}");
    assert!(text.contains("done = [\"d\"]"), "{text}");
    assert_eq!(home.ok(&["config", "get", "send"]), "[\"claude\",\"-p\"]\n");
    for (key, value) in [("theme", "drak"), ("tehme", "dark"), ("mouse", "maybe"), ("send", "claude"), ("theme.x", "1")]
    {
        let told = home.fails(4, &["config", "set", key, value]);
        assert!(told.contains("error"), "{key}: {told}");
    }
    assert_eq!(
        std::fs::read_to_string(home.path("config/config.toml")).unwrap(),
        text,
        "refused changes change nothing"
    );
    assert!(home.fails(5, &["config", "edit"]).contains("needs a terminal"));
}

/// What a shell's script asks, and what it gets.
fn complete(home: &Home, words: &[&str]) -> Vec<String> {
    let mut command = home.command(&[&["--", "setlist"], words].concat());
    command.env("COMPLETE", "fish");
    let output = command.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn completions_come_from_the_real_data() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let id = home.ok(&["new", "small", "--set", "problem=slow", "-q"]).trim().to_owned();
    assert_eq!(complete(&home, &["new", "sma"]), ["small"]);
    assert_eq!(complete(&home, &["new", "small", "--set", "prob"]), ["problem="]);
    assert_eq!(complete(&home, &["show", "-p", &id[..6]]), [id.as_str()]);
    assert!(complete(&home, &["turn", "start", "-t", ""]).starts_with(&["measure".to_owned(), "fix".to_owned()]));
    assert_eq!(complete(&home, &["evidence", "fig"]), ["figure"]);
    assert_eq!(complete(&home, &["metric", "lat"]), ["latency"]);
    assert!(complete(&home, &["check", "to"]).contains(&"told".to_owned()));
    assert_eq!(complete(&home, &["schema", "rev"]), ["review", "revisions"]);
    assert!(complete(&home, &["gate", "a"]).contains(&"ask".to_owned()));
    assert_eq!(complete(&home, &["answer", "know"]), ["knowledge"]);
    assert_eq!(complete(&home, &["review", "--remedy", "val"]), ["validation-light"]);
    assert_eq!(complete(&home, &["turn", "add", "--kind", "des"]), ["design"]);
    assert_eq!(complete(&home, &["set", "prob"]), ["problem="]);
    assert_eq!(complete(&home, &["strategy", "list", "--category", "perf"]), ["performance"]);
    assert_eq!(complete(&home, &["strategy", "render", "small", "--turn", "mea"]), ["measure"]);
    assert_eq!(complete(&home, &["config", "set", "glyp"]), ["glyphs"]);
    // An option before the command hides none of it.
    assert_eq!(complete(&home, &["-p", &id, "turn", "start", "-t", "mea"]), ["measure"]);
    assert_eq!(complete(&home, &["-p", &id[..6]]), [id.as_str()]);
    assert_eq!(complete(&home, &["-p", &id, "evid"]), ["evidence"]);
    for shell in ["bash", "zsh", "fish"] {
        assert!(home.ok(&["completions", shell]).contains("COMPLETE"), "{shell}");
    }
}

#[test]
fn help_is_completed_with_commands_and_topics() {
    let home = Home::new();
    let all = complete(&home, &["help", ""]);
    for word in ["strategy", "turn", "evidence", "exit-codes", "keys"] {
        assert!(all.contains(&word.to_owned()), "{word} in {all:?}");
    }
    assert_eq!(complete(&home, &["help", "ex"]), ["export", "exit-codes"]);
    assert_eq!(complete(&home, &["help", "turn", "re"]), ["reopen", "repeat", "result", "remove"]);
    assert_eq!(complete(&home, &["help", "turn"]), ["turn"]);
    assert_eq!(complete(&home, &["man", "turn", "pa"]), ["pause"]);
    assert!(!complete(&home, &["man", ""]).contains(&"keys".to_owned()), "a topic has no page");
    let below = complete(&home, &["help", "show", ""]);
    assert!(!below.contains(&"turn".to_owned()), "{below:?}");
}

/// The scripts in the shells they are for.
#[test]
fn the_shells_take_their_scripts() {
    use crate::home::has_program;
    let home = Home::new();
    home.strategy("small", SMALL);
    let bin = std::path::Path::new(assert_cmd::cargo::cargo_bin!("setlist")).parent().unwrap().to_owned();
    let ask = |shell: &str, script: &str| {
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let mut command = std::process::Command::new(shell);
        command
            .args(["-c", script])
            .env_clear()
            .env("PATH", path)
            .env("HOME", home.path("home"))
            .current_dir(home.path("work"));
        for (name, dir) in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state")] {
            command.env(format!("SETLIST_{name}_DIR"), home.path(dir));
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{shell}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let bash = "source <(setlist completions bash); COMP_WORDS=(setlist new sma); COMP_CWORD=2; COMP_LINE='setlist new sma'; \
                COMP_POINT=15; _clap_complete_setlist setlist sma new; echo \"${COMPREPLY[*]}\"";
    assert_eq!(ask("bash", bash).trim(), "small");
    let bash = "source <(setlist completions bash); COMP_WORDS=(setlist help tu); COMP_CWORD=2; COMP_LINE='setlist help tu'; \
                COMP_POINT=15; _clap_complete_setlist setlist tu help; echo \"${COMPREPLY[*]}\"";
    assert_eq!(ask("bash", bash).trim(), "turn");
    if has_program("fish") {
        assert!(
            ask("fish", "setlist completions fish | source; complete -C 'setlist help env'").starts_with("environment")
        );
        assert!(ask("fish", "setlist completions fish | source; complete -C 'setlist new sma'").starts_with("small"));
    }
    if has_program("zsh") {
        let zsh = "autoload -Uz compinit; compinit -D; source <(setlist completions zsh); whence -w _clap_dynamic_completer_setlist";
        assert!(ask("zsh", zsh).contains("function"), "the completer is defined");
    }
}
