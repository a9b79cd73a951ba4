//! The files of a site, on disk or in memory: what there is, and what is in it.
//!
//! Owns which files belong to a site (folders, skipping rules, symbolic links) and how bytes
//! become text (size, encoding). It is the only room that reads project files; it never writes,
//! and never knows what a file means.

mod decode;
mod fonts;
mod list;
mod places;
mod skip;
mod stamp;
mod system;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::base::ContentPath;
use crate::diag::{Diagnostic, Diagnostics, code};

pub use fonts::SystemFont;
pub use places::{Entry, Places};
pub use skip::{CACHE, FOLDERS};
pub use stamp::{Moment, Stamp, modified};

/// The most that a text file may hold. The longest novels have about 6 MiB; what is larger was
/// not written by a person, and would be held in memory several times over.
pub const MAX_TEXT: u64 = 10 * 1024 * 1024;

/// The files of a site.
#[derive(Clone, Debug)]
pub struct Source(Place);

#[derive(Clone, Debug)]
enum Place {
    Disk(PathBuf),
    /// Shared, so that it is as cheap to clone as a path.
    Memory(Arc<BTreeMap<String, Vec<u8>>>),
}

/// A file that is open.
#[derive(Debug)]
pub enum Opened {
    /// One on disk.
    Disk {
        /// It, at its beginning.
        file: File,
        /// How many bytes it has.
        size: u64,
        /// What it was when it was opened.
        stamp: Stamp,
    },
    /// The bytes of one in memory.
    Memory(Vec<u8>),
}

impl Source {
    /// The site in a folder.
    pub fn disk(root: impl Into<PathBuf>) -> Self {
        let root: PathBuf = root.into();
        // An empty path means the current folder to a person and nothing to the system.
        Self(Place::Disk(if root.as_os_str().is_empty() { PathBuf::from(".") } else { root }))
    }

    /// A site in memory: paths with `/`, and what stands there.
    pub fn memory(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self(Place::Memory(Arc::new(files.into_iter().collect())))
    }

    /// The site's folder, if it is on disk.
    pub fn root(&self) -> Option<&Path> {
        match &self.0 {
            Place::Disk(root) => Some(root),
            Place::Memory(_) => None,
        }
    }

    /// All files of the site, sorted by path: `site.yaml` and what stands below `content`,
    /// `themes`, `templates`, `strings`, `assets` and `static`.
    ///
    /// Hidden files and editors' leftovers are passed over, except that below `static/` hidden
    /// ones count (`.well-known`, `.htaccess`). Symbolic links within the site are followed; one
    /// that leaves it, dangles or loops, a file that cannot be read and a name that is not UTF-8
    /// are reported and passed over.
    pub fn list(&self, diags: &mut Diagnostics) -> Vec<ContentPath> {
        match &self.0 {
            Place::Disk(root) => list::disk(root, diags).0,
            Place::Memory(files) => files
                .keys()
                .filter(|path| skip::belongs(path))
                .map(|path| ContentPath::new(path.as_str()))
                .collect(),
        }
    }

    /// Where the site's files really are; nowhere if its folder is not there, or it is in memory.
    pub fn places(&self) -> Places {
        // Faults are for whoever reads the files.
        self.root().map(|root| list::disk(root, &mut Diagnostics::new()).1).unwrap_or_default()
    }

    /// The site's folder as it is now, without links, and its number in the file system: another
    /// folder in its place differs in one of them. `None` if there is none.
    pub fn place(&self) -> Option<(PathBuf, u64)> {
        let real = fs::canonicalize(self.root()?).ok()?;
        let inode = Stamp::of(&fs::metadata(&real).ok()?).inode();
        Some((real, inode))
    }

    /// The lock that git holds while it changes files of the repository that the site, or one of
    /// its folders, stands in.
    pub fn git_lock(&self) -> Option<Stamp> {
        self.own_folders().iter().find_map(|folder| system::git_lock(folder))
    }

    /// What kind of drive the site is on, if its files may change there without this system knowing
    /// of it: those of networks and of virtual machines.
    pub fn shared_drive(&self) -> Option<&'static str> {
        self.own_folders().iter().find_map(|folder| system::shared_drive(folder))
    }

    /// The site's folder and those of its folders that are there.
    fn own_folders(&self) -> Vec<PathBuf> {
        let Some((root, _)) = self.place() else { return Vec::new() };
        let own =
            FOLDERS.iter().map(|name| root.join(name)).filter(|folder| folder.is_dir()).collect::<Vec<_>>();
        std::iter::once(root).chain(own).collect()
    }

    /// Whether there is a file at a path. On a file system that ignores case this does too; to
    /// check what an author wrote, compare with [`Source::list`].
    pub fn exists(&self, path: &ContentPath) -> bool {
        match &self.0 {
            Place::Disk(root) => on_disk(root, path).is_some_and(|p| p.is_file()),
            Place::Memory(files) => files.contains_key(path.as_str()),
        }
    }

    /// What the file system says of a file without opening it; `None` in memory, and of a file
    /// that is not there.
    pub fn stamp(&self, path: &ContentPath) -> Option<Stamp> {
        match &self.0 {
            Place::Disk(root) => fs::metadata(on_disk(root, path)?).ok().map(|meta| Stamp::of(&meta)),
            Place::Memory(_) => None,
        }
    }

    /// How many bytes a file has; 0 if it is not there.
    pub fn size(&self, path: &ContentPath) -> u64 {
        match &self.0 {
            Place::Disk(_) => self.stamp(path).map_or(0, Stamp::size),
            Place::Memory(files) => files.get(path.as_str()).map_or(0, |bytes| bytes.len() as u64),
        }
    }

    /// A file's bytes, whatever they are and however many.
    pub fn read(&self, path: &ContentPath) -> Result<Vec<u8>, Diagnostic> {
        match &self.0 {
            Place::Disk(root) => {
                let full = on_disk(root, path).ok_or_else(|| missing(path))?;
                fs::read(full).map_err(|error| unreadable(path, &error))
            }
            Place::Memory(files) => files.get(path.as_str()).cloned().ok_or_else(|| missing(path)),
        }
    }

    /// A file to be read bit by bit, for those that may be of any size.
    pub fn open(&self, path: &ContentPath) -> Result<Opened, Diagnostic> {
        match &self.0 {
            Place::Disk(root) => {
                let full = on_disk(root, path).ok_or_else(|| missing(path))?;
                // A pipe would make whoever opens it wait.
                if !full.is_file() {
                    return Err(missing(path));
                }
                let file = File::open(full).map_err(|error| unreadable(path, &error))?;
                let meta = file.metadata().map_err(|error| unreadable(path, &error))?;
                Ok(Opened::Disk { size: meta.len(), stamp: Stamp::of(&meta), file })
            }
            Place::Memory(_) => self.read(path).map(Opened::Memory),
        }
    }

    /// A file's text, exactly as it stands: a BOM at the beginning and CRLF are kept.
    ///
    /// A file over [`MAX_TEXT`] is refused before it is read, one that is not UTF-8 with the
    /// place of its first bad byte.
    pub fn text(&self, path: &ContentPath) -> Result<String, Diagnostic> {
        let bytes = match &self.0 {
            Place::Disk(root) => {
                let full = on_disk(root, path).ok_or_else(|| missing(path))?;
                match read_up_to(&full, MAX_TEXT).map_err(|error| unreadable(path, &error))? {
                    Ok(bytes) => bytes,
                    Err(size) => return Err(too_large(path, size)),
                }
            }
            Place::Memory(files) => {
                let bytes = files.get(path.as_str()).ok_or_else(|| missing(path))?;
                if bytes.len() as u64 > MAX_TEXT {
                    return Err(too_large(path, bytes.len() as u64));
                }
                bytes.clone()
            }
        };
        // The quick look copies what it accepts, and is several times as fast all the same.
        match simdutf8::basic::from_utf8(&bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => String::from_utf8(bytes).map_err(|error| decode::not_utf8(path, &error)),
        }
    }

    /// A file's text for reports: every byte that is not UTF-8 is replaced by one `?`, so that
    /// offsets stay right. `None` if it cannot be read or is too large to show.
    pub fn text_for_report(&self, path: &ContentPath) -> Option<String> {
        let bytes = match &self.0 {
            Place::Disk(root) => read_up_to(&on_disk(root, path)?, MAX_TEXT).ok()?.ok()?,
            Place::Memory(files) => {
                files.get(path.as_str()).filter(|bytes| bytes.len() as u64 <= MAX_TEXT)?.clone()
            }
        };
        Some(decode::for_report(bytes))
    }
}

/// Where a path is on disk; `None` for one that would leave the site. Listed paths never do;
/// a path that was put together from a reference in a text might.
fn on_disk(root: &Path, path: &ContentPath) -> Option<PathBuf> {
    let relative = Path::new(path.as_str());
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    (inside && !path.as_str().is_empty()).then(|| root.join(relative))
}

/// Reads a file that has at most `limit` bytes, or tells how many it has.
fn read_up_to(path: &Path, limit: u64) -> io::Result<Result<Vec<u8>, u64>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        return Ok(Err(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // One byte past the limit tells a file that grew in the meantime.
    let read = file.take(limit + 1).read_to_end(&mut bytes)? as u64;
    Ok(if read > limit { Err(read) } else { Ok(bytes) })
}

fn missing(path: &ContentPath) -> Diagnostic {
    Diagnostic::new(code::UNREADABLE, format!("there is no file `{path}`"))
        .in_file(path)
        .help("was it moved or removed while the site was being read?")
}

/// The system's reason, and what to do about it.
fn unreadable(path: &ContentPath, error: &io::Error) -> Diagnostic {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "give yourself permission to read it, or move it out of the site",
        io::ErrorKind::NotFound => "was it moved or removed while the site was being read?",
        _ => "check that the file opens in an editor; if it does not, restore it from a copy",
    };
    Diagnostic::new(code::UNREADABLE, format!("`{path}` cannot be read: {error}")).in_file(path).help(help)
}

fn too_large(path: &ContentPath, size: u64) -> Diagnostic {
    // Rounded up, so that a file just over the limit is never said to have exactly the limit.
    let mib = size.div_ceil(1024 * 1024);
    Diagnostic::new(
        code::TOO_LARGE,
        format!("this text file has {mib} MiB; the most is {} MiB", MAX_TEXT / 1024 / 1024),
    )
    .in_file(path)
    .help("divide it into several files; data and downloads go into `static/`, where any size is fine")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> ContentPath {
        ContentPath::new(text)
    }

    /// The same files on disk and in memory.
    fn both(files: &[(&str, &[u8])]) -> (tempfile::TempDir, [Source; 2]) {
        let dir = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let full = dir.path().join(path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, bytes).unwrap();
        }
        let memory = Source::memory(files.iter().map(|(p, b)| ((*p).to_owned(), b.to_vec())));
        let disk = Source::disk(dir.path());
        (dir, [disk, memory])
    }

    #[test]
    fn text_is_kept_as_it_stands() {
        let text = "\u{feff}---\r\ntitle: 川渝\r\n---\r\n";
        let (_dir, sources) = both(&[("content/a.zh.md", text.as_bytes())]);
        for source in sources {
            assert_eq!(source.text(&path("content/a.zh.md")).unwrap(), text);
            assert!(source.exists(&path("content/a.zh.md")));
            assert!(!source.exists(&path("content")));
            assert!(!source.exists(&path("content/b.zh.md")));
        }
    }

    #[test]
    fn a_large_text_is_refused_and_a_large_download_is_not() {
        let exactly = vec![b'a'; MAX_TEXT as usize];
        let over = vec![b'a'; MAX_TEXT as usize + 1];
        let (_dir, sources) = both(&[("content/a.en.md", &exactly), ("content/b.en.md", &over)]);
        for source in sources {
            assert!(source.text(&path("content/a.en.md")).is_ok());
            let d = source.text(&path("content/b.en.md")).unwrap_err();
            assert_eq!(d.code, code::TOO_LARGE);
            assert_eq!(d.message, "this text file has 11 MiB; the most is 10 MiB");
            assert!(source.text_for_report(&path("content/b.en.md")).is_none());
            assert_eq!(source.read(&path("content/b.en.md")).unwrap().len(), over.len());
        }
    }

    #[test]
    fn an_open_file_is_the_one_that_is_read() {
        let (dir, sources) = both(&[("static/a", b"abc")]);
        for source in &sources {
            let (bytes, size) = match source.open(&path("static/a")).unwrap() {
                Opened::Disk { mut file, size, stamp } => {
                    assert_eq!(Some(stamp), source.stamp(&path("static/a")));
                    let mut bytes = Vec::new();
                    file.read_to_end(&mut bytes).unwrap();
                    (bytes, size)
                }
                Opened::Memory(bytes) => (bytes, 3),
            };
            assert_eq!((bytes.as_slice(), size), (b"abc".as_slice(), 3));
            assert_eq!(source.open(&path("static/b")).unwrap_err().code, code::UNREADABLE);
        }
        fs::create_dir(dir.path().join("static/folder")).unwrap();
        assert_eq!(sources[0].open(&path("static/folder")).unwrap_err().code, code::UNREADABLE);
    }

    #[test]
    fn nothing_outside_the_site_is_read() {
        let (dir, [disk, memory]) = both(&[("content/a.en.md", b"a")]);
        fs::write(dir.path().join("secret"), "x").unwrap();
        let inner = Source::disk(dir.path().join("content"));
        for out in ["../secret", "/etc/passwd", "", "content/../../secret"] {
            for source in [&disk, &memory, &inner] {
                assert_eq!(source.read(&path(out)).unwrap_err().code, code::UNREADABLE, "{out}");
                assert!(!source.exists(&path(out)), "{out}");
                assert!(source.open(&path(out)).is_err(), "{out}");
            }
        }
    }
}
