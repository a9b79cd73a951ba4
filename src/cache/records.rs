//! What the cache remembers: of a source file, of a finished file, of an output folder.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::table::{Record, Table};
use crate::article::{Front, Outline};
use crate::base::Digest;
use crate::image::Info;
use crate::source::Stamp;

/// An article's file, and what it was read as. Files with faults are not remembered, so that
/// their messages come again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileRecord {
    /// The file's path in the site.
    pub path: Box<str>,
    /// What the file system said when it was read; `None` where that proves nothing.
    pub stamp: Option<Stamp>,
    /// The digest of its bytes.
    pub content: Digest,
    /// What decided beside its bytes how it was read ([`crate::article::dialect`]).
    pub dialect: Digest,
    /// Its front matter.
    pub front: Box<Front>,
    /// What is known of its text.
    pub outline: Outline,
}

/// A picture's file, and what it was found to be. Those with faults are not remembered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PictureRecord {
    /// The file's path in the site.
    pub path: Box<str>,
    /// What the file system said when it was read; `None` where that proves nothing.
    pub stamp: Option<Stamp>,
    /// What is known of it.
    pub info: Arc<Info>,
}

/// A file of the finished site, and what it was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRecord {
    /// The file's path in the output folder.
    pub path: Box<str>,
    /// What the file system said of it when it stood in its place; `None` where that proves nothing.
    pub stamp: Option<Stamp>,
    /// The digest of its bytes.
    pub content: Digest,
    /// The digest that is its key.
    pub key: Digest,
    /// The key's parts.
    pub parts: Box<[(u8, u32)]>,
    /// Which of [`Output::strings`] its templates asked for.
    pub strings: u32,
    /// Of a share card, the key under which [`super::Media`] keeps it.
    pub drawn: Option<Digest>,
}

impl Record for FileRecord {
    fn path(&self) -> &str {
        &self.path
    }
}

impl Record for PictureRecord {
    fn path(&self) -> &str {
        &self.path
    }
}

impl Record for PageRecord {
    fn path(&self) -> &str {
        &self.path
    }
}

/// An output folder, and what stood in it after the last build into it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Output {
    /// Which folder: the digest of its path.
    pub folder: Digest,
    /// Its files.
    pub pages: Table,
    /// The sets of interface strings that pages asked for.
    pub strings: Vec<StringSet>,
    /// The templates, each with its digest, to say which of them changed.
    pub templates: Vec<(Box<str>, Digest)>,
    /// The build that left it, if the next may take its word for all of it.
    pub last: Option<Last>,
}

/// What the last build began with, if it had nothing to complain of, and what it counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The digest of all its files and of what it was told.
    pub inputs: Digest,
    /// Pages by language: its file code and their number.
    pub pages: Vec<(String, usize)>,
    /// Versions by language and state, as `build` counts them.
    pub translations: Vec<(String, [usize; 5])>,
    /// Files of every kind: as many records there must be, for what has none would be taken for
    /// stale and removed.
    pub files: usize,
    /// The digest of the system's fonts, if share cards depend on them.
    pub fonts: Option<Digest>,
}

/// Interface strings that some pages asked for, and what they were.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StringSet {
    /// Code of the language and key, in order.
    pub names: Vec<(String, String)>,
    /// The digest of each.
    pub digests: Vec<Digest>,
}
