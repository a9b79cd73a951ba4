//! Looking through the folders of hosts that list one folder at a time.
//!
//! Owns the way through them, level by level, and the names under which files are sent aside. It never knows how a folder is listed.

use std::sync::{Mutex, PoisonError};

use crate::publish::crew;
use crate::publish::trouble::Trouble;

/// How names of files begin that are being sent aside: they are not the site's.
pub(super) const NEW: &str = ".bashu-new.";

/// Whether a file is, or was, being sent aside.
pub(super) fn is_aside(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with(NEW))
}

/// What stands in a folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name there.
    pub name: String,
    /// Its size in bytes, if it is a file.
    pub size: u64,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// The paths and sizes of all files below `root`, which is empty or ends with a slash. `look` lists
/// a folder of that form; nothing, if it is not there.
pub(super) fn files(
    root: &str,
    parallel: usize,
    look: impl Fn(&str) -> Result<Vec<Member>, Trouble> + Sync,
) -> Result<Vec<(String, u64)>, Trouble> {
    let files = Mutex::new(Vec::new());
    let mut level = vec![root.to_owned()];
    while !level.is_empty() {
        let below = Mutex::new(Vec::new());
        crew::each(&level, parallel, |folder| {
            let (folders, found): (Vec<Member>, Vec<Member>) =
                look(folder)?.into_iter().partition(|member| member.is_folder);
            // Nothing can panic while a lock is held.
            let mut below = below.lock().unwrap_or_else(PoisonError::into_inner);
            below.extend(folders.into_iter().map(|member| format!("{folder}{}/", member.name)));
            let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
            files.extend(found.into_iter().map(|member| (format!("{folder}{}", member.name), member.size)));
            Ok(())
        })?;
        level = below.into_inner().unwrap_or_else(PoisonError::into_inner);
    }
    Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner))
}
