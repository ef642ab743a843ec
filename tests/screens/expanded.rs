//! Values typed into the form reach review, prompt and plan as they were typed, whatever template syntax is in them.

use setlist::app::msg::Effect;

use crate::effort::rounds;
use crate::rig::Rig;
use crate::syntax::value;

#[test]
fn what_is_typed_into_the_form_is_never_expanded() {
    for number in 0..rounds(10, 500) {
        let value = value(number);
        let mut rig = Rig::at(120, 40);
        rig.keys("/bug inv<enter><enter>").paste(&value);
        // Longer ones go on in the next row.
        assert!(value.len() > 40 || rig.screen().contains(&value), "{value}\n{}", rig.screen());
        rig.keys("<esc>r<enter>");
        let plan = &rig.model.workspace.as_ref().unwrap().plan;
        let prompt = plan.prompt(&plan.sessions[0], &plan.sessions[0].turns[0]).unwrap();
        assert!(prompt.contains(&format!("The report:\n{value}\n")), "{value}\n{prompt}");
        // Copied it is the same, before and after it counts as sent.
        rig.keys("ty");
        let copied = rig.outside.iter().find_map(|effect| match effect {
            Effect::Copy(text, _) => Some(text.clone()),
            _ => None,
        });
        assert_eq!(copied.unwrap(), prompt);
    }
}
