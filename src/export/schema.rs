//! The JSON Schema of a strategy file, for editors that complete and check TOML.
//!
//! Derived from the types, then brought in line with the file: the types are what a file becomes
//! once its shorthand is expanded, and TOML has no null.

mod overlays;

use serde_json::{Map, Value, json};

use crate::domain::advice::Aspect;
use crate::domain::strategy::{SCHEMA, Strategy};

/// The schema of a strategy file (JSON Schema 2020-12).
pub fn strategy_file() -> Value {
    let mut schema = schemars::schema_for!(Strategy).to_value();
    adapt(&mut schema);
    top_level(&mut schema);
    for (name, definition) in object(&mut schema, "$defs") {
        definitions(name, definition);
    }
    overlays::add(heading_first(schema))
}

/// What a reader looks for first comes first; the rest keeps its order.
fn heading_first(mut schema: Value) -> Value {
    let mut ordered = Map::new();
    if let Some(map) = schema.as_object_mut() {
        for key in ["$schema", "title", "description"] {
            ordered.extend(map.shift_remove(key).map(|value| (key.to_owned(), value)));
        }
        ordered.append(map);
    }
    Value::Object(ordered)
}

/// The object at `key`, made where there is none.
fn object<'v>(value: &'v mut Value, key: &str) -> &'v mut Map<String, Value> {
    if !value[key].is_object() {
        value[key] = json!({});
    }
    value[key].as_object_mut().unwrap_or_else(|| unreachable!("an object was just put there"))
}

fn top_level(schema: &mut Value) {
    schema["title"] = json!("Setlist strategy");
    schema["description"] = json!("A strategy file: a reusable way of working with a coding agent, as data.");
    schema["required"] = json!(["schema", "id", "title"]);
    // One session needs no [[sessions]]: its turns, checklist and budget may stand at top level.
    let shorthand = json!({ "required": ["turns"], "not": { "required": ["sessions"] } });
    let none_of_it =
        json!({ "anyOf": [{ "required": ["turns"] }, { "required": ["checklist"] }, { "required": ["budget"] }] });
    schema["oneOf"] = json!([{ "required": ["sessions"], "not": none_of_it }, shorthand]);
    let session = schema["$defs"]["SessionSpec"]["properties"].clone();
    let properties = object(schema, "properties");
    for key in ["turns", "checklist", "budget"] {
        properties.insert(key.into(), session[key].clone());
    }
    properties["turns"]["description"] = json!("Shorthand for a strategy with one session: its prompts.");
    properties["turns"]["minItems"] = json!(1);
    properties["checklist"]["description"] = json!("Shorthand for a strategy with one session: its checklist.");
    properties["budget"]["description"] = json!("Shorthand for a strategy with one session: its budget.");
    properties["schema"] = json!({ "description": "File format version.", "const": SCHEMA });
    properties["sessions"]["minItems"] = json!(1);
    properties["category"]["default"] = json!("other");
    set_pattern(properties, "id", ID);
}

const ID: &str = "^[a-z0-9][a-z0-9-]{0,63}$";
const PLACEHOLDER: &str = "^[a-z][a-z0-9_]*$";
const BUDGET: &str = "^\\s*(([0-9]+\\s*(s|sec|m|min|h|d)\\s*)+([-–]\\s*([0-9]+\\s*(s|sec|m|min|h|d)\\s*)+)?)?$";

fn set_pattern(properties: &mut Map<String, Value>, key: &str, pattern: &str) {
    properties[key]["pattern"] = json!(pattern);
}

/// What the types do not say about the parts of a file.
fn definitions(name: &str, definition: &mut Value) {
    match name {
        "Budget" => {
            definition["description"] = json!("A duration or a range of two: 45m, 2h, 1h 30m, 30m-60m, 2h-8h.");
            definition["pattern"] = json!(BUDGET);
        }
        "Placeholder" => {
            let properties = object(definition, "properties");
            set_pattern(properties, "name", PLACEHOLDER);
            if let Some(required) = properties["required"].as_object_mut() {
                required.shift_remove("default");
            }
        }
        "Fit" => {
            let properties = object(definition, "properties");
            // The codebase is one word of an enum of its own; the others are lists of answers.
            for aspect in Aspect::ALL.iter().filter(|aspect| **aspect != Aspect::Codebase) {
                properties[aspect.word()]["items"] = json!({ "enum": aspect.words() });
            }
        }
        "SessionSpec" => {
            let properties = object(definition, "properties");
            set_pattern(properties, "id", ID);
            properties["turns"]["minItems"] = json!(1);
        }
        "TurnSpec" => {
            let properties = object(definition, "properties");
            set_pattern(properties, "id", ID);
            properties["span"]["minimum"] = json!(1);
        }
        "EvidenceSpec" | "ChecklistSpec" | "MetricSpec" => {
            let properties = object(definition, "properties");
            set_pattern(properties, "id", ID);
            for key in ["baseline", "target"] {
                if let Some(figure) = properties.get_mut(key) {
                    let description = figure["description"].clone();
                    *figure = json!({ "description": description, "type": ["number", "string"] });
                }
            }
        }
        _ => {}
    }
}

/// Objects take no other keys, and nothing is null.
fn adapt(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.contains_key("properties") && map.get("type").is_some_and(|kind| kind == "object") {
                map.insert("additionalProperties".into(), json!(false));
            }
            map.shift_remove("format");
            if map.get("default").is_some_and(Value::is_null) {
                map.shift_remove("default");
            }
            if let Some(Value::Array(kinds)) = map.get_mut("type") {
                kinds.retain(|kind| kind != "null");
                if let [only] = kinds.as_slice() {
                    let only = only.clone();
                    map.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(kinds)) = map.get_mut("anyOf") {
                kinds.retain(|kind| kind != &json!({ "type": "null" }));
                if let [Value::Object(only)] = kinds.as_slice() {
                    let only = only.clone();
                    map.shift_remove("anyOf");
                    map.extend(only);
                }
            }
            map.values_mut().for_each(adapt);
        }
        Value::Array(items) => items.iter_mut().for_each(adapt),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
