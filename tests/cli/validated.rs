//! What the program prints under `--json`, held against the schemas that it publishes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::home::{Home, Ran, has_program};

/// The name of the schema of errors, which do not name it themselves.
const ERROR: &str = "setlist.error/1";

/// Where the schemas are published.
pub fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas")
}

/// The published schemas by name.
pub fn schemas() -> BTreeMap<String, Value> {
    let read = |path: &Path| -> Value { serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap() };
    let files = std::fs::read_dir(published()).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| read(&path)).map(|schema| (schema["title"].as_str().unwrap().to_owned(), schema)).collect()
}

/// Holds one document against the schema called `name`.
#[cfg(feature = "mcp")]
pub fn follows(name: &str, document: &Value) {
    let mut schema = schemas().remove(name).unwrap_or_else(|| panic!("no schema `{name}`"));
    close(&mut schema);
    let faults = faults(&validator(&schema), document);
    assert!(faults.is_empty(), "{name}:\n{}\n{document:#}", faults.join("\n"));
}

fn validator(schema: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// A home in which everything that is printed is held against its schema.
pub struct Validated {
    pub home: Home,
    schemas: BTreeMap<String, (Value, Validator)>,
    /// Every command that printed a document, with the names of their schemas.
    printed: RefCell<BTreeMap<String, BTreeSet<String>>>,
    /// Every key that had something in it, as `schema: Definition.key`.
    filled: RefCell<BTreeSet<String>>,
    jq: bool,
}

impl Validated {
    pub fn new() -> Self {
        let strict = |schema: Value| {
            let mut strict = schema.clone();
            close(&mut strict);
            (schema, validator(&strict))
        };
        Self {
            home: Home::new(),
            schemas: schemas().into_iter().map(|(name, schema)| (name, strict(schema))).collect(),
            printed: RefCell::default(),
            filled: RefCell::default(),
            jq: has_program("jq"),
        }
    }

    /// Runs what has to succeed and print a document.
    pub fn ok(&self, args: &[&str]) -> Value {
        self.ends(0, args)
    }

    /// Runs what has to print a document and end with `code`.
    pub fn ends(&self, code: i32, args: &[&str]) -> Value {
        self.ran(args, code, &self.home.run(&with_json(args)))
    }

    /// Runs what has to fail with `code` and say `word` as the error's code; the error.
    pub fn fails(&self, code: i32, word: &str, args: &[&str]) -> Value {
        self.failed(args, code, word, &self.home.run(&with_json(args)))
    }

    /// Checks what a command printed that ended with `code`; the document.
    pub fn ran(&self, args: &[&str], code: i32, ran: &Ran) -> Value {
        assert_eq!(ran.code, code, "{args:?}: {ran:?}");
        self.document(args, &ran.out)
    }

    /// Checks what a command said that failed; the error. A document may stand on stdout beside it.
    pub fn failed(&self, args: &[&str], code: i32, word: &str, ran: &Ran) -> Value {
        assert_eq!(ran.code, code, "{args:?}: {ran:?}");
        let line = ran.err.lines().last().unwrap_or_else(|| panic!("{args:?} says nothing"));
        let error = self.check(args, ERROR, line);
        self.jq(args, ".error.code | strings", line);
        assert_eq!(error["error"]["code"], word, "{args:?}: {line}");
        if !ran.out.is_empty() {
            self.document(args, &ran.out);
        }
        error
    }

    /// Checks the document `text` that the command printed.
    pub fn document(&self, args: &[&str], text: &str) -> Value {
        let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{args:?}: {error}: {text}"));
        let name = value["schema"].as_str().unwrap_or_else(|| panic!("{args:?} names no schema: {text}")).to_owned();
        self.jq(args, ".schema | strings", text);
        self.check(args, &name, text);
        self.printed.borrow_mut().entry(command_of(args)).or_default().insert(name);
        value
    }

    fn check(&self, args: &[&str], name: &str, text: &str) -> Value {
        let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{args:?}: {error}: {text}"));
        let Some((schema, validator)) = self.schemas.get(name) else { panic!("{args:?}: no schema `{name}`") };
        let faults = faults(validator, &value);
        assert!(faults.is_empty(), "{args:?} does not follow {name}:\n{}\n{value:#}", faults.join("\n"));
        let mut filled = Vec::new();
        fill(schema, schema, "", &value, &mut filled);
        self.filled.borrow_mut().extend(filled.into_iter().map(|key| format!("{name}: {key}")));
        value
    }

    /// What scripts read with has to read it too.
    fn jq(&self, args: &[&str], filter: &str, text: &str) {
        if !self.jq {
            return;
        }
        let mut child = Command::new("jq")
            .args(["-e", filter])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert!(ended.status.success(), "{args:?}: jq: {ended:?}");
    }

    /// Every command that printed a document, with the names of their schemas.
    pub fn printed(&self) -> BTreeMap<String, BTreeSet<String>> {
        self.printed.borrow().clone()
    }

    /// Every key of a schema that had nothing in it in any document of that schema.
    pub fn never_filled(&self) -> Vec<String> {
        let filled = self.filled.borrow();
        let keys = self.schemas.iter().flat_map(|(name, (schema, _))| {
            let parts = schema["$defs"].as_object().into_iter().flatten();
            let parts = parts.map(|(part, schema)| (part.as_str(), schema)).chain([("", schema)]);
            let key = move |part: &str, key: &String| format!("{name}: {part}.{key}");
            parts.flat_map(move |(part, schema)| {
                let keys = schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key);
                keys.map(|name| key(part, name)).collect::<Vec<_>>()
            })
        });
        keys.filter(|key| !filled.contains(key)).collect()
    }
}

fn with_json<'a>(args: &[&'a str]) -> Vec<&'a str> {
    // What stands behind `--` belongs to another command.
    let end = args.iter().position(|arg| *arg == "--").unwrap_or(args.len());
    [&args[..end], &["--json"], &args[end..]].concat()
}

/// The command that arguments name: `turn add` of `turn add --title T`.
pub fn command_of(args: &[&str]) -> String {
    let command = setlist::cli::command();
    let mut here = &command;
    let mut path = Vec::new();
    for word in args {
        let Some(below) = here.find_subcommand(word) else { break };
        here = below;
        path.push(*word);
    }
    path.join(" ")
}

/// Every command that has none below it.
pub fn commands() -> BTreeSet<String> {
    fn collect(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
        if command.get_subcommands().next().is_none() {
            found.insert(path.to_owned());
        }
        for below in command.get_subcommands() {
            collect(below, format!("{path} {}", below.get_name()).trim(), found);
        }
    }
    let mut found = BTreeSet::new();
    collect(&setlist::cli::command(), "", &mut found);
    found
}

/// Allows no keys but those that are named: a new key has to be described.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if map.get("properties").is_some_and(Value::is_object) && map.get("type") == Some(&json!("object")) {
                map.insert("additionalProperties".into(), json!(false));
            }
            map.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Collects the keys of `value` that have something in them, by the part of the schema that describes them.
fn fill(root: &Value, schema: &Value, part: &str, value: &Value, filled: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
        fill(root, &root["$defs"][name], name, value, filled);
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        for choice in schema[key].as_array().into_iter().flatten() {
            fill(root, choice, part, value, filled);
        }
    }
    for item in value.as_array().into_iter().flatten() {
        fill(root, &schema["items"], part, item, filled);
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let empty = match inner {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if !empty && schema["properties"].get(key).is_some() {
            filled.push(format!("{part}.{key}"));
            fill(root, &schema["properties"][key], part, inner, filled);
        }
    }
}
