//! The form: fields, marks, faults, the live prompt, at every size.

use insta::assert_snapshot;

use crate::rig::Rig;

/// A strategy of the built-in ones, opened in the form.
fn form(strategy: &str, columns: u16, rows: u16) -> Rig {
    let mut rig = Rig::at(columns, rows);
    rig.keys(&format!("/{strategy}<enter><enter>"));
    assert!(rig.model.form.is_some(), "{}", rig.screen());
    rig
}

#[test]
fn a_fresh_form_says_what_is_wanted() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 50), (60, 20)] {
        let rig = form("bug inv", columns, rows);
        assert_snapshot!(format!("fresh_{columns}x{rows}"), rig.screen());
    }
}

#[test]
fn a_fault_shows_once_the_field_was_left() {
    let mut rig = form("bug inv", 80, 24);
    rig.keys("Logins fail<tab><tab><tab>many<tab>");
    assert_snapshot!("faults_80x24", rig.screen());
}
