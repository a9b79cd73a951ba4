//! The articles of a site: known from the cache where their files are as they were, else read.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::forms::Form;
use super::inputs::Inputs;
use super::{Options, Progress};
use crate::article::{self, Article, Front, Name, Outline, Parsed, Place, Text, Texts};
use crate::base::{ContentPath, Digest};
use crate::cache::{Cache, Chunk, FileRecord, Table, Unit};
use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::source::{Source, Stamp};

/// What the files of a site are.
pub(super) struct Read {
    /// The articles, in the order of their paths.
    pub(super) articles: Vec<Article>,
    /// The files that are none, in the order of their paths.
    pub(super) plain: Vec<ContentPath>,
    /// Articles whose names are at fault.
    pub(super) misnamed: Vec<ContentPath>,
    /// What the cache is to remember of the files.
    pub(super) files: Table,
    /// What it must not remember: articles with faults, whose texts it keeps all the same.
    pub(super) faulty: Vec<FileRecord>,
    /// How many files were parsed.
    pub(super) parsed: usize,
}

/// An article's file and what its name says.
struct Named<'f> {
    path: &'f ContentPath,
    stamp: Option<Stamp>,
    name: Name,
}

/// What became of a unit of files.
struct UnitRead {
    articles: Vec<Article>,
    diagnostics: Diagnostics,
    chunk: Option<Chunk>,
    faulty: Vec<FileRecord>,
}

/// Reads every article, in parallel. Those that are `held` are what they were, whatever their files say.
pub(super) fn read(
    source: &Source,
    inputs: &Inputs,
    config: &Config,
    cache: &Cache,
    options: &Options<'_>,
    held: &FxHashMap<ContentPath, Form>,
    diags: &mut Diagnostics,
) -> Read {
    let mut named: Vec<Named<'_>> = Vec::with_capacity(inputs.paths.len());
    let mut plain = Vec::new();
    let mut misnamed = Vec::new();
    let name = |path| article::is_article(path).then(|| Name::of(path, config));
    let names: Vec<Option<Result<Name, Diagnostic>>> = inputs.paths.par_iter().map(name).collect();
    for ((path, stamp), name) in inputs.paths.iter().zip(&inputs.stamps).zip(names) {
        match name {
            Some(Ok(name)) => named.push(Named { path, stamp: *stamp, name }),
            Some(Err(diagnostic)) => {
                misnamed.push(path.clone());
                diags.push(diagnostic);
            }
            None if path.as_str().starts_with("content/") || path.as_str().starts_with("static/") => {
                plain.push(path.clone());
            }
            None => {}
        }
    }
    (options.progress)(Progress::Reading(named.len()));
    let paths: Vec<&str> = named.iter().map(|n| n.path.as_str()).collect();
    let units = cache.files().units(&paths);
    let reader = Reader { source, config, cache, options, held, parsed: AtomicUsize::new(0) };
    let read: Vec<UnitRead> = units
        .par_iter()
        .map_init(Vec::new, |room, unit| reader.unit(unit, &named[unit.paths.clone()], room))
        .collect();
    let mut articles = Vec::with_capacity(named.len());
    let mut chunks = Vec::with_capacity(read.len());
    let mut faulty = Vec::new();
    for unit in read {
        articles.extend(unit.articles);
        diags.append(unit.diagnostics);
        chunks.extend(unit.chunk);
        faulty.extend(unit.faulty);
    }
    let parsed = reader.parsed.into_inner();
    Read { articles, plain, misnamed, files: Table::of(chunks), faulty, parsed }
}

struct Reader<'r> {
    source: &'r Source,
    config: &'r Config,
    cache: &'r Cache,
    options: &'r Options<'r>,
    held: &'r FxHashMap<ContentPath, Form>,
    parsed: AtomicUsize,
}

/// What became of a file.
struct Found {
    record: FileRecord,
    /// Its text, if it had to be parsed.
    text: Option<Text>,
    /// What is wrong with it.
    faults: Diagnostics,
    /// Whether anything is or was; then the cache must not remember it.
    faulty: bool,
}

impl Found {
    /// What the cache knew.
    fn known(record: FileRecord) -> Self {
        Self { record, text: None, faults: Diagnostics::new(), faulty: false }
    }
}

impl Reader<'_> {
    fn unit(&self, unit: &Unit, named: &[Named<'_>], room: &mut Vec<u8>) -> UnitRead {
        let chunk = self.cache.files().chunk(unit);
        let mut known = self.cache.known::<FileRecord>(chunk);
        let mut same = unit.whole;
        let mut found: Vec<Found> = Vec::with_capacity(named.len());
        for file in named {
            let record = known.take(file.path.as_str());
            found.push(self.file(file, record, &mut same));
        }
        same &= known.all_taken();
        let texts = found.iter_mut().filter_map(|found| {
            let Found { record, text, .. } = found;
            text.as_ref().map(|text| (&mut record.outline, text))
        });
        self.cache.keep_texts(texts, room);
        let chunk = match chunk {
            Some(chunk) if same => Some(chunk.clone()),
            _ => {
                let records: Vec<&FileRecord> =
                    found.iter().filter(|f| !f.faulty).map(|f| &f.record).collect();
                records.first().map(|first| self.cache.keep_files(&first.path, &records))
            }
        };
        // One without a text could not be read.
        let faulty =
            found.iter().filter(|f| f.faulty && f.text.is_some()).map(|f| f.record.clone()).collect();
        let mut diagnostics = Diagnostics::new();
        let articles = found.into_iter().zip(named).map(|(found, file)| {
            diagnostics.append(found.faults);
            let FileRecord { front, outline, .. } = found.record;
            Article { file: file.path.clone(), name: file.name.clone(), front, outline }
        });
        let articles = articles.collect();
        UnitRead { articles, diagnostics, chunk, faulty }
    }

    /// One file; `same` becomes false when the cache must remember something else of it.
    fn file(&self, file: &Named<'_>, record: Option<FileRecord>, same: &mut bool) -> Found {
        let path = file.path;
        let dialect = article::dialect(&file.name, self.config);
        let known = record.filter(|record| record.dialect == dialect);
        if let Some(form) = self.held.get(path).filter(|form| form.record.dialect == dialect) {
            *same = false;
            // Without a stamp, the file is compared with it the next time.
            let record = FileRecord { stamp: None, ..form.record.clone() };
            let (text, faulty) = (Some(form.text.clone()), form.faulty);
            return Found { record, text, faults: Diagnostics::new(), faulty };
        }
        // From before the file is read: what changes meanwhile has an older stamp than its text,
        // and the next build reads it once more.
        let stamp = file.stamp;
        let known = match known {
            Some(record) if stamp.is_some() && record.stamp == stamp && !self.options.check_contents => {
                return Found::known(record);
            }
            other => other,
        };
        let text = match self.source.text(path) {
            Ok(text) => text,
            Err(fault) => {
                *same = false;
                let Article { front, outline, .. } = article::unreadable(path, file.name.clone());
                let record = record_of(path, None, Digest::default(), dialect, front, outline);
                return Found { record, text: None, faults: fault.into(), faulty: true };
            }
        };
        let content = Digest::of(text.as_bytes());
        if let Some(record) = known.filter(|record| record.content == content) {
            *same &= record.stamp == stamp;
            return Found::known(FileRecord { stamp, ..record });
        }
        *same = false;
        self.parsed.fetch_add(1, Ordering::Relaxed);
        let Parsed { article, text, diagnostics } =
            article::parse(path, file.name.clone(), &text, self.config);
        let record = record_of(path, stamp, content, dialect, article.front, article.outline);
        Found { record, text: Some(text), faulty: !diagnostics.is_empty(), faults: diagnostics }
    }
}

fn record_of(
    path: &ContentPath,
    stamp: Option<Stamp>,
    content: Digest,
    dialect: Digest,
    front: Box<Front>,
    outline: Outline,
) -> FileRecord {
    FileRecord { path: path.as_str().into(), stamp, content, dialect, front, outline }
}

/// The texts that are kept somewhere; one that was lost is read from its file again.
pub(super) struct Kept<'k> {
    pub(super) source: &'k Source,
    pub(super) config: &'k Config,
    /// Finds them.
    pub(super) find: &'k (dyn Fn(&Place) -> Option<Text> + Sync),
}

impl Texts for Kept<'_> {
    fn text(&self, file: &ContentPath, outline: &Outline) -> Result<Text, Diagnostic> {
        if let Some(text) = (self.find)(&outline.place) {
            return Ok(text);
        }
        let name = Name::of(file, self.config)?;
        let parsed = article::parse(file, name, &self.source.text(file)?, self.config);
        // The same file makes the same slots; another one has to wait for the next build.
        if parsed.article.outline.slots == outline.slots {
            return Ok(parsed.text);
        }
        Err(Diagnostic::new(code::UNREADABLE, format!("`{file}` was changed while the site was being built"))
            .in_file(file)
            .help("build again"))
    }
}
