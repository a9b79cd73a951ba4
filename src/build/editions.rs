//! Editions: a site as it stands at one moment, ready to be rendered page by page.
//!
//! Owns what a preview does instead of writing a folder: the same stages, without the last. An
//! edition is joined anew for every change, as in a build; what is at fault keeps the form in which
//! it had none, so that one slip does not hide what everybody else is writing.

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::articles::Kept;
use super::inputs::Inputs;
use super::join::{Held, Joined, join};
use super::proof::Proof;
use super::{Options, text_for_report};
use crate::article::{self, Outline, Text, Texts};
use crate::base::{ContentPath, Digest, OutputPath};
use crate::cache::{Cache, Store, Table};
use crate::config;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::plan::{Plan, Route, What};
use crate::render::Engine;
use crate::site::Site;
use crate::source::Source;
use crate::theme::Theme;

/// Makes the editions of a site, one after the other.
pub struct Editions {
    source: Source,
    root: PathBuf,
    /// What the last edition was made from, and its digest if that is known exactly.
    inputs: Option<(Inputs, Option<Digest>)>,
    good: Option<Good>,
}

/// What had no fault when it was last looked at.
struct Good {
    settings: String,
    theme: Arc<Theme>,
}

/// What came of an attempt to make an edition.
pub struct Issue {
    /// The edition; `None` where nothing can be rendered, because no settings or no theme are known.
    pub edition: Option<Edition>,
    /// The files that have changed since the last attempt, in order; none for the first.
    pub changed: Vec<ContentPath>,
    /// What is wrong with the site as its files are now.
    pub diagnostics: Diagnostics,
    /// What the user should know of the cache.
    pub notes: Vec<String>,
    /// How many articles were parsed.
    pub parsed: usize,
}

impl Editions {
    /// Those of the site in a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        Self { source: Source::disk(&root), root, inputs: None, good: None }
    }

    /// The files that editions are made from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The site as it stands now; `None` if it is known to be as it was. Waits while a build is at
    /// work on the site, and tells `waiting` before.
    pub fn next(&mut self, options: &Options<'_>, waiting: impl FnOnce()) -> Option<Issue> {
        // A folder that is no site's is left as it is.
        let is_site = self.root.join(config::FILE_NAME).is_file();
        let mut cache = if is_site { Cache::open(&self.root, waiting) } else { Cache::memory() };
        let mut listed = Diagnostics::new();
        let inputs = Inputs::new(&self.source, &cache, &mut listed);
        let digest = inputs.digest(options).filter(|_| listed.is_empty());
        let changed = match &self.inputs {
            Some((_, before)) if digest.is_some() && digest == *before => return None,
            Some((before, _)) => inputs.changed_since(before),
            None => Vec::new(),
        };
        let attempt = Attempt { source: &self.source, inputs: &inputs, cache: &cache, options };
        let settings = self.source.text(&ContentPath::new(config::FILE_NAME)).ok();
        let held = Held { settings: settings.clone(), ..Held::default() };
        let mut diagnostics = listed;
        let mut joined = attempt.join(&held, &mut diagnostics);
        if !diagnostics.has_errors() {
            let theme = joined.as_ref().and_then(|joined| joined.theme.clone());
            self.good = settings.zip(theme).map(|(settings, theme)| Good { settings, theme });
        } else if let Some(held) = held_back(&diagnostics, settings, self.good.as_ref()) {
            let mut faults = Diagnostics::new();
            joined = attempt.join(&held, &mut faults).or(joined);
        }
        let edition = joined.and_then(|joined| {
            let Joined { site, plan, theme, files, parsed } = joined;
            let edition = theme.map(|theme| Edition {
                site,
                plan,
                theme,
                source: self.source.clone(),
                // As it is now: what is saved below may be another store, with the texts elsewhere.
                store: cache.store(),
                files: files.clone(),
                revised: FxHashMap::default(),
            });
            cache.set_files(files);
            Some((edition, parsed))
        });
        let (edition, parsed) = edition.unwrap_or((None, 0));
        self.inputs = Some((inputs, digest));
        diagnostics.sort();
        Some(Issue { edition, changed, diagnostics, notes: cache.save(), parsed })
    }
}

/// One look at the files of a site.
struct Attempt<'a> {
    source: &'a Source,
    inputs: &'a Inputs,
    cache: &'a Cache,
    options: &'a Options<'a>,
}

impl Attempt<'_> {
    /// A joined site, and all that is wrong with it.
    fn join(&self, held: &Held, diags: &mut Diagnostics) -> Option<Joined> {
        let joined = join(self.source, self.inputs, self.cache, self.options, held, diags)?;
        let Joined { site, plan, theme, .. } = &joined;
        if let Some(theme) = theme {
            let find = |place: &_| self.cache.text(place);
            let texts = Kept { source: self.source, config: &site.config, find: &find };
            // It checks what it is given.
            Engine::new(site, plan, theme, &texts, diags);
        }
        diags.regrade(|d| site.config.grade(d));
        Some(joined)
    }
}

/// What to take as it was, for an edition without these errors; `None` if there is nothing better.
fn held_back(diags: &Diagnostics, settings: Option<String>, good: Option<&Good>) -> Option<Held> {
    let mut held = Held::default();
    let mut faulty = (false, false);
    for error in diags.iter().filter(|d| d.severity == Severity::Error) {
        let Some(file) = error.labels.first().map(|label| &label.file) else { continue };
        match article::is_article(file) {
            true => drop(held.articles.insert(file.clone())),
            false if file.as_str() == config::FILE_NAME => faulty.0 = true,
            false => faulty.1 = true,
        }
    }
    held.settings = settings;
    if let Some(good) = good {
        // A theme is read for the settings of its site, and serves no others.
        let same = held.settings.as_deref() == Some(&*good.settings);
        if faulty.0 || held.settings.is_none() {
            held.settings = Some(good.settings.clone());
        }
        held.theme = Some(good.theme.clone()).filter(|_| faulty.1 && (same || faulty.0));
    }
    let better = !held.articles.is_empty() || held.theme.is_some() || faulty.0;
    better.then_some(held)
}

/// A site as it stands at one moment.
pub struct Edition {
    /// The site.
    pub site: Site,
    /// Its addresses.
    pub plan: Plan,
    /// Its theme.
    pub theme: Arc<Theme>,
    source: Source,
    store: Store,
    files: Table,
    /// Texts that were put in the place of those in the store.
    revised: FxHashMap<ContentPath, Text>,
}

/// What stands at a path of the output.
pub enum Piece {
    /// It is made of what the site says.
    Made(Vec<u8>),
    /// It is a file of the site, as it is.
    File(ContentPath),
}

impl Edition {
    /// Something to render it with. What it would report has been reported.
    pub fn engine(&self) -> Engine<'_> {
        Engine::new(&self.site, &self.plan, &self.theme, self, &mut Diagnostics::new())
    }

    /// The files that it was made from, as they are now.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The text that a message points into.
    pub fn text_for_report(&self, path: &ContentPath) -> Option<String> {
        text_for_report(&self.source, path)
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.plan.routes.iter().filter(|route| matches!(route.what, What::Page(..))).count()
    }

    /// What is planned at a path of the output.
    pub fn route(&self, path: &OutputPath) -> Option<&Route> {
        let routes = &self.plan.routes;
        routes.binary_search_by(|route| route.output.cmp(path)).ok().map(|at| &routes[at])
    }

    /// The bytes of a route, or where they stand.
    pub fn piece(&self, engine: &Engine<'_>, route: &Route) -> Result<Piece, Vec<Diagnostic>> {
        Ok(match (engine.render(route)?, &route.what) {
            (Some(rendered), _) => Piece::Made(rendered.bytes),
            (None, What::File(position)) => Piece::File(self.site.files[*position].path.clone()),
            (None, _) => Piece::Made(Vec::new()),
        })
    }

    /// What an article that is saved now is, if nothing but its words changed; see [`Proof`].
    pub fn proof(&self, file: &ContentPath) -> Option<Proof> {
        let at = self.site.version_of_file(file)?;
        let known = self.store.file(&self.files, file.as_str())?;
        Proof::of(file, at, &known, &self.source, &self.site.config)
    }

    /// Puts other words in the place of some.
    pub fn revise(&mut self, proofs: Vec<Proof>) {
        for Proof { file, at: (entry, lang), outline, text } in proofs {
            let versions = self.site.entries.get_mut(entry.index()).map(|entry| &mut entry.versions);
            let version = versions.and_then(|versions| versions.get_mut(lang.index()));
            if let Some(version) = version.and_then(Option::as_mut) {
                version.outline = outline;
                self.revised.insert(file, text);
            }
        }
    }
}

impl Texts for Edition {
    fn text(&self, file: &ContentPath, outline: &Outline) -> Result<Text, Diagnostic> {
        if let Some(text) = self.revised.get(file) {
            return Ok(text.clone());
        }
        let find = |place: &_| self.store.text(place);
        Kept { source: &self.source, config: &self.site.config, find: &find }.text(file, outline)
    }
}
