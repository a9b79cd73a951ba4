//! Opening the output folder: whether it is ours, what is in it, and what stands in the way.
//!
//! Owns every refusal. Apart from creating the folder nothing is changed until all checks are
//! passed; then the journal says which files this build may add.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::folder::{Folder, Trouble, ancestors};
use super::record::{self, JOURNAL, RECORD, STAGING};
use super::{fault, location};
use crate::base::OutputPath;
use crate::diag::{Diagnostic, Diagnostics};

impl Folder {
    /// Opens the output folder `dir` of the site at `site_root` for the files `planned`, and
    /// creates it if need be.
    ///
    /// Refused are a folder with files that Bashu did not write, a file of somebody else's in a
    /// planned place, a folder that is the site itself or holds its sources, and one that another
    /// build is writing to. A refusal leaves everything as it was.
    pub fn open<'a>(
        dir: &Path,
        site_root: Option<&Path>,
        planned: impl IntoIterator<Item = &'a OutputPath>,
    ) -> Result<Folder, Diagnostics> {
        location::check(dir, site_root)?;
        let made = create(dir).map_err(|error| fault::failed(dir, &error))?;
        let mut folder = Folder {
            root: dir.to_path_buf(),
            files: FxHashMap::default(),
            record: None,
            journal: None,
            fresh: false,
            standing: RwLock::default(),
            created: Mutex::default(),
            made,
            next: AtomicUsize::new(0),
            // Until the folder is known to be ours, there is nothing to take back.
            done: true,
            lock: None,
        };
        match folder.claim(planned) {
            Ok(()) => folder.done = false,
            Err(faults) => {
                folder.remove_made();
                return Err(faults);
            }
        }
        folder.announce().map_err(|error| fault::failed(&folder.root.join(STAGING), &error))?;
        Ok(folder)
    }

    /// Checks that the folder is ours and learns what is in it. Changes nothing.
    fn claim<'a>(&mut self, planned: impl IntoIterator<Item = &'a OutputPath>) -> Result<(), Diagnostics> {
        self.lock = lock(&self.root)?;
        let names = fs::read_dir(&self.root).and_then(|entries| {
            entries.map(|e| e.map(|e| e.file_name().to_string_lossy().into_owned())).collect()
        });
        let mut names: Vec<String> = names.map_err(|error| fault::failed(&self.root, &error))?;
        names.retain(|name| !record::bookkeeping(name) && !record::known(name));
        names.sort_unstable();

        let planned: Vec<&str> = planned.into_iter().map(OutputPath::as_str).collect();
        let mut faults = Vec::new();
        self.files.reserve(planned.len());
        for &path in &planned {
            if let Some(why) = record::fault_of(path) {
                faults.push(fault::bad_path(path, &why));
            }
            self.files.entry(path.into()).or_default().planned = true;
        }
        let known = |path: &str| self.files.contains_key(path);
        self.record = record::read(&self.root, RECORD, known)?;
        self.journal = record::read(&self.root, JOURNAL, known)?;
        if self.record.is_none() && self.journal.is_none() && !names.is_empty() {
            return Err(fault::foreign_folder(&self.root, &names).into());
        }
        for (list, recorded) in [(&self.record, true), (&self.journal, false)] {
            for path in list.iter().flat_map(|text| record::paths(text)) {
                let entry = match self.files.get_mut(path) {
                    Some(entry) => entry,
                    None => self.files.entry(path.into()).or_default(),
                };
                entry.owned = true;
                entry.recorded |= recorded;
            }
        }
        let unknown: Vec<&str> =
            planned.iter().copied().filter(|path| self.files.get(*path).is_some_and(|e| !e.owned)).collect();

        // Most folders are those of many files, and looked at once.
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for &path in &planned {
            for above in ancestors(path).take_while(|above| seen.insert(above)) {
                if self.files.get(above).is_some_and(|e| e.planned) {
                    faults.push(fault::file_and_folder(above));
                }
            }
        }
        if !faults.is_empty() {
            return Err(fault::shortened(faults));
        }
        // A path that only `.gitignore` and its like could be in the way of is looked for as well.
        self.fresh = self.record.is_none()
            && self.journal.is_none()
            && !unknown.iter().any(|path| record::known(path.split('/').next().unwrap_or(path)));
        if !self.fresh && !unknown.is_empty() {
            let folded = self.folded();
            for path in unknown {
                match self.in_the_way(path, &folded) {
                    Ok(false) => {}
                    Ok(true) => {
                        if let Some(entry) = self.files.get_mut(path) {
                            entry.in_way = true;
                        }
                    }
                    Err(trouble) => faults.push(trouble.report(&self.root, path)),
                }
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(fault::shortened(faults)) }
    }

    /// The owned paths as a file system that ignores case sees them.
    fn folded(&self) -> FxHashSet<String> {
        self.files.iter().filter(|(_, e)| e.owned).map(|(path, _)| path.to_lowercase()).collect()
    }

    /// Whether something of ours stands where a file will be that is not. Something of somebody
    /// else's is an error: it must be found before the journal says that the path is ours.
    fn in_the_way(&self, path: &str, folded: &FxHashSet<String>) -> Result<bool, Trouble> {
        let full = self.root.join(path);
        match fs::symlink_metadata(&full) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            // Unix says so when a file stands where a folder should; `put` finds out which.
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                let above = ancestors(path).find(|above| {
                    fs::symlink_metadata(self.root.join(above)).is_ok_and(|meta| !meta.is_dir())
                });
                match above {
                    Some(above) if !self.files.get(above).is_some_and(|e| e.owned) => {
                        Err(Trouble::Foreign(above.to_owned()))
                    }
                    _ => Ok(true),
                }
            }
            Err(error) => Err(Trouble::Failed(full, error)),
            Ok(meta) if meta.is_dir() => self.only_ours(path).map(|()| true),
            // Where case is ignored, the page `Ants` is found in the place of the new `ants`.
            Ok(_) if folded.contains(&path.to_lowercase()) && !spelled_so(&self.root, path) => Ok(true),
            Ok(_) => Err(Trouble::Foreign(path.to_owned())),
        }
    }

    /// That a folder holds nothing but files of ours.
    pub(super) fn only_ours(&self, folder: &str) -> Result<(), Trouble> {
        let top = self.root.join(folder);
        for entry in walkdir::WalkDir::new(&top).min_depth(1).sort_by_file_name() {
            let entry = entry.map_err(|error| Trouble::Failed(top.clone(), error.into()))?;
            let below: Vec<_> = entry
                .path()
                .strip_prefix(&top)
                .unwrap_or(entry.path())
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            let path = format!("{folder}/{}", below.join("/"));
            if !entry.file_type().is_dir() && !self.files.get(path.as_str()).is_some_and(|e| e.owned) {
                return Err(Trouble::Foreign(path));
            }
        }
        Ok(())
    }

    /// Clears what a killed build left and writes down which files this one may add.
    fn announce(&self) -> io::Result<()> {
        let staging = self.root.join(STAGING);
        match fs::remove_dir_all(&staging) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir(&staging)?,
        }
        let added: Vec<&str> =
            self.files.iter().filter(|(_, entry)| !entry.recorded).map(|(path, _)| &**path).collect();
        if !added.is_empty() {
            self.write_journal(&record::write(added))?;
        }
        Ok(())
    }
}

/// Creates a folder and those above it; those that were not there, outermost first.
fn create(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let missing: Vec<PathBuf> = dir
        .ancestors()
        .take_while(|above| !above.as_os_str().is_empty() && !above.exists())
        .map(Path::to_path_buf)
        .collect();
    let mut made: Vec<PathBuf> = Vec::new();
    for folder in missing.into_iter().rev() {
        // `..` of a folder that was just made is there.
        if folder.exists() {
            continue;
        }
        if let Err(error) = fs::create_dir(&folder) {
            for folder in made.iter().rev() {
                let _ = fs::remove_dir(folder);
            }
            return Err(error);
        }
        made.push(folder);
    }
    Ok(made)
}

/// Takes the folder for this build alone. Where the system cannot lock a folder (Windows, some
/// network file systems), two builds at once are the user's own risk.
fn lock(dir: &Path) -> Result<Option<File>, Diagnostic> {
    let Ok(file) = File::open(dir) else { return Ok(None) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(fault::busy(dir)),
        Err(TryLockError::Error(_)) => Ok(None),
        Ok(()) => Ok(Some(file)),
    }
}

/// Whether the file system spells a path as we do, for those that ignore case.
fn spelled_so(root: &Path, path: &str) -> bool {
    let (Ok(root), Ok(found)) = (fs::canonicalize(root), fs::canonicalize(root.join(path))) else {
        return true;
    };
    found == root.join(Path::new(path).components().collect::<PathBuf>())
}
