//! What an agent is told when its turn was sent back. The prompt that was sent never changes, so the
//! reason goes into a short message of its own.

use super::plan::{Turn, TurnState};

/// The message for a turn that is under way again after its prompt was sent: why it came back, what
/// its gate asks for, what is still to be shown. Nothing for a turn that nobody gave a reason for.
pub fn follow_up(turn: &Turn) -> Option<String> {
    if turn.state != TurnState::Active || turn.rework == 0 || turn.sent.is_none() {
        return None;
    }
    let reason = turn.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty())?;
    let mut text = format!("Your work on '{}' is not accepted yet. The reason:\n{reason}\n", turn.title);
    if let Some(gate) = &turn.gate {
        text += &format!("\nIt is accepted once this holds: {}\n", gate.text.trim());
    }
    let missing = turn.missing();
    if !missing.is_empty() {
        text += "\nStill to be shown:\n";
        for slot in missing {
            text += &format!("- {}\n", slot.lack());
        }
    }
    text += "\nGo on from where you are, keep what was right, and show again what your change touches.\n";
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::{Gate, Sent};
    use crate::domain::strategy::TurnKind;

    fn sent_back() -> Turn {
        let at = "2026-11-22T14:00:00Z".parse().unwrap();
        Turn {
            state: TurnState::Active,
            rework: 1,
            reason: Some("the tests are not described".into()),
            sent: Some(Sent { at, via: "copied".into(), prompt: "Read it".into() }),
            gate: Some(Gate::new("The summary is clear")),
            ..Turn::new("read", "Read", TurnKind::Research)
        }
    }

    #[test]
    fn it_says_why_and_what_would_be_accepted() {
        let text = follow_up(&sent_back()).unwrap();
        assert_eq!(
            text,
            "Your work on 'Read' is not accepted yet. The reason:\nthe tests are not described\n\n\
             It is accepted once this holds: The summary is clear\n\n\
             Go on from where you are, keep what was right, and show again what your change touches.\n"
        );
    }

    #[test]
    fn there_is_none_without_a_prompt_that_was_sent_and_a_reason() {
        assert_eq!(follow_up(&Turn { sent: None, ..sent_back() }), None);
        assert_eq!(follow_up(&Turn { rework: 0, ..sent_back() }), None);
        assert_eq!(follow_up(&Turn { state: TurnState::Done, ..sent_back() }), None);
        assert_eq!(follow_up(&Turn { reason: Some("  ".into()), ..sent_back() }), None);
    }
}
