//! What a build begins with: the files of the site, their stamps, and what the build was told.
//!
//! Owns the question whether anything at all is new. If not, a build has nothing to do but to see
//! that the output stands as it was left, and that takes a third of the time of joining the site
//! and comparing all keys once more.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Made, Options};
use crate::base::{ContentPath, Digest, OutputPath};
use crate::cache::{Cache, Last, Output, PageRecord};
use crate::diag::Diagnostics;
use crate::output::{Seen, Sink, Written};
use crate::source::{Source, Stamp};
use crate::theme;

/// The files of a site.
pub(super) struct Inputs {
    /// In order.
    pub(super) paths: Vec<ContentPath>,
    /// For each, its stamp from before it is read, if that proves something.
    pub(super) stamps: Vec<Option<Stamp>>,
    /// For each, its stamp in any case.
    seen: Vec<Option<Stamp>>,
}

impl Inputs {
    pub(super) fn new(source: &Source, cache: &Cache, diags: &mut Diagnostics) -> Self {
        let paths = source.list(diags);
        let seen: Vec<Option<Stamp>> = paths.par_iter().map(|path| source.stamp(path)).collect();
        let settled = |stamp: &Option<Stamp>| stamp.filter(|stamp| stamp.is_settled(cache.since()));
        let stamps = seen.iter().map(settled).collect();
        Self { paths, stamps, seen }
    }

    /// The files that are new, gone or have another stamp than they had in `before`, in order.
    pub(super) fn changed_since(&self, before: &Inputs) -> Vec<ContentPath> {
        let all = |inputs: &Inputs| -> FxHashMap<ContentPath, Option<Stamp>> {
            inputs.paths.iter().cloned().zip(inputs.seen.iter().copied()).collect()
        };
        let mut old = all(before);
        let is_new = |(path, stamp): (&ContentPath, &Option<Stamp>)| {
            (old.remove(path).as_ref() != Some(stamp)).then(|| path.clone())
        };
        let mut changed: Vec<ContentPath> = self.paths.iter().zip(&self.seen).filter_map(is_new).collect();
        changed.extend(old.into_keys());
        changed.sort_unstable();
        changed
    }

    /// The stamp of a file, if that proves something.
    pub(super) fn stamp(&self, path: &ContentPath) -> Option<Stamp> {
        self.paths.binary_search(path).ok().and_then(|at| self.stamps[at])
    }

    /// How many bytes a file has.
    pub(super) fn size(&self, source: &Source, path: &ContentPath) -> u64 {
        let seen = self.paths.binary_search(path).ok().and_then(|at| self.seen.get(at).copied().flatten());
        seen.map_or_else(|| source.size(path), Stamp::size)
    }

    /// The digest of all that a build depends on beside the program; `None` if some file is not
    /// known by its stamp.
    pub(super) fn digest(&self, options: &Options<'_>) -> Option<Digest> {
        let Options { clock, base_url, origin, check_contents, .. } = options;
        if *check_contents {
            return None;
        }
        let told = Digest::of_hash(&(clock.today, clock.drafts, clock.any_day, base_url, origin));
        let file = |(path, stamp): (&ContentPath, &Option<Stamp>)| {
            Some(Digest::of(path.as_str().as_bytes()).and(Digest::of_hash(&(*stamp)?)))
        };
        let files: Option<Vec<Digest>> = self.paths.par_iter().zip(&self.stamps).map(file).collect();
        Some(told.and(files?.into_iter().collect()))
    }
}

/// What a build made that has nothing to make: everything stands as it was left. `None` if
/// something is new after all; then the output was not touched.
pub(super) fn unchanged<S: Sink>(
    source: &Source,
    cache: &Cache,
    before: &Output,
    inputs: Option<Digest>,
    open: &impl Fn(&[&OutputPath]) -> Result<S, Diagnostics>,
) -> Option<Made> {
    let Last { inputs: last, pages, translations, files, fonts } = before.last.as_ref()?;
    if inputs != Some(*last) || fonts.is_some_and(|fonts| theme::system_fonts(source) != fonts) {
        return None;
    }
    let read = |chunk| {
        let records: Vec<PageRecord> = cache.whole(chunk)?;
        Some(records.into_iter().map(|record| (OutputPath::new(&*record.path), record)).collect())
    };
    // Without one of them, a file would seem to be no longer wanted.
    let chunks: Option<Vec<Vec<(OutputPath, PageRecord)>>> =
        before.pages.chunks().par_iter().map(read).collect();
    let chunks = chunks?;
    if chunks.iter().map(Vec::len).sum::<usize>() != *files {
        return None;
    }
    // Whatever is wrong with the output is for the whole build to say.
    let sink = open(&chunks.iter().flatten().map(|(path, _)| path).collect::<Vec<_>>()).ok()?;
    let kept = |(path, record): &(OutputPath, PageRecord)| {
        // One without a stamp, or with another, has to be remembered anew: that is not done here.
        let stamp = record.stamp;
        stamp.is_some() && sink.keep(path, Seen { stamp, content: record.content }) == stamp
    };
    if !chunks.par_iter().all(|chunk| chunk.iter().all(kept)) {
        return None;
    }
    // See `Build::run`: nobody need wait for it.
    std::thread::spawn(move || drop(chunks));
    let written: Written = sink.commit().ok()?.written;
    Some(Made { pages: pages.clone(), translations: translations.clone(), written, ..Made::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::Table;
    use crate::output::Memory;

    /// A build that takes the last one's word for all removes what it has no record of: it must
    /// not, when a record was lost.
    #[test]
    fn a_lost_record_is_not_taken_for_a_file_that_is_no_longer_wanted() {
        let cache = Cache::memory();
        let record = |path: &str| PageRecord {
            drawn: None,
            path: path.into(),
            stamp: None,
            content: Digest::default(),
            key: Digest::default(),
            parts: Box::default(),
            strings: 0,
        };
        let pages = Table::of([cache.keep_pages("a", &[record("a"), record("b")])]);
        let inputs = Digest::of(b"inputs");
        let opened = std::cell::Cell::new(false);
        let memory = Memory::new();
        let source = Source::memory([]);
        let open = |_: &[&OutputPath]| {
            opened.set(true);
            Ok(&memory)
        };
        for (files, expected) in [(2, true), (3, false)] {
            opened.set(false);
            let last = Some(Last { inputs, pages: Vec::new(), translations: Vec::new(), files, fonts: None });
            let before = Output { pages: pages.clone(), last, ..Output::default() };
            // A sink in memory keeps nothing: that it was opened is what is seen.
            assert!(unchanged(&source, &cache, &before, Some(inputs), &open).is_none());
            assert_eq!(opened.get(), expected, "{files}");
        }
    }
}
