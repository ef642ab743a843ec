//! A program that has the terminal for as long as it runs, with the screen put away meanwhile.

use std::io;
use std::process::{Command, ExitStatus};

use super::Screen;
use super::signals::Foreground;

/// Runs a program on the terminal; gives back how it ended, or why it did not start.
///
/// # Errors
/// The terminal could not be taken again.
pub fn in_foreground(screen: &mut Screen, command: &mut Command) -> io::Result<io::Result<ExitStatus>> {
    screen.leave();
    let foreground = Foreground::begin();
    let ended = command.spawn().and_then(|mut child| {
        foreground.child(child.id());
        child.wait()
    });
    drop(foreground);
    screen.come_back()?;
    Ok(ended)
}
