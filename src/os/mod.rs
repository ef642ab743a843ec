//! What lies outside of the program: other programs, the clipboard, the editor, the terminal.
//!
//! Programs that the person has set or typed run without a shell, in a process group of their own, what they say
//! bounded, and end with all that they have started.
//!
//! | file | idea |
//! |---|---|
//! | [`run`] | a program from its start to its end, as a stream of what it says |
//! | [`tail`] | the end of what was said |
//! | [`terminal`] | the terminal's foreground given to a program and taken back |
//! | [`editor`] | a text to `$EDITOR` and back |
//! | [`clipboard`] | a text to the clipboard |
//! | [`detect`] | what the environment says of colours, glyphs and the background |
//! | [`output`] | bytes to the terminal, past the standard library's buffers |

pub mod clipboard;
pub mod detect;
pub mod editor;
pub mod output;
pub mod run;
pub mod tail;
pub mod terminal;

pub use run::{Ended, Handle, Heard, Input, Stream, start};
pub use tail::Tail;
