//! Text that would command the terminal, in every field, on every screen: looked for in the bytes that the terminal
//! gets.
//!
//! The fields are found by walking the documents, the keys by walking the key table, so that neither a new field nor
//! a new screen is forgotten. `SETLIST_TORTURE=1` puts every payload into every field and presses far more keys.

use std::collections::BTreeSet;
use std::path::Path;

use setlist::app::model::{Overlay, Screen};
use setlist::app::msg::{Effect, Failure, Msg};
use setlist::keys::TABLE;
use setlist::tui::runtime::alert;
use tempfile::TempDir;

use crate::effort::{Chance, rounds};
use crate::full_plan;
use crate::hostile::{May, found, payload, payloads};
use crate::rig::Rig;

/// Files that are somebody else's words: a strategy, plans, file names, errors.
struct Surroundings {
    home: TempDir,
    open: String,
    turn: usize,
}

impl Surroundings {
    fn make(turn: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (open, _) = full_plan::surroundings(home.path(), turn);
        Self { home, open, turn }
    }

    /// A program on a copy of the files, with the plan open that is under way.
    fn program(&self) -> Rig {
        let home = tempfile::tempdir().unwrap();
        copy(self.home.path(), home.path());
        let mut rig = Rig::on(home, (100, 30), |start| {
            start.user = payload(self.turn + 5);
            start.settings_problems = vec![format!("config.toml:1:1: {}", payload(self.turn + 6))];
            start.memory.values.insert("what".into(), vec![payload(self.turn + 7), payload(self.turn + 8)]);
        });
        rig.perform(Effect::LoadLibrary).perform(Effect::ListPlans).perform(Effect::Open(self.open.clone()));
        rig
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Nothing in the frame, the notifications and the title commands the terminal.
#[track_caller]
fn harmless(rig: &mut Rig, how: &str) -> BTreeSet<u32> {
    let bytes = rig.bytes();
    let wrong = found(&bytes, May::Frames);
    assert!(wrong.is_empty(), "{how}: {wrong:?}\n{}", rig.screen());
    for effect in std::mem::take(&mut rig.outside) {
        if let Effect::Notify(text) = effect {
            let wrong = found(alert::notification(&text).as_bytes(), May::Interface);
            assert!(wrong.is_empty(), "{how}: {text:?}");
            let wrong = found(alert::title(&text).as_bytes(), May::Interface);
            assert!(wrong.is_empty(), "{how}: {text:?}");
        }
    }
    marks(&rig.screen())
}

/// The numbers of the fields whose text is on the screen.
fn marks(screen: &str) -> BTreeSet<u32> {
    let parts = screen.split('Q').skip(1);
    parts.filter_map(|part| part.split_once('Z')?.0.parse().ok()).collect()
}

/// Where the program is, in a word.
fn place(rig: &Rig) -> String {
    let overlay = match &rig.model.overlay {
        None => "",
        Some(Overlay::Help { .. }) => "+help",
        Some(Overlay::Palette { .. }) => "+palette",
        Some(Overlay::Dialog(_)) => "+dialog",
        Some(Overlay::Findings { .. }) => "+findings",
        Some(Overlay::Compare(_)) => "+compare",
        Some(Overlay::Sending { .. }) => "+sending",
        Some(Overlay::Welcome) => "+welcome",
    };
    let reviewing = rig.model.screen == Screen::Form && rig.model.form.as_ref().is_some_and(|form| form.reviewing);
    let page = if reviewing { "+review" } else { "" };
    format!("{}{page}{overlay}", rig.model.screen.name())
}

/// Ways from an open plan of two sessions to every screen and every overlay.
const WAYS: [&str; 43] = [
    "",
    "}",
    "+++LL",
    "!",
    "?",
    ":",
    "<enter>",
    "<enter>1]",
    "<enter>2",
    "<enter>3",
    "<enter>4",
    "<enter>2z",
    "<enter>4z",
    "<enter>JJJ",
    "<enter>r",
    "<enter>m",
    "<enter>b",
    "<enter>c",
    "<enter>a",
    "<enter>x<tab>",
    "<enter>Y",
    "<enter>!",
    "<enter>e",
    "w",
    "wG",
    "wjjjj",
    "wD",
    "gp",
    "gpjjj",
    "gpG",
    "gpG<enter>",
    "gpG<enter>G",
    "gpGD",
    "gpj<enter>",
    "gpj<enter>w",
    "gpj<enter>wG",
    "gt",
    "gtjjj",
    "gb",
    "gbG",
    "gb/full<enter>",
    "gb/full<enter><enter>",
    "gb/full<enter><enter>typed<esc>r",
];

#[test]
fn on_every_screen_in_every_field() {
    let mut seen = BTreeSet::new();
    let mut places = BTreeSet::new();
    for turn in 0..rounds(1, payloads().len()) {
        let files = Surroundings::make(turn);
        for keys in WAYS {
            let mut rig = files.program();
            rig.keys(keys);
            rig.resize(120, 50);
            seen.extend(harmless(&mut rig, &format!("{keys:?}, turn {turn}")));
            places.insert(place(&rig));
        }
    }
    let wanted = [
        "browser",
        "form",
        "form+review",
        "workspace",
        "lanes",
        "plans",
        "stats",
        "wrap-up",
        "workspace+dialog",
        "workspace+findings",
        "plans+compare",
        "plans+dialog",
    ];
    for place in wanted {
        assert!(places.contains(place), "{place} was not reached: {places:?}");
    }
    assert!(seen.len() > 40, "few fields were on any screen: {seen:?}");
}

/// A key of the key table, as the rig takes it.
fn any_key(chance: &mut Chance) -> String {
    let binding = &TABLE[chance.below(TABLE.len())];
    let keys = binding.keys;
    if keys.is_empty() {
        return String::new();
    }
    let chords = keys[chance.below(keys.len())].split_whitespace();
    chords.map(|chord| if chord.len() == 1 { chord.to_owned() } else { format!("<{chord}>") }).collect()
}

/// Something that happens to a program: a key, words typed or pasted, a click, news from outside.
fn something(rig: &mut Rig, chance: &mut Chance) -> String {
    let payload = payload(chance.below(payloads().len()));
    let failure = || Failure { message: payload.clone(), hint: payload.clone(), refused: false };
    match chance.below(40) {
        0 => {
            rig.paste(&payload);
            format!("paste {payload:?}")
        }
        1 => {
            rig.keys("word ");
            "typed".into()
        }
        2 => {
            let target = rig.target(chance.below(100) as u16, chance.below(30) as u16);
            rig.msg(Msg::Click(target));
            format!("{target:?}")
        }
        3 => {
            let msg = match chance.below(6) {
                0 => Msg::Failed(failure()),
                1 => Msg::Told(payload.clone()),
                2 => Msg::NoStats(failure()),
                3 => Msg::SendOutput(payload.clone()),
                4 => Msg::SendDone(Some(chance.below(2) as i32), payload.clone()),
                _ => Msg::Copied(payload.clone(), None),
            };
            let told = format!("{msg:?}");
            rig.msg(msg);
            told
        }
        4 => {
            rig.msg(Msg::Focus(false)).wait_minutes(7).msg(Msg::Focus(chance.below(2) == 0));
            "away".into()
        }
        5..10 => {
            let keys = ["<esc>", "<enter>", "gp", "gb", "gw", "gt", "w", "j"][chance.below(8)];
            rig.keys(keys);
            keys.into()
        }
        _ => {
            let key = any_key(chance);
            rig.keys(&key);
            key
        }
    }
}

#[test]
fn wherever_any_keys_lead() {
    let (mut places, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..rounds(1, 10) {
        let files = Surroundings::make(round);
        let mut chance = Chance::of(round);
        let mut rig = files.program();
        let mut way = Vec::new();
        for _ in 0..200 {
            way.push(something(&mut rig, &mut chance));
            seen.extend(harmless(&mut rig, &format!("round {round}: {way:?}")));
            places.insert(place(&rig));
        }
    }
    assert!(places.len() > 5 && seen.len() > 20, "{places:?} {seen:?}");
}

/// Every screen at sizes from 1x1 to 500x200: it is drawn, fits, and is harmless.
#[test]
fn every_screen_at_every_size() {
    let (few, many) =
        ([1, 2, 9, 31, 66], [1, 2, 3, 5, 9, 14, 20, 26, 31, 39, 47, 60, 66, 79, 99, 100, 120, 160, 250, 400]);
    let columns = if rounds(0, 1) == 1 { &many[..] } else { &few[..] };
    let files = Surroundings::make(0);
    for keys in WAYS {
        let mut rig = files.program();
        rig.keys(keys);
        let sizes = columns.iter().flat_map(|columns| [1, 2, 4, 6, 11, 24].map(|rows| (*columns, rows)));
        for (columns, rows) in sizes.chain([(500, 200), (500, 1), (1, 200)]) {
            rig.resize(columns, rows);
            harmless(&mut rig, &format!("{keys:?} at {columns}x{rows}"));
            for line in rig.screen().lines() {
                let width = unicode_width::UnicodeWidthStr::width(line);
                assert!(width <= usize::from(columns), "{keys:?} at {columns}x{rows}: {line}");
            }
        }
    }
}
