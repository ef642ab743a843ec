//! How long the tests that look for rare faults may look, and chance that is the same in every run.
#![allow(dead_code, reason = "each test binary uses its own part")]

/// So many rounds: a few in each run of the tests, many with `SETLIST_TORTURE=1` (`just torture`).
pub fn rounds(few: usize, many: usize) -> usize {
    if std::env::var_os("SETLIST_TORTURE").is_some_and(|value| value != "0") { many } else { few }
}

/// Numbers that look random and are the same for the same seed (xorshift, 64 bits).
pub struct Chance(u64);

impl Chance {
    /// The numbers of a seed.
    pub fn of(seed: usize) -> Self {
        Self((seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next one below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
