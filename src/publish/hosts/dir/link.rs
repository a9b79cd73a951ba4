//! `current`: the link to the release that is live.
//!
//! Owns what it may lead to and how it is switched, in one step.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::RELEASES;
use crate::publish::hosts::local::{failed, known};
use crate::publish::trouble::Trouble;

/// Its name.
pub(super) const CURRENT: &str = "current";
/// A link that is about to be renamed to `current`.
pub(super) const NEXT: &str = ".current-new";

/// What `current` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Live {
    /// It is not there, or leads nowhere.
    Nothing,
    /// A link to a release of this name.
    Release(String),
    /// A link to another folder.
    Elsewhere(PathBuf),
    /// No link, but a folder.
    Folder,
}

impl Live {
    /// Looks.
    pub(super) fn look(root: &Path) -> Result<Self, Trouble> {
        let path = root.join(CURRENT);
        let Some(meta) = known(&path, fs::symlink_metadata(&path))? else { return Ok(Self::Nothing) };
        if meta.is_dir() {
            return Ok(Self::Folder);
        }
        if !meta.is_symlink() {
            return Err(Trouble::Failed(format!("{} is a file; take it away", path.display())));
        }
        let Some(real) = known(&path, fs::canonicalize(&path))? else { return Ok(Self::Nothing) };
        let releases = fs::canonicalize(root.join(RELEASES)).ok();
        let name = real.file_name().and_then(|name| name.to_str());
        Ok(match name.filter(|_| real.parent() == releases.as_deref()) {
            Some(name) => Self::Release(name.to_owned()),
            None => Self::Elsewhere(real),
        })
    }

    /// The folder that readers see.
    pub(super) fn folder(&self, root: &Path) -> Option<PathBuf> {
        match self {
            Self::Nothing => None,
            Self::Release(name) => Some(root.join(RELEASES).join(name)),
            Self::Elsewhere(folder) => Some(folder.clone()),
            Self::Folder => Some(root.join(CURRENT)),
        }
    }

    /// The release's name.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Release(name) => Some(name),
            _ => None,
        }
    }
}

/// Makes a link.
#[cfg(unix)]
pub(super) fn make(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(not(unix))]
pub(super) fn make(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Lets `current` lead to a release.
pub(super) fn switch(root: &Path, live: &Live, name: &str) -> Result<(), Trouble> {
    let (next, current) = (root.join(NEXT), root.join(CURRENT));
    tidy(root);
    make(&Path::new(RELEASES).join(name), &next).map_err(|error| failed(&next, &error))?;
    if *live == Live::Folder {
        // A folder that is taken over: no link can be renamed over one, and so there is a moment
        // without a site. It stays beside, for its owner to remove.
        let aside = root.join(format!("{CURRENT}-before-{name}"));
        fs::rename(&current, &aside).map_err(|error| failed(&current, &error))?;
    }
    fs::rename(&next, &current).map_err(|error| failed(&current, &error))?;
    // A switch that was reported stays, also after a power cut: file systems that keep a journal
    // write all that was renamed and linked before with it.
    if let Ok(folder) = File::open(root) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Removes a link that a run left which was killed before the switch.
pub(super) fn tidy(root: &Path) {
    let _ = fs::remove_file(root.join(NEXT));
}
