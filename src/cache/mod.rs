//! The cache: what earlier builds found out, in the site's folder `.bashu/`.
//!
//! Owns the form in which it is kept, and the promise that what it hands out is what was put in:
//! everything is read back by its digest. It may be deleted, copied to another machine or lost at
//! any moment; then the next build takes longer, and nothing else. It never decides what is up to
//! date: `build` asks for records and compares.
//!
//! Four things are on disk. `data-N` is appended to and never changed in place: texts, and
//! chunks of records. `index` is small, says where the chunks are, and is replaced as a whole when
//! a build is done; what was appended and is not in it is as good as never written, so that a
//! build may be killed at any point. `media/` holds finished pictures, a file each. `lock` is held
//! while a build is at work.

mod data;
mod folder;
mod media;
mod records;
mod store;
mod table;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashSet;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::article::{Outline, Place, Text};
use crate::base::Digest;
use crate::source::{CACHE, Moment};
use data::Data;
use folder::Folder;
use media::Unused;
use store::{encode, read};

pub use media::Media;
pub use records::{FileRecord, Last, Output, PageRecord, PictureRecord, StringSet};
pub use store::Store;
pub use table::{Chunk, Known, Record, Table, Unit};

/// How many output folders are remembered.
const OUTPUTS: usize = 4;

/// A cache while a build is at work.
#[derive(Debug)]
pub struct Cache {
    folder: Option<Folder>,
    data: Arc<Data>,
    generation: u32,
    /// The source files.
    files: Table,
    /// The pictures among them.
    pictures: Table,
    /// Finished pictures that builds have not needed.
    unused: Unused,
    /// The output folders, the last one that was built into first.
    outputs: Vec<Output>,
    since: Moment,
    damaged: AtomicBool,
    /// A text was lost whose record is whole.
    lost: AtomicBool,
    /// The length of the store at the beginning.
    start: u64,
    /// The index has something else to say than at the beginning.
    changed: bool,
    notes: Vec<String>,
}

/// What `index` says.
#[derive(Debug, Serialize, Deserialize)]
struct Index {
    generation: u32,
    /// The length of the store that is in use.
    end: u64,
    files: Table,
    pictures: Table,
    unused: Unused,
    outputs: Vec<Output>,
}

impl Cache {
    /// A cache that forgets: `--no-cache`, a site in memory, a folder that cannot be written.
    pub fn memory() -> Self {
        Self {
            folder: None,
            data: Arc::new(Data::memory()),
            generation: 0,
            files: Table::default(),
            pictures: Table::default(),
            unused: Unused::new(),
            outputs: Vec::new(),
            since: Moment::default(),
            damaged: AtomicBool::new(false),
            lost: AtomicBool::new(false),
            start: 0,
            changed: false,
            notes: Vec::new(),
        }
    }

    /// The cache of the site in a folder. Waits while another build is at work on the site;
    /// `waiting` is told before.
    pub fn open(site: &Path, waiting: impl FnOnce()) -> Self {
        Self::on_disk(site, waiting).unwrap_or_else(|error| {
            let note = format!("there is no cache: {}: {error}", shown(site));
            Self { notes: vec![note], ..Self::memory() }
        })
    }

    fn on_disk(site: &Path, waiting: impl FnOnce()) -> std::io::Result<Self> {
        let folder = Folder::open(site, waiting)?;
        let since = folder.now()?;
        let mut notes = Vec::new();
        let found = folder.read().and_then(|index| match index {
            None => Ok(None),
            Some(index) => match folder.data(index.generation) {
                Ok(file) if file.metadata().is_ok_and(|meta| meta.len() >= index.end) => {
                    Ok(Some((index, file)))
                }
                _ => Err("is damaged"),
            },
        });
        let found = found.unwrap_or_else(|why| {
            let at = shown(site);
            notes.push(format!("the cache in {at} {why}; it is set aside and made anew"));
            None
        });
        let (index, data) = match found {
            Some((index, file)) => {
                let data = Data::file(file, index.end);
                (index, data)
            }
            None => {
                if !notes.is_empty() {
                    folder.set_aside()?;
                }
                let file = folder.new_data(0)?;
                let (files, pictures) = (Table::default(), Table::default());
                let (unused, outputs) = (Unused::new(), Vec::new());
                let index = Index { generation: 0, end: 0, files, pictures, unused, outputs };
                (index, Data::file(file, 0))
            }
        };
        folder.remove_other_data(index.generation);
        let Index { generation, files, pictures, unused, outputs, .. } = index;
        let (start, memory) = (data.end(), Self::memory());
        Ok(Self {
            start,
            folder: Some(folder),
            data: Arc::new(data),
            generation,
            files,
            pictures,
            unused,
            outputs,
            since,
            notes,
            ..memory
        })
    }

    /// When this build began, by the clock that files are stamped with. A file that changed then
    /// or later is not known by its stamp.
    pub fn since(&self) -> Moment {
        self.since
    }

    /// The time now, by the same clock; the beginning of all times where there is none, which
    /// proves nothing of any file.
    pub fn now(&self) -> Moment {
        self.folder.as_ref().and_then(|folder| folder.now().ok()).unwrap_or_default()
    }

    /// The source files that are known.
    pub fn files(&self) -> &Table {
        &self.files
    }

    /// The pictures that are known.
    pub fn pictures(&self) -> &Table {
        &self.pictures
    }

    /// What is known of an output folder.
    pub fn output(&self, folder: Digest) -> Option<&Output> {
        self.outputs.iter().find(|output| output.folder == folder)
    }

    /// The records of a chunk; none where they are damaged.
    pub fn read<R: DeserializeOwned>(&self, chunk: Option<&Chunk>) -> Vec<R> {
        chunk.and_then(|chunk| self.whole(chunk)).unwrap_or_default()
    }

    /// The records of a chunk, to be taken out by their paths.
    pub fn known<R: Record + DeserializeOwned>(&self, chunk: Option<&Chunk>) -> Known<R> {
        Known::new(self.read(chunk))
    }

    /// All records of a chunk; `None` where they are damaged, which is noted.
    pub fn whole<R: DeserializeOwned>(&self, chunk: &Chunk) -> Option<Vec<R>> {
        let records = chunk.read(&self.data);
        if records.is_none() {
            self.damaged.store(true, Ordering::Relaxed);
        }
        records
    }

    /// Keeps texts, each with its outline, which learns where its text waits. `bytes` is room to
    /// work in, and may be used again: that is cheaper than new room for each call.
    pub fn keep_texts<'t>(
        &self,
        texts: impl IntoIterator<Item = (&'t mut Outline, &'t Text)>,
        bytes: &mut Vec<u8>,
    ) {
        bytes.clear();
        let mut places: Vec<&mut Place> = Vec::new();
        for (outline, text) in texts {
            let start = bytes.len();
            let headings = encode(text, bytes);
            let digest = Digest::of(&bytes[start..]);
            // A text file has at most 10 MiB, and its HTML not hundreds of times as much.
            let len = u32::try_from(bytes.len() - start).unwrap_or(u32::MAX);
            outline.place = Place { at: start as u64, len, digest, headings };
            places.push(&mut outline.place);
        }
        let base = self.data.append(bytes);
        for place in places {
            place.at += base;
        }
    }

    /// A text that was kept; `None` if it is not what was kept.
    pub fn text(&self, place: &Place) -> Option<Text> {
        let text = read(&self.data, place);
        if text.is_none() {
            self.damaged.store(true, Ordering::Relaxed);
            self.lost.store(true, Ordering::Relaxed);
        }
        text
    }

    /// The texts alone, for longer than the cache is open. They can be read whatever other builds
    /// do to the cache meanwhile: they append, or begin another store.
    pub fn store(&self) -> Store {
        Store::of(self.data.clone())
    }

    /// Keeps the records of some files as a chunk.
    pub fn keep_files(&self, first: &str, records: &[&FileRecord]) -> Chunk {
        let texts = records.iter().map(|r| u64::from(r.outline.place.len)).sum();
        Chunk::write(&self.data, first, records, texts)
    }

    /// Keeps the records of some pages as a chunk.
    pub fn keep_pages(&self, first: &str, records: &[PageRecord]) -> Chunk {
        Chunk::write(&self.data, first, records, 0)
    }

    /// Keeps the records of some pictures as a chunk.
    pub fn keep_pictures(&self, first: &str, records: &[&PictureRecord]) -> Chunk {
        Chunk::write(&self.data, first, records, 0)
    }

    /// The finished pictures, for longer than the cache is open.
    pub fn media(&self) -> Media {
        self.folder.as_ref().map_or_else(Media::default, |folder| Media::of(folder.media()))
    }

    /// A build is done that needs these finished pictures: others go in time.
    pub fn tidy_media(&mut self, used: &FxHashSet<Digest>) {
        self.media().tidy(used, &mut self.unused);
    }

    /// From now on these are the pictures among the source files.
    pub fn set_pictures(&mut self, pictures: Table) {
        self.changed = true;
        self.pictures = pictures;
    }

    /// From now on these are the source files.
    pub fn set_files(&mut self, files: Table) {
        self.changed = true;
        self.files = files;
    }

    /// From now on this stands in its output folder.
    pub fn set_output(&mut self, output: Output) {
        self.changed = true;
        self.outputs.retain(|known| known.folder != output.folder);
        self.outputs.insert(0, output);
        self.outputs.truncate(OUTPUTS);
    }

    /// Writes down what this build found out. What it says is for the user to know.
    pub fn save(&mut self) -> Vec<String> {
        if self.damaged.load(Ordering::Relaxed) {
            self.notes.push("parts of the cache were damaged; they are made anew".to_owned());
        }
        if self.lost.load(Ordering::Relaxed) {
            // Its record would send the next build to the same place: all files are read anew.
            self.files = Table::default();
        }
        // A build that found nothing new leaves all as it is.
        if (self.changed || self.data.end() != self.start)
            && let Err(error) = self.write()
        {
            self.notes.push(format!("the cache cannot be written: {error}"));
        }
        std::mem::take(&mut self.notes)
    }

    fn write(&mut self) -> std::io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        if self.data.failed() {
            return Err(std::io::Error::other("the disk refused it"));
        }
        let tables =
            || [&self.files, &self.pictures].into_iter().chain(self.outputs.iter().map(|o| &o.pages));
        let needed: u64 = tables().map(Table::weight).sum();
        let old = self.generation;
        // Rewriting costs about as much as a clean build's share of the cache: once the store is
        // three parts waste, it is worth it.
        if self.data.end() > 4 * needed + (1 << 20) {
            let file = folder.new_data(self.generation.wrapping_add(1))?;
            self.generation = self.generation.wrapping_add(1);
            self.compact(Data::file(file, 0));
            // The old store and the old index are still there, and belong together.
            if self.data.failed() {
                return Err(std::io::Error::other("the disk refused it"));
            }
        }
        let Some(folder) = &self.folder else { return Ok(()) };
        let index = Index {
            generation: self.generation,
            end: self.data.end(),
            files: self.files.clone(),
            pictures: self.pictures.clone(),
            unused: self.unused.clone(),
            outputs: self.outputs.clone(),
        };
        folder.write(&index)?;
        if old != self.generation {
            folder.remove_other_data(self.generation);
        }
        Ok(())
    }

    /// Moves all that is needed to another store. What is damaged stays behind.
    fn compact(&mut self, to: Data) {
        let from = &self.data;
        let files = self.files.chunks().iter().filter_map(|chunk| {
            let mut records: Vec<FileRecord> = chunk.read(from)?;
            records.retain_mut(|record| {
                let place = &mut record.outline.place;
                match from.read(place.at, place.len as usize) {
                    Ok(bytes) => place.at = to.append(&bytes),
                    Err(_) => return false,
                }
                true
            });
            let texts = records.iter().map(|r| u64::from(r.outline.place.len)).sum();
            Some(Chunk::write(&to, chunk.first(), &records, texts))
        });
        self.files = Table::of(files.collect::<Vec<_>>());
        let copied =
            |table: &Table| Table::of(table.chunks().iter().filter_map(|chunk| chunk.copy(from, &to)));
        self.pictures = copied(&self.pictures);
        for output in &mut self.outputs {
            output.pages = copied(&output.pages);
        }
        self.data = Arc::new(to);
    }
}

/// The cache's folder, for messages: `./.bashu` would read badly.
fn shown(site: &Path) -> String {
    let path = site.join(CACHE);
    path.strip_prefix(".").unwrap_or(&path).display().to_string()
}
