//! Texts: how they stand in the store, and how they are read from it after the cache is closed.
//!
//! Owns their form. It never decides which text is asked for.

use std::sync::Arc;

use super::data::Data;
use super::records::FileRecord;
use super::table::Table;
use crate::article::{Heading, Place, Text};
use crate::base::Digest;

/// The texts of a cache.
#[derive(Clone, Debug)]
pub struct Store(Arc<Data>);

impl Store {
    pub(super) fn of(data: Arc<Data>) -> Self {
        Self(data)
    }

    /// A text that was kept; `None` if it is not what was kept.
    pub fn text(&self, place: &Place) -> Option<Text> {
        read(&self.0, place)
    }

    /// The record of one file in a table of this store.
    pub fn file(&self, files: &Table, path: &str) -> Option<FileRecord> {
        let units = files.units(&[path]);
        let chunk = units.first().and_then(|unit| files.chunk(unit))?;
        let mut records: Vec<FileRecord> = chunk.read(&self.0)?;
        let at = records.iter().position(|record| &*record.path == path)?;
        Some(records.swap_remove(at))
    }
}

/// A text that was kept; `None` if it is not what was kept.
pub(super) fn read(data: &Data, place: &Place) -> Option<Text> {
    let bytes = data.read(place.at, place.len as usize).ok()?;
    (Digest::of(&bytes) == place.digest).then(|| decode(&bytes)).flatten()
}

/// A text in the store: the length of its HTML, the HTML, its headings; the digest of these.
pub(super) fn encode(text: &Text, bytes: &mut Vec<u8>) -> Digest {
    bytes.extend_from_slice(&(text.html.len() as u64).to_le_bytes());
    bytes.extend_from_slice(text.html.as_bytes());
    // Encoding to memory does not fail for texts and numbers; headings that were lost would be
    // found missing by the digest of a text with them.
    let headings = postcard::to_stdvec(&text.headings).unwrap_or_default();
    bytes.extend_from_slice(&headings);
    Digest::of(&headings)
}

fn decode(bytes: &[u8]) -> Option<Text> {
    let (len, rest) = bytes.split_first_chunk::<8>()?;
    let len = usize::try_from(u64::from_le_bytes(*len)).ok()?;
    let headings: Vec<Heading> = postcard::from_bytes(rest.get(len..)?).ok()?;
    let html = rest.get(..len).and_then(|html| simdutf8::basic::from_utf8(html).ok())?;
    Some(Text { html: html.to_owned(), headings })
}
