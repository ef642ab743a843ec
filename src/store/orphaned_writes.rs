//! Texts that stand nowhere any more: kept, because somebody wrote them.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::domain::id;
use crate::domain::plan::MAX_BYTES;

use super::Store;
use super::atomic::{self, How};
use super::files::{self, Links};
use super::history::History;
use super::plan_text;

impl Store {
    /// Keeps a text of the plan `id` that was saved by somebody else while this program wrote: as a revision, or as it
    /// is, where it is no plan.
    pub(super) fn keep_stray(&self, id: &str, history: &mut History, bytes: &[u8]) {
        // What an editor that empties a file before it writes leaves for a moment.
        if bytes.is_empty() {
            return;
        }
        let text = std::str::from_utf8(bytes).ok();
        let plan = text.and_then(|text| Some((text, plan_text::parse(&self.plan_path(id), text).ok()?.plan)));
        match plan {
            Some((text, plan)) => history.keep(text, &plan),
            None => {
                let kept = self.free_broken(id);
                if let Err(error) = self.write(&kept, bytes, How { replace: false, ..How::DURABLE }) {
                    tracing::warn!(?kept, %error, "what another program saved is not kept");
                }
            }
        }
    }

    /// Removes our temporary files in `folder` that no writer owns any more. A plan among them that is not in history,
    /// left by a program that died at the worst moment, goes there first.
    pub(super) fn sweep(&self, folder: &Path) {
        for path in atomic::stale_temps(folder, SystemTime::now()) {
            if folder == self.dirs().plans() {
                self.keep_temp(&path);
            }
            if let Err(error) = fs::remove_file(&path) {
                tracing::warn!(?path, %error, "a stale temporary file stays");
            }
        }
    }

    fn keep_temp(&self, path: &Path) {
        let Ok(text) = files::read_text(path, MAX_BYTES, Links::Refused) else { return };
        let Some(id) = plan_text::id(&text).filter(|id| id::is_valid(id)) else { return };
        let mut history = History::open(&self.dirs().history(&id));
        if !history.holds(&text) {
            self.keep_stray(&id, &mut history, text.as_bytes());
        }
    }
}
