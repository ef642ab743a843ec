//! How things look: styles by meaning and glyphs, for every depth of colour and for ASCII.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;

use crate::domain::plan::Standing;

/// Styles and glyphs in force.
#[derive(Debug, Clone)]
pub struct Theme {
    pub style: Styles,
    pub glyph: Glyphs,
}

/// Styles by meaning. Nothing is said by colour alone: a word or glyph stands beside it.
#[derive(Debug, Clone, Copy)]
pub struct Styles {
    pub text: Style,
    pub dim: Style,
    pub heading: Style,
    /// Keys in hints, links between things.
    pub accent: Style,
    /// Good: done, approved, reached.
    pub good: Style,
    /// Theme here: waiting, 80 % of a budget, unverified.
    pub warn: Style,
    /// Bad: an error, over budget, rejected.
    pub bad: Style,
    pub running: Style,
    /// The selected row of the focused pane.
    pub selected: Style,
    /// The selected row of a pane without the focus.
    pub selected_dim: Style,
    /// Characters that match a search.
    pub matched: Style,
    /// Text that a placeholder put into a prompt.
    pub inserted: Style,
    /// The placeholder of the focused field in a prompt.
    pub inserted_here: Style,
    /// A slot of a prompt without a value.
    pub unfilled: Style,
    pub border: Style,
    /// The border of the focused pane.
    pub border_focus: Style,
    /// The cursor in a field.
    pub cursor: Style,
}

/// How many colours there are, and on which background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    Mono,
    /// The terminal's own sixteen.
    Terminal,
    /// Chosen for a dark background, 24 bit.
    Dark,
    /// Chosen for a light background, 24 bit.
    Light,
}

impl Styles {
    pub fn of(palette: Palette) -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        let base = Self {
            text: plain,
            dim: plain.add_modifier(Modifier::DIM),
            heading: bold,
            accent: bold,
            good: plain,
            warn: bold,
            bad: bold,
            running: bold,
            selected: reversed,
            selected_dim: bold,
            matched: plain.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
            inserted: plain.add_modifier(Modifier::UNDERLINED),
            inserted_here: plain.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
            unfilled: plain.add_modifier(Modifier::BOLD | Modifier::ITALIC),
            border: plain.add_modifier(Modifier::DIM),
            border_focus: bold,
            cursor: reversed,
        };
        let colours = |[accent, good, warn, bad, running, matched, inserted]: [Color; 7]| Self {
            accent: base.accent.fg(accent),
            heading: base.heading,
            good: plain.fg(good),
            warn: plain.fg(warn).add_modifier(Modifier::BOLD),
            bad: plain.fg(bad).add_modifier(Modifier::BOLD),
            running: plain.fg(running).add_modifier(Modifier::BOLD),
            matched: base.matched.fg(matched),
            inserted: plain.fg(inserted),
            inserted_here: plain.fg(inserted).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            unfilled: plain.fg(warn).add_modifier(Modifier::BOLD),
            border_focus: plain.fg(accent).add_modifier(Modifier::BOLD),
            ..base
        };
        match palette {
            Palette::Mono => base,
            Palette::Terminal => colours([
                Color::Cyan,
                Color::Green,
                Color::Yellow,
                Color::Red,
                Color::Green,
                Color::Yellow,
                Color::Cyan,
            ]),
            Palette::Dark => {
                let theme = colours([
                    Color::Rgb(122, 162, 247),
                    Color::Rgb(158, 206, 106),
                    Color::Rgb(224, 175, 104),
                    Color::Rgb(247, 118, 142),
                    Color::Rgb(115, 218, 202),
                    Color::Rgb(255, 199, 119),
                    Color::Rgb(125, 207, 255),
                ]);
                Self { dim: plain.fg(Color::Rgb(130, 139, 170)), border: plain.fg(Color::Rgb(84, 92, 126)), ..theme }
            }
            Palette::Light => {
                let theme = colours([
                    Color::Rgb(31, 81, 176),
                    Color::Rgb(36, 110, 36),
                    Color::Rgb(140, 84, 0),
                    Color::Rgb(176, 20, 52),
                    Color::Rgb(0, 112, 98),
                    Color::Rgb(140, 84, 0),
                    Color::Rgb(0, 96, 134),
                ]);
                Self { dim: plain.fg(Color::Rgb(98, 104, 124)), border: plain.fg(Color::Rgb(156, 162, 182)), ..theme }
            }
        }
    }
}

/// Glyphs by meaning. Each is one column wide.
#[derive(Debug, Clone, Copy)]
pub struct Glyphs {
    pub done: &'static str,
    /// A turn closed without its evidence.
    pub unverified: &'static str,
    /// A turn left out.
    pub skipped: &'static str,
    pub running: &'static str,
    pub paused: &'static str,
    /// Not begun, and nothing in the way.
    pub ready: &'static str,
    /// Not begun, something in the way.
    pub waiting: &'static str,
    pub gate_passed: &'static str,
    pub gate_open: &'static str,
    pub gate_rejected: &'static str,
    pub cursor: &'static str,
    pub open: &'static str,
    pub closed: &'static str,
    /// A favourite.
    pub star: &'static str,
    /// A part of a bar that is used up.
    pub full: &'static str,
    /// A part of a bar that is left.
    pub empty: &'static str,
    /// A part of a bar beyond its end.
    pub over: &'static str,
    /// A planned stretch.
    pub planned: &'static str,
    /// Between things in a row.
    pub dot: &'static str,
    /// Text goes on where it does not fit.
    pub ellipsis: &'static str,
    /// Heights of a small chart, lowest first.
    pub chart: [&'static str; 8],
    /// The text cursor of a field without the focus.
    pub bar: &'static str,
    /// From one thing to another.
    pub arrow: &'static str,
    pub border: border::Set<'static>,
    pub border_focus: border::Set<'static>,
}

impl Glyphs {
    pub const UNICODE: Self = Self {
        done: "✓",
        unverified: "?",
        skipped: "-",
        running: "▸",
        paused: "‖",
        ready: "○",
        waiting: "·",
        gate_passed: "◆",
        gate_open: "◇",
        gate_rejected: "✗",
        cursor: "▌",
        open: "▾",
        closed: "▸",
        star: "★",
        full: "█",
        empty: "░",
        over: "▓",
        planned: "·",
        dot: "·",
        ellipsis: "…",
        chart: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
        bar: "▏",
        arrow: "→",
        border: border::ROUNDED,
        border_focus: border::THICK,
    };

    pub const ASCII: Self = Self {
        done: "x",
        unverified: "?",
        skipped: "-",
        running: ">",
        paused: "=",
        ready: "o",
        waiting: ".",
        gate_passed: "#",
        gate_open: "<",
        gate_rejected: "!",
        cursor: ">",
        open: "v",
        closed: ">",
        star: "*",
        full: "#",
        empty: "-",
        over: "!",
        planned: ".",
        dot: "-",
        ellipsis: "~",
        chart: ["_", "_", ".", ".", "-", "-", "^", "^"],
        bar: "|",
        arrow: ">",
        border: ASCII_BORDER,
        border_focus: ASCII_FOCUS,
    };
}

const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

const ASCII_FOCUS: border::Set<'static> = border::Set {
    top_left: "#",
    top_right: "#",
    bottom_left: "#",
    bottom_right: "#",
    vertical_left: "#",
    vertical_right: "#",
    horizontal_top: "=",
    horizontal_bottom: "=",
};

impl Theme {
    /// The look of a palette, in Unicode or ASCII.
    pub fn new(palette: Palette, ascii: bool) -> Self {
        Self { style: Styles::of(palette), glyph: if ascii { Glyphs::ASCII } else { Glyphs::UNICODE } }
    }

    /// What stands between a figure and what became of it; in ASCII no sign that compares.
    pub fn to(&self) -> &'static str {
        if self.glyph.arrow.is_ascii() { "->" } else { self.glyph.arrow }
    }

    /// The glyph and style of a turn's standing.
    pub fn standing(&self, standing: Standing) -> (&'static str, Style) {
        match standing {
            Standing::Ready => (self.glyph.ready, self.style.text),
            Standing::Waiting => (self.glyph.waiting, self.style.dim),
            Standing::Running => (self.glyph.running, self.style.running),
            Standing::Paused => (self.glyph.paused, self.style.warn),
            Standing::Done => (self.glyph.done, self.style.good),
            Standing::Unverified => (self.glyph.unverified, self.style.warn),
            Standing::Skipped => (self.glyph.skipped, self.style.dim),
        }
    }

    /// A bar of `width` columns for `used` per cent, with the style that says how much it is.
    pub fn budget_bar(&self, used: u64, width: u16) -> (String, Style) {
        let filled = (used.min(100) as usize * usize::from(width)).div_ceil(100);
        let glyph = if used > 100 { self.glyph.over } else { self.glyph.full };
        let bar = glyph.repeat(filled) + &self.glyph.empty.repeat(usize::from(width) - filled);
        (bar, self.budget_style(used))
    }

    /// The style of a budget used to `used` per cent: 80 % warns, 100 % is bad.
    pub fn budget_style(&self, used: u64) -> Style {
        match used {
            0..80 => self.style.good,
            80..100 => self.style.warn,
            100.. => self.style.bad,
        }
    }
}
