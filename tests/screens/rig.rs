//! Keys in, screen out: the real model, view and store, on a drawn-up terminal, in a temporary
//! directory, at a time that stands still unless a test moves it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::path::Path;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use setlist::app::model::{Model, Start};
use setlist::app::msg::ClickTarget;
use setlist::app::msg::{Effect, Msg};
use setlist::app::update;
use setlist::domain::command::Command;
use setlist::domain::library::{Library, Source};
use setlist::domain::memory::Memory;
use setlist::domain::settings::Settings;
use setlist::keys::Keymap;
use setlist::store::{Dirs, Store};
use setlist::tui::effects::EffectRunner;
use setlist::tui::view::theme::{Palette, Theme};
use setlist::tui::view::{HitMap, draw};
use tempfile::TempDir;

thread_local! {
    static NOW: Cell<Timestamp> = const { Cell::new(Timestamp::UNIX_EPOCH) };
}

fn clock() -> Zoned {
    NOW.get().to_zoned(TimeZone::UTC)
}

/// A program under test.
pub struct Rig {
    /// Its model.
    pub model: Model,
    /// Effects that are the loop's, in order: copies, sends, editors, bells.
    pub outside: Vec<Effect>,
    /// The look it is drawn with.
    pub theme: Theme,
    /// Where it keeps its files.
    pub home: TempDir,
    runner: EffectRunner,
    size: (u16, u16),
    hits: RefCell<HitMap>,
}

impl Rig {
    /// A program on empty directories, past the first-run card, at 80x24.
    pub fn new() -> Self {
        Self::at(80, 24)
    }

    /// The same at another size.
    pub fn at(columns: u16, rows: u16) -> Self {
        let home = tempfile::tempdir().unwrap();
        Self::start(home, (columns, rows), Memory { welcomed: true, ..Memory::default() })
    }

    /// As a person meets it who never started it.
    pub fn first_run(columns: u16, rows: u16) -> Self {
        Self::start(tempfile::tempdir().unwrap(), (columns, rows), Memory::default())
    }

    /// A program on directories that are there already, past the first-run card, with what `change` says.
    pub fn on(home: TempDir, size: (u16, u16), change: impl FnOnce(&mut Start)) -> Self {
        Self::start_with(home, size, Memory { welcomed: true, ..Memory::default() }, change)
    }

    fn start(home: TempDir, size: (u16, u16), memory: Memory) -> Self {
        Self::start_with(home, size, memory, |_| {})
    }

    fn start_with(home: TempDir, size: (u16, u16), memory: Memory, change: impl FnOnce(&mut Start)) -> Self {
        if NOW.get() == Timestamp::UNIX_EPOCH {
            NOW.set("2026-11-22T14:00:00Z".parse().unwrap());
        }
        let store = Store::new(dirs(home.path()));
        let mut start = Start {
            now: NOW.get(),
            zone: TimeZone::UTC,
            size,
            user: "ada".into(),
            library: pictured(Store::builtin()),
            memory,
            settings: Settings::default(),
            settings_problems: Vec::new(),
            keymap: Keymap::default(),
        };
        change(&mut start);
        let (model, effects) = setlist::app::start(start);
        let runner = EffectRunner::new(store, clock, home.path().join("reports"));
        std::fs::create_dir_all(home.path().join("reports")).unwrap();
        let theme = Theme::new(Palette::Terminal, false);
        let mut rig = Self { model, outside: Vec::new(), theme, home, runner, size, hits: RefCell::default() };
        rig.run(effects);
        rig
    }

    /// Leaves with `q`, and starts again on the same directories.
    pub fn restart(mut self) -> Self {
        self.keys("q");
        assert_eq!(self.outside.last(), Some(&Effect::Quit), "{}", self.screen());
        let store = Store::new(dirs(self.home.path()));
        let memory = store.memory();
        Self::start(self.home, self.size, memory)
    }

    /// Presses keys: characters stand for themselves, others are named: `<enter>`, `<ctrl-s>`.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in parse(keys) {
            self.msg(Msg::Key(key));
        }
        self
    }

    /// Pastes text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.msg(Msg::Paste(text.into()))
    }

    /// Clicks on the first place where the screen shows `text`.
    pub fn click(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains(text)).expect(text);
        let column = line[..line.find(text).unwrap()].chars().count();
        let target = self.hits.borrow().at(column as u16, row as u16);
        assert_ne!(target, ClickTarget::Nowhere, "nothing to click at {text:?}");
        self.msg(Msg::Click(target))
    }

    /// Hands a message in and performs everything that follows from it.
    pub fn msg(&mut self, msg: Msg) -> &mut Self {
        let effects = update(&mut self.model, msg, NOW.get());
        self.run(effects);
        self
    }

    /// Has an effect performed, as if the model had asked for it.
    pub fn perform(&mut self, effect: Effect) -> &mut Self {
        self.run(vec![effect]);
        self
    }

    fn run(&mut self, effects: Vec<Effect>) {
        let mut queue: VecDeque<Effect> = effects.into();
        while let Some(effect) = queue.pop_front() {
            let messages = self.runner.perform(effect.clone()).unwrap_or_else(|| {
                let copied = match &effect {
                    Effect::Copy(_, turn) => vec![Msg::Copied("copied".into(), turn.clone())],
                    _ => vec![],
                };
                self.outside.push(effect);
                copied
            });
            for message in messages {
                let message = match message {
                    Msg::Library(library) => Msg::Library(Box::new(pictured(*library))),
                    other => other,
                };
                queue.extend(update(&mut self.model, message, NOW.get()));
            }
        }
    }

    /// Changes the open plan as the command line would, while the program shows it.
    pub fn does(&mut self, command: Command) -> &mut Self {
        let plan = self.model.workspace.as_ref().unwrap().plan.id.clone();
        self.run(vec![Effect::Apply(plan, command)]);
        self
    }

    /// Lets time pass, with a tick at the end.
    pub fn wait_minutes(&mut self, minutes: i64) -> &mut Self {
        NOW.set(NOW.get() + minutes.minutes());
        self.msg(Msg::Tick)
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.size = (columns, rows);
        self.msg(Msg::Resize(columns, rows))
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for row in buffer.content.chunks(usize::from(self.size.0)) {
            let mut skip = 0;
            let mut line = String::new();
            for cell in row {
                if skip == 0 {
                    line.push_str(cell.symbol());
                    skip = unicode_width::UnicodeWidthStr::width(cell.symbol()).max(1);
                }
                skip -= 1;
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// Each row of the screen, and below it the styles: a letter for each meaning.
    pub fn styles(&self) -> String {
        let style = self.theme.style;
        let meanings = [
            (style.text, ' '),
            (style.dim, 'd'),
            (style.good, 'g'),
            (style.warn, 'w'),
            (style.bad, 'b'),
            (style.inserted_here, 'I'),
            (style.inserted, 'i'),
            (style.border_focus, 'a'),
            (style.accent, 'a'),
            (style.heading, 'h'),
            (style.cursor, 'C'),
            (style.unfilled, 'u'),
            (style.border, 'd'),
        ];
        let mut out = String::new();
        for row in self.buffer().content.chunks(usize::from(self.size.0)) {
            let text: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            let letters: String = row
                .iter()
                .map(|cell| {
                    let seen = (cell.fg, cell.modifier);
                    let found =
                        meanings.iter().find(|(style, _)| (style.fg.unwrap_or_default(), style.add_modifier) == seen);
                    found.map_or('?', |(_, letter)| *letter)
                })
                .collect();
            out.extend([text.trim_end(), "\n", letters.trim_end(), "\n"]);
        }
        out
    }

    fn buffer(&self) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        terminal.draw(|frame| *self.hits.borrow_mut() = draw(frame, &self.model, &self.theme)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// The bytes that the terminal gets for a whole frame.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let viewport = Viewport::Fixed(Rect::new(0, 0, self.size.0, self.size.1));
        let mut terminal =
            Terminal::with_options(CrosstermBackend::new(&mut out), TerminalOptions { viewport }).unwrap();
        terminal.draw(|frame| *self.hits.borrow_mut() = draw(frame, &self.model, &self.theme)).unwrap();
        drop(terminal);
        out
    }

    /// What can be clicked at a cell of the frame that was drawn last.
    pub fn target(&self, column: u16, row: u16) -> ClickTarget {
        self.hits.borrow().at(column, row)
    }

    /// The status line.
    pub fn status(&self) -> String {
        self.model.status.as_ref().map(|status| status.text.clone()).unwrap_or_default()
    }

    /// The plan files' contents, one after another.
    pub fn plan_text(&self) -> String {
        let folder = self.home.path().join("data/plans");
        let mut texts = Vec::new();
        for file in std::fs::read_dir(folder).unwrap() {
            texts.push(std::fs::read_to_string(file.unwrap().path()).unwrap());
        }
        texts.join("\n")
    }
}

/// The built-in strategies that the snapshots show. A newer one is left out of them, so that it changes no picture.
const PICTURED: &[&str] = &[
    "api-performance-optimization",
    "bug-investigation",
    "codebase-discovery",
    "competitive-analysis",
    "database-migration",
    "distributed-systems",
    "feature-poorly-tested",
    "feature-well-tested",
    "greenfield-from-scratch",
    "incremental-integration",
    "machine-learning",
    "parallel-development",
    "rest-api",
    "serial-deep-work",
    "system-migration",
    "systematic-optimization",
    "technical-due-diligence",
];

fn pictured(mut library: Library) -> Library {
    library.entries.retain(|entry| entry.source != Source::BuiltIn || PICTURED.contains(&entry.id.as_str()));
    library
}

pub fn dirs(home: &Path) -> Dirs {
    Dirs { data: home.join("data"), config: home.join("config"), state: home.join("state"), project: None }
}

fn parse(keys: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest
            .strip_prefix('<')
            .and_then(|inner| inner.split_once('>'))
            .filter(|(name, _)| !name.is_empty() && !name.contains(' '));
        if let Some((name, after)) = named {
            events.push(named_key(name));
            rest = after;
        } else {
            events.push(if c == '\n' {
                named_key("enter")
            } else {
                KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)
            });
            rest = &rest[c.len_utf8()..];
        }
    }
    events
}

/// A key by its name: `ctrl-s`, `enter`, `x`.
pub fn named_key(name: &str) -> KeyEvent {
    let (modifiers, name) = match name.split_once('-') {
        Some(("ctrl", name)) => (KeyModifiers::CONTROL, name),
        Some(("S", name)) => (KeyModifiers::SHIFT, name),
        _ => (KeyModifiers::NONE, name),
    };
    let code = match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "tab" if modifiers == KeyModifiers::SHIFT => KeyCode::BackTab,
        "tab" => KeyCode::Tab,
        "space" => KeyCode::Char(' '),
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "home" => KeyCode::Home,
        "end" => KeyCode::End,
        "pgup" => KeyCode::PageUp,
        "pgdn" => KeyCode::PageDown,
        "backspace" => KeyCode::Backspace,
        "delete" => KeyCode::Delete,
        "lt" => KeyCode::Char('<'),
        name if name.chars().count() == 1 => KeyCode::Char(name.chars().next().unwrap()),
        name => KeyCode::F(name[1..].parse().unwrap_or_else(|_| panic!("no key <{name}>"))),
    };
    KeyEvent::new(code, modifiers)
}
