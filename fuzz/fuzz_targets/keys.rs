//! Names of keys in the settings: read without a panic, and a name that was understood reads as itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use setlist::app::keys::Chord;

fuzz_target!(|text: &str| {
    if let Ok(chord) = Chord::parse(text) {
        assert_eq!(Chord::parse(&chord.to_string()), Ok(chord));
    }
});
