//! `setlist queue`: from login to recovery in four plans.

use std::process::Stdio;

use crate::home::{Home, Ran, SMALL, ran, tree};

fn login() -> Home {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--name", "Login", "--set", "problem=Implement login", "--set", "tries=5", "-q"]);
    home
}

#[test]
fn what_is_added_midway_is_queued_and_becomes_plans_of_its_own() {
    let home = login();
    let first = home.json(&["show"])["plan"]["id"].as_str().unwrap().to_owned();
    home.ok(&["turn", "start", "-q"]);
    let mut story = String::new();
    let mut tell = |args: &[&str]| story += &(home.told(args) + "\n");
    for title in ["Also add OAuth", "And social login", "Plus 2FA and recovery"] {
        tell(&["turn", "add", "--title", title, "--prompt", title, "--kind", "implement"]);
    }
    tell(&["review"]);
    tell(&["review", "--remedy", "scope-creep"]);
    tell(&["review"]);
    tell(&["queue", "list"]);
    tell(&["queue", "list", "--json"]);
    for _ in 0..2 {
        home.ok(&["turn", "skip", "--reason", "shown elsewhere", "-q"]);
    }
    tell(&["finish"]);
    tell(&["show"]);
    for id in ["add-oauth", "social-login", "2fa-and-recovery"] {
        tell(&["queue", "start", id, "-p", &first]);
    }
    tell(&["queue", "start", "add-oauth", "-p", &first]);
    tell(&["queue", "list", "-p", &first]);
    insta::assert_snapshot!(story.replace(&first, "[FIRST]"));
    let plans = home.json(&["list", "--all"]);
    let mut names: Vec<&str> =
        plans["items"].as_array().unwrap().iter().map(|plan| plan["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["2FA and recovery", "Add OAuth", "Login", "Social login"]);
    let follower = home.json(&["show", "-p", "Add OAuth"]);
    let plan = &follower["plan"];
    assert_eq!(plan["follows"], first.as_str());
    assert_eq!((&plan["values"]["problem"], &plan["values"]["tries"]), (&"Add OAuth".into(), &5.into()));
    assert!(home.ok(&["show", "-p", "Add OAuth"]).contains("Follows "));
}

#[test]
fn additions_are_queued_by_hand_started_with_other_values_and_dropped() {
    let home = login();
    home.ok(&["queue", "add", "OAuth", "--goal", "Sign in with OAuth", "-q"]);
    home.ok(&["queue", "add", "Recovery", "-q"]);
    home.write("work/goal.md", "Second\nfactor");
    home.ok(&["queue", "add", "2FA", "--goal", "@goal.md", "-q"]);
    let said = home.fails(3, &["queue", "drop", "recover"]);
    assert!(said.contains("did you mean `recovery`?"), "{said}");
    home.ok(&["queue", "drop", "recovery", "-q"]);
    assert!(home.fails(4, &["queue", "start", "oauth", "--set", "tries=many"]).contains("tries"));
    let plan = home.json(&["queue", "start", "oauth", "--name", "Sign in", "--set", "tries=9"]);
    let (plan, values) = (&plan["plan"], &plan["plan"]["values"]);
    assert_eq!(plan["name"], "Sign in");
    assert_eq!((&values["problem"], &values["tries"]), (&"Sign in with OAuth".into(), &9.into()));
    let plan = home.json(&["queue", "start", "2fa", "-p", "Login"]);
    assert_eq!(plan["plan"]["values"]["problem"], "Second factor", "a text is one line");
    assert_eq!(home.json(&["queue", "list", "-p", "Login"])["items"][0]["goal"], "Sign in with OAuth");
    assert_eq!(home.run(&["queue", "list", "-p", "Sign in"]).out, "");
    assert_eq!(home.json(&["queue", "list", "-p", "Sign in"])["items"], serde_json::json!([]));
}

#[test]
fn what_is_queued_starts_once_where_several_start_it_at_the_same_moment() {
    for _ in 0..8 {
        let home = login();
        home.ok(&["queue", "add", "OAuth", "-q"]);
        let start = |_| {
            let mut command = home.command(&["queue", "start", "oauth", "-p", "Login", "-q"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let all: Vec<_> = (0..3).map(start).collect();
        let mut all: Vec<_> = all.into_iter().map(|child| ran(child.wait_with_output().unwrap())).collect();
        all.sort_by_key(|ran| ran.code);
        assert_eq!(all.iter().map(|ran| ran.code).collect::<Vec<_>>(), [0, 5, 5], "{all:?}");
        let id = all[0].out.trim();
        let told = |ran: &Ran| ran.err.contains(&format!("'OAuth' was started already, as {id}"));
        assert!(all[1..].iter().all(told), "{all:?}");
        assert_eq!(home.json(&["queue", "list", "-p", "Login"])["items"][0]["plan"], id);
        assert_eq!(tree(&home.path("data/plans")).len(), 2);
        assert_eq!(tree(&home.path("state/trash")), [], "nothing had to be taken back");
    }
}

#[test]
fn a_plan_with_nothing_queued_ends_without_a_word_of_it() {
    let home = login();
    for _ in 0..2 {
        home.ok(&["turn", "skip", "--reason", "no time", "-q"]);
    }
    let ran = home.run(&["finish"]);
    assert_eq!(ran.code, 0);
    assert!(!ran.err.contains("queue"), "{ran:?}");
}
