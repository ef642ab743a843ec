//! `setlist strategy advise`.

use crate::home::{Home, SMALL, built_in};

/// What is told, whatever the number of strategies that are built in.
fn told(home: &Home, args: &[&str]) -> String {
    let rest = format!("{} more with --all", built_in() - 5);
    let told = home.told(args);
    assert!(told.contains(&rest), "{told}");
    told.replace(&rest, "[rest] more with --all")
}

#[test]
fn the_best_come_first_each_with_its_reason() {
    let home = Home::new();
    let args = ["--codebase=existing", "--scope=small", "--dependencies=coupled", "--risk=high", "--validation=hard"];
    let args: Vec<&str> = ["strategy", "advise"].into_iter().chain(args).collect();
    insta::assert_snapshot!(told(&home, &args));
}

#[test]
fn what_is_not_answered_stays_open_where_nobody_can_be_asked() {
    let home = Home::new();
    insta::assert_snapshot!(told(&home, &["strategy", "advise", "--scope", "large", "--risk", "any"]));
    let all = home.ok(&["strategy", "advise", "--no-input", "--all"]);
    assert_eq!(all.matches("\n\n").count(), built_in(), "{all}");
}

#[test]
fn json_holds_every_strategy_the_situation_and_the_shape() {
    let home = Home::new();
    let advice = home.json(&["strategy", "advise", "--scope", "large", "--dependencies", "coupled"]);
    assert_eq!(advice["schema"], "setlist.advice/1");
    assert_eq!(advice["situation"]["scope"], "large");
    assert!(advice["situation"]["risk"].is_null());
    assert_eq!(
        (&advice["shape"]["sessions"], &advice["shape"]["strategy"]),
        (&"serial".into(), &"serial-deep-work".into())
    );
    let items = advice["items"].as_array().unwrap();
    assert_eq!(items.len(), built_in());
    let last = items.iter().find(|item| item["id"] == "parallel-development").unwrap();
    assert_eq!((&last["matches"][0], &last["misses"][0]), (&"scope".into(), &"dependencies".into()));
    assert!(items.iter().all(|item| item["reason"].as_str().unwrap().ends_with('.')), "{items:?}");
    assert!(items.is_sorted_by_key(|item| std::cmp::Reverse(item["score"].as_u64().unwrap())));
}

#[test]
fn a_strategy_of_ones_own_takes_part_and_a_broken_one_harms_nothing() {
    let home = Home::new();
    let fit =
        "[fit]\ncodebase = \"new\"\nscope = [\"small\"]\nrisk = [\"low\"]\nvalidation = [\"hard\"]\n\n[[placeholders]]";
    home.strategy("small", &SMALL.replacen("[[placeholders]]", fit, 1));
    home.strategy("broken", "schema = 1\n");
    let args = ["strategy", "advise", "--codebase", "new", "--scope", "small", "--risk", "low", "--validation", "hard"];
    let items = &home.json(&args)["items"];
    assert_eq!((&items[0]["id"], &items[0]["source"]), (&"small".into(), &"data".into()), "{items}");
    assert_eq!(items.as_array().unwrap().len(), built_in() + 1);
}

#[test]
fn a_wrong_answer_names_the_right_ones() {
    let home = Home::new();
    let error = home.fails(2, &["strategy", "advise", "--scope", "larg"]);
    assert!(error.contains("small, medium, large, any") && error.contains("'large'"), "{error}");
    let error = home.fails(2, &["strategy", "advise", "--risk", "huge", "--json"]);
    let error: serde_json::Value = serde_json::from_str(&error).unwrap();
    assert_eq!(error["error"]["code"], "usage");
    assert!(error["error"]["message"].as_str().unwrap().contains("low, medium, high, any"), "{error}");
}
