//! What is to be published: the files of a build, with what hosts are told about each.
//!
//! Owns the list of items and their bytes as hosts get them. It reads the output folder and never
//! writes there.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use md5::{Digest, Md5};
use rayon::prelude::*;

use super::compress;
use super::headers::HeaderRules;
pub use super::headers::Headers;
use super::keep::Keep;
use super::kind::{Kind, kinds};
use super::manifest::{Entry, Key};
use super::trouble::Trouble;
use crate::base::Fingerprint;
use crate::config::{Compression, Host};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::output;

/// A finished site as a host gets it.
#[derive(Debug)]
pub struct Release {
    /// Its files, sorted by path.
    pub items: Vec<Item>,
}

/// One file of it.
#[derive(Debug)]
pub struct Item {
    /// Its path at the host, from the site's root.
    pub path: Box<str>,
    /// What it is for readers.
    pub kind: Kind,
    /// What the host is told about it.
    pub headers: Headers,
    /// The size of its content, in bytes, before any compression.
    pub size: u64,
    pub(super) key: Key,
    content: Fingerprint,
    from: From,
    /// How its content is compressed before it is sent.
    packed: Option<Compression>,
}

/// Where its content is.
#[derive(Debug, Clone)]
enum From {
    File(PathBuf),
    Made(Arc<[u8]>),
}

impl From {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Made(bytes) => Box::new(&**bytes),
        })
    }
}

impl Release {
    /// The site that a build left in the folder `dir`, for a host; `made` are further files, by path.
    /// What is to be sent compressed is compressed when it is sent.
    pub fn read(dir: &Path, host: &Host, made: Vec<(String, Vec<u8>)>) -> Result<Self, Diagnostics> {
        let (rules, keep) = match (HeaderRules::new(host), Keep::new(host)) {
            (Ok(rules), Ok(keep)) => (rules, keep),
            (rules, keep) => {
                let mut faults = rules.err().unwrap_or_default();
                faults.append(keep.err().unwrap_or_default());
                return Err(faults);
            }
        };
        let built = output::files(dir)?;
        if built.is_empty() {
            let message = format!("there is no finished site in {}", dir.display());
            return Err(Diagnostic::new(code::UNREADABLE, message).help("run `bashu build`").into());
        }
        let mut files: BTreeMap<Box<str>, From> = built
            .into_iter()
            .map(|path| (path.as_str().into(), From::File(dir.join(path.as_str()))))
            .collect();
        files.extend(made.into_iter().map(|(path, bytes)| (path.into(), From::Made(bytes.into()))));
        files.retain(|path, _| !keep.fits(path));
        let paths: Vec<&str> = files.keys().map(|path| &**path).collect();
        let kinds = kinds(&paths);
        let items: Result<Vec<Item>, Diagnostic> = files
            .into_iter()
            .zip(kinds)
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|((path, from), kind)| {
                let read = from.open().and_then(|mut file| Fingerprint::of_copy(&mut file, &mut io::sink()));
                let (content, size) = read.map_err(|why| unreadable(&path, &why))?;
                Ok(Item::new(path, kind, size, content, from, None, &rules))
            })
            .collect();
        let mut items = items?;
        for way in &host.copies {
            let copies: Vec<Item> = items.iter().filter_map(|item| item.copy(*way, &rules)).collect();
            items.extend(copies);
        }
        items.sort_by(|a, b| a.path.cmp(&b.path));
        items.retain(|item| !keep.fits(&item.path));
        // A file of the site that is called as a copy would be stays what it is.
        items.dedup_by(|later, earlier| later.path == earlier.path);
        Ok(Self { items })
    }

    /// Its file of this path.
    pub(super) fn item(&self, path: &str) -> Option<&Item> {
        let at = self.items.binary_search_by(|item| (*item.path).cmp(path)).ok()?;
        self.items.get(at)
    }

    /// Whether it has a file of this path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.item(path).is_some()
    }

    /// Without some files and their compressed copies: those that rules of the host stand for.
    pub fn without(mut self, paths: &[String]) -> Self {
        let left_out = |path: &str| paths.iter().any(|other| other == path);
        self.items.retain(|item| {
            let original = [".gz", ".br"].iter().find_map(|end| item.path.strip_suffix(end));
            !left_out(&item.path) && !original.is_some_and(left_out)
        });
        self
    }
}

impl Item {
    fn new(
        path: Box<str>,
        kind: Kind,
        size: u64,
        content: Fingerprint,
        from: From,
        copy: Option<(&str, Compression)>,
        rules: &HeaderRules,
    ) -> Self {
        let headers = rules.of(&path, kind, size, copy.map(|(original, _)| original));
        let packed = copy.map(|(_, way)| way).or(headers.encoding);
        // The same content compressed another way is another file.
        let form = packed.map_or("", compress::form);
        let key = Key::new(content, &format!("{form}{}", rules.kept(&headers)));
        Self { path, kind, headers, size, key, content, from, packed }
    }

    /// Its compressed copy, if it is of those that have one.
    fn copy(&self, way: Compression, rules: &HeaderRules) -> Option<Self> {
        let wanted = self.packed.is_none() && compress::is_text(&self.path, self.size);
        wanted.then(|| {
            let path = format!("{}.{}", self.path, way.extension()).into();
            let Self { kind, size, content, .. } = *self;
            Self::new(path, kind, size, content, self.from.clone(), Some((&self.path, way)), rules)
        })
    }

    /// What the manifest says of it.
    pub(super) fn entry(&self) -> Entry {
        Entry(self.key, self.size)
    }

    /// Whether its key stands for its headers as well.
    pub(super) fn keys_headers(&self) -> bool {
        self.key != Key::new(self.content, "")
    }

    /// The folder below which its bytes stand on disk under its path, just as they are sent, if they
    /// do so.
    pub(super) fn root(&self) -> Option<&Path> {
        match &self.from {
            From::File(file) if self.packed.is_none() => file.ancestors().nth(self.path.split('/').count()),
            _ => None,
        }
    }

    /// The MD5 of its bytes as they are sent, to compare with what a host says of a file.
    pub(super) fn md5(&self) -> Result<[u8; 16], Trouble> {
        if self.packed.is_some() {
            return Ok(Md5::digest(self.bytes()?).into());
        }
        self.from.open().and_then(md5).map_err(|why| self.unreadable(&why))
    }

    /// Its bytes as they are sent; an error if its content is no longer what it was when the release
    /// was read.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        self.read(&mut bytes)?;
        match self.packed {
            Some(way) => compress::compress(&bytes, way).map_err(|why| self.unreadable(&why)),
            None => Ok(bytes),
        }
    }

    /// Writes its bytes as they are sent, piece by piece; an error as with `bytes`.
    pub(super) fn copy_to(&self, to: &mut dyn Write) -> Result<(), Trouble> {
        match self.packed {
            Some(_) => to.write_all(&self.bytes()?).map_err(|why| self.unreadable(&why)),
            None => self.read(to),
        }
    }

    fn read(&self, to: &mut dyn Write) -> Result<(), Trouble> {
        let read = self.from.open().and_then(|mut file| Fingerprint::of_copy(&mut file, to));
        let (content, _) = read.map_err(|why| self.unreadable(&why))?;
        if content == self.content { Ok(()) } else { Err(changed(&self.path)) }
    }

    fn unreadable(&self, why: &io::Error) -> Trouble {
        Trouble::Failed(format!("{} cannot be copied: {why}", self.path))
    }
}

/// The MD5 of what is read to its end.
pub(super) fn md5(from: impl Read) -> io::Result<[u8; 16]> {
    let (mut from, mut hash) = (BufReader::with_capacity(64 * 1024, from), Md5::new());
    loop {
        let piece = from.fill_buf()?;
        if piece.is_empty() {
            return Ok(hash.finalize().into());
        }
        hash.update(piece);
        let count = piece.len();
        from.consume(count);
    }
}

fn changed(path: &str) -> Trouble {
    Trouble::Failed(format!("{path} was changed while it was being published"))
}

fn unreadable(path: &str, why: &io::Error) -> Diagnostic {
    Diagnostic::new(code::UNREADABLE, format!("{path} of the finished site cannot be read: {why}"))
        .help("build the site again")
}

#[cfg(test)]
mod tests;
