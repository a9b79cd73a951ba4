//! Editions: a site as it stands at one moment, ready to be rendered page by page.
//!
//! Owns what a preview does instead of writing a folder: the same stages, without the last. An
//! edition is joined anew for every change, as in a build; what is at fault keeps the form in which
//! it had none, so that one slip does not hide what everybody else is writing.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::articles::Kept;
use super::exposures::Exposure;
use super::forms::{Form, Forms};
use super::inputs::Inputs;
use super::join::{Held, Joined, join};
use super::proof::Proof;
use super::{Options, text_for_report};
use crate::article::{self, Front, Outline, Text, Texts};
use crate::base::{ContentPath, Digest, Lang, OutputPath};
use crate::cache::{Cache, Media};
use crate::config;
use crate::diag::{Diagnostic, Diagnostics, Severity, code};
use crate::plan::{Plan, Route, What};
use crate::render::Engine;
use crate::site::{EntryId, Site};
use crate::source::{CACHE, Source};
use crate::theme::Theme;

/// Makes the editions of a site, one after the other.
pub struct Editions {
    source: Source,
    root: PathBuf,
    /// What the last edition was made from, and its digest if that is known exactly.
    inputs: Option<(Inputs, Option<Digest>)>,
    good: Option<Good>,
    /// What the articles of the last edition were read as.
    forms: Option<Arc<Forms>>,
}

/// The last settings without a fault, and the theme that was read for them without one.
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
}

impl Editions {
    /// Those of the site in a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        Self { source: Source::disk(&root), root, inputs: None, good: None, forms: None }
    }

    /// The files that editions are made from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The site as it stands now; `None` if it is known to be as it was. Waits while a build is at
    /// work on the site, and tells `waiting` before.
    ///
    /// With errors, parts of the site are taken as they were. Settings that have any are those of
    /// before; so is a theme that has any, together with its settings; so is an article that has any
    /// then, if it had none in the last edition, and has none now as it was. All else is as it is.
    ///
    /// `proofs` are the words that were shown in the last edition since it was made, the last ones
    /// last: an article that has errors now is what it was then.
    pub fn next(
        &mut self,
        options: &Options<'_>,
        proofs: Vec<Proof>,
        waiting: impl FnOnce(),
    ) -> Option<Issue> {
        // A folder that is no site's is left as it is; one that was may be one again.
        let is_site = self.root.join(config::FILE_NAME).is_file()
            || self.good.is_some() && self.root.join(CACHE).is_dir();
        let mut cache = if is_site { Cache::open(&self.root, waiting) } else { Cache::memory() };
        let mut listed = Diagnostics::new();
        let inputs = Inputs::new(&self.source, &cache, &mut listed);
        let digest = inputs.digest(options).filter(|_| listed.is_empty());
        let changed = match &self.inputs {
            Some((_, before)) if digest.is_some() && digest == *before => return None,
            Some((before, _)) => inputs.changed_since(before),
            None => Vec::new(),
        };
        let attempt = Attempt { source: &self.source, inputs: &inputs, options };
        let mut held = Held { settings: attempt.settings(), ..Held::default() };
        let forms = self.forms.clone().unwrap_or_else(|| Arc::new(Forms::remembered(&cache)));
        let forms = LastForms { forms: &forms, proofs: &proofs };
        let (mut joined, mut diagnostics) = attempt.join(&mut cache, &held, listed);
        let mut faults = diagnostics.clone();
        for part in [Part::Settings, Part::Theme, Part::Articles, Part::Released] {
            if faults.has_errors() && self.hold(part, &mut held, &faults, joined.as_ref(), &forms) {
                let again = attempt.join(&mut cache, &held, Diagnostics::new());
                (joined, faults) = (again.0.or(joined), again.1);
            }
        }
        let edition = joined.and_then(|joined| self.keep(joined, held.settings, &faults, &cache));
        self.inputs = Some((inputs, digest));
        diagnostics.sort();
        Some(Issue { edition, changed, diagnostics, notes: cache.save() })
    }

    /// Takes what has errors as it was before; whether there is anything to take.
    fn hold(
        &self,
        part: Part,
        held: &mut Held,
        faults: &Diagnostics,
        joined: Option<&Joined>,
        forms: &LastForms<'_>,
    ) -> bool {
        match (part, &self.good) {
            (Part::Settings, Some(good)) => {
                let better =
                    errors(faults).any(of_settings) && held.settings.as_ref() != Some(&good.settings);
                if better {
                    held.settings = Some(good.settings.clone());
                }
                better
            }
            (Part::Theme, Some(good)) => {
                let better =
                    joined.is_none_or(|joined| joined.theme.is_none()) || errors(faults).any(of_theme);
                if better {
                    held.settings = Some(good.settings.clone());
                    held.theme = Some(good.theme.clone());
                }
                better
            }
            (Part::Articles, _) if joined.is_some() => {
                let forms = at_fault(faults).into_iter().filter_map(|file| {
                    let form = forms.sound(&file)?;
                    let now = self.source.text(&file).map(|text| Digest::of(text.as_bytes()));
                    (now != Ok(form.record.content)).then_some((file, form))
                });
                held.articles.extend(forms);
                !held.articles.is_empty()
            }
            (Part::Released, _) => {
                let count = held.articles.len();
                let at_fault = at_fault(faults);
                held.articles.retain(|file, _| !at_fault.contains(file));
                held.articles.len() < count
            }
            _ => false,
        }
    }

    /// Remembers what a later edition may have to take as it was, and gives what is to be shown.
    fn keep(
        &mut self,
        joined: Joined,
        settings: Option<String>,
        faults: &Diagnostics,
        cache: &Cache,
    ) -> Option<Edition> {
        let Joined { site, plan, theme, files, faulty, .. } = joined;
        let forms = Arc::new(Forms::read(cache.store(), files, faulty, at_fault(faults)));
        self.forms = Some(forms.clone());
        let theme = theme?;
        let sound = !errors(faults).any(|error| of_settings(error) || of_theme(error));
        if let Some(settings) = settings.filter(|_| sound) {
            self.good = Some(Good { settings, theme: theme.clone() });
        }
        let source = self.source.clone();
        let (media, revised, unpublished) = (cache.media(), FxHashMap::default(), OnceLock::new());
        Some(Edition { site, plan, theme, source, media, forms, revised, unpublished })
    }
}

/// What articles were read as, by an edition and the proofs that were put into it.
struct LastForms<'f> {
    forms: &'f Forms,
    proofs: &'f [Proof],
}

impl LastForms<'_> {
    /// The form of an article that was shown last, if it had no errors in it.
    fn sound(&self, file: &ContentPath) -> Option<Form> {
        let form = self.forms.sound(file)?;
        let proof = self.proofs.iter().rev().find(|proof| proof.file == *file);
        Some(proof.filter(|proof| proof.fits(&form.record)).map_or(form, |proof| proof.form.clone()))
    }
}

/// What is taken as it was, one after the other: what is wrong with the first may look as if it were
/// wrong with the next.
#[derive(Clone, Copy)]
enum Part {
    Settings,
    Theme,
    Articles,
    /// Articles that are no better as they were.
    Released,
}

fn errors(diags: &Diagnostics) -> impl Iterator<Item = &Diagnostic> {
    diags.iter().filter(|d| d.severity == Severity::Error)
}

/// The file to mend.
fn file_of(fault: &Diagnostic) -> Option<&ContentPath> {
    fault.labels.first().map(|label| &label.file)
}

fn of_settings(fault: &Diagnostic) -> bool {
    file_of(fault).is_some_and(|file| file.as_str() == config::FILE_NAME)
}

fn of_theme(fault: &Diagnostic) -> bool {
    let outside = |file: &ContentPath| {
        let path = file.as_str();
        path == config::FILE_NAME || path.starts_with("content/") || path.starts_with("static/")
    };
    // What a theme lacks is told where it is chosen.
    fault.code == code::MISSING_TEMPLATE && of_settings(fault)
        || file_of(fault).is_some_and(|file| !outside(file))
}

/// The articles with errors.
fn at_fault(diags: &Diagnostics) -> FxHashSet<ContentPath> {
    errors(diags).filter_map(file_of).filter(|file| article::is_article(file)).cloned().collect()
}

/// One look at the files of a site.
struct Attempt<'a> {
    source: &'a Source,
    inputs: &'a Inputs,
    options: &'a Options<'a>,
}

impl Attempt<'_> {
    /// What `site.yaml` says now.
    fn settings(&self) -> Option<String> {
        let path = ContentPath::new(config::FILE_NAME);
        self.inputs.paths.binary_search(&path).ok().and_then(|_| self.source.text(&path).ok())
    }

    /// A joined site, and all that is wrong with it. The cache learns what was read, so that another
    /// attempt need not read it again.
    fn join(&self, cache: &mut Cache, held: &Held, mut diags: Diagnostics) -> (Option<Joined>, Diagnostics) {
        let joined = join(self.source, self.inputs, cache, self.options, held, &mut diags);
        if let Some(joined) = &joined {
            let Joined { site, plan, theme, files, pictures, .. } = joined;
            if let Some(theme) = theme {
                let find = |place: &_| cache.text(place);
                let texts = Kept { source: self.source, config: &site.config, find: &find };
                // It checks what it is given.
                Engine::new(site, plan, theme, &texts, Media::default(), &mut diags);
            }
            diags.regrade(|d| site.config.grade(d));
            cache.set_files(files.clone());
            cache.set_pictures(pictures.clone());
        }
        (joined, diags)
    }
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
    media: Media,
    forms: Arc<Forms>,
    /// Texts that were put in the place of those in the store.
    revised: FxHashMap<ContentPath, Text>,
    unpublished: OnceLock<Vec<(EntryId, Lang)>>,
}

/// What stands at a path of the output.
pub enum Piece {
    /// It is made of what the site says.
    Made(Vec<u8>),
    /// It is a file of the site, as it is.
    File(ContentPath),
    /// It is made from a picture, which takes a while.
    Picture(Exposure),
}

impl Edition {
    /// Something to render it with. What it would report has been reported.
    pub fn engine(&self) -> Engine<'_> {
        let media = self.media.clone();
        Engine::new(&self.site, &self.plan, &self.theme, self, media, &mut Diagnostics::new())
    }

    /// The files that it was made from, as they are now.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The text that a message points into.
    pub fn text_for_report(&self, path: &ContentPath) -> Option<String> {
        text_for_report(&self.source, path)
    }

    /// The pages that readers of the published site do not see. Found once: every open tab asks at
    /// every change, and words alone publish nothing.
    pub fn unpublished(&self) -> &[(EntryId, Lang)] {
        self.unpublished.get_or_init(|| {
            let site = &self.site;
            let all = site.ids().flat_map(|id| site.config.langs().map(move |lang| (id, lang)));
            let hidden = |&(id, lang): &(EntryId, Lang)| {
                site.shown(id, lang).is_some_and(|(_, version)| version.unpublished.is_some())
            };
            all.filter(hidden).collect()
        })
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
            (None, what) => {
                match (Exposure::of(&self.site, &self.plan, what, &self.source, &self.media), what) {
                    (Some(picture), _) => Piece::Picture(picture),
                    (None, What::File(position)) => Piece::File(self.site.files[*position].path.clone()),
                    (None, _) => Piece::Made(Vec::new()),
                }
            }
        })
    }

    /// What an article that is saved now is, if nothing but its words changed; see [`Proof`].
    pub fn proof(&self, file: &ContentPath) -> Option<Proof> {
        Proof::read(file, &self.source, &self.site.config).filter(|proof| self.place_of(proof).is_some())
    }

    /// Where a proof belongs, if it is one of this edition.
    fn place_of(&self, proof: &Proof) -> Option<(EntryId, Lang)> {
        let at = self.site.version_of_file(&proof.file)?;
        let known = self.forms.record(&proof.file)?;
        proof.fits(&known).then_some(at)
    }

    /// Puts other words in the place of some; returns for how many proofs. The others are none of
    /// this edition.
    pub fn revise(&mut self, proofs: Vec<Proof>) -> usize {
        let mut count = 0;
        for proof in proofs {
            let Some((entry, lang)) = self.place_of(&proof) else { continue };
            let versions = self.site.entries.get_mut(entry.index()).map(|entry| &mut entry.versions);
            let version = versions.and_then(|versions| versions.get_mut(lang.index()));
            if let Some(version) = version.and_then(Option::as_mut) {
                let Proof { file, form: Form { record, text, .. } } = proof;
                let Front { title, summary, .. } = *record.front;
                (version.title, version.summary, version.outline) = (title, summary, record.outline);
                self.revised.insert(file, text);
                count += 1;
            }
        }
        count
    }
}

impl Texts for Edition {
    fn text(&self, file: &ContentPath, outline: &Outline) -> Result<Text, Diagnostic> {
        if let Some(text) = self.revised.get(file) {
            return Ok(text.clone());
        }
        let find = |place: &_| self.forms.text(place);
        Kept { source: &self.source, config: &self.site.config, find: &find }.text(file, outline)
    }
}
