//! `setlist review`, `repair` and the findings that other commands show.

use crate::home::{Home, SMALL};

const EVERYTHING: &str = "feature=Implement 5 features, refactor 10 files, fix 20 bugs, update all documentation";

fn everything(home: &Home) {
    home.ok(&["new", "feature-well-tested", "--name", "Everything", "--set", EVERYTHING, "-q"]);
}

/// A strategy of three turns whose result is delivered on an opinion.
fn bare(id: &str) -> String {
    format!(
        "schema = 1\nid = \"{id}\"\ntitle = \"Bare\"\nbudget = \"1h\"\n\
         [[turns]]\nid = \"implement\"\ntitle = \"Implement\"\nkind = \"implement\"\nbudget = \"1h\"\nprompt = \"Do it\"\n\
         [[turns]]\nid = \"looks-good\"\ntitle = \"Looks good\"\nprompt = \"Say whether it looks good\"\n\
         [[turns]]\nid = \"deploy\"\ntitle = \"Deploy\"\nkind = \"deliver\"\nbudget = \"10m\"\nprompt = \"Do it\"\n"
    )
}

#[test]
fn what_speaks_against_a_plan_is_shown_with_its_remedy_and_the_remedy_applied() {
    let home = Home::new();
    let mut story = String::new();
    let mut tell = |args: &[&str]| story += &(home.told(args) + "\n");
    tell(&["new", "feature-well-tested", "--name", "Everything", "--set", EVERYTHING]);
    tell(&["review"]);
    tell(&["review", "--json"]);
    tell(&["review", "--exit-code", "--session", "nowhere"]);
    tell(&["review", "--remedy", "scope-creep"]);
    tell(&["review", "--remedy", "everything"]);
    tell(&["review", "--remedy", "everything-session"]);
    tell(&["review"]);
    insta::assert_snapshot!(story);
    let shown = home.json(&["show"]);
    assert_eq!(shown["plan"]["sessions"].as_array().unwrap().len(), 4);
    assert_eq!((&shown["findings"], &shown["contradictions"]), (&serde_json::json!([]), &serde_json::json!([])));
}

#[test]
fn several_findings_of_a_strategy_without_validation_or_gate() {
    let home = Home::new();
    home.strategy("bare", &bare("bare"));
    let mut story = String::new();
    let mut tell = |args: &[&str]| story += &(home.told(args) + "\n");
    tell(&["new", "bare", "--dry-run"]);
    tell(&["new", "bare", "--remedy", "validation-light", "--remedy", "budget-exceeded"]);
    tell(&["show"]);
    tell(&["review", "--exit-code"]);
    tell(&["new", "bare", "--remedy", "scope-creep"]);
    insta::assert_snapshot!(story);
    let plan = home.json(&["review", "--remedy", "irreversible-step"]);
    assert_eq!(plan["plan"]["sessions"][0]["turns"][2]["gate"]["state"], "open");
    assert_eq!(home.run(&["review", "--exit-code"]).code, 0);
}

#[test]
fn remedies_make_the_same_plan_in_any_order() {
    let home = Home::new();
    let placeholder = "goal = \"{{ feature }}\"\n[[placeholders]]\nname = \"feature\"\nlabel = \"Feature\"\n[[turns]]";
    let text = bare("bare").replacen("[[turns]]", placeholder, 1).replacen("\"Do it\"", "\"Do {{ feature }}\"", 1);
    home.strategy("bare", &text);
    let rules = ["everything-session", "validation-light", "irreversible-step", "budget-exceeded"];
    let file = |order: [usize; 4]| {
        let mut args = vec!["new", "bare", "--name", "Everything", "--set", EVERYTHING, "-q"];
        args.extend(order.iter().flat_map(|at| ["--remedy", rules[*at]]));
        let id = home.ok(&args).trim().to_owned();
        home.same(&std::fs::read_to_string(home.path(&format!("data/plans/{id}.toml"))).unwrap())
    };
    let first = file([0, 1, 2, 3]);
    for order in [[3, 2, 1, 0], [1, 3, 0, 2], [2, 0, 3, 1]] {
        assert_eq!(file(order), first, "{order:?}");
    }
}

#[test]
fn advice_that_only_a_person_can_follow_is_not_applied() {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "start", "-q"]);
    home.ok(&["turn", "done", "-q"]);
    let review = home.json(&["review"]);
    assert_eq!(review["findings"][0]["remedy"]["applies"], false);
    let said = home.fails(5, &["review", "--remedy", "validation-light"]);
    assert!(said.contains("turn 'Measure' was closed unverified") && said.contains("record what it lacks"), "{said}");
}

#[test]
fn a_remedy_that_fits_several_sessions_wants_one_named() {
    let home = Home::new();
    home.ok(&["new", "parallel-development", "-q"]);
    for session in ["authentication", "payments"] {
        home.ok(&["turn", "add", "-s", session, "--title", "Add OAuth", "--kind", "implement", "--prompt", "x", "-q"]);
    }
    let said = home.fails(3, &["review", "--remedy", "scope-creep"]);
    assert!(said.contains("--session authentication or --session payments"), "{said}");
    home.ok(&["review", "--remedy", "scope-creep", "--session", "payments", "-q"]);
    home.ok(&["review", "--remedy", "scope-creep", "-q"]);
    assert_eq!(home.json(&["queue", "list"])["items"].as_array().unwrap().len(), 2);
    assert_eq!(home.json(&["review"])["findings"], serde_json::json!([]));
    assert!(home.ok(&["log"]).contains("queued as a plan of its own"));
}

#[test]
fn the_settings_say_from_where_on_a_rule_speaks() {
    let home = Home::new();
    everything(&home);
    let found = || home.json(&["review"])["findings"].as_array().unwrap().len();
    assert_eq!(found(), 1);
    home.write("config/config.toml", "[review.everything-session]\ngoals = 5\n");
    assert_eq!(found(), 0);
    home.write("config/config.toml", "[review]\noff = [\"everything-session\"]\n");
    assert_eq!(found(), 0);
    home.write("config/config.toml", "[review]\noff = [\"everything-sessions\"]\n");
    assert_eq!(found(), 1, "what is misspelt puts nothing off");
    let doctor = home.run(&["doctor"]);
    assert!(doctor.out.contains("config.toml:2:8: there is no rule `everything-sessions`"), "{doctor:?}");
}

#[test]
fn a_plan_that_cannot_be_is_shown_explained_and_repaired_by_command_only() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let id = home.ok(&["new", "small", "--set", "problem=slow", "-q"]).trim().to_owned();
    let file = home.path(&format!("data/plans/{id}.toml"));
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("state = \"pending\"", "state = \"done\"", 1)).unwrap();
    let mut story = home.told(&["review"]) + "\n" + &home.told(&["show"]) + "\n";
    assert_eq!(home.run(&["review", "--exit-code"]).code, 6);
    assert!(std::fs::read_to_string(&file).unwrap().contains("state = \"done\""), "looking mends nothing");
    story += &(home.told(&["repair"]) + "\n" + &home.told(&["repair"]) + "\n" + &home.told(&["review"]));
    insta::assert_snapshot!(story);
}

#[test]
fn what_a_plan_holds_cannot_command_the_terminal() {
    let home = Home::new();
    let nasty = "feature=Implement \u{9b}2Jlogin, refactor \u{202e}billing, fix 20 bugs";
    let ran = home.run(&["new", "feature-well-tested", "--set", nasty]);
    let review = home.run(&["review"]);
    for said in [&ran.out, &ran.err, &review.out] {
        assert!(!said.contains(['\u{9b}', '\u{202e}']), "{said}");
    }
    assert!(review.out.contains(r"\u{202e}billing"), "{review:?}");
}
