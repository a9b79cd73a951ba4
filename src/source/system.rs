//! What goes on around a site's files: git at work on them, and drives that other machines write to.
//!
//! Owns what whoever watches a site must know beyond its files. It never asks another program.

use std::fs;
use std::path::{Path, PathBuf};

use super::Stamp;

/// The lock that git holds while it changes files of the repository that a folder stands in: a
/// checkout, a merge, a step of a rebase.
///
/// See `gitrepository-layout(5)`: in a worktree or a submodule, `.git` is a file that says where the
/// repository's own folder is.
pub(super) fn git_lock(folder: &Path) -> Option<Stamp> {
    let git = folder.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    let own = if git.is_dir() { git } else { git_folder(&git)? };
    fs::metadata(own.join("index.lock")).ok().map(|meta| Stamp::of(&meta))
}

fn git_folder(file: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(file).ok()?;
    Some(file.parent()?.join(text.strip_prefix("gitdir:")?.trim()))
}

/// What kind of drive a folder is on, if it is one on which files may change without this system
/// knowing of it.
#[cfg(target_os = "linux")]
pub(super) fn shared_drive(folder: &Path) -> Option<&'static str> {
    /// `statfs(2)`, and `linux/magic.h`.
    const KINDS: [(u32, &str); 10] = [
        (0x6969, "NFS"),
        (0x517b, "SMB"),
        (0xff53_4d42, "SMB"),
        (0xfe53_4d42, "SMB"),
        (0x0102_1997, "9P, as drives of Windows in WSL"),
        (0x6573_5546, "FUSE"),
        (0x786f_4256, "VirtualBox"),
        (0x00c3_6400, "Ceph"),
        (0x5346_414f, "AFS"),
        (0x6b41_4653, "AFS"),
    ];
    // The field's width differs between processors, the number's does not.
    let kind = rustix::fs::statfs(folder).ok()?.f_type as u32;
    KINDS.iter().find(|(magic, _)| *magic == kind).map(|(_, name)| *name)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn shared_drive(_folder: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_of_git_is_found_from_a_folder_in_the_repository_and_from_a_worktree() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        for folder in ["repository/.git/worktrees/w", "repository/site", "tree/site", "beside"] {
            fs::create_dir_all(at(folder)).unwrap();
        }
        fs::write(at("tree/.git"), "gitdir: ../repository/.git/worktrees/w\n").unwrap();
        fs::write(at("beside/.git"), "what is this?").unwrap();
        let locked = || ["repository/site", "tree/site", "beside"].map(|site| git_lock(&at(site)).is_some());
        assert_eq!(locked(), [false, false, false]);
        fs::write(at("repository/.git/index.lock"), "").unwrap();
        assert_eq!(locked(), [true, false, false]);
        fs::write(at("repository/.git/worktrees/w/index.lock"), "").unwrap();
        assert_eq!(locked(), [true, true, false]);
    }

    #[test]
    fn a_drive_of_this_machine_is_not_shared() {
        assert_eq!(shared_drive(&std::env::temp_dir()), None);
    }
}
