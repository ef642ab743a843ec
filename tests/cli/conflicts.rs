//! `setlist conflict`: two machines work on one plan, a sync tool leaves a copy, a person brings both together.

use crate::home::{Home, gated};

/// A plan that was worked on here and, in a copy, there; the name of the copy.
fn parted() -> (Home, String) {
    let home = Home::new();
    home.strategy("gated", &gated());
    let id = home.ok(&["new", "gated", "--name", "Login", "--set", "problem=Login is slow", "-q"]).trim().to_owned();
    home.ok(&["turn", "start", "-q"]);
    home.ok(&["evidence", "figure", "500", "-q"]);
    // The other machine has the file and nothing else.
    let there = Home::new();
    let name = format!("data/plans/{id}.toml");
    there.write(&name, &std::fs::read_to_string(home.path(&name)).unwrap());
    there.ok(&["evidence", "figure", "450", "-q"]);
    there.ok(&["evidence", "log", "The lock is held too long\nby the \u{1b}[2Jimporter", "-q"]);
    there.ok(&["turn", "done", "-q"]);
    there.ok(&["check", "told", "-q"]);
    // Times in plans are whole seconds: what is done here from now on comes after the copy.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    home.ok(&["note", "Ask the operators", "-q"]);
    home.ok(&["set", "tries=5", "-q"]);
    let copy = format!("{id}.sync-conflict-20261122-101112-ABCDEFG.toml");
    home.write(&format!("data/plans/{copy}"), &std::fs::read_to_string(there.path(&name)).unwrap());
    (home, copy)
}

#[test]
fn a_copy_is_compared_taken_item_by_item_and_put_away() {
    let (home, copy) = parted();
    let mut story = String::new();
    let mut tell = |args: &[&str]| story += &(home.told(args) + "\n");
    tell(&["list"]);
    tell(&["conflict", "list"]);
    tell(&["conflict", "show"]);
    tell(&["conflict", "take", "sync-conflict", "turn/main/measure/evidence/figure"]);
    tell(&["conflict", "take", "sync-conflict", "turn/main/measure", "value/tries"]);
    tell(&["undo"]);
    tell(&["conflict", "take", "sync-conflict", "--changed"]);
    tell(&["conflict", "show"]);
    tell(&["conflict", "put-away"]);
    tell(&["conflict", "list"]);
    tell(&["show"]);
    // They are named by what is in them, the time too.
    let names = regex::Regex::new("(note|reading)/[0-9a-f]{10}").unwrap();
    // Whether a second has passed is as it happens.
    let story = names.replace_all(&story, "$1/[NAME]").replace(", [N]s worked", "");
    insta::assert_snapshot!(story);
    let kept = std::fs::read_to_string(home.path(&format!("state/copies/{copy}"))).unwrap();
    assert!(kept.contains("The lock is held too long"));
    assert!(!home.path(&format!("data/plans/{copy}")).exists());
}

#[test]
fn everything_can_be_taken_and_a_copy_from_before_says_so() {
    let (home, copy) = parted();
    home.ok(&["conflict", "take", &copy, "--all", "-q"]);
    let compared = home.json(&["conflict", "show"]);
    assert_eq!(compared["conflict"]["differences"], serde_json::json!([]));
    home.ok(&["note", "later", "-q"]);
    home.ok(&["evidence", "log", "other", "-q"]);
    let compared = home.json(&["conflict", "show"]);
    assert_eq!(compared["conflict"]["older"], true);
    let changed: Vec<&str> = compared["conflict"]["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["changed"].as_str().unwrap())
        .collect();
    assert_eq!(changed, ["here", "here"]);
    assert!(home.ok(&["conflict", "show"]).contains("an older state of the plan, nothing in it is missing"));
}

#[test]
fn without_a_person_no_decision_of_a_gate_is_taken() {
    let (home, copy) = parted();
    let file = home.path(&format!("data/plans/{copy}"));
    let text = std::fs::read_to_string(&file).unwrap();
    let decided = "state = \"approved\"\nat = \"2026-11-22T10:00:00Z\"\nhash = \"0\"";
    let at = text.find("The figures are right").unwrap();
    let gate = text[at..].replacen("state = \"open\"", decided, 1);
    std::fs::write(&file, format!("{}{gate}", &text[..at])).unwrap();
    let before = std::fs::read(home.path(&format!("data/plans/{}.toml", &copy[..copy.find('.').unwrap()]))).unwrap();
    let said = home.fails(5, &["conflict", "take", &copy, "--all"]);
    assert!(said.contains("decided at the gate of 'Measure'"), "{said}");
    let after = std::fs::read(home.path(&format!("data/plans/{}.toml", &copy[..copy.find('.').unwrap()]))).unwrap();
    assert_eq!(before, after);
    home.ok(&["conflict", "take", &copy, "turn/main/measure/evidence", "-q"]);
}

#[test]
fn wrong_names_are_told_with_the_nearest() {
    let (home, copy) = parted();
    let said = home.fails(3, &["conflict", "take", &copy, "turn/main/measure/wrok"]);
    assert!(said.contains("did you mean `turn/main/measure/work`?"), "{said}");
    assert!(home.fails(3, &["conflict", "show", "laptop"]).contains("no copy called `laptop`"));
    home.fails(2, &["conflict", "take", &copy]);
    home.fails(2, &["conflict", "take", &copy, "--all", "--changed"]);
    let second = format!("{} (1).toml", &copy[..copy.find('.').unwrap()]);
    home.write(&format!("data/plans/{second}"), "id = ");
    assert!(home.fails(3, &["conflict", "show"]).contains("there are 2 copies"));
    let said = home.fails(1, &["conflict", "show", "(1)"]);
    assert!(said.contains(&format!("{second}:1:6")), "{said}");
    home.ok(&["conflict", "put-away", "(1)", "-q"]);
    assert!(home.path(&format!("state/copies/{second}")).exists());
    home.ok(&["delete", "-q"]);
    let said = home.fails(3, &["conflict", "show"]);
    assert!(said.contains("the plan that") && said.contains("is not there"), "{said}");
}

#[test]
fn a_copy_is_brought_together_with_its_plan_by_questions() {
    let (home, copy) = parted();
    let shown = crate::accessible::heard(
        &home,
        &[
            ("What to do: ", "compare"),
            ("Which item, or what to do: ", "log"),
            ("Take it from the copy? Yes or no: ", "yes"),
            ("Which item, or what to do: ", "value"),
            ("Take it from the copy? Yes or no: ", "no"),
            ("Which item, or what to do: ", "all that was changed"),
            ("Which item, or what to do: ", "put"),
            ("Put the copy away? It is kept beside the history. Yes or no: ", "no"),
            ("What to do: ", "compare"),
            ("Which item, or what to do: ", "put"),
            ("Put the copy away? It is kept beside the history. Yes or no: ", "yes"),
            ("What to do: ", "q"),
        ],
    );
    let names = regex::Regex::new("[0-9]+ seconds?|, [N]s worked").unwrap();
    insta::assert_snapshot!(names.replace_all(&shown, "[N] seconds"));
    assert!(home.path(&format!("state/copies/{copy}")).exists());
}
