//! The key table and the handlers know the same actions: a key that the table has on a screen does something there or
//! says why not, and one that it has not is refused.

use setlist::app::model::{Screen, Tone};
use setlist::app::msg::Msg;
use setlist::app::update;
use setlist::keys::{Action, Binding, Context, TABLE};

use crate::given;
use crate::rig::{Rig, named_key};

/// More rows than any screen here has that take keys of their own.
const ROWS: usize = 24;

/// A program with a form and a plan of several sessions open.
fn rig() -> Rig {
    let mut rig = Rig::at(120, 40);
    given::two_at_once(&mut rig);
    rig.keys("gb<esc><esc>/database<enter><enter><esc>");
    assert!(rig.model.form.is_some() && rig.model.workspace.is_some(), "{}", rig.screen());
    rig
}

/// Puts the model on `screen` with nothing on top, as another key finds it.
fn go(rig: &mut Rig, screen: Screen, typing: bool) {
    let model = &mut rig.model;
    model.screen = screen;
    model.overlay = None;
    (model.browser.searching, model.plans.searching) = (false, false);
    if let Some(form) = &mut model.form {
        (form.editing, form.reviewing, form.turn) = (typing, false, None);
    }
    if let Some(workspace) = &mut model.workspace {
        workspace.reading = false;
    }
}

/// What came of a key.
#[derive(Debug, PartialEq, Eq)]
enum Answer {
    /// No handler knew it.
    Unknown,
    /// It cannot be done now.
    Refused,
    Done,
}

/// Presses a key, whose wishes nobody carries out.
fn press(rig: &mut Rig, binding: &Binding) -> Answer {
    rig.model.status = None;
    for chord in binding.keys[0].split(' ') {
        update(&mut rig.model, Msg::Key(named_key(chord)), "2026-11-22T14:00:00Z".parse().unwrap());
    }
    match &rig.model.status {
        Some(status) if status.text == format!("'{}' does nothing here", binding.label) => Answer::Unknown,
        Some(status) if status.tone == Tone::Refused => Answer::Refused,
        Some(_) | None => Answer::Done,
    }
}

/// What comes of the key on each row of `screen`, and in the review of a form.
fn answers(rig: &mut Rig, screen: Screen, binding: &Binding) -> Vec<Answer> {
    let typing = binding.context == Context::Edit;
    let mut answers = Vec::new();
    go(rig, screen, false);
    press(rig, Action::First.binding());
    for _ in 0..ROWS {
        go(rig, screen, typing);
        answers.push(press(rig, binding));
        go(rig, screen, false);
        press(rig, Action::Down.binding());
    }
    go(rig, screen, false);
    if let Some(form) = rig.model.form.as_mut().filter(|_| screen == Screen::Form && !typing) {
        form.reviewing = true;
        answers.push(press(rig, binding));
    }
    answers
}

#[test]
fn every_key_is_known_where_the_table_has_it_and_nowhere_else() {
    let mut rig = rig();
    let mut wrong = Vec::new();
    // No screen has five panes today; the name is one of those that `config.toml` may use.
    for binding in TABLE.iter().filter(|binding| binding.action != Action::Pane5) {
        let mut unknown = Vec::new();
        let mut on: Vec<Screen> = Screen::ALL.iter().copied().filter(|screen| binding.applies(*screen)).collect();
        if binding.context == Context::Edit {
            // Pressed in a field.
            on.push(Screen::Form);
        }
        for screen in &on {
            if answers(&mut rig, *screen, binding).iter().all(|answer| *answer == Answer::Unknown) {
                unknown.push(*screen);
            }
        }
        // Not every screen has panes, or something to the left.
        if !unknown.is_empty() && (binding.context != Context::Move || unknown == on) {
            wrong.push(format!("{}: no handler knows it on {unknown:?}", binding.name));
        }
        // The key of another context may be that of another action.
        for screen in Screen::ALL.iter().filter(|screen| binding.context == Context::Global && !on.contains(screen)) {
            if answers(&mut rig, *screen, binding).contains(&Answer::Done) {
                wrong.push(format!("{}: the table does not have it on {screen:?}", binding.name));
            }
        }
    }
    assert!(wrong.is_empty(), "src/keys/table.rs and src/app/handlers do not agree:\n{}", wrong.join("\n"));
}
