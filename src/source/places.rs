//! Where a site's files really are, for whoever watches them.
//!
//! Owns the way back from a place of the disk to what the site calls the file there, through all
//! symbolic links. It is filled by the walk over the site's folder, and never opens a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::skip;
use crate::base::ContentPath;

/// The folders in which a change may change the site, without links: its own, those that its files
/// stand in, and those to which links lead.
#[derive(Debug, Default)]
pub struct Places {
    /// Each with what the site calls it, empty for its own folder; a link gives it one more name. One
    /// without a name holds nothing but the targets of links to files.
    folders: BTreeMap<PathBuf, Vec<String>>,
    /// Where links to files lead, whether there is a file or not, with the names of the links.
    targets: BTreeMap<PathBuf, Vec<ContentPath>>,
}

impl Places {
    /// The folders, each before those in it.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.keys().map(PathBuf::as_path)
    }

    /// What the site calls the file at a place, if there is one; nothing where none would be read.
    pub fn names(&self, place: &Path) -> Vec<ContentPath> {
        let names = self.named(place).into_iter().filter(|name| skip::belongs(name)).map(ContentPath::new);
        names.chain(self.targets.get(place).into_iter().flatten().cloned()).collect()
    }

    /// Whether a folder or link that comes to a place, or goes from it, may change what there is to
    /// watch.
    pub fn matters(&self, place: &Path) -> bool {
        let read = |name: &String| {
            let (_, last) = name.rsplit_once('/').unwrap_or_default();
            !skip::passed_over(if last.is_empty() { name } else { last }, skip::copied(name))
        };
        self.folders.contains_key(place) || self.is_target(place) || self.named(place).iter().any(read)
    }

    /// Whether a link to a file leads to a place.
    pub fn is_target(&self, place: &Path) -> bool {
        self.targets.contains_key(place)
    }

    fn named(&self, place: &Path) -> Vec<String> {
        let Some((folder, name)) = place.parent().zip(place.file_name()) else { return Vec::new() };
        let name = name.to_string_lossy();
        let below = |folder: &String| match &**folder {
            "" => name.to_string(),
            folder => format!("{folder}/{name}"),
        };
        self.folders.get(folder).into_iter().flatten().map(below).collect()
    }

    pub(super) fn folder(&mut self, real: &Path, name: &str) {
        self.folders.entry(real.to_path_buf()).or_default().push(name.to_owned());
    }

    pub(super) fn target(&mut self, real: PathBuf, link: &ContentPath) {
        if let Some(folder) = real.parent() {
            self.folders.entry(folder.to_path_buf()).or_default();
        }
        self.targets.entry(real).or_default().push(link.clone());
    }
}

/// What stands at a place of the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A file, or what cannot be told from one.
    File {
        /// It holds nothing.
        empty: bool,
    },
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// Nothing, or nothing that may be seen.
    Nothing,
}

impl Entry {
    /// Looks.
    pub fn at(place: &Path) -> Self {
        match fs::symlink_metadata(place) {
            Ok(meta) if meta.is_dir() => Self::Folder,
            Ok(meta) if meta.is_symlink() => Self::Link,
            Ok(meta) => Self::File { empty: meta.len() == 0 },
            Err(_) => Self::Nothing,
        }
    }
}
