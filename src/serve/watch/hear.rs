//! What the words of systems mean: an event of notify, as something that happened to a file.
//!
//! Owns the difference between systems. inotify says when a file was written to its end; elsewhere
//! every change may be the last.

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};

use super::gather::What;
use crate::source::Entry;

/// A file was written to its end.
pub(super) const WRITTEN: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));

/// What an event says of a place at which `entry` stands now. `tells_end` is whether the system
/// says when a file was written to its end. `None` for what is no change, or is told twice.
pub(super) fn what(kind: EventKind, tells_end: bool, entry: Entry) -> Option<What> {
    let written = if entry == (Entry::File { empty: true }) { What::Emptied } else { What::Written };
    Some(match kind {
        WRITTEN => written,
        EventKind::Access(_) => return None,
        EventKind::Create(_) => What::Came,
        EventKind::Modify(ModifyKind::Metadata(_)) => What::Touched,
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => What::Left,
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => What::Arrived,
        // The two ends are told as well.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => return None,
        EventKind::Modify(ModifyKind::Name(_)) if entry != Entry::Nothing => What::Arrived,
        EventKind::Modify(ModifyKind::Data(_)) if tells_end => What::Writing,
        _ if entry == Entry::Nothing => What::Left,
        _ => written,
    })
}
