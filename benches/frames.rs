//! From a key to a drawn frame, and the first frame, without a terminal and a disk.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use setlist::app::model::{Model, Start};
use setlist::app::msg::Msg;
use setlist::app::update;
use setlist::domain::library::Library;
use setlist::domain::memory::Memory;
use setlist::domain::placeholder::{self, Values};
use setlist::domain::plan::Plan;
use setlist::domain::settings::Settings;
use setlist::domain::strategy_file;
use setlist::keys::Keymap;
use setlist::store::Store;
use setlist::tui::view::draw;
use setlist::tui::view::theme::{Palette, Theme};

const SIZE: (u16, u16) = (120, 36);

fn main() {
    // Parsed once in the life of the program, in the background of no measurement.
    Store::builtin();
    divan::main();
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn model(library: Library) -> Model {
    let start = Start {
        now: now(),
        zone: TimeZone::UTC,
        size: SIZE,
        user: "ada".into(),
        library,
        memory: Memory { welcomed: true, ..Memory::default() },
        settings: Settings::default(),
        settings_problems: Vec::new(),
        keymap: Keymap::default(),
    };
    Model::new(start)
}

/// A program on a drawn-up terminal.
struct Rig {
    model: Model,
    terminal: Terminal<TestBackend>,
    theme: Theme,
}

impl Rig {
    fn new(library: Library) -> Self {
        let terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
        let mut rig = Self { model: model(library), terminal, theme: Theme::new(Palette::Dark, false) };
        rig.draw();
        rig
    }

    fn draw(&mut self) {
        let (model, theme) = (&self.model, &self.theme);
        self.terminal.draw(|frame| drop(draw(frame, model, theme))).unwrap();
    }

    /// A key, and the frame that shows it.
    fn key(&mut self, code: KeyCode) {
        update(&mut self.model, Msg::Key(KeyEvent::new(code, KeyModifiers::NONE)), now());
        self.draw();
    }

    fn keys(&mut self, keys: &str) {
        for key in keys.chars() {
            self.key(if key == '\n' { KeyCode::Enter } else { KeyCode::Char(key) });
        }
    }
}

/// A key and the key that takes it back, in turns.
fn in_turns(bencher: Bencher<'_, '_>, mut rig: Rig, there: KeyCode, back: KeyCode) {
    let mut way = [there, back].into_iter().cycle();
    bencher.bench_local(|| rig.key(way.next().unwrap()));
}

#[divan::bench(sample_count = 500, sample_size = 4)]
fn move_in_the_browser(bencher: Bencher<'_, '_>) {
    in_turns(bencher, Rig::new(Store::builtin()), KeyCode::Char('j'), KeyCode::Char('k'));
}

#[divan::bench(sample_count = 500, sample_size = 4)]
fn type_in_a_form(bencher: Bencher<'_, '_>) {
    let mut rig = Rig::new(Store::builtin());
    rig.keys("/bug inv\n\nUsers cannot log in, about one attempt in ten");
    in_turns(bencher, rig, KeyCode::Char('x'), KeyCode::Backspace);
}

#[divan::bench(sample_count = 500, sample_size = 4)]
fn move_in_a_plan(bencher: Bencher<'_, '_>) {
    let library = Store::builtin();
    let strategy = library.strategy("bug-investigation").unwrap();
    let faults = placeholder::faults(strategy, &Values::new());
    let values = faults.iter().map(|fault| {
        let placeholder = strategy.placeholder(&fault.name).unwrap();
        (fault.name.clone(), placeholder.read(&placeholder.example).unwrap())
    });
    let plan = Plan::start(strategy, &values.collect(), "2026-11-22-bench", "Bench", now()).unwrap();
    let mut rig = Rig::new(library);
    update(&mut rig.model, Msg::Opened(Box::new(plan), None), now());
    rig.draw();
    assert!(rig.model.workspace.is_some());
    in_turns(bencher, rig, KeyCode::Char('j'), KeyCode::Char('k'));
}

#[divan::bench(args = [17, 10_000, 100_000], sample_count = 30, sample_size = 1)]
fn type_in_the_search(bencher: Bencher<'_, '_>, count: usize) {
    let mut library = Store::builtin();
    let entries = library.entries.clone();
    library.entries = entries.iter().cycle().take(count).cloned().collect();
    let mut rig = Rig::new(library);
    rig.keys("/mig");
    in_turns(bencher, rig, KeyCode::Char('r'), KeyCode::Backspace);
}

/// What happens between the start of the process and its first frame, but for the terminal.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn first_frame(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Rig::new(Store::builtin()));
}

#[divan::bench(sample_count = 100, sample_size = 1)]
fn read_the_built_in_strategies(bencher: Bencher<'_, '_>) {
    let texts: Vec<_> = Store::builtin().entries.into_iter().map(|entry| entry.text).collect();
    bencher.bench_local(|| texts.iter().filter(|text| strategy_file::read(text, None).strategy.is_some()).count());
}
