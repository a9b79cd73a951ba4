//! The folder `.bashu/` on disk: its files, its lock, its clock, and what becomes of a cache that
//! cannot be used.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::Index;
use crate::base::Digest;
use crate::source::{self, Moment};

const INDEX: &str = "index";
const NEW_INDEX: &str = "index.new";
const LOCK: &str = "lock";
const DATA: &str = "data-";
const MEDIA: &str = "media";
const ASIDE: &str = "set-aside";

const FIRST_LINE: &[u8] = b"bashu cache\n";

/// Which program wrote a cache: the digest of all its sources (see `build.rs`). Two programs that
/// differ in anything may read the same file differently, whatever their version says.
const PROGRAM: &str = env!("BASHU_SOURCES");

/// The folder, locked.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    lock: File,
}

impl Folder {
    /// Opens the folder and waits until no other build is at work in it; `waiting` is told before.
    pub(super) fn open(site: &Path, waiting: impl FnOnce()) -> io::Result<Self> {
        let path = site.join(source::CACHE);
        fs::create_dir_all(&path)?;
        let ignore = path.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "# The cache can be made again at any time.\n*\n")?;
        }
        let lock =
            File::options().read(true).write(true).create(true).truncate(false).open(path.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                lock.lock()?;
            }
            // Where the system knows no locks, two builds at once are the user's own risk; what
            // the one spoils, the other finds damaged and makes anew.
            Err(TryLockError::Error(_)) => {}
        }
        Ok(Self { path, lock })
    }

    /// The time of the file system's own clock, which is the one that stamps are made by.
    pub(super) fn now(&self) -> io::Result<Moment> {
        let mut lock = &self.lock;
        lock.seek(SeekFrom::Start(0))?;
        lock.write_all(b".")?;
        Ok(source::modified(&lock.metadata()?))
    }

    /// Reads the index. `Ok(None)`: there is none. An error says why it cannot be used.
    pub(super) fn read(&self) -> Result<Option<Index>, &'static str> {
        let bytes = match fs::read(self.path.join(INDEX)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err("cannot be read"),
        };
        let rest = bytes.strip_prefix(FIRST_LINE).ok_or("was not written by Bashu")?;
        let program = PROGRAM.as_bytes();
        let rest = rest.strip_prefix(program).ok_or("was written by another version of Bashu")?;
        let (digest, rest) = rest.split_at_checked(32).ok_or("is damaged")?;
        if Digest::of(rest).hex().as_bytes() != digest {
            return Err("is damaged");
        }
        postcard::from_bytes(rest).map(Some).map_err(|_| "is damaged")
    }

    /// Writes the index, whole or not at all.
    pub(super) fn write(&self, index: &Index) -> io::Result<()> {
        let content = postcard::to_stdvec(index).map_err(|error| io::Error::other(error.to_string()))?;
        let bytes =
            [FIRST_LINE, PROGRAM.as_bytes(), Digest::of(&content).hex().as_bytes(), &content].concat();
        let new = self.path.join(NEW_INDEX);
        fs::write(&new, bytes)?;
        fs::rename(new, self.path.join(INDEX))
    }

    /// Opens the store of a generation that the index names.
    pub(super) fn data(&self, generation: u32) -> io::Result<File> {
        File::options().read(true).write(true).open(self.data_path(generation))
    }

    /// Makes the store of a new generation, and removes those of others.
    pub(super) fn new_data(&self, generation: u32) -> io::Result<File> {
        let path = self.data_path(generation);
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        Ok(file)
    }

    /// Removes the stores of all generations but one: what a killed build left, or the last one.
    pub(super) fn remove_other_data(&self, generation: u32) {
        let keep = self.data_path(generation);
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let ours = name.to_str().is_some_and(|name| name.starts_with(DATA) || name == NEW_INDEX);
            if ours && entry.path() != keep {
                // A store that stays costs space and nothing else.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Puts a cache that cannot be used where it can be looked at.
    pub(super) fn set_aside(&self) -> io::Result<()> {
        let aside = self.path.join(ASIDE);
        match fs::remove_dir_all(&aside) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir(&aside)?,
        }
        for entry in fs::read_dir(&self.path)?.flatten() {
            let name = entry.file_name();
            let ours = name.to_str().is_some_and(|name| name == INDEX || name.starts_with(DATA));
            if ours {
                fs::rename(entry.path(), aside.join(name))?;
            }
        }
        Ok(())
    }

    /// Where finished pictures are.
    pub(super) fn media(&self) -> PathBuf {
        self.path.join(MEDIA)
    }

    fn data_path(&self, generation: u32) -> PathBuf {
        self.path.join(format!("{DATA}{generation}"))
    }
}
