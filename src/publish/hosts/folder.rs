//! A plain folder: for hosts that take one, and for servers on this machine.
//!
//! Owns how files get into it whole, and that nothing outside it is ever touched: links in it are
//! never followed.
//!
//! Beside the site it holds `.bashu-lock`, which makes conditional writes conditional, and while a
//! run is at work `.bashu-new/RUN/`, where files wait to be moved to their places. What a run that
//! was killed left there, the next one removes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::local::{self, NEW, failed, known, lock_file};
use crate::base::OutputPath;
use crate::config::FolderHost;
use crate::publish::crew;
use crate::publish::manifest::{MANIFEST, Manifest};
use crate::publish::open::Context;
use crate::publish::place::{Expected, Listed, Mark, Numbered, Place};
use crate::publish::release::Item;
use crate::publish::tally::{Heard, Tally};
use crate::publish::trouble::Trouble;

/// A folder that readers look into.
pub(super) struct Folder {
    root: PathBuf,
    run: String,
    parallel: usize,
    stage: Mutex<Option<Stage>>,
    /// Names for files that wait.
    number: AtomicUsize,
}

/// Where a run's files wait.
struct Stage {
    dir: PathBuf,
    /// Locked as long as the run lives.
    _alive: File,
}

/// The folder of a host.
pub(super) fn open(context: &Context<'_>, host: &FolderHost) -> Result<Box<dyn Place>, Trouble> {
    let root = local::root(context.site, &host.path)?;
    Ok(Box::new(Folder {
        root,
        run: context.id.to_owned(),
        parallel: context.host.parallel,
        stage: Mutex::default(),
        number: AtomicUsize::new(0),
    }))
}

impl Folder {
    /// Where a file stands. No folder on the way may be a link.
    fn at(&self, name: &str) -> Result<PathBuf, Trouble> {
        let mut path = self.root.clone();
        let mut parts = name.split('/').peekable();
        while let Some(part) = parts.next() {
            path.push(part);
            let meta = parts.peek().and_then(|_| fs::symlink_metadata(&path).ok());
            if meta.is_some_and(|meta| meta.is_symlink()) {
                let why = format!("{} is a link, and Bashu follows none: take it away there", path.display());
                return Err(Trouble::Failed(why));
            }
        }
        Ok(path)
    }

    /// Does something that no other run does at the same time.
    fn locked<T>(&self, work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
        let lock = lock_file(&self.root)?;
        // Held for the writing of one small file: waiting for it takes no time. Some network file
        // systems have no locks; there, looking before writing must do.
        match lock.lock() {
            Err(error) if error.kind() != ErrorKind::Unsupported => Err(failed(&self.root, &error)),
            _ => work(),
        }
    }

    /// A name for a file that waits.
    fn waiting(&self) -> Result<PathBuf, Trouble> {
        let mut stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let stage = match &mut *stage {
            Some(stage) => stage,
            none => none.insert(self.locked(|| self.begin())?),
        };
        Ok(stage.dir.join(self.number.fetch_add(1, Ordering::Relaxed).to_string()))
    }

    /// Makes the folder where files wait, and removes those of runs that were killed.
    fn begin(&self) -> Result<Stage, Trouble> {
        let all = self.at(&format!("{NEW}/{}", self.run))?.with_file_name("");
        for left in fs::read_dir(&all).into_iter().flatten().flatten() {
            let dead = File::open(left.path().join("alive")).map_or(true, |file| file.try_lock().is_ok());
            if dead {
                // What cannot be removed now is in nobody's way.
                let _ = fs::remove_dir_all(left.path());
            }
        }
        let dir = all.join(&self.run);
        let alive = fs::create_dir_all(&dir).and_then(|()| {
            let alive = File::create(dir.join("alive"))?;
            let _ = alive.try_lock();
            Ok(alive)
        });
        Ok(Stage { _alive: alive.map_err(|error| failed(&dir, &error))?, dir })
    }

    /// Writes a file and moves it to its place: readers see the old one or the new.
    fn place(&self, name: &str, fill: impl FnOnce(&mut File) -> Result<(), Trouble>) -> Result<(), Trouble> {
        let (path, waiting) = (self.at(name)?, self.waiting()?);
        let mut file = File::create(&waiting).map_err(|error| failed(&waiting, &error))?;
        let filled = fill(&mut file).and_then(|()| {
            // The manifest says that it is there, and so it must be, also after a power cut.
            file.sync_all().map_err(|error| failed(&waiting, &error))?;
            let parent = path.parent().unwrap_or(&self.root);
            fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
            fs::rename(&waiting, &path).map_err(|error| failed(&path, &error))
        });
        filled.inspect_err(|_| {
            let _ = fs::remove_file(&waiting);
        })
    }

    /// Whether `A` and `a` are one file here.
    fn ignores_case(&self) -> Result<bool, Trouble> {
        let probe = self.waiting()?.with_extension("case");
        File::create(&probe).map_err(|error| failed(&probe, &error))?;
        let ignores = fs::symlink_metadata(probe.with_extension("CASE")).is_ok();
        let _ = fs::remove_file(&probe);
        Ok(ignores)
    }

    /// Deletes files. Where case is ignored, one of the site may have the name of one that goes, in
    /// another case: then there is nothing to delete.
    fn remove(&self, paths: &[Box<str>], ignores_case: bool, tally: &Tally<'_>) -> Result<(), Trouble> {
        let folded = |path: &str| OutputPath::new(path).folded();
        let staying: Vec<String> = match (ignores_case, self.read(MANIFEST)?) {
            (true, Some((bytes, _))) => {
                let manifest = Manifest::read(&bytes).unwrap_or_default();
                let mut staying: Vec<_> =
                    manifest.files.keys().chain(manifest.stale.keys()).map(|path| folded(path)).collect();
                staying.sort_unstable();
                staying
            }
            _ => Vec::new(),
        };
        for path in paths {
            tally.go_on()?;
            if staying.is_empty() || staying.binary_search(&folded(path)).is_err() {
                self.remove_one(path)?;
            }
            tally.tell(Heard::File(0));
        }
        self.remove_folders(paths);
        Ok(())
    }

    fn remove_one(&self, name: &str) -> Result<(), Trouble> {
        let path = self.at(name)?;
        // A folder of that name is somebody else's.
        if known(&path, fs::symlink_metadata(&path))?.is_none_or(|meta| meta.is_dir()) {
            return Ok(());
        }
        known(&path, fs::remove_file(&path)).map(drop)
    }

    /// Removes the folders of deleted files that are empty now, inner ones first. Once for all of
    /// them: to look after each file whether a large folder is empty takes longer the more are gone.
    fn remove_folders(&self, paths: &[Box<str>]) {
        let above = paths.iter().flat_map(|path| Path::new(&**path).ancestors().skip(1));
        let folders: BTreeSet<&str> =
            above.filter_map(Path::to_str).filter(|folder| !folder.is_empty()).collect();
        for folder in folders.iter().rev() {
            // Only empty ones can be removed so.
            let _ = self.at(folder).map(fs::remove_dir);
        }
    }
}

impl Place for Folder {
    fn read(&self, name: &str) -> Result<Option<(Vec<u8>, Mark)>, Trouble> {
        let path = self.at(name)?;
        let is_link = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_symlink());
        let bytes = if is_link { None } else { known(&path, fs::read(&path))? };
        Ok(bytes.map(|bytes| {
            let mark = Mark::of(&bytes);
            (bytes, mark)
        }))
    }

    fn write(&self, name: &str, bytes: &[u8], expected: &Expected) -> Result<Mark, Trouble> {
        // Before the lock is taken, which making it takes as well.
        self.waiting()?;
        self.locked(|| {
            if !expected.holds(self.mark(name)?.as_ref()) {
                return Err(Trouble::Conflict);
            }
            self.place(name, |file| {
                io::Write::write_all(file, bytes).map_err(|error| failed(Path::new(name), &error))
            })?;
            Ok(Mark::of(bytes))
        })
    }

    fn list(&self) -> Result<Vec<Listed>, Trouble> {
        local::list(&self.root)
    }

    fn put(&self, files: &[Numbered<'_>], tally: &Tally<'_>) -> Result<(), Trouble> {
        crew::each(files, self.parallel, |(number, item): &(usize, &Item)| {
            tally.go_on()?;
            self.place(&item.path, |file| item.copy_to(file))?;
            tally.sent(*number, item.size);
            Ok(())
        })
    }

    fn delete(&self, paths: &[Box<str>], tally: &Tally<'_>) -> Result<(), Trouble> {
        if paths.is_empty() {
            return Ok(());
        }
        self.remove(paths, self.ignores_case()?, tally)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let stage = self.stage.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(stage) = stage.take() {
            let _ = self.locked(|| {
                let _ = fs::remove_dir_all(&stage.dir);
                // Unless another run's files wait there.
                let _ = stage.dir.parent().map(fs::remove_dir);
                Ok(())
            });
        }
    }
}

#[cfg(test)]
mod tests;
