//! The folders that the system is asked to tell about.
//!
//! Owns which these are: one watch for every folder, so that what stands between them (`output/`,
//! `.git/`, `node_modules/`) wakes nobody. It knows that notify forgets a folder that goes, and
//! with it all below.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::Instant;

use notify::{ErrorKind, RecursiveMode};

use super::hear::WRITTEN;
use super::{Begin, Ear, Heard};
use crate::source::{Places, Source};

/// How many folders may come while others are being registered, one in the other.
const ROUNDS: usize = 8;

/// Whether the system tells of each folder alone, and of files that were written to their end:
/// inotify does. Others watch whole trees.
pub(super) const BY_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

pub(super) struct Watches {
    source: Source,
    begin: Begin,
    ear: Ear,
    system: Option<Box<dyn notify::Watcher + Send>>,
    registered: BTreeSet<PathBuf>,
    /// As of the last registration.
    pub(super) places: Places,
    /// The site's folder itself, when it was registered.
    root: Option<(PathBuf, u64)>,
}

impl Watches {
    pub(super) fn new(source: Source, begin: Begin, ear: Ear) -> Self {
        let (registered, places) = Default::default();
        Self { source, begin, ear, system: None, registered, places, root: None }
    }

    /// Whether the site's folder is another one than was registered, or somewhere else.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.source.place() != self.root
    }

    /// Whether a place is the site's own folder.
    pub(super) fn is_root(&self, place: &Path) -> bool {
        self.root.as_ref().is_some_and(|(root, _)| root == place)
    }

    /// Whether a place is a folder that is watched.
    pub(super) fn has(&self, place: &Path) -> bool {
        self.registered.contains(place)
    }

    /// Forgets all, and registers what is there now.
    pub(super) fn begin(&mut self) -> Result<(), notify::Error> {
        self.system = None;
        self.registered.clear();
        self.root = self.source.place();
        let ear = self.ear.clone();
        let listen = move |event: notify::Result<notify::Event>| {
            // Bashu itself opens files all the time.
            let change = |event: &notify::Event| {
                !event.kind.is_access() || event.kind == WRITTEN || event.need_rescan()
            };
            if event.as_ref().map_or(true, change) {
                // Nobody listens any more: the preview is ending.
                let _ = ear.send(Heard::Event(event, Instant::now()));
            }
        };
        self.system = Some((self.begin)(Box::new(listen))?);
        self.renew().map(drop)
    }

    /// Registers folders that have come, and drops those that are no longer the site's; whether
    /// any came. All are tried; the first failure is returned.
    pub(super) fn renew(&mut self) -> Result<bool, notify::Error> {
        let mut came = false;
        // What comes into a folder after it was listed and before it was registered is not told.
        for _ in 0..ROUNDS {
            self.places = self.source.places();
            let wanted = wanted(&self.places, BY_FOLDER);
            let gone = self.registered.iter().filter(|folder| !wanted.contains_key(*folder));
            for folder in gone.cloned().collect::<Vec<_>>() {
                self.unwatch(&folder);
            }
            let new = wanted.into_iter().filter(|(folder, _)| !self.registered.contains(folder));
            let new: Vec<(PathBuf, RecursiveMode)> = new.collect();
            let Some(system) = self.system.as_mut().filter(|_| !new.is_empty()) else { break };
            came = true;
            let mut failure = None;
            // Some systems begin anew with every call, unless they are told of all at once.
            let mut paths = system.paths_mut();
            for (folder, mode) in new {
                match paths.add(&folder, mode) {
                    Ok(()) => drop(self.registered.insert(folder)),
                    // Gone again.
                    Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                    Err(error) => failure = failure.or(Some(error)),
                }
            }
            let committed = paths.commit();
            if let Some(error) = failure.or(committed.err()) {
                return Err(error);
            }
        }
        Ok(came)
    }

    /// A folder came or went: whatever was registered there may be so no longer.
    pub(super) fn forget(&mut self, place: &Path) {
        let from = (Bound::Included(place), Bound::Unbounded);
        let below = self.registered.range::<Path, _>(from).take_while(|folder| folder.starts_with(place));
        for folder in below.cloned().collect::<Vec<_>>() {
            self.unwatch(&folder);
        }
    }

    fn unwatch(&mut self, folder: &Path) {
        self.registered.remove(folder);
        // That of a folder which is gone has gone with it, and is not found.
        let _ = self.system.as_mut().map(|system| system.unwatch(folder));
    }
}

/// The folders to register, and how.
fn wanted(places: &Places, by_folder: bool) -> BTreeMap<PathBuf, RecursiveMode> {
    let mut wanted = BTreeMap::new();
    let mut tree: Option<&Path> = None;
    // The first is the site's own, in which others than the site's stand.
    for (at, folder) in places.folders().enumerate() {
        if at == 0 || by_folder {
            wanted.insert(folder.to_path_buf(), RecursiveMode::NonRecursive);
        } else if !tree.is_some_and(|tree| folder.starts_with(tree)) {
            tree = Some(folder);
            wanted.insert(folder.to_path_buf(), RecursiveMode::Recursive);
        }
    }
    wanted
}
