//! The JSON Schema of a strategy file: current, and true of the files there are.

use std::path::Path;

use serde_json::{Value, json};

use crate::home::{Home, SMALL};

fn schema() -> Value {
    serde_json::from_str(&Home::new().ok(&["strategy", "schema"])).unwrap()
}

#[test]
fn the_stored_schema_of_files_is_current() {
    hold([("assets/strategy.schema.json".into(), Home::new().ok(&["strategy", "schema"]))]);
}

/// Fails where files of the repository are not what the program prints, and names all of them. With `SETLIST_BLESS=1`
/// it writes them instead.
pub fn hold(files: impl IntoIterator<Item = (String, String)>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let stored = |file: &str| std::fs::read_to_string(root.join(file)).unwrap_or_default();
    let stale: Vec<_> = files.into_iter().filter(|(file, printed)| stored(file) != *printed).collect();
    if std::env::var_os("SETLIST_BLESS").is_some() {
        for (file, printed) in &stale {
            std::fs::write(root.join(file), printed).unwrap();
        }
        return;
    }
    let names: Vec<&str> = stale.iter().map(|(file, _)| file.as_str()).collect();
    assert!(
        names.is_empty(),
        "stale; `just bless` (SETLIST_BLESS=1 cargo test --test cli stored_schema) writes: {names:?}"
    );
}

#[test]
fn every_built_in_strategy_fits_the_schema() {
    let schema = schema();
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("strategies");
    for path in std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(faults(&schema, &toml::from_str(&text).unwrap()), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn the_schema_refuses_what_the_program_refuses() {
    let schema = schema();
    let good: Value = toml::from_str(SMALL).unwrap();
    assert_eq!(faults(&schema, &good), Vec::<String>::new());
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        faults(&schema, &bad)
    };
    for (what, found) in [
        ("an unknown key", changed(&|bad| bad["titel"] = json!("x"))),
        ("an unknown key below", changed(&|bad| bad["turns"][0]["promt"] = json!("x"))),
        ("another schema", changed(&|bad| bad["schema"] = json!(2))),
        ("no schema", changed(&|bad| drop(bad.as_object_mut().unwrap().remove("schema")))),
        ("no turns", changed(&|bad| drop(bad.as_object_mut().unwrap().remove("turns")))),
        (
            "turns beside sessions",
            changed(&|bad| bad["sessions"] = json!([{ "id": "a", "turns": [{ "id": "b", "prompt": "c" }] }])),
        ),
        ("a bad id", changed(&|bad| bad["id"] = json!("Not An Id"))),
        ("an unknown word", changed(&|bad| bad["turns"][0]["kind"] = json!("implemnt"))),
        ("a bad budget", changed(&|bad| bad["turns"][0]["budget"] = json!("soon"))),
        ("a null", changed(&|bad| bad["turns"][0]["budget"] = Value::Null)),
        ("an unknown fit", changed(&|bad| bad["fit"] = json!({ "risk": ["huge"] }))),
        ("a span of none", changed(&|bad| bad["turns"][0]["span"] = json!(0))),
    ] {
        assert!(!found.is_empty(), "{what}");
    }
}

#[test]
fn an_overlay_fits_the_schema_with_few_keys_and_its_own() {
    let schema = schema();
    let good: Value = toml::from_str(
        r#"
        schema = 1
        id = "mine"
        extends = "bug-investigation"
        remove = ["turns/fix"]
        [[placeholders]]
        name = "who"
        after = "bug_report"
        [[turns]]
        id = "hand-over"
        before = "fix"
        prompt = "p"
        remove = ["log"]
        [[turns.evidence]]
        id = "notes"
        replaces = "log"
        "#,
    )
    .unwrap();
    assert_eq!(faults(&schema, &good), Vec::<String>::new());
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut bad = good.clone();
        change(&mut bad);
        faults(&schema, &bad)
    };
    for (what, found) in [
        ("no base", changed(&|bad| drop(bad.as_object_mut().unwrap().remove("extends")))),
        ("no id", changed(&|bad| drop(bad.as_object_mut().unwrap().remove("id")))),
        ("an item without an id", changed(&|bad| drop(bad["turns"][0].as_object_mut().unwrap().remove("id")))),
        ("an unknown key", changed(&|bad| bad["turns"][0]["behind"] = json!("fix"))),
        ("a place that is no text", changed(&|bad| bad["turns"][0]["after"] = json!(["fix"]))),
    ] {
        assert!(!found.is_empty(), "{what}");
    }
}

/// What of `value` does not fit `schema`.
fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}
