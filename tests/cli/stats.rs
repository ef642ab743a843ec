//! `setlist stats` and `setlist new --budgets`: the record of finished plans, and budgets from it.

use serde_json::Value;

use crate::home::{Home, SMALL, gated};

/// A home with finished plans of the small strategy: one for each pair of times, in minutes; the
/// clock of a turn with 0 never ran.
fn home(times: &[[u64; 2]]) -> Home {
    let home = Home::new();
    home.strategy("small", SMALL);
    for (at, minutes) in times.iter().enumerate() {
        finished(&home, at, *minutes);
    }
    home
}

fn finished(home: &Home, at: usize, minutes: [u64; 2]) {
    let id = home.ok(&["new", "small", "--set", "problem=slow", "-q"]).trim().to_owned();
    home.ok(&["turn", "start"]);
    home.ok(&["evidence", "figure", "450"]);
    home.ok(&["turn", "done"]);
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "done"]);
    home.ok(&["check", "all-tests-passing", "told", "edge-cases-handled"]);
    home.ok(&["finish", "--unverified", "no suite yet"]);
    // What clocks and calendars said: a test has no time to wait for them.
    let path = format!("data/plans/{id}.toml");
    let text = std::fs::read_to_string(home.path(&path)).unwrap();
    let mut minutes = minutes.iter();
    let text = regex::Regex::new(r"(?m)^worked = \d+")
        .unwrap()
        .replace_all(&text, |_: &regex::Captures<'_>| format!("worked = {}", minutes.next().unwrap_or(&0) * 60));
    let ended = format!("ended = \"2026-10-{:02}T12:00:00Z\"", 1 + at * 7);
    let text = regex::Regex::new("(?m)^ended = \".*\"").unwrap().replace_all(&text, ended.as_str());
    home.write(&path, &text);
}

#[test]
fn tables_and_bars_for_people() {
    let home = home(&[[20, 5], [30, 0], [11, 25]]);
    home.ok(&["new", "small", "--set", "problem=under way", "-q"]);
    home.ok(&["abandon"]);
    insta::assert_snapshot!(home.told(&["stats"]));
    insta::assert_snapshot!(home.told(&["stats", "--strategy", "small"]));
    let mut unicode = home.command(&["stats"]);
    unicode.env("LANG", "C.UTF-8");
    assert!(crate::home::ran(unicode.output().unwrap()).out.contains('█'));
    let mut ascii = home.command(&["stats", "--ascii"]);
    ascii.env("LANG", "C.UTF-8");
    assert!(crate::home::ran(ascii.output().unwrap()).out.is_ascii());
    assert!(home.ok(&["stats", "--color", "always"]).contains("\u{1b}[32m"));
}

#[test]
fn json_for_scripts() {
    let home = home(&[[20, 5], [30, 0], [11, 25]]);
    let all = home.json(&["stats"]);
    assert_eq!(all["schema"], "setlist.stats/1");
    let total = &all["stats"]["total"];
    assert_eq!((&total["finished"], &total["turns_done"], &total["untimed"]), (&3.into(), &6.into(), &1.into()));
    assert_eq!((&total["planned"], &total["worked"], &total["unplanned"]), (&2700.into(), &5460.into(), &1800.into()));
    assert_eq!((&total["unverified_percent"], &total["outcomes"]["unsaid"]), (&50.into(), &3.into()));
    let turn = &all["stats"]["strategies"][0]["turns"][0];
    assert_eq!((&turn["turn"], &turn["median_worked"]), (&"measure".into(), &1200.into()));
    assert_eq!(turn["suggested_budget"], "20m");
    assert_eq!(all["stats"]["course"]["per"], "week");
    assert_eq!(all["stats"]["course"]["steps"][0]["label"], "2026-W40");
    let one = home.json(&["stats", "--strategy", "small"]);
    assert_eq!(one["stats"]["total"]["checklist_misses"], total["checklist_misses"]);
    let none = home.json(&["stats", "--strategy", "rest-api"]);
    assert_eq!((&none["stats"]["total"]["finished"], none["stats"]["total"]["ratio"].is_null()), (&0.into(), true));
}

#[test]
fn without_finished_plans_it_says_so_and_a_slip_of_the_pen_is_told() {
    let home = home(&[]);
    insta::assert_snapshot!(home.told(&["stats"]));
    assert_eq!(home.json(&["stats"])["stats"]["strategies"], serde_json::json!([]));
    let slip = home.fails(3, &["stats", "--strategy", "smal"]);
    assert!(slip.contains("did you mean `small`?"), "{slip}");
    home.write("data/plans/2026-01-01-broken-abcd.toml", "not a plan\n");
    let ran = home.run(&["stats"]);
    assert!(ran.code == 0 && ran.err.contains("1 file among the plans cannot be read"), "{ran:?}");
    assert_eq!(home.json(&["stats"])["stats"]["unreadable"], 1);
}

#[test]
fn a_gated_turn_that_nobody_approved_is_no_figure() {
    let home = home(&[]);
    home.strategy("gated", &gated());
    home.ok(&["new", "gated", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "start"]);
    home.ok(&["turn", "done"]);
    assert_eq!(home.json(&["stats"])["stats"]["total"]["gates"], 0);
}

#[test]
fn budgets_of_one_s_own_are_taken_from_three_plans_on() {
    let home = home(&[[20, 5], [30, 0]]);
    let refused = home.fails(5, &["new", "small", "--set", "problem=slow", "--budgets", "own"]);
    assert!(refused.contains("2 of the 3 finished plans"), "{refused}");
    assert_eq!(
        home.json(&["new", "small", "--set", "problem=slow", "--dry-run"])["items"][0]["own_budget"],
        Value::Null
    );
    finished(&home, 2, [11, 37]);
    insta::assert_snapshot!(home.told(&["new", "small", "--set", "problem=slow", "--dry-run"]));
    let dry = home.json(&["new", "small", "--set", "problem=slow", "--dry-run", "--budgets", "own"]);
    assert_eq!((&dry["items"][0]["budget"], &dry["items"][0]["own_budget"]), (&"15m".into(), &"20m".into()));
    assert_eq!((&dry["items"][1]["budget"], &dry["items"][1]["own_budget"]), (&Value::Null, &"20m".into()));
    let budgets = |plan: &Value| -> Vec<Value> {
        let turns = plan["plan"]["sessions"][0]["turns"].as_array().unwrap();
        turns.iter().map(|turn| turn["budget"].clone()).collect()
    };
    let guide = home.json(&["new", "small", "--set", "problem=slow"]);
    assert_eq!(budgets(&guide), [Value::from("15m"), Value::Null]);
    let own = home.json(&["new", "small", "--set", "problem=slow", "--budgets", "own"]);
    assert_eq!(budgets(&own), ["20m", "20m"]);
    assert_eq!(own["plan"]["revision"], 1, "the start is one change");
    assert_eq!(own["plan"]["strategy"]["sessions"][0]["turns"][0]["budget"], "15m", "the strategy's own stays");
}
