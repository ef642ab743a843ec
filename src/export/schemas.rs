//! The JSON Schema of everything that is printed as JSON, made of the types that are printed.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::json::{Document, ErrorDocument};
use super::{advice, json as shapes, now, pack, review, stats};

/// The name of the schema of errors, which say no `schema` themselves.
const ERROR: &str = "setlist.error/1";

/// RFC 3339, in UTC, in whole seconds.
const TIME: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$";

/// A schema that can be asked for.
#[derive(Debug, Clone, Copy)]
pub struct Published {
    /// What it is called: the value of the key `schema` of what it describes.
    pub name: &'static str,
    make: fn() -> Value,
}

impl Published {
    /// The schema (JSON Schema 2020-12). It allows keys that it does not name: newer versions may add some.
    pub fn schema(&self) -> Value {
        (self.make)()
    }

    /// What it describes, in a sentence.
    pub fn about(&self) -> String {
        let schema = self.schema();
        let text = schema["description"].as_str().unwrap_or_default();
        text.split_inclusive(". ").next().unwrap_or_default().trim().into()
    }

    /// Its name without what all share: `plan` of `setlist.plan/1`.
    pub fn short(&self) -> &'static str {
        let name = self.name.strip_prefix("setlist.").unwrap_or(self.name);
        name.split_once('/').map_or(name, |(name, _)| name)
    }
}

/// Every schema, by name.
pub fn all() -> Vec<Published> {
    let mut all = vec![
        of::<advice::AdviceDocument>(),
        of::<now::ChangeDocument>(),
        of::<shapes::Checks>(),
        Published { name: ERROR, make: || finish(schema::<ErrorDocument>(), ERROR, false) },
        of::<pack::PackDocument>(),
        of::<pack::PackUpdates>(),
        of::<pack::Packs>(),
        of::<shapes::ConflictDocument<'_>>(),
        of::<shapes::Conflicts>(),
        of::<shapes::PathDocument>(),
        of::<shapes::PlanDocument<'_>>(),
        of::<shapes::Plans>(),
        of::<shapes::Problems>(),
        of::<shapes::PromptDocument>(),
        of::<shapes::Prompts>(),
        of::<review::Queue>(),
        of::<review::ReviewDocument>(),
        of::<shapes::Revisions>(),
        of::<Schemas>(),
        of::<shapes::SettingsDocument>(),
        of::<stats::StatsDocument>(),
        of::<shapes::StatusDocument>(),
        of::<shapes::Strategies<'_>>(),
        of::<shapes::StrategyDocument<'_>>(),
        of::<now::TurnDocument>(),
    ];
    all.sort_by_key(|published| published.name);
    all
}

/// The schemas that can be asked for.
#[derive(Debug, serde::Serialize, JsonSchema)]
pub struct Schemas {
    /// The schemas, by name.
    items: Vec<Listed>,
}

impl Document for Schemas {
    const SCHEMA: &'static str = "setlist.schemas/1";
}

/// A schema that can be asked for.
#[derive(Debug, serde::Serialize, JsonSchema)]
struct Listed {
    /// What it is called: the value of the key `schema` of what it describes.
    name: String,
    /// What it describes, in a sentence.
    about: String,
}

/// Every schema with what it describes.
pub fn list() -> Schemas {
    let listed = |published: Published| Listed { name: published.name.into(), about: published.about() };
    Schemas { items: all().into_iter().map(listed).collect() }
}

fn of<D: Document + JsonSchema>() -> Published {
    Published { name: D::SCHEMA, make: || finish(schema::<D>(), D::SCHEMA, true) }
}

/// The schema of a type as it is written, which has every key that can be there; a key is required unless it is
/// left out at times.
fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Brings a schema in line with what is printed: its name, the key `schema`, and times as they are written.
fn finish(schema: Schema, name: &str, named: bool) -> Value {
    let mut value = schema.to_value();
    plain(&mut value);
    let mut all = Map::new();
    if let Some(map) = value.as_object_mut() {
        map.insert("title".into(), name.into());
        for key in ["$schema", "title", "description"] {
            all.extend(map.shift_remove(key).map(|value| (key.to_owned(), value)));
        }
        if named {
            add_name(map, name);
        }
        let definitions = map.shift_remove("$defs");
        all.append(map);
        all.extend(definitions.map(|definitions| ("$defs".to_owned(), definitions)));
    }
    Value::Object(all)
}

fn add_name(schema: &mut Map<String, Value>, name: &str) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        let key = json!({ "description": "Which shape this is.", "const": name });
        properties.shift_insert(0, "schema".into(), key);
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.insert(0, "schema".into());
    }
}

/// What other programs can do without goes: the formats of this language's numbers, defaults of files, empty lists
/// of keys, line breaks inside sentences. Times say how they are written.
fn plain(value: &mut Value) {
    match value {
        Value::Object(map) => {
            match map.get("format").and_then(Value::as_str) {
                Some("date-time") => drop(map.insert("pattern".into(), TIME.into())),
                Some(_) => drop(map.shift_remove("format")),
                None => {}
            }
            if map.get("required").is_some_and(|keys| keys == &json!([])) {
                map.shift_remove("required");
            }
            if map.get("type").is_some() || map.contains_key("$ref") || map.contains_key("anyOf") {
                map.shift_remove("default");
            }
            if let Some(Value::String(text)) = map.get_mut("description") {
                *text = text.replace('\n', " ");
            }
            map.values_mut().for_each(plain);
        }
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
