//! Turns and gates that are inserted to mend a plan: validation before delivery, discovery before
//! changes, a gate before what cannot be taken back.

use crate::domain::budget::Budget;
use crate::domain::command::TurnRef;
use crate::domain::id;
use crate::domain::plan::{Evidence, Gate, Plan, Session, Turn, TurnState};
use crate::domain::refusal::Refusal;
use crate::domain::strategy::{EvidenceKind, EvidenceSpec, ExpectedExit, TurnKind};

/// The prompt of an inserted validation: full tests, benchmarks, edge cases, pull request, in the
/// guide's order.
const VALIDATION: &str = "\
Show that what was implemented holds, in this order. Mend what a step brings to light, say what you mended, and run \
the earlier steps again after it.

1. Full tests: run the whole suite, not only the new tests. Show the command, its exit code and the end of its output.
2. Benchmarks: measure before and after the change whatever it could have slowed down, on the same machine with the \
same load. Where nothing can have become slower, say why.
3. Edge cases: empty, largest, malformed and repeated input, two at once, a dependency that fails. For each, what was \
tried and what came of it.
4. Pull request: only once the three above hold, write its description: what changed, what shows it, what is open.
";

/// The prompt of an inserted discovery.
const DISCOVERY: &str = "\
Change nothing yet. Read the code that the next turns will touch and report, with file and line for each statement:

1. how it works today and which parts depend on it;
2. the patterns and conventions that a change has to follow;
3. which tests cover it, and what they leave out;
4. what could break, and how one would notice.

Then name the files and functions that you would change, and stop.
";

impl Plan {
    pub(super) fn add_validation(&mut self, session: &str) -> Result<String, Refusal> {
        let slots = [
            slot("full-suite", "Full test suite, run to its end", EvidenceKind::Command),
            slot("benchmarks", "Benchmarks before and after, or why nothing can be slower", EvidenceKind::Text),
            slot("edge-cases", "Edge cases tried, with what came of each", EvidenceKind::Text),
        ];
        self.insert_turn(session, TurnKind::Deliver, "Validate", TurnKind::Validate, ("30m-60m", VALIDATION), &slots)
    }

    pub(super) fn add_discovery(&mut self, session: &str) -> Result<String, Refusal> {
        let slots = [slot("findings", "What was found, with files and lines", EvidenceKind::Text)];
        let wanted = TurnKind::Implement;
        self.insert_turn(session, wanted, "Look before changing", TurnKind::Research, ("15m-30m", DISCOVERY), &slots)
    }

    /// Inserts a turn before the first one of kind `before` that has not begun; where there is
    /// none, at the end.
    fn insert_turn(
        &mut self,
        session: &str,
        before: TurnKind,
        title: &str,
        kind: TurnKind,
        (budget, prompt): (&str, &str),
        slots: &[EvidenceSpec],
    ) -> Result<String, Refusal> {
        let session = self.open_session_mut(session)?;
        let place = place(session, before);
        let id = id::unique(&id::slug(title, 50), |id| session.turn(id).is_some());
        let turn = Turn {
            added: true,
            budget: Budget::parse(budget).ok(),
            prompt: Some(prompt.into()),
            evidence: slots.iter().map(Evidence::from_spec).collect(),
            ..Turn::new(&id, title, kind)
        };
        session.turns.insert(place, turn);
        Ok(match neighbour(session, place) {
            Some(next) => format!("turn '{title}' inserted before '{}'", next.title),
            None => format!("turn '{title}' added at the end"),
        })
    }

    pub(super) fn add_gate(&mut self, at: &TurnRef, text: &str) -> Result<String, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::invalid("the new gate says nothing", "write what a person has to confirm"));
        }
        self.open_session_mut(&at.session)?;
        let turn = self.turn_mut(at)?;
        if turn.gate.is_some() {
            return Err(Refusal::rule(format!("turn '{}' has a gate already", turn.title), "one is enough"));
        }
        turn.gate = Some(Gate::new(text.trim()));
        Ok(format!("gate added after '{}': {}", turn.title, text.trim()))
    }
}

/// Where a turn goes that has to come before one of kind `before`: not before what is behind us, and
/// first of all where something is delivered that no validation follows.
fn place(session: &Session, before: TurnKind) -> usize {
    // What lies before the first turn that waits is closed or under way.
    let from = session.turns.iter().position(|turn| turn.state == TurnState::Pending).unwrap_or(session.turns.len());
    let mut bare = false;
    let mut first = None;
    for (at, turn) in session.turns.iter().enumerate() {
        match turn.kind {
            _ if turn.state == TurnState::Skipped => continue,
            TurnKind::Implement => bare = true,
            TurnKind::Validate => bare = false,
            TurnKind::Research | TurnKind::Design | TurnKind::Deliver | TurnKind::Other => {}
        }
        if at >= from && turn.kind == before {
            if bare {
                return at;
            }
            first = first.or(Some(at));
        }
    }
    if bare { session.turns.len() } else { first.unwrap_or(session.turns.len()) }
}

fn neighbour(session: &Session, place: usize) -> Option<&Turn> {
    session.turns.get(place + 1)
}

fn slot(id: &str, label: &str, kind: EvidenceKind) -> EvidenceSpec {
    EvidenceSpec {
        id: id.into(),
        label: label.into(),
        kind,
        required: true,
        exit: ExpectedExit::Zero,
        choices: Vec::new(),
        metric: String::new(),
    }
}
