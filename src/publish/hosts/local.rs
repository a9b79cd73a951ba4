//! Folders of this machine, for the hosts that are such.
//!
//! Owns which folders a site may be put into, how one is listed and locked. Links in it are never
//! followed.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use crate::publish::place::Listed;
use crate::publish::release::md5;
use crate::publish::trouble::Trouble;
use crate::source::{CACHE, FOLDERS};

/// What makes sure that one run is at work at a time.
pub(super) const LOCK: &str = ".bashu-lock";

/// Where files of a plain folder wait.
pub(super) const NEW: &str = ".bashu-new";

/// A folder that `site.yaml` names, if a site may be put there: not over its own sources, and not
/// into the output folder, which belongs to builds.
pub(super) fn root(site: &Path, path: &str) -> Result<PathBuf, Trouble> {
    let root = tidied(&site.join(path));
    // What is not there yet is where its nearest folder that is there says.
    let real = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let mut rest = Vec::new();
        for folder in path.ancestors() {
            match fs::canonicalize(folder) {
                Ok(real) => return rest.iter().rev().fold(real, |real, name| real.join(name)),
                Err(_) => rest.extend(folder.file_name()),
            }
        }
        path.clone()
    };
    let (there, own) = (real(&root), real(site));
    let mut taken = FOLDERS.into_iter().chain([CACHE, ".git", "output"]);
    if own.starts_with(&there) || taken.any(|name| there.starts_with(real(&own.join(name)))) {
        let why = format!("`{path}` is for the site's own files, which would be overwritten");
        return Err(Trouble::Unfit(why, "name another folder, as in `path: public`".to_owned()));
    }
    Ok(root)
}

/// A path without `x/..`, which would make folders on the way that nobody wants.
fn tidied(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir && tidied.file_name().is_some() {
            tidied.pop();
        } else if part != Component::CurDir {
            tidied.push(part);
        }
    }
    if tidied.as_os_str().is_empty() { PathBuf::from(".") } else { tidied }
}

/// What the system says of a file.
pub(super) fn failed(path: &Path, error: &io::Error) -> Trouble {
    Trouble::Failed(format!("{}: {error}", path.display()))
}

/// An absent file is none.
pub(super) fn known<T>(path: &Path, result: io::Result<T>) -> Result<Option<T>, Trouble> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(failed(path, &error)),
    }
}

/// The file that is a folder's lock; both are made if they are not there.
pub(super) fn lock_file(root: &Path) -> Result<File, Trouble> {
    fs::create_dir_all(root).map_err(|error| failed(root, &error))?;
    let path = root.join(LOCK);
    let lock = File::options().create(true).truncate(false).write(true).open(&path);
    lock.map_err(|error| failed(&path, &error))
}

/// Tells of each file below a folder, by its path there. A link is a file of its own.
pub(super) fn walk(
    folder: &Path,
    name: &str,
    tell: &mut dyn FnMut(String, &Path, &Metadata) -> Result<(), Trouble>,
) -> Result<(), Trouble> {
    for entry in known(folder, fs::read_dir(folder))?.into_iter().flatten() {
        let entry = entry.map_err(|error| failed(folder, &error))?;
        let (path, own) = (entry.path(), entry.file_name());
        let own = own.to_string_lossy();
        let name = if name.is_empty() { own.into_owned() } else { format!("{name}/{own}") };
        match known(&path, fs::symlink_metadata(&path))? {
            Some(meta) if meta.is_dir() => walk(&path, &name, tell)?,
            Some(meta) => tell(name, &path, &meta)?,
            None => {}
        }
    }
    Ok(())
}

/// All files below a folder, as a host's list has them.
pub(super) fn list(root: &Path) -> Result<Vec<Listed>, Trouble> {
    let mut found = Vec::new();
    walk(root, "", &mut |name, path, meta| {
        if name != LOCK && name.split('/').next() != Some(NEW) {
            // A file that only others may read is not the one that was published.
            let md5 = File::open(path).ok().filter(|_| meta.is_file()).and_then(|file| md5(file).ok());
            found.push(Listed { path: name.into(), size: meta.len(), md5 });
        }
        Ok(())
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_tidied() {
        for (path, tidy) in [
            ("a/../b", "b"),
            ("./public", "public"),
            ("../x/./y/..", "../x"),
            ("../../x", "../../x"),
            ("/srv/../www", "/www"),
            ("a/..", "."),
        ] {
            assert_eq!(tidied(Path::new(path)), Path::new(tidy), "{path}");
        }
    }
}
