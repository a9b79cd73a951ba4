//! Finished pictures, each in a file of its own: they take long to make, and would make the store
//! large.
//!
//! Owns the files of `.bashu/media/`. A file's name is the key of what it holds, so that it never
//! changes once it is there; whoever keeps one need not hold the cache's lock.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rustc_hash::FxHashSet;

use crate::base::Digest;

/// How many builds may go by that need no such picture before it is removed: a host with drafts has
/// more of them than one without, and what was taken out of a text is often put back.
const PATIENCE: u8 = 16;

/// How many builds have gone by that did not need a file.
pub(super) type Unused = BTreeMap<Box<str>, u8>;

/// Pictures by their keys; one of a cache that forgets has none, and keeps none.
#[derive(Clone, Debug, Default)]
pub struct Media(Option<Arc<Path>>);

impl Media {
    /// Those in a folder, which need not be there.
    pub(super) fn of(folder: PathBuf) -> Self {
        Self(Some(folder.into()))
    }

    /// What was kept under a key; `None` if it is not what was kept.
    pub fn get(&self, key: Digest) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.0.as_ref()?.join(key.hex())).ok()?;
        let digest = bytes.split_off(bytes.len().checked_sub(32)?);
        (Digest::of(&bytes).hex().as_bytes() == digest).then_some(bytes)
    }

    /// Keeps something. Where the disk refuses it, it is made again the next time.
    pub fn keep(&self, key: Digest, bytes: &[u8]) {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Some(folder) = &self.0 else { return };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let new = folder.join(format!("new-{}-{number}", std::process::id()));
        let whole = [bytes, Digest::of(bytes).hex().as_bytes()].concat();
        let written = fs::create_dir_all(folder)
            .and_then(|()| fs::write(&new, whole))
            .and_then(|()| fs::rename(&new, folder.join(key.hex())));
        if written.is_err() {
            let _ = fs::remove_file(new);
        }
    }

    /// Removes what has not been needed for long. What a killed process left is nobody's.
    pub(super) fn tidy(&self, used: &FxHashSet<Digest>, unused: &mut Unused) {
        let before = std::mem::take(unused);
        let Some(files) = self.0.as_ref().and_then(|folder| fs::read_dir(folder).ok()) else { return };
        let used: FxHashSet<String> = used.iter().map(|key| key.hex()).collect();
        for file in files.flatten() {
            let name = file.file_name();
            let name = name.to_string_lossy();
            if used.contains(&*name) {
                continue;
            }
            let count = before.get(&*name).map_or(1, |count| count.saturating_add(1));
            if count > PATIENCE || name.starts_with("new-") {
                // One that stays costs space and nothing else.
                let _ = fs::remove_file(file.path());
            } else {
                unused.insert((*name).into(), count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_what_is_damaged_does_not() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::of(dir.path().join("media"));
        let key = Digest::of(b"key");
        assert_eq!(media.get(key), None);
        for bytes in [&b""[..], b"a picture"] {
            media.keep(key, bytes);
            assert_eq!(media.get(key).as_deref(), Some(bytes));
        }
        let file = dir.path().join("media").join(key.hex());
        let whole = fs::read(&file).unwrap();
        for damaged in [&whole[1..], &whole[..whole.len() - 1], b"", b"a", &[b"x", &whole[1..]].concat()] {
            fs::write(&file, damaged).unwrap();
            assert_eq!(media.get(key), None);
        }
        Media::default().keep(key, b"x");
        assert_eq!(Media::default().get(key), None);
    }

    #[test]
    fn what_no_build_needs_goes_after_a_while() {
        let dir = tempfile::tempdir().unwrap();
        let media = Media::of(dir.path().to_owned());
        let [used, not] = [Digest::of(b"used"), Digest::of(b"not")];
        media.keep(used, b"a");
        media.keep(not, b"b");
        fs::write(dir.path().join("new-1-1"), "").unwrap();
        let mut unused = Unused::new();
        for _ in 0..PATIENCE {
            media.tidy(&FxHashSet::from_iter([used]), &mut unused);
            assert!(media.get(not).is_some() && !dir.path().join("new-1-1").exists());
        }
        // A build that needs it begins the count anew.
        media.tidy(&FxHashSet::from_iter([used, not]), &mut unused);
        for left in (0..=PATIENCE).rev() {
            media.tidy(&FxHashSet::from_iter([used]), &mut unused);
            assert_eq!((media.get(used).is_some(), media.get(not).is_some()), (true, left > 0));
        }
    }
}
