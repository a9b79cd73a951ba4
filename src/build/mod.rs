//! The stages of the pipeline, composed: files, bytes, articles, one site, routes, pages, files.
//!
//! Owns the order of the stages, what runs in parallel, what need not be done again, and when a
//! build stops. It never parses, decides a URL or writes a file itself.

mod articles;
mod cards;
mod causes;
mod editions;
mod exposures;
mod faults;
mod forms;
mod inputs;
mod join;
mod load;
mod order;
mod pages;
mod pictures;
mod proof;
mod redirects;
mod strings;

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::base::{ContentPath, Digest, OutputPath};
use crate::cache::{Cache, Last, Output};
use crate::config::{self, Config};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::output::{Sink, Written};
use crate::plan::{Plan, What};
use crate::render::Engine;
use crate::site::{Clock, Site};
use crate::source::Source;
use crate::theme::{self, Theme};
use articles::Kept;
use causes::Builds;
use inputs::Inputs;
use join::{Held, Joined};
use pages::Job;

pub use editions::{Edition, Editions, Issue, Piece};
pub use exposures::Exposure;
pub use load::{Loaded, config, load, site};
pub use proof::Proof;
pub use redirects::{Redirect, redirects};

/// What a build is told.
pub struct Options<'o> {
    /// What decides whether something is published.
    pub clock: Clock,
    /// Replaces the base URL of `site.yaml`.
    pub base_url: Option<String>,
    /// Replaces scheme and host of the base URL, and leaves its path: `http://127.0.0.1:8080`.
    pub origin: Option<String>,
    /// Which output folder it is, for the cache: a digest of its path.
    pub output: Digest,
    /// Whether files are read where their stamps would do.
    pub check_contents: bool,
    /// Whether [`Made::causes`] is wanted.
    pub explain: bool,
    /// Told how far the build is, from any thread.
    pub progress: &'o (dyn Fn(Progress) + Sync),
}

impl Options<'static> {
    /// A build as of a day, silent, and of a site that has one output folder.
    pub fn new(clock: Clock) -> Self {
        let output = Digest::default();
        Self {
            clock,
            base_url: None,
            origin: None,
            output,
            check_contents: false,
            explain: false,
            progress: &|_| {},
        }
    }
}

/// How far a build is.
#[derive(Debug, Clone, Copy)]
pub enum Progress {
    /// A stage begins.
    Stage(&'static str),
    /// So many articles are read now.
    Reading(usize),
    /// So many pictures are looked at now.
    Looking(usize),
    /// So many files are made now.
    Rendering(usize),
    /// One more of them is done.
    One,
}

/// What a build made.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Made {
    /// Pages by language: its file code and their number.
    pub pages: Vec<(String, usize)>,
    /// How many versions of each language are in each state, in the order of [`site::State::ALL`]; on a
    /// site in one language, nothing.
    pub translations: Vec<(String, [usize; 5])>,
    /// What was done in the output folder.
    pub written: Written,
    /// How many articles were parsed.
    pub parsed: usize,
    /// The files that were made, in order; the others were known to be what they should be.
    pub made: Vec<OutputPath>,
    /// Why each of them was made, if that was asked for.
    pub causes: Vec<String>,
}

/// What a build ends with: messages always, and what was made if nothing stopped it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Every message, in order.
    pub diagnostics: Diagnostics,
    /// `None` after an error; then the output is as it was.
    pub made: Option<Made>,
    /// What the user should know of the cache.
    pub notes: Vec<String>,
}

/// Builds a site into a sink, which `open` makes for the paths that are going to be put.
pub fn build<S: Sink>(
    source: &Source,
    cache: &mut Cache,
    options: &Options<'_>,
    open: impl Fn(&[&OutputPath]) -> Result<S, Diagnostics>,
) -> Outcome {
    let mut build = Build { source, cache, options, diags: Diagnostics::new() };
    let made = build.run(open);
    let Build { mut diags, .. } = build;
    diags.sort();
    (options.progress)(Progress::Stage("cache: write"));
    Outcome { diagnostics: diags, made, notes: cache.save() }
}

struct Build<'b> {
    source: &'b Source,
    cache: &'b mut Cache,
    options: &'b Options<'b>,
    diags: Diagnostics,
}

impl Build<'_> {
    fn stage(&self, name: &'static str) {
        (self.options.progress)(Progress::Stage(name));
    }

    /// The stages in their order.
    fn run<S: Sink>(&mut self, open: impl Fn(&[&OutputPath]) -> Result<S, Diagnostics>) -> Option<Made> {
        self.stage("list files");
        let inputs = Inputs::new(self.source, self.cache, &mut self.diags);
        self.stage("look for what is new");
        let digest = inputs.digest(self.options);
        let output = self.cache.output(self.options.output).cloned();
        let before = output.unwrap_or_else(|| Output { folder: self.options.output, ..Output::default() });
        if self.diags.is_empty()
            && let Some(made) = inputs::unchanged(self.source, self.cache, &before, digest, &open)
        {
            return Some(made);
        }
        let held = Held::default();
        let Joined { site, plan, theme, files, pictures, parsed, .. } =
            join::join(self.source, &inputs, self.cache, self.options, &held, &mut self.diags)?;
        // Also of a site with errors: the next build will have fewer files to read.
        self.cache.set_files(files);
        self.cache.set_pictures(pictures);
        let made = theme.as_deref().and_then(|theme| self.write(&inputs, &before, &site, &plan, theme, open));
        self.diags.regrade(|d| site.config.grade(d));
        let made = made.map(|(made, output, media)| {
            self.cache.tidy_media(&media);
            let last = digest.filter(|_| self.diags.is_empty());
            let files = plan.routes.len();
            let (pages, translations) = (made.pages.clone(), made.translations.clone());
            let fonts = theme.as_deref().and_then(|theme| theme.letterings.system);
            let last = last.map(|inputs| Last { inputs, pages, translations, files, fonts });
            self.cache.set_output(Output { last, ..output });
            made
        });
        // Taking all that apart takes as long as some stages: nobody need wait for it.
        std::thread::spawn(move || drop((site, plan, theme)));
        Some(Made { parsed, ..made? })
    }

    fn write<S: Sink>(
        &mut self,
        inputs: &Inputs,
        before: &Output,
        site: &Site,
        plan: &Plan,
        theme: &Theme,
        open: impl Fn(&[&OutputPath]) -> Result<S, Diagnostics>,
    ) -> Option<(Made, Output, FxHashSet<Digest>)> {
        self.stage("templates");
        let cache = &*self.cache;
        let texts = Kept { source: self.source, config: &site.config, find: &|place| cache.text(place) };
        let engine = Engine::new(site, plan, theme, &texts, cache.media(), &mut self.diags);
        self.diags.regrade(|d| site.config.grade(d));
        if self.diags.has_errors() {
            return None;
        }
        self.stage("open the output");
        let planned: Vec<&OutputPath> = plan.routes.iter().map(|r| &r.output).collect();
        let sink = match open(&planned) {
            Ok(sink) => sink,
            Err(faults) => {
                self.diags.append(faults);
                return None;
            }
        };
        let job = Job {
            source: self.source,
            inputs,
            engine: &engine,
            cache: self.cache,
            sink: &sink,
            options: self.options,
            before,
        };
        let mut written = job.write(&plan.routes);
        self.diags.append(std::mem::take(&mut written.faults));
        self.diags.append(engine.missing_strings());
        self.diags.regrade(|d| site.config.grade(d));
        if self.diags.has_errors() {
            return None;
        }
        let templates = templates(theme);
        let causes = match self.options.explain {
            true => {
                let strings = before.strings.iter().map(|set| engine.string_digests(&set.names)).collect();
                let builds = Builds { before, templates: &templates, strings };
                written.made.iter().map(|made| builds.words(&made.cause)).collect()
            }
            false => Vec::new(),
        };
        self.stage("commit");
        let done = match sink.commit() {
            Ok(done) => done,
            Err(faults) => {
                self.diags.append(faults);
                return None;
            }
        };
        self.stage("remember");
        let made = written.made.iter().map(|made| made.path.clone()).collect();
        let media = exposures::variant_keys(site, plan).chain(written.drawn()).collect();
        let output = written.remember(self.cache, before, done.placed, templates);
        let (pages, translations) = (pages(site, plan), translations(site));
        let written = done.written;
        Some((Made { pages, translations, written, parsed: 0, made, causes }, output, media))
    }
}

/// The templates with their digests, in order.
fn templates(theme: &Theme) -> Vec<(Box<str>, Digest)> {
    let digest =
        |origin: &theme::Origin| (Box::from(origin.file.as_str()), Digest::of(origin.text.as_bytes()));
    let mut templates: Vec<_> = theme.origins.values().map(digest).collect();
    templates.sort_unstable();
    templates
}

fn read_config(
    source: &Source,
    files: &[ContentPath],
    options: &Options<'_>,
    held: Option<&str>,
    diags: &mut Diagnostics,
) -> Option<Config> {
    let resolve = |text: &str, diags: &mut Diagnostics| {
        let mut config = config::resolve(text, options.base_url.as_deref(), diags)?;
        if let Some(origin) = &options.origin {
            config.base_url.origin.clone_from(origin);
        }
        Some(config)
    };
    if let Some(text) = held {
        return resolve(text, diags);
    }
    let path = ContentPath::new(config::FILE_NAME);
    if !files.contains(&path) {
        diags.push(
            Diagnostic::new(code::NO_SITE, "there is no site.yaml here").in_file(&path).help(
                "go to the site's folder, name it with `--site DIR`, or make one with `bashu init DIR`",
            ),
        );
        return None;
    }
    match source.text(&path) {
        Ok(text) => resolve(&text, diags),
        Err(diagnostic) => {
            diags.push(diagnostic);
            None
        }
    }
}

fn pages(site: &Site, plan: &Plan) -> Vec<(String, usize)> {
    let mut pages: BTreeMap<usize, usize> = BTreeMap::new();
    for route in &plan.routes {
        if let What::Page(_, lang, _) = route.what {
            *pages.entry(lang.index()).or_default() += 1;
        }
    }
    let name = |lang: crate::base::Lang| site.config.language(lang).code.clone();
    site.config.langs().map(|lang| (name(lang), pages.get(&lang.index()).copied().unwrap_or(0))).collect()
}

fn translations(site: &Site) -> Vec<(String, [usize; 5])> {
    let several = site.config.languages.len() > 1;
    let langs = site.config.langs().filter(|_| several);
    langs.map(|lang| (site.config.language(lang).code.clone(), site.tally(lang))).collect()
}

/// The text of a file that a message points into.
pub fn text_for_report(source: &Source, path: &ContentPath) -> Option<String> {
    theme::built_in_text(path).or_else(|| source.text_for_report(path))
}
