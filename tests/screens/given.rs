//! Plans under way, brought about by keys, and how their screens are compared.

use setlist::domain::strategy::EvidenceKind;
use setlist::workflow::next::Step;

use crate::rig::Rig;

/// Starts a plan of the strategy that the search finds first; `answers` are keys typed in the form.
pub fn start(rig: &mut Rig, search: &str, answers: &str) {
    rig.keys("gb<esc><esc>").keys(&format!("/{search}<enter><enter>")).keys(answers).keys("<esc>r<enter>");
    assert!(rig.status().ends_with("' started"), "{}", rig.screen());
}

/// Three independent sessions: A over its budget, B within it, C not begun. On the lanes.
pub fn two_at_once(rig: &mut Rig) {
    start(rig, "parallel dev", "<S-tab>Autumn release");
    rig.keys("t").wait_minutes(25);
    rig.keys("}t").wait_minutes(42);
    rig.keys("{");
}

/// Three sessions one after another, the first part way, its clock stopped. On the lanes.
pub fn part_way(rig: &mut Rig) {
    start(rig, "serial deep", "Orders with split deliveries");
    rig.keys("t").wait_minutes(40);
    rig.keys("dt").wait_minutes(15);
    rig.keys("t").wait_minutes(5);
}

/// Starts and closes the turns of the session that is open, one after another, approving gates.
pub fn close_all(rig: &mut Rig, minutes: i64) {
    let turns = rig.model.workspace.as_ref().unwrap().selected_session().unwrap().turns.len();
    for _ in 0..turns {
        rig.keys("t").wait_minutes(minutes).keys("d");
        let waits =
            rig.model.workspace.as_ref().unwrap().selected().is_some_and(|(_, turn)| turn.open_gate().is_some());
        if waits {
            rig.keys("p").keys("<enter>");
        }
    }
}

/// Starts and closes what is left of the session that is open, approving gates.
pub fn close_rest(rig: &mut Rig, minutes: i64) {
    let open = |rig: &Rig| {
        let workspace = rig.model.workspace.as_ref().unwrap();
        workspace.selected_session().unwrap().turns.iter().filter(|turn| !turn.is_closed()).count()
    };
    for _ in 0..open(rig) {
        rig.keys("t").wait_minutes(minutes).keys("d");
        let waits =
            rig.model.workspace.as_ref().unwrap().selected().is_some_and(|(_, turn)| turn.open_gate().is_some());
        if waits {
            rig.keys("p").keys("<enter>");
        }
    }
}

/// A bug investigated to the end, every turn with its evidence; one took longer than planned.
pub fn investigated(rig: &mut Rig) {
    start(rig, "bug inv", "Users cannot log in, intermittently");
    rig.keys("t").wait_minutes(95);
    let turns = rig.model.workspace.as_ref().unwrap().selected_session().unwrap().turns.len();
    for _ in 0..turns {
        turn_with_evidence(rig, &["0"]);
    }
}

/// A service made faster: some turns closed, with readings before and after.
pub fn measured(rig: &mut Rig) {
    start(rig, "api perf", "GET /api/orders<tab>");
    for _ in 0..2 {
        turn_with_evidence(rig, &["480", "96.5", "45"]);
    }
    rig.keys("t").wait_minutes(20).keys("m").paste("96.5").keys("<ctrl-s>");
}

/// The last turn but one of an optimization: three tried, one of them taken back, one under way.
pub fn optimized(rig: &mut Rig) {
    start(rig, "systematic opt", "the nightly run");
    for _ in 0..3 {
        turn_with_evidence(rig, &["500", "410", "900"]);
    }
    rig.keys("1<enter><enter>").wait_minutes(30);
    reading(rig, "120").keys("R1<enter>").wait_minutes(20);
    reading(rig, "150").keys("R2<enter>").wait_minutes(10);
    reading(rig, "80");
}

/// Takes a reading of the first metric.
fn reading<'r>(rig: &'r mut Rig, figure: &str) -> &'r mut Rig {
    rig.keys("m").paste(figure).keys("<ctrl-s>")
}

/// Works on the selected turn: starts it, copies its prompt, records what is required, closes it.
pub fn turn_with_evidence(rig: &mut Rig, figures: &[&str]) {
    let mut figures = figures.iter().cycle();
    for _ in 0..30 {
        match rig.model.workspace.as_ref().unwrap().next() {
            Some(Step::Record(turn, slot)) => {
                let kind = turn.evidence[slot].kind;
                rig.keys("1<enter>");
                match kind {
                    EvidenceKind::Text => rig.paste("Seen in the log of the second node."),
                    EvidenceKind::Number => rig.paste(figures.next().unwrap()),
                    EvidenceKind::Verdict => rig,
                    EvidenceKind::Command => rig.paste("make check").keys("<tab>0<tab>").paste("ok"),
                    kind @ EvidenceKind::Link => panic!("what does a {kind} take here?"),
                };
                rig.keys("<ctrl-s>1");
            }
            Some(Step::Close(_)) => {
                rig.wait_minutes(12).keys("1<enter>");
                let waits = rig.model.workspace.as_ref().unwrap().selected().unwrap().1.open_gate().is_some();
                if waits {
                    rig.keys("p<enter>");
                }
                return;
            }
            Some(Step::Start(_) | Step::Resume(_) | Step::Copy(_)) => {
                rig.keys("1<enter>");
            }
            other => {
                let other = format!("{other:?}");
                panic!("{other}\n{}", rig.screen())
            }
        }
    }
    panic!("no end\n{}", rig.screen());
}

/// Compares the screen with its snapshot; what differs from run to run is taken out.
#[macro_export]
macro_rules! assert_screen {
    ($name:expr, $rig:expr) => {{
        let mut settings = insta::Settings::clone_current();
        settings.add_filter(r"(\d{4}-\d{2}-\d{2}-[a-z0-9-]+)-[0-9a-z]{4}\b", "$1-____");
        settings.add_filter(r"/\.tmp[A-Za-z0-9]{6}/", "/.tmp______/");
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!($name, $rig.screen()));
    }};
}
