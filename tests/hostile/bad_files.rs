//! A file that cannot be used harms itself only: the others are there as before, it is left alone, what is said of it
//! names the place and moves no cursor, and neither time, memory nor the stack runs out.

use std::fs;
use std::process::Output;
use std::sync::LazyLock;

use regex::Regex;

use crate::bad_texts::{json, toml};
use crate::common::effort::{Chance, rounds};
use crate::common::pty::Spawn;
use crate::limited;
use crate::place::{Home, STRATEGY, said};

/// Whether a text holds what a terminal acts on, or hides.
fn acts(text: &str) -> Option<char> {
    let hides = |c: char| matches!(c, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e0fff}');
    text.chars().find(|c| (c.is_control() && *c != '\n') || hides(*c))
}

/// Whether `file:line:column` is named, or for what has no line the file.
fn names_place(text: &str, file: &str) -> bool {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^:\d+(:\d+)?: ").unwrap());
    text.match_indices(file).any(|(at, _)| PLACE.is_match(&text[at + file.len()..]))
        || text.contains(&format!("{file} is larger"))
}

#[track_caller]
fn is_fine(what: &str, output: &Output) -> String {
    let text = said(output);
    assert!(limited::ended(output), "{what}: {:?}\n{}", output.status, &text[..text.len().min(2000)]);
    assert_eq!(acts(&text), None, "{what}: {text}");
    assert!(text.len() < 100_000, "{what}: {} bytes are said", text.len());
    text
}

/// A home with a plan that works, its id, and what is said of it alone.
fn good() -> (Home, String) {
    let home = Home::quick();
    let id = home.plan();
    home.ok(&["note", "first", "-p", &id]);
    (home, id)
}

#[test]
fn a_plan_cut_at_any_byte_is_listed_and_the_others_with_it() {
    let (home, id) = good();
    let store = home.store();
    let whole = fs::read(store.plan_path(&id)).unwrap();
    let step = rounds(7, 1);
    let cuts: Vec<usize> = (0..whole.len()).step_by(step).collect();
    let name = |cut: usize| format!("2026-01-01-cut-{cut:06}");
    for cut in &cuts {
        // The same length as the id that is there.
        let text = String::from_utf8_lossy(&whole).replace(&id, &name(*cut));
        let end = (0..=*cut).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        fs::write(store.plan_path(&name(*cut)), &text.as_bytes()[..end]).unwrap();
    }
    let before: Vec<Vec<u8>> = cuts.iter().map(|cut| fs::read(store.plan_path(&name(*cut))).unwrap()).collect();
    let listing = store.list();
    assert!(listing.plans.iter().any(|plan| plan.id == id));
    assert_eq!(listing.plans.len() + listing.broken.len(), cuts.len() + 1);
    // Nearly all of a plan has to be there.
    assert!(listing.broken.len() * 10 > cuts.len() * 5, "{} of {} are broken", listing.broken.len(), cuts.len());
    let now = jiff::Timestamp::now();
    let note =
        setlist::domain::command::Command::AddNote { session: String::new(), turn: String::new(), text: "x".into() };
    for broken in &listing.broken {
        assert!(names_place(&broken.message, &format!("{}.toml", broken.id)), "{}", broken.message);
        assert_eq!(store.load(&broken.id).unwrap_err().message, broken.message);
    }
    for broken in listing.broken.iter().step_by(rounds(40, 20)) {
        store.update(&broken.id, &note, now).unwrap_err();
    }
    for (cut, before) in cuts.iter().zip(before) {
        assert!(fs::read(store.plan_path(&name(*cut))).unwrap() == before, "{cut} was changed");
    }
    store.update(&id, &note, now).unwrap();
    tell!("bad files: cut at {} places, {} broken, each named with its place", cuts.len(), listing.broken.len());
}

#[test]
fn a_strategy_and_the_settings_cut_or_struck_anywhere_harm_themselves_only() {
    let home = Home::quick();
    let store = home.store();
    let mut chance = Chance::of(3);
    let settings = "theme = \"dark\"\nbell = true\nsend = [\"cat\", \"-\"]\n[keys.global]\nquit = \"ctrl-q\"\n";
    let rounds = rounds(200, 20_000);
    for n in 0..rounds {
        let (file, text) = match n % 2 {
            0 => ("data/strategies/struck.toml", STRATEGY.replace("\"small\"", "\"struck\"")),
            _ => ("config/config.toml", settings.to_owned()),
        };
        let mut bytes = text.into_bytes();
        let at = chance.below(bytes.len());
        match chance.below(4) {
            0 => bytes.truncate(at),
            1 => bytes[at] = chance.below(256) as u8,
            2 => bytes.splice(at..at, [0x1b, 0x5b, 0x32, 0x4a]).for_each(drop),
            _ => bytes.splice(at..at, "\u{202e}\u{0}".bytes()).for_each(drop),
        }
        let path = home.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &bytes).unwrap();
        let library = store.library();
        assert!(library.entries.iter().any(|entry| entry.id == "small" && entry.strategy.is_some()));
        let settings = store.settings();
        for problem in library.entries.iter().flat_map(|entry| &entry.problems).chain(&settings.problems) {
            let said = format!("{} {}", problem.message, problem.hint);
            assert_eq!(acts(&said), None, "{said:?}");
        }
        assert!(fs::read(&path).unwrap() == bytes);
        fs::remove_file(&path).unwrap();
    }
    tell!("bad files: {rounds} strategies and settings cut or struck at random");
}

#[test]
fn a_plan_of_any_bytes_is_named_with_its_place_and_left_alone() {
    let (home, id) = good();
    let mut tried = 0;
    for bad in toml("schema = 1\nid = \"2026-01-01-bad-0000\"\n", 16 * 1024 * 1024) {
        let path = home.path("data/plans/2026-01-01-bad-0000.toml");
        fs::write(&path, &bad.bytes).unwrap();
        let listed = is_fine(bad.name, &limited::run(&home, &["list", "--all"]));
        assert!(listed.contains(&id), "{}: {listed}", bad.name);
        assert!(names_place(&listed, "2026-01-01-bad-0000.toml"), "{}: {listed}", bad.name);
        for args in [vec!["show"], vec!["note", "x"]] {
            let args = [args, vec!["-p", "2026-01-01-bad-0000"]].concat();
            let output = limited::run(&home, &args);
            let told = is_fine(bad.name, &output);
            assert!(!output.status.success() && names_place(&told, "2026-01-01-bad-0000.toml"), "{}: {told}", bad.name);
        }
        is_fine(bad.name, &limited::run(&home, &["note", "still", "-p", &id]));
        assert!(fs::read(&path).unwrap() == bad.bytes, "{} was changed", bad.name);
        tried += 1;
    }
    tell!("bad files: {tried} plans of 16 MiB, depth 20,000 or odd bytes, each within 1 GiB of address space");
}

#[test]
fn strategies_settings_packs_and_drafts_of_any_bytes_harm_themselves_only() {
    let (home, id) = good();
    let places: &[(&str, &[&[&str]])] = &[
        ("data/strategies/bad.toml", &[&["strategy", "list"], &["strategy", "lint", "data/strategies/bad.toml"]]),
        ("config/config.toml", &[&["config", "get", "theme"], &["doctor"], &["config", "set", "theme", "dark"]]),
        ("data/packs/packs.toml", &[&["pack", "list"], &["pack", "update"], &["strategy", "list"]]),
        ("state/drafts/small.toml", &[&["list"]]),
    ];
    let mut tried = 0;
    for (at, (file, commands)) in places.iter().enumerate() {
        let path = home.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // Each of them in one of the places, in a short run.
        let step = rounds(places.len(), 1);
        for bad in toml("schema = 1\n", 1024 * 1024).into_iter().skip(at % step).step_by(step) {
            fs::write(&path, &bad.bytes).unwrap();
            for args in *commands {
                let what = format!("{file}, {}: {args:?}", bad.name);
                let told = is_fine(&what, &limited::run(&home, args));
                let changes = args.get(1) == Some(&"set");
                assert!(changes || fs::read(&path).unwrap() == bad.bytes, "{what}: changed");
                if **args == ["strategy", "list"] {
                    assert!(told.contains("small"), "{what}: {told}");
                }
                fs::write(&path, &bad.bytes).unwrap();
                tried += 1;
            }
            is_fine(bad.name, &limited::run(&home, &["show", "-p", &id]));
        }
        fs::remove_file(&path).unwrap();
    }
    tell!("bad files: {tried} commands with a strategy, settings, packs or a draft of odd bytes");
}

#[test]
fn what_is_kept_beside_the_plans_may_be_anything() {
    let mut tried = 0;
    for (n, bad) in json().into_iter().enumerate() {
        let (home, id) = good();
        home.ok(&["stats"]);
        let history = format!("state/history/{id}/index.json");
        let files = ["state/index.json", "state/latest.json", "state/stats.json", "state/memory.json", &history];
        // The history, and one of the others in a short run.
        let (skip, step) = (rounds(n % 4, 0), rounds(4 - n % 4, 1));
        for file in files.into_iter().skip(skip).step_by(step) {
            let path = home.path(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &bad.bytes).unwrap();
            let what = format!("{file}, {}", bad.name);
            for args in
                [&["list"][..], &["status"], &["stats"], &["log"], &["show"], &["note", "x"], &["undo"], &["note", "y"]]
            {
                let output = limited::run(&home, args);
                let told = is_fine(&what, &output);
                // Without its log, only undo may have nothing to do.
                assert!(output.status.success() || args[0] == "undo", "{what}, {args:?}: {told}");
                tried += 1;
            }
            assert!(home.ok(&["show", "--json"]).contains("\"y\""), "{what}: the note is not there");
        }
    }
    tell!("bad files: {tried} commands with an index, a cache or a memory of odd bytes");
}

#[test]
fn the_terminal_interface_opens_beside_bad_files() {
    let name = "2026-01-01-bad-0000";
    let names = ["tables in tables", "line ends", "control characters", "signs", "a header of many names"];
    for name_of in names {
        let home = tempfile::tempdir().unwrap();
        let write = |file: &str, bytes: &[u8]| {
            let path = home.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        };
        let pick =
            |head: &str, size: usize| toml(head, size).into_iter().find(|bad| bad.name == name_of).unwrap().bytes;
        write("state/memory.json", br#"{"welcomed":true}"#);
        let plan = pick(&format!("schema = 1\nid = \"{name}\"\n"), 4 * 1024 * 1024);
        let small = pick("schema = 1\n", 1024 * 1024);
        write(&format!("data/plans/{name}.toml"), &plan);
        for file in ["data/strategies/bad.toml", "config/config.toml", "state/drafts/bug-investigation.toml"] {
            write(file, &small);
        }
        let mut pty = Spawn::setlist().size(120, 40).start_in(home);
        pty.wait_text("Strategies");
        pty.wait_text("Greenfield from scratch");
        pty.send("gp");
        pty.wait_text(name);
        pty.send("\r");
        pty.send("gb");
        pty.wait_text("Greenfield from scratch");
        pty.send("q");
        assert!(pty.exit().success(), "{name_of}");
        assert!(fs::read(pty.home().join(format!("data/plans/{name}.toml"))).unwrap() == plan, "{name_of}");
        assert!(fs::read(pty.home().join("config/config.toml")).unwrap() == small, "{name_of}");
    }
}

#[test]
fn the_judges_see_what_they_look_for() {
    assert_eq!(acts("a\u{1b}[2J"), Some('\u{1b}'));
    assert_eq!(acts("a\u{202e}"), Some('\u{202e}'));
    assert_eq!(acts("a\nb^[\\u{202e}"), None);
    assert!(names_place("x/a.toml:3:4: no", "a.toml") && !names_place("x/a.toml: no", "a.toml"));
}
