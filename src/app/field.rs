//! A field that takes text: `tui-textarea` with this program's rules.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_textarea::{CursorMove, TextArea, WrapMode};

/// Most bytes of a field: far more than a prompt needs, little enough to draw at once.
pub const MAX_FIELD: usize = 1024 * 1024;

/// Text under the cursor, of one line or several.
#[derive(Debug, Clone)]
pub struct Field {
    area: TextArea<'static>,
    multiline: bool,
    /// What stood here before it was replaced as a whole, and by what: the widget would undo that
    /// in two steps.
    replaced: Option<(String, String)>,
}

impl Field {
    /// A field of one line; new lines that come in become spaces.
    pub fn line(text: &str) -> Self {
        Self::with(text, false)
    }

    /// A field of several lines.
    pub fn multiline(text: &str) -> Self {
        Self::with(text, true)
    }

    fn with(text: &str, multiline: bool) -> Self {
        let text = clean(text, multiline);
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(if multiline { WrapMode::WordOrGlyph } else { WrapMode::None });
        area.set_cursor_line_style(ratatui::style::Style::default());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, multiline, replaced: None }
    }

    /// Whether it takes several lines.
    pub fn is_multiline(&self) -> bool {
        self.multiline
    }

    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Replaces the text, as one step that can be undone.
    pub fn set(&mut self, text: &str) {
        let text = clean(text, self.multiline);
        self.replaced = Some((self.text(), text.clone()));
        self.put(text);
    }

    fn put(&mut self, text: String) {
        self.area.select_all();
        if text.is_empty() {
            self.area.cut();
        } else {
            self.area.insert_str(text);
        }
    }

    /// Takes a key that types or moves. Gives back whether the text changed.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        // Enter is the form's; tabs would look like spaces and be none.
        if matches!(key.code, KeyCode::Tab | KeyCode::Enter) {
            return false;
        }
        // The widget's own shortcuts for these differ from the readline keys people know.
        if key.modifiers == KeyModifiers::CONTROL {
            match key.code {
                KeyCode::Char('u') => return self.area.delete_line_by_head(),
                KeyCode::Char('k') => return self.area.delete_line_by_end(),
                KeyCode::Char('w') => return self.area.delete_word(),
                KeyCode::Char('y') => return self.area.paste(),
                KeyCode::Char('r' | 'x' | 'v' | 'm' | 'c') => return false,
                _ => {}
            }
        }
        self.area.input(key)
    }

    /// Starts a new line, where there may be several.
    pub fn newline(&mut self) -> bool {
        if self.multiline {
            self.area.insert_newline();
        }
        self.multiline
    }

    /// Undoes the last step of typing.
    pub fn undo(&mut self) -> bool {
        match self.replaced.take() {
            Some((before, after)) if after == self.text() => {
                self.put(before);
                true
            }
            kept => {
                self.replaced = kept;
                self.area.undo()
            }
        }
    }

    /// Puts pasted text in.
    ///
    /// # Errors
    /// Where it does not fit; the field is as before then.
    pub fn paste(&mut self, text: &str) -> Result<bool, String> {
        let size = text.len() + self.area.lines().iter().map(|line| line.len() + 1).sum::<usize>();
        if size > MAX_FIELD {
            // How much longer is not said: what is read of a paste is bounded too.
            return Err(
                "not pasted: it is longer than the 1 MiB a field takes; save it as a file and name the file here"
                    .into(),
            );
        }
        Ok(self.area.insert_str(clean(text, self.multiline)))
    }

    /// Where the cursor is: row and column in characters, from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let cursor = self.area.cursor();
        (cursor.0, cursor.1)
    }

    /// The widget, to draw.
    pub fn area(&self) -> &TextArea<'static> {
        &self.area
    }
}

/// Text without what a terminal would act on; line ends are `\n`, tabs four spaces.
fn clean(text: &str, multiline: bool) -> String {
    let text =
        crate::domain::untrusted::outgoing(&text.replace("\r\n", "\n").replace('\r', "\n")).text.replace('\t', "    ");
    if multiline { text } else { text.trim_end_matches('\n').replace('\n', " ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(field: &mut Field, text: &str) {
        for c in text.chars() {
            field.key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
    }

    #[test]
    fn a_paste_of_several_lines_is_one_line_in_a_line() {
        let mut line = Field::line("a ");
        line.paste("b\r\nc\n").unwrap();
        assert_eq!(line.text(), "a b c");
        let mut lines = Field::multiline("");
        lines.paste("b\r\nc\x1b[31m").unwrap();
        assert_eq!(lines.text(), "b\nc[31m");
    }

    #[test]
    fn too_large_a_paste_changes_nothing_and_says_what_to_do() {
        let mut field = Field::multiline("kept");
        let told = field.paste(&"x".repeat(10 * 1024 * 1024)).unwrap_err();
        assert!(told.contains("1 MiB"), "{told}");
        assert_eq!(field.text(), "kept");
    }

    #[test]
    fn readline_keys_and_undo_work() {
        let mut field = Field::line("");
        press(&mut field, "one two");
        field.key(KeyEvent::new(KeyCode::Char('w'), KeyModifiers::CONTROL));
        assert_eq!(field.text(), "one ");
        field.undo();
        assert_eq!(field.text(), "one two");
        field.set("new");
        field.undo();
        assert_eq!(field.text(), "one two");
    }
}
