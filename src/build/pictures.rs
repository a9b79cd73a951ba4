//! The pictures of a site: known from the cache where their files are as they were, else looked at.
//!
//! What is made of them for readers is `exposures`'.

use std::sync::Arc;

use rayon::prelude::*;

use super::inputs::Inputs;
use super::{Options, Progress};
use crate::base::{ContentPath, Fingerprint};
use crate::cache::{Cache, Chunk, PictureRecord, Table, Unit};
use crate::diag::{Diagnostic, Diagnostics};
use crate::image::{self, Fault, Format};
use crate::site::{PlainFile, Unfit};
use crate::source::Source;

/// What the files are that are no articles, in the order of their paths, and what the cache is to
/// remember of the pictures among them.
pub(super) fn read(
    source: &Source,
    inputs: &Inputs,
    cache: &Cache,
    options: &Options<'_>,
    paths: Vec<ContentPath>,
    diags: &mut Diagnostics,
) -> (Vec<PlainFile>, Table) {
    let hidden = |format| {
        let fault = format!("browsers show no {format}; export it as JPEG");
        Err(Unfit { fault: Fault(fault), cleanable: false })
    };
    let file = |path: ContentPath| PlainFile {
        bytes: inputs.size(source, &path),
        picture: image::hidden_format(&path).map(hidden),
        path,
    };
    let mut files: Vec<PlainFile> = paths.into_iter().map(file).collect();
    let format = |(at, file): (usize, &PlainFile)| Some((at, image::format_of(&file.path)?));
    let pictures: Vec<(usize, Format)> = files.iter().enumerate().filter_map(format).collect();
    if pictures.is_empty() {
        return (files, Table::default());
    }
    let named: Vec<(&ContentPath, Format)> =
        pictures.iter().filter_map(|&(at, format)| Some((&files.get(at)?.path, format))).collect();
    let paths: Vec<&str> = named.iter().map(|(path, _)| path.as_str()).collect();
    let units = cache.pictures().units(&paths);
    (options.progress)(Progress::Looking(named.len()));
    let reader = Reader { source, inputs, cache, options };
    let read: Vec<UnitRead> = units
        .par_iter()
        .map(|unit| reader.unit(unit, named.get(unit.paths.clone()).unwrap_or_default()))
        .collect();
    let (found, chunks): (Vec<Vec<Found>>, Vec<Option<Chunk>>) = read.into_iter().unzip();
    for ((at, _), found) in pictures.into_iter().zip(found.into_iter().flatten()) {
        let Some(file) = files.get_mut(at) else { continue };
        match found {
            Ok(looked) => file.picture = Some(looked.map(|record| record.info)),
            Err(unreadable) => diags.push(unreadable),
        }
    }
    (files, Table::of(chunks.into_iter().flatten()))
}

/// What became of a unit of files, and what the cache is to remember of it.
type UnitRead = (Vec<Found>, Option<Chunk>);

/// What became of a file: what it is, or what is wrong with it; or that it cannot be read at all.
type Found = Result<Result<PictureRecord, Unfit>, Diagnostic>;

struct Reader<'r> {
    source: &'r Source,
    inputs: &'r Inputs,
    cache: &'r Cache,
    options: &'r Options<'r>,
}

impl Reader<'_> {
    fn unit(&self, unit: &Unit, named: &[(&ContentPath, Format)]) -> UnitRead {
        let chunk = self.cache.pictures().chunk(unit);
        let mut known = self.cache.known::<PictureRecord>(chunk);
        let before: Vec<_> = named.iter().map(|(path, _)| known.take(path.as_str())).collect();
        let mut same = unit.whole && known.all_taken();
        // A picture takes long enough for a thread of its own.
        let found: Vec<Found> = named
            .par_iter()
            .zip(&before)
            .map(|(&(path, format), record)| self.file(path, format, record.as_ref()))
            .collect();
        let stamp = |record: &PictureRecord| (record.info.fingerprint, record.stamp);
        for (found, before) in found.iter().zip(&before) {
            let now = found.as_ref().ok().and_then(|looked| looked.as_ref().ok());
            same &= now.map(stamp) == before.as_ref().map(stamp);
        }
        if let Some(chunk) = chunk.filter(|_| same) {
            return (found, Some(chunk.clone()));
        }
        let records: Vec<&PictureRecord> = found.iter().flatten().flatten().collect();
        let chunk = records.first().map(|first| self.cache.keep_pictures(&first.path, &records));
        (found, chunk)
    }

    fn file(&self, path: &ContentPath, format: Format, known: Option<&PictureRecord>) -> Found {
        (self.options.progress)(Progress::One);
        // From before the file is read, as with articles.
        let stamp = self.inputs.stamp(path);
        if let Some(record) = known
            && stamp.is_some()
            && record.stamp == stamp
            && !self.options.check_contents
        {
            return Ok(Ok(record.clone()));
        }
        let bytes = self.source.read(path)?;
        if let Some(record) = known.filter(|record| record.info.fingerprint == Fingerprint::of(&bytes)) {
            return Ok(Ok(PictureRecord { stamp, ..record.clone() }));
        }
        let looked = image::probe(format, &bytes).map(|info| {
            let path = path.as_str().into();
            PictureRecord { path, stamp, info: Arc::new(info) }
        });
        Ok(looked.map_err(|fault| Unfit { fault, cleanable: image::clean(&bytes).is_ok() }))
    }
}
