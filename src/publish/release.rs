//! What is to be published: the files of a build, with what hosts are told about each.
//!
//! Owns the list of items and their bytes as hosts get them. It reads the output folder and never
//! writes there.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use md5::{Digest, Md5};
use rayon::prelude::*;

use super::keep::Keep;
use super::kind::{Kind, kinds};
use super::manifest::{Entry, Key};
use super::trouble::Trouble;
use crate::base::Fingerprint;
use crate::config::{Compression, Host};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::output;
use crate::plan::media_type;

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
}

/// What a host is told about a file, where it keeps such things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headers {
    /// Its media type, with charset.
    pub content_type: String,
    /// How long browsers and caches may keep it (`Cache-Control`).
    pub cache_control: String,
    /// How it is stored (`Content-Encoding`).
    pub encoding: Option<Compression>,
}

/// Where its bytes are.
#[derive(Debug)]
enum From {
    File(PathBuf),
    Made(Vec<u8>),
}

impl Release {
    /// The site that a build left in the folder `dir`, for a host; `made` are further files, by path.
    pub fn read(dir: &Path, host: &Host, made: Vec<(String, Vec<u8>)>) -> Result<Self, Diagnostics> {
        let mut files: Vec<(Box<str>, From)> = output::files(dir)?
            .into_iter()
            .map(|path| {
                let file = dir.join(path.as_str());
                (path.as_str().into(), From::File(file))
            })
            .collect();
        for (path, bytes) in made {
            files.retain(|(other, _)| **other != *path);
            files.push((path.into(), From::Made(bytes)));
        }
        let keep = Keep::new(host)?;
        files.retain(|(path, _)| !keep.fits(path));
        files.sort_by(|a, b| a.0.cmp(&b.0));
        let paths: Vec<&str> = files.iter().map(|(path, _)| &**path).collect();
        let kinds = kinds(&paths);
        let items: Result<Vec<Item>, Diagnostic> = files
            .into_par_iter()
            .zip(kinds)
            .map(|((path, from), kind)| {
                let bytes = bytes(&from).map_err(|why| unreadable(&path, &why))?;
                let headers = headers(&path, kind, host);
                let content = Fingerprint::of(&bytes);
                let size = bytes.len() as u64;
                let key = Key::new(content, &headers.kept(host));
                Ok(Item { path, kind, headers, size, key, content, from })
            })
            .collect();
        Ok(Self { items: items? })
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

    /// All its bytes together.
    pub fn size(&self) -> u64 {
        self.items.iter().map(|item| item.size).sum()
    }
}

impl Item {
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
            From::File(file) if self.headers.encoding.is_none() => {
                file.ancestors().nth(self.path.split('/').count())
            }
            _ => None,
        }
    }

    /// The MD5 of its bytes as they are sent, to compare with what a host says of a file.
    pub(super) fn md5(&self) -> Result<[u8; 16], Trouble> {
        Ok(Md5::digest(self.bytes()?).into())
    }

    /// Its bytes as they are sent; an error if they are no longer what they were when the release
    /// was read.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Trouble> {
        let bytes = bytes(&self.from)
            .map_err(|why| Trouble::Failed(format!("{} cannot be read: {why}", self.path)))?;
        if Fingerprint::of(&bytes) != self.content {
            return Err(changed(&self.path));
        }
        Ok(bytes)
    }

    /// Writes its bytes as they are sent to a file, piece by piece; an error as with `bytes`.
    pub(super) fn copy_to(&self, to: &mut File) -> Result<(), Trouble> {
        let read = match &self.from {
            From::File(path) => File::open(path).and_then(|mut file| Fingerprint::of_copy(&mut file, to)),
            From::Made(bytes) => Fingerprint::of_copy(&mut &**bytes, to),
        };
        match read {
            Err(error) => Err(Trouble::Failed(format!("{} cannot be copied: {error}", self.path))),
            Ok((content, _)) if content != self.content => Err(changed(&self.path)),
            Ok(_) => Ok(()),
        }
    }
}

fn changed(path: &str) -> Trouble {
    Trouble::Failed(format!("{path} was changed while it was being published"))
}

impl Headers {
    /// What of them is kept by a host of this kind, in a form that differs when they do.
    fn kept(&self, host: &Host) -> String {
        let _ = host;
        String::new()
    }
}

fn bytes(from: &From) -> Result<Vec<u8>, String> {
    match from {
        From::File(path) => fs::read(path).map_err(|error| error.to_string()),
        From::Made(bytes) => Ok(bytes.clone()),
    }
}

fn unreadable(path: &str, why: &str) -> Diagnostic {
    Diagnostic::new(code::UNREADABLE, format!("{path} of the finished site cannot be read: {why}"))
        .help("build the site again")
}

fn headers(path: &str, kind: Kind, host: &Host) -> Headers {
    let _ = host;
    let cache_control = match kind {
        Kind::Asset => "public, max-age=31536000, immutable",
        Kind::File => "public, max-age=3600",
        Kind::Page | Kind::Index | Kind::Feed => "public, max-age=300",
    };
    Headers { content_type: media_type(path), cache_control: cache_control.to_owned(), encoding: None }
}
