//! Every command under `--json`, in a plan that is worked through: each output follows the schema that is
//! published for it.

mod around;
mod story;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::home::{Home, Ran, has_program, ran};
use crate::schema::hold;
use crate::validated::{Validated, commands, published, schemas};

/// Commands that print no JSON of their own, with what they print.
const NO_DOCUMENT: &[(&str, &str)] = &[
    ("completions", "a script for a shell"),
    ("help", "help"),
    ("man", "a manual page"),
    ("mcp", "a protocol of its own"),
    ("strategy schema", "a JSON Schema"),
];

/// Schemas of what no command prints: errors, and what the tools of `setlist mcp` answer.
const NO_COMMAND: &[&str] = &["setlist.change/1", "setlist.error/1", "setlist.turn/1"];

/// Keys that have nothing in them in this story, with the reason.
const EMPTY: &[(&str, &str)] = &[
    ("setlist.pack/1: ChangedFile.prompts", "a pack that is added has no version before"),
    ("setlist.pack/1: ChangedFile.diff", "a pack that is added has no version before"),
    ("setlist.strategies/1: Problem.rule", "what cannot be read is not reviewed"),
];

#[test]
fn the_stored_schemas_of_outputs_are_current() {
    let home = Home::new();
    let list = home.json(&["schema"]);
    let names: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect();
    let file = |name: &&str| format!("{}.json", name.replace('/', "-"));
    hold(names.iter().map(|name| (format!("docs/schemas/{}", file(name)), home.ok(&["schema", name]))));
    let there = std::fs::read_dir(published()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = names.iter().map(file).collect();
    assert_eq!(there.collect::<BTreeSet<String>>(), files, "docs/schemas holds what no output follows");
    assert_eq!(home.ok(&["schema", "plan"]), home.ok(&["schema", "setlist.plan/1"]));
    assert!(home.fails(3, &["schema", "plam"]).contains("plan"));
}

#[test]
fn every_schema_is_sound_and_says_what_each_key_is() {
    fn undescribed(at: &str, schema: &Value, found: &mut Vec<String>) {
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            if property["description"].as_str().is_none_or(|text| text.len() < 4 || text.contains('\n')) {
                found.push(format!("{at}.{key}"));
            }
        }
    }
    for (name, schema) in schemas() {
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        let mut found = Vec::new();
        undescribed(&name, &schema, &mut found);
        for (part, definition) in schema["$defs"].as_object().into_iter().flatten() {
            assert!(definition["description"].is_string(), "{name}: {part}");
            undescribed(part, definition, &mut found);
        }
        assert!(found.is_empty() && schema["description"].is_string(), "{name}: {found:?}");
    }
}

#[test]
fn every_output_follows_its_schema() {
    let all = Validated::new();
    story::strategies(&all);
    story::before_the_start(&all);
    story::a_plan(&all);
    story::its_ways(&all);
    story::its_gates(&all);
    story::its_end(&all);
    around::packs(&all);
    around::the_program(&all);
    around::by_hand(&all);
    around::copies(&all);
    around::errors(&all);

    // What the story leaves out is run as its example says.
    let silent: BTreeSet<&str> = NO_DOCUMENT.iter().map(|(command, _)| *command).collect();
    let told = all.printed();
    for command in
        commands().iter().filter(|command| !told.contains_key(*command) && !silent.contains(command.as_str()))
    {
        story::as_in_the_example(&all, command);
    }
    let printed = all.printed();
    let followed: BTreeSet<&str> = printed.values().flatten().map(String::as_str).collect();
    let unused: Vec<String> = schemas()
        .into_keys()
        .filter(|name| !followed.contains(name.as_str()) && !NO_COMMAND.contains(&name.as_str()))
        .collect();
    assert!(unused.is_empty(), "no command prints these: {unused:?}");
    let mut documented = documented();
    for command in printed.keys() {
        // The page says that it prints the plan.
        documented.entry(command.clone()).or_insert_with(|| ["setlist.plan/1".to_owned()].into());
    }
    assert_eq!(documented, printed, "the table of docs/json.md is not what the commands print");
    let empty: Vec<String> = all
        .never_filled()
        .into_iter()
        .filter(|key| !NO_COMMAND.iter().any(|name| *name != "setlist.error/1" && key.starts_with(name)))
        .filter(|key| !EMPTY.iter().any(|(known, _)| known == key))
        .collect();
    assert!(empty.is_empty(), "nothing was ever in these keys:\n{}", empty.join("\n"));
}

#[test]
fn every_command_tells_its_errors_in_the_one_shape() {
    let all = Validated::new();
    let (root, mut on_plans) = (setlist::cli::command(), 0);
    for path in commands() {
        let words: Vec<&str> = path.split(' ').collect();
        all.fails(2, "usage", &[&words[..], &["--color=purple"]].concat());
        let command = words.iter().fold(&root, |command, word| command.find_subcommand(word).unwrap());
        let takes_a_plan = command.get_arguments().any(|arg| arg.get_id() == "plan");
        if takes_a_plan && !command.get_arguments().any(clap::Arg::is_required_set) && path != "mcp" {
            let (code, word) = match path.as_str() {
                "gate approve" | "gate reject" => (5, "refused"),
                "turn skip" => (4, "invalid_values"),
                _ => (3, "not_found"),
            };
            all.fails(code, word, &[&words[..], &["-p", "nothing-like-it"]].concat());
            on_plans += 1;
        }
    }
    assert!(on_plans > 20, "{on_plans}");
}

#[test]
fn a_path_that_is_no_text_keeps_nothing_from_being_said() {
    let all = Validated::new();
    let data = all.home.path("").join(OsStr::from_bytes(b"d\xff"));
    std::fs::create_dir_all(data.join("plans")).unwrap();
    std::fs::create_dir_all(data.join("strategies")).unwrap();
    std::fs::write(data.join("plans/2026-11-01-a-abcd.toml"), "id = ").unwrap();
    std::fs::write(data.join("strategies/bad.toml"), "id = ").unwrap();
    for args in [&["list"][..], &["strategy", "list"], &["strategy", "lint"], &["strategy", "new", "x"], &["doctor"]] {
        let mut command = all.home.command(args);
        let ran = ran(command.arg("--json").env("SETLIST_DATA_DIR", &data).output().unwrap());
        all.document(args, &ran.out);
    }
}

#[test]
fn the_examples_for_jq_work_and_say_something() {
    if !has_program("jq") {
        return;
    }
    let home = Home::new();
    story::for_the_examples(&home);
    let page = page();
    let block = page.split("## Examples with `jq`").nth(1).unwrap().split("```").nth(1).unwrap();
    let mut lines = block.lines().skip(1);
    let mut named = BTreeSet::new();
    while let Some((about, line)) = lines.next().zip(lines.next()) {
        let name = about.strip_prefix("# ").unwrap().split(':').next().unwrap();
        let (command, filter) = line.split_once(" | jq ").unwrap();
        let printed = shell(&home, command, "");
        let value: Value =
            serde_json::from_str(&printed.out).unwrap_or_else(|error| panic!("{line}: {error}: {printed:?}"));
        assert_eq!(value["schema"].as_str().unwrap_or("setlist.error/1"), name, "{line}");
        let read = shell(&home, &format!("jq {filter}"), &printed.out);
        assert!(read.code == 0 && read.err.is_empty(), "{line}: {read:?}");
        assert!(!["", "null"].contains(&read.out.trim()), "{line} says nothing: {}", printed.out);
        named.insert(name.to_owned());
    }
    let missing: Vec<String> = schemas().into_keys().filter(|name| !named.contains(name)).collect();
    assert_eq!(missing, ["setlist.change/1", "setlist.turn/1"], "these have no example");
}

/// Runs a line of a shell, with the program on its path.
fn shell(home: &Home, line: &str, input: &str) -> Ran {
    let own = home.command(&[]);
    let bin = Path::new(own.get_program()).parent().unwrap();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("/bin/sh");
    command.args(["-c", line]).current_dir(home.path("work"));
    command.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("PATH", format!("{}:{path}", bin.display())).env("SETLIST_PLAN", "Everything");
    command.stdin(std::fs::File::open(home.write("input", input)).unwrap());
    ran(command.output().unwrap())
}

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json.md")).unwrap()
}

/// What the table of the page says: each command with the schemas of what it prints.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let page = page();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let name = cells[1].split(['[', ']']).nth(1).unwrap().trim_matches('`');
        assert!(cells[1].contains(&format!("(schemas/{}.json)", name.replace('/', "-"))), "{row}");
        for command in cells[0].split('`').skip(1).step_by(2) {
            // `new --dry-run` prints something else than `new`.
            let command = command.split(" -").next().unwrap();
            found.entry(command.to_owned()).or_default().insert(name.to_owned());
        }
    }
    found
}
