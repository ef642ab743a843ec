//! The end of what a program says, within a limit, never beginning within a character.

/// The end of what was said.
#[derive(Debug)]
pub struct Tail {
    bytes: Vec<u8>,
    limit: usize,
    least: usize,
    dropped: u64,
}

impl Tail {
    /// Keeps the last `limit` bytes, and at least `least` while more comes.
    pub fn new(limit: u64, least: usize) -> Self {
        Self { bytes: Vec::new(), limit: usize::try_from(limit).unwrap_or(usize::MAX), least, dropped: 0 }
    }

    /// Twice the limit is held before the front is cut, so that each byte moves once.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() > self.limit.saturating_mul(2).max(self.least) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let start = start_of_last(&self.bytes, self.limit);
        self.bytes.drain(..start);
        self.dropped += start as u64;
    }

    /// The last `most` bytes so far, as text.
    pub fn last(&self, most: usize) -> String {
        let start = start_of_last(&self.bytes, most.min(self.limit));
        String::from_utf8_lossy(&self.bytes[start..]).into_owned()
    }

    /// All that is kept, as text, and how many bytes before it were dropped.
    pub fn finish(mut self) -> (String, u64) {
        self.cut();
        (String::from_utf8_lossy(&self.bytes).into_owned(), self.dropped)
    }
}

/// Where the last `most` bytes begin, not within a character.
fn start_of_last(bytes: &[u8], most: usize) -> usize {
    let start = bytes.len().saturating_sub(most);
    if start == 0 {
        return 0;
    }
    let inside = bytes[start..].iter().take(3).take_while(|byte| **byte & 0xc0 == 0x80).count();
    start + inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_is_kept_and_no_character_is_cut() {
        let mut tail = Tail::new(5, 0);
        for part in ["aé".as_bytes(), "éé".as_bytes(), b"xyz"] {
            tail.push(part);
        }
        assert_eq!(tail.last(4), "xyz", "the character before does not fit");
        assert_eq!(tail.finish(), ("éxyz".into(), 5));
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced() {
        let mut tail = Tail::new(100, 0);
        tail.push(b"ok \xff\xfe");
        assert_eq!(tail.finish(), ("ok \u{fffd}\u{fffd}".into(), 0));
    }
}
