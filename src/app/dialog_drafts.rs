//! Texts typed in dialogs that are not saved: kept over a closed dialog, a refusal, and the program's end.

use super::dialog::Dialog;
use super::model::{Model, Overlay};
use super::msg::Effect;
use super::purpose::Purpose;

/// Most bytes that are kept in all.
const MAX_KEPT_BYTES: usize = 4 * 1024 * 1024;

/// The name under which a dialog's texts are kept: of the open plan, since turns of two plans are called alike.
pub(super) fn name(model: &Model, purpose: &Purpose) -> String {
    let plan = model.workspace.as_ref().map(|workspace| workspace.plan.id.as_str()).unwrap_or_default();
    format!("{plan} {}", purpose.key())
}

/// Notes that the open dialog holds something new.
pub(super) fn note(model: &mut Model) {
    if let Some(Overlay::Dialog(dialog)) = &model.overlay
        && is_edited(dialog)
    {
        model.dialog_unsaved.get_or_insert(model.now);
    }
}

/// Keeps what the open dialog holds, and all that is kept on disk.
pub(super) fn save(model: &mut Model, effects: &mut Vec<Effect>) {
    model.dialog_unsaved = None;
    if let Some(Overlay::Dialog(dialog)) = &model.overlay {
        let name = name(model, &dialog.purpose);
        if is_edited(dialog) {
            model.kept.insert(name, dialog.texts());
        } else {
            model.kept.remove(&name);
        }
    }
    let mut room = MAX_KEPT_BYTES;
    let mut kept = model.kept.clone();
    kept.retain(|_, texts| {
        let size = texts.iter().map(String::len).sum::<usize>();
        let fits = size <= room;
        room -= if fits { size } else { 0 };
        fits
    });
    if model.memory.kept != kept {
        model.memory.kept = kept;
        effects.push(Effect::SaveMemory(Box::new(model.memory.clone())));
    }
}

/// Whether a dialog holds what it did not hold when it was opened.
pub(super) fn is_edited(dialog: &Dialog) -> bool {
    if let Purpose::EmptyTrash(_) = dialog.purpose {
        // What cannot be brought back is chosen anew each time.
        return false;
    }
    dialog.texts() != dialog.at_first && !dialog.texts().iter().all(String::is_empty)
}

/// What was handed in is not wanted: it is kept. Gives back whether there was something.
pub(super) fn take_back(model: &mut Model) -> bool {
    let Some((name, texts)) = model.submitted.take() else { return false };
    model.kept.insert(name, texts);
    model.dialog_unsaved.get_or_insert(model.now);
    true
}
