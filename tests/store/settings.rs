//! `config.toml`.

use std::fs;

use setlist::domain::problem::position;
use setlist::domain::review::{Rule, Thresholds};
use setlist::domain::settings::{Clipboard, Settings, Theme};
use setlist::store::{ErrorCode, SettingsFile, read_settings};

use crate::common::*;

fn settings(text: &str) -> SettingsFile {
    let place = Place::new();
    fs::create_dir_all(place.root.path().join("config")).unwrap();
    fs::write(place.root.path().join("config/config.toml"), text).unwrap();
    place.store.settings()
}

#[test]
fn no_file_means_the_defaults() {
    let file = Place::new().store.settings();
    assert_eq!((file.settings, file.problems.len(), file.text.as_str()), (Settings::default(), 0, ""));
    assert!(file.path.ends_with("config/config.toml"));
}

#[test]
fn everything_that_may_be_set_is_read() {
    let file = settings(
        "theme = 'mono'\nglyphs = 'ascii'\nmouse = false\nbell = false\nnotify = false\nclipboard = 'osc52'\n\
         send = ['agent', '--print']\nsend_output_limit = 4096\neditor = 'code --wait'\n\
         [review]\nclaims = ['ship it']\n[keys.workspace]\ndone = ['D', 'ctrl-d']\ntimer = 'T'\nskip = []\n",
    );
    assert_eq!(file.problems, []);
    let it = file.settings;
    assert_eq!(it.review.claims, ["ship it"]);
    assert_eq!(
        (it.theme, it.clipboard, it.mouse, it.bell, it.notify),
        (Theme::Mono, Clipboard::Osc52, false, false, false)
    );
    assert_eq!(
        (it.send, it.send_output_limit, it.editor),
        (vec!["agent".into(), "--print".into()], 4096, vec!["code".into(), "--wait".into()])
    );
    let keys: Vec<(&str, &str, Vec<&str>)> = it
        .keys
        .iter()
        .map(|line| {
            (line.context.as_str(), line.action.as_str(), line.keys.iter().map(|(key, _)| key.as_str()).collect())
        })
        .collect();
    assert_eq!(
        keys,
        [("workspace", "done", vec!["D", "ctrl-d"]), ("workspace", "timer", vec!["T"]), ("workspace", "skip", vec![])]
    );
    let (key, span) = &it.keys[0].keys[1];
    assert_eq!((key.as_str(), &file.text[span.clone()]), ("ctrl-d", "'ctrl-d'"));
}

#[test]
fn what_is_wrong_is_reported_and_what_is_right_holds() {
    let file = settings(
        "them = 'dark'\ntheme = 'drak'\nmouse = 'yes'\nsend = 'agent --print'\nbell = false\n[keys.workspace]\ndone = 3\ntimer = 'T'\n",
    );
    assert!(!file.settings.bell);
    assert_eq!(
        (file.settings.theme, file.settings.mouse, file.settings.send.len(), file.settings.keys.len()),
        (Theme::Auto, true, 0, 1)
    );
    let found: Vec<(usize, &str)> = file
        .problems
        .iter()
        .map(|problem| (position(&file.text, problem.span.start).line, problem.hint.as_str()))
        .collect();
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3, 4, 7], "{:#?}", file.problems);
    assert!(
        found[0].1.contains("`theme`") && found[1].1.contains("dark") && found[3].1.contains("no shell"),
        "{found:?}"
    );
}

#[test]
fn a_syntax_error_spares_the_lines_around_it() {
    let file = settings("theme = 'dark'\nmouse = = true\nbell = false\n");
    assert_eq!(file.problems.len(), 1, "{:?}", file.problems);
    assert_eq!((file.settings.theme, file.settings.bell), (Theme::Dark, false));
    assert_eq!(settings("theme = 'dark'\nbell =").problems.len(), 1);
}

#[test]
fn the_thresholds_of_the_review_are_read() {
    let file = settings(
        "[review]\noff = ['scope-creep', 'discovery-missing']\nclaims = []\n\
         [review.everything-session]\ngoals = 4\nhours = 20\nturns = 21\nimplement_turns = 5\n\
         [review.scope-creep]\nadded_goals = 2\nadded_turns = 6\n\
         [review.budget-exceeded]\npercent = 25\n[review.parallel-overlap]\npercent = 60\n",
    );
    assert_eq!(file.problems, []);
    let it = file.settings.review;
    assert_eq!((it.off.as_slice(), it.claims.len()), (&[Rule::ScopeCreep, Rule::DiscoveryMissing][..], 0));
    assert_eq!([it.goals, it.hours, it.turns, it.implement_turns], [4, 20, 21, 5]);
    assert_eq!([it.added_goals, it.added_turns, it.budget_percent, it.overlap_percent], [2, 6, 25, 60]);
}

#[test]
fn each_threshold_is_set_by_the_key_of_one_rule() {
    let mut set: Vec<(String, Thresholds)> = Vec::new();
    for rule in Rule::ALL {
        for threshold in rule.thresholds() {
            let value = threshold.least + 1;
            let (settings, problems) = read_settings(&format!("[review.{rule}]\n{} = {value}\n", threshold.key));
            assert_eq!(problems, [], "{rule}.{}", threshold.key);
            let mut read = settings.review;
            assert_eq!(*(threshold.place)(&mut read), value);
            *(threshold.place)(&mut read) = 9999;
            let name = format!("{rule}.{}", threshold.key);
            if let Some((other, _)) = set.iter().find(|(_, there)| *there == read) {
                panic!("{name} and {other} set the same");
            }
            set.push((name, read));
        }
    }
    let debug = format!("{:#?}", Thresholds { off: Vec::new(), claims: Vec::new(), ..Thresholds::default() });
    let fields = debug.lines().filter(|line| line.contains(": ")).count();
    assert_eq!(set.len(), fields - 2, "no key sets one of {debug}");
}

#[test]
fn what_is_wrong_in_the_review_is_reported_at_its_place() {
    let file = settings(
        "[review]\noff = ['scope-crep', 3, 'scope-creep', 'x']\n[review.everything-session]\ngoals = 1\nhour = 3\n\
         turns = 'many'\nhours = 7\n[review.parallel-overlap]\npercent = 101\n[review.scope-crep]\nadded_goals = 2\n",
    );
    let said: Vec<String> = file
        .problems
        .iter()
        .map(|problem| {
            let at = position(&file.text, problem.span.start);
            format!("{}:{} {} | {}", at.line, at.column, problem.message, problem.hint)
        })
        .collect();
    assert_eq!(
        said,
        [
            "2:8 there is no rule `scope-crep` | did you mean `scope-creep`?",
            "2:22 `off` is a list of texts, not an integer | ",
            "2:40 there is no rule `x` | there are: everything-session, scope-creep, validation-light, \
             irreversible-step, budget-exceeded, parallel-overlap, discovery-missing",
            "4:9 `goals` cannot be 1 | it takes 2 to 10000",
            "5:1 unknown key `hour` in the thresholds of a rule | did you mean `hours`?",
            "6:9 `turns` is a whole number, not text | ",
            "9:11 `percent` cannot be 101 | it takes 1 to 100",
            "10:9 unknown key `scope-crep` in the review | did you mean `scope-creep`?",
        ]
    );
    let holds = Thresholds { off: vec![Rule::ScopeCreep], hours: 7, ..Thresholds::default() };
    assert_eq!(file.settings.review, holds, "what is right in it holds");
}

#[test]
fn a_program_that_is_none_and_a_file_of_too_many_parts_are_reported() {
    let file = settings("send = ['', 'x']\neditor = [1]\ntheme = 'dark'\n");
    let said: Vec<&str> = file.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0], "`send` names no program");
    assert!(said[1].starts_with("`editor` is a list of texts"), "{said:?}");
    assert_eq!((file.settings.send.len(), file.settings.editor.len(), file.settings.theme), (0, 0, Theme::Dark));
    let file = settings(&format!("theme = 'dark'\n{}", "\n".repeat(100_001)));
    assert_eq!((file.problems.len(), file.settings.theme), (1, Theme::Auto));
    assert!(file.problems[0].message.contains("more than 100000 keys"), "{:?}", file.problems[0]);
}

#[test]
fn a_setting_is_put_in_its_place_or_nothing_is_changed() {
    let place = Place::new();
    let path = place.root.path().join("config/config.toml");
    let text = || fs::read_to_string(&path).unwrap();
    assert_eq!(place.store.set_setting("keys.workspace.done", "D").unwrap(), path);
    assert_eq!(text(), "[keys.workspace]\ndone = \"D\"\n");
    fs::write(&path, "theme = 'dark' # at night\n[keys.workspace]\ndone = 'd'\n").unwrap();
    place.store.set_setting("keys.global.quit", "[\"q\"]").unwrap();
    place.store.set_setting("theme", "light").unwrap();
    let good = "theme = \"light\" # at night\n[keys.workspace]\ndone = 'd'\n\n[keys.global]\nquit = [\"q\"]\n";
    assert_eq!(text(), good);
    for (key, value, message) in [
        ("keys", "x", "`keys` is no setting"),
        ("theme.dark", "x", "`theme.dark` is no setting"),
        ("them", "x", "unknown key `them` in the settings"),
        ("mouse", "perhaps", "`mouse` is"),
    ] {
        let error = place.store.set_setting(key, value).unwrap_err();
        assert_eq!(error.code, ErrorCode::Invalid);
        assert!(error.message.starts_with(message) && text() == good, "{error}\n{}", text());
    }
    fs::write(&path, "theme = 'dark'\nmouse = = 1\n").unwrap();
    let error = place.store.set_setting("theme", "light").unwrap_err();
    assert_eq!(error.message, format!("{}:2 is not TOML", path.display()));
    assert_eq!(text(), "theme = 'dark'\nmouse = = 1\n");
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(place.store.set_setting("theme", "light").unwrap_err().code, ErrorCode::Conflict);
    assert!(path.is_dir());
}

#[test]
fn a_settings_file_is_begun_once_and_never_written_over() {
    let place = Place::new();
    let path = place.root.path().join("config/config.toml");
    place.store.begin_settings().unwrap();
    assert!(fs::read_to_string(&path).unwrap().starts_with("# The settings of setlist."));
    assert_eq!(place.store.settings().problems, []);
    fs::write(&path, "theme = 'dark'\n").unwrap();
    place.store.begin_settings().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "theme = 'dark'\n");
    // A file where its directory should be.
    fs::remove_file(&path).unwrap();
    fs::remove_dir(path.parent().unwrap()).unwrap();
    fs::write(path.parent().unwrap(), "mine").unwrap();
    assert_eq!(place.store.begin_settings().unwrap_err().code, ErrorCode::NotSaved);
    assert_eq!(fs::read_to_string(path.parent().unwrap()).unwrap(), "mine");
}
