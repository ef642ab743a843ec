//! Keys: one table from which the keymap, the hints in the last row, help and the palette come.

mod chord;
mod keymap;
mod screen;
mod table;

pub use chord::Chord;
pub use keymap::{KeyMatch, Keymap};
pub use screen::Screen;
pub use table::{Action, Binding, Context, TABLE};
