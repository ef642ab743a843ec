//! `config.toml`.

use std::fs;

use setlist::domain::problem::position;
use setlist::domain::review::{Rule, Thresholds};
use setlist::domain::settings::{Clipboard, Settings, Theme};
use setlist::store::SettingsFile;

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
    assert_eq!(
        file.settings.review,
        Thresholds {
            off: vec![Rule::ScopeCreep, Rule::DiscoveryMissing],
            goals: 4,
            hours: 20,
            turns: 21,
            implement_turns: 5,
            added_goals: 2,
            added_turns: 6,
            budget_percent: 25,
            overlap_percent: 60,
            claims: vec![],
        }
    );
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
