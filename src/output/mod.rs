//! The output folder: finished files go in, and only what Bashu wrote is ever replaced or removed.
//!
//! Owns the folder's record of what is ours, and the promise that the folder holds either the
//! old site or the new one. It is the only room that writes the site; it never knows what a
//! file means, and never reads the site's own files.

mod commit;
mod fault;
mod folder;
mod location;
mod open;
mod record;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::base::{Digest, OutputPath};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Stamp;

pub use fault::shortened;
pub use folder::Folder;
pub use location::{HOSTS, identity};
pub use record::files;

/// Where finished files go.
pub trait Sink: Sync {
    /// Takes a finished file. Called from several threads, once a path. Where the file stands in
    /// its place already, its stamp is returned.
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Option<Stamp>, Diagnostic>;

    /// Leaves a file alone that an earlier build put, if it is still what it was; then this is
    /// all that is to be done about the path, and its stamp is returned.
    fn keep(&self, path: &OutputPath, seen: Seen) -> Option<Stamp>;

    /// Puts everything in its place, once there is no fault.
    fn commit(self) -> Result<Committed, Diagnostics>;
}

/// What an earlier build saw of a file that it put.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// Its stamp, where that proves that the file is the same.
    pub stamp: Option<Stamp>,
    /// The digest of its bytes.
    pub content: Digest,
}

/// A site that stands in its place.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// What was done.
    pub written: Written,
    /// The files that were moved to their places only now.
    pub placed: Vec<(Box<str>, Stamp)>,
}

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have changed.
    pub written: usize,
    /// Files that were there with the same bytes, and were left alone.
    pub unchanged: usize,
    /// Files of an earlier build that this one did not write.
    pub removed: usize,
    /// The bytes of the files written.
    pub bytes: u64,
}

/// A site in memory, for tests and previews.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Memory {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// The files, by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for &Memory {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Option<Stamp>, Diagnostic> {
        // Nothing can panic while the lock is held, so a poisoned map is whole.
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match files.insert(path.as_str().to_owned(), bytes.to_vec()) {
            None => Ok(None),
            Some(_) => Err(fault::twice(path)),
        }
    }

    fn keep(&self, _: &OutputPath, _: Seen) -> Option<Stamp> {
        None
    }

    fn commit(self) -> Result<Committed, Diagnostics> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = files.values().map(|bytes| bytes.len() as u64).sum();
        let written = Written { written: files.len(), bytes, ..Written::default() };
        Ok(Committed { written, placed: Vec::new() })
    }
}
