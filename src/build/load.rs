//! A site without building it, for commands that look at texts alone.

use rustc_hash::FxHashMap;

use super::articles::{self, Read};
use super::inputs::Inputs;
use super::{Options, read_config};
use crate::article::Article;
use crate::base::{ContentPath, PartialDate};
use crate::cache::Cache;
use crate::config::{self, Config};
use crate::diag::Diagnostics;
use crate::site::{self, Clock, PlainFile, Site};
use crate::source::Source;

/// A site's articles, drafts and all, and what is wrong with their files.
#[derive(Debug)]
pub struct Loaded {
    /// What `site.yaml` says.
    pub config: Config,
    /// The articles, in the order of their paths.
    pub articles: Vec<Article>,
    /// Articles whose names are at fault.
    pub misnamed: Vec<ContentPath>,
    /// The faults, sorted.
    pub diagnostics: Diagnostics,
}

/// Reads `site.yaml` alone; its faults if one of them is an error.
pub fn config(source: &Source) -> Result<Config, Diagnostics> {
    let clock = Clock { today: PartialDate::epoch(), drafts: false, any_day: false };
    let mut diagnostics = Diagnostics::new();
    let path = ContentPath::new(config::FILE_NAME);
    let files = if source.exists(&path) { vec![path] } else { Vec::new() };
    let config = read_config(source, &files, &Options::new(clock), None, &mut diagnostics);
    if let Some(config) = &config {
        diagnostics.regrade(|d| config.grade(d));
    }
    match config {
        Some(config) if !diagnostics.has_errors() => Ok(config),
        _ => {
            diagnostics.sort();
            Err(diagnostics)
        }
    }
}

/// Reads all articles of a site; the faults alone if there is no `site.yaml` to read them by.
/// Nothing is written, not even to the cache.
pub fn load(source: &Source) -> Result<Loaded, Diagnostics> {
    // What is published is nobody's question here.
    let clock = Clock { today: PartialDate::epoch(), drafts: true, any_day: false };
    let (config, read, mut diagnostics) = read(source, &Options::new(clock))?;
    diagnostics.regrade(|d| config.grade(d));
    diagnostics.sort();
    Ok(Loaded { config, articles: read.articles, misnamed: read.misnamed, diagnostics })
}

/// Reads a site as a build does, and joins it; its faults are those of a build but for the theme's, the
/// plan's and those of what is in pictures. Nothing is written.
pub fn site(source: &Source, clock: Clock) -> Result<(Site, Diagnostics), Diagnostics> {
    let (config, mut read, mut diagnostics) = read(source, &Options::new(clock))?;
    let paths = std::mem::take(&mut read.plain);
    // Nobody here asks what is in a picture.
    let plain = paths.into_iter().map(|path| PlainFile { bytes: source.size(&path), picture: None, path });
    let plain = plain.collect();
    let (site, faults) = site::assemble(config, read.articles, plain, &read.misnamed, clock);
    diagnostics.append(faults);
    diagnostics.regrade(|d| site.config.grade(d));
    diagnostics.sort();
    Ok((site, diagnostics))
}

fn read(source: &Source, options: &Options<'_>) -> Result<(Config, Read, Diagnostics), Diagnostics> {
    let cache = Cache::memory();
    let mut diagnostics = Diagnostics::new();
    let inputs = Inputs::new(source, &cache, &mut diagnostics);
    match read_config(source, &inputs.paths, options, None, &mut diagnostics) {
        Some(config) => {
            let none = FxHashMap::default();
            let read = articles::read(source, &inputs, &config, &cache, options, &none, &mut diagnostics);
            Ok((config, read, diagnostics))
        }
        None => Err(diagnostics),
    }
}
