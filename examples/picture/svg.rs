//! A terminal's screen as an SVG. Lines and blocks are drawn as shapes, so that they meet whatever
//! the font; words are placed on the grid one by one.

use std::fmt::Write;

use vt100::{Cell, Color, Screen};

/// A cell, in pixels: the advance of the usual monospaced fonts is 0.602 of their size.
const SIZE: f64 = 14.0;
const WIDTH: f64 = 8.43;
const HEIGHT: f64 = 18.0;
/// From the top of a cell to the foot of its letters.
const BASE: f64 = 13.5;
/// Around the screen, and above it.
const MARGIN: f64 = 14.0;
const BAR: f64 = 30.0;

const BACKGROUND: &str = "#1a1b26";
const FOREGROUND: &str = "#c0caf5";

/// Colours 0 to 15.
const COLOURS: [&str; 16] = [
    "#15161e", "#f7768e", "#9ece6a", "#e0af68", "#7aa2f7", "#bb9af7", "#7dcfff", "#a9b1d6", "#414868", "#f7768e",
    "#9ece6a", "#e0af68", "#7aa2f7", "#bb9af7", "#7dcfff", "#c0caf5",
];

/// Draws `screen`.
pub fn draw(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let (width, height) = (f64::from(columns) * WIDTH + 2.0 * MARGIN, f64::from(rows) * HEIGHT + MARGIN + BAR);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" \
         font-family=\"'DejaVu Sans Mono', Menlo, 'Liberation Mono', Consolas, monospace\" font-size=\"{SIZE}\">\n\
         <title>Setlist: a plan under way</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{BACKGROUND}\"/>\n"
    );
    for (at, colour) in ["#f7768e", "#e0af68", "#9ece6a"].iter().enumerate() {
        let x = MARGIN + 6.0 + 18.0 * at as f64;
        let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{:.1}\" r=\"5\" fill=\"{colour}\"/>", BAR / 2.0);
    }
    let _ = writeln!(out, "<g transform=\"translate({MARGIN} {BAR})\" fill=\"{FOREGROUND}\" xml:space=\"preserve\">");
    for row in 0..rows {
        Row { screen, row, columns, out: &mut out }.draw();
    }
    out + "</g>\n</svg>\n"
}

struct Row<'a> {
    screen: &'a Screen,
    row: u16,
    columns: u16,
    out: &'a mut String,
}

impl Row<'_> {
    fn cell(&self, column: u16) -> Option<&Cell> {
        self.screen.cell(self.row, column)
    }

    fn top(&self) -> f64 {
        f64::from(self.row) * HEIGHT
    }

    fn draw(&mut self) {
        self.backgrounds();
        let mut column = 0;
        while column < self.columns {
            column = self.word(column);
        }
    }

    /// Stretches of one background.
    fn backgrounds(&mut self) {
        let mut column = 0;
        while column < self.columns {
            let colour = self.cell(column).and_then(background);
            let end =
                (column..self.columns).find(|at| self.cell(*at).and_then(background) != colour).unwrap_or(self.columns);
            if let Some(colour) = colour {
                self.rect(f64::from(column) * WIDTH, 0.0, f64::from(end - column) * WIDTH, HEIGHT, &colour);
            }
            column = end;
        }
    }

    /// Draws what begins at `column`; gives back where it ends.
    fn word(&mut self, column: u16) -> u16 {
        let Some(cell) = self.cell(column).cloned() else { return column + 1 };
        let text = cell.contents().to_owned();
        let colour = foreground(&cell);
        let x = f64::from(column) * WIDTH;
        if text.trim().is_empty() {
            return column + 1;
        }
        let mut letters = text.chars();
        if let (Some(c), None) = (letters.next(), letters.next())
            && self.shape(c, x, &colour)
        {
            return column + 1;
        }
        let mut end = column + if cell.is_wide() { 2 } else { 1 };
        let mut word = text;
        if word.is_ascii() {
            while let Some(next) =
                self.cell(end).filter(|next| joins(next) && style(next) == style(&cell) && foreground(next) == colour)
            {
                word += next.contents();
                end += 1;
            }
        }
        let fill = if colour == FOREGROUND { String::new() } else { format!(" fill=\"{colour}\"") };
        let length = f64::from(end - column) * WIDTH;
        let stretch = if word.len() > 1 { format!(" textLength=\"{length:.2}\"") } else { String::new() };
        let y = self.top() + BASE;
        let _ = writeln!(
            self.out,
            "<text x=\"{x:.2}\" y=\"{y:.1}\"{fill}{}{stretch}>{}</text>",
            style(&cell),
            escape(&word)
        );
        end
    }

    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, colour: &str) {
        let y = self.top() + y;
        let _ = writeln!(
            self.out,
            "<rect shape-rendering=\"crispEdges\" x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" fill=\"{colour}\"/>"
        );
    }

    /// Draws a line or block character; gives back whether it is one.
    fn shape(&mut self, c: char, x: f64, colour: &str) -> bool {
        if let Some(part) = "▁▂▃▄▅▆▇█".chars().position(|block| block == c) {
            let height = HEIGHT * (part as f64 + 1.0) / 8.0;
            self.rect(x, HEIGHT - height, WIDTH, height, colour);
            return true;
        }
        if let Some(part) = "▏▎▍▌▋▊▉".chars().position(|block| block == c) {
            self.rect(x, 0.0, WIDTH * (part as f64 + 1.0) / 8.0, HEIGHT, colour);
            return true;
        }
        if let Some(shade) = "░▒▓".chars().position(|block| block == c) {
            let (y, opacity) = (self.top(), 0.25 * (shade as f64 + 1.0));
            let _ = writeln!(
                self.out,
                "<rect shape-rendering=\"crispEdges\" x=\"{x:.2}\" y=\"{y:.2}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"{colour}\" fill-opacity=\"{opacity}\"/>"
            );
            return true;
        }
        let Some((path, stroke)) = line(c, x, self.top()) else { return false };
        let _ = writeln!(self.out, "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{stroke}\"/>");
        true
    }
}

/// The path of a line character, and how thick it is.
fn line(c: char, x: f64, y: f64) -> Option<(String, f64)> {
    // Which of left, right, up, down it reaches.
    let (reach, heavy, round) = match c {
        '─' => ("lr", false, false),
        '│' => ("ud", false, false),
        '━' => ("lr", true, false),
        '┃' => ("ud", true, false),
        '╭' => ("rd", false, true),
        '╮' => ("ld", false, true),
        '╰' => ("ru", false, true),
        '╯' => ("lu", false, true),
        '┌' => ("rd", false, false),
        '┐' => ("ld", false, false),
        '└' => ("ru", false, false),
        '┘' => ("lu", false, false),
        '┏' => ("rd", true, false),
        '┓' => ("ld", true, false),
        '┗' => ("ru", true, false),
        '┛' => ("lu", true, false),
        '├' => ("udr", false, false),
        '┤' => ("udl", false, false),
        '┬' => ("lrd", false, false),
        '┴' => ("lru", false, false),
        '┼' => ("lrud", false, false),
        _ => return None,
    };
    let (middle, centre) = (x + WIDTH / 2.0, y + HEIGHT / 2.0);
    let end = |way: char| match way {
        'l' => (x, centre),
        'r' => (x + WIDTH, centre),
        'u' => (middle, y),
        _ => (middle, y + HEIGHT),
    };
    let ends: Vec<(f64, f64)> = reach.chars().map(end).collect();
    let path = match (round, ends.as_slice()) {
        (true, [(ax, ay), (bx, by)]) => format!("M{ax:.2} {ay:.2} Q{middle:.2} {centre:.2} {bx:.2} {by:.2}"),
        (false, [(ax, ay), (bx, by)]) => format!("M{ax:.2} {ay:.2} L{middle:.2} {centre:.2} L{bx:.2} {by:.2}"),
        _ => ends.iter().map(|(ex, ey)| format!("M{middle:.2} {centre:.2} L{ex:.2} {ey:.2} ")).collect(),
    };
    Some((path, if heavy { 2.2 } else { 1.1 }))
}

/// Whether a cell goes on with the word before it.
fn joins(cell: &Cell) -> bool {
    !cell.contents().trim().is_empty() && cell.contents().is_ascii()
}

fn style(cell: &Cell) -> String {
    let mut style = String::new();
    for (on, attribute) in [
        (cell.bold(), " font-weight=\"bold\""),
        (cell.italic(), " font-style=\"italic\""),
        (cell.underline(), " text-decoration=\"underline\""),
        (cell.dim(), " opacity=\"0.65\""),
    ] {
        if on {
            style += attribute;
        }
    }
    style
}

fn foreground(cell: &Cell) -> String {
    if cell.inverse() { named(cell.bgcolor(), BACKGROUND) } else { named(cell.fgcolor(), FOREGROUND) }
}

fn background(cell: &Cell) -> Option<String> {
    if cell.inverse() {
        return Some(named(cell.fgcolor(), FOREGROUND));
    }
    (cell.bgcolor() != Color::Default).then(|| named(cell.bgcolor(), BACKGROUND))
}

fn named(colour: Color, default: &str) -> String {
    match colour {
        Color::Default => default.to_owned(),
        Color::Idx(at @ 0..16) => COLOURS[usize::from(at)].to_owned(),
        Color::Idx(at @ 16..232) => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let at = at - 16;
            format!("#{:02x}{:02x}{:02x}", level(at / 36), level(at / 6 % 6), level(at % 6))
        }
        Color::Idx(at) => {
            let grey = 8 + 10 * (at - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
