//! What an approval is about, and what is said when that changes.
//!
//! An approval holds for what the person saw: the prompt as it was sent, the result and the
//! evidence. When one of them changes the gate is *stale*: open again, with the reason.

use sha2::{Digest, Sha256};

use crate::domain::words::words;

use super::{Gate, GateState, Turn};

/// Hexadecimal digits of a part's fingerprint: enough to see that it changed; the whole approval
/// has its full hash.
const DIGITS: usize = 16;

/// Before an evidence slot's id in [`Gate::seen`].
const SLOT: &str = "evidence-";

words! {
    /// What a gate counts as: its state, and whether what was approved is still there.
    GateStanding:
    /// Nobody has decided, or not with this program.
    #[default] Open = "open",
    /// It was approved once, and waits again because something changed.
    Stale = "stale",
    /// A person confirmed it.
    Approved = "approved",
    /// The turn was sent back.
    Rejected = "rejected",
}

impl Gate {
    /// A gate that nobody has decided.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            state: GateState::Open,
            at: None,
            by: String::new(),
            note: String::new(),
            hash: None,
            asked: None,
            asked_by: String::new(),
            asked_note: String::new(),
            stale: String::new(),
            seen: Vec::new(),
            rejections: Vec::new(),
        }
    }

    /// Whether a person confirmed it. An approval without a hash was not recorded by this program
    /// and does not count.
    pub fn is_approved(&self) -> bool {
        self.state == GateState::Approved && self.hash.is_some()
    }

    /// Whether it was approved once, and waits again because something changed.
    pub fn is_stale(&self) -> bool {
        !self.is_approved() && !self.stale.is_empty()
    }

    /// Nobody waits for the decision any more.
    pub(crate) fn answered(&mut self) {
        self.asked = None;
        self.asked_by.clear();
        self.asked_note.clear();
    }

    /// Who asked for a decision that was not taken yet, and with which words: `codex: all tests pass`.
    pub fn request(&self) -> Option<String> {
        self.asked?;
        let by = if self.asked_by.is_empty() { "somebody" } else { &self.asked_by };
        Some(if self.asked_note.is_empty() { by.to_owned() } else { format!("{by}: {}", self.asked_note) })
    }

    /// What it counts as.
    pub fn counts_as(&self) -> GateStanding {
        match self.state {
            GateState::Rejected => GateStanding::Rejected,
            GateState::Open | GateState::Approved if self.is_approved() => GateStanding::Approved,
            GateState::Open | GateState::Approved if self.is_stale() => GateStanding::Stale,
            GateState::Open | GateState::Approved => GateStanding::Open,
        }
    }

    /// What it counts as, in a word: `open`, `stale`, `approved` or `rejected`.
    pub fn word(&self) -> &'static str {
        self.counts_as().word()
    }

    /// Where it stands, with what changed where it is stale: `stale (the result changed)`.
    pub fn standing(&self) -> String {
        if self.counts_as() == GateStanding::Stale { format!("stale ({})", self.stale) } else { self.word().into() }
    }
}

impl Turn {
    /// A gate that was approved waits for a decision again, because of `why`.
    pub(crate) fn reopen_gate(&mut self, why: &str) {
        if let Some(gate) = self.gate.as_mut().filter(|gate| gate.is_approved()) {
            gate.state = GateState::Open;
            why.clone_into(&mut gate.stale);
        }
    }

    /// Opens a gate that was approved on something else than what stands there now.
    pub(crate) fn take_back_stale_approval(&mut self) {
        let Some(gate) = self.gate.as_ref().filter(|gate| gate.is_approved()) else { return };
        if gate.hash.as_deref() != Some(&self.approval_hash()) {
            let why = self.changed_since(&gate.seen);
            self.reopen_gate(&why);
        }
    }

    /// What is different from what was seen, in words.
    fn changed_since(&self, seen: &[String]) -> String {
        let now = self.approval_parts();
        let name = |part: &String| part.split(' ').next().unwrap_or_default().to_owned();
        let different =
            seen.iter().filter(|part| !now.contains(part)).chain(now.iter().filter(|part| !seen.contains(part)));
        let mut names: Vec<String> = different.map(name).collect();
        names.sort();
        names.dedup();
        if seen.is_empty() || names.is_empty() {
            return "what was approved changed".into();
        }
        let changed: Vec<String> = names.iter().map(|name| self.part_in_words(name)).collect();
        format!("{} changed", changed.join(" and "))
    }

    fn part_in_words(&self, name: &str) -> String {
        match name.strip_prefix(SLOT) {
            None => format!("the {name}"),
            Some(id) => {
                let label = self.evidence.iter().find(|slot| slot.id == id).map_or(id, |slot| &slot.label);
                format!("the evidence '{label}'")
            }
        }
    }

    /// The parts that an approval is about, each with its fingerprint.
    pub(crate) fn approval_parts(&self) -> Vec<String> {
        let mut parts = Vec::new();
        let mut part = |name: String, texts: &[&str]| parts.push(format!("{name} {}", &digest(texts)[..DIGITS]));
        part("prompt".into(), &[self.sent.as_ref().map_or("", |sent| &sent.prompt)]);
        part("result".into(), &[&self.result]);
        for slot in &self.evidence {
            let Some(recorded) = &slot.recorded else { continue };
            let code = recorded.exit_code.map(|code| code.to_string()).unwrap_or_default();
            let command = recorded.command.as_deref().unwrap_or_default();
            part(format!("{SLOT}{}", slot.id), &[&recorded.text, command, &code]);
        }
        parts
    }

    /// Hash of what an approval is about: the prompt as it was sent, the result and the evidence.
    pub(crate) fn approval_hash(&self) -> String {
        let mut texts = vec![self.sent.as_ref().map_or("", |sent| &sent.prompt), &self.result];
        let mut codes = Vec::new();
        for slot in &self.evidence {
            let code = slot.recorded.as_ref().and_then(|recorded| recorded.exit_code);
            codes.push(code.map(|code| code.to_string()).unwrap_or_default());
        }
        for (slot, code) in self.evidence.iter().zip(&codes) {
            texts.push(&slot.id);
            let Some(recorded) = &slot.recorded else { continue };
            texts.extend([recorded.text.as_str(), recorded.command.as_deref().unwrap_or_default(), code]);
        }
        digest(&texts)
    }
}

/// SHA-256 of texts, each after its length, in hexadecimal.
pub(in crate::domain) fn digest(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    let digit = |half: u8| char::from_digit(u32::from(half), 16);
    hash.finalize().iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect()
}
