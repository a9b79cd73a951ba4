//! Tables: sorted records in chunks, so that a build reads and writes them in parallel, and an
//! edit rewrites one chunk of hundreds.
//!
//! Owns how records are dealt into chunks. It knows nothing of what a record says.

use std::iter::Peekable;
use std::ops::Range;
use std::vec;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::data::Data;
use crate::base::Digest;

/// Records a chunk, when it is new. It grows to the double before it is parted.
const SIZE: usize = 32;

/// A table, as the index has it: its chunks, in the order of their records.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Table(Vec<Chunk>);

/// Some records that stand together in the store.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chunk {
    /// The first record's path.
    first: Box<str>,
    at: u64,
    len: u32,
    digest: Digest,
    /// The bytes of the texts that its records refer to.
    texts: u64,
}

/// A piece of work: some paths that stand together, and the chunk that knew them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The paths' positions in the list that was parted.
    pub paths: Range<usize>,
    /// The chunk, if one knew such paths.
    pub chunk: Option<usize>,
    /// Whether no other unit shares the chunk: only then it can stay as it is.
    pub whole: bool,
}

/// A record that a table holds, found by its path.
pub trait Record {
    /// The path.
    fn path(&self) -> &str;
}

/// The records of a chunk, taken out by their paths in order.
pub struct Known<R> {
    records: Peekable<vec::IntoIter<R>>,
    all: bool,
}

impl<R: Record> Known<R> {
    pub(super) fn new(records: Vec<R>) -> Self {
        Self { records: records.into_iter().peekable(), all: true }
    }

    /// The record of a path; those before it that nobody asked for are passed over.
    pub fn take(&mut self, path: &str) -> Option<R> {
        while self.records.next_if(|record| record.path() < path).is_some() {
            self.all = false;
        }
        self.records.next_if(|record| record.path() == path)
    }

    /// Whether every record was taken: none is of something that is no longer there.
    pub fn all_taken(mut self) -> bool {
        self.all && self.records.next().is_none()
    }
}

impl Table {
    /// Parts sorted paths into units, along the borders of the chunks.
    pub fn units(&self, paths: &[&str]) -> Vec<Unit> {
        let mut units = Vec::new();
        let mut start = 0;
        for chunk in 0..self.0.len().max(1) {
            let end = match self.0.get(chunk + 1) {
                Some(next) => start + paths[start..].partition_point(|path| **path < *next.first),
                None => paths.len(),
            };
            let known = (chunk < self.0.len()).then_some(chunk);
            let whole = end - start <= 2 * SIZE;
            let step = if whole { 2 * SIZE } else { SIZE };
            for from in (start..end).step_by(step) {
                units.push(Unit { paths: from..end.min(from + step), chunk: known, whole });
            }
            start = end;
        }
        units
    }

    /// The chunk of a unit.
    pub fn chunk(&self, unit: &Unit) -> Option<&Chunk> {
        unit.chunk.and_then(|chunk| self.0.get(chunk))
    }

    /// A table of chunks in their order; those without a record are left out.
    pub fn of(chunks: impl IntoIterator<Item = Chunk>) -> Self {
        Self(chunks.into_iter().filter(|chunk| chunk.len > 0).collect())
    }

    /// The bytes of the store that it needs.
    pub(super) fn weight(&self) -> u64 {
        self.0.iter().map(|chunk| u64::from(chunk.len) + chunk.texts).sum()
    }

    /// All chunks, in the order of their records.
    pub fn chunks(&self) -> &[Chunk] {
        &self.0
    }
}

impl Chunk {
    /// Adds records to the store; `texts` is the size of what they refer to.
    pub(super) fn write<R: Serialize>(data: &Data, first: &str, records: &[R], texts: u64) -> Self {
        let empty = Self { first: first.into(), at: 0, len: 0, digest: Digest::default(), texts: 0 };
        if records.is_empty() {
            return empty;
        }
        // Encoding to memory fails for nothing that records hold; without its chunk a file is
        // read anew, which is no harm.
        let Ok(bytes) = postcard::to_stdvec(records) else { return empty };
        let Ok(len) = u32::try_from(bytes.len()) else { return empty };
        Self { at: data.append(&bytes), len, digest: Digest::of(&bytes), texts, ..empty }
    }

    /// The records of a chunk; `None` if they are not what was written.
    pub(super) fn read<R: DeserializeOwned>(&self, data: &Data) -> Option<Vec<R>> {
        postcard::from_bytes(&self.bytes(data)?).ok()
    }

    /// The bytes of a chunk; `None` if they are not what was written.
    fn bytes(&self, data: &Data) -> Option<Vec<u8>> {
        let bytes = data.read(self.at, self.len as usize).ok()?;
        (Digest::of(&bytes) == self.digest).then_some(bytes)
    }

    /// The same records in another store.
    pub(super) fn copy(&self, from: &Data, to: &Data) -> Option<Self> {
        let bytes = self.bytes(from)?;
        Some(Self { at: to.append(&bytes), ..self.clone() })
    }

    /// The first record's path.
    pub(super) fn first(&self) -> &str {
        &self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(range: Range<usize>) -> Vec<String> {
        range.map(|i| format!("{i:04}")).collect()
    }

    fn table(data: &Data, borders: &[usize]) -> Table {
        Table::of(borders.windows(2).map(|b| {
            let records = names(b[0]..b[1]);
            Chunk::write(data, &records[0], &records, 0)
        }))
    }

    /// Every path once and in order, whatever the chunks.
    #[track_caller]
    fn covers(units: &[Unit], count: usize) {
        let mut at = 0;
        for unit in units {
            assert_eq!(unit.paths.start, at);
            assert!(!unit.paths.is_empty() && unit.paths.len() <= 2 * SIZE);
            at = unit.paths.end;
        }
        assert_eq!(at, count);
    }

    #[test]
    fn units_follow_the_chunks() {
        let data = Data::memory();
        for count in [0, 1, 31, 64, 65, 1000] {
            let paths = names(0..count);
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            covers(&Table::default().units(&paths), count);
            let table = table(&data, &[0, 10, 40, 200, 400]);
            let units = table.units(&paths);
            covers(&units, count);
            for unit in units {
                let known = table.chunk(&unit).unwrap();
                assert!(unit.chunk == Some(0) || *paths[unit.paths.start] >= *known.first);
            }
        }
    }

    #[test]
    fn records_come_back_unless_damaged() {
        let data = Data::memory();
        let table = table(&data, &[0, 10, 20]);
        let second = &table.chunks()[1];
        assert_eq!(second.read::<String>(&data).unwrap(), names(10..20));
        let damaged = Chunk { at: second.at + 1, ..second.clone() };
        assert_eq!(damaged.read::<String>(&data), None);
        assert_eq!(Table::of([Chunk::write::<String>(&data, "", &[], 0)]).chunks().len(), 0);
    }
}
