//! A strategy file: every problem lies in the text, and a sound file renders.
#![no_main]

use libfuzzer_sys::fuzz_target;
use setlist::domain::placeholder::Values;
use setlist::domain::{prompt, strategy_file};

fuzz_target!(|text: &str| {
    let read = strategy_file::check(text, Some("fuzz"));
    for problem in &read.problems {
        assert!(text.get(problem.span.clone()).is_some());
    }
    if let Some(strategy) = read.strategy {
        for turn in strategy.turns() {
            let _ = prompt::render(&strategy, turn, &Values::new());
        }
    }
});
