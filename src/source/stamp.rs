//! What the file system says of a file without opening it.
//!
//! Owns the question whether a file is the one that was read before, asked as git's index asks
//! it. It never reads a file.

use std::fs::Metadata;

use serde::{Deserialize, Serialize};

/// A moment of a file system's clock: seconds since 1970 and nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    seconds: i64,
    nanoseconds: u32,
}

impl Moment {
    /// A moment.
    pub fn new(seconds: i64, nanoseconds: u32) -> Self {
        Self { seconds, nanoseconds }
    }

    /// Whether it lies before another one by the clock's own measure.
    ///
    /// Some file systems know whole seconds (or two, as FAT does), others ten milliseconds. As
    /// many zeros as a moment ends with, so coarse it is taken to be: it counts as earlier only
    /// if all that it may stand for is.
    pub fn surely_before(self, other: Moment) -> bool {
        let step = match self.nanoseconds {
            0 => return self.seconds.saturating_add(2) <= other.seconds,
            n => (0..9).map(|zeros| 10_u32.pow(zeros)).take_while(|step| n.is_multiple_of(*step)).last(),
        };
        let (seconds, nanoseconds) = match self.nanoseconds + step.unwrap_or(1) {
            n if n >= 1_000_000_000 => (self.seconds + 1, n - 1_000_000_000),
            n => (self.seconds, n),
        };
        // Of what is measured in nanoseconds, the same tick is not before.
        Self { seconds, nanoseconds } <= other
    }
}

/// What tells an untouched file from another: its size, when its content and when anything about
/// it changed, and its number in the file system.
///
/// The third, `ctime`, cannot be set by a program: a file whose older time was put back (by
/// `cp -p`, `tar`, `touch -d`) is seen all the same. It also changes when a file is renamed there
/// and back, which costs one reading and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    modified: Moment,
    changed: Moment,
    inode: u64,
}

impl Stamp {
    /// The stamp of a file.
    pub fn of(meta: &Metadata) -> Self {
        let (changed, inode) = system(meta);
        Self { size: meta.len(), modified: modified(meta), changed, inode }
    }

    /// How many bytes the file has.
    pub fn size(self) -> u64 {
        self.size
    }

    /// The file's number in the file system; 0 where it has none.
    pub(super) fn inode(self) -> u64 {
        self.inode
    }

    /// When the file last changed in any way.
    fn latest(self) -> Moment {
        self.modified.max(self.changed)
    }

    /// Whether a change of the file after `moment` would have shown in this stamp: a file that
    /// was written in the same tick of the clock as it was read could have been written again
    /// with the same stamp (git calls that racily clean).
    pub fn is_settled(self, moment: Moment) -> bool {
        self.latest().surely_before(moment)
    }
}

/// When a file's content last changed.
pub fn modified(meta: &Metadata) -> Moment {
    use std::time::UNIX_EPOCH;
    let Ok(time) = meta.modified() else { return Moment::default() };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => Moment::new(after.as_secs().cast_signed(), after.subsec_nanos()),
        // A moment before 1970 is rare enough to be known by its seconds.
        Err(before) => Moment::new(-before.duration().as_secs().cast_signed() - 1, 0),
    }
}

#[cfg(unix)]
fn system(meta: &Metadata) -> (Moment, u64) {
    use std::os::unix::fs::MetadataExt;
    // The system keeps nanoseconds below a thousand million.
    (Moment::new(meta.ctime(), u32::try_from(meta.ctime_nsec()).unwrap_or(0)), meta.ino())
}

/// Elsewhere the day of birth stands in: it changes when a file is replaced.
#[cfg(not(unix))]
fn system(meta: &Metadata) -> (Moment, u64) {
    use std::time::UNIX_EPOCH;
    let born = meta.created().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let born = born.map(|after| Moment::new(after.as_secs().cast_signed(), after.subsec_nanos()));
    (born.unwrap_or_default(), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_as_coarse_as_its_zeros() {
        let at = Moment::new;
        assert!(at(10, 123_456_789).surely_before(at(10, 123_456_790)));
        assert!(!at(10, 123_456_789).surely_before(at(10, 123_456_789)));
        // Ten milliseconds.
        assert!(!at(10, 120_000_000).surely_before(at(10, 125_000_000)));
        assert!(at(10, 120_000_000).surely_before(at(10, 130_000_000)));
        assert!(at(10, 990_000_000).surely_before(at(11, 0)));
        // Whole seconds, or two.
        assert!(!at(10, 0).surely_before(at(11, 999_999_999)));
        assert!(at(10, 0).surely_before(at(12, 0)));
        // A clock that was set back.
        assert!(!at(20, 5).surely_before(at(10, 0)));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_replaced_or_set_back_has_another_stamp() {
        use std::fs::{self, File};
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        let stamp = || Stamp::of(&fs::metadata(&path).unwrap());
        fs::write(&path, "one").unwrap();
        let first = stamp();
        assert_eq!(first, stamp());
        let time = fs::metadata(&path).unwrap().modified().unwrap();

        let other = dir.path().join("b");
        fs::write(&other, "two").unwrap();
        File::options().write(true).open(&other).unwrap().set_modified(time).unwrap();
        fs::rename(&other, &path).unwrap();
        assert_eq!(stamp().modified, first.modified);
        assert_ne!(stamp(), first, "another file of the same size and time");
    }
}
