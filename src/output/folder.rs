//! The output folder on disk while a build is at work: staging files, and taking them back.
//!
//! Owns where each finished file waits. Files that are already in the folder are not changed
//! here: that is `commit`'s, once every page is done.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::record::{JOURNAL, STAGING};
use super::{Committed, Seen, Sink, fault};
use crate::base::{Digest, OutputPath};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Stamp;

/// An output folder that is being written.
///
/// New files go straight to their places, which costs one system call less a file than staging
/// them would; nothing in the live folder links to them yet. Changed files wait in `.bashu-new/`
/// until [`Folder::commit`], so that a page that readers know is never missing or half written.
/// Without a commit, everything is taken back when the value is dropped.
pub struct Folder {
    pub(super) root: PathBuf,
    /// Every path that is ours, will be, or both. Fixed once the folder is open, so that threads
    /// share it without a lock.
    pub(super) files: FxHashMap<Box<str>, Entry>,
    /// The record as it stood.
    pub(super) record: Option<String>,
    /// The journal of a build that was killed.
    pub(super) journal: Option<String>,
    /// Nothing stood in the folder: no file needs to be looked for.
    pub(super) fresh: bool,
    /// Folders that are known to stand, and to be folders rather than links to some.
    pub(super) standing: RwLock<FxHashSet<Box<str>>>,
    /// Folders that this build created.
    pub(super) created: Mutex<Vec<Box<str>>>,
    /// The output folder itself and those above it, as far as this build created them.
    pub(super) made: Vec<PathBuf>,
    pub(super) next: AtomicUsize,
    pub(super) done: bool,
    /// Held until the end, so that two builds do not write at the same time; the system lets go
    /// of it when a build is killed.
    pub(super) lock: Option<File>,
}

/// What is known about a path.
#[derive(Default)]
pub(super) struct Entry {
    /// An earlier build wrote it, or was about to.
    pub(super) owned: bool,
    /// The record says so, and not just the journal.
    pub(super) recorded: bool,
    /// This build will.
    pub(super) planned: bool,
    /// Something of ours stands in the place until `commit` removes it.
    pub(super) in_way: bool,
    /// Where the finished file is, and its length.
    pub(super) staged: OnceLock<(Staged, u64)>,
}

/// Where a finished file is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Staged {
    /// It was there with the same bytes.
    Kept,
    /// In its place, where nothing was.
    New,
    /// Set aside under a number; takes the place of a file.
    Changed(usize),
    /// Set aside under a number, until what is in the way is removed.
    Waiting(usize),
}

/// Why a file could not be put.
pub(super) enum Trouble {
    /// Something of ours is in the way, and will not be after the commit.
    Ours,
    /// Something of somebody else's is.
    Foreign(String),
    /// A planned file is.
    FileAndFolder(String),
    Failed(PathBuf, io::Error),
}

impl Trouble {
    pub(super) fn report(self, root: &Path, path: &str) -> Diagnostic {
        match self {
            Trouble::Ours => fault::file_and_folder(path),
            Trouble::Foreign(found) => fault::foreign_file(root, path, &found),
            Trouble::FileAndFolder(found) => fault::file_and_folder(&found),
            Trouble::Failed(at, error) => fault::failed(&at, &error),
        }
    }
}

impl Folder {
    /// Takes back everything that was put: the folder is as it was.
    pub fn rollback(self) {
        drop(self);
    }

    pub(super) fn write_journal(&self, text: &str) -> io::Result<()> {
        let new = self.root.join(STAGING).join("journal");
        fs::write(&new, text)?;
        fs::rename(new, self.root.join(JOURNAL))
    }

    /// Puts a file where it waits for the commit.
    fn stage(&self, path: &str, entry: &Entry, bytes: &[u8]) -> Result<(Staged, Option<Stamp>), Trouble> {
        let aside = |number, staged: fn(usize) -> Staged| Ok((staged(number), None));
        if entry.in_way {
            return aside(self.set_aside(bytes)?, Staged::Waiting);
        }
        match self.stand(above(path)) {
            Err(Trouble::Ours) => return aside(self.set_aside(bytes)?, Staged::Waiting),
            other => other?,
        }
        let full = self.root.join(path);
        if entry.owned {
            match fs::symlink_metadata(&full) {
                Ok(meta) if meta.is_file() => {
                    // A file that cannot be read differs from ours: it is replaced.
                    let same = meta.len() == bytes.len() as u64 && holds(&full, bytes).unwrap_or(false);
                    return match same {
                        true => Ok((Staged::Kept, Some(Stamp::of(&meta)))),
                        false => aside(self.set_aside(bytes)?, Staged::Changed),
                    };
                }
                Ok(meta) if meta.is_dir() => {
                    self.only_ours(path)?;
                    return aside(self.set_aside(bytes)?, Staged::Waiting);
                }
                // A link where our file was is replaced, and not followed.
                Ok(_) => return aside(self.set_aside(bytes)?, Staged::Changed),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(Trouble::Failed(full, error)),
            }
        }
        match write_new(&full, bytes) {
            Ok(stamp) => Ok((Staged::New, stamp)),
            // It was not there when the folder was opened.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Trouble::Foreign(path.to_owned())),
            Err(error) => Err(Trouble::Failed(full, error)),
        }
    }

    /// Writes a file into the staging folder; its number.
    fn set_aside(&self, bytes: &[u8]) -> Result<usize, Trouble> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let full = self.aside(number);
        write_new(&full, bytes).map_err(|error| Trouble::Failed(full, error))?;
        Ok(number)
    }

    /// A number in the staging folder that is not in use.
    pub(super) fn free_place(&self) -> PathBuf {
        self.aside(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Where the file with a number waits.
    pub(super) fn aside(&self, number: usize) -> PathBuf {
        self.root.join(STAGING).join(number.to_string())
    }

    /// Sees to it that a folder stands, and is a real one: each is made or looked at once.
    pub(super) fn stand(&self, folder: &str) -> Result<(), Trouble> {
        if folder.is_empty() || self.stands(folder) {
            return Ok(());
        }
        self.stand(above(folder))?;
        let full = self.root.join(folder);
        // In a fresh folder making it is right at the first try; elsewhere it is mostly there.
        let mut make_first = self.fresh;
        loop {
            if make_first {
                match fs::create_dir(&full) {
                    Ok(()) => {
                        self.created.lock().unwrap_or_else(PoisonError::into_inner).push(folder.into());
                        break;
                    }
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(Trouble::Failed(full, error)),
                }
            }
            match fs::symlink_metadata(&full) {
                Ok(meta) if meta.is_dir() => break,
                Ok(_) => {
                    return Err(match self.files.get(folder) {
                        Some(Entry { planned: true, .. }) => Trouble::FileAndFolder(folder.to_owned()),
                        Some(_) => Trouble::Ours,
                        None => Trouble::Foreign(folder.to_owned()),
                    });
                }
                Err(error) if error.kind() == ErrorKind::NotFound && !make_first => make_first = true,
                Err(error) => return Err(Trouble::Failed(full, error)),
            }
        }
        self.standing.write().unwrap_or_else(PoisonError::into_inner).insert(folder.into());
        Ok(())
    }

    fn stands(&self, folder: &str) -> bool {
        self.standing.read().unwrap_or_else(PoisonError::into_inner).contains(folder)
    }

    /// Whether a folder is there and real, without making it.
    pub(super) fn is_real(&self, folder: &str) -> bool {
        if folder.is_empty() || self.stands(folder) {
            return true;
        }
        let real = self.is_real(above(folder))
            && fs::symlink_metadata(self.root.join(folder)).is_ok_and(|meta| meta.is_dir());
        if real {
            self.standing.write().unwrap_or_else(PoisonError::into_inner).insert(folder.into());
        }
        real
    }

    fn take_back(&self) {
        // Nobody is left to tell about a failure here, and every path is in the journal.
        for (path, entry) in &self.files {
            if matches!(entry.staged.get(), Some((Staged::New, _))) {
                let _ = fs::remove_file(self.root.join(&**path));
            }
        }
        let mut created = std::mem::take(&mut *self.created.lock().unwrap_or_else(PoisonError::into_inner));
        // What is inside a folder sorts after it.
        created.sort_unstable();
        for folder in created.iter().rev() {
            let _ = fs::remove_dir(self.root.join(&**folder));
        }
        let _ = match &self.journal {
            Some(text) => self.write_journal(text),
            None => fs::remove_file(self.root.join(JOURNAL)),
        };
        let _ = fs::remove_dir_all(self.root.join(STAGING));
        self.remove_made();
    }

    pub(super) fn remove_made(&self) {
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Sink for Folder {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Option<Stamp>, Diagnostic> {
        let Some(entry) = self.files.get(path.as_str()).filter(|entry| entry.planned) else {
            return Err(fault::unannounced(path));
        };
        if entry.staged.get().is_some() {
            return Err(fault::twice(path));
        }
        let (staged, stamp) =
            self.stage(path.as_str(), entry, bytes).map_err(|t| t.report(&self.root, path.as_str()))?;
        entry.staged.set((staged, bytes.len() as u64)).map_err(|_| fault::twice(path))?;
        Ok(stamp)
    }

    fn keep(&self, path: &OutputPath, seen: Seen) -> Option<Stamp> {
        let entry = self.files.get(path.as_str()).filter(|e| e.planned && e.owned && !e.in_way)?;
        let full = self.root.join(path.as_str());
        let meta = fs::symlink_metadata(&full).ok().filter(|meta| meta.is_file())?;
        let stamp = Stamp::of(&meta);
        if seen.stamp != Some(stamp) {
            // A copy of the site, or one that was touched, is as good if it says the same; but it
            // must stand in a folder that is one, and not behind a link.
            let same = self.stand(above(path.as_str())).is_ok()
                && fs::read(&full).is_ok_and(|bytes| Digest::of(&bytes) == seen.content);
            if !same {
                return None;
            }
        }
        entry.staged.set((Staged::Kept, meta.len())).ok()?;
        Some(stamp)
    }

    fn commit(self) -> Result<Committed, Diagnostics> {
        self.finish()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.done {
            self.take_back();
        }
    }
}

/// The folder of a path.
pub(super) fn above(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders of a path, innermost first.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(above(path)), |p| Some(above(p))).take_while(|p| !p.is_empty())
}

/// Whether a file of the same length holds these bytes.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = [0; 32 * 1024];
    let mut rest = bytes;
    while !rest.is_empty() {
        let read = file.read(&mut buffer)?;
        match rest.split_at_checked(read) {
            Some((expected, after)) if read > 0 && expected == &buffer[..read] => rest = after,
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// Writes a file that must not be there; its stamp. What could not be written whole is removed again.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })?;
    Ok(file.metadata().ok().map(|meta| Stamp::of(&meta)))
}
