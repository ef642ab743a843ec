//! What a user may set in `config.toml`.

use std::ops::Range;

use super::review::Thresholds;
use super::words::words;

/// The user's settings, with defaults for what the file leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Whether the program asks line by line instead of drawing a screen.
    pub accessible: bool,
    /// Colours.
    pub theme: Theme,
    /// Which glyphs to draw with.
    pub glyphs: Glyphs,
    /// Whether the mouse is captured.
    pub mouse: bool,
    /// Whether to ring the bell when a budget is used up and the terminal is not focused.
    pub bell: bool,
    /// Whether to send a desktop notification (OSC 9) then.
    pub notify: bool,
    /// How text is copied.
    pub clipboard: Clipboard,
    /// The send command: program and arguments; empty for none.
    pub send: Vec<String>,
    /// Most bytes of a send command's output that are kept.
    pub send_output_limit: u64,
    /// Editor command; empty for `$VISUAL`, then `$EDITOR`, then `vi`.
    pub editor: Vec<String>,
    /// From where on the review speaks.
    pub review: Thresholds,
    /// Changes to the key table.
    pub keys: Vec<KeySetting>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            accessible: false,
            theme: Theme::Auto,
            glyphs: Glyphs::Auto,
            mouse: true,
            bell: true,
            notify: true,
            clipboard: Clipboard::Auto,
            send: Vec::new(),
            send_output_limit: 1024 * 1024,
            editor: Vec::new(),
            review: Thresholds::default(),
            keys: Vec::new(),
        }
    }
}

/// A line of `[keys.<context>]`: `action = ["key", "key"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySetting {
    /// The context: `global`, `move`, `browser`, `workspace`, ...
    pub context: String,
    /// The action.
    pub action: String,
    /// The keys, each with its place in the file; none takes the action's keys away.
    pub keys: Vec<(String, Range<usize>)>,
    /// The place of the line in the file.
    pub span: Range<usize>,
}

words! {
    /// Colours.
    Theme:
    /// Light or dark by what the terminal says.
    #[default] Auto = "auto",
    /// For a dark background.
    Dark = "dark",
    /// For a light background.
    Light = "light",
    /// The terminal's own sixteen colours.
    Terminal = "terminal",
    /// No colours: bold, dim, reverse and underline only.
    Mono = "mono",
}

words! {
    /// Which glyphs to draw with.
    Glyphs:
    /// Unicode where the locale is UTF-8.
    #[default] Auto = "auto",
    /// Box drawing and symbols.
    Unicode = "unicode",
    /// ASCII only.
    Ascii = "ascii",
}

words! {
    /// How text is copied.
    Clipboard:
    /// The system's clipboard program, then OSC 52, then the text on a plain screen.
    #[default] Auto = "auto",
    /// The system's clipboard program only.
    System = "system",
    /// OSC 52 only.
    Osc52 = "osc52",
    /// The text on a plain screen, to be selected.
    Screen = "screen",
}
