//! The stages of the pipeline, composed: files, bytes, articles, one site, routes, pages, files.
//!
//! Owns the order of the stages, what runs in parallel, and when a build stops. It never parses,
//! decides a URL or writes a file itself.

mod faults;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::article::{self, Article, Name};
use crate::base::{ContentPath, OutputPath};
use crate::config::{self, Config};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::output::Sink;
use crate::plan::{self, AssetClaim, Plan, What};
use crate::render::Engine;
use crate::site::{self, Clock, Site};
use crate::source::{FileEntry, Source};
use crate::theme::{self, Theme};

/// What a build is told.
pub struct Options<'o> {
    /// What decides whether something is published.
    pub clock: Clock,
    /// Replaces the base URL of `site.yaml`.
    pub base_url: Option<String>,
    /// Told how far the build is, from any thread.
    pub progress: &'o (dyn Fn(Progress) + Sync),
}

/// How far a build is.
#[derive(Debug, Clone, Copy)]
pub enum Progress {
    /// So many articles are read now.
    Reading(usize),
    /// So many files are rendered now.
    Rendering(usize),
    /// One more of them is done.
    One,
}

/// What a build made.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Made {
    /// Pages by language: its file code and their number.
    pub pages: Vec<(String, usize)>,
    /// Files of every kind.
    pub files: usize,
}

/// What a build ends with: messages always, and what was made if nothing stopped it.
pub struct Outcome<S> {
    /// Every message, in order.
    pub diagnostics: Diagnostics,
    /// The sink with every file put, ready to be committed, and the count; `None` after an error,
    /// and then the sink was dropped without a commit.
    pub made: Option<(S, Made)>,
}

/// Builds a site into a sink, which `open` makes once all output paths are known.
pub fn build<S: Sink>(
    source: &Source,
    options: &Options<'_>,
    open: impl FnOnce(&[&OutputPath]) -> Result<S, Diagnostics>,
) -> Outcome<S> {
    let mut diags = Diagnostics::new();
    let files = source.list(&mut diags);
    let Some(config) = read_config(source, &files, options, &mut diags) else {
        return Outcome::stopped(diags, None);
    };
    let (articles, plain, misnamed) = read_articles(source, &files, &config, options, &mut diags);
    // The theme needs `config` and the site takes it, so the theme comes first.
    let theme = theme::load(source, &files, &config, &mut diags);
    let (site, faults) = site::assemble(config, articles, plain, &misnamed, options.clock);
    diags.append(faults);
    let claims = theme.as_ref().map_or_else(Vec::new, claims);
    let plan = plan::plan(&site, &claims, &mut diags);
    let Some(theme) = theme else { return Outcome::stopped(diags, Some(&site.config)) };
    let engine = Engine::new(&site, &plan, &theme, &mut diags);
    diags.regrade(|d| site.config.grade(d));
    if diags.has_errors() {
        return Outcome::stopped(diags, Some(&site.config));
    }
    let planned: Vec<&OutputPath> = plan.routes.iter().map(|r| &r.output).collect();
    let sink = match open(&planned) {
        Ok(sink) => sink,
        Err(faults) => {
            diags.append(faults);
            return Outcome::stopped(diags, Some(&site.config));
        }
    };
    diags.append(write(source, &site, &plan, &engine, &sink, options));
    diags.append(engine.missing_strings());
    diags.regrade(|d| site.config.grade(d));
    diags.sort();
    let made = (!diags.has_errors()).then(|| (sink, count(&site, &plan)));
    Outcome { diagnostics: diags, made }
}

impl<S> Outcome<S> {
    fn stopped(mut diagnostics: Diagnostics, config: Option<&Config>) -> Self {
        if let Some(config) = config {
            diagnostics.regrade(|d| config.grade(d));
        }
        diagnostics.sort();
        Self { diagnostics, made: None }
    }
}

fn read_config(
    source: &Source,
    files: &[FileEntry],
    options: &Options<'_>,
    diags: &mut Diagnostics,
) -> Option<Config> {
    let path = ContentPath::new(config::FILE_NAME);
    if !files.iter().any(|f| f.path == path) {
        diags.push(
            Diagnostic::new(code::NO_SITE, "there is no site.yaml here").in_file(&path).help(
                "go to the site's folder, name it with `--site DIR`, or make one with `bashu init DIR`",
            ),
        );
        return None;
    }
    match source.text(&path) {
        Ok(text) => config::resolve(&text, options.base_url.as_deref(), diags),
        Err(diagnostic) => {
            diags.push(diagnostic);
            None
        }
    }
}

/// Reads and parses every article, in parallel; returns them, the files that are none, and those
/// whose names are at fault, in the order of their paths.
fn read_articles(
    source: &Source,
    files: &[FileEntry],
    config: &Config,
    options: &Options<'_>,
    diags: &mut Diagnostics,
) -> (Vec<Article>, Vec<ContentPath>, Vec<ContentPath>) {
    let mut named: Vec<(&ContentPath, Name)> = Vec::new();
    let mut plain = Vec::new();
    let mut misnamed = Vec::new();
    for file in files {
        if article::is_article(&file.path) {
            match Name::of(&file.path, config) {
                Ok(name) => named.push((&file.path, name)),
                Err(diagnostic) => {
                    misnamed.push(file.path.clone());
                    diags.push(diagnostic);
                }
            }
        } else if file.path.as_str().starts_with("content/") || file.path.as_str().starts_with("static/") {
            plain.push(file.path.clone());
        }
    }
    (options.progress)(Progress::Reading(named.len()));
    let read: Vec<(Article, Diagnostics)> = named
        .into_par_iter()
        .map(|(path, name)| match source.text(path) {
            Ok(text) => article::parse(path, name, &text, config),
            Err(diagnostic) => (article::unreadable(path, name), diagnostic.into()),
        })
        .collect();
    let mut articles = Vec::with_capacity(read.len());
    for (article, faults) in read {
        diags.append(faults);
        articles.push(article);
    }
    (articles, plain, misnamed)
}

fn claims(theme: &Theme) -> Vec<AssetClaim> {
    let claim = |a: &theme::Asset| AssetClaim {
        name: a.name.clone(),
        fingerprint: a.fingerprint,
        origin: a.origin.clone(),
    };
    theme.assets.iter().map(claim).collect()
}

/// Renders every route and puts it into the sink; faults do not stop the others.
fn write<S: Sink>(
    source: &Source,
    site: &Site,
    plan: &Plan,
    engine: &Engine<'_>,
    sink: &S,
    options: &Options<'_>,
) -> Diagnostics {
    (options.progress)(Progress::Rendering(plan.routes.len()));
    // Once the output folder fails, thousands of further failures say nothing new.
    let failed = AtomicBool::new(false);
    let faults: Vec<Diagnostic> = plan
        .routes
        .par_iter()
        .flat_map_iter(|route| {
            if failed.load(Ordering::Relaxed) {
                return Vec::new();
            }
            let bytes = match (&route.what, engine.render(route)) {
                (_, Err(faults)) => return faults,
                (_, Ok(Some(bytes))) => bytes,
                (What::File(position), Ok(None)) => match source.read(&site.files[*position].path) {
                    Ok(bytes) => bytes,
                    Err(fault) => return vec![fault],
                },
                (_, Ok(None)) => Vec::new(),
            };
            (options.progress)(Progress::One);
            match sink.put(&route.output, &bytes) {
                Ok(()) => Vec::new(),
                Err(fault) => {
                    failed.store(true, Ordering::Relaxed);
                    vec![fault]
                }
            }
        })
        .collect();
    faults::merged(faults)
}

fn count(site: &Site, plan: &Plan) -> Made {
    let mut pages: BTreeMap<usize, usize> = BTreeMap::new();
    for route in &plan.routes {
        if let What::Page(_, lang, _) = route.what {
            *pages.entry(lang.index()).or_default() += 1;
        }
    }
    let name = |lang: crate::base::Lang| site.config.language(lang).code.clone();
    let pages = site.config.langs().map(|lang| (name(lang), pages.get(&lang.index()).copied().unwrap_or(0)));
    Made { pages: pages.collect(), files: plan.routes.len() }
}

/// The text of a file that a message points into.
pub fn text_for_report(source: &Source, path: &ContentPath) -> Option<String> {
    theme::built_in_text(path).or_else(|| source.text_for_report(path))
}
