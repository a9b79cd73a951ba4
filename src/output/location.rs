//! Where a site may be written: not over itself, and not over a home or a system.
//!
//! Owns that one question. It looks at paths and never creates or changes anything.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::fault;
use crate::base::Digest;
use crate::diag::Diagnostic;
use crate::source::{CACHE, FOLDERS};

/// The folder beside the cache in which sites are built that are for one host alone.
pub const HOSTS: &str = "output";

/// Refuses an output folder that would be a disaster or a loop.
pub(super) fn check(dir: &Path, site: Option<&Path>) -> Result<(), Diagnostic> {
    check_with_home(dir, site, std::env::home_dir())
}

fn check_with_home(dir: &Path, site: Option<&Path>, home: Option<PathBuf>) -> Result<(), Diagnostic> {
    let real = real(dir).map_err(|error| fault::failed(dir, &error))?;
    let refuse = |why: &str| Err(fault::bad_location(dir, why));
    if real.parent().is_none() {
        return refuse("is the whole file system");
    }
    if home.and_then(|home| fs::canonicalize(home).ok()).is_some_and(|home| home == real) {
        return refuse("is your home folder");
    }
    let Some(site) = site.and_then(|site| fs::canonicalize(site).ok()) else { return Ok(()) };
    if real == site {
        return refuse("is the site's own folder");
    }
    if site.starts_with(&real) {
        return refuse("holds the site itself");
    }
    // The sites of hosts that have their own base URL, or drafts, stand beside the cache.
    let hosts = site.join(CACHE).join(HOSTS);
    if real.starts_with(&hosts) && real != hosts {
        return Ok(());
    }
    for name in FOLDERS.into_iter().chain([CACHE, ".git"]) {
        // A site's folder may be a link within the site; a site in it would still be read again.
        let folder = fs::canonicalize(site.join(name)).unwrap_or_else(|_| site.join(name));
        if real.starts_with(&folder) {
            return refuse(&format!("is inside the site's `{name}` folder"));
        }
    }
    Ok(())
}

/// Which folder a path names, however it is written and whether it exists or not.
pub fn identity(dir: &Path) -> Digest {
    let path = real(dir).unwrap_or_else(|_| dir.to_path_buf());
    Digest::of(path.as_os_str().as_encoded_bytes())
}

/// The path without links, also where its last parts do not exist yet.
fn real(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut missing: Vec<Option<OsString>> = Vec::new();
    let mut head = path.as_path();
    let mut real = loop {
        match fs::canonicalize(head) {
            Ok(real) => break real,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                let (Some(parent), Some(last)) = (head.parent(), head.components().next_back()) else {
                    return Err(error);
                };
                missing.push(match last {
                    Component::Normal(name) => Some(name.to_owned()),
                    // `absolute` leaves `..` alone on Unix.
                    _ => None,
                });
                head = parent;
            }
            Err(error) => return Err(error),
        }
    };
    for part in missing.into_iter().rev() {
        match part {
            Some(name) => real.push(name),
            None => {
                real.pop();
            }
        }
    }
    Ok(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_not_written_over_itself() {
        let dir = tempfile::tempdir().unwrap();
        let site = dir.path().join("site");
        fs::create_dir_all(site.join("content/a")).unwrap();
        let why = |output: PathBuf| {
            check_with_home(&output, Some(&site), Some(dir.path().join("site/home")))
                .map_err(|d| d.message.rsplit("` ").next().unwrap().to_owned())
        };
        fs::create_dir(site.join("home")).unwrap();
        assert_eq!(why(site.clone()), Err("is the site's own folder".to_owned()));
        assert_eq!(why(site.join("new/..")), Err("is the site's own folder".to_owned()));
        assert_eq!(why(dir.path().to_owned()), Err("holds the site itself".to_owned()));
        assert_eq!(why(site.join("home")), Err("is your home folder".to_owned()));
        assert_eq!(why(PathBuf::from("/")), Err("is the whole file system".to_owned()));
        for inside in [
            "content",
            "content/a/b/c",
            "themes/new",
            "static",
            "output/../content/x",
            ".git/x",
            ".bashu",
            ".bashu/x",
            ".bashu/output",
        ] {
            assert!(why(site.join(inside)).is_err(), "{inside}");
        }
        for fine in ["output", "content-2", "a/b/c", "../elsewhere", ".bashu/output/staging"] {
            assert_eq!(why(site.join(fine)), Ok(()), "{fine}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_hide_where_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let site = dir.path().join("site");
        fs::create_dir_all(site.join("content")).unwrap();
        std::os::unix::fs::symlink(site.join("content"), dir.path().join("out")).unwrap();
        assert!(check(&dir.path().join("out"), Some(&site)).is_err());
        assert!(check(&dir.path().join("out/new"), Some(&site)).is_err());
    }
}
