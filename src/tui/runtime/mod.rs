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
//! | [`foreground`] | the terminal to an editor, and back |
//! | [`plain`] | a text shown to be selected |
//! | [`send`] | the user's own send command, bounded and stoppable |
//! | [`background`] | the background colour, asked of the terminal |
//! | [`alert`] | bell, desktop notification, window title |
//!
//! The order at the start: [`panic::install_panic_hook`], then [`Events::open`] (signals are caught from here on), then
//! [`Screen::enter`]. At the end the screen is dropped first, and then the person is told what is to be told.

pub mod alert;
pub mod background;
pub mod events;
pub mod foreground;
pub mod input;
pub mod modes;
pub mod panic;
pub mod plain;
pub mod screen;
pub mod send;
pub mod signals;
pub mod suspend;

pub use events::{Event, Events, Sender};
pub use screen::{Options, Screen};
pub use signals::{Signal, Terminating};
