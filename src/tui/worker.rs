//! The thread that performs effects on the store, so that a slow disk holds up no key.

use std::sync::mpsc;
use std::thread;

use crate::app::msg::{Effect, Msg};

use super::effects::Performer;
use super::runtime::Sender;

/// What other threads tell the loop.
pub(super) enum Told {
    Msg(Box<Msg>),
    /// The worker has performed an effect.
    Done,
}

/// The thread that performs effects on the store, one after another.
pub(super) fn worker(performer: Performer, sender: &Sender<Told>) -> mpsc::Sender<Effect> {
    let (work, effects) = mpsc::channel::<Effect>();
    let sender = sender.clone();
    // Without the thread nothing can be saved; the loop learns of it when it sends.
    let _ = thread::Builder::new().name("store".into()).spawn(move || {
        while let Ok(effect) = effects.recv() {
            for msg in performer.perform(effect) {
                sender.send(Told::Msg(Box::new(msg)));
            }
            sender.send(Told::Done);
        }
    });
    work
}
