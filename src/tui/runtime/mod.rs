//! The terminal itself: events in, effects out. It knows nothing of plans or screens.
//!
//! | file | idea |
//! |---|---|
//! | [`modes`] | what the terminal was set to, and the way back from any thread |
//! | [`screen`] | drawing: one write a frame |
//! | [`input`] | bytes from the terminal to keys, mouse, pastes |
//! | [`events`] | the one place where the program sleeps |
//! | [`signals`] | signals as events, and a watchdog that leaves when the loop does not |
//! | [`mod@panic`] | a panic in any thread gives the terminal back first |
//! | [`suspend`] | Ctrl-Z, where a shell can bring the program back |
//! | [`editor`] | a text to `$EDITOR` and back |
//! | [`clipboard`], [`plain`] | a text to the clipboard, or shown to be selected |
//! | [`send`] | the user's own send command, bounded and stoppable |
//! | [`alert`] | bell, desktop notification, window title |
//! | [`detect`] | what the environment says of colours, glyphs and the background |
//!
//! The order at the start: [`panic::install_panic_hook`], then [`Events::open`] (signals are caught from here on), then
//! [`Screen::enter`]. At the end the screen is dropped first, and then the person is told what is to be told.

pub mod alert;
pub mod clipboard;
pub mod detect;
pub mod editor;
pub mod events;
pub mod input;
pub mod modes;
pub mod output;
pub mod panic;
pub mod plain;
pub mod screen;
pub mod send;
pub mod signals;
pub mod suspend;

pub use events::{Event, Events, Sender};
pub use screen::{Options, Screen};
pub use signals::{Signal, Terminating};
