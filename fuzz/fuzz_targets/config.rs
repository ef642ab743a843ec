//! The settings file: every problem lies in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use setlist::store::read_settings;

fuzz_target!(|text: &str| {
    let (_, problems) = read_settings(text);
    for problem in problems {
        assert!(text.get(problem.span).is_some());
    }
});
