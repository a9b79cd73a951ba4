//! Hearing of changes: which files of the site changed, gathered to what belongs together.
//!
//! Owns when a change is complete (an editor that writes twice, a checkout of thousands of files),
//! and what becomes of systems that do not tell. It never reads a file, and what it says is a hint:
//! whoever gets a [`Batch`] looks at all files.

use std::sync::mpsc;
use std::time::Instant;

use super::{Listener, Settings};
use crate::base::ContentPath;

/// Changes that belong together.
#[derive(Debug)]
pub(super) struct Batch {
    /// When the first of them was heard of.
    pub(super) since: Instant,
    /// Files that changed, in order; more may have.
    pub(super) files: Vec<ContentPath>,
}

/// Watches for as long as it is kept.
pub(super) struct Watcher;

/// Begins to watch. Notes go to the listener.
pub(super) fn watch(_settings: &Settings, _batches: mpsc::Sender<Batch>, _listener: Listener) -> Watcher {
    Watcher
}
