//! The threads that perform effects on the store, so that a slow disk holds up no key, and a long
//! reading holds up no saving.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;

use crate::app::msg::{Effect, Msg};

use super::effects::EffectRunner;
use super::runtime::Sender;

/// What other threads tell the loop.
pub(super) enum FromThread {
    Msg(Box<Msg>),
    /// The worker has performed an effect, or handed it on to the reader.
    Done,
}

/// The thread that performs effects on the store, one after another. What only reads and may take
/// seconds goes to a second one, which nobody waits for when the program is left.
pub(super) fn worker(runner: EffectRunner, sender: &Sender<FromThread>) -> mpsc::Sender<Effect> {
    let (work, effects) = mpsc::channel::<Effect>();
    let reader = reader(runner.clone(), sender);
    let sender = sender.clone();
    // Without the thread nothing can be saved; the loop learns of it when it sends.
    let _ = thread::Builder::new().name("store".into()).spawn(move || {
        while let Ok(effect) = effects.recv() {
            let here = if EffectRunner::only_reads(&effect) {
                reader.send(effect).err().map(|mpsc::SendError(effect)| effect)
            } else {
                Some(effect)
            };
            // The program ends after a panic in any thread; this one is still needed then, to save what was
            // typed. Nothing of it is half done: the store changes files whole or not at all.
            let done = catch_unwind(AssertUnwindSafe(|| here.and_then(|effect| runner.perform(effect))));
            for msg in done.ok().flatten().unwrap_or_default() {
                sender.send(FromThread::Msg(Box::new(msg)));
            }
            sender.send(FromThread::Done);
        }
    });
    work
}

/// The thread for long readings.
fn reader(runner: EffectRunner, sender: &Sender<FromThread>) -> mpsc::Sender<Effect> {
    let (work, effects) = mpsc::channel::<Effect>();
    let sender = sender.clone();
    // Without it the worker reads itself.
    let _ = thread::Builder::new().name("reader".into()).spawn(move || {
        while let Ok(effect) = effects.recv() {
            for msg in runner.perform(effect).unwrap_or_default() {
                sender.send(FromThread::Msg(Box::new(msg)));
            }
        }
    });
    work
}
