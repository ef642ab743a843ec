//! The part of the JSON Schema that is about files that extend another: the same keys, of which few are
//! required, and the keys that say where an item goes.

use serde_json::{Map, Value, json};

use super::object;

/// The parts whose items are known by an id, with whether `after` says where one stands.
const ITEMS: &[(&str, bool)] = &[
    ("Placeholder", true),
    ("MetricSpec", true),
    ("SessionSpec", false),
    ("TurnSpec", true),
    ("EvidenceSpec", true),
    ("ChecklistSpec", true),
];

/// Parts of which an overlay may remove something.
const HOLDERS: &[&str] = &["SessionSpec", "TurnSpec"];

/// Makes of the schema of a whole file one of either: a whole file, or one that extends another.
pub(super) fn add(mut whole: Value) -> Value {
    let mut definitions = whole["$defs"].take();
    let mut head = Map::new();
    let mut strategy = Map::new();
    for (key, value) in whole.as_object_mut().map(std::mem::take).unwrap_or_default() {
        match key.as_str() {
            "$schema" | "title" | "description" => drop(head.insert(key, value)),
            "$defs" => {}
            _ => drop(strategy.insert(key, value)),
        }
    }
    let mut overlay = Value::Object(strategy.clone());
    relax(&mut overlay);
    top(&mut overlay);
    for (name, after) in ITEMS {
        let mut item = definitions[*name].clone();
        relax(&mut item);
        item_keys(&mut item, name, *after);
        definitions[changed(name)] = item;
    }
    definitions["Strategy"] = described("A strategy that stands by itself.", Value::Object(strategy));
    definitions["Overlay"] = described("A file that extends another strategy: what it says is laid over it.", overlay);
    head.insert("oneOf".into(), json!([{ "$ref": "#/$defs/Strategy" }, { "$ref": "#/$defs/Overlay" }]));
    head.insert("$defs".into(), definitions);
    Value::Object(head)
}

fn described(text: &str, rest: Value) -> Value {
    let mut all = json!({ "description": text });
    if let (Some(map), Value::Object(rest)) = (all.as_object_mut(), rest) {
        map.extend(rest);
    }
    all
}

/// The name of the definition of an item in an overlay.
fn changed(name: &str) -> String {
    format!("Changed{name}")
}

/// What an overlay leaves out is the base's: no defaults, nothing required, lists may be short.
fn relax(value: &mut Value) {
    if let Some(map) = value.as_object_mut() {
        for key in ["required", "oneOf", "minItems"] {
            map.shift_remove(key);
        }
    }
    for (_, property) in object(value, "properties") {
        if let Some(map) = property.as_object_mut() {
            map.shift_remove("default");
            map.shift_remove("minItems");
            if let Some(Value::String(to)) = map.get_mut("items").and_then(|items| items.get_mut("$ref"))
                && let Some(name) = to.strip_prefix("#/$defs/")
                && ITEMS.iter().any(|(item, _)| *item == name)
            {
                *to = format!("#/$defs/{}", changed(name));
            }
        }
    }
}

fn top(overlay: &mut Value) {
    overlay["required"] = json!(["schema", "id", "extends"]);
    let properties = object(overlay, "properties");
    let extends = "Id of the strategy that this file changes. With the same id, the one whose place it takes.";
    properties.insert("extends".into(), json!({ "type": "string", "description": extends }));
    properties.insert("remove".into(), removal());
}

fn removal() -> Value {
    let description =
        "What to leave out of the base: ids, \"turns/ID\" where two things share one, \"TURN/ID\" for evidence.";
    json!({ "type": "array", "items": { "type": "string" }, "description": description })
}

fn item_keys(item: &mut Value, name: &str, after: bool) {
    item["required"] = json!([if name == "Placeholder" { "name" } else { "id" }]);
    let properties = object(item, "properties");
    let place = |text: &str| json!({ "type": "string", "description": text });
    properties.insert("before".into(), place("Id of the item that this one comes before."));
    if after {
        properties.insert("after".into(), place("Id of the item that this one comes behind."));
    }
    properties.insert("replaces".into(), place("Id of the item whose place this one takes."));
    if HOLDERS.contains(&name) {
        properties.insert("remove".into(), removal());
    }
}
