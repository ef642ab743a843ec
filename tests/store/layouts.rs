//! Plan files that people laid out in their own way stay laid out so.

use setlist::domain::command::{Command, TurnRef};
use setlist::domain::placeholder::{Value, Values};
use setlist::domain::plan::Plan;
use setlist::domain::strategy_file;

use crate::common::*;

fn look() -> TurnRef {
    TurnRef::new("one", "look")
}

/// A plan with a value that is a list.
fn with_files(place: &Place) -> Plan {
    let files =
        "[[placeholders]]\nname = \"files\"\nkind = \"list\"\ndefault = [\"a\", \"b\"]\n\n[[sessions]]\nid = \"one\"";
    let text = STRATEGY.replacen("[[sessions]]\nid = \"one\"", files, 1);
    let strategy = strategy_file::read(&text, Some("small")).strategy.unwrap();
    place.store.create(&strategy, &Values::new(), "Fix login", &now()).unwrap()
}

fn set_files(place: &Place, id: &str, files: &[&str]) {
    let value = Value::List(files.iter().map(ToString::to_string).collect());
    let change =
        place.store.update(id, &Command::SetValue { name: "files".into(), value: Some(value) }, later(1)).unwrap();
    assert_eq!(place.store.load(id).unwrap().plan, change.plan);
}

#[test]
fn a_list_in_one_line_stays_in_one_line() {
    let place = Place::new();
    let id = with_files(&place).id;
    let values = "[values]\nfiles = [\n    \"a\",\n    \"b\",\n]\n";
    place.edit(&id, |text| text.replacen(values, "[values]\nfiles = ['a', 'b'] # by name\n", 1));
    for (files, line) in [
        (&["a", "b", "c"][..], "files = ['a', 'b', \"c\"] # by name"),
        (&["z", "a", "b", "c"], "files = [\"z\", 'a', 'b', \"c\"] # by name"),
        (&["z", "a", "y", "c"], "files = [\"z\", 'a', \"y\", \"c\"] # by name"),
        (&["a", "y", "c"], "files = ['a', \"y\", \"c\"] # by name"),
    ] {
        set_files(&place, &id, files);
        let text = place.text(&id);
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn a_list_in_lines_keeps_them_with_the_remarks_in_it() {
    let place = Place::new();
    let id = with_files(&place).id;
    let values = "[values]\nfiles = [\n    \"a\",\n    \"b\",\n]\n";
    let mine = "[values]\nfiles = [\n  # the first\n  \"a\",\n  # the last\n  \"b\",\n]\n";
    place.edit(&id, |text| text.replacen(values, mine, 1));
    set_files(&place, &id, &["a", "x", "b"]);
    let text = place.text(&id);
    for part in ["files = [\n  # the first\n  \"a\",", "\n  # the last\n", "\n  \"x\",", "\n  \"b\",\n]"] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    set_files(&place, &id, &["c", "x", "b"]);
    let text = place.text(&id);
    assert!(text.contains("files = [\n  # the first\n  \"c\","), "the remark is about the place: {text}");
}

#[test]
fn notes_in_braces_get_their_next_in_braces_and_lose_it_again() {
    let place = Place::new();
    let id = place.plan().id;
    let at = later(0);
    let first = format!("{{ at = \"{at}\", session = \"\", turn = \"\", text = 'mine', mood = 'good' }}");
    place.edit(&id, |text| text.replacen("notes = []", &format!("notes = [ # all of them\n  {first},\n]"), 1));
    place.note(&id, "second");
    let text = place.text(&id);
    assert!(text.contains(&format!("notes = [ # all of them\n  {first},\n  {{ ")), "{text}");
    assert_eq!(place.notes(&id), ["mine", "second"]);
    place.store.undo(&id, later(2)).unwrap();
    assert_eq!(place.notes(&id), ["mine"]);
    let text = place.text(&id);
    assert!(text.contains(&format!("notes = [ # all of them\n  {first},\n]")), "{text}");
}

#[test]
fn tables_in_braces_and_dotted_keys_are_changed_where_they_stand() {
    let place = Place::new();
    let id = place.plan().id;
    let gone = place.text(&id);
    let review = &gone[gone.find("[review]").unwrap()..gone.find("[[sessions]]").unwrap()];
    let values = &gone[gone.find("[values]").unwrap()..gone.find("[review]").unwrap()];
    place.edit(&id, |text| {
        let text = text.replacen(review, "", 1).replacen(values, "", 1);
        text.replacen(
            "archived = false\n",
            "values = { topic = 'logins', mine = 'x' } # few\nreview.helped = '' # yet\n",
            1,
        )
    });
    let value = Some(Value::Text("logouts".into()));
    place.store.update(&id, &Command::SetValue { name: "topic".into(), value }, later(1)).unwrap();
    let text = place.text(&id);
    assert!(text.contains("values = { topic = \"logouts\", mine = 'x' } # few"), "{text}");
    assert!(text.contains("review.helped = '' # yet"), "{text}");
    assert!(!text.contains("archived"), "what the file leaves out stays out: {text}");
}

#[test]
fn remarks_around_a_line_that_goes_stay_with_its_neighbours() {
    for after in ["", "mine = 1\n"] {
        let place = Place::new();
        let id = place.plan().id;
        place.store.update(&id, &Command::StartTurn(look()), later(0)).unwrap();
        let line = format!("running_since = \"{}\"\n", later(0));
        assert!(place.text(&id).contains(&line), "{}", place.text(&id));
        // Last in its table, or before one more line.
        place.edit(&id, |text| {
            let text = text.replacen(&line, "", 1);
            let line = format!("# since when\n{} # by the clock\n{after}\n[sessions.turns.gate]", line.trim_end());
            text.replacen("\n[sessions.turns.gate]", &line, 1)
        });
        let change = place.store.update(&id, &Command::PauseTurn(look()), later(60)).unwrap();
        assert_eq!(place.store.load(&id).unwrap().plan, change.plan);
        let text = place.text(&id);
        assert!(!text.contains("running_since"), "{text}");
        let remarks = format!("# since when\n# by the clock\n{after}");
        assert!(text.contains(&remarks), "{remarks} is not in\n{text}");
        let rest = &text[text.find("# since when").unwrap()..];
        assert!(rest.find("[sessions.turns.gate]").unwrap() < rest.find("[[sessions]]").unwrap(), "{text}");
    }
}

#[test]
fn a_plan_that_has_grown_too_large_is_refused_and_the_file_is_as_it_was() {
    let place = Place::new();
    let id = place.plan().id;
    let large = "x".repeat(9 * 1024 * 1024);
    place.note(&id, &large);
    let before = place.text(&id);
    let error = place.store.update(&id, &note(&large), later(2)).unwrap_err();
    assert_eq!(error.code, setlist::store::ErrorCode::Invalid, "{}", error.hint);
    assert!(error.message.starts_with("not saved: the plan would be larger than 16 MiB"), "{:.200}", error.message);
    assert!(place.text(&id) == before, "nothing was written");
    place.store.undo(&id, later(3)).unwrap();
    assert!(place.notes(&id).is_empty());
}

#[test]
fn a_plan_of_too_many_parts_is_refused_with_the_place() {
    let place = Place::new();
    let id = place.plan().id;
    place.edit(&id, |text| format!("{text}{}", "\n".repeat(1_000_001)));
    let error = place.store.load(&id).unwrap_err();
    assert_eq!(error.code, setlist::store::ErrorCode::Corrupt);
    assert!(error.message.contains("more than 1000000 keys") && error.message.contains(".toml:"), "{error}");
    assert!(place.store.list().broken[0].recoverable);
}
