//! What the environment says of colours, glyphs and the background.

/// Looks a variable of the environment up.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The variables of this process; one that is not UTF-8 counts as not set.
#[must_use]
pub fn process_env(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: bold, dim, reverse and underline only.
    Mono,
    /// The terminal's own sixteen.
    Ansi16,
    Ansi256,
    /// 24 bits.
    True,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Light text on dark.
    Dark,
    /// Dark text on light.
    Light,
}

fn set(env: Env, name: &str) -> Option<String> {
    env(name).filter(|value| !value.is_empty())
}

/// The colours that the terminal shows.
#[must_use]
pub fn depth(env: Env) -> Depth {
    let term = set(env, "TERM").unwrap_or_default();
    if set(env, "NO_COLOR").is_some() || term.is_empty() || term == "dumb" || term.starts_with("vt") {
        return Depth::Mono;
    }
    // GNU screen hands COLORTERM through but garbles 24 bits; tmux translates them.
    let garbles = term.starts_with("screen") && set(env, "TMUX").is_none();
    let says = set(env, "COLORTERM").unwrap_or_default().to_ascii_lowercase();
    let full = ["truecolor", "24bit"].contains(&says.as_str())
        || term.ends_with("-direct")
        || ["kitty", "alacritty", "wezterm", "foot", "ghostty"].iter().any(|name| term.contains(name));
    if full && !garbles {
        Depth::True
    } else if term.contains("256color") {
        Depth::Ansi256
    } else {
        Depth::Ansi16
    }
}

/// Whether the locale is UTF-8, as the C library would decide.
#[must_use]
pub fn utf8(env: Env) -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| set(env, name)).is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// Whether the terminal can show a screen at all; else what to do instead.
pub fn can_draw(env: Env) -> Result<(), String> {
    match set(env, "TERM").as_deref() {
        Some("dumb") => Err("the terminal (TERM=dumb) cannot show the interface; \
                             use the commands (setlist --help) or set TERM to what your terminal is"
            .to_owned()),
        _ => Ok(()),
    }
}

/// Whether the terminal bears titles, keyboard flags and questions: the Linux console does not.
#[must_use]
pub fn modern(env: Env) -> bool {
    !matches!(set(env, "TERM").as_deref(), None | Some("linux" | "dumb"))
}

/// The background as `COLORFGBG` (`foreground;background`, of sixteen) says.
#[must_use]
pub fn background(env: Env) -> Option<Background> {
    let value = set(env, "COLORFGBG")?;
    let number: u8 = value.rsplit(';').next()?.parse().ok()?;
    match number {
        7 | 9..=15 => Some(Background::Light),
        0..=6 | 8 => Some(Background::Dark),
        16.. => None,
    }
}

/// Whether this colour is a light background (by its luma, ITU-R BT.601).
#[must_use]
pub fn background_of(red: u8, green: u8, blue: u8) -> Background {
    let luma = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    if luma > 127_500 { Background::Light } else { Background::Dark }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        move |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn colours_are_what_the_terminal_shows() {
        let cases: &[(&[(&str, &str)], Depth)] = &[
            (&[], Depth::Mono),
            (&[("TERM", "dumb")], Depth::Mono),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "1")], Depth::Mono),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Depth::Ansi256),
            (&[("TERM", "linux")], Depth::Ansi16),
            (&[("TERM", "xterm")], Depth::Ansi16),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True),
            (&[("TERM", "xterm-kitty")], Depth::True),
            (&[("TERM", "screen-256color"), ("COLORTERM", "truecolor")], Depth::Ansi256),
            (&[("TERM", "screen-256color"), ("COLORTERM", "truecolor"), ("TMUX", "x")], Depth::True),
        ];
        for (pairs, depth_) in cases {
            assert_eq!(depth(&with(pairs)), *depth_, "{pairs:?}");
        }
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        assert!(utf8(&with(&[("LANG", "en_US.UTF-8")])));
        assert!(utf8(&with(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8"), ("LANG", "C")])));
        assert!(!utf8(&with(&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")])));
        assert!(!utf8(&with(&[])));
    }

    #[test]
    fn the_background_is_read_from_the_last_number() {
        assert_eq!(background(&with(&[("COLORFGBG", "0;15")])), Some(Background::Light));
        assert_eq!(background(&with(&[("COLORFGBG", "15;default;0")])), Some(Background::Dark));
        assert_eq!(background(&with(&[("COLORFGBG", "15;default")])), None);
        assert_eq!(background_of(0xfd, 0xf6, 0xe3), Background::Light);
        assert_eq!(background_of(0x28, 0x2c, 0x34), Background::Dark);
    }
}
