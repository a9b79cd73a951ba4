//! The files of the finished site: left alone where key and file are as they were, else made.
//!
//! Owns the comparison of keys. Three steps: every key is computed and compared; what has to be
//! made is made; and once it stands in its place, it is remembered.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::causes::{self, Cause, Made};
use super::exposures::{self, Exposure};
use super::inputs::Inputs;
use super::strings::Sets;
use super::{Options, Progress, faults, order};
use crate::base::Digest;
use crate::cache::{Cache, Chunk, Output, PageRecord, StringSet, Table, Unit};
use crate::diag::{Diagnostic, Diagnostics};
use crate::image::Variant;
use crate::output::{Seen, Sink};
use crate::plan::{Route, What};
use crate::render::{Engine, Parts, Rendered};
use crate::source::{Source, Stamp};

/// What the writing of a site needs to know.
pub(super) struct Job<'j, S> {
    pub(super) source: &'j Source,
    pub(super) inputs: &'j Inputs,
    pub(super) engine: &'j Engine<'j>,
    pub(super) cache: &'j Cache,
    pub(super) sink: &'j S,
    pub(super) options: &'j Options<'j>,
    /// What stood in the output folder.
    pub(super) before: &'j Output,
}

/// A site that stands in its sink, and what is known of its files.
pub(super) struct Written {
    pub(super) faults: Diagnostics,
    /// The files that were made, and why.
    pub(super) made: Vec<Made>,
    units: Vec<Unit>,
    judged: Vec<Judged>,
    strings: Vec<StringSet>,
}

/// What is to be done about a route.
enum Verdict {
    /// Its file stands as it should. Without a stamp it waits for the commit.
    Keep(PageRecord),
    Make {
        key: Digest,
        parts: Parts,
        cause: Cause,
    },
}

/// What is to be done about a unit's routes.
struct Judged {
    /// One a route; `None` if all are to be kept and the chunk stays as it is.
    verdicts: Option<Vec<Verdict>>,
    /// The sets of strings that kept pages asked for.
    strings: BTreeSet<u32>,
    /// The keys of drawings that are in use.
    drawn: Vec<Digest>,
}

impl Judged {
    /// A file was made that had to be: from now on it is kept.
    fn settle(&mut self, place: usize, route: &Route, put: Put) -> Option<Made> {
        let verdict = self.verdicts.as_mut()?.get_mut(place)?;
        let Verdict::Make { key, parts, cause } = verdict else { return None };
        let made = Made { path: route.output.clone(), cause: std::mem::take(cause) };
        self.strings.insert(put.strings);
        self.drawn.extend(put.drawn);
        *verdict = Verdict::Keep(PageRecord {
            path: route.output.as_str().into(),
            stamp: put.stamp,
            content: put.content,
            key: *key,
            parts: std::mem::take(parts).into(),
            strings: put.strings,
            drawn: put.drawn,
        });
        Some(made)
    }
}

/// The positions of the routes whose files have to be made.
fn wanted(units: &[Unit], judged: &[Judged]) -> Vec<usize> {
    let mut wanted = Vec::new();
    for (unit, judged) in units.iter().zip(judged) {
        for (place, verdict) in judged.verdicts.iter().flatten().enumerate() {
            if matches!(verdict, Verdict::Make { .. }) {
                wanted.push(unit.paths.start + place);
            }
        }
    }
    wanted
}

impl<S: Sink> Job<'_, S> {
    /// Brings every file of the site into the sink. Faults do not stop the other files.
    pub(super) fn write(&self, routes: &[Route]) -> Written {
        (self.options.progress)(Progress::Stage("compare keys"));
        let mut sets = Sets::new(self.engine, self.before);
        let paths: Vec<&str> = routes.iter().map(|r| r.output.as_str()).collect();
        let units = self.before.pages.units(&paths);
        let mut judged: Vec<Judged> = units
            .par_iter()
            .map_init(Parts::new, |parts, unit| self.judge(unit, &routes[unit.paths.clone()], &sets, parts))
            .collect();
        (self.options.progress)(Progress::Stage("make files"));
        sets.release(&judged.iter().flat_map(|judged| &judged.strings).copied().collect());
        let (put, sets) = self.make_all(routes, wanted(&units, &judged), sets);

        let mut faults = Vec::new();
        let mut made = Vec::with_capacity(put.len());
        let mut put = put.into_iter().peekable();
        for (unit, judged) in units.iter().zip(&mut judged) {
            while let Some((i, put)) = put.next_if(|(i, _)| *i < unit.paths.end) {
                match put {
                    Ok(put) => made.extend(judged.settle(i - unit.paths.start, &routes[i], put)),
                    Err(found) => faults.extend(found),
                }
            }
        }
        let strings = sets.finish(self.engine, judged.iter().flat_map(|judged| &judged.strings));
        Written { faults: faults::merged(faults), made, units, judged, strings }
    }

    /// Makes the files of some routes; what became of each, in the order of routes.
    fn make_all(&self, routes: &[Route], mut wanted: Vec<usize>, sets: Sets) -> (Vec<Tried>, Sets) {
        (self.options.progress)(Progress::Rendering(wanted.len()));
        order::by_neighbourhood(self.engine.site(), routes, &mut wanted);
        // Once the output folder fails, thousands of further failures say nothing new.
        let failed = AtomicBool::new(false);
        let sets = Mutex::new(sets);
        let (variants, wanted): (Vec<usize>, Vec<usize>) =
            wanted.into_iter().partition(|&i| matches!(routes[i].what, What::Variant(..)));
        let mut put: Vec<Tried> = wanted
            .into_par_iter()
            .map(|i| match failed.load(Ordering::Relaxed) {
                true => (i, Err(Vec::new())),
                false => (i, self.make(&routes[i], &failed, &sets)),
            })
            .collect();
        put.extend(self.make_variants(routes, variants, &failed, &sets));
        put.sort_unstable_by_key(|(i, _)| *i);
        (put, sets.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Compares the keys of a unit's routes.
    fn judge(&self, unit: &Unit, routes: &[Route], sets: &Sets, parts: &mut Parts) -> Judged {
        let chunk = self.before.pages.chunk(unit);
        let mut known = self.cache.known::<PageRecord>(chunk);
        let mut same = unit.whole && chunk.is_some();
        let (mut strings, mut drawn) = (BTreeSet::new(), Vec::new());
        let mut verdicts = Vec::with_capacity(routes.len());
        for route in routes {
            let record = known.take(route.output.as_str());
            let stamp = record.as_ref().and_then(|record| record.stamp);
            let verdict = self.verdict(route, record, sets, parts);
            match &verdict {
                Verdict::Keep(record) => {
                    strings.insert(record.strings);
                    drawn.extend(record.drawn);
                    // A stamp that proved nothing is taken for what it is now.
                    same &= record.stamp == stamp;
                }
                Verdict::Make { .. } => same = false,
            }
            verdicts.push(verdict);
        }
        same &= known.all_taken();
        Judged { verdicts: (!same).then_some(verdicts), strings, drawn }
    }

    fn verdict(&self, route: &Route, record: Option<PageRecord>, sets: &Sets, parts: &mut Parts) -> Verdict {
        let key = self.key(route, parts);
        let make = |cause| Verdict::Make { key, parts: parts.clone(), cause };
        let Some(record) = record else { return make(Cause::New) };
        // A file that is copied is known by nothing but its stamp.
        let trusted = !(self.options.check_contents && matches!(route.what, What::File(_)));
        if record.key != key || key == Digest::default() || !trusted {
            return make(causes::of_key(&route.what, &record.parts, parts));
        }
        if !sets.same(record.strings) {
            return make(Cause::Strings(record.strings));
        }
        let seen =
            Seen { stamp: record.stamp.filter(|_| !self.options.check_contents), content: record.content };
        match self.sink.keep(&route.output, seen) {
            Some(stamp) => Verdict::Keep(PageRecord { stamp: Some(stamp), ..record }),
            None => make(Cause::Output),
        }
    }

    /// A picture is known by its content. Any other file that is copied is known by its stamp;
    /// without one that proves something it has no key, and is compared byte for byte with what stands
    /// in the output.
    fn key(&self, route: &Route, parts: &mut Parts) -> Digest {
        let (site, plan) = (self.engine.site(), self.engine.plan());
        let key = self.engine.key(route, parts).or_else(|| exposures::key(site, plan, &route.what));
        let stamp = match (key, &route.what) {
            (Some(key), _) => return key,
            (None, What::File(position)) => self.inputs.stamp(&site.files[*position].path),
            (None, _) => None,
        };
        let is_cleaned = matches!(route.what, What::File(position) if exposures::is_cleaned(site, position));
        let key = stamp.map_or_else(Digest::default, |stamp| Digest::of_hash(&stamp));
        if stamp.is_some() && is_cleaned { key.and_number(1) } else { key }
    }

    /// Makes a file and puts it into the sink.
    fn make(&self, route: &Route, failed: &AtomicBool, sets: &Mutex<Sets>) -> Result<Put, Faults> {
        let rendered = match self.engine.render(route)? {
            Some(rendered) => rendered,
            None => Rendered::plain(self.file(&route.what).map_err(|fault| vec![fault])?),
        };
        self.put(route, rendered, failed, sets)
    }

    /// The bytes of what is made from a file of the site.
    fn file(&self, what: &What) -> Result<Vec<u8>, Diagnostic> {
        match (self.exposure(what), what) {
            (Some(exposure), _) => exposure.bytes(),
            (None, What::File(position)) => self.source.read(&self.engine.site().files[*position].path),
            (None, _) => Ok(Vec::new()),
        }
    }

    fn exposure(&self, what: &What) -> Option<Exposure> {
        Exposure::of(self.engine.site(), self.engine.plan(), what, self.source, &self.cache.media())
    }

    /// Makes variants of pictures: all that are wanted of one picture at once, and of a large one alone.
    fn make_variants(
        &self,
        routes: &[Route],
        wanted: Vec<usize>,
        failed: &AtomicBool,
        sets: &Mutex<Sets>,
    ) -> Vec<Tried> {
        let mut pictures: BTreeMap<usize, Vec<(usize, Variant)>> = BTreeMap::new();
        for i in wanted {
            if let What::Variant(position, variant) = routes[i].what {
                pictures.entry(position).or_default().push((i, variant));
            }
        }
        let of_picture = |(_, wanted): (usize, Vec<(usize, Variant)>)| {
            if failed.load(Ordering::Relaxed) {
                return wanted.into_iter().map(|(i, _)| (i, Err(Vec::new()))).collect();
            }
            let variants: Vec<Variant> = wanted.iter().map(|(_, variant)| *variant).collect();
            let first = wanted.first().and_then(|(i, _)| self.exposure(&routes[*i].what));
            let made = first.map_or_else(Vec::new, |first| first.variants(&variants));
            let put = wanted.into_iter().zip(made).map(|((i, _), made)| {
                let put = |bytes| self.put(&routes[i], Rendered::plain(bytes), failed, sets);
                (i, made.map_err(|fault| vec![fault]).and_then(put))
            });
            put.collect::<Vec<Tried>>()
        };
        let files = &self.engine.site().files;
        let is_large = |(position, _): &(usize, _)| {
            files.get(*position).and_then(|file| file.picture.as_ref()).is_some_and(|info| info.is_large())
        };
        let (large, others): (Vec<_>, Vec<_>) = pictures.into_iter().partition(is_large);
        let mut put: Vec<Tried> = others.into_par_iter().flat_map_iter(of_picture).collect();
        put.extend(large.into_iter().flat_map(of_picture));
        put
    }

    /// Puts a file that was made into the sink.
    fn put(
        &self,
        route: &Route,
        Rendered { bytes, strings, drawn }: Rendered,
        failed: &AtomicBool,
        sets: &Mutex<Sets>,
    ) -> Result<Put, Faults> {
        (self.options.progress)(Progress::One);
        let stamp = self.sink.put(&route.output, &bytes).map_err(|fault| {
            failed.store(true, Ordering::Relaxed);
            vec![fault]
        })?;
        // Nothing can panic while it is held.
        let strings = sets.lock().unwrap_or_else(PoisonError::into_inner).number(self.engine, strings);
        Ok(Put { stamp, content: Digest::of(&bytes), strings, drawn })
    }
}

/// What kept a file from being made.
type Faults = Vec<Diagnostic>;

/// What became of a route, by its position.
type Tried = (usize, Result<Put, Faults>);

/// What was put.
struct Put {
    stamp: Option<Stamp>,
    content: Digest,
    strings: u32,
    drawn: Option<Digest>,
}

impl Written {
    /// The keys of the drawings that the site shows.
    pub(super) fn drawn(&self) -> impl Iterator<Item = Digest> {
        self.judged.iter().flat_map(|judged| &judged.drawn).copied()
    }

    /// What the cache is to remember, once the files stand in their places: `placed` are those
    /// that were moved there only now.
    pub(super) fn remember(
        self,
        cache: &Cache,
        before: &Output,
        placed: Vec<(Box<str>, Stamp)>,
        templates: Vec<(Box<str>, Digest)>,
    ) -> Output {
        let placed: HashMap<Box<str>, Stamp> = placed.into_iter().collect();
        // By a moment after the last file was written, so that a change by hand in the same tick
        // of the clock is not taken for what was written.
        let now = cache.now();
        let work = self.units.into_par_iter().zip(self.judged);
        let chunks: Vec<Option<Chunk>> = work
            .map(|(unit, judged)| {
                let Some(verdicts) = judged.verdicts else { return before.pages.chunk(&unit).cloned() };
                let records = verdicts.into_iter().filter_map(|verdict| match verdict {
                    Verdict::Keep(mut record) => {
                        let stamp = placed.get(&record.path).copied().or(record.stamp);
                        record.stamp = stamp.filter(|stamp| stamp.is_settled(now));
                        Some(record)
                    }
                    // Without a fault there is none left.
                    Verdict::Make { .. } => None,
                });
                let records: Vec<PageRecord> = records.collect();
                records.first().map(|first| cache.keep_pages(&first.path, &records))
            })
            .collect();
        let pages = Table::of(chunks.into_iter().flatten());
        Output { folder: before.folder, pages, strings: self.strings, templates, last: None }
    }
}
