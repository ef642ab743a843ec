//! What settings, command line and environment say at the start.

use crate::domain::problem::{self, Problem};
use crate::domain::settings::{Glyphs, Theme};
use crate::store::SettingsFile;

use super::Options;
use super::view::look::{Look, Palette};
use crate::os::detect::{self, Background, Depth};

/// A settings problem as the status line shows it: file, line, column, what, what to do.
pub(super) fn one_line(problem: &Problem, file: &SettingsFile) -> String {
    let at = problem::position(&file.text, problem.span.start);
    let hint = if problem.hint.is_empty() { "`setlist config edit` opens it" } else { &problem.hint };
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    format!("{name}:{}:{}: {} ({hint})", at.line, at.column, problem.message)
}

/// The user's name, for ticks and approvals.
pub(super) fn user() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    names.filter(|name| !name.is_empty()).unwrap_or_else(|| "you".into())
}

/// The look that settings, command line and environment ask for.
pub(super) fn look(settings: &SettingsFile, options: &Options, background: Option<Background>) -> Look {
    let env = &detect::process_env;
    let depth = if options.no_colour { Depth::Mono } else { detect::depth(env) };
    let palette = match (depth, settings.settings.theme, background) {
        (Depth::Mono, _, _) | (_, Theme::Mono, _) => Palette::Mono,
        (Depth::True, Theme::Dark, _) | (Depth::True, Theme::Auto, Some(Background::Dark)) => Palette::Dark,
        (Depth::True, Theme::Light, _) | (Depth::True, Theme::Auto, Some(Background::Light)) => Palette::Light,
        // Without 24 bits, or not knowing the background, the terminal's own colours are readable.
        (
            Depth::True | Depth::Ansi256 | Depth::Ansi16,
            Theme::Auto | Theme::Terminal | Theme::Dark | Theme::Light,
            _,
        ) => Palette::Terminal,
    };
    let ascii = match settings.settings.glyphs {
        Glyphs::Ascii => true,
        Glyphs::Unicode => options.ascii,
        Glyphs::Auto => options.ascii || !detect::utf8(env),
    };
    Look::new(palette, ascii)
}
