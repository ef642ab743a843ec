//! Durations and ranges as people write them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use setlist::domain::budget::Budget;

fuzz_target!(|text: &str| {
    if let Ok(budget) = Budget::parse(text) {
        assert!(0 < budget.low() && budget.low() <= budget.high());
        assert!(Budget::parse(&budget.short()).is_ok());
    }
});
