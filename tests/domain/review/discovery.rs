//! `discovery-missing`: when it speaks, when it does not, and how it is cleared.

use setlist::domain::review::Rule;
use setlist::domain::strategy::TurnKind;

use super::super::given::{Workspace, small};
use super::{by, clears, one, turns};

const EXISTING: &str = "\n[fit]\ncodebase = \"existing\"\n";
const MAKE: &[&str] = &["plan design", "make implement", "check validate;title = \"Run the tests\""];

#[test]
fn existing_code_is_looked_at_before_it_is_changed() {
    let mut workspace = Workspace::with(&turns(EXISTING, MAKE));
    let finding = clears(Rule::DiscoveryMissing, &mut workspace);
    assert_eq!(finding.what, "'make' changes existing code that nobody has looked at");
    assert_eq!(workspace.session().turns[1].kind, TurnKind::Research);
}

#[test]
fn new_code_is_not_looked_at() {
    assert_eq!(by(Rule::DiscoveryMissing, &Workspace::with(&turns("", MAKE)).plan), []);
    let new = EXISTING.replace("existing", "new");
    assert_eq!(by(Rule::DiscoveryMissing, &Workspace::with(&turns(&new, MAKE)).plan), []);
}

#[test]
fn looking_is_known_by_its_kind_or_its_name() {
    for look in ["look research", "plan design;title = \"Discover and draw the boundaries\""] {
        let strategy = turns(EXISTING, &[look, "make implement", "check validate;title = \"Run the tests\""]);
        assert_eq!(by(Rule::DiscoveryMissing, &Workspace::with(&strategy).plan), [], "{look}");
        let mut workspace = Workspace::with(&strategy);
        let id = workspace.session().turns[0].id.clone();
        workspace.skips(&id);
        let finding = one(Rule::DiscoveryMissing, &workspace.plan);
        assert!(finding.shows[1].ends_with("was skipped"), "{finding:?}");
    }
}

#[test]
fn a_session_may_look_for_the_one_that_waits_for_it() {
    let chain = |first: &str, after: &str| {
        small(&format!(
            "[fit]\ncodebase = \"existing\"\n\
             [[sessions]]\nid = \"a\"\n[[sessions.turns]]\nid = \"a1\"\nkind = \"{first}\"\nprompt = \"Do\"\n\
             [[sessions]]\nid = \"b\"\nafter = [{after}]\n[[sessions.turns]]\nid = \"b1\"\nkind = \"implement\"\nprompt = \"Do\"\n",
        ))
    };
    assert_eq!(by(Rule::DiscoveryMissing, &Workspace::with(&chain("research", "\"a\"")).plan), []);
    assert_eq!(one(Rule::DiscoveryMissing, &Workspace::with(&chain("research", "")).plan).session, "b");
    let found = by(Rule::DiscoveryMissing, &Workspace::with(&chain("implement", "\"a\"")).plan);
    assert_eq!(
        found.iter().map(|finding| finding.session.as_str()).collect::<Vec<_>>(),
        ["a"],
        "said once, where it begins"
    );
}

#[test]
fn what_is_under_way_is_too_late_to_be_told() {
    let mut workspace =
        Workspace::with(&turns(EXISTING, &["make implement", "check validate;title = \"Run the tests\""]));
    workspace.starts("make");
    assert_eq!(by(Rule::DiscoveryMissing, &workspace.plan), []);
}
