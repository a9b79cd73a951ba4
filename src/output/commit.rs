//! The moment when the new site takes the old one's place.
//!
//! Owns the order of steps and how each is taken back: a commit that fails leaves the folder as
//! it was. It writes no bytes of a page; those wait in the staging folder.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::folder::{Entry, Folder, Staged, Trouble, above, ancestors};
use super::record::{self, JOURNAL, RECORD, STAGING};
use super::{Committed, Written, fault};
use crate::diag::{Diagnostic, Diagnostics};
use crate::source::Stamp;

/// How a step is taken back.
enum Undo {
    /// Moves a file back to its place.
    Return { from: PathBuf, to: PathBuf },
    /// Removes a file that was put where nothing was.
    Remove(PathBuf),
    /// Removes a folder that was made.
    Unmake(PathBuf),
    /// Makes a folder again that had become empty.
    Remake(PathBuf),
}

impl Undo {
    fn run(&self) -> io::Result<()> {
        match self {
            Undo::Return { from, to } => fs::rename(from, to),
            Undo::Remove(file) => fs::remove_file(file),
            Undo::Unmake(folder) => fs::remove_dir(folder),
            Undo::Remake(folder) => fs::create_dir(folder),
        }
    }
}

impl Folder {
    /// Puts the staged files in place, removes what an earlier build wrote and this one did not,
    /// with the folders that became empty, and writes the record.
    ///
    /// Pages change before pages go, so that a reader of the live folder meets as few links to
    /// removed pages as can be. On an error the folder is as it was.
    pub(super) fn finish(mut self) -> Result<Committed, Diagnostics> {
        let mut undo = Vec::new();
        let result = self.steps(&mut undo);
        if result.is_ok() {
            // From here the new record holds. What cannot be removed is removed by the next build.
            let _ = fs::remove_file(self.root.join(JOURNAL));
            let _ = fs::remove_dir_all(self.root.join(STAGING));
            self.done = true;
        } else {
            // Best effort: the system has just refused one step, and the journal knows the rest.
            for step in undo.iter().rev() {
                let _ = step.run();
            }
        }
        match result {
            // Only now: the second names of the old files are gone, and with them the last change.
            Ok(written) => Ok(Committed { written, placed: self.placed() }),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The stamps of files that were moved to their places.
    fn placed(&self) -> Vec<(Box<str>, Stamp)> {
        let moved = self.files.iter().filter(|(_, entry)| {
            matches!(entry.staged.get(), Some((Staged::Changed(_) | Staged::Waiting(_), _)))
        });
        let stamp = |path: &str| fs::symlink_metadata(self.root.join(path)).ok().map(|m| Stamp::of(&m));
        moved.filter_map(|(path, _)| Some((path.clone(), stamp(path)?))).collect()
    }

    fn steps(&self, undo: &mut Vec<Undo>) -> Result<Written, Diagnostic> {
        let kept = |e: &Entry| e.recorded && matches!(e.staged.get(), Some((Staged::Kept, _)));
        if !self.files.is_empty() && self.files.values().all(kept) {
            return Ok(Written { unchanged: self.files.len(), ..Written::default() });
        }
        // In the order of paths, so that what fails first does not depend on a hash map.
        let mut files: Vec<_> = self.files.iter().map(|(path, entry)| (&**path, entry)).collect();
        files.sort_unstable_by_key(|(path, _)| *path);
        let mut written = Written::default();
        let mut changed = Vec::new();
        let mut waiting = Vec::new();
        let mut stale = Vec::new();
        for &(path, entry) in &files {
            match entry.staged.get() {
                Some((Staged::Kept, _)) => written.unchanged += 1,
                Some((staged, bytes)) => {
                    written.written += 1;
                    written.bytes += bytes;
                    match staged {
                        Staged::Changed(number) => changed.push((path, *number)),
                        Staged::Waiting(number) => waiting.push((path, *number)),
                        Staged::New | Staged::Kept => {}
                    }
                }
                None if entry.owned => stale.push(path),
                None => {}
            }
        }

        // First what needs space: on a full disk nothing has been touched yet.
        let record =
            record::write(files.iter().filter(|(_, e)| e.staged.get().is_some()).map(|(path, _)| *path));
        let new_record = self.free_place();
        let record_changed = self.record.as_ref() != Some(&record);
        if record_changed {
            fs::write(&new_record, record).map_err(|error| fault::failed(&new_record, &error))?;
        }

        for (path, number) in changed {
            self.replace(path, number, undo).map_err(|t| t.report(&self.root, path))?;
        }
        let mut emptied = BTreeSet::new();
        for path in stale {
            if self.remove(path, undo).map_err(|t| t.report(&self.root, path))? {
                written.removed += 1;
                emptied.extend(ancestors(path));
            }
        }
        // What is inside a folder sorts after it.
        for folder in emptied.into_iter().rev() {
            self.remove_if_empty(folder, undo);
        }
        for (path, number) in waiting {
            self.place(path, number, undo).map_err(|t| t.report(&self.root, path))?;
        }
        if record_changed {
            let to = self.root.join(RECORD);
            fs::rename(&new_record, &to).map_err(|error| fault::failed(&to, &error))?;
        }
        Ok(written)
    }

    /// A changed file takes the old one's place, which is never empty in between, and the old one is
    /// kept to be taken back: the two change places, where the system can do that. Elsewhere the
    /// old one gets a second name first (a hard link); where a file system knows no hard links
    /// either, a failing commit can leave some pages new.
    fn replace(&self, path: &str, number: usize, undo: &mut Vec<Undo>) -> Result<(), Trouble> {
        let (new, to) = (self.aside(number), self.root.join(path));
        // A folder that somebody put there would change places as well, and be thrown away.
        let file = fs::symlink_metadata(&to).is_ok_and(|meta| !meta.is_dir());
        if file && exchange(&new, &to) {
            undo.push(Undo::Return { from: new, to });
            return Ok(());
        }
        let old = self.free_place();
        if fs::hard_link(&to, &old).is_ok() {
            undo.push(Undo::Return { from: old, to: to.clone() });
        }
        fs::rename(new, &to).map_err(|error| Trouble::Failed(to, error))
    }

    /// Moves a file away that is no longer part of the site; whether there was one. What stands
    /// behind a link, or is a folder by now, is not what we wrote.
    fn remove(&self, path: &str, undo: &mut Vec<Undo>) -> Result<bool, Trouble> {
        let from = self.root.join(path);
        if !self.is_real(above(path)) {
            return Ok(false);
        }
        match fs::symlink_metadata(&from) {
            Ok(meta) if !meta.is_dir() => {}
            Ok(_) => return Ok(false),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(Trouble::Failed(from, error)),
        }
        let to = self.free_place();
        fs::rename(&from, &to).map_err(|error| Trouble::Failed(from.clone(), error))?;
        undo.push(Undo::Return { from: to, to: from });
        Ok(true)
    }

    fn remove_if_empty(&self, folder: &str, undo: &mut Vec<Undo>) {
        let full = self.root.join(folder);
        // It fails for a folder that is not empty, which is the question.
        if fs::remove_dir(&full).is_ok() {
            self.standing.write().unwrap_or_else(PoisonError::into_inner).remove(folder);
            undo.push(Undo::Remake(full));
        }
    }

    /// Puts a file where something of ours was in the way.
    fn place(&self, path: &str, number: usize, undo: &mut Vec<Undo>) -> Result<(), Trouble> {
        let before = self.created.lock().unwrap_or_else(PoisonError::into_inner).len();
        let stands = self.stand(above(path));
        for folder in &self.created.lock().unwrap_or_else(PoisonError::into_inner)[before..] {
            undo.push(Undo::Unmake(self.root.join(&**folder)));
        }
        stands?;
        let to = self.root.join(path);
        if exists(&to) {
            return Err(Trouble::Foreign(path.to_owned()));
        }
        fs::rename(self.aside(number), &to).map_err(|error| Trouble::Failed(to.clone(), error))?;
        undo.push(Undo::Remove(to));
        Ok(())
    }
}

/// Lets two files change places in one step; whether it could be done.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
