//! A place: a host where files are put one by one, while readers look on.
//!
//! Owns what a place must be able to do. It never knows the order of things ([`super::steps`] does).
//!
//! What a place promises: a file that is put appears whole or not at all (object stores do so;
//! others are given a temporary name and renamed), and what is acknowledged stays.

use super::release::Item;
use super::tally::Tally;
use super::trouble::Trouble;
use crate::base::Fingerprint;

/// What stands for one state of a file at a place: an entity tag, a version, or its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark(pub String);

impl Mark {
    /// The mark of a content, at places that have no other.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(Fingerprint::of(bytes).bytes().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Expected {
    /// Whether it is so of what was found.
    pub(super) fn holds(&self, found: Option<&Mark>) -> bool {
        match self {
            Self::Any => true,
            Self::Absent => found.is_none(),
            Self::Is(mark) => found == Some(mark),
        }
    }
}

/// What must be so for a file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expected {
    /// Nothing: it is written in any case.
    Any,
    /// There is no such file.
    Absent,
    /// It is still as it was.
    Is(Mark),
}

/// A file as a place lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its path from the site's root there.
    pub path: Box<str>,
    /// Its size in bytes, as it is stored.
    pub size: u64,
    /// The MD5 of its bytes, where the place tells: enough to see that an upload is not needed,
    /// never to prove that nobody forged it.
    pub md5: Option<[u8; 16]>,
}

/// A file to send, and its place in the order of all that are sent.
pub(super) type Numbered<'r> = (usize, &'r Item);

/// A host where files are put one by one. Methods are called from one thread at a time but for
/// `read`, `mark` and `write`, which the sign of life uses during `put`.
pub(super) trait Place: Sync {
    /// A file's bytes and mark, or nothing if there is none.
    fn read(&self, name: &str) -> Result<Option<(Vec<u8>, Mark)>, Trouble>;

    /// A file's mark, without its bytes where that is cheaper.
    fn mark(&self, name: &str) -> Result<Option<Mark>, Trouble> {
        Ok(self.read(name)?.map(|(_, mark)| mark))
    }

    /// Writes a small file of ours, if what is expected is so; else [`Trouble::Conflict`]. Where a
    /// host cannot do that in one step, looking first and again afterwards must do.
    fn write(&self, name: &str, bytes: &[u8], expected: &Expected) -> Result<Mark, Trouble>;

    /// All files below the site's root, in any order.
    fn list(&self) -> Result<Vec<Listed>, Trouble>;

    /// Sends files, several at a time, and says of each when it is there ([`Tally::sent`]). Ends
    /// at the first that fails for good, after those under way.
    fn put(&self, files: &[Numbered<'_>], tally: &Tally<'_>) -> Result<(), Trouble>;

    /// Deletes files, in any order; that one is not there is no fault. Folders that have become empty
    /// go as well, where a host has such: a file may come in the place of one.
    fn delete(&self, paths: &[Box<str>], tally: &Tally<'_>) -> Result<(), Trouble>;
}
