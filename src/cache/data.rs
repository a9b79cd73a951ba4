//! The store of bytes: appended to, never changed in place, read at any place from any thread.
//!
//! Owns where bytes go. Whether they are what they should be is checked by whoever knows their
//! digest. A disk that fails costs the cache and not the build: what it refuses stays in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// A file that grows, and what it refused to take.
#[derive(Debug)]
pub(super) struct Data {
    file: Option<File>,
    end: AtomicU64,
    memory: RwLock<BTreeMap<u64, Arc<[u8]>>>,
    failed: AtomicBool,
}

impl Data {
    /// Bytes in memory alone.
    pub(super) fn memory() -> Self {
        Self { file: None, end: AtomicU64::new(0), memory: RwLock::default(), failed: AtomicBool::new(false) }
    }

    /// Bytes in a file, of which the first `end` are in use.
    pub(super) fn file(file: File, end: u64) -> Self {
        Self { file: Some(file), end: AtomicU64::new(end), ..Self::memory() }
    }

    /// Where the next bytes will go.
    pub(super) fn end(&self) -> u64 {
        self.end.load(Ordering::Relaxed)
    }

    /// Whether the disk refused something, so that what is on it is not all.
    pub(super) fn failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }

    /// Adds bytes; where they are.
    pub(super) fn append(&self, bytes: &[u8]) -> u64 {
        let at = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let written = self.file.as_ref().is_some_and(|file| {
            let written = write_at(file, bytes, at);
            if written.is_err() {
                self.failed.store(true, Ordering::Relaxed);
            }
            written.is_ok()
        });
        if !written && !bytes.is_empty() {
            // A map is whole between two calls, whatever happened to a thread that held it.
            self.memory.write().unwrap_or_else(PoisonError::into_inner).insert(at, bytes.into());
        }
        at
    }

    /// The bytes at a place.
    pub(super) fn read(&self, at: u64, len: usize) -> io::Result<Vec<u8>> {
        if self.file.is_none() || self.failed() {
            let memory = self.memory.read().unwrap_or_else(PoisonError::into_inner);
            if let Some((start, bytes)) = memory.range(..=at).next_back()
                && let Some(from) = at.checked_sub(*start).and_then(|from| usize::try_from(from).ok())
                && let Some(found) = bytes.get(from..from.saturating_add(len))
            {
                return Ok(found.to_vec());
            }
        }
        let Some(file) = &self.file else { return Err(io::ErrorKind::UnexpectedEof.into()) };
        // A length from a damaged place must not ask for all the memory there is.
        if at.saturating_add(len as u64) > self.end() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; len];
        read_at(file, &mut bytes, at)?;
        Ok(bytes)
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[written..];
        at += written as u64;
    }
    Ok(())
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes = &mut bytes[read..];
        at += read as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_disk_and_memory() {
        let file = tempfile::tempfile().unwrap();
        for data in [Data::memory(), Data::file(file, 0)] {
            let first = data.append("四川".as_bytes());
            let second = data.append(b"chongqing");
            assert_eq!(data.read(first, 6).unwrap(), "四川".as_bytes());
            assert_eq!(data.read(second + 5, 4).unwrap(), b"qing");
            assert!(data.read(second, 10).is_err());
            assert!(data.read(u64::MAX, 1).is_err());
            assert!(data.read(0, usize::MAX).is_err());
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_the_disk_refuses_stays_in_memory() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("data"), "").unwrap();
        let read_only = File::open(dir.path().join("data")).unwrap();
        let data = Data::file(read_only, 0);
        let at = data.append(b"text");
        assert!(data.failed());
        assert_eq!(data.read(at, 4).unwrap(), b"text");
    }
}
